"""The cleared month against a general convex solver that knows nothing of it: the same programme given to Clarabel."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.market import State, clear
from tests.oracles.markets import random_market

pytest.importorskip("clarabel", reason="Clarabel is not installed (chokepoint[dev])")
pytest.importorskip("scipy", reason="SciPy is not installed (chokepoint[dev])")

from tests.oracles.conic import FORMULATIONS, TOLERANCES, ask_clarabel, best_of_clarabel

pytestmark = pytest.mark.oracle
FLOWS, OBJECTIVE, RESIDUAL = 1e-4, 1e-6, 1e-9
WORLDS = 200
LEAST_SOLVED = 0.95  # by Clarabel
LEAST_SOLVED_BY_US = 0.99


def apart(market, cleared, answer):
    """Return the worst difference of a flow, relative to what its buyer gets, and that of the objective."""
    usual = market.terms.buyer_scale[0][market.net.lane_buyer]
    flow = np.max(np.abs(cleared.flow[0] - answer.flow) / usual)
    return flow, abs(cleared.value[0] - answer.surplus) / abs(answer.surplus)


@pytest.mark.parametrize("seed", range(12))
def test_flows_and_surplus_are_those_of_a_general_convex_solver(seed):
    """Where that does not solve either, our own certificate stands alone: residual and gap are what it says."""
    market = random_market(seed)
    cleared = clear(market.net, market.terms)
    answer, _ = best_of_clarabel(market.net, market.terms)
    assert cleared.is_solved.all()
    if answer.status != "Solved":
        assert cleared.residual[0] <= cleared.tolerance[0] <= RESIDUAL, answer.status
        assert cleared.gap[0] <= OBJECTIVE, answer.status
        return
    flow, surplus = apart(market, cleared, answer)
    assert flow < FLOWS
    assert surplus < OBJECTIVE


@pytest.mark.parametrize("seed", [0, 2])
def test_both_cone_formulations_are_the_same_programme(seed):
    market = random_market(seed)
    first, second = (ask_clarabel(market.net, market.terms, 0, each, TOLERANCES[-1]) for each in FORMULATIONS)
    assert first.status == second.status == "Solved"
    usual = market.terms.buyer_scale[0][market.net.lane_buyer]
    assert np.max(np.abs(first.flow - second.flow) / usual) < FLOWS
    assert first.surplus == pytest.approx(second.surplus, rel=OBJECTIVE)


@pytest.mark.slow
def test_two_hundred_worlds_over_the_whole_ranges_agree_with_a_general_convex_solver(record_property):
    wrong, left_to_certificate, unsolved = [], [], []
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
            wrong += [(seed, flow, surplus)] if flow > FLOWS or surplus > OBJECTIVE else []
    record_property("left to our own certificate", left_to_certificate)
    assert not wrong
    assert len(unsolved) <= (1.0 - LEAST_SOLVED_BY_US) * WORLDS, unsolved
    assert len(left_to_certificate) <= (1.0 - LEAST_SOLVED) * WORLDS, left_to_certificate
    assert all(residual <= RESIDUAL and gap <= OBJECTIVE for _, _, residual, gap in left_to_certificate)
