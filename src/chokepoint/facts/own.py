"""A user's own figures on top of the bundle: seen first, and said aloud where they replace something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.facts.bundle import Facts, gather
from chokepoint.facts.mineral import Mineral
from chokepoint.records.figures import Known, OwnFigure, read_figures
from chokepoint.sources.fact import Fact

if TYPE_CHECKING:
    from pathlib import Path

    from chokepoint.countries import Countries


def with_own(bundled: Facts, path: Path, countries: Countries) -> Facts:
    """Return the bundle with a user's figures before its own; ``warnings`` says what they replace.

    Args:
        bundled: the bundle.
        path: the user's .csv or .xlsx file.
        countries: the crosswalk of country names.

    Raises:
        DataError: everything that is wrong with the file, numbered.
    """
    rows = read_figures(path, known_of(bundled, countries))
    minerals = dict(bundled.minerals)
    for row in rows:
        minerals[row.mineral] = _with_stage(minerals.get(row.mineral), row)
    return gather(minerals, bundled.facts, (_fact(row, path.name) for row in rows))


def known_of(bundled: Facts, countries: Countries) -> Known:
    """Return what a user's row may name: spellings, stages, and what the bundle weighs at each."""
    weights: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for each in bundled.facts:
        weights[each.mineral, each.measure, each.stage].add(each.basis)
    return Known(
        minerals={spelling.casefold(): each.code for each in bundled.minerals.values() for spelling in each.spellings},
        stages={code: each.stages for code, each in bundled.minerals.items()},
        weights={key: frozenset(each) for key, each in weights.items()},
        countries=countries,
    )


def _with_stage(mineral: Mineral | None, row: OwnFigure) -> Mineral:
    """Return the mineral a row speaks of; one that the bundle does not know gets its stages as the rows name them."""
    if mineral is None:
        stages = (row.stage,) if row.stage else ()
        return Mineral(code=row.mineral, name=row.name, symbol="", aliases=(), stages=stages)
    if row.stage and row.stage not in mineral.stages:
        return replace(mineral, stages=(*mineral.stages, row.stage))
    return mineral


def _fact(row: OwnFigure, file: str) -> Fact:
    return Fact(
        mineral=row.mineral,
        stage=row.stage,
        measure=row.measure,
        country=row.country,
        year=row.year,
        value=row.value,
        unit=row.unit,
        basis=row.basis,
        low=row.low,
        high=row.high,
        source=row.source,
        grade=row.grade,
        reason="; ".join(each for each in (row.reason, f"your figure, {file}:{row.line}") if each),
    )
