"""CEPII BACI: world trade by pair of countries, product and year.

Layout: seen. Two are read: the publisher's own columns ``t,i,j,k,v,q`` (year, exporter, importer, HS6, thousand USD,
tonnes) with its country codes, and an extract with ISO codes spelt out. Taiwan is "Other Asia": code 490, ISO "S19".
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.sources.publisher import Layout, Publisher, ReadTrade
from chokepoint.sources.wording import FORMER, country_codes

if TYPE_CHECKING:
    from pathlib import Path

TAIWAN = {"S19": "TWN", "490": "TWN"}
BEFORE = {
    "58": "BEL",
    "200": "CSK",
    "278": "DDR",
    "280": "DEU",
    "530": "ANT",
    "697": "R20",
    "711": "ZA1",
    "736": "SDN",
    "810": "SUN",
    "891": "SCG",
}
"""Codes of states that are no more and of groups, with the ISO code BACI's own table gives them."""


def countries() -> dict[str, str]:
    """Return the ISO code by BACI's number."""
    return country_codes("baci") | BEFORE


def countries_spelt_out() -> dict[str, str]:
    """Return the ISO code by BACI's ISO code."""
    return country_codes("iso3") | {code: code for code in FORMER} | TAIWAN


PUBLISHER = Publisher(
    key="baci",
    title="CEPII, BACI: world trade by pair of countries and product",
    licence="Etalab Open Licence 2.0",
    reference="baci_202601",
    may_bundle=True,
    layouts=(
        Layout(
            name="BACI_HS17_Y2024_V202601.csv, alone or in BACI_HS17_V202601.zip",
            columns=("t", "i", "j", "k", "v", "q"),
            read=ReadTrade(
                types={"t": "SMALLINT", "i": "SMALLINT", "j": "SMALLINT", "k": "INTEGER", "v": "DOUBLE"},
                countries=countries,
                year="t",
                exporter="i",
                importer="j",
                code="k",
                digits=6,
                country_type="SMALLINT",
                kusd="v",
                quantity="q",
                side="'both'",
                is_whole=True,
            ),
            seen="baci_hs92_rare_earths_1995_2024.csv, an extract with the publisher's own columns",
            pattern=r"BACI_(?P<revision>HS\d\d)(?:_Y(?P<year>\d{4}))?(?:_V(?P<edition>\d{6}\w?))?",
            named="as published: BACI_HS17_Y2024_V202601.csv",
        ),
        Layout(
            name="baci_hs17_2024_25codes.csv (countries spelt out)",
            columns=("year", "exporter", "importer", "hs6", "value_kusd", "qty_t"),
            read=ReadTrade(
                types={"year": "SMALLINT", "value_kusd": "DOUBLE"},
                countries=countries_spelt_out,
                year="year",
                exporter="exporter",
                importer="importer",
                code="lpad(hs6, 6, '0')",
                kusd="value_kusd",
                quantity="qty_t",
                side="'both'",
                is_whole=True,
            ),
            seen="baci_hs17_2024_25codes.csv",
            pattern=r"BACI_(?P<revision>HS\d\d)(?:.*_V(?P<edition>\d{6}\w?))?",
            named="with its revision: baci_hs17_2024.csv",
        ),
    ),
    note="both sides reconciled; Taiwan is 'Other Asia'; some flows have no quantity",
)


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
