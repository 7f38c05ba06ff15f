"""The bundle of facts at the command line: a list, a chain, a reason, and a user's own figures on top."""

from __future__ import annotations

import json
import sys

import pytest

from chokepoint.cli import main
from chokepoint.facts import load_facts

OWN = "mineral,stage,measure,country,year,value,unit,basis,source\n"
OWN += "gallium,refining,production,China,2024,900,t/yr,contained (low purity),a trader's letter\n"
TWENTY = [
    ("gallium", "production", "refining", "CHN", 2024),
    ("gallium", "production", "refining", "DEU", 2024),
    ("germanium", "production", "refining", "CHN", 2024),
    ("germanium", "price", None, None, 2024),
    ("antimony", "production", "mining", "TJK", 2024),
    ("antimony", "production", "refining", "CHN", 2024),
    ("tungsten", "net_import_reliance", None, "USA", 2024),
    ("tungsten", "reserves", None, "CHN", 2025),
    ("lithium", "production", "refining", "CHN", 2024),
    ("lithium", "production", "mining", "USA", 2024),
    ("dysprosium", "production", "mining", "CHN", 2024),
    ("dysprosium", "price", None, None, 2025),
    ("rare_earths", "reserves", None, "BRA", 2025),
    ("rare_earths", "production", "mining", "WLD", 1950),
    ("cobalt", "by_product_share", None, None, None),
    ("palladium", "production", "mining", "RUS", 2025),
    ("uranium", "production", "mining", "KAZ", 2024),
    ("titanium", "capacity", "refining", "JPN", 2025),
    ("magnesium", "production", "smelting", "CHN", 2024),
    ("boron", "production", "mining", "USA", 2024),
]


def called(monkeypatch, *arguments):
    """Run the program and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["chokepoint", *map(str, arguments)])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


def test_the_list_counts_every_mineral(monkeypatch, capsys):
    assert called(monkeypatch, "minerals", "--json") == 0
    listed = {each["mineral"]: each for each in json.loads(capsys.readouterr().out)}
    assert len(listed) >= 70
    assert listed["gallium"]["sourced"] > 50
    assert listed["gallium"]["newest_year"] == 2025
    assert all(each["sourced"] + each["derived"] + each["assumed"] + each["missing"] >= 0 for each in listed.values())


@pytest.mark.parametrize("name", ["gallium", "Gallium", "Ga", "low-purity gallium"])
def test_a_mineral_is_shown_under_any_of_its_names(monkeypatch, capsys, name):
    assert called(monkeypatch, "mineral", name, "--year", 2024) == 0
    shown = capsys.readouterr().out
    assert "a by-product of aluminium, zinc: their output, not its own price, sets its supply" in shown
    assert "Refining, 2024: world 848 t/yr (usgs_mcs2026, A)" in shown
    assert "China                     98.9%              839 t/yr  usgs_mcs2026, A" in shown
    assert "usgs_mcs2026: U.S. Geological Survey. Mineral Commodity Summaries 2026" in shown


def test_every_figure_of_a_chain_has_a_source_a_grade_and_a_kind(monkeypatch, capsys):
    assert called(monkeypatch, "mineral", "rare earths", "--json") == 0
    chain = json.loads(capsys.readouterr().out)
    assert [each["stage"] for each in chain["stages"]] == ["mining", "separation", "magnets"]
    figures = [producer for stage in chain["stages"] for producer in stage["producers"]] + chain["besides"]
    assert figures
    for each in figures:
        assert each["source"]
        assert each["grade"]
        assert each["kind"] in {"sourced", "derived", "assumed", "missing"}
        assert each["value"] is not None or each["reason"]
    assert "no bundled source counts the stage 'separation'" in chain["stages"][1]["reason"]


def test_a_mineral_nobody_knows_gets_the_nearest(monkeypatch, capsys):
    assert called(monkeypatch, "mineral", "galium") == 2
    assert "NAME: found 'galium'; expected the code, name or symbol of a mineral; did you mean 'gallium'" in (
        capsys.readouterr().err
    )


def test_ones_own_figure_is_shown_and_said_to_replace_the_bundles(monkeypatch, capsys, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(OWN, encoding="utf-8")
    assert called(monkeypatch, "mineral", "gallium", "--year", 2024, "--figures", path) == 0
    printed = capsys.readouterr()
    assert (
        "your figure production.gallium.refining.CHN.2024 = 900 t/yr replaces 839 t/yr from usgs_mcs2026" in printed.err
    )
    assert "900 t/yr  a trader's letter, C" in printed.out


def test_a_bad_file_of_figures_is_one_numbered_message(monkeypatch, capsys, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(OWN.replace("t/yr", "tons").replace("2024", "2024-25"), encoding="utf-8")
    assert called(monkeypatch, "minerals", "--figures", path) == 2
    message = capsys.readouterr().err
    assert message.startswith("2 problems; nothing was written:")
    assert "mine.csv:2 column year: found '2024-25'" in message
    assert "column unit: found 'tons'; expected a unit of production: kg/yr, t/yr, kt/yr, Mt/yr" in message


def test_why_explains_a_fact_with_its_sources_best_first(monkeypatch, capsys):
    assert called(monkeypatch, "why", "production.gallium.refining.CHN.2024", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["value"], each["source"]) for each in found["figures"]] == [
        (839.0, "usgs_mcs2026"),
        (750.0, "usgs_mcs2025"),
    ]
    assert found["steps"] == ["Counted as: contained (low purity).", "Several say it; the first is used."]


def test_why_finds_a_price_whose_stage_is_left_out(monkeypatch, capsys):
    assert called(monkeypatch, "why", "price.gallium.WLD.2025") == 0
    assert "price.gallium.refining.WLD.2025 = 580000 USD/t" in capsys.readouterr().out


def test_a_price_of_an_oxide_says_that_it_is_one():
    price = load_facts().one(mineral="tungsten", measure="price", year=2025)
    assert (price.value, price.basis.split(", ")[-1]) == (38_000.0, "a tonne of tungsten trioxide")


def test_why_says_why_there_is_no_number(monkeypatch, capsys):
    assert called(monkeypatch, "why", "production.germanium.refining.CHN.2024") == 0
    assert "no number (the Survey leaves the cell empty; usgs_mcs2025)" in " ".join(capsys.readouterr().out.split())
    assert called(monkeypatch, "why", "production.dysprosium.mining.CHN.2024") == 2
    assert "publishers count it within 'rare_earths'" in capsys.readouterr().err


def test_why_explains_a_flow_of_trade_and_what_its_code_holds(monkeypatch, capsys):
    assert called(monkeypatch, "why", "trade.850511.CHN.USA.2022") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "World trade under 850511, permanent magnets of metal. values only" in said
    assert "trade.850511.CHN.USA.2022: no number (BACI has no quantity; baci_202601)." in said
    assert "trade.850511.CHN.USA.2022 = 532638 thousand USD, 2022, sourced, grade B" in said
    assert called(monkeypatch, "why", "trade.850511.CHN.USA.1999") == 2
    assert "no trade under 850511 in 1999; the bundle holds it for 2002" in capsys.readouterr().err


def test_a_code_whose_series_breaks_is_named(monkeypatch, capsys):
    assert called(monkeypatch, "mineral", "lithium") == 0
    assert "283691 lithium carbonates (refining; HS92 HS96 HS02 HS07 HS12 HS17 HS22; the series breaks in 2022)" in (
        capsys.readouterr().out
    )


def test_why_still_explains_the_figures_of_the_worlds(monkeypatch, capsys):
    assert called(monkeypatch, "why", "production.mine_light.USA") == 0
    assert "production.mine_light.USA" in capsys.readouterr().out
    assert called(monkeypatch, "why", "price.dysprosium_oxide") == 0


def test_twenty_requests_get_twenty_answers_a_value_or_a_reason():
    facts = load_facts()
    answers = []
    for mineral, measure, stage, country, year in TWENTY:
        try:
            found = facts.one(mineral=mineral, measure=measure, stage=stage, country=country, year=year)
        except LookupError as reason:
            answers.append(str(reason))
        else:
            assert found.value is not None
            answers.append(f"{found.value} {found.unit} ({found.source})")
    assert len(answers) == len(TWENTY)
    assert all(answers)
    assert sum("no bundled source" in each or "no number" in each for each in answers) == 7
