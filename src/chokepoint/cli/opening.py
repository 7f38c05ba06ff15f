"""What commands share: options, progress, opening a scenario and answering it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.answer.run import Run
    from chokepoint.records.scenario import ScenarioRecord
    from chokepoint.world import World

NOT_CONVERGED = 4
LEAST_SOLVED = 0.5
MOST_CHANGES = 10
DEFAULT_SCENARIO = "london-2025"
as_json = click.option("--json", "is_json", is_flag=True, help="Print the result as JSON.")
draws_option = click.option("--draws", type=click.IntRange(0, 100_000), help="Cases to draw (default: the scenario's).")


def teller() -> Callable[[str], None]:
    """Return a function that prints progress with the seconds since the start to standard error."""
    start = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"[{time.monotonic() - start:5.1f} s] {text}", err=True)

    return say


def tell_changes(changes: Sequence[str]) -> None:
    """Say on standard error what the user's store changes against the bundle, the first lines of many."""
    for change in changes[:MOST_CHANGES]:
        click.echo(change, err=True)
    if len(changes) > MOST_CHANGES:
        click.echo(f"... and {len(changes) - MOST_CHANGES} more", err=True)


def chosen(name: str) -> tuple[World, ScenarioRecord]:
    """Open a bundled scenario by its name, or a file by its path, with the world it plays in.

    Raises:
        DataError: neither.
    """
    from chokepoint import bundle  # noqa: PLC0415
    from chokepoint.answer.run import bundled_scenarios, open_scenario  # noqa: PLC0415
    from chokepoint.records.scenario import world_named_in  # noqa: PLC0415

    bundled = bundled_scenarios()
    path = bundled.get(name) or (Path(name) if Path(name).is_file() else None)
    if path is None:
        expected = "the name of a bundled scenario, or a scenario file"
        raise DataError(
            [Problem(where="SCENARIO", found=f"'{name}'", expected=expected, remedy=did_you_mean(name, bundled))]
        )
    world = bundle.load(world_named_in(path))
    return world, open_scenario(world, path)


def answered(world: World, scenario: ScenarioRecord, draws: int | None, say: Callable[[str], None]) -> Run:
    """Answer a scenario in its world, saying what goes on.

    Raises:
        DataError: a branch without a measure, which has nothing to be answered.
    """
    empty = [each.name for each in scenario.branches if not each.measures]
    if empty:
        expected, remedy = "at least one", "name a measure or leave the branch out"
        raise DataError(
            Problem(where=f"{scenario.file} branch {name}", found="no measure", expected=expected, remedy=remedy)
            for name in empty
        )
    sizes = f"{len(world.countries)} countries, {world.lanes.good.size} lanes, {len(world.figures)} figures"
    say(f"world {world.name}: {sizes}")
    from chokepoint.answer.run import answer  # noqa: PLC0415
    from chokepoint.market import is_compiled  # noqa: PLC0415

    if not is_compiled():
        say("compiling the market engine; this happens once and takes some twenty seconds")
    return answer(world, scenario, say, draws)


def check_solved(run: Run) -> int:
    """Say how many cases were not solved; return the exit code that goes with it."""
    code = 0
    for branch in run.branches:
        unsolved = int((~branch.is_solved).sum())
        if unsolved:
            click.echo(
                f"{branch.record.name}: {unsolved} of {branch.is_solved.size} cases were not solved and are left out "
                "of every number; run.json lists them",
                err=True,
            )
        if branch.is_solved.mean() < LEAST_SOLVED or not branch.is_solved[0]:
            code = NOT_CONVERGED
    return code
