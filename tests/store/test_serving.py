"""What the store answers when editions, files and lines overlap."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.errors import DataError
from chokepoint.store import add, open_store
from chokepoint.store.place import data_folder
from tests.store import invented
from tests.store.test_bringing_in import silent, written

HEADER = "t,i,j,k,v,q\n"


def baci(folder, store, *, edition: str, lines: str, revision: str = "HS17", year: int = 2024):
    name = f"BACI_{revision}_Y{year}_V{edition}.csv"
    return add(written(folder, HEADER + lines, name), store, silent)


def flows(trade) -> dict[tuple[str, str], float]:
    return {
        (exporter, importer): kusd
        for exporter, importer, kusd in zip(trade.exporter, trade.importer, trade.kusd, strict=True)
    }


def test_a_newer_edition_of_a_year_takes_the_place_of_the_older_as_a_whole(tmp_path):
    store = tmp_path / "store"
    baci(tmp_path, store, edition="202601", lines="2024,156,842,850511,20,1\n")
    baci(tmp_path, store, edition="202501", lines="2024,156,842,850511,10,1\n2024,156,392,850511,5,1\n")
    trade = open_store(store).trade(["850511"], 2024)
    assert flows(trade) == {("CHN", "USA"): 20}
    assert trade.editions == ("baci HS17 202601",)


def test_the_older_edition_serves_the_years_the_newer_lacks(tmp_path):
    store = tmp_path / "store"
    baci(tmp_path, store, edition="202601", lines="2024,156,842,850511,20,1\n")
    baci(tmp_path, store, edition="202501", lines="2023,156,842,850511,10,1\n", year=2023)
    assert open_store(store).trade(["850511"], 2023).editions == ("baci HS17 202501",)


def test_two_files_of_one_edition_that_repeat_a_flow_count_it_once(tmp_path):
    store = tmp_path / "store"
    baci(tmp_path, store, edition="202601", lines="2024,156,842,850511,20,1\n")
    path = written(tmp_path, HEADER + "2024,156,842,850511,20,1\n2024,156,842,811292,3,1\n", "baci_hs17_v202601.csv")
    add(path, store, silent)
    assert sorted(open_store(store).trade(None, 2024).kusd) == [3, 20]


def test_two_revisions_of_the_codes_are_never_mixed(tmp_path):
    store = tmp_path / "store"
    baci(tmp_path, store, edition="202601", lines="2024,156,842,850511,20,1\n")
    baci(tmp_path, store, edition="202601", lines="2024,156,842,850511,30,1\n", revision="HS92")
    with pytest.raises(DataError, match="found 2 revisions of baci for 2024; expected one revision of the codes; name"):
        open_store(store).trade(["850511"], 2024)
    assert open_store(store).trade(["850511"], 2024, revision="HS92").kusd.tolist() == [30]


def test_what_the_store_does_not_hold_is_said(tmp_path):
    with pytest.raises(DataError, match="found no trade of baci HS17 2020; expected a dataset that holds it; bring in"):
        open_store(tmp_path).trade(["850511"], 2020, revision="HS17")


def comtrade(tmp_path, *lines: str):
    path = written(tmp_path, invented.COMTRADE + "".join(lines), "comtrade.csv")
    add(path, tmp_path / "store", silent)
    return open_store(tmp_path / "store").trade(["850511"], 2023, publisher="comtrade")


def test_where_comtrade_gives_the_sum_its_parts_are_left(tmp_path):
    line = invented.comtrade_line
    trade = comtrade(
        tmp_path,
        line(usd="3000"),
        line(usd="1000", mode="2100"),
        line(usd="2000", mode="1000"),
        line(usd="2500", second="344"),
        line(usd="500", second="702", customs="C01"),
    )
    assert flows(trade) == {("CHN", "USA"): 3}


def test_where_comtrade_gives_parts_only_they_are_added(tmp_path):
    line = invented.comtrade_line
    trade = comtrade(tmp_path, line(usd="1000", mode="2100"), line(usd="2000", mode="1000"))
    assert flows(trade) == {("CHN", "USA"): 3}
    assert trade.t.tolist() == [1.0]


def test_a_sum_of_parts_without_all_quantities_has_none(tmp_path):
    line = invented.comtrade_line
    without = line(usd="2000", mode="1000").replace(",500,", ",,")
    assert np.isnan(comtrade(tmp_path, line(usd="1000", mode="2100"), without).t).all()


def test_a_line_repeated_word_for_word_counts_once(tmp_path):
    assert comtrade(tmp_path, invented.comtrade_line(), invented.comtrade_line()).kusd.tolist() == [1]


def test_two_sums_that_differ_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"1 flow stated more than once, first CHN to USA, 850511, 2023 \(2 times\)"):
        comtrade(tmp_path, invented.comtrade_line(), invented.comtrade_line(usd="7"))


def test_comtrade_lines_for_the_world_and_of_re_exports_are_left_out_and_counted(tmp_path):
    line = invented.comtrade_line
    trade = comtrade(tmp_path, line(), line(partner="W00"), line(flow="RX"), line(partner="_X "))
    assert flows(trade) == {("CHN", "USA"): 1}
    (dataset,) = open_store(tmp_path / "store").datasets
    assert dataset.skipped == {"sums, totals, parts of a sum and other kinds of flow": 3}


def test_both_sides_of_a_flow_are_kept_apart(tmp_path):
    line = invented.comtrade_line
    trade = comtrade(tmp_path, line(), line(flow="M", partner="S19", usd="4000"))
    assert list(zip(trade.exporter, trade.importer, trade.side, trade.kusd, strict=True)) == [
        ("CHN", "USA", "exporter", 1.0),
        ("TWN", "CHN", "importer", 4.0),
    ]


def test_the_answer_of_the_interface_in_json_is_read_like_its_csv(tmp_path):
    add(invented.comtrade_json(tmp_path), tmp_path / "store", silent)
    trade = open_store(tmp_path / "store").trade(["850511"], 2023, publisher="comtrade")
    assert (flows(trade), trade.t.tolist()) == ({("CHN", "USA"): 1}, [0.5])


def test_blocks_hold_every_flow_once(tmp_path):
    lines = "".join(f"2024,156,842,{100000 + code},1,1\n" for code in range(600))
    baci(tmp_path, tmp_path / "store", edition="202601", lines=lines)
    blocks = list(open_store(tmp_path / "store").blocks(2024))
    assert [len(each.code) for each in blocks] == [250, 250, 100]
    assert len({code for each in blocks for code in each.code}) == 600


def prices(folder, store, name: str, price: int):
    path = written(folder, f"metal,source,unit,date,value\ncopper,x,USD per metric ton,2024-01-01,{price}\n", name)
    add(path, store, silent)


def test_of_a_statement_in_two_editions_the_newer_stands(tmp_path):
    store = tmp_path / "store"
    prices(tmp_path, store, "imf_2026.csv", 20)
    prices(tmp_path, store, "imf_2025.csv", 10)
    (fact,) = open_store(store).facts()
    assert (fact.value, fact.mineral, fact.year) == (20, "copper", 2024)
    assert open_store(store).facts(["bgs"]) == ()


def test_the_folder_can_be_named_and_else_is_where_the_system_keeps_data(tmp_path, monkeypatch):
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    monkeypatch.delenv("CHOKEPOINT_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert data_folder().name == "chokepoint"
    assert open_store(tmp_path / "nothing").is_empty
