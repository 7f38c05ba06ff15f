import pytest

from chokepoint.countries import Countries, Country
from chokepoint.errors import DataError
from tests.position.atlas import COUNTRIES


@pytest.mark.parametrize("spelling", ["CHN", "cn", " China ", "the PRC", "P.R. China", "PR China", "china."])
def test_every_known_spelling_of_a_country_means_its_iso_code(spelling):
    assert COUNTRIES.resolve(spelling) == "CHN"


def test_accents_and_case_do_not_part_two_names():
    assert COUNTRIES.resolve("TURKIYE") == "TUR"


def test_a_country_nobody_knows_is_none_and_the_nearest_spelling_is_offered_with_its_code():
    assert COUNTRIES.resolve("Germny") is None
    assert COUNTRIES.suggest("Germny") == "did you mean 'Germany' (DEU)?"
    assert COUNTRIES.suggest("zzzzzzzz") == "write the ISO 3166 code of three letters (CHN, DEU, JPN)"


def test_numbers_name_no_country_because_two_code_systems_share_the_digits():
    assert COUNTRIES.resolve("842") is None


def test_the_table_is_read_with_its_aliases(tmp_path):
    table = tmp_path / "countries.csv"
    table.write_text("iso2,iso3,m49,baci,name,aliases\nKR,KOR,410,410,South Korea,Korea|Republic of Korea\n")
    countries = Countries.read(table)
    assert countries.resolve("Republic of Korea") == "KOR"
    assert countries.name("KOR") == "South Korea"
    assert countries.name("ROW") == "ROW"


def test_a_table_without_a_column_is_refused(tmp_path):
    table = tmp_path / "countries.csv"
    table.write_text("iso2,iso3,m49,baci,nam,aliases\nKR,KOR,410,410,South Korea,\n")
    with pytest.raises(DataError, match=r"found no column 'name'.*did you mean 'nam'"):
        Countries.read(table)


def test_one_spelling_cannot_mean_two_countries():
    congo = [
        Country(iso3="COG", iso2="CG", m49="178", baci="178", name="Congo"),
        Country(iso3="COD", iso2="CD", m49="180", baci="180", name="DR Congo", aliases=("Congo",)),
    ]
    with pytest.raises(DataError, match="'Congo' for both COG and COD; expected a spelling that means one country"):
        Countries.of(congo)


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("DRC", "COD"),
        ("Congo (Kinshasa)", "COD"),
        ("Congo (Brazzaville)", "COG"),
        ("UAE", "ARE"),
        ("Burma", "MMR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Other Asia, nes", "TWN"),
        ("S19", "TWN"),
        ("South Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("Korea, North", "PRK"),
        ("NA", "NAM"),
        ("Mongolia", "MNG"),
    ],
)
def test_the_names_publishers_use_resolve(spelling, iso3):
    assert Countries.read().resolve(spelling) == iso3


def test_inner_mongolia_is_a_part_of_china_and_not_mongolia():
    assert Countries.read().resolve("Inner Mongolia") == "CHN"


@pytest.mark.parametrize(
    ("spelling", "asked"),
    [
        ("Congo", "which one: 'DR Congo' (COD) or 'Congo (Brazzaville)' (COG)?"),
        ("the Congo", "which one: 'DR Congo' (COD) or 'Congo (Brazzaville)' (COG)?"),
        ("Korea", "which one: 'South Korea' (KOR) or 'North Korea' (PRK)?"),
    ],
)
def test_a_name_that_means_two_countries_is_asked_about_and_never_guessed(spelling, asked):
    countries = Countries.read()
    assert countries.resolve(spelling) is None
    assert countries.suggest(spelling) == asked
