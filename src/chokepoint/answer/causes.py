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
from chokepoint.answer.overturn import weakest
from chokepoint.answer.parties import parties_of
from chokepoint.answer.run import answer
from chokepoint.errors import ConvergenceError
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chokepoint.answer.run import BranchRun
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
        low_usd, high_usd: 80 % of the cases change by between these, each draw held against itself; None where nothing
            was drawn, or other draws were.
    """

    branch: str
    cause: str
    party: str
    change_usd: float
    low_usd: float | None = None
    high_usd: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """The whole change of a party's loss over the same draws of both questions.

    Args:
        branch: name of the branch, or of both; party: country or bloc.
        low_usd, median_usd, high_usd: 80 % of the cases change by between the outer two.
        share_up: of the cases in which it loses more.
        hangs_on: the assumed number it hangs on most, and the side that would turn it; empty where nothing is drawn.
    """

    branch: str
    party: str
    low_usd: float
    median_usd: float
    high_usd: float
    share_up: float
    hangs_on: str


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
    return attribute_in_full(first, second, draws=draws, say=say)[0]


def attribute_in_full(
    first: Question, second: Question, *, draws: int | None = None, say: Callable[[str], None] = lambda _: None
) -> tuple[tuple[Cause, ...], tuple[Whole, ...]]:
    """Attribute changes as :func:`attribute` does, and weigh the whole of each over the draws both runs share."""
    rows: list[Cause] = []
    wholes: list[Whole] = []
    for before, after in paired(first[1].branches, second[1].branches):
        label = before.name if before.name == after.name else f"{before.name} -> {after.name}"
        start = (first[0], replace(first[1], branches=(before,)))
        goal = (second[0], replace(second[1], branches=(after,)))
        found: list[Losses] = []
        for cause, old, new in path(start, goal, is_drawn=draws is None):
            found = found or [losses_of(*old, draws)]
            say(f"{label}: {cause}")
            found.append(losses_of(*new, draws))
            rows += _steps(label, cause, *found[-2:])
        if found and is_paired(found[0], found[-1]):
            wholes += _wholes(label, found[0], found[-1])
    return tuple(rows), tuple(wholes)


def _steps(label: str, cause: str, old: Losses, new: Losses) -> Iterator[Cause]:
    """Yield what one step adds to every party's loss."""
    before, after = old.median, new.median
    same_draws = is_paired(old, new)
    for party in dict.fromkeys([*before, *after]):
        change = after.get(party, 0.0) - before.get(party, 0.0)
        low, high = None, None
        if same_draws and party in old.by_case and party in new.by_case:
            low, _, high = map(float, interval(_differences(old, new, party)))
        yield Cause(branch=label, cause=cause, party=party, change_usd=change, low_usd=low, high_usd=high)


def _wholes(label: str, old: Losses, new: Losses) -> Iterator[Whole]:
    """Yield the whole change of every party that both runs have."""
    solved = old.branch.is_solved & new.branch.is_solved
    for party in old.by_case.keys() & new.by_case.keys():
        change = _differences(old, new, party)
        low, middle, high = map(float, interval(change))
        clause = weakest(new.branch, change, is_high=middle > 0.0, cases=solved)[1] if np.ptp(change) > 0.0 else ""
        yield Whole(
            branch=label,
            party=party,
            low_usd=low,
            median_usd=middle,
            high_usd=high,
            share_up=float((change > 0.0).mean()),
            hangs_on=clause,
        )


def _differences(old: Losses, new: Losses, party: str) -> np.ndarray:
    """Return by how much each draw changes, over those that both runs solved."""
    change = new.by_case[party] - old.by_case[party]
    return change[np.isfinite(change)]


def is_paired(old: Losses, new: Losses) -> bool:
    """Say whether two runs hold the same draws, more than the central case, of which some are solved in both."""
    solved = old.branch.is_solved, new.branch.is_solved
    return old.seed == new.seed and solved[0].size == solved[1].size > 1 and bool((solved[0] & solved[1]).any())


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Losses:
    """What a question of one branch came to.

    Args:
        branch: as it was run; seed: of its draws.
        by_case: loss by party and case (case,), USD over the horizon; not a number where it was not solved.
    """

    branch: BranchRun
    seed: int
    by_case: dict[str, np.ndarray]

    @property
    def median(self) -> dict[str, float]:
        """Each party's median loss, as the table of losses has it."""
        solved = self.branch.is_solved
        return {party: float(np.median(values[solved])) for party, values in self.by_case.items()}


def losses_of(world: World, scenario: ScenarioRecord, draws: int | None) -> Losses:
    """Run a question of one branch and return what each party loses in every case.

    Args:
        world: the world.
        scenario: a scenario of one branch.
        draws: how many cases to draw instead of the scenario's number.

    Raises:
        ConvergenceError: no case was solved.
    """
    branch = answer(world, scenario, draws=draws).branches[0]
    if not branch.is_solved.any():
        message = f"branch {branch.record.name}: no case was solved in every month, so its losses are not known"
        raise ConvergenceError(message)
    lost = np.full((branch.is_solved.size, len(parties_of(world).codes)), np.nan)
    lost[branch.is_solved] = discounted(branch, branch.stakes.loss)
    by_case = {party: lost[:, number] for number, party in enumerate(parties_of(world).codes)}
    return Losses(branch=branch, seed=scenario.seed, by_case=by_case)
