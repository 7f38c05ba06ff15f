"""CEPII BACI: world trade by pair of countries, product and year.

Layout: seen. Two are read: the publisher's own columns ``t,i,j,k,v,q`` (year, exporter, importer, HS6, thousand USD,
tonnes) with its country codes, and an extract with ISO codes spelt out. Taiwan is "Other Asia": code 490, ISO "S19".
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TAIWAN = {"S19": "TWN", "490": "TWN"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """One flow of one product in one year.

    Args:
        exporter, importer: ISO 3166 alpha-3.
        value_kusd: thousand USD.
        tonnes: product weight; None where BACI has no quantity.
    """

    exporter: str
    importer: str
    value_kusd: float
    tonnes: float | None

    @property
    def usd_per_kg(self) -> float:
        """Unit value; 0 where there is no quantity."""
        return self.value_kusd / self.tonnes if self.tonnes else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CountryCode:
    """A country in BACI's own code table."""

    code: str
    name: str
    iso2: str
    iso3: str


def load_country_codes(path: Path) -> tuple[CountryCode, ...]:
    """Load ``country_codes_V*.csv``; Taiwan gets its ISO codes. The ISO-2 code of Namibia is the text NA."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        CountryCode(
            code=row["country_code"],
            name=row["country_name"],
            iso2="TW" if row["country_iso3"] == "S19" else row["country_iso2"],
            iso3=TAIWAN.get(row["country_iso3"], row["country_iso3"]),
        )
        for row in rows
    )


def load(path: Path, codes: tuple[CountryCode, ...], *, product: str, year: int) -> tuple[Flow, ...]:
    """Load one product and year from the publisher's layout ``t,i,j,k,v,q``."""
    iso3 = {each.code: each.iso3 for each in codes}
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Flow(
                exporter=iso3[row["i"]],
                importer=iso3[row["j"]],
                value_kusd=float(row["v"]),
                tonnes=float(row["q"]) if row["q"].strip() else None,
            )
            for row in csv.DictReader(file)
            if row["k"] == product and row["t"] == str(year)
        )


def load_extract(path: Path, *, product: str, year: int) -> tuple[Flow, ...]:
    """Load one product and year from the extract ``year,exporter,importer,hs6,material,value_kusd,qty_t``."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Flow(
                exporter=TAIWAN.get(row["exporter"], row["exporter"]),
                importer=TAIWAN.get(row["importer"], row["importer"]),
                value_kusd=float(row["value_kusd"]),
                tonnes=float(row["qty_t"]) if row["qty_t"].strip() else None,
            )
            for row in csv.DictReader(file)
            if row["hs6"] == product and row["year"] == str(year)
        )
