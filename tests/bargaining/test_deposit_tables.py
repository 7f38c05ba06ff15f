from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.bargaining.deposit_tables import HORIZONS, front_of, second_front_tables
from chokepoint.bargaining.three_parties import deposit_game, exclusivity
from chokepoint.dates import Month
from chokepoint.exposure import StopByYear
from tests.position.circle import closed_circle
from tests.ruritania import figure
from tests.simulation.trade import settings_of

PARTIES = {"SYL": ("SYL",)}


def fronts(loss, own=10e6, **values):
    """Lay out a front on stops that cost Sylvania and Ruritania the same in every year."""
    market = closed_circle()
    numbers = {
        "second_front.output": 144.0,
        "second_front.stop_chance": 0.5,
        "second_front.provocation": 0.0,
        "second_front.own_chain_cost": 50.0,
        "lead_time.deposit": 16.0,
    }
    market = replace(
        market,
        parameters={**market.parameters, **{name: figure(name, each) for name, each in numbers.items()}},
        figures={"contract.fund": figure("contract.fund", 150.0)},
    )
    cases = len(loss)
    both = np.stack([np.full((cases, 2), own), np.array([[each, each] for each in loss])], axis=2)
    stops = StopByYear(controller="RUR", first=Month(2026, 1), years=(0, 15), parties=("RUR", "SYL"), loss=both)
    return front_of(market, settings_of(market, cases, **values), stops, PARTIES, "fund")


def test_the_share_of_need_is_the_oxide_in_the_ore_over_the_oxide_in_the_magnets():
    # 12 t of ore a month hold 3 t of oxide; 90 magnets a month need 30.
    assert fronts([100e6]).shares["SYL"] == pytest.approx([0.1])


def test_within_fifteen_years_the_deposit_is_worth_nothing_and_nobody_bids():
    worth, _, both = second_front_tables(fronts([100e6] * 3), [("SYL", "RUR")])
    columns = [column.name for column in worth.columns]
    for row in worth.rows:
        found = dict(zip(columns, row, strict=True))
        expected = 0.0 if found["horizon"] <= 15 else 14 * 0.5 * 0.1 * 100e6
        assert found["first_usd"] == pytest.approx(expected)
        assert found["nobody_bids"] == (1.0 if expected == 0.0 else 0.0)
        assert found["first_wins"] == 1.0 - found["nobody_bids"]
    verdicts = {row[1]: row[5] for row in both.rows}
    assert verdicts == {
        1: "only a cost so far",
        5: "only a cost so far",
        15: "only a cost so far",
        30: "a contradiction",
    }


def test_a_case_that_was_not_solved_in_any_year_is_left_out():
    front = fronts([100e6, np.nan, 300e6])
    assert front.kept.tolist() == [True, False, True]
    assert front.avoided("SYL", 1.0, HORIZONS[-1]) == pytest.approx([70e6, 210e6])


def test_a_provocation_of_both_signs_leaves_the_evidence_undecided():
    drawn = {"second_front__provocation": np.linspace(-0.2, 0.2, 11)}
    _, _, both = second_front_tables(fronts([900e6] * 11, **drawn), [("SYL", "RUR")])
    assert {row[5] for row in both.rows if row[1] > 1} == {"the evidence does not decide"}


def test_the_own_chain_takes_as_long_as_its_slowest_stage():
    front = fronts([100e6], own=100e6, lead_time__magnets=25.0)
    assert not front.leaving("SYL").binds[0, 0]
    assert fronts([100e6], own=0.0).leaving("SYL").binds[0, 0]


def test_an_owner_among_two_bidders_gets_more_than_one_bound_to_the_first():
    worth, *_ = second_front_tables(fronts([100e6] * 3), [("SYL", "RUR")])
    columns = [column.name for column in worth.columns]
    found = dict(zip(columns, worth.rows[-1], strict=True))
    spared = 14 * 0.5 * 0.1 * 100e6
    # Alone worth A to the bloc; its having it costs the controller A / 2, who would pay that to keep it in the ground.
    assert found["owner_least_in_core_usd"] == pytest.approx(spared / 2)
    assert found["owner_shapley_usd"] == pytest.approx(spared * 5 / 12)
    assert found["owner_bound_to_first_usd"] == pytest.approx(spared / 3)
    # The rent of the contract comes from the controller, to whom nothing would have been sold anyway.
    assert found["exclusion_asked_usd"] == pytest.approx(spared / 12)
    assert (found["exclusion_pays"], found["exclusion_wastes"]) == (1.0, 0.0)


@pytest.mark.parametrize(("mine", "theirs", "pays"), [(6.0, 7.0, True), (3.0, 4.0, False), (1.0, 2.0, False)])
def test_shutting_out_the_higher_bidder_wastes_its_lead_and_pays_where_the_lead_is_small(mine, theirs, pays):
    worth = np.array([[[mine, 0.0, 0.0], [0.0, theirs, 0.0]]])
    found = exclusivity(deposit_game(worth, np.zeros(1)), owner=0, signer=1, rival=2)
    assert found.asked == pytest.approx([theirs / 2 - mine / 3])
    assert found.gained == pytest.approx([mine / 3])
    assert (found.is_worth_it.tolist(), found.is_wasteful.tolist()) == ([pays], [True])
