"""What the Survey prints in a cell: numbers with commas, bounds, ranges and words, each by one stated rule.

====================  =================================================================================
printed               read as
====================  =================================================================================
``45,500``            the number
em dash               zero
``>90,000,000``       the number as a lower bound; for a share the range ends at 1
``<25``               the number as an upper bound; the range begins at 0
``890-1,000`` (dash)  the middle of the two, with the two as range
``s``                 less than half a unit: a quarter of a unit, from zero to half a unit
``E``                 net exporter: reliance is put at zero, since the Survey prints no number
``W``                 no number: withheld by the Survey so as not to disclose a company's figures
``NA``                no number: not available (never Namibia, never zero)
``XX``                no number: not applicable
``Small``, ``Large``  no number: the Survey gives the word only
====================  =================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ZERO = ("\u2014", "-", "--")
NO_NUMBER = {
    "W": "withheld by the Survey to avoid disclosing a company's figures",
    "NA": "not available",
    "XX": "not applicable",
    "Small": "the Survey says 'Small' and prints no number",
    "Large": "the Survey says 'Large' and prints no number",
    "": "the Survey leaves the cell empty",
}
RANGE = re.compile(r"(?P<low>[\d.,]+)\s*[\u2013\u2014-]\s*(?P<high>[\d.,]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """A cell as read.

    Args:
        value: the number; None where there is none.
        low, high: range; None where the cell gives none.
        note: the rule that was used, where the cell is not a plain number.
        is_derived: whether the number is ours by a rule, not printed.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    is_derived: bool = False


WORDS = dict.fromkeys(ZERO, Printed(value=0.0)) | {
    "s": Printed(value=0.25, low=0.0, high=0.5, note="printed as s: less than half a unit", is_derived=True),
    "E": Printed(value=0.0, low=0.0, high=0.0, note="printed as E: net exporter; put at zero", is_derived=True),
}


def read(text: str, *, is_share: bool = False) -> Printed:
    """Read a cell.

    Args:
        text: as printed.
        is_share: whether it is a percentage of a whole, so that a bound has another end.

    Raises:
        ValueError: a word that no rule knows.
    """
    plain = text.strip().replace("\u00a0", " ")
    if plain in NO_NUMBER:
        return Printed(value=None, note=NO_NUMBER[plain])
    return WORDS.get(plain) or _range(plain) or _bound(plain, is_share=is_share)


def _range(plain: str) -> Printed | None:
    found = RANGE.fullmatch(plain)
    if not found:
        return None
    low, high = (_number(found[end]) for end in ("low", "high"))
    return Printed(value=(low + high) / 2, low=low, high=high, note=f"printed as the range {plain}", is_derived=True)


def _bound(plain: str, *, is_share: bool) -> Printed:
    number = _number(plain.lstrip("<> "))
    if plain.startswith(">"):
        note = f"printed as {plain}: a lower bound"
        return Printed(value=number, low=number, high=100.0 if is_share else None, note=note)
    if plain.startswith("<"):
        return Printed(value=number, low=0.0, high=number, note=f"printed as {plain}: an upper bound")
    return Printed(value=number)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
