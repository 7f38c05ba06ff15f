"""The second front and the circle in words: what their sentences and charts say is what their tables hold."""

import datetime as dt
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.fronts import Fronts, circle_part, front_part, fronts_record, weigh_fronts
from chokepoint.bargaining.deposit_tables import front_of
from chokepoint.dates import Month
from chokepoint.exposure import StopByYear, parties_outside
from chokepoint.exposure.independence import independence
from chokepoint.records.scenario import OverrideRecord
from chokepoint.records.talks import DepositRecord, FrontsRecord
from chokepoint.report import amounts
from tests.position.circle import closed_circle
from tests.ruritania import figure
from tests.simulation.trade import settings_of
from tests.talks.strelsau import talks

FIRST = Month(2026, 1)
YEARS = (0, 5, 10)
ASKED = FrontsRecord(
    controller="RUR", chain="north", contract="fund", first=str(FIRST), draws=2, builder="LEAGUE", rivals=("RUR",)
)


def market():
    """Return the chain Ruritania holds, with deposits to bid for."""
    found = closed_circle()
    numbers = {
        "second_front.output": 144.0,
        "second_front.stop_chance": 0.5,
        "second_front.provocation": 0.1,
        "second_front.own_chain_cost": 50.0,
        "lead_time.deposit": 10.0,
    }
    parameters = {**found.parameters, **{name: figure(name, each) for name, each in numbers.items()}}
    return replace(
        found, parameters=parameters, figures={**parameters, "contract.fund": figure("contract.fund", 150.0)}
    )


@pytest.fixture(scope="module")
def fronts():
    """Stops that cost the league 900, 600 and 300 million USD now and later, and Ruritania 10."""
    world = market()
    settings = settings_of(world, 3, second_front__provocation=[0.1, -0.1, 0.2])
    parties = parties_outside(world, "RUR")
    league = np.array([900e6, 600e6, 300e6]) * np.array([[1.0], [0.9], [1.1]])
    loss = np.stack([np.full_like(league, 10e6), *(league for _ in parties)], axis=2)
    stops = StopByYear(controller="RUR", first=FIRST, years=YEARS, parties=("RUR", *parties), loss=loss)
    return Fronts(
        asked=ASKED,
        world=world,
        settings=settings,
        stops=stops,
        front=front_of(world, settings, stops, dict(parties), "fund"),
        independence=independence(world, settings, "RUR", FIRST.year),
    )


def rows(part, name):
    table = next(table for table in (*part.drawn, *part.tables) if table.name == name)
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def test_talks_that_ask_for_no_second_front_get_none():
    assert weigh_fronts(talks(), market(), lambda _: None) is None


def test_stops_are_simulated_for_everybody_outside_with_what_is_known_when_the_talks_are_judged():
    said = []
    view = replace(talks().views[0], as_of=dt.date(2023, 12, 31))
    found = weigh_fronts(talks(views=(view,), fronts=replace(ASKED, draws=1)), market(), said.append)
    assert said == ["the second front and the circle: stops now and later (2 cases)"]
    assert found.stops.parties == ("RUR", "LEAGUE", "outside")
    assert found.settings.cases == 2
    # Both plants were announced in 2024.
    assert found.settings.of("project_chance", "works").tolist() == [0.0, 0.0]


def test_what_a_stop_costs_now_and_later_is_said_as_the_table_holds_it(fronts):
    part = circle_part(fronts)
    mine = [row for row in rows(part, "stop_by_year") if row["party"] == "LEAGUE"]
    assert [row["loss_usd"] for row in mine] == [900e6, 600e6, 300e6]
    assert part.said[1].sentence == (
        "A stop by Ruritania for twelve months would cost LEAGUE USD 900 m now and USD 300 m after 10 years, "
        "so that the lever keeps 33 % of its force."
    )


def test_stages_met_by_own_plants_are_said_with_their_year(fronts):
    part = circle_part(fronts)
    own = {
        row["stage"]: row
        for row in rows(part, "years_to_independence")
        if (row["party"], row["claim"]) == ("LEAGUE", "own")
    }
    assert own["magnets"]["year"] == 2030
    said = part.said[0].sentence
    for stage, row in own.items():
        reached = f"in {row['year']}" if row["year"] else "not with the plants listed"
        assert f"{stage} ({row['good'].replace('_', ' ')}) {reached}, {amounts.percent(row['met_now'])} of need" in said


def test_the_stops_are_drawn_in_the_month_in_which_they_begin(fronts):
    part = circle_part(fronts)
    drawn = {(row["party"], row["month"]): row for row in rows(part, "stop_lines")}
    for row in rows(part, "stop_by_year"):
        point = drawn[row["party"], str(FIRST.plus(12 * row["years"]))]
        assert (point["low_usd"], point["value_usd"], point["high_usd"]) == (
            row["loss_low_usd"],
            row["loss_usd"],
            row["loss_high_usd"],
        )


def test_what_the_deposits_spare_and_whether_the_option_binds_is_said_as_the_tables_hold_it(fronts):
    part = front_part(fronts)
    worth, barred, both = (each.sentence for each in part.said)
    # Deposits produce after ten years: nothing within one or five.
    assert "would spare LEAGUE nothing over 1 and 5 years" in worth
    for row in rows(part, "deposit_worth")[2:]:
        assert f"{amounts.usd(row['first_usd'])} over {row['horizon']} years" in worth
    last = rows(part, "deposit_worth")[-1]
    assert last["exclusion_asked_usd"] > 0.0
    assert f"shut out Ruritania over 30 years {amounts.usd(last['exclusion_asked_usd'])}" in barred
    for row in rows(part, "outside_option"):
        if row["party"] == "LEAGUE":
            assert f"{amounts.percent(row['binds'])} of draws after {row['years']} year" in both
    for row in rows(part, "dual_track"):
        if row["party"] == "LEAGUE":
            assert re.search(rf"{row['verdict']} over [^;.]*\b{row['horizon']}\b", both)


def test_the_dual_track_is_drawn_for_the_builder_alone(fronts):
    part = front_part(fronts)
    mine = [row for row in rows(part, "dual_track") if row["party"] == "LEAGUE"]
    drawn = rows(part, "dual_track_bars")
    assert [(row["low_usd"], row["value_usd"], row["high_usd"]) for row in drawn] == [
        (row["low_usd"], row["middle_usd"], row["high_usd"]) for row in mine
    ]


@pytest.mark.parametrize("part_of", [circle_part, front_part])
def test_every_chart_finds_its_table_and_columns(fronts, part_of):
    part = part_of(fronts)
    tables = {table.name: table for table in part.drawn}
    assert part.charts
    for chart in part.charts:
        chart.check(tables)


def test_the_entry_of_the_record_is_json(fronts):
    entry = json.loads(json.dumps(fronts_record(fronts)))
    assert (entry["controller"], entry["draws"], entry["unsolved_cases"]) == ("RUR", 2, [])


DEPOSIT = DepositRecord(
    owner="Freedonia",
    title="Freedonia's hills",
    unknown="Nobody has weighed them.",
    kind="mine",
    stands_in="FRE",
    least_scale=OverrideRecord(name="least_scale", value=0.5, low=0.2, high=0.9, reason="fiction"),
)


@pytest.fixture(scope="module")
def among_three():
    """The league bids against Ruritania, which holds the works, and against nobody else; all of it simulated."""
    asked = replace(ASKED, draws=1, rivals=("RUR",), deposit=DEPOSIT)
    lead = OverrideRecord(name="lead_time.deposit", value=3.0, low=3.0, high=3.0, reason="fiction")
    return weigh_fronts(talks(fronts=asked, parameters=(lead,)), market(), lambda _: None)


def test_a_third_country_is_named_in_the_talks_file_and_needs_no_code(among_three):
    part = front_part(among_three)
    assert part.said[0].sentence.startswith(
        "Nobody has weighed them. Taking an assumed output, having Freedonia's hills"
    )
    assert "Over 30 years Freedonia reaches with LEAGUE USD" in part.said[1].sentence
    assert "To tie it and shut out LEAGUE, Ruritania would pay" in part.said[1].sentence
    assert "to leave it in the ground, Ruritania would pay" in part.said[1].sentence
    # The talks file says that output comes after three years, so that it counts within fifteen.
    assert among_three.settings.of("lead_time", "deposit").tolist() == [3.0, 3.0]
    shares = {(row["party"], row["horizon"], row["stop"]): row for row in rows(part, "third_party_shares")}
    assert shares["Freedonia", 15, "carried out"]["alone_usd"] > 0.0


def test_worths_of_coalitions_are_those_of_the_simulated_year_at_its_chance_and_time(among_three):
    third, game = among_three.third, among_three.third.game("RUR")
    simulated = third.market
    chance, league = 0.5, simulated.parties.index("LEAGUE")
    year = simulated.payoff[:, :, simulated.at("LEAGUE"), league] - simulated.payoff[:, :, 0, league]
    expected = (1.0 - chance) * year[:, 0] + chance * year[:, 1]
    rate = among_three.settings.of("discount_rate")
    years = np.arange(3, 30)
    weight = ((1.0 + rate[:, None]) ** -years).sum(axis=1)
    np.testing.assert_allclose(game.gain[:, 1, 1], expected * weight, rtol=1e-9)


def test_a_front_without_a_contract_has_paid_nothing_so_far():
    world = market()
    asked = replace(ASKED, contract="", draws=1)
    found = weigh_fronts(talks(fronts=asked), replace(world, figures=world.parameters), lambda _: None)
    assert found.front.paid_in == 0.0
