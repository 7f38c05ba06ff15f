"""Derivatives by the implicit function theorem against clearing again with the term moved a little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.market import State, clear, sensitivity
from chokepoint.simulation import behave, wire
from chokepoint.simulation.months import begin, terms_of
from tests.oracles.markets import random_market
from tests.properties.worlds import single_goods
from tests.ruritania import chain, two_countries, world
from tests.simulation.trade import caps, conditions, lane, settings_of

NODES = ("ex_works", "premium", "delivered", "flow", "level", "taken", "value")
PARAMETERS = ("cap", "quota", "exponent", "opening", "capacity")
EXACT = 1e-6
ROUNDING = 1e-12  # of a clearing's answers, relative to the largest
SETTLED = 1e-12
STEP = 1e-4  # relative to the term


def month(place, groups=(), **said):
    """Return the net and the terms of a first month under the named conditions."""
    wiring = wire(place, groups)
    behaviour = behave(place, wiring, settings_of(place))
    base = place.lanes.flow_per_month[None]
    free = conditions(place, 1, len(groups), **said)
    return wiring, wiring.net, terms_of(place, wiring, behaviour, begin(place, behaviour), free, base)[0]


def moved(terms, parameter, entry, step):
    values = getattr(terms, parameter).copy()
    values[:, entry] += step
    return terms._replace(**{parameter: values})


def differences(net, terms, start, parameter, entry, steps, weights):
    """Return a weighted sum of clearings at several steps from the terms, over the step, by kind of answer."""
    found = [clear(net, moved(terms, parameter, entry, step), start) if step else start for step in steps]
    assert all(each.is_solved.all() for each in found)
    size = max(abs(step) for step in steps) / 2.0
    answers = {n: sum(w * getattr(c, n)[0] for w, c in zip(weights, found, strict=True)) / size for n in NODES}
    return answers | {"residual": max(each.residual.item() for each in found)}


def central(net, terms, start, parameter, entry, step):
    """Return differences of the fourth order around the terms."""
    weights = np.array([1.0, -8.0, 8.0, -1.0]) / 12.0
    return differences(net, terms, start, parameter, entry, [-2 * step, -step, step, 2 * step], weights)


def one_sided(net, terms, start, parameter, entry, step):
    """Return differences of the second order, towards the sign of the step."""
    weights = np.array([-3.0, 4.0, -1.0]) / 2.0 * np.sign(step)
    return differences(net, terms, start, parameter, entry, [0.0, step, 2 * step], weights)


def disagreeing(slopes, expected, cleared, step, exact=EXACT):
    """Name the kinds of answer that differ, relative to the largest of a kind; prices without a slope are left out.

    Clearings close balances to their residual only, so their differences are no better than that.
    """
    found = []
    for name in NODES:
        ours, theirs = np.atleast_1d(getattr(slopes, name)[0, 0]), np.atleast_1d(expected[name])
        known = ~np.isnan(ours)
        noise = (ROUNDING + 2.0 * expected["residual"]) * np.abs(getattr(cleared, name)[0]).max(initial=1.0) / abs(step)
        if np.abs(ours - theirs)[known].max(initial=0.0) > exact * np.abs(theirs[known]).max(initial=0.0) + noise:
            found.append((name, ours, theirs))
    return found


def check(slopes, expected, cleared, step, exact=EXACT):
    assert np.isfinite(slopes.value).all()
    assert disagreeing(slopes, expected, cleared, step, exact) == []


def check_smooth(net, terms, parameter, entry, exact=EXACT):
    """Check one term where nothing kinks: both sides are the central difference."""
    cleared = clear(net, terms)
    assert cleared.is_solved.all()
    step = STEP * getattr(terms, parameter)[0, entry]
    found = sensitivity(net, terms, cleared, parameter, np.array([entry]))
    expected = central(net, terms, cleared, parameter, entry, step)
    check(found.up, expected, cleared, step, exact)
    check(found.down, expected, cleared, step, exact)


def check_sides(net, terms, parameter, entry, step):
    """Check both sides of one term by differences to that side; return them."""
    cleared = clear(net, terms)
    found = sensitivity(net, terms, cleared, parameter, np.array([entry]))
    for slopes, towards in ((found.up, step), (found.down, -step)):
        check(slopes, one_sided(net, terms, cleared, parameter, entry, towards), cleared, step)
    return found


def test_two_countries_answer_a_binding_cap_as_by_hand():
    """Demand is ``100 P^-0.2``, so ``dP/dcap = -P / (eps z)``; supply is logistic; the licence is worth ``P - p``."""
    _, net, terms = month(two_countries(), cap_share=[0.6])
    cleared = clear(net, terms)
    found = sensitivity(net, terms, cleared, "cap")
    delivered, share = 0.6**-5.0, 0.48
    for side in (found.up, found.down):
        assert side.delivered.item() == pytest.approx(-delivered / (0.2 * 60.0), rel=1e-9)
        assert side.ex_works.item() == pytest.approx(0.2 / (125.0 * share * (1.0 - share)), rel=1e-9)
        assert [side.flow.item(), side.taken.item()] == pytest.approx([1.0, 1.0], rel=1e-9)
        assert side.level.item() == pytest.approx(1.0, rel=1e-9)
        assert side.value.item() == pytest.approx(delivered - cleared.ex_works.item(), rel=1e-9)


def test_two_countries_answer_an_elasticity_as_by_hand():
    """At a cap of 60, ``P = 0.6^(-1 / eps)``, so ``dP/deps = -P ln(P) / eps``; nothing else moves."""
    _, net, terms = month(two_countries(), cap_share=[0.6])
    found = sensitivity(net, terms, clear(net, terms), "exponent")
    delivered = 0.6**-5.0
    assert found.up.delivered.item() == pytest.approx(-delivered * np.log(delivered) / 0.2, rel=1e-9)
    assert found.up.flow.item() == pytest.approx(0.0, abs=1e-9)
    check_smooth(net, terms, "exponent", 0)


def test_a_cap_that_just_binds_costs_from_below_and_nothing_from_above():
    _, net, terms = month(two_countries(), cap_share=[1.0])
    found = check_sides(net, terms, "cap", 0, 1e-3)
    assert found.up.delivered.item() == pytest.approx(0.0, abs=1e-12)
    assert found.down.delivered.item() == pytest.approx(-1.0 / (0.2 * 100.0), rel=1e-9)


def test_a_price_just_at_its_choke_answers_by_elasticity_on_one_side_and_by_width_on_the_other():
    choke, width = 5.0, 0.1
    used = 100.0 * choke**-0.2
    _, net, terms = month(two_countries(choke_price=choke, choke_width=width), cap_share=[used / 100.0])
    found = check_sides(net, terms, "cap", 0, 1e-3)
    assert found.up.delivered.item() == pytest.approx(-choke / (0.2 * used), rel=1e-9)
    assert found.down.delivered.item() == pytest.approx(-choke * width / used, rel=1e-9)


def by_product():
    """Ruritania makes two goods at once and uses both at home."""
    return world(
        {"fenwickite": 1.0, "slag": 1.0},
        [("fenwickite", "RUR", "RUR", 100.0), ("slag", "RUR", "RUR", 20.0)],
        [("mine", "RUR", 100.0, {"fenwickite": 1.0, "slag": 0.2})],
        [("fenwickite", "RUR", "lamps", 100.0), ("slag", "RUR", "roads", 20.0)],
    )


def test_a_by_product_just_at_price_zero_gains_a_price_on_one_side_only():
    """While slag is free the mine runs as for fenwickite alone; a cap of just its output is where its price starts."""
    free = clear(*month(by_product(), cap_share=caps(by_product(), slag__RUR__RUR=0.5))[1:])
    output = 0.2 * free.level.item()
    wiring, net, terms = month(by_product(), cap_share=caps(by_product(), slag__RUR__RUR=output / 20.0))
    slag = int(np.flatnonzero(wiring.seller_good == 1)[0])
    capped = int(np.flatnonzero(np.isfinite(terms.cap[0]))[0])
    found = check_sides(net, terms, "cap", capped, 1e-3)
    assert free.ex_works[0, slag] == 0.0
    assert found.down.ex_works[0, 0, slag] == 0.0
    assert found.up.ex_works[0, 0, slag] > 0.0
    assert found.down.level.item() == pytest.approx(0.0, abs=1e-9)
    assert found.up.level.item() == pytest.approx(5.0, rel=1e-6)


def three_makers():
    flows = {"RUR": 50.0, "FRE": 30.0, "GFW": 20.0}
    return world(
        {"fenwickite": 1.0},
        [("fenwickite", maker, "SYL", flow) for maker, flow in flows.items()],
        [("mine", maker, flow, {"fenwickite": 1.0}) for maker, flow in flows.items()],
        [("fenwickite", "SYL", "lamps", 100.0)],
        [("fenwickite", "SYL", "industry")],
        choke_price=50.0,
        stock_cover=2.0,
    )


def test_a_cap_and_the_volume_it_leaves_kink_together_at_the_reference():
    """At a cap of the reference flow the lane just binds and the volume is just ``F°`` and ``F``: three kinks."""
    wiring, net, terms = month(three_makers(), cap_share=caps(three_makers(), fenwickite__RUR__SYL=1.0))
    entry = int(np.flatnonzero(np.isfinite(terms.cap[0]))[0])
    found = check_sides(net, terms, "cap", entry, 1e-4)
    assert np.abs(found.up.flow).max() == pytest.approx(0.0, abs=1e-12)
    assert found.down.flow[0, 0, entry] == pytest.approx(1.0, rel=1e-9)
    assert wiring.net.sellers == 3


def test_a_closed_lane_cannot_close_further_and_opens_at_one_per_unit():
    _, net, terms = month(three_makers(), cap_share=caps(three_makers(), fenwickite__RUR__SYL=0.0))
    cleared = clear(net, terms)
    entry = int(np.flatnonzero(terms.cap[0] == 0.0)[0])
    found = sensitivity(net, terms, cleared, "cap", np.array([entry]))
    expected = one_sided(net, terms, cleared, "cap", entry, 1e-5)
    assert found.up.flow[0, 0, entry] == 1.0
    check(found.up, expected, cleared, 1e-5)
    assert np.isnan(found.down.flow).all()
    assert np.isnan(found.down.value).all()


@pytest.mark.parametrize("parameter", ["cap", "exponent", "opening", "capacity"])
def test_a_chain_with_joint_oxides_stores_and_caps_answers_as_clearing_again_does(parameter):
    place = chain()
    share = caps(place, magnet__RUR__SYL=0.5, magnet__RUR__FRE=0.7)
    _, net, terms = month(place, cap_share=share)
    values = getattr(terms, parameter)[0]
    for entry in np.flatnonzero(np.isfinite(values) & (values > 0.0)):
        check_smooth(net, terms, parameter, int(entry))


@pytest.mark.parametrize("parameter", ["quota", "exponent", "capacity"])
def test_a_licence_group_answers_as_clearing_again_does(parameter):
    place = chain()
    members = np.array([lane(place, "magnet", "RUR", to) for to in ("SYL", "FRE", "GFW")])
    _, net, terms = month(place, [members], quota_share=[0.6])
    cleared = clear(net, terms)
    assert cleared.premium.item() > 0.0
    for entry in range(getattr(terms, parameter).shape[1]):
        check_smooth(net, terms, parameter, entry)
    if parameter == "quota":
        found = sensitivity(net, terms, cleared, parameter)
        assert found.up.flow[0, 0, net.lane_group == 0].sum() == pytest.approx(1.0, rel=1e-9)
        assert found.up.value.item() == cleared.premium.item()


def test_at_the_limit_of_capacity_output_answers_capacity_one_for_one():
    _, net, terms = month(two_countries(utilisation=0.99))
    terms = terms._replace(capacity=0.5 * terms.capacity)
    check_smooth(net, terms, "capacity", 0)
    found = sensitivity(net, terms, clear(net, terms), "capacity")
    assert found.up.level.item() == pytest.approx(1.0, abs=1e-3)


@given(single_goods(), st.lists(st.floats(0.1, 0.9), min_size=2, max_size=2))
@settings(max_examples=15)
def test_any_small_market_answers_caps_and_elasticities_as_clearing_again_does(place, shares):
    share = caps(place, fenwickite__RUR__SYL=shares[0], fenwickite__FRE__GFW=shares[1])
    _, net, terms = month(place, cap_share=share)
    for entry in np.flatnonzero(np.isfinite(terms.cap[0])):
        check_smooth(net, terms, "cap", int(entry))
    check_smooth(net, terms, "exponent", 0)


def test_a_case_that_was_not_solved_has_no_derivatives_and_its_neighbour_has():
    _, net, terms = month(two_countries(), cap_share=[0.6])
    twice = type(terms)(*(np.repeat(each, 2, axis=0) for each in terms))
    cleared = clear(net, twice)
    cleared.state[0] = State.STEPS_EXHAUSTED.value
    found = sensitivity(net, twice, cleared, "cap")
    assert np.isnan(found.up.delivered[0]).all()
    assert np.isfinite(found.up.delivered[1]).all()


def test_prices_that_are_not_unique_have_no_derivative_though_quantities_have():
    """Without stores only the sum of the two oxides' prices counts: they come and go in one fixed ratio."""
    place = chain(stock_cover=0.0)
    wiring, net, terms = month(place, cap_share=caps(place, magnet__RUR__SYL=0.5))
    entry = int(np.flatnonzero(np.isfinite(terms.cap[0]))[0])
    found = sensitivity(net, terms, clear(net, terms), "cap", np.array([entry]))
    oxides = np.isin(wiring.seller_good, [1, 2])
    assert np.isnan(found.up.ex_works[0, 0, oxides]).all()
    assert np.isfinite(found.up.ex_works[0, 0, ~oxides]).all()
    assert np.isfinite(found.up.flow).all()


def settled_markets():
    """Return markets whose balances close to rounding: differences of clearings are no better than their balances."""
    drawn = [random_market(seed, countries=3) for seed in range(40)]
    cleared = [clear(each.net, each.terms) for each in drawn]
    return [(m, c) for m, c in zip(drawn, cleared, strict=True) if c.is_solved.all() and c.residual.item() < SETTLED]


def test_markets_over_the_whole_ranges_answer_as_clearing_again_does():
    """A long step bends and meets kinks, a short one drowns in rounding: one of four must agree."""
    markets = settled_markets()
    assert len(markets) >= 10
    for market, cleared in markets:
        net, terms = market.net, market.terms
        for parameter in PARAMETERS:
            values = getattr(terms, parameter)[0]
            large = np.flatnonzero(np.isfinite(values) & (values > 1e-2 * np.abs(terms.flow).max()))
            for entry in large[:2] if parameter != "exponent" else range(2):
                found = sensitivity(net, terms, cleared, parameter, np.array([entry]))
                for slopes, sign in ((found.up, 1.0), (found.down, -1.0)):
                    assert np.isfinite(slopes.value).all()
                    steps = [sign * share * values[entry] for share in (1e-3, 1e-4, 1e-5, 1e-6)]
                    assert any(
                        not disagreeing(
                            slopes, one_sided(net, terms, cleared, parameter, int(entry), step), cleared, step
                        )
                        for step in steps
                    ), (parameter, entry)
