"""Breaks: whether a series jumps in a year in which the codes of trade were revised."""

from __future__ import annotations

import csv
import math
import statistics
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

REVISIONS = (1996, 2002, 2007, 2012, 2017, 2022)
"""Years in which a revision of the Harmonized System took effect."""

USUAL_TIMES = 3.0
LEAST_JUMP = math.log(1.5)
LEAST_CHANGES = 4
WINDOW = 5
BROKEN = ("jump", "source changes")


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """What a series does in one year of revision.

    Args:
        year: of the revision.
        before, after: the series in the year before and in the year itself; None where it has no number.
        usual: median of its yearly changes in the years around, as a factor (1 for none); None where too few are known.
        verdict: ``not covered``, ``source changes``, ``too short to tell``, ``usual`` or ``jump``.
    """

    year: int
    before: float | None
    after: float | None
    usual: float | None
    verdict: str


def jumps(folder: Traversable | None = None) -> dict[str, tuple[int, ...]]:
    """Return the years of revision in which each bundled series jumps or changes its source, by name of the series.

    Args:
        folder: a data folder; left out, the one that ships.
    """
    data = folder or resources.files("chokepoint") / "data"
    found: dict[str, tuple[int, ...]] = {}
    for row in csv.DictReader(data.joinpath("trade", "breaks.csv").read_text(encoding="utf-8").splitlines()):
        if row["verdict"] in BROKEN:
            found[row["series"]] = (*found.get(row["series"], ()), int(row["year"]))
    return found


def check(series: Mapping[int, float], year: int, sources: Mapping[int, str] | None = None) -> Break:
    """Compare the change into a year of revision with the usual changes of the five years on either side.

    With ``d_y = |ln(x_y / x_(y-1))|`` the change is a jump if ``d_y`` exceeds three times the median of the others and
    a factor of one and a half. Where the years rest on different files the series breaks whatever it does.

    Args:
        series: values by year, above 0.
        year: of the revision.
        sources: what each year rests on (file, revision); left out, all on one.

    Returns:
        The numbers on both sides and the verdict.

    Example:
        >>> check({year: 100.0 + year % 2 for year in range(2000, 2010)} | {2007: 400.0}, 2007).verdict
        'jump'
    """
    before, after = series.get(year - 1), series.get(year)
    if before is None or after is None:
        return Break(year=year, before=before, after=after, usual=None, verdict="not covered")
    if sources and sources[year - 1] != sources[year]:
        return Break(year=year, before=before, after=after, usual=None, verdict="source changes")
    around = range(year - WINDOW, year + WINDOW + 1)
    changes = [
        abs(math.log(series[each] / series[each - 1]))
        for each in around
        if each != year and each in series and each - 1 in series
    ]
    if len(changes) < LEAST_CHANGES:
        return Break(year=year, before=before, after=after, usual=None, verdict="too short to tell")
    usual = statistics.median(changes)
    is_jump = abs(math.log(after / before)) > max(LEAST_JUMP, USUAL_TIMES * usual)
    return Break(year=year, before=before, after=after, usual=math.exp(usual), verdict="jump" if is_jump else "usual")
