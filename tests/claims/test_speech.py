"""Who vouches for a sentence, construction by construction, in sentences written for these tests."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.claims.gazetteer import read_gazetteer
from chokepoint.claims.naming import Finder
from chokepoint.claims.sentences import split
from chokepoint.claims.speech import Attributor

DAY = "2025-06-12"


@cache
def gazetteer():
    return read_gazetteer()


def sources(text: str):
    sentences = split(text)
    finder = Finder(gazetteer(), text, DAY)
    names = finder.run(sentences)
    attributor = Attributor(gazetteer(), finder.strangers)
    return [attributor.of(each, [name for name in names if each.start <= name.start < each.end]) for each in sentences]


def chain(text: str) -> list[str]:
    """Return the chain of the last sentence, strangers by their words alone."""
    return [step.removeprefix("stranger:") for step in sources(text)[-1].chain]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The furnace in Zenda is cold, a foreman said.", ["a foreman"]),
        ("The furnace in Zenda is cold, said a foreman.", ["a foreman"]),
        ("A foreman said that the furnace in Zenda is cold.", ["A foreman"]),
        ("The furnace, a foreman noted, has been cold since May.", ["a foreman"]),
        ("A foreman told reporters that the furnace is cold.", ["A foreman"]),
        ('"The furnace is cold," chirped a foreman.', ["a foreman"]),
        ('"The furnace has been cold for weeks," a foreman said on Monday, "and nobody minds."', ["a foreman"]),
        ("According to a foreman, the furnace is cold.", ["a foreman"]),
        ("The furnace is cold, according to the words of a foreman.", ["a foreman"]),
        ("The furnace is cold, per a harbour notice.", ["a harbour notice"]),
        ("By the reckoning of an economist the furnace costs 40 dollars a day.", ["an economist"]),
        ("The furnace is cold, two people briefed on it told Reuters.", ["reuters", "two people briefed on it"]),
        ("Reuters reported that a foreman had said the furnace was cold.", ["reuters", "a foreman"]),
        ("The furnace is cold, Bloomberg wrote, citing a foreman.", ["bloomberg", "a foreman"]),
        ("Reuters, citing two foremen, says that the furnace is cold.", ["reuters", "two foremen"]),
        ("Bloomberg with reference to a foreman: the furnace is cold.", ["bloomberg", "a foreman"]),
        ("It was told in the ministry of commerce of China that the furnace is cold.", ["chn_mofcom"]),
        ("A slide showed 40 tonnes of ore.", ["A slide"]),
        ("Another column gives Strelsau 40 percent of the ore.", ["Another column"]),
        ("The furnace is cold, his teacher joked.", ["his teacher"]),
        ("The ore will double in price, is sure an analyst.", ["an analyst"]),
        ("One member blamed the fog.", ["One member"]),
        ("A trader who once sold tin calls it weather.", ["A trader"]),
        ("The smelter, owned by nobody, is cold, insists a man who sells coal.", ["a man who sells coal"]),
        ('I hear from a baker: "Bread is dear."', []),
    ],
)
def test_the_speaker_is_read_from_the_order_of_the_words(text, wanted):
    found = chain(text)
    assert found == wanted or [each.lower() for each in found] == [each.lower() for each in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "China mined 270,000 tonnes of rare earths in 2024.",
        "In June suppliers had 60 percent of their requests approved.",
        "The reports of the year fill a shelf.",
        "It is said that the furnace is cold.",
        "Markets rose on the news.",
        "Gallium: the price doubled.",
        "He spoke little, and the rain went on.",
        "The rule sets a limit of nine tonnes.",
    ],
)
def test_a_sentence_that_reports_nobody_has_no_speaker(text):
    assert chain(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ore is poor, an assayer said. It will be sold all the same, he added.", "an assayer"),
        ("The ore is poor, two assayers said. It will be sold all the same, they added.", "two assayers"),
        ("The ore is poor, an assayer said. It will be sold, the same man thinks.", "an assayer"),
        ('"The ore is poor. It will be sold all the same," an assayer said. "Nobody will ask."', "an assayer"),
        ('An assayer shrugged and said: "The ore is poor. It will be sold all the same."', "An assayer"),
    ],
)
def test_a_speaker_is_carried_by_pronouns_and_open_quotations(text, wanted):
    assert chain(text) == [wanted]


def test_in_an_interview_the_answers_are_of_the_one_who_is_asked():
    text = (
        "Flavia Strofzin smelts tin for a living.\n\n"
        '**Is it hot?** "It is hot. It has been hot for nine years."\n\n**And dear?** "A cousin says it is too dear."'
    )
    steps = [each.chain for each in sources(text) if each.is_direct]
    assert {each[0] for each in steps} == {"stranger:Flavia Strofzin"}
    assert len(steps) == 3


def test_the_writer_of_a_dateline_is_no_speaker():
    assert chain("STRELSAU (Reuters) - The furnace is cold, a foreman said.") == ["a foreman"]


def read_alone(text: str):
    """Read every sentence by its grammar alone, without names."""
    attributor = Attributor(gazetteer(), {})
    return [attributor.of(each, []) for each in split(text)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200))
def test_no_text_breaks_the_reading_and_every_span_covers_the_text(text):
    sentences = split(text)
    for each in sentences:
        assert text[each.start : each.end] == each.text
    covered = "".join(each.text for each in sentences)
    assert sum(map(str.isalnum, covered)) == sum(map(str.isalnum, text))
    read_alone(text)


MARKS = ['"', "“", "”", "—", ",", ".", ":", ";"]
PLAIN = (
    "the a broker said says that if will Reuters citing according to by in 2024 40 tonnes he it was told who and not"
)
WORDS = st.sampled_from([*MARKS, *PLAIN.split()])


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_no_order_of_words_breaks_the_grammar(words):
    for source in read_alone(" ".join(words)):
        assert not source.chain or source.chain[-1] == source.speaker


def test_an_answer_of_a_transcript_is_of_the_one_who_is_asked_to_the_end_of_its_paragraph():
    text = "Flavia Strofzin received us.\n\nQ: Will it end?\n\nA: It ended. We had tin, says my cousin.\n\nIt rained."
    assert [each.chain for each in sources(text)[1:]] == [
        (),
        ("stranger:Flavia Strofzin",),
        ("stranger:Flavia Strofzin", "stranger:my cousin"),
        (),
    ]


def test_a_denied_verb_of_saying_gives_no_speaker():
    assert chain("A foreman has not confirmed that the furnace is cold.") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A miller at the ford, Rupert Hentzau, said the furnace was cold.", ["Rupert Hentzau"]),
        ("The furnace is cold, according to the mine director, Flavia Elphberg.", ["Flavia Elphberg"]),
        ("The foreman, who asked not to be named, said the furnace was cold.", ["The foreman"]),
        ("Rupert Hentzau, who ran the mill for twelve years, used to say that ore is patient.", ["Rupert Hentzau"]),
        ("The union, under a new chairman, had claimed 584 tonnes.", ["The union"]),
        ("As Scott Bessent once put it, friends shore up friends.", ["scott_bessent"]),
        ('Rupert Hentzau was called "unhinged" by Bessent.', ["scott_bessent"]),
        ("Bessent is reported to have told senators that the mill stays.", ["scott_bessent"]),
        (
            "Reuters quoted two foremen familiar with the mill as saying the furnace was cold.",
            ["reuters", "two foremen"],
        ),
        ('"If you dig here, you smelt here," was the answer of Scott Bessent.', ["scott_bessent"]),
        ("To a baker in Zenda, it is theatre.", ["a baker"]),
        ("Bessent said in 2019 the furnace would not be lit.", ["scott_bessent"]),
        ("Critics call it a gift.", ["Critics"]),
        ("Environmentalists warn of waste.", ["Environmentalists"]),
        ("The furnace burns 40 tonnes a day, the brokerage went on.", ["the brokerage"]),
        ("The total was 40 tonnes, a wire rounded.", ["a wire"]),
        ("The furnace burns 40 tonnes, by Zenda Blue's count.", ["Zenda Blue"]),
        ("Strelsau, the senator warned, holds the cards.", ["the senator"]),
        ("Two foremen familiar with the mill said the furnace was cold.", ["Two foremen"]),
        ("Ms. Elphberg, a baker in Zenda, said flour was dear.", ["Ms. Elphberg"]),
    ],
)
def test_it_is_found_who_vouches_behind_a_name_a_clause_or_a_passive(text: str, wanted: list[str]):
    assert chain(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "On April 4, 2025 China put seven elements under licence.",
        "The notice, dated Jan. 6, names the mill.",
        "The mill had closed in March, as had the rivals of the ford.",
        "The strip is run by a warlord, whose militia answers to the junta.",
        "In the heavy kinds the country counts for more than in the light ones.",
        "The rules, in 2022, put 400 dollars of sales at risk.",
    ],
)
def test_a_day_and_a_verb_in_another_sense_name_no_source(text: str):
    assert chain(text) == []
