from __future__ import annotations

from dataclasses import replace

import pytest

from chokepoint.dates import Month
from chokepoint.exposure import independence, parties_outside, stop_by_year, stop_table
from chokepoint.exposure.complete_stop import STOP_MONTHS
from chokepoint.exposure.independence import OTHERS, capacities, cover, needs, planned
from chokepoint.simulation import behave, wire
from tests.position.circle import closed_circle
from tests.simulation.trade import settings_of


def row(found, stage, claim="own", party="SYL"):
    return next(each for each in found if (each.party, each.stage, each.claim) == (party, stage, claim))


@pytest.fixture(scope="module")
def circle():
    market = replace(closed_circle(), blocs={"SYL": ("SYL",)})
    return market, independence(market, settings_of(market), "RUR", 2025)


def test_need_is_followed_from_magnets_down_to_what_is_made_of_ore():
    market = closed_circle()
    need = needs(market, "RUR", ("SYL",))
    assert need[market.good_index("magnet")] == 90.0
    assert need[market.good_index("oxide")] == pytest.approx(30.0)


def test_what_is_mined_counts_by_the_oxide_it_holds():
    market = closed_circle()
    capacity = behave(market, wire(market), settings_of(market)).capacity
    made, mined = capacities(market, "RUR", ("SYL",), capacity)
    assert made[0, market.good_index("ore")] == pytest.approx(25.0)
    assert mined[0, market.good_index("oxide")] == pytest.approx(6.25)


def test_a_stage_is_independent_in_the_first_january_with_capacity_for_the_whole_need(circle):
    _, found = circle
    assert row(found, "separation").year == 2027
    assert row(found, "magnets").year == 2030
    assert row(found, "magnets").need_t_per_year == pytest.approx(1080.0)
    assert row(found, "magnets").met_last == pytest.approx(120.0 / 90.0)


def test_a_stage_that_never_gets_there_has_no_year_and_says_how_far_it_gets(circle):
    _, found = circle
    mining = row(found, "mining")
    assert (mining.year_early, mining.year, mining.year_late, mining.reached) == (None, None, None, 0.0)
    assert mining.met_last == pytest.approx(6.25 / 30.0)
    assert mining.decided_now_early == mining.decided_now_late == 2030.0


def test_when_half_of_the_draws_build_a_plant_the_late_year_is_missing():
    market = replace(closed_circle(), blocs={"SYL": ("SYL",)})
    settings = settings_of(market, 10, project_chance__works=[1.0] * 5 + [0.0] * 5)
    magnets = row(independence(market, settings, "RUR", 2025), "magnets")
    assert (magnets.year_early, magnets.year_late, magnets.reached) == (2030, None, 0.5)


def test_cover_is_the_store_over_what_arrives_in_a_month(circle):
    market, _ = circle
    found = cover(market, settings_of(market, 3, stock_cover=[1.0, 2.0, 3.0]), {"SYL": ("SYL",)})
    magnets = next(each for each in found if each.good == "magnet")
    assert magnets.months == pytest.approx(2.0)
    assert magnets.months_low == pytest.approx(1.2)


def test_all_outside_leaves_out_the_controlling_country(circle):
    market, _ = circle
    assert set(parties_outside(market, "RUR")[OTHERS]) == set(market.countries) - {"RUR"}


def test_a_stop_costs_less_once_plants_stand_and_the_same_when_nothing_changed():
    market = closed_circle()
    found = stop_by_year(market, settings_of(market), "RUR", Month(2026, 1), {"SYL": ("SYL",)}, years=(0, 6, 9))
    now, later, latest = found.of("SYL")[0]
    assert 0.0 < later < 0.8 * now
    assert latest == later
    table = stop_table(found)
    shares = [each[5] for each in table.rows if each[0] == "SYL"]
    assert shares == pytest.approx([1.0, later / now, later / now])
    assert STOP_MONTHS == 12


def test_projects_are_listed_with_their_ranges_and_sources():
    market = closed_circle()
    listed = planned(market)
    assert [(each.project, each.country, each.start) for each in listed] == [
        ("plant", "SYL", 2027.0),
        ("works", "SYL", 2030.0),
    ]
    assert all(each.investment_musd is None and each.source == "assumed" for each in listed)
