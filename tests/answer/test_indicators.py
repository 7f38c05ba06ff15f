"""Indicators over the bundled facts, as a user asks for them."""

from __future__ import annotations

import json
import math
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner

from chokepoint.answer.indicators import LATEST, answers, ask, by_year, elasticity, row_of
from chokepoint.answer.indicators_text import in_full, overview
from chokepoint.answer.published_order import SCORES, beside_published, published_orders
from chokepoint.cli import commands
from chokepoint.errors import DataError
from chokepoint.exposure.indicator import Indicator, Missing
from chokepoint.exposure.of_country import INDICATORS, OVER_STAGES, of_country
from chokepoint.exposure.picture import picture_of
from chokepoint.exposure.squeeze import grips, joint
from chokepoint.facts import load_facts
from tests.data.shared import DATA, ROOT

# Asked as people ask: other spellings, minerals that share a code, stages nobody counts, countries without a GDP.
REQUESTS = (
    ("Japan", "graphite", "mining", "geopolrisk"),
    ("USA", "gallium", "refining", "net_import_reliance"),
    ("DEU", "gallium", "refining", "import_top_1"),
    ("Türkiye", "boron", "mining", "hhi"),
    ("DRC", "cobalt", "mining", "top_1"),
    ("UAE", "silicon", "refining", "static_power"),
    ("Burma", "rare earths", "mining", "governance_hhi"),
    ("Other Asia, nes", "nickel", "refining", "import_hirschman"),
    ("EU27", "magnesium", "smelting", "geopolrisk"),
    ("EU27", "lithium", "refining", "net_import_reliance"),
    ("France", "dysprosium", "separation", "import_top_3"),
    ("KOR", "Ge", "refining", "geopolrisk_midpoint"),
    ("Australia", "antimony", "mining", "n_minus_1"),
    ("CHN", "niobium", "refining", "static_power"),
    ("United Kingdom", "tungsten", "mining", "months_of_cover"),
    ("Namibia", "uranium", "mining", "hhi"),
    ("Brazil", "bauxite", "mining", "top_3"),
    ("Canada", "potash", "mining", "governance_hhi"),
    ("IND", "graphite", "refining", "look_through"),
    ("ZAF", "platinum", "mining", "economic_importance"),
)


@pytest.fixture(scope="module")
def facts():
    return load_facts()


@pytest.fixture(scope="module")
def picture(facts):
    return picture_of(facts, LATEST)


@pytest.fixture(scope="module")
def of_usa(picture):
    return of_country(picture, "USA", {"USA"}, elasticity=elasticity())


def run(*arguments: str):
    return CliRunner().invoke(commands, ["indicators", *arguments], catch_exceptions=False)


def test_twenty_requests_bring_twenty_answers_a_value_or_a_reason(facts, picture):
    found = []
    for country, mineral, stage, indicator in REQUESTS:
        question = ask(country, [mineral], stage=stage, year=None, facts=facts)
        (answer,) = (each for each in answers(question, picture) if each.indicator == indicator)
        found.append(answer.result)
        assert isinstance(answer.result, Indicator) or len(answer.result.reason) > 10
    values = [each for each in found if isinstance(each, Indicator)]
    assert len(found) == 20
    assert len(values) >= 8
    assert {len(each.parts) > 0 for each in values} == {True}


def test_every_value_is_the_exact_sum_of_its_parts_and_names_its_sources(of_usa):
    values = [each for each in of_usa if isinstance(each.result, Indicator)]
    assert len(values) > 300
    for each in values:
        assert math.fsum(part.value for part in each.result.parts) == each.result.value
        assert each.result.low <= each.result.value <= each.result.high
        assert each.sources
        assert each.years


def test_what_is_missing_has_a_reason_and_never_a_value(of_usa):
    missing = [each for each in of_usa if isinstance(each.result, Missing)]
    assert missing
    assert all(each.result.reason for each in missing)
    assert all(row_of(each)["value"] is None for each in missing)


def test_every_mineral_and_stage_is_asked_for_every_indicator(picture, of_usa):
    asked = {(each.mineral, each.stage, each.indicator) for each in of_usa}
    for mineral in picture.facts.minerals.values():
        assert (mineral.code, "", OVER_STAGES) in asked
        assert {(mineral.code, stage, name) for stage in mineral.stages for name in INDICATORS} <= asked


def test_one_country_and_all_minerals_take_less_than_a_tenth_of_a_second(picture):
    seconds = []
    for _ in range(5):
        start = time.process_time()
        of_country(picture, "JPN", {"JPN"}, elasticity=elasticity())
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.1


def test_the_suppliers_side_is_the_buyers_side_seen_from_there(picture):
    (grip,) = grips(picture, "CHN", {"CHN"}, elasticity=elasticity(), minerals=("magnesium",))[:1]
    bought = of_country(picture, grip.importer, {grip.importer}, elasticity=elasticity(), minerals=("magnesium",))
    (origin,) = (each.result for each in bought if each.indicator == "import_top_1")
    assert origin.part("CHN") == pytest.approx(grip.share, rel=1e-12)
    (power,) = (each.result for each in bought if each.indicator == "static_power")
    assert power.value * picture.gdp_usd[grip.importer] == pytest.approx(grip.power_usd, rel=1e-12)


def test_the_joint_hold_on_an_importer_is_the_sum_over_its_minerals(picture):
    all_of_them = grips(picture, "CHN", {"CHN"}, elasticity=elasticity())
    hold = next(each for each in joint(all_of_them) if each.importer == "JPN")
    powers = [each.power_usd for each in all_of_them if each.importer == "JPN" and each.power_usd is not None]
    assert hold.power.value == math.fsum(powers)
    assert len(hold.power.parts) == len(powers)


def test_a_bloc_buys_nothing_from_its_own_members(facts, picture):
    question = ask("EU27", ["magnesium"], stage=None, year=None, facts=facts)
    (origins,) = (each.result for each in answers(question, picture) if each.indicator == "import_hirschman")
    assert len(question.home) == 27
    assert not {part.of for part in origins.parts} & question.home


def test_years_are_shown_with_what_parts_them(facts):
    points = by_year(ask("Japan", ["graphite"], stage="mining", year=None, facts=facts))
    series = {
        name: [each for each in points if each.answer.indicator == name and isinstance(each.answer.result, Indicator)]
        for name in ("import_top_1", "hhi")
    }
    assert [each.answer.year for each in series["import_top_1"]] == list(range(2018, 2025))
    marked = {each.answer.year: each.breaks for each in series["import_top_1"]}
    assert any("HS 2022" in each for each in marked[2022])
    assert marked[2021] == ()
    assert any("HS17 instead of" in each for each in marked[2024])
    assert any("source changes" in mark for each in series["hhi"] for mark in each.breaks)


def test_published_orders_stand_beside_ours_and_what_we_lack_is_named(of_usa):
    compared = beside_published(of_usa)
    assert [(each.order.name, each.score) for each in compared] == [
        (order.name, score) for order in published_orders() for score in SCORES
    ]
    assert published_orders()[0].minerals[:5] == ("samarium", "rhodium", "lutetium", "terbium", "dysprosium")
    for each in compared:
        found = each.comparison
        assert set(found.compared) | set(found.missing) == set(each.order.minerals)
        assert set(each.reasons) == set(found.missing)
        assert all(each.reasons.values())
        assert found.correlation is not None
        assert -1.0 <= found.correlation <= 1.0
    assert "samarium" in compared[0].comparison.missing


def test_the_page_on_indicators_prints_the_correlations_of_today(of_usa):
    page = (ROOT / "docs" / "reference" / "indicators.md").read_text("utf-8")
    for each in beside_published(of_usa):
        found = each.comparison
        assert f"`{each.score}`" in page
        assert f"| {len(found.compared)} | {found.correlation:+.2f} |" in page, (
            f"renew the table: {each.order.name}, {each.score}"
        )


def test_our_order_is_computed_from_the_figures_whatever_was_published(of_usa):
    before = beside_published(of_usa)[0].comparison
    last = before.compared[before.ours.index(max(before.ours))]
    moved = [
        replace(each, result=replace(each.result, value=1.0))
        if (each.mineral, each.indicator) == (last, SCORES[0]) and isinstance(each.result, Indicator)
        else each
        for each in of_usa
    ]
    after = beside_published(moved)[0].comparison
    assert after.ours[after.compared.index(last)] == 1.0
    assert after.correlation != before.correlation
    assert after.published == before.published


def test_the_text_shows_a_line_for_each_stage_and_a_reason_for_each_gap(of_usa):
    text = overview(of_usa)
    assert "graphite               mining" in text
    assert "neodymium_praseodymium separation" in text
    tungsten = next(line for line in text.splitlines() if line.startswith("tungsten"))
    assert " >50% " in tungsten, "the Survey prints a lower bound"
    assert "<25%" in next(line for line in text.splitlines() if line.startswith("tellurium"))
    assert "Missing is not safe." in text
    gallium = in_full([each for each in of_usa if each.mineral == "gallium"])
    assert "811292 also holds germanium" in gallium
    assert "sources: usgs_mcs2026" in gallium


def test_words_that_mean_nothing_are_refused_together_with_the_nearest_that_do(facts):
    with pytest.raises(DataError) as raised:
        ask("Germny", ["galium"], stage="minning", year=None, facts=facts)
    message = str(raised.value)
    assert "3 problems" in message
    assert "did you mean 'Germany' (DEU)?" in message
    assert "'gallium'" in message
    assert "'mining'" in message


def test_the_command_prints_json_that_says_the_same():
    rows = json.loads(run("JPN", "--mineral", "graphite", "--stage", "mining", "--json").output)
    by_name = {row["indicator"]: row for row in rows}
    assert by_name["hhi"]["value"] == pytest.approx(sum(part["value"] for part in by_name["hhi"]["parts"]))
    assert by_name["look_through"]["value"] is None
    assert by_name["look_through"]["reason"]


@pytest.mark.parametrize("view", ["--inverse", "--over-time", "--beside-published"])
def test_each_view_prints_text_and_json(view):
    mineral = () if view == "--beside-published" else ("--mineral", "magnesium")
    assert run("USA", *mineral, view).output
    assert json.loads(run("USA", *mineral, view, "--json").output)


def test_the_suppliers_side_says_why_a_mixed_code_tells_nothing():
    output = " ".join(run("CHN", "--mineral", "gallium", "--inverse").output.split())
    assert "gallium refining: gallium at refining has no code of its own in trade: 811292 also holds" in output
    rows = json.loads(run("CHN", "--mineral", "gallium", "--inverse", "--json").output)
    assert rows["grips"] == []
    assert list(rows["missing"]) == ["gallium refining"]


def test_ones_own_price_takes_the_place_of_the_printed_ones_at_every_stage(tmp_path):
    table = tmp_path / "mine.csv"
    header = "mineral,stage,measure,country,year,value,unit,basis,source"
    table.write_text(f"{header}\ntungsten,,price,WLD,2024,100,USD/kg,metal,our purchases\n", encoding="utf-8")
    rows = json.loads(run("DEU", "--mineral", "tungsten", "--figures", str(table), "--json").stdout)
    found = {(row["stage"], row["indicator"]): row["value"] for row in rows}
    score = found["mining", "geopolrisk"]
    assert found["mining", "geopolrisk_midpoint"] == pytest.approx(100.0 * score)


def test_a_users_own_suppliers_are_judged_line_by_line():
    arguments = ["suppliers", "--position", str(DATA / "examples" / "position.csv")]
    rows = json.loads(CliRunner().invoke(commands, [*arguments, "--json"], catch_exceptions=False).output)
    traction = {row["indicator"]: row for row in rows if row["line"] == "Traction motor magnets"}
    assert traction["hhi"]["value"] == pytest.approx(0.85**2 + 0.15**2)
    assert traction["months_of_cover"]["value"] > 0
    assert {part["of"] for part in traction["top_3"]["parts"]} == {"CHN", "JPN"}
    assert "Traction motor magnets" in CliRunner().invoke(commands, arguments, catch_exceptions=False).output


def test_a_users_own_suppliers_may_be_of_any_good_that_a_world_can_be_built_of(tmp_path):
    table = tmp_path / "mine.csv"
    example = (DATA / "examples" / "position.csv").read_text("utf-8")
    table.write_text(example.replace("magnets,ndfeb_magnet_heavy,", "magnets,gallium_metal,"), encoding="utf-8")
    rows = json.loads(
        CliRunner().invoke(commands, ["suppliers", "--position", str(table), "--json"], catch_exceptions=False).output
    )
    traction = {row["indicator"]: row for row in rows if row["good"] == "gallium_metal"}
    assert traction["months_of_cover"]["value"] > 0


def test_a_users_own_figures_turn_reasons_into_values_and_shares_into_others(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(
        "mineral,stage,measure,country,year,value,unit,basis,source\n"
        "graphite,,stocks,USA,2024,10000,t,,our own count\n"
        "graphite,,substitution_index,WLD,2024,0.98,share,,our engineers\n"
        "graphite,mining,production,AUS,2024,1000,kt/yr,gross,a mine report\n",
        encoding="utf-8",
    )

    def by_name(*own):
        rows = json.loads(run("USA", "--mineral", "graphite", *own, "--json").stdout)
        return {(row["stage"], row["indicator"]): row for row in rows}

    before, after = by_name(), by_name("--figures", str(table))
    assert before["mining", "months_of_cover"]["value"] is None
    cover = after["mining", "months_of_cover"]
    assert cover["value"] == pytest.approx(10000 / (65200 / 12))
    assert before["", "supply_risk"]["value"] is None
    assert after["", "supply_risk"]["value"] is not None
    assert after["mining", "hhi"]["value"] < before["mining", "hhi"]["value"]


def test_in_a_bundled_world_every_chain_is_looked_through():
    rows = json.loads(run("JPN", "--world", "rare-earths-2024", "--mineral", "ndfeb_magnet", "--json").output)
    found = {row["indicator"]: row for row in rows}
    for stage in ("mining", "separation", "magnets"):
        parts = found[f"look_through_{stage}"]["parts"]
        assert sum(part["value"] for part in parts) == pytest.approx(1.0, abs=1e-12)
    assert found["n_minus_1"]["value"] is not None
    assert found["hhi"]["sources"]
    with pytest.raises(DataError, match="did you mean 'ndfeb_magnet'"):
        run("JPN", "--world", "rare-earths-2024", "--mineral", "ndfeb_magnets")
    with pytest.raises(DataError, match="2 problems"):
        run("JPN", "--world", "rare-earths-2024", "--year", "2024", "--inverse")
