"""A simulated fan of exports held against what was reported afterwards, beside a forecast without any model.

The naive forecast is persistence without seasons, what somebody without a model would have said on the day of the
control: *every month to come is like the mean of the destination's months reported before the control; where none was
reported, like its level in the reference year of the world*. It is a point and has no interval.

Scores are taken on the logarithm to base 2, so that 1 means a factor of 2 and errors up and down count alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.tables import tabulate
from chokepoint.uncertainty import HIGH_SHARE, LOW_SHARE, interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.dates import Month
    from chokepoint.simulation import Outcome
    from chokepoint.tables import Table
    from chokepoint.world import World

ALL = "ALL"
OVERALL = "overall"
MODEL, NAIVE = "model", "naive"
FLOOR_SHARE = 1e-3
"""Amounts below this share of the naive forecast count as that share: a logarithm of nothing scores nothing."""

MONTHLY = {"unit": "t", "note": "per month"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Episode:
    """A past control, and what was reported of the trade it touched.

    Args:
        exporter: ISO code of the country whose exports were counted.
        goods: codes of the goods counted together, all in tonnes.
        destinations: ISO codes or blocs; ``ALL`` is every country but the exporter.
        control: month of the control; months before it are history, from it on they are scored.
        reported: tonnes by destination and month, None where unpublished.
    """

    exporter: str
    goods: tuple[str, ...]
    destinations: tuple[str, ...]
    control: Month
    reported: Mapping[str, Mapping[Month, float | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class FanMonth:
    """One month of simulated exports to one destination, beside what was reported and the naive forecast."""

    branch: str
    destination: str = field(metadata={"note": "importer, bloc, or ALL for every country but the exporter"})
    month: str
    low_t: float | None = field(metadata=MONTHLY | {"note": "per month; one solved case in ten is below"})
    median_t: float | None = field(metadata=MONTHLY | {"note": "per month, over the solved cases"})
    high_t: float | None = field(metadata=MONTHLY | {"note": "per month; one solved case in ten is above"})
    reported_t: float | None = field(metadata=MONTHLY | {"note": "per month; empty where not published"})
    naive_t: float = field(
        metadata=MONTHLY | {"note": "per month; mean of the months reported before the control, else the world's level"}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How far a forecast was from what was reported, over the months scored; 1 in log2 is a factor of 2."""

    branch: str
    destination: str = field(metadata={"note": "overall: every number reported counts once, ALL included"})
    forecast: str = field(metadata={"note": "model, or naive: as before the control"})
    months: int = field(metadata={"unit": "1", "note": "reported months from the control on"})
    error_log2: float | None = field(metadata={"unit": "log2", "note": "mean |log2(median / reported)|"})
    interval_score_log2: float | None = field(
        metadata={"unit": "log2", "note": "weighted interval score, 80 % interval; for a point its mean error"}
    )
    coverage: float | None = field(metadata={"unit": "share", "note": "months inside the interval; should be near 0.8"})
    width_log2: float | None = field(metadata={"unit": "log2", "note": "mean width of the 80 % interval"})


def towards(world: World, episode: Episode) -> np.ndarray:
    """Return the matrix (lane, destination) of ones that adds up an episode's exports.

    Raises:
        ValueError: an exporter, good or destination the world does not name.
    """
    lanes = world.lanes
    exporter = world.country_index(episode.exporter)
    reach = (lanes.exporter == exporter) & (lanes.importer != exporter)
    reach &= np.isin(lanes.good, [world.good_index(code) for code in episode.goods])
    columns = [reach & np.isin(lanes.importer, _importers(world, code)) for code in episode.destinations]
    return np.stack(columns, axis=1).astype(float)


def _importers(world: World, destination: str) -> list[int]:
    if destination == ALL:
        return list(range(len(world.countries)))
    return [world.country_index(code) for code in world.blocs.get(destination, (destination,))]


def naive_forecast(world: World, episode: Episode) -> dict[str, float]:
    """Return the forecast of persistence by destination, t per month (see the module)."""
    level = world.lanes.flow_per_month @ towards(world, episode)
    naive: dict[str, float] = {}
    for number, destination in enumerate(episode.destinations):
        reported = episode.reported.get(destination, {})
        history = [value for month, value in reported.items() if month < episode.control and value is not None]
        naive[destination] = sum(history) / len(history) if history else float(level[number])
    return naive


def exports_fan(episode: Episode, branch: str, outcome: Outcome, is_solved: np.ndarray) -> tuple[FanMonth, ...]:
    """Return simulated exports by destination and month: 10 %, 50 % and 90 % quantiles of the solved cases.

    Args:
        episode: whose exports of what, whither, and what was reported.
        branch: name of the branch.
        outcome: its simulation.
        is_solved: cases (case,) that may be used; with none of them the quantiles are missing.

    Returns:
        One record per destination and simulated month.
    """
    world = outcome.world
    amounts = outcome.flow[is_solved] @ towards(world, episode)
    # Rounding in the last places must not turn a complete stop into exports below zero.
    fan = np.maximum(interval(amounts), 0.0) if amounts.shape[0] else None
    naive = naive_forecast(world, episode)
    months: list[FanMonth] = []
    for place, destination in enumerate(episode.destinations):
        reported = episode.reported.get(destination, {})
        for number, month in enumerate(outcome.months):
            low, middle, high = (None, None, None) if fan is None else map(float, fan[:, number, place])
            months.append(
                FanMonth(
                    branch=branch,
                    destination=destination,
                    month=str(month),
                    low_t=low,
                    median_t=middle,
                    high_t=high,
                    reported_t=reported.get(month),
                    naive_t=naive[destination],
                )
            )
    return tuple(months)


def marks(
    low: np.ndarray, median: np.ndarray, high: np.ndarray, reported: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Mark forecasts on a logarithmic scale.

    With ``a = 0.2`` the share outside the interval ``[l, u]`` and ``y`` the logarithm reported, the interval score is
    ``I = (u - l) + (2/a) max(0, l - y) + (2/a) max(0, y - u)`` and the weighted one ``(|y - m|/2 + (a/2) I) / 1.5``.
    For a point (``l = m = u``) that is ``|y - m|``.

    Args:
        low: logarithm to base 2 of the lower end, one entry per month; so
        median: the middle,
        high: the upper end, and
        reported: what was reported.

    Returns:
        Error, weighted interval score, whether the interval held it (0 or 1), and the interval's width.
    """
    outside = 1.0 - (HIGH_SHARE - LOW_SHARE)
    error = np.abs(reported - median)
    missed = np.maximum(0.0, low - reported) + np.maximum(0.0, reported - high)
    width = high - low
    weighted = (0.5 * error + 0.5 * outside * width + missed) / 1.5
    return error, weighted, (missed <= 0.0).astype(float), width


def score_fan(episode: Episode, fan: Sequence[FanMonth]) -> tuple[Score, ...]:
    """Score a branch's fan and the naive forecast per destination and overall.

    Args:
        episode: says from which month on.
        fan: the months of one branch.

    Returns:
        Two records (model, naive) per destination, then two overall. Nothing reported: scores are missing.
    """
    control = str(episode.control)
    scored = [
        each
        for each in fan
        if each.month >= control and each.reported_t is not None and each.median_t is not None and each.naive_t > 0.0
    ]
    branch = fan[0].branch
    rows: list[Score] = []
    for destination in (*episode.destinations, OVERALL):
        mine = [each for each in scored if destination in (each.destination, OVERALL)]
        rows += [_score(branch, destination, forecast, mine) for forecast in (MODEL, NAIVE)]
    return tuple(rows)


def _score(branch: str, destination: str, forecast: str, months: Sequence[FanMonth]) -> Score:
    if not months:
        missing = dict.fromkeys(("error_log2", "interval_score_log2", "coverage", "width_log2"))
        return Score(branch=branch, destination=destination, forecast=forecast, months=0, **missing)
    naive = np.array([each.naive_t for each in months])
    floor = FLOOR_SHARE * naive
    fan = [[each.low_t, each.median_t, each.high_t, each.reported_t] for each in months]
    low, middle, high, reported = np.log2(np.maximum(np.array(fan, dtype=float), floor[:, None])).T
    if forecast == NAIVE:
        low = middle = high = np.log2(naive)
    error, weighted, inside, width = (float(each.mean()) for each in marks(low, middle, high, reported))
    is_point = forecast == NAIVE
    return Score(
        branch=branch,
        destination=destination,
        forecast=forecast,
        months=len(months),
        error_log2=error,
        interval_score_log2=weighted,
        coverage=None if is_point else inside,
        width_log2=None if is_point else width,
    )


def backtest(episode: Episode, branches: Iterable[tuple[str, Outcome, np.ndarray]]) -> tuple[Table, Table]:
    """Hold every branch against what was reported.

    Args:
        episode: the control and what followed.
        branches: name, simulation and solved cases (case,) of each.

    Returns:
        The tables ``exports_fan`` and ``scores``.
    """
    simulated = list(branches)
    world = simulated[0][1].world
    who = f"Exports of {world.country_names[world.country_index(episode.exporter)]}"
    fans = [exports_fan(episode, *branch) for branch in simulated]
    months = [month for fan in fans for month in fan]
    scores = [score for fan in fans for score in score_fan(episode, fan)]
    return (
        tabulate("exports_fan", f"{who}: simulated, reported, and as before the control", months, FanMonth),
        tabulate("scores", f"{who}: forecasts against what was reported from {episode.control} on", scores, Score),
    )
