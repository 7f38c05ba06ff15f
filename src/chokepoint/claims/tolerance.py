"""How near a stated figure must be to one on record to be supported by it, or near it.

1. supported: within 1.5 %; or within 2.5 % and the record rounds to it; or in the record's range; or a range that meets
   it; or a bound that holds and is no further than a factor of 1.5 away;
2. near: within 10 %; within 20 % with "about" or when the record rounds to it.
"""

from __future__ import annotations

from decimal import Decimal

EXACT, ROUNDED, NEAR, NEAR_ABOUT, BOUND = 0.015, 0.025, 0.10, 0.20, 1.5


def rounds_to(stated: float, true: float) -> bool:
    """Say whether a figure, rounded to the last digit of the stated one that is not zero, is the stated one."""
    exponent = Decimal(repr(stated)).normalize().as_tuple().exponent
    step = 10.0 ** int(exponent)
    return abs(round(true / step) * step - stated) < step * 1e-6


def distance(stated: float, true: float) -> float:
    """Return how far a stated value is from the true one, as a share of the true one."""
    return abs(stated - true) / abs(true) if true else abs(stated)


def _single(stated: float, true: float, *, about: bool) -> str:
    apart = distance(stated, true)
    coarse = rounds_to(stated, true)
    if apart <= EXACT or (apart <= ROUNDED and coarse):
        return "supported"
    return "near" if apart <= (NEAR_ABOUT if about or coarse else NEAR) else "contradicted"


def compare(low: float, high: float, comparison: str, record: tuple[float, float]) -> tuple[str, float]:
    """Class a stated figure against one on record; return the class and how far apart they are."""
    least, most = record
    if comparison in {">", ">=", "<", "<="} and low == high:
        true = (least + most) / 2
        holds = true >= low if comparison[0] == ">" else true <= high
        factor = max(true / low, low / true) if true and low else 1.0
        if holds and (factor <= BOUND or low == 0):
            return "supported", distance(low, true)
        return _single(low, true, about=False), distance(low, true)
    if low < high:
        if low <= most and least <= high:
            return "supported", 0.0
        edge, nearest = (high, least) if high < least else (low, most)
        return _single(edge, nearest, about=comparison == "~"), distance(edge, nearest)
    if least <= low <= most:
        return "supported", 0.0
    nearest = least if low < least else most
    return _single(low, nearest, about=comparison == "~"), distance(low, nearest)
