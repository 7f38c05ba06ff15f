"""The world's output that goes with output by country, moved where a user's own figures move it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.facts.bundle import Facts
    from chokepoint.sources.fact import Fact


def world_total(facts: Facts, countries: Mapping[str, Fact]) -> Fact | None:
    """Return the world's output that goes with output by country: ``T + sum_i (own_i - replaced_i)``.

    A user's own total comes first. A publisher's moves with the user's figures for countries that it counted: its
    total holds what they replace. A country that it did not name is taken as part of what it calls others.

    Args:
        facts: the bundle, with a user's own figures if any.
        countries: output by country of one mineral at one stage in one year.
    """
    counted = [each for each in countries.values() if each.value is not None]
    if not counted:
        return None
    of = counted[0]
    told = facts.of(mineral=of.mineral, measure=of.measure, stage=of.stage, year=of.year)
    mine = facts.facts[: facts.own]
    own = [each for each in told if each in mine]
    theirs = [each for each in told if each.value is not None and each not in mine]
    weights = {each.basis for each in counted}
    stated = next((each for each in own if each.country == WORLD and each.basis in weights), None)
    printed = _printed(theirs, counted)
    return stated or (printed and _moved(printed, [each for each in counted if each in own], theirs))


def _printed(theirs: Sequence[Fact], counted: Sequence[Fact]) -> Fact | None:
    """Return the total of a publisher that also counts the countries, in their weight."""
    held = {(each.source, each.basis) for each in counted}
    totals = [each for each in theirs if each.country == WORLD and each.value and (each.source, each.basis) in held]
    return max(totals, key=lambda each: each.value or 0.0, default=None)


def _moved(total: Fact, own: Sequence[Fact], theirs: Sequence[Fact]) -> Fact:
    """Return a total with what the user's figures add to the publisher's own, country by country."""
    before = {
        each.country: each.value or 0.0 for each in theirs if (each.source, each.basis) == (total.source, total.basis)
    }
    change = sum((each.value or 0.0) - before[each.country] for each in own if each.country in before)
    if not change:
        return total
    reason = f"{total.value:g} {total.unit} as {total.source} prints it, moved by your figures"
    return replace(total, value=(total.value or 0.0) + change, low=None, high=None, grade="derived", reason=reason)
