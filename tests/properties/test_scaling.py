from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.stakes import weigh
from tests.properties.worlds import magnet_caps, stocked_chains, with_prices_times, with_quantities_times
from tests.simulation.trade import simulate

FACTORS = st.floats(1e-3, 1e3)
SAME = 1e-9


def both(world, cap):
    outcome = simulate(world, 3, cap_share=cap)
    assert outcome.is_solved.all()
    return outcome, weigh(outcome, simulate(world, 3))


def near(values, scale=None):
    """Expect values up to rounding, relative to a scale or to the largest of them."""
    return pytest.approx(values, rel=SAME, abs=SAME * (abs(values).max() if scale is None else scale))


@given(stocked_chains(), magnet_caps(), FACTORS)
@settings(max_examples=30)
def test_scaling_all_quantities_scales_flows_stocks_and_losses_and_leaves_prices(world, cap, factor):
    plain, stakes = both(world, cap)
    scaled, scaled_stakes = both(with_quantities_times(world, factor), cap)
    assert scaled.delivered == near(plain.delivered)
    assert scaled.ex_works == near(plain.ex_works)
    assert scaled.flow == near(factor * plain.flow)
    assert scaled.stock == near(factor * plain.stock)
    assert scaled_stakes.loss == near(factor * stakes.loss, factor * plain.value.max())


@given(stocked_chains(), magnet_caps(), FACTORS)
@settings(max_examples=30)
def test_scaling_money_scales_losses_and_leaves_relative_prices_and_flows(world, cap, factor):
    plain, stakes = both(world, cap)
    scaled, scaled_stakes = both(with_prices_times(world, factor), cap)
    assert scaled.delivered == near(plain.delivered)
    assert scaled.flow == near(plain.flow)
    assert scaled.stock == near(plain.stock)
    assert scaled_stakes.loss == near(factor * stakes.loss, factor * plain.value.max())
    assert scaled.profit == near(factor * plain.profit)
