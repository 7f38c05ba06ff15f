"""Write a built world as a folder of tables in the layout of the bundled ones, so that it loads as they do."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from chokepoint.provenance import ASSUMED
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
from chokepoint.records.tables import REFERENCE_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from chokepoint.records.references import Reference
    from chokepoint.records.rows import Row
    from chokepoint.records.tables import Tables


def write_world(tables: Tables, folder: Path, data: Traversable, cited: Mapping[str, Reference]) -> None:
    """Write the tables of one world.

    Args:
        tables: its rows; folder: an empty folder; data: whose crosswalk of countries and references it shares.
        cited: references of sources that are not among those, by key.
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
    references = data.joinpath("references.bib").read_text(encoding="utf-8")
    references += "".join(f"\n{each.entry}\n" for each in cited.values())
    keys = _new_keys(tables, references)
    for name, model, rows in parts:
        _write(folder / name, model, rows, keys)
    (folder / "flows").mkdir()
    for good in tables.goods:
        lanes = [row for row in tables.flows if row.good == good.good]
        _write(folder / "flows" / f"{good.good}.csv", FlowRow, lanes, keys)
    countries = data.joinpath("countries.csv").read_text(encoding="utf-8")
    (folder / "countries.csv").write_text(countries, encoding="utf-8", newline="\n")
    added = "".join(f"\n@misc{{{key},\n  title = {{{source}}},\n}}\n" for source, key in keys.items())
    (folder / "references.bib").write_text(references + added, encoding="utf-8", newline="\n")


def _new_keys(tables: Tables, references: str) -> dict[str, str]:
    """Return a key for every source that is not among the references: a user's own."""
    known = {*REFERENCE_KEY.findall(references), ASSUMED}
    own = dict.fromkeys(row.source for row in tables.figure_rows if row.source not in known)
    return {source: f"own_{number}" for number, source in enumerate(own, start=1)}


def _write(path: Path, model: type[Row], rows: Sequence[Row], keys: Mapping[str, str]) -> None:
    """Write one table, keys first and the columns of a figure last, as in the bundled tables."""
    figure = ("value", "unit", "low", "high", "year", "source", "grade", "reason", "inputs")
    fields = list(model.model_fields)
    columns = [name for name in fields if name not in figure] + [name for name in figure if name in fields]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            values = row.model_dump()
            values["source"] = keys.get(values.get("source", ""), values.get("source", ""))
            writer.writerow(["" if values[name] is None else values[name] for name in columns])
