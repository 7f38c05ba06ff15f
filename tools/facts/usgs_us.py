"""The Survey's tables on the United States: reliance, consumption, trade, prices, where imports come from."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from chokepoint.facts import REST
from chokepoint.sources.fact import WORLD, Fact
from facts import printed
from facts.us_rows import MINERALS, OWN_PRODUCTION, PER_TONNE, stage_of
from facts.usgs_world import LONGEST_NOTE, UNITS, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from chokepoint.countries import Countries

SOURCE = "usgs_mcs2026"
LIQUID_OR_KIT = re.compile(r"milliliter|mililiter|\b(10|25|50)[- \u00a0]gram", re.IGNORECASE)
"""Standard solutions and small packages of salts: a price per flask, not per tonne."""

IMPORT_YEARS = 2024
WHOLE_FIRST = ("all", "total", "combined", "metal, oxide, and salts", "refined")
PREFIXES = {
    "net_import_reliance": r"Net import relianc?e ?as a percentage of ",
    "apparent_consumption": r"Consumption[^:,]*[:,]? ?(Apparent|apparent)?[,:]? ?",
    "consumption": r"Consumption(, (reported|estimated))?[:,]? ?",
    "imports": r"Imports( for consumption)?( total)?[,:]? ?",
    "exports": r"Exports[,:]? ?",
    "price": r"Price[,:]? ?(average annual|annual average-real|annual average|average)?[,:]? ?",
}
PER = re.compile(r",?\s*(dollars|cents) per (?:[a-z ]+?(?= of [a-z]+ [a-z]*oxide$)|[a-z ]+(?=[,:]|$))")
OF_OXIDE = re.compile(r" of (?=[a-z]+ [a-z]*oxide$)")


def facts(path: Path, countries: Countries, stages: Mapping[str, tuple[str, ...]]) -> Iterator[Fact]:
    """Yield what the tables say, the most inclusive product of each mineral first.

    Args:
        path: the 2026 data release.
        countries: the crosswalk.
        stages: of each mineral's chain, by code.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield from _salient(rows, stages)
    yield from _import_shares(rows, countries, stages)


def _salient(rows: Iterable[dict[str, str]], stages: Mapping[str, tuple[str, ...]]) -> Iterator[Fact]:
    for row in rows:
        mineral = MINERALS.get((row["MCS chapter"], row["Commodity"].strip()))
        measure = _measure(row)
        if "Neodymium-praseodymium" in row["Statistics_detail"]:
            mineral = "neodymium_praseodymium"
        if mineral is None or not measure or not row["Year"].isdigit() or row["Section"].startswith("World"):
            continue
        detail = " ".join(row["Statistics_detail"].split())  # one hyphen came through as a question mark, see _basis
        if measure == "domestic_production":
            if (row["MCS chapter"], detail) not in OWN_PRODUCTION:
                continue
            stage, basis = OWN_PRODUCTION[row["MCS chapter"], detail]
        else:
            basis = _basis(measure, detail) or (row["Commodity"].strip() if measure == "price" else "all forms")
            basis = f"heavy rare earths, {basis}" if row["Commodity"].strip() == "Rare Earths (Heavy)" else basis
            stage = stage_of(f"{row['Commodity'].strip()}: {basis}", stages[mineral])
        unit, factor = _unit(measure, detail, row["Unit"].strip())
        if unit:
            yield _fact(row, (mineral, stage, measure, basis), unit, factor)


def _measure(row: Mapping[str, str]) -> str:
    """Return the measure of a row; empty for what the bundle does not carry (stocks, employment, sales)."""
    kind, detail = row["Statistics"], row["Statistics_detail"].casefold()
    if kind == "Consumption":
        return "apparent_consumption" if "apparent" in detail else "consumption"
    if kind == "Price" and LIQUID_OR_KIT.search(f"{detail} {row['Unit']}"):
        return ""
    named = {
        "Net import reliance": "net_import_reliance",
        "Import": "imports",
        "Export": "exports",
        "Price": "price",
        "Production": "domestic_production",
    }
    return named.get(kind, "")


def _basis(measure: str, detail: str) -> str:
    """Return the product and what is weighed, in the Survey's words, without the measure and the unit.

    What a unit is a unit of stays if that is an oxide: a tonne of it is no tonne of the metal.
    """
    plain = OF_OXIDE.sub(", a tonne of ", PER.sub("", re.sub(f"^{PREFIXES[measure]}", "", detail)))
    return re.sub(r"(?<=\d)\?(?=[a-z])", "-", plain).strip(" ,:")


def _unit(measure: str, detail: str, printed_unit: str) -> tuple[str, float]:
    """Return the unit used here and what a printed number is multiplied by to stand in it.

    Manganese ore is labelled "dollars per metric ton"; its text says metric ton unit, ten kilograms of manganese.
    """
    if measure == "net_import_reliance":
        return "share", 0.01
    if measure == "price":
        given = "dollars per metric ton unit" if "metric ton unit" in detail else printed_unit
        return "USD/t", PER_TONNE.get(given, 0.0)
    factor, base_unit = UNITS.get(printed_unit, (0.0, ""))
    return (f"{base_unit}/yr" if factor else ""), factor


def _fact(row: Mapping[str, str], key: tuple[str, str, str, str], unit: str, factor: float) -> Fact:
    mineral, stage, measure, basis = key
    read = printed.read(row["Value"], is_share=unit == "share")
    notes = [each.strip().rstrip(".") for each in row["Notes"].split(" -- ")]
    is_estimated = notes[0] == "Estimated"

    def scaled(value: float | None) -> float | None:
        return None if value is None else float(f"{value * factor:.10g}")

    said = [f"printed {row['Value'].strip()} {row['Unit'].strip()}" if factor not in {1.0, 0.01} and read.value else ""]
    said += [read.note, "estimated by the Survey" if is_estimated and read.value is not None else ""]
    said += ["; ".join(notes[1:] if is_estimated else notes)[:LONGEST_NOTE]]
    return Fact(
        mineral=mineral,
        stage=stage,
        measure=measure,
        country=WORLD if measure == "price" else "USA",
        year=int(row["Year"]),
        value=scaled(read.value),
        unit=unit,
        basis=basis,
        low=scaled(read.low),
        high=scaled(read.high),
        source=SOURCE,
        grade="derived" if read.is_derived else "B-" if is_estimated else "A",
        reason="; ".join(each for each in said if each),
    )


def _import_shares(
    rows: Iterable[dict[str, str]], countries: Countries, stages: Mapping[str, tuple[str, ...]]
) -> Iterator[Fact]:
    """Yield each supplier's share of United States imports, mean of 2021 to 2024; the country is the supplier."""
    found: list[Fact] = []
    for row in rows:
        mineral = MINERALS.get((row["MCS chapter"], row["Commodity"].strip()))
        if mineral is None or not row["Statistics"].startswith("Import sources") or ", and " in row["Country"]:
            continue
        basis = " ".join(row["Statistics_detail"].split())
        read = printed.read(row["Value"], is_share=True)
        where = place(row["Country"], countries)
        scaled = [None if each is None else each / 100 for each in (read.value, read.low, read.high)]
        note = "among the countries the Survey adds up" if where == REST else ""
        found.append(
            Fact(
                mineral=mineral,
                stage=stage_of(f"{row['Commodity'].strip()}: {basis}", stages[mineral]),
                measure="import_share",
                country=where,
                year=IMPORT_YEARS,
                value=scaled[0],
                unit="share",
                basis=basis,
                low=scaled[1],
                high=scaled[2],
                source=SOURCE,
                grade="A",
                reason="; ".join(
                    each for each in ("of United States imports, mean of 2021-24", read.note, note) if each
                ),
            )
        )
    yield from sorted(found, key=lambda each: not each.basis.casefold().startswith(WHOLE_FIRST))
