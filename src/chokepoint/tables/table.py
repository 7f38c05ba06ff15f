"""What a table is, before anybody decides how to write it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, SupportsFloat, SupportsIndex, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Cell = str | float | int | bool | dt.date | None

NAME = re.compile(r"[a-z][a-z0-9_]*")


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table.

    Args:
        name: small letters, digits and underscores; a quantity ends in its unit (``supply_t_per_month``).
        unit: its unit, empty for text and dates.
        note: what it means, in a sentence.
    """

    name: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A result as rows and columns.

    Args:
        name: file and sheet name; small letters, digits and underscores.
        title: its name for people.
        columns: at least one.
        rows: cells in the order of the columns. None is a missing value, and so is NaN.

    Raises:
        ValueError: a name that cannot be a file, a column twice, a row of another length, or a column that
            mixes text and numbers.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a table that no file format could hold faithfully."""
        names = [column.name for column in self.columns]
        for name in (self.name, *names):
            if not NAME.fullmatch(name):
                message = f"{self.name}: {name!r} is no name for a table or column"
                raise ValueError(message)
        if len(set(names)) < len(names) or not names:
            message = f"{self.name}: a table needs columns, each of another name"
            raise ValueError(message)
        if any(len(row) != len(names) for row in self.rows):
            message = f"{self.name}: a row does not have {len(names)} cells"
            raise ValueError(message)
        object.__setattr__(self, "rows", tuple(tuple(_plain(cell) for cell in row) for row in self.rows))
        for name, kinds in zip(names, map(_kinds, zip(*self.rows, strict=True)), strict=False):
            if len(kinds) > 1 and kinds != {int, float}:
                message = f"{self.name}.{name}: one column holds {' and '.join(sorted(k.__name__ for k in kinds))}"
                raise ValueError(message)

    def kind(self, number: int) -> type[Cell]:
        """Return what a column holds: ``str``, ``float``, ``int``, ``bool`` or ``date``; text when it is empty."""
        kinds = _kinds(row[number] for row in self.rows)
        return float if float in kinds else next(iter(kinds), str)


def tabulate(
    name: str,
    title: str,
    records: Iterable[Record],
    kind: type[Record],
    *,
    notes: Mapping[str, tuple[str, str]] | None = None,
) -> Table:
    """Make a table of records, one column per field.

    Args:
        name: name of the table.
        title: its name for people.
        records: instances of ``kind``.
        kind: a dataclass; the metadata ``unit`` and ``note`` of its fields describe the columns.
        notes: unit and note by field name, for records that carry no metadata.

    Returns:
        The table, rows in the order of the records.
    """
    described = notes or {}
    columns = tuple(
        Column(
            name=field.name,
            unit=described.get(field.name, (field.metadata.get("unit", ""), ""))[0],
            note=described.get(field.name, ("", field.metadata.get("note", "")))[1],
        )
        for field in dataclasses.fields(kind)
    )
    rows = tuple(tuple(cast("Cell", getattr(record, column.name)) for column in columns) for record in records)
    return Table(name=name, title=title, columns=columns, rows=rows)


def _kinds(cells: Iterable[Cell]) -> set[type[Cell]]:
    return {type(cell) for cell in cells if cell is not None}


def _plain(cell: object) -> Cell:
    """Return a cell as a plain Python value; a number of an array is one."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        return str(cell)
    if isinstance(cell, np.bool_):
        return bool(cast("object", cell))
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return cell
    # The plain kinds are asked first: whether a cell merely acts like a number takes far longer to find out.
    if not isinstance(cell, float) and isinstance(cell, int | SupportsIndex):
        return int(cell)
    if isinstance(cell, float | SupportsFloat):
        number = float(cell)
        # Adding zero turns -0.0 into 0.0, which is what a reader expects to see.
        return None if math.isnan(number) else number + 0.0
    message = f"{cell!r} cannot stand in a table"
    raise ValueError(message)
