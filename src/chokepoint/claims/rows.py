"""Rows of the tables that ship, as an article is read against them."""

from __future__ import annotations

import csv
from importlib import resources


def bundled_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the data folder by column, such as ``claims/verbs.csv``."""
    text = resources.files("chokepoint").joinpath("data", *name.split("/")).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
