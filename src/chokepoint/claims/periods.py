"""When a figure is of, as far as its sentence and the ones before tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.moments import mentions, period_of
from chokepoint.claims.slots import Slot

if TYPE_CHECKING:
    from chokepoint.claims.slots import Topic

FLOWS = frozenset({"exports", "imports"})
_STUDIES = re.compile(
    r"\b(?:stud(?:y|ies)|report|edition|table|survey|list|assessment|atlas|census|summaries|yearbook|paper)(?:\s+of|\s+from|\s+in)?\s*$",
    re.IGNORECASE,
)
PART_OF_YEAR = re.compile(
    r"\b(?:first|last|past|initial)\s+(?:\w+|\d+)\s+months?\b|\b(?:first|second|third|fourth|last)\s+(?:quarter|half)\b|\bso far this year\b|\byear to date\b|\bhalf[- ]year\b|\bJanuary\s*(?:-|–|to|through)\s*[A-Z]\w+",
    re.IGNORECASE,
)
_WARS = (
    ("Second World War", "1944"),
    ("World War II", "1944"),
    ("First World War", "1917"),
    ("World War I", "1917"),
    ("Cold War", "1970"),
)
"""A year inside each war: of none of them is a figure on record."""
_HALF = re.compile(r"\b(first|second|last|latter)[\s-]half\b(?!\s+of\s+(?:the\s+month|[A-Z]))", re.IGNORECASE)


def half_of(clause: str) -> str:
    """Return the half of a year that a clause names, ``H1`` or ``H2``; empty where it names none."""
    found = _HALF.search(clause)
    return "" if found is None else "H1" if found[1].lower() == "first" else "H2"


_SAME_YEAR = re.compile(r"\b(?:the\s+)?(?:same|that)\s+(?:year|month)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:the\s+)?year\s+(?:before|earlier)\b(?!\s+last)|\bprevious\s+year\b", re.IGNORECASE)


def _is_year_before(text: str, at: int) -> bool:
    """Say whether "the year before" leads a figure, or follows right behind it."""
    lead = [match.end() for match in _YEAR_BEFORE.finditer(text[:at])]
    behind = re.match(r"[\d.,]+[^\d;,]{0,24}", text[at:])
    return (bool(lead) and not re.search(r"\d", text[lead[-1] : at])) or (
        behind is not None and _YEAR_BEFORE.search(behind.group()) is not None
    )


def period_slot(text: str, at: int, published: str, before: Topic, measure: str, *, changed: bool) -> Slot:
    """Return when a figure is of; the year of a study is the study's, not the figure's."""
    named = [
        (place, period)
        for place, period in mentions(text, published, before.period.value)
        if not _STUDIES.search(text[:place])
    ]
    carried = before.period.value
    if changed and before.measure.value in FLOWS:
        carried = carried[:4]
    if (
        measure
        and before.measure.value
        and measure != before.measure.value
        and measure in {"share", "production", "reserves"}
    ):
        carried = carried[:4] if before.measure.value in {"share", "production", "reserves"} else ""
    if not named and carried[:4].isdigit() and _is_year_before(text, at):
        return Slot(value=f"{int(carried[:4]) - 1}{carried[4:]}", is_named=True)
    if not named:
        return _of_old(text, carried)
    value = period_of(text, at, published, carried)
    value = (
        max((period for _, period in named if period.startswith(value)), key=len, default=value)
        if len(value) == len("2025")
        else value
    )
    return Slot(value=value, is_named=any(value == period for _, period in named))


def _of_old(text: str, carried: str) -> Slot:
    """Return the time carried over where a sentence names none but perhaps a war."""
    war = next((year for words, year in _WARS if words in text), "")
    return Slot(value=war or carried, is_named=bool(war) or (bool(carried) and _SAME_YEAR.search(text) is not None))
