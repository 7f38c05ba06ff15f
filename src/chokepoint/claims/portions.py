"""Portions of a sentence: shares and counts (:mod:`chokepoint.claims.shares`), ranks, multiples, tenths, "all", stretches of time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.numerals import CHINESE, Custom, chinese_value, numeral_at
from chokepoint.claims.portion import Read, low_at, made
from chokepoint.claims.shares import RANKS, SUPERLATIVE, TIME_AFTER, fraction, out_of
from chokepoint.claims.tokens import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.claims.tokens import Token


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


def _rank(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "the second largest", "third in the world", "in second place", "ranks third", "No. 2 producer"."""
    word = tokens[at].low
    if word in {"no", "number"} and (read := _numbered(tokens, at, custom)):
        return read
    if word not in RANKS:
        return None
    here = at + 1 + (low_at(tokens, at + 1) == "-")
    after, before = low_at(tokens, here), low_at(tokens, at - 1)
    if after in SUPERLATIVE:
        return made(tokens, at, here + 1, float(RANKS[word]), "rank")
    in_world = (
        after == "in"
        and low_at(tokens, here + 1) == "the"
        and low_at(tokens, here + 2) in {"world", "table", "list", "ranking", "league"}
    )
    is_ranked = before in _RANKING and (after in _RANKED_BY or not after.isalpha()) and after != "-"
    if before in {"distant", "close", "poor"}:
        return made(tokens, at, at + 1, float(RANKS[word]), "rank")
    if (
        in_world
        or after == "day"
        or (after in _RANKED_BY and (before in {",", "in", "", "distant", "close", "far", "poor"} or is_ranked))
        or is_ranked
    ):
        return made(tokens, at, at + 1, float(RANKS[word]), "rank")
    return None


def _numbered(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    here = at + 1 + (low_at(tokens, at + 1) == ".")
    number = numeral_at(tokens, here, custom) if here < len(tokens) else None
    if (
        number is None
        or number.value > 20
        or not re.match(
            r"(?:produc|suppl|export|import|min|refin|source|buy|market|holder|in)", low_at(tokens, number.end)
        )
    ):
        return None
    return made(tokens, at, number.end, number.value, "rank")


def _multiple(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "twice", "doubled", "halved", "a factor of five", "three times a week"."""
    word = tokens[at].low
    if word in _HALVED:
        return made(tokens, at, at + 1, 50.0, "%", "~")
    if word.endswith("d") and word in _MULTIPLES and low_at(tokens, at + 1) in {"", ".", '"', "”"}:
        return None
    if word in _MULTIPLES and low_at(tokens, at + 1) not in _NOT_DOUBLE:
        frequent = (
            word in {"twice", "thrice"} and low_at(tokens, at + 1) in _FREQUENT and low_at(tokens, at + 2) in TIME_AFTER
        )
        return made(tokens, at, at + (3 if frequent else 1), _MULTIPLES[word], "count" if frequent else "times")
    is_factor = (word == "factor" and low_at(tokens, at + 1) == "of") or (
        word.startswith("multipl") and low_at(tokens, at + 1) == "by"
    )
    number = numeral_at(tokens, at + 2, custom) if is_factor and at + 2 < len(tokens) else None
    return made(tokens, at + 2, number.end, number.value, "times") if number else None


def _tenths(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read 九成 (nine tenths) and 百分之九十 (ninety of a hundred)."""
    if [each.low for each in tokens[at : at + 3]] == ["百", "分", "之"] and at + 3 < len(tokens):
        return _of_hundred(tokens, at, custom)
    sign = tokens[at].text
    if low_at(tokens, at + 1) not in {"成", "割"} or not (sign in CHINESE or re.fullmatch(r"\d", sign)):
        return None
    value = CHINESE[sign] if sign in CHINESE else int(sign)
    half = 5.0 if low_at(tokens, at + 2) in {"半", "五", "5"} else 0.0
    return made(tokens, at, at + (3 if half else 2), 10.0 * value + half, "%", "~") if value < 10 else None


def _of_hundred(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    here = at + 3
    if tokens[here].kind == DIGITS:
        number = numeral_at(tokens, here, custom)
        return made(tokens, at, number.end, number.value, "%") if number else None
    while low_at(tokens, here) in CHINESE:
        here += 1
    signs = "".join(each.low for each in tokens[at + 3 : here])
    return made(tokens, at, here, chinese_value(signs), "%") if signs else None


def _whole(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "all" as a hundred percent where it is the object of trade or making: "imports all of its graphite"."""
    del custom
    if tokens[at].low != "all" or not _TRADING.match(low_at(tokens, at - 1)):
        return None
    after = low_at(tokens, at + 1)
    return made(tokens, at, at + 1, 100.0, "%") if after in _OWNED or after in {"its", "their", "the"} else None


def _stretch(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "for a week", "within a decade"."""
    del custom
    if (
        tokens[at].low == "half"
        and low_at(tokens, at + 1 + (low_at(tokens, at + 1) in {"a", "-"})) == "year"
        and low_at(tokens, at - 1) not in {"first", "second", "the"}
    ):
        return made(tokens, at, at + 2 + (low_at(tokens, at + 1) in {"a", "-"}), 6.0, "months")
    if (
        tokens[at].low == "a"
        and at == 0
        and low_at(tokens, 1) in _STRETCH
        and low_at(tokens, 2) in {"without", "of", "after", "on"}
    ):
        return made(tokens, at, at + 2, *_STRETCH[low_at(tokens, 1)])
    if tokens[at].low != "a" or low_at(tokens, at - 1) not in _FOR or low_at(tokens, at + 1) not in _STRETCH:
        return None
    if low_at(tokens, at + 2) in {"ago", "earlier", "before", "later", "after", "on", "old", "-"} or low_at(
        tokens, at + 1
    ).endswith("'s"):
        return None
    value, unit = _STRETCH[low_at(tokens, at + 1)]
    return made(tokens, at, at + 2, value, unit)


def _become(tokens: Sequence[Token], at: int, custom: Custom) -> Read | None:
    """Read "six to seven become" and "6 to 7割": tenths, the sign for which a translation takes for "become"."""
    first = numeral_at(tokens, at, custom)
    if first is None or not 0 < first.value < 10:
        return None
    second, here = first, first.end
    if low_at(tokens, here) in {"to", "-", "~", "〜"} and here + 1 < len(tokens):
        second = numeral_at(tokens, here + 1, custom) or first
        here = second.end
    sign, after = low_at(tokens, here), low_at(tokens, here + 1)
    if sign not in {"割", "成"} and not (sign == "become" and not after.isalpha()):
        return None
    if second.value >= 10 or (sign == "成" and second is first):
        return None
    portion, end = made(tokens, at, here + 1, 10.0 * first.value, "%", "~")
    return replace(portion, high=10.0 * second.value), end


_RULES: tuple[Callable[[Sequence[Token], int, Custom], Read | None], ...] = (
    _become,
    fraction,
    out_of,
    _rank,
    _multiple,
    _tenths,
    _whole,
    _stretch,
)
