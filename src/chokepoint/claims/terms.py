"""The numbers of an act on record (rates, tonnages, counts, durations), and whether a sentence tells the same ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.tolerance import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.quantities import Quantity

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
_SAME = {"pp": "%", "t/year": "t", "USD/year": "USD", "count": ""}
_ROUGH = 0.1
"""How far apart durations may be that are told in other units, as a share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A number of an act.

    Args:
        low, high: equal for a single value.
        unit: as of a quantity, durations in days; empty for a count.
        noun: the beginning of what is counted; empty for what has a unit.
    """

    low: float
    high: float
    unit: str
    noun: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """How many numbers of a sentence are terms of an act, and how many are other than its terms."""

    met: int = 0
    missed: int = 0

    @property
    def outcome(self) -> str:
        """Return ``met``, ``missed``, or nothing where none was compared."""
        return "missed" if self.missed else ("met" if self.met else "")


_TERM = re.compile(r"(?P<low>[\d.]+)(?:-(?P<high>[\d.]+))? (?P<unit>[^;\s]+)")
_UNITS = frozenset({*_DAYS, *_SAME, "%", "t", "USD", "USD/kg", "USD/t", "times"})


def terms_in(text: str) -> tuple[Term, ...]:
    """Read terms as they stand in the records: ``90 days;24 pp;57 mineral``."""
    found: list[Term] = []
    for match in _TERM.finditer(text):
        low, unit = float(match["low"]), match["unit"]
        factor = _DAYS.get(unit, 1.0)
        found.append(
            Term(
                low=low * factor,
                high=float(match["high"] or low) * factor,
                unit=_unit(unit) if unit in _UNITS else "",
                noun="" if unit in _UNITS else unit,
            )
        )
    return tuple(found)


def _unit(unit: str) -> str:
    return "days" if unit in _DAYS else _SAME.get(unit, unit)


def compared(quantities: Sequence[Quantity], terms: Sequence[Term], text: str, offset: int) -> Compared:
    """Set the numbers of a sentence beside the terms of an act of the same unit, counts beside those of the same things."""
    met = missed = 0
    for each in quantities:
        behind = text[each.end - offset :].lower()
        rivals = [term for term in terms if _is_comparable(each, term, behind)]
        if not rivals:
            continue
        if any(_agrees(each, term) for term in rivals):
            met += 1
        else:
            missed += 1
    return Compared(met=met, missed=missed)


def _is_comparable(quantity: Quantity, term: Term, behind: str) -> bool:
    if term.noun:
        words = re.findall(r"[a-z]+", behind)[:6]
        return quantity.unit in {"count", ""} and any(word.startswith(term.noun) for word in words)
    return quantity.unit not in {"count", ""} and _unit(quantity.unit) == term.unit


def _agrees(quantity: Quantity, term: Term) -> bool:
    factor = _DAYS.get(quantity.unit, 1.0)
    low, high = quantity.low * factor, quantity.high * factor
    if term.unit == "days" and term.low * (1 - _ROUGH) <= high and low <= term.high * (1 + _ROUGH):
        return True
    return compare(low, high, quantity.comparison, (term.low, term.high))[0] == "supported"
