"""The contract of all loaders: declared in full, and every layout reads a real file, or an invented one."""

from __future__ import annotations

import re

import pytest

from chokepoint.facts import load_facts
from chokepoint.records.references import read_references
from chokepoint.sources.fact import WORLD
from chokepoint.sources.publisher import DOCUMENTED, SEEN, ReadFacts, ReadTrade
from chokepoint.sources.recognise import recognise
from chokepoint.sources.registry import PUBLISHERS
from chokepoint.sources.wording import FORMER, country_codes
from chokepoint.store import add, open_store
from chokepoint.store.facts_writing import key_of, read_facts
from tests.data.shared import DATA, ROOT, SHARED, needs_shared
from tests.store import invented

LAYOUTS = [
    pytest.param(publisher, layout, id=f"{publisher.key}: {layout.name}")
    for publisher in PUBLISHERS.values()
    for layout in publisher.layouts
]
SEEN_LAYOUTS = [each for each in LAYOUTS if each.values[1].standing == SEEN]
DOCUMENTED_LAYOUTS = [each for each in LAYOUTS if each.values[1].standing == DOCUMENTED]
NOT_MINERALS = {"eto", "gta", "wgi", "gdp", "usgs-mcs"}
"""Inputs of chips, tags, countries, and commodities the register does not hold."""


def silent(_: str) -> None:
    """Say nothing."""


def real_file(layout):
    """Return the file a layout was read from."""
    return SHARED / "data" / re.findall(r"[\w.]+\.csv", layout.seen)[0]


@pytest.mark.parametrize("publisher", PUBLISHERS.values(), ids=list(PUBLISHERS))
def test_a_publisher_declares_its_terms_and_its_place_in_the_references(publisher):
    assert PUBLISHERS[publisher.key] is publisher
    assert publisher.title
    assert publisher.licence
    assert publisher.reference in read_references(DATA / "references.bib")


@pytest.mark.parametrize(("publisher", "layout"), LAYOUTS)
def test_a_layout_rests_on_a_real_file_or_on_documentation_and_says_which(publisher, layout):
    assert bool(layout.seen) != bool(layout.documented), publisher.key
    assert layout.columns
    assert len(set(layout.columns)) == len(layout.columns)


def test_no_test_file_is_invented_where_a_real_one_was_read():
    assert set(invented.BY_LAYOUT) == {each.values[1].name for each in DOCUMENTED_LAYOUTS}


@pytest.fixture(scope="module")
def minerals():
    return load_facts().minerals


def check_what_was_read(publisher, found, minerals):
    """Hold every statement, or the flows, to what the rest of the package rests on."""
    if isinstance(found.layout.read, ReadTrade):
        return
    assert isinstance(found.layout.read, ReadFacts)
    facts, _ = read_facts(found)
    countries = {*country_codes("iso3").values(), *FORMER, WORLD}
    assert len({key_of(each) for each in facts}) == len(facts)
    for each in facts:
        assert each.country in countries
        assert publisher.key in NOT_MINERALS or each.mineral in minerals
        if each.value is None:
            assert each.reason
        else:
            each.figure()
    assert any(each.value for each in facts)


@needs_shared
@pytest.mark.parametrize(("publisher", "layout"), SEEN_LAYOUTS)
def test_a_layout_that_was_seen_reads_the_real_file(publisher, layout, minerals, tmp_path):
    (found,) = recognise(real_file(layout))
    assert (found.publisher, found.layout.name) == (publisher, layout.name)
    check_what_was_read(publisher, found, minerals)
    (added,) = add(real_file(layout), tmp_path, silent)
    assert added.dataset.rows > 50
    store = open_store(tmp_path)
    year = added.dataset.years[1]
    if isinstance(layout.read, ReadTrade):
        trade = store.trade(
            None, year, publisher=publisher.key, revision="HS22" if publisher.key == "comtrade" else None
        )
        assert len(trade.code)
        assert {*trade.exporter, *trade.importer} <= {*country_codes("iso3").values(), *FORMER}
    else:
        assert len(store.facts()) == added.dataset.rows


@pytest.mark.parametrize(("publisher", "layout"), DOCUMENTED_LAYOUTS)
def test_a_documented_layout_reads_an_invented_file(publisher, layout, minerals, tmp_path):
    path = invented.BY_LAYOUT[layout.name](tmp_path)
    (found,) = recognise(path)
    assert (found.publisher, found.layout.name) == (publisher, layout.name)
    check_what_was_read(publisher, found, minerals)
    (added,) = add(path, tmp_path / "store", silent)
    assert added.dataset.rows


def test_a_survey_table_in_windows_letters_keeps_them(tmp_path):
    path = invented.BY_LAYOUT["mcs2024-lithi_world.csv, alone or in world.zip"](tmp_path)
    (found,) = recognise(path)
    facts, _ = read_facts(found)
    reserves = next(each for each in facts if (each.measure, each.country) == ("reserves", "CHL"))
    assert (reserves.value, reserves.unit, reserves.year, reserves.source) == (9_300, "t", 2024, "usgs_mcs2024")
    assert "Survey\u2019s own" in reserves.reason
    world = next(each for each in facts if (each.measure, each.country, each.year) == ("production", WORLD, 2023))
    assert world.value is None
    assert "printed as 'W'" in world.reason


@needs_shared
def test_figures_of_the_extracts_stand_as_printed():
    def fact(file: str, **wanted):
        (found,) = recognise(SHARED / "data" / file)
        facts, _ = read_facts(found)
        return next(each for each in facts if all(getattr(each, key) == value for key, value in wanted.items()))

    antimony = fact("wmd_mine_production_2018_2024.csv", mineral="antimony", country="AUS", year=2018)
    assert (antimony.value, antimony.unit, antimony.stage) == (2_173, "t/yr", "mining")
    china = fact("bgs_world_mineral_statistics_2000_2023.csv", mineral="rare_earths", country="CHN", year=2000)
    assert (china.value, china.basis) == (73_000, "REO")
    design = fact("eto_chip_supply_chain_country_shares.csv", mineral="design", country="USA")
    assert (design.value, design.unit) == (0.61, "share")
    copper = fact("imf_pcps_monthly_prices_2019_2026.csv", mineral="copper", year=2026)
    assert copper.reason == "mean of 6 months"


def test_the_page_on_sources_names_every_publisher_and_layout_as_declared():
    page = (ROOT / "docs" / "reference" / "sources.md").read_text("utf-8")
    for publisher in PUBLISHERS.values():
        bundled = "yes" if publisher.may_bundle else "no"
        assert f"| `{publisher.key}` | {publisher.title} | {publisher.licence} | {bundled} | {publisher.note} |" in page
        for layout in publisher.layouts:
            line = f"| `{publisher.key}` | {layout.name} | {layout.standing}: {layout.seen or layout.documented} |"
            assert line in page
