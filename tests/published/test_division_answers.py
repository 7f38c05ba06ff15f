"""Published examples of divided issues, offers in turn and promises that enforce themselves (T-F3 to T-F5, T-F10)."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.bargaining import first_offer
from chokepoint.bargaining.commitment import least_patience, pool
from chokepoint.solutions import RULES
from chokepoint.solutions.adjusted_winner import adjusted_winner
from chokepoint.solutions.alternating_offers import alternating_offers
from chokepoint.solutions.divisible import divide, even_division, ideal_of
from chokepoint.solutions.issue_by_issue import linkage, settle_apart

# Brams and Taylor: points of Carol and Bob on retirement account, home, cottage, investments, other.
CAROL, BOB = (50, 20, 15, 10, 5), (40, 30, 10, 10, 10)
POINTS = np.array([CAROL, BOB], dtype=float)
PIES = [np.array([[carol, 0.0], [0.0, bob]]) for carol, bob in zip(CAROL, BOB, strict=True)]
PIE = np.array([[[1.0, 0.0], [0.0, 1.0]]])


def test_carol_and_bob_part_with_56_667_points_each_after_a_sixth_of_the_retirement_account():
    found = adjusted_winner(POINTS)
    assert found.points == pytest.approx([170 / 3, 170 / 3])
    assert found.first == pytest.approx([5 / 6, 0.0, 1.0, 0.0, 0.0])


def test_before_anything_moves_carol_has_65_and_bob_50():
    carols = POINTS[0] > POINTS[1]
    assert (POINTS[0, carols].sum(), POINTS[1, ~carols].sum()) == (65.0, 50.0)


def test_every_issue_in_half_gives_50_and_linkage_6_667_more():
    apart = settle_apart(PIES, RULES["nash"]).gains
    assert apart == pytest.approx([50.0, 50.0])
    assert divide(PIES, RULES["egalitarian"]).gains - apart == pytest.approx([20 / 3, 20 / 3])


def test_with_nashs_rule_on_both_sides_linkage_brings_carol_more_than_bob():
    found = linkage(PIES, RULES["nash"])
    assert found.together[0] * found.together[1] >= (170 / 3) ** 2
    assert (found.gain >= 0.0).all()


def test_bill_and_jacks_divided_goods_by_exact_programmes():
    bills, jacks = [(2, 4), (2, 2), (2, 1), (2, 2), (4, 1)], [(10, 1), (4, 1), (6, 2), (2, 2)]
    parts = [np.array([[0.0, -bill], [0.0, jack]]) for bill, jack in bills]
    parts += [np.array([[0.0, bill], [0.0, -jack]]) for bill, jack in jacks]
    assert [float(each) for each in ideal_of(parts)] == [18.0, 8.5]
    assert even_division(parts, ideal_of(parts)).gains == pytest.approx([324 / 29, 153 / 29])
    assert even_division(parts, [1, 1]).gains == pytest.approx([6.75, 6.75])
    assert divide(parts, RULES["nash"]).gains.tolist() == [12.0, 5.0]


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
def test_offers_in_turn_over_a_pie_are_rubinsteins(own, other, share):
    found = alternating_offers(PIE, np.array([[own, other]])).of(PIE)[0, 0]
    assert found == pytest.approx(share, abs=1e-6)
    assert found == pytest.approx(first_offer(own, other), abs=1e-12)


@pytest.mark.parametrize(("option", "share"), [(0.0, 0.473684), (0.4, 0.473684), (0.6, 0.6)])
def test_an_option_outside_changes_a_split_only_where_it_is_worth_more_than_waiting(option, share):
    found = alternating_offers(PIE, np.array([[0.9, 0.9]]), np.array([[0.0, option]]))
    assert found.of(PIE)[0, 1] == pytest.approx(share, abs=1e-6)


def test_options_that_together_are_worth_more_than_the_pie_leave_no_deal():
    assert not alternating_offers(PIE, np.array([[0.9, 0.9]]), np.array([[0.5, 0.6]])).is_deal[0]


def test_pooled_issues_need_the_patience_of_neither_but_of_both():
    assert least_patience(np.array([3.0, 1.0, 4.0]), np.array([1.0, 3.0, 4.0])).tolist() == [0.75, 0.25, 0.5]
    found = pool(np.array([[[3.0, 1.0], [3.0, 1.0]]]), np.array([[[1.0, 3.0], [1.0, 3.0]]]), np.array([[0.5, 0.5]]))
    assert found.apart.tolist() == [[0.75, 0.25]]
    assert found.pooled.tolist() == [0.5]
    assert found.holds.tolist() == [True]


def test_pooling_two_copies_of_one_issue_does_nothing():
    two = np.array([[[3.0, 3.0], [3.0, 3.0]]])
    found = pool(two, two / 3.0, np.array([[0.7, 0.7]]))
    assert found.apart.tolist() == [[0.75, 0.75]]
    assert found.pooled.tolist() == [0.75]
    assert not found.holds[0]


def test_a_promise_worth_nothing_holds_at_no_patience_and_one_without_temptation_at_any():
    assert least_patience(np.array([1.0, 0.0, -1.0]), np.array([0.0, 0.0, 2.0])).tolist() == [np.inf, 0.0, 0.0]


@pytest.mark.parametrize("discount", [0.2, 0.49, 0.51, 0.9])
def test_the_threshold_of_patience_is_where_cheating_forever_after_pays_no_more(discount):
    cheats, keeps = 4.0 - 4.0, sum(4.0 * discount**period for period in range(1, 5000))
    assert (4.0 + cheats <= keeps) == (discount >= least_patience(np.array([4.0]), np.array([4.0]))[0])
