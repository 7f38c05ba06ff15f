"""Units as texts spell them, and calendar dates, which look like figures and are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.tokens import WORD, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.tokens import Token


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit as words spell it.

    Args:
        role: ``money``, ``cent``, ``mass``, ``pound``, ``share``, ``points``, ``time``, ``volume``, ``rate``, ``heat``, ``times``, ``craft``,
            ``index`` or ``mtu``.
        code: the reader's unit.
        factor: to the reader's unit.
        words: tokens, in small letters; ``Mt`` and ``MT`` are told apart by :func:`unit_at`.
    """

    role: str
    code: str
    factor: float
    words: tuple[str, ...]


MEGATONNE = "Mt"
PER = frozenset(
    {
        "a",
        "an",
        "per",
        "/",
        "the",
        "each",
        "every",
        "one",
        "за",
        "на",
        "в",
        "каждый",
        "der",
        "pro",
        "je",
        "la",
        "le",
        "par",
        "每",
        "single",
    }
)
_PER_WEIGHT = {
    0.001: ("kg", 1.0),
    1.0: ("t", 1.0),
    0.00045359237: ("lb", 1.0),
    0.000001: ("kg", 1000.0),
    0.0000311034768: ("oz", 1.0),
    0.90718474: ("t", 1.1023113),
    1.0160469088: ("t", 0.98420653),
}
YEARS = frozenset({"year", "years", "annum", "yr", "y", "год", "року", "рік", "году", "年", "년", "jahr", "an"})
_DAYS = frozenset({"day", "days", "d", "сутки", "добу", "день", "天", "日"})
_YEARLY = frozenset({"annually", "yearly", "annualised", "annualized"})


@cache
def _lexicon() -> Mapping[str, tuple[Unit, ...]]:
    """Return the units of ``units.csv`` by their first token, the longest first."""
    found: dict[str, list[Unit]] = {}
    for row in bundled_rows("claims/units.csv"):
        for words in row["words"].split(";"):
            low = tuple(each.low for each in tokens_of(words.strip(), []))
            code = Unit(
                role=row["role"],
                code=row["unit"],
                factor=float(row["factor"]),
                words=low if words != MEGATONNE else (MEGATONNE,),
            )
            found.setdefault(code.words[0], []).append(code)
    return {first: tuple(sorted(units, key=lambda each: -len(each.words))) for first, units in found.items()}


def unit_at(tokens: Sequence[Token], at: int) -> tuple[Unit, int] | None:
    """Return the unit that begins at a token and the index behind it."""
    if at >= len(tokens):
        return None
    if tokens[at].text == MEGATONNE:
        return _lexicon()[MEGATONNE][0], at + 1
    for unit in _lexicon().get(tokens[at].low.removesuffix("'s"), ()):
        here = at
        for word in unit.words:
            while here > at and here < len(tokens) and tokens[here].low == "-" and word != "-":
                here += 1
            if here >= len(tokens) or tokens[here].low.removesuffix("'s") != word:
                break
            here += 1
        else:
            return unit, here
    return None


def weight_at(tokens: Sequence[Token], at: int) -> tuple[str, float, int] | None:
    """Read "a kilogram", "/lb", "per tonne": the weight a price is for, the factor to it, and the index behind."""
    here = at
    while here < len(tokens) and tokens[here].low in PER and here < at + 2:
        here += 1
    if here == at:
        return None
    found = unit_at(tokens, here)
    if found is None:
        return None
    unit, end = found
    if unit.role == "mtu":
        return "mtu", 1.0, end
    if unit.role not in {"mass", "pound"} or unit.factor not in _PER_WEIGHT:
        return None
    beyond = unit_at(tokens, here)
    return (*_PER_WEIGHT[unit.factor], beyond[1] if beyond else end)


def time_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Read "a year", "/yr", "annually" or "a day": ``year`` or ``day``, and the index behind."""
    if at < len(tokens) and tokens[at].low in _YEARLY:
        return "year", at + 1
    if at < len(tokens) and [each.low for each in tokens[at : at + 4]] in (["p", ".", "a", "."], ["p", ".", "a"]):
        return "year", at + 3
    here = at
    while here < len(tokens) and tokens[here].low in PER and here < at + 2:
        here += 1
    if here == at or here >= len(tokens):
        return None
    after = tokens[here + 1].low if here + 1 < len(tokens) else ""
    if after in {"ago", "earlier", "before", "later", "after"}:
        return None
    if tokens[here].low in YEARS:
        return "year", here + 1
    return ("day", here + 1) if tokens[here].low in _DAYS else None


def is_counted(token: Token) -> bool:
    """Say whether a word is a noun in the plural, as far as its ending tells."""
    return token.kind == WORD and (
        token.low in IRREGULAR
        or (
            len(token.low) > 3
            and token.low.endswith("s")
            and token.low not in NO_PLURAL
            and not token.low.endswith(("ss", "'s", "ous"))
        )
    )


IRREGULAR = frozenset(
    {
        "people",
        "men",
        "women",
        "children",
        "staff",
        "aircraft",
        "percent",
        "個",
        "个",
        "家",
        "名",
        "건",
        "개",
        "座",
        "项",
        "種",
        "种",
        "cargo",
        "personnel",
    }
)
NO_PLURAL = frozenset(
    {
        "this",
        "thus",
        "does",
        "news",
        "less",
        "others",
        "always",
        "perhaps",
        "besides",
        "towards",
        "afterwards",
        "sometimes",
        "series",
        "unless",
        "versus",
        "across",
        "plus",
        "themselves",
        "ourselves",
    }
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ju1y|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|"
    r"серпня|вересня|жовтня|листопада|грудня|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?(?:\s*(?:-|–|to|and|or|и|та)\s*\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTHS}\b(?:,?\s+(?:of\s+)?\d{{4}})?"
    rf"|\b{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|per\s?cent|tonn|tons|t\b|dollar|million|billion|thousand|,\d{{3}}|[.,]\d))(?:\s*(?:-|–|to|and)\s*\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTHS},?\s+(?:of\s+)?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r"|(?:(?:19|20)\d\d\s*[年년])?\s*\d{1,2}\s*[月월](?:\s*\d{1,2}\s*[日号일])?|\d{1,2}\s*[日号일](?!\w)|(?:19|20)\d\d\s*[年년](?!间)"
    r"|(?<![\d.,$€£¥])(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)?\d\d))?(?![\d]|[.,]\d|\s*(?:tonn|tons\b|t\b|kg|dollar|percent|%|licen|yuan|USD|barrel|тонн|people|workers))"
    r"|(?<![\w'’])['’]\d\d\b(?!['’])|\b(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b|\bQ[1-4]\b|\bthe\s+\d{1,2}(?=\s+(?:meeting|of\s+the\s+month))",
    re.IGNORECASE,
)  # fmt: skip


_NUMBERED_DATE = re.compile(
    r"\b(?:(?:19|20)\d\d year )?\d{1,2} month(?: \d{1,2} (?:day|number))?\b|\b\d{1,2} day\b(?! ?-)|\b(?:19|20)\d\d year\b"
)


def dates(text: str, *, counts_months: bool = False) -> list[tuple[int, int]]:
    """Return the spans of calendar dates, numbered months and days among them where the article counts so."""
    found = [match.span() for match in _DATE.finditer(text)]
    return found + [match.span() for match in _NUMBERED_DATE.finditer(text)] if counts_months else found
