"""One buyer at a time: what its balance would be at another price, and the price that closes it alone.

Used where Newton needs help: to start from prices at which no flow is out of all proportion, and to find
the ends of a delivered price that is an interval.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import made, taken
from chokepoint.market.state import meet_lanes, nested_friction

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms, Vector
    from chokepoint.market.state import Work

MOST_TRIALS = 100
DRAGGING = 10
CLOSE = 1e-12
LEAST_PRICE, MOST_PRICE = 1e-9, 1e9
GROSS = 0.3
UNBALANCED = 1e-9
NO_ONE, GROSSLY_OFF, CUT_OFF = 0, 1, 2
FLAT = 1e-9
SLACK = 1e-13
CEILING = 1e6
EDGE_HALVINGS = 70


@inner
def inputs_at(net: Net, terms: Terms, work: Work, block: int, buyer: int, price: float) -> tuple[float, float]:
    """Return what the country's activities take of one buyer's good at another price of it, and how fast it falls."""
    quantity, falling = 0.0, 0.0
    for activity in range(net.block_activity[block], net.block_activity[block + 1]):
        margin, needed = 0.0, 0.0
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            amount, node = net.entry_amount[entry], net.entry_node[entry]
            if amount > 0.0:
                margin += amount * work.price[node]
            elif node == buyer:
                margin += amount * price
                needed -= amount
            else:
                margin += amount * work.delivered[node]
        if needed > 0.0:
            level, slope = made(margin, terms.capacity[activity], terms.midpoint[activity], terms.spread[activity])
            quantity += needed * level
            falling += needed * needed * slope
    return quantity, falling


@inner
def demand_at(net: Net, terms: Terms, work: Work, block: int, buyer: int, price: float) -> tuple[float, float]:
    """Return everything taken at one buyer at another price, and how fast it falls."""
    quantity, falling = inputs_at(net, terms, work, block, buyer, price)
    for taker in range(net.block_taker[block], net.block_taker[block + 1]):
        if net.taker_buyer[taker] == buyer:
            part, slope = taken(price, terms.base[taker], terms.exponent[taker], terms.kink[taker], terms.end[taker])
            quantity += part
            falling += slope
    return quantity, falling


@inner
def supply_at(net: Net, terms: Terms, work: Work, buyer: int, price: float) -> tuple[float, float]:
    """Return arrivals and opening stock of one buyer at another price, and how fast they rise."""
    held = work.delivered[buyer]
    work.delivered[buyer] = price
    meet_lanes(net, terms, work, buyer)
    work.delivered[buyer] = held
    total = work.arrived[buyer]
    depth = total - work.pull_slope[buyer] * nested_friction(terms, work, buyer)
    rising = work.pull_slope[buyer] * total / depth if depth > 0.0 else 0.0
    return total + terms.opening[buyer], rising


@inner
def excess_at(net: Net, terms: Terms, work: Work, block: int, buyer: int, price: float) -> float:
    """Return arrivals and opening stock less everything taken, at another price of one buyer."""
    supply = supply_at(net, terms, work, buyer, price)[0]
    return supply - demand_at(net, terms, work, block, buyer, price)[0]


@inner
def closing_price(net: Net, terms: Terms, work: Work, block: int, buyer: int) -> float:
    """Find the price that closes one buyer's balance with all else as it is; zero where even then something is left.

    Newton on ``ln(supply / demand)`` over the log of the price, in which powers and exponentials are nearly straight,
    from the price as it is; by halves where that leaves the bracket or drags on.
    """
    if excess_at(net, terms, work, block, buyer, LEAST_PRICE) > 0.0:
        return 0.0
    low, high = math.log(LEAST_PRICE), math.log(MOST_PRICE)
    trial = math.log(min(max(work.delivered[buyer], LEAST_PRICE), MOST_PRICE))
    for number in range(MOST_TRIALS):
        price = math.exp(trial)
        supply, rising = supply_at(net, terms, work, buyer, price)
        demand, falling = demand_at(net, terms, work, block, buyer, price)
        if abs(supply - demand) <= CLOSE * supply or high - low <= CLOSE:
            break
        if supply < demand:
            low = trial
        else:
            high = trial
        following = math.nan
        if supply > 0.0 and demand > 0.0:
            following = trial - math.log(supply / demand) / (price * (rising / supply + falling / demand))
        is_fit = low < following < high and (number < DRAGGING or number % 2 == 0)
        trial = following if is_fit else 0.5 * (low + high)
    return math.exp(trial)


@inner
def lanes_rule(work: Work, buyer: int) -> bool:
    """Say whether a buyer's arrivals answer its price more than its uses, stores and plants do."""
    if work.arrived[buyer] <= 0.0:
        return False
    depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
    return work.pull_slope[buyer] * work.arrived[buyer] > work.take_slope[buyer] * depth


@inner
def settle(net: Net, terms: Terms, work: Work, kind: int) -> bool:
    """Put buyers at the price that closes their balance alone; say whether there was one.

    ``GROSSLY_OFF``: those whose balance is grossly wrong. A change of volume meets little friction, so last month's
    price can call for a flood this month, and Newton would step down from it by one factor of e at a time.
    ``CUT_OFF``: those out of balance whose lanes hardly answer. Where all lanes are capped, uses end at a kink, and one
    such buyer, all but cut off from the rest, would shorten everybody's steps.
    """
    found = False
    if kind == NO_ONE:
        return found
    for block in range(net.block_buyer.size - 1):
        for buyer in range(net.block_buyer[block], net.block_buyer[block + 1]):
            gap = abs(work.short[buyer]) / terms.buyer_scale[buyer]
            is_cut_off = gap > UNBALANCED and not lanes_rule(work, buyer)
            if not gap <= GROSS if kind == GROSSLY_OFF else is_cut_off:
                work.delivered[buyer] = closing_price(net, terms, work, block, buyer)
                found = True
    return found


@inner
def edge(net: Net, terms: Terms, work: Work, block: int, buyer: int, inside: float, outside: float) -> float:
    """Bisect for the price nearest ``outside`` at which the buyer's balance still holds."""
    slack = SLACK * terms.buyer_scale[buyer] + abs(work.short[buyer])
    if abs(excess_at(net, terms, work, block, buyer, outside)) <= slack:
        return outside
    for _ in range(EDGE_HALVINGS):
        middle = 0.5 * (inside + outside)
        if abs(excess_at(net, terms, work, block, buyer, middle)) <= slack:
            inside = middle
        else:
            outside = middle
    return inside


@inner
def settle_intervals(net: Net, terms: Terms, work: Work, delivered_high: Vector) -> bool:
    """Where a delivered price is an interval, put the canonical (lowest) one in ``work`` and fill the highest.

    A price is an interval where nothing at the buyer responds to it: every lane capped or closed, uses cut
    off, stores empty. Says whether there was one.
    """
    found = False
    for block in range(net.block_buyer.size - 1):
        for buyer in range(net.block_buyer[block], net.block_buyer[block + 1]):
            price = work.delivered[buyer]
            delivered_high[buyer] = price
            responds = work.take_slope[buyer] + work.pull_slope[buyer] > FLAT * terms.buyer_scale[buyer]
            if responds or price <= 0.0:
                continue
            found = True
            high = edge(net, terms, work, block, buyer, price, CEILING)
            delivered_high[buyer] = high if high < CEILING else math.inf
            work.delivered[buyer] = edge(net, terms, work, block, buyer, price, 0.0)
    return found
