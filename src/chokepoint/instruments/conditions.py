"""What measures may change: the terms of one month, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.world import World

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """What one month is traded under, before the market clears; lanes in world order.

    Args:
        cap_share: cap per (case, lane) as a share of the reference flow; ``inf`` where none.
        wedge: real extra cost per (case, lane), relative to the reference price.
        duty: tax per (case, lane), relative to the reference price; it is somebody's revenue.
        quota_share: cap per (case, licence group) as a share of the group's reference flow.
        precaution: months of usual arrivals that a store wants to hold beyond its target (case, store).
        capacity_share: what may run of the capacity of every activity (case, activity), 1 where nothing is shut.
    """

    cap_share: Matrix
    wedge: Matrix
    duty: Matrix
    quota_share: Matrix
    precaution: Matrix
    capacity_share: Matrix


class Instrument(Protocol):
    """A kind of measure a state can take: one frozen class, one method."""

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Return the conditions of the month with the measure in force; the input is untouched."""
        ...


def free_conditions(cases: int, lanes: int, stores: int, activities: int, groups: int) -> Conditions:
    """Return conditions without any measure."""
    return Conditions(
        cap_share=np.full((cases, lanes), np.inf),
        wedge=np.zeros((cases, lanes)),
        duty=np.zeros((cases, lanes)),
        quota_share=np.full((cases, groups), np.inf),
        precaution=np.zeros((cases, stores)),
        capacity_share=np.ones((cases, activities)),
    )


def free_trade(world: World, cases: int) -> Conditions:
    """Return the conditions of a world in which no measure was ever taken."""
    return free_conditions(cases, world.lanes.good.size, world.stores.good.size, len(world.activities.kind), 0)
