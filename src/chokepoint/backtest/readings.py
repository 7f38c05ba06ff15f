"""What is read off simulated months: a price or a flow, as a ratio to its base, case by case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month
from chokepoint.stakes.weigh import delivered_paid

if TYPE_CHECKING:
    from chokepoint.records.episode_schema import Reading
    from chokepoint.simulation import Outcome

Path = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def read(outcome: Outcome, reading: Reading) -> np.ndarray:
    """Read a quantity off the months.

    A price is relative to its reference, exports to the reference year's; with a base period (``over``) both are
    relative to its mean. ``month_of_highest`` and ``month_of_lowest`` count from the first month of the reading,
    ``month_back_at`` is the first month, after the lowest, that reaches the level again (missing if none does).

    Args:
        outcome: the simulation; reading: what to read.

    Returns:
        One value per case; NaN where nothing was bought or sold.

    Raises:
        LookupError: a country that neither buys nor sells the good in this world, or a month not simulated.
    """
    path = trade(outcome, reading) if reading.of in {"exports", "imports"} else price(outcome, reading)
    if reading.later:
        usual = np.ones((path.shape[0], reading.later))
        path = np.concatenate([usual, path[:, : -reading.later]], axis=1)
    asked = path[:, span(outcome, reading.months)]
    if reading.over is not None:
        asked = asked / path[:, span(outcome, reading.over)].mean(axis=1, keepdims=True)
    return taken(asked, reading)


def span(outcome: Outcome, months: tuple[str, str]) -> slice:
    """Return the positions of a first and a last month.

    Raises:
        LookupError: a month not simulated.
    """
    first, last = (Month.read(each) for each in months)
    if first not in outcome.months or last not in outcome.months or last < first:
        message = f"{first} to {last} is not within the months simulated, {outcome.months[0]} to {outcome.months[-1]}"
        raise LookupError(message)
    return slice(outcome.months.index(first), outcome.months.index(last) + 1)


def taken(asked: Path, reading: Reading) -> np.ndarray:
    """Make one value per case of the months asked for."""
    match reading.take:
        case "mean":
            return asked.mean(axis=1)
        case "highest":
            return asked.max(axis=1)
        case "lowest":
            return asked.min(axis=1)
        case "month_of_highest":
            return asked.argmax(axis=1).astype(float)
        case "month_of_lowest":
            return asked.argmin(axis=1).astype(float)
        case "month_back_at":
            after = np.arange(asked.shape[1])[None, :] > asked.argmin(axis=1)[:, None]
            back = after & (asked >= (1.0 if reading.level is None else reading.level))
            return np.where(back.any(axis=1), back.argmax(axis=1), np.nan)


def price(outcome: Outcome, reading: Reading) -> Path:
    """Return a price (case, month), relative to the reference price of its good."""
    world, wiring = outcome.world, outcome.wiring
    good, country = world.good_index(reading.goods[0]), _place(outcome, reading.country)
    if reading.of == "inside_price":
        here = np.flatnonzero((wiring.seller_good == good) & (wiring.seller_country == country))
    else:
        here = np.flatnonzero((wiring.buyer_good == good) & (wiring.buyer_country == country))
    if here.size == 0:
        message = f"{reading.country} does not {'sell' if reading.of == 'inside_price' else 'buy'} {reading.goods[0]}"
        raise LookupError(message)
    if reading.of == "inside_price":
        return outcome.ex_works[:, :, here[0]]
    return delivered_paid(outcome)[0 if reading.of == "outside_price" else 1][:, :, here[0]]


def trade(outcome: Outcome, reading: Reading) -> Path:
    """Return exports or imports (case, month), relative to those of the reference year."""
    world, lanes = outcome.world, outcome.world.lanes
    home = _place(outcome, reading.country)
    near, far = (lanes.exporter, lanes.importer) if reading.of == "exports" else (lanes.importer, lanes.exporter)
    reach = (near == home) & (far != home)
    reach &= np.isin(lanes.good, [world.good_index(code) for code in reading.goods])
    if reading.to:
        codes = [code for name in reading.to for code in world.blocs.get(name, (name,))]
        reach &= np.isin(far, [_place(outcome, code) for code in codes])
    usual = lanes.flow_per_month[reach].sum()
    if usual <= 0.0:
        message = f"{reading.country} {reading.of} no {', '.join(reading.goods)} in the reference year"
        raise LookupError(message)
    return outcome.flow[:, :, reach].sum(axis=2) / usual


def _place(outcome: Outcome, country: str) -> int:
    if country not in outcome.world.countries:
        message = f"the world does not name {country}"
        raise LookupError(message)
    return outcome.world.country_index(country)
