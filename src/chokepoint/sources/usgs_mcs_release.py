"""U.S. Geological Survey, Mineral Commodity Summaries 2025 and 2026: one data release for all commodities.

Of the world tables the rows are read that say in the same words for every commodity what was counted: mine, refinery
and smelter production and capacity, and reserves, bauxite and alumina among them. Rows in a commodity's own words
(ilmenite, ferrosilicon) are left out and counted; the bundle reads them by hand. The release of 2026 labels vanadium's
reserves in tons and prints them in thousand tons; of another edition they are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.sources import usgs_mcs_world
from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TONNES = {
    "metric tons": 1.0,
    "thousand metric tons": 1e3,
    "thousand metric dry tons": 1e3,
    "million metric tons": 1e6,
    "kilograms": 1e-3,
}
STAGES = {"mine": "mining", "refinery": "refining", "smelter": "smelting"}
ITEM_2026 = re.compile(
    r"((Bauxite|Alumina), )?(?P<stage>Mine|Refinery|Smelter) (?P<what>production|capacity)(: rounded)?"
    r"|(Bauxite )?(?P<reserves>Reserves)(: rounded)?",
    flags=re.IGNORECASE,
)
BASES = {"Bauxite": "dry bauxite", "Alumina": "alumina, calcined"}
"""What a tonne is a tonne of, where the release counts something else than a metal's content."""

MISLABELLED = {("vanadium", "usgs_mcs2026"): 1e3}
"""Reserves that a release labels in tons and prints in thousand tons; of other editions nobody has looked."""

ITEM_2025 = re.compile(
    r"(?P<stage>Mine|Refinery|Smelter) (?P<what>production)"
    r"(, [\w -]+ content| content|, [\w-]+ equivalent)?(, estimated)?"
)
ZERO = ("\u2014", "-", "--")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """What a row says of a place: a measure of a mineral at a stage."""

    mineral: str
    stage: str
    measure: str
    country: str
    tonnes: float
    basis: str
    source: str

    def fact(self, year: int, text: str, note: str, *, is_estimate: bool) -> Fact:
        """Return what one of its cells says."""
        number = 0.0 if text.strip() in ZERO else number_as_printed(text)
        value = None if number is None else number * self.tonnes
        reason = (
            note if value is not None else "; ".join(each for each in (f"printed as '{text.strip()}'", note) if each)
        )
        return Fact(
            mineral=self.mineral,
            stage=self.stage,
            measure=self.measure,
            country=self.country,
            year=year,
            value=value,
            unit="t" if self.measure == "reserves" else "t/yr",
            basis=self.basis,
            low=value,
            high=value,
            source=self.source,
            grade="B" if is_estimate else "A",
            reason=reason,
        )


def _place(text: str) -> str | None:
    plain = " ".join(text.replace("\u00a0", " ").split())
    return WORLD if plain.startswith("World total") else country_code(plain)


def _row(found: re.Match[str] | None, *, item: str, place: str, unit: str, commodity: str, source: str) -> _Row | str:
    """Return what a row says, or why it is left out."""
    country, mineral = _place(place), mineral_code(commodity)
    if found is None:
        return f"'{item}' of {commodity}: in its own words"
    if country is None:
        return f"place '{place.strip()}'"
    if unit not in TONNES:
        return f"unit '{unit}'"
    is_reserves = found.groupdict().get("reserves") is not None
    factor = MISLABELLED.get((mineral, source), 1.0) if is_reserves else 1.0
    if is_reserves and mineral == "vanadium" and factor == 1.0:
        return "reserves of vanadium: one edition prints another unit than it labels, and nobody has looked at this one"
    return _Row(
        mineral=mineral,
        stage="" if is_reserves else STAGES[found["stage"].casefold()],
        measure="reserves" if is_reserves else found["what"],
        country=country,
        tonnes=factor * TONNES[unit],
        basis=BASES.get(commodity, "REO" if mineral == "rare_earths" else "contained"),
        source=source,
    )


def facts_2026(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the release of 2026: one figure a line."""
    source = f"usgs_mcs{edition.name or '2026'}"
    for line in lines:
        cells = line.cells
        if not cells["Section"].startswith("World") or not cells["Year"].isdigit():
            yield Skipped(where=line.where, why="outside the world tables")
            continue
        item = cells["Statistics_detail"].strip()
        row = _row(
            ITEM_2026.fullmatch(item),
            item=item,
            place=cells["Country"],
            unit=cells["Unit"].strip(),
            commodity=cells["Commodity"].strip(),
            source=source,
        )
        if isinstance(row, str):
            yield Skipped(where=line.where, why=row)
        else:
            note = cells["Notes"].strip()
            yield row.fact(int(cells["Year"]), cells["Value"], note, is_estimate=note.startswith("Estimated"))


def facts_2025(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the release of 2025: one country a line, production of two years and reserves."""
    source = f"usgs_mcs{edition.name or '2025'}"
    for line in lines:
        cells = line.cells
        item = cells["TYPE"].strip()
        row = _row(
            ITEM_2025.fullmatch(item),
            item=item,
            place=cells["COUNTRY"],
            unit=cells["UNIT_MEAS"].strip(),
            commodity=cells["COMMODITY"].strip(),
            source=source,
        )
        if isinstance(row, str):
            yield Skipped(where=line.where, why=row)
            continue
        note = cells["PROD_NOTES"].strip()
        yield row.fact(2023, cells["PROD_2023"], note, is_estimate="stimated" in item)
        yield row.fact(2024, cells["PROD_EST_ 2024"], note, is_estimate=True)


PUBLISHER = Publisher(
    key="usgs-mcs",
    title="U.S. Geological Survey, Mineral Commodity Summaries",
    licence="U.S. public domain",
    reference="usgs_mcs2026",
    may_bundle=True,
    layouts=(
        Layout(
            name="MCS2026_Commodities_Data.csv",
            columns=(
                "MCS chapter",
                "Section",
                "Commodity",
                "Country",
                "Statistics_detail",
                "Unit",
                "Year",
                "Value",
                "Notes",
            ),
            read=ReadFacts(facts=facts_2026),
            seen="usgs_mcs2026_commodities.csv, most chapters of MCS2026_Commodities_Data.csv",
            pattern=r"mcs(?P<edition>20\d\d)",
            encodings=("utf-8-sig", "cp1252"),
        ),
        Layout(
            name="MCS2025_World_Data.csv",
            columns=("COMMODITY", "COUNTRY", "TYPE", "UNIT_MEAS", "PROD_2023", "PROD_EST_ 2024", "PROD_NOTES"),
            read=ReadFacts(facts=facts_2025),
            seen="usgs_mcs2025_world.csv, the release MCS2025_World_Data.csv",
            pattern=r"mcs(?P<edition>20\d\d)",
            encodings=("utf-8-sig", "cp1252"),
        ),
        usgs_mcs_world.LAYOUT,
    ),
    note="rows in a commodity's own words are left out; the bundle reads them by hand",
)
