"""Simulate what every level of every issue does to each party, month by month, chain by chain.

Chains meet only in common end uses, so each is simulated on the grid of its own levels; a package is then one point
of every grid, and its payoff the sum over chains. ``composition.py`` says how far that is from simulating all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.parties import parties_of
from chokepoint.dates import Month
from chokepoint.instruments import free_conditions
from chokepoint.records.scenario import BranchRecord
from chokepoint.scenario import apply
from chokepoint.simulation import run, wire
from chokepoint.stakes import weigh
from chokepoint.uncertainty import draw, overridden, parameters_known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.talks import IssueRecord, TalksRecord, ViewRecord
    from chokepoint.settings import Settings
    from chokepoint.simulation import Outcome
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
    notes: tuple[str, ...] = ()


def months_of(talks: TalksRecord) -> tuple[tuple[Month, ...], int]:
    """Return the months simulated, and how many of them only lead up to the talks."""
    first, start = Month.read(talks.before), Month.read(talks.start)
    leading = first.until(start)
    return tuple(first.plus(number) for number in range(leading + talks.months)), leading


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


def settings_of(world: World, talks: TalksRecord, view: ViewRecord, draws: int) -> Settings:
    """Return the parameter values of every case in a view."""
    known = parameters_known(world, view.as_of)
    parameters = overridden(known, (*talks.parameters, *view.parameters), view.as_of.year, talks.name)
    return draw(world, parameters, draws, talks.seed)


def simulate(
    world: World, talks: TalksRecord, view: ViewRecord, acts: Sequence[MeasureRecord], settings: Settings
) -> tuple[Outcome, tuple[str, ...]]:
    """Simulate one set of acts over the months that lead up to the talks and those that count."""
    branch = BranchRecord(name="point", title="", as_of=view.as_of, measures=tuple(acts), parameters=(), note="")
    schedule = apply(world, branch, settings)
    outcome, _ = run(world, wire(world, schedule.groups), settings, months_of(talks)[0], schedule.conditions)
    return outcome, schedule.notes


def untouched(world: World, talks: TalksRecord, settings: Settings) -> Outcome:
    """Simulate the same months without any act."""
    still = free_conditions(
        settings.cases, world.lanes.good.size, world.stores.good.size, len(world.activities.kind), 0
    )
    return run(world, wire(world), settings, months_of(talks)[0], lambda _: still)[0]


def paid(outcome: Outcome, without: Outcome, talks: TalksRecord) -> tuple[Array, Array]:
    """Return payoffs and licence rents (case, month, party) of the months that count."""
    leading = months_of(talks)[1]
    stakes = weigh(outcome.since(leading), without.since(leading))
    parties = parties_of(outcome.world)
    columns = np.column_stack([parties.gather[:, parties.at(party.code)] for party in talks.parties])
    return -stakes.loss @ columns, stakes.licence_rent @ columns


def grid_of(world: World, talks: TalksRecord, view: ViewRecord, chain: str, draws: int) -> Grid:
    """Simulate a chain at every point of its grid."""
    issues, history = talks.on(chain), talks.chain(chain).history
    settings = settings_of(world, talks, view, draws)
    without = untouched(world, talks, settings)
    points = points_of(issues)
    payoffs: list[Array] = []
    rents: list[Array] = []
    notes: dict[str, None] = {}
    solved = [without.is_solved]
    for point in points:
        outcome, said = simulate(world, talks, view, measures_at(issues, point, history), settings)
        payoff, rent = paid(outcome, without, talks)
        payoffs.append(payoff)
        rents.append(rent)
        notes |= dict.fromkeys(said)
        solved.append(outcome.is_solved)
    return Grid(
        view=view.name,
        chain=chain,
        issues=tuple(issue.name for issue in issues),
        levels=points,
        payoff=np.stack(payoffs, axis=-1),
        licence_rent=np.stack(rents, axis=-1),
        rent_share=without.behaviour.rent_share,
        discount=without.behaviour.discount,
        is_solved=np.asarray(np.stack(solved).all(axis=(0, 2))),
        notes=tuple(notes),
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
