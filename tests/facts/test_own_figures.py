import openpyxl
import pytest

from chokepoint.countries import Countries
from chokepoint.errors import DataError
from chokepoint.facts import with_own
from tests.facts.rocks import bundle, fact
from tests.position.atlas import COUNTRIES

HEADER = "mineral,stage,measure,country,year,value,unit,basis,source,grade,reason,name"
GOOD = "strelsium,mining,production,Norway,1894,2,kt/yr,contained,customs of Strelsau,,,"
PRICE = "strelsium,,price,WLD,1894,3,USD/lb,ingot,a trader,,,"
CAPACITY = "strelsium,refining,capacity,Turkey,1899,40,t/yr,contained,announced,C,,"


def written(folder, *lines, header=HEADER):
    path = folder / "mine.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def read(folder, *lines, header=HEADER):
    return with_own(bundle(fact("NOR", 5.0), fact("CHN", 6.0)), written(folder, *lines, header=header), COUNTRIES)


def problems(folder, *lines, header=HEADER):
    with pytest.raises(DataError) as found:
        read(folder, *lines, header=header)
    return str(found.value)


def test_a_customs_figure_a_price_and_an_announcement_are_one_row_each_in_the_bundles_units(tmp_path):
    facts = read(tmp_path, GOOD, PRICE, CAPACITY)
    customs = facts.one(mineral="strelsium", measure="production", country="NOR", year=1894)
    assert (customs.value, customs.unit, customs.grade) == (2000.0, "t/yr", "C")
    assert customs.reason == "your figure, mine.csv:2"
    price = facts.one(mineral="strelsium", measure="price")
    assert price.value == pytest.approx(3 / 0.45359237e-3)
    assert price.unit == "USD/t"
    assert facts.one(mineral="strelsium", measure="capacity", stage="refining").country == "TUR"
    assert facts.warnings == (
        "your figure production.strelsium.mining.NOR.1894 = 2000 t/yr replaces 5 t/yr from almanac",
    )


@pytest.mark.parametrize(
    ("written_as", "meant"), [("490", "TWN"), ("S19", "TWN"), ("Other Asia, nes", "TWN"), ("NA", "NAM")]
)
def test_taiwan_and_namibia_are_known_as_customs_tables_write_them(tmp_path, written_as, meant):
    table = written(tmp_path, GOOD.replace("Norway", f'"{written_as}"'))
    facts = with_own(bundle(fact("NOR", 5.0)), table, Countries.read())
    assert facts.one(mineral="strelsium", measure="production", country=meant).value == 2000.0


def test_a_heading_with_blanks_behind_it_is_the_heading(tmp_path):
    facts = read(tmp_path, GOOD, header=HEADER.replace("stage,", "stage ,").replace("unit,", " unit  ,"))
    assert facts.one(mineral="strelsium", measure="production", country="NOR").value == 2000.0


def test_a_mineral_of_ones_own_needs_a_name(tmp_path):
    row = "unobtainium,mining,production,CHN,1894,1,t/yr,,a friend,,,{name}"
    message = problems(tmp_path, row.format(name=""))
    assert "mine.csv:2 column mineral: found 'unobtainium'" in message
    assert "for a mineral of your own fill in the column 'name' too" in message
    facts = read(tmp_path, row.format(name="Unobtainium"))
    assert facts.minerals["unobtainium"].stages == ("mining",)
    assert facts.production("unobtainium", "mining", 1894)["CHN"].value == 1.0


def test_a_workbook_reads_as_the_table_does(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (HEADER, GOOD):
        sheet.append([float(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(tmp_path / "mine.xlsx")
    facts = with_own(bundle(fact("NOR", 5.0)), tmp_path / "mine.xlsx", COUNTRIES)
    assert facts.one(mineral="strelsium", measure="production", country="NOR").value == 2000.0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kt/yr", "kt/y", "column unit: found 'kt/y'; expected a unit of production: kg/yr, t/yr, kt/yr"),
        ("kt/yr", "kt/y", "did you mean 'kt/yr'"),
        ("kt/yr", "USD/t", "column unit: found 'USD/t'; expected a unit of production"),
        ("kt/yr", "kt", "million m3/yr; did you mean 'kt/yr'?"),
        ("Norway", "World total", "found 'World total'; expected one country, or WLD"),
        (",2,", ',"2,000",', "write 2000 for the thousands, 2.000 for the decimal number"),
        ("1894", "1893\u201394", "column year: found '1893\u201394'; expected one year, such as 2024"),
        ("contained", "gross", "expected what the bundle weighs here: 'contained'; convert the number"),
        ("contained", "oxide", "gross weight, content and oxide are never added up"),
        ("contained", "", "column basis: found ''; expected what the bundle weighs here: 'contained'"),
        (
            "Norway",
            "Norwey",
            "found 'Norwey'; expected one country, or WLD; did you mean 'Norway' (NOR)?",
        ),
        (
            "mining",
            "minning",
            "found 'minning'; expected a stage of strelsium's chain; did you mean 'mining'",
        ),
        ("production", "produktion", "column measure: found 'produktion'; expected a measure of the bundle"),
        ("customs of Strelsau", "", "column source: found an empty cell; expected who says so"),
        ("customs of Strelsau", "assumed", "column reason: found an empty cell; expected why this number"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_the_nearest_that_does(tmp_path, old, new, said):
    message = problems(tmp_path, GOOD.replace(old, new))
    assert "mine.csv:2" in message
    assert said in message


def test_all_problems_come_in_one_numbered_message(tmp_path):
    message = problems(tmp_path, GOOD.replace("kt/yr", "kt"), GOOD.replace("Norway", "Nowhere"), GOOD, GOOD)
    assert message.startswith("3 problems; nothing was written:")
    assert "3. mine.csv:5: found production of strelsium in NOR 1894 again, as on line 4" in message


def test_a_file_without_a_source_column_is_refused(tmp_path):
    message = problems(tmp_path, "strelsium,1", header="mineral,value")
    assert "found no column 'source'" in message
