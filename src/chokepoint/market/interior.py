"""The same case from inside its bounds: a primal-dual method that needs no good start.

Newton on the dual alone moves along exponentials, one factor of e at a time where prices are far off. Here
flows, levels and quantities taken are unknowns of their own, every bound is kept by a barrier that is lowered
step by step, and each step solves a system of the same shape as Newton's. Its result starts the last,
exact Newton steps.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.market.advance import advance, follow, lift_of
from chokepoint.market.compiled import inner, part
from chokepoint.market.direction import solve_system
from chokepoint.market.inside import FIRST_BARRIER, carried_into, go_inside, is_open, kink_quantity, most_beyond
from chokepoint.market.pieces import EXPONENT_LIMIT, copy
from chokepoint.market.state import paid_price, volume_premium

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms
    from chokepoint.market.inside import Inside
    from chokepoint.market.state import Work
    from chokepoint.market.system import System

MOST_INNER_STEPS = 80
LAST_BARRIER = 1e-12
CLOSED = 1e-10
SETTLED = 1e-6
RIDGE = 1e-12
GIFT = 1e-12
LOWERED = 0.05


@inner
def look_at_lanes(net: Net, terms: Terms, work: Work, inside: Inside, barrier: float) -> float:
    """Fill the lanes' weights and pulls, and add their shipments to the balances; return the worst mismatch.

    Lanes that carry next to nothing but should carry much are as far off as what they should carry.
    """
    worst = 0.0
    for buyer in range(work.delivered.size):
        first, last = net.buyer_lane[buyer], net.buyer_lane[buyer + 1]
        theta = terms.theta[buyer]
        total = carried_into(net, terms, work, buyer)
        is_flat = work.usual[buyer] < total < work.reference[buyer]
        work.nested[buyer] = 0.0 if is_flat else theta - terms.theta_volume[buyer]
        lift = volume_premium(terms, work, buyer, total) if total > 0.0 else 0.0
        slope, pulled = 0.0, 0.0
        for lane in range(first, last):
            work.interior[lane] = 0.0
            if not is_open(terms, lane):
                continue
            flow, cap = work.flow[lane], terms.cap[lane]
            paid = paid_price(net, work.price, lane) + theta * (math.log(flow) - work.lean[lane])
            pull = work.delivered[buyer] + lift - paid - work.rent[lane]
            bend = theta / flow
            if cap < math.inf:
                bend += work.rent[lane] / (cap - flow)
                pull += work.rent[lane] - barrier * cap / (cap - flow)
            work.interior[lane] = 1.0 / bend
            inside.lane_pull[lane] = pull
            slope += 1.0 / bend
            pulled += pull / bend
            worst = max(worst, abs(pull) / (bend * terms.buyer_scale[buyer]))
        work.arrived[buyer] = total
        work.pull_slope[buyer] = slope
        work.short[buyer] += total
        inside.pulled[buyer] = pulled
        depth = total - work.nested[buyer] * slope
        if pulled > 0.0 and depth > 0.0:
            wanted = pulled * total / (slope * depth * theta)
            missing = total * math.expm1(min(wanted, EXPONENT_LIMIT)) / terms.buyer_scale[buyer]
            worst = max(worst, min(missing, 1.0))
    return worst


@inner
def look_at_activities(net: Net, terms: Terms, work: Work, inside: Inside) -> float:
    """Fill the activities' slopes and pulls, and add inputs and outputs to the balances; return the worst mismatch."""
    worst = 0.0
    for activity in range(work.level.size):
        capacity, level = terms.capacity[activity], work.level[activity]
        work.level_slope[activity] = 0.0
        if capacity <= 0.0:
            continue
        margin = 0.0
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            amount, node = net.entry_amount[entry], net.entry_node[entry]
            price = work.price[node] if amount > 0.0 else work.delivered[node]
            margin += amount * price
            if amount > 0.0:
                work.over[node] += amount * level
            else:
                work.short[node] += amount * level
        spread = terms.spread[activity]
        pull = margin - terms.midpoint[activity] - spread * math.log(level / (capacity - level))
        work.level_slope[activity] = level * (capacity - level) / (spread * capacity)
        inside.level_pull[activity] = work.level_slope[activity] * pull
        worst = max(worst, abs(inside.level_pull[activity]) / capacity)
    return worst


@inner
def look_at_takers(net: Net, terms: Terms, work: Work, inside: Inside, barrier: float) -> float:
    """Fill the takers' slopes and pulls, and take what they take from the balances; return the worst mismatch."""
    worst = 0.0
    for taker in range(work.taken.size):
        full = kink_quantity(terms, taker)
        if full <= 0.0:
            continue
        buyer: int = net.taker_buyer[taker]
        price, kink, end = work.delivered[buyer], terms.kink[taker], terms.end[taker]
        kinked, low, high = inside.kinked[taker], inside.kinked_low[taker], inside.kinked_high[taker]
        steep = (end - kink) / full
        worth = end - steep * kinked
        bend = steep + low / kinked + high / (full - kinked)
        inside.kinked_slope[taker] = 1.0 / bend
        pull = worth - price + barrier * full / kinked - barrier * full / (full - kinked)
        inside.kinked_pull[taker] = pull / bend
        beyond, floor, ceiling = inside.beyond[taker], inside.beyond_low[taker], inside.beyond_high[taker]
        room = most_beyond(terms, taker, full) - beyond
        left = price - floor + ceiling
        ratio = 1.0 / terms.exponent[taker]
        miss = math.log(kink) - ratio * math.log1p(beyond / full) - math.log(left)
        bend = ratio * left / (full + beyond) + floor / beyond + ceiling / room
        inside.beyond_slope[taker] = 1.0 / bend
        pull = left * miss + barrier * full / beyond - floor - barrier * full / room + ceiling
        inside.beyond_pull[taker] = pull / bend
        worst = max(worst, abs(inside.kinked_pull[taker]) / terms.buyer_scale[buyer])
        worst = max(worst, abs(inside.beyond_pull[taker]) / terms.buyer_scale[buyer])
        work.short[buyer] -= kinked + beyond
        work.take_slope[buyer] += inside.kinked_slope[taker] + inside.beyond_slope[taker]
    return worst


@inner
def look(net: Net, terms: Terms, work: Work, inside: Inside, system: System, barrier: float) -> float:
    """Fill the system of one step and its right side; return the worst imbalance or mismatch."""
    work.over[: net.sellers] = 0.0
    copy(terms.quota, work.over[net.sellers :])
    work.take_slope[:] = 0.0
    for buyer in range(work.delivered.size):
        work.short[buyer] = terms.opening[buyer] + GIFT * terms.buyer_scale[buyer]
    worst = look_at_activities(net, terms, work, inside)
    worst = max(worst, look_at_lanes(net, terms, work, inside, barrier))
    worst = max(worst, look_at_takers(net, terms, work, inside, barrier))
    for lane in range(net.lane_seller.size):
        work.over[net.lane_seller[lane]] -= work.flow[lane]
        if net.lane_group[lane] >= 0:
            work.over[net.sellers + net.lane_group[lane]] -= net.lane_load[lane] * work.flow[lane]
    for node in range(work.price.size):
        worst = max(worst, abs(work.over[node] - inside.unsold[node]) / work.scale[node])
        system.ridge[node] = inside.unsold[node] / work.price[node]
        system.step[node] = barrier * work.scale[node] / work.price[node] - work.over[node]
    for buyer in range(work.delivered.size):
        worst = max(worst, abs(work.short[buyer] - inside.unused[buyer]) / terms.buyer_scale[buyer])
        work.take_slope[buyer] += inside.unused[buyer] / work.delivered[buyer]
        system.delivered_step[buyer] = (
            barrier * terms.buyer_scale[buyer] / work.delivered[buyer]
            - work.short[buyer]
            - inside.pulled[buyer]
            - lift_of(work, buyer, inside.pulled[buyer]) * work.pull_slope[buyer]
        )
    aim_inside(net, terms, work, inside, system)
    total = 0.0
    for node in range(work.price.size):
        total += system.step[node]
    for buyer in range(work.delivered.size):
        total += system.delivered_step[buyer]
    return worst if math.isfinite(total) else math.nan


@inner
def aim_inside(net: Net, terms: Terms, work: Work, inside: Inside, system: System) -> None:
    """Add to the right side what flows, levels and takers would do were prices to stay."""
    for lane in range(net.lane_seller.size):
        if work.interior[lane] > 0.0:
            buyer: int = net.lane_buyer[lane]
            lifted = inside.lane_pull[lane] + lift_of(work, buyer, inside.pulled[buyer])
            system.step[net.lane_seller[lane]] += work.interior[lane] * lifted
            if net.lane_group[lane] >= 0:
                system.step[net.sellers + net.lane_group[lane]] += net.lane_load[lane] * work.interior[lane] * lifted
    for activity in range(work.level.size):
        if work.level_slope[activity] > 0.0:
            for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
                moved = net.entry_amount[entry] * inside.level_pull[activity]
                if net.entry_amount[entry] > 0.0:
                    system.step[net.entry_node[entry]] -= moved
                else:
                    system.delivered_step[net.entry_node[entry]] -= moved
    for taker in range(work.taken.size):
        if terms.base[taker] > 0.0:
            pulled = inside.kinked_pull[taker] + inside.beyond_pull[taker]
            system.delivered_step[net.taker_buyer[taker]] += pulled


@inner
def complementarity(net: Net, terms: Terms, work: Work, inside: Inside) -> float:
    """Return the mean product of multiplier and slack, relative to the quantity it belongs to."""
    products = 0.0
    for node in range(work.price.size):
        products += work.price[node] * inside.unsold[node] / work.scale[node]
    for buyer in range(work.delivered.size):
        products += work.delivered[buyer] * inside.unused[buyer] / terms.buyer_scale[buyer]
    count = work.price.size + work.delivered.size
    for lane in range(net.lane_seller.size):
        if terms.cap[lane] < math.inf and is_open(terms, lane):
            products += work.rent[lane] * (terms.cap[lane] - work.flow[lane]) / terms.cap[lane]
            count += 1
    for taker in range(work.taken.size):
        full = kink_quantity(terms, taker)
        if full > 0.0:
            kinked = inside.kinked[taker]
            products += inside.kinked_low[taker] * kinked / full
            products += inside.kinked_high[taker] * (full - kinked) / full
            beyond = inside.beyond[taker]
            products += inside.beyond_low[taker] * beyond / full
            products += inside.beyond_high[taker] * (most_beyond(terms, taker, full) - beyond) / full
            count += 4
    return products / count


@part
def approach(net: Net, terms: Terms, work: Work, system: System, inside: Inside) -> int:
    """Bring the prices in ``work`` near the solution from the reference; return the steps taken.

    A price whose balance has more left over than the price is worth is put at zero: free disposal.
    """
    go_inside(net, terms, work, inside)
    barrier, worst = FIRST_BARRIER, math.inf
    steps = 0
    while steps < MOST_INNER_STEPS:
        before = worst
        worst = look(net, terms, work, inside, system, barrier)
        # Rounding may keep the worst mismatch above what is asked for: nothing is gained by going on.
        is_done = worst < CLOSED or (worst < SETTLED and worst > 0.5 * before)
        if not math.isfinite(worst) or (is_done and barrier <= LAST_BARRIER):
            break
        solve_system(net, terms, work, RIDGE, system)
        follow(net, work, inside, system)
        advance(net, terms, work, inside, system, barrier)
        barrier = max(LAST_BARRIER, LOWERED * complementarity(net, terms, work, inside))
        steps += 1
    for node in range(work.price.size):
        if inside.unsold[node] > work.price[node] * work.scale[node]:
            work.price[node] = 0.0
    for buyer in range(work.delivered.size):
        if inside.unused[buyer] > work.delivered[buyer] * terms.buyer_scale[buyer]:
            work.delivered[buyer] = 0.0
    system.ridge[:] = 0.0
    return steps
