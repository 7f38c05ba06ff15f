"""Worlds and indicators with the user's own files: what they change, and what they say of it."""

from __future__ import annotations

import csv
import json
import math
import sys
from dataclasses import replace

import pytest

from chokepoint import bundle
from chokepoint.answer.cite import cite, references_of_run, references_of_world
from chokepoint.answer.indicators import LATEST, answers, ask
from chokepoint.answer.worlds import built_json
from chokepoint.building import changes_between
from chokepoint.cli import main
from chokepoint.errors import DataError
from chokepoint.facts import load_facts, read_trade
from chokepoint.records.references import Reference, read_references
from chokepoint.records.rows import WorldRow
from chokepoint.store import add, open_store
from chokepoint.store.citing import references_with
from tests.data.shared import DATA, SHARED, needs_shared
from tests.store.test_bringing_in import silent, written

MAGNESIUM = "Source,Country,Type,Prod_t_2024,Prod_t_est_2025,Prod_notes,Reserves_t,Reserves_notes\n"
TWICE_THE_FLOWS = "year,exporter,importer,hs6,value_kusd,qty_t\n"
SCENARIO = """\
name: my-ban
world: {world}
title: A ban of my own
question: What if?
as_of: 2025-06-30
start: 2025-01
months: 2
draws: 1
seed: 1
branches:
  ban:
    title: A ban
    measures:
      - id: CHN/mine
        title: A ban on gallium for Japan
        actor: CHN
        reference: none
        announced: 2025-01-01
        effective: 2025-02-01
        source: assumed
        grade: assumed
        note: an example
        targets: [JPN]
        instrument: ban
        goods: [gallium_metal]
"""


def described(name: str = "mine") -> WorldRow:
    return WorldRow(world=name, title=name, base_year=2024, goods="")


def newer_trade(folder, store, *, factor: float, code: str = "811292", edition: str = "203001") -> None:
    """Bring in a later edition that states every bundled flow of a code higher by a factor: invented for the test."""
    held = read_trade(code, 2024)
    columns = (held.exporter.tolist(), held.importer.tolist(), held.kusd.tolist(), held.t.tolist())
    rows = [
        f"2024,{exporter},{importer},{code},{value * factor},{'' if math.isnan(weight) else weight * factor}\n"
        for exporter, importer, value, weight in zip(*columns, strict=True)
        if "ROW" not in (exporter, importer)
    ]
    add(written(folder, TWICE_THE_FLOWS + "".join(rows), f"baci_{held.revision}_V{edition}.csv"), store, silent)


def newer_output(folder, store) -> None:
    lines = MAGNESIUM + "MCS2031,China,Smelter production,1234567,1300000,,,\n"
    add(written(folder, lines, "mcs2031-magnesium_world.csv"), store, silent)


@pytest.fixture(scope="module")
def renewed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("renewed")
    newer_trade(folder, folder / "store", factor=2.0)
    return open_store(folder / "store")


def test_an_empty_store_builds_the_same_world_to_the_byte(tmp_path, monkeypatch, capsys):
    for name, place in (("one", tmp_path / "nowhere"), ("other", tmp_path / "empty")):
        monkeypatch.setenv("CHOKEPOINT_DATA", str(place))
        (tmp_path / "empty" / "store").mkdir(parents=True, exist_ok=True)
        (tmp_path / name).mkdir()
        called(monkeypatch, "world", "build", "--goods", "gallium", "--out", tmp_path / name / "mine")
        assert "your store" not in capsys.readouterr().err
    files = sorted(each.relative_to(tmp_path / "one") for each in (tmp_path / "one").rglob("*.csv"))
    assert len(files) > 20
    for each in files:
        assert (tmp_path / "one" / each).read_bytes() == (tmp_path / "other" / each).read_bytes(), each
    alone = bundle.build_world(["gallium"], described())
    with_store = bundle.build_world(["gallium"], described(), store=open_store(tmp_path / "empty" / "store"))
    assert json.dumps(built_json(alone)) == json.dumps(built_json(with_store))
    assert {each.held_in for each in alone.editions} == {"bundle"}


def test_an_empty_store_leaves_every_indicator_as_it_is(tmp_path):
    store = open_store(tmp_path)
    facts = load_facts()
    without = ask("USA", ["gallium", "magnesium"], stage=None, year=None, facts=facts)
    with_store = ask("USA", ["gallium", "magnesium"], stage=None, year=None, facts=load_facts(store=store), store=store)
    assert with_store.year == without.year == LATEST
    assert answers(with_store) == answers(without)
    assert with_store.trade.changes == ()


def test_a_world_built_with_newer_trade_says_its_edition_and_what_changed(renewed):
    alone, found = (bundle.build_world(["gallium"], described(), store=each) for each in (None, renewed))
    (said,) = [each for each in found.editions if each.source == "baci_203001"]
    (dataset,) = renewed.datasets
    assert (said.held_in, said.dataset, said.checksum) == ("store", dataset.key, dataset.checksum)
    assert said.citation.endswith("edition 203001. 2030.")
    (line,) = found.changes
    assert line.startswith("811292 in 2024: baci_203001 of your store, ")
    changed = {each.figure: each for each in changes_between(alone.built.tables, found.built.tables)}
    lane = changed["evidence.baci.811292.CHN.KOR.kusd"]
    assert lane.after == pytest.approx(2.0 * lane.before)
    assert (lane.source_before, lane.source_after) == ("baci_202601", "baci_203001")
    assert not any(name.startswith("production.gallium") for name in changed)


def test_what_a_store_says_of_other_minerals_is_no_edition_of_a_world(tmp_path):
    newer_output(tmp_path, tmp_path / "store")
    found = bundle.build_world(["gallium"], described(), store=open_store(tmp_path / "store"))
    assert not [each for each in found.editions if each.dataset]
    magnesium = bundle.build_world(["magnesium"], described(), store=open_store(tmp_path / "store"))
    (said,) = [each for each in magnesium.editions if each.dataset]
    assert (said.source, said.held_in) == ("usgs_mcs2031", "store")
    row = next(each for each in magnesium.built.tables.production if each.country == "CHN")
    assert (row.value, row.source) == (1_234_567, "usgs_mcs2031")


def test_a_figure_of_ones_own_is_an_edition_of_ones_own(tmp_path, monkeypatch, capsys):
    own = "mineral,measure,country,year,value,unit,source,stage,grade,basis\n"
    own += "magnesium,production,CHN,2024,900000,t/yr,My own ledger,smelting,B,primary metal\n"
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path))
    chosen = ("--goods", "magnesium", "--figures", written(tmp_path, own, "own.csv"), "--json")
    assert called(monkeypatch, "world", "build", *chosen) == 0
    told = {each["source"]: each["held_in"] for each in json.loads(capsys.readouterr().out)["editions"]}
    assert told["My own ledger"] == "your figures"
    assert told["baci_202601"] == "bundle"


def called(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["chokepoint", *map(str, arguments)])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


def test_the_folder_of_such_a_world_records_its_editions_and_so_do_its_runs(renewed, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHOKEPOINT_DATA", str(renewed.folder.parent))
    place = tmp_path / "mine"
    assert called(monkeypatch, "world", "build", "--goods", "gallium", "--out", place) == 0
    told = capsys.readouterr()
    assert "your store changes this world against the bundle: " in told.err
    assert "811292 in 2024: baci_203001 of your store" in told.err
    assert "Editions of your store in it: baci_203001 (" in told.out
    with (place / "tables" / "editions.csv").open(encoding="utf-8") as file:
        assert "baci_203001" in {row["source"] for row in csv.DictReader(file)}
    assert (place / "tables" / "changes.csv").is_file()
    monkeypatch.delenv("CHOKEPOINT_DATA")
    assert called(monkeypatch, "world", "show", place) == 0
    assert "Editions of your store in it: baci_203001 (" in capsys.readouterr().out
    (tmp_path / "my.yaml").write_text(SCENARIO.format(world="mine"), encoding="utf-8")
    assert called(monkeypatch, "run", tmp_path / "my.yaml", "--out", tmp_path / "out") == 0
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    recorded = {each["source"]: each for each in record["world"]["editions"]}
    assert recorded["baci_203001"]["file"].startswith("baci_HS17_V203001")
    capsys.readouterr()
    assert called(monkeypatch, "cite", tmp_path / "out") == 0
    assert "edition 203001" in capsys.readouterr().out
    (place / "references.bib").rename(tmp_path / "gone.bib")
    kept = cite({"baci_203001"}, also=references_of_run(tmp_path / "out"))
    assert "edition 203001" in kept.text


def test_a_record_of_editions_that_was_spoilt_is_refused_by_name(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "editions.csv").write_text("source,figures\nbaci_202601,many\n", "utf-8")
    world = bundle.load("gallium-germanium-2024")
    with pytest.raises(DataError, match=r"editions\.csv: found a line that cannot be read .* build the world again"):
        bundle.editions_in(replace(world, name=str(tmp_path)))


def test_indicators_read_newer_output_and_trade_and_say_so(tmp_path, monkeypatch, capsys):
    newer_output(tmp_path, tmp_path / "store")
    newer_trade(tmp_path, tmp_path / "store", factor=3.0, code="810411")
    store = open_store(tmp_path / "store")
    facts = load_facts(store=store)
    question = ask("USA", ["magnesium"], stage="smelting", year=None, facts=facts, store=store)
    found = {each.indicator: each for each in answers(question)}
    assert found["hhi"].sources == ("usgs_mcs2031",)
    assert found["hhi"].result.value == pytest.approx(1.0)
    assert any(each.startswith("810411 in 2024: baci_203001 of your store") for each in question.trade.changes)
    assert "baci_203001" in found["import_risk"].sources
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path))
    assert called(monkeypatch, "indicators", "USA", "--mineral", "magnesium") == 0
    told = capsys.readouterr()
    assert "usgs_mcs2031 of your store goes before the bundle" in told.err
    assert "810411 in 2024: baci_203001 of your store" in told.err


def test_a_later_year_of_trade_in_the_store_is_the_year_that_indicators_ask_for(tmp_path):
    lines = "t,i,j,k,v,q\n2031,156,842,810411,123,4\n"
    add(written(tmp_path, lines, "BACI_HS17_Y2031_V203301.csv"), tmp_path / "store", silent)
    store = open_store(tmp_path / "store")
    question = ask("USA", ["magnesium"], stage=None, year=None, facts=load_facts(store=store), store=store)
    assert question.year == 2031
    assert ask("USA", [], stage=None, year=2022, facts=load_facts(), store=store).year == 2022


def test_a_year_the_bundle_lacks_is_read_in_the_revisions_it_uses_for_the_code(tmp_path):
    lines = "t,i,j,k,v,q\n2031,156,842,811292,123,4\n"
    add(written(tmp_path, lines, "BACI_HS22_Y2031_V203301.csv"), tmp_path / "store", silent)
    with pytest.raises(LookupError, match="no trade under 811292 in 2031"):
        read_trade("811292", 2031, store=open_store(tmp_path / "store"))
    add(written(tmp_path, lines, "BACI_HS17_Y2031_V203301.csv"), tmp_path / "store", silent)
    trade = read_trade("811292", 2031, store=open_store(tmp_path / "store"))
    assert (trade.revision, trade.kusd.tolist()) == ("HS17", [123.0])


def test_an_edition_the_bibliography_lacks_is_cited_from_what_its_publisher_declares(renewed):
    bibliography = DATA / "references.bib"
    found = references_with(renewed, bibliography)
    assert set(found) - set(read_references(bibliography)) == {"baci_203001"}
    assert found["baci_203001"].author == "Gaulier, Guillaume and Zignago, Soledad"
    assert "Etalab Open Licence 2.0" in found["baci_203001"].note
    assert "@misc{baci_203001,\n" in cite({"baci_203001"}, also=found).bibtex


def test_an_entry_of_a_bibliography_reads_back_as_it_was(tmp_path):
    given = Reference(key="a_2030", author="A. Author", title="A title, edition 2030", year="2030", note="A note")
    (tmp_path / "references.bib").write_text(f"{given.entry}\n", encoding="utf-8")
    assert read_references(tmp_path / "references.bib") == {"a_2030": given}
    assert references_of_world(str(tmp_path)) == {"a_2030": given}
    assert references_of_world("gallium-germanium-2024") == {}


def test_why_names_the_edition_behind_a_flow_and_a_fact(tmp_path, monkeypatch, capsys):
    newer_output(tmp_path, tmp_path / "store")
    newer_trade(tmp_path, tmp_path / "store", factor=2.0)
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path))
    for name, edition in (
        ("trade.811292.CHN.KOR.2024", "BACI: world trade by pair of countries and product, edition 203001"),
        ("production.magnesium.smelting.CHN.2024", "Mineral Commodity Summaries, edition 2031"),
    ):
        assert called(monkeypatch, "why", name) == 0
        assert edition in " ".join(capsys.readouterr().out.split())


def test_a_table_of_the_store_that_is_damaged_or_gone_is_named_and_can_be_removed(tmp_path, monkeypatch, capsys):
    newer_trade(tmp_path, tmp_path / "store", factor=2.0)
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path))
    (dataset,) = open_store(tmp_path / "store").datasets
    table = tmp_path / "store" / dataset.key / "trade.parquet"
    for spoil, said in (
        (lambda: table.write_text("rubbish", "utf-8"), "a table that cannot be read (Invalid Input Error"),
        (table.unlink, "found no table; expected trade.parquet or facts.parquet beside the note"),
    ):
        spoil()
        assert called(monkeypatch, "world", "build", "--goods", "gallium", "--out", tmp_path / "mine") == 2
        told = capsys.readouterr().err
        assert said in told
        assert "chokepoint sources remove" in told
        assert not (tmp_path / "mine").exists()
    assert called(monkeypatch, "sources", "remove", dataset.key) == 0
    assert open_store(tmp_path / "store").is_empty


@needs_shared
def test_the_surveys_release_says_what_the_bundle_read_by_hand(tmp_path):
    add(SHARED / "data" / "usgs_mcs2026_commodities.csv", tmp_path, silent)

    def subject(fact):
        return fact.source, fact.mineral, fact.stage, fact.measure, fact.country, fact.year, fact.unit

    bundled = {subject(each): each for each in reversed(load_facts().facts)}
    both = [(each, bundled[subject(each)]) for each in open_store(tmp_path).facts() if subject(each) in bundled]
    assert len(both) > 1300
    # What the bundle corrected by hand, and a reserve the Survey prints as an "s" (less than half a unit).
    assert {each.name for each, other in both if each.value != other.value} == {
        *(f"reserves.graphite.{country}.2025" for country in ("USA", "AUT", "DEU", "UKR")),
        *(f"reserves.rare_earths.{country}.2025" for country in ("BRA", "WLD")),
    }
    counted = {(each.mineral, each.measure) for each, _ in both}
    assert {("aluminium", "reserves"), ("vanadium", "reserves"), ("aluminium", "production")} <= counted
    facts = load_facts(store=open_store(tmp_path / "empty" / "store"))
    assert facts.warnings == ()
    smelted = facts.production("aluminium", "smelting", 2024)["CHN"]
    assert (smelted.basis, smelted.source) == ("primary metal", "usgs_mcs2026")
