from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.stakes import weigh
from tests.properties.worlds import halved, magnet_caps, renamed, reordered, stocked_chains
from tests.ruritania import chain, with_parameters
from tests.simulation.trade import simulate

SAME = 1e-6


def labelled(world, outcome, stakes):
    """Return flows, prices, uses, stocks and losses by their labels."""
    code = [good.code for good in world.goods]
    name = world.countries
    lanes, uses, stores, wiring = world.lanes, world.uses, world.stores, outcome.wiring
    found = {}
    for row in range(lanes.good.size):
        key = ("flow", code[lanes.good[row]], name[lanes.exporter[row]], name[lanes.importer[row]])
        found[key] = outcome.flow[0, :, row]
    for row in range(wiring.seller_good.size):
        key = ("ex-works", code[wiring.seller_good[row]], name[wiring.seller_country[row]])
        found[key] = outcome.ex_works[0, :, row]
    for row in range(wiring.buyer_good.size):
        key = ("delivered", code[wiring.buyer_good[row]], name[wiring.buyer_country[row]])
        found[key] = outcome.delivered[0, :, row]
    for row in range(uses.good.size):
        found["use", code[uses.good[row]], name[uses.country[row]], uses.sector[row]] = outcome.use[0, :, row]
    for row in range(stores.good.size):
        found["stock", code[stores.good[row]], name[stores.country[row]]] = outcome.stock[0, :, row]
    for row in range(len(name)):
        found["loss", name[row]] = stakes.loss[0, :, row]
    return found


def cap_by_label(world, cap):
    lanes = world.lanes
    code = [good.code for good in world.goods]
    return {
        (code[lanes.good[row]], world.countries[lanes.exporter[row]], world.countries[lanes.importer[row]]): cap[row]
        for row in range(lanes.good.size)
    }


def cap_in(world, capped):
    return np.array([capped[key] for key in cap_by_label(world, np.zeros(world.lanes.good.size))])


def results(world, cap):
    outcome = simulate(world, 3, cap_share=cap)
    assert outcome.is_solved.all()
    return labelled(world, outcome, weigh(outcome, simulate(world, 3)))


def assert_same(found, expected):
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, rel=SAME, abs=1e-5), key


@given(stocked_chains(), magnet_caps(), st.permutations(range(4)), st.permutations(range(4)), st.integers(0, 99))
@settings(max_examples=30)
def test_another_order_of_countries_goods_and_rows_gives_the_same_results_by_label(world, cap, countries, goods, seed):
    other = reordered(world, countries, goods, np.random.default_rng(seed))
    assert_same(results(other, cap_in(other, cap_by_label(world, cap))), results(world, cap))


def specific():
    """Return the chain with parameters that name a good, a sector and a country."""
    return with_parameters(
        chain(),
        demand_elasticity__magnet__cars=0.7,
        choke_price__magnet__lamps=6.0,
        stock_cover__magnet__SYL=1.0,
        switch_elasticity__magnet=3.0,
        utilisation__magnet_making__FRE=0.6,
    )


@given(magnet_caps())
@settings(max_examples=15)
def test_other_names_give_the_same_results_under_those_names(cap):
    names = {"magnet": "lodestone", "SYL": "TRA", "FRE": "BRU", "ore": "rock"}
    expected = results(specific(), cap)
    found = results(renamed(specific(), names), cap)
    assert_same(found, {tuple(names.get(part, part) for part in key): value for key, value in expected.items()})


def test_a_parameter_that_lost_its_name_changes_the_results():
    names = {"magnet": "lodestone"}
    world = renamed(specific(), names)
    lost = with_parameters(world, demand_elasticity__lodestone__cars=0.2)
    cap = np.where(np.arange(14) == 9, 0.3, np.inf)
    use = ("use", "lodestone", "SYL", "cars")
    assert results(lost, cap)[use][0] != pytest.approx(results(world, cap)[use][0], rel=1e-3)


def sums(outcome, world, code):
    """Return what a country, or its halves, buys from others by good, uses, makes and holds."""
    mine = np.array([each.startswith(code) for each in world.countries])
    lanes = world.lanes
    into = mine[lanes.importer]
    flows = outcome.flow @ (np.eye(4)[lanes.good] * into[:, None])
    stocks = (outcome.stock * mine[world.stores.country]).sum(axis=2)
    uses = (outcome.use * mine[world.uses.country]).sum(axis=2)
    profit = (outcome.profit * mine[world.activities.country]).sum(axis=2)
    return np.concatenate([flows[0].ravel(), stocks[0], uses[0], profit[0]])


@given(stocked_chains(), magnet_caps(), st.sampled_from(["RUR", "SYL", "FRE", "GFW"]))
@settings(max_examples=30)
def test_splitting_a_country_into_two_equal_halves_leaves_totals(world, cap, code):
    split = halved(world, code)
    origin = {
        key: cap_by_label(world, cap)[tuple(part.removesuffix("2") for part in key)]
        for key in cap_by_label(split, np.zeros(split.lanes.good.size))
    }
    whole = simulate(world, 3, cap_share=cap)
    parts = simulate(split, 3, cap_share=cap_in(split, origin))
    assert parts.is_solved.all()
    for each in world.countries:
        assert sums(parts, split, each) == pytest.approx(sums(whole, world, each), rel=SAME, abs=1e-5)
    assert parts.value == pytest.approx(whole.value, rel=SAME)
