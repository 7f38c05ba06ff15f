"""Times of day, in minutes after midnight."""

from __future__ import annotations

import re

from chokepoint.claims.numerals import UNITS
from chokepoint.claims.portion import Portion

_CLOCK = re.compile(
    r"(?:\b(?:about|around|at about)\s+)?(?<![\d:.,$€£])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|o['’]clock(?P<late>\s+(?:in the (?:afternoon|evening)|at night))?)"
    r"|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4])[:h](?P<minute2>[0-5]\d)(?![\d:])(?P<late2>\s+(?:in the (?:afternoon|evening)|at night))?(?:\s+(?:in the morning|hours|GMT|CET))?"
    r"|(?P<hour3>\d{1,2})\s*(?:时|點|点|시)(?P<minute3>\d{1,2})?(?:分|분)?",
    re.IGNORECASE,
)


_SPOKEN = re.compile(
    r"\b(?:a\s+)?(?P<part>quarter|half|five|ten|twenty|twenty-five)\s+(?P<side>to|past)\s+(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_PARTS = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}


def _spoken(text: str) -> list[Portion]:
    """Return times such as "a quarter to seven"."""
    found: list[Portion] = []
    for match in _SPOKEN.finditer(text):
        hour, part = UNITS[match["hour"].lower()], _PARTS[match["part"].lower()]
        minutes = float(60 * hour + (part if match["side"].lower() == "past" else -part))
        if part >= 15 or "past" in match.group().lower():
            found.append(Portion(start=match.start(), end=match.end(), low=minutes, high=minutes, unit="clock"))
    return found


def clocks(text: str) -> list[Portion]:
    """Return the times of day of a text, in minutes after midnight."""
    found: list[Portion] = []
    for match in _CLOCK.finditer(text):
        minutes = _minutes(match)
        if minutes is not None:
            found.append(Portion(start=match.start(), end=match.end(), low=minutes, high=minutes, unit="clock"))
    return found + _spoken(text)


def _minutes(match: re.Match[str]) -> float | None:
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
    half = "p" if match["late"] or match["late2"] else (match["half"] or "").lower()
    if hour > 24 or minute >= 60:
        return None
    shift = {"p": 12 if hour < 12 else 0, "a": -12 if hour == 12 else 0}.get(half, 0)
    return 60.0 * (hour + shift) + minute
