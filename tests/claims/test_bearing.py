"""What may bear a figure out: constructions in wording of their own, read against the bundled records."""

from __future__ import annotations

import pytest

from chokepoint.claims.changes import judge_change
from chokepoint.claims.figures import of_article
from chokepoint.claims.inheriting import goes_on, is_about_another, is_planned
from chokepoint.claims.judging import judge
from chokepoint.claims.numerals import custom_of
from chokepoint.claims.periods import half_of
from chokepoint.claims.quantities import find
from chokepoint.claims.reading import read
from chokepoint.claims.sentences import split
from chokepoint.claims.shelf import Record
from chokepoint.claims.slots import Slot, Topic
from chokepoint.claims.text import open_text
from chokepoint.claims.timeliness import is_later, may_contradict


def article(text: str) -> list[tuple[float, float, str]]:
    """Return both ends and the unit of every figure of an article."""
    return [(each.low, each.high, each.unit) for each in of_article(text, split(text))]


def verdicts(library, text: str, day: str) -> list[str]:
    """Return the verdict on every sentence."""
    return [each.verdict for each in read(open_text("text", text), library, day).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zinc climbed 2.4% to $3,100 a tonne.", [(2.4, 2.4, "%"), (3100, 3100, "USD/t")]),
        ("Output shrank by 30 percent to 4,200 tonnes.", [(30, 30, "%"), (4200, 4200, "t")]),
        ("The share went up by 4 percentage points to 61%.", [(4, 4, "pp"), (61, 61, "%")]),
        ("Costs rose by 6 to 9 percent.", [(6, 9, "%")]),
        ("It asks for $40 to $50 a kilogram.", [(40, 50, "USD/kg")]),
        ("Bids went from $1.2k to $1.4k per tonne.", [(1200, 1200, "USD/t"), (1400, 1400, "USD/t")]),
    ],
)
def test_both_ends_of_a_range_share_a_unit_and_a_change_is_none(text, expected):
    assert article(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It dug 8,000 tonnes, 5 percent of all. Graustark dug 31,000.", (31_000, 31_000, "t")),
        ("Half of it, 50 percent, goes abroad; the board names 40 metals, 12 of them scarce.", (12, 12, "count")),
        ("Duty falls to 20 percent, from 130.", (130, 130, "%")),
    ],
)
def test_a_bare_number_is_a_share_only_where_it_can_be_one(text, expected):
    assert article(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("Its share was 44% in '21.", 1), ("The state keeps 50%+1.", 1), ("STRELSAU, 7. November", 0)],
)
def test_years_odd_votes_and_german_days_are_no_figures(text, count):
    assert len(find(text, custom_of(text))) == count


def test_a_currency_letter_does_not_cut_its_number():
    assert all(each.low for each in find("The basket stood at R31,000/oz, -12% y/y.", custom_of("")))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They ask for 300 bln dol.", 3e11, "USD"),
        ("2.5 million wmt left port.", 2.5e6, "t"),
        ("12,000 طن", 12_000, "t"),
    ],
)
def test_dollars_and_tonnes_are_known_in_more_spellings(text, value, unit):
    found = find(text, custom_of(text))
    assert [(each.low, each.unit) for each in found] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Its shares fell 3.1% in Strelsau.",
        "The rouble to the dollar gained 0.7%.",
        "The main index lost 2.2%.",
        "The firm has 9,000 workers.",
        "Revenue of the group came to 12% of the total.",
        "Every tank holds 410 kilograms of it.",
    ],
)
def test_a_sentence_with_a_subject_of_its_own_inherits_nothing(library, text):
    assert is_about_another(text, text)
    before = "China mined 270,000 tonnes of rare earths in 2024, and dysprosium oxide rose in price."
    assert verdicts(library, f"{before} {text}", "2026-02-10")[-1] == "not_checkable"


def test_a_sentence_about_the_same_thing_goes_on():
    assert goes_on("In the following year the mines there gave a tenth less than that.", ())
    assert not goes_on("A minister from the coast answered with a hundred percent and then left.", ())


def test_what_is_planned_is_no_output():
    assert is_planned("The firm wants to produce")
    assert not is_planned("The firm produced")


def record(period: str, value: float, source: str = "ledger2026", measure: str = "production") -> Record:
    """Return a record of zenda ore."""
    return Record(
        measure=measure,
        mineral="zenda_ore",
        stage="mining" if measure == "production" else "",
        country="RUR",
        partner="",
        period=period,
        low=value,
        high=value,
        unit="t",
        source=source,
        grade="B",
    )


def topic(period: str = "", publisher: str = "", *, named: bool = True) -> Topic:
    """Return a topic on what Ruritania mined."""
    return Topic(
        mineral=Slot(value="zenda_ore", is_named=True),
        measure=Slot(value="production", is_named=True),
        stage=Slot(value="mining", is_named=True),
        country=Slot(value="RUR", is_named=True),
        period=Slot(value=period, is_named=named and bool(period)),
        publisher=Slot(value=publisher, is_named=bool(publisher)),
    )


def test_records_of_years_after_publication_say_nothing():
    shelf = {"zenda_ore": (record("1899", 2_600),)}
    stated = find("800 tonnes", custom_of(""))[0]
    assert judge(stated, topic("1893"), shelf, "1894-01-06").verdict == "not_checkable"
    assert is_later(record("1899", 1), "1894-01-06")
    assert not is_later(record("1899", 1, measure="quota"), "1894-01-06")


def test_only_records_of_about_the_time_claimed_contradict():
    assert may_contradict(record("1893", 1), topic("1893"), "1894-01-06")
    assert not may_contradict(record("1880", 1, measure="reserves"), topic("1893"), "1894-01-06")


def test_an_average_of_a_year_does_not_contradict_the_price_of_a_day():
    average = record("1893", 1, measure="price")
    assert not may_contradict(average, topic("1893-11-28"), "1894-01-06")


def test_a_number_that_its_publisher_revised_later_is_not_contradicted():
    shelf = {"zenda_ore": (record("1893", 588, source="ledger1895"),)}
    near = judge(find("480 tonnes", custom_of(""))[0], topic("1893", "ledger"), shelf, "1894-02-01")
    far = judge(find("300 tonnes", custom_of(""))[0], topic("1893", "ledger"), shelf, "1894-02-01")
    other = judge(find("300 tonnes", custom_of(""))[0], topic("1893"), shelf, "1894-02-01")
    assert (near.verdict, far.verdict, other.verdict) == ("near", "outdated", "contradicted")
    assert near.is_revised
    assert not other.is_revised


def test_a_change_of_nothing_named_is_set_against_no_two_records():
    shelf = {"zenda_ore": (record("1892", 100), record("1893", 96))}
    stated = find("4 percent", custom_of(""))[0]
    loose = Topic(is_change=True, is_apart=True)
    found = judge_change(stated, shelf["zenda_ore"], shelf, loose, frozenset({"1893"}))
    assert found.verdict == "not_checkable"


def test_halves_of_a_year_are_told_apart():
    assert (half_of("for the second half by"), half_of("in the first half"), half_of("in the year")) == ("H2", "H1", "")


def test_a_rank_does_not_carry_a_figure_that_is_wrong(library):
    text = "Congo mined 220,000 tonnes of cobalt in 2024. Indonesia was second with 61,000 tonnes."
    assert verdicts(library, text, "2025-03-02")[-1] != "supported"


def test_a_figure_of_comparison_does_not_speak_for_the_main_one(library):
    text = "China mined 410,000 tonnes of rare earths in 2024, against 255,000 tonnes in 2023."
    assert verdicts(library, text, "2025-03-02")[-1] != "supported"


def test_the_figure_of_another_company_is_no_evidence(library):
    text = "The maker of the chips, Nvidia, earned much. Of its revenue 12% came from Chinese buyers in 2024."
    assert verdicts(library, text, "2025-09-02")[-1] == "not_checkable"
