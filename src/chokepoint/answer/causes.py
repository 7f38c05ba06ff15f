"""What made two answers differ: one cause after the other is changed and the scenario run again.

The path goes from the first question to the second in a fixed order: parameters, then measures and what may be known
of them, then figures of the world, then months, draws and seed. Each step keeps what the steps before it changed, so
that the steps add up exactly. What two causes do only together is counted with the later one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import discounted
from chokepoint.answer.parties import parties_of
from chokepoint.answer.run import answer
from chokepoint.errors import ConvergenceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chokepoint.records.scenario import BranchRecord, ScenarioRecord
    from chokepoint.world import World

Question = tuple["World", "ScenarioRecord"]

PARAMETERS = "parameters"
MEASURES = "measures and dates"
FIGURES = "world figures"
HORIZON = "months, draws and seed"
REST = "interaction or rounding"
CAUSES = (PARAMETERS, MEASURES, FIGURES, HORIZON)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """What one cause adds to a party's loss.

    Args:
        branch: name of the branch, or of both (``before -> after``).
        cause: one of the causes above, or ``interaction or rounding``.
        party: country or bloc.
        change_usd: change of its median loss, USD over the horizon.
    """

    branch: str
    cause: str
    party: str
    change_usd: float


def attribute(
    first: Question, second: Question, *, draws: int | None = None, say: Callable[[str], None] = lambda _: None
) -> tuple[Cause, ...]:
    """Attribute the change of every party's loss to its causes, by running them one after the other.

    Args:
        first: world and scenario before.
        second: world and scenario after.
        draws: how many cases to draw in every run; left out, what each scenario says (0 runs the central case only).
        say: told what is being done.

    Returns:
        One row per paired branch, cause that differs, and party; their sum is the whole change between the runs.

    Raises:
        ConvergenceError: a run on the way of which no case was solved.
    """
    rows: list[Cause] = []
    for before, after in paired(first[1].branches, second[1].branches):
        label = before.name if before.name == after.name else f"{before.name} -> {after.name}"
        start = (first[0], replace(first[1], branches=(before,)))
        goal = (second[0], replace(second[1], branches=(after,)))
        losses: dict[str, float] | None = None
        for cause, old, new in path(start, goal, is_drawn=draws is None):
            losses = median_losses(*old, draws) if losses is None else losses
            say(f"{label}: {cause}")
            changed = median_losses(*new, draws)
            parties = list(dict.fromkeys([*losses, *changed]))
            rows += [
                Cause(branch=label, cause=cause, party=p, change_usd=changed.get(p, 0.0) - losses.get(p, 0.0))
                for p in parties
            ]
            losses = changed
    return tuple(rows)


def paired(
    first: tuple[BranchRecord, ...], second: tuple[BranchRecord, ...]
) -> list[tuple[BranchRecord, BranchRecord]]:
    """Pair branches of the same name; two single branches are paired whatever their names."""
    if len(first) == len(second) == 1:
        return [(first[0], second[0])]
    others = {branch.name: branch for branch in second}
    return [(branch, others[branch.name]) for branch in first if branch.name in others]


def path(start: Question, goal: Question, *, is_drawn: bool = True) -> Iterator[tuple[str, Question, Question]]:
    """Walk from one question to another of one branch each; steps that change nothing are left out.

    Args:
        start: world and scenario before.
        goal: world and scenario after.
        is_drawn: False if the runs draw no cases; then a difference in draws and seed changes nothing.

    Yields:
        The cause, the question before the step and after it.
    """
    current = start
    for cause in CAUSES:
        changed = _changed(cause, current, goal)
        if _ingredients(current, is_drawn=is_drawn) != _ingredients(changed, is_drawn=is_drawn):
            yield cause, current, changed
        current = changed


def _changed(cause: str, current: Question, goal: Question) -> Question:
    """Return a question with one cause as in the goal."""
    world, scenario = current
    aim_world, aim = goal
    mine, other = scenario.branches[0], aim.branches[0]
    if cause == PARAMETERS:
        # What counts as a parameter is what the engine asks for by name; the rest of the figures are the picture.
        world = replace(world, parameters=aim_world.parameters)
        branch = replace(mine, parameters=other.parameters)
        return world, replace(scenario, parameters=aim.parameters, branches=(branch,))
    if cause == MEASURES:
        branch = replace(mine, name=other.name, title=other.title, as_of=other.as_of, measures=other.measures)
        return world, replace(scenario, as_of=aim.as_of, branches=(branch,))
    if cause == FIGURES:
        return aim_world, scenario
    horizon = {"start": aim.start, "months": aim.months, "report_from": aim.report_from}
    return world, replace(scenario, **horizon, draws=aim.draws, seed=aim.seed)


def _ingredients(question: Question, *, is_drawn: bool) -> list[object]:
    """Return what determines the numbers of a question of one branch, in a form that can be compared."""
    world, scenario = question
    branch = scenario.branches[0]
    arrays = (
        world.lanes.flow_per_month,
        world.activities.level_per_month,
        world.activities.entry_amount,
        world.uses.demand_per_month,
    )
    return [
        [(each.name, each.value, each.low, each.high) for each in (*scenario.parameters, *branch.parameters)],
        {name: (each.value, each.low, each.high) for name, each in world.parameters.items()},
        branch.measures,
        # Acts announced later than this are not known; the date itself changes nothing.
        [measure.id for measure in branch.measures if measure.announced <= branch.as_of],
        [each.tobytes() for each in arrays],
        [(each.code, each.price_usd_per_unit) for each in world.goods],
        (world.countries, world.stores.owner, world.stores.good.tobytes(), world.stores.country.tobytes()),
        (scenario.start, scenario.months, scenario.report_from),
        (scenario.draws, scenario.seed) if is_drawn else (),
    ]


def median_losses(world: World, scenario: ScenarioRecord, draws: int | None) -> dict[str, float]:
    """Run a question of one branch and return each party's median loss, as the table of losses does.

    Args:
        world: the world.
        scenario: a scenario of one branch.
        draws: how many cases to draw instead of the scenario's number.

    Returns:
        USD over the horizon by party.

    Raises:
        ConvergenceError: no case was solved.
    """
    branch = answer(world, scenario, draws=draws).branches[0]
    if not branch.is_solved.any():
        message = f"branch {branch.record.name}: no case was solved in every month, so its losses are not known"
        raise ConvergenceError(message)
    middle = np.median(discounted(branch, branch.stakes.loss), axis=0)
    return dict(zip(parties_of(world).codes, map(float, middle), strict=True))
