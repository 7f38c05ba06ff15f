from __future__ import annotations

from dataclasses import replace

import pytest

from chokepoint.building.prices import old_prices, priced
from chokepoint.building.selection import select
from chokepoint.countries import Countries
from chokepoint.facts import gather
from chokepoint.records.chains import read_chains
from chokepoint.sources.fact import Fact
from tests.building.strelsau_data import florizel_folder


def quote(year, value, source="usgs_mcs2026"):
    return Fact(
        mineral="florizel",
        stage="refining",
        measure="price",
        country="WLD",
        year=year,
        value=value,
        unit="USD/t",
        basis="Strelsau exchange",
        low=None,
        high=None,
        source=source,
        grade="A",
    )


@pytest.fixture(scope="module")
def selection(tmp_path_factory):
    folder = florizel_folder(tmp_path_factory.mktemp("prices"))
    return select(read_chains(folder, Countries.read(folder / "countries.csv").by_iso3), ["florizel"], 1894)


def metal(selection):
    return next(row for row in selection.goods if row.good == "florizel_metal")


def test_a_price_moves_along_its_series_to_another_year(selection):
    facts = gather({}, [quote(1894, 2800.0), quote(1895, 1400.0)])
    row = metal(priced(replace(selection, year=1895), facts))
    assert (row.value, row.low, row.high, row.year) == (1500.0, 1000.0, 2000.0, 1895)
    assert "moved by 0.5" in row.reason


def test_a_price_without_a_series_stays_and_is_named(selection):
    later = replace(selection, year=1895)
    found = priced(later, gather({}, [quote(1894, 2800.0), quote(1895, 1400.0)]))
    assert old_prices(found) == ("prices of florizel_ore are those of 1894",)


def test_a_price_of_ones_own_takes_the_place_of_the_published_one(selection):
    facts = gather({}, [quote(1894, 2800.0)], [quote(1894, 5600.0, "my ledger")])
    assert metal(priced(selection, facts)).value == 6000.0
