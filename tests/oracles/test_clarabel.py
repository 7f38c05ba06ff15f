"""The cleared month against a general convex solver that knows nothing of it: the same programme given to Clarabel."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.market import State, clear
from tests.oracles.markets import random_market

pytest.importorskip("clarabel", reason="Clarabel is not installed (chokepoint[dev])")
pytest.importorskip("scipy", reason="SciPy is not installed (chokepoint[dev])")

from tests.oracles.conic import FORMULATIONS, best_of_clarabel, nearest_of_clarabel

pytestmark = pytest.mark.oracle
FLOWS, OBJECTIVE, RESIDUAL = 1e-4, 1e-6, 1e-9
WORLDS = 200
SMALL_WORLDS = 12
LEAST_SOLVED = 0.95  # by Clarabel
LEAST_SOLVED_BY_US = 0.99


def apart(market, cleared, answer):
    """Return the worst difference of a flow, relative to what its buyer gets, and that of the objective."""
    usual = market.terms.buyer_scale[0][market.net.lane_buyer]
    flow = np.max(np.abs(cleared.flow[0] - answer.flow) / usual)
    return flow, abs(cleared.value[0] - answer.surplus) / abs(answer.surplus)


def small(seed):
    return random_market(seed, countries=2 + seed)


@pytest.mark.parametrize("seed", range(SMALL_WORLDS))
def test_flows_and_surplus_are_those_of_a_general_convex_solver(seed):
    market = small(seed)
    cleared = clear(market.net, market.terms)
    answer, _ = best_of_clarabel(market.net, market.terms)
    assert cleared.is_solved.all()
    assert answer.status == "Solved"
    flow, surplus = apart(market, cleared, answer)
    assert flow < FLOWS
    assert surplus < OBJECTIVE


@pytest.mark.parametrize("seed", range(SMALL_WORLDS))
def test_both_cone_formulations_are_the_same_programme(seed):
    market = small(seed)
    first, second = (nearest_of_clarabel(market.net, market.terms, 0, each) for each in FORMULATIONS)
    assert first.status == second.status == "Solved"
    usual = market.terms.buyer_scale[0][market.net.lane_buyer]
    assert np.max(np.abs(first.flow - second.flow) / usual) < FLOWS
    assert first.surplus == pytest.approx(second.surplus, rel=OBJECTIVE)


@pytest.mark.slow
def test_two_hundred_worlds_over_the_whole_ranges_agree_with_a_general_convex_solver(record_property):
    wrong, left_to_certificate, unsolved, farthest = [], [], [], (0.0, 0.0)
    for seed in range(WORLDS):
        market = random_market(seed)
        cleared = clear(market.net, market.terms)
        answer, _ = best_of_clarabel(market.net, market.terms)
        if not cleared.is_solved.all():
            unsolved.append((seed, State(int(cleared.state[0])).name, cleared.residual[0]))
        elif answer.status != "Solved":
            left_to_certificate.append((seed, answer.status, cleared.residual[0], cleared.gap[0]))
        else:
            flow, surplus = apart(market, cleared, answer)
            farthest = max(farthest[0], flow), max(farthest[1], surplus)
            wrong += [(seed, flow, surplus, answer.error)] if flow > FLOWS or surplus > OBJECTIVE else []
    record_property("left to our own certificate", left_to_certificate)
    record_property("farthest apart: flow, surplus", farthest)
    assert not wrong
    assert len(unsolved) <= (1.0 - LEAST_SOLVED_BY_US) * WORLDS, unsolved
    assert len(left_to_certificate) <= (1.0 - LEAST_SOLVED) * WORLDS, left_to_certificate
    assert all(residual <= RESIDUAL and gap <= OBJECTIVE for _, _, residual, gap in left_to_certificate)
