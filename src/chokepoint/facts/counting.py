"""How much is known of a mineral: figures sourced, derived, assumed, and those that nobody gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.provenance import ASSUMED, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chokepoint.facts.bundle import Facts
    from chokepoint.sources.fact import Fact


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Figures of one mineral.

    Args:
        mineral: its code.
        sourced, derived, assumed: figures with a number, by how they came to be known.
        missing: what a publisher names without a number.
        newest: the last year of output that has a number; None where there is none.
    """

    mineral: str
    sourced: int
    derived: int
    assumed: int
    missing: int
    newest: int | None


def kind_of(fact: Fact) -> Kind:
    """Return whether a fact is sourced, derived or assumed."""
    if ASSUMED in (fact.source, fact.grade):
        return Kind.ASSUMED
    return Kind.DERIVED if fact.grade == Kind.DERIVED else Kind.SOURCED


def count(facts: Facts) -> tuple[Counts, ...]:
    """Count the figures of every mineral, in the order of the register."""
    by_mineral: dict[str, list[Fact]] = {code: [] for code in facts.minerals}
    for each in facts.facts:
        if each.mineral:
            by_mineral[each.mineral].append(each)
    return tuple(_counts(code, each) for code, each in by_mineral.items())


def _counts(mineral: str, facts: Iterable[Fact]) -> Counts:
    held = tuple(facts)
    kinds = Counter(kind_of(each) for each in held if each.value is not None)
    years = (each.year for each in held if each.measure.startswith("production") and each.value is not None)
    return Counts(
        mineral=mineral,
        sourced=kinds[Kind.SOURCED],
        derived=kinds[Kind.DERIVED],
        assumed=kinds[Kind.ASSUMED],
        missing=sum(each.value is None for each in held),
        newest=max(years, default=None),
    )
