"""What is the author's comment and what is news told plainly, in sentences written for these tests."""

from __future__ import annotations

import pytest

from chokepoint.claims.reading import open_library, read
from chokepoint.claims.text import open_text
from chokepoint.facts import load_facts

DAY = "2025-10-20"


@pytest.fixture(scope="module")
def library():
    return open_library(load_facts())


def claim(library, text: str):
    return read(open_text("text", text), library, DAY).claims[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Zenda in speeches, Strelsau in footnotes.",
        "Easier than one thinks.",
        "The furnace remembers every winter.",
        "The mill has no friends, and that is its tragedy.",
        "The oldest trick in trade is to wait.",
        "Others would call it thrift and patience.",
        "Consider the price of bread.",
        "The castle spoke much; the market listened less.",
        "The miller may be right.",
        "One does not build a mill on a promise.",
        "Let us be clear: the toll is a weapon.",
        "The king has every reason to smile.",
        "What counts is not the river, it is the bridge.",
    ],
)
def test_a_comment_is_the_authors_opinion(library, text: str):
    found = claim(library, text)
    assert (found.kind, found.verdict, found.speaker) == ("opinion", "opinion", "author")


@pytest.mark.parametrize(
    "text",
    [
        "The tolls are paused too.",
        "The ruling is final.",
        "It covers the seven bridges.",
        "The mill is a part of a state group.",
        "Each side names three managers.",
        "Beside the gate sat three millers and a cook.",
        "Downstream, in Strelsau, the mill hums behind poplars.",
        "The clerk left early, and was photographed by mistake.",
    ],
)
def test_a_plain_statement_is_no_opinion(library, text: str):
    assert claim(library, text).kind == "fact"


def test_what_somebody_promises_of_himself_is_a_quotation(library):
    assert claim(library, '"We will answer," a miller told reporters.').kind == "quotation"


@pytest.mark.parametrize("text", ["Q: And the mill?", "So did Strelsau.", "Inquiries: mill@zenda.example."])
def test_a_question_asked_an_echo_and_an_address_are_no_opinions(library, text: str):
    assert claim(library, text).kind == "fact"
