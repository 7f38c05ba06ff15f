"""A run's folder, read back: what it started from, what it found, and the question it can be asked again."""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from chokepoint import bundle
from chokepoint.answer.record import act_of, fingerprint
from chokepoint.answer.run import open_scenario
from chokepoint.errors import DataError, Problem
from chokepoint.provenance import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.causes import Question
    from chokepoint.answer.figure_facts import Input
    from chokepoint.records.scenario import ScenarioRecord
    from chokepoint.world import World

NEEDED = ("run.json", "tables/losses.csv")
TOTAL = "total"


class BranchEntry(TypedDict):
    """A branch as ``run.json`` holds it."""

    as_of: str
    measures: list[dict[str, object]]
    parameters: dict[str, float]


class RunJson(TypedDict):
    """The keys of ``run.json`` that two runs are compared by."""

    scenario: str
    scenario_text: str
    world: dict[str, object]
    version: str
    versions: dict[str, str]
    seed: int
    draws: int
    months: list[str]
    inputs: dict[str, Input]
    branches: dict[str, BranchEntry]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A run read back.

    Args:
        folder: where it lies.
        run: its ``run.json``.
        losses: median total loss by branch and party, USD.
    """

    folder: Path
    run: RunJson
    losses: Mapping[tuple[str, str], float]


def read_run(folder: Path) -> Recorded:
    """Read a run's folder.

    Raises:
        DataError: it is not the folder of a run, or one whose files cannot be read.
    """
    problems = [_not_there(folder, name) for name in NEEDED if not (folder / name).is_file()]
    if problems:
        raise DataError(problems)
    try:
        run = cast("RunJson", json.loads((folder / "run.json").read_text(encoding="utf-8")))
        missing = [key for key in RunJson.__annotations__ if key not in run]
    except ValueError as error:
        raise DataError([_unreadable(folder, str(error))]) from error
    if missing:
        raise DataError([_unreadable(folder, f"no {', '.join(missing)}")])
    with (folder / "tables" / "losses.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["component"] == TOTAL]
    losses = {(row["branch"], row["party"]): float(row["median_usd"]) for row in rows if row["median_usd"]}
    return Recorded(folder=folder, run=run, losses=losses)


def _not_there(folder: Path, name: str) -> Problem:
    return Problem(
        where=str(folder),
        found=f"no {name}",
        expected="the folder of a run",
        remedy="name a folder that 'chokepoint run NAME --out FOLDER' has written",
    )


def _unreadable(folder: Path, found: str) -> Problem:
    return Problem(
        where=str(folder / "run.json"),
        found=found,
        expected="the record of a run of this version",
        remedy="run the scenario again with 'chokepoint run NAME --out FOLDER'",
    )


def question_of(recorded: Recorded) -> tuple[Question | None, str]:
    """Rebuild the world and the scenario of a run.

    Returns:
        World and scenario and no words, or None and the sentence that says why the run cannot be repeated.
    """
    run, where = recorded.run, recorded.folder.name
    if not run["scenario_text"]:
        return None, f"{where} did not record the text of its scenario, so it cannot be run again."
    try:
        world = world_of(run)
        scenario = scenario_of(run, world)
    except DataError as error:
        return None, f"{where} cannot be run again: {error.problems[0]}."
    if fingerprint(world) != run["world"]["fingerprint"]:
        return None, f"{where} rests on figures of the world that this version does not hold; it cannot be run again."
    changed = [
        branch.name
        for branch in scenario.branches
        if [act_of(each) for each in branch.measures] != run["branches"][branch.name]["measures"]
    ]
    if changed:
        return (
            None,
            f"{where} rests on measures that have since changed ({', '.join(changed)}); it cannot be run again.",
        )
    return (world, scenario), ""


def world_of(run: RunJson) -> World:
    """Return the bundled world of a run's name with the parameters the run recorded.

    Raises:
        DataError: a world that is not bundled.
    """
    world = bundle.load(str(run["world"]["name"]))
    parameters = {
        name: _figure(known, run["inputs"][name]) if name in run["inputs"] else known
        for name, known in world.parameters.items()
    }
    return replace(world, parameters=parameters, figures={**world.figures, **parameters})


def _figure(known: Figure, given: Input) -> Figure:
    # What a figure was derived from is not recorded; the bundle knows it as long as the figure is the same.
    inputs = known.inputs if given["value"] == known.value else ()
    return Figure(name=known.name, inputs=inputs, **given)


def scenario_of(run: RunJson, world: World) -> ScenarioRecord:
    """Return the scenario of a run, with the draws and the seed it was run with.

    Raises:
        DataError: a scenario that the world or the bundled measures no longer fit, or that named files beside it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{run['scenario']}.yaml"
        path.write_text(run["scenario_text"], encoding="utf-8")
        scenario = open_scenario(world, path)
    return replace(scenario, draws=run["draws"], seed=run["seed"])
