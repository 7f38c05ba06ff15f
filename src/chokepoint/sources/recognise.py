"""Say whose file this is and in which layout, or what differs first from every layout we know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem
from chokepoint.sources.opening import parts_of
from chokepoint.sources.publisher import ReadTrade
from chokepoint.sources.registry import PUBLISHERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chokepoint.sources.opening import Part
    from chokepoint.sources.publisher import Edition, Layout, Publisher

MOST_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """A table whose publisher and layout are known.

    Args:
        publisher, layout: whose and which.
        edition: which release.
        part: the table.
        delimiter: what parts its cells.
        header: number of the row its header stands in, from 0.
    """

    publisher: Publisher
    layout: Layout
    edition: Edition
    part: Part
    delimiter: str
    header: int


def recognise(path: Path) -> tuple[Recognised, ...]:
    """Find the publisher and layout of every table in a file.

    A zip may hold companions, such as tables of codes: they are passed over as long as something is known.

    Raises:
        DataError: nothing in the file is in a layout we read, or its name does not say what its lines do not.
    """
    parts = parts_of(path)
    found = tuple(each for part in parts if (each := _recognised(part)) is not None)
    if not found:
        raise DataError([_unknown(path, parts)])
    unnamed = [each for each in found if needs_revision(each.layout) and not each.edition.revision]
    if unnamed:
        raise DataError(_unnamed(each) for each in unnamed)
    return found


def needs_revision(layout: Layout) -> bool:
    """Whether the lines do not say of which revision of the classification they are."""
    return isinstance(layout.read, ReadTrade) and not layout.read.revision


def _layouts() -> Iterator[tuple[Publisher, Layout]]:
    for publisher in PUBLISHERS.values():
        yield from ((publisher, layout) for layout in publisher.layouts)


def _recognised(part: Part) -> Recognised | None:
    fitting = [
        (len(layout.columns), publisher, layout, delimiter, number)
        for delimiter, rows in part.rows
        for number, row in enumerate(rows)
        for publisher, layout in _layouts()
        if set(layout.columns) <= set(row)
    ]
    if not fitting:
        return None
    _, publisher, layout, delimiter, number = max(fitting, key=lambda each: each[0])
    edition = layout.edition_of(part.file.name, part.name)
    return Recognised(
        publisher=publisher, layout=layout, edition=edition, part=part, delimiter=delimiter, header=number
    )


def _unknown(path: Path, parts: tuple[Part, ...]) -> Problem:
    headers = [row for part in parts for _, rows in part.rows for row in rows if len(row) > 1]
    widest = max(headers, key=lambda row: (_nearness(row), len(row)), default=())
    shown = ", ".join(widest[:MOST_SHOWN]) + (", ..." if len(widest) > MOST_SHOWN else "")
    ranked = sorted(_layouts(), key=lambda each: -_share(each[1], widest))
    nearest: dict[str, str] = {}
    for publisher, layout in ranked:
        first = next(column for column in layout.columns if column not in widest)
        nearest.setdefault(publisher.key, f"{publisher.key} lacks '{first}'")
    tried = f"{len(ranked)} layouts were tried, the nearest first: {'; '.join(nearest.values())}"
    return Problem(
        where=path.name,
        found=f"columns {shown}" if widest else "no header of a table",
        expected=f"a layout that is read ({tried})",
        remedy="give renamed columns their names back; 'chokepoint sources list' says what is read",
    )


def _share(layout: Layout, row: tuple[str, ...]) -> float:
    return len(set(layout.columns) & set(row)) / len(layout.columns)


def _nearness(row: tuple[str, ...]) -> float:
    return max(_share(layout, row) for _, layout in _layouts())


def _unnamed(each: Recognised) -> Problem:
    return Problem(
        where=each.part.name,
        found=f"a file of {each.publisher.key} whose name does not say the revision of its codes",
        expected=f"a name {each.layout.named}",
        remedy="give the file the name it was published under",
    )
