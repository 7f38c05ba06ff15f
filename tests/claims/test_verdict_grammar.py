"""How figures and acts are judged, on records of Ruritania alone."""

from __future__ import annotations

import pytest

from chokepoint.claims.acts import Act, Teller
from chokepoint.claims.judging import judge
from chokepoint.claims.numerals import custom_of
from chokepoint.claims.quantities import find
from chokepoint.claims.sentences import Sentence
from chokepoint.claims.shelf import Record
from chokepoint.claims.slots import Slot, Topic
from chokepoint.claims.telling import deeds_of, words_in
from chokepoint.claims.worded import judge_by_words, worded_rows

PUBLISHED = "1896-05-02"


def record(
    measure: str,
    stage: str,
    country: str,
    period: str,
    value: float,
    unit: str = "t",
    about: str = "",
    source: str = "ledger",
) -> Record:
    """Return a record of zenda ore."""
    return Record(
        measure=measure,
        mineral="zenda_ore",
        stage=stage,
        country=country,
        partner="",
        period=period,
        low=value,
        high=value,
        unit=unit,
        source=source,
        grade="B",
        about=about,
    )


SHELF = {
    "zenda_ore": (
        record("production", "mining", "RUR", "1895", 1_000),
        record("production", "mining", "RUR", "1893", 700),
        record("production", "refining", "RUR", "1895", 400),
        record("reserves", "reserves", "RUR", "1895", 90_000),
        record("production", "mining", "GRA", "1895", 555),
        record("production", "mining", "RUR", "1895", 940, source="survey"),
    )
}


def verdict(figure: str, topic: Topic) -> str:
    """Return the verdict on the figure of a few words."""
    return judge(find(figure, custom_of(figure))[0], topic, SHELF, PUBLISHED).verdict


def about(stage: str = "mining", country: str = "RUR", period: str = "1895", *, named: bool = True) -> Topic:
    """Return a topic on zenda ore; ``named`` says whether country, stage and period stand in the sentence."""
    return Topic(
        mineral=Slot(value="zenda_ore", is_named=True),
        measure=Slot(value="production", is_named=True),
        stage=Slot(value=stage, is_named=named),
        country=Slot(value=country, is_named=named),
        period=Slot(value=period, is_named=named),
    )


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("1,000 tonnes", "supported"),
        ("940 tonnes", "supported"),
        ("1,080 tonnes", "near"),
        ("700 tonnes", "outdated"),
        ("400 tonnes", "other_stage"),
        ("90,000 tonnes", "other_stage"),
        ("20 tonnes", "contradicted"),
    ],
)
def test_a_figure_is_judged_in_the_order_of_the_schema(figure: str, expected: str):
    assert verdict(figure, about()) == expected


def test_a_country_that_is_named_binds():
    assert verdict("555 tonnes", about(country="RUR")) == "contradicted"
    assert verdict("555 tonnes", about(country="GRA")) == "supported"


def test_a_stage_that_is_only_carried_over_does_not_bind():
    assert verdict("1,000 tonnes", about(stage="refining", named=False)) == "supported"


def test_all_publishers_of_the_right_figure_may_support_it():
    assert judge(find("1,000 tonnes", custom_of(""))[0], about(), SHELF, PUBLISHED).evidence[0].source == "ledger"
    assert judge(find("940 tonnes", custom_of(""))[0], about(), SHELF, PUBLISHED).evidence[0].source == "survey"


def test_nothing_on_record_makes_no_contradiction():
    other = Topic(mineral=Slot(value="wine", is_named=True), measure=Slot(value="production", is_named=True))
    assert verdict("20 tonnes", other) == "not_checkable"


def test_every_verdict_on_evidence_carries_evidence():
    for figure in ("1,000 tonnes", "1,080 tonnes", "700 tonnes", "400 tonnes", "20 tonnes"):
        found = judge(find(figure, custom_of(figure))[0], about(), SHELF, PUBLISHED)
        assert found.evidence
        assert found.verdict == "supported" or found.right is not None


def test_a_figure_of_its_own_words_is_judged_by_them():
    rows = worded_rows(
        {
            "": (
                record(
                    "money",
                    "",
                    "RUR",
                    "1895",
                    3e6,
                    "USD",
                    "loan of the Strelsau mint to the zenda smelter",
                    "press_reports_2026",
                ),
            )
        }
    )
    topic = Topic(words=frozenset({"strels", "mint", "smelte", "loan"}))
    found = judge_by_words(find("3 million dollars", custom_of(""))[0], topic, rows, PUBLISHED, only_unstructured=True)
    assert found is not None
    assert found.verdict == "supported"


def act(kind: str, deed: str, end: str = "", end_by: str = "") -> Act:
    """Return an act of Ruritania on zenda ore, of 1 March 1896."""
    text = "Ruritania put zenda ore under licence on 1 March 1896."
    return Act(
        key="rur_ore",
        kind=kind,
        deed=deed,
        actors=frozenset({"RUR"}),
        targets=frozenset({"WLD"}),
        goods=frozenset(),
        called=("zenda ore", "ore rule"),
        places=frozenset(),
        persons=frozenset(),
        days=("1896-03-01",),
        date="1896-03-01",
        end=end,
        end_by=end_by,
        until="",
        text=text,
        reference="Gazette 12",
        source="ledger",
        grade="A",
        words=words_in(text),
    )


def told(text: str, one: Act, *, is_denied: bool = False) -> str:
    """Return the verdict on a sentence beside one act, nothing where it tells none."""
    sentence = Sentence(start=0, end=len(text), text=text, is_heading=False, paragraph=0)
    found = Teller(acts=(one,), published=PUBLISHED, states={}).told(sentence, [], is_denied=is_denied)
    return found.verdict if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "Exports of zenda ore need a permit since 1 March 1896.",
        "On 1 March 1896 the crown brought zenda ore under licence.",
        "The curbs on zenda ore, imposed on 1 March 1896, remain in force.",
    ],
)
def test_an_act_told_in_other_words_is_the_same_act(text: str):
    assert told(text, act("measure", "license")) == "supported"


def test_another_day_contradicts_the_record():
    assert told("Exports of zenda ore need a licence since 19 March 1896.", act("measure", "license")) == "contradicted"


def test_a_ban_is_no_licence():
    assert (
        told("From 1 March 1896 the sale of zenda ore abroad was forbidden.", act("measure", "license"))
        == "contradicted"
    )


def test_what_was_lifted_since_is_outdated_when_told_as_in_force():
    lifted = act("measure", "license", end="1896-04-10", end_by="lifted")
    assert told("Zenda ore still needs a licence under the ore rule of 1 March 1896.", lifted) == "outdated"
    assert told("The ore rule of 1 March 1896 on zenda ore licences was scrapped.", lifted) == "supported"


def test_what_is_in_force_is_not_lifted():
    assert (
        told("The ore rule of 1 March 1896 on zenda ore licences was scrapped.", act("measure", "license"))
        == "contradicted"
    )
    assert (
        told(
            "The ore rule of 1 March 1896 on zenda ore licences was not scrapped.",
            act("measure", "license"),
            is_denied=True,
        )
        == "supported"
    )


def test_a_sentence_on_something_else_tells_no_act():
    assert told("The opera at Strelsau opened on a Tuesday.", act("measure", "license")) == ""


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("It was outlawed.", "ban"),
        ("They inked it.", "sign"),
        ("He headed the team.", "lead"),
        ("The pause holds.", "suspend"),
        ("They scrapped it.", "lift"),
    ],
)
def test_a_deed_is_known_by_many_words(text: str, deed: str):
    assert deed in deeds_of(text)
