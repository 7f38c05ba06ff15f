"""Writing tables, and describing them as a Frictionless Data Package."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from world_2024.meanings import MEANINGS

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
    "missed_log2",
    "corrected_t",
    "monthly_need",
    "stock",
    "months_to_replace",
    "value_of_output_usd_per_unit",
    "investment_musd",
    "value_musd",
    "before",
    "after",
    "usual_factor",
    "kusd",
    "t",
    "median",
    "share_of_draws",
    "least_usd_per_kg",
    "most_usd_per_kg",
}
INTEGERS = {"draws", "solved", "seed", "year", "base_year", "rank", "first_year", "last_year"}
CLAIMS = {
    "gazetteer.csv": "Names an article may hold",
    "claims/reported.csv": "Figures reported by press and agencies",
    "claims/acts.csv": "Acts and reported facts",
    "claims/agreements.csv": "Agreements and their terms",
    "claims/circulating.csv": "Often-repeated claims with their first known source",
    "claims/deeds.csv": "Deeds of trade policy and the words that tell them",
    "claims/deed_words.csv": "Verbs and nouns of what a state does to trade",
    "claims/simulated.csv": "Which simulation values an act or a good",
    "claims/topics.csv": "Words that name a stage, a measure or another slot of a figure's topic",
    "claims/units.csv": "Words and signs of units",
    "claims/verbs.csv": "Verbs with what may follow them and their stance",
    "claims/nouns.csv": "Nouns that can speak or be spoken of, by class",
    "claims/judging_words.csv": "Words that judge",
    "claims/callings.csv": "Callings beside a name, and what they say of it",
    "claims/demonyms.csv": "Adjectives of states",
    "claims/surnames.csv": "How frequent surnames are, in round figures",
}
"""What an article is read against: kept by hand, but for the figures that press and agencies reported."""

FORECASTS = {"preregistered/forecasts.csv": "Forecasts written down before their outcome was known"}
"""Written by ``tools/write_preregistration.py``."""

CHAINS = {
    "worlds": "Worlds built from chains when they are asked for",
    "goods": "Goods of the chains and their prices",
    "codes": "Trade codes that hold a good, and how much of it",
    "mixed_codes": "Trade codes that mix goods, and the part of a maker's output that leaves under them",
    "counts": "What customs counted of a good alone",
    "steps": "Plants of the chains",
    "recipes": "What plants take",
    "production": "Output that nobody's facts report",
    "flows": "Lanes that no code holds",
    "sectors": "Shares of final use",
}
"""The tables of ``chains/``, kept by hand."""


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
