"""Behaviour of the goods, plants and uses of a built world: the rows of their class, under their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chokepoint.records.rows import ParameterRow
    from chokepoint.records.tables import Tables

UNRECORDED, REEXPORT = "unrecorded", "reexport"
"""Classes of plants that building itself adds."""

Member = tuple[Literal["good", "plant", "use"], str, tuple[str, ...]]
"""What has behaviour: what it is, its name, and the classes it belongs to, the one that goes first first."""


def behaviour_rows(rows: Iterable[ParameterRow], members: Iterable[Member]) -> tuple[ParameterRow, ...]:
    """Return the parameters of goods, plants and uses.

    Args:
        rows: of all classes; members: what has behaviour.

    Returns:
        ``<parameter>.<name>`` for each parameter a class of the member has.
    """
    by_class: dict[str, dict[str, ParameterRow]] = {}
    for row in rows:
        stated, of = row.parts
        by_class.setdefault(of, {})[stated] = row
    found: dict[str, ParameterRow] = {}
    for scope, name, classes in members:
        for each in classes:
            for stated, row in by_class.get(each, {}).items():
                said = f"as {each.replace('_', ' ')}: {row.reason}"
                own = {"scope": scope, "name": f"{stated}.{name}", "reason": said}
                found.setdefault(f"{stated}.{name}", row.model_copy(update=own))
    return tuple(found.values())


def general_parameters(tables: Tables) -> Iterator[ParameterRow]:
    """Yield the parameters of the bundled tables that concern no good or plant of theirs, nor of chains."""
    own = {row.good for row in tables.goods} | {row.kind for row in tables.recipes}
    own |= {row.project for row in tables.projects}
    for row in tables.parameters:
        words = set(row.name.split("."))
        if not words & own and row.scope != "chain":
            yield row
