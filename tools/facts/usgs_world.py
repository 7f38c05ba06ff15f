"""The Survey's world tables: production, reserves and capacity by country, editions 2026 and 2025."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.facts import REST
from chokepoint.sources.fact import WORLD, Fact
from facts import printed
from facts.world_rows import MCS2025, MCS2026, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chokepoint.countries import Countries

# Tonnes, or million cubic metres, in one of what the Survey weighs in.
UNITS = {
    "metric tons": (1.0, "t"),
    "thousand metric tons": (1e3, "t"),
    "thousand metric dry tons": (1e3, "t"),
    "million metric tons": (1e6, "t"),
    "tons": (1.0, "t"),
    "kilograms": (1e-3, "t"),
    "million cubic meters": (1.0, "million m3"),
    "": (1.0, "t"),
}
ROUNDED = re.compile(r",? ?:? rounded$")
QUALIFIED = re.compile(r"\s*\(.*\).*$")
RESERVES_2025 = {
    "vanadium": (1e3, "in thousand tons, as the note of the world total says"),
    "molybdenum": (
        1e3,
        "in thousand tons, as the printed chapter says; the data release has one unit for a whole line",
    ),
    "iron_ore": (1e3, "in million tons, as the printed chapter says; the data release has one unit for a whole line"),
}
"""Reserves of the 2025 edition that are not in the unit of the output beside them: what they are multiplied by."""

LONGEST_NOTE = 160
BOILERPLATE = ("See Appendix C for resource and reserve definitions", "Estimated.")
RARE_EARTH_OXIDE_CHAPTER = "RARE EARTHS"


def place(text: str, countries: Countries) -> str:
    """Return the code of a place as the Survey spells it, totals rows by themselves.

    Raises:
        LookupError: a place nobody knows.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    if plain.startswith("World total"):
        return WORLD
    if plain.casefold().startswith("other countries"):
        return REST
    iso3 = countries.resolve(plain) or countries.resolve(QUALIFIED.sub("", plain))
    if iso3 is None:
        message = f"{text!r}: {countries.suggest(plain)}"
        raise LookupError(message)
    return iso3


def edition_2026(path: Path, countries: Countries) -> Iterator[Fact]:
    """Yield every line of the world tables that :data:`MCS2026` knows."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            detail = row["Statistics_detail"].strip()
            line = MCS2026.get((row["MCS chapter"], detail)) or MCS2026.get(
                (row["MCS chapter"], ROUNDED.sub("", detail))
            )
            if not row["Section"].startswith("World") or line is None:
                continue
            notes = [each.strip() for each in row["Notes"].split(" -- ")]
            yield _fact(
                line,
                country=place(row["Country"], countries),
                year=int(row["Year"]),
                cell=row["Value"],
                unit=row["Unit"].strip(),
                source="usgs_mcs2026",
                is_estimated=notes[0].startswith("Estimated"),
                notes="; ".join(each.rstrip(".") for each in notes if not each.startswith(BOILERPLATE)),
            )


def edition_2025(path: Path, countries: Countries) -> Iterator[Fact]:
    """Yield production 2023 and 2024 (estimated), capacity and reserves of the 2025 edition.

    Its header spells two columns with a blank, its names trail blanks and one commodity is misspelt ("Gemanium").
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{key: cell.strip() for key, cell in row.items()} for row in csv.DictReader(file)]
    for row in rows:
        line = MCS2025.get((row["COMMODITY"], row["TYPE"]))
        if line is None:
            continue
        where = place(row["COUNTRY"], countries)
        basis = _basis(row["COUNTRY"], line.basis)
        for column, notes, measure, year in (
            ("PROD_2023", "PROD_NOTES", "production", 2023),
            ("PROD_EST_ 2024", "PROD_NOTES", "production", 2024),
            ("CAP_2023", "CAP_NOTES", "capacity", 2023),
            ("CAP_EST_ 2024", "CAP_NOTES", "capacity", 2024),
            ("RESERVES_2024", "RESERVE_NOTES", "reserves", 2024),
        ):
            if not row[column] and (measure != "production" or line.stage == "pigments"):
                continue
            if measure == "reserves" and line.stage in {"smelting", "alloying", "pigments"}:
                continue
            yield _fact(
                _of_2025(replace(line, basis=basis), measure),
                country=where,
                year=year,
                cell=row[column] or _word(row[notes], year),
                unit=row["UNIT_MEAS"],
                source="usgs_mcs2025",
                is_estimated=column.startswith(("PROD_EST", "CAP_EST")) or _is_estimated(row, notes, year),
                notes=row[notes] if row[notes] not in {"estimated", "reported", "NA", "na"} else "",
            )


def titanium_together(found: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts with ilmenite and rutile of a country added up; world totals are printed together already.

    A part that is missing leaves the sum missing, unless the Survey says that the other part includes it.
    """
    parts: dict[tuple[str, str, int, str], list[Fact]] = {}
    for each in found:
        if each.mineral != "titanium" or each.basis not in {"TiO2 in ilmenite", "TiO2 in rutile"}:
            yield each
        elif each.country != WORLD:
            parts.setdefault((each.measure, each.country, each.year, each.source), []).append(each)
    for both in parts.values():
        known = [each for each in both if each.value is not None or "included with ilmenite" not in each.reason]
        values = [each.value for each in known]
        said = "; ".join(f"{each.basis.removeprefix('TiO2 in ')} {each.value} t ({each.reason})" for each in both)
        yield replace(
            both[0],
            basis="TiO2 in ilmenite and rutile",
            value=None if None in values else sum(filter(None, values)),
            low=_sum([each.value if each.low is None else each.low for each in known], known),
            high=_sum([each.value if each.high is None else each.high for each in known], known),
            grade="derived" if len(values) > 1 else both[0].grade,
            reason=said,
        )


def _sum(ends: list[float | None], parts: list[Fact]) -> float | None:
    """Return the sum of range ends; None where no part has a range or one has no number."""
    is_ranged = any(each.low is not None for each in parts)
    return None if None in ends or not is_ranged else sum(filter(None, ends))


def _basis(country: str, basis: str) -> str:
    """Return what is weighed; a word in brackets behind a country's name says which part of its output."""
    if "ilmenite and rutile" in country:
        return "TiO2 in ilmenite and rutile"
    part = re.search(r"\((.*)\)", country)
    return f"{basis}, {part[1]}" if part and not country.startswith(("World", "Other", "Congo")) else basis


def _of_2025(line: Line, measure: str) -> Line:
    if measure != "reserves":
        return replace(line, measure=measure)
    mineral = "platinum_group" if line.mineral in {"platinum", "palladium"} else line.mineral
    basis = "contained" if line.basis in {"refined metal", "metal"} else line.basis
    factor, note = RESERVES_2025.get(line.mineral, (line.factor, line.note))
    return replace(line, mineral=mineral, measure="reserves", stage="", basis=basis, factor=factor, note=note)


def _word(note: str, year: int) -> str:
    """Return the token that a note of the 2025 extract puts in place of an empty cell."""
    if note.startswith("W for") and str(year)[2:] in note:
        return "W"
    return "NA" if note.strip().casefold() == "na" else ""


def _is_estimated(row: dict[str, str], notes: str, year: int) -> bool:
    is_all = "estimated" in row["TYPE"] or row[notes] == "estimated"
    return is_all or f"estimated {year}" in row[notes] or f"estimated for {year}" in row[notes]


def _fact(
    line: Line, *, country: str, year: int, cell: str, unit: str, source: str, is_estimated: bool, notes: str
) -> Fact:
    read = printed.read(cell)
    factor, base_unit = UNITS[unit]
    factor *= line.factor

    def scaled(value: float | None) -> float | None:
        return None if value is None else float(f"{value * factor:.10g}")

    said = [f"printed {cell.strip()} {unit}" if factor != 1.0 and read.value else "", read.note, line.note]
    said += ["estimated by the Survey" if is_estimated and read.value is not None else "", notes[:LONGEST_NOTE]]
    return Fact(
        mineral=line.mineral,
        stage=line.stage,
        measure=line.measure,
        country=country,
        year=year,
        value=scaled(read.value),
        unit=base_unit if line.measure == "reserves" else f"{base_unit}/yr",
        basis=line.basis,
        low=scaled(read.low),
        high=scaled(read.high),
        source=source,
        grade="derived" if read.is_derived else "B-" if is_estimated else "A",
        reason="; ".join(each for each in said if each),
    )
