"""Medians and 80 % intervals of an ensemble, read a few outputs at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chokepoint.answer.ensemble.partitions import partition_name, read_manifest
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.store.engine import database, quoted
from chokepoint.tables import Column, Table
from chokepoint.uncertainty import HIGH_SHARE, LOW_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb

ALL_MONTHS = "all"
AT_ONCE = 20_000_000
"""Numbers read together; what the rest of an ensemble holds stays on the disk."""
COLUMNS = (
    Column(name="branch", note="branch of the scenario"),
    Column(name="name", note="what was asked for"),
    Column(name="month", note="YYYY-MM; 'all': the sum over the reported months, of a price the mean"),
    Column(name="unit", note="unit of the numbers; of a sum over months without '/month'"),
    Column(name="cases", note="solved cases"),
    Column(name="low", note="10 % quantile"),
    Column(name="median", note="median"),
    Column(name="high", note="90 % quantile"),
)


Line = tuple[str, str, str, str, int, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What an ensemble says.

    Args:
        manifest: of the ensemble; present: partitions there, of how many.
        unsolved: cases left out by branch.
        table: a line for every branch, output and month, and one for all months.
    """

    manifest: Mapping[str, object]
    present: int
    partitions: int
    unsolved: Mapping[str, int]
    table: Table


def summarise(folder: Path, names: Sequence[str] = ()) -> Summary:
    """Summarise the partitions there are; what is not there yet is not counted.

    Args:
        folder: of the ensemble; names: of the outputs wanted, all if none is given.

    As many outputs are read at a time as memory holds easily, only where they stand in each file.

    Raises:
        DataError: no such ensemble, or an output it does not hold.
    """
    manifest = read_manifest(folder)
    partitions = int(str(manifest["partitions"]))
    files = [path for number in range(partitions) if (path := folder / partition_name(number)).is_file()]
    outputs = _chosen(cast("dict[str, dict[str, object]]", manifest["outputs"]), names)
    rows: list[Line] = []
    unsolved: dict[str, int] = {}
    with database() as connection:
        listed = f"[{', '.join(quoted(str(path)) for path in files)}]"
        for group in _groups(manifest, list(outputs), len(files)) if files else ():
            rows += _lines(connection, listed, {name: outputs[name] for name in group})
        if files:
            unsolved = _unsolved(connection, listed, next(iter(outputs)))
    order = {name: at for at, name in enumerate(cast("dict[str, object]", manifest["branches"]))}
    rows.sort(key=lambda row: order[row[0]])
    title = "Medians and 80 % intervals over the cases"
    return Summary(
        manifest=manifest,
        present=len(files),
        partitions=partitions,
        unsolved=unsolved,
        table=Table(name="ensemble", title=title, columns=COLUMNS, rows=tuple(rows)),
    )


def _chosen(outputs: dict[str, dict[str, object]], names: Sequence[str]) -> dict[str, dict[str, object]]:
    expected = "an output the ensemble holds"
    problems = [
        Problem(where="--of", found=f"'{name}'", expected=expected, remedy=did_you_mean(name, outputs))
        for name in names
        if name not in outputs
    ]
    if problems:
        raise DataError(problems)
    return {name: about for name, about in outputs.items() if not names or name in names}


def _groups(manifest: Mapping[str, object], names: list[str], files: int) -> list[list[str]]:
    """Return outputs to be read together: as many as memory holds of that many partitions."""
    cases = min(int(str(manifest["draws"])) + 1, files * int(str(manifest["chunk"])) + 1)
    months, branches = (
        len(cast("list[object] | dict[str, object]", manifest[each])) for each in ("months", "branches")
    )
    size = max(1, AT_ONCE // (cases * months * branches))
    return [names[first : first + size] for first in range(0, len(names), size)]


def _lines(
    connection: duckdb.DuckDBPyConnection, listed: str, outputs: Mapping[str, Mapping[str, object]]
) -> list[Line]:
    names = list(outputs)
    summed = [name for name in names if outputs[name]["is_summed"]]
    # Literals, not parameters: only these let the parts of a file that hold other outputs be passed over.
    solved = f"FROM read_parquet({listed}) WHERE name IN {_among(names)} AND is_solved"
    quantiles = ", ".join(f"quantile_cont(value, {share})" for share in (LOW_SHARE, 0.5, HIGH_SHARE))
    by_month = connection.execute(
        f"SELECT branch, name, month, count(*), {quantiles} {solved} GROUP BY branch, name, month"
    ).fetchall()
    over_months = (
        f"SELECT branch, name, CASE WHEN name IN {_among(summed)} THEN sum(value) ELSE avg(value) END AS value"
        f' {solved} GROUP BY branch, name, "case"'
    )
    together = connection.execute(
        f"SELECT branch, name, '{ALL_MONTHS}', count(*), {quantiles} FROM ({over_months}) GROUP BY branch, name"  # noqa: S608
    ).fetchall()
    lines: list[Line] = []
    for branch, name, month, *numbers in (*together, *by_month):
        unit = str(outputs[name]["unit"])
        lines.append((branch, name, month, unit.removesuffix("/month") if month == ALL_MONTHS else unit, *numbers))
    return sorted(lines, key=lambda line: (names.index(line[1]), line[2] != ALL_MONTHS, line[2]))


def _among(names: list[str]) -> str:
    return f"({', '.join(quoted(name) for name in names) or 'NULL'})"


def _unsolved(connection: duckdb.DuckDBPyConnection, listed: str, name: str) -> dict[str, int]:
    found = connection.execute(
        f'SELECT branch, count(DISTINCT "case") FROM read_parquet({listed})'  # noqa: S608
        " WHERE name = ? AND NOT is_solved GROUP BY branch ORDER BY branch",
        [name],
    ).fetchall()
    return dict(found)
