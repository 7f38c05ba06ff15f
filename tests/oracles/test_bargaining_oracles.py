from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from chokepoint.bargaining import matrix_game, solve_game
from chokepoint.solutions import RULES, nash_lottery

pytestmark = pytest.mark.oracle

SEEDS = st.integers(0, 2**32 - 1)
EXACT = 1e-9


def linear_value(payoff):
    """Return the value of a game by a linear programme: the most ``v`` that some mixture of rows guarantees."""
    rows, columns = payoff.shape
    found = linprog(
        [*np.zeros(rows), -1.0],
        A_ub=np.column_stack([-payoff.T, np.ones(columns)]),
        b_ub=np.zeros(columns),
        A_eq=[[*np.ones(rows), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * rows + [(None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    assert found.status == 0
    return -found.fun


def best_lottery(gains, weights, floors=(0.0, 0.0), ratio=None):
    """Maximise a weighted sum of expected gains above floors, or with ``ratio`` the smallest multiple of it."""
    packages = gains.shape[1]
    if ratio is None:
        objective, rows, limits, extra = -(np.asarray(weights) @ gains), -gains, -np.asarray(floors), 0
    else:
        objective = [*np.zeros(packages), -1.0]
        rows, limits, extra = np.column_stack([-gains, ratio]), np.zeros(2), 1
    found = linprog(
        objective,
        A_ub=rows,
        b_ub=limits,
        A_eq=[[*np.ones(packages), *np.zeros(extra)]],
        b_eq=[1.0],
        bounds=[(0, None)] * packages + [(None, None)] * extra,
        method="highs",
        # Where an edge is nearly upright, a floor missed by the usual 1e-7 is worth a thousand times that elsewhere.
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return -found.fun if found.status == 0 else None


def problem(seed):
    rng = np.random.default_rng(seed)
    points = rng.normal(0.5, 2.0, size=(2, rng.integers(2, 40)))
    points[:, 0] = rng.uniform(0.1, 2.0, size=2)
    return points


def settled(rule, gains):
    return RULES[rule].over_lotteries(gains[None]).of(gains[None])[0]


@pytest.mark.parametrize("shape", [(2, 2), (3, 5), (7, 4), (20, 20), (50, 50), (50, 3)])
@pytest.mark.parametrize("kind", ["smooth", "coarse", "nearly tied"])
def test_the_value_of_a_game_is_that_of_a_linear_programme(shape, kind):
    rng = np.random.default_rng([*shape, len(kind)])
    payoff = rng.normal(size=(12, *shape))
    if kind != "smooth":
        payoff = np.round(payoff)  # ties everywhere: where a careless simplex method cycles
    if kind == "nearly tied":  # threats that differ by what a simulation leaves unsolved
        payoff = payoff + rng.choice([1e-7, 1e-9, 1e-11], size=(12, 1, 1)) * rng.normal(size=payoff.shape)
    found = solve_game(payoff * 1e9)
    assert found.gap.max() <= EXACT * 1e9
    assert found.value / 1e9 == pytest.approx([linear_value(each) for each in payoff], abs=EXACT)


def test_the_pivots_that_cannot_cycle_solve_games_of_ties_alone(monkeypatch):
    monkeypatch.setattr(matrix_game, "FREE_PIVOTS", 0)
    payoff = np.random.default_rng(11).integers(-1, 2, size=(50, 12, 12)).astype(float)
    assert solve_game(payoff).gap.max() <= EXACT


@given(SEEDS)
def test_mixtures_are_probabilities_and_guarantee_the_value(seed):
    rng = np.random.default_rng(seed)
    payoff = rng.integers(-3, 4, size=(5, rng.integers(1, 8), rng.integers(1, 8))).astype(float)
    found = solve_game(payoff)
    for mixture in (found.row, found.column):
        assert mixture.min() >= 0.0
        assert mixture.sum(axis=1) == pytest.approx(1.0)
    assert (np.einsum("ci,cij->cj", found.row, payoff) >= found.value[:, None] - EXACT).all()
    assert (np.einsum("cij,cj->ci", payoff, found.column) <= found.value[:, None] + EXACT).all()
    assert found.gap.max() <= EXACT


@given(SEEDS)
def test_a_game_of_two_by_two_without_a_saddle_has_the_textbook_value(seed):
    a, b, c, d = np.random.default_rng(seed).normal(size=4)
    found = solve_game(np.array([[[a, b], [c, d]]]))
    if not found.is_saddle[0]:
        assert found.value[0] == pytest.approx((a * d - b * c) / (a + d - b - c), abs=EXACT)


def test_a_saddle_is_found_by_looking_at_every_entry():
    payoff = np.random.default_rng(5).integers(-4, 5, size=(300, 3, 3)).astype(float)
    is_saddle = ((payoff == payoff.min(axis=2, keepdims=True)) & (payoff == payoff.max(axis=1, keepdims=True))).any(
        axis=(1, 2)
    )
    found = solve_game(payoff)
    assert found.is_saddle.tolist() == is_saddle.tolist()
    assert 50 < is_saddle.sum() < 250


@given(SEEDS)
def test_the_egalitarian_lottery_has_the_greatest_smaller_gain(seed):
    gains = problem(seed)
    assert settled("egalitarian", gains).min() == pytest.approx(best_lottery(gains, None, ratio=[1.0, 1.0]), abs=1e-7)


@given(SEEDS)
def test_the_kalai_smorodinsky_lottery_has_the_greatest_smaller_share_of_the_ideal(seed):
    gains = problem(seed)
    ideal = np.array([best_lottery(gains, each) for each in ([1.0, 0.0], [0.0, 1.0])])
    got = settled("kalai_smorodinsky", gains)
    assert (got / ideal).min() == pytest.approx(best_lottery(gains, None, ratio=ideal), abs=1e-7)
    assert got[0] / ideal[0] == pytest.approx(got[1] / ideal[1], abs=1e-7)


@given(SEEDS)
def test_the_utilitarian_lottery_has_the_greatest_sum_above_no_deal(seed):
    gains = problem(seed)
    assert settled("utilitarian", gains).sum() == pytest.approx(best_lottery(gains, [1.0, 1.0]), abs=1e-7)


@given(SEEDS, st.floats(0.1, 0.9))
def test_no_package_lies_beyond_the_level_line_of_the_nash_product(seed, weight):
    # A point of a convex set maximises a concave function exactly where no other lies beyond its tangent.
    gains = problem(seed)
    got = nash_lottery(gains[None], weight).of(gains[None])[0]
    slope = np.array([weight, 1.0 - weight]) / got
    assert (slope @ gains).max() <= 1.0 + 1e-9


@pytest.mark.parametrize("rule", RULES)
@given(seed=SEEDS)
def test_no_lottery_is_better_for_one_and_as_good_for_the_other(rule, seed):
    gains = problem(seed)
    got = settled(rule, gains)
    # A point of a convex set is efficient exactly where some price of either gain, both above zero, makes it the best.
    # A bound on the sum would ask more of upright edges, where a billionth for one is worth thousands to the other.
    beyond = 1e6 * (gains - got[:, None])
    found = linprog(
        [0.0, 0.0, -1.0],
        A_ub=[*np.column_stack([beyond.T, np.zeros(gains.shape[1])]), [-1.0, 0.0, 1.0], [0.0, -1.0, 1.0]],
        b_ub=[*np.full(gains.shape[1], 1e-6), 0.0, 0.0],
        A_eq=[[1.0, 1.0, 0.0]],
        b_eq=[1.0],
        method="highs",
    )
    assert found.status == 0
    assert -found.fun > 1e-8


@pytest.mark.benchmark
def test_time_to_settle_two_thousand_cases_of_three_thousand_packages():
    rng = np.random.default_rng(0)
    angle = rng.uniform(0.0, 0.5 * np.pi, size=(2000, 3000))
    for title, gains in {
        "normal": rng.normal(size=(2000, 2, 3000)),
        "all on the frontier": np.stack([np.cos(angle), np.sin(angle)], axis=1),
    }.items():
        for name, rule in RULES.items():
            for choose in (rule.over_packages, rule.over_lotteries):
                start = time.perf_counter()
                choose(gains)
                print(f"{title} {name} {choose.__name__}: {time.perf_counter() - start:.3f} s")  # noqa: T201
    payoff = rng.normal(size=(5000, 6, 6))
    start = time.perf_counter()
    solve_game(payoff)
    print(f"5,000 games of 6 x 6: {time.perf_counter() - start:.3f} s")  # noqa: T201
