"""What follows when levels are set anew at a date: simulated from where the levels held until then have led.

Payoffs from a date on depend on what was held before: stores are full or not, users have found other suppliers or not.
So every level is held from the start to the date, and every level follows on each; all paths are cleared together, one
case each. Where there are several dates, what was held just before one is taken as held since the start.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.levels import measures_at, months_of, paid, points_of, settings_of, untouched
from chokepoint.dates import Month
from chokepoint.records.scenario import BranchRecord
from chokepoint.scenario import Released, apply
from chokepoint.settings import Settings
from chokepoint.simulation import run, wire
from chokepoint.simulation.parts import joined
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from chokepoint.answer.talks.levels import Array
    from chokepoint.instruments import Conditions
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.talks import TalksRecord, ViewRecord
    from chokepoint.scenario import Schedule
    from chokepoint.simulation import Memory, Outcome
    from chokepoint.world import World

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Paths:
    """What one chain pays from a date to the next, by what was held before and what is set then; central case.

    Args:
        view, chain: names; month: the date (``YYYY-MM``).
        issues: the issues of the chain; levels: the points of its grid.
        payoff: USD a year over the horizon of the dates, discounted to its first month (held, then, party).
        kept: the same where nothing is set anew and the acts of the level run on, and out, as they did (held, party).
    """

    view: str
    chain: str
    month: str
    issues: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    payoff: Array
    kept: Array


def spans(talks: TalksRecord) -> list[tuple[int, int]]:
    """Return the first month of every stretch between dates and the one after its last, from the start of the talks."""
    start = Month.read(talks.start)
    marks = [start.until(Month.read(each.month)) for each in talks.renegotiate]
    return list(zip([0, *marks], [*marks, talks.horizon], strict=True))


def weights(talks: TalksRecord, discount: float) -> Array:
    """Return what a USD of each month counts a year (month,), discounted to the first."""
    return np.asarray((1.0 + discount) ** -np.arange(talks.horizon) * (MONTHS_PER_YEAR / talks.horizon), np.float64)


def moved(act: MeasureRecord, months: int, earliest: date) -> MeasureRecord:
    """Return an act of a level as it is taken at a later date: as much later, and from the first day of that month."""

    def later(day: date) -> date:
        month = Month.of(day).plus(months)
        return month.first_day + timedelta(days=min(day.day, month.days) - 1)

    effective = later(act.effective)
    starts = earliest if Month.of(effective) <= Month.of(earliest) else effective
    return replace(act, effective=starts, ends=later(act.ends) if act.ends else None)


def ended(act: MeasureRecord, last: date) -> MeasureRecord:
    """Return an act that ends on a day at the latest."""
    return replace(act, ends=min(act.ends, last) if act.ends else last)


def set_anew(
    history: Sequence[MeasureRecord],
    held: Sequence[MeasureRecord],
    then: Sequence[MeasureRecord],
    day: date,
    months: int,
) -> tuple[MeasureRecord, ...]:
    """Return the acts when some of levels end on the eve of a day and others are set on it.

    Args:
        history: acts in force before; one for which a level's act of the same id stands is away that long.
        held, then: acts of the levels before and after; months: how long after the start of the talks the day lies.
    """
    before, after = {act.id for act in held}, {act.id for act in then}
    acts: list[MeasureRecord] = []
    for act in history:
        if act.id not in before | after:
            acts.append(act)
        elif act.id not in before:
            acts.append(ended(act, day - DAY))
        elif act.id not in after:
            acts.append(replace(act, effective=max(act.effective, day)))
    acts += [ended(act, day - DAY) for act in held if act.effective < day]
    return (*acts, *(moved(act, months, day) for act in then))


def scheduled(world: World, view: ViewRecord, acts: Sequence[MeasureRecord], settings: Settings) -> Schedule:
    """Return the schedule of some acts as a view knows them."""
    branch = BranchRecord(name="path", title="", as_of=view.as_of, measures=tuple(acts), parameters=(), note="")
    return apply(world, branch, settings)


def side_by_side(schedules: Sequence[Schedule]) -> Callable[[Month], Conditions]:
    """Return conditions of months in which every schedule is a case; queues that are alike are worked off once."""
    released: Released = {}
    return lambda month: joined([each.conditions(month, released) for each in schedules])


def bunched(schedules: Sequence[Schedule]) -> list[list[int]]:
    """Return positions of schedules that share their licence groups, and so one net."""
    found: dict[tuple[bytes, ...], list[int]] = {}
    for number, each in enumerate(schedules):
        found.setdefault(tuple(group.tobytes() for group in each.groups), []).append(number)
    return list(found.values())


def repeated(settings: Settings, count: int) -> Settings:
    """Return the central case so many times."""
    return Settings(settings.world, {name: np.repeat(each[:1], count) for name, each in settings.values.items()}, count)


def picked(memory: Memory, cases: Sequence[int]) -> Memory:
    """Return the memory of some cases, in any order; prices to start from are left behind."""
    rows = np.asarray(cases)
    return replace(memory, drift=memory.drift[rows], use=memory.use[rows], stock=memory.stock[rows], clearing=None)


def as_often(outcome: Outcome, count: int) -> Outcome:
    """Return an outcome of one case as if it had so many."""
    names = [each.name for each in fields(outcome) if isinstance(getattr(outcome, each.name), np.ndarray)]
    return replace(outcome, **{name: np.repeat(getattr(outcome, name), count, axis=0) for name in names})


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the paths of one chain are simulated on: the world, what a view knows, the points and the central case."""

    world: World
    talks: TalksRecord
    view: ViewRecord
    chain: str
    settings: Settings

    @property
    def points(self) -> tuple[tuple[str, ...], ...]:
        """The points of the chain's grid."""
        return points_of(self.talks.on(self.chain))

    def together(
        self, paths: Sequence[Sequence[MeasureRecord]], months: Sequence[Month], memory: Memory | None
    ) -> tuple[list[tuple[list[int], Outcome]], Memory]:
        """Simulate sets of acts side by side; returns outcomes with their positions, and the memory of all."""
        schedules = [scheduled(self.world, self.view, acts, repeated(self.settings, 1)) for acts in paths]
        outcomes: list[tuple[list[int], Outcome]] = []
        memories: list[Memory] = []
        for bunch in bunched(schedules):
            mine = [schedules[number] for number in bunch]
            begun = None if memory is None else picked(memory, bunch)
            wiring = wire(self.world, mine[0].groups)
            settings = repeated(self.settings, len(bunch))
            outcome, left = run(self.world, wiring, settings, months, side_by_side(mine), begun)
            outcomes.append((bunch, outcome))
            memories.append(replace(left, clearing=None))
        order = np.argsort([number for bunch, _ in outcomes for number in bunch])
        return outcomes, picked(joined(memories), order.tolist())


def paths_of(world: World, talks: TalksRecord, view: ViewRecord, chain: str) -> tuple[Paths, ...]:
    """Simulate every level held to every date, and every level set there, in the central case; none without dates."""
    if not talks.renegotiate:
        return ()
    settings = settings_of(world, talks, view, draws=0)
    ground = Ground(world=world, talks=talks, view=view, chain=chain, settings=settings)
    months, leading = months_of(talks, talks.horizon)
    held = [measures_at(talks.on(chain), point, talks.chain(chain).history) for point in ground.points]
    free = untouched(world, months, settings)
    _, memory = ground.together(held, months[: leading + spans(talks)[0][1]], None)
    found: list[Paths] = []
    for span, fixed in zip(spans(talks)[1:], talks.renegotiate, strict=True):
        reached, until = (leading + each for each in span)
        freely = free.since(reached, until)
        set_then = stretch_of(ground, memory, span, freely)
        kept, memory = ground.together(held, months[reached:until], memory)
        found.append(
            Paths(
                view=view.name,
                chain=chain,
                month=fixed.month,
                issues=tuple(issue.name for issue in talks.on(chain)),
                levels=ground.points,
                payoff=set_then,
                kept=weighed(talks, kept, freely, span),
            )
        )
    return tuple(found)


def stretch_of(ground: Ground, memory: Memory, span: tuple[int, int], free: Outcome) -> Array:
    """Simulate every level set at a date after every level held until then.

    Args:
        ground: the chain; memory: what every level held to the date has left.
        span: months after the start of the talks at which the stretch begins, and ends; free: it without any act.

    Returns:
        USD a year over the whole horizon, discounted to its first month (held, then, party); not a number where a
        month was not solved.
    """
    talks, count = ground.talks, len(ground.points)
    history = talks.chain(ground.chain).history
    levels = [measures_at(talks.on(ground.chain), point, ()) for point in ground.points]
    day = free.months[0].first_day
    before = np.repeat(np.arange(count), count)
    acts = [set_anew(history, was, then, day, span[0]) for was in levels for then in levels]
    outcomes, _ = ground.together(acts, free.months, picked(memory, before.tolist()))
    return weighed(talks, outcomes, free, span).reshape(count, count, -1)


def weighed(
    talks: TalksRecord, outcomes: Sequence[tuple[list[int], Outcome]], free: Outcome, span: tuple[int, int]
) -> Array:
    """Return what outcomes of a stretch pay, in the order of their positions (position, party); see ``stretch_of``."""
    weight = weights(talks, float(free.behaviour.discount[0]))[span[0] : span[1]]
    found = np.full((sum(len(bunch) for bunch, _ in outcomes), len(talks.parties)), np.nan)
    for bunch, outcome in outcomes:
        payoff, _ = paid(outcome, as_often(free, len(bunch)), talks)
        is_solved = outcome.is_solved.all(axis=1)
        found[np.array(bunch)[is_solved]] = np.einsum("cmp,m->cp", payoff, weight)[is_solved]
    return found
