"""For each line of a position and each branch: when it stops, what is lost, what would help."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.balances import share
from chokepoint.exposure.second_source import second_source
from chokepoint.exposure.stop import Shortage, stop_days
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from chokepoint.exposure.assumptions import Assumptions
    from chokepoint.exposure.deliveries import DeliveryRatio
    from chokepoint.records.position import Position, PositionLine
    from chokepoint.tables import Table
    from chokepoint.world import World

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
USD = {"unit": "USD"}


def _nothing(_branch: str, _earned: NDArray[np.float64]) -> str:
    """Say that nothing is known of what an answer hangs on."""
    return ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One branch as the lines of a position meet it.

    Args:
        branch: its name; ratio: its simulated deliveries; world: the reference world; start: first month.
        assumptions: numbers of our own, one or one for every case.
    """

    branch: str
    ratio: DeliveryRatio
    world: World
    start: str
    assumptions: Assumptions

    def received(self, line: PositionLine) -> NDArray[np.float64]:
        """Return what a line receives of its need (case, month)."""
        ratios = np.stack([self.ratio(line.good, each.country, line.home) for each in line.suppliers], axis=2)
        return ratios @ np.array([each.share for each in line.suppliers])

    def shortage(self, line: PositionLine, received: NDArray[np.float64] | None = None) -> Shortage:
        """Run a line's stock down by what does not arrive."""
        arrives = self.received(line) if received is None else received
        return stop_days(
            need=line.need_t_per_month,
            stock=line.stock_t,
            ratios=arrives[:, :, None],
            shares=np.ones(1),
            months_to_replace=line.months_to_replace,
            days=month_lengths(self.start, arrives.shape[1]),
            noticed_share=self.assumptions.noticed_share,
        )

    def with_second_source(self, line: PositionLine) -> tuple[str | None, Shortage | None]:
        """Return the best other exporter, and the shortage with it covering the assumed share of the need."""
        shares = self.assumptions.second_source_share
        country, _ = second_source(line, self.ratio, self.world, float(np.median(shares)))
        if country is None:
            return None, None
        part = np.atleast_1d(shares)[:, None]
        own, other = self.received(line), self.ratio(line.good, country, line.home)
        return country, self.shortage(line, (1.0 - part) * own + part * other)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineExposure:
    """What one branch means for one line. Ranges hold 80 % of the cases; a missing date is beyond the horizon."""

    branch: str
    line: int = field(metadata={"note": "line of the position file"})
    title: str
    good: str
    home: str
    months_of_cover: float = field(metadata={"unit": "months", "note": "stock over monthly need"})
    chance_of_a_stop: float = field(metadata={"unit": "share", "note": "share of the cases that stop in the horizon"})
    earliest_stop: dt.date | None = field(metadata={"note": "one case in ten stops by this day"})
    median_stop: dt.date | None = field(metadata={"note": "half of the cases stop by this day"})
    latest_stop: dt.date | None = field(metadata={"note": "nine cases in ten stop by this day"})
    value_lost_usd: float = field(metadata=USD | {"note": "median over the cases, over the whole horizon"})
    value_lost_low_usd: float = field(metadata=USD)
    value_lost_high_usd: float = field(metadata=USD)
    value_lost_mean_usd: float = field(metadata=USD | {"note": "mean over the cases, to compare with the savings"})
    month_of_stock_costs_usd: float = field(
        metadata=USD | {"note": "holding one more month of need over the horizon, at the reference price"}
    )
    month_of_stock_costs_low_usd: float = field(metadata=USD)
    month_of_stock_costs_high_usd: float = field(metadata=USD)
    month_of_stock_saves_usd: float = field(metadata=USD | {"note": "mean over the cases"})
    month_of_stock_saves_median_usd: float = field(metadata=USD)
    month_of_stock_saves_low_usd: float = field(metadata=USD)
    month_of_stock_saves_high_usd: float = field(metadata=USD)
    break_even_chance: float | None = field(
        metadata={
            "unit": "share",
            "note": "chance of a stop from which one more month of stock pays; missing when it never does",
        }
    )
    pays_to_stock: bool = field(
        metadata={"note": "whether one more month of stock saves more than it costs on average"}
    )
    pays_in_share: float = field(metadata={"unit": "share", "note": "share of the cases in which it does"})
    hangs_on: str = field(
        metadata={"note": "the assumption that speaks against this the most; empty if nothing varies"}
    )
    second_source: str | None = field(metadata={"note": "the best other exporter; missing when there is none"})
    second_source_share: float = field(metadata={"unit": "share", "note": "share of the need it would cover"})
    second_source_saves_usd: float | None = field(metadata=USD | {"note": "mean over the cases"})
    second_source_saves_low_usd: float | None = field(metadata=USD)
    second_source_saves_median_usd: float | None = field(metadata=USD)
    second_source_saves_high_usd: float | None = field(metadata=USD)
    month_sooner_saves_usd: float = field(
        metadata=USD | {"note": "a replacement that delivers one month earlier; mean over the cases"}
    )
    month_sooner_saves_low_usd: float = field(metadata=USD)
    month_sooner_saves_median_usd: float = field(metadata=USD)
    month_sooner_saves_high_usd: float = field(metadata=USD)


def position_dates(
    position: Position,
    deliveries: Mapping[str, DeliveryRatio],
    *,
    world: World,
    start: str,
    assumptions: Mapping[str, Assumptions],
    hangs_on: Callable[[str, NDArray[np.float64]], str] = _nothing,
) -> tuple[LineExposure, ...]:
    """Work out what each branch means for each line of a position.

    Args:
        position: the user's lines.
        deliveries: by branch, the simulated deliveries (see :func:`chokepoint.exposure.deliveries.delivery_ratio`).
        world: the reference world, for prices and for who else could deliver.
        start: first simulated month, ``YYYY-MM``; stocks in the file are those of its first day.
        assumptions: numbers of our own behind the answer, by branch.
        hangs_on: says of a branch and what one more month of stock earns in its cases which assumption it hangs on.

    Returns:
        One row per line and branch, in the order of the file.
    """
    return tuple(
        _exposure(line, Outlook(branch, ratio, world, start, assumptions[branch]), hangs_on)
        for line in position.lines
        for branch, ratio in deliveries.items()
    )


def position_table(rows: Iterable[LineExposure]) -> Table:
    """Return the rows as a table, ready to be written."""
    return tabulate("position", "When each line of the position stops, and what would help", rows, LineExposure)


def month_lengths(start: str, months: int) -> NDArray[np.float64]:
    """Return the days in each month from a first one on.

    Example:
        >>> month_lengths("2023-12", 3).tolist()
        [31.0, 31.0, 29.0]
    """
    year, month = (int(part) for part in start.split("-"))
    counted = [divmod(year * 12 + month - 1 + ahead, 12) for ahead in range(months)]
    return np.array([calendar.monthrange(each, before + 1)[1] for each, before in counted], dtype=np.float64)


def _exposure(line: PositionLine, ahead: Outlook, hangs_on: Callable[[str, NDArray[np.float64]], str]) -> LineExposure:
    base = ahead.shortage(line)
    value, months = line.value_of_output_usd_per_t, ahead.received(line).shape[1]
    lost = base.missing * value
    stops = np.isfinite(base.stop_day)
    earliest, median, latest = _dates(base.stop_day, ahead.start)
    low, middle, high = _range(lost)
    price = ahead.world.goods[ahead.world.good_index(line.good)].price_usd_per_unit
    held = line.need_t_per_month * price * months / 12
    cost = np.broadcast_to(np.asarray(ahead.assumptions.carrying_cost_per_year) * held, lost.shape)
    by_stock = lost - ahead.shortage(replace(line, stock_t=line.stock_t + line.need_t_per_month)).missing * value
    sooner = replace(line, months_to_replace=max(0.0, line.months_to_replace - 1.0))
    by_haste = lost - ahead.shortage(sooner).missing * value
    other, with_other = ahead.with_second_source(line)
    by_other = None if with_other is None else lost - with_other.missing * value
    costs_low, costs, costs_high = _range(cost)
    saves_low, saves, saves_high = _range(by_stock)
    haste_low, haste, haste_high = _range(by_haste)
    other_low, other_median, other_high = (None, None, None) if by_other is None else _range(by_other)
    return LineExposure(
        branch=ahead.branch,
        line=line.line,
        title=line.title,
        good=line.good,
        home=line.home,
        months_of_cover=line.stock_t / line.need_t_per_month,
        chance_of_a_stop=float(stops.mean()),
        earliest_stop=earliest,
        median_stop=median,
        latest_stop=latest,
        value_lost_usd=middle,
        value_lost_low_usd=low,
        value_lost_high_usd=high,
        value_lost_mean_usd=float(lost.mean()),
        month_of_stock_costs_usd=costs,
        month_of_stock_costs_low_usd=costs_low,
        month_of_stock_costs_high_usd=costs_high,
        month_of_stock_saves_usd=float(by_stock.mean()),
        month_of_stock_saves_median_usd=saves,
        month_of_stock_saves_low_usd=saves_low,
        month_of_stock_saves_high_usd=saves_high,
        break_even_chance=break_even(costs, by_stock[stops]),
        pays_to_stock=float(by_stock.mean()) > float(cost.mean()),
        pays_in_share=float((by_stock > cost).mean()),
        hangs_on=hangs_on(ahead.branch, by_stock - cost),
        second_source=other,
        second_source_share=float(np.median(ahead.assumptions.second_source_share)),
        second_source_saves_usd=None if by_other is None else float(by_other.mean()),
        second_source_saves_low_usd=other_low,
        second_source_saves_median_usd=other_median,
        second_source_saves_high_usd=other_high,
        month_sooner_saves_usd=float(by_haste.mean()),
        month_sooner_saves_low_usd=haste_low,
        month_sooner_saves_median_usd=haste,
        month_sooner_saves_high_usd=haste_high,
    )


def break_even(cost: float, saved_in_a_stop: NDArray[np.float64]) -> float | None:
    """Return the chance of a stop from which one more month of stock pays.

    It pays when ``chance * saved > cost``, so the chance is ``cost / saved``; None when the stock would not pay even
    if the stop were certain, or when no case stops.

    Args:
        cost: of holding the stock over the horizon [USD].
        saved_in_a_stop: what it saves in each case that stops [USD].

    Example:
        >>> break_even(50.0, np.array([100.0, 300.0])), break_even(50.0, np.array([20.0]))
        (0.25, None)
    """
    saved = float(saved_in_a_stop.mean()) if saved_in_a_stop.size else 0.0
    chance = share(cost, saved)
    return chance if saved > 0.0 and chance <= 1.0 else None


def _dates(stop_day: NDArray[np.float64], start: str) -> tuple[dt.date | None, ...]:
    # A case that never stops is later than all others, so no date may lie between two cases.
    days = np.quantile(stop_day, [LOW, MIDDLE, HIGH], method="inverted_cdf")
    first = dt.date.fromisoformat(f"{start}-01")
    return tuple(first + dt.timedelta(days=int(day)) if np.isfinite(day) else None for day in days)


def _range(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, [LOW, MIDDLE, HIGH])
    return float(low), float(middle), float(high)
