"""The publishers' files, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.sources import baci, chinese_customs, iea_gcmo, usgs_mcs

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What the publishers say.

    Args:
        codes: BACI's country codes.
        usgs: chapters on rare earths of the 2026 edition; usgs_before: mine output in the 2025 edition.
        supply: the Agency's mining and refining 2024; demand: its demand by sector 2024.
        magnets: trade in 850511; compounds: 284690; metals: 280530; cerium: 284610 (all 2024).
        customs: China's magnet exports as reported.
    """

    codes: tuple[baci.CountryCode, ...]
    usgs: tuple[usgs_mcs.Reported, ...]
    usgs_before: tuple[usgs_mcs.Reported, ...]
    supply: tuple[iea_gcmo.Amount, ...]
    demand: tuple[iea_gcmo.Amount, ...]
    magnets: tuple[baci.Flow, ...]
    compounds: tuple[baci.Flow, ...]
    metals: tuple[baci.Flow, ...]
    customs: tuple[chinese_customs.Shipment, ...]

    def supply_kt(self, stage: str, country: str) -> float:
        """Return one country's magnet rare earths at one stage in thousand tonnes."""
        return next(each.kilotonnes for each in self.supply if (each.of, each.country) == (stage, country))


def read(folder: Path) -> Shared:
    """Read the files the tables rest on.

    Args:
        folder: holds the publishers' files under the names of its README.
    """
    codes = baci.load_country_codes(folder / "baci_country_codes.csv")
    rare = folder / "baci_hs92_rare_earths_1995_2024.csv"
    minerals = "Rare Earth Elements"
    return Shared(
        codes=codes,
        usgs=usgs_mcs.load_2026(folder / "usgs_mcs2026_commodities.csv", ("RARE EARTHS", "RARE EARTHS (Heavy)")),
        usgs_before=usgs_mcs.load_2025(folder / "usgs_mcs2025_world.csv", "Rare earths"),
        supply=iea_gcmo.load_supply(folder / "iea_supply_by_country_2024_2040.csv", minerals, 2024),
        demand=iea_gcmo.load_demand(folder / "iea_demand_by_sector_2024_2050.csv", minerals, 2024),
        magnets=baci.load_extract(folder / "baci_hs17_2024_25codes.csv", product="850511", year=2024),
        compounds=baci.load(rare, codes, product="284690", year=2024),
        metals=baci.load(rare, codes, product="280530", year=2024),
        customs=chinese_customs.load(folder / "china_magnet_exports_reported_tonnes.csv"),
    )
