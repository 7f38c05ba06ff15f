"""Write a built world as a folder of tables in the layout of the bundled ones, so that it loads as they do."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from chokepoint.records.rows import (
    BlocRow,
    ContractRow,
    CorrectionRow,
    DepositRow,
    EvidenceRow,
    FlowRow,
    GoodRow,
    ParameterRow,
    ProductionRow,
    ProjectRow,
    RecipeRow,
    StoreRow,
    TotalRow,
    UseRow,
    WorldRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from chokepoint.records.rows import Row
    from chokepoint.records.tables import Tables

COPIED = ("countries.csv", "references.bib")


def write_world(tables: Tables, folder: Path, data: Traversable) -> None:
    """Write the tables of one world.

    Args:
        tables: its rows; folder: an empty folder; data: whose crosswalk of countries and references it shares.
    """
    parts: tuple[tuple[str, type[Row], Sequence[Row]], ...] = (
        ("worlds.csv", WorldRow, tables.worlds),
        ("goods.csv", GoodRow, tables.goods),
        ("blocs.csv", BlocRow, tables.blocs),
        ("recipes.csv", RecipeRow, tables.recipes),
        ("production.csv", ProductionRow, tables.production),
        ("uses.csv", UseRow, tables.uses),
        ("totals.csv", TotalRow, tables.totals),
        ("stores.csv", StoreRow, tables.stores),
        ("projects.csv", ProjectRow, tables.projects),
        ("deposits.csv", DepositRow, tables.deposits),
        ("contracts.csv", ContractRow, tables.contracts),
        ("parameters.csv", ParameterRow, tables.parameters),
        ("magnet_export_correction.csv", CorrectionRow, tables.corrections),
        ("evidence.csv", EvidenceRow, tables.evidence),
    )
    for name, model, rows in parts:
        _write(folder / name, model, rows)
    (folder / "flows").mkdir()
    for good in tables.goods:
        lanes = [row for row in tables.flows if row.good == good.good]
        _write(folder / "flows" / f"{good.good}.csv", FlowRow, lanes)
    for name in COPIED:
        (folder / name).write_text(data.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def _write(path: Path, model: type[Row], rows: Sequence[Row]) -> None:
    """Write one table, keys first and the columns of a figure last, as in the bundled tables."""
    figure = ("value", "unit", "low", "high", "year", "source", "grade", "reason", "inputs")
    fields = list(model.model_fields)
    columns = [name for name in fields if name not in figure] + [name for name in figure if name in fields]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            values = row.model_dump()
            writer.writerow(["" if values[name] is None else values[name] for name in columns])
