"""The scorer on predictions made by hand."""

from __future__ import annotations

import math

import pytest

from tests.claims.library import golds, main_text
from tests.claims.scoring import RATES, Rate, plain, realigned, report, score, total

WRONG = {"strangers_resolved", "unknown_places_taken_for_known_ones", "without_evidence"}
"""Rates that are nought where all is right."""
TEXT = "Hentzau of Strelsau told the Gazette that Ruritania dug 1,200 t. Rupert Street was closed on one side."
GOLD = {
    "names": [
        {"start": 0, "end": 7, "surface": "Hentzau", "kind": "person", "key": "rupert_hentzau"},
        {"start": 42, "end": 51, "surface": "Ruritania", "kind": "place", "key": "RUR"},
        {"start": 65, "end": 78, "surface": "Rupert Street", "kind": "place", "key": "stranger"},
    ],
    "figures": [
        {"start": 56, "end": 63, "low": 1200.0, "high": 1200.0, "unit": "t", "comparison": "=", "kind": "mass"}
    ],
    "optional_figures": [{"start": 93, "end": 96, "surface": "one"}],
    "claims": [
        {
            "start": 0,
            "end": 64,
            "kind": "figure",
            "speaker": "rupert_hentzau",
            "chain": ["stranger:the Gazette", "rupert_hentzau"],
            "event_date": None,
            "polarity": "positive",
            "hedged": False,
            "verdict": "outdated",
            "also_right": ["other_stage"],
            "evidence": [{"key": "x"}],
        }
    ],
}


def changed(part: str, **change):
    """Return the gold answers as a prediction, the first record of one part changed."""
    first, *rest = GOLD[part]
    return {**GOLD, part: [{**first, **change}, *rest]}


def test_the_gold_answers_score_full_marks_against_themselves():
    for gold in golds():
        scored = score(gold, gold, main_text(gold))
        rates = [getattr(scored, name) for name in RATES if name not in WRONG]
        assert all(rate.hits == rate.total for rate in [*rates, *scored.verdicts.values()]), gold["slug"]
        assert scored.strangers_resolved.hits == 0, gold["slug"]
        assert scored.without_evidence.hits == 0, gold["slug"]


def test_saying_nothing_scores_nothing():
    scored = score(GOLD, {}, TEXT)
    assert scored.people == Rate(hits=0, total=1)
    assert scored.figure_recall == Rate(hits=0, total=1)
    assert scored.figure_precision.total == 0
    assert scored.strangers_resolved == Rate(hits=0, total=1)
    assert scored.verdicts["outdated"] == Rate(hits=0, total=1)


def test_another_person_at_first_place_is_wrong():
    assert score(GOLD, changed("names", key="black_michael"), TEXT).people == Rate(hits=0, total=1)


def test_the_holder_of_an_office_answers_for_the_office():
    office = {**GOLD["names"][0], "kind": "office", "key": "rur_count", "holder": "rupert_hentzau"}
    gold = {**GOLD, "names": [office]}
    assert score(gold, GOLD, TEXT).offices == Rate(hits=1, total=1)


def test_a_street_taken_for_a_person_is_a_stranger_resolved():
    street = {"start": 65, "end": 71, "kind": "person", "key": "rupert_hentzau"}
    scored = score(GOLD, {**GOLD, "names": [*GOLD["names"], street]}, TEXT)
    assert scored.strangers_resolved == Rate(hits=1, total=1)


def test_an_unknown_place_taken_for_a_known_one_has_a_line_of_its_own():
    whole = {"start": 65, "end": 78, "kind": "place", "key": "strelsau"}
    scored = score(GOLD, {**GOLD, "names": [whole]}, TEXT)
    assert scored.strangers_resolved == Rate(hits=0, total=1)
    assert scored.unknown_places_taken_for_known_ones == Rate(hits=1, total=1)
    somebody = {**GOLD, "names": [{**GOLD["names"][2], "kind": "person"}]}
    assert score(somebody, {**GOLD, "names": [whole]}, TEXT).strangers_resolved == Rate(hits=1, total=1)


def test_a_good_inside_a_strangers_name_is_no_mistake_but_the_whole_name_is():
    part = {"start": 65, "end": 71, "kind": "mineral", "key": "rupertite"}
    whole = {"start": 65, "end": 78, "kind": "good", "key": "magnets"}
    assert score(GOLD, {**GOLD, "names": [part]}, TEXT).strangers_resolved.hits == 0
    assert score(GOLD, {**GOLD, "names": [whole]}, TEXT).strangers_resolved.hits == 1


def test_an_ambiguous_name_needs_every_candidate():
    unsure = {**GOLD["names"][0], "key": None, "candidates": ["rupert_hentzau", "black_michael"]}
    gold = {**GOLD, "names": [unsure]}
    assert score(gold, {"names": [{**unsure, "candidates": ["rupert_hentzau"]}]}, TEXT).ambiguous.hits == 0
    assert score(gold, {"names": [unsure]}, TEXT).ambiguous.hits == 1


@pytest.mark.parametrize(("value", "unit", "hits"), [(1205.0, "t", 1), (1207.0, "t", 0), (1200.0, "kg", 0)])
def test_a_figure_needs_its_value_within_half_a_percent_and_its_unit(value: float, unit: str, hits: int):
    scored = score(GOLD, changed("figures", low=value, high=value, unit=unit), TEXT)
    assert scored.figure_recall.hits == hits
    assert scored.figure_precision == Rate(hits=hits, total=1)


def test_dates_and_bare_number_words_cost_no_precision_but_inventions_do():
    word = {"start": 93, "end": 96, "low": 1.0, "high": 1.0, "unit": "count"}
    date = {"start": 65, "end": 71, "low": 1.0, "high": 1.0, "unit": "date"}
    invented = {"start": 65, "end": 71, "low": 1.0, "high": 1.0, "unit": "t"}
    found = {**GOLD, "figures": [*GOLD["figures"], word, date]}
    assert score(GOLD, found, TEXT).figure_precision == Rate(hits=1, total=1)
    found["figures"].append(invented)
    assert score(GOLD, found, TEXT).figure_precision == Rate(hits=1, total=2)


def test_the_same_figure_found_twice_counts_once():
    found = {**GOLD, "figures": GOLD["figures"] * 2}
    assert score(GOLD, found, TEXT).figure_precision == Rate(hits=1, total=2)


def test_attribution_needs_the_speaker_and_the_whole_chain():
    assert score(GOLD, changed("claims", chain=["rupert_hentzau"]), TEXT).attribution.hits == 0
    assert score(GOLD, changed("claims", speaker=None), TEXT).attribution.hits == 0
    assert score(GOLD, changed("claims", chain=["stranger:Gazette", "rupert_hentzau"]), TEXT).attribution.hits == 1


def test_speakers_are_compared_without_article_and_case():
    assert plain("stranger:A Broker") == plain("stranger:the broker") == "stranger:broker"
    assert plain("he_lifeng") == "he_lifeng"


@pytest.mark.parametrize(("verdict", "hits"), [("outdated", 1), ("other_stage", 1), ("contradicted", 0)])
def test_a_verdict_may_have_a_second_right_answer(verdict: str, hits: int):
    scored = score(GOLD, changed("claims", verdict=verdict), TEXT)
    assert scored.verdicts["outdated"] == Rate(hits=hits, total=1)
    assert scored.verdicts["contradicted"].total == 0


def test_a_verdict_without_evidence_is_counted():
    scored = score(GOLD, changed("claims", evidence=[]), TEXT)
    assert scored.without_evidence == Rate(hits=1, total=1)


def test_spans_in_a_text_with_other_spaces_are_moved():
    own = "MENU\n" + TEXT.replace("told the", "told\n  the")
    start = own.index("Ruritania")
    moved = realigned({"text": own, "names": [{"start": start, "end": start + 9, "key": "RUR"}]}, TEXT)
    assert TEXT[moved["names"][0]["start"] : moved["names"][0]["end"]] == "Ruritania"


def test_the_wilson_interval_is_the_published_one():
    # Newcombe 1998, table I, method 3: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    assert Rate(hits=81, total=263).interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Rate(hits=0, total=20).interval == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert math.isnan(Rate().share)


def test_scores_of_articles_add_up_and_are_shown_with_intervals():
    both = total([score(GOLD, GOLD, TEXT), score(GOLD, {}, TEXT)])
    assert both.people == Rate(hits=1, total=2)
    assert "people               1/2 = 50.0 % [9.5, 90.5]" in report(both)
