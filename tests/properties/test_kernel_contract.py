"""What any kernel must keep, whatever computes it: arrays in, arrays out, no labels.

Another array backend is a function like :func:`chokepoint.market.clear`; it belongs in ``BACKENDS``.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chokepoint.market import State, Terms, clear
from chokepoint.market.linear import take_place
from chokepoint.market.pieces import EXPONENT_LIMIT, PRICE_FLOOR
from chokepoint.simulation import wire
from chokepoint.simulation.behaviour import behave
from chokepoint.simulation.months import begin, terms_of
from tests.oracles.markets import random_market
from tests.ruritania import chain
from tests.simulation.trade import conditions, settings_of

BACKENDS = {"compiled": clear}
CASES = 25
CLOSED = 1e-10
MONEY_AND_TONNES = ("flow", "cap", "capacity", "base", "opening", "quota", "seller_scale", "buyer_scale")
SEEDS = st.integers(0, 10_000)


@pytest.fixture(params=BACKENDS.values(), ids=BACKENDS, scope="module")
def backend(request):
    return request.param


def alone(market, case=0):
    return Terms(*(each[case] for each in market.terms))


def passing(place):
    """Return what passes through each seller, licence group and buyer: in the reference or now, whichever is more."""
    terms, groups = place.terms, place.paid[:, place.net.sellers : place.net.sellers + place.net.groups]
    reference = np.concatenate([terms.seller_scale, groups.T @ terms.flow, terms.buyer_scale])
    now = place.paid.T @ place.flow
    now[-place.arrived.size :] = place.arrived
    return np.maximum(reference, now)


def taken_at(terms, price):
    """Return what each taker takes at a price: a power, above the choke price linear to zero."""
    power = terms.base * np.maximum(price, PRICE_FLOOR) ** -terms.exponent
    rest = (terms.end - price) / (terms.end - terms.kink)
    linear = terms.base * terms.kink**-terms.exponent * np.maximum(rest, 0.0)
    return np.where(price > terms.kink, linear, power)


def imbalances(market, cleared):
    """Return by how much balances are violated when all is computed again from prices and what arrives in all.

    Relative to what passes through each seller, licence group and buyer.
    """
    net, terms = market.net, alone(market)
    place = take_place(net, terms, cleared, 0)
    arrives = place.arrived[net.lane_buyer] > 0.0
    lift = np.where(arrives, place.worth, 0.0) / terms.theta[net.lane_buyer]
    wanted = np.minimum(terms.flow, terms.cap) * np.exp(np.minimum(lift, EXPONENT_LIMIT))
    flow = np.where(arrives, np.minimum(wanted, terms.cap), 0.0)
    supply = np.concatenate([np.zeros(net.sellers), terms.quota, terms.opening])
    slack = supply + place.recipe.T @ (terms.capacity * place.share) - place.paid.T @ flow
    first = net.sellers + net.groups
    slack[first:] += place.into @ flow
    slack[first:] -= np.bincount(
        net.taker_buyer, taken_at(terms, cleared.delivered[0][net.taker_buyer]), place.arrived.size
    )
    return np.where(place.x > 0.0, np.abs(slack), np.maximum(0.0, -slack)) / passing(place)


@given(SEEDS)
@settings(max_examples=40)
def test_balances_close_when_all_is_computed_again_from_the_prices(backend, seed):
    market = random_market(seed, countries=2 + seed % 7)
    cleared = backend(market.net, market.terms)
    assert not cleared.is_solved.all() or imbalances(market, cleared).max() <= 2.0 * cleared.tolerance[0]


@pytest.mark.parametrize("name", ["ex_works", "delivered"])
def test_a_price_that_is_off_by_a_millionth_leaves_a_balance_open(backend, name):
    market = random_market(3, countries=4)
    cleared = backend(market.net, market.terms)
    off = replace(cleared, **{name: getattr(cleared, name) * (1.0 + 1e-6)})
    assert imbalances(market, off).max() > 2.0 * cleared.tolerance[0]


@given(SEEDS)
@settings(max_examples=40)
def test_every_case_ends_in_a_named_state_with_finite_prices_and_a_certificate(backend, seed):
    market = random_market(seed, cases=4, countries=2 + seed % 7)
    cleared = backend(market.net, market.terms)
    solved = cleared.is_solved
    assert set(cleared.state.tolist()) <= {each.value for each in State}
    assert (cleared.residual[solved] <= cleared.tolerance[solved]).all()
    assert (cleared.gap[solved] <= 1e-6).all()
    for each in (cleared.ex_works, cleared.delivered, cleared.premium, cleared.flow):
        assert np.isfinite(each).all()
        assert (each[solved] >= 0.0).all()


def test_the_reference_comes_back_to_the_last_digits_with_every_price_1(backend):
    world = chain()
    wiring = wire(world)
    behaviour = behave(world, wiring, settings_of(world))
    base = np.tile(world.lanes.flow_per_month, (1, 1))
    terms, _ = terms_of(world, wiring, behaviour, begin(world, behaviour), conditions(world), base)
    cleared = backend(wiring.net, terms)
    assert np.abs(cleared.ex_works - 1.0).max() <= 1e-12
    assert np.abs(cleared.delivered - 1.0).max() <= 1e-12
    assert np.abs(cleared.flow / terms.flow - 1.0).max() <= 1e-12


@pytest.mark.parametrize("name", ["flow", "theta", "base", "spread", "cap"])
def test_a_case_that_holds_no_number_says_so_and_leaves_its_neighbours_alone(backend, name):
    market = random_market(3, cases=3, countries=4)
    poisoned = getattr(market.terms, name).copy()
    poisoned[1, 0] = np.nan
    cleared, untouched = backend(market.net, market.terms._replace(**{name: poisoned})), backend(*market[:2])
    assert cleared.state[1] == State.NOT_FINITE
    assert np.array_equal(cleared.flow[[0, 2]], untouched.flow[[0, 2]])


@given(SEEDS, st.floats(1e-6, 1e6))
@settings(max_examples=40)
def test_a_market_counted_in_other_units_clears_alike_to_1e_9(backend, seed, factor):
    market = random_market(seed, countries=2 + seed % 5)
    terms = market.terms
    plain = backend(market.net, terms)
    scaled = backend(market.net, terms._replace(**{name: factor * getattr(terms, name) for name in MONEY_AND_TONNES}))
    assert scaled.state == plain.state
    # Balances are promised to 1e-9. In one random market of ten steps stop helping above a tenth of that, and where
    # such a market hardly tells its flows apart, two stops within what is promised lie up to 1e-8 of a flow apart.
    assume(plain.is_solved.all() and max(plain.residual.max(), scaled.residual.max()) <= CLOSED)
    usual = terms.buyer_scale[0][market.net.lane_buyer]
    assert np.max(np.abs(scaled.flow / factor - plain.flow) / usual) <= 1e-9
    assert scaled.value == pytest.approx(factor * plain.value, rel=1e-9)


@given(SEEDS, st.lists(st.integers(1, 11), max_size=3, unique=True), st.integers(1, 4))
@settings(max_examples=20)
def test_any_split_of_a_batch_over_any_threads_gives_the_same_bits(backend, seed, cuts, threads):
    market = random_market(seed, cases=12, countries=2 + seed % 7)
    whole = backend(market.net, market.terms, threads=1)
    edges = [0, *sorted(cuts), 12]
    parts = [
        backend(market.net, Terms(*(each[first:last] for each in market.terms)), threads=threads)
        for first, last in pairwise(edges)
    ]
    for each in fields(whole):
        joined = np.concatenate([getattr(part, each.name) for part in parts])
        assert np.array_equal(joined, getattr(whole, each.name), equal_nan=True), each.name


def test_a_case_warm_started_in_a_batch_gives_the_bits_it_gives_alone(backend):
    market = random_market(3, cases=CASES, countries=5)
    first = backend(market.net, market.terms)
    milder = market.terms._replace(wedge=0.5 * market.terms.wedge)
    together = backend(market.net, milder, first, threads=2)
    for case in range(CASES):
        one = slice(case, case + 1)
        before = backend(market.net, Terms(*(each[one] for each in market.terms)), threads=1)
        single = backend(market.net, Terms(*(each[one] for each in milder)), before, threads=1)
        assert np.array_equal(single.flow[0], together.flow[case])
        assert np.array_equal(single.delivered[0], together.delivered[case])
