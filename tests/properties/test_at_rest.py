from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from chokepoint.stakes import delivered_paid, weigh
from tests.properties.worlds import chains, single_goods
from tests.ruritania import chain, leak, two_countries
from tests.simulation.trade import simulate


def farthest(values, expected):
    return np.abs(values / expected - 1.0).max()


def assert_still(world):
    outcome = simulate(world, 12)
    assert outcome.is_solved.all()
    assert farthest(outcome.ex_works, 1.0) <= 1e-12
    assert farthest(outcome.delivered, 1.0) <= 1e-12
    assert farthest(outcome.flow, world.lanes.flow_per_month) <= 1e-12
    assert farthest(outcome.level, world.activities.level_per_month) <= 1e-12
    assert farthest(outcome.use, world.uses.demand_per_month) <= 1e-12
    assert np.abs(outcome.stock - outcome.behaviour.target[:, None]).max(initial=0.0) <= 1e-12 * outcome.flow.max()


@given(chains())
@settings(max_examples=30)
def test_a_chain_that_nothing_disturbs_stays_still_for_a_year(world):
    assert_still(world)


@given(single_goods())
@settings(max_examples=30)
def test_a_market_that_nothing_disturbs_stays_still_for_a_year(world):
    assert_still(world)


@pytest.mark.parametrize("world", [two_countries(), leak(), chain()], ids=["two countries", "leak", "chain"])
def test_an_undisturbed_year_costs_nobody_anything(world):
    outcome = simulate(world, 12)
    stakes = weigh(outcome, outcome)
    assert np.abs(stakes.loss).max() == 0.0


@given(chains())
@settings(max_examples=30)
def test_without_a_measure_nobody_trades_at_a_premium(world):
    outcome = simulate(world, 2)
    marginal, paid = delivered_paid(outcome)
    assert outcome.rent.max() == 0.0
    assert farthest(marginal, 1.0) <= 1e-12
    assert farthest(paid, 1.0) <= 1e-12
