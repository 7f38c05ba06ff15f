"""Turn a publisher's table of trade into one checked file, sorted so that a few products are found at once."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem
from chokepoint.sources.opening import Form, copy_text, lines_of, undecodable
from chokepoint.store.dataset import TRADE
from chokepoint.store.engine import database, quoted
from chokepoint.store.trade_checks import KEY, trade_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from chokepoint.sources.publisher import ReadTrade
    from chokepoint.sources.recognise import Recognised

ROWS_PER_GROUP = 100_000
CSV_LINE = re.compile(
    r"CSV Error on Line: (\d+)\s*\n(?:Original Line: (.*)\n)?(?:Error when converting column \"(\w+)\")?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written.

    Args:
        rows: how many.
        years: first and last.
        without_quantity: rows without a quantity.
        skipped: lines left out, by reason.
    """

    rows: int
    years: tuple[int, int]
    without_quantity: int
    skipped: dict[str, int]


def write_trade(each: Recognised, folder: Path, work: Path, say: Callable[[str], None]) -> Written:
    """Read a table of trade, check it, and write ``trade.parquet``.

    Args:
        each: the table, recognised.
        folder: where the file goes.
        work: an empty folder for what is in between.
        say: told what goes on.

    Raises:
        DataError: a cell that does not fit, a country nobody knows, a flow stated twice, a value below zero, no flow.
    """
    import duckdb  # noqa: PLC0415 - slow to import, and not every command asks the store

    read = cast("ReadTrade", each.layout.read)
    text = _as_text(each, work, say)
    target = folder / TRADE
    with database(work) as connection:
        try:
            _give(connection, each, text)
            say(f"{each.part.name}: reading and sorting")
            connection.execute(
                f"COPY ({_query(read, each.edition.revision)}) TO {quoted(str(target))} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_PER_GROUP})"
            )
            say(f"{each.part.name}: checking")
            problems = trade_problems(connection, each, target, _stated(read, each.edition.revision))
            if problems:
                raise DataError(problems)
            return _written(connection, read, target)
        except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
            raise DataError([_unreadable(each, str(error))]) from error


def _as_text(each: Recognised, work: Path, say: Callable[[str], None]) -> Path:
    """Return a CSV on disk with the content of the part; the file itself where it is one."""
    part = each.part
    if part.form is Form.TEXT and not part.member:
        return part.file
    path = work / "given.csv"
    if part.form is Form.TEXT:
        with path.open("wb") as file:
            told = 0
            for done in copy_text(part, file):
                if done - told >= part.bytes // 4:
                    told = done
                    say(f"{part.name}: unpacked {done / 1e6:.0f} of {part.bytes / 1e6:.0f} MB")
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [name for name in part.rows[0][1][each.header] if name]
        writer = csv.DictWriter(file, names, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writeheader()
        lines = lines_of(part, delimiter=each.delimiter, header=each.header, encodings=each.layout.encodings)
        writer.writerows(line.cells for line in lines)
    return path


def _give(connection: DuckDBPyConnection, each: Recognised, text: Path) -> None:
    """Name the file ``given`` and the countries ``iso`` in the database."""
    read = cast("ReadTrade", each.layout.read)
    header = next(rows for mark, rows in each.part.rows if mark == each.delimiter)[each.header]
    names = [name or f"unnamed_{number}" for number, name in enumerate(header)]
    types = ", ".join(f"{quoted(name)}: {quoted(read.types.get(name, 'VARCHAR'))}" for name in names)
    skip = each.header if each.part.form is Form.TEXT else 0
    form = f"auto_detect=false, header=true, skip={skip}, delim={quoted(each.delimiter)}, quote='\"', escape='\"'"
    connection.execute(
        f"CREATE VIEW given AS SELECT * FROM read_csv({quoted(str(text))}, {form}, columns={{{types}}})"  # noqa: S608
    )
    connection.execute(f"CREATE TABLE iso (code {read.country_type}, iso3 VARCHAR)")
    codes = list(read.countries().items())
    connection.execute(
        "INSERT INTO iso SELECT unnest(?), unnest(?)", [[code for code, _ in codes], [iso3 for _, iso3 in codes]]
    )


def _stated(read: ReadTrade, revision: str) -> str:
    """Return the query that puts a publisher's columns into ours, countries still as the publisher codes them."""
    wholes = "".join(f", ({condition}) AS whole_{number}" for number, condition in enumerate(read.splits))
    given = "(SELECT DISTINCT * FROM given)" if read.splits else "given"
    code = read.code if read.digits else f"trim({read.code})"
    exporter, importer = (
        f"trim({each})" if read.country_type == "VARCHAR" else each for each in (read.exporter, read.importer)
    )
    return f"""
        SELECT ({read.year})::SMALLINT AS year, ({read.month})::TINYINT AS month,
               {exporter} AS exporter, {importer} AS importer,
               ({read.revision or quoted(revision)})::VARCHAR AS revision, {code} AS code,
               ({read.kusd})::DOUBLE AS kusd,
               nullif(nullif(trim(({read.quantity})::VARCHAR), ''), 'NA')::DOUBLE * {read.tonnes_per_unit} AS t,
               {read.side} AS side {wholes}
        FROM {given} WHERE {read.where}"""  # noqa: S608 - expressions of our own loaders


def _query(read: ReadTrade, revision: str) -> str:
    """Return the query that yields the rows to keep, sorted."""
    totals = ", ".join(quoted(code) for code in ("", *read.totals))
    named = f"WHERE exporter NOT IN ({totals}) AND importer NOT IN ({totals})" if read.totals else ""
    body = f"SELECT *, 1 AS stated FROM ({_stated(read, revision)}) {named}"  # noqa: S608
    if read.splits:
        body = _without_parts(body, len(read.splits))
    code = f"lpad(code::VARCHAR, {read.digits}, '0') AS code" if read.digits else "code"
    return f"""
        SELECT year, month, revision, {code}, exporter, importer, side, kusd, t, stated FROM (
            SELECT kept.* REPLACE (x.iso3 AS exporter, m.iso3 AS importer) FROM ({body}) AS kept
            LEFT JOIN iso AS x ON x.code = kept.exporter LEFT JOIN iso AS m ON m.code = kept.importer
            ORDER BY kept.year, kept.code, x.iso3, m.iso3)"""  # noqa: S608


def _without_parts(body: str, splits: int) -> str:
    """Return the query that keeps, of a flow parted along several columns, the line that sums it, or adds its parts.

    A sum of parts has a quantity only if each part has one. ``stated`` counts the lines that claim to be the sum.
    """
    key = ", ".join(KEY)
    for number in range(splits):
        body = f"SELECT * FROM ({body}) QUALIFY whole_{number} = bool_or(whole_{number}) OVER (PARTITION BY {key})"  # noqa: S608
    whole = " AND ".join(f"whole_{number}" for number in range(splits))
    return f"""
        SELECT {key}, sum(kusd) AS kusd, CASE WHEN count(t) = count(*) THEN sum(t) END AS t,
               (count(*) FILTER ({whole}))::INTEGER AS stated
        FROM ({body}) GROUP BY {key}"""  # noqa: S608


def _written(connection: DuckDBPyConnection, read: ReadTrade, target: Path) -> Written:
    file = quoted(str(target))
    found = connection.execute(f"SELECT count(*), count(t), min(year), max(year) FROM {file}").fetchone()  # noqa: S608
    rows, with_quantity, first, last = found or (0, 0, 0, 0)
    skipped: dict[str, int] = {}
    if read.totals or read.splits or read.where != "true":
        lines = connection.execute("SELECT count(*) FROM given").fetchone() or (rows,)
        if lines[0] > rows:
            skipped["sums, totals, parts of a sum and other kinds of flow"] = lines[0] - rows
    return Written(rows=rows, years=(first, last), without_quantity=rows - with_quantity, skipped=skipped)


def _unreadable(each: Recognised, message: str) -> Problem:
    """Put the database's complaint about a line into words."""
    found = CSV_LINE.search(message)
    where = f"{each.part.name}:{found[1]}" if found else each.part.name
    if "utf-8" in message.casefold() or "unicode" in message.casefold() or "invalid byte" in message.casefold():
        return undecodable(each.part.name, int(found[1]) if found else 0, 0, each.layout.encodings)
    line = (found[2] or "").strip() if found else message.splitlines()[0]
    column = f" (column {found[3]})" if found and found[3] else ""
    return Problem(
        where=where,
        found=f"'{line}'{column}",
        expected=f"a line of {', '.join(each.layout.columns)}",
        remedy="take the publisher's own file; a row of totals or a note under the table must go",
    )
