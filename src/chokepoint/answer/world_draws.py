"""A world drawn again and again inside the ranges of its own figures, its balances closed anew each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from chokepoint import bundle
from chokepoint.errors import DataError
from chokepoint.records.rows import FigureRow
from chokepoint.uncertainty import latin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.provenance import Figure
    from chokepoint.records.tables import Tables
    from chokepoint.world import World

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
