from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.stakes import delivered_paid, identity_gap, keep_books, prices_gap, weigh
from chokepoint.stakes.worth import relative_entropy
from tests.properties.worlds import chains, magnet_caps, single_goods
from tests.ruritania import chain
from tests.simulation.trade import simulate

DUTIES = st.lists(st.floats(0.0, 0.5), min_size=14, max_size=14)
CLOSES = 1e-9


def assert_books_close(outcome):
    books = keep_books(outcome)
    assert outcome.is_solved.all()
    assert outcome.residual.max() <= CLOSES
    assert identity_gap(outcome, books).max() <= CLOSES
    assert prices_gap(outcome).max() <= CLOSES


def balances(outcome):
    """Return the worst imbalance over all nodes relative to reference trade, added up here from the quantities."""
    world = outcome.world
    lanes, acts, uses, stores = world.lanes, world.activities, world.uses, world.stores
    goods, countries = len(world.goods), len(world.countries)

    def place(good, country):
        return np.eye(goods * countries)[country * goods + good]

    done = outcome.level[:, :, acts.entry_activity] * acts.entry_amount
    out = acts.entry_amount > 0.0
    at = place(acts.entry_good, acts.country[acts.entry_activity])
    sold = done[:, :, out] @ at[out] - outcome.flow @ place(lanes.good, lanes.exporter)
    drawn = outcome.opening_stock - outcome.stock
    bought = (
        outcome.flow @ place(lanes.good, lanes.importer)
        + done[:, :, ~out] @ at[~out]
        + drawn @ place(stores.good, stores.country)
        - outcome.use @ place(uses.good, uses.country)
    )
    unsold = np.zeros_like(sold)
    wiring = outcome.wiring
    unsold[:, :, wiring.seller_country * goods + wiring.seller_good] = outcome.unsold
    scale = lanes.flow_per_month.max()
    return max(np.abs(sold - unsold).max(), np.abs(bought).max()) / scale


@given(chains(), magnet_caps(), DUTIES)
@settings(max_examples=60)
def test_the_books_close_in_any_chain_under_any_caps_and_duties(world, cap, duty):
    assert_books_close(simulate(world, 3, cap_share=cap, duty=duty))


@given(single_goods(), st.lists(st.floats(0.0, 1.2), min_size=6, max_size=6))
@settings(max_examples=60)
def test_the_books_close_in_any_market_under_any_caps(world, cap):
    # Capped at home as well; Freedonia's own lane stays open, so that no price is an interval.
    assert_books_close(simulate(world, 3, cap_share=[*cap[:3], np.inf, *cap[4:]]))


@pytest.mark.parametrize("row", range(14))
def test_the_books_close_when_any_one_lane_is_shut(row):
    cap = np.full(14, np.inf)
    cap[row] = 0.0
    assert_books_close(simulate(chain(), 4, cap_share=cap))


@given(chains(), magnet_caps())
@settings(max_examples=40)
def test_what_is_made_or_drawn_from_stores_is_used_shipped_or_left_unsold(world, cap):
    assert balances(simulate(world, 3, cap_share=cap)) <= CLOSES


@pytest.mark.parametrize("row", range(14))
def test_a_residual_is_never_above_what_it_was_held_to(row):
    cap = np.full(14, np.inf)
    cap[row] = 0.0
    outcome = simulate(chain(), 4, cap_share=cap)
    assert (outcome.residual[outcome.is_solved] <= outcome.tolerance[outcome.is_solved]).all()


def both_runs(world, cap, **terms):
    outcome = simulate(world, 3, cap_share=cap, **terms)
    return outcome, weigh(outcome, simulate(world, 3))


@given(chains(), magnet_caps(), DUTIES)
@settings(max_examples=40)
def test_shortage_rent_and_switching_add_up_to_the_whole_change_of_payoff(world, cap, duty):
    outcome, stakes = both_runs(world, cap, duty=duty)
    change = keep_books(simulate(world, 3)).payoff - keep_books(outcome).payoff
    turnover = (world.lanes.flow_per_month * outcome.wiring.lane_price).sum()
    assert np.abs(stakes.shortage + stakes.rent + stakes.switching - change).max() <= CLOSES * turnover
    assert stakes.identity_gap <= CLOSES


@given(chains(), magnet_caps())
@settings(max_examples=40)
def test_rent_is_a_transfer_what_one_country_pays_another_gets(world, cap):
    outcome, stakes = both_runs(world, cap)
    turnover = (world.lanes.flow_per_month * outcome.wiring.lane_price).sum()
    assert np.abs(stakes.rent.sum(axis=2)).max() <= CLOSES * turnover
    assert np.abs(stakes.rent).max() > CLOSES * turnover or np.isinf(cap).all() or outcome.rent.max() < 1e-6


@given(chains(), magnet_caps(least=0.3))
@settings(max_examples=40)
def test_the_world_as_a_whole_loses_by_any_cap(world, cap):
    outcome, stakes = both_runs(world, cap)
    turnover = (world.lanes.flow_per_month * outcome.wiring.lane_price).sum()
    first = stakes.loss[:, 0].sum()
    assert first >= -CLOSES * turnover


def test_the_share_of_rent_the_exporter_takes_moves_money_and_nothing_else():
    cap = np.full(14, np.inf)
    cap[9] = 0.5
    kept = both_runs(chain(rent_share=0.0), cap)
    taken = both_runs(chain(rent_share=1.0), cap)
    rent = (kept[0].rent * kept[0].flow * kept[0].wiring.lane_price).sum(axis=2)
    assert rent.max() > 1.0
    assert taken[0].flow == pytest.approx(kept[0].flow, rel=1e-12)
    assert taken[1].loss[:, :, 1] - kept[1].loss[:, :, 1] == pytest.approx(rent, rel=1e-9)
    assert taken[1].loss[:, :, 0] - kept[1].loss[:, :, 0] == pytest.approx(-rent, rel=1e-9)


def test_the_paid_price_lies_below_the_marginal_one_by_the_rent_the_importer_keeps():
    cap = np.full(14, np.inf)
    cap[9] = 0.3
    outcome = simulate(chain(rent_share=0.25), 1, cap_share=cap)
    marginal, paid = delivered_paid(outcome)
    # Magnets come to Sylvania by two lanes only.
    buyer = int(outcome.wiring.lane_buyer[9])
    assert (outcome.wiring.lane_buyer == buyer).nonzero()[0].tolist() == [9, 12]
    price = outcome.ex_works[0, 0, outcome.wiring.lane_seller[[9, 12]]]
    flow = outcome.flow[0, 0, [9, 12]]
    expected = (flow * (price + 0.25 * outcome.rent[0, 0, [9, 12]])).sum() / flow.sum()
    assert paid[0, 0, buyer] == pytest.approx(expected, rel=1e-12)
    assert paid[0, 0, buyer] < marginal[0, 0, buyer]


def test_stakes_over_a_horizon_are_sums_and_discounting_shrinks_later_months():
    _, stakes = both_runs(chain(), np.where(np.arange(14) == 9, 0.5, np.inf))
    plain = stakes.over(stakes.loss)
    discounted = stakes.over(stakes.loss, np.array([0.1]))
    assert plain == pytest.approx(stakes.loss.sum(axis=1), rel=1e-12)
    by_hand = stakes.loss[:, 0] + stakes.loss[:, 1] / 1.1 + stakes.loss[:, 2] / 1.21
    assert discounted == pytest.approx(by_hand, rel=1e-12)


def test_a_flow_too_small_to_divide_leaves_a_number_in_the_books():
    least = np.nextafter(0.0, 1.0)
    assert relative_entropy(np.array([least, 0.0, 5.0]), np.array([10.0, 10.0, 5.0])).tolist() == [10.0, 10.0, 0.0]
