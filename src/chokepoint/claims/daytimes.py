"""Times of day, in minutes after midnight."""

from __future__ import annotations

import re

from chokepoint.claims.portions import Portion

_CLOCK = re.compile(
    r"(?:\b(?:about|around|at about)\s+)?(?<![\d:.,$€£])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|o['’]clock(?P<late>\s+(?:in the (?:afternoon|evening)|at night))?)"
    r"|(?<![\d:.,])(?P<hour2>[01]?\d|2[0-4])[:h](?P<minute2>[0-5]\d)(?![\d:])(?P<late2>\s+(?:in the (?:afternoon|evening)|at night))?(?:\s+(?:in the morning|hours|GMT|CET))?"
    r"|(?P<hour3>\d{1,2})\s*(?:时|點|点|시)(?P<minute3>\d{1,2})?(?:分|분)?",
    re.IGNORECASE,
)


def clocks(text: str) -> list[Portion]:
    """Return the times of day of a text, in minutes after midnight."""
    found: list[Portion] = []
    for match in _CLOCK.finditer(text):
        minutes = _minutes(match)
        if minutes is not None:
            found.append(Portion(start=match.start(), end=match.end(), low=minutes, high=minutes, unit="clock"))
    return found


def _minutes(match: re.Match[str]) -> float | None:
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
    half = "p" if match["late"] or match["late2"] else (match["half"] or "").lower()
    if hour > 24 or minute >= 60:
        return None
    shift = {"p": 12 if hour < 12 else 0, "a": -12 if hour == 12 else 0}.get(half, 0)
    return 60.0 * (hour + shift) + minute
