"""What one would have to believe, as tables: ranges in which a package holds, what flips it, and a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.columns import Row, package_name
from chokepoint.tables import Table

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import TalksAnswer

BILLION = 1e9
CHOSEN, NOT_CHOSEN = "chosen", "another package, or none"


def belief_tables(answer: TalksAnswer) -> tuple[Table, ...]:
    """Return what one would have to believe for the package that is judged."""
    return beliefs_table(answer), flips_table(answer), map_table(answer)


def finite(value: float) -> float | None:
    """Return a number, or None where there is none."""
    return float(value) if np.isfinite(value) else None


def beliefs_table(answer: TalksAnswer) -> Table:
    """Return for every security value the part of its range in which its owner signs, and in which the choice falls."""
    rows: list[Row] = []
    for each in answer.views:
        name = package_name(each.judgement, each.belief.package)
        for bound in each.belief.bounds:
            found = (bound.least, bound.most, bound.least_ever, bound.most_ever, bound.drawn_least, bound.drawn_most)
            rows.append((each.view.name, name, bound.name, bound.low, bound.high, *map(finite, found)))
    return Table(
        name="talk_beliefs",
        title="What each side may value and still sign, and what it values where the package is chosen",
        columns=columns(
            "view",
            "package",
            "value||security value",
            "low_usd_per_year|USD/yr|of its range",
            "high_usd_per_year|USD/yr",
            "signs_from_usd_per_year|USD/yr|its owner signs from here, all else central; missing: nowhere",
            "signs_to_usd_per_year|USD/yr|up to here",
            "ever_from_usd_per_year|USD/yr|the same, its other values anywhere in their ranges",
            "ever_to_usd_per_year|USD/yr",
            "chosen_from_usd_per_year|USD/yr|least value among the cases in which Nash's rule chooses the package",
            "chosen_to_usd_per_year|USD/yr|greatest",
        ),
        rows=tuple(rows),
    )


def flips_table(answer: TalksAnswer) -> Table:
    """Return which assumptions turn the answer, soonest first, and what each party would have to value."""
    rows: list[Row] = []
    for each in answer.views:
        belief, name = each.belief, package_name(each.judgement, each.belief.package)
        for flip in belief.flips:
            in_money = flip.at if flip.name in answer.talks.values else None
            rows.append((each.view.name, name, belief.is_central, flip.name, flip.way, in_money))
        for place, party in enumerate(answer.talks.parties):
            for what, value in (("to be chosen", belief.needed[place]), ("to be signed", belief.to_sign[place])):
                said = f"worth of the package to {party.code} {what}"
                rows.append((each.view.name, name, belief.is_central, said, None, finite(float(value))))
    return Table(
        name="talk_flips",
        title="What turns the answer on the package, one assumption at a time",
        columns=columns(
            "view",
            "package",
            "is_chosen||whether Nash's rule chooses it with all assumptions central",
            "assumption||a security value; a family of market assumptions moved to one end; or the whole package",
            "way|share|part of the way from the central value to the end of its range at which the answer turns",
            "at_usd_per_year|USD/yr|the security value there; for the whole package, how much more it must be worth",
        ),
        rows=tuple(rows),
    )


def map_table(answer: TalksAnswer) -> Table:
    """Return where the package is chosen over a security value and a family of market assumptions."""
    rows: list[Row] = []
    for each in answer.views:
        found = each.belief.drawn_over
        if found is None:
            continue
        for down, way in enumerate(found.ways):
            for across, value in enumerate(found.values):
                chosen = int(found.chosen[down, across])
                group = CHOSEN if chosen == each.belief.package else NOT_CHOSEN
                name = package_name(each.judgement, chosen)
                rows.append(
                    (each.view.title, found.value, float(value) / BILLION, found.family, float(way), name, group)
                )
    return Table(
        name="talk_believe",
        title="Where the package is chosen over a security value and a family of market assumptions",
        columns=columns(
            "view",
            "value",
            "value_usd_bn_per_year|bn USD/yr",
            "family",
            "way|share|-1 all of the family at the low ends of their ranges, 0 central, 1 at the high ends",
            "package||what Nash's rule chooses there",
            "group||whether it is the package that is judged",
        ),
        rows=tuple(rows),
    )
