"""Turn a publisher's statements into one checked file, and read them back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem
from chokepoint.sources.fact import COLUMNS, Fact
from chokepoint.sources.opening import lines_of
from chokepoint.sources.publisher import ReadFacts, Skipped
from chokepoint.store.dataset import FACTS
from chokepoint.store.engine import database, quoted, reading
from chokepoint.store.trade_writing import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chokepoint.sources.publisher import Line
    from chokepoint.sources.recognise import Recognised

MOST_SHOWN = 5

Key = tuple[str, str, str, str, int, str, str]


def key_of(fact: Fact) -> Key:
    """Return what a statement is about; two with one key contradict each other or say the same."""
    return (fact.mineral, fact.stage, fact.measure, fact.country, fact.year, fact.unit, fact.basis)


def read_facts(each: Recognised) -> tuple[list[Fact], Counter[str]]:
    """Read a table's statements, and count what was left out, by reason.

    Raises:
        DataError: a line that does not fit, or nothing understood.
    """
    read = cast("ReadFacts", each.layout.read)
    lines = lines_of(each.part, delimiter=each.delimiter, header=each.header, encodings=each.layout.encodings)
    reached = [each.part.name]

    def followed(lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            reached[0] = line.where
            yield line

    facts: dict[Key, Fact] = {}
    skipped: Counter[str] = Counter()
    try:
        for statement in read.facts(followed(lines), each.edition):
            if isinstance(statement, Skipped):
                skipped[statement.why] += 1
            elif facts.setdefault(key_of(statement), statement) is not statement:
                skipped["the same thing stated again"] += 1
    except (ValueError, KeyError) as error:
        expected, remedy = f"a line of {each.layout.name}", "take the publisher's own file"
        found = f"a line that does not fit ({error})"
        raise DataError([Problem(where=reached[0], found=found, expected=expected, remedy=remedy)]) from error
    if not facts:
        most = ", ".join(f"{why} ({count})" for why, count in skipped.most_common(MOST_SHOWN))
        problem = Problem(
            where=each.part.name,
            found=f"no statement that is understood ({most or 'no lines'})",
            expected=f"lines of {each.layout.name}",
            remedy="take the publisher's own file under its own name",
        )
        raise DataError([problem])
    return list(facts.values()), skipped


def write_facts(each: Recognised, folder: Path) -> Written:
    """Read a table of statements, check it, and write ``facts.parquet``."""
    import numpy as np  # noqa: PLC0415 - slow to import, and not every command asks the store

    facts, skipped = read_facts(each)
    with database() as connection:
        columns: dict[str, object] = {}
        for name in COLUMNS:
            values = [getattr(fact, name) for fact in facts]
            if name in {"value", "low", "high"}:
                filled = [np.nan if value is None else float(value) for value in values]
                columns[name] = np.ma.array(filled, mask=[value is None for value in values], dtype=np.float64)
            else:
                columns[name] = np.array(values, dtype=np.int32 if name == "year" else object)
        connection.register("given", columns)
        connection.execute(f"COPY (SELECT * FROM given) TO {quoted(str(folder / FACTS))} (FORMAT parquet)")  # noqa: S608
    years = [fact.year for fact in facts]
    missing = sum(fact.value is None for fact in facts)
    return Written(rows=len(facts), years=(min(years), max(years)), without_quantity=missing, skipped=dict(skipped))


def stored_facts(path: Path) -> tuple[Fact, ...]:
    """Read statements back from ``facts.parquet``."""
    with reading() as connection:
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {quoted(str(path))}").fetchall()  # noqa: S608
    return tuple(Fact(**dict(zip(COLUMNS, row, strict=True))) for row in rows)
