"""The rows of a world from the flows of its goods: the same rows the bundled tables hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.building.behaviour import REEXPORT
from chokepoint.building.plants import added
from chokepoint.facts import REST
from chokepoint.provenance import ASSUMED
from chokepoint.records.rows import GoodRow, ProductionRow, RecipeRow, StoreRow, TotalRow, UseRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.building.balance import GoodFlow, Ground
    from chokepoint.building.naming import Naming
    from chokepoint.building.origins import Matrix, Vector
    from chokepoint.records.chain_rows import ChainGoodRow

HELD = frozenset({"A", "B", "B-"})
"""Output of these grades at the head of a chain is kept when the books are closed."""

ROUTE = 0.01
"""Part of what a country passed on that stays in its books as re-export: the way round a control."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One good between named countries.

    Args:
        row: the good; flow: its books by place.
        sent: what is shipped between names, trifles removed; routes: the part that is re-export, seller by buyer.
        left: what final uses take, by name.
    """

    row: ChainGoodRow
    flow: GoodFlow
    sent: Matrix
    routes: Matrix
    left: Vector


def route_rows(ground: Ground, names: Naming, shown: Shown) -> Iterator[ProductionRow]:
    """Yield what is re-exported, by the country that passes it on."""
    unit = f"{shown.row.quantity_unit}/yr"
    routes = shown.routes.sum(axis=1)
    for number in np.flatnonzero(routes > 0.0):
        kind = f"{REEXPORT}_{shown.row.good}"
        yield added(ground, kind, names.names[number], float(routes[number]), unit, _REEXPORT)


_REEXPORT = f"{ROUTE:g} of what it was seen to pass on stays as re-export, so that the way round a control is open"


def recipe_rows(ground: Ground, rows: Sequence[ProductionRow]) -> Iterator[RecipeRow]:
    """Yield what every kind of plant in the rows takes and gives."""
    kinds = dict.fromkeys(row.kind for row in rows)
    made_by = {step.kind: step.good for step in ground.selection.steps}
    for kind in kinds:
        if kind in made_by:
            yield _by_definition(ground, kind, made_by[kind], "output")
            yield from (row for row in ground.selection.recipes if row.kind == kind)
            continue
        head, good = kind.split("_", maxsplit=1)
        yield _by_definition(ground, kind, good, "output")
        if head == REEXPORT:
            yield _by_definition(ground, kind, good, "input")


def _by_definition(ground: Ground, kind: str, good: str, direction: str) -> RecipeRow:
    return RecipeRow.model_validate(
        {
            "kind": kind,
            "country": "",
            "direction": direction,
            "good": good,
            "value": 1.0,
            "unit": "t/t",
            "year": ground.selection.year,
            "source": ASSUMED,
            "grade": ASSUMED,
            "reason": "by definition: the level is counted in this good",
        }
    )


def use_rows(ground: Ground, names: Naming, shown: Shown) -> Iterator[UseRow]:
    """Yield final uses: what arrives less what plants of the chain take, parted among sectors alike everywhere."""
    sectors = ground.selection.sectors[shown.row.good]
    for number in np.flatnonzero(shown.left > 0.0):
        total = float(shown.left[number])
        for sector in sectors:
            yield UseRow(
                good=shown.row.good,
                country=names.names[number],
                sector=sector.sector,
                value=total * sector.value,
                unit=f"{shown.row.quantity_unit}/yr",
                low=total * (sector.value if sector.low is None else sector.low) * 0.5,
                high=total * (sector.value if sector.high is None else sector.high) * 1.5,
                year=ground.selection.year,
                source=ASSUMED,
                grade=ASSUMED,
                reason=f"what arrives less what plants take, {sector.value:g} of it. {sector.reason}",
            )


def store_rows(names: Naming, shown: Shown) -> Iterator[StoreRow]:
    """Yield a store of industry wherever a good arrives."""
    for name, arrives in zip(names.names, shown.sent.sum(axis=0).tolist(), strict=True):
        if arrives > 0.0:
            yield StoreRow(good=shown.row.good, country=name, owner="industry")


def count_rows(ground: Ground, names: Naming, shown: Shown) -> Iterator[TotalRow]:
    """Yield what customs counted of a good alone, where a lane can carry it."""
    abroad = shown.sent - np.diag(np.diag(shown.sent))
    for row in ground.selection.counts:
        ends = [np.array([end in {"", name} for name in names.names]) for end in (row.exporter, row.importer)]
        if row.good == shown.row.good and float(abroad[np.ix_(*ends)].sum()) > 0.0:
            given = row.model_dump(exclude={"good", "exporter", "importer"})
            name = row.figure_name.replace(".", "_")
            lane = {"exporter": row.exporter, "importer": row.importer}
            yield TotalRow.model_validate(given | lane | {"total": name, "measures": "flow", "of": row.good})


def total_rows(ground: Ground, production: Sequence[ProductionRow]) -> Iterator[TotalRow]:
    """Yield what must be kept: output that a publisher reports of named countries, at the head of each chain."""
    heads = {step.kind for step in ground.selection.steps if step.stage and not ground.selection.inputs[step.kind]}
    for row in production:
        if row.kind in heads and row.grade in HELD and row.country != REST:
            yield TotalRow(
                total=f"{row.kind}_{row.country}",
                measures="production",
                of=row.kind,
                exporter=row.country,
                importer="",
                value=row.value,
                unit=row.unit,
                low=row.low,
                high=row.high,
                year=row.year,
                source=row.source,
                grade=row.grade,
                reason=row.reason,
            )


def good_row(row: ChainGoodRow) -> GoodRow:
    """Return a good as the tables of a world hold it."""
    fields = GoodRow.model_fields
    return GoodRow.model_validate({name: value for name, value in row.model_dump().items() if name in fields})
