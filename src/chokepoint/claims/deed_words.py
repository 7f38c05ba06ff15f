"""The words that tell what a state does to trade, inflected: verbs with the sign of their effect, nouns with their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOUNS = frozenset({"barrier", "flow", "licence", "relief"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of the lexicon: its part, its sign, and what a licence is beside it (``barrier`` or ``paper``)."""

    part: str
    sign: int
    licence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """Words by their inflected forms, verbs and nouns apart, with the patterns that find them, and how verbs begin."""

    verbs: Mapping[str, Word]
    nouns: Mapping[str, Word]
    verb: re.Pattern[str]
    noun: re.Pattern[str]
    first_words: frozenset[str]


def read_lexicon() -> Lexicon:
    """Read the words and inflect them."""
    verbs: dict[str, Word] = {}
    nouns: dict[str, Word] = {}
    for row in bundled_rows("claims/deed_words.csv"):
        is_noun = row["part"] in NOUNS
        word = Word(part=row["part"], sign=int(row["sign"] or 0), licence=row["licence"])
        forms = _plural(row["word"]) if is_noun else _inflected(row["word"])
        for form in {row["word"], *forms, *filter(None, row["forms"].split("|"))}:
            (nouns if is_noun else verbs)[form] = word
    first_words = frozenset(each.partition(" ")[0] for each in verbs)
    return Lexicon(verbs=verbs, nouns=nouns, verb=_any_of(verbs), noun=_any_of(nouns), first_words=first_words)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True)) + r")\b", re.IGNORECASE
    )


def _plural(word: str) -> set[str]:
    return {word[:-1] + "ies"} if word.endswith("y") else {word + "s"}


def _inflected(word: str) -> set[str]:
    """Return the regular forms of a verb."""
    if " " in word:
        return set()
    if word.endswith("e"):
        return {word + "s", word + "d", word[:-1] + "ing"}
    if word.endswith("y") and word[-2] not in "aeiou":
        return {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    ending = "es" if word.endswith(("s", "sh", "ch", "x")) else "s"
    return {word + ending, word + "ed", word + "ing"}
