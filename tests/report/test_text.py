from __future__ import annotations

from dataclasses import replace

from chokepoint.report import render_text
from chokepoint.report.front import Counts
from tests.browser.sample_payload import sample_payload


def test_the_answer_fits_one_screen():
    lines = render_text(sample_payload()).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


def test_the_answer_fits_one_screen_however_long_its_sentences():
    sample = sample_payload()
    long = "one more word " * 80
    wordy = replace(
        sample,
        meta=replace(sample.meta, title=long, question=long, status_note=long),
        answer=tuple(
            replace(each, sentence=long, unless=long, rests_on=Counts(sourced=1234, derived=2345, assumed=3456))
            for each in sample.answer
        ),
        hits=(*sample.hits, *sample.hits),
    )
    lines = render_text(wordy).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert lines[-1].startswith("412 cells sourced, 655 derived, 238 assumed")
    assert sum(line.endswith("[1234 sourced, 2345 derived, 3456 assumed]") for line in lines) == 5


def test_each_sentence_says_what_would_overturn_it_and_what_it_rests_on():
    text = render_text(sample_payload())
    assert "Holds unless exporters take more than half of the scarcity rent." in text
    assert "[22 sourced, 18 derived, 16 assumed]" in text


def test_the_two_prices_stand_side_by_side():
    lines = render_text(sample_payload()).splitlines()
    paid, marginal = (next(line for line in lines if line.startswith(f"  {word}")) for word in ("paid", "marginal"))
    assert "239" in paid
    assert "850" in marginal
    assert marginal.count("#") == 40
    assert paid.count("#") == 11


def test_text_cannot_move_the_cursor():
    sample = sample_payload()
    text = render_text(replace(sample, meta=replace(sample.meta, title="\x1b[2Jgone\r\n")))
    assert "\x1b" not in text
    assert "\r" not in text


def test_an_empty_condition_is_no_accident():
    sample = sample_payload()
    text = render_text(replace(sample, answer=tuple(replace(each, sentence="", unless="") for each in sample.answer)))
    assert text.count("Holds unless") == 5
