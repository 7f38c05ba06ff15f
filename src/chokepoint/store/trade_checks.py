"""Check a table of trade: every country known, no value missing or below zero, no flow stated twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chokepoint.errors import Problem
from chokepoint.store.engine import columns_of, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from chokepoint.sources.publisher import ReadTrade
    from chokepoint.sources.recognise import Recognised

KEY = ("year", "code", "exporter", "importer", "side", "month", "revision")
"""What makes a flow one flow."""

MOST_SHOWN = 5


def trade_problems(connection: DuckDBPyConnection, each: Recognised, target: Path, stated: str) -> list[Problem]:
    """Check what was written, before it takes its place.

    Args:
        connection: where ``given`` and ``iso`` are.
        each: the table.
        target: the file written.
        stated: the query that names the countries as the publisher codes them.
    """
    read, name, file = cast("ReadTrade", each.layout.read), each.part.name, quoted(str(target))
    counted = connection.execute(
        f"SELECT count(*), count(exporter), count(importer), count(kusd), count_if(kusd < 0 OR t < 0) FROM {file}"  # noqa: S608
    ).fetchone()
    rows, exporters, importers, values, negative = counted or (0, 0, 0, 0, 0)
    problems: list[Problem] = []
    if not rows:
        remedy = "check that the download holds flows between countries"
        problems.append(Problem(where=name, found="no flow between two countries", expected="some", remedy=remedy))
    if min(exporters, importers) < rows:
        problems.append(_unknown_countries(connection, read, each, stated))
    if values < rows or negative:
        found = f"{rows - values} rows without a value and {negative} below zero"
        problems.append(
            Problem(
                where=name,
                found=found,
                expected="a value of zero or more in each",
                remedy="take the publisher's own file",
            )
        )
    if not problems:
        problems += _stated_twice(connection, name, file)
    return problems


def _unknown_countries(connection: DuckDBPyConnection, read: ReadTrade, each: Recognised, stated: str) -> Problem:
    totals = ", ".join(quoted(code) for code in ("", *read.totals)) if read.totals else "NULL"
    known = f"code NOT IN ({totals})" if read.totals else "true"
    unknown = connection.execute(
        f"""SELECT code, count(*) AS rows FROM (SELECT unnest([exporter, importer]) AS code
            FROM ({stated})) ANTI JOIN iso USING (code)
            WHERE {known} GROUP BY code ORDER BY rows DESC, code LIMIT {MOST_SHOWN}"""  # noqa: S608
    ).fetchall()
    shown = ", ".join(f"'{code}' in {rows} row{'s' if rows > 1 else ''}" for code, rows in unknown)
    return Problem(
        where=each.part.name,
        found=f"codes that are no country: {shown}",
        expected="flows from one country to another, without rows of totals",
        remedy="take the publisher's own file, or delete rows that sum others",
    )


def _stated_twice(connection: DuckDBPyConnection, name: str, file: str) -> list[Problem]:
    import numpy as np  # noqa: PLC0415 - slow to import, and not every command asks the store

    key = ", ".join(KEY)
    asked = connection.execute(f"SELECT hash({key}) AS h FROM {file} WHERE stated <= 1")  # noqa: S608
    hashes = columns_of(asked)["h"]
    hashes = np.sort(np.asarray(hashes, dtype=np.uint64))
    several = connection.execute(f"SELECT count_if(stated > 1) FROM {file}").fetchone() or (0,)  # noqa: S608
    if not np.any(hashes[1:] == hashes[:-1]) and not several[0]:
        return []
    twice = connection.execute(
        f"""SELECT year, code, exporter, importer, sum(stated) AS times, count(*) OVER () AS flows
            FROM {file} GROUP BY {key} HAVING times > 1 ORDER BY ALL LIMIT 1"""  # noqa: S608
    ).fetchone()
    if twice is None:
        return []
    year, code, exporter, importer, times, flows = twice
    return [
        Problem(
            where=name,
            found=f"{flows} flow{'s' if flows > 1 else ''} stated more than once, first {exporter} to {importer}, "
            f"{code}, {year} ({times} times)",
            expected="each flow once",
            remedy="take the publisher's own file, or delete the repeated rows",
        )
    ]
