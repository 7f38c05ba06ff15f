"""Markets drawn over the whole ranges: each is solved or says why not; units and batches change nothing."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.market import State, Terms, clear
from tests.oracles.draws import CASES_PER_NET, outcomes_of
from tests.oracles.markets import random_market

DRAWS = 10_000
SAMPLE = 200
LEAST_SOLVED = 0.99
MONEY_AND_TONNES = ("flow", "cap", "capacity", "base", "opening", "quota", "seller_scale", "buyer_scale")


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


@given(st.integers(0, 10_000), st.floats(1e-6, 1e6))
@settings(max_examples=40)
def test_a_market_counted_in_other_units_clears_alike_to_1e_9(seed, factor):
    market = random_market(seed, countries=2 + seed % 5)
    terms = market.terms
    plain = clear(market.net, terms)
    scaled = clear(market.net, terms._replace(**{name: factor * getattr(terms, name) for name in MONEY_AND_TONNES}))
    assert scaled.state == plain.state
    if not plain.is_solved.all():
        return
    usual = terms.buyer_scale[0][market.net.lane_buyer]
    assert np.max(np.abs(scaled.flow / factor - plain.flow) / usual) <= 1e-9
    assert scaled.value == pytest.approx(factor * plain.value, rel=1e-9)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 11), max_size=3, unique=True), st.integers(1, 4))
@settings(max_examples=20)
def test_any_split_of_a_batch_over_any_threads_gives_the_same_bits(seed, cuts, threads):
    market = random_market(seed, cases=12, countries=2 + seed % 7)
    whole = clear(market.net, market.terms, threads=1)
    edges = [0, *sorted(cuts), 12]
    parts = [
        clear(market.net, Terms(*(each[first:last] for each in market.terms)), threads=threads)
        for first, last in pairwise(edges)
    ]
    for each in fields(whole):
        joined = np.concatenate([getattr(part, each.name) for part in parts])
        assert np.array_equal(joined, getattr(whole, each.name), equal_nan=True), each.name


def test_a_case_warm_started_in_a_batch_gives_the_bits_it_gives_alone():
    market = random_market(3, cases=CASES_PER_NET, countries=5)
    first = clear(market.net, market.terms)
    milder = market.terms._replace(wedge=0.5 * market.terms.wedge)
    together = clear(market.net, milder, first, threads=2)
    for case in range(CASES_PER_NET):
        one = slice(case, case + 1)
        before = clear(market.net, Terms(*(each[one] for each in market.terms)), threads=1)
        alone = clear(market.net, Terms(*(each[one] for each in milder)), before, threads=1)
        assert np.array_equal(alone.flow[0], together.flow[case])
        assert np.array_equal(alone.delivered[0], together.delivered[case])
