"""Behaviour of the goods, plants and uses of a built world: the rows of their class, under their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.records.rows import ParameterRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chokepoint.records.chain_rows import BehaviourRow
    from chokepoint.records.tables import Tables

UNRECORDED, REEXPORT = "unrecorded", "reexport"
"""Classes of plants that building itself adds."""


def behaviour_rows(
    rows: Iterable[BehaviourRow], members: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[ParameterRow, ...]:
    """Return the parameters of goods, kinds and uses.

    Args:
        rows: of all classes.
        members: name to be written, and the classes it belongs to, the one that goes first first.

    Returns:
        ``<parameter>.<name>`` for each parameter a class of the member has.
    """
    by_class: dict[str, dict[str, BehaviourRow]] = {}
    for row in rows:
        by_class.setdefault(row.of, {})[row.parameter] = row
    found: dict[str, ParameterRow] = {}
    for name, classes in members:
        for each in classes:
            for parameter, row in by_class.get(each, {}).items():
                found.setdefault(f"{parameter}.{name}", _parameter(f"{parameter}.{name}", row))
    return tuple(found.values())


def _parameter(name: str, row: BehaviourRow) -> ParameterRow:
    return ParameterRow(
        name=name,
        value=row.value,
        unit=row.unit,
        low=row.low,
        high=row.high,
        year=row.year,
        source=row.source,
        grade=row.grade,
        reason=f"as {row.of.replace('_', ' ')}: {row.reason}",
        inputs=row.inputs,
    )


def general_parameters(tables: Tables) -> Iterator[ParameterRow]:
    """Yield the parameters of the bundled tables that concern no good or kind of theirs in particular."""
    own = {row.good for row in tables.goods} | {row.kind for row in tables.recipes}
    own |= {row.project for row in tables.projects}
    for row in tables.parameters:
        words = set(row.name.split("."))
        if not words & own:
            yield row
