"""Markets drawn over the whole ranges: each is solved or says why not."""

from __future__ import annotations

import pytest

from chokepoint.market import State, Terms, clear
from tests.oracles.draws import CASES_PER_NET, FIRST_SEED, UNEVENNESS, outcomes_of
from tests.oracles.markets import random_market

DRAWS = 10_000
SAMPLE = 200
LEAST_SOLVED = 0.99


def check(outcomes, draws):
    """Every draw has a named outcome, and a solved one finite prices and the residual it promises."""
    assert sum(outcomes.counts.values()) == draws
    assert set(outcomes.counts) <= {each.name for each in State}
    assert outcomes.solved_are_finite
    assert outcomes.lowest_price >= 0.0
    assert outcomes.worst_excess <= 1.0
    assert outcomes.counts[State.SOLVED.name] >= LEAST_SOLVED * draws


def test_a_sample_of_draws_over_the_whole_ranges_is_solved_or_named():
    check(outcomes_of(SAMPLE), SAMPLE)


@pytest.fixture(scope="module")
def ten_thousand():
    return outcomes_of(DRAWS)


@pytest.mark.slow
def test_ten_thousand_draws_over_the_whole_ranges_are_solved_or_named(ten_thousand):
    check(ten_thousand, DRAWS)


@pytest.mark.slow
def test_ten_thousand_draws_over_the_whole_ranges_all_have_finite_prices(ten_thousand):
    assert ten_thousand.all_are_finite


# Their lanes into some buyer all but die at once on the way from a cold start: (seed of the net, case).
NEARLY_DEAD = ((40, 20), (60, 14), (65, 24), (249, 5), (255, 16), (268, 4), (375, 17))


@pytest.mark.parametrize(("number", "case"), NEARLY_DEAD)
def test_lanes_that_all_but_die_together_on_the_way_come_back(number, case):
    market = random_market(FIRST_SEED + number, CASES_PER_NET, unevenness=UNEVENNESS[number % 2])
    alone = Terms(*(each[case : case + 1] for each in market.terms))
    assert clear(market.net, alone).is_solved.all()
