"""A step of the interior method: how all that is inside its bounds moves with prices, and stays inside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.market.compiled import inner
from chokepoint.market.inside import LEAST, kink_quantity, most_beyond
from chokepoint.market.state import paid_price

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms
    from chokepoint.market.inside import Inside
    from chokepoint.market.state import Work
    from chokepoint.market.system import System

LONGEST_FALL = 4.0
LINEAR_FALL = 0.9
LEAST_LEFT = 1e-3
CLOSEST = 1e-12


@inner
def lift_of(work: Work, buyer: int, pulled: float) -> float:
    """Return how the volume term moves all lanes into one buyer, ``nested dQ / Q``, for a sum of pulls."""
    nested = work.nested[buyer]
    depth = work.arrived[buyer] - nested * work.pull_slope[buyer]
    return nested * pulled / depth if work.pull_slope[buyer] > 0.0 else 0.0


@inner
def follow(net: Net, work: Work, inside: Inside, system: System) -> None:
    """Fill how flows, levels and takers move with the step in prices."""
    pulled = inside.pulled
    pulled[:] = 0.0
    for lane in range(net.lane_seller.size):
        if work.interior[lane] > 0.0:
            buyer: int = net.lane_buyer[lane]
            pull = inside.lane_pull[lane] + system.delivered_step[buyer] - paid_price(net, system.step, lane)
            inside.lane_move[lane] = pull
            pulled[buyer] += work.interior[lane] * pull
    for lane in range(net.lane_seller.size):
        if work.interior[lane] > 0.0:
            buyer: int = net.lane_buyer[lane]
            inside.lane_move[lane] += lift_of(work, buyer, pulled[buyer])
            inside.lane_move[lane] *= work.interior[lane]
    for activity in range(work.level.size):
        change = 0.0
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            amount, node = net.entry_amount[entry], net.entry_node[entry]
            change += amount * (system.step[node] if amount > 0.0 else system.delivered_step[node])
        inside.level_move[activity] = inside.level_pull[activity] + work.level_slope[activity] * change
    for taker in range(work.taken.size):
        change = system.delivered_step[net.taker_buyer[taker]]
        inside.kinked_move[taker] = inside.kinked_pull[taker] - inside.kinked_slope[taker] * change
        inside.beyond_move[taker] = inside.beyond_pull[taker] - inside.beyond_slope[taker] * change


@inner
def moved(value: float, move: float, most: float) -> float:
    """Move a positive value that stays positive: straight up, down as an exponential; below ``most``.

    So no unknown holds the others back; to first order all move as the step says.
    """
    if move < -LINEAR_FALL * value:
        return value * (1.0 - LINEAR_FALL) * math.exp(max(move / value, -LONGEST_FALL))
    if value + move < most:
        return value + move
    return value


@inner
def between(value: float, move: float, most: float) -> float:
    """Move a value that stays between 0 and ``most``; near either end it moves as an exponential."""
    if move < 0.0:
        return max(value * math.exp(max(move / value, -LONGEST_FALL)), LEAST)
    half = 0.5 * (most - value)
    if move <= half:
        return value + move
    return most - max(half * math.exp(max(1.0 - move / half, -LONGEST_FALL)), CLOSEST * most)


@inner
def answered(value: float, slack: float, move: float, target: float) -> float:
    """Return a multiplier whose product with its slack, which moves, is to become ``target``."""
    change = (target - value * slack - value * move) / slack
    return moved(value, change, math.inf)


@inner
def advance(net: Net, terms: Terms, work: Work, inside: Inside, system: System, barrier: float) -> None:
    """Take the step; multipliers first, for they move by where their slacks were."""
    for node in range(work.price.size):
        price, step = work.price[node], system.step[node]
        inside.unsold[node] = answered(inside.unsold[node], price, step, barrier * work.scale[node])
        work.price[node] = moved(price, step, math.inf)
    advance_takers(net, terms, work, inside, system, barrier)
    for buyer in range(work.delivered.size):
        price, step = work.delivered[buyer], system.delivered_step[buyer]
        target = barrier * terms.buyer_scale[buyer]
        inside.unused[buyer] = answered(inside.unused[buyer], price, step, target)
        work.delivered[buyer] = moved(price, step, math.inf)
    for lane in range(net.lane_seller.size):
        if work.interior[lane] > 0.0:
            move, cap = inside.lane_move[lane], terms.cap[lane]
            if cap < math.inf:
                work.rent[lane] = answered(work.rent[lane], cap - work.flow[lane], -move, barrier * cap)
            work.flow[lane] = between(work.flow[lane], move, cap)
    for activity in range(work.level.size):
        if terms.capacity[activity] > 0.0:
            work.level[activity] = between(work.level[activity], inside.level_move[activity], terms.capacity[activity])


@inner
def advance_takers(net: Net, terms: Terms, work: Work, inside: Inside, system: System, barrier: float) -> None:
    """Take the step of every taker and its multipliers."""
    for taker in range(work.taken.size):
        full = kink_quantity(terms, taker)
        if full <= 0.0:
            continue
        target = barrier * full
        kinked, move = inside.kinked[taker], inside.kinked_move[taker]
        inside.kinked_low[taker] = answered(inside.kinked_low[taker], kinked, move, target)
        inside.kinked_high[taker] = answered(inside.kinked_high[taker], full - kinked, -move, target)
        inside.kinked[taker] = between(kinked, move, full)
        beyond, floor, move = inside.beyond[taker], inside.beyond_low[taker], inside.beyond_move[taker]
        buyer: int = net.taker_buyer[taker]
        price = moved(work.delivered[buyer], system.delivered_step[buyer], math.inf)
        room = most_beyond(terms, taker, full)
        ceiling = answered(inside.beyond_high[taker], room - beyond, -move, target)
        left = LEAST_LEFT * (work.delivered[buyer] - floor + inside.beyond_high[taker])
        inside.beyond_low[taker] = min(answered(floor, beyond, move, target), price + ceiling - left)
        inside.beyond_high[taker] = ceiling
        inside.beyond[taker] = between(beyond, move, room)
