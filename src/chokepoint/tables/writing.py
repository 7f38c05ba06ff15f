"""Tables as CSV, Parquet and one workbook: the same bytes from the same tables, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import math
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from chokepoint.tables.folder import whole_folder
from chokepoint.tables.table import Column, Table
from chokepoint.tables.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from chokepoint.tables.table import Cell

LONGEST_SHEET = 5000
"""Rows of the longest table that gets a sheet: writing cells takes most of the time, and nobody reads more."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program runs a text cell of a CSV that begins like this as a formula."""

SQL_TYPES: Mapping[type[Cell], str] = {
    str: "VARCHAR",
    dt.date: "DATE",
    float: "DOUBLE",
    bool: "BOOLEAN",
    int: "BIGINT",
}

COLUMN_TABLE = (
    Column(name="table", note="table, and name of its file or sheet"),
    Column(name="title", note="what the table shows"),
    Column(name="column", note="name of the column"),
    Column(name="unit", note="unit of its numbers"),
    Column(name="note", note="what it means"),
)


def write_tables(tables: Sequence[Table], folder: Path) -> None:
    """Write every table as ``<name>.csv`` and ``<name>.parquet``, and those a person reads into ``tables.xlsx``.

    A table of more than 5,000 rows (every case of every package) is for programs and has no sheet. A further table
    ``columns`` says what each column means and in which unit. Numbers in CSV and Parquet are exact;
    in CSV a missing value is an empty cell. Text that a spreadsheet program would run as a formula gets an
    apostrophe in front in CSV, and is marked as text in XLSX; Parquet holds it as it is.

    Args:
        tables: at least one, each of another name.
        folder: where they go; replaced as a whole (see :func:`chokepoint.tables.folder.whole_folder`).

    Raises:
        DataError: the folder cannot be replaced without losing somebody else's files.
        ValueError: two tables of one name.
    """
    described = (*tables, columns_of(tables))
    if len({table.name for table in described}) < len(described):
        message = "two tables of one name"
        raise ValueError(message)
    with whole_folder(folder) as partial:
        for table in described:
            _write_csv(table, partial / f"{table.name}.csv")
        _write_parquet(described, partial)
        write_workbook([table for table in described if len(table.rows) <= LONGEST_SHEET], partial / "tables.xlsx")


def columns_of(tables: Sequence[Table]) -> Table:
    """Return the table that describes the columns of other tables."""
    rows = tuple(
        (table.name, table.title, column.name, column.unit, column.note) for table in tables for column in table.columns
    )
    return Table(name="columns", title="What each column means", columns=COLUMN_TABLE, rows=rows)


def _write_csv(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in table.columns)
        writer.writerows([_csv_text(cell) for cell in row] for row in table.rows)


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return cell.isoformat() if isinstance(cell, dt.date) else repr(cell)


def _write_parquet(tables: Sequence[Table], folder: Path) -> None:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        for table in tables:
            connection.register("given", {f"c{number}": _array(table, number) for number in range(len(table.columns))})
            chosen = ", ".join(
                f'c{number}::{_sql_type(table, number)} AS "{column.name}"'
                for number, column in enumerate(table.columns)
            )
            # Names were checked when the table was built; the path is quoted for SQL.
            path = str(folder / f"{table.name}.parquet").replace("'", "''")
            connection.execute(f"COPY (SELECT {chosen} FROM given) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608
            connection.unregister("given")


def _array(table: Table, number: int) -> np.ndarray:
    kind, cells = table.kind(number), [row[number] for row in table.rows]
    if kind in {str, dt.date}:
        return np.array([None if cell is None else str(cell) for cell in cells], dtype=object)
    missing = [cell is None for cell in cells]
    filled = [math.nan if cell is None else float(cell) for cell in cells if not isinstance(cell, str | dt.date)]
    if kind is float:
        return np.ma.array(np.array(filled, dtype=np.float64), mask=missing)
    whole = [int(cell) for cell in cells if not isinstance(cell, str | dt.date) and cell is not None]
    padded = iter(whole)
    return np.ma.array(np.array([0 if gap else next(padded) for gap in missing], dtype=np.int64), mask=missing)


def _sql_type(table: Table, number: int) -> str:
    return SQL_TYPES[table.kind(number)]
