"""JSON Schemas of scenario, measure and talks files, so that an editor can complete and check while somebody types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chokepoint.records.measure_schema import MEASURE
from chokepoint.records.scenario_schema import SCENARIO
from chokepoint.records.talks_schema import TALKS

if TYPE_CHECKING:
    from pathlib import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of each schema file, by file name."""
    found: dict[str, tuple[str, dict[str, Any]]] = {
        "measure.json": ("A measure: one dated act of a state", MEASURE.json_schema()),
        "scenario.json": ("A scenario and its branches", SCENARIO.json_schema()),
        "talks.json": ("Talks: parties, issues with their levels, and security values", TALKS.json_schema()),
    }
    return {
        name: json.dumps({"$schema": DIALECT, **schema, "title": title}, indent=2, ensure_ascii=False) + "\n"
        for name, (title, schema) in found.items()
    }


def write_schemas(folder: Path) -> None:
    """Write the schema files into a folder (``src/chokepoint/data/schemas``), after a change to the records."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
