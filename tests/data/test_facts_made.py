from __future__ import annotations

import csv
import io
from collections import defaultdict

import pytest

from chokepoint.countries import Countries
from chokepoint.facts import REST, load_facts, read_trade
from chokepoint.sources.fact import WORLD
from tests.data.making import tool
from tests.data.shared import DATA, SHARED, needs_shared, rows

COUNTRIES = Countries.read()

# World Mining Data may not be shipped and nothing rests on it; it is an independent count of the same output. Name
# there, mineral and stage here, and what a tonne there is multiplied by to be a tonne here: oxide is not metal.
LITHIUM_IN_OXIDE, NIOBIUM_IN_OXIDE, TANTALUM_IN_OXIDE = 0.4645, 0.6990, 0.8190
COUNTED_TWICE = (
    ("Antimony", "antimony", "mining", 1.0),
    ("Bauxite", "aluminium", "mining", 1.0),
    ("Cadmium", "cadmium", "refining", 1.0),
    ("Cobalt", "cobalt", "mining", 1.0),
    ("Copper", "copper", "mining", 1.0),
    ("Fluorspar", "fluorspar", "mining", 1.0),
    ("Gallium", "gallium", "refining", 1.0),
    ("Graphite", "graphite", "mining", 1.0),
    ("Indium", "indium", "refining", 1.0),
    ("Lead", "lead", "mining", 1.0),
    ("Lithium (Li2O)", "lithium", "mining", LITHIUM_IN_OXIDE),
    ("Manganese", "manganese", "mining", 1.0),
    ("Molybdenum", "molybdenum", "mining", 1.0),
    ("Nickel", "nickel", "mining", 1.0),
    ("Niobium (Nb2O5)", "niobium", "mining", NIOBIUM_IN_OXIDE),
    ("Palladium", "palladium", "mining", 1e-3),
    ("Platinum", "platinum", "mining", 1e-3),
    ("Rare Earths (REO)", "rare_earths", "mining", 1.0),
    ("Selenium", "selenium", "refining", 1.0),
    ("Silver", "silver", "mining", 1e-3),
    ("Tantalum (Ta2O5)", "tantalum", "mining", TANTALUM_IN_OXIDE),
    ("Tellurium", "tellurium", "refining", 1.0),
    ("Tin", "tin", "mining", 1.0),
    ("Titanium (TiO2)", "titanium", "mining", 1.0),
    ("Tungsten (W)", "tungsten", "mining", 1.0),
    ("Vanadium (V)", "vanadium", "mining", 1.0),
    ("Zinc", "zinc", "mining", 1.0),
    ("Zircon", "zirconium", "mining", 1.0),
)


@pytest.fixture(scope="module")
def facts():
    return load_facts()


@pytest.fixture(scope="module")
def printed():
    """Return every fact as the publishers print it, without corrections."""
    return tool("facts.assemble").printed(SHARED / "data", DATA)


@pytest.mark.parametrize(
    ("cell", "value", "low", "high", "note"),
    [
        ("45,500", 45_500, None, None, ""),
        ("\u2014", 0, None, None, ""),
        (">90,000,000", 90_000_000, 90_000_000, None, "lower bound"),
        ("<25", 25, 0, 25, "upper bound"),
        ("660\u2013670", 665, 660, 670, "range"),
        ("s", 0.25, 0, 0.5, "less than half a unit"),
        ("E", 0, 0, 0, "net exporter"),
        ("W", None, None, None, "withheld"),
        ("NA", None, None, None, "not available"),
        ("Large", None, None, None, "prints no number"),
        ("Small", None, None, None, "prints no number"),
        ("", None, None, None, "empty"),
    ],
)
def test_every_token_of_the_survey_is_read_by_its_rule(cell, value, low, high, note):
    read = tool("facts.printed").read(cell)
    assert (read.value, read.low, read.high) == (value, low, high)
    assert note in read.note


def test_a_bound_of_a_share_ends_at_the_whole():
    assert tool("facts.printed").read(">75", is_share=True).high == 100


def test_a_word_no_rule_knows_is_an_error():
    with pytest.raises(ValueError, match="Medium"):
        tool("facts.printed").read("Medium")


@pytest.mark.parametrize(
    ("spelt", "iso3"),
    [
        ("World total (rounded)", WORLD),
        ("World total (ilmenite, rounded)", WORLD),
        ("Other Countries", REST),
        ("Other countries (includes crude)", REST),
        ("Russia ", "RUS"),
        ("Congo (Kinshasa)", "COD"),
        ("Korea, Republic of", "KOR"),
        ("Korea, North", "PRK"),
        ("Burma", "MMR"),
        ("C\u00f4te d\u2019Ivoire", "CIV"),
        ("United States (from Cliffside Field)", "USA"),
    ],
)
def test_totals_rows_and_the_surveys_spellings_are_told_apart(spelt, iso3):
    assert tool("facts.usgs_world").place(spelt, COUNTRIES) == iso3


def test_a_place_nobody_knows_stops_the_making():
    with pytest.raises(LookupError, match="'Congo': which one: 'DR Congo'"):
        tool("facts.usgs_world").place("Congo", COUNTRIES)


def test_the_edition_of_2025_is_read_with_its_blanks_and_its_misspelling(tmp_path):
    header = "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,CAP_2023,CAP_EST_ 2024"
    header += ",CAP_NOTES,RESERVES_2024,RESERVE_NOTES"
    kind = "Primary and secondary refinery production"
    path = tmp_path / "world.csv"
    path.write_text(f"{header}\nMCS2025,Gemanium,China ,{kind},kilograms,,200,,,,,,\n", encoding="utf-8")
    before, after = tool("facts.usgs_world").edition_2025(path, COUNTRIES)
    assert (before.mineral, before.country, before.value) == ("germanium", "CHN", None)
    assert before.reason == "the Survey leaves the cell empty"
    assert (after.value, after.unit, after.grade) == (0.2, "t/yr", "B-")


def test_ilmenite_and_rutile_are_added_up_and_a_missing_part_leaves_the_sum_missing():
    usgs_world = tool("facts.usgs_world")
    header = "MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes"
    line = "TITANIUM MINERAL CONCENTRATES,World Mine Production and Reserves,T,{},Production,Mine production: {},"
    line += "thousand metric tons,2024,{},"
    lines = [
        line.format(*each) for each in (("India", "Ilmenite", 2), ("India", "Rutile", 1), ("Kenya", "Rutile", "W"))
    ]

    class Text(io.StringIO):
        def open(self, **_options):
            return self

    found = list(usgs_world.edition_2026(Text("\n".join([header, *lines])), COUNTRIES))
    together = {each.country: each for each in usgs_world.titanium_together(found)}
    assert (together["IND"].value, together["IND"].grade) == (3000.0, "derived")
    assert together["KEN"].value is None


def test_baci_calls_taiwan_490_and_s19_and_namibia_na(tmp_path):
    trade = tool("facts.trade")
    codes = "country_code,country_name,country_iso2,country_iso3\n"
    codes += '490,"Other Asia, nes",,S19\n516,Namibia,,NAM\n156,China,CN,CHN\n'
    (tmp_path / "baci_country_codes.csv").write_text(codes, encoding="utf-8")
    for name in ("rare_earths_1995_2024", "critical_2018_2024"):
        lines = "t,i,j,k,v,q\n2018,490,156,280530,9.5,\n2018,516,156,280530,1.5,2\n2018,156,516,280530,3,1\n"
        content = lines if name.startswith("rare") else "t,i,j,k,v,q\n"
        (tmp_path / f"baci_hs92_{name}.csv").write_text(content, encoding="utf-8")
    spelt = "year,exporter,importer,hs6,material,value_kusd,qty_t\n2024,S19,NAM,850511,magnets,7,\n"
    (tmp_path / "baci_hs17_2024_25codes.csv").write_text(spelt, encoding="utf-8")
    (tmp_path / "baci_hs17_2022_25codes_values.csv").write_text(
        "i,j,cmd,value\nS19,CHN,850511,9000\n", encoding="utf-8"
    )
    partners = "year,hs_revision,hs6,from,to,value\n2020,HS17,850511,NA,CN,8000\n"
    (tmp_path / "baci_2002_2023_top_partners.csv").write_text(partners, encoding="utf-8")
    by_code, index = trade.tables(trade.extracts(tmp_path))
    # Two flows below five thousand USD are one line; one of the sums has no quantity missing, so it keeps its tonnes.
    assert by_code["280530"] == [("2018", "ROW", "ROW", "4.5", "3"), ("2018", "TWN", "CHN", "9.5", "")]
    assert by_code["850511"] == [
        ("2020", "NAM", "CHN", "8", ""),
        ("2022", "TWN", "CHN", "9", ""),
        ("2024", "TWN", "NAM", "7", ""),
    ]
    assert [each[1] for each in index if each[0] == "850511"] == ["2020", "2022", "2024"]


@needs_shared
def test_a_correction_still_corrects_what_the_publisher_prints(printed):
    correcting = tool("facts.correcting")
    known = correcting.corrections(DATA / "corrections.csv")
    assert {each["correction"] for each in known} == {
        "brazil_rare_earth_reserves",
        "world_rare_earth_reserves",
        "chinese_quota_2024",
        "thailand_2024",
    }
    for correction in known:
        found = [
            each
            for each in printed
            if (each.mineral, each.measure, each.stage, each.country, str(each.year), each.source)
            == tuple(correction[key] for key in ("mineral", "measure", "stage", "country", "year", "printed_by"))
        ]
        assert len(found) == 1, correction["correction"]
        assert correcting.is_still_wrong(found[0], correction), f"{correction['correction']}: delete it, it is mended"


@needs_shared
def test_a_correction_the_publisher_has_made_itself_stops_the_making(printed):
    correcting = tool("facts.correcting")
    known = correcting.corrections(DATA / "corrections.csv")
    mended = [{**each, "printed": "12345"} if "brazil" in each["correction"] else each for each in known]
    with pytest.raises(ValueError, match="brazil_rare_earth_reserves: usgs_mcs2026 now prints 21000000"):
        list(correcting.corrected(printed, mended))
    gone = [{**each, "country": "ATL"} if "brazil" in each["correction"] else each for each in known]
    with pytest.raises(ValueError, match="no longer printed: brazil_rare_earth_reserves"):
        list(correcting.corrected(printed, gone))


def test_the_corrected_figures_are_the_ones_in_the_bundle(facts):
    def value(measure, country, year, **more):
        return facts.one(mineral="rare_earths", measure=measure, country=country, year=year, **more)

    assert value("reserves", "BRA", 2025).value == 11e6
    assert value("reserves", WORLD, 2025).value == 75e6
    thailand = value("production", "THA", 2024, stage="mining")
    assert (thailand.value, thailand.low, thailand.high) == (2_100, 2_100, 13_000)
    assert "quota" in value("production", "CHN", 2024, stage="mining").reason


@needs_shared
def test_two_editions_differ_by_less_than_a_factor_of_three_in_every_world_total(printed):
    totals = defaultdict(dict)
    for each in printed:
        if each.country == WORLD and each.value and each.source.startswith("usgs_mcs"):
            totals[each.mineral, each.stage, each.measure, each.basis][each.source, each.year] = each.value
    pairs = 0
    for key, found in totals.items():
        before = [value for (source, year), value in found.items() if (source, year) == ("usgs_mcs2025", 2024)]
        after = [value for (source, year), value in found.items() if source == "usgs_mcs2026" and year >= 2024]
        for one, other in ((one, other) for one in before for other in after):
            pairs += 1
            assert 1 / 3 < one / other < 3, key
    assert pairs > 80


@needs_shared
@pytest.mark.parametrize(("theirs", "mineral", "stage", "factor"), COUNTED_TWICE)
def test_the_largest_producer_makes_what_an_independent_count_says(facts, theirs, mineral, stage, factor):
    output = {country: each.value for country, each in facts.production(mineral, stage, 2024).items() if each.value}
    largest = max(output, key=lambda country: output[country])
    other = next(
        float(row["2024"]) * factor
        for row in rows(SHARED / "data" / "wmd_mine_production_2018_2024.csv")
        if (row["mineral"], row["Country_ISO"]) == (theirs, largest)
    )
    assert 1 / 1.7 < output[largest] / other < 1.7


def test_prices_printed_in_two_units_are_the_same_price(facts):
    nickel = [each for each in facts.of(mineral="nickel", measure="price", year=2024) if each.value]
    assert len(nickel) == 2
    assert nickel[0].value == pytest.approx(nickel[1].value, rel=2e-3)


def test_a_metric_ton_unit_is_ten_kilograms_of_content(facts):
    manganese = facts.one(mineral="manganese", measure="price", year=2024)
    assert (manganese.value, manganese.unit) == (553.0, "USD/t")
    assert "printed 5.53 dollars per metric ton" in manganese.reason
    assert facts.one(mineral="tungsten", measure="price", year=2024).value == 25_200


def test_vanadium_reserves_are_in_thousand_tonnes_whatever_their_label_says(facts):
    world = facts.of(mineral="vanadium", measure="reserves", country=WORLD)
    assert {each.value for each in world} == {21e6, 18e6}
    assert all("thousand tons" in each.reason for each in world)


def test_a_year_with_an_en_dash_is_a_mean_of_years(facts):
    share = facts.one(mineral="gallium", measure="import_share", country="CAN")
    assert (share.value, share.year) == (0.28, 2024)
    assert "mean of 2021-24" in share.reason


def test_a_net_exporter_relies_on_nobody_and_says_that_no_number_is_printed(facts):
    boron = facts.one(mineral="boron", measure="net_import_reliance", year=2024)
    assert (boron.value, boron.grade) == (0.0, "derived")
    assert "net exporter" in boron.reason


@needs_shared
def test_the_agencys_kilotonnes_add_up_to_its_own_totals_in_tonnes(facts):
    table = rows(SHARED / "data" / "iea_supply_by_country_2024_2040.csv")
    agency = tool("facts.others").IEA
    for row in table:
        if row["country"] == "Total" and float(row["2024"]):
            mineral = agency[row["mineral"]][0]
            is_separated = mineral == "magnet_rare_earths" and row["stage"] == "refining"
            found = facts.of(
                mineral=mineral,
                measure="production",
                stage="separation" if is_separated else row["stage"],
                country=WORLD,
                year=2024,
            )
            total = next(each for each in found if each.source == "iea_gcmo2025")
            assert total.value == pytest.approx(float(row["2024"]) * 1000, rel=1e-6)


@needs_shared
def test_a_years_trade_adds_up_to_what_baci_says():
    said = defaultdict(float)
    for name in ("baci_hs92_rare_earths_1995_2024", "baci_hs92_critical_2018_2024"):
        with (SHARED / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["t"] in {"2002", "2018", "2023"}:
                    said[row["k"], int(row["t"])] += float(row["v"])
    for row in rows(SHARED / "data" / "baci_hs17_2024_25codes.csv"):
        said[row["hs6"], 2024] += float(row["value_kusd"])
    assert len(said) > 75
    for (code, year), total in said.items():
        assert read_trade(code, year).kusd.sum() == pytest.approx(total, rel=1e-6)


def test_where_two_revisions_disagree_on_a_code_the_index_says_so():
    assert "HS92 puts the total at 158% of it" in read_trade("250490", 2024).note
    assert "HS92 puts the total at 83% of it" in read_trade("252922", 2024).note
    assert "puts the total" not in read_trade("283691", 2024).note


def test_output_of_single_rare_earths_is_derived_with_a_range_that_holds_the_agencys_sum(facts):
    derived = facts.production("neodymium_praseodymium", "separation", 2024)
    assert {each.grade for each in derived.values()} == {"derived"}
    china = derived["CHN"]
    assert china.low < china.value < china.high
    assert "t REO separated times" in china.reason
    # The Agency counts neodymium, praseodymium, dysprosium and terbium together and does not say metal or oxide.
    heavy = [facts.production(name, "separation", 2024)["CHN"] for name in ("dysprosium", "terbium")]
    agency = facts.production("magnet_rare_earths", "separation", 2024)["CHN"].value
    assert china.low + sum(each.low for each in heavy) < agency < china.high + sum(each.high for each in heavy)
