"""Published spatial equilibria (checks T-D1, T-D2 and T-D4), reached by the market kernel.

The kernel has frictions, logistic plants and curved demand; the published problems have none. They are reached
without typing in any answer:

- demand is linear between a choke price and the price at which it ends, so a linear curve is the kernel's own;
- a linear supply is a fixed endowment of which the owner keeps less the dearer it is: the same curve again;
- the friction ``theta sum KL(q | f)`` vanishes where ``q = f``, so the month is cleared again and again from the
  flows it came to. That is the proximal point method with entropy as its distance, and its fixed point is the
  frictionless equilibrium. The result is judged by the published conditions, not by whether the loop stopped.

T-D4 has asymmetric costs, so no surplus is maximised and one clearing cannot express it. Its cross terms and
transport costs are put in at the last flows; the variational inequality is then checked at the fixed point.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from chokepoint.market import Terms, clear
from chokepoint.simulation import wire
from tests.oracles.markets import world_of

LOWEST = 0.01
THETA = 0.05


class Place(NamedTuple):
    """Linear inverse curves of one place, in relative prices: ``demand - slope q`` and ``supply + slope q``.

    An endowment is what can be made at most. A demand without slope is for a fixed quantity.
    """

    endowment: float = 0.0
    supply: float = 0.0
    supply_slope: float = 0.0
    demand: float = 0.0
    demand_slope: float = 0.0
    fixed: float = 0.0


class Frictionless(NamedTuple):
    """Where repeated clearings came to: flows and prices by place."""

    flow: np.ndarray
    ex_works: np.ndarray
    delivered: np.ndarray


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
    fixed = [(number, each.fixed, 0.0, 50.0, 51.0) for number, each in enumerate(places) if each.fixed > 0.0]
    return sorted(kept + wanted + fixed)


def month(costs, places, flow):
    """Lay out one month: the reference flows are those last reached, the wedges are the whole transport costs."""
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
        cap=np.full(len(ends), np.inf),
        wedge=np.array([costs[each] for each in ends])[wiring.lane_order],
        theta=THETA * buyers,
        theta_volume=THETA * buyers,
        capacity=endowment,
        midpoint=-np.ones(len(makers)),  # made even if the price is zero
        spread=np.full(len(makers), 0.02),
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


def repeated(costs_at, places_at, flow, *, times):
    """Clear from the flows last reached, time after time.

    Args:
        costs_at: transport costs (from, to) given the flows, ``inf`` where there is no lane.
        places_at: the places given the flows.
        flow: first flows (from, to).
        times: how often.
    """
    cleared = None
    for _ in range(times):
        wiring, terms, ends = month(costs_at(flow), places_at(flow), flow)
        cleared = clear(wiring.net, terms, cleared)
        assert cleared.is_solved.all()
        flow = np.zeros_like(flow)
        for end, shipped in zip(ends, cleared.flow[0], strict=True):
            flow[end] = shipped
    ex_works, delivered = np.full(len(flow), np.nan), np.full(len(flow), np.nan)
    ex_works[wiring.seller_country] = cleared.ex_works[0]
    delivered[wiring.buyer_country] = cleared.delivered[0]
    return Frictionless(flow, ex_works, delivered)


def test_compecon_spatial_equilibrium_prices_24_27_30_and_net_exports_6_3_minus_9():
    """Check T-D1: Miranda & Fackler, p. 56. Each place's owner keeps part of the endowment at home."""
    reference = 20.0  # the price that counts as 1
    demand, demand_slope = np.array([42.0, 54.0, 51.0]), np.array([2.0, 3.0, 1.0])
    supply, supply_slope = np.array([9.0, 3.0, 18.0]), np.array([1.0, 2.0, 1.0])
    freight = np.array([[0.0, 3.0, 9.0], [3.0, 0.0, 3.0], [6.0, 3.0, 0.0]])
    endowment = 40.0
    places = [
        Place(endowment, *(np.array(each) / reference))
        for each in zip(supply, supply_slope, demand, demand_slope, strict=True)
    ]
    found = repeated(lambda _: freight / reference, lambda _: places, np.ones((3, 3)), times=200)
    price = reference * found.delivered
    assert price == pytest.approx([24.0, 27.0, 30.0], abs=1e-6)
    assert reference * found.ex_works == pytest.approx(price, abs=1e-6)
    net_exports = found.flow.sum(axis=1) - found.flow.sum(axis=0)
    assert net_exports == pytest.approx([6.0, 3.0, -9.0], abs=1e-6)


def test_gams_transport_costs_153_675_at_its_shadow_prices():
    """Check T-D2: Dantzig's plants and markets; prices in thousand USD per case, a reference price of 0.2."""
    reference = 0.2
    freight = 90.0 / 1000.0 * np.array([[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]])
    places = [Place(350.0), Place(600.0), Place(fixed=325.0), Place(fixed=300.0), Place(fixed=275.0)]
    cost = np.full((5, 5), np.inf)
    cost[:2, 2:] = freight / reference
    found = repeated(lambda _: cost, lambda _: places, np.full((5, 5), 100.0), times=200)
    shipped = found.flow[:2, 2:]
    assert (freight * shipped).sum() == pytest.approx(153.675, rel=1e-6)
    assert shipped.sum(axis=0) == pytest.approx([325.0, 300.0, 275.0], rel=1e-9)
    assert reference * found.delivered[2:] == pytest.approx([0.225, 0.153, 0.126], abs=1e-6)


def test_nagurney_asymmetric_equilibrium_ships_three_halves_twice_and_two():
    """Check T-D4: supply markets 0 and 1, demand markets 2 and 3; published in one unit of price."""
    reference = 20.0
    endowment = 20.0

    def supplied(flow):
        return flow[:2, 2:].sum(axis=1)

    def cost_of(flow):
        (x11, x12), (x21, x22) = flow[:2, 2:]
        return np.array(
            [
                [x11 + 0.5 * x12 + 1.0, 2.0 * x12 + x22 + 1.5],
                [3.0 * x21 + 2.0 * x11 + 15.0, 2.0 * x22 + x12 + 10.0],
            ]
        )

    def lanes(flow):
        cost = np.full((4, 4), np.inf)
        cost[:2, 2:] = cost_of(flow) / reference
        cost[0, 0] = cost[1, 1] = 0.0  # what the owner keeps
        return cost

    def places(flow):
        s1, s2 = supplied(flow)
        d1, d2 = flow[:2, 2:].sum(axis=0)
        return [
            Place(endowment, (s2 + 2.0) / reference, 5.0 / reference),
            Place(endowment, (s1 + 3.0) / reference, 2.0 / reference),
            Place(demand=(28.75 - d2) / reference, demand_slope=2.0 / reference),
            Place(demand=(41.0 - d1) / reference, demand_slope=4.0 / reference),
        ]

    flow = repeated(lanes, places, np.ones((4, 4)), times=1500).flow
    shipped = flow[:2, 2:]
    (s1, s2), (d1, d2) = supplied(flow), shipped.sum(axis=0)
    supply_price = np.array([5.0 * s1 + s2 + 2.0, 2.0 * s2 + s1 + 3.0])
    demand_price = np.array([28.75 - 2.0 * d1 - d2, 41.0 - 4.0 * d2 - d1])
    slack = supply_price[:, None] + cost_of(flow) - demand_price
    assert np.max(np.abs(np.minimum(shipped, slack))) < 1e-9  # the variational inequality's own residual
    assert shipped == pytest.approx(np.array([[1.5, 1.5], [0.0, 2.0]]), abs=1e-9)
    assert demand_price == pytest.approx([22.25, 25.5], abs=1e-8)
    assert slack[1, 0] == pytest.approx(5.75, abs=1e-8)
