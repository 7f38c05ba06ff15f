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
WEIGHTY = frozenset({"t", "t/year", "%", "pp", "USD", "USD/year", "USD/kg", "USD/t"})
"""Units of numbers that are the point of a sentence."""
_ROUGH = 0.1
"""How far apart durations may be that are told in other units, as a share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A number of an act.

    Args:
        low, high: equal for a single value.
        unit: as of a quantity, durations in days; empty for a count.
        noun: the beginning of what is counted; empty for what has a unit.
        told_in: the unit as it stands in the records.
    """

    low: float
    high: float
    unit: str
    noun: str = ""
    told_in: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """How many numbers of a sentence are terms of an act, how many are other than its terms, and how many it has no term for; whether those met tell it from others."""

    met: int = 0
    missed: int = 0
    other: int = 0

    is_telling: bool = False

    @property
    def outcome(self) -> str:
        """Return ``met``, ``missed``, ``other``, or nothing where there are no numbers."""
        if self.missed:
            return "missed"
        return "met" if self.met else ("other" if self.other else "")


_MORE = re.compile(r"\b(?:further|another|additional|extra|more)\s+(?:about\s)?$")
_COMPOUND = re.compile(r"-(?:day|week|month|year)\b")
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
                told_in=unit,
            )
        )
    return tuple(found)


def _unit(unit: str) -> str:
    return "days" if unit in _DAYS else _SAME.get(unit, unit)


def compared(quantities: Sequence[Quantity], terms: Sequence[Term], text: str, offset: int) -> Compared:
    """Set the numbers of a sentence beside the terms of an act of the same unit, counts beside those of the same things."""
    met = missed = other = 0
    is_telling = False
    values: set[float] = set()
    for each in quantities:
        behind, before = text[each.end - offset :], text[: each.start - offset]
        if _MORE.search(before) or _COMPOUND.search(each.text.lower()):
            continue
        rivals = [term for term in terms if _is_comparable(each, term, behind)]
        classes = {_class(each, term) for term in rivals}
        if "supported" in classes:
            met += 1
            values.add(each.low)
            is_telling = is_telling or len(values) > 1 or each.unit not in {"%", "pp", *_DAYS}
        elif classes == {"contradicted"}:
            missed += 1
        elif not rivals:
            other += each.unit in WEIGHTY
    return Compared(met=met, missed=missed, other=other, is_telling=is_telling)


def _is_comparable(quantity: Quantity, term: Term, behind: str) -> bool:
    if not term.noun:
        return quantity.unit not in {"count", ""} and _unit(quantity.unit) == term.unit
    words = re.findall(r"[a-z]+", behind)[:6]
    is_rest = words[:1] == ["other"]
    return quantity.unit in {"count", ""} and not is_rest and any(word.startswith(term.noun) for word in words)


def _class(quantity: Quantity, term: Term) -> str:
    """Class a number against a term; durations told in other units may be rougher."""
    factor = _DAYS.get(quantity.unit, 1.0)
    low, high = quantity.low * factor, quantity.high * factor
    is_rough = term.unit == "days" and quantity.unit != term.told_in
    if is_rough and term.low * (1 - _ROUGH) <= high and low <= term.high * (1 + _ROUGH):
        return "supported"
    return compare(low, high, quantity.comparison, (term.low, term.high))[0]
