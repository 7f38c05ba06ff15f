"""Put the figures that press and agencies report on supply-control episodes into one table for the news reader.

Usage: python tools/build_reported.py SHARED_FOLDER

Reads ``episodes/episodes.csv`` and four tables of ``data/``, writes ``src/chokepoint/data/claims/reported.csv``.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src/chokepoint/data/claims/reported.csv"
COLUMNS = (
    "mineral",
    "measure",
    "stage",
    "country",
    "partner",
    "period",
    "low",
    "high",
    "unit",
    "source",
    "grade",
    "about",
    "said",
)
MINERALS = {
    "Ga": "gallium",
    "Ge": "germanium",
    "Dy": "dysprosium",
    "Tb": "terbium",
    "Nd": "neodymium",
    "Eu": "europium",
    "La": "lanthanum",
    "Ce": "cerium",
    "Sm": "samarium",
    "Y": "yttrium",
    "Co": "cobalt",
    "Bi": "bismuth",
    "Ni": "nickel",
    "Pd": "palladium",
    "Ti": "titanium",
    "Mg": "magnesium",
    "Cu": "copper",
    "Li": "lithium",
    "NdPr": "neodymium",
    "NdFeB magnets": "magnets",
    "NdFeB": "magnets",
    "rare earths (all)": "rare_earths",
    "rare earths": "rare_earths",
    "graphite (flake)": "graphite",
    "graphite (spherical)": "graphite",
    "rare earths and dual-use goods": "rare_earths",
    "REE": "rare_earths",
    "HREE": "rare_earths",
    "Nvidia H20": "ai_accelerator",
    "advanced AI chips and tools": "ai_accelerator",
    "EDA software (ECCN 3D991/3E991)": "eda_software",
    "ethane": "ethane",
    "jet engines (LEAP-1C, CF34)": "narrowbody_engine",
    "rare earths (magnet REE)": "rare_earths",
    "rare earths (total REO)": "rare_earths",
    "dysprosium oxide": "dysprosium",
    "dysprosium oxide 99.5%": "dysprosium",
    "terbium oxide": "terbium",
    "terbium oxide 99.99%": "terbium",
    "NdFeB magnets (ratio)": "magnets",
}
PLACES = {
    "US": "USA",
    "USA": "USA",
    "Japan": "JPN",
    "Germany": "DEU",
    "EU": "EUU",
    "European Union": "EUU",
    "South Korea": "KOR",
    "Vietnam": "VNM",
    "Thailand": "THA",
    "Italy": "ITA",
    "World": "WLD",
    "China": "CHN",
    "Russia": "RUS",
    "Europe": "EUU",
}
UNITS = [
    (r"^percent", "%", 1.0), (r"^million USD$", "USD", 1e6), (r"^billion USD$", "USD", 1e9), (r"^billion USD/y$", "USD/year", 1e9),
    (r"^billion yen$", "JPY", 1e9), (r"^yuan/t$", "CNY/t", 1.0), (r"^yuan/kg$", "CNY/kg", 1.0), (r"^t(?: REO| Ni)?/y$", "t/year", 1.0),
    (r"^kb/d$", "bbl/d", 1e3), (r"^barrels per day$", "bbl/d", 1.0), (r"^million barrels$", "bbl", 1e6), (r"^Mt", "t", 1e6), (r"^kt", "t", 1e3),
    (r"^deposits$", "count", 1.0), (r"^ratio$", "times", 1.0), (r"^t\b", "t", 1.0), (r"^USD million$", "USD", 1e6),
]  # fmt: skip


KNOWN_AS = {
    "E01": "rare earth export quotas, Japan, WTO case", "E04_": "magnets, April controls, London", "E04c": "Japan, dual-use ban", "E05": "Congo, cobalt stop, quotas", "E08a": "Indonesia, nickel ore ban",
    "E08b": "Indonesia, second nickel ore ban", "E09d": "Boeing, Russia, aerospace", "E10": "Yulin, magnesium", "E11a": "October 2022 chip rules", "E11b": "Nvidia H20", "E11c": "design software letters",
    "E11d": "engines, COMAC", "E11e": "ethane letters", "E12": "Ukraine reconstruction investment fund", "PARAM_stock": "stocks, stockpile", "PARAM_lead": "lead time, new supply",
}  # fmt: skip
"""What an episode is called in the press, added to the words of its rows."""


def unit_of(unit: str) -> tuple[str, float]:
    """Return the reader's unit and what to multiply by."""
    return next(((to, by) for pattern, to, by in UNITS if re.search(pattern, unit)), (unit, 1.0))


def measure_of(name: str, unit: str) -> str:
    """Name what was counted, from the words of the row."""
    text = name.lower()
    if re.search(r"/(?:kg|t|lb|oz)$", unit) and not unit.startswith("t") and "mine" not in text:
        return "price"
    if unit in {"days", "months", "weeks", "years"} or unit == "count":
        return "duration" if unit != "count" else "count"
    for pattern, measure in (
        (r"quota", "quota"), (r"tariff", "tariff"), (r"approval|licences granted", "approval"), (r"forecast|expected|model", "model"),
        (r"share of (?:world mine|world / of|mined)|share of (?:world )?(?:refined|primary)|share of world", "share"),
        (r"share of us ethane", "export_share"), (r"dependence", "dependence"), (r"change|vs |year-on-year", "change"),
        (r"price|payable", "price"), (r"export", "exports"), (r"import", "imports"), (r"production|mined|output|mine supply", "production"),
        (r"stock", "stock"), (r"new supply", "new_supply"), (r"charge|lost sales|loss|revenue|sales", "money"),
    ):  # fmt: skip
        if re.search(pattern, text):
            return measure
    return "other"


def stage_of(name: str, stage: str) -> str:
    """Name the stage of the chain, where the words tell."""
    text = f"{name} {stage}".lower()
    for pattern, found in (
        (r"magnet", "magnets"), (r"mined|mine |mining|mine$|mine output", "mining"), (r"refin|primary|separat|anode|oxide|metal|sulphate|hydroxide", "refining"),
    ):  # fmt: skip
        if re.search(pattern, text):
            return found
    return ""


def country_of(actor: str, name: str) -> str:
    """Name the country that the row is about."""
    if (
        re.match(r"(?:Chin|fob|FOB|inside)", name) and "after = West" not in name and not name.endswith(": West")
    ) or "China share" in name:
        return "CHN"
    for pattern, iso3 in ((r"^US |^annual average US|^Nvidia|^Applied|^Lam|Synopsys", "USA"), (r"^Japan", "JPN"), (r"Europe|Rotterdam|EU$", "EUU"), (r"^Indonesia", "IDN"),
                          (r"^DRC", "COD"), (r"^Russia", "RUS"), (r"^world", "WLD"), (r"outside China", "WLD")):  # fmt: skip
        if re.search(pattern, name):
            return iso3
    for pattern, iso3 in (
        (r"^China", "CHN"),
        (r"^US and Ukr", "UKR"),
        (r"^US", "USA"),
        (r"^DRC", "COD"),
        (r"^Indonesia", "IDN"),
    ):
        if re.search(pattern, actor):
            return iso3
    return ""


def partner_of(name: str, target: str) -> str:
    """Name the other end of a flow, or the world."""
    found = re.search(r"(?:to the|to|from|of) (US|Japan|Germany|EU|China|Indonesia)\b", name)
    if found and not name.startswith(found.group(1)):
        return PLACES.get(found.group(1), "")
    return PLACES.get(target, "WLD")


def ends(text: str, factor: float) -> tuple[float, float] | None:
    """Return the two ends of a value, or None where it is no number."""
    parts = text.split("..")
    try:
        numbers = sorted(float(each) * factor for each in parts)
    except ValueError:
        return None
    return numbers[0], numbers[-1]


def two_names(name: str) -> tuple[str, str]:
    """Split "Synopsys / Cadence (before = Synopsys, after = Cadence)" into the words for either column."""
    found = re.search(r"\(before = ([^,;()]+), after = ([^();]+)\)", name)
    short = re.sub(r"\s*\(.*", "", name)
    return (f"{short}: {found.group(1)}", f"{short}: {found.group(2)}") if found else (name, name)


def known_as(episode: str) -> str:
    """Return what an episode is called in the press."""
    return next((words for start, words in KNOWN_AS.items() if episode.startswith(start)), "")


def episodes(shared: Path) -> list[dict[str, object]]:
    """Return a row for each value before and after."""
    rows: list[dict[str, object]] = []
    for row in read(shared / "episodes/episodes.csv"):
        if row["episode"].startswith("PARAM_elasticity") or row["unit"] in {"date", "elasticity"}:
            continue
        unit, factor = unit_of(row["unit"])
        names = two_names(row["quantity_name"])
        for column, name in (("before", names[0]), ("after", names[1])):
            value, period = ends(row[f"value_{column}"], factor), row[f"date_{column}"]
            if value is None or (column == "before" and unit == "index"):
                continue
            country = country_of(row["actor"], name)
            if name != row["quantity_name"] and "share" in name.lower() and "EU" in name.split(":")[-1]:
                country = "CHN"
            rows.append({
                "mineral": MINERALS.get(row["mineral"], ""), "measure": measure_of(name, row["unit"]), "stage": stage_of(name.split(": ")[-1], row["stage"]),
                "country": country, "partner": partner_of(row["quantity_name"], row["target"]), "period": period or row["date_after"] or row["date_before"],
                "low": value[0], "high": value[1], "unit": unit, "grade": row["grade"], "about": f"{name}; {row['mineral']}; {row['stage']}; {known_as(row['episode'])}".rstrip("; "), "said": row["source"],
            })  # fmt: skip
    return rows


def magnets(shared: Path) -> list[dict[str, object]]:
    """Return what Chinese customs counted, by destination."""
    return [
        {"mineral": "magnets", "measure": "exports", "stage": "magnets", "country": "CHN", "partner": PLACES[row["destination"]], "period": row["period"],
         "low": float(row["tonnes"]), "high": float(row["tonnes"]), "unit": "t", "grade": "B", "about": f"China magnet exports to {row['destination']}", "said": row["source"]}
        for row in read(shared / "data/china_magnet_exports_reported_tonnes.csv")
    ]  # fmt: skip


def shares(shared: Path) -> list[dict[str, object]]:
    """Return shares of a stage."""
    return [
        {"mineral": "magnets" if "magnets" in row["stage"] else MINERALS.get(row["material"], row["material"]), "measure": "share", "stage": stage_of(row["stage"], ""),
         "country": row["country"], "partner": "WLD", "period": row["year"], "low": float(row["share_pct"]), "high": float(row["share_pct"]), "unit": "%", "grade": "B",
         "about": f"share of {row['stage']}; {row['material']}", "said": row["source"]}
        for row in read(shared / "data/stage_shares.csv")
        if len(row["country"]) == 3
    ]  # fmt: skip


def others(shared: Path) -> list[dict[str, object]]:
    """Return the American side, the quotes of 2025 and Ukraine's deposits."""
    rows: list[dict[str, object]] = []
    for row in read(shared / "data/us_side_leverage_reported.csv"):
        unit, factor = unit_of(row["unit"])
        if row["value"]:
            forecast = "expected" in row["item"]
            rows.append({
                "mineral": "ethane" if "ethane" in row["item"] else "eda_software" if "EDA" in row["item"] else "", "measure": "model" if forecast else "share" if unit == "%" else "exports",
                "stage": "", "country": "USA", "partner": "CHN" if "to China" in row["item"] else "WLD", "period": row["year"], "low": float(row["value"]) * factor,
                "high": float(row["value"]) * factor, "unit": unit, "grade": "B", "about": row["item"], "said": row["source"],
            })  # fmt: skip
    return [*rows, *quotes(shared), *deposits(shared)]


def quotes(shared: Path) -> list[dict[str, object]]:
    """Return the quotes of 2025."""
    rows: list[dict[str, object]] = []
    for row in read(shared / "data/price_response_2025.csv"):
        period = re.sub(r" \(start\)", "-04", row["date"]).replace(" annual", "")
        unit = unit_of(row["unit"])[0]
        rows.append({"mineral": MINERALS[row["item"]], "measure": "price", "stage": "", "country": "CHN" if "FOB China" in row["market"] else "EUU", "partner": "WLD",
                     "period": period, "low": float(row["low"]), "high": float(row["high"]), "unit": unit, "grade": "B", "about": f"{row['item']} {row['market']} price", "said": row["source"]})  # fmt: skip
    return rows


def deposits(shared: Path) -> list[dict[str, object]]:
    """Return Ukraine's deposits."""
    rows: list[dict[str, object]] = []
    for row in read(shared / "data/ukraine_deposits_reported.csv"):
        unit, factor = unit_of(re.sub(r"^Mt.*", "Mt", row["unit"]))
        unit, factor = ("%", 1.0) if row["unit"].startswith("%") else (unit, factor)
        value = ends(row["value"], factor)
        if value:
            measure = "share" if row["measure"].startswith("share") else "resource"
            rows.append({"mineral": row["mineral"].split(" ")[0].rstrip(",").replace("rare", "rare_earths"), "measure": measure, "stage": "deposit", "country": "UKR", "partner": "",
                         "period": "2025", "low": value[0], "high": value[1], "unit": unit, "grade": "B-",
                         "about": f"{row['deposit']} {row['measure']} {row['mineral']} {row['oblast']}", "said": row["source"]})  # fmt: skip
    return rows


def read(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Write the table."""
    shared = Path(sys.argv[1])
    rows = [*magnets(shared), *shares(shared), *episodes(shared), *others(shared)]
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(
                {**row, "source": "press_reports_2026", "low": f"{row['low']:.10g}", "high": f"{row['high']:.10g}"}
            )
    print(f"{len(rows)} figures in {OUT.name}")


if __name__ == "__main__":
    main()
