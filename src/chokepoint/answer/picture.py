"""The picture behind a run as tables: shares, measures, parameters, sources, and what is known how well."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, cast

from chokepoint.answer.figure_facts import recorded
from chokepoint.exposure import concentration_tables, look_through_table, supply_shares
from chokepoint.provenance import Kind
from chokepoint.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from chokepoint.answer.reported import Reported
    from chokepoint.answer.run import Run
    from chokepoint.provenance import Figure
    from chokepoint.records.references import Reference
    from chokepoint.tables import Cell
    from chokepoint.world import World

PUBLISHED_AS_IS = "evidence"
"""Figures exactly as publishers print them; they enter through others and are not counted a second time."""
SHOWN_SHARE = 0.02
MOST_MOVEMENTS = 40


def columns(*specifications: str | Column) -> tuple[Column, ...]:
    """Return columns from ``name``, ``name|unit`` or ``name|unit|note``; those made already are taken as they are."""
    return tuple(each if isinstance(each, Column) else column(*each.split("|")) for each in specifications)


def column(name: str, unit: str = "", note: str = "") -> Column:
    """Return a column."""
    return Column(name=name, unit=unit, note=note)


def counted(figures: Mapping[str, Figure]) -> dict[str, Counter[Kind]]:
    """Count sourced, derived and assumed figures by the first word of their names, which is their table."""
    counts: dict[str, Counter[Kind]] = {}
    for name, figure in figures.items():
        table = name.split(".")[0]
        if table != PUBLISHED_AS_IS:
            counts.setdefault(table, Counter())[figure.kind] += 1
    return counts


def coverage_table(world: World) -> Table:
    """Return how many figures of each table are sourced, derived and assumed."""
    rows = [
        (table, count[Kind.SOURCED], count[Kind.DERIVED], count[Kind.ASSUMED])
        for table, count in sorted(counted(world.figures).items())
    ]
    total = tuple(sum(int(row[place]) for row in rows) for place in (1, 2, 3))
    return Table(
        name="coverage",
        title="How many figures are sourced, derived, assumed",
        columns=columns("table", "sourced", "derived", "assumed"),
        rows=(*rows, ("all", *total)),
    )


def chain_table(world: World) -> Table:
    """Return who makes what share of each good, small makers put together."""
    rows: list[tuple[Cell, ...]] = []
    for good in world.goods:
        mine = sorted(
            (each for each in supply_shares(world) if each.good == good.code),
            key=lambda each: -each.share_of_production,
        )
        shown = [each for each in mine if each.share_of_production >= SHOWN_SHARE and each.country != "ROW"]
        rows += [(good.name, each.country, each.share_of_production) for each in shown]
        rows.append((good.name, "ROW", 1.0 - sum(each.share_of_production for each in shown)))
    return Table(
        name="chain",
        title=f"Who makes each stage, {world.base_year}",
        columns=columns("stage||good of the chain", "country||ROW: all others together", "share|share"),
        rows=tuple(rows),
    )


def reconciliation_table(world: World) -> Table:
    """Return the largest movements of reconciliation, by relative size, with what was moved and why."""

    def relative(before: float, after: float) -> float:
        return abs(after - before) / max(abs(before), abs(after), 1e-12)

    moved = sorted(world.movements, key=lambda each: -abs(each.after - each.before) * relative(each.before, each.after))
    rows = tuple(
        (each.figure, each.before, each.after, each.unit, relative(each.before, each.after), each.reason)
        for each in moved[:MOST_MOVEMENTS]
    )
    return Table(
        name="reconciliation",
        title=f"Largest of {len(world.movements)} movements that close the balances",
        columns=columns("figure", "before", "after", "unit", "relative_change|share", "reason"),
        rows=rows,
    )


def file_table(path: Path, name: str, title: str, numbers: Iterable[str]) -> Table:
    """Return one of the bundle's own files as a table."""
    wanted = set(numbers)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        heads = list(reader.fieldnames or [])
        rows = tuple(
            tuple((float(row[head]) if row[head] else None) if head in wanted else row[head] for head in heads)
            for row in reader
        )
    return Table(name=name, title=title, columns=tuple(Column(name=head) for head in heads), rows=rows)


def branches_table(run: Run) -> Table:
    """Return what each branch is, what it may know, and what must not be asserted of it."""
    rows = tuple(
        (
            each.record.name,
            each.record.title,
            str(each.record.as_of),
            " ".join([each.record.note, *each.schedule.notes]),
        )
        for each in run.branches
    )
    return Table(name="branches", title="Branches", columns=columns("branch", "title", "as_of", "notes"), rows=rows)


def measures_table(run: Run) -> Table:
    """Return the dated acts each branch knows, with their legal references."""
    rows = tuple(
        (
            branch.name,
            act.id,
            act.title,
            act.actor,
            act.instrument,
            act.reference,
            str(act.announced),
            str(act.effective),
            str(act.ends) if act.ends else "",
            act.outcome_of_end or "",
            "yes" if act.announced <= branch.as_of else "no",
            act.source,
            act.grade,
            act.note,
        )
        for branch in run.scenario.branches
        for act in branch.measures
    )
    heads = "branch id title actor instrument reference announced effective ends outcome_of_end known source grade note"
    return Table(
        name="measures",
        title="Dated acts and their legal references",
        columns=columns(*heads.split()),
        rows=rows,
    )


def parameters_table(run: Run) -> Table:
    """Return every behavioural number, its range and its reason, by branch where a branch sets it."""
    rows: list[tuple[Cell, ...]] = []
    for name, figure in sorted(run.world.parameters.items()):
        rows.append(("all", *figure_cells(name, figure)))
    for branch in run.branches:
        changed = {n: f for n, f in branch.parameters.items() if run.world.parameters.get(n) != f}
        rows += [(branch.record.name, *figure_cells(name, figure)) for name, figure in sorted(changed.items())]
    heads = "branch name value low high unit year source grade reason"
    return Table(
        name="parameters", title="Assumed numbers and their ranges", columns=columns(*heads.split()), rows=tuple(rows)
    )


def figure_cells(name: str, figure: Figure) -> tuple[Cell, ...]:
    """Return a figure as cells: name, value, low, high, unit, year, source, grade, reason."""
    return (name, *cast("Iterable[Cell]", recorded(figure).values()))


def sources_table(run: Run, references: Mapping[str, Reference], reported: Reported) -> Table:
    """Return the sources this run used, and for how many figures, acts and reported prices."""
    used: Counter[str] = Counter(figure.source for figure in run.world.figures.values())
    used.update({act.id: act.source for branch in run.scenario.branches for act in branch.measures}.values())
    used.update(quote.source for quote in reported.quotes)
    rows = tuple(
        (key, references[key].citation, references[key].link, references[key].note, count)
        for key, count in sorted(used.items())
        if key in references
    )
    return Table(
        name="sources",
        title="Sources of this run",
        columns=columns(
            "key", "text", "link", "note||licence and how it was read", "used||figures, acts, reported prices"
        ),
        rows=rows,
    )


def picture_tables(run: Run, data: Path, references: Mapping[str, Reference], reported: Reported) -> tuple[Table, ...]:
    """Return all tables that describe the picture a run started from."""
    numbers = (
        "value",
        "low",
        "high",
        "year",
        "baci_t",
        "baci_kusd",
        "unit_value_usd_per_kg",
        "ndfeb_share",
        "corrected_t",
    )
    return (
        chain_table(run.world),
        *concentration_tables(run.world),
        look_through_table(run.world, least_share=SHOWN_SHARE),
        coverage_table(run.world),
        file_table(data / "disagreements.csv", "disagreements", "Where sources disagree, and what was chosen", numbers),
        file_table(
            data / "magnet_export_correction.csv",
            "magnet_export_correction",
            "China's magnet exports 2024: all metal magnets in BACI, and the rare-earth magnets in them",
            numbers,
        ),
        reconciliation_table(run.world),
        branches_table(run),
        measures_table(run),
        parameters_table(run),
        sources_table(run, references, reported),
    )
