"""Figures of a sentence: value or range, unit, bound, exact span; calendar dates are told apart.

A small grammar: a comparison ("about", "more than"), a number, perhaps a second ("to", "-"), a scale, a unit. A number
without a unit of its own takes that of its neighbour ("585 tonnes in March and 46 in May"), or of the sentence before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.claims import measures as m
from chokepoint.claims.numerals import (
    CHINESE_DIGITS,
    DIGITS,
    DIVISORS,
    SCALES,
    WORDS,
    Custom,
    chinese_value,
    value_of,
    word_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A figure as the text states it.

    Args:
        start, end: characters of the article.
        low, high: in ``unit``; equal for a single value.
        unit: as in :mod:`chokepoint.claims.measures`; empty while it is not known.
        comparison: ``=``, ``~``, ``<``, ``<=``, ``>`` or ``>=``.
        whole: the whole of a count ("six of nine"); None where there is none.
        text: the words of the article.
        in_words: whether it is a bare number word.
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


_COMPARISON = (
    r"(?:(?P<about>about|around|some|roughly|approximately|nearly|almost|close to|circa|ca\.|an estimated|estimated|env\.?|около|близько|约|大约|approximate|"
    r"in the order of|just)|(?P<above>more than|over|above|at least|just over|upwards of|no less than|not less than|exceeding|beyond|больше чем|более|понад|逾|超过)|"
    r"(?P<below>less than|under|below|up to|at most|fewer than|no more than|not more than|just under|until|до))\s+"
)
_SCALE = "|".join(sorted((re.escape(each) for each in SCALES), key=len, reverse=True))
_NUMBER = (
    rf"(?:(?<![\w.,/-])(?:{DIGITS})|\b(?:{WORDS})\b|(?:{CHINESE_DIGITS})(?=[\s]*(?:万|亿|吨|成|倍|个|天|年|月|%)))"
)
_PATTERN = re.compile(
    rf"(?:{_COMPARISON})?(?P<sign>US\$|C\$|A\$|\$|€|£|¥|USD\s?|EUR\s?|CNY\s?|RMB\s?)?(?P<first>{_NUMBER})"
    rf"(?P<scale_one>\s*(?:{_SCALE})(?![^\W\d_])(?:\s+of(?=\s+t))?)?\.?"
    rf"(?:\s*(?:-|–|—|to|bis|до|至|~)\s*(?P<sign_two>\$|€|£|¥)?(?P<second>(?<![.,/])(?:{DIGITS})|\b(?:{WORDS})\b))?"
    rf"(?P<scale>[\s-]*(?:{_SCALE})(?:\b|(?=[^\W\d_a-z]))\.?(?:\s+of(?=\s+t))?)?(?P<unit>{m.UNIT_PATTERN})?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?:{_COMPARISON})?(?P<whole>\b(?:(?P<count>{WORDS})|an?|the|one)[\s-]+(?P<part>{'|'.join(DIVISORS)})\b|\b(?P<bare>half)\b)",
    re.IGNORECASE,
)
_TENTHS = re.compile(r"(?P<count>[一二三四五六七八九两]|\d)成(?P<half>半)?")
_TIMES = re.compile(
    r"\b(?P<word>twice|thrice|doubled?|double|tripled?|sixfold|fivefold|fourfold|threefold|tenfold|twofold|sevenfold|eightfold)\b",
    re.IGNORECASE,
)
_TIMES_VALUE = {"twice": 2, "thrice": 3, "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "twofold": 2, "threefold": 3, "fourfold": 4,
                "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10}  # fmt: skip
_CLOCK = re.compile(r"(?:\b(?:about|around|at about)\s+)?(?<![\d:])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b\.?)|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?![\d:])|(?P<hour3>\d{1,2})\s*(?:时|點|点|시)(?P<minute3>\d{1,2})?(?:分|분)?", re.IGNORECASE)  # fmt: skip
_OF = re.compile(
    rf"\b(?P<part>{WORDS}|\d+)\s+(?:out\s+)?of\s+(?:the\s+|every\s+)?(?P<whole>{WORDS}|\d+)\b(?![.,]\d)", re.IGNORECASE
)
_RANK = re.compile(r"\b(?:the\s+)?(?P<word>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[\s-]+(?:largest|biggest|most|greatest|highest|smallest)\b", re.IGNORECASE)  # fmt: skip
_RANKS = {
    name: place
    for place, name in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=2
    )
}
_TIME_PART = re.compile(
    r"[\s-]*(?:year|of\s+(?:the\s+)?(?:year|20)|hour|decade|day|party|countr|place|time|month|week|largest|round|,\s+20)"
)
_SHARE_AFTER = re.compile(r"\s+(?:of|the|less|more|below|above|higher|lower|as)\b|\s*[.,;]")
_STRETCHES = {
    "week": (7.0, "days"),
    "decade": (10.0, "years"),
    "fortnight": (14.0, "days"),
    "century": (100.0, "years"),
}
_PERIOD = re.compile(
    r"\ba\s+(?P<unit>week|decade|fortnight|century)\b(?!\s+(?:ago|earlier|before|later|on|after|to)|\s*['’]s|\s+[a-z]+\s+(?:ago|earlier))",
    re.IGNORECASE,
)


def _comparison(match: re.Match[str]) -> str:
    if match["about"]:
        return "<" if match["about"].lower() in {"nearly", "almost"} else "~"
    if match["above"]:
        return ">=" if match["above"].lower() in {"at least", "no less than", "not less than"} else ">"
    if match["below"]:
        return (
            "<="
            if match["below"].lower() in {"up to", "at most", "no more than", "not more than", "до", "until"}
            else "<"
        )
    return "="


def number(text: str, custom: Custom) -> float:
    """Return the number in digits, words or Chinese signs."""
    if re.match(r"\d", text):
        return value_of(text, custom)
    return chinese_value(text) if re.match(CHINESE_DIGITS, text) else word_value(text)


def _plain(match: re.Match[str], custom: Custom, offset: int) -> Quantity | None:
    first = match["first"]
    try:
        one = number(first, custom)
        two = number(match["second"], custom) if match["second"] else one
    except ValueError:
        return None
    scale_text = re.sub(r"[\s.-]|\s+of$", "", (match["scale"] or "").lower().removesuffix(" of"))
    scale = SCALES.get(scale_text, 1.0)
    own = SCALES.get(re.sub(r"\s+of$", "", match["scale_one"] or "").strip().lower(), 1.0)
    if match["second"]:
        one, two = one * (own if match["scale_one"] else scale), two * scale
    else:
        one = two = one * own * scale
    unit, factor = m.unit_of(match["unit"] or "", match["sign"] or match["sign_two"] or "")
    text = match.group().rstrip(" .")
    start = match.start()
    digits = re.match(r"\d", first) is not None
    return Quantity(
        start=offset + start, end=offset + start + len(text), low=min(one, two) * factor, high=max(one, two) * factor, unit=unit,
        comparison=_comparison(match), text=text, in_words=not digits and not unit,
    )  # fmt: skip


def _special(text: str, custom: Custom, offset: int) -> Iterable[Quantity]:
    """Yield clock times, counts out of a whole and fractions, then the others."""
    for match in _CLOCK.finditer(text):
        minutes = _minutes(match)
        if minutes is not None:
            yield _made(match, offset, minutes, "clock")
    for match in _OF.finditer(text):
        part, whole = number(match["part"], custom), number(match["whole"], custom)
        if 1 < whole >= part and not re.match(r"(?:19|20)\d\d$", match["whole"]):
            yield replace(_made(match, offset, part, "count"), whole=whole)
    for match in _FRACTION.finditer(text):
        if _is_share(text, match):
            count = word_value(match["count"]) if match["count"] else 1.0
            share = _made(match, offset, 100.0 * count / DIVISORS[(match["part"] or "half").lower()], "%")
            yield replace(share, comparison=_comparison(match))
    yield from _multiples(text, custom, offset)


def _multiples(text: str, custom: Custom, offset: int) -> Iterable[Quantity]:
    """Yield tenths, multiples, ranks and stretches of time."""
    for match in _TENTHS.finditer(text):
        yield _made(match, offset, 10.0 * number(match["count"], custom) + (5.0 if match["half"] else 0.0), "%")
    for match in _TIMES.finditer(text):
        yield _made(match, offset, float(_TIMES_VALUE[match["word"].lower()]), "times")
    for match in _RANK.finditer(text):
        yield _made(match, offset, float(_RANKS[match["word"].lower()]), "rank")
    for match in _PERIOD.finditer(text):
        value, unit = _STRETCHES[match["unit"].lower()]
        yield _made(match, offset, value, unit)


def _made(match: re.Match[str], offset: int, value: float, unit: str) -> Quantity:
    start, end = offset + match.start(), offset + match.end()
    return Quantity(start=start, end=end, low=value, high=value, unit=unit, comparison="=", text=match.group())


def _minutes(match: re.Match[str]) -> float | None:
    """Return minutes after midnight, or None for what is no time of day."""
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
    half = (match["half"] or "").lower()[:1]
    if hour > 24 or minute >= 60:
        return None
    shift = {"p": 12 if hour < 12 else 0, "a": -12 if hour == 12 else 0}.get(half, 0)
    return 60.0 * (hour + shift) + minute


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Say whether a fraction is a share, not an ordinal ("a third party") nor a stretch of time ("half a year")."""
    after = text[match.end() : match.end() + 16].lower()
    if not match["part"]:
        return re.match(r"[\s-]*(?:an?\s|year|hour|of\s+20|way|open)", after) is None
    part, article = match["part"].lower(), match["whole"].lower().split()[0]
    if _TIME_PART.match(after) and part in {"half", "quarter", "third", "fifth"}:
        return False
    if match["count"]:
        return True
    if article == "the":
        return part == "half"
    return part == "half" or (part in {"third", "quarter", "fifth", "tenth"} and _SHARE_AFTER.match(after) is not None)


def find(text: str, custom: Custom, offset: int = 0) -> list[Quantity]:
    """Return the figures of a sentence in order; those without unit are left for the sentences around to settle."""
    dates = m.dates(text)
    found = [each for each in _special(text, custom, offset) if not _meets(each, dates, offset)]
    masked = list(text)
    for start, end in dates:
        masked[start:end] = "|" * (end - start)
    for match in _PATTERN.finditer("".join(masked)):
        one = _plain(match, custom, offset)
        if (
            one is None
            or _meets(one, dates, offset)
            or any(one.start < each.end and each.start < one.end for each in found)
        ):
            continue
        if _is_label(text, match, one):
            continue
        found.append(replace(one, unit=one.unit or _noun_unit(text, match, one)))
    return sorted(found, key=lambda each: each.start)


def _meets(one: Quantity, dates: list[tuple[int, int]], offset: int) -> bool:
    return any(one.start - offset < end and start < one.end - offset for start, end in dates)


def _is_label(text: str, match: re.Match[str], one: Quantity) -> bool:
    """Say whether digits are a number of a notice, a page, a model or an ordinal, and no figure."""
    before = text[max(0, match.start("first") - 16) : match.start("first")]
    after = text[match.end("first") : match.end("first") + 3]
    if re.search(
        r"(?:\bNos?\.?|№|#|\bp\.|\bpage|\bannouncement|\bnotice|\bnumber|\bsection|\bparagraph|\bchapter|\bCF|\bLEAP|第)\s*$",
        before,
        re.IGNORECASE,
    ):
        return True
    if re.match(r"(?:st|nd|rd|th)\b|/\d|号|日|월|月", after):
        return True
    return bool(not one.unit and re.match(r"[A-Za-z]", after)) and not match["scale"] and not match["scale_one"]


def _noun_unit(text: str, match: re.Match[str], one: Quantity) -> str:
    """Return ``count`` where a noun that is counted follows, or a bare number word stands."""
    if match["sign"] or match["sign_two"]:
        return ""
    after = text[match.end() : match.end() + 40]
    if re.search(r"(?:multipli\w+|factor)\s+(?:by|of)\s*$", text[: match.start()]):
        return "times"
    if match["scale"] or match["scale_one"]:
        return ""
    noun = re.match(
        rf"\s+(?:more\s+|new\s+|of\s+the\s+|other\s+|others\b|[a-z-]+\s+)?(?:{m.COUNTED})\b|\s+(?:other\s+)?(?:[a-z-]+\s+)?(?!is\b|was\b|has\b|as\b|this\b|its\b|does\b)[a-z]+s\b|個|个|家|名|건|개",
        after,
    )
    if one.in_words:
        return (
            "count"
            if re.match(r"[\s-]+(?!is\b|was\b|are\b|and\b|or\b|to\b|in\b|has\b|had\b|per\b)[a-z]", after) and one.low
            else "none"
        )
    if noun and one.low == int(one.low) and not re.match(r"\s+(?:as|was|is|has|this|its)\b", after):
        return "count"
    return ""
