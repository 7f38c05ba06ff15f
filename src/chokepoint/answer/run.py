"""Run a scenario: every branch beside the same months without its measures, case by case."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from chokepoint import bundle
from chokepoint.countries import Countries
from chokepoint.dates import Month
from chokepoint.instruments import free_trade
from chokepoint.records.measure import read_measures
from chokepoint.records.references import read_references
from chokepoint.records.scenario import read_scenario
from chokepoint.records.vocabulary import Vocabulary
from chokepoint.scenario import apply
from chokepoint.simulation import run, wire
from chokepoint.simulation.behaviour import behave
from chokepoint.stakes import weigh
from chokepoint.uncertainty import draw, overridden, parameters_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from chokepoint.provenance import Figure
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.scenario import BranchRecord, ScenarioRecord
    from chokepoint.scenario import Schedule
    from chokepoint.settings import Settings
    from chokepoint.simulation import Outcome
    from chokepoint.simulation.behaviour import Behaviour
    from chokepoint.stakes import Stakes
    from chokepoint.world import World

DATA = Path(str(resources.files("chokepoint"))) / "data"


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRun:
    """One branch, simulated and weighed.

    Args:
        record: what the scenario says of it.
        parameters: the world's parameters with the branch's own values.
        settings: values per case; case 0 is the central one.
        schedule: its instruments and notes.
        outcome, without: the simulation, and the same cases and months without its measures.
        stakes: losses against the run without.
        is_solved: cases (case,) in which every month of both runs was solved; only these may be used.
    """

    record: BranchRecord
    parameters: dict[str, Figure]
    settings: Settings
    schedule: Schedule
    outcome: Outcome
    without: Outcome
    stakes: Stakes
    is_solved: np.ndarray


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A scenario answered: all its branches over the same reported months of the same world."""

    world: World
    scenario: ScenarioRecord
    months: tuple[Month, ...]
    branches: tuple[BranchRun, ...]

    def branch(self, name: str) -> BranchRun:
        """Return a branch by its name."""
        return next(each for each in self.branches if each.record.name == name)


def vocabulary_of(world: World) -> Vocabulary:
    """Return the names that scenario and measure files may use in a world."""
    return Vocabulary(
        goods=[good.code for good in world.goods],
        countries=Countries.read(),
        blocs=list(world.blocs),
        parameters=list(world.parameters),
        references=list(read_references(bundle.folder_of(world) / "references.bib")),
    )


def every_word() -> Vocabulary:
    """Return the names of all bundled worlds together, without loading any."""
    goods, parameters, blocs = bundle.every_name()
    return Vocabulary(
        goods=goods,
        countries=Countries.read(),
        blocs=blocs,
        parameters=parameters,
        references=list(read_references(DATA / "references.bib")),
    )


def bundled_measures(vocabulary: Vocabulary) -> dict[str, MeasureRecord]:
    """Return the measures of the bundle by id; they may name goods and parameters that other worlds hold."""
    goods, parameters, _ = bundle.every_name()
    wider = replace(
        vocabulary,
        goods=[*vocabulary.goods, *goods],
        parameters=None if vocabulary.parameters is None else [*vocabulary.parameters, *parameters],
    )
    return read_measures(DATA / "measures", wider)


def bundled_scenarios() -> dict[str, Path]:
    """Return the scenario files of the bundle by name."""
    return {path.stem: path for path in sorted((DATA / "scenarios").glob("*.yaml"))}


def open_scenario(world: World, path: Path) -> ScenarioRecord:
    """Read a scenario file against a world and the bundled measures.

    Raises:
        DataError: everything wrong with it.
    """
    vocabulary = vocabulary_of(world)
    return read_scenario(path, vocabulary, bundled_measures(vocabulary))


def parameters_of(world: World, scenario: ScenarioRecord, branch: BranchRecord) -> dict[str, Figure]:
    """Return the world's parameters with what the scenario, then the branch, set themselves."""
    given = (*scenario.parameters, *branch.parameters)
    return overridden(parameters_known(world, branch.as_of), given, scenario.as_of.year, scenario.name)


class Unmeasured:
    """The months without any measure, simulated once for every set of assumed numbers that branches share.

    Args:
        world, months: of what; threads: how many to use in each run, one per processor if None.
    """

    def __init__(self, world: World, months: tuple[Month, ...], threads: int | None = None) -> None:
        self._world, self._months, self.threads = world, months, threads
        self._known: list[Outcome] = []

    def outcome(self, settings: Settings) -> Outcome:
        """Return the months without any measure under the settings.

        Settings that lay out the same numbers give the same months: terms of licences, for one, matter only to
        the measures.
        """
        wiring = wire(self._world)
        behaviour = behave(self._world, wiring, settings)
        for known in self._known:
            if is_same(known.behaviour, behaviour):
                return known
        still = free_trade(self._world, settings.cases)
        outcome, _ = run(self._world, wiring, settings, self._months, lambda _: still, threads=self.threads)
        self._known.append(outcome)
        return self._known[-1]


def is_same(one: Behaviour, other: Behaviour) -> bool:
    """Say whether two behaviours hold the same numbers."""
    return all(np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))


def run_branch(
    world: World, scenario: ScenarioRecord, branch: BranchRecord, months: tuple[Month, ...], unmeasured: Unmeasured
) -> BranchRun:
    """Draw the cases of one branch, simulate it beside the same months without its measures, and weigh them."""
    settings = draw(world, parameters_of(world, scenario, branch), scenario.draws, scenario.seed)
    return run_cases(world, scenario, branch, months, unmeasured, settings)


def run_cases(
    world: World,
    scenario: ScenarioRecord,
    branch: BranchRecord,
    months: tuple[Month, ...],
    unmeasured: Unmeasured,
    settings: Settings,
) -> BranchRun:
    """Simulate one branch under given settings beside the same months without its measures, and weigh them."""
    schedule = apply(world, branch, settings)
    wiring = wire(world, schedule.groups)
    leading = months.index(max(months[0], Month.read(scenario.report_from or scenario.start)))
    outcome, _ = run(world, wiring, settings, months, schedule.conditions, threads=unmeasured.threads)
    without = unmeasured.outcome(settings)
    is_solved: np.ndarray = np.logical_and(outcome.is_solved.all(axis=1), without.is_solved.all(axis=1))
    outcome, without = outcome.since(leading), without.since(leading)
    return BranchRun(
        record=branch,
        parameters=parameters_of(world, scenario, branch),
        settings=settings,
        schedule=schedule,
        outcome=outcome,
        without=without,
        stakes=weigh(outcome, without),
        is_solved=is_solved,
    )


def months_of(scenario: ScenarioRecord) -> tuple[Month, ...]:
    """Return every month a scenario simulates, those that only lead up to the reported ones too."""
    first = Month.read(scenario.start)
    return tuple(first.plus(number) for number in range(scenario.months))


def answer(
    world: World, scenario: ScenarioRecord, say: Callable[[str], None] = lambda _: None, draws: int | None = None
) -> Run:
    """Answer a scenario.

    Args:
        world: the world; scenario: the question and its branches.
        say: told what is being done, one line at a time.
        draws: how many cases to draw instead of the scenario's number.

    Returns:
        Every branch, simulated and weighed.
    """
    if draws is not None:
        scenario = replace(scenario, draws=draws)
    months = months_of(scenario)
    unmeasured = Unmeasured(world, months)
    branches: list[BranchRun] = []
    for number, branch in enumerate(scenario.branches, start=1):
        say(f"branch {number} of {len(scenario.branches)}: {branch.title} ({scenario.draws + 1} cases)")
        branches.append(run_branch(world, scenario, branch, months, unmeasured))
    return Run(world=world, scenario=scenario, months=branches[0].outcome.months, branches=tuple(branches))
