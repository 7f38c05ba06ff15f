"""An indicator for every year there are figures, with the places marked where years do not compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Missing
from chokepoint.facts.breaks import REVISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chokepoint.exposure.of_country import Answer
    from chokepoint.exposure.picture import Picture

JUMP = 2.0
"""A value that at least doubles or halves from one year to the next is marked, so that somebody looks at it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One year of one indicator.

    Args:
        answer: of the year.
        breaks: why this year may not compare with the one before it; empty where nothing is known against it.
    """

    answer: Answer
    breaks: tuple[str, ...]


def over_time(
    pictures: Sequence[Picture],
    compute: Callable[[Picture], Iterable[Answer]],
    jumps: Mapping[str, tuple[int, ...]],
) -> tuple[Point, ...]:
    """Return the indicators of every year, in the order of mineral, stage, indicator and year.

    Args:
        pictures: one for each year, in order.
        compute: the indicators of a year.
        jumps: years in which a series of trade is known to break, by its name, from
            :func:`chokepoint.facts.breaks.jumps`.
    """
    series: dict[tuple[str, str, str], list[Answer]] = {}
    for picture in pictures:
        for each in compute(picture):
            if each.years and max(each.years) != picture.year:
                continue  # the figures of an earlier year are that year's point, not this one's
            series.setdefault((each.mineral, each.stage, each.indicator), []).append(each)
    return tuple(
        Point(answer=answer, breaks=breaks(answers[place - 1] if place else None, answer, jumps))
        for answers in series.values()
        for place, answer in enumerate(answers)
    )


def breaks(before: Answer | None, now: Answer, jumps: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    """Return what parts a year from the one before it."""
    if before is None or isinstance(before.result, Missing) or isinstance(now.result, Missing):
        return ()
    found: list[str] = []
    if now.revisions:
        found += [f"revision HS {year} of the customs codes" for year in REVISIONS if before.year < year <= now.year]
    if before.revisions != now.revisions:
        found.append(f"trade counted as {', '.join(now.revisions)} instead of {', '.join(before.revisions)}")
    for code in (each.split()[0] for each in now.revisions):
        years = [year for year in jumps.get(f"trade.{code}", ()) if before.year < year <= now.year]
        found += [f"world trade under {code} breaks in {year}" for year in years]
    if before.sources != now.sources:
        found.append(f"source changes from {', '.join(before.sources)} to {', '.join(now.sources)}")
    first, second = abs(before.result.value), abs(now.result.value)
    if min(first, second) > 0.0 and max(first / second, second / first) >= JUMP:
        found.append("the value at least doubles or halves")
    return tuple(found)
