from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from chokepoint.sources import baci, chinese_customs, iea_gcmo, usgs_mcs
from tests.data.shared import DATA, ROOT, SHARED, needs_shared, rows
from tests.data.sums import level

if TYPE_CHECKING:
    from pathlib import Path


def test_a_survey_value_is_read_as_printed():
    assert usgs_mcs.number("270,000") == 270_000
    assert usgs_mcs.number("\u2014") == 0
    assert usgs_mcs.number("NA") is None
    assert usgs_mcs.number("W") is None


def test_the_survey_world_table_keeps_stray_blanks_out(tmp_path: Path):
    path = tmp_path / "world.csv"
    header = "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES"
    path.write_text(f"{header}\nMCS2025,Rare earths,Russia ,Mine production,metric tons,2500,2600,\n", "utf-8")
    figures = usgs_mcs.load_2025(path, "Rare earths")
    assert usgs_mcs.value_of(figures, country="Russia", item="Mine production", year=2024) == 2_600


def test_a_survey_figure_that_is_not_there_is_an_error():
    with pytest.raises(LookupError, match="Atlantis 'Mine production' 2024: 0 figures fit"):
        usgs_mcs.value_of((), country="Atlantis", item="Mine production", year=2024)


def test_baci_calls_taiwan_s19_and_may_lack_a_quantity(tmp_path: Path):
    codes = tmp_path / "codes.csv"
    codes.write_text(
        'country_code,country_name,country_iso2,country_iso3\n490,"Other Asia, nes",,S19\n156,China,CN,CHN\n', "utf-8"
    )
    trade = tmp_path / "baci.csv"
    trade.write_text("t,i,j,k,v,q\n2024,156,490,284690,9.5,\n2023,156,490,284690,1,1\n", "utf-8")
    (flow,) = baci.load(trade, baci.load_country_codes(codes), product="284690", year=2024)
    assert (flow.exporter, flow.importer, flow.tonnes, flow.usd_per_kg) == ("CHN", "TWN", None, 0.0)


def test_agency_totals_and_shares_are_left_out(tmp_path: Path):
    path = tmp_path / "supply.csv"
    path.write_text(
        "mineral,stage,country,2024\nREE,mining,China,45.8\nREE,mining,Total,75\nREE,mining,Top 3 share,0.8\n", "utf-8"
    )
    assert [each.country for each in iea_gcmo.load_supply(path, "REE", 2024)] == ["China"]


def test_exports_that_nobody_reported_are_an_error():
    with pytest.raises(LookupError, match="no exports reported for Mars in 2024"):
        chinese_customs.tonnes_of((), period="2024", destination="Mars")


@needs_shared
def test_building_the_tables_again_writes_the_same_bytes(tmp_path: Path):
    command = [sys.executable, "tools/build_tables.py", str(SHARED / "data"), "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    built = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {str(name) for name, content in built.items() if (DATA / name).read_bytes() != content} == set()


@needs_shared
def test_customs_totals_are_those_reported():
    shipments = chinese_customs.load(SHARED / "data" / "china_magnet_exports_reported_tonnes.csv")
    assert chinese_customs.tonnes_of(shipments, period="2024", destination="World") == 58_152
    outcomes = {
        (line["destination"], line["month"]): line["value"]
        for line in rows(DATA / "outcomes" / "china_magnet_exports.csv")
    }
    names = {"World": "ALL", "USA": "USA", "Germany": "DEU", "Japan": "JPN"}
    for each in shipments:
        key = (names.get(each.destination, ""), each.period)
        if key in outcomes:
            assert float(outcomes[key]) == pytest.approx(each.tonnes, abs=2)


@needs_shared
@pytest.mark.parametrize(
    ("importer", "iso3", "within"), [("Germany", "DEU", 0.25), ("South Korea", "KOR", 0.25), ("USA", "USA", 0.25)]
)
def test_corrected_shares_resemble_what_customs_published_for_2020(importer: str, iso3: str, within: float):
    shipments = chinese_customs.load(SHARED / "data" / "china_magnet_exports_reported_tonnes.csv")
    before = chinese_customs.tonnes_of(shipments, period="2020", destination=importer)
    before /= chinese_customs.tonnes_of(shipments, period="2020", destination="World")
    line = next(line for line in rows(DATA / "magnet_export_correction.csv") if line["importer"] == iso3)
    assert float(line["value"]) / 58_152 == pytest.approx(before, rel=within)


@needs_shared
@pytest.mark.parametrize("country", ["AUS", "CHN", "IND", "LAO", "MMR", "RUS", "USA"])
def test_mine_output_is_within_a_factor_of_two_of_world_mining_data(world, country: str):
    # World Mining Data may not be shipped, so nothing rests on it; Malaysia and Nigeria differ by more and are named
    # among the disagreements.
    lines = rows(SHARED / "data" / "wmd_mine_production_2018_2024.csv")
    theirs = next(
        float(line["2024"])
        for line in lines
        if (line["mineral"], line["Country_ISO"]) == ("Rare Earths (REO)", country)
    )
    ours = level(world, "mine_light", country) + level(world, "mine_heavy", country)
    assert 0.5 < ours / theirs < 2
