"""Read the episodes and the small compiled tables, one function a table, and list the functions by the draft's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_corpus.shelf import CHAPTERS, Fact, Row, Shelf, divided, fact

if TYPE_CHECKING:
    from collections.abc import Callable

PERCENT, TONNES = ("%", 1.0), ("t", 1.0)
DEPOSIT_UNITS = {
    "Mt": ("t", 1e6), "USD million": ("USD", 1e6), "%": PERCENT, "kt": ("t", 1e3), "t": TONNES, "deposits": ("count", 1.0),
}  # fmt: skip
LEVERAGE_UNITS = {"billion USD": ("USD", 1e9), "percent": PERCENT, "barrels per day": ("bbl/d", 1.0)}
EPISODE_UNITS = {
    "billion USD/y": ("USD/year", 1e9), "million USD": ("USD", 1e6), "billion USD": ("USD", 1e9), "Mt": ("t", 1e6), "kb/d": ("bbl/d", 1e3), "million barrels": ("bbl", 1e6),
    "percent": ("%", 1.0), "yuan/kg": ("CNY/kg", 1.0), "yuan/t": ("CNY/t", 1.0), "billion yen": ("JPY", 1e9), "t REO": ("t", 1.0),
    "t/y": ("t/year", 1.0), "index": ("index", 1.0), "USD/lb": ("USD/lb", 1.0),
}  # fmt: skip


def episode(shelf: Shelf, number: str, side: str = "after") -> Fact:
    """Read a row of the episodes, counted from nought, before or after."""
    row = shelf.rows("episodes/episodes.csv")[int(number)]
    where = {
        key: row[key] or "" for key in ("episode", "mineral", "quantity_name", "target", "date_before", "date_after")
    }
    unit = next(
        (pair for name, pair in EPISODE_UNITS.items() if row["unit"].startswith(name)),
        (row["unit"].split(" (")[0], 1.0),
    )
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


def act(shelf: Shelf, number: str) -> Fact:
    """Point to a row of the control events, counted from nought: an act, not a number."""
    row = shelf.rows("data/export_control_events.csv")[int(number)]
    where = {key: row[key] for key in ("date_announced", "sender", "instrument", "target", "items")}
    told = {
        "measure": row["measure"],
        "mineral": row["items"],
        "stage": "",
        "country": row["sender"],
        "year": row["date_effective"],
    }
    return {**told, "status": row["status"], "place": {"file": "data/export_control_events.csv", "where": where}}


def passage(shelf: Shelf, *parts: str) -> Fact:
    """Point to words of the dossier of episodes: a dated fact without a table row."""
    words = "/".join(parts).replace("_", " ")
    text = (shelf.shared / "episodes/episodes.md").read_text("utf-8")
    if words not in text:
        message = f"not in the dossier: {words}"
        raise LookupError(message)
    told = {"measure": "statement", "mineral": "", "stage": "", "country": "", "year": ""}
    return {**told, "place": {"file": "episodes/episodes.md", "words": words}}


def row_of(shelf: Shelf, file: str, number: str, names: tuple[str, ...]) -> tuple[Row, Row, dict[str, str]]:
    """Return a row by number, the columns that single it out, and what it says of itself."""
    row = shelf.rows(f"data/{file}")[int(number)]
    told = {
        "measure": row.get("measure", "share"),
        "mineral": row.get("material", row.get("mineral", row.get("item", ""))),
    }
    told |= {
        "stage": row.get("stage", ""),
        "country": row.get("country", ""),
        "year": row.get("year", row.get("date", "")),
    }
    return row, {name: row[name] for name in names}, told


def stage_share(shelf: Shelf, number: str) -> Fact:
    """Read a share of the world at one stage."""
    _, where, told = row_of(shelf, "stage_shares.csv", number, ("material", "stage", "country", "year"))
    return fact(shelf, "data/stage_shares.csv", where, "share_pct", PERCENT, **told)


def magnet_exports(shelf: Shelf, period: str, destination: str) -> Fact:
    """Read what Chinese customs counted."""
    told = {"measure": "export volume", "mineral": "magnets", "stage": "magnets", "country": "CHN", "year": period}
    where = {"period": period, "destination": destination.replace("_", " ")}
    return fact(shelf, "data/china_magnet_exports_reported_tonnes.csv", where, "tonnes", TONNES, **told)


def deposit(shelf: Shelf, number: str) -> Fact:
    """Read what is reported of a deposit in Ukraine."""
    row, where, told = row_of(shelf, "ukraine_deposits_reported.csv", number, ("deposit", "mineral", "measure"))
    unit = next(pair for name, pair in DEPOSIT_UNITS.items() if row["unit"].startswith(name))
    return fact(shelf, "data/ukraine_deposits_reported.csv", where, "value", unit, **{**told, "country": "UKR"})


def leverage(shelf: Shelf, number: str) -> Fact:
    """Read what the United States sells."""
    row, where, told = row_of(shelf, "us_side_leverage_reported.csv", number, ("item", "measure", "year"))
    unit = LEVERAGE_UNITS[row["unit"]]
    return fact(shelf, "data/us_side_leverage_reported.csv", where, "value", unit, **{**told, "country": "USA"})


def european_study(shelf: Shelf, mineral: str, country: str) -> Fact:
    """Read the largest supplier's share in the study of 2023."""
    file, where = "data/eu_crm2023_major_global_supplier.csv", {"material": mineral}
    told = {"measure": "share of world supply", "mineral": mineral, "country": country, "year": "2016-2020"}
    return fact(shelf, file, where, "pct", PERCENT, **told, stage=shelf.find(file, where)["stage"])


def british_share(shelf: Shelf, mineral: str, country: str, year: str) -> Fact:
    """Read a share of refined output by the British survey."""
    told = {
        "measure": "share of world refining",
        "mineral": mineral,
        "stage": "refining",
        "country": country,
        "year": year,
    }
    where = {"material": mineral, "country_iso2": country, "year": year}
    return fact(shelf, "data/bgs_refined_shares_2000_2024.csv", where, "share_pct", PERCENT, **told)


def agency_share(shelf: Shelf, *words: str) -> Fact:
    """Work out a share of 2024 from the supply tables of the International Energy Agency."""
    mineral, stage, country = (word.replace("_", " ") for word in words)
    told = {"mineral": mineral.lower(), "stage": stage, "country": country, "year": "2024", "measure": "supply"}
    file, where = "data/iea_supply_by_country_2024_2040.csv", {"mineral": mineral, "stage": stage}
    top = fact(shelf, file, {**where, "country": country}, "2024", ("t", 1000.0), **told)
    return divided(top, fact(shelf, file, {**where, "country": "Total"}, "2024", ("t", 1000.0), **told))


def revision(shelf: Shelf, number: str) -> Fact:
    """Read a figure the publisher corrected."""
    file = "usgs_mcs2026_rare_earths_revisions.csv"
    row, where, told = row_of(shelf, file, number, ("country", "statistics", "year"))
    told |= {"measure": row["statistics"].lower(), "mineral": "rare_earths", "stage": row["statistics"].lower()}
    return fact(shelf, f"data/{file}", where, "current_value", TONNES, **told)


def import_source(shelf: Shelf, mineral: str, country: str, detail: str) -> Fact:
    """Read a country's share of American imports."""
    file = "data/usgs_mcs2026_commodities.csv"
    where = {"MCS chapter": CHAPTERS[mineral], "Section": "Import Sources", "Country": country}
    rows = [row for row in shelf.rows(file) if where.items() <= row.items()]
    row = next(row for row in rows if row["Statistics_detail"].startswith(detail.replace("_", " ")))
    told = {"measure": "share of US imports", "mineral": mineral, "stage": "", "country": country, "year": row["Year"]}
    return fact(shelf, file, {**where, "Statistics_detail": row["Statistics_detail"]}, "Value", PERCENT, **told)


def quote_of_2025(shelf: Shelf, number: str) -> Fact:
    """Read a European quote, from low to high."""
    row, where, told = row_of(shelf, "price_response_2025.csv", number, ("date", "item", "market"))
    unit = ("times" if row["unit"] == "ratio" else row["unit"], 1.0)
    told |= {"measure": "price", "stage": "separation", "country": row["market"]}
    found = fact(shelf, "data/price_response_2025.csv", where, "low", unit, **told)
    return found | {"high": float(row["high"]), "place": {**found["place"], "column_high": "high"}}


def chip_share(shelf: Shelf, country: str, provided: str) -> Fact:
    """Read a country's share of one input of chip making."""
    where = {"provider_name": country, "provided_name": provided}
    told = {
        "measure": "share of world supply",
        "mineral": provided,
        "stage": provided,
        "country": country,
        "year": "2019",
    }
    return fact(shelf, "data/eto_chip_supply_chain_country_shares.csv", where, "share_provided", PERCENT, **told)


def yearbook(shelf: Shelf, country: str, year: str) -> Fact:
    """Read rare-earth mining of 2018-2022."""
    where = {"geography_code": country, "year": year}
    told = {"measure": "production", "mineral": "rare_earths", "stage": "mining", "country": country, "year": year}
    return fact(shelf, "data/usgs_myb2022_rare_earth_mine_production.csv", where, "value", TONNES, **told)


def size_of(shelf: Shelf, *words: str) -> Fact:
    """Read an episode's figure without its sign."""
    found = episode(shelf, *words)
    return found | {"low": abs(found["low"]), "high": abs(found["high"]), "measure": "size of " + found["measure"]}


def yearbook_share(shelf: Shelf, country: str, year: str) -> Fact:
    """Work out a share of rare-earth mining of 2018-2022."""
    return divided(yearbook(shelf, country, year), yearbook(shelf, "WLD", year))


def change(shelf: Shelf, number: str) -> Fact:
    """Return by how many percent an episode's quantity moved."""
    return moved(shelf, number, ratio=False)


def multiple(shelf: Shelf, number: str) -> Fact:
    """Return how many times its former value an episode's quantity became."""
    return moved(shelf, number, ratio=True)


READERS: dict[str, Callable[..., Fact]] = {
    "st": stage_share, "mag": magnet_exports, "dep": deposit, "lev": leverage, "eu": european_study, "bgs": british_share,
    "iea": agency_share, "rev": revision, "imp": import_source, "pr0": quote_of_2025, "eto": chip_share, "myb": yearbook,
    "ep": episode, "abs": size_of, "ev": act, "smyb": yearbook_share, "chg": change, "rat": multiple, "md": passage,
}  # fmt: skip
