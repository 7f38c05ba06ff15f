"""Published and hand-made answers of bargaining theory, typed in from where they stand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from chokepoint.bargaining import (
    all_packages,
    choose_threats,
    coco,
    compose,
    first_offer,
    gains_if_ratified,
    patience,
    pose,
    ratify,
    settle,
    solve_game,
    with_outside_options,
)
from chokepoint.solutions import RULES, nash_lottery, zone_of_agreement
from tests.bargaining.table import issue, plain

# Nash (1950), the example of Bill and Jack: utility to Bill, to Jack.
BILLS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACKS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}
TRADES = [(0, 8), (6, 7), (8, 6), (12, 5), (14, 4), (14, 3), (16, 2), (16, 1), (18, 0)]


def bill_and_jack():
    """Pose nine issues, one per good: it is kept or given."""
    goods = BILLS | JACKS
    issues = [issue(good, "Bill" if good in BILLS else "Jack", ("keep", "give")) for good in goods]
    signs = [-1.0 if good in BILLS else 1.0 for good in goods]
    parts = [
        np.array([[[0.0, sign * bill], [0.0, -sign * jack]]])
        for sign, (bill, jack) in zip(signs, goods.values(), strict=True)
    ]
    payoff = compose(all_packages(issues), parts)
    return pose(parties=("Bill", "Jack"), issues=issues, payoff=payoff, no_deal=np.zeros((1, 2)))


def gained(problem, rule, **options):
    return settle(problem, RULES[rule], **options).gains[0]


def test_bill_gives_book_whip_ball_and_bat_for_pen_toy_and_knife():
    problem = bill_and_jack()
    assert len(problem.packages) == 512
    agreement = settle(problem, RULES["nash"])
    assert agreement.gains.tolist() == [[12.0, 5.0]]
    levels = problem.packages[agreement.choice.first[0]]
    given = [good for good, level in zip(BILLS | JACKS, levels, strict=True) if level == 1]
    assert given == ["book", "whip", "ball", "bat", "pen", "toy", "knife"]


def test_the_products_of_nashs_table_are_his_and_the_greatest_is_unique():
    assert [bill * jack for bill, jack in TRADES] == [0, 42, 48, 60, 56, 42, 32, 16, 0]
    gains = bill_and_jack().gains[0]
    product = np.where((gains > 0.0).all(axis=0), gains[0] * gains[1], 0.0)
    assert product.max() == 60.0
    assert (product == 60.0).sum() == 1
    assert {(bill, jack) for bill, jack in TRADES} <= set(zip(*gains.tolist(), strict=True))


def test_nashs_point_stays_where_it_is_when_goods_can_be_divided():
    assert gained(bill_and_jack(), "nash", lotteries=True).tolist() == [12.0, 5.0]


def test_with_divisible_goods_kalai_and_smorodinsky_give_11_1724_and_5_2759():
    # On the edge from (8, 6)'s neighbour (6, 7) to (12, 5), towards the ideal point (18, 8.5).
    expected = (Fraction(324, 29), Fraction(153, 29))
    assert gained(bill_and_jack(), "kalai_smorodinsky", lotteries=True) == pytest.approx([float(x) for x in expected])
    assert [float(x) for x in expected] == pytest.approx([11.172414, 5.275862], abs=1e-6)


def test_with_divisible_goods_the_egalitarian_point_gives_both_6_75():
    assert gained(bill_and_jack(), "egalitarian", lotteries=True) == pytest.approx([6.75, 6.75])


@pytest.mark.parametrize(
    ("ends", "no_deal", "expected"),
    [([(100, 0), (0, 100)], (30, 20), (55, 45)), ([(0, 12), (6, 0)], (1, 2), (3, 6))],
)
def test_on_a_straight_frontier_nash_halves_what_lies_above_no_deal(ends, no_deal, expected):
    problem = plain(ends, no_deal=np.array([no_deal], dtype=float))
    assert gained(problem, "nash", lotteries=True) + no_deal == pytest.approx(expected)


@pytest.mark.parametrize(
    ("own", "other", "share"),
    [
        (0.9, 0.9, 0.526316),
        (0.9, 0.5, 0.909091),
        (0.5, 0.9, 0.181818),
        (0.95, 0.8, 0.833333),
        (0.8, 0.95, 0.208333),
    ],
)
def test_rubinsteins_first_offer(own, other, share):
    assert first_offer(own, other) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(("own", "other"), [(0.9, 0.5), (0.8, 0.95)])
def test_rubinsteins_share_is_the_end_of_backward_induction(own, other):
    kept = 1.0
    for _ in range(400):  # rounds in which the other, then the first, offers what the next round is worth
        kept = 1.0 - other * (1.0 - own * kept)
    assert first_offer(own, other) == pytest.approx(kept)


def test_quick_offers_lead_to_the_nash_rule_with_the_weights_of_patience():
    rates, step = (0.1, 0.3), 1e-6
    quick = first_offer(*(np.exp(-rate * step) for rate in rates))
    weight = patience(*rates)
    assert quick == pytest.approx(weight, abs=1e-6)
    pie = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    assert nash_lottery(pie, weight).of(pie)[0, 0] == pytest.approx(weight)


def test_an_outside_option_is_a_constraint_and_no_disagreement_point():
    # Discount factor 0.9: the responder gets 0.473684. An option of 0.40 changes nothing, one of 0.60 gives 0.60.
    proposer = first_offer(0.9, 0.9)
    assert 1.0 - proposer == pytest.approx(0.473684, abs=1e-6)
    pie = np.array([[[1.0, 0.0], [0.0, 1.0]]] * 2)
    rule = RULES["nash"]
    options = np.array([[0.0, 0.4], [0.0, 0.6]])
    answer = with_outside_options(pie, options, rule, lotteries=True)
    assert answer.choice.of(pie)[:, 1] == pytest.approx([0.5, 0.6])
    assert answer.binds.tolist() == [[False, False], [False, True]]
    assert answer.adds[1, 1] == pytest.approx(0.1)


def test_threats_with_a_saddle_give_4_5_and_5_5():
    payoff = np.array([[[[-2.0, -6.0], [-1.0, -4.0]], [[-3.0, -2.0], [-5.0, -3.0]]]])
    standoff = choose_threats(payoff)
    assert standoff.is_pure.tolist() == [True]
    assert standoff.value.tolist() == [-1.0]
    assert standoff.disagreement.tolist() == [[-4.0, -3.0]]
    assert standoff.first.tolist() == [[0.0, 1.0]]
    assert standoff.second.tolist() == [[0.0, 1.0]]
    assert standoff.leverage.tolist() == [-0.5]
    assert coco(np.array([10.0]), standoff.value).tolist() == [[4.5, 5.5]]


def test_two_prisoners_have_no_leverage_over_each_other():
    first = np.array([[3.0, 0.0], [5.0, 1.0]])
    standoff = choose_threats(np.stack([first, first.T])[None])
    assert standoff.value.tolist() == [0.0]
    assert coco(np.array([6.0]), standoff.value).tolist() == [[3.0, 3.0]]


def test_stone_paper_scissors_is_played_at_random():
    found = solve_game(np.array([[[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]]]))
    assert found.value[0] == pytest.approx(0.0, abs=1e-12)
    assert found.row[0] == pytest.approx([1 / 3] * 3)
    assert found.column[0] == pytest.approx([1 / 3] * 3)


SHARES = np.round(np.linspace(0.0, 1.0, 101), 2)
PIE = list(zip(SHARES, np.round(1.0 - SHARES, 2), strict=True))


def split(home=0.0, foreign=0.0):
    """Divide a pie whose principals ratify no less than these shares."""
    problem = plain(PIE)
    return settle(problem, RULES["nash"], ratification=ratify(problem.payoff, np.array([[home, foreign]])))


def test_schellings_tied_hand_gains():
    assert split().gains[0, 0] == 0.5
    assert split(home=0.6).gains[0, 0] == 0.6


def test_two_tied_hands_leave_no_agreement_and_the_change_that_would_open_one():
    # Home needs 0.6, the foreign side cannot give more than 0.55: 0.05 are missing.
    agreement = split(home=0.6, foreign=0.45)
    assert not agreement.choice.is_deal.any()
    assert agreement.impasse.reason == "no package that both would sign is ratified by both principals"
    assert np.isnan(agreement.impasse.payment)
    assert agreement.impasse.security.sum() == pytest.approx(0.05)


def test_under_a_threshold_nobody_knows_the_offer_rises_to_where_it_is_surely_ratified():
    thresholds = 0.4 + 0.4 * (np.arange(2000) + 0.5) / 2000
    payoff = np.tile(np.array(PIE).T[None], (2000, 1, 1))
    answers = ratify(payoff, np.column_stack([thresholds, np.zeros(2000)]))
    expected = gains_if_ratified(payoff, answers)
    assert RULES["nash"].over_packages(expected).of(expected * 0.0 + payoff[:1])[0, 0] == 0.8
    assert zone_of_agreement(expected)[0, 60]
    assert answers.chance_of_both[60] == pytest.approx(0.5, abs=1e-3)
