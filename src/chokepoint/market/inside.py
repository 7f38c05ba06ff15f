"""What the interior method holds, and where it starts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import PRICE_FLOOR
from chokepoint.market.state import paid_price

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms, Vector
    from chokepoint.market.state import Work

FIRST_BARRIER = 0.1
LEAST = 1e-100
COLLAPSED, EMPTY = 1e-12, 1e-30
LEAST_START = 1e-3


class Inside(NamedTuple):
    """What the interior method holds beside the flows, rents, levels and prices of ``Work``.

    Args:
        kinked, beyond: what is taken up to the choke quantity, and beyond it, per taker.
        kinked_low, kinked_high, beyond_low, beyond_high: multipliers of their bounds.
        unsold, unused: slack of the balances of sellers and groups, and of buyers.
        lane_pull, level_pull, kinked_pull, beyond_pull: how each would move were prices to stay.
        lane_move, level_move, kinked_move, beyond_move: how each moves.
        kinked_slope, beyond_slope: how takers answer their price; pulled: sum of the lanes' pulls per buyer.
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
    pulled: Vector


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


def new_inside(net: Net) -> Inside:
    """Allocate what the interior method holds."""
    lanes, activities, takers = net.lane_seller.size, net.entry_start.size - 1, net.taker_buyer.size
    sizes = dict.fromkeys(Inside._fields, takers) | {
        "unsold": net.sellers + net.groups,
        "unused": net.buyer_lane.size - 1,
        "lane_pull": lanes,
        "lane_move": lanes,
        "level_pull": activities,
        "level_move": activities,
        "pulled": net.buyer_lane.size - 1,
    }
    return Inside(*(np.zeros(size) for size in sizes.values()))


@inner
def go_inside(net: Net, terms: Terms, work: Work, inside: Inside) -> None:
    """Start inside all bounds: near the reference, whatever last month was."""
    for node in range(work.price.size):
        inside.unsold[node] = FIRST_BARRIER * work.scale[node]
        work.price[node] = 1.0 if node < net.sellers else FIRST_BARRIER
    for buyer in range(work.delivered.size):
        inside.unused[buyer] = FIRST_BARRIER * terms.buyer_scale[buyer]
        work.delivered[buyer] = 1.0
    for lane in range(net.lane_seller.size):
        work.flow[lane] = 0.0
        work.rent[lane] = 0.0
        if is_open(terms, lane):
            work.flow[lane] = min(terms.flow[lane], 0.5 * terms.cap[lane])
            if terms.cap[lane] < math.inf:
                work.rent[lane] = FIRST_BARRIER * terms.cap[lane] / (terms.cap[lane] - work.flow[lane])
    for activity in range(work.level.size):
        work.level[activity] = 0.5 * terms.capacity[activity]
    for taker in range(work.taken.size):
        start_taker(terms, inside, taker)


@inner
def start_taker(terms: Terms, inside: Inside, taker: int) -> None:
    """Start one taker inside its bounds."""
    full = kink_quantity(terms, taker)
    if full <= 0.0:
        return
    room = most_beyond(terms, taker, full)
    beyond = min(max(terms.base[taker] - full, LEAST_START * full), 0.5 * room)
    inside.kinked[taker] = 0.5 * full
    inside.kinked_low[taker] = 2.0 * FIRST_BARRIER
    inside.kinked_high[taker] = 2.0 * FIRST_BARRIER
    inside.beyond[taker] = beyond
    inside.beyond_low[taker] = min(0.5, FIRST_BARRIER * full / beyond)
    inside.beyond_high[taker] = FIRST_BARRIER * full / (room - beyond)


@inner
def carried_into(net: Net, terms: Terms, work: Work, buyer: int) -> float:
    """Return what arrives at one buyer, and mix its lanes as prices say where that is next to nothing.

    Lanes that fell together, each no faster than the longest fall, are left in no proportion: the dear ones would
    then speak for all, and hold down one that should carry everything.
    """
    first, last = net.buyer_lane[buyer], net.buyer_lane[buyer + 1]
    theta, total, best = terms.theta[buyer], 0.0, -math.inf
    for lane in range(first, last):
        total += work.flow[lane]
        best = max(best, work.lean[lane] - paid_price(net, work.price, lane) / theta)
    if total <= 0.0 or total > COLLAPSED * work.usual[buyer]:
        return total
    total = max(total, EMPTY * work.usual[buyer])
    weight = 0.0
    for lane in range(first, last):
        weight += math.exp(work.lean[lane] - paid_price(net, work.price, lane) / theta - best)
    mixed = 0.0
    for lane in range(first, last):
        if is_open(terms, lane):
            share = math.exp(work.lean[lane] - paid_price(net, work.price, lane) / theta - best) / weight
            work.flow[lane] = max(min(total * share, 0.5 * terms.cap[lane]), LEAST)
            mixed += work.flow[lane]
    return mixed
