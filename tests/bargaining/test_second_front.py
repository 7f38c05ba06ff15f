from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.bargaining.second_front import (
    NOBODY,
    Curve,
    against_controller,
    avoided,
    dual_track,
    leaving,
    outbid,
    worth_now,
)

STEADY = Curve(years=(0, 10), usd_per_year=np.array([[100.0, 100.0]]))
FALLING = Curve(years=(0, 10), usd_per_year=np.array([[100.0, 0.0]]))
ONE = np.array([1.0])
ZERO = np.array([0.0])


def value(curve=STEADY, share=1.0, lead_time=0.0, chance=1.0, rate=0.0, horizon=10):
    terms = {"lead_time": lead_time, "chance": chance, "rate": rate}
    return avoided(
        curve, np.array([share]), horizon=horizon, **{name: np.array([each]) for name, each in terms.items()}
    ).item()


def test_a_falling_curve_is_read_between_its_years_and_stays_after_the_last():
    assert FALLING.until(13)[0, [0, 5, 10, 12]] == pytest.approx([100.0, 50.0, 0.0, 0.0])


def test_a_deposit_that_takes_longer_than_the_horizon_is_worth_nothing():
    assert value(lead_time=15.0, horizon=5) == 0.0
    assert value(lead_time=15.0, horizon=15) == 0.0
    assert value(lead_time=15.0, horizon=20) == pytest.approx(500.0)


def test_part_of_a_year_counts_as_part():
    assert value(lead_time=9.25) == pytest.approx(75.0)


def test_more_than_the_need_spares_no_more_than_the_loss():
    assert value(share=3.0) == pytest.approx(value(share=1.0)) == pytest.approx(1000.0)


@given(st.floats(0, 20), st.floats(0, 20), st.floats(0, 0.2), st.floats(0, 1))
def test_a_later_deposit_is_never_worth_more(first, second, rate, share):
    soon, late = sorted((first, second))
    assert (
        value(lead_time=soon, rate=rate, share=share, horizon=25)
        >= value(lead_time=late, rate=rate, share=share, horizon=25) - 1e-9
    )


def test_present_worth_discounts_all_years_but_the_first():
    assert worth_now(np.array([[100.0, 110.0]]), np.array([0.1])) == pytest.approx([200.0])


def sale(mine, rivals, kept=0.0):
    return outbid(np.array([[mine, rivals]], float), np.array([kept]))


def test_the_higher_bidder_wins_and_pays_what_the_other_would_have():
    found = sale([10.0, 0.0, 4.0], [0.0, 6.0, 1.0])
    assert (found.winner.item(), found.least.item()) == (0, 6.0)
    assert found.willing.tolist() == [[10.0, 6.0]]
    assert found.exclusive.tolist() == [[6.0, 5.0]]


def test_who_is_hurt_by_the_others_winning_bids_to_keep_him_out():
    found = sale([10.0, 0.0, 4.0], [-15.0, 0.0, -6.0])
    assert (found.winner.item(), found.least.item()) == (1, 13.0)


def test_sharing_wins_where_both_together_gain_more_by_it():
    found = sale([10.0, 0.0, 9.0], [0.0, 8.0, 7.0])
    assert found.winner.item() == 2
    assert found.shared.item() == 16.0
    assert found.least.item() == 10.0


def test_an_owner_who_is_offered_less_than_he_keeps_does_not_sell():
    found = sale([10.0, 0.0, 4.0], [0.0, 6.0, 1.0], kept=20.0)
    assert (found.winner.item(), found.least.item()) == (NOBODY, 0.0)


@given(st.floats(1, 1e3), st.floats(0, 1))
def test_swapping_the_bidders_swaps_the_winner_and_leaves_the_price(high, part):
    mine, rivals = [high, 0.0, 0.1 * high], [0.0, part * 0.9 * high, 0.05 * part * high]
    one, other = sale(mine, rivals), sale([rivals[1], rivals[0], rivals[2]], [mine[1], mine[0], mine[2]])
    assert (one.winner.item(), other.winner.item()) == (0, 1)
    assert one.least == pytest.approx(other.least)


def test_the_controller_bids_half_of_what_a_stop_would_no_longer_cost():
    found = outbid(against_controller(np.array([80.0]), np.array([30.0])), ZERO)
    assert found.willing.tolist() == [[80.0, 40.0]]
    assert found.winner.item() == 0
    # The owner can also threaten to sell to both: 30 from the one, 25 from the other not to be left out.
    assert found.least.item() == found.shared.item() == 55.0


def left(mine=STEADY, theirs=None, lead=5.0, cost=0.0, years=(0,), horizon=20):
    theirs = theirs or Curve(years=(0,), usd_per_year=np.array([[0.0]]))
    return leaving(
        mine,
        theirs,
        years,
        lead_time=np.array([lead]),
        cost=np.array([cost]),
        rate=ZERO,
        horizon=horizon,
    )


def test_an_outside_option_below_the_deal_changes_nothing():
    # The deal spares half of 20 years; a chain in 11 years spares 9 of them.
    found = left(lead=11.0)
    assert (found.deal.item(), found.option.item()) == (1000.0, 900.0)
    assert not found.binds.item()
    assert found.adds.item() == 0.0


def test_an_outside_option_above_the_deal_binds_and_lifts_the_deal_to_it():
    found = left(lead=5.0)
    assert found.binds.item()
    assert found.deal.item() + found.adds.item() == found.option.item() == 1500.0


def test_the_dearer_the_other_sides_own_loss_the_less_an_option_binds():
    assert not left(lead=5.0, theirs=Curve(years=(0,), usd_per_year=np.array([[100.0]]))).binds.item()


def test_a_chain_begun_now_binds_later_though_not_at_once():
    found = left(lead=11.0, years=(0, 5))
    assert found.binds.tolist() == [[False, True]]


def test_what_is_left_of_the_cost_counts_and_what_is_spent_does_not():
    found = left(lead=5.0, cost=100.0, years=(0, 3, 5))
    assert found.option[0] == pytest.approx([1400.0, 1760.0, 2000.0])


def test_two_fronts_are_one_strategy_a_contradiction_or_undecided():
    main, front, paid = (np.full(11, each) for each in (100.0, 10.0, 4.0))
    assert dual_track(main, front, paid, np.full(11, 0.0)).verdict == "one strategy"
    assert dual_track(main, front, paid, np.full(11, 0.2)).verdict == "a contradiction"
    assert dual_track(main, np.zeros(11), paid, np.full(11, 0.2)).verdict == "only a cost so far"
    mixed = dual_track(main, front, paid, np.linspace(-0.1, 0.2, 11))
    assert mixed.verdict == "the evidence does not decide"
    assert mixed.low < 0.0 < mixed.high
    assert mixed.breaks_even == pytest.approx(0.06)


def test_money_in_other_units_rescales_the_dual_track_and_keeps_the_verdict():
    rng = np.random.default_rng(3)
    main, front, paid, share = rng.random((4, 50))
    one, other = (dual_track(k * main, k * front, k * paid, share - 0.5) for k in (1.0, 1000.0))
    assert other.middle == pytest.approx(1000.0 * one.middle)
    assert (other.verdict, other.breaks_even) == (one.verdict, pytest.approx(one.breaks_even))
