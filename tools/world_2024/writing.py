"""Writing tables, and describing them as a Frictionless Data Package."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NUMBERS = {
    "value",
    "low",
    "high",
    "probability",
    "baci_t",
    "baci_kusd",
    "unit_value_usd_per_kg",
    "ndfeb_share",
    "corrected_t",
    "monthly_need",
    "stock",
    "months_to_replace",
    "value_of_output_usd_per_unit",
    "investment_musd",
    "kusd",
    "t",
}
INTEGERS = {"year", "base_year"}
MEANINGS = {
    "value": "the number used",
    "unit": "its unit",
    "low": "lower end of the 80 percent range; empty when equal to the value",
    "high": "upper end of the range",
    "year": "the year it describes",
    "source": "key of references.bib, or 'assumed'",
    "grade": "A, B, B-, C, derived or assumed",
    "reason": "how it was derived, or why it was assumed",
    "inputs": "figures it was computed from, parted by ;",
    "kusd": "value in thousand USD",
    "t": "product weight in tonnes; empty where no quantity was reported",
    "good": "code of goods.csv",
    "mineral": "code of minerals.csv",
    "basis": "what a tonne is a tonne of",
    "country": "ISO 3166 alpha-3, or ROW",
    "exporter": "ISO 3166 alpha-3, or ROW",
    "importer": "ISO 3166 alpha-3, or ROW",
}


def write(folder: Path, name: str, lines: Sequence[dict[str, object]]) -> None:
    """Write one table: UTF-8, LF, header first."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def package(folder: Path, titles: dict[str, str]) -> None:
    """Write ``datapackage.json`` (Data Package v2) for every table of the folder.

    Args:
        folder: the data folder.
        titles: what each table holds, by its path.
    """
    resources = []
    for name, title in titles.items():
        with (folder / name).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        resources.append(
            {
                "name": name.removesuffix(".csv").replace("/", "-").replace("_", "-"),
                "path": name,
                "title": title,
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [_field(column) for column in header], "missingValues": [""]},
            }
        )
    about = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "rare-earths-2024",
        "title": "Rare earths, magnets, chips, design software, engines and ethane, 2024: who makes and needs what",
        "description": "Every figure carries unit, range, year, source and grade; sources are in references.bib.",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [
            {"title": "USGS Mineral Commodity Summaries 2025 and 2026 (public domain)"},
            {"title": "CEPII BACI V202601 (Etalab Open Licence 2.0)"},
            {"title": "IEA Critical Minerals Data Explorer, Global Critical Minerals Outlook 2025 (CC BY 4.0)"},
            {"title": "General Administration of Customs of China, as reported by the press (facts)"},
            {"title": "U.S. Energy Information Administration and company results, as reported by the press (facts)"},
        ],
        "resources": resources,
    }
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _field(column: str) -> dict[str, str]:
    kind = "number" if column in NUMBERS else "integer" if column in INTEGERS else "string"
    field = {"name": column, "type": kind}
    return field | {"description": MEANINGS[column]} if column in MEANINGS else field
