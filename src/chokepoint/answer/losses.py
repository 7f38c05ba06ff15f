"""Losses, stops and leaks of a run as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.parties import parties_of
from chokepoint.answer.ranges import ends
from chokepoint.tables import Column, Table
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from chokepoint.answer.run import BranchRun, Run
    from chokepoint.tables import Cell

COMPONENTS = ("total", "shortage", "rent", "switching")
EMPTY_BELOW = 0.1
USD = "USD"


def discounted(branch: BranchRun, cube: np.ndarray) -> np.ndarray:
    """Return (solved case, party) of monthly losses (case, month, country), discounted to the first month."""
    summed = branch.stakes.over(cube, branch.outcome.behaviour.discount)
    return (summed @ parties_of(branch.outcome.world).gather)[branch.is_solved]


def losses_table(run: Run) -> Table:
    """Return losses by branch, party and component, medians with 80 % intervals, and both ends of the rent share."""
    rows: list[tuple[Cell, ...]] = []
    parties = parties_of(run.world)
    for branch in run.branches:
        stakes = branch.stakes
        cubes = (stakes.loss, stakes.shortage, stakes.rent, stakes.switching)
        for component, cube in zip(COMPONENTS, cubes, strict=True):
            values = discounted(branch, cube)
            low, middle, high = interval(values)
            is_total = component == "total"
            nothing = np.median(discounted(branch, stakes.loss_at(0.0)), axis=0) if is_total else None
            everything = np.median(discounted(branch, stakes.loss_at(1.0)), axis=0) if is_total else None
            for number, code in enumerate(parties.codes):
                rows.append(
                    (
                        branch.record.name,
                        code,
                        component,
                        float(middle[number]),
                        float(low[number]),
                        float(high[number]),
                        None if nothing is None else float(nothing[number]),
                        None if everything is None else float(everything[number]),
                    )
                )
    return Table(
        name="losses",
        title="Losses by party and component against the same months without the measures (a gain is negative)",
        columns=(
            Column(name="branch"),
            Column(name="party", note="country or bloc; a bloc's members stand on their own lines too"),
            Column(name="component", note="total, or shortage, rent, switching, which add up to it case by case"),
            Column(name="median_usd", unit=USD, note="over the solved cases, discounted to the first month"),
            *ends("low_usd", "high_usd", USD),
            Column(name="median_if_importers_keep_rents_usd", unit=USD, note="rent_share 0, totals only"),
            Column(name="median_if_exporters_take_rents_usd", unit=USD, note="rent_share 1, totals only"),
        ),
        rows=tuple(rows),
    )


def unserved_share(branch: BranchRun) -> np.ndarray:
    """Return the share of demand unserved in the worst month per (solved case, party), by value."""
    outcome, world = branch.outcome, branch.outcome.world
    price = np.array([good.price_usd_per_unit for good in world.goods])[world.uses.good]
    gather = np.eye(len(world.countries))[world.uses.country] @ parties_of(world).gather
    wanted = branch.without.use * price @ gather
    served = np.minimum(outcome.use, branch.without.use) * price @ gather
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(wanted > 0.0, 1.0 - served / wanted, 0.0)
    return share.max(axis=1)[branch.is_solved]


def value_at_risk(branch: BranchRun) -> np.ndarray:
    """Return the value of output that stops for want of the goods, per (solved case, party), USD over the horizon.

    Unserved demand times the choke price, which is the value of the output a unit of the good holds up. It is
    no loss estimate: it ignores what can be made up for, and is never added to the losses.
    """
    outcome, world = branch.outcome, branch.outcome.world
    price = np.array([good.price_usd_per_unit for good in world.goods])[world.uses.good]
    missing = np.maximum(0.0, branch.without.use - outcome.use).sum(axis=1)
    held_up = missing * price * outcome.behaviour.choke
    gather = np.eye(len(world.countries))[world.uses.country] @ parties_of(world).gather
    return (held_up @ gather)[branch.is_solved]


def cover_left(branch: BranchRun) -> np.ndarray:
    """Return stocks as a share of their usual level, per (solved case, month, party, good); NaN without a store."""
    outcome, world = branch.outcome, branch.outcome.world
    parties = np.eye(len(world.countries))[world.stores.country] @ parties_of(world).gather
    mine = [world.stores.good == good for good in range(len(world.goods))]
    kept = np.stack([outcome.stock[:, :, each] @ parties[each] for each in mine], axis=-1)
    usual = np.stack([outcome.behaviour.target[:, each] @ parties[each] for each in mine], axis=-1)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(usual > 0.0, kept / usual, np.nan)[branch.is_solved]


def months_until_empty(branch: BranchRun, cover: np.ndarray) -> np.ndarray:
    """Return months from the first measure until a good's stock falls below a tenth; NaN if it never does.

    Args:
        branch: says when its first measure takes effect.
        cover: stock of the good over its usual level (solved case, month, party).

    Returns:
        Array (solved case, party).
    """
    empty = cover < EMPTY_BELOW
    first = start_month(branch)
    when = empty.argmax(axis=1).astype(float) - first + 1.0
    return np.where(empty.any(axis=1), when, np.nan)


def start_month(branch: BranchRun) -> int:
    """Return the position of the month in which the branch's first measure takes effect."""
    effective = min(measure.effective for measure in branch.record.measures)
    months = branch.outcome.months
    return next((n for n, month in enumerate(months) if month.plus(1).first_day > effective), len(months) - 1)


def median_or_never(values: np.ndarray) -> float | None:
    """Return the median of times some of which are "never" (NaN): None if half of them are."""
    middle = float(np.median(np.where(np.isnan(values), np.inf, values)))
    return middle if np.isfinite(middle) else None


def stops_table(run: Run) -> Table:
    """Return when stocks run empty and how much demand goes unserved, by branch, party and good."""
    rows: list[tuple[Cell, ...]] = []
    parties = parties_of(run.world)
    for branch in run.branches:
        unserved, risk, left = unserved_share(branch), value_at_risk(branch), cover_left(branch)
        for number, good in enumerate(run.world.goods):
            cover = left[:, :, :, number]
            empty = months_until_empty(branch, cover)
            for place, code in enumerate(parties.codes):
                if np.isnan(cover[0, 0, place]):
                    continue
                chance = float(np.mean(~np.isnan(empty[:, place])))
                low, middle, high = interval(cover[:, :, place].min(axis=1))
                rows.append(
                    (
                        branch.record.name,
                        code,
                        good.code,
                        median_or_never(empty[:, place]),
                        chance,
                        float(middle),
                        float(low),
                        float(high),
                        float(np.median(unserved[:, place])),
                        float(np.median(risk[:, place])),
                    )
                )
    return Table(
        name="stops",
        title="When stocks run empty, and what stops (value at risk is beside the losses, never added to them)",
        columns=(
            Column(name="branch"),
            Column(name="party"),
            Column(name="good"),
            Column(name="months_until_empty", unit="months", note="median, from the first measure to a tenth left"),
            Column(name="chance_of_empty", unit="share", note="share of the solved cases"),
            Column(name="least_cover_share", unit="share", note="lowest stock over its usual level, median"),
            *ends("least_cover_low_share", "least_cover_high_share", "share"),
            Column(name="worst_month_unserved_share", unit="share", note="all goods of the party, by value, median"),
            Column(name="value_at_risk_usd", unit=USD, note="output held up at the choke price, all goods, median"),
        ),
        rows=tuple(rows),
    )


def leaks_table(run: Run) -> Table:
    """Return what third countries ship more than without the measures, by branch, country and good."""
    rows: list[tuple[Cell, ...]] = []
    lanes = run.world.lanes
    for branch in run.branches:
        actors = {measure.actor for measure in branch.record.measures}
        extra = (branch.outcome.flow - branch.without.flow).sum(axis=1)[branch.is_solved]
        for exporter, code in enumerate(run.world.countries):
            if code in actors:
                continue
            for number, good in enumerate(run.world.goods):
                mine = (lanes.exporter == exporter) & (lanes.importer != exporter) & (lanes.good == number)
                if mine.any():
                    low, middle, high = interval(extra[:, mine].sum(axis=1))
                    rows.append((branch.record.name, code, good.code, float(middle), float(low), float(high)))
    return Table(
        name="leaks",
        title="What third countries ship more than without the measures, over the horizon",
        columns=(
            Column(name="branch"),
            Column(name="country"),
            Column(name="good"),
            Column(name="extra_t", unit="t", note="median"),
            *ends("low_t", "high_t", "t"),
        ),
        rows=tuple(rows),
    )
