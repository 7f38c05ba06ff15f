"""When the thing told happened: which of the times a sentence names is the event's, and not that of speaking or comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chokepoint.claims.moments import WEEKDAYS, mentions

if TYPE_CHECKING:
    from chokepoint.claims.clauses import Clause
    from chokepoint.claims.sources import Source

_WEEKDAY = re.compile(rf"\b(?P<next>next |coming )?(?P<day>{'|'.join(WEEKDAYS)})\b(?!['’]s\b)", re.IGNORECASE)
_NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {"a": 1, "an": 1}  # fmt: skip
_AGO = re.compile(rf"\b(?P<count>\d+|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|month|year)s?\s+(?P<side>ago|earlier|before|later|after)\b|\b(?:after|in)\s+(?P<count2>\d+|{'|'.join(_NUMBERS)})\s+(?P<unit2>day)s\b(?!\s+of)", re.IGNORECASE)  # fmt: skip
_THIS_MONTH = re.compile(r"\b(?P<which>this|last|past|current|previous)\s+month\b", re.IGNORECASE)
_NEXT_YEAR = re.compile(r"\bnext (?:year|(?:\w+ )?years)\b", re.IGNORECASE)
_YEAR_END = re.compile(r"\b(?:end of the year|year['’]s end|year-end)\b", re.IGNORECASE)
_BEFORE_LAST = re.compile(r"\bthe year before last\b", re.IGNORECASE)
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
    r"\bfrom\s+(?:about |some |just |only )?[$€£]?\d[\d.,]*(?:\s+(?!to\b)[\w$€£.,%-]+){0,5}\s+(?:in|at|on|of)\s+(?:the\s+)?(?:start of\s+|end of\s+|beginning of\s+)?$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r",\s+(?:\w+ed|brought|put|set|made|sent|held)\s+(?:on|in)\s+$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|next|plans?|due|until|by)\b|['’]ll\b")
_ORDINALS: tuple[str, ...] = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_ORDINAL_DAY = re.compile(rf"\b(?P<nth>{'|'.join(_ORDINALS)})\s+of\s+(?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)", re.IGNORECASE)  # fmt: skip
_WHOLE_YEAR = re.compile(r"\b(?:over the year|(?:the|that) year as a whole|throughout the year|rest of the year|the (?:whole|full) year|the year to)\b", re.IGNORECASE)  # fmt: skip
_THAT = re.compile(r"\b(?:that|the same) (?P<unit>month|year)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\bthe year before\b(?! last)", re.IGNORECASE)
_CHRISTMAS = re.compile(r"\b(?:Christmas|New Year)\b")
LONGEST, REACH = 3000, 160
"""Characters of a sentence that are read for times, and before a time for what it is of."""
DAY, MONTH = 10, 7
SOON = 100
"""Days within which a day without a year is rather the coming one."""
_PAST = re.compile(r"\b(?:was|were|had|did|\w{3,}ed|went|came|fell|rose|took|said|told|met|began)\b", re.IGNORECASE)


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
    body = _ORDINAL_DAY.sub(
        lambda match: f"{_ORDINALS.index(match['nth'].lower()) + 1} ", (source.body or text)[:LONGEST]
    )
    named = _named(body, published, before)
    chosen = _chosen([each for each in named if not _is_aside(body, each)])
    if chosen is None and any(not _follows_until(body, each) for each in named) and before:
        return _ended(before) or None
    if chosen is None and body != text:
        spoken = [
            each
            for each in _named(text, published, before)
            if len(each.period) == DAY and not _follows_until(text, each)
        ]
        chosen = spoken[-1] if spoken else None
    return chosen.period if chosen else None


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


def carried(source: Source, clause: Clause, kind: str, last: str, published: str) -> str | None:
    """Return the time a sentence without one goes on in: the story's for what is past, that of publication for a live report.

    Args:
        source, clause: who vouches, and the main clause of what is told.
        kind: of the statement.
        last: the time told last, of the same paragraph; empty for none.
        published: ISO day of publication.
    """
    if source.words and re.fullmatch(r"\d{1,2}[:.]\d\d", source.words[0].text):
        return published
    if kind == "figure":
        return _ended(last) or None
    goes_on = kind == "fact" and clause.is_past and not clause.is_denied
    return last if goes_on and len(last) == DAY else None


def _named(text: str, published: str, before: str) -> list[Named]:
    """Return every time named, in order."""
    today = date.fromisoformat(published)
    found = [Named(start=place, period=period) for place, period in _months(text, published, before)]
    found += [Named(start=match.start(), period=_weekday(match, today, text)) for match in _WEEKDAY.finditer(text)]
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
    if _is_start_ahead(text, place, period, published):
        return f"{year + 1}{period[4:]}"
    if (
        period < published[: len(period)]
        and _AHEAD.search(text[:place])
        and _AHEAD.search(text)
        and re.search(
            r"\bwill\b|['’]ll\b|\bshall\b|\bis to\b|\bmust\b|\btakes? effect\b|\bends?\b|\bis due\b|\bcomes? (?:in|un)",
            text,
        )
    ):
        return f"{year + 1}{period[4:]}"
    story = re.match(r"(?:19|20)\d\d", before)
    if story and int(story.group()) < int(published[:4]) - 1 and len(period) == DAY:
        later = len(before) >= MONTH and before[5:7].isdigit() and int(period[5:7]) < int(before[5:7]) - 3
        return f"{int(story.group()) + later}{period[4:]}"
    return period


def _is_start_ahead(text: str, place: int, period: str, published: str) -> bool:
    """Say whether "from 1 December" or "on 8 November" begins something soon: long past last year, near this year, nothing told as done then."""
    if len(period) != DAY or not re.search(r"\b(?:from|on|until|till|by)\s+$", text[:place], re.IGNORECASE):
        return False
    try:
        last, today = date.fromisoformat(period), date.fromisoformat(published)
        days = (last.replace(year=last.year + 1) - today).days
    except ValueError:
        return False
    starts = text[:place].lower().rstrip().endswith("from")
    ahead = re.search(r"\b(?:will|shall|must|comes?|takes?|enters?|starts?|begins?|ends?|expires?|is|are|to)\b", text)
    return 0 < days < SOON and (starts or (ahead is not None and not _PAST.search(text)))


def _weekday(match: re.Match[str], today: date, text: str) -> str:
    """Return the day a weekday means: the last one, or the next where the sentence looks ahead."""
    number = WEEKDAYS.index(match["day"].lower())
    back = (today.weekday() - number) % 7
    last = re.search(r"\blast\s+$", text[: match.start()], re.IGNORECASE) is not None
    if match["next"] or re.search(r"\b(?:will|shall|is to|are to|due)\b", text[: match.start()]):
        return (today + timedelta(days=(number - today.weekday()) % 7 or 7 * bool(match["next"]))).isoformat()
    return (today - timedelta(days=back or (7 if last else 0))).isoformat()


def _relative(text: str, today: date, before: str) -> list[Named]:
    """Return times counted from the day of publication, or from the time told before."""
    if _BEFORE_LAST.search(text):
        return [Named(start=0, period=str(today.year - 2))]
    found = _anchored(text, before)
    counted = [(match.start(), _counted(match, today, before)) for match in _AGO.finditer(text)]
    found += [Named(start=place, period=period) for place, period in counted if period]
    for match in _THIS_MONTH.finditer(text):
        back = 0 if match["which"].lower() in {"this", "current"} else 1
        found.append(Named(start=match.start(), period=_month_back(today, back)))
    found += _of_story(text, before)
    if _CHRISTMAS.search(text):
        found.append(Named(start=0, period=f"{today.year}-12"))
    if _NEXT_YEAR.search(text):
        found.append(Named(start=0, period=str(today.year + 1)))
    if _YEAR_END.search(text) and not re.search(r"\b(?:19|20)\d\d\b", text):
        found.append(Named(start=0, period=str(today.year)))
    return found


def _anchored(text: str, before: str) -> list[Named]:
    """Return "the same day" and "the next day" of the day told before."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", before):
        return []
    after = (date.fromisoformat(before) + timedelta(days=1)).isoformat()
    same = [Named(start=match.start(), period=before) for match in _SAME.finditer(text)]
    return same + [Named(start=match.start(), period=after) for match in _NEXT_DAY.finditer(text)]


def _of_story(text: str, before: str) -> list[Named]:
    """Return "over the year", "that month" and "the year before" of the time told before."""
    if not re.match(r"\d{4}", before):
        return []
    found = [Named(start=match.start(), period=before[:4]) for match in _WHOLE_YEAR.finditer(text)]
    months = re.match(r"\d{4}-\d\d", before)
    for match in _THAT.finditer(text):
        period = before[:4] if match["unit"].lower() == "year" else months.group() if months else ""
        found += [Named(start=match.start(), period=period)] if period else []
    earlier = f"{int(before[:4]) - 1}{_ended(before)[4:]}"
    return found + [Named(start=match.start(), period=earlier) for match in _YEAR_BEFORE.finditer(text)]


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
    ahead = text[max(0, named.start - REACH) : named.start]
    starts_change = _START.search(ahead) is not None
    return bool(_ASIDE.search(ahead) or _PARTICIPLE.search(ahead) or starts_change)


def _follows_until(text: str, named: Named) -> bool:
    return re.search(r"\b(?:until|till)\s+(?:the\s+)?(?:end of\s+)?$", text[: named.start], re.IGNORECASE) is not None


def _chosen(named: list[Named]) -> Named | None:
    """Return the most exact of the times left, of equal ones the first."""
    return max(named, key=lambda each: (len(each.period), -each.start), default=None)
