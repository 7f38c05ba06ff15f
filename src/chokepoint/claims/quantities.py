"""Figures of a sentence: value or range, unit, bound, exact span; calendar dates are told apart.

A grammar over tokens: a figure is a comparison ("about", "more than"), a number, perhaps a second ("to", "-"), a unit and what it is
per; shares, ranks, multiples and clock times have rules of their own in :mod:`chokepoint.claims.portions`. A number without a unit is
left empty for :mod:`chokepoint.claims.figures`, which knows its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

from chokepoint.claims import measures as m
from chokepoint.claims.comparisons import after_number, before_number
from chokepoint.claims.daytimes import clocks
from chokepoint.claims.numerals import Custom, Numeral, numeral_at
from chokepoint.claims.portions import portions
from chokepoint.claims.tokens import DIGITS, WORD, Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.portion import Portion


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A figure as the text states it.

    Args:
        start, end: characters of the article.
        low, high: in ``unit``; equal for a single value.
        unit: as in ``units.csv``; empty while it is not known.
        comparison: ``=``, ``~``, ``<``, ``<=``, ``>`` or ``>=``.
        whole: the whole of a count ("six of nine"); None where there is none.
        text: the words of the article.
        in_words: whether it is a bare number word.
        scale: what its digits were multiplied by.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    comparison: str
    text: str
    whole: float | None = None
    in_words: bool = False
    scale: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Amount:
    """A unit read behind or before a number: code, factor, the index behind it."""

    code: str
    factor: float
    end: int


SIGNS = {"$": "USD", "us$": "USD", "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nt$": "TWD", "€": "EUR", "£": "GBP", "¥": "CNY", "₴": "UAH", "₽": "RUB", "₩": "KRW", "zar": "ZAR",
         "usd": "USD", "eur": "EUR", "cny": "CNY", "rmb": "CNY", "jpy": "JPY", "gbp": "GBP"}  # fmt: skip
_TO = frozenset({"to", "-", "–", "—", "~", "until", "bis", "до", "至", "到", "à", ".."})
_LINKS_OF_CHANGE = frozenset({"to", "until", "до", "bis", "à", "至", "到"})
MOVING = re.compile(
    r"(?:f[ae]ll|r[io]se|rais|dropp?|cut|went|go(?:es|ne|ing)?$|climb|jump|sl[io]d|s[aiu]nk|grew|grow|declin|increas|decreas|reduc|lower|lift|expand|shr[aiu]nk|mov|chang|swung|plung|soar|doubl|recover|br(?:ing|ought)"
    r"|c[ao]me|extend|widen|narrow|trim|slash|halv|surg|tumbl|advanc|eas(?:ed|es|ing)|push|up$|down$|mount|passed|shift|took|take)"
)
"""Verbs that tell a move from one figure to another."""
_LABELS = frozenset({"no", "nos", "№", "#", "p", "pp", "page", "pages", "announcement", "notice", "number", "section", "paragraph", "chapter", "article", "annex", "decree", "order",
                     "resolution", "decision", "directive", "regulation", "group", "phase", "room", "table", "hall", "gate", "flight", "platform", "route", "line", "class", "version", "第"})  # fmt: skip
_BEHIND_LABEL = frozenset({"号", "號", "日", "월", "月"})
_BETWEEN = frozenset({
    "additional", "extra", "further", "more", "new", "gross", "net", "dry", "wet", "annual", "metric", "consecutive", "straight", "whole", "full", "long", "calendar", "solid", "other",
    "total", "odd", "single", "working",
})  # fmt: skip
"""Words that may stand between a number and its unit."""
_SPANNING = frozenset(
    {
        "range",
        "ranges",
        "ranged",
        "ranging",
        "vary",
        "varies",
        "varied",
        "varying",
        "anywhere",
        "estimates",
        "stretch",
        "stretches",
        "between",
    }
)
PARTIAL = frozenset({"mass", "volume", "craft", "money"})


def find(text: str, custom: Custom, offset: int = 0) -> list[Quantity]:
    """Return the figures of a sentence in order; those without unit are left for the sentences around to settle."""
    times = clocks(text)
    barred = sorted(
        [*m.dates(text, counts_months=custom.counts_months), *((each.start, each.end) for each in times)],
        key=lambda span: (span[0], -span[1]),
    )
    tokens = tokens_of(text, _apart(barred))
    found = [_of_portion(each, text) for each in times]
    at = 0
    while at < len(tokens):
        read = _portion(tokens, at, custom, text) or _figure(tokens, at, custom, text)
        if read is None:
            at += 1
            continue
        quantity, at = read
        if quantity is not None and isfinite(quantity.high):
            found.append(quantity)
    return [
        replace(each, start=each.start + offset, end=each.end + offset)
        for each in sorted(found, key=lambda each: each.start)
    ]


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans without those that begin inside the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _of_portion(part: Portion, text: str) -> Quantity:
    return Quantity(
        start=part.start,
        end=part.end,
        low=part.low,
        high=part.high,
        unit=part.unit,
        comparison=part.comparison,
        text=text[part.start : part.end],
        whole=part.whole,
    )


def _portion(tokens: Sequence[Token], at: int, custom: Custom, text: str) -> tuple[Quantity, int] | None:
    """Read a share in words, a count out of a whole, a rank or a multiple."""
    read = portions(tokens, at, custom)
    if read is None:
        return None
    part, end = read
    start, sign = before_number(tokens, at)
    quantity = _of_portion(part, text)
    if part.unit in {"count", "rank"}:
        return replace(quantity, comparison="="), end
    opened = tokens[start].start
    return replace(
        quantity,
        start=opened,
        text=text[opened : quantity.end],
        comparison=sign if sign != "=" else quantity.comparison,
    ), end


def _figure(tokens: Sequence[Token], at: int, custom: Custom, text: str) -> tuple[Quantity | None, int] | None:
    """Read one figure that begins at a number; None where no number begins, an empty one for a label."""
    first = numeral_at(tokens, at, custom)
    if first is None:
        return None
    if _is_label(tokens, at, first):
        return None, first.end
    sign = _money_before(tokens, at, text)
    begin = at - (1 if sign else 0)
    start, comparison = before_number(tokens, begin)
    one = _amount(tokens, first.end, sign)
    second = _second(tokens, start, one.end, custom, sign, first.value, one_unit=one.code)
    two = first
    if second is not None:
        two, other = second
        one = _shared(one, other)
    end, comparison = after_number(tokens, one.end, comparison)
    low, high = _ends(first, two, one)
    if comparison == "=" and first.value == 1 and start > 0 and tokens[start - 1].low == "not" and one.code:
        low = high = 0.0
    unit = one.code or _counted(tokens, one.end, first, sign)
    quantity = Quantity(
        start=tokens[start].start, end=tokens[end - 1].end, low=min(low, high), high=max(low, high), unit=unit, comparison=comparison,
        text=text[tokens[start].start : tokens[end - 1].end], in_words=first.in_words and not one.code, scale=max(first.scale, two.scale),
    )  # fmt: skip
    return quantity, max(end, at + 1)


def _ends(first: Numeral, two: Numeral, one: _Amount) -> tuple[float, float]:
    """Return both ends of a range in the unit; a scale behind the second goes for both ("4 to 5 million")."""
    value = first.value
    if two is not first and first.scale == 1.0 and two.scale > 1.0 and first.value < two.value / two.scale * 10:
        value *= two.scale
    return value * one.factor, two.value * one.factor


def _shared(one: _Amount, other: _Amount) -> _Amount:
    """Return the unit of a range: that of its second end, or of the first where the second has none."""
    return other if other.code else _Amount(code=one.code, factor=one.factor, end=other.end)


def _second(
    tokens: Sequence[Token], start: int, at: int, custom: Custom, sign: str, value: float, *, one_unit: str
) -> tuple[Numeral, _Amount] | None:
    """Read the other end of a range; "from 5 to 7" is a change and no range, "between 5 and 7" is one."""
    if at + 1 >= len(tokens):
        return None
    lead = [each.low for each in tokens[max(0, start - 1) : start]]
    link = tokens[at].low
    between = "between" in lead[-1:] or (start < len(tokens) and tokens[start].low == "between")
    if link == "-" and tokens[at + 1].low in {"to", "and"}:
        at, link = at + 1, tokens[at + 1].low
    if link not in _TO and not (between and link == "and"):
        return None
    if link in _LINKS_OF_CHANGE and _is_change(tokens, start, one_unit):
        return None
    here = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].low in SIGNS)
    two = numeral_at(tokens, here, custom) if here < len(tokens) else None
    if two is not None and link in _LINKS_OF_CHANGE and two.value / two.scale < value and two.scale <= 1.0:
        return None
    if two is None or (tokens[at].low == "to" and tokens[here].low in {"a", "an"} and sign):
        return None
    own = SIGNS.get(tokens[here - 1].low, "") if here > at + 1 else ""
    other = _amount(tokens, two.end, own or sign)
    return (two, other) if _are_ends(one_unit, other.code) and not _is_level(tokens, start, link, one_unit) else None


def _are_ends(one: str, other: str) -> bool:
    """Say whether two units may be of the ends of one range: the same, or one left out, or money whose weight stands behind the second."""
    return not one or not other or one == other or other.startswith(f"{one}/")


def _is_level(tokens: Sequence[Token], start: int, link: str, one_unit: str) -> bool:
    """Say whether "to" leads from a change to where it ended: "rose by 10 percent to 57"; "rose by 5 to 7 percent" is a range."""
    lead = [each.low for each in tokens[max(0, start - 1) : start]]
    return bool(one_unit) and link in _LINKS_OF_CHANGE and lead[-1:] in (["by"], ["на"], ["um"])


def _is_change(tokens: Sequence[Token], start: int, one_unit: str) -> bool:
    """Say whether "from 5 to 7" tells a move: a verb of moving stands before it; "mounted of 55 percent to 100 percent" too."""
    lead = [each.low for each in tokens[max(0, start - 12) : start]]
    if "from" not in lead[-1:] and not (lead[-1:] == ["of"] and one_unit):
        return False
    return not _SPANNING & set(lead[-2:]) and any(MOVING.match(word) for word in lead)


def _money_before(tokens: Sequence[Token], at: int, text: str) -> str:
    """Return the money that a sign or a code before a number means."""
    if at == 0:
        return ""
    code = SIGNS.get(tokens[at - 1].low, "")
    if tokens[at - 1].text == "¥" and re.search(r"\byen\b|Japan|Tokyo|BoJ", text):
        return "JPY"
    return code


def _is_label(tokens: Sequence[Token], at: int, first: Numeral) -> bool:
    """Say whether a number names a notice, a page, a model or a place in a row, and counts nothing."""
    if tokens[at].kind != DIGITS:
        return False
    before = [each.low for each in tokens[max(0, at - 2) : at]]
    if (
        all(each.low in {"*", "#", "-", "("} for each in tokens[:at])
        and first.end == at + 1
        and at + 1 < len(tokens)
        and tokens[at + 1].low in {".", ")"}
        and tokens[at + 1].is_close
    ):
        return True
    if before and (before[-1] in _LABELS or (before[-1] == "." and before[0] in _LABELS)):
        return True
    if before in (["%", "+"], ["percent", "+"]):
        return True
    if before[-1:] in (["/"], [":"]) and tokens[at].is_close and len(before) > 1 and tokens[at - 2].kind == DIGITS:
        return True
    after = tokens[first.end] if first.end < len(tokens) else None
    return after is not None and (
        after.low in _BEHIND_LABEL
        or (
            after.low in {"/", ":"}
            and after.is_close
            and first.end + 1 < len(tokens)
            and tokens[first.end + 1].kind == DIGITS
        )
    )


def _amount(tokens: Sequence[Token], at: int, sign: str) -> _Amount:
    """Read the unit behind a number, what it is per included; ``sign`` is money named before it."""
    nothing = _Amount(code=sign, factor=1.0, end=at)
    if sign:
        code = _amount(tokens, at, "") if (named := m.unit_at(tokens, at)) and named[0].code == sign else nothing
        return code if code is not nothing else _per(tokens, at, sign, 1.0, "money")
    here = at
    if here < len(tokens) and tokens[here].low == "-":
        here += 1
    if (
        here < len(tokens)
        and tokens[here].low == "of"
        and (ahead := m.unit_at(tokens, here + 1))
        and ahead[0].role in PARTIAL
    ):
        here += 1
    while here < len(tokens) and here < at + 2 and tokens[here].low in _BETWEEN and m.unit_at(tokens, here) is None:
        here += 1
    found = m.unit_at(tokens, here)
    if found is None:
        return nothing
    unit, end = found
    if _is_word_of_its_own(tokens, here, at):
        return nothing
    if unit.role == "pound" and not _weighs(tokens, end):
        return _per(tokens, end, "GBP", 1.0, "money")
    return _per(tokens, end, unit.code, unit.factor, unit.role)


def _is_word_of_its_own(tokens: Sequence[Token], here: int, at: int) -> bool:
    """Say whether what could be a unit is another word: "x", a "won" game, "min" or "times" of frequency."""
    word = tokens[here].low
    if word in {"x", "g", "min", "won", "раз"}:
        return not tokens[here].is_close and word != "раз"
    if (
        word == "year"
        and here == at
        and here + 1 < len(tokens)
        and tokens[here + 1].low in {"earlier", "before", "ago"}
    ):
        return tokens[at - 1].low not in {"one", "1"}
    return word in {"an", "pc"} and here > at


def _weighs(tokens: Sequence[Token], at: int) -> bool:
    """Say whether pounds are of a thing ("300,000 pounds of bismuth"), and no money."""
    return at < len(tokens) and tokens[at].low in {"of", "u3o8"}


def _per(tokens: Sequence[Token], at: int, code: str, factor: float, role: str) -> _Amount:
    """Add what a unit is per: weight for money, year for money and mass, day for barrels."""
    if role in {"money", "cent"} and (weight := m.weight_at(tokens, at)):
        name, by, end = weight
        return _Amount(code=f"{code}/{name}", factor=factor * by, end=end)
    time = m.time_at(tokens, at)
    if time is None and role == "mass" and at < len(tokens) and tokens[at].low == "of":
        time = next((found for here in range(at + 2, min(at + 6, len(tokens))) if all(each.kind == WORD for each in tokens[at:here]) and tokens[here].low in {"a", "per", "every"} and (found := m.time_at(tokens, here))), None)  # fmt: skip
    if time is None:
        return _Amount(code=code, factor=factor, end=at)
    name, end = time
    rate = {("money", "year"): f"{code}/year", ("mass", "year"): "t/year", ("volume", "day"): "bbl/d"}.get(
        (role, name), ""
    )
    return _Amount(code=rate or code, factor=factor, end=end if rate else at)


def _counted(tokens: Sequence[Token], at: int, first: Numeral, sign: str) -> str:
    """Return ``count`` where a noun that is counted follows, else what a number word without one is."""
    if sign or (first.scale > 1.0 and not first.in_words and first.value != int(first.value)):
        return ""
    for here in range(at, min(at + 4, len(tokens))):
        token = tokens[here]
        if m.is_counted(token):
            return "count" if first.value == int(first.value) else ""
        if token.kind != WORD or token.low in _STOPS:
            break
    is_small = first.in_words and first.scale == 1.0 and first.value < 100
    return _uncounted(tokens[at].low if at < len(tokens) else "", first.value) if is_small else ""


def _uncounted(follower: str, value: float) -> str:
    """Return what a small number word is that no noun follows: the rest of something, a bare word, or nothing."""
    if not value:
        return "none"
    if follower in _REST:
        return "count"
    if not follower.isalpha() or follower in _STOPS:
        return BARE
    return "count" if 2 <= value <= 10 else "none"


BARE = "bare"
"""Unit of a number word with nothing that it counts behind it."""
_REST = frozenset({"more", "other", "others", "of"})


_STOPS = frozenset({
    "is", "was", "are", "were", "and", "or", "to", "in", "of", "has", "had", "have", "per", "as", "at", "for", "from", "by", "but", "than", "with", "on", "it", "this", "its", "a", "the",
    "that", "which", "who", "while", "when", "after", "before", "since", "against", "went", "came", "fell", "rose", "said", "says", "last", "until", "into", "not", "be", "will",
})  # fmt: skip
