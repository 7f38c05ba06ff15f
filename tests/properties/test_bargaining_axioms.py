from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.solutions import RULES, nash_lottery
from tests.bargaining.axioms import AXIOMS, batch, chosen, independence, pareto

SEEDS = st.integers(0, 2**32 - 1)
OVER = ("packages", "lotteries")

APART = [(2, 1), (1, 2)]  # no single package treats the two alike
CROWD = ([(10, 0), (0, 10), (5, 8)], [(6, 6)], 1)
RICHER = ([(10, 0), (5, 8)], [(9, 5)], 1)
BULGE = ([(1, 0), (0, 1), (0.75, 0.75)], [(1, 0.7)], 1)  # Kalai and Smorodinsky's own example

COUNTEREXAMPLES = {
    **{(rule, "packages", "symmetry"): ([(2, 1)],) for rule in RULES},
    ("nash", "packages", "individual_monotonicity"): RICHER,
    ("nash", "lotteries", "individual_monotonicity"): BULGE,
    ("kalai_smorodinsky", "packages", "independence"): ([(6, 5), (4, 8), (10, 0)], {0, 1}),
    ("kalai_smorodinsky", "packages", "individual_monotonicity"): CROWD,
    ("kalai_smorodinsky", "lotteries", "independence"): ([(2, 0), (0, 1)], {1}),
    ("egalitarian", "packages", "scale_invariance"): ([(2, 2), (3, 1)], (1, 3)),
    ("egalitarian", "packages", "individual_monotonicity"): CROWD,
    ("egalitarian", "lotteries", "scale_invariance"): ([(2, 0), (0, 2)], (1, 3)),
    ("utilitarian", "packages", "scale_invariance"): ([(3, 1), (1, 2)], (1, 3)),
    ("utilitarian", "packages", "individual_monotonicity"): RICHER,
    ("utilitarian", "lotteries", "scale_invariance"): ([(2, 0), (0, 2)], (1, 3)),
    ("utilitarian", "lotteries", "independence"): (APART, {0}),
    ("utilitarian", "lotteries", "individual_monotonicity"): BULGE,
}


def choose(rule, over):
    return RULES[rule].over_packages if over == "packages" else RULES[rule].over_lotteries


def declared(rule, over):
    return dataclasses.asdict(RULES[rule].package_axioms if over == "packages" else RULES[rule].lottery_axioms)


def keys(*, promised):
    return [
        (rule, over, axiom)
        for rule in RULES
        for over in OVER
        for axiom, holds in declared(rule, over).items()
        if holds is promised
    ]


def drawn(axiom, seed):
    """Draw a problem for an axiom: some packages good for both, others not."""
    rng = np.random.default_rng(seed)
    points = [*rng.normal(1.0, 2.0, size=(rng.integers(1, 12), 2)), rng.uniform(0.1, 3.0, size=2)]
    if axiom == "scale_invariance":
        return points, np.exp(rng.normal(0.0, 3.0, size=2))
    if axiom == "independence":
        return points, set(np.flatnonzero(rng.random(len(points)) < 0.5).tolist())
    if axiom == "individual_monotonicity":
        points = np.maximum(points, 0.0)
        party = int(rng.integers(2))
        added = rng.uniform(0.0, 5.0, size=(2, 2))
        added[:, 1 - party] *= points[:, 1 - party].max() / 5.0
        return [tuple(each) for each in points], [tuple(each) for each in added], party
    return (points,)


def test_every_rule_stands_on_the_shelf_under_its_own_name():
    assert [rule.name for rule in RULES.values()] == list(RULES)


@pytest.mark.parametrize(("rule", "over", "axiom"), keys(promised=True))
@given(SEEDS)
def test_a_promised_axiom_holds_on_every_problem(rule, over, axiom, seed):
    assert AXIOMS[axiom](choose(rule, over), *drawn(axiom, seed))


def test_every_axiom_that_is_not_promised_has_a_counterexample():
    assert set(COUNTEREXAMPLES) == set(keys(promised=False))


@pytest.mark.parametrize(("rule", "over", "axiom"), COUNTEREXAMPLES)
def test_an_axiom_that_is_not_promised_fails(rule, over, axiom):
    assert not AXIOMS[axiom](choose(rule, over), *COUNTEREXAMPLES[rule, over, axiom])


@given(SEEDS, st.floats(0.05, 0.95))
def test_the_nash_rule_with_weights_keeps_pareto_and_independence(seed, weight):
    def weighted(gains):
        return nash_lottery(gains, weight)

    points, kept = drawn("independence", seed)
    assert pareto(weighted, points)
    assert independence(weighted, points, kept)


def test_the_nash_rule_with_weights_divides_money_in_their_proportion():
    weight = np.array([0.2, 0.5, 0.9])
    gains = np.tile(batch([(10, 0), (0, 10)]), (3, 1, 1))
    assert nash_lottery(gains, weight).of(gains)[:, 0] == pytest.approx(10 * weight)


def test_a_party_with_all_the_patience_does_not_push_the_other_below_no_deal():
    assert chosen(lambda gains: nash_lottery(gains, 0.999), [(10, -10), (0, 5)]).min() >= 0.0


@pytest.mark.parametrize("over", OVER)
def test_where_no_package_pays_both_the_nash_rule_still_wastes_nothing(over):
    assert chosen(choose("nash", over), [(0, 3), (0, 5), (0, 4)]).tolist() == [0.0, 5.0]


@pytest.mark.parametrize("point", [(40, 2), (2, 40)])
def test_an_end_of_the_frontier_is_chosen_as_one_package(point):
    # Whoever gains less in package 0 gains more in no other, so no lottery comes nearer to equal gains.
    gains = batch([point, (50, -5) if point[0] > point[1] else (-5, 50), (1, 1)])
    found = choose("egalitarian", "lotteries")(gains)
    assert (found.first.item(), found.second.item(), found.share.item()) == (0, 0, 1.0)


@pytest.mark.parametrize("rule", RULES)
@given(SEEDS)
def test_a_lottery_is_never_taken_where_it_does_nobody_good(rule, seed):
    rng = np.random.default_rng(seed)
    points = -rng.uniform(0.1, 2.0, size=(5, 2)) * rng.choice([1.0, -0.04], size=(5, 2))
    gains = batch(points)
    is_deal = RULES[rule].over_lotteries(gains).is_deal[0]
    # A deal exists exactly where no weighing of the two makes every package a loss.
    slopes = np.linspace(0.0, 1.0, 20001)[:, None]
    worst = (slopes * points[:, 0] + (1.0 - slopes) * points[:, 1]).max(axis=1).min()
    if abs(worst) > 1e-3:
        assert is_deal == (worst > 0.0)
