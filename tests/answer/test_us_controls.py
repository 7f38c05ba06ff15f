"""The US measures on the world they bear on: who loses, when, and what lifting them brings back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chokepoint import bundle
from chokepoint.answer.page import speaks_of
from chokepoint.answer.plain import plain_tables, plain_text
from chokepoint.answer.run import DATA, answer, open_scenario
from chokepoint.cli.opening import chosen

SCENARIO = DATA / "scenarios" / "us-controls-2025.yaml"
JANUARY, JUNE, DECEMBER = 0, 5, 11


def branch_of(scenario, name, *words):
    """Return a branch that holds the measures whose ids end in one of the words, all long known."""
    source = scenario.branches[-1]
    kept = tuple(each for each in source.measures if each.id.endswith(words))
    return replace(source, name=name, measures=kept)


def answered(world_name):
    world = bundle.load(world_name)
    scenario = open_scenario(world, SCENARIO)
    stops = {
        "software": ("design-software-letters",),
        "engines": ("engine-letters",),
        "ethane": ("ethane-letters",),
        "before": ("advanced-chips", "chips-update"),
    }
    asked = tuple(branch_of(scenario, name, *words) for name, words in stops.items())
    return answer(world, replace(scenario, months=14, branches=(*scenario.branches, *asked)), draws=0)


@pytest.fixture(scope="module")
def run():
    return answered("us-controls-2024")


def monthly_loss(run, branch, country):
    return run.branch(branch).stakes.loss[0][:, run.world.country_index(country)]


def flow(run, branch, good, exporter, importer):
    """Return a lane's flow over its usual one, month by month."""
    lanes = run.world.lanes
    index = run.world.country_index
    mine = (lanes.good == run.world.good_index(good)) & (lanes.exporter == index(exporter))
    mine &= lanes.importer == index(importer)
    return run.branch(branch).outcome.flow[0][:, mine].sum(axis=1) / lanes.flow_per_month[mine].sum()


def profit(outcome, kind, country):
    acts = outcome.world.activities
    mine = [
        (each, outcome.world.countries[place]) == (kind, country)
        for each, place in zip(acts.kind, acts.country, strict=True)
    ]
    return outcome.profit[0][:, mine].sum(axis=1)


def test_every_month_is_solved_and_the_books_close(run):
    for branch in run.branches:
        assert branch.is_solved.all()
        assert branch.stakes.identity_gap.max() < 1e-9


@pytest.mark.parametrize("stop", ["software", "engines", "ethane"])
def test_a_stop_costs_china_more_as_its_stores_run_down(run, stop):
    loss = monthly_loss(run, stop, "CHN")
    assert 0.0 < loss[JUNE] < loss[JUNE + 1] < loss[DECEMBER] * (1 + 1e-6)


@pytest.mark.parametrize("stop", ["software", "engines", "ethane"])
def test_a_stop_costs_the_united_states_too(run, stop):
    # From July on: in June the few cargoes of ethane that had cleared before fetch the price of scarcity.
    assert (monthly_loss(run, stop, "USA")[JUNE + 1 :] > 0.0).all()


def test_the_seller_of_software_loses_its_gross_margin_on_what_china_does_not_buy(run):
    lanes = run.world.lanes
    usual = lanes.flow_per_month[
        (lanes.good == run.world.good_index("chip_design_software"))
        & (lanes.exporter == run.world.country_index("USA"))
    ].sum()
    margin = monthly_loss(run, "software", "USA")[DECEMBER] / (usual * 1_000)
    assert margin == pytest.approx(4.882 / 6.127, rel=1e-3)


def test_makers_of_ethane_earn_less_and_find_few_other_buyers_abroad(run):
    branch = run.branch("ethane")
    with_letters, without = (profit(each, "ethane_recovery", "USA") for each in (branch.outcome, branch.without))
    assert (with_letters[JUNE:] < without[JUNE:]).all()
    assert (flow(run, "ethane", "ethane", "USA", "ROW")[JUNE:] < 1.1).all()


def test_the_french_half_of_an_engine_stops_with_the_american(run):
    for maker in ("USA", "ROW"):
        assert flow(run, "engines", "narrowbody_engine", maker, "CHN")[JUNE + 1] == 0.0


@pytest.mark.parametrize("good", ["chip_design_software", "narrowbody_engine", "ethane"])
def test_lifting_the_letters_brings_flows_back(run, good):
    assert flow(run, "lifted", good, "USA", "CHN")[JUNE] < 0.2
    assert flow(run, "lifted", good, "USA", "CHN")[JUNE + 3] > 0.85
    assert flow(run, "known-on-9-june", good, "USA", "CHN")[JUNE + 3] == 0.0


def test_rules_older_than_the_reference_year_hold_nothing_back_a_second_time(run):
    assert np.abs(run.branch("before").stakes.loss).max() < 1e-3


def test_the_end_of_the_affiliates_suspension_is_told_as_unknown(run):
    (note,) = run.branch("lifted").schedule.notes
    assert note.endswith("set to end on 2026-11-09; what happened then is not known to the sources.")


def test_the_world_of_both_sides_gives_the_same_losses(run):
    both = answered("london-2024")
    for branch in ("known-on-9-june", "lifted"):
        for country in ("CHN", "USA"):
            mine, joint = monthly_loss(run, branch, country), monthly_loss(both, branch, country)
            assert joint == pytest.approx(mine, rel=1e-6, abs=1e-6 * np.abs(mine).max())


def test_a_scenario_brings_its_own_world():
    world, scenario = chosen("us-controls-2025")
    assert (world.name, scenario.world) == ("us-controls-2024", "us-controls-2024")
    world, scenario = chosen("london-2025")
    assert (world.name, scenario.world) == ("rare-earths-2024", "rare-earths-2024")


def test_a_world_without_magnets_is_answered_in_words_and_tables(run):
    assert not speaks_of(run.world)
    text = plain_text(run)
    for branch in run.branches:
        assert branch.record.title in text
    assert {table.name for table in plain_tables(run)} == {"losses", "stops"}
