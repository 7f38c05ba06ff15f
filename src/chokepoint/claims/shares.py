"""Shares in words and counts out of a whole: "a third", "nine in ten", "six of nine"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims import measures as m
from chokepoint.claims.numerals import DIVISORS, Custom, Numeral, numeral_at
from chokepoint.claims.portion import Read, low_at, made
from chokepoint.claims.tokens import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tokens import Token

RANKS = {
    name: place
    for place, name in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=2
    )
}
SUPERLATIVE = frozenset(
    {
        "largest",
        "biggest",
        "greatest",
        "highest",
        "smallest",
        "most",
        "lowest",
        "richest",
        "leading",
        "top",
        "ranked",
        "ranking",
        "placed",
        "major",
        "strongest",
        "heaviest",
        "cheapest",
        "dearest",
    }
)
TIME_AFTER = frozenset(
    {
        "year",
        "years",
        "hour",
        "hours",
        "day",
        "days",
        "month",
        "months",
        "week",
        "weeks",
        "decade",
        "century",
        "time",
        "term",
    }
)
_NO_SHARE_AFTER = frozenset({
    "party", "parties", "country", "countries", "place", "time", "day", "round", "largest", "biggest", "state", "states", "person", "way", "open", "finished", "hearted", "baked", "brother",
    "sister", "meeting", "session", "century", "term", "world",
})  # fmt: skip
_AFTER_SHARE = frozenset(
    {
        "of",
        "the",
        "less",
        "more",
        "lower",
        "higher",
        "above",
        "below",
        "as",
        "from",
        "in",
        "by",
        "on",
        "share",
        "to",
        "its",
        "what",
        "each",
        "for",
        "that",
        "at",
        "or",
        "and",
        "but",
        "since",
        "comes",
        "came",
        "goes",
        "went",
        "is",
        "was",
        "were",
        "are",
        "against",
        "than",
        "last",
        "this",
        "their",
        "between",
        "up",
        "down",
        "cut",
        "drop",
        "fall",
        "rise",
        "increase",
        "over",
        "under",
        "with",
        "when",
        "while",
        "if",
    }
)
_ORDINAL = frozenset({"third", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})


def fraction(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "a third", "two-thirds", "seven tenths", "half"."""
    first = tokens[at].low
    if first == "half":
        return _half(tokens, at)
    if first in {"a", "an", "one"}:
        count, here = 1.0, at + 1
    else:
        numeral = numeral_at(tokens, at, custom)
        if numeral is None or not numeral.in_words or numeral.scale > 1:
            return None
        count, here = numeral.value, numeral.end
    here += low_at(tokens, here) == "-" or low_at(tokens, here) in {"full", "good", "whole"}
    part = low_at(tokens, here)
    if part not in DIVISORS or (count > 1) != (part.endswith("s") or part == "halves"):
        return None
    if part == "half":
        return _half(tokens, here) and made(tokens, at, here + 1, 50.0, "%", "~")
    after = low_at(tokens, here + 1 + (low_at(tokens, here + 1) == "-"))
    if first in {"a", "an"} and after not in _AFTER_SHARE and after.isalpha() and part in _ORDINAL:
        return None
    is_named = first in {"a", "an"} and (after in _NO_SHARE_AFTER or after in TIME_AFTER or after in SUPERLATIVE)
    if is_named or (count == 1 and after in {"million", "billion"}):
        return None
    return made(tokens, at, here + 1, 100.0 * count / DIVISORS[part], "%", "~")


def _half(tokens: Sequence[Token], at: int) -> Read | None:
    """Read "half" as a share; as an index in "half as much"; not in "half a year" nor "the first half"."""
    before, after, beyond = low_at(tokens, at - 1), low_at(tokens, at + 1), low_at(tokens, at + 2)
    if after == "as" and beyond in {"much", "many"}:
        return made(tokens, at, at + 3, 50.0, "index")
    if before in {*RANKS, "first", "latter", "other", "better", "-"} or (after == "-" and tokens[at + 1].is_close):
        return None
    if after in {"a", "an"} and (beyond in TIME_AFTER or beyond in {"million", "billion", "dozen", "thousand"}):
        return None
    if after in TIME_AFTER | {"way", "open", "|", "time"} or (after == "of" and beyond == "|"):
        return None
    return made(tokens, at, at + 1, 50.0, "%", "~")


def out_of(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "six of nine plants", "839 of 848 tonnes" and "nine in ten"."""
    part = numeral_at(tokens, at, custom)
    if part is None:
        return None
    here = part.end
    if low_at(tokens, here) in {"-", "–"} and low_at(tokens, here + 1) in {"in", "of"} and tokens[here].is_close:
        here += 1
    link = low_at(tokens, here)
    if link == "out" and low_at(tokens, here + 1) == "of":
        here, link = here + 1, "of"
    if link not in {"of", "in", "из", "з"}:
        return None
    here += 1
    while low_at(tokens, here) in {"the", "every", "its", "their", "all", "some", "-"}:
        here += 1
    whole = numeral_at(tokens, here, custom) if here < len(tokens) else None
    if whole is None or not whole.value > 1 or whole.value < part.value or part.value < 1:
        return None
    return _in_every(tokens, at, part, whole) if link == "in" else _part_of(tokens, at, part, whole)


def _in_every(tokens: Sequence[Token], at: int, part: Numeral, whole: Numeral) -> Read | None:
    if (
        whole.value > 100
        or low_at(tokens, whole.end) in TIME_AFTER
        or whole.value == part.value
        or not (whole.in_words or part.value < 10)
    ):
        return None
    if low_at(tokens, whole.end) in {"%", "percent", "per"} or (
        not whole.in_words and whole.value not in {3, 4, 5, 6, 8, 10, 20, 100}
    ):
        return None
    return made(tokens, at, whole.end, 100.0 * part.value / whole.value, "%", "~")


def _part_of(tokens: Sequence[Token], at: int, part: Numeral, whole: Numeral) -> Read | None:
    if tokens[at].kind == DIGITS and 1900 <= whole.value <= 2100 and part.value <= 31:
        return None
    unit = m.unit_at(tokens, whole.end)
    if unit is None or unit[0].role not in {"mass", "volume", "money", "craft"}:
        return made(tokens, at, whole.end, part.value, "count", whole=whole.value)
    factor = unit[0].factor
    scale = whole.scale if part.scale == 1.0 else 1.0
    return made(tokens, at, unit[1], part.value * factor * scale, unit[0].code, whole=whole.value * factor)
