"""Indicators of a mineral's world supply: how concentrated it is, how governed, and what is left without the first."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, Missing
from chokepoint.exposure.indices import (
    concentration_index,
    coverage_without_first,
    first_of,
    governance_index,
    top_share,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.place import Place


def world_concentration(place: Place) -> Result:
    """Return the concentration of world output."""
    supply = place.supply
    if isinstance(supply, str):
        return Missing(name="hhi", reason=supply)
    found = concentration_index(supply.amounts, rest=supply.rest)
    return _withheld(found, place)


def world_governance(place: Place) -> Result:
    """Return it weighted by governance, 0 (best) to 10."""
    supply = place.supply
    if isinstance(supply, str):
        return Missing(name="governance_hhi", reason=supply)
    weights = place.picture.governance
    if not weights:
        return Missing(name="governance_hhi", reason=place.picture.gaps.get("mean of six", "no governance estimates"))
    return _withheld(governance_index(supply.amounts, weights, rest=supply.rest), place)


def largest_producers(count: int) -> Callable[[Place], Result]:
    """Return a function for the share of the largest producers in world output."""

    def compute(place: Place) -> Result:
        supply = place.supply
        if isinstance(supply, str):
            return Missing(name=f"top_{count}", reason=supply)
        return _withheld(top_share(supply.amounts, count, rest=supply.rest), place)

    return compute


def _withheld(found: Result, place: Place) -> Result:
    """Say whose output is not in a number of the world."""
    supply = place.supply
    if isinstance(found, Missing) or isinstance(supply, str) or not supply.withheld:
        return found
    note = f"output of {', '.join(supply.withheld)} is not published in the same weight and not counted"
    return replace(found, note="; ".join(each for each in (found.note, note) if each))


def coverage(place: Place) -> Result:
    """Return N-1 coverage, with the largest supplier's demand taken as its apparent consumption."""
    name, supply = "n_minus_1", place.supply
    if isinstance(supply, str):
        return Missing(name=name, reason=supply)
    first = first_of(supply.amounts)
    if first is None:
        return Missing(name=name, reason="nobody makes any")
    at_first = replace(place, country=first, home=frozenset({first})).balance()
    total = math.fsum(supply.amounts.values()) + supply.rest
    if isinstance(at_first, str):
        least = coverage_without_first(supply.amounts, total, 0.0, rest=supply.rest)
        reason = f"demand of {first}, the largest supplier, is not known: {at_first}"
        return Missing(name=name, reason=reason, low=least.low)
    imports, exports, output = at_first
    used = output + math.fsum(imports.values()) - math.fsum(exports.values())
    if not 0.0 <= used < total:
        reason = f"what {first} makes, buys and sells leaves it a use of {used:,.0f} t of {total:,.0f} t: not possible"
        return Missing(name=name, reason=reason)
    found = coverage_without_first(supply.amounts, total, used, rest=supply.rest)
    note = f"without {first}; world demand taken as world output, demand of {first} as its apparent consumption"
    note = "; ".join(each for each in (note, place.cautions) if each)
    return replace(found, note=note) if isinstance(found, Indicator) else found
