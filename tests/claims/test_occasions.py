"""When the thing told happened: day of the event against day of publication."""

from __future__ import annotations

import pytest

from chokepoint.claims.clauses import main_clause
from chokepoint.claims.occasions import carried, occasion
from chokepoint.claims.sources import Source
from chokepoint.claims.tagging import tagged

FRIDAY = "2025-06-13"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mill burnt down on Tuesday.", "2025-06-10"),
        ("The mill burnt down on Friday.", "2025-06-13"),
        ("The mill burnt down yesterday.", "2025-06-12"),
        ("The mill will open on Monday.", "2025-06-16"),
        ("The mill opened in May.", "2025-05"),
        ("The mill opened in November.", "2024-11"),
        ("The mill will open in November.", "2025-11"),
        ("The mill opened on 3 May.", "2025-05-03"),
        ("The mill opened ten months ago.", "2024-08"),
        ("The mill opened three days ago.", "2025-06-10"),
        ("The mill opened last month.", "2025-05"),
        ("The mill opened in the year before last.", "2023"),
        ("Carts must pay a toll at the mill, from September 1.", "2025-09-01"),
        ("Carts paid a toll at the mill on September 1.", "2024-09-01"),
        ("The mill opened on Jan. 6.", "2025-01-06"),
        ("The mill opened at 4月4日.", "2025-04-04"),
        ("The mill opened 4 month 4 day.", "2025-04-04"),
        ("The mill opened 4 апреля.", "2025-04-04"),
        ("The mill opened on the third of May.", "2025-05-03"),
        ("Output fell to 9 sacks in May from 12 in April.", "2025-05"),
        ("Output fell from 12 sacks in 2023 to 9 in 2024.", "2024"),
        ("The licence, announced on 20 April, took force on 1 May.", "2025-05-01"),
        ("The mill is shut until 9 November 2026.", None),
    ],
)
def test_the_time_of_the_event_is_the_one_beside_its_own_verb(text, wanted):
    assert occasion(text, Source(body=text), FRIDAY, "") == wanted


def test_the_day_of_speaking_is_taken_only_where_the_event_has_no_day():
    told = "The mill burnt down in May, a miller said on Monday."
    assert occasion(told, Source(body="The mill burnt down in May"), FRIDAY, "") == "2025-05"
    told = "The mill burnt down, a miller said on Monday."
    assert occasion(told, Source(body="The mill burnt down"), FRIDAY, "") == "2025-06-09"


@pytest.mark.parametrize(
    ("text", "before", "wanted"),
    [
        ("The bridge fell the same day.", "2025-05-03", "2025-05-03"),
        ("The bridge fell the next day.", "2025-05-31", "2025-06-01"),
        ("A year earlier it was 9 sacks.", "2024-05", "2023-05"),
        ("The panel followed on 7 August.", "2014-03-26", "2014-08-07"),
        ("That is 92 percent below March.", "2025-05", "2025-05"),
        ("Over the year it was 9 sacks.", "2025-05", "2025"),
        ("The year before it was 9 sacks.", "2025", "2024"),
    ],
)
def test_what_is_left_out_goes_on_from_the_sentence_before(text, before, wanted):
    assert occasion(text, Source(body=text), FRIDAY, before) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "last", "wanted"),
    [
        ("The mill burnt down.", "fact", "2025-06-10", "2025-06-10"),
        ("The mill burns.", "fact", "2025-06-10", None),
        ("The mill burnt down.", "fact", "2025-06", None),
        ("The mill gave nine sacks.", "figure", "2025-Q1", "2025-03"),
        ("09:04 The mill burns.", "fact", "", FRIDAY),
    ],
)
def test_a_story_goes_on_at_its_time_and_a_live_report_on_its_day(text, kind, last, wanted):
    words = tuple(tagged(text))
    source = Source(body=text, words=words, content=words)
    assert carried(source, main_clause(words), kind, last, FRIDAY) == wanted
