"""Tables and charts: the exhibits of a report, each checked against what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.tables import Table

# What each kind of chart must be told and may be told: the role of a column -> where it goes.
REQUIRED: dict[str, tuple[str, ...]] = {
    "shares": ("stage", "country", "share"),
    "fan": ("month", "median", "low", "high"),
    "lines": ("month", "value", "series"),
    "stocks": ("month", "cover", "country"),
    "losses": ("party", "component", "value"),
    "compare": ("item", "value"),
    "plane": ("x", "y", "name", "group"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "shares": (),
    "fan": ("destination", "reported", "naive"),
    "lines": ("facet", "low", "high", "quoted"),
    "stocks": ("low", "high"),
    "losses": ("low", "high"),
    "compare": ("series", "low", "high"),
    "plane": ("facet", "share"),
}
SECTION_OF_KIND: dict[str, str] = {
    "shares": "chain",
    "fan": "exports",
    "lines": "prices",
    "stocks": "stocks",
    "losses": "losses",
    "compare": "comparison",
    "plane": "talks",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A dated act drawn as a thin line across a chart over time; ``date`` is ``YYYY-MM-DD``."""

    date: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A drawing of one table.

    Args:
        id: short name, unique on the page; letters, digits, hyphens.
        kind: shares, fan, lines, stocks, losses, compare or plane.
        title: what the chart shows, as a sentence if it can be one.
        caption: how to read it and what to doubt.
        table: name of the table it draws.
        unit: unit of the drawn value.
        encoding: role of a column (``month``, ``low`` ...) -> its name in the table.
        options: ``log`` (lines), ``emphasis`` (shares), ``total`` (losses: the component that carries the interval),
            ``label_<role>`` (words in the legend or at an axis).
        events: dated acts (fan, lines, stocks).
        section: where it stands; by default the section of its kind.
    """

    id: str
    kind: str
    title: str
    caption: str
    table: str
    unit: str
    encoding: Mapping[str, str]
    options: Mapping[str, str | float | bool] = field(default_factory=dict[str, "str | float | bool"])
    events: tuple[Event, ...] = ()
    section: str = ""

    def check(self, tables: Mapping[str, Table]) -> None:
        """Raise ValueError unless the table and every column the chart names are there."""
        if self.kind not in REQUIRED:
            message = f"chart {self.id}: kind {self.kind!r} is none of {', '.join(REQUIRED)}"
            raise ValueError(message)
        if self.table not in tables:
            message = f"chart {self.id}: no table is called {self.table!r}"
            raise ValueError(message)
        missing = [role for role in REQUIRED[self.kind] if role not in self.encoding]
        known = (*REQUIRED[self.kind], *OPTIONAL[self.kind])
        strange = [role for role in self.encoding if role not in known]
        if missing or strange:
            said = [f"lacks {role}" for role in missing] + [f"does not know {role}" for role in strange]
            message = f"chart {self.id}: the encoding of kind {self.kind!r} {', '.join(said)}"
            raise ValueError(message)
        columns = {column.name for column in tables[self.table].columns}
        for role, name in self.encoding.items():
            if name not in columns:
                message = f"chart {self.id}: {role} is to be column {name!r}, which table {self.table!r} lacks"
                raise ValueError(message)
