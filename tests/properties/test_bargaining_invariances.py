from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.bargaining import (
    all_packages,
    choose_threats,
    coco,
    compose,
    contributions,
    leverage_by_month,
    openings,
    pose,
    settle,
    with_outside_options,
)
from chokepoint.solutions import RULES, zone_of_agreement
from tests.bargaining.table import ISSUES, PARTIES, random_payoff

SEEDS = st.integers(0, 2**32 - 1)
RULE = st.sampled_from(list(RULES.values()))
LOTTERIES = st.booleans()


def posed(seed, **changes):
    return pose(**{"parties": PARTIES, "issues": ISSUES, "payoff": random_payoff(seed)} | changes)


def near(values, scale=1e9):
    return pytest.approx(values, rel=1e-9, abs=1e-9 * scale, nan_ok=True)


@given(SEEDS, RULE, LOTTERIES)
def test_relabelling_the_parties_relabels_gains_threats_and_leverage(seed, rule, lotteries):
    problem = posed(seed)
    mirror = pose(parties=PARTIES[::-1], issues=ISSUES, payoff=problem.payoff[:, ::-1])
    assert mirror.standoff.leverage == near(-problem.standoff.leverage)
    assert mirror.disagreement == near(problem.disagreement[:, ::-1])
    one, other = settle(problem, rule, lotteries=lotteries), settle(mirror, rule, lotteries=lotteries)
    assert other.gains == near(one.gains[:, ::-1])
    assert other.payment == near(-one.payment)


@given(SEEDS, RULE, LOTTERIES, st.permutations(range(3)))
def test_the_order_of_the_issues_changes_nothing(seed, rule, lotteries, order):
    problem = posed(seed)
    issues = [ISSUES[at] for at in order]
    packages = all_packages(issues)
    row_of = {tuple(levels): row for row, levels in enumerate(problem.packages.tolist())}
    back = np.argsort(order)
    rows = [row_of[tuple(levels[back].tolist())] for levels in packages]
    shuffled = pose(parties=PARTIES, issues=issues, payoff=problem.payoff[:, :, rows])
    assert shuffled.standoff.value == near(problem.standoff.value)
    one, other = settle(problem, rule, lotteries=lotteries), settle(shuffled, rule, lotteries=lotteries)
    assert other.gains == near(one.gains)
    split = contributions(shuffled, 5, 0)
    assert split == near(contributions(problem, rows[5], rows[0])[:, :, list(order)])


@given(SEEDS, RULE, LOTTERIES, st.floats(1e-6, 1e6))
def test_rescaling_money_rescales_every_answer(seed, rule, lotteries, factor):
    problem = posed(seed)
    scaled = posed(seed, payoff=problem.payoff * factor)
    one, other = settle(problem, rule, lotteries=lotteries), settle(scaled, rule, lotteries=lotteries)
    assert other.gains == near(one.gains * factor, 1e9 * factor)
    assert scaled.standoff.leverage == near(problem.standoff.leverage * factor, 1e9 * factor)
    assert openings(scaled.gains).payment == near(openings(problem.gains).payment * factor, 1e9 * factor)


@given(SEEDS, RULE, LOTTERIES)
def test_the_deal_is_never_worse_for_a_party_than_its_threat_point(seed, rule, lotteries):
    problem = posed(seed)
    agreement = settle(problem, rule, lotteries=lotteries)
    assert (agreement.gains[agreement.choice.is_deal] >= -1e-12 * np.abs(problem.payoff).max()).all()


@given(SEEDS, RULE, LOTTERIES)
def test_a_batch_equals_its_cases_one_by_one(seed, rule, lotteries):
    problem = posed(seed, payoff=random_payoff(seed, cases=6))
    together = settle(problem, rule, lotteries=lotteries)
    for case in range(6):
        alone = settle(posed(seed, payoff=problem.payoff[case : case + 1]), rule, lotteries=lotteries)
        assert alone.gains[0] == near(together.gains[case])


@given(SEEDS)
def test_v_changes_sign_when_the_parties_change_places(seed):
    rng = np.random.default_rng(seed)
    payoff = rng.normal(size=(5, 2, 4, 3))
    mirror = payoff[:, ::-1].swapaxes(2, 3)
    assert choose_threats(mirror).value == pytest.approx(-choose_threats(payoff).value, abs=1e-12)


@given(SEEDS)
def test_leverage_over_months_is_leverage_month_by_month(seed):
    payoff = np.random.default_rng(seed).normal(size=(3, 7, 2, 4, 5))
    curve = leverage_by_month(payoff)
    assert curve == pytest.approx(np.stack([choose_threats(payoff[:, month]).leverage for month in range(7)], axis=1))


@given(SEEDS)
def test_coco_shares_the_best_total_and_differs_by_v(seed):
    total, value = np.random.default_rng(seed).normal(size=(2, 6))
    split = coco(total, value)
    assert split.sum(axis=1) == pytest.approx(total)
    assert split[:, 0] - split[:, 1] == pytest.approx(value)


@given(SEEDS)
def test_with_chosen_threats_the_payment_of_the_best_package_leads_to_the_coco_split(seed):
    problem = posed(seed)
    agreement = settle(problem, RULES["utilitarian"])
    best = agreement.choice.of(problem.payoff)
    found = agreement.choice.is_deal & np.isclose(best.sum(axis=1), problem.best_total)
    paid = best + np.stack([agreement.payment, -agreement.payment], axis=1)
    assert paid[found] == near(coco(problem.best_total, problem.standoff.value)[found])


@given(SEEDS)
def test_contributions_add_up_to_the_package_and_a_settled_issue_brings_nothing(seed):
    problem = posed(seed)
    split = contributions(problem, 10, 0)
    assert split.sum(axis=2) == near(problem.payoff[:, :, 10] - problem.payoff[:, :, 0])
    unchanged = problem.packages[10] == problem.packages[0]
    assert unchanged.any()
    assert (split[:, :, unchanged] == 0.0).all()


@given(SEEDS)
def test_issues_that_do_not_touch_contribute_what_they_bring_alone(seed):
    rng = np.random.default_rng(seed)
    parts = [rng.normal(size=(2, 2, len(each.levels))) for each in ISSUES]
    packages = all_packages(ISSUES)
    problem = posed(seed, payoff=compose(packages, parts))
    split = contributions(problem, 11, 0)
    alone = np.stack([part[:, :, packages[11, at]] - part[:, :, 0] for at, part in enumerate(parts)], axis=2)
    assert split == pytest.approx(alone)


@given(SEEDS)
def test_what_would_open_a_package_opens_it_and_a_little_less_does_not(seed):
    gains = np.random.default_rng(seed).normal(size=(3, 2, 6))
    found = openings(gains)
    assert (gains + found.security).min() >= 0.0
    side = np.stack([found.payment, -found.payment], axis=1)
    can_pay = np.isfinite(found.payment)
    assert can_pay.tolist() == (gains.sum(axis=1) >= 0.0).tolist()
    assert ((gains + side).min(axis=1)[can_pay] >= -1e-12).all()
    is_closed = can_pay & ~zone_of_agreement(gains)
    assert ((gains + 0.99 * side).min(axis=1)[is_closed] < 0.0).all()


@given(SEEDS, RULE, LOTTERIES)
def test_an_outside_option_below_what_its_owner_gets_anyway_changes_nothing(seed, rule, lotteries):
    gains = np.random.default_rng(seed).normal(1.0, 1.0, size=(4, 2, 8))
    plain = (rule.over_lotteries if lotteries else rule.over_packages)(gains)
    got = np.nan_to_num(plain.of(gains), nan=0.0)
    answer = with_outside_options(gains, got - 0.1, rule, lotteries=lotteries)
    assert not answer.binds.any()
    assert answer.choice.of(gains) == pytest.approx(plain.of(gains), nan_ok=True)


@given(SEEDS, RULE)
def test_an_outside_option_that_binds_moves_the_lottery_just_as_far_as_it_must(seed, rule):
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0.0, 0.5 * np.pi, size=30))
    gains = np.stack([np.cos(angle), np.sin(angle)])[None]
    got = rule.over_lotteries(gains).of(gains)[0]
    wanted = got[0] + 0.5 * (gains[0, 0].max() - got[0])
    answer = with_outside_options(gains, np.array([[wanted, 0.0]]), rule, lotteries=True)
    assert answer.binds.tolist() == [[wanted > got[0], False]]
    assert answer.adds[0, 0] == pytest.approx(wanted - got[0])
    assert answer.choice.of(gains)[0, 0] == pytest.approx(wanted)


def test_options_that_both_want_more_than_there_is_leave_no_deal():
    gains = np.array([[[10.0, 0.0], [0.0, 10.0]]])
    answer = with_outside_options(gains, np.array([[6.0, 6.0]]), RULES["nash"], lotteries=True)
    assert not answer.choice.is_deal.any()


def test_a_posed_problem_cannot_be_changed():
    problem = posed(1)
    with pytest.raises(AttributeError):
        problem.parties = ("A", "B")
    assert replace(problem, parties=("A", "B")).parties == ("A", "B")
