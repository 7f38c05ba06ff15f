"""One good without curves: as friction vanishes the transport problem of HiGHS, with friction that of POT."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from chokepoint.market import clear
from tests.oracles.linear_markets import CHOKE, GIVEN_UP, month, random_transport, with_fixed_margins

pytest.importorskip("scipy.optimize", reason="SciPy is not installed (chokepoint[dev])")

from tests.oracles.linear_programme import cheapest, whole_costs

pytestmark = pytest.mark.oracle
SIGMAS = 2.0 ** np.arange(1, 15)


def entropy(flow, reference):
    """Return ``sum KL(q | f)``."""
    used = flow > 0.0
    return (flow[used] * np.log(flow[used] / reference[used])).sum() - flow.sum() + reference.sum()


@pytest.mark.parametrize("bans", [0.0, 0.5])
@pytest.mark.parametrize("seed", range(10))
def test_cost_falls_to_the_linear_programmes_at_least_as_fast_as_one_over_sigma(seed, bans):
    """What is minimised holds ``theta KL(q | f°)`` and ``b K (s ln s + (1 - s) ln(1 - s))`` besides.

    So no cost exceeds the least by more than ``theta KL`` of the cheapest flows and ``b K ln 2``, with ``b = theta``.
    """
    costs, cap, places, flow = random_transport(seed, bans=bans)
    least, best, unserved, _ = cheapest(costs, cap, places)
    total, whole = sum(each.fixed for each in places), whole_costs(costs, places)
    may_carry = np.isfinite(costs) & (cap > 0.0)
    most = entropy(best, np.where(may_carry, np.minimum(flow, cap), 0.0))
    most += np.log(2.0) * sum(each.endowment for each in places)
    start, over = None, None
    for sigma in SIGMAS:
        soft = [each._replace(spread=1.0 / sigma) for each in places]
        wiring, terms, ends = month(costs, soft, flow, theta=1.0 / sigma, cap=cap)
        start = clear(wiring.net, terms, start)
        assert start.is_solved.all()
        cost = sum(whole[end] * shipped for end, shipped in zip(ends, start.flow[0], strict=True))
        over = cost + CHOKE * (total - start.taken.sum()) - least
        rounding = 1e-8 * CHOKE * total
        assert -rounding <= over <= most / sigma + GIVEN_UP * CHOKE * unserved + rounding
    assert over <= 1e-3 * least


@pytest.mark.parametrize("sigma", [1.0, 5.0])
@pytest.mark.parametrize("seed", range(4))
def test_with_fixed_margins_flows_are_the_entropic_optimal_transport_of_pot(seed, sigma):
    """All is demanded at any price but by the last user, who takes what is left: every margin is fixed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # POT looks for tensor packages while it is imported
        ot = pytest.importorskip("ot", reason="POT is not installed (chokepoint[dev])")
    costs, _, places, flow = random_transport(seed)
    places = with_fixed_margins(places)
    wiring, terms, ends = month(costs, places, flow, theta=1.0 / sigma)
    cleared = clear(wiring.net, terms)
    assert cleared.is_solved.all()
    assert (cleared.ex_works > 0.0).all()
    shipped = np.zeros_like(costs)
    for end, each in zip(ends, cleared.flow[0], strict=True):
        shipped[end] = each
    supply = np.array([each.endowment for each in places if each.endowment > 0.0])
    demand = np.array([each.fixed for each in places[supply.size : -1]])
    margin = np.append(demand, supply.sum() - demand.sum())
    part = (slice(None, supply.size), slice(supply.size, None))
    ground = costs[part] - np.log(flow[part]) / sigma
    scale = supply.sum()
    plan = ot.sinkhorn(
        supply / scale, margin / scale, ground, 1.0 / sigma, method="sinkhorn_log", stopThr=1e-13, numItermax=100_000
    )
    assert shipped[part] / scale == pytest.approx(plan, abs=1e-9)
