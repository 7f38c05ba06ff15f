"""Commands over many draws: ensembles that can be interrupted, and what their answer hangs on."""

from __future__ import annotations

import functools
import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import NOT_CONVERGED, as_json, chosen, teller
from chokepoint.errors import ChokepointError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.answer.ensemble.filling import Compute, Estimate
    from chokepoint.answer.ensemble.question import Question
    from chokepoint.answer.ensemble.summary import Summary

MOST_DRAWS = 10_000_000


class ScenarioFirst(click.Group):
    """A group whose first word is a scenario unless it is one of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take ``ensemble SCENARIO`` for ``ensemble run SCENARIO``."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["run", *args])


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Who computes: so many processes here, or the Dask scheduler at an address if one is given."""

    processes: int
    cluster: str | None


def placed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who computes, as one argument ``where``."""

    @click.option("--processes", type=click.IntRange(1), help="Processes here (default: one per processor).")
    @click.option("--cluster", metavar="ADDRESS", help="Of a Dask scheduler, to compute there instead.")
    @functools.wraps(command)
    def with_place(*, processes: int | None, cluster: str | None, **others: object) -> None:
        command(where=Where(processes=processes or os.cpu_count() or 1, cluster=cluster), **others)

    return with_place


@click.group(cls=ScenarioFirst)
def ensemble() -> None:
    """Simulate many draws, in partitions that survive an interruption.

    `chokepoint ensemble SCENARIO --draws N --out FOLDER` computes what FOLDER lacks; the same command goes on after
    an interruption. `chokepoint ensemble summary FOLDER` gives medians and 80 % intervals.
    """


@ensemble.command("run", short_help="Compute the draws of a scenario (`run` may be left out).")
@click.argument("scenario")
@click.option("--draws", type=click.IntRange(0, MOST_DRAWS), required=True, help="Cases beside the central one.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the ensemble.")
@click.option("--keep", multiple=True, metavar="NAME", help="What to keep; every party's loss if left out.")
@click.option("--chunk", type=click.IntRange(1), default=500, show_default=True, help="Draws in a partition.")
@placed
@click.option("--plan", "is_plan", is_flag=True, help="Only say what it would take, from a trial; nothing is written.")
@as_json
def run_ensemble(
    scenario: str,
    draws: int,
    out: Path | None,
    keep: tuple[str, ...],
    chunk: int,
    where: Where,
    is_plan: bool,  # noqa: FBT001
    is_json: bool,  # noqa: FBT001
) -> None:
    """Simulate the draws of a scenario and keep what is asked for of every case and month.

    NAME is loss.PARTY[.COMPONENT], price.GOOD.COUNTRY or flow.GOOD.EXPORTER.IMPORTER, as often as you like.
    """
    from chokepoint.answer.ensemble.filling import estimate, fill  # noqa: PLC0415

    if out is None and not is_plan:
        message = "--out FOLDER is needed, or --plan"
        raise click.UsageError(message)
    question = question_of(scenario, draws, keep, chunk)
    if is_plan or out is None:
        click.echo(plan_text(estimate(question, where.processes), is_json=is_json))
        return
    say = teller()
    sizes = f"{draws + 1} cases, {question.partitions} partitions, {question.rows} numbers a case"
    say(f"{scenario}: {sizes}; {f'cluster {where.cluster}' if where.cluster else f'{where.processes} processes'}")
    try:
        done = fill(out, question, computing(question, where, say), say)
    except KeyboardInterrupt as stopped:
        message = f"interrupted; what is finished is kept in {out}, and the same command goes on from there"
        raise ChokepointError(message) from stopped
    if is_json:
        click.echo(json.dumps(asdict(done)))
    else:
        click.echo(
            f"{len(done.computed)} partitions computed, {len(done.found)} found; chokepoint ensemble summary {out}"
        )


def question_of(scenario: str, draws: int, keep: Sequence[str], chunk: int) -> Question:
    """Open a scenario and say what an ensemble of it asks."""
    from chokepoint.answer.ensemble.outputs import every_loss, outputs_of  # noqa: PLC0415
    from chokepoint.answer.ensemble.question import Question  # noqa: PLC0415

    world, record = chosen(scenario)
    outputs = outputs_of(world, keep) if keep else every_loss(world)
    return Question(world=world, scenario=replace(record, draws=draws), outputs=outputs, chunk=chunk)


def computing(question: Question, where: Where, say: Callable[[str], None]) -> Compute:
    """Return who computes: processes here, or a cluster."""
    if where.cluster is not None:
        from chokepoint.answer.ensemble.cluster import compute_on_cluster  # noqa: PLC0415

        address = where.cluster
        return lambda numbers: compute_on_cluster(question, numbers, address)
    from chokepoint.answer.ensemble.workers import compute_here  # noqa: PLC0415
    from chokepoint.market import is_compiled  # noqa: PLC0415

    if not is_compiled():
        from chokepoint.answer.ensemble.question import simulate  # noqa: PLC0415

        say("compiling the market engine; this happens once and takes some twenty seconds")
        simulate(question, range(1))
    return lambda numbers: compute_here(question, numbers, where.processes, say)


def plan_text(plan: Estimate, *, is_json: bool) -> str:
    """Return what an ensemble would take, as text or JSON."""
    from chokepoint.answer.ensemble.filling import duration  # noqa: PLC0415

    if is_json:
        return json.dumps(asdict(plan) | {"seconds": plan.seconds, "bytes": plan.bytes})
    return (
        f"{plan.cases} cases in {plan.partitions} partitions, {plan.rows} numbers\n"
        f"disk: {plan.bytes / 1e9:.2f} GB ({plan.bytes_per_case / 1e3:.1f} kB a case)\n"
        f"time: {duration(plan.seconds)} in {plan.processes} processes, by the clock of just now\n"
        f"a case: {plan.seconds_per_case:.3f} s in one process, "
        f"{plan.processor_seconds_per_case:.3f} s of processor time\n"
        f"from a trial of {plan.trial} cases on this computer"
    )


@ensemble.command("summary")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the table to this folder.")
@click.option("--of", "names", multiple=True, metavar="NAME", help="Only this of what was kept, as often as you like.")
@as_json
def summary(folder: Path, out: Path | None, names: tuple[str, ...], is_json: bool) -> None:  # noqa: FBT001
    """Give medians and 80 % intervals of what FOLDER holds, month by month with --json or --out."""
    from chokepoint.answer.ensemble.summary import summarise  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    found = summarise(folder, names)
    if out is not None:
        write_tables([found.table], out)
    if is_json:
        heads = [column.name for column in found.table.columns]
        rows = [dict(zip(heads, row, strict=True)) for row in found.table.rows]
        counts = {"partitions": found.partitions, "present": found.present, "unsolved": dict(found.unsolved)}
        click.echo(json.dumps(counts | {"rows": rows}))
    else:
        click.echo(summary_text(found))
    sys.exit(NOT_CONVERGED if not found.table.rows and found.present else 0)


def summary_text(found: Summary) -> str:
    """Return the lines over all months as text."""
    from chokepoint.answer.ensemble.summary import ALL_MONTHS  # noqa: PLC0415
    from chokepoint.report import amounts  # noqa: PLC0415

    lines = [f"{found.manifest['scenario']}: {found.present} of {found.partitions} partitions"]
    lines += [f"{branch}: {count} cases were not solved and are left out" for branch, count in found.unsolved.items()]
    before = None
    for branch, name, month, unit, cases, *ends in found.table.rows:
        if month != ALL_MONTHS:
            continue
        if branch != before:
            lines += ["", f"{branch} ({cases} cases; median, 80 % interval, over all reported months)"]
        before = branch
        low, middle, high = (float(str(each)) for each in ends)
        if unit == "USD":
            shown = f"{amounts.usd(middle)} ({amounts.usd_range(low, high)})"
        else:
            shown = f"{amounts.number(middle)} ({amounts.number(low)} to {amounts.number(high)}) {unit}"
        lines.append(f"  {name}  {shown}")
    return "\n".join(lines)
