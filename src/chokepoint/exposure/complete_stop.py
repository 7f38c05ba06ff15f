"""The other side's leverage as it falls: what a complete stop would cost, with the capacity of later years."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month  # noqa: TC001  # dataclass field
from chokepoint.instruments import free_trade
from chokepoint.simulation import run, wire
from chokepoint.simulation.building import build_up
from chokepoint.stakes import weigh
from chokepoint.tables import Table, tabulate
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.instruments import Conditions
    from chokepoint.settings import Settings
    from chokepoint.simulation.behaviour import Matrix
    from chokepoint.world import World

Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
YEARS = (0, 1, 3, 5, 10, 15)
STOP_MONTHS = 12
LEAD_IN_MONTHS = 12
LET_THROUGH = 0.01
"""Part of usual trade that a stop lets through. Where nothing at all arrives a price is set by nobody, and clearings
may fail; a hundredth takes a twenty-fifth off the central loss."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StopByYear:
    """What a complete stop costs if it comes after some years, case by case.

    Args:
        controller: who stops; first: the month of a stop after 0 years; years: after how many it comes.
        parties: who is weighed, the controller first.
        loss: USD over the months of the stop (case, year, party); not a number where a month was not solved.
    """

    controller: str
    first: Month
    years: tuple[int, ...]
    parties: tuple[str, ...]
    loss: Cube

    def of(self, party: str) -> np.ndarray:
        """Return a party's loss (case, year)."""
        return self.loss[:, :, self.parties.index(party)]


@dataclass(frozen=True, kw_only=True, slots=True)
class StopLoss:
    """A row of the table."""

    party: str
    years: int = field(metadata={"unit": "years", "note": "from now until the stop begins"})
    loss_low_usd: float | None = field(metadata={"unit": "USD", "note": "10 % quantile"})
    loss_usd: float | None = field(metadata={"unit": "USD", "note": "median over draws"})
    loss_high_usd: float | None = field(metadata={"unit": "USD", "note": "90 % quantile"})
    share_of_now: float | None = field(
        metadata={"unit": "share", "note": "median over the median now; missing where that is no loss"}
    )
    solved: int = field(metadata={"note": "draws in which every month was solved"})


def stop_by_year(
    world: World,
    settings: Settings,
    controller: str,
    first: Month,
    parties: Mapping[str, Iterable[str]],
    years: Sequence[int] = YEARS,
) -> StopByYear:
    """Simulate a stop of a country's exports of every good but for a hundredth, begun now or years later.

    Each stop is led up to by a year of free trade with the projects of its date, from full stores and usual
    references; it is weighed against the same months without it. Projects go on being finished during it, and
    nobody builds because of it. Need is that of the base year throughout.

    Args:
        world: the world; settings: values per case; controller: who stops all its exports.
        first: month in which a stop after 0 years begins.
        parties: countries by party; years: after how many years the stop comes.
    """
    groups = {controller: (controller,), **parties}
    gather = np.stack([np.isin(world.countries, list(codes)) for codes in groups.values()], axis=1).astype(float)
    loss = np.full((settings.cases, len(years), len(groups)), np.nan)
    building, known = build_up(world, settings), dict[bytes, np.ndarray]()
    for number, later in enumerate(years):
        begins = first.plus(12 * later)
        # Projects only add: the same capacity a year before and a year after is the same all along.
        ends = (building.at(begins.plus(-LEAD_IN_MONTHS))[0], building.at(begins.plus(STOP_MONTHS))[0])
        stands = b"".join(each.tobytes() for each in ends)
        if stands not in known:
            known[stands] = losses(world, settings, controller, begins)
        loss[:, number] = known[stands] @ gather
    return StopByYear(controller=controller, first=first, years=tuple(years), parties=tuple(groups), loss=loss)


def stop_of(world: World, cases: int, controller: str) -> Conditions:
    """Return the conditions of a stop of all a country's exports but for a hundredth."""
    at_home = world.country_index(controller)
    lanes = (world.lanes.exporter == at_home) & (world.lanes.importer != at_home)
    return replace(free_trade(world, cases), cap_share=np.where(lanes, LET_THROUGH, np.inf) * np.ones((cases, 1)))


def losses(world: World, settings: Settings, controller: str, begins: Month) -> Matrix:
    """Return what a stop of ``STOP_MONTHS`` costs every country (case, country), USD; nan where not solved."""
    wiring = wire(world)
    still, stop = free_trade(world, settings.cases), stop_of(world, settings.cases, controller)
    months = span(begins, STOP_MONTHS)
    _, memory = run(world, wiring, settings, span(begins.plus(-LEAD_IN_MONTHS), LEAD_IN_MONTHS), lambda _: still)
    held, _ = run(world, wiring, settings, months, lambda _: stop, memory)
    free, _ = run(world, wiring, settings, months, lambda _: still, memory)
    with np.errstate(invalid="ignore", over="ignore"):
        # Cases that were not solved hold no numbers; they are struck out in the next line.
        stakes = weigh(held, free)
    solved: np.ndarray = np.logical_and(held.is_solved.all(axis=1), free.is_solved.all(axis=1))
    return np.where(solved[:, None], stakes.over(stakes.loss), np.nan)


def span(first: Month, count: int) -> list[Month]:
    """Return consecutive months."""
    return [first.plus(number) for number in range(count)]


def stop_table(found: StopByYear) -> Table:
    """Return losses by party and year, ready to be written."""
    rows: list[StopLoss] = []
    for party in found.parties:
        loss = found.of(party)
        now = interval(loss[np.isfinite(loss[:, 0]), 0])[1] if np.isfinite(loss[:, 0]).any() else np.nan
        for number, years in enumerate(found.years):
            kept = loss[np.isfinite(loss[:, number]), number]
            low, middle, high = (float(each) for each in interval(kept)) if kept.size else (np.nan,) * 3
            rows.append(
                StopLoss(
                    party=party,
                    years=years,
                    loss_low_usd=low,
                    loss_usd=middle,
                    loss_high_usd=high,
                    share_of_now=middle / float(now) if now > 0.0 else None,
                    solved=kept.size,
                )
            )
    title = f"What a complete stop by {found.controller} would cost over {STOP_MONTHS} months, now and later"
    return tabulate("stop_by_year", title, rows, StopLoss)
