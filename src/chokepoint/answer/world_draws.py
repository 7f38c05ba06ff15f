"""A world drawn again and again inside the ranges of its own figures, its balances closed anew each time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chokepoint import bundle
from chokepoint.errors import DataError
from chokepoint.exposure import concentration, supply_shares
from chokepoint.records.rows import FigureRow
from chokepoint.uncertainty import interval, latin
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.provenance import Figure
    from chokepoint.records.tables import Tables
    from chokepoint.world import World

SEED = 20241231
SHOWN_SHARE = 0.01
"""Makers below this share of output are not told apart."""

ROUNDING = 1e-6
"""A spread below this part of a number is what reconciliation leaves."""

R = TypeVar("R", bound=FigureRow)


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnWorld:
    """One draw: the world, and the figures it was drawn with, before reconciliation moved them."""

    world: World
    figures: Mapping[str, float]


def drawn_worlds(name: str, draws: int, seed: int) -> Iterator[DrawnWorld]:
    """Yield draws of a bundled world: output, lanes, uses and recipes inside their ranges, then reconciled.

    A draw whose balances cannot be closed is left out.

    Args:
        name: of the world; draws: how many; seed: where the drawing starts.

    Raises:
        DataError: an unknown name.
    """
    tables, held, crosswalk = bundle.tables_of(name)
    known = bundle.assemble(tables, held, crosswalk).figures
    figures = {each: figure for each, figure in ranged(tables).items() if each in known}
    values = latin(figures, draws, seed)
    for case in range(1, draws + 1):
        drawn = {each: float(numbers[case]) for each, numbers in values.items()}
        try:
            yield DrawnWorld(world=bundle.assemble(with_figures(tables, drawn), held, crosswalk), figures=drawn)
        except DataError:
            continue


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodSpread:
    """One number of a good of a world over the draws."""

    good: str
    number: str = field(metadata={"note": "production a year, HHI of output, or the share of a country in it"})
    unit: str
    low: float = field(metadata={"note": "one draw in ten is below"})
    median: float
    high: float = field(metadata={"note": "one draw in ten is above"})


def good_spreads(name: str, draws: int, seed: int = SEED) -> tuple[GoodSpread, ...]:
    """Return what a world shows of its goods over draws of its figures: output, concentration, the first makers.

    Args:
        name: of the world; draws: how many; seed: where the drawing starts.
    """
    found: dict[tuple[str, str, str], list[float]] = {}
    for each in drawn_worlds(name, draws, seed):
        for key, value in _numbers(each.world):
            found.setdefault(key, []).append(value)
    return tuple(
        GoodSpread(good=good, number=number, unit=unit, low=float(low), median=float(middle), high=float(high))
        for (good, number, unit), values in found.items()
        for low, middle, high in [interval(np.array(values))]
    )


def _numbers(world: World) -> Iterator[tuple[tuple[str, str, str], float]]:
    for row in concentration(world):
        yield (row.good, "production", f"{row.unit}/yr"), MONTHS_PER_YEAR * row.production_per_month
        yield (row.good, "HHI of output", "1"), row.hhi_of_production
    for share in supply_shares(world):
        if share.share_of_production >= SHOWN_SHARE:
            yield (share.good, f"share of {share.country}", "share"), share.share_of_production


def spreads_text(found: Sequence[GoodSpread], draws: int) -> str:
    """Return the spreads as lines, good by good; what no draw moves is left out."""
    lines = [f"Over {draws} draws of its own figures, reconciled anew each time: median (80 % interval)"]
    for each in found:
        if each.high - each.low > ROUNDING * abs(each.median):
            fan = f"{each.median:,.4g} ({each.low:,.4g} to {each.high:,.4g})"
            lines.append(
                f"  {each.good}, {each.number}: {fan} {'' if each.unit in {'1', 'share'} else each.unit}".rstrip()
            )
    return "\n".join(lines) + "\n"


def ranged(tables: Tables) -> dict[str, Figure]:
    """Return the figures that a world's quantities start from and that have a range."""
    rows = (*tables.production, *tables.flows, *tables.uses, *tables.recipes)
    figures = {row.figure_name: row.figure() for row in rows}
    return {name: figure for name, figure in figures.items() if figure.high > figure.low}


def with_figures(tables: Tables, values: Mapping[str, float]) -> Tables:
    """Return tables with some figures at other values, each certain there."""
    return replace(
        tables,
        production=_with(tables.production, values),
        flows=_with(tables.flows, values),
        uses=_with(tables.uses, values),
        recipes=_with(tables.recipes, values),
    )


def _with(rows: Sequence[R], values: Mapping[str, float]) -> tuple[R, ...]:
    return tuple(
        row.model_copy(update={"value": values[row.figure_name]}) if row.figure_name in values else row for row in rows
    )
