"""Medians and 80 % intervals of an ensemble, read one output at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chokepoint.answer.ensemble.partitions import partition_name, read_manifest
from chokepoint.store.engine import database, quoted
from chokepoint.tables import Column, Table
from chokepoint.uncertainty import HIGH_SHARE, LOW_SHARE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

ALL_MONTHS = "all"
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


def summarise(folder: Path) -> Summary:
    """Summarise the partitions there are; what is not there yet is not counted.

    One output at a time is read, only where it stands in each file, so that memory holds one output and not all.

    Raises:
        DataError: no such ensemble.
    """
    manifest = read_manifest(folder)
    partitions = int(str(manifest["partitions"]))
    files = [path for number in range(partitions) if (path := folder / partition_name(number)).is_file()]
    outputs = cast("dict[str, dict[str, object]]", manifest["outputs"])
    rows: list[tuple[str, str, str, str, int, float, float, float]] = []
    unsolved: dict[str, int] = {}
    with database() as connection:
        listed = f"[{', '.join(quoted(str(path)) for path in files)}]"
        for name, about in outputs.items() if files else ():
            rows += _lines(connection, listed, name, str(about["unit"]), is_summed=bool(about["is_summed"]))
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


def _lines(
    connection: duckdb.DuckDBPyConnection, listed: str, name: str, unit: str, *, is_summed: bool
) -> list[tuple[str, str, str, str, int, float, float, float]]:
    one = f"FROM read_parquet({listed}) WHERE name = ? AND is_solved"
    quantiles = ", ".join(f"quantile_cont(value, {share})" for share in (LOW_SHARE, 0.5, HIGH_SHARE))
    by_month = connection.execute(
        f"SELECT branch, month, count(*), {quantiles} {one} GROUP BY branch, month ORDER BY branch, month",
        [name],
    ).fetchall()
    adding = "sum" if is_summed else "avg"
    over_months = f'SELECT branch, {adding}(value ORDER BY month) AS value {one} GROUP BY branch, "case"'
    together = connection.execute(
        f"SELECT branch, '{ALL_MONTHS}', count(*), {quantiles} FROM ({over_months}) GROUP BY branch ORDER BY branch",  # noqa: S608
        [name],
    ).fetchall()
    total = unit.removesuffix("/month")
    return [
        (branch, name, month, total if month == ALL_MONTHS else unit, cases, low, middle, high)
        for branch, month, cases, low, middle, high in (*together, *by_month)
    ]


def _unsolved(connection: duckdb.DuckDBPyConnection, listed: str, name: str) -> dict[str, int]:
    found = connection.execute(
        f'SELECT branch, count(DISTINCT "case") FROM read_parquet({listed})'  # noqa: S608
        " WHERE name = ? AND NOT is_solved GROUP BY branch ORDER BY branch",
        [name],
    ).fetchall()
    return dict(found)
