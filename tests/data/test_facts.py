from __future__ import annotations

import math
import time
from collections import Counter

import pytest

from chokepoint.countries import Countries
from chokepoint.facts import REST, load_facts, read_trade
from chokepoint.provenance import GRADES
from chokepoint.sources.fact import WORLD
from tests.data.making import tool
from tests.data.shared import DATA, ROOT, SHARED, needs_shared, rows

LOAD_SECONDS = 0.2
COUNTRIES = Countries.read()
PLACES = {*COUNTRIES.by_iso3, WORLD}
TONNES = {"t/yr", "t", "million m3/yr", "million m3", "USD/t", "share", "word", "USD/yr", "estimate, -2.5 to 2.5"}
LOAD_ONLY = ("bgs", "wmd", "comtrade", "eto", "imf", "komis", "gta")


@pytest.fixture(scope="module")
def facts():
    return load_facts()


def test_every_fact_with_a_number_is_a_figure_and_every_other_says_why(facts):
    for each in facts.facts:
        if each.value is None:
            assert each.reason, each.name
        else:
            assert each.figure().value == each.value


def test_every_fact_names_what_is_known(facts):
    stages = {code: {*each.stages, ""} for code, each in facts.minerals.items()}
    for each in facts.facts:
        assert each.country in PLACES, each.name
        assert each.unit in TONNES, each.name
        assert each.grade in GRADES, each.name
        assert 1900 <= each.year <= 2026, each.name
        if each.mineral:
            assert each.stage in stages[each.mineral], each.name
        else:
            assert each.measure in {"governance", "gdp"}


def test_no_publisher_says_the_same_thing_twice(facts):
    said = Counter((each.name, each.basis, each.source) for each in facts.facts)
    assert [key for key, times in said.items() if times > 1] == []


def test_the_bundle_loads_in_a_fifth_of_a_second():
    def seconds() -> float:
        start = time.process_time()
        load_facts()
        return time.process_time() - start

    # Processor time, the best of five: a busy machine slows a start, none speeds one up.
    assert min(seconds() for _ in range(5)) < LOAD_SECONDS


def test_nothing_is_bundled_from_publishers_whose_terms_forbid_it(facts):
    sources = {each.source for each in facts.facts} | {row["source"] for row in rows(DATA / "trade" / "index.csv")}
    assert [each for each in sources if each.startswith(LOAD_ONLY)] == []


def countries_with_output(facts, stages):
    """Return the minerals with output of 2024 by country at one of some stages."""
    return {
        code
        for code, mineral in facts.minerals.items()
        for stage in mineral.stages
        if stage in stages and any(each.value for each in facts.production(code, stage, 2024).values())
    }


def test_thirty_minerals_and_more_have_mine_output_by_country(facts):
    assert len(countries_with_output(facts, {"mining"})) >= 33


def test_twenty_minerals_have_refined_output_by_country(facts):
    assert len(countries_with_output(facts, {"refining", "smelting", "separation"})) >= 20


def test_reserves_prices_and_reliance_are_there_for_thirty_minerals_and_more(facts):
    for measure, least in (("reserves", 30), ("price", 60), ("net_import_reliance", 45)):
        assert (
            len({each.mineral for each in facts.facts if each.measure == measure and each.value is not None}) >= least
        )


@pytest.mark.parametrize(
    "mineral",
    [
        *("gallium", "germanium", "antimony", "graphite", "cobalt", "lithium", "nickel", "tungsten", "magnesium"),
        *("titanium", "bismuth", "indium", "tellurium", "platinum", "palladium", "manganese", "vanadium", "niobium"),
        *("tantalum", "copper", "rare_earths", "dysprosium", "neodymium"),
    ],
)
def test_the_minerals_asked_for_have_a_chain_a_price_and_a_figure_or_a_reason_per_stage(facts, mineral):
    assert facts.minerals[mineral].stages
    assert facts.one(mineral=mineral, measure="price").value > 0
    for stage in facts.minerals[mineral].stages:
        if not any(each.value for each in facts.production(mineral, stage, 2024).values()):
            with pytest.raises(LookupError, match=r"no bundled source|no number"):
                facts.one(mineral=mineral, measure="production", stage=stage, year=2024)


def test_by_products_are_tied_to_hosts_that_are_minerals_too(facts):
    tied = {code: each for code, each in facts.minerals.items() if each.hosts}
    assert {"gallium", "germanium", "indium", "tellurium", "cobalt", "hafnium", "vanadium"} <= set(tied)
    assert {host for each in tied.values() for host in each.hosts} <= set(facts.minerals)
    assert facts.minerals["gallium"].by_product_share == 1.0
    assert facts.one(mineral="gallium", measure="by_product_share").grade == "C"


def test_taiwan_and_namibia_are_where_they_should_be(facts):
    assert facts.of(mineral="", measure="governance", country="TWN", year=2022)
    assert facts.of(mineral="", measure="governance", country="NAM", year=2023)
    traders = {code for row in rows(DATA / "trade" / "850511.csv") for code in (row["exporter"], row["importer"])}
    assert {"TWN", "NAM"} <= traders
    assert not {"S19", "490", "NA", "TW"} & traders


def test_no_group_of_countries_stands_among_the_countries(facts):
    named = {each.country for each in facts.facts if each.measure == "gdp"}
    assert not named - set(COUNTRIES.by_iso3)
    assert not named & {WORLD, REST}


def test_every_code_of_the_register_is_a_mineral_and_names_its_company(facts):
    for row in rows(DATA / "mineral_codes.csv"):
        assert row["stage"] in facts.minerals[row["mineral"]].stages
        together = {each["mineral"] for each in rows(DATA / "mineral_codes.csv") if each["hs6"] == row["hs6"]}
        assert together <= {row["mineral"], *row["mixed_with"].split(";")}
    mixed = next(each for each in facts.minerals["gallium"].hs if each.hs6 == "811292")
    assert {"germanium", "indium", "niobium", "vanadium", "hafnium"} <= set(mixed.mixed_with)


def test_trade_is_read_by_code_and_year_and_a_missing_quantity_stays_missing():
    trade = read_trade("811292", 2024)
    assert trade.source == "baci_202601"
    assert trade.exporter.shape == trade.importer.shape == trade.kusd.shape == trade.t.shape
    assert any(math.isnan(each) for each in trade.t)
    values_only = read_trade("850511", 2022)
    assert all(math.isnan(each) for each in values_only.t)
    assert values_only.note.startswith("values only")


def test_trade_that_is_not_bundled_says_what_is():
    with pytest.raises(LookupError, match=r"no trade under 811292 in 1999; the bundle holds it for 2002, 2003"):
        read_trade("811292", 1999)
    with pytest.raises(LookupError, match=r"no trade under 999999 in 2024; the bundle holds 250410, 250490"):
        read_trade("999999", 2024)


def test_the_tables_of_trade_stay_small():
    assert sum(each.stat().st_size for each in (DATA / "trade").iterdir()) < 6e6


def test_every_series_was_checked_at_every_revision_it_covers():
    checked = {(row["series"], row["year"]): row for row in rows(DATA / "trade" / "breaks.csv")}
    years = Counter(row["hs6"] for row in rows(DATA / "trade" / "index.csv"))
    assert {f"trade.{code}" for code, count in years.items() if count > 2} <= {series for series, _ in checked}
    assert {row["verdict"] for row in checked.values()} <= {"usual", "jump", "source changes", "too short to tell"}
    # Lithium's price, not its code, jumped in 2022.
    assert checked["trade.283691", "2022"]["verdict"] == "jump"


@needs_shared
def test_the_official_lists_are_those_of_the_publishers(facts):
    tool_rows = rows(SHARED / "data" / "usgs_mcs2026_commodities.csv")
    chapters = {row["Commodity"].strip().casefold(): row["Is critical mineral 2025"] for row in tool_rows}
    for code, mineral in facts.minerals.items():
        said = chapters.get(code)
        if said in {"Yes", "No"}:
            assert ("US 2025" in mineral.lists) == (said == "Yes"), code
    europe = {row["material"] for row in rows(SHARED / "data" / "eu_crm2023_major_global_supplier.csv")} - {"magnets"}
    other_names = {"bauxite": "aluminium", "baryte": "barite", "cokingcoal": "coking_coal"}
    for name in europe:
        assert "EU 2023" in facts.minerals[other_names.get(name, name)].lists, name


def test_the_page_on_the_minerals_counts_what_the_bundle_holds(facts):
    page = (ROOT / "docs" / "explanation" / "thirty-minerals.md").read_text("utf-8")
    assert "\n".join(tool("facts.summary").lines(facts)) in page
    assert f"| minerals in the register | {len(facts.minerals)}," in page
    assert f"| with mine output by country | {len(countries_with_output(facts, {'mining'}))} |" in page
    made = countries_with_output(facts, {"refining", "smelting", "separation"})
    assert f"| with refined, smelted or separated output by country | {len(made)}:" in page
    for measure, words in (("reserves", "reserves"), ("price", "a price")):
        held = {each.mineral for each in facts.facts if each.measure == measure and each.value is not None}
        assert f"| with {words} | {len(held)} |" in page
    verdicts = Counter(row["verdict"] for row in rows(DATA / "trade" / "breaks.csv"))
    assert (verdicts["jump"], verdicts["source changes"]) == (7, 11)
