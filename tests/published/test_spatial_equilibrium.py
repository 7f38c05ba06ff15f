"""Published spatial equilibria (checks T-D1, T-D2 and T-D4), reached by the market kernel.

The kernel has frictions, logistic plants and curved demand; the published problems have none. They are reached
without typing in any answer:

- linear curves are the kernel's own (``tests/oracles/linear_markets.py``);
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

from chokepoint.market import clear
from tests.oracles.linear_markets import Place, month

THETA = 0.05


class Frictionless(NamedTuple):
    """Where repeated clearings came to: flows and prices by place."""

    flow: np.ndarray
    ex_works: np.ndarray
    delivered: np.ndarray


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
        wiring, terms, ends = month(costs_at(flow), places_at(flow), flow, theta=THETA)
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
        Place(
            endowment=endowment,
            supply=supply[place] / reference,
            supply_slope=supply_slope[place] / reference,
            demand=demand[place] / reference,
            demand_slope=demand_slope[place] / reference,
        )
        for place in range(3)
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
            Place(endowment, supply=(s2 + 2.0) / reference, supply_slope=5.0 / reference),
            Place(endowment, supply=(s1 + 3.0) / reference, supply_slope=2.0 / reference),
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
