"""One good without curves: as friction vanishes the transport problem of HiGHS, with friction that of POT."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from chokepoint.market import clear
from tests.oracles.linear_markets import CHOKE, GIVEN_UP, Place, month

optimize = pytest.importorskip("scipy.optimize", reason="SciPy is not installed (chokepoint[dev])")

pytestmark = pytest.mark.oracle
SIGMAS = 2.0 ** np.arange(1, 15)


def random_transport(seed, bans):
    """Draw plants, fixed demands, transport costs and caps; more can be made than is demanded."""
    rng = np.random.default_rng(seed)
    makers, users = rng.integers(2, 9, 2)
    count = makers + users
    costs = np.full((count, count), np.inf)
    costs[:makers, makers:] = rng.uniform(0.1, 5.0, (makers, users))
    demand = rng.lognormal(2.0, 1.0, users)
    endowment = rng.dirichlet(np.ones(makers)) * demand.sum() * rng.uniform(1.01, 1.5)
    cap = np.where(rng.random(costs.shape) < bans, rng.choice([0.0, 1.0, 10.0], costs.shape), np.inf)
    places = [Place(each, cost=rng.uniform(0.2, 1.0)) for each in endowment] + [Place(fixed=each) for each in demand]
    flow = np.where(np.isfinite(costs), rng.lognormal(1.0, 1.0, costs.shape), 0.0)
    return costs, cap, places, flow


def whole_costs(costs, places):
    """Return the cost of making and shipping one more unit (from, to)."""
    return costs + np.array([each.cost for each in places])[:, None]


def cheapest(costs, cap, places):
    """Return the linear programme's least cost, its flows (from, to), and what stays unserved at the choke price.

    Costs are of making, of transport, and of leaving demand unserved.
    """
    ends = np.argwhere(np.isfinite(costs))
    users = [number for number, each in enumerate(places) if each.fixed > 0.0]
    shipped_from = np.array([ends[:, 0] == maker for maker in range(len(places))], float)
    shipped_to = np.array([ends[:, 1] == user for user in users], float)
    unserved = np.eye(len(users))
    found = optimize.linprog(
        np.concatenate([whole_costs(costs, places)[tuple(ends.T)], np.full(len(users), CHOKE)]),
        A_ub=np.hstack([shipped_from, np.zeros((len(places), len(users)))]),
        b_ub=[each.endowment for each in places],
        A_eq=np.hstack([shipped_to, unserved]),
        b_eq=[places[user].fixed for user in users],
        bounds=[(0.0, each) for each in cap[tuple(ends.T)]] + [(0.0, None)] * len(users),
        method="highs",
    )
    flow = np.zeros_like(costs)
    flow[tuple(ends.T)] = found.x[: len(ends)]
    return found.fun, flow, found.x[len(ends) :].sum()


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
    costs, cap, places, flow = random_transport(seed, bans)
    least, best, unserved = cheapest(costs, cap, places)
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
    costs, cap, places, flow = random_transport(seed, 0.0)
    places = [Place(each.endowment, fixed=each.fixed) for each in places]  # made whatever the price
    places[-1] = Place(demand=20.0, demand_slope=20.0 / (3.0 * sum(each.endowment for each in places)))
    wiring, terms, ends = month(costs, places, flow, theta=1.0 / sigma, cap=cap)
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
