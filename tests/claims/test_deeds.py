"""What states do to trade is read from verbs and their objects, in any words."""

from __future__ import annotations

import pytest

from chokepoint.claims.reading import read
from chokepoint.claims.text import open_text

DAY = "2026-02-01"


def deeds_of(library, text: str):
    return [each for claim in read(open_text("text", text), library, DAY).claims for each in claim.deeds]


def told(library, text: str) -> list[tuple[str, str, str]]:
    return [(each.actor, each.effect, each.mood) for each in deeds_of(library, text)]


@pytest.mark.parametrize(
    "text",
    [
        "China lifted its ban on gallium.",
        "The ban on gallium was lifted by China.",
        "Beijing has eased its export controls.",
        "China extended the suspension of its October rules.",
        "Beijing resumed exports of magnets to Germany.",
        "The Ministry of Commerce of China granted licences for magnets.",
        "China withdrew the restrictions on graphite.",
        "Chinese curbs on antimony were relaxed in November.",
        "Beijing waived the licensing requirement for gallium.",
    ],
)
def test_a_barrier_weakened_or_a_flow_strengthened_eases(library, text):
    assert told(library, text) == [("CHN", "eases", "done")]


@pytest.mark.parametrize(
    "text",
    [
        "China banned exports of gallium to America.",
        "Exports of graphite to Japan were halted by China.",
        "Beijing imposed new controls on antimony.",
        "China ended the suspension of its rules.",
        "Beijing placed holmium under licence.",
        "The Ministry of Commerce of China denied licences for magnets.",
        "China tightened checks on graphite.",
        "Chinese officials refused to lift the ban on germanium.",
        "China's restrictions on gallium remain in force.",
        "China has not lifted its ban on germanium.",
    ],
)
def test_a_barrier_strengthened_or_a_flow_weakened_restricts(library, text):
    assert told(library, text) == [("CHN", "restricts", "done")]


@pytest.mark.parametrize(
    "text",
    [
        "China did not ban exports of antimony to Germany.",
        "China sold Germany 1,300 tonnes of magnets in August.",
        "Has China lifted its ban on gallium?",
        "A full stop would cost China 3 billion dollars.",
        "The ban on gallium is old.",
    ],
)
def test_denials_questions_nouns_and_mere_sales_are_no_deeds(library, text):
    assert told(library, text) == []


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("China threatened to cut off supplies of yttrium to Europe.", "restricts"),
        ("Beijing will tighten its controls on magnets.", "restricts"),
        ("China offered to ease its controls on magnets.", "eases"),
        ("China may lift the ban on gallium.", "eases"),
    ],
)
def test_what_is_only_said_is_not_done(library, text, effect):
    assert told(library, text) == [("CHN", effect, "said")]


@pytest.mark.parametrize(
    "text",
    [
        "If Washington lifts its curbs, Beijing will release magnets.",
        "Beijing will release magnets if Washington lifts its curbs.",
        "Should Washington lift its curbs, Beijing will release magnets.",
    ],
)
def test_an_offer_and_its_condition_are_told_apart(library, text):
    assert sorted(told(library, text)) == [("CHN", "eases", "said"), ("USA", "eases", "condition")]


def test_goods_and_target_are_named_where_the_clause_names_them(library):
    lifted, banned = deeds_of(library, "China lifted its controls on magnets for America but banned gallium for Japan.")
    assert (lifted.goods, lifted.target) == (("magnets",), "USA")
    assert (banned.goods, banned.target) == (("gallium",), "JPN")


def test_who_acted_last_goes_on_into_a_clause_that_names_nobody(library):
    first, second = deeds_of(library, "Washington lifts its curbs on ethane while it keeps those on chips.")
    assert (first.actor, second.actor) == ("USA", "USA")
    assert (first.is_actor_named, second.is_actor_named) == (True, False)


def test_every_deed_gives_the_words_of_its_clause(library):
    text = "Later, China lifted its ban; Japan, for its part, imposed controls on gallium."
    for each in deeds_of(library, text):
        assert text[each.start : each.end] == each.text
