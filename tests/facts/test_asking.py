import pytest

from chokepoint.answer.minerals import chain_text
from chokepoint.exposure.picture import supply_of
from chokepoint.facts import REST
from chokepoint.facts.breaks import REVISIONS, check
from chokepoint.facts.chain import chain_of
from chokepoint.facts.counting import count
from chokepoint.sources.fact import WORLD
from tests.facts.rocks import bundle, fact
from tests.position.atlas import COUNTRIES


def test_the_best_source_comes_first_and_a_missing_number_last():
    facts = bundle(
        fact("RUR", None, source="withheld", reason="secret"), fact("RUR", 5.0), fact("RUR", 7.0, source="traveller")
    )
    found = facts.of(mineral="strelsium", measure="production", stage="mining", country="RUR", year=1894)
    assert [each.source for each in found] == ["almanac", "traveller", "withheld"]
    assert facts.one(mineral="strelsium", measure="production").value == 5.0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"mineral": "strelsum", "measure": "production"}, "no mineral 'strelsum'; did you mean 'strelsium'"),
        ({"mineral": "zendite", "measure": "reserves"}, "reserves zendite: no bundled source gives this measure"),
        (
            {"mineral": "strelsium", "measure": "production", "stage": "refining"},
            "no bundled source counts the stage 'refining'; counted: mining",
        ),
        (
            {"mineral": "strelsium", "measure": "production", "country": "BOR"},
            "no bundled source names BOR; it may be among the countries added up as ROW",
        ),
        (
            {"mineral": "strelsium", "measure": "production", "country": "RUR", "year": 1900},
            "no bundled source covers that year; covered: 1894, 1895",
        ),
        (
            {"mineral": "strelsium", "measure": "production", "country": "RUR", "year": 1895},
            r"production.strelsium.mining.RUR.1895: no number \(withheld; almanac\)",
        ),
    ],
)
def test_what_is_missing_is_missing_with_the_reason(asked, why):
    facts = bundle(fact("RUR", 5.0), fact("RUR", None, year=1895, reason="withheld"))
    with pytest.raises(LookupError, match=why):
        facts.one(**asked)


def test_output_is_of_countries_only_and_of_one_publisher():
    facts = bundle(
        fact("RUR", 5.0),
        fact("BOR", None, reason="withheld"),
        fact(WORLD, 9.0),
        fact(REST, 4.0),
        fact("BOR", 6.0, source="traveller"),
    )
    found = facts.production("strelsium", "mining", 1894)
    assert {country: each.value for country, each in found.items()} == {"RUR": 5.0, "BOR": None}
    assert found["BOR"].reason == "withheld"


def test_gross_weight_never_stands_among_contents():
    facts = bundle(fact("RUR", 5.0), fact("BOR", 6.0), fact("ZEN", 80.0, basis="gross"))
    found = facts.production("strelsium", "mining", 1894)
    assert found["ZEN"].value is None
    assert found["ZEN"].reason == "80 t/yr counted as 'gross', the others as 'contained'"


def test_weights_without_a_majority_give_no_output_at_all():
    facts = bundle(fact("RUR", 5.0), fact("ZEN", 80.0, basis="gross"))
    found = facts.production("strelsium", "mining", 1894)
    assert {country: each.value for country, each in found.items()} == {"RUR": None, "ZEN": None}
    assert "nothing adds up" in found["RUR"].reason


def test_ones_own_figure_shadows_the_bundle_and_says_so():
    mine = fact("RUR", 8.0, source="my survey", grade="C")
    facts = bundle(fact("RUR", 5.0), fact("BOR", 6.0), own=[mine])
    assert facts.warnings == ("your figure production.strelsium.mining.RUR.1894 = 8 t/yr replaces 5 t/yr from almanac",)
    assert facts.one(mineral="strelsium", measure="production", country="RUR").source == "my survey"
    assert [each.value for each in facts.production("strelsium", "mining", 1894).values()] == [6.0, 8.0]


def test_a_mineral_is_known_by_code_name_symbol_and_alias():
    facts = bundle(fact("RUR", 5.0))
    assert {facts.resolve(each) for each in ("strelsium", "STRELSIUM", "sr2", "Streletz Ore")} == {"strelsium"}
    assert facts.resolve("strels") is None
    assert "did you mean" in facts.suggest("strels")


def test_shares_are_of_the_publishers_total_and_of_the_named_where_it_prints_none():
    facts = bundle(fact("RUR", 5.0), fact("BOR", 3.0), fact(WORLD, 10.0), fact("RUR", 1.0, year=1893))
    mining = chain_of(facts, "strelsium").stages[0]
    assert [each.share for each in mining.producers] == [0.5, 0.3]
    assert (mining.year, mining.whole) == (1894, "the publisher's world total")
    before = chain_of(facts, "strelsium", 1893).stages[0]
    assert [each.share for each in before.producers] == [1.0]
    assert before.whole == "the countries named"


def test_the_world_total_moves_with_ones_own_figures_and_so_do_the_shares():
    printed = (fact("RUR", 6.0), fact("BOR", 2.0), fact(WORLD, 10.0))
    for mine, total, shares in (
        ((fact("RUR", 16.0, source="me"),), 20.0, [0.8, 0.1]),
        ((fact("RUR", 1.0, source="me"),), 5.0, [0.4, 0.2]),
        ((fact("ZEN", 1.0, source="me"),), 10.0, [0.6, 0.2, 0.1]),
        ((fact(WORLD, 16.0, source="me"),), 16.0, [0.375, 0.125]),
    ):
        facts = bundle(*printed, own=mine)
        mining = chain_of(facts, "strelsium").stages[0]
        assert mining.world is not None
        assert mining.world.value == total
        assert [each.share for each in mining.producers] == shares
        supply = supply_of(facts, "strelsium", "mining", 1894)
        assert not isinstance(supply, str)
        assert sum(supply.amounts.values()) + supply.rest == total
    assert mining.whole == "the world total with your figures"


def test_an_announced_plant_is_shown_with_the_mineral():
    plant = fact("NOR", 40.0, measure="capacity", stage="refining", year=1899, source="me", reason="your figure, a:2")
    chain = chain_of(bundle(fact("CHN", 5.0), own=(plant,)), "strelsium")
    assert chain.own == (plant,)
    said = chain_text(chain, COUNTRIES, {}, {})
    assert "  capacity of refining, Norway, 1899: 40 t/yr, contained (your figure, a:2; me, A)\n" in said


def test_a_stage_nobody_counts_says_why():
    refining = chain_of(bundle(fact("RUR", 5.0)), "strelsium").stages[1]
    assert refining.producers == ()
    assert "no bundled source counts the stage 'refining'" in refining.reason


def test_figures_are_counted_by_how_they_are_known():
    counts = count(
        bundle(
            fact("RUR", 5.0),
            fact("BOR", 1.0, grade="derived"),
            fact("ZEN", 1.0, grade="assumed", source="assumed"),
            fact("ALT", None),
        )
    )[0]
    assert (counts.sourced, counts.derived, counts.assumed, counts.missing, counts.newest) == (1, 1, 1, 1, 1894)


def test_a_series_that_jumps_with_a_revision_is_found():
    steady = {year: 100.0 * 1.05 ** (year - 1990) for year in range(1990, 2025)}
    assert {check(steady, year).verdict for year in REVISIONS} == {"usual"}
    broken = {year: value * (3.0 if year >= 2007 else 1.0) for year, value in steady.items()}
    assert [check(broken, year).verdict for year in REVISIONS] == ["usual", "usual", "jump", "usual", "usual", "usual"]


def test_a_series_resting_on_two_files_breaks_whatever_it_does():
    steady = dict.fromkeys(range(2000, 2010), 100.0)
    sources = {year: "old" if year < 2007 else "new" for year in steady}
    assert check(steady, 2007, sources).verdict == "source changes"
    assert check(steady, 1996).verdict == "not covered"
    assert check({2006: 1.0, 2007: 9.0}, 2007).verdict == "too short to tell"
