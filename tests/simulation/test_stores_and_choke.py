"""Months in sequence: stores run down, refill and empty before anyone stops; uses give up at the choke price."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ruritania import two_countries, with_parameters, world
from tests.simulation.trade import go_on, months, settings_of, simulate

FENWICKITE = "fenwickite"


def stored(**changes):
    """Return two_countries() in which Sylvania keeps a store."""
    return world(
        {FENWICKITE: 1.0},
        [(FENWICKITE, "RUR", "SYL", 100.0)],
        [("mine", "RUR", 100.0, {FENWICKITE: 1.0})],
        [(FENWICKITE, "SYL", "lamps", 100.0)],
        [(FENWICKITE, "SYL", "industry")],
        **({"stock_cover": 3.0, "choke_price": 20.0, "choke_width": 0.1, "demand_elasticity": 0.05} | changes),
    )


def stopped(count=8, **changes):
    outcome = simulate(stored(**changes), count, cap_share=[0.0])
    assert outcome.is_solved.all()
    return outcome


@given(st.floats(0.5, 2.0), st.floats(2.0, 6.0))
@settings(max_examples=20)
def test_under_a_complete_stop_the_price_climbs_month_by_month_as_the_store_runs_down(psi, cover):
    outcome = stopped(6, stock_curvature=psi, stock_cover=cover)
    stock, target, price = outcome.stock[0, :, 0], outcome.target[0, :, 0], outcome.delivered[0, :, 0]
    falling = price < outcome.behaviour.release[0, 0]
    assert falling.any()
    assert price[falling] == pytest.approx((stock / target)[falling] ** (-1.0 / psi), rel=1e-7)
    running = price < 20.0
    assert (np.diff(price[running]) > 0.0).all()
    assert (np.diff(stock[running]) < 0.0).all()


def test_what_a_store_gives_up_is_what_is_used_while_nothing_arrives():
    outcome = stopped(2)
    assert outcome.opening_stock[0, :, 0] - outcome.stock[0, :, 0] == pytest.approx(outcome.use[0, :, 0], rel=1e-8)
    assert outcome.opening_stock[0, 0, 0] == pytest.approx(300.0)


@given(st.floats(0.2, 5.0), st.floats(0.3, 2.0), st.floats(0.1, 0.9))
@settings(max_examples=30)
def test_a_store_is_empty_before_its_owner_stops(cover, psi, release):
    outcome = stopped(8, stock_cover=cover, stock_curvature=psi, stock_release=release)
    served = outcome.use[0, :, 0]
    at_choke = 100.0 * 20.0**-0.05
    cut = served < at_choke * (1.0 - 1e-6)
    assert cut.any()
    assert outcome.stock[0, cut, 0].max() <= 1e-7 * 300.0


def test_a_use_is_kept_up_to_its_choke_price_and_gone_a_little_above_it():
    choke, gone = (
        simulate(two_countries(choke_price=5.0, choke_width=0.1), cap_share=[share]) for share in (0.725, 0.001)
    )
    assert choke.delivered.item() == pytest.approx(5.0, abs=0.01)
    assert 5.49 < gone.delivered.item() <= 5.5
    assert gone.use.item() == pytest.approx(0.1, rel=1e-7)


def test_when_nothing_can_be_had_the_price_is_an_interval_from_where_use_ends():
    outcome = simulate(two_countries(choke_price=5.0, choke_width=0.1), cap_share=[0.0])
    assert outcome.delivered.item() == pytest.approx(5.5, abs=1e-6)
    assert outcome.delivered_high.item() == np.inf
    assert outcome.use.item() == pytest.approx(0.0, abs=1e-8)


def reopened(refill):
    """Halve the flow for two months, then let it go for ten."""
    of = stored(refill_months=refill, stock_release=0.9)
    outcome, _ = go_on(
        of, months(12), settings_of(of), lambda when: {"cap_share": [0.5]} if months(1)[0].until(when) < 2 else {}
    )
    assert outcome.is_solved.all()
    return outcome


def test_a_refill_asks_for_one_part_in_tau_of_what_is_missing():
    outcome = reopened(4.0)
    opening, target = outcome.opening_stock[0, 3:, 0], outcome.target[0, 3:, 0]
    assert target == pytest.approx(opening + (300.0 - opening) / 4.0, rel=1e-9)
    stock = outcome.stock[0, :, 0]
    assert (np.diff(stock[2:]) > 0.0).all()


def test_a_refill_spread_over_more_months_bids_the_price_up_less():
    quick, slow = reopened(1.5), reopened(8.0)
    assert slow.delivered[0, 2, 0] < quick.delivered[0, 2, 0]
    assert slow.stock[0, 2, 0] < quick.stock[0, 2, 0]


def test_a_run_down_is_not_spread():
    # In the very first month of a stop a store with enough gives up nearly a whole month's need.
    outcome = stopped(1, refill_months=12.0)
    assert outcome.opening_stock[0, 0, 0] - outcome.stock[0, 0, 0] > 90.0


def test_precaution_ahead_of_a_control_raises_shipments_and_stocks():
    calm, wary = simulate(stored(), 2), simulate(stored(), 2, precaution=[[1.0]])
    assert wary.flow[0, 0, 0] > calm.flow[0, 0, 0] + 1.0
    assert wary.stock[0, -1, 0] > calm.stock[0, -1, 0] + 1.0


@pytest.mark.parametrize("owner", ["industry", "state"])
def test_each_owner_has_a_cover_of_its_own(owner):
    held = world(
        {FENWICKITE: 1.0},
        [(FENWICKITE, "RUR", "SYL", 100.0)],
        [("mine", "RUR", 100.0, {FENWICKITE: 1.0})],
        [(FENWICKITE, "SYL", "lamps", 100.0)],
        [(FENWICKITE, "SYL", owner)],
    )
    mine = with_parameters(held, stock_cover=3.0, state_cover=1.0)
    assert simulate(mine).opening_stock.item() == pytest.approx({"industry": 300.0, "state": 100.0}[owner])
