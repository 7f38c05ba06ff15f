"""The test corpus itself: exact spans, enough of everything, verdicts that follow from figures on record."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.claims.library import CORPUS, golds, keys, main_text, text_path
from tests.claims.scoring import NAMED, ON_EVIDENCE, STRANGER, VERDICTS
from tests.claims.split import HELD_OUT, SPENT, TUNE, hashed_part, part_of, spent
from tests.claims.tolerance import Stated, verdict
from tests.data.shared import ROOT, SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"fact", "figure", "quotation", "conditional", "interpretation", "forecast", "opinion"}
NUMERIC = {"supported", "near", "contradicted"}

every_article = pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold["slug"])


@cache
def shared_rows(file: str) -> list[dict[str, str]]:
    """Return the rows of one of the publishers' files."""
    with (SHARED / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def on_record(place: dict[str, Any]) -> tuple[float, float]:
    """Read a figure again where the gold says it stands."""
    where = place["where"].items()
    found = [row for row in shared_rows(place["file"]) if all((row[key] or "") == value for key, value in where)]
    assert found, place
    columns = place["column"], place.get("column_high", place["column"])
    cells = [found[0][column].split("..") for column in columns]
    ends = cells[0][0], cells[1][-1]
    low, high = (float(end.strip(" <>%").replace(",", "")) * place["factor"] for end in ends)
    return low, high


def expected(fact: dict[str, Any]) -> tuple[float, float]:
    """Work a figure out again from the rows it rests on."""
    low, high = on_record(fact["place"])
    if fact["measure"].startswith("size of "):
        return abs(low), abs(high)
    if "divided_by" not in fact:
        return low, high
    below = on_record(fact["divided_by"])
    if fact["measure"].startswith("change of "):
        ends = [end / start for start in below for end in (low, high)]
        sizes = sorted(ends if fact["unit"] == "times" else [100 * abs(end - 1) for end in ends])
        return sizes[0], sizes[-1]
    return 100 * low / below[1], 100 * high / below[0]


@every_article
def test_every_span_holds_the_words_it_says(gold: dict[str, Any]):
    text = main_text(gold)
    for part in ("names", "figures", "optional_figures", "claims", "set_aside"):
        for mark in gold[part]:
            assert text[mark["start"] : mark["end"]] == mark["surface"], mark


@every_article
def test_names_and_figures_do_not_overlap_their_like(gold: dict[str, Any]):
    for part in ("names", "figures", "claims"):
        marks = sorted((mark["start"], mark["end"]) for mark in gold[part])
        assert all(first[1] <= second[0] for first, second in pairwise(marks)), part


@every_article
def test_an_article_is_150_to_500_words_long_and_a_page_has_a_main_text(gold: dict[str, Any]):
    assert 150 <= len(main_text(gold).split()) <= 500
    if gold["format"] == "html":
        page = text_path(gold).read_text("utf-8")
        assert page.count("<nav") == page.count("<footer") == 1


@every_article
def test_every_key_is_in_the_list_of_keys(gold: dict[str, Any]):
    for name in gold["names"]:
        named = [name["key"], name.get("holder"), *name.get("candidates", ())]
        assert all(key in keys() for key in named if key not in {None, STRANGER}), name
        assert name["key"] is not None or name["candidates"], name
        assert name["key"] in {None, STRANGER} or keys()[name["key"]]["kind"] == name["kind"], name
    for claim in gold["claims"]:
        spoken = [claim["speaker"], *claim["chain"]]
        assert all(key in keys() for key in spoken if key and key != "author" and ":" not in key), claim["id"]


@every_article
def test_an_office_is_held_by_its_holder_on_the_day(gold: dict[str, Any]):
    for name in gold["names"]:
        if "holder" in name:
            offices = keys()[name["holder"]]["offices"]
            assert any(term.strip().startswith(name["key"] + " ") for term in offices.split(";")), name


@every_article
def test_claims_use_the_words_of_the_schema(gold: dict[str, Any]):
    for claim in gold["claims"]:
        assert claim["kind"] in KINDS
        assert claim["verdict"] in VERDICTS
        assert set(claim.get("also_right", ())) <= set(VERDICTS)
        assert bool(claim["evidence"]) >= (claim["verdict"] in ON_EVIDENCE)
        assert claim["speaker"] is None or claim["chain"][-1:] or claim["speaker"] == "author"
        for part in ("condition", "promise"):
            assert claim.get(part, "") in claim["surface"]
        assert claim["kind"] != "conditional" or {"condition", "promise"} <= set(claim)


@every_article
def test_verdicts_on_numbers_follow_the_tolerance(gold: dict[str, Any]):
    figures = {mark["start"]: mark for mark in gold["figures"]}
    for claim in gold["claims"]:
        where = claim.get("judged_figure")
        if where is None:
            continue
        mark = figures[where["start"]]
        stated = Stated(low=mark["low"], high=mark["high"], comparison=mark["comparison"])
        fact = next(fact for fact in claim["evidence"] if "low" in fact)
        assert fact["unit"] == mark["unit"], claim["id"]
        found = verdict(stated, fact["low"], fact["high"])
        if claim["verdict"] in NUMERIC:
            assert found == claim["verdict"], claim["id"]
        elif claim["verdict"] in ON_EVIDENCE:
            right = claim["right"][0]
            assert found != "contradicted", claim["id"]
            assert verdict(stated, right["low"], right["high"]) == "contradicted", claim["id"]


@every_article
def test_a_false_or_loose_figure_comes_with_the_true_one(gold: dict[str, Any]):
    for claim in gold["claims"]:
        if claim["verdict"] in ON_EVIDENCE - {"supported"} and "judged_figure" in claim:
            assert set(claim["true_value"]) == {"low", "high", "unit"}, claim["id"]


@needs_shared
@every_article
def test_the_evidence_stands_where_the_gold_says(gold: dict[str, Any]):
    dossier = (SHARED / "episodes" / "episodes.md").read_text("utf-8")
    for claim in gold["claims"]:
        for fact in [*claim["evidence"], *claim.get("right", ())]:
            place = fact["place"]
            if "words" in place:
                assert place["words"] in dossier, claim["id"]
            elif "column" in place:
                assert expected(fact) == pytest.approx((fact["low"], fact["high"])), claim["id"]
            else:
                rows = [row for row in shared_rows(place["file"]) if place["where"].items() <= row.items()]
                assert len(rows) == 1, claim["id"]


@needs_shared
def test_the_drafts_make_these_very_files(tmp_path: Path):
    command = [sys.executable, ROOT / "tools" / "build_claims_corpus.py", SHARED, "--out", tmp_path]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    by_hand = {"README.md", SPENT.name}
    assert made == {path.name: path.read_bytes() for path in CORPUS.iterdir() if path.name not in by_hand}


def test_there_is_enough_of_everything():
    names = [name for gold in golds() for name in gold["names"]]
    assert len(golds()) >= 60
    assert len(names) >= 300
    assert sum(name["key"] == STRANGER and name["kind"] in {*NAMED, "place"} for name in names) >= 60
    assert sum(len(gold["figures"]) for gold in golds()) >= 200
    verdicts = Counter(claim["verdict"] for gold in golds() for claim in gold["claims"])
    assert verdicts.total() >= 200
    assert min(verdicts[name] for name in VERDICTS) >= 15
    assert {gold["format"] for gold in golds()} == {"txt", "md", "html"}


@pytest.mark.parametrize("part", [TUNE, HELD_OUT])
def test_each_half_holds_articles_and_every_verdict(part: str):
    chosen = [gold for gold in golds() if gold["part"] == part]
    assert len(chosen) >= 25
    verdicts = Counter(claim["verdict"] for gold in chosen for claim in gold["claims"])
    assert min(verdicts[name] for name in VERDICTS) >= 8


def test_the_half_of_an_article_follows_from_its_name():
    assert all(gold["part"] == part_of(gold["slug"]) for gold in golds())
    assert part_of("strelsau") == part_of("strelsau")
    assert {part_of(str(number)) for number in range(10)} == {TUNE, HELD_OUT}


def test_spent_articles_were_held_out_and_are_to_tune_with():
    listed = SPENT.read_text("utf-8").splitlines()
    assert listed[0].startswith("# ")
    assert listed[1:] == sorted(spent())
    assert {hashed_part(slug) for slug in spent()} == {HELD_OUT}
    assert spent() <= {gold["slug"] for gold in golds()}


def test_nobody_is_both_a_stranger_everywhere_and_on_the_list_of_keys():
    plain = {row["name"] for row in keys().values()}
    strangers = {name["surface"] for gold in golds() for name in gold["names"] if name["key"] == STRANGER}
    # Namesakes on purpose: the cook Li Chenggang, and Wang Yi of the compliance letter.
    assert strangers & plain == {"Li Chenggang", "Wang Yi"}


def test_contradictions_join_two_claims_or_more():
    pairs = json.loads((CORPUS / "contradictions.json").read_text("utf-8"))
    spoken = {claim["id"]: claim for gold in golds() for claim in gold["claims"]}
    assert {pair["kind"] for pair in pairs} == {"contradiction", "dual_track"}
    for pair in pairs:
        assert len(pair["spans"]) >= 2
        for span in pair["spans"]:
            claim = spoken[span["id"]]
            assert (claim["start"], claim["end"]) == (span["start"], span["end"])


def test_pairs_of_both_kinds_lie_in_either_half_and_none_joins_the_two():
    pairs = json.loads((CORPUS / "contradictions.json").read_text("utf-8"))
    halves = [{part_of(span["slug"]) for span in pair["spans"]} for pair in pairs]
    assert all(len(half) == 1 for half in halves)
    counts = Counter((pair["kind"], *half) for pair, half in zip(pairs, halves, strict=True))
    for part in (TUNE, HELD_OUT):
        assert counts["contradiction", part] >= 30
        assert counts["dual_track", part] >= 5


def test_the_reprint_repeats_the_first_article():
    one, two = (next(gold for gold in golds() if gold["slug"] == f"truce-reprint-{word}") for word in ("one", "two"))
    sentences = {claim["surface"] for claim in one["claims"]}
    assert len(sentences & {claim["surface"] for claim in two["claims"]}) >= 0.9 * len(sentences)
