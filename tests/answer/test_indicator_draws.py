"""Indicators over draws of what is not known about their figures."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner

from chokepoint.answer.indicator_draws import power_spread, ranges_of, spread, spreads, with_output
from chokepoint.answer.indicators import ask
from chokepoint.answer.world_draws import drawn_worlds, ranged, with_figures
from chokepoint.bundle import load, tables_of
from chokepoint.cli import commands
from chokepoint.errors import DataError
from chokepoint.exposure.place import Elasticity
from chokepoint.facts import load_facts
from tests.data.shared import DATA


@pytest.fixture(scope="module")
def question():
    return ask("JPN", ["cobalt", "gallium"], stage=None, year=2024, facts=load_facts())


def test_a_figure_of_output_ranges_over_every_publisher_who_counts_the_same(question):
    figure = ranges_of(question.picture)["production.cobalt.mining.COD.2024"]
    told = [
        each.value
        for each in question.facts.of(mineral="cobalt", measure="production", stage="mining", country="COD", year=2024)
        if each.value is not None and each.basis == "contained"
    ]
    assert len(set(told)) > 1
    assert (figure.low, figure.high) == (min(told), max(told))


def test_a_drawn_picture_holds_what_was_drawn_and_nothing_else_changes(question):
    picture = question.picture
    name = "production.cobalt.mining.COD.2024"
    drawn = with_output(picture, {name: 1.0})
    before, after = picture.supply["cobalt", "mining"], drawn.supply["cobalt", "mining"]
    assert after.amounts == {**before.amounts, "COD": 1.0}
    assert drawn.supply["gallium", "refining"] == picture.supply["gallium", "refining"]


def test_what_rests_on_a_ranged_figure_spreads_and_names_it_and_what_does_not_stands_still(question):
    found = spreads(question, 24)
    first = found["cobalt", "mining", "top_1"]
    assert first.low < first.median < first.high
    assert first.hangs_on == "production.cobalt.mining.COD.2024"
    assert first.rank_correlation > 0.5
    origins = found["cobalt", "refining", "import_top_1"]
    assert (origins.low, origins.hangs_on) == (origins.high, "")
    power = found["cobalt", "refining", "static_power"]
    # Below an elasticity of 1 the power has no bound: those draws are counted, not averaged in.
    assert power.hangs_on == "switch_elasticity"
    assert 0.1 < power.without < 0.4


def test_quantiles_are_those_of_the_values_and_a_missing_draw_is_left_out():
    drawn = {"a": np.arange(11.0), "b": np.zeros(11)}
    row = spread(("m", "s", "i"), np.array([*np.arange(10.0) * 2.0, np.nan]), drawn)
    assert (row.low, row.median, row.high) == pytest.approx((1.8, 9.0, 16.2))
    assert (row.hangs_on, row.rank_correlation, row.without) == ("a", pytest.approx(1.0), pytest.approx(1 / 11))


def test_power_is_in_proportion_to_one_over_the_elasticity_less_one():
    spread_of = power_spread(Elasticity(value=3.0, low=3.0, high=3.0), 10)
    assert (spread_of.low, spread_of.median, spread_of.high, spread_of.without) == (1.0, 1.0, 1.0, 0.0)
    wide = power_spread(Elasticity(value=1.5, low=0.7, high=4.0), 400)
    assert wide.low == pytest.approx(0.5 / (1.5 * (4.0 / 1.5) ** 0.8 - 1.0), rel=0.02)
    assert wide.high is None
    assert 0.15 < wide.without < 0.4


def test_a_drawn_world_starts_from_the_drawn_figures_and_closes_its_balances():
    tables, _, _ = tables_of("cobalt-2024")
    figures = ranged(tables)
    worlds = list(drawn_worlds("cobalt-2024", 3, 5))
    assert len(worlds) == 3
    for each in worlds:
        for name, value in each.figures.items():
            assert figures[name].low <= value <= figures[name].high
        world = each.world
        made = np.zeros(len(world.goods))
        np.add.at(
            made,
            world.activities.entry_good,
            world.activities.entry_amount * world.activities.level_per_month[world.activities.entry_activity],
        )
        used = np.bincount(world.uses.good, world.uses.demand_per_month, minlength=len(world.goods))
        assert made == pytest.approx(used, rel=1e-6)
    assert not np.array_equal(worlds[0].world.lanes.flow_per_month, worlds[1].world.lanes.flow_per_month)
    name = next(iter(figures))
    changed = with_figures(tables, {name: figures[name].high})
    assert ranged(changed)[name].value == figures[name].high


def test_the_rows_of_a_world_are_those_it_is_loaded_from():
    tables, name, _ = tables_of("cobalt-2024")
    assert [row.good for row in tables.goods] == [good.code for good in load(name).goods]


def test_draws_reach_text_json_and_csv(tmp_path):
    asked = ["indicators", "JPN", "--mineral", "cobalt", "--draws", "12"]
    said = CliRunner().invoke(commands, asked)
    assert said.exit_code == 0, said.output
    assert (
        "Over 12 draws of output (between its publishers) and of the elasticity: median (80 % interval)." in said.output
    )
    assert "hangs most on production.cobalt.mining.COD.2024" in said.output
    rows = json.loads(CliRunner().invoke(commands, [*asked, "--json", "--out", str(tmp_path / "t")]).stdout)
    first = next(row for row in rows if (row["stage"], row["indicator"]) == ("mining", "hhi"))
    assert first["drawn"]["low"] <= first["drawn"]["median"] <= first["drawn"]["high"]
    with (tmp_path / "t" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        table = {(row["stage"], row["indicator"]): row for row in csv.DictReader(file)}
    assert float(table["mining", "hhi"]["drawn_median"]) == pytest.approx(first["drawn"]["median"])
    assert table["mining", "look_through"]["drawn_low"] == ""


def test_the_suppliers_side_says_what_the_elasticitys_range_makes_of_every_power():
    done = CliRunner().invoke(commands, ["indicators", "CHN", "--inverse", "--mineral", "gallium", "--draws", "40"])
    assert done.exit_code == 0, done.output
    assert "Over 40 draws of the elasticity every power is" in done.output
    assert "no bound) times what is shown" in done.output


def test_draws_over_the_figures_of_a_world_are_reconciled_and_shown():
    done = CliRunner().invoke(commands, ["indicators", "JPN", "--world", "cobalt-2024", "--draws", "4"])
    assert done.exit_code == 0, done.output
    assert "Over 4 draws of the world's own figures, reconciled anew each time: median (80 % interval)." in done.output


@pytest.mark.parametrize("view", ["--over-time", "--beside-published"])
def test_views_that_draw_nothing_refuse_draws(view):
    done = CliRunner().invoke(commands, ["indicators", "USA", view, "--draws", "3"])
    assert isinstance(done.exception, DataError)
    assert f"--draws: found with {view}; expected a view it can be used with" in str(done.exception)


def test_a_world_is_shown_with_medians_and_intervals_of_what_its_figures_leave_open(tmp_path):
    asked = ["world", "show", "cobalt-2024", "--draws", "6"]
    shown = CliRunner().invoke(commands, [*asked, "--out", str(tmp_path / "t")])
    assert shown.exit_code == 0, shown.output
    assert "Over 6 draws of its own figures, reconciled anew each time: median (80 % interval)" in shown.output
    said = json.loads(CliRunner().invoke(commands, [*asked, "--json"]).stdout)["drawn"]
    first = next(each for each in said if (each["good"], each["number"]) == ("cobalt_intermediate", "share of COD"))
    assert 0.0 < first["low"] < first["median"] < first["high"] < 1.0
    with (tmp_path / "t" / "drawn.csv").open(encoding="utf-8", newline="") as file:
        table = [(row["good"], row["number"], float(row["median"])) for row in csv.DictReader(file)]
    assert ("cobalt_intermediate", "share of COD", pytest.approx(first["median"])) in table


def test_commands_that_draw_nothing_say_that_their_figures_are_as_published():
    mineral = CliRunner().invoke(commands, ["mineral", "gallium"])
    assert (
        "Figures are as published; where a publisher gives a range it is shown, elsewhere none is known."
        in mineral.output
    )
    position = str(DATA / "examples" / "position.csv")
    suppliers = CliRunner().invoke(commands, ["suppliers", "--position", position])
    assert "estimates of governance come without a range: nothing here is assumed." in suppliers.output
