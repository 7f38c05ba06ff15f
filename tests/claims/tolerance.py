"""How near a stated figure must be to the figure on record: the rule of SCHEMA.md, as code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ROUNDED = 0.025
EXACT = 0.015
NEAR = 0.10
NEAR_WHEN_ABOUT = 0.20
# A bound ("more than 50 t") that holds says something only while the figure is within this factor of it.
BOUND_FACTOR = 1.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A figure as a sentence gives it: one value, a range, or a bound."""

    low: float
    high: float
    comparison: str


def rounds_to(stated: float, true: float) -> bool:
    """Say whether the true figure, rounded to the last digit that is not zero of the stated one, is the stated one."""
    digits = Decimal(repr(stated)).normalize().as_tuple()
    assert isinstance(digits.exponent, int)
    step = 10.0**digits.exponent
    return abs(round(true / step) * step - stated) < step * 1e-6


def apart(stated: float, true: float) -> float:
    """Return how far a stated value is from the true one, as a share of the true one."""
    return abs(stated - true) / abs(true) if true else abs(stated)


def one_value(stated: float, true: float, *, about: bool) -> str:
    """Class a single value: supported, near or contradicted."""
    distance = apart(stated, true)
    if distance <= EXACT or (distance <= ROUNDED and rounds_to(stated, true)):
        return "supported"
    coarse = about or rounds_to(stated, true)
    return "near" if distance <= (NEAR_WHEN_ABOUT if coarse else NEAR) else "contradicted"


def bound(stated: Stated, true: float) -> str:
    """Class a bound: it must hold, and be no looser than half again."""
    above = stated.comparison in {">", ">="}
    holds = true >= stated.low if above else true <= stated.high
    edge = stated.low if above else stated.high
    factor = max(true / edge, edge / true) if true and edge else 1.0
    if holds and factor <= BOUND_FACTOR:
        return "supported"
    return "supported" if holds and edge == 0 else one_value(edge, true, about=False)


def verdict(stated: Stated, low: float, high: float) -> str:
    """Class a stated figure against a figure on record that may itself be a range."""
    if stated.comparison in {">", ">=", "<", "<="}:
        return bound(stated, (low + high) / 2)
    if stated.low < stated.high:
        meet = stated.low <= high and low <= stated.high
        nearest = low if stated.high < low else high
        edge = stated.high if stated.high < low else stated.low
        return "supported" if meet else one_value(edge, nearest, about=stated.comparison == "~")
    if low <= stated.low <= high:
        return "supported"
    nearest = low if stated.low < low else high
    return one_value(stated.low, nearest, about=stated.comparison == "~")
