import csv
from pathlib import Path

import openpyxl
import pytest

import chokepoint
from chokepoint.countries import Countries
from chokepoint.errors import DataError
from chokepoint.records.position import PositionLine, Supplier, read_position
from tests.position.atlas import COUNTRIES, GOODS

HEADER = "good,home,monthly_need,unit,suppliers,stock,months_to_replace,value_of_output_usd_per_unit"
LINE = "dysprosium_oxide,DEU,2.5,t,CHN 0.8; JPN 0.2,4,9,1e6"


def read(tmp_path, *lines, name="mine.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_position(path, goods=GOODS, countries=COUNTRIES)


def problems(tmp_path, *lines, name="mine.csv"):
    with pytest.raises(DataError) as raised:
        read(tmp_path, *lines, name=name)
    assert raised.value.exit_code == 2
    return [str(problem) for problem in raised.value.problems]


def workbook(path, *rows, title="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_line_is_read_in_tonnes_and_iso_codes(tmp_path):
    position = read(tmp_path, HEADER + ",name,note,replacement_country", LINE + ",Works 1,by rail,Norway")
    assert position.file == "mine.csv"
    assert position.lines == (
        PositionLine(
            line=2,
            name="Works 1",
            good="dysprosium_oxide",
            home="DEU",
            need_t_per_month=2.5,
            stock_t=4.0,
            suppliers=(Supplier(country="CHN", share=0.8), Supplier(country="JPN", share=0.2)),
            months_to_replace=9.0,
            value_of_output_usd_per_t=1e6,
            unit="t",
            replacement_country="NOR",
            note="by rail",
        ),
    )


def test_kilograms_become_tonnes_and_a_value_per_kilogram_a_value_per_tonne(tmp_path):
    (line,) = read(tmp_path, HEADER, "Dysprosium oxide,Germany,500,kg,China 100%,250,9,1000").lines
    assert (line.need_t_per_month, line.stock_t, line.value_of_output_usd_per_t) == (0.5, 0.25, 1e6)
    assert line.title == "dysprosium_oxide in DEU"


@pytest.mark.parametrize(
    "entry", ["CHN 0.8; JPN 0.2", "China 80 %|Japan 20%", "CHN: 0.8; JPN=0.2;", "CHN .8; JPN 2e-1"]
)
def test_suppliers_may_be_written_in_several_plain_ways(tmp_path, entry):
    (line,) = read(tmp_path, HEADER, f"ndpr_oxide,USA,1,t,{entry},0,0,0").lines
    assert [(each.country, round(each.share, 12)) for each in line.suppliers] == [("CHN", 0.8), ("JPN", 0.2)]


def test_a_country_name_of_several_words_keeps_its_share(tmp_path):
    (line,) = read(tmp_path, HEADER, "ndpr_oxide,DEU,1,t,United States of America 0.4; CHN 0.6,0,0,0").lines
    assert line.suppliers[0] == Supplier(country="USA", share=0.4)


@pytest.mark.parametrize("first", ["", "sep=;\n"])
def test_a_file_parted_by_semicolons_is_read(tmp_path, first):
    line = 'dysprosium_oxide;DEU;2.5;t;"CHN 0.8; JPN 0.2";4;9;1e6'
    assert read(tmp_path, first + HEADER.replace(",", ";"), line).lines[0].need_t_per_month == 2.5


def test_utf_16_and_a_byte_order_mark_are_read(tmp_path):
    text = f"{HEADER}\n{LINE.replace('DEU', 'Türkiye')}\n"
    for encoding in ("utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.csv"
        path.write_text(text, encoding=encoding)
        assert read_position(path, goods=GOODS, countries=COUNTRIES).lines[0].home == "TUR"


def test_a_workbook_reads_like_a_csv(tmp_path):
    cells = ["dysprosium_oxide", "DEU", 2.5, "t", "CHN 0.8; JPN 0.2", 4, 9, 1000000]
    path = workbook(tmp_path / "mine.xlsx", HEADER.split(","), [None], cells)
    (line,) = read_position(path, goods=GOODS, countries=COUNTRIES).lines
    assert line.line == 3
    assert (line.need_t_per_month, line.stock_t, line.months_to_replace) == (2.5, 4.0, 9.0)


def test_a_formula_that_was_never_computed_is_named(tmp_path):
    cells = ["dysprosium_oxide", "DEU", "=1+1", "t", "CHN 1", 4, 9, 1000000]
    path = workbook(tmp_path / "mine.xlsx", HEADER.split(","), cells)
    with pytest.raises(
        DataError, match=r"mine.xlsx:2: found a formula without a saved result \(=1\+1\); expected a number"
    ):
        read_position(path, goods=GOODS, countries=COUNTRIES)


def test_every_problem_of_a_file_is_listed_once_and_numbered(tmp_path):
    with pytest.raises(DataError) as raised:
        read(tmp_path, HEADER, "dysprosium_oxid,Germny,two,lb,CHN 0.8,-3,,abc")
    assert str(raised.value) == (
        "8 problems; nothing was written:\n"
        "  1. mine.csv:2 column good: found 'dysprosium_oxid'; expected the code of a good that is known; "
        "did you mean 'dysprosium_oxide' or 'ndpr_oxide'?\n"
        "  2. mine.csv:2 column unit: found 'lb'; expected t or kg; "
        "write t (1000 kg) or kg, and give need, stock and value per that unit\n"
        "  3. mine.csv:2 column home: found 'Germny'; expected a country; did you mean 'Germany' (DEU)?\n"
        "  4. mine.csv:2 column monthly_need: found 'two'; expected a number above 0; "
        "write digits only, with a point for decimals; a unit goes into the column 'unit'\n"
        "  5. mine.csv:2 column stock: found '-3'; expected a number, 0 or more; check the sign and the number\n"
        "  6. mine.csv:2 column months_to_replace: found an empty cell; expected a number, 0 or more; "
        "fill in the cell; write 0 if you mean nothing\n"
        "  7. mine.csv:2 column value_of_output_usd_per_unit: found 'abc'; expected a number, 0 or more; "
        "write digits only, with a point for decimals; a unit goes into the column 'unit'\n"
        "  8. mine.csv:2 column suppliers: found shares that sum to 0.8; expected shares that sum to 1; "
        "correct the shares, or name who is left"
    )


def test_a_missing_column_is_named_once_for_the_file_and_a_misspelt_one_is_recognised(tmp_path):
    found = problems(tmp_path, HEADER.replace("stock", "stok"), LINE, LINE.replace("DEU", "USA"))
    assert found == [
        (
            f"mine.csv:1: found no column 'stock'; expected the columns {', '.join(HEADER.split(','))}; "
            "did you mean it by 'stok'?"
        )
    ]


def test_a_missing_column_does_not_hide_what_is_wrong_in_the_others(tmp_path):
    found = problems(
        tmp_path,
        "good,home,monthly_need,unit,suppliers,months_to_replace,value_of_output_usd_per_unit",
        "ndpr_oxide,DEU,zero,t,CHN 1,1,1",
    )
    assert len(found) == 2
    assert "add a column 'stock'" in found[0]
    assert "mine.csv:2 column monthly_need: found 'zero'" in found[1]


def test_a_country_spelt_three_ways_is_refused_with_the_code_to_use(tmp_path):
    found = problems(tmp_path, HEADER, "ndpr_oxide,DEU,1,t,China 0.5; PRC 0.3; CHN 0.2,0,0,0")
    assert found == [
        (
            "mine.csv:2 column suppliers: found China 3 times; expected each country once; "
            "write 'CHN 1' if the shares add up"
        ),
        (
            "mine.csv:2 column suppliers: found one country under different names: 'China', 'PRC', 'CHN'; "
            "expected one spelling of a country in the whole file; write CHN everywhere"
        ),
    ]


def test_a_country_spelt_differently_on_other_lines_is_refused_too(tmp_path):
    found = problems(
        tmp_path,
        HEADER,
        "ndpr_oxide,Germany,1,t,CHN 1,0,0,0",
        "dysprosium_oxide,DEU,1,t,CHN 1,0,0,0",
        "ndfeb_magnet,Deutschland,1,t,chn 1,0,0,0",
    )
    assert found == [
        (
            "mine.csv:2 column home (and lines 3, 4): found one country under different names: "
            "'Germany', 'DEU', 'Deutschland'; expected one spelling of a country in the whole file; "
            "write DEU everywhere"
        )
    ]


def test_two_lines_for_one_good_and_home_need_names(tmp_path):
    assert problems(tmp_path, HEADER, LINE, LINE) == [
        (
            "mine.csv:3: found dysprosium_oxide in DEU again, as on line 2; expected one line for a good and home, "
            "unless their names differ; add the two up, or give each a name in the column 'name'"
        )
    ]
    assert len(read(tmp_path, HEADER + ",name", LINE + ",A", LINE + ",B").lines) == 2


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('"1,234.5"', "write 1234.5: a point for decimals, nothing between thousands"),
        ('"1,234"', "write 1234 for the thousands, 1.234 for the decimal number"),
        ('"2,5"', "write 2.5: a point for decimals, nothing between thousands"),
        ('"1.234,5"', "write 1234.5: a point for decimals, nothing between thousands"),
        ("1 234", "write 1234: a point for decimals, nothing between thousands"),
        ("1_234", "write 1234: a point for decimals, nothing between thousands"),
        ("nan", "write digits only"),
        ("inf", "write digits only"),
        ("1e999", "write a number a computer can hold"),
        ("٣", "write digits only"),
        ("2.5 t", "write digits only, with a point for decimals; a unit goes into the column 'unit'"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_what_to_write(tmp_path, text, remedy):
    (found,) = problems(tmp_path, HEADER, LINE.replace("2.5", text))
    assert "column monthly_need" in found
    assert remedy in found


def test_in_a_file_with_semicolons_a_point_before_three_digits_may_part_thousands(tmp_path):
    line = "dysprosium_oxide;DEU;1.234;t;CHN 1;0.125;9;1e6"
    (found,) = problems(tmp_path, HEADER.replace(",", ";"), line)
    assert "monthly_need: found '1.234'" in found
    assert "write 1.2340 for the decimal number, 1234 for the thousands" in found


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("CHN 80; JPN 20", "found shares that sum to 100; expected shares that sum to 1; write 0.8 or 80 %"),
        ("CHN", "found 'CHN'; expected countries with their shares, such as 'CHN 0.8; JPN 0.2'"),
        ("CHN -0.2; JPN 1.2", "found 'CHN -0.2'; expected a share above 0"),
        ("Jappan 1", "found 'Jappan'; expected a country; did you mean 'Japan' (JPN)?"),
        ("", "found an empty cell; expected countries with their shares"),
        ("CHN 0.8; JPN 0.2001", "found shares that sum to 1.0001"),
    ],
)
def test_suppliers_that_make_no_sense_say_why(tmp_path, entry, message):
    (found,) = problems(tmp_path, HEADER, f"ndpr_oxide,DEU,1,t,{entry},0,0,0")
    assert message in found


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("mine.ods", b"x", "found the ending '.ods'; expected a .csv or .xlsx file"),
        ("mine.csv", b"", "mine.csv: found an empty file; expected a header line (good, home,"),
        ("mine.csv", b"\n , \n", "mine.csv: found an empty file"),
        ("mine.csv", HEADER.encode(), "found an empty file"),
        (
            "mine.csv",
            b"good,home\nndpr\xe9,1\n",
            "mine.csv:2: found a byte (0xe9) that is not UTF-8; expected text in UTF-8",
        ),
        ("mine.csv", b"good,home\nnd\x00pr,1\n", "mine.csv:2: found a zero byte"),
        (
            "mine.csv",
            b'good,home\n"ndpr,1\n',
            "mine.csv:2: found cells that cannot be told apart (unexpected end of data)",
        ),
        ("mine.xlsx", b"not a workbook", "mine.xlsx: found a file that does not open as a workbook (BadZipFile)"),
    ],
)
def test_a_file_that_is_no_table_says_what_to_save_it_as(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        read_position(path, goods=GOODS, countries=COUNTRIES)
    assert message in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match=r"nowhere.csv: found no such file; expected a .csv or .xlsx file"):
        read_position(tmp_path / "nowhere.csv", goods=GOODS, countries=COUNTRIES)


def test_text_beside_the_columns_is_not_lost_in_silence(tmp_path):
    (found,) = problems(tmp_path, HEADER, LINE + ",more")
    assert found.startswith("mine.csv:2: found text outside the columns (9 cells); expected 8 cells")
    (found,) = problems(tmp_path, HEADER + ",colour", LINE + ",red")
    assert "found an unknown column 'colour'" in found
    (found,) = problems(tmp_path, HEADER + ",stock", LINE + ",4")
    assert "found the column 'stock' 2 times; expected each column once" in found


def test_the_example_that_ships_reads_without_a_problem():
    data = Path(chokepoint.__file__).parent / "data"
    with (data / "goods.csv").open(encoding="utf-8") as file:
        goods = {row["good"] for row in csv.DictReader(file)}
    position = read_position(data / "examples" / "position.csv", goods=goods, countries=Countries.read())
    assert len(position.lines) >= 3
