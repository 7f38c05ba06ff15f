"""Runs of capitalised words: where a name may stand, in any script that has capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.callings import is_of
from chokepoint.claims.names import Token, tokens_of
from chokepoint.claims.spelling import bare, folded
from chokepoint.claims.words import LOWER_JOINS, NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Container

    from chokepoint.claims.sentences import Sentence

EAST = re.compile(r"[一-鿿가-힣]")


def written_like(text: str, kind: str, spellings: tuple[str, ...]) -> bool:
    """Say whether a text is written as its record asks: short names in capitals, others with the first letter alike."""
    if kind in {"mineral", "good"}:
        return bare(text) != "lead"
    name = folded(text).removeprefix("the ")
    short = [each.removeprefix("The ") for each in spellings if folded(each).removeprefix("the ") == name]
    text = text.removeprefix("the ")
    if any(len(each) <= 4 and each.isupper() for each in short) and len(text.replace(".", "")) <= 4:
        return text.replace(".", "").removesuffix("'s").removesuffix("’s").isupper() or text.strip(".") in short
    return any(each[0].isupper() == text[0].isupper() or text[0].isupper() for each in short) or not text[0].isalpha()


def _adjoins(run: list[Token], token: Token, gap: str) -> bool:
    """Say whether a word goes on a run: no more than blanks or the point of an initial between, in one script."""
    last = run[-1].text
    blank = re.fullmatch(r"(?:['’](?=\s))?[\s.]*", gap) is not None and "\n" not in gap
    pointed = re.search(r"\.\s", gap) is not None
    abbreviated = re.fullmatch(r"\.\s", gap) is not None and (len(last) == 1 or is_of(last, "honorific", "civil"))
    if not ((blank and not pointed) or abbreviated):
        return False
    if re.search(r"['’]s$", last) or ("." in gap and bare(token.text) in NOT_NAMES) or EAST.search(token.text):
        return False
    return last[0].isascii() == token.text[0].isascii() or not _CYRILLIC.search(bare(token.text + last))


_CYRILLIC = re.compile(r"[а-яіїєґ]")


def runs_of(sentence: Sentence, text: str) -> list[list[Token]]:
    """Return the runs of capitalised words, joined over "of", "von", "&" and points after initials."""
    runs: list[list[Token]] = []
    run: list[Token] = []
    for token in tokens_of(sentence):
        adjoining = bool(run) and _adjoins(run, token, text[run[-1].end : token.start])
        shouted = token.text.isupper() and len(token.text) > 1 and bare(token.text) in NOT_NAMES
        if shouted and adjoining:
            runs.append(run)
            run = []
        elif token.is_capital and adjoining:
            run.append(token)
        elif adjoining and token.text == "of" and len(run) > 1 and not any(is_of(each.text, "body") for each in run):
            runs.append(run)
            run = []
        elif adjoining and (token.text in LOWER_JOINS or token.text == "&"):
            run.append(token)
        else:
            runs.append(run)
            run = [token] if token.is_capital and not EAST.search(token.text) else []
    runs.append(run)
    return [each for each in (trimmed(run) for run in runs) if each]


_RANKS = frozenset(
    "senior executive acting interim managing coordinating yesterday today tomorrow ceo cfo coo cto".split()
)
"""Words before a title that are no part of a name."""


def trimmed(run: list[Token]) -> list[Token]:
    """Drop joining words at the end."""
    while run and not run[-1].is_capital:
        run = run[:-1]
    return run


def is_title(word: str) -> bool:
    """Say whether a word is an office, in the plural or behind "ex-" too."""
    last = bare(word).rsplit("-", 1)[-1]
    return is_of(last, "office") or is_of(last.removesuffix("s"), "office")


def _title_end(run: list[Token], surnames: Container[str]) -> int:
    """Return where a title of several words at the start of a run ends and a name begins ("Foreign Ministers Wang Yi")."""
    if any(is_of(each.text, "body") for each in run):
        return 0
    ends = [place + 1 for place, each in enumerate(run[:-1]) if is_title(each.text) and run[place + 1].text != "of"]
    end = max(ends, default=0)
    return 0 if any(bare(each.text) in surnames for each in run[:end]) else end


def strip_run(run: list[Token], surnames: Container[str]) -> list[Token]:
    """Drop articles, honorifics, titles and trades at the start of a run, but no surname."""
    run = run[_title_end(run, surnames) :]
    while run:
        word = run[0].text
        idle = bare(word).strip(".") in NOT_NAMES or is_of(word, "office", "honorific", "civil", "trade", "kin")
        if word == "He" and len(run) == 1:
            break
        if word in {"A", "An", "The"} and len(run) > 1 and run[1].text.isupper():
            run = run[1:]
            continue
        idle = idle or (len(run) > 1 and bare(word) in _RANKS)
        if run[0].is_capital and (not idle or (len(run) > 1 and len(word) > 1 and bare(word) in surnames)):
            break
        run = run[1:]
    return run
