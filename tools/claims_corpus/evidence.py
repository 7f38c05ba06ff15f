"""Turn a short word of a draft, ``p26/rare_earths/CHN/2024``, into a figure read from the publishers' files.

A figure keeps where it stands (file, columns, row), so that a test can look it up again.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

Fact = dict[str, Any]
Row = dict[str, str]

CHAPTERS = {
    "rare_earths": "RARE EARTHS", "gallium": "GALLIUM", "germanium": "GERMANIUM", "antimony": "ANTIMONY",
    "tungsten": "TUNGSTEN", "cobalt": "COBALT", "nickel": "NICKEL", "lithium": "LITHIUM", "graphite": "GRAPHITE (NATURAL)",
    "magnesium": "MAGNESIUM METAL", "bismuth": "BISMUTH", "manganese": "MANGANESE", "titanium_sponge": "TITANIUM AND TITANIUM DIOXIDE",
}  # fmt: skip
COUNTRIES = {
    "CHN": "China", "USA": "United States", "WLD": "World total", "AUS": "Australia", "MMR": "Burma", "COD": "Congo (Kinshasa)",
    "IDN": "Indonesia", "RUS": "Russia", "CHL": "Chile", "JPN": "Japan", "TJK": "Tajikistan", "BRA": "Brazil", "VNM": "Vietnam",
    "MDG": "Madagascar", "MOZ": "Mozambique", "PHL": "Philippines", "UKR": "Ukraine", "KAZ": "Kazakhstan", "ARG": "Argentina",
    "TUR": "Turkey", "ZAF": "South Africa", "GAB": "Gabon", "CAN": "Canada", "ZWE": "Zimbabwe",
}  # fmt: skip
STAGES = {"gallium": "refining", "magnesium": "refining", "bismuth": "refining", "titanium_sponge": "refining"}
UNITS = {
    "metric tons": ("t", 1.0), "thousand metric tons": ("t", 1000.0), "kilograms": ("t", 0.001), "percent": ("%", 1.0),
    "dollars per pound": ("USD/lb", 1.0), "dollars per kilogram": ("USD/kg", 1.0), "dollars per metric ton": ("USD/t", 1.0),
    "dollars per dry metric ton unit of tungsten trioxide": ("USD/mtu", 1.0),
}  # fmt: skip
EPISODE_UNITS = {
    "billion USD/y": ("USD/year", 1e9), "million USD": ("USD", 1e6), "billion USD": ("USD", 1e9), "Mt": ("t", 1e6), "kb/d": ("bbl/d", 1e3), "million barrels": ("bbl", 1e6),
    "percent": ("%", 1.0), "yuan/kg": ("CNY/kg", 1.0), "yuan/t": ("CNY/t", 1.0), "billion yen": ("JPY", 1e9), "t REO": ("t", 1.0),
    "t/y": ("t/year", 1.0), "index": ("index", 1.0), "USD/lb": ("USD/lb", 1.0),
}  # fmt: skip


class Shelf:
    """The publishers' files, each read once."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.rows = cache(self._rows)

    def _rows(self, file: str) -> list[Row]:
        with (self.shared / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def find(self, file: str, where: Row) -> Row:
        """Return the one row that agrees; several or none is a mistake of the draft."""
        found = [row for row in self.rows(file) if all((row[key] or "") == value for key, value in where.items())]
        if not found or len({tuple(row.values()) for row in found}) > 1:
            raise LookupError(f"{len(found)} rows of {file} for {where}")
        return found[0]


def span(text: str) -> tuple[float, float]:
    """Read a cell: a number, a bound, or a range written ``lo..hi``."""
    parts = [float(part.strip(" <>%").replace(",", "")) for part in text.split("..")]
    return parts[0], parts[-1]


def fact(shelf: Shelf, file: str, where: Row, column: str, unit: tuple[str, float], **told: Any) -> Fact:
    """Read one figure and keep its place."""
    low, high = (value * unit[1] for value in span(shelf.find(file, where)[column]))
    return {**told, "low": low, "high": high, "unit": unit[0], "place": {"file": file, "where": where, "column": column, "factor": unit[1]}}


def usgs(shelf: Shelf, statistics: str, mineral: str, country: str, year: str, detail: str = "") -> Fact:
    """Read the Mineral Commodity Summaries 2026."""
    file = "data/usgs_mcs2026_commodities.csv"
    wanted = {"MCS chapter": CHAPTERS[mineral], "Country": COUNTRIES[country], "Statistics": statistics, "Year": year}
    rows = [row for row in shelf.rows(file) if all(row[key] == value for key, value in wanted.items()) and detail in row["Statistics_detail"]]
    if mineral == "titanium_sponge":
        rows = [row for row in rows if row["Commodity"] == "Titanium Sponge Metal"]
    if any(row["Section"].startswith("World") for row in rows):
        rows = [row for row in rows if row["Section"].startswith("World")]
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows for {wanted} {detail}")
    keys = ("MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Year")
    unit = next(pair for name, pair in UNITS.items() if rows[0]["Unit"] == name or rows[0]["Unit"].startswith("dollars per dry") and "dry" in name)
    stage = {"Reserves": "reserves", "Price": "", "Net import reliance": ""}.get(statistics, STAGES.get(mineral, "mining"))
    told = {"measure": statistics.lower(), "mineral": mineral, "stage": stage, "country": country, "year": year}
    return fact(shelf, file, {key: rows[0][key] for key in keys}, "Value", unit, **told)


def divided(top: Fact, bottom: Fact) -> Fact:
    """Return a share of the world from two figures, both kept."""
    low, high = 100 * top["low"] / bottom["high"], 100 * top["high"] / bottom["low"]
    return {**{key: top[key] for key in ("mineral", "stage", "country", "year")}, "measure": "share of world " + top["measure"],
            "low": low, "high": high, "unit": "%", "place": top["place"], "divided_by": bottom["place"]}  # fmt: skip


def mcs25(shelf: Shelf, mineral: str, country: str, column: str) -> Fact:
    """Read the world table of the Mineral Commodity Summaries 2025."""
    names = {"2023": "PROD_2023", "2024": "PROD_EST_ 2024", "reserves": "RESERVES_2024"}
    file, chapter = "data/usgs_mcs2025_world.csv", CHAPTERS[mineral].split(" (")[0].lower()
    row = next(r for r in shelf.rows(file) if r["COMMODITY"].strip().lower() == chapter and r["COUNTRY"].strip().startswith(COUNTRIES[country]))
    where = {key: row[key] for key in ("COMMODITY", "COUNTRY", "TYPE")}
    told = {"measure": "reserves" if column == "reserves" else "production", "mineral": mineral, "country": country}
    told |= {"stage": "reserves" if column == "reserves" else STAGES.get(mineral, "mining"), "year": "2024" if column == "reserves" else column}
    return fact(shelf, file, where, names[column], UNITS[row["UNIT_MEAS"].strip()], **told)


def episode(shelf: Shelf, number: str, side: str = "after") -> Fact:
    """Read a row of the episodes, counted from nought, before or after."""
    row = shelf.rows("episodes/episodes.csv")[int(number)]
    where = {key: row[key] or "" for key in ("episode", "mineral", "quantity_name", "target", "date_before", "date_after")}
    unit = next((pair for name, pair in EPISODE_UNITS.items() if row["unit"].startswith(name)), (row["unit"].split(" (")[0], 1.0))
    told = {"measure": row["quantity_name"], "mineral": row["mineral"], "stage": row["stage"], "country": row["actor"]}
    year = row[f"date_{side}"] or row["date_after"] or row["start_date"]
    return fact(shelf, "episodes/episodes.csv", where, f"value_{side}", unit, **told, year=year)


def moved(shelf: Shelf, number: str, *, ratio: bool) -> Fact:
    """Return by how much an episode's quantity moved: the size of the change in percent, or after over before."""
    before, after = episode(shelf, number, "before"), episode(shelf, number)
    ends = [last / first for first in (before["low"], before["high"]) for last in (after["low"], after["high"])]
    values = sorted(ends if ratio else [100 * abs(end - 1) for end in ends])
    return {**after, "measure": "change of " + after["measure"], "low": values[0], "high": values[-1],
            "unit": "times" if ratio else "%", "place": after["place"], "divided_by": before["place"]}  # fmt: skip


def event(shelf: Shelf, number: str) -> Fact:
    """Point to a row of the control events, counted from nought: an act, not a number."""
    row = shelf.rows("data/export_control_events.csv")[int(number)]
    where = {key: row[key] for key in ("date_announced", "sender", "instrument", "target", "items")}
    told = {"measure": row["measure"], "mineral": row["items"], "stage": "", "country": row["sender"], "year": row["date_effective"]}
    return {**told, "status": row["status"], "place": {"file": "data/export_control_events.csv", "where": where}}


def passage(shelf: Shelf, words: str) -> Fact:
    """Point to words of the dossier of episodes: a dated fact without a table row."""
    words = words.replace("_", " ")
    text = (shelf.shared / "episodes/episodes.md").read_text("utf-8")
    if words not in text:
        raise LookupError(f"not in the dossier: {words}")
    told = {"measure": "statement", "mineral": "", "stage": "", "country": "", "year": ""}
    return {**told, "place": {"file": "episodes/episodes.md", "words": words}}


def table_row(shelf: Shelf, file: str, number: str, column: str, unit: tuple[str, float], names: tuple[str, ...]) -> Fact:
    """Read a small compiled table by row number; the row is kept by the columns named."""
    row = shelf.rows(f"data/{file}")[int(number)]
    told = {"measure": row.get("measure", column), "mineral": row.get("material", row.get("mineral", row.get("item", "")))}
    told |= {"stage": row.get("stage", ""), "country": row.get("country", ""), "year": row.get("year", row.get("date", ""))}
    return fact(shelf, f"data/{file}", {name: row[name] for name in names}, column, unit, **told)


def small(shelf: Shelf, kind: str, *words: str) -> Fact:
    """Read the small tables: stage shares, magnet exports, deposits, US leverage, quotes, EU study, shares by BGS."""
    if kind == "st":
        return table_row(shelf, "stage_shares.csv", words[0], "share_pct", ("%", 1.0), ("material", "stage", "country", "year"))
    if kind == "mag":
        told = {"measure": "export volume", "mineral": "magnets", "stage": "magnets", "country": "CHN", "year": words[0]}
        where = {"period": words[0], "destination": words[1].replace("_", " ")}
        return fact(shelf, "data/china_magnet_exports_reported_tonnes.csv", where, "tonnes", ("t", 1.0), **told)
    if kind == "dep":
        factors = {"Mt": ("t", 1e6), "USD million": ("USD", 1e6), "%": ("%", 1.0), "kt": ("t", 1e3), "t": ("t", 1.0), "deposits": ("count", 1.0)}
        row = shelf.rows("data/ukraine_deposits_reported.csv")[int(words[0])]
        unit = next(pair for name, pair in factors.items() if row["unit"].startswith(name))
        return table_row(shelf, "ukraine_deposits_reported.csv", words[0], "value", unit, ("deposit", "mineral", "measure")) | {"country": "UKR"}
    if kind == "lev":
        row = shelf.rows("data/us_side_leverage_reported.csv")[int(words[0])]
        unit = {"billion USD": ("USD", 1e9), "percent": ("%", 1.0), "barrels per day": ("bbl/d", 1.0)}[row["unit"]]
        return table_row(shelf, "us_side_leverage_reported.csv", words[0], "value", unit, ("item", "measure", "year")) | {"country": "USA"}
    if kind == "eu":
        told = {"measure": "share of world supply", "mineral": words[0], "country": words[1], "year": "2016-2020"}
        row = shelf.find("data/eu_crm2023_major_global_supplier.csv", {"material": words[0]})
        return fact(shelf, "data/eu_crm2023_major_global_supplier.csv", {"material": words[0]}, "pct", ("%", 1.0), **told, stage=row["stage"])
    if kind == "bgs":
        told = {"measure": "share of world refining", "mineral": words[0], "stage": "refining", "country": words[1], "year": words[2]}
        where = {"material": words[0], "country_iso2": words[1], "year": words[2]}
        return fact(shelf, "data/bgs_refined_shares_2000_2024.csv", where, "share_pct", ("%", 1.0), **told)
    if kind == "iea":
        mineral, stage, country = (word.replace("_", " ") for word in words)
        told = {"mineral": mineral.lower(), "stage": stage, "country": country, "year": "2024", "measure": "supply"}
        file, where = "data/iea_supply_by_country_2024_2040.csv", {"mineral": mineral, "stage": stage}
        top = fact(shelf, file, {**where, "country": country}, "2024", ("t", 1000.0), **told)
        return divided(top, fact(shelf, file, {**where, "country": "Total"}, "2024", ("t", 1000.0), **told))
    if kind == "rev":
        row = shelf.rows("data/usgs_mcs2026_rare_earths_revisions.csv")[int(words[0])]
        where = {name: row[name] for name in ("country", "statistics", "year")}
        told = {"measure": "reserves", "mineral": "rare_earths", "stage": "reserves", "country": row["country"], "year": row["year"]}
        return fact(shelf, "data/usgs_mcs2026_rare_earths_revisions.csv", where, "current_value", ("t", 1.0), **told)
    if kind == "imp":
        where = {"MCS chapter": CHAPTERS[words[0]], "Section": "Import Sources", "Country": words[1]}
        rows = [row for row in shelf.rows("data/usgs_mcs2026_commodities.csv") if all(row[key] == value for key, value in where.items())]
        row = next(row for row in rows if row["Statistics_detail"].startswith(words[2].replace("_", " ")))
        where["Statistics_detail"] = row["Statistics_detail"]
        told = {"measure": "share of US imports", "mineral": words[0], "stage": "", "country": words[1], "year": row["Year"]}
        return fact(shelf, "data/usgs_mcs2026_commodities.csv", where, "Value", ("%", 1.0), **told)
    if kind == "pr0":
        row = shelf.rows("data/price_response_2025.csv")[int(words[0])]
        where = {name: row[name] for name in ("date", "item", "market")}
        told = {"measure": "price", "mineral": row["item"], "stage": "separation", "country": row["market"], "year": row["date"]}
        found = fact(shelf, "data/price_response_2025.csv", where, "low", ("times" if row["unit"] == "ratio" else row["unit"], 1.0), **told)
        return found | {"high": float(row["high"]), "place": {**found["place"], "column_high": "high"}}
    if kind == "eto":
        where = {"provider_name": words[0], "provided_name": words[1]}
        told = {"measure": "share of world supply", "mineral": words[1], "stage": words[1], "country": words[0], "year": "2019"}
        return fact(shelf, "data/eto_chip_supply_chain_country_shares.csv", where, "share_provided", ("%", 1.0), **told)
    if kind == "myb":
        told = {"measure": "production", "mineral": "rare_earths", "stage": "mining", "country": words[0], "year": words[1]}
        where = {"geography_code": words[0], "year": words[1]}
        return fact(shelf, "data/usgs_myb2022_rare_earth_mine_production.csv", where, "value", ("t", 1.0), **told)
    raise LookupError(kind)


def look_up(shelf: Shelf, word: str) -> Fact:
    """Read what one word of a draft points to."""
    kind, *rest = word.split("/")
    statistics = {"p26": "Production", "r26": "Reserves", "c26": "Capacity", "price": "Price", "nir": "Net import reliance"}
    if kind in statistics:
        mineral, country, year, *detail = rest
        detail = detail or (["Compounds"] if kind == "nir" and mineral == "rare_earths" else [])
        found = usgs(shelf, statistics[kind], mineral, country, year, *(part.replace("_", " ") for part in detail))
    elif kind == "s26":
        found = divided(look_up(shelf, "p26/" + "/".join(rest)), look_up(shelf, f"p26/{rest[0]}/WLD/{rest[2]}"))
    elif kind == "rs26":
        found = divided(look_up(shelf, "r26/" + "/".join(rest)), look_up(shelf, f"r26/{rest[0]}/WLD/{rest[2]}"))
    elif kind == "m25":
        found = mcs25(shelf, *rest)
    elif kind == "s25":
        found = divided(mcs25(shelf, *rest), mcs25(shelf, rest[0], "WLD", rest[2]))
    elif kind == "smyb":
        found = divided(small(shelf, "myb", *rest), small(shelf, "myb", "WLD", rest[1]))
    elif kind == "ep":
        found = episode(shelf, *rest)
    elif kind == "abs":
        found = episode(shelf, *rest)
        found |= {"low": abs(found["low"]), "high": abs(found["high"]), "measure": "size of " + found["measure"]}
    elif kind in {"chg", "rat"}:
        found = moved(shelf, rest[0], ratio=kind == "rat")
    elif kind == "ev":
        found = event(shelf, rest[0])
    elif kind == "md":
        found = passage(shelf, "/".join(rest))
    else:
        found = small(shelf, kind, *rest)
    return {"key": word, **found}
