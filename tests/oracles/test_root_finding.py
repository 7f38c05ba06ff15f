"""Small markets against SciPy's root-finding on their first-order conditions, written out once more."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.market import Terms, clear
from chokepoint.simulation import wire
from tests.oracles.markets import random_market

optimize = pytest.importorskip("scipy.optimize", reason="SciPy is not installed (chokepoint[dev])")

pytestmark = pytest.mark.oracle
SMALL = (2, 3, 4)
EXACT = 1e-8
LEAST_SLOPE = 1e-4
WORLDS = 40


def conditions(net, terms):
    """Return the equations of one case: excess at every seller and buyer, and each buyer's volume.

    Unknown are the logs of prices (sellers, buyers), then of volumes. With the volume ``Q`` known a flow is
    ``min(cap, f° (Q / Q°)^k exp((P - p - w) / theta))``, ``k = 1 - theta_V / theta``.
    """
    buyers = terms.opening.size
    usual = np.minimum(terms.flow, terms.cap)
    open_, whole = (np.bincount(net.lane_buyer, each, buyers) for each in (usual, terms.flow))
    nested = (1.0 - terms.theta_volume / terms.theta)[net.lane_buyer]
    entry = np.repeat(np.arange(terms.capacity.size), np.diff(net.entry_start))
    gives = net.entry_amount > 0.0

    def excess(unknown):
        price, delivered, volume = np.split(np.exp(unknown), [net.sellers, -buyers])
        near = np.clip(volume, open_, whole)
        pull = (delivered[net.lane_buyer] - price[net.lane_seller] - terms.wedge) / terms.theta[net.lane_buyer]
        flow = np.minimum(terms.cap, usual * (volume / near)[net.lane_buyer] ** nested * np.exp(pull))
        worth = net.entry_amount * np.where(
            gives, price[np.where(gives, net.entry_node, 0)], delivered[np.where(gives, 0, net.entry_node)]
        )
        margin = np.bincount(entry, worth, terms.capacity.size)
        level = terms.capacity / (1.0 + np.exp((terms.midpoint - margin) / terms.spread))
        moved = net.entry_amount * level[entry]
        arrivals = np.bincount(net.lane_buyer, flow, buyers)
        at = np.clip(delivered[net.taker_buyer], 0.01, terms.kink)
        cut = np.clip((terms.end - delivered[net.taker_buyer]) / (terms.end - terms.kink), 0.0, 1.0)
        taken = terms.base * at**-terms.exponent * cut
        over = np.bincount(net.entry_node[gives], moved[gives], net.sellers)
        over -= np.bincount(net.lane_seller, flow, net.sellers)
        short = terms.opening + arrivals - np.bincount(net.taker_buyer, taken, buyers)
        short += np.bincount(net.entry_node[~gives], moved[~gives], buyers)
        gap = np.log(arrivals / volume)
        return np.concatenate([over / terms.seller_scale, short / terms.buyer_scale, gap])

    return excess


def small_market(seed):
    """Draw a small market, mild enough that prices are above zero, without quotas."""
    market = random_market(seed, countries=SMALL[seed % len(SMALL)], most_groups=0)
    flow = market.world.lanes.flow_per_month[wire(market.world).lane_order][None]
    return market.net, market.terms._replace(
        flow=flow.copy(),
        cap=np.where(market.terms.cap < 0.5 * flow, np.inf, market.terms.cap),
        wedge=np.clip(market.terms.wedge, -0.1, 0.3),
        opening=0.0 * market.terms.opening,
        capacity=np.where(market.terms.capacity > 0.0, market.terms.capacity, market.terms.seller_scale.mean()),
    )


def smallest_slope(excess, unknown):
    """Return the least singular value of the slopes: near zero, some price is not unique."""
    columns = [(excess(unknown + step) - excess(unknown - step)) / 2e-6 for step in 1e-6 * np.eye(unknown.size)]
    return np.linalg.svd(np.array(columns).T, compute_uv=False)[-1]


def nearby_root(seed):
    """Return our logs of prices and volumes, and SciPy's from a start a hundredth off; None where neither is one."""
    net, terms = small_market(seed)
    cleared = clear(net, terms)
    assert cleared.is_solved.all()
    alone = Terms(*(each[0] for each in terms))
    arrivals = np.bincount(net.lane_buyer, cleared.flow[0], alone.opening.size)
    if not ((cleared.ex_works > 0.0).all() and (arrivals > 1e-9 * alone.buyer_scale).all()):
        return None  # something is given away, or out of reach: its price is a bound, not a root
    ours = np.log(np.concatenate([cleared.ex_works[0], cleared.delivered[0], arrivals]))
    excess = conditions(net, alone)
    if smallest_slope(excess, ours) < LEAST_SLOPE:
        return None
    start = ours + 0.01 * np.random.default_rng(seed).standard_normal(ours.size)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # SciPy may try absurd prices
        found = optimize.root(excess, start, method="hybr", options={"xtol": 1e-14})
    return ours, found.x, np.max(np.abs(found.fun))


def test_prices_and_volumes_are_the_root_that_scipy_finds_from_nearby():
    """The equations have one root; SciPy starts a hundredth beside ours and must come back to it."""
    found = [each for each in map(nearby_root, range(WORLDS)) if each is not None]
    reached = [(ours, theirs) for ours, theirs, residual in found if residual < 1e-12]
    assert len(reached) >= WORLDS // 4
    for ours, theirs in reached:
        assert theirs == pytest.approx(ours, abs=EXACT)
