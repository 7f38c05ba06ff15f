"""What the tables of talks share: medians with their intervals, and packages by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.ranges import ends
from chokepoint.tables import Column
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array
    from chokepoint.tables import Cell

Row = tuple["Cell", ...]
NO_PACKAGE = "no deal"


def three(values: Array) -> tuple[float, float, float]:
    """Return median, low and high end of the 80 % interval over cases."""
    low, middle, high = (float(each) for each in interval(values))
    return middle, low, high


def usd(name: str, note: str, per: str = "_per_year") -> tuple[Column, ...]:
    """Return the columns of a median with its interval, in USD per year unless told otherwise."""
    unit = "USD/yr" if per else "USD"
    middle = Column(name=f"{name}_usd{per}", unit=unit, note=note)
    return (middle, *ends(f"{name}_low_usd{per}", f"{name}_high_usd{per}", unit))


def package_name(judgement: Judgement, position: int) -> str:
    """Return the short name of a package by its position, or that there is none."""
    return judgement.payoffs.name(int(judgement.packages[position])) if position >= 0 else NO_PACKAGE
