"""Known errors of publishers, put right where they are read, and refused once the publisher has put them right."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from chokepoint.sources.fact import Fact


def corrections(path: Path) -> list[dict[str, str]]:
    """Read the table of corrections."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corrected(facts: Iterable[Fact], known: Iterable[Mapping[str, str]]) -> Iterator[Fact]:
    """Yield the facts with the corrections applied.

    Args:
        facts: as the publishers print them.
        known: lines of ``corrections.csv``.

    Raises:
        ValueError: a correction whose error is no longer there: the publisher has put it right, or moved it.
    """
    waiting = {_key(each): each for each in known}
    for fact in facts:
        key = (fact.mineral, fact.stage, fact.measure, fact.country, str(fact.year), fact.source)
        correction = waiting.pop(key, None)
        yield _put_right(fact, correction) if correction else fact
    if waiting:
        names = ", ".join(each["correction"] for each in waiting.values())
        message = f"corrections of figures that are no longer printed: {names}; delete them from corrections.csv"
        raise ValueError(message)


def is_still_wrong(fact: Fact, correction: Mapping[str, str]) -> bool:
    """Return whether the publisher still prints what is corrected."""
    return fact.value == float(correction["printed"]) and correction["printed_note"] in fact.reason


def _put_right(fact: Fact, correction: Mapping[str, str]) -> Fact:
    if not is_still_wrong(fact, correction):
        message = (
            f"{correction['correction']}: {fact.source} now prints {fact.value} ({fact.reason}), not "
            f"{correction['printed']} {correction['printed_note']}; delete the line from corrections.csv"
        )
        raise ValueError(message)
    low, high = (float(correction[end]) if correction[end] else None for end in ("low", "high"))
    what = f"printed {fact.value:.10g}" if float(correction["value"]) != fact.value else "printed with another note"
    return replace(
        fact,
        value=float(correction["value"]),
        low=low,
        high=high,
        grade=correction["grade"],
        source=correction["source"],
        reason=f"corrected: {correction['reason']} ({what} by {correction['printed_by']})",
    )


def _key(correction: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(correction[name] for name in ("mineral", "stage", "measure", "country", "year", "printed_by"))
