"""Write facts as tables, sorted so that the same facts give the same bytes."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from chokepoint.facts import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chokepoint.sources.fact import Fact


def number(value: float | None) -> str:
    """Return a number with at most ten significant digits and no exponent; nothing for none."""
    if value is None:
        return ""
    text = f"{value:.10g}"
    return f"{value:f}".rstrip("0").rstrip(".") if "e" in text else text


def write(path: Path, facts: Iterable[Fact]) -> int:
    """Write one table of facts and return how many there are.

    Raises:
        ValueError: the same publisher says the same thing twice with different numbers.
    """
    seen: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (fact.measure, fact.mineral, fact.stage, fact.country, fact.year, fact.basis, fact.source)
        before = seen.setdefault(key, fact)
        if before.value != fact.value:
            message = f"{path.name}: {fact.name} ({fact.basis}, {fact.source}) is both {before.value} and {fact.value}"
            raise ValueError(message)
        if fact.reason.startswith("corrected"):
            seen[key] = fact
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(each) for each in seen.values())
    return len(seen)


def _cells(fact: Fact) -> list[str]:
    cells = {name: getattr(fact, name) for name in COLUMNS}
    cells |= {name: number(cells[name]) for name in ("value", "low", "high")}
    return [str(cells[name]) for name in COLUMNS]
