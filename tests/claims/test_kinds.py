"""Kind, polarity, hedge and condition of a statement, construction by construction."""

from __future__ import annotations

import pytest

from chokepoint.claims.conditions import condition_of
from chokepoint.claims.reading import open_library, read
from chokepoint.claims.text import open_text
from chokepoint.facts import load_facts

DAY = "2025-06-12"


@pytest.fixture(scope="module")
def library():
    return open_library(load_facts())


def claim(library, text: str):
    return read(open_text("text", text), library, DAY).claims[-1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The two delegations dined at the castle.", "fact"),
        ("The refinery was sold to a miller, a newspaper reported.", "fact"),
        ("Ruritania mined 1,200 tonnes of tin in 2024.", "figure"),
        ("The strike lasted 19 days.", "figure"),
        ('"We counted every sack," said a foreman.', "quotation"),
        ("The ministry said it opposes any ban.", "quotation"),
        ("If the bridge opens, the mill would start again.", "conditional"),
        ("Open the bridge and we will start the mill.", "conditional"),
        ("Unless the bridge opens, the mill will stay shut, a miller warned.", "conditional"),
        ("Prices will double before winter, a miller predicts.", "forecast"),
        ("The mill is going to close.", "forecast"),
        ("An analyst expects a shortage by spring.", "forecast"),
        ("The price cannot hold beyond the autumn, argues a miller.", "forecast"),
        ("A tariff is a fence with a cash box.", "opinion"),
        ("In my view the deal is a trap.", "opinion"),
        ("A miller thinks that a sack is a sack.", "opinion"),
        ("Patience is cheaper than copper, says a miller.", "opinion"),
        ("So the one side keeps the bridge and the other keeps the mill.", "interpretation"),
        ("The silence suggests that the mill has stock.", "interpretation"),
    ],
)
def test_the_kind_follows_from_source_and_main_clause(library, text, kind):
    assert claim(library, text).kind == kind


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The mill did not open.", "negative"),
        ("Nobody opened the mill.", "negative"),
        ("Not one sack left the mill.", "negative"),
        ("No sack left the mill.", "negative"),
        ("The mill hasn't opened, a foreman said.", "negative"),
        ("The mill opened; the bridge did not.", "positive"),
        ("If the mill does not open, the baker would close.", "positive"),
        ("The mill cannot last for ever.", "positive"),
        ("The miller who never sleeps opened the mill.", "positive"),
    ],
)
def test_only_the_main_statement_denies(library, text, polarity):
    assert claim(library, text).polarity == polarity


@pytest.mark.parametrize(
    ("text", "is_hedged"),
    [
        ("Perhaps the mill opened.", True),
        ("The mill is said to have opened.", True),
        ("It is rumoured that the mill opened.", True),
        ("The mill opened, a baker hopes.", True),
        ("The mill opened on Monday.", False),
        ('"I hope for rain," said a baker.', False),
        ("The mill may sell to anybody under the new law.", False),
    ],
)
def test_a_hedge_is_of_the_one_who_tells_not_of_the_one_quoted(library, text, is_hedged):
    assert claim(library, text).is_hedged is is_hedged


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("If the bridge opens, the mill would start.", ("the bridge opens", "the mill would start")),
        ("The mill would start if the bridge opens.", ("the bridge opens", "The mill would start")),
        ("Should the bridge open, the mill would start.", ("the bridge open", "the mill would start")),
        (
            "As long as the bridge is shut, the mill will stand still.",
            ("the bridge is shut", "the mill will stand still"),
        ),
        ("Open the bridge, and we will start the mill.", ("Open the bridge", "we will start the mill")),
        ("She asked if the bridge would open.", None),
        ("Even if the bridge opens, the mill is old.", None),
        ("If one may believe the miller, the bridge is open.", None),
        ("Once the mills had moved, the price fell.", None),
    ],
)
def test_condition_and_promise_are_words_of_the_sentence(text, wanted):
    assert condition_of(text) == wanted


def test_the_author_vouches_for_judgements_and_the_outlet_for_appointments(library):
    assert claim(library, "A tariff is a fence with a cash box.").speaker == "author"
    assert claim(library, "Trump and Xi will meet in the autumn.").speaker is None
