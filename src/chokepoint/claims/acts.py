"""Acts, agreements and reported facts as records: does a sentence tell one of them, deny it, or tell it too late."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.claims.moments import event_date, mentions

if TYPE_CHECKING:
    from collections.abc import Sequence


DAY, WEEK, NEWS = 10, 7, 60
"""Characters of a day; days that a weekday may be off; days for which an act is news."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One thing that is on record.

    Args:
        key: its name inside.
        date: ISO day, month or year; empty for a state of affairs.
        end: from when it no longer holds; empty while it does.
        needs: groups of words; a sentence tells the act when each group is met.
        denied: groups of words that turn it round: one met, and the sentence says what is not so.
        text: the nearest true sentence.
        reference: legal or other reference.
        source: key of ``references.bib``.
        grade: of the source.
    """

    key: str
    date: str
    end: str
    needs: tuple[re.Pattern[str], ...]
    denied: tuple[re.Pattern[str], ...]
    text: str
    reference: str
    source: str
    grade: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a sentence says of an act: ``supported``, ``contradicted`` or ``outdated``."""

    verdict: str
    act: Act
    why: str


def read_acts() -> tuple[Act, ...]:
    """Read acts, agreements and reported facts."""
    data = resources.files("chokepoint") / "data"
    rows = [
        row
        for file in ("acts.csv", "agreements.csv")
        for row in csv.DictReader(data.joinpath("claims", file).read_text("utf-8").splitlines())
    ]
    return tuple(
        Act(
                key=row["key"], date=row["date"], end=row["end"], needs=_groups(row["needs"]), denied=_groups(row["denied"]), text=row["text"],
                reference=row["reference"], source=row["source"], grade=row["grade"],
        )
        for row in rows
    )  # fmt: skip


def _groups(text: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{each.strip()})", re.IGNORECASE) for each in text.split("&") if each.strip())


def told(text: str, context: str, acts: Sequence[Act], published: str) -> Told | None:
    """Return what a sentence tells of an act, the act with most words met first.

    Args:
        text: the sentence.
        context: the sentences before it, which may supply at most one group.
        acts: on record.
        published: ISO day of publication.
    """
    best: tuple[tuple[int, int], Told] | None = None
    day = event_date(text, published, "") or ""
    for act in acts:
        missing = [group for group in act.needs if not group.search(text)]
        if (act.date and act.date > published) or not _fits(act, missing, context, day, published):
            continue
        verdict = _verdict(text, act, published)
        rank = (len(act.needs) - len(missing), -len(missing))
        if verdict is None or (missing and verdict[0] != "supported"):
            continue
        if best is None or rank > best[0]:
            best = rank, Told(verdict=verdict[0], act=act, why=verdict[1])
    return best[1] if best else None


def _fits(act: Act, missing: Sequence[re.Pattern[str]], context: str, day: str, published: str) -> bool:
    """Say whether a sentence may tell an act: all groups met, or one by the sentences before while the act is news."""
    if len(act.date) == DAY and re.search(r"\d{4}-\d\d-\d\d$", day) and _days_between(day, published) <= WEEK:
        ends = [each for each in (act.date, act.end) if len(each) == DAY]
        if (
            act.date
            and all(_days_between(day, each) > WEEK for each in ends)
            and _days_between(act.date, published) > WEEK
        ):
            return False
    if not missing:
        return True
    is_news = len(act.date) == DAY and _days_between(act.date, published) <= NEWS
    return is_news and len(missing) == 1 and len(act.needs) > 2 and missing[0].search(context) is not None


def _days_between(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _verdict(text: str, act: Act, published: str) -> tuple[str, str] | None:
    if any(group.search(text) for group in act.denied):
        return "contradicted", "the record says otherwise"
    if (
        act.end
        and act.end <= published
        and re.search(
            r"\b(?:still|remains?|stands|is in force|are in force|continues?|must|needs?|is banned|holds)\b", text
        )
    ):
        return "outdated", f"true until {act.end}"
    days = [period for _, period in mentions(text, published) if len(period) == 10]
    if act.date and len(act.date) == 10 and days and not any(_near(day, act) for day in days):
        own = {each for each in (act.date, act.end) if each}
        same_matter = [day for day in days if day[:4] == act.date[:4]]
        return ("contradicted", f"on record for {act.date}") if same_matter and not own & set(days) else None
    return "supported", "as on record"


def _near(day: str, act: Act) -> bool:
    text = f"{act.date} {act.end} {act.text} {act.reference}"
    return day in text or f"{int(day[8:])} {_MONTHS[int(day[5:7])]}" in text


_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
