"""The bundle and the store together."""

from __future__ import annotations

import pytest

from chokepoint.facts import load_facts, read_trade
from chokepoint.store import add, open_store
from tests.data.shared import SHARED, needs_shared
from tests.store.test_bringing_in import silent, written

LITHIUM = "Source,Country,Type,Prod_t_2024,Prod_t_est_2025,Prod_notes,Reserves_t,Reserves_notes\n"


def test_an_empty_store_leaves_the_bundle_as_it_is(tmp_path):
    store = open_store(tmp_path)
    assert load_facts(store=store) == load_facts()
    with_store, without = read_trade("811292", 2024, store=store), read_trade("811292", 2024)
    assert with_store.kusd.tolist() == without.kusd.tolist()
    assert (with_store.source, with_store.note) == (without.source, without.note)


def test_a_newer_edition_goes_before_the_bundle_and_says_what_it_changes(tmp_path):
    lines = LITHIUM + "MCS2031,Chile,Mine production,123456,200000,,9300000,\n"
    add(written(tmp_path, lines, "mcs2031-lithi_world.csv"), tmp_path / "store", silent)
    facts = load_facts(store=open_store(tmp_path / "store"))
    chile = facts.one(mineral="lithium", measure="production", stage="mining", country="CHL", year=2024)
    assert (chile.value, chile.source) == (123_456, "usgs_mcs2031")
    assert any(line.startswith("usgs_mcs2031 of your store goes before the bundle: ") for line in facts.warnings)
    (change,) = [
        line for line in facts.warnings if line.startswith("production.lithium.mining.CHL.2024: 123456 t/yr in")
    ]
    assert "of your store, " in change
    assert change.endswith("in usgs_mcs2026")


def test_an_older_edition_and_another_publisher_stand_behind_the_bundle(tmp_path):
    lines = LITHIUM.replace("2024", "2023").replace("2025", "2024") + "MCS2024,Chile,Mine production,1,2,,3,\n"
    add(written(tmp_path, lines, "mcs2024-lithi_world.csv"), tmp_path / "store", silent)
    facts = load_facts(store=open_store(tmp_path / "store"))
    chile = facts.of(mineral="lithium", measure="production", stage="mining", country="CHL", year=2024)
    assert chile[0].source == "usgs_mcs2026"
    assert chile[-1].source == "usgs_mcs2024"
    assert facts.warnings == ()


@pytest.mark.parametrize(
    ("file", "kind", "mineral", "stage", "basis"),
    [
        # The bundle has the first as the Survey prints it; the second it added up from ilmenite and rutile.
        ("mcs2031-magnesium_world.csv", "Smelter production", "magnesium", "smelting", "primary metal"),
        ("mcs2031-titan_world.csv", "Mine production", "titanium", "mining", "contained"),
    ],
)
def test_a_publisher_weighs_as_in_the_bundle_where_it_took_the_figures_as_they_are(
    tmp_path, file, kind, mineral, stage, basis
):
    lines = LITHIUM + f"MCS2031,China,{kind},1234567,1300000,,,\n"
    add(written(tmp_path, lines, file), tmp_path / "store", silent)
    facts = load_facts(store=open_store(tmp_path / "store"))
    (found,) = [each for each in facts.facts if each.source == "usgs_mcs2031" and each.year == 2024]
    assert (found.mineral, found.stage, found.basis) == (mineral, stage, basis)


def baci(tmp_path, edition: str, revision: str = "HS17"):
    lines = "t,i,j,k,v,q\n2024,156,842,811292,123,4\n2024,156,842,999999,5,1\n"
    add(written(tmp_path, lines, f"BACI_{revision}_Y2024_V{edition}.csv"), tmp_path / "store", silent)
    return open_store(tmp_path / "store")


def test_newer_trade_of_the_same_revision_serves_and_says_how_it_differs(tmp_path):
    revision = read_trade("811292", 2024).revision
    trade = read_trade("811292", 2024, store=baci(tmp_path, "203001", revision))
    assert (trade.exporter.tolist(), trade.kusd.tolist(), trade.source) == (["CHN"], [123.0], "baci_203001")
    assert trade.note.startswith("811292 in 2024: baci_203001 of your store, 1 flows, -")
    assert trade.note.endswith("in value against baci_202601 in the bundle")


@pytest.mark.parametrize(("edition", "revision"), [("202001", "HS17"), ("203001", "HS02")])
def test_older_trade_or_another_revision_of_the_codes_does_not_take_the_bundles_place(tmp_path, edition, revision):
    assert read_trade("811292", 2024).revision == "HS17"
    assert read_trade("811292", 2024, store=baci(tmp_path, edition, revision)).source == "baci_202601"


def test_what_the_bundle_lacks_comes_from_the_store(tmp_path):
    store = baci(tmp_path, "202601")
    assert read_trade("999999", 2024, store=store).kusd.tolist() == [5.0]
    with pytest.raises(LookupError, match="no trade under 123456 in 2024; the bundle holds"):
        read_trade("123456", 2024, store=store)


@needs_shared
def test_the_extract_the_bundle_was_made_from_gives_the_same_world_trade(tmp_path):
    add(SHARED / "data" / "baci_hs17_2024_25codes.csv", tmp_path, silent)
    stored = open_store(tmp_path).trade(["811292"], 2024)
    assert stored.kusd.sum() == pytest.approx(read_trade("811292", 2024).kusd.sum(), rel=1e-6)
