"""When the thing told happened: which of the times a sentence names is the event's, and not that of speaking or comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chokepoint.claims.moments import mentions

if TYPE_CHECKING:
    from chokepoint.claims.sources import Source

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b(?P<next>next |coming )?(?P<day>{'|'.join(_WEEKDAYS)})\b(?!['’]s\b)", re.IGNORECASE)
_NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {"a": 1, "an": 1}  # fmt: skip
_AGO = re.compile(rf"\b(?P<count>\d+|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|month|year)s?\s+(?P<side>ago|earlier|before|later|after)\b|\b(?:after|in)\s+(?P<count2>\d+|{'|'.join(_NUMBERS)})\s+(?P<unit2>day)s\b(?!\s+of)", re.IGNORECASE)  # fmt: skip
_THIS = re.compile(
    r"\b(?P<which>this|last|next|past|current|previous|that|same)\s+(?P<unit>month|year|week)\b", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?P<word>yesterday|today|tonight|tomorrow|overnight|this morning|this evening|last night)\b", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:the same day|that (?:day|evening|night|morning|afternoon)|later (?:that|the same) day)\b", re.IGNORECASE
)
_NEXT_DAY = re.compile(r"\b(?:the (?:next|following) day|a day later)\b", re.IGNORECASE)
_FIELDS = re.compile(
    r"(?:(?P<year>20\d\d)\s*(?:year)\s+)?\b(?P<month>\d{1,2})\s*month(?:\s+(?P<day>\d{1,2})\s*day)?\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\b(?:until|till|than|against|versus|vs\.?|compared (?:with|to)|below|above|up from|down from|unlike|beyond|the (?:level|figure|average|usual) (?:of|in)|(?:controls?|rules?|round|truce|talks|call|deal|law|ban|answer|drafts?|limits?|list|text|order|decree) of)\s+(?:[\w,.'’%-]+\s+){0,4}$",
    re.IGNORECASE,
)
_START = re.compile(
    r"\bfrom\s+(?:about |some |just |only )?[$€£]?\d[\d.,]*(?:\s+[\w$€£.,%-]+){0,5}\s+(?:in|at|on|of)\s+(?:the\s+)?(?:start of\s+|end of\s+|beginning of\s+)?$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r",\s+(?:\w+ed|brought|put|set|made|sent|held)\s+(?:on|in)\s+$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|next|plans?|due|until|by)\b|['’]ll\b")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NTH = re.compile(rf"\b(?P<nth>{'|'.join(_ORDINALS)}) day\b", re.IGNORECASE)
DAY, MONTH = 10, 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A time that a sentence names: where, and which (ISO, as exact as told)."""

    start: int
    period: str


def occasion(text: str, source: Source, published: str, before: str) -> str | None:
    """Return when the thing told happened, as exactly as the sentence allows, or None.

    Args:
        text: the sentence.
        source: who vouches; a time beside the verb of saying is that of speaking, and is taken only where there is no other.
        published: ISO day of publication.
        before: the time the sentences before are about; empty for none.
    """
    body = source.body or text
    named = _named(body, published, before)
    chosen = _chosen(body, [each for each in named if not _is_aside(body, each)])
    if chosen is None and any(not _follows_until(body, each) for each in named) and before:
        return _ended(before) or None
    if chosen is None and body != text and not source.is_direct:
        spoken = [
            each
            for each in _named(text, published, before)
            if len(each.period) == DAY and not _follows_until(text, each)
        ]
        chosen = spoken[-1] if spoken else None
    return chosen.period if chosen else None


def refined(told: str | None, recorded: str) -> str | None:
    """Return the time on record where it makes the one told more exact, or where none is told.

    Args:
        told: ISO, or None.
        recorded: as the record writes it; quarters and halves end with their last month.
    """
    exact = _ended(recorded)
    if not exact:
        return told
    return exact if told is None or exact.startswith(told) else told


def _ended(period: str) -> str:
    """Return a period as ISO: a quarter, a half or a run of months by its last month."""
    quarter = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", period)
    if quarter:
        return f"{quarter[1]}-{3 * int(quarter[2]):02d}"
    half = re.fullmatch(r"(\d{4})-?[Hh]([12])", period)
    if half:
        return f"{half[1]}-{6 * int(half[2]):02d}"
    run = re.fullmatch(r"(\d{4})-\d\d\.\.(\d\d)", period)
    if run:
        return f"{run[1]}-{run[2]}"
    found = re.match(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?!\d)(?:-\d\d)?)?", period)
    return found.group() if found else ""


def carried(text: str, recorded: str, last: str) -> str:
    """Return the day of a meeting of several days that is meant: "the second day", or the day the article is at.

    Args:
        text: the sentence.
        recorded: ISO day the meeting began.
        last: the day told last; empty for none.
    """
    if len(recorded) != DAY:
        return recorded
    begun = date.fromisoformat(recorded)
    which = _NTH.search(text)
    if which:
        return (begun + timedelta(days=_ORDINALS.index(which["nth"].lower()))).isoformat()
    is_on = len(last) == DAY and 0 <= (date.fromisoformat(last) - begun).days <= 1
    return last if is_on else recorded


def _named(text: str, published: str, before: str) -> list[Named]:
    """Return every time named, in order."""
    today = date.fromisoformat(published)
    found = [Named(start=place, period=period) for place, period in _months(text, published, before)]
    for match in _WEEKDAY.finditer(text):
        found.append(Named(start=match.start(), period=_weekday(match, today, text)))
    for match in _DAY.finditer(text):
        shift = {"yesterday": -1, "tomorrow": 1, "last night": -1, "overnight": -1}.get(match["word"].lower(), 0)
        found.append(Named(start=match.start(), period=(today + timedelta(days=shift)).isoformat()))
    found += _relative(text, today, before)
    return sorted(found, key=lambda each: each.start)


def _months(text: str, published: str, before: str) -> list[tuple[int, str]]:
    """Return days, months and years; those still to come where the sentence looks ahead, those of the year told before."""
    found = mentions(text, published, before)
    for match in _FIELDS.finditer(text):
        month, day = int(match["month"]), match["day"]
        if 1 <= month <= 12:
            year = match["year"] or (published[:4] if month <= int(published[5:7]) else str(int(published[:4]) - 1))
            found.append((match.start(), f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")))
    return [(place, _shifted(text, place, _ended(period) or period, published, before)) for place, period in found]


def _shifted(text: str, place: int, period: str, published: str, before: str) -> str:
    """Move a month without a year to where the sentence looks: ahead for a promise, back for a story."""
    has_year = re.search(r"\b(?:19|20)\d\d\b|\blast year\b", text[max(0, place - 8) : place + 24]) is not None
    if has_year or len(period) < MONTH or not re.match(r"\d{4}-\d\d", period):
        return period
    year = int(period[:4])
    if (
        period < published[: len(period)]
        and _AHEAD.search(text[:place])
        and _AHEAD.search(text)
        and re.search(r"\bwill\b|['’]ll\b|\bshall\b|\bis to\b", text)
    ):
        return f"{year + 1}{period[4:]}"
    story = re.match(r"(?:19|20)\d\d", before)
    if story and int(story.group()) < int(published[:4]) - 1 and len(period) == DAY:
        later = len(before) >= MONTH and before[5:7].isdigit() and int(period[5:7]) < int(before[5:7]) - 3
        return f"{int(story.group()) + later}{period[4:]}"
    return period


def _weekday(match: re.Match[str], today: date, text: str) -> str:
    """Return the day a weekday means: the last one, or the next where the sentence looks ahead."""
    number = _WEEKDAYS.index(match["day"].lower())
    back = (today.weekday() - number) % 7
    last = re.search(r"\blast\s+$", text[: match.start()], re.IGNORECASE) is not None
    if match["next"] or re.search(r"\b(?:will|shall|is to|are to|due)\b", text[: match.start()]):
        return (today + timedelta(days=(number - today.weekday()) % 7 or 7)).isoformat()
    return (today - timedelta(days=back or (7 if last else 0))).isoformat()


def _relative(text: str, today: date, before: str) -> list[Named]:
    """Return times counted from the day of publication, or from the time told before."""
    found: list[Named] = []
    anchor = before if re.fullmatch(r"\d{4}-\d\d-\d\d", before) else ""
    for match in _SAME.finditer(text):
        found += [Named(start=match.start(), period=anchor)] if anchor else []
    for match in _NEXT_DAY.finditer(text):
        found += (
            [Named(start=match.start(), period=(date.fromisoformat(anchor) + timedelta(days=1)).isoformat())]
            if anchor
            else []
        )
    for match in _AGO.finditer(text):
        period = _counted(match, today, before)
        found += [Named(start=match.start(), period=period)] if period else []
    for match in _THIS.finditer(text):
        if match["unit"].lower() == "month" and match["which"].lower() in {
            "this",
            "current",
            "last",
            "past",
            "previous",
        }:
            back = 0 if match["which"].lower() in {"this", "current"} else 1
            found.append(Named(start=match.start(), period=_month_back(today, back)))
    if re.search(r"\bnext (?:year|(?:\w+ )?years)\b", text, re.IGNORECASE):
        found.append(Named(start=0, period=str(today.year + 1)))
    if re.search(r"\b(?:end of the year|year['’]s end|year-end)\b", text, re.IGNORECASE) and not re.search(
        r"\b(?:19|20)\d\d\b", text
    ):
        found.append(Named(start=0, period=str(today.year)))
    if re.search(r"\bthe year before last\b", text, re.IGNORECASE):
        found = [Named(start=0, period=str(today.year - 2))]
    return found


def _counted(match: re.Match[str], today: date, before: str) -> str:
    """Return the time of "ten months ago" and "a year earlier"."""
    words, unit = (match["count"] or match["count2"]).lower(), (match["unit"] or match["unit2"]).lower()
    count = int(words) if words.isdigit() else _NUMBERS[words]
    side = (match["side"] or "ahead").lower()
    if count > 400:
        return ""
    if side in {"ago", "ahead"}:
        shift = count if side == "ahead" else -count
        if unit in {"day", "week"}:
            return (today + timedelta(days=shift * (7 if unit == "week" else 1))).isoformat()
        return _month_back(today, count) if unit == "month" else str(today.year - count)
    if unit == "year" and side in {"earlier", "before"} and re.match(r"\d{4}", before):
        return f"{int(before[:4]) - count}{_ended(before)[4:]}"
    return ""


def _month_back(today: date, count: int) -> str:
    months = today.year * 12 + today.month - 1 - count
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _is_aside(text: str, named: Named) -> bool:
    """Say whether a time only compares, limits, names a thing, or begins a change that ends at another."""
    ahead = text[: named.start]
    starts_change = _START.search(ahead) is not None
    return bool(_ASIDE.search(ahead) or _PARTICIPLE.search(ahead) or starts_change)


def _follows_until(text: str, named: Named) -> bool:
    return re.search(r"\b(?:until|till)\s+(?:the\s+)?(?:end of\s+)?$", text[: named.start], re.IGNORECASE) is not None


def _chosen(text: str, named: list[Named]) -> Named | None:
    """Return the most exact of the times left; of equal ones the first, or the last where a series or a change runs on."""
    if not named:
        return None
    exact = max(len(each.period) for each in named)
    best = [each for each in named if len(each.period) == exact]
    runs = (
        len(best) > 1
        and re.search(
            r"\b(?:from|rose|fell|went|climbed|dropped|to)\b|, (?:in )?\w+ (?:about )?[\d,.]+", text[best[0].start :]
        )
        is not None
    )
    return best[-1] if runs and exact <= MONTH else best[0]
