"""When: the period a figure is of, the day a thing happened, both against the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate((
        "january jan января січня janvier", "february feb февраля лютого février", "march mar марта березня mars", "april apr апреля квітня avril", "may мая травня mai",
        "june jun июня червня juin", "july jul июля липня juillet ju1y", "august aug августа серпня août", "september sept sep сентября вересня septembre",
        "october oct октября жовтня octobre", "november nov ноября листопада novembre", "december dec декабря грудня décembre",
    ), start=1)
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:\s*[-–]\s*\d{{1,2}})?\s+(?:of\s+)?(?P<month>{_NAMES})\b(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?|\b(?P<month2>{_NAMES})\.?\s+(?P<day2>\d{{1,2}})\b(?!\s*(?:tonn|t\b|percent|%)|,\d)(?:,?\s+(?P<year2>(?:19|20)\d\d))?", re.IGNORECASE)  # fmt: skip
_EAST = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*[年년]\s*)?(?P<month>\d{1,2})\s*[月월]\s*(?:(?P<day>\d{1,2})\s*[日号일])?"
)
_LONE_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*[日号일]")
_MONTH = re.compile(
    rf"\b(?P<month>{_NAMES})\b(?:\s+(?:of\s+)?(?P<last>last year|the (?:old|past|previous) year)|,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,$€£¥-])(?P<year>(?:19|20)\d\d)(?![\d]|[.,]\d|\s*(?:tonn|tons\b|t\b|тонн))")
_HALF = re.compile(r"\b(?:half[ -]year to June|first half|half year)\b", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(?:last year|the year before last|year past)\b", re.IGNORECASE)
_THIS_YEAR = re.compile(r"\bthis year\b|\bwithin the year\b", re.IGNORECASE)
_TWO_MONTHS = re.compile(r"\bfirst two months\b")
_YEAR_AGO = re.compile(r"\b[Aa] year (?:earlier|before|ago)\b")
_QUARTER = re.compile(r"\b(?:first quarter|Q1)\b", re.IGNORECASE)


LONGEST = 5000
"""Characters of a sentence that are read for periods."""


def year_before(published: str) -> int:
    """Return the year before that of publication."""
    return int(published[:4]) - 1


def latest(month: int, published: str, *, is_last_year: bool = False) -> str:
    """Return the newest such month up to the day of publication, or the one of last year."""
    year, now = int(published[:4]), int(published[5:7])
    year = year - 1 if is_last_year or month > now else year
    return f"{year:04d}-{month:02d}"


def mentions(text: str, published: str, before: str = "") -> list[tuple[int, str]]:
    """Return every period a sentence names, with its place."""
    text = text[:LONGEST]
    taken: list[tuple[int, int]] = []
    years = [match["year"] for match in _YEAR.finditer(text)]
    found = _days(text, published, taken)
    for match in _MONTH.finditer(text):
        if not _within(match.start(), taken) and _is_month(text, match):
            found.append((match.start(), _month(text, match, years, published, before)))
            taken.append(match.span())
    found += [(match.start(), match["year"]) for match in _YEAR.finditer(text) if not _within(match.start(), taken)]
    return sorted(found + _relative(text, years, published, before, taken))


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _days(text: str, published: str, taken: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """Return days of a month, and months written in numbers."""
    found: list[tuple[int, str]] = []
    for match in _DAY_MONTH.finditer(text):
        month, day = MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"])
        year = match["year"] or match["year2"]
        stem = f"{year}-{month:02d}" if year else latest(month, published)
        if 1 <= day <= 31:
            found.append((match.start(), f"{stem}-{day:02d}"))
            taken.append(match.span())
    for match in _EAST.finditer(text):
        month = int(match["month"])
        if 1 <= month <= 12:
            stem = f"{match['year']}-{month:02d}" if match["year"] else latest(month, published)
            found.append((match.start(), f"{stem}-{int(match['day']):02d}" if match["day"] else stem))
            taken.append(match.span())
    return found


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Say whether a word is a month: "may" after a preposition, short forms with a capital."""
    word = match["month"]
    if word == "may":
        return (
            re.search(
                r"(?:\b(?:in|of|since|by|after|to|for|last|until|from|till|early|late|mid)|-|:)\s*$",
                text[: match.start()].lower(),
            )
            is not None
        )
    return not (word.islower() and word.isascii() and len(word) < 5)


def _month(text: str, match: re.Match[str], years: list[str], published: str, before: str) -> str:
    """Return the month meant: of the year named beside it, of the year the article is in, else the latest one."""
    month = MONTHS[match["month"].lower()]
    is_last_year = bool(match["last"]) or "last year" in text[match.start() : match.start() + 24]
    if match["year"]:
        stem = f"{match['year']}-{month:02d}"
    elif len(set(years)) == 1 and not is_last_year:
        stem = f"{years[0]}-{month:02d}"
    elif before and not is_last_year and int(published[:4]) - int(before[:4]) > 1:
        later = len(before) >= 7 and before[5:7].isdigit() and month < int(before[5:7]) - 3
        stem = f"{int(before[:4]) + later:04d}-{month:02d}"
    else:
        stem = latest(month, published, is_last_year=is_last_year)
    return f"{stem[:4]}-H1" if _HALF.search(text[max(0, match.start() - 20) : match.end()]) else stem


def _relative(
    text: str, years: list[str], published: str, before: str, taken: list[tuple[int, int]]
) -> list[tuple[int, str]]:
    """Return periods told from the day of publication, or from the one before."""
    rules = [
        (_LAST_YEAR, f"{year_before(published)}"), (_THIS_YEAR, published[:4]), (_QUARTER, f"{years[0] if years else published[:4]}-Q1"),
        (_TWO_MONTHS, f"{published[:4]}-01..02"),
    ]  # fmt: skip
    if before:
        rules.append((_YEAR_AGO, f"{int(before[:4]) - 1}{before[4:]}"))
    return [
        (match.start(), period)
        for pattern, period in rules
        for match in pattern.finditer(text)
        if not any(abs(match.start() - end) < 3 for _, end in taken)
    ]


def period_of(text: str, at: int, published: str, before: str) -> str:
    """Return the period of a figure: the one named nearest, a following one before a leading one; else as before."""
    named = mentions(text, published, before)
    if not named:
        return before
    after = [(place - at, period) for place, period in named if place >= at]
    ahead = [period for place, period in named if place < at]
    parted = bool(after) and re.search(r"[;:,]\s", text[at + 4 : at + after[0][0]]) is not None
    if after and not parted:
        return after[0][1]
    if ahead:
        return ahead[-1]
    return before or ("" if parted and not re.match(r"[^,]*,\s(?:in|of|for)\s", text[at:]) else after[0][1])


def event_date(text: str, published: str, before: str) -> str | None:
    """Return when a thing happened, as exactly as the sentence allows, or None."""
    day = date.fromisoformat(published)
    for number, word in enumerate(WEEKDAYS):
        if re.search(rf"\b(?:on|of)\s+{word}\b|\b{word}\b", text, re.IGNORECASE):
            return (day - timedelta(days=(day.weekday() - number) % 7)).isoformat()
    if re.search(r"\byesterday\b", text, re.IGNORECASE):
        return (day - timedelta(days=1)).isoformat()
    lone = _LONE_DAY.search(text)
    named = mentions(text, published, before)
    if named:
        exact = [period for _, period in named if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", period)]
        return max(exact, key=len) if exact else named[0][1][:4]
    return f"{published[:8]}{int(lone['day']):02d}" if lone else None
