"""The shelf of often-repeated claims is met by what a sentence means."""

from __future__ import annotations

import pytest

from chokepoint.claims.circulating import read_circulating
from chokepoint.claims.reading import CHECKED, read
from chokepoint.claims.text import open_text
from chokepoint.claims.wording import reasons
from chokepoint.provenance import GRADES

DAY = "2025-06-12"


def keys_of(library, text: str) -> list[str]:
    claims = read(open_text("text", text), library, DAY).claims
    return [each.circulating.key for each in claims if each.circulating is not None]


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        (
            "rare_earths_97",
            [
                "China mines 97 percent of the world's rare earths.",
                "Some 96 per cent of all rare earths come out of Chinese mines.",
                "Of the world's output of rare earths, Beijing controls 95 percent.",
            ],
        ),
        (
            "ukraine_500bn",
            [
                "Ukraine owes America 500 billion dollars in rare earths.",
                "Kyiv is to repay half a trillion dollars, $500bn, out of its minerals.",
            ],
        ),
        (
            "f35_rare_earths",
            [
                "Each F-35 holds about 418 kilograms of rare earths.",
                "A single fighter jet takes 0.417 tonnes of rare earths.",
            ],
        ),
        (
            "ukraine_trillions_15",
            [
                "Ukraine sits on minerals worth $14.8 trillion.",
                "The deposits of Ukraine are put at 15 trillion dollars.",
            ],
        ),
        ("mine_29_years", ["To open a mine in the United States takes 29 years."]),
        ("ukraine_graphite_20", ["Ukraine boasts a fifth of the world's graphite, 20 percent."]),
        ("japan_embargo_2010", ["In 2010 China halted exports of rare earths to Japan."]),
        ("deng_1992", ["The Middle East has its oil, China its rare earths, Deng said."]),
    ],
)
def test_a_claim_is_known_in_any_words(library, key, texts):
    assert [keys_of(library, text) for text in texts] == [[key]] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "China mines 70 percent of the world's rare earths.",
        "Ukraine owes America 50 billion dollars in rare earths.",
        "China mines 97 percent of the world's tungsten.",
        "Ukraine spent 500 million dollars on roads.",
        "China has rare earths.",
    ],
)
def test_another_figure_or_another_thing_is_not_the_claim(library, text):
    assert keys_of(library, text) == []


def test_what_cannot_be_checked_still_says_who_said_so_first(library):
    claim = read(open_text("text", "Each F-35 holds about 418 kilograms of rare earths."), library, DAY).claims[0]
    assert claim.verdict == "not_checkable"
    assert any("first known source: Congressional Research Service" in line for line in reasons(claim))


def test_every_row_of_the_shelf_is_graded_and_dated_and_says_what_is_on_record():
    rows = read_circulating()
    assert len({each.key for each in rows}) == len(rows)
    for each in rows:
        assert each.grade in GRADES
        assert each.first_date[:4].isdigit()
        assert each.on_record
        assert each.history
        assert each.verdict in {*CHECKED, "not_checkable"}
        assert each.unit or each.concepts
