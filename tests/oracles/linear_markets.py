"""Markets without curves: endowments, linear supply and demand, transport costs, in the kernel's own terms.

Demand falls linearly between a choke price and the price at which it ends, so a linear curve is the kernel's
own. A linear supply is a fixed endowment of which the owner keeps less the dearer it is: the same curve again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from chokepoint.market import Terms
from chokepoint.simulation import wire
from tests.oracles.markets import world_of

LOWEST = 0.01
CHOKE = 50.0  # of a fixed demand
GIVEN_UP = 1e-6  # how far above it, relative, the last unit is given up


class Place(NamedTuple):
    """Linear inverse curves of one place, in relative prices: ``demand - slope q`` and ``supply + slope q``.

    An endowment is what can be made at most, by default whatever the price; a plant makes the part
    ``logistic((p - cost) / spread)`` of it. A demand without slope is for a fixed quantity.
    """

    endowment: float = 0.0
    cost: float = -1.0
    spread: float = 0.02
    supply: float = 0.0
    supply_slope: float = 0.0
    demand: float = 0.0
    demand_slope: float = 0.0
    fixed: float = 0.0


def linear(highest, slope, lowest=LOWEST):
    """Return ``base, exponent, kink, end`` of the curve ``q = (highest - P) / slope``, constant below ``lowest``."""
    return (highest - lowest) / slope, 0.0, lowest, highest


def curves(places):
    """Return takers as ``(place, base, exponent, kink, end)``: what owners keep, then what is demanded."""
    kept = [
        (number, *linear(each.supply + each.supply_slope * each.endowment, each.supply_slope, each.supply))
        for number, each in enumerate(places)
        if each.supply_slope > 0.0
    ]
    wanted = [
        (number, *linear(each.demand, each.demand_slope))
        for number, each in enumerate(places)
        if each.demand_slope > 0.0
    ]
    fixed = [
        (number, each.fixed, 0.0, CHOKE, CHOKE * (1.0 + GIVEN_UP))
        for number, each in enumerate(places)
        if each.fixed > 0.0
    ]
    return sorted(kept + wanted + fixed)


def month(costs, places, flow, *, theta, cap=None):
    """Lay out one month whose wedges are the whole transport costs.

    Args:
        costs: transport costs (from, to), ``inf`` where there is no lane.
        places: the places; flow: reference flows (from, to).
        theta: friction of every lane, of switching and of volume alike; cap: caps (from, to).

    Returns:
        The wiring, the terms of one case, and the ends of each lane in the kernel's order.
    """
    makers = [number for number, each in enumerate(places) if each.endowment > 0.0]
    takers = curves(places)
    ends = [(i, j) for i, j in zip(*np.nonzero(np.isfinite(costs)), strict=True) if i in makers]
    world = world_of(
        len(places),
        range(1),
        [(0, *end, max(flow[end], 1e-30)) for end in ends],
        [("endowment", maker, places[maker].endowment, ((0, 1.0),)) for maker in makers],
        [(0, number, base) for number, base, *_ in takers],
    )
    wiring = wire(world)
    base, exponent, kink, end = np.array([curve for _, *curve in takers]).T[:, wiring.taker_order]
    endowment = np.array([places[maker].endowment for maker in makers])
    buyers = np.ones(wiring.buyer_good.size)
    terms = Terms(
        flow=world.lanes.flow_per_month[wiring.lane_order],
        cap=np.array([np.inf if cap is None else cap[each] for each in ends])[wiring.lane_order],
        wedge=np.array([costs[each] for each in ends])[wiring.lane_order],
        theta=theta * buyers,
        theta_volume=theta * buyers,
        capacity=endowment,
        midpoint=np.array([places[maker].cost for maker in makers]),
        spread=np.array([places[maker].spread for maker in makers]),
        base=base,
        exponent=exponent,
        kink=kink,
        end=end,
        opening=0.0 * buyers,
        quota=np.zeros(0),
        seller_scale=endowment,
        buyer_scale=np.bincount(wiring.net.taker_buyer, base * kink**-exponent, buyers.size),
    )
    ends = [ends[place] for place in wiring.lane_order]
    return wiring, Terms(*(np.ascontiguousarray(each, float)[None] for each in terms)), ends


def random_transport(seed, makers=None, users=None, bans=0.0):
    """Draw plants, fixed demands, transport costs and caps; more can be made than is demanded.

    Returns:
        Transport costs (from, to), caps, places (makers first), reference flows.
    """
    rng = np.random.default_rng(seed)
    makers, users = makers or int(rng.integers(2, 9)), users or int(rng.integers(2, 9))
    count = makers + users
    costs = np.full((count, count), np.inf)
    costs[:makers, makers:] = rng.uniform(0.1, 5.0, (makers, users))
    demand = rng.lognormal(2.0, 1.0, users)
    endowment = rng.dirichlet(np.ones(makers)) * demand.sum() * rng.uniform(1.01, 1.5)
    cap = np.where(rng.random(costs.shape) < bans, rng.choice([0.0, 1.0, 10.0], costs.shape), np.inf)
    places = [Place(each, cost=rng.uniform(0.2, 1.0)) for each in endowment]
    places += [Place(fixed=each) for each in demand]
    flow = np.where(np.isfinite(costs), rng.lognormal(1.0, 1.0, costs.shape), 0.0)
    return costs, cap, places, flow


def with_fixed_margins(places):
    """Let all be made whatever the price, and the last user take what the others leave."""
    made = sum(each.endowment for each in places)
    fixed = [Place(each.endowment, fixed=each.fixed) for each in places]
    return [*fixed[:-1], Place(demand=20.0, demand_slope=20.0 / (3.0 * made))]
