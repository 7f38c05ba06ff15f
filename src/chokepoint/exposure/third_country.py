"""A third country's deposit in the simulated market: its output to one bidder, another, both, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.complete_stop import LEAD_IN_MONTHS, STOP_MONTHS, span, stop_of
from chokepoint.instruments import free_trade
from chokepoint.planned import Ground, plan
from chokepoint.settings import Settings
from chokepoint.simulation import run, wire
from chokepoint.simulation.parts import cases_of
from chokepoint.stakes import activities_of, weigh
from chokepoint.world import Projects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.dates import Month
    from chokepoint.simulation import Outcome
    from chokepoint.world import World

TRADE, STOP = 0, 1
"""Positions of the two years that are simulated: free trade, and the controller's stop."""
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Allocation = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mine:
    """A deposit as a plant that waits: where it stands, what it makes, who buys.

    Args:
        project: one word; kind: of activity; country: where; buyers, feed: countries parted by ``;``; announced: month.
    """

    project: str
    kind: str
    country: str
    buyers: str
    feed: str = ""
    announced: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositMarket:
    """What a deposit's output does to everybody in a year, by who has it; against leaving it in the ground.

    Args:
        allocations: bidders that have the output, nobody first; parties: who is weighed.
        payoff: USD a year (case, trade or stop, allocation, party), against the same year with the deposit in the
            ground; not a number in cases that were not solved throughout.
        owner: gain of mining where the deposit lies, same axes without the party.
        arrives: of what the deposit gives, with every party in the base year, units a month (party,).
    """

    allocations: tuple[Allocation, ...]
    parties: tuple[str, ...]
    payoff: Array
    owner: Array
    arrives: Array

    def at(self, *bidders: str) -> int:
        """Return the position of an allocation."""
        return self.allocations.index(tuple(sorted(bidders)))


def made_by(world: World, kind: str) -> np.ndarray:
    """Return the goods a kind of activity makes, as positions."""
    acts = world.activities
    maker = np.flatnonzero([each == kind for each in acts.kind])
    return np.unique(acts.entry_good[np.isin(acts.entry_activity, maker) & (acts.entry_amount > 0.0)])


def buyers_of(world: World, kind: str, countries: Sequence[str]) -> tuple[str, ...]:
    """Return those of some countries that take what a kind of activity makes: where it arrives, or where plants use it.

    Args:
        world: the world; kind: of activity, such as ``mine_light``; countries: codes.
    """
    acts, lanes, made = world.activities, world.lanes, made_by(world, kind)
    uses = acts.country[acts.entry_activity[np.isin(acts.entry_good, made) & (acts.entry_amount < 0.0)]]
    arrives = lanes.importer[np.isin(lanes.good, made) & (lanes.flow_per_month > 0.0)]
    takes = {world.countries[int(each)] for each in np.concatenate([uses, arrives])}
    return tuple(code for code in countries if code in takes)


def with_mines(world: World, mines: Sequence[Mine]) -> World:
    """Return a world in which mines wait, empty, beside the projects it holds.

    Raises:
        DataError: a mine whose output nobody could buy.
    """
    acts = world.activities
    goods = tuple(good.code for good in world.goods)
    model = {mine.kind: acts.kind.index(mine.kind) for mine in mines}
    recipes = [
        tuple(
            (goods[int(good)], float(amount))
            for good, amount, act in zip(acts.entry_good, acts.entry_amount, acts.entry_activity, strict=True)
            if act == model[mine.kind]
        )
        for mine in mines
    ]
    (lanes, activities), added = plan(Ground(goods, world.countries, world.lanes, acts), mines, recipes)
    before = world.projects
    together = Projects(
        name=(*before.name, *added.name),
        activity=np.concatenate([before.activity, added.activity]),
        announced=(*before.announced, *added.announced),
        lane_project=np.concatenate([before.lane_project, added.lane_project + len(before.name)]),
        lane=np.concatenate([before.lane, added.lane]),
        lane_amount=np.concatenate([before.lane_amount, added.lane_amount]),
    )
    return replace(world, lanes=lanes, activities=activities, projects=together)


def settings_with(world: World, settings: Settings, mines: Sequence[Mine], output: np.ndarray) -> Settings:
    """Return every case once with every mine at work and the others shut, first once with all shut.

    Args:
        world: with the mines; settings: values per case, of the world without.
        mines: as in the world; output: of the one at work, level of its kind a year (case,).

    Returns:
        Settings whose cases run fastest, allocations slowest.
    """
    times = len(mines) + 1
    values = {name: np.tile(each, times) for name, each in settings.values.items()}
    none = np.zeros(settings.cases * times)
    for number, mine in enumerate(mines, start=1):
        size = none.copy()
        size[number * settings.cases : (number + 1) * settings.cases] = output
        values |= {
            f"project_size.{mine.project}": size,
            f"project_chance.{mine.project}": none + 1.0,
            f"project_start.{mine.project}": none,
        }
    return Settings(world, values, settings.cases * times)


def deposit_market(
    world: World,
    settings: Settings,
    place: tuple[str, str],
    output: np.ndarray,
    bidders: Mapping[str, Sequence[str]],
    allocations: Sequence[Allocation],
    stop: tuple[str, Month],
) -> DepositMarket:
    """Simulate a year of free trade and a stop in the next, with a deposit's output going to one, another, or both.

    The mine runs at full capacity in both years; everything else is as it stands by that date.

    Args:
        world: the world; settings: values per case.
        place: kind of activity and country where the deposit lies.
        output: of the deposit, level of the kind a year (case,).
        bidders: countries of every bidder; allocations: bidders that may have it together, nobody aside.
        stop: who stops all its exports, and from which month.

    Raises:
        DataError: a bidder none of whose countries takes what the deposit gives.
    """
    kind, country = place
    wanted = [tuple(sorted(each)) for each in allocations]
    mines = [
        Mine(
            project=f"deposit_{number}",
            kind=kind,
            country=country,
            buyers=";".join(
                dict.fromkeys(code for name in each for code in buyers_of(world, kind, tuple(bidders[name])))
            ),
        )
        for number, each in enumerate(wanted)
    ]
    ready = with_mines(world, mines)
    values = settings_with(ready, settings, mines, output)
    controller, begins = stop
    wiring, still, held = wire(ready), free_trade(ready, values.cases), stop_of(ready, values.cases, controller)
    leading = span(begins.plus(-LEAD_IN_MONTHS), LEAD_IN_MONTHS)
    free, memory = run(ready, wiring, values, leading, lambda _: still)
    stopped, _ = run(ready, wiring, values, span(begins, STOP_MONTHS), lambda _: held, memory)
    names = tuple(bidders)
    gather = np.stack([np.isin(ready.countries, list(bidders[name])) for name in names], axis=1).astype(float)
    mining = activities_of(ready, (country,), (kind,))
    parts = [slice(first, first + settings.cases) for first in range(0, values.cases, settings.cases)]
    payoff = np.full((settings.cases, 2, len(parts), len(names)), np.nan)
    owner = np.full(payoff.shape[:3], np.nan)
    for year, outcome in ((TRADE, free), (STOP, stopped)):
        ground = cases_of_outcome(outcome, parts[0])
        for number, part in enumerate(parts):
            mine = cases_of_outcome(outcome, part)
            solved = mine.is_solved.all(axis=1) & ground.is_solved.all(axis=1)
            payoff[solved, year, number] = (-weigh(mine, ground).loss.sum(axis=1) @ gather)[solved]
            earned = (mine.profit - ground.profit)[:, :, mining].sum(axis=(1, 2))
            owner[solved, year, number] = earned[solved]
    mine = np.isin(world.lanes.good, made_by(world, kind))
    flow = np.where(mine, world.lanes.flow_per_month, 0.0)
    return DepositMarket(
        allocations=((), *wanted),
        parties=names,
        payoff=payoff,
        owner=owner,
        arrives=flow @ gather[world.lanes.importer],
    )


def cases_of_outcome(outcome: Outcome, part: slice) -> Outcome:
    """Return some of the cases of an outcome."""
    names = [name for name in outcome.__slots__ if isinstance(getattr(outcome, name), np.ndarray)]
    arrays = {name: getattr(outcome, name)[part] for name in names}
    return replace(outcome, behaviour=cases_of(outcome.behaviour, part), **arrays)
