"""Exact programmes, coalitions and large tables against independent solvers and brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from chokepoint.bargaining import choose_threats, solve_game
from chokepoint.bargaining.three_parties import characteristic_function, deposit_game
from chokepoint.bargaining.variable_threats import variable_threats
from chokepoint.solutions import RULES, efficient, is_efficient, survey
from chokepoint.solutions import stable_shares as core_of
from chokepoint.solutions.coalitions import excess, members
from chokepoint.solutions.divisible import best_division, divide, even_division, ideal_of
from chokepoint.solutions.linear_programme import maximise
from chokepoint.solutions.nucleolus import nucleolus

pytestmark = pytest.mark.oracle

SEEDS = st.integers(0, 2**32 - 1)
EXACT = 1e-9


@given(SEEDS, st.booleans())
def test_an_exact_programme_agrees_with_highs(seed, whole):
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 8, size=2)

    def draw(*shape):
        return rng.integers(-3, 4, size=shape).astype(float) if whole else rng.normal(size=shape)

    table, limits, aim = draw(rows, columns), draw(rows), draw(columns)
    other = linprog(-aim, A_ub=table, b_ub=limits, method="highs")
    feasible = linprog(0.0 * aim, A_ub=table, b_ub=limits, method="highs").status == 0
    if feasible and other.status != 0:
        with pytest.raises(ValueError, match="no bound"):
            maximise(aim.tolist(), table.tolist(), limits.tolist())
        return
    found = maximise(aim.tolist(), table.tolist(), limits.tolist())
    assert (found is None) == (not feasible)
    if found is not None:
        assert float(found.value) == pytest.approx(-other.fun, abs=1e-7)
        # The certificate, without rounding: prices pay for the objective and cost what it brings.
        exact = [[Fraction(each) for each in row] for row in table.tolist()]
        assert (
            sum(price * Fraction(limit) for price, limit in zip(found.price, limits.tolist(), strict=True))
            == found.value
        )
        for column, worth in enumerate(aim.tolist()):
            assert sum(price * row[column] for price, row in zip(found.price, exact, strict=True)) >= Fraction(worth)
        for row, limit in zip(exact, limits.tolist(), strict=True):
            assert sum(each * at for each, at in zip(row, found.point, strict=True)) <= Fraction(limit)


def dominated(gains):
    """Compare every package with every other."""
    at_least = (gains[:, :, :, None] >= gains[:, :, None, :]).all(axis=1)
    more = (gains[:, :, :, None] > gains[:, :, None, :]).any(axis=1)
    return (at_least & more).any(axis=1)


@pytest.mark.parametrize("parties", [2, 3])
@given(SEEDS, st.booleans())
def test_efficient_packages_are_those_no_other_dominates(parties, seed, whole):
    rng = np.random.default_rng(seed)
    shape = (3, parties, rng.integers(1, 60))
    gains = rng.integers(-2, 3, size=shape).astype(float) if whole else rng.normal(size=shape)
    assert is_efficient(gains).tolist() == (~dominated(gains)).tolist()


@pytest.mark.parametrize("parties", [2, 3])
@pytest.mark.parametrize("kind", ["smooth", "coarse", "opposed", "one party indifferent", "some struck out"])
def test_striking_out_the_clearly_dominated_first_loses_nothing(parties, kind):
    rng = np.random.default_rng([parties, len(kind)])
    gains = rng.normal(size=(3, parties, efficient.LARGE + 100))
    if kind == "coarse":
        gains = np.round(2.0 * gains)
    if kind == "opposed":
        gains = np.abs(gains) / np.sqrt((gains**2).sum(axis=1, keepdims=True))
    if kind == "one party indifferent":
        gains[:, 0] = 1.0
    if kind == "some struck out":
        gains[:, :, ::7] = -np.inf
    assert is_efficient(gains).tolist() == efficient._exactly(gains).tolist()


@pytest.mark.parametrize("parties", [2, 3])
def test_packages_that_bring_everybody_the_same_are_kept_or_struck_out_together(parties):
    """Most of the table lies on a few points, some of them far apart and nearly cancelling in their sums."""
    rng = np.random.default_rng(7)
    points = rng.integers(-4, 5, size=(parties, 60)) * 1e9 + rng.integers(0, 3, size=(parties, 60))
    table = points[:, rng.integers(0, 60, size=6_000)]
    distinct = np.unique(table, axis=1)
    best = {tuple(each) for each in distinct[:, ~dominated(distinct[None])[0]].T}
    np.testing.assert_array_equal(is_efficient(table[None])[0], [tuple(each) in best for each in table.T])


def test_four_parties_are_too_many():
    with pytest.raises(ValueError, match="not for 4"):
        is_efficient(np.zeros((1, 4, 2)))


@pytest.mark.parametrize("parties", [2, 3])
@given(SEEDS)
def test_a_survey_chooses_what_each_rule_chooses_from_the_whole_table(parties, seed):
    gains = np.random.default_rng(seed).normal(size=(parties, 200))
    found = survey(gains, RULES.values())
    assert found.efficient.tolist() == np.flatnonzero(~dominated(gains[None])[0]).tolist()
    assert found.chosen == {name: int(rule.over_packages(gains[None]).first[0]) for name, rule in RULES.items()}


@pytest.mark.parametrize("parties", [2, 3])
@given(SEEDS)
def test_rules_over_packages_are_what_looking_at_each_package_finds(parties, seed):
    gains = np.random.default_rng(seed).normal(0.5, 1.0, size=(parties, 80))
    paying = [at for at in range(80) if (gains[:, at] > 0.0).all()]
    chosen = survey(gains, RULES.values()).chosen
    if paying:
        best = gains[:, paying].max(axis=1)
        assert chosen["nash"] == max(paying, key=lambda at: gains[:, at].prod())
        assert chosen["kalai_smorodinsky"] == max(paying, key=lambda at: (gains[:, at] / best).min())
        assert chosen["egalitarian"] == max(paying, key=lambda at: gains[:, at].min())


@given(SEEDS, st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_counting_in_other_units_moves_no_point_of_a_survey(seed, one, other):
    gains = np.random.default_rng(seed).normal(size=(2, 500))
    factors = np.array([[one], [other]])
    plain, scaled = survey(gains, RULES.values()), survey(gains * factors, RULES.values())
    assert scaled.efficient.tolist() == plain.efficient.tolist()
    for name in ("nash", "kalai_smorodinsky"):
        assert scaled.chosen[name] == plain.chosen[name]
    alike = survey(gains * one, RULES.values())
    for name in RULES:
        before, after = plain.chosen[name], alike.chosen[name]
        assert (before < 0) == (after < 0)
        if before >= 0:
            assert gains[:, after] == pytest.approx(gains[:, before], rel=1e-9)


def divided(seed, parties=2):
    rng = np.random.default_rng(seed)
    return [rng.normal(0.2, 1.0, size=(parties, rng.integers(1, 5))) for _ in range(rng.integers(1, 5))]


def listed(parts):
    """List every package of the issues."""
    levels = np.array(list(product(*[range(part.shape[1]) for part in parts])))
    return np.sum([part[:, levels[:, issue]] for issue, part in enumerate(parts)], axis=0)


@pytest.mark.parametrize("rule", RULES)
@given(SEEDS)
def test_divided_issues_reach_what_lotteries_over_all_packages_reach(rule, seed):
    parts = divided(seed)
    table = listed(parts)[None]
    other = RULES[rule].over_lotteries(table)
    found = divide(parts, RULES[rule])
    assert (found is not None) == bool(other.is_deal[0])
    if found is not None:
        assert found.gains == pytest.approx(other.of(table)[0], abs=1e-9)
        mixed = np.sum([part @ level for part, level in zip(parts, found.levels, strict=True)], axis=0)
        assert mixed == pytest.approx(found.gains, abs=1e-9)
        assert sum(np.count_nonzero((level > 1e-9) & (level < 1.0 - 1e-9)) > 0 for level in found.levels) <= 1


@settings(max_examples=40)
@given(SEEDS)
def test_exact_programmes_over_divided_issues_reach_what_the_rules_reach(seed):
    parts = divided(seed)
    found = divide(parts, RULES["egalitarian"])
    if found is not None:
        assert even_division(parts, [1, 1]).gains == pytest.approx(found.gains, abs=1e-9)
        assert best_division(parts, [1, 1]).gains.sum() == pytest.approx(
            divide(parts, RULES["utilitarian"]).gains.sum()
        )
        ideal = ideal_of(parts)
        if min(ideal) > 0:
            even = even_division(parts, ideal).gains
            assert even == pytest.approx(divide(parts, RULES["kalai_smorodinsky"]).gains, abs=1e-9)


@settings(max_examples=40)
@given(SEEDS)
def test_three_parties_divide_evenly_as_a_programme_over_all_packages_says(seed):
    parts = divided(seed, parties=3)
    table = listed(parts)
    count = table.shape[1]
    other = linprog(
        [*np.zeros(count), -1.0],
        A_ub=np.column_stack([-table, np.ones(3)]),
        b_ub=np.zeros(3),
        A_eq=[[*np.ones(count), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * (count + 1),
        method="highs",
    )
    found = even_division(parts, [1, 1, 1])
    assert (found is None) == (other.status != 0)
    if found is not None:
        assert found.gains.min() == pytest.approx(-other.fun, abs=1e-7)


def worths(seed, parties, cases=1):
    worth = np.random.default_rng(seed).integers(-4, 9, size=(cases, 2**parties)).astype(float)
    worth[:, 0] = 0.0
    return worth


@pytest.mark.parametrize("parties", [3, 4])
@settings(max_examples=40)
@given(SEEDS)
def test_the_core_is_empty_and_bounded_where_highs_says_so(parties, seed):
    worth = worths(seed, parties)
    found = core_of.core(worth)
    belongs = members(parties).astype(float)
    for party, aim in product(range(parties), (1.0, -1.0)):
        other = linprog(
            aim * np.eye(parties)[party],
            A_ub=-belongs[1:-1],
            b_ub=-worth[0, 1:-1],
            A_eq=belongs[[-1]],
            b_eq=worth[0, [-1]],
            bounds=(None, None),
            method="highs",
        )
        assert (other.status != 0) == found.is_empty[0]
        if other.status == 0:
            end = (found.least if aim > 0.0 else found.most)[0, party]
            assert end == pytest.approx(aim * other.fun, abs=1e-7)


@given(SEEDS)
def test_what_is_missing_from_an_empty_core_is_just_what_fills_it(seed):
    worth = worths(seed, 3)
    missing = core_of.core(worth).missing[0]
    worth[0, -1] += missing
    assert not core_of.core(worth).is_empty[0]
    if missing > 0.0:
        worth[0, -1] -= 0.01
        assert core_of.core(worth).is_empty[0]


@given(SEEDS)
def test_blocking_coalitions_are_those_with_a_complaint(seed):
    worth, shares = worths(seed, 3), np.random.default_rng(seed).integers(0, 5, size=(1, 3)).astype(float)
    blocked = core_of.blocking(worth, shares)[0]
    for coalition, belongs in enumerate(members(3)):
        assert blocked[coalition] == (worth[0, coalition] > shares[0, belongs].sum())


@pytest.mark.parametrize("parties", [2, 3, 4])
@settings(max_examples=40)
@given(SEEDS)
def test_no_step_away_from_the_nucleolus_makes_the_sorted_complaints_smaller(parties, seed):
    worth = worths(seed, parties)
    alone = worth[0, 1 << np.arange(parties)]
    worth[0, -1] = max(worth[0, -1], alone.sum() + 1.0)
    best = nucleolus(worth)[0]
    rng = np.random.default_rng(seed)

    def complaints(shares):
        return -np.sort(-excess(worth, shares[None])[0, 1:-1])

    here = complaints(best)
    for size in (1.0, 0.1, 0.01):
        for _ in range(20):
            step = rng.normal(size=parties) * size
            there = best + step - step.mean()
            if (there < alone - 1e-12).any():
                continue
            apart = complaints(there) - here
            first = np.flatnonzero(np.abs(apart) > 1e-9)
            assert not first.size or apart[first[0]] > 0.0


def gamma_by_hand(payoff):
    """Try every pair of a coalition's and the outsiders' actions, one profile at a time."""
    parties, *sizes = payoff.shape
    worth = np.zeros(2**parties)
    for coalition in range(1, 2**parties):
        inside = [party for party in range(parties) if coalition >> party & 1]
        found = []
        for profile in product(*map(range, sizes)):
            total = sum(payoff[(party, *profile)] for party in inside)
            is_still = True
            for other in product(*map(range, sizes)):
                moved = [party for party in range(parties) if other[party] != profile[party]]
                if all(party in inside for party in moved):
                    is_still &= sum(payoff[(party, *other)] for party in inside) <= total
                elif len(moved) == 1:
                    is_still &= payoff[(moved[0], *other)] <= payoff[(moved[0], *profile)]
            if is_still:
                found.append(total)
        worth[coalition] = min(found) if found else np.nan
    return worth


@given(SEEDS)
def test_a_coalition_reaches_what_trying_every_profile_finds(seed):
    payoff = np.random.default_rng(seed).integers(-5, 6, size=(3, 2, 2, 3)).astype(float)
    found = characteristic_function(payoff[None])[0]
    assert np.array_equal(found, gamma_by_hand(payoff), equal_nan=True)


def test_in_a_commons_of_three_outsiders_do_not_pay_for_what_a_pair_provides():
    # Each may pay 2 to bring everybody 1.5: pays for a pair (1.5 * 2 > 2), not for one alone.
    pays = np.indices((2, 2, 2)).astype(float)
    payoff = (1.5 * pays.sum(axis=0) - 2.0 * pays)[None]
    assert characteristic_function(payoff)[0].tolist() == [0.0, 0.0, 0.0, 2.0, 0.0, 2.0, 2.0, 7.5]


@given(SEEDS)
def test_the_least_the_owner_gets_in_the_core_is_what_the_losing_bloc_would_pay(seed):
    rng = np.random.default_rng(seed)
    high, low = np.sort(rng.uniform(1.0, 9.0, size=2))[::-1]
    worth = np.array([[[high, 0.0, 0.4 * high], [0.0, low, 0.4 * low]]])
    game = deposit_game(worth, np.zeros(1))
    assert core_of.core(game).least[0, 0] == pytest.approx(low)


@settings(max_examples=40)
@given(SEEDS)
def test_values_and_mixtures_of_zero_sum_games_are_nashpys(seed):
    payoff = np.random.default_rng(seed).normal(size=(4, 3))
    other = nashpy.Game(payoff)
    row, column = other.linear_program()
    found = solve_game(payoff[None])
    assert found.value[0] == pytest.approx(row @ payoff @ column, abs=EXACT)
    assert found.row[0] == pytest.approx(row, abs=1e-7)
    assert found.column[0] == pytest.approx(column, abs=1e-7)


@settings(max_examples=40)
@given(SEEDS)
def test_chosen_threats_are_an_equilibrium_of_nashpys_game_of_differences(seed):
    payoff = np.random.default_rng(seed).normal(size=(2, 3, 3))
    apart = payoff[0] - payoff[1]
    found = choose_threats(payoff[None])
    pair = next(nashpy.Game(apart).vertex_enumeration())
    assert found.first[0] == pytest.approx(pair[0], abs=1e-7)
    assert found.second[0] == pytest.approx(pair[1], abs=1e-7)
    total, value = payoff.sum(axis=0).max(), pair[0] @ apart @ pair[1]
    assert variable_threats(payoff[None])[0] == pytest.approx([(total + value) / 2, (total - value) / 2], abs=EXACT)
