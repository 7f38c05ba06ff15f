"""The check of every series at the revisions of the Harmonized System, as a table."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from chokepoint.facts.breaks import REVISIONS, Break, check
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chokepoint.sources.fact import Fact

HEADER = ("series", "year", "before", "after", "usual_factor", "verdict")
PLACES = (WORLD, "USA")


def table(data: Path, facts: Iterable[Fact]) -> list[tuple[str, ...]]:
    """Return one line per series and revision: trade by code (thousand USD), then totals of the world and the US."""
    lines = [line for name, series, sources in _trade(data / "trade") for line in _lines(name, series, sources)]
    by_name: dict[str, dict[int, Fact]] = defaultdict(dict)
    for each in facts:
        if each.mineral and each.country in PLACES and each.value and each.measure != "price":
            by_name[f"{each.measure}.{each.mineral}.{each.stage}.{each.country}|{each.basis}"].setdefault(
                each.year, each
            )
    for name, found in sorted(by_name.items()):
        if any(year in found and year - 1 in found for year in REVISIONS):
            numbers = {year: each.value or 0.0 for year, each in found.items()}
            lines += _lines(name.replace("..", "."), numbers, {year: each.source for year, each in found.items()})
    return lines


def write(data: Path, facts: Iterable[Fact]) -> int:
    """Write ``trade/breaks.csv``; return how many lines it has."""
    lines = table(data, facts)
    with (data / "trade" / "breaks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(lines)
    return len(lines)


def _trade(folder: Path) -> Iterator[tuple[str, dict[int, float], dict[int, str]]]:
    index: dict[str, dict[int, str]] = defaultdict(dict)
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            note = row["note"].partition(";")[0]
            revision = row["revision"]
            if revision.startswith("HS02 to 2016"):
                revision = "HS02" if int(row["year"]) <= 2016 else "HS17"
            index[row["hs6"]][int(row["year"])] = f"{revision} {'' if 'flows below' in note else note}"
    for code, sources in index.items():
        totals: dict[int, float] = defaultdict(float)
        with (folder / f"{code}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                totals[int(row["year"])] += float(row["kusd"])
        yield f"trade.{code}", dict(totals), sources


def _lines(name: str, series: dict[int, float], sources: dict[int, str]) -> list[tuple[str, ...]]:
    found: list[Break] = [check(series, year, sources) for year in REVISIONS]
    return [
        (name, str(each.year), _shown(each.before), _shown(each.after), _shown(each.usual), each.verdict)
        for each in found
        if each.verdict != "not covered"
    ]


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
