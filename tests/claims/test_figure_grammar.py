"""The grammar of figures: each construction in wording of its own, none of it from the articles of the corpus."""

from __future__ import annotations

import pytest

from chokepoint.claims.figures import of_article
from chokepoint.claims.numerals import custom_of
from chokepoint.claims.quantities import Quantity, find
from chokepoint.claims.sentences import split


def only(text: str) -> Quantity:
    """Return the one figure of a sentence."""
    found = find(text, custom_of(text))
    assert len(found) == 1, found
    return found[0]


def article(text: str) -> list[tuple[float, str]]:
    """Return value and unit of every figure of an article."""
    return [(each.low, each.unit) for each in of_article(text, split(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Ruritania shipped 12 thousand tons of zenda ore.", 12_000, "t"),
        ("Output is put at 7,4 thousand tonnes, against 6,9 before.", 7_400, "t"),
        ("The pits gave 3 400 tonnes.", 3_400, "t"),
        ("The works bought 3.5万吨 of ore.", 35_000, "t"),
        ("The order is worth 2.6亿元.", 260e6, "CNY"),
        ("Вивезли 640 тис. тонн.", 640_000, "t"),
        ("On a livré 9 mille tonnes.", 9_000, "t"),
        ("Es sind 4 Mio. Tonnen.", 4e6, "t"),
        ("The pits hold half a million tonnes.", 500_000, "t"),
        ("They sold two and a half tonnes.", 2.5, "t"),
        ("A hundred and twelve permits were sought.", 112, "count"),
        ("It fetched 34 dollars a kilogram.", 34, "USD/kg"),
        ("It fetched $7.20/lb.", 7.2, "USD/lb"),
        ("Buyers pay 85 cents per pound.", 0.85, "USD/lb"),
        ("The unit is quoted at €41,000 per metric tonne.", 41_000, "EUR/t"),
        ("They ship 90,000 barrels a day.", 90_000, "bbl/d"),
        ("The quota allows 600 tonnes per year.", 600, "t/year"),
        ("Wages rose by 4 percentage points.", 4, "pp"),
        ("Zenda holds three-fifths of it.", 60, "%"),
        ("Seven in eight of them are Ruritanian, 87.5 in a hundred is no figure of speech.", 87.5, "%"),
        ("依赖度是七成。", 70, "%"),
        ("百分之三十五来自国外。", 35, "%"),
        ("依存度は6割。", 60, "%"),
        ("Eleven of the 14 kilns went cold.", 11, "count"),
        ("They kept 40 of 65 tonnes.", 40, "t"),
        ("Prices went up eightfold.", 8, "times"),
        ("Zenda is the fourth-largest seller.", 4, "rank"),
        ("Strelsau ranks third behind its neighbours.", 3, "rank"),
        ("The bell rang at 6:20 p.m.", 1100, "clock"),
        ("The bell rang at twenty past nine.", 560, "clock"),
        ("The truce is for 60 days.", 60, "days"),
        ("It was a three-week stop.", 3, "weeks"),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(text: str, value: float, unit: str):
    found = find(text, custom_of(text))[0]
    assert (found.low, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("roughly 40 tonnes", "~"),
        ("40 tonnes or so", "~"),
        ("north of 40 tonnes", ">"),
        ("almost 40 tonnes", "<"),
        ("at least 40 tonnes", ">="),
        ("40 tonnes at the least", ">="),
        ("no more than 40 tonnes", "<="),
        ("40 tonnes or fewer", "<="),
        ("40 tonnes", "="),
    ],
)
def test_a_comparison_is_read_before_and_behind_the_number(text: str, sign: str):
    assert only(text).comparison == sign


@pytest.mark.parametrize(
    "text", ["between 20 and 30 tonnes", "20 to 30 tonnes", "20-30 tonnes", "estimates run from 20 to 30 tonnes"]
)
def test_a_range_is_one_figure(text: str):
    found = only(text)
    assert (found.low, found.high, found.unit) == (20, 30, "t")


@pytest.mark.parametrize(
    "text",
    ["Sales fell from 30 to 20 tonnes.", "It climbed from 20 tonnes to 30.", "They cut it from 30 to 20 tonnes."],
)
def test_a_move_from_one_figure_to_another_is_two(text: str):
    assert sorted(article(text)) == [(20, "t"), (30, "t")]


@pytest.mark.parametrize(
    "text",
    [
        "Announcement No. 61 names it.",
        "Article 12 of the pact.",
        "See page 9.",
        "On 3 March 1894 they met.",
        "They met in 2019 and 2021.",
        "The CF34 and the H20 are models.",
        "**4. Zenda is next.**",
        "The 14th round began.",
    ],
)
def test_labels_and_dates_are_no_figures(text: str):
    assert [each for each in find(text, custom_of(text)) if each.unit not in {"rank", "count"}] == []


def test_a_number_without_a_unit_takes_its_neighbours():
    assert article("They sold 40 tonnes in May and 60 in June.") == [(40, "t"), (60, "t")]


def test_a_number_word_takes_the_time_of_the_figure_before():
    assert article("He had asked for thirty minutes and took fifty.") == [(30, "minutes"), (50, "minutes")]


def test_money_beside_a_mineral_is_a_price_per_the_weight_it_is_sold_by():
    assert article("Cobalt costs 11 dollars.") == [(11, "USD/lb")]


def test_money_that_is_invested_is_no_price():
    assert article("A cobalt mine would take an investment of 11 dollars.") == [(11, "USD")]


def test_a_years_tonnes_are_tonnes_and_a_permitted_rate_is_a_rate():
    assert article("Ruritania mines 90 tonnes a year.") == [(90, "t")]
    assert article("The quota is 90 tonnes a year.") == [(90, "t/year")]


def test_months_that_a_translation_numbers_are_dates():
    text = "In 4 month they sold 30 tons, in 5 month 40, from 6 month 12 day nothing."
    assert article(text) == [(30, "t"), (40, "t")]
