"""Shares in words, counts out of a whole, ranks, multiples and stretches of time, each a small rule over tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims import measures as m
from chokepoint.claims.numerals import CHINESE, DIVISORS, Custom, Numeral, chinese_value, numeral_at
from chokepoint.claims.tokens import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.claims.tokens import Token


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """A figure that no plain number and unit spell.

    Args:
        start, end: characters of the sentence.
        low, high: in ``unit``.
        unit: ``%``, ``count``, ``rank``, ``times``, ``index``, a stretch of time or ``clock`` (:mod:`chokepoint.claims.daytimes`).
        comparison: ``~`` for a share in words, which is round by nature, else ``=``.
        whole: of a count.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    comparison: str = "="
    whole: float | None = None


Read = tuple[Portion, int]
RANKS = {
    name: place
    for place, name in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=2
    )
}
_SUPERLATIVE = frozenset(
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
_RANKED_BY = frozenset(
    {
        "day",
        "to",
        "behind",
        "after",
        "place",
        "places",
        "spot",
        "rank",
        "position",
        "globally",
        "worldwide",
        "with",
        "among",
    }
)
_RANKING = frozenset(
    {
        "rank",
        "ranks",
        "ranked",
        "ranking",
        "came",
        "comes",
        "come",
        "placed",
        "finished",
        "number",
        "stands",
        "stood",
        "lies",
        "is",
        "was",
        "in",
    }
)
_MULTIPLES = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "triple": 3.0, "tripled": 3.0, "triples": 3.0, "treble": 3.0, "trebled": 3.0,
              "quadruple": 4.0, "quadrupled": 4.0, "quintupled": 5.0, "quintuple": 5.0, "удвоилась": 2.0, "удвоился": 2.0, "вдвое": 2.0, "вдвічі": 2.0, "翻番": 2.0}  # fmt: skip
_HALVED = frozenset({"halved"})
_NOT_DOUBLE = frozenset(
    {
        "-",
        "digit",
        "standard",
        "standards",
        "check",
        "checks",
        "down",
        "room",
        "rooms",
        "agent",
        "game",
        "play",
        "dip",
        "taxation",
        "edged",
    }
)
_TIME_AFTER = frozenset(
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
_FREQUENT = frozenset({"a", "per", "each", "every"})
_STRETCH = {
    "week": (7.0, "days"),
    "fortnight": (14.0, "days"),
    "month": (1.0, "months"),
    "decade": (10.0, "years"),
    "century": (100.0, "years"),
    "year": (1.0, "years"),
}
_FOR = frozenset(
    {"for", "within", "lasted", "lasts", "last", "took", "takes", "take", "than", "almost", "nearly", "about", "inside"}
)
_OWNED = frozenset({"of", "that"})
_TRADING = re.compile(
    r"(?:import|suppl|buy|buys|bought|make|makes|made|mine|refin|produc|get|gets|got|export|own|hold|control|process|separat|come|came)"
)


def portions(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read the portion that begins at a token, or None."""
    for rule in _RULES:
        read = rule(tokens, at, custom)
        if read is not None:
            return read
    return None


def _made(
    tokens: Sequence[Token],
    at: int,
    end: int,
    value: float,
    unit: str,
    comparison: str = "=",
    whole: float | None = None,
) -> Read:
    return Portion(
        start=tokens[at].start,
        end=tokens[end - 1].end,
        low=value,
        high=value,
        unit=unit,
        comparison=comparison,
        whole=whole,
    ), end


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _fraction(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
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
    here += _low(tokens, here) == "-" or _low(tokens, here) in {"full", "good", "whole"}
    part = _low(tokens, here)
    if part not in DIVISORS or (count > 1) != (part.endswith("s") or part == "halves"):
        return None
    if part == "half":
        return _half(tokens, here) and _made(tokens, at, here + 1, 50.0, "%", "~")
    after = _low(tokens, here + 1 + (_low(tokens, here + 1) == "-"))
    is_named = first in {"a", "an"} and (after in _NO_SHARE_AFTER or after in _TIME_AFTER or after in _SUPERLATIVE)
    if is_named or (count == 1 and after in {"million", "billion"}):
        return None
    return _made(tokens, at, here + 1, 100.0 * count / DIVISORS[part], "%", "~")


def _half(tokens: Sequence[Token], at: int) -> Read | None:
    """Read "half" as a share; as an index in "half as much"; not in "half a year" nor "the first half"."""
    before, after, beyond = _low(tokens, at - 1), _low(tokens, at + 1), _low(tokens, at + 2)
    if after == "as" and beyond in {"much", "many"}:
        return _made(tokens, at, at + 3, 50.0, "index")
    if before in {*RANKS, "first", "latter", "other", "better", "-"} or (after == "-" and tokens[at + 1].is_close):
        return None
    if after in {"a", "an"} and (beyond in _TIME_AFTER or beyond in {"million", "billion", "dozen", "thousand"}):
        return None
    if after in _TIME_AFTER | {"way", "open", "|", "time"} or (after == "of" and beyond == "|"):
        return None
    return _made(tokens, at, at + 1, 50.0, "%", "~")


def _out_of(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "six of nine plants", "839 of 848 tonnes" and "nine in ten"."""
    part = numeral_at(tokens, at, custom)
    if part is None:
        return None
    here = part.end
    if _low(tokens, here) in {"-", "–"} and _low(tokens, here + 1) in {"in", "of"} and tokens[here].is_close:
        here += 1
    link = _low(tokens, here)
    if link == "out" and _low(tokens, here + 1) == "of":
        here, link = here + 1, "of"
    if link not in {"of", "in", "из", "з"}:
        return None
    here += 1
    while _low(tokens, here) in {"the", "every", "its", "their", "all", "some", "-"}:
        here += 1
    whole = numeral_at(tokens, here, custom) if here < len(tokens) else None
    if whole is None or not whole.value > 1 or whole.value < part.value or part.value < 1:
        return None
    return _in_every(tokens, at, part, whole) if link == "in" else _part_of(tokens, at, part, whole)


def _in_every(tokens: Sequence[Token], at: int, part: Numeral, whole: Numeral) -> Read | None:
    if (
        whole.value > 100
        or _low(tokens, whole.end) in _TIME_AFTER
        or whole.value == part.value
        or not (whole.in_words or part.value < 10)
    ):
        return None
    if _low(tokens, whole.end) in {"%", "percent", "per"} or (
        not whole.in_words and whole.value not in {3, 4, 5, 6, 8, 10, 20, 100}
    ):
        return None
    return _made(tokens, at, whole.end, 100.0 * part.value / whole.value, "%", "~")


def _part_of(tokens: Sequence[Token], at: int, part: Numeral, whole: Numeral) -> Read | None:
    if tokens[at].kind == DIGITS and 1900 <= whole.value <= 2100 and part.value <= 31:
        return None
    unit = m.unit_at(tokens, whole.end)
    if unit is None or unit[0].role not in {"mass", "volume", "money", "craft"}:
        return _made(tokens, at, whole.end, part.value, "count", whole=whole.value)
    factor = unit[0].factor
    scale = whole.scale if part.scale == 1.0 else 1.0
    return _made(tokens, at, unit[1], part.value * factor * scale, unit[0].code, whole=whole.value * factor)


def _rank(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "the second largest", "third in the world", "in second place", "ranks third", "No. 2 producer"."""
    word = tokens[at].low
    if word in {"no", "number"} and (read := _numbered(tokens, at, custom)):
        return read
    if word not in RANKS:
        return None
    here = at + 1 + (_low(tokens, at + 1) == "-")
    after, before = _low(tokens, here), _low(tokens, at - 1)
    if after in _SUPERLATIVE:
        return _made(tokens, at, here + 1, float(RANKS[word]), "rank")
    in_world = (
        after == "in"
        and _low(tokens, here + 1) == "the"
        and _low(tokens, here + 2) in {"world", "table", "list", "ranking", "league"}
    )
    is_ranked = before in _RANKING and (after in _RANKED_BY or not after.isalpha()) and after != "-"
    if in_world or after == "day" or (after in _RANKED_BY and (before in {",", "in", ""} or is_ranked)) or is_ranked:
        return _made(tokens, at, at + 1, float(RANKS[word]), "rank")
    return None


def _numbered(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    here = at + 1 + (_low(tokens, at + 1) == ".")
    number = numeral_at(tokens, here, custom) if here < len(tokens) else None
    if (
        number is None
        or number.value > 20
        or not re.match(
            r"(?:produc|suppl|export|import|min|refin|source|buy|market|holder|in)", _low(tokens, number.end)
        )
    ):
        return None
    return _made(tokens, at, number.end, number.value, "rank")


def _multiple(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "twice", "doubled", "halved", "a factor of five", "three times a week"."""
    word = tokens[at].low
    if word in _HALVED:
        return _made(tokens, at, at + 1, 50.0, "%", "~")
    if word in _MULTIPLES and _low(tokens, at + 1) not in _NOT_DOUBLE:
        frequent = (
            word in {"twice", "thrice"} and _low(tokens, at + 1) in _FREQUENT and _low(tokens, at + 2) in _TIME_AFTER
        )
        return _made(tokens, at, at + (3 if frequent else 1), _MULTIPLES[word], "count" if frequent else "times")
    is_factor = (word == "factor" and _low(tokens, at + 1) == "of") or (
        word.startswith("multipl") and _low(tokens, at + 1) == "by"
    )
    number = numeral_at(tokens, at + 2, custom) if is_factor and at + 2 < len(tokens) else None
    return _made(tokens, at + 2, number.end, number.value, "times") if number else None


def _tenths(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read 九成 (nine tenths) and 百分之九十 (ninety of a hundred)."""
    if [each.low for each in tokens[at : at + 3]] == ["百", "分", "之"] and at + 3 < len(tokens):
        return _of_hundred(tokens, at, custom)
    sign = tokens[at].text
    if _low(tokens, at + 1) != "成" or not (sign in CHINESE or re.fullmatch(r"\d", sign)):
        return None
    value = CHINESE[sign] if sign in CHINESE else int(sign)
    half = 5.0 if _low(tokens, at + 2) in {"半", "五"} else 0.0
    return _made(tokens, at, at + (3 if half else 2), 10.0 * value + half, "%", "~") if value < 10 else None


def _of_hundred(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    here = at + 3
    if tokens[here].kind == DIGITS:
        number = numeral_at(tokens, here, custom)
        return _made(tokens, at, number.end, number.value, "%") if number else None
    while _low(tokens, here) in CHINESE:
        here += 1
    signs = "".join(each.low for each in tokens[at + 3 : here])
    return _made(tokens, at, here, chinese_value(signs), "%") if signs else None


def _whole(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "all" as a hundred percent where it is the object of trade or making: "imports all of its graphite"."""
    del custom
    if tokens[at].low != "all" or not any(_TRADING.match(_low(tokens, here)) for here in (at - 1, at - 2)):
        return None
    after = _low(tokens, at + 1)
    return _made(tokens, at, at + 1, 100.0, "%") if after in _OWNED or after in {"its", "their", "the"} else None


def _stretch(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "for a week", "within a decade"."""
    del custom
    if tokens[at].low != "a" or _low(tokens, at - 1) not in _FOR or _low(tokens, at + 1) not in _STRETCH:
        return None
    if _low(tokens, at + 2) in {"ago", "earlier", "before", "later", "after", "on", "old", "-"} or _low(
        tokens, at + 1
    ).endswith("'s"):
        return None
    value, unit = _STRETCH[_low(tokens, at + 1)]
    return _made(tokens, at, at + 2, value, unit)


_RULES: tuple[Callable[[Sequence[Token], int, Custom], Read | None], ...] = (
    _fraction,
    _out_of,
    _rank,
    _multiple,
    _tenths,
    _whole,
    _stretch,
)
