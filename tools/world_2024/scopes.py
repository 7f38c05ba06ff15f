"""What each number of behaviour holds for, and the rows of classes, which are kept by hand."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Line = dict[str, object]
CLASSES = ("by_product", "mine")
"""Classes of makers that every world knows; those of chains alone have the scope ``chain``."""

BY_STAGE, BY_USE = ("lead_time",), ("heavy_share",)
"""Parameters whose names end in a stage or a use."""


def scoped(written: Mapping[str, Sequence[Line]]) -> list[Line]:
    """Return the computed lines of ``parameters.csv`` with what each holds for.

    Args:
        written: the lines of every table, by its name.
    """
    goods = {str(line["good"]) for line in written["goods.csv"]}
    plants = {str(line["kind"]) for line in written["recipes.csv"]}
    sectors = {str(line["sector"]) for line in written["uses.csv"]}
    return [{"scope": _scope(str(line["name"]), goods, plants, sectors), **line} for line in written["parameters.csv"]]


def _scope(name: str, goods: set[str], plants: set[str], sectors: set[str]) -> str:
    stated, *of = name.split(".")
    if of and of[0] in CLASSES:
        return "class"
    if stated in BY_STAGE:
        return "stage"
    if plants & set(of):
        return "plant"
    if stated in BY_USE or (goods & set(of) and sectors & set(of)):
        return "use"
    return "good" if goods & set(of) else "general"


def kept_by_hand(folder: Path) -> list[Line]:
    """Return the lines of classes of chains, as they stand in the folder."""
    table = folder / "parameters.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return [dict(line) for line in csv.DictReader(file) if line["scope"] == "chain"]
