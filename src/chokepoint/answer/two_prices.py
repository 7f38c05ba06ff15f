"""The paid beside the marginal price of dysprosium oxide: what the run finds, and what was quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.answer.markets import buyer_prices, typical_paid
from chokepoint.answer.overturn import in_a_sentence, weakest
from chokepoint.answer.sentences import leading, led, rests_on
from chokepoint.report import amounts
from chokepoint.report.front import PricePair, Sentence
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from chokepoint.answer.reported import Reported
    from chokepoint.answer.run import Run
    from chokepoint.records.references import Reference

GOOD = "dysprosium_oxide"
PLACE, PLACE_NAME = "DEU", "Germany"
QUOTED_MONTH = "2025-05"
UNIT = "USD/kg"
KG_PER_T = 1000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class BuyerMonth:
    """What a buyer pays in one month of the leading branch, USD/kg.

    Args:
        month: the month, ``YYYY-MM``.
        marginal: what one more kilogram would cost, per solved case.
        low, middle, high: its 80 % interval and median.
        paid: median of what was paid on average; NaN if nothing arrived.
    """

    month: str
    marginal: np.ndarray
    low: float
    middle: float
    high: float
    paid: float


def buyer_month(run: Run) -> BuyerMonth | None:
    """Return the quoted month, or where the run does not reach it the dearest one; None if nothing is bought."""
    branch = leading(run)
    good = run.world.good_index(GOOD)
    prices = buyer_prices(branch, good, run.world.country_index(PLACE))
    if prices is None:
        return None
    scale = run.world.goods[good].price_usd_per_unit / KG_PER_T
    months = [str(month) for month in run.months]
    low, middle, high = interval(prices[0] * scale)
    at = months.index(QUOTED_MONTH) if QUOTED_MONTH in months else int(middle.argmax())
    return BuyerMonth(
        month=months[at],
        marginal=prices[0][:, at] * scale,
        low=float(low[at]),
        middle=float(middle[at]),
        high=float(high[at]),
        paid=float(typical_paid(prices[1])[at] * scale),
    )


def price_pair(
    run: Run, bought: BuyerMonth | None, reported: Reported, references: Mapping[str, Reference]
) -> PricePair | None:
    """Return the paid beside the marginal price, quoted and simulated; None where the run misses the quoted month."""
    if bought is None or bought.month != QUOTED_MONTH:
        return None
    asked = reported.quote(GOOD, "Europe", QUOTED_MONTH)
    mean = reported.quote(GOOD, "fob China", QUOTED_MONTH[:4])
    day = amounts.when(asked.when)
    return PricePair(
        good=run.world.goods[run.world.good_index(GOOD)].name,
        unit=UNIT,
        paid=mean.value,
        marginal=asked.value,
        date=day,
        quoted_paid=mean.value,
        quoted_marginal=asked.value,
        quoted_marginal_low=asked.low,
        quoted_marginal_high=asked.high,
        source_note=(
            f"Marginal: asked in Europe on {day} ({references[asked.source].author}). Paid: mean of {mean.when}, "
            f"fob China ({references[mean.source].author}). The two stand on different bases. "
            f"Model: delivered in {PLACE_NAME}, {amounts.when(QUOTED_MONTH)}."
        ),
        model_paid=bought.paid,
        model_marginal=bought.middle,
        model_marginal_low=bought.low,
        model_marginal_high=bought.high,
    )


def price_sentence(run: Run, bought: BuyerMonth | None, pair: PricePair | None) -> Sentence:
    """Say what was paid beside what one more kilogram cost."""
    branch = leading(run)
    good = in_a_sentence(run.world.goods[run.world.good_index(GOOD)].name)
    name, unless = "", "licences come sooner or later than assumed"
    text = f"no {good} is bought in {PLACE_NAME}."
    if bought is not None:
        name, unless = weakest(branch, bought.marginal, is_high=True)
        number = amounts.number
        cost = f"{number(bought.middle)} {UNIT} ({number(bought.low)} to {number(bought.high)})"
        said = f"one more kilogram of {good} in {PLACE_NAME}"
        text = (
            f"{said} costs at most {cost}, in {amounts.when(bought.month)}, while {number(bought.paid)} is paid on "
            "what arrives."
        )
        if pair is not None:
            text = (
                f"in {amounts.when(bought.month)} {said} would have cost {cost}, while {number(bought.paid)} was paid "
                f"on what arrived; the press quoted {number(pair.quoted_marginal)} on {pair.date}, and "
                f"{number(pair.quoted_paid)} was the year's mean fob China."
            )
    return Sentence(
        sentence=led(branch, text),
        unless=unless,
        rests_on=rests_on(run, "price", "licence", "stock_", "choke_price", "flow.dysprosium"),
        why=tuple(each for each in (name, f"price.{GOOD}", "rent_share") if each in run.world.figures),
    )
