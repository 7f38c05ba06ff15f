"""Simulate what every level of every issue does to each party, month by month, chain by chain.

Chains meet only in common end uses, so each is simulated on the grid of its own levels; a package is then one point
of every grid, and its payoff the sum over chains. ``composition.py`` says how far that is from simulating all at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.parties import parties_of
from chokepoint.answer.talks.actors import gains_of_actors
from chokepoint.answer.talks.stores import empty_after
from chokepoint.answer.talks.swings import swings_of, with_swings
from chokepoint.dates import Month
from chokepoint.instruments import free_trade
from chokepoint.records.scenario import BranchRecord
from chokepoint.scenario import Released, apply
from chokepoint.simulation import run, wire
from chokepoint.stakes import weigh
from chokepoint.uncertainty import draw, overridden, parameters_known
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.instruments import Conditions
    from chokepoint.provenance import Figure
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.talks import IssueRecord, TalksRecord, ViewRecord
    from chokepoint.settings import Settings
    from chokepoint.simulation import Memory, Outcome
    from chokepoint.world import World

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """What one chain pays each party on every combination of its issues' levels, as seen in one view.

    Args:
        view, chain: names.
        issues: the issues of the chain; levels: their level names, one tuple per point of the grid.
        payoff: USD per (case, month, party, point), against no measure at all.
        licence_rent: rents on licences received less paid, were exporters to take all of them, same shape; rent_share:
            what the simulation assumed (case,).
        discount: per month (case,).
        is_solved: cases in which every month of every point was solved.
        actor_gain: what every actor gains by the levels, USD a year, discounted (case, actor, point).
        goods: those some party stores; empty_after: months until a store is empty (case, party, good, point).
        swings: families of assumptions at either end, such as ``choke_price low``; swing: payoff there, all else
            central, USD a year, discounted (swing, party, point); not a number where it was not solved.
        notes: what the view does not know or cannot reach.
    """

    view: str
    chain: str
    issues: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    payoff: Array
    licence_rent: Array
    rent_share: Array
    discount: Array
    is_solved: np.ndarray
    actor_gain: Array
    goods: tuple[str, ...]
    empty_after: Array
    swings: tuple[str, ...]
    swing: Array
    notes: tuple[str, ...] = ()


def months_of(talks: TalksRecord, counted: int | None = None) -> tuple[tuple[Month, ...], int]:
    """Return the months simulated, and how many of them only lead up to the talks.

    ``counted``: how many follow on those; as many as count in the talks if None.
    """
    first, start = Month.read(talks.before), Month.read(talks.start)
    leading = first.until(start)
    return tuple(first.plus(number) for number in range(leading + (counted or talks.months))), leading


def points_of(issues: Sequence[IssueRecord]) -> tuple[tuple[str, ...], ...]:
    """Return every combination of the issues' levels, by name."""
    return tuple(product(*(tuple(level.name for level in issue.levels) for issue in issues)))


def measures_at(
    issues: Sequence[IssueRecord], point: Sequence[str], history: Sequence[MeasureRecord]
) -> tuple[MeasureRecord, ...]:
    """Return the acts in force at a point of the grid; an act of a level stands for one of the same id before it."""
    acts = {act.id: act for act in history}
    for issue, level in zip(issues, point, strict=True):
        acts |= {act.id: act for act in issue.levels[issue.at(level)].measures}
    return tuple(acts.values())


def figures_of(world: World, talks: TalksRecord, view: ViewRecord) -> dict[str, Figure]:
    """Return the assumptions about the market in a view, by name."""
    known = parameters_known(world, view.as_of)
    return overridden(known, (*talks.parameters, *view.parameters), view.as_of.year, talks.name)


def settings_of(world: World, talks: TalksRecord, view: ViewRecord, draws: int) -> Settings:
    """Return the parameter values of every case in a view."""
    return draw(world, figures_of(world, talks, view), draws, talks.seed)


@dataclass(frozen=True, kw_only=True, slots=True)
class LedUp:
    """What the months before the talks have left.

    Args:
        memory: where the talks go on from, a world at rest if None; is_solved: whether those months were (case,).
    """

    memory: Memory | None
    is_solved: np.ndarray


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What was found out at one point of a grid and serves others as well.

    Args:
        released: licence queues worked off; led_up: by the acts announced before the talks and the licence groups.
    """

    released: Released = field(default_factory=dict["tuple[object, ...]", "dict[Month, np.ndarray]"])
    led_up: dict[tuple[object, ...], LedUp] = field(default_factory=dict["tuple[object, ...]", "LedUp"])


def simulate(
    world: World, talks: TalksRecord, view: ViewRecord, acts: Sequence[MeasureRecord], settings: Settings, known: Known
) -> tuple[Outcome, LedUp, tuple[str, ...]]:
    """Simulate one set of acts; months that lead up to the talks are simulated once for all points that share them.

    Args:
        world, talks, view, acts, settings: what is simulated; known: from other points, added to.

    Returns:
        The months that count, those before them, and what a reader must know.
    """
    branch = BranchRecord(name="point", title="", as_of=view.as_of, measures=tuple(acts), parameters=(), note="")
    schedule = apply(world, branch, settings)
    months, leading = months_of(talks)
    wiring = wire(world, schedule.groups)

    def terms(month: Month) -> Conditions:
        return schedule.conditions(month, known.released)

    # What was announced by then may have made people store, in force or not.
    heard = [act for act in acts if act.announced < months[leading].first_day]
    key = (*heard, *(group.tobytes() for group in schedule.groups))
    if key not in known.led_up and leading:
        before, memory = run(world, wiring, settings, months[:leading], terms)
        known.led_up[key] = LedUp(memory=memory, is_solved=np.asarray(before.is_solved.all(axis=1)))
    led_up = known.led_up.get(key, LedUp(memory=None, is_solved=np.ones(settings.cases, dtype=bool)))
    outcome, _ = run(world, wiring, settings, months[leading:], terms, led_up.memory)
    return outcome, led_up, schedule.notes


def untouched(world: World, months: Sequence[Month], settings: Settings) -> Outcome:
    """Simulate months without any act."""
    still = free_trade(world, settings.cases)
    return run(world, wire(world), settings, months, lambda _: still)[0]


def paid(outcome: Outcome, without: Outcome, talks: TalksRecord) -> tuple[Array, Array]:
    """Return payoffs and licence rents against the same months without any act (case, month, party), USD."""
    stakes = weigh(outcome, without)
    parties = parties_of(outcome.world)
    columns = np.column_stack([parties.gather[:, parties.at(party.code)] for party in talks.parties])
    return -stakes.loss @ columns, stakes.licence_rent @ columns


def yearly(payoff: Array, discount: Array) -> Array:
    """Discount monthly payoffs (case, month, ...) to the first month and put them on a year."""
    months = payoff.shape[1]
    weight = (1.0 + discount[:, None]) ** -np.arange(months) * (MONTHS_PER_YEAR / months)
    return np.einsum("cm,cm...->c...", weight, payoff)


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What one point of a grid comes to, cases drawn and swings together (case, ...).

    Args:
        payoff, licence_rent: USD (case, month, party); actor_gain: USD a year (case, actor).
        empty_after: months (case, party, good); is_solved: whether every month was (case,); notes: to be told.
    """

    payoff: Array
    licence_rent: Array
    actor_gain: Array
    empty_after: Array
    is_solved: np.ndarray
    notes: tuple[str, ...]


def point_of(simulated: tuple[Outcome, LedUp, tuple[str, ...]], talks: TalksRecord, free: Outcome) -> Point:
    """Weigh what was simulated at one point; ``free``: the months that count without any act."""
    counted, led_up, notes = simulated
    payoff, rent = paid(counted, free, talks)
    heard = gains_of_actors(counted, free, talks)
    return Point(
        payoff=payoff,
        licence_rent=rent,
        actor_gain=yearly(heard, counted.behaviour.discount),
        empty_after=empty_after(counted, talks),
        is_solved=np.asarray(counted.is_solved.all(axis=1) & led_up.is_solved),
        notes=notes,
    )


def grid_of(world: World, talks: TalksRecord, view: ViewRecord, chain: str, draws: int) -> Grid:
    """Simulate a chain at every point of its grid; families of assumptions swing in the first view only."""
    issues, history = talks.on(chain), talks.chain(chain).history
    figures, drawn = figures_of(world, talks, view), slice(draws + 1)
    swung = figures if view == talks.views[0] else {}
    settings = with_swings(settings_of(world, talks, view, draws), swung)
    free = untouched(world, months_of(talks)[0], settings)
    counted = free.since(months_of(talks)[1])
    levels = points_of(issues)
    known = Known()
    found = [
        point_of(simulate(world, talks, view, measures_at(issues, each, history), settings, known), talks, counted)
        for each in levels
    ]
    payoff = np.stack([each.payoff for each in found], axis=-1)
    is_solved = np.logical_and.reduce([free.is_solved.all(axis=1), *(each.is_solved for each in found)])
    empty = np.stack([each.empty_after[drawn] for each in found], axis=-1)
    stored = np.flatnonzero(~np.isnan(empty).all(axis=(0, 1, 3)))
    swing = yearly(payoff, free.behaviour.discount)[draws + 1 :]
    return Grid(
        view=view.name,
        chain=chain,
        issues=tuple(issue.name for issue in issues),
        levels=levels,
        payoff=payoff[drawn],
        licence_rent=np.stack([each.licence_rent[drawn] for each in found], axis=-1),
        rent_share=free.behaviour.rent_share[drawn],
        discount=free.behaviour.discount[drawn],
        is_solved=is_solved[drawn],
        actor_gain=np.stack([each.actor_gain[drawn] for each in found], axis=-1),
        goods=tuple(world.goods[good].code for good in stored),
        empty_after=empty[:, :, stored],
        swings=swings_of(swung),
        swing=np.where(is_solved[draws + 1 :, None, None], swing, np.nan),
        notes=tuple(dict.fromkeys(note for each in found for note in each.notes)),
    )


def grids(
    worlds: Mapping[str, World], talks: TalksRecord, say: Callable[[str], None], draws: int | None = None
) -> tuple[Grid, ...]:
    """Simulate every chain in every view.

    Args:
        worlds: worlds by name; talks: who could release what.
        say: told what is being done; draws: how many cases to draw instead of the file's number.
    """
    found: list[Grid] = []
    cases = talks.draws if draws is None else draws
    for view in talks.views:
        for chain in talks.chains:
            count = len(points_of(talks.on(chain.name)))
            say(f"talks, {view.title}: {chain.name}, {count} combinations of levels ({cases + 1} cases)")
            found.append(grid_of(worlds[chain.world], talks, view, chain.name, cases))
    return tuple(found)
