"""What the interior method holds, and where it starts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import PRICE_FLOOR

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms, Vector
    from chokepoint.market.state import Work

FIRST_BARRIER = 0.1
LEAST_START = 1e-3


class Inside(NamedTuple):
    """What the interior method holds beside the flows, rents, levels and prices of ``Work``.

    Args:
        kinked, beyond: what is taken up to the choke quantity, and beyond it, per taker.
        kinked_low, kinked_high, beyond_low, beyond_high: multipliers of their bounds.
        unsold, unused: slack of the balances of sellers and groups, and of buyers.
        lane_pull, level_pull, kinked_pull, beyond_pull: how each would move were prices to stay.
        lane_move, level_move, kinked_move, beyond_move: how each moves.
    """

    kinked: Vector
    beyond: Vector
    kinked_low: Vector
    kinked_high: Vector
    beyond_low: Vector
    beyond_high: Vector
    unsold: Vector
    unused: Vector
    lane_pull: Vector
    level_pull: Vector
    kinked_pull: Vector
    beyond_pull: Vector
    lane_move: Vector
    level_move: Vector
    kinked_move: Vector
    beyond_move: Vector
    kinked_slope: Vector
    beyond_slope: Vector


@inner
def kink_quantity(terms: Terms, taker: int) -> float:
    """Return what is taken at the choke price."""
    if terms.base[taker] <= 0.0:
        return 0.0
    return terms.base[taker] * terms.kink[taker] ** -terms.exponent[taker]


@inner
def most_beyond(terms: Terms, taker: int, full: float) -> float:
    """Return how much more than at the choke price is taken where the good is free."""
    return terms.base[taker] * PRICE_FLOOR ** -terms.exponent[taker] - full


@inner
def is_open(terms: Terms, lane: int) -> bool:
    """Say whether a lane can carry anything."""
    return terms.flow[lane] > 0.0 and terms.cap[lane] > 0.0


@inner
def new_inside(net: Net, terms: Terms, work: Work) -> Inside:
    """Start inside all bounds: near the reference, whatever last month was."""
    lanes, activities, takers = net.lane_seller.size, work.level.size, work.taken.size
    inside = Inside(
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
        FIRST_BARRIER * work.scale,
        FIRST_BARRIER * terms.buyer_scale,
        np.zeros(lanes),
        np.zeros(activities),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(lanes),
        np.zeros(activities),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(takers),
    )
    work.price[:] = 1.0
    work.price[net.sellers :] = FIRST_BARRIER
    work.delivered[:] = 1.0
    for lane in range(lanes):
        work.flow[lane] = 0.0
        work.rent[lane] = 0.0
        if is_open(terms, lane):
            work.flow[lane] = min(terms.flow[lane], 0.5 * terms.cap[lane])
            if terms.cap[lane] < math.inf:
                work.rent[lane] = FIRST_BARRIER * terms.cap[lane] / (terms.cap[lane] - work.flow[lane])
    for activity in range(activities):
        work.level[activity] = 0.5 * terms.capacity[activity]
    for taker in range(takers):
        full = kink_quantity(terms, taker)
        if full > 0.0:
            inside.kinked[taker] = 0.5 * full
            inside.kinked_low[taker] = 2.0 * FIRST_BARRIER
            inside.kinked_high[taker] = 2.0 * FIRST_BARRIER
            room = most_beyond(terms, taker, full)
            beyond = min(max(terms.base[taker] - full, LEAST_START * full), 0.5 * room)
            inside.beyond[taker] = beyond
            inside.beyond_low[taker] = min(0.5, FIRST_BARRIER * full / beyond)
            inside.beyond_high[taker] = FIRST_BARRIER * full / (room - beyond)
    return inside
