"""What happens to a file on its way into the store; every message is quoted."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from openpyxl import Workbook

from chokepoint.errors import DataError
from chokepoint.sources.registry import PUBLISHERS
from chokepoint.store import add, open_store
from chokepoint.store.engine import database
from chokepoint.store.ingest import Outcome, StoreError, remove
from tests.data.shared import SHARED, needs_shared
from tests.store import invented

if TYPE_CHECKING:
    from pathlib import Path

ADDING = """
import sys
from pathlib import Path
from chokepoint.sources.registry import PUBLISHERS
from chokepoint.store import add
from chokepoint.errors import ChokepointError
try:
    for each in add(Path(sys.argv[1]), Path(sys.argv[2]), lambda text: print(text, flush=True)):
        print(each.outcome.value)
except ChokepointError as error:
    print(error)
"""


def silent(_: str) -> None:
    """Say nothing."""


def written(folder: Path, content: str, name: str = invented.BACI) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def refused(path: Path, store: Path) -> str:
    """Bring a file in, expect a refusal and a store as it was, and return the message."""
    before = snapshot(store)
    with pytest.raises(DataError) as caught:
        add(path, store, silent)
    assert snapshot(store) == before
    return str(caught.value)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a store, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def store(tmp_path) -> Path:
    """Return a store that holds something already."""
    folder = tmp_path / "store"
    add(written(tmp_path, invented.BACI_LINES, "BACI_HS17_Y2023_V202601.csv"), folder, silent)
    return folder


def test_a_flow_comes_out_as_it_went_in(tmp_path):
    (added,) = add(written(tmp_path, invented.BACI_LINES), tmp_path / "store", silent)
    dataset = added.dataset
    assert (dataset.publisher, dataset.revision, dataset.edition, dataset.years) == (
        "baci",
        "HS17",
        "202601",
        (2024, 2024),
    )
    assert (dataset.rows, dataset.without_quantity) == (3, 1)
    trade = open_store(tmp_path / "store").trade(["850511"], 2024)
    flows = sorted(zip(trade.exporter, trade.importer, trade.kusd, trade.t, strict=True))
    assert flows[0][:3] == ("CHN", "TWN", 9.5)
    assert np.isnan(flows[0][3])
    assert flows[1] == ("CHN", "USA", 100.5, 2.5)
    assert trade.editions == ("baci HS17 202601",)
    (zero,) = open_store(tmp_path / "store").trade(["010121"], 2024).exporter
    assert zero == "USA"


def test_a_second_time_changes_nothing_even_under_another_date(tmp_path, store):
    path = written(tmp_path, invented.BACI_LINES)
    assert [each.outcome for each in add(path, store, silent)] == [Outcome.ADDED]
    before = snapshot(store)
    assert [each.outcome for each in add(path, store, silent)] == [Outcome.KNOWN]
    os.utime(path, (1, 1))
    assert [each.outcome for each in add(path, store, silent)] == [Outcome.KNOWN]
    assert snapshot(store) == before


def test_flows_lie_sorted_by_product_whatever_the_order_they_came_in(tmp_path):
    lines = [f"2024,{i},842,{code},1,1\n" for i in (392, 156) for code in (850511, 10121, 811292)]
    (added,) = add(written(tmp_path, "t,i,j,k,v,q\n" + "".join(lines)), tmp_path / "store", silent)
    with database() as connection:
        file = tmp_path / "store" / added.dataset.key / "trade.parquet"
        codes = connection.execute("SELECT code, exporter FROM read_parquet(?)", [str(file)]).fetchall()
    assert codes == sorted(codes)
    assert codes[0] == ("010121", "CHN")


def zipped(folder: Path, members: dict[str, str]) -> Path:
    path = folder / "BACI_HS17_V202601.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


COMPANION = {"country_codes_V202601.csv": "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n"}


def of_year(year: int) -> dict[str, str]:
    return {f"BACI_HS17_Y{year}_V202601.csv": invented.BACI_LINES.replace("2024", str(year))}


def test_every_year_of_a_zip_is_a_dataset_and_its_companions_are_passed_over(tmp_path):
    path = zipped(tmp_path, of_year(2023) | of_year(2024) | COMPANION)
    assert [each.dataset.years for each in add(path, tmp_path / "store", silent)] == [(2023, 2023), (2024, 2024)]
    assert open_store(tmp_path / "store").years() == (2023, 2024)


def test_of_a_zip_only_the_years_asked_for_are_brought_in(tmp_path):
    path = zipped(tmp_path, of_year(2023) | of_year(2024))
    assert [each.dataset.years for each in add(path, tmp_path / "store", silent, years=[2024])] == [(2024, 2024)]
    with pytest.raises(
        DataError, match=r"found no table of 1990; expected a table of each year asked for; name another"
    ):
        add(path, tmp_path / "store", silent, years=[1990])


def test_a_zip_whose_second_year_is_bad_keeps_the_first_and_goes_on_from_there(tmp_path):
    bad = {"BACI_HS17_Y2024_V202601.csv": "t,i,j,k,v,q\n2024,0,842,850511,1,1\n"}
    folder = tmp_path / "store"
    with pytest.raises(DataError, match="codes that are no country: '0' in 1 row"):
        add(zipped(tmp_path, of_year(2023) | bad), folder, silent)
    outcomes = [each.outcome for each in add(zipped(tmp_path, of_year(2023) | of_year(2024)), folder, silent)]
    assert outcomes == [Outcome.KNOWN, Outcome.ADDED]


def test_a_truncated_zip_is_refused(tmp_path, store):
    path = zipped(tmp_path, of_year(2024))
    path.write_bytes(path.read_bytes()[:-40])
    message = refused(path, store)
    assert "BACI_HS17_V202601.zip: found an archive that breaks off or is damaged" in message
    assert message.endswith("download it again: 'chokepoint sources fetch' takes up where it broke off")


def test_a_zip_with_a_damaged_member_is_refused(tmp_path, store):
    path = zipped(tmp_path, of_year(2024))
    content = bytearray(path.read_bytes())
    content[80:90] = bytes(10)
    path.write_bytes(bytes(content))
    assert "breaks off or is damaged" in refused(path, store)


def test_a_workbook_that_is_none_is_refused(tmp_path, store):
    assert "breaks off or is damaged" in refused(written(tmp_path, "x", "book.xlsx"), store)


def test_json_that_breaks_off_is_refused(tmp_path, store):
    path = invented.comtrade_json(tmp_path)
    path.write_text(path.read_text("utf-8")[:-5], "utf-8")
    message = refused(path, store)
    assert "comtrade.json: found JSON that breaks off or is damaged" in message
    assert message.endswith("expected a whole answer; download it again")


def test_a_wrong_encoding_is_named_with_its_byte_and_line(tmp_path, store):
    path = tmp_path / "gta.csv"
    header = "id,date,interventionType,evaluation,implementers,minerals,title\n"
    path.write_bytes((header + "1,2024-01-01,Export ban,harmful,C\u00f4te d'Ivoire,Cobalt,x\n").encode("cp1252"))
    message = refused(path, store)
    assert "gta.csv:2: found the byte 0xf4, which is no text there; expected UTF-8; take the publisher's own" in message


def test_a_table_of_trade_in_a_wrong_encoding_is_refused(tmp_path, store):
    path = tmp_path / "comtrade.csv"
    path.write_bytes((invented.COMTRADE + invented.comtrade_line(partner="\u00e9")).encode("cp1252"))
    message = refused(path, store)
    assert "expected UTF-8; take the publisher's own file, or save this one again as UTF-8" in message


def test_a_renamed_column_is_named_as_what_differs_first(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES.replace("k,v,q", "k,value,q")), store)
    tried = sum(len(each.layouts) for each in PUBLISHERS.values())
    assert f"found columns t, i, j, k, value, q; expected a layout that is read ({tried} layouts were tried" in message
    assert "the nearest first: baci lacks 'v'; " in message
    assert message.endswith("give renamed columns their names back; 'chokepoint sources list' says what is read")


def test_a_file_nobody_knows_says_what_was_tried(tmp_path, store):
    message = refused(written(tmp_path, "shopping,price\nmilk,1\n", "list.csv"), store)
    assert "list.csv: found columns shopping, price; expected a layout that is read" in message
    assert "comtrade lacks 'refYear'" in message


def test_a_text_without_a_table_is_refused(tmp_path, store):
    assert "letter.txt: found no header of a table" in refused(written(tmp_path, "Dear all", "letter.txt"), store)


def test_a_file_that_is_not_there_is_refused(tmp_path, store):
    message = refused(tmp_path / "gone.csv", store)
    assert message.endswith("gone.csv: found no file; expected a file as its publisher offers it; check the name")


def test_a_name_that_hides_the_revision_is_refused(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES, "trade.csv"), store)
    assert "trade.csv: found a file of baci whose name does not say the revision of its codes" in message
    assert (
        "expected a name as published: BACI_HS17_Y2024_V202601.csv; give the file the name it was published" in message
    )


def test_a_row_of_totals_is_refused_with_its_line(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES + "Total,,,,117,\n"), store)
    assert (
        "BACI_HS17_Y2024_V202601.csv:5: found 'Total,,,,117,' (column t); expected a line of t, i, j, k, v, q"
        in message
    )
    assert message.endswith("take the publisher's own file; a row of totals or a note under the table must go")


def test_a_row_for_the_world_is_refused(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES + "2024,156,0,850511,110,\n"), store)
    assert "found codes that are no country: '0' in 1 row; expected flows from one country to another" in message


def test_a_flow_stated_twice_is_refused(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES + "2024,156,842,850511,3,1\n"), store)
    assert "found 1 flow stated more than once, first CHN to USA, 850511, 2024 (2 times)" in message
    assert message.endswith("expected each flow once; take the publisher's own file, or delete the repeated rows")


def test_a_value_below_zero_or_missing_is_refused(tmp_path, store):
    lines = "2024,156,392,850511,-3,1\n2024,156,410,850511,,1\n"
    message = refused(written(tmp_path, invented.BACI_LINES + lines), store)
    assert "found 1 rows without a value and 1 below zero; expected a value of zero or more in each" in message


def test_a_quantity_that_is_no_number_is_refused(tmp_path, store):
    message = refused(written(tmp_path, invented.BACI_LINES + "2024,156,392,850511,3,many\n"), store)
    assert "many" in message
    assert "BACI_HS17_Y2024_V202601.csv" in message


def test_a_table_without_lines_is_refused(tmp_path, store):
    assert "found no flow between two countries" in refused(written(tmp_path, "t,i,j,k,v,q\n"), store)


def test_quantities_missing_in_one_row_of_twenty_are_kept_missing_and_counted(tmp_path):
    lines = [f"2024,156,842,{850000 + number},10,{'' if number % 20 == 0 else 1}" for number in range(200)]
    (added,) = add(written(tmp_path, "t,i,j,k,v,q\n" + "\n".join(lines) + "\n"), tmp_path / "store", silent)
    assert added.dataset.without_quantity == 10
    trade = open_store(tmp_path / "store").trade(None, 2024)
    assert np.isnan(trade.t).sum() == 10
    assert np.nansum(trade.t) == 190


def of_products(folder: Path, products: int) -> Path:
    """Write a file of so many products, 36 flows each."""
    pairs = [(i, j) for i in (156, 392, 410, 842, 276, 251, 380, 826, 124, 36) for j in (156, 392, 842, 276) if i != j]
    lines = [f"2024,{i},{j},{10000 + k},1.5,2\n" for k in range(products) for i, j in pairs]
    return written(folder, "t,i,j,k,v,q\n" + "".join(lines))


def test_a_kill_in_the_middle_leaves_the_store_as_it_was_and_the_next_attempt_clears_up(tmp_path, store):
    large = of_products(tmp_path, 8_000)
    before = snapshot(store)
    running = subprocess.Popen([sys.executable, "-c", ADDING, large, store], stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(store.glob(".*.partial-*/trade.parquet")) and time.monotonic() < deadline:
        time.sleep(0.001)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    left = list(store.glob(".*"))
    assert left, "the process was done before it was killed"
    assert {name: content for name, content in snapshot(store).items() if not name.startswith(".")} == before
    assert len(open_store(store).datasets) == 1
    (added,) = add(large, store, silent)
    assert added.outcome is Outcome.ADDED
    assert list(store.glob(".*.partial-*")) == []
    assert len(open_store(store).datasets) == 2


def test_a_full_disk_leaves_the_store_as_it_was_and_says_what_to_do(tmp_path, store):
    path = of_products(tmp_path, 2_000)
    before = snapshot(store)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    command = [sys.executable, "-B", "-c", ADDING, path, store]
    done = subprocess.run(command, preexec_fn=little_room, capture_output=True, text=True, check=False)
    assert "the store could not be written (" in done.stdout
    assert "nothing was added and it is as it was. Make room where it lies (" in done.stdout
    assert "CHOKEPOINT_DATA, and add the file again" in done.stdout
    assert snapshot(store) == before


def test_too_little_room_is_seen_before_anything_is_unpacked(tmp_path, store, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10}))
    with pytest.raises(StoreError, match="the store needs some 0 MB while it is brought in; nothing was added"):
        add(written(tmp_path, invented.BACI_LINES), store, silent)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match=r"the store could not be written \(Not a directory\); nothing was added"):
        add(written(tmp_path, invented.BACI_LINES), tmp_path / "file" / "store", silent)


def test_every_sheet_of_a_workbook_is_a_dataset(tmp_path):
    book = Workbook()
    for number, mineral in enumerate(("Gallium", "Tin")):
        sheet = book.create_sheet(mineral)
        for row in ([mineral], ["Country", 2024, "unit", "data source"], ["China", 5000 + number, "kg", "r"]):
            sheet.append(row)
    book.save(tmp_path / "6.4. Production_2026.xlsx")
    added = add(tmp_path / "6.4. Production_2026.xlsx", tmp_path / "store", silent)
    assert len({each.dataset.key for each in added}) == 2
    assert {each.mineral: each.value for each in open_store(tmp_path / "store").facts()} == {
        "gallium": 5.0,
        "tin": 5.001,
    }


@pytest.mark.parametrize(
    "content",
    [
        invented.BACI_LINES.replace("\n", "\r\n"),
        "\ufeff" + invented.BACI_LINES,
        invented.BACI_LINES.rstrip("\n"),
        invented.BACI_LINES.replace(",", ";"),
        '"t","i","j","k","v","q"\n"2024","156","842","850511","100.5","2.5"\n2024,156,490,850511,9.5,\n2024,842,156,10121,7,1\n',
    ],
    ids=["windows line ends", "byte order mark", "no last line end", "semicolons", "quotes"],
)
def test_a_file_saved_again_by_another_program_gives_the_same_flows(tmp_path, content):
    path = tmp_path / invented.BACI
    path.write_bytes(content.encode())
    add(path, tmp_path / "store", silent)
    trade = open_store(tmp_path / "store").trade(None, 2024)
    assert trade.code.tolist() == ["010121", "850511", "850511"]
    assert trade.kusd.tolist() == [7.0, 9.5, 100.5]


def test_a_dataset_is_removed_by_its_name_or_with_all_of_its_publisher(tmp_path, store):
    add(written(tmp_path, invented.BACI_LINES), store, silent)
    (first, _) = open_store(store).datasets
    assert [each.key for each in remove(first.key, store)] == [first.key]
    assert len(remove("baci", store)) == 1
    assert open_store(store).is_empty
    assert list(store.iterdir()) == []
    with pytest.raises(DataError, match="found 'baci'; expected a dataset of the store; the store is empty"):
        remove("baci", store)


def test_a_note_that_was_tampered_with_is_named(store):
    (note,) = store.glob("*/dataset.json")
    note.write_text("{}", "utf-8")
    with pytest.raises(DataError, match=r"dataset.json: found a note that cannot be read \(KeyError\)"):
        open_store(store)


@needs_shared
def test_the_columns_of_a_real_extract_are_checked_as_whole_numbers_and_known_countries(tmp_path):
    path = SHARED / "data" / "baci_hs92_rare_earths_1995_2024.csv"
    (added,) = add(path, tmp_path, silent)
    assert (added.dataset.rows, added.dataset.years) == (56_942, (1995, 2024))
    assert 0.03 < added.dataset.without_quantity / added.dataset.rows < 0.15
