"""Gains of those who use or make goods, one by one: what a country's loss is made of at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.stakes.worth import worth_given_up, worth_of_quantity
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chokepoint.simulation import Outcome
    from chokepoint.stakes.books import Cube
    from chokepoint.world import World

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


def surplus_of_uses(outcome: Outcome) -> Cube:
    """Return what each use gains by buying (case, month, use): its worth less what it pays, USD per month.

    Worth is counted from the reference use on; units a user has learnt to do without count along the long-run curve,
    as in the books of countries. A user pays the delivered price, rents on licences included.
    """
    world, behaviour = outcome.world, outcome.behaviour
    price = np.array([good.price_usd_per_unit for good in world.goods])[world.uses.good]
    curve = (behaviour.elasticity[:, None], behaviour.choke[:, None], behaviour.choke_end[:, None])
    usual = worth_of_quantity(outcome.reference_use, outcome.reference_use, *curve)
    lost = worth_given_up(
        outcome.reference_use, world.uses.demand_per_month, curve[0], behaviour.demand_adaptation[:, None, None]
    )
    return outcome.use_surplus - (usual + lost) * price


def uses_of(world: World, countries: Collection[str], sectors: Collection[str]) -> Mask:
    """Say which uses are those of some sectors in some countries (use)."""
    here = np.isin(np.array(world.countries)[world.uses.country], list(countries))
    return here & np.isin(np.array(world.uses.sector, dtype=str), list(sectors))


def activities_of(world: World, countries: Collection[str], kinds: Collection[str]) -> Mask:
    """Say which activities are of some kinds in some countries (activity)."""
    here = np.isin(np.array(world.countries)[world.activities.country], list(countries))
    return here & np.isin(np.array(world.activities.kind, dtype=str), list(kinds))


@np.errstate(over="ignore", invalid="ignore")  # the numbers of unsolved cases may be anything; nobody may use them
def gains_of(outcome: Outcome, without: Outcome, actors: Sequence[tuple[Mask, Mask]]) -> Cube:
    """Return what actors gain against the same months without the measures.

    Args:
        outcome, without: the same cases and months; actors: the uses and the activities of each.

    Returns:
        USD per month (case, month, actor); losses are negative.
    """
    bought = surplus_of_uses(outcome) - surplus_of_uses(without)
    made = outcome.profit - without.profit
    uses, activities = (np.array(each, dtype=float) for each in zip(*actors, strict=True))
    return bought @ uses.T + made @ activities.T


def turnover_of(world: World, uses: Mask, activities: Mask) -> float:
    """Return what some uses spend on the goods, and some activities earn with them, in the base year, USD."""
    price = np.array([good.price_usd_per_unit for good in world.goods])
    spent = (world.uses.demand_per_month * price[world.uses.good])[uses].sum()
    acts = world.activities
    worth = np.maximum(acts.entry_amount, 0.0) * price[acts.entry_good] * acts.level_per_month[acts.entry_activity]
    earned = worth[activities[acts.entry_activity]].sum()
    return float(MONTHS_PER_YEAR * (spent + earned))
