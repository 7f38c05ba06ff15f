"""Tables on Ruritania: every number here is invented."""

from __future__ import annotations

import math

from chokepoint.report.exhibits import Event
from chokepoint.tables import Cell, Column, Table

NAMES = {
    "RUR": "Ruritania",
    "EU27": "European Union",
    "JPN": "Japan",
    "KOR": "Korea",
    "IND": "India",
    "USA": "United States",
    "DEU": "Germany",
    "GRA": "Graustark",
    "SYL": "Syldavia",
    "BOR": "Borduria",
    "ROW": "Rest of the world",
    "WORLD": "All destinations",
}
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01", "2026-02", "2026-03"]
ACTS = (
    Event(date="2025-04-04", label="licence for every shipment, in force the same day"),
    Event(date="2025-06-10", label="framework: six-month licences"),
    Event(date="2025-10-09", label="wider rules announced"),
    Event(date="2025-11-10", label="wider rules suspended for a year"),
)


def columns(*specifications: str) -> tuple[Column, ...]:
    """Columns from ``name|unit|note`` with the later parts optional."""
    split = [each.split("|") for each in specifications]
    return tuple(Column(name=parts[0], unit="".join(parts[1:2]), note="".join(parts[2:3])) for parts in split)


def shares_table() -> Table:
    stages: dict[str, list[tuple[str, float]]] = {
        "Mining, light": [("RUR", 0.61), ("USA", 0.13), ("GRA", 0.11), ("SYL", 0.09), ("ROW", 0.06)],
        "Mining, heavy": [("RUR", 0.42), ("BOR", 0.49), ("SYL", 0.06), ("ROW", 0.03)],
        "Separation, light": [("RUR", 0.88), ("GRA", 0.08), ("ROW", 0.04)],
        "Separation, heavy": [("RUR", 0.985), ("ROW", 0.015)],
        "Magnets": [("RUR", 0.91), ("JPN", 0.06), ("ROW", 0.03)],
        "Magnets with heavy elements": [("RUR", 0.86), ("JPN", 0.09), ("KOR", 0.02), ("ROW", 0.03)],
    }
    rows: list[tuple[Cell, ...]] = [
        (stage, country, share) for stage, members in stages.items() for country, share in members
    ]
    return Table(
        name="sample",
        title="Shares of each stage by country, 2024",
        columns=columns("stage", "country", "share|1"),
        rows=tuple(rows),
    )


def exports_table() -> Table:
    levels = {"WORLD": 5100.0, "USA": 585.0, "DEU": 1180.0, "JPN": 270.0}
    path = [1.0, 0.95, 1.04, 0.48, 0.24, 0.6, 0.92, 1.02, 1.05, 1.06, 1.08, 1.08, 1.07, 1.06, 1.07]
    noise = [1.05, 0.72, 1.0, 1.08, 1.02, 0.98, 1.15, 1.15, 1.06, 0.99, 1.1, 1.05, 1.08, 0.86, 0.94]
    rows: list[tuple[Cell, ...]] = []
    for country, level in levels.items():
        for number, month in enumerate(MONTHS):
            middle = level * path[number]
            published = country == "WORLD" or number in {2, 4, 6, 7, 8, 9}
            spread = 0.0 if number < 3 else min(0.1 + 0.05 * (number - 3), 0.32)
            reported = round(middle * noise[number]) if published else None
            rows.append((country, month, middle, middle * (1 - spread), middle * (1 + 0.7 * spread), reported, level))
    return Table(
        name="sample",
        title="Exports of magnets by destination and month",
        columns=columns(
            "destination",
            "month",
            "median|t",
            "low|t|lower end of the 80 % range",
            "high|t|upper end of the 80 % range",
            "reported|t|customs, blank where unpublished",
            "naive|t|mean of the year before",
        ),
        rows=tuple(rows),
    )


def prices_table() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for good, start, peak in (("Dysprosium oxide", 250.0, 3.3), ("Terbium oxide", 960.0, 3.1)):
        for number, month in enumerate(MONTHS):
            tight = math.exp(-(((number - 5) / 2.6) ** 2)) if number >= 3 else 0.0
            marginal = start * (1 + (peak - 1) * tight)
            paid = start * (1 + 0.09 * tight)
            inside = start * (1 - 0.06 * tight)
            quote = {4: start * 3.4, 6: start * 3.2}.get(number)
            rows += [
                (good, month, "marginal, abroad", marginal, marginal * 0.7, marginal * 1.35, quote),
                (good, month, "paid, abroad", paid, paid * 0.95, paid * 1.1, None),
                (good, month, "ex-works, inside", inside, inside * 0.94, inside * 1.03, None),
            ]
    return Table(
        name="sample",
        title="Prices by good and month",
        columns=columns("good", "month", "price", "value|USD/kg", "low|USD/kg", "high|USD/kg", "quoted|USD/kg"),
        rows=tuple(rows),
    )


def stocks_table() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for country, cover in (("EU27", 1.6), ("JPN", 4.5), ("KOR", 2.2), ("IND", 0.9), ("USA", 1.3)):
        for number, month in enumerate(MONTHS):
            drawn = max(0.0, min(number - 2.0, 4.0)) * 0.62
            back = max(0.0, number - 7.0) * 0.2
            value = max(0.0, min(cover, cover - drawn + back))
            rows.append((country, month, value, max(0.0, value * 0.7 - 0.1), value * 1.25 + 0.05))
    return Table(
        name="sample",
        title="Months of cover by country",
        columns=columns("country", "month", "cover|months", "low|months", "high|months"),
        rows=tuple(rows),
    )


PARTS = {
    "EU27": (1.32e9, 0.21e9, 0.09e9, 1.0e9, 2.4e9),
    "JPN": (0.41e9, 0.16e9, 0.11e9, 0.35e9, 1.15e9),
    "KOR": (0.29e9, -0.08e9, 0.05e9, 0.1e9, 0.5e9),
    "IND": (0.22e9, 0.03e9, 0.01e9, 0.15e9, 0.41e9),
    "USA": (0.86e9, 0.12e9, 0.08e9, 0.66e9, 1.7e9),
    "RUR": (0.12e9, -0.31e9, 0.02e9, -0.45e9, 0.2e9),
}


def losses_table() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for party, (shortage, rent, switching, low, high) in PARTS.items():
        rows += [(party, "shortage", shortage, None, None), (party, "rent", rent, None, None)]
        rows += [
            (party, "switching", switching, None, None),
            (party, "total", shortage + rent + switching, low, high),
        ]
    return Table(
        name="sample",
        title="Losses by party and component, twelve months from 4 April 2025",
        columns=columns("party", "component", "loss|USD", "low|USD", "high|USD"),
        rows=tuple(rows),
    )


def comparison_table() -> Table:
    rows: list[tuple[Cell, ...]] = []
    for party, value in (("EU27", 1.62e9), ("JPN", 0.68e9), ("USA", 1.06e9)):
        rows += [
            (party, "rules return", value, value * 0.6, value * 1.7),
            (party, "rules stay suspended", value * 0.14, value * 0.05, value * 0.3),
        ]
    return Table(
        name="sample",
        title="Loss in the year after expiry, under each assumption",
        columns=columns("party", "assumption", "loss|USD", "low|USD", "high|USD"),
        rows=tuple(rows),
    )


def plain_tables() -> dict[str, Table]:
    return {
        "scores": Table(
            name="sample",
            title="How the forecasts scored against what customs reported",
            columns=columns(
                "destination",
                "months|1",
                "mean_error_model_t|t",
                "mean_error_naive_t|t",
                "coverage|1|share of reported months",
            ),
            rows=(
                ("WORLD", 12.0, 412.0, 1107.0, 0.83),
                ("USA", 6.0, 71.0, 160.0, 0.67),
                ("DEU", 6.0, 96.0, 214.0, 0.83),
            ),
        ),
        "disagreements": Table(
            name="sample",
            title="Two publishers, one quantity",
            columns=columns("quantity", "unit", "first_source", "second_source", "used", "why"),
            rows=(
                (
                    "Mine output, Borduria, 2024",
                    "t",
                    31000.0,
                    41700.0,
                    36000.0,
                    "customs of the buyer against an estimate",
                ),
                (
                    "Magnet exports of Ruritania, 2024",
                    "t",
                    58100.0,
                    137000.0,
                    58100.0,
                    "the second holds all metal magnets",
                ),
            ),
        ),
        "reconciliation": Table(
            name="sample",
            title="Largest moves made by reconciliation",
            columns=columns("figure", "before|t", "after|t", "reason"),
            rows=(
                ("flow.ndfeb_magnet.RUR.DEU", 13400.0, 13212.0, "balances"),
                ("use.ndfeb_magnet.IND.vehicles", 2100.0, 2266.0, "balances"),
            ),
        ),
        "leakage": Table(
            name="sample",
            title="Re-export by country and month",
            columns=columns("country", "month", "extra|t"),
            rows=(("GRA", "2025-05", 41.0), ("SYL", "2025-05", 12.0)),
        ),
    }


def all_tables() -> dict[str, Table]:
    return {
        "shares": shares_table(),
        "exports": exports_table(),
        "prices": prices_table(),
        "stocks": stocks_table(),
        "losses": losses_table(),
        "comparison": comparison_table(),
        **plain_tables(),
    }
