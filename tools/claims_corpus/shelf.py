"""Read figures from the publishers' files, each with where it stands (file, columns, row)."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Fact = dict[str, Any]
Row = dict[str, str]

CHAPTERS = {
    "rare_earths": "RARE EARTHS", "gallium": "GALLIUM", "germanium": "GERMANIUM", "antimony": "ANTIMONY",
    "tungsten": "TUNGSTEN", "cobalt": "COBALT", "nickel": "NICKEL", "lithium": "LITHIUM", "graphite": "GRAPHITE (NATURAL)",
    "magnesium": "MAGNESIUM METAL", "bismuth": "BISMUTH", "manganese": "MANGANESE", "titanium_sponge": "TITANIUM AND TITANIUM DIOXIDE", "ilmenite": "TITANIUM MINERAL CONCENTRATES",
    "copper": "COPPER", "copper_refined": "COPPER", "tin": "TIN", "indium": "INDIUM", "fluorspar": "FLUORSPAR", "molybdenum": "MOLYBDENUM",
    "palladium": "PLATINUM-GROUP METALS", "platinum": "PLATINUM-GROUP METALS", "platinum_group": "PLATINUM-GROUP METALS",
    "niobium": "NIOBIUM (COLUMBIUM)", "tantalum": "TANTALUM", "tellurium": "TELLURIUM", "vanadium": "VANADIUM", "heavy_rare_earths": "RARE EARTHS (Heavy)",
}  # fmt: skip
# One chapter may count several things: the words that single out the production of this one.
COUNTED = {"copper": "Mine", "copper_refined": "Refinery", "palladium": "Palladium", "platinum": "Platinum"}
COUNTRIES = {
    "CHN": "China", "USA": "United States", "WLD": "World total", "AUS": "Australia", "MMR": "Burma", "COD": "Congo (Kinshasa)",
    "IDN": "Indonesia", "RUS": "Russia", "CHL": "Chile", "JPN": "Japan", "TJK": "Tajikistan", "BRA": "Brazil", "VNM": "Vietnam",
    "MDG": "Madagascar", "MOZ": "Mozambique", "PHL": "Philippines", "UKR": "Ukraine", "KAZ": "Kazakhstan", "ARG": "Argentina",
    "TUR": "Turkey", "ZAF": "South Africa", "GAB": "Gabon", "CAN": "Canada", "ZWE": "Zimbabwe", "IND": "India", "AUT": "Austria",
    "MEX": "Mexico", "MNG": "Mongolia", "PER": "Peru", "KOR": "Korea, Republic of", "RWA": "Rwanda", "CUB": "Cuba", "MLI": "Mali",
    "MYS": "Malaysia", "GHA": "Ghana", "NCL": "New Caledonia", "TZA": "Tanzania", "ISR": "Israel", "THA": "Thailand", "ZMB": "Zambia",
    "BOL": "Bolivia", "NGA": "Nigeria",
}  # fmt: skip
STAGES = {
    "gallium": "refining", "magnesium": "refining", "bismuth": "refining", "titanium_sponge": "refining",
    "copper_refined": "refining", "indium": "refining", "tellurium": "refining",
}  # fmt: skip
UNITS = {
    "metric tons": ("t", 1.0), "thousand metric tons": ("t", 1000.0), "kilograms": ("t", 0.001), "percent": ("%", 1.0),
    "cents per pound": ("USD/lb", 0.01), "dollars per pound": ("USD/lb", 1.0), "dollars per kilogram": ("USD/kg", 1.0), "dollars per metric ton": ("USD/t", 1.0),
    "dollars per dry metric ton unit of tungsten trioxide": ("USD/mtu", 1.0),
}  # fmt: skip


class Shelf:
    """The publishers' files, each read once."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.rows = cache(self._rows)
        self.sorted_by = cache(self._sorted_by)

    def _rows(self, file: str) -> list[Row]:
        with (self.shared / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def _sorted_by(self, file: str, column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows(file):
            found.setdefault(row[column] or "", []).append(row)
        return found

    def find(self, file: str, where: Row) -> Row:
        """Return the one row that agrees; several or none is a mistake of the draft."""
        column, wanted = next(iter(where.items()))
        near = self.sorted_by(file, column).get(wanted, [])
        found = [row for row in near if all((row[key] or "") == value for key, value in where.items())]
        if not found or len({tuple(row.values()) for row in found}) > 1:
            message = f"{len(found)} rows of {file} for {where}"
            raise LookupError(message)
        return found[0]


def span(text: str) -> tuple[float, float]:
    """Read a cell: a number, a bound, or a range written ``lo..hi``."""
    parts = [float(part.strip(" <>%").replace(",", "")) for part in text.split("..")]
    return parts[0], parts[-1]


def fact(shelf: Shelf, file: str, where: Row, column: str, unit: tuple[str, float], **told: Any) -> Fact:
    """Read one figure and keep its place."""
    low, high = (value * unit[1] for value in span(shelf.find(file, where)[column]))
    return {
        **told,
        "low": low,
        "high": high,
        "unit": unit[0],
        "place": {"file": file, "where": where, "column": column, "factor": unit[1]},
    }


def usgs(shelf: Shelf, statistics: str, mineral: str, country: str, year: str, detail: str = "") -> Fact:
    """Read the Mineral Commodity Summaries 2026."""
    file = "data/usgs_mcs2026_commodities.csv"
    detail = detail or (COUNTED.get(mineral, "") if statistics == "Production" else "")
    wanted = {"MCS chapter": CHAPTERS[mineral], "Country": COUNTRIES[country], "Statistics": statistics, "Year": year}
    rows = [
        row
        for row in shelf.sorted_by(file, "MCS chapter")[CHAPTERS[mineral]]
        if all(row[key] == value for key, value in wanted.items()) and detail in row["Statistics_detail"]
    ]
    if mineral == "titanium_sponge":
        rows = [row for row in rows if row["Commodity"] == "Titanium Sponge Metal"]
    if any(row["Section"].startswith("World") for row in rows):
        rows = [row for row in rows if row["Section"].startswith("World")]
    if len(rows) != 1:
        message = f"{len(rows)} rows for {wanted} {detail}"
        raise LookupError(message)
    keys = ("MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Year")
    unit = next(
        pair
        for name, pair in UNITS.items()
        if rows[0]["Unit"] == name or (rows[0]["Unit"].startswith("dollars per dry") and "dry" in name)
    )
    stage = {"Reserves": "reserves", "Price": "", "Net import reliance": ""}.get(
        statistics, STAGES.get(mineral, "mining")
    )
    told = {
        "measure": statistics.lower(),
        "mineral": mineral.removesuffix("_refined"),
        "stage": stage,
        "country": country,
        "year": year,
    }
    return fact(shelf, file, {key: rows[0][key] for key in keys}, "Value", unit, **told)


def divided(top: Fact, bottom: Fact) -> Fact:
    """Return a share of the world from two figures, both kept."""
    low, high = 100 * top["low"] / bottom["high"], 100 * top["high"] / bottom["low"]
    return {**{key: top[key] for key in ("mineral", "stage", "country", "year")}, "measure": "share of world " + top["measure"],
            "low": low, "high": high, "unit": "%", "place": top["place"], "divided_by": bottom["place"]}  # fmt: skip


def grown(before: Fact, after: Fact) -> Fact:
    """Return by how many percent a figure moved from one year to another, without its sign."""
    size = 100 * abs(after["low"] / before["low"] - 1)
    return {**after, "measure": "change of " + after["measure"], "low": size, "high": size, "unit": "%",
            "divided_by": before["place"]}  # fmt: skip


def mcs25(shelf: Shelf, mineral: str, country: str, column: str) -> Fact:
    """Read the world table of the Mineral Commodity Summaries 2025."""
    names = {"2023": "PROD_2023", "2024": "PROD_EST_ 2024", "reserves": "RESERVES_2024"}
    file, chapter = "data/usgs_mcs2025_world.csv", CHAPTERS[mineral].split(" (")[0].lower()
    row = next(
        r
        for r in shelf.rows(file)
        if r["COMMODITY"].strip().lower() == chapter
        and r["COUNTRY"].strip().startswith(COUNTRIES[country])
        and COUNTED.get(mineral, "") in r["TYPE"]
    )
    where = {key: row[key] for key in ("COMMODITY", "COUNTRY", "TYPE")}
    told = {
        "measure": "reserves" if column == "reserves" else "production",
        "mineral": mineral.removesuffix("_refined"),
        "country": country,
    }
    told |= {
        "stage": "reserves" if column == "reserves" else STAGES.get(mineral, "mining"),
        "year": "2024" if column == "reserves" else column,
    }
    return fact(shelf, file, where, names[column], UNITS[row["UNIT_MEAS"].strip()], **told)
