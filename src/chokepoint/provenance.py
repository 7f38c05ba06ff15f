"""Figures: numbers that know their unit, range, year, source and grade; and the trail behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ASSUMED = "assumed"
PROBABILITY = "probability"
"""Unit of a figure that says how likely something is: a draw takes 1 with this chance, else 0."""
GRADES = ("A", "B", "B-", "C", "derived", "assumed")


class Kind(StrEnum):
    """How a figure came to be known."""

    SOURCED = "sourced"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number with everything needed to answer "says who?" and "what if not?".

    Args:
        name: dotted name, unique in a world (``mine.ree_concentrate_heavy.MMR``).
        value: the number used.
        unit: its unit (``t/yr``, ``USD/kg``, ``share``, ``1``, ``months`` ...).
        low: lower end of the range (80 %), equal to ``value`` when none is known.
        high: upper end of the range.
        year: the year it describes.
        source: key of ``references.bib``; ``assumed`` when nobody says so; for a derived figure the
            key of the source its inputs mostly rest on.
        grade: A, B, B-, C, derived or assumed (see ``docs/reference/grades.md``).
        reason: why this number, how it was derived, or what the source does not say; required when assumed.
        inputs: names of the figures a derived figure was computed from.

    Raises:
        ValueError: no source, an unknown grade, a range that does not hold the value, or an assumption
            without a reason.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    year: int
    source: str
    grade: str
    reason: str = ""
    inputs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a number nobody can answer for."""
        if not self.source:
            message = f"{self.name}: a figure needs a source; write the reference key, or 'assumed' with a reason"
            raise ValueError(message)
        if self.grade not in GRADES:
            message = f"{self.name}: grade {self.grade!r} is none of {', '.join(GRADES)}"
            raise ValueError(message)
        if not (math.isfinite(self.value) and self.low <= self.value <= self.high):
            message = f"{self.name}: range {self.low}..{self.high} does not hold the value {self.value}"
            raise ValueError(message)
        if ASSUMED in (self.source, self.grade) and not self.reason:
            message = f"{self.name}: an assumed figure needs a reason"
            raise ValueError(message)

    @property
    def kind(self) -> Kind:
        """Sourced, derived or assumed."""
        if ASSUMED in (self.source, self.grade):
            return Kind.ASSUMED
        return Kind.DERIVED if self.grade == "derived" or self.inputs else Kind.SOURCED


def trail(figures: Mapping[str, Figure], name: str) -> Iterator[tuple[int, Figure]]:
    """Walk from a figure to everything it was computed from, depth first.

    Args:
        figures: all figures of a world, by name.
        name: where to start.

    Returns:
        Pairs of depth (0 for the figure itself) and figure; each figure once.

    Raises:
        KeyError: the name is not known.
    """
    seen: set[str] = set()
    stack = [(0, name)]
    while stack:
        depth, current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        figure = figures[current]
        yield depth, figure
        stack.extend((depth + 1, each) for each in reversed(figure.inputs))


def count_kinds(figures: Mapping[str, Figure]) -> dict[Kind, int]:
    """Count how many figures are sourced, derived and assumed."""
    counts = dict.fromkeys(Kind, 0)
    for figure in figures.values():
        counts[figure.kind] += 1
    return counts
