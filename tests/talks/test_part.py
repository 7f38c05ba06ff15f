"""The section on talks: sentences, charts that find their tables, and an entry of the record."""

import json

import pytest

from chokepoint.answer.talks.answer import answer_talks
from chokepoint.answer.talks.part import part_of, talks_record
from tests.talks.strelsau import talks, worlds


@pytest.fixture(scope="module")
def answer():
    return answer_talks(talks(draws=1), worlds(), lambda _: None)


@pytest.fixture(scope="module")
def part(answer):
    return part_of(answer)


def test_every_chart_finds_its_table_and_columns(part):
    tables = {table.name: table for table in part.drawn}
    assert {chart.table for chart in part.charts} == set(tables)
    for chart in part.charts:
        chart.check(tables)


def test_no_table_is_written_twice(part):
    names = [table.name for table in (*part.drawn, *part.tables)]
    assert len(names) == len(set(names))


def test_the_sentences_speak_of_both_sides_and_name_what_they_rest_on(answer, part):
    assert part.said
    for sentence in part.said:
        assert sentence.sentence.endswith(".")
        assert sentence.unless
        assert set(sentence.why) <= set(part.figures)
    # Leverage is above zero in every case, so its holder is named.
    assert (answer.views[0].judgement.leverage > 0.0).all()
    assert "both would most often sign" in part.said[0].sentence
    assert "Ruritania holds the leverage over Sylvania" in part.said[2].sentence
    # What a negotiator's staff needs first is short; everything else stands folded below it.
    assert len(part.said) <= 8
    assert not {each.sentence for each in part.said} & {each.sentence for each in part.more}


def test_the_entry_of_the_record_is_json_and_holds_what_was_asked(answer):
    entry = json.loads(json.dumps(talks_record(answer), allow_nan=False))
    assert (entry["name"], entry["seed"], entry["draws"]) == ("strelsau", 1, 1)
    assert set(entry["measures"]) == {"fenwickite/banned", "fenwickite/free", "lamp/banned", "lamp/free"}
    low, middle, high = entry["views"]["now"]["leverage_usd_per_year"]
    assert low <= middle <= high
