import csv
import datetime as dt
import hashlib
import math
import time
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import openpyxl
import pytest

from chokepoint.tables import Column, Table, tabulate, write_tables

if TYPE_CHECKING:
    from chokepoint.tables.table import Cell

PRICES = Table(
    name="prices",
    title="Two prices",
    columns=(
        Column(name="country", note="ISO code"),
        Column(name="paid_usd_per_kg", unit="USD/kg", note="volume-weighted"),
        Column(name="cases", unit="1"),
        Column(name="is_capped"),
        Column(name="day"),
        Column(name="remark"),
    ),
    rows=(
        ("JPN", 1 / 3, 12, True, dt.date(2025, 5, 1), "=HYPERLINK(0)"),
        ("DEU", None, None, None, None, None),
        ("KOR", math.inf, 7, False, dt.date(2025, 6, 1), "-, 'quoted' \"twice\"\nand é"),
    ),
)


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_each_table_is_written_as_csv_parquet_and_a_sheet(tmp_path):
    write_tables([PRICES], tmp_path / "tables")
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert names == {
        ".chokepoint",
        "prices.csv",
        "prices.parquet",
        "columns.csv",
        "columns.parquet",
        "tables.xlsx",
    }


def test_a_table_too_long_to_read_has_no_sheet_and_is_described_all_the_same(tmp_path):
    every_case = Table(
        name="cases", title="Cases", columns=(Column(name="case"),), rows=tuple((n,) for n in range(5001))
    )
    write_tables([PRICES, every_case], tmp_path / "tables")
    assert openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx").sheetnames == ["columns", "prices"]
    assert len((tmp_path / "tables" / "cases.csv").read_text(encoding="utf-8").splitlines()) == 5002
    assert "cases" in (tmp_path / "tables" / "columns.csv").read_text(encoding="utf-8")


def test_the_same_tables_give_the_same_bytes(tmp_path):
    write_tables([PRICES], tmp_path / "one")
    # A zip archive notes times to two seconds.
    time.sleep(2.1)
    write_tables([PRICES], tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_a_number_read_back_from_csv_is_the_number_that_was_written(tmp_path):
    numbers = [1 / 3, 1e-300, 123456789.123456789, -0.0, 5e-324, 1.7976931348623157e308]
    table = Table(name="n", title="N", columns=(Column(name="value"),), rows=tuple((each,) for each in numbers))
    write_tables([table], tmp_path / "tables")
    content = (tmp_path / "tables" / "n.csv").read_bytes()
    assert b"\r" not in content
    assert [float(line) for line in content.decode().splitlines()[1:]] == numbers
    assert b"-0.0" not in content


def test_missing_values_are_empty_in_csv_and_null_in_parquet(tmp_path):
    write_tables([PRICES], tmp_path / "tables")
    with (tmp_path / "tables" / "prices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["JPN", repr(1 / 3), "12", "true", "2025-05-01", "'=HYPERLINK(0)"]
    assert rows[2] == ["DEU", "", "", "", "", ""]
    assert rows[3][1] == "inf"
    path = tmp_path / "tables" / "prices.parquet"
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert found == [tuple(row) for row in PRICES.rows]


def test_text_that_looks_like_a_formula_stays_text_in_every_format(tmp_path):
    starts = ("=1+1", "+1", "-1", "@sum", "plain")
    table = Table(name="t", title="T", columns=(Column(name="text"),), rows=tuple((text,) for text in starts))
    write_tables([table], tmp_path / "tables")
    lines = (tmp_path / "tables" / "t.csv").read_text().splitlines()
    assert lines[1:] == ["'=1+1", "'+1", "'-1", "'@sum", "plain"]
    sheet = openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx")["t"]
    cells = [sheet.cell(row=row, column=1) for row in range(2, 7)]
    assert [cell.value for cell in cells] == list(starts)
    assert all(cell.data_type in {"s", "inlineStr"} for cell in cells)
    assert [bool(cell.quotePrefix) for cell in cells] == [True, True, True, True, False]


def test_the_workbook_holds_numbers_as_numbers_and_says_what_each_column_means(tmp_path):
    write_tables([PRICES], tmp_path / "tables")
    book = openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx")
    assert book.sheetnames == ["columns", "prices"]
    sheet = book["prices"]
    assert sheet["B2"].value == 1 / 3
    assert sheet["D2"].value is True
    assert sheet["B4"].value == "inf"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    described = list(book["columns"].iter_rows(values_only=True))
    assert described[0] == ("table", "title", "column", "unit", "note")
    assert ("prices", "Two prices", "paid_usd_per_kg", "USD/kg", "volume-weighted") in described


def test_long_names_are_shortened_to_what_a_sheet_may_be_called_and_stay_apart(tmp_path):
    long = "a" * 40
    tables = [
        Table(name=name, title=name, columns=(Column(name="x"),), rows=()) for name in (long, f"{long}_b", f"{long}_c")
    ]
    write_tables(tables, tmp_path / "tables")
    names = openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx").sheetnames
    assert names == ["columns", "a" * 31, "a" * 29 + "_2", "a" * 29 + "_3"]


def test_control_characters_do_not_break_the_workbook(tmp_path):
    table = Table(name="t", title="T", columns=(Column(name="text"),), rows=(("a\x00b\x1f",),))
    write_tables([table], tmp_path / "tables")
    assert openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx")["t"]["A2"].value == "a\ufffdb\ufffd"


def test_numbers_of_arrays_become_plain_ones_and_nan_is_missing():
    row: tuple[Cell, ...] = (np.float64(0.5), np.int64(3), np.bool_(1), float("nan"), np.str_("x"))
    table = Table(name="t", title="T", columns=tuple(Column(name=name) for name in "abcde"), rows=(row,))
    assert table.rows == ((0.5, 3, True, None, "x"),)
    assert [type(cell) for cell in table.rows[0]] == [float, int, bool, type(None), str]


@pytest.mark.parametrize(
    ("name", "columns", "rows", "message"),
    [
        ("Bad Name", ("a",), (), "'Bad Name' is no name for a table or column"),
        ("t", ("a/b",), (), "'a/b' is no name"),
        ("t", ("a", "a"), (), "a table needs columns, each of another name"),
        ("t", (), (), "a table needs columns"),
        ("t", ("a",), ((1, 2),), "a row does not have 1 cells"),
        ("t", ("a",), ((1,), ("x",)), "one column holds int and str"),
        ("t", ("a",), (([1],),), "cannot stand in a table"),
    ],
)
def test_a_table_no_file_could_hold_is_refused(name, columns, rows, message):
    with pytest.raises(ValueError, match=message):
        Table(name=name, title="T", columns=tuple(Column(name=each) for each in columns), rows=rows)


def test_two_tables_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="two tables of one name"):
        write_tables([PRICES, PRICES], tmp_path / "tables")
    assert not (tmp_path / "tables").exists()


def test_records_become_a_table_with_the_units_of_their_fields():
    table = tabulate("columns_of", "Columns", [Column(name="a", unit="t")], Column, notes={"name": ("", "its name")})
    assert table.rows == (("a", "t", ""),)
    assert table.columns[0] == Column(name="name", note="its name")
