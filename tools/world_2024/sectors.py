"""End uses: which sectors take magnets in which country, and how many of these need dysprosium or terbium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world_2024.figures import Cells, assumed, derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from world_2024.shared import Shared

HEAVY_SHARE = {
    "vehicles": (0.95, 0.80, 1.0, "traction motors run hot; nearly all their grades hold Dy or Tb"),
    "vehicle_parts": (0.45, 0.25, 0.65, "steering, pumps and actuators under the bonnet need it, speakers do not"),
    "wind": (0.50, 0.20, 0.80, "direct drive runs cool, but suppliers still add 0 to 1 percent of Dy"),
    "electronics": (0.15, 0.05, 0.30, "speakers, drives and haptics run cool"),
    "industrial_motors": (0.55, 0.35, 0.75, "servo and lift motors; about half need heat grades"),
    "appliances": (0.35, 0.15, 0.55, "air-conditioner compressors need some, others none"),
    "other": (0.45, 0.25, 0.70, "medical, magnetic separation, defence; no public split"),
}
REMAINDER = {
    "vehicle_parts": 0.252,
    "electronics": 0.177,
    "industrial_motors": 0.202,
    "appliances": 0.214,
    "other": 0.155,
}
"""How the uses that the Agency does not name are split, by judgement; adds to 1."""
GROUPS = {
    "DEU POL HUN CZE SVK ROU FRA ITA ESP AUT SWE SVN": {
        "vehicles": 1.3,
        "vehicle_parts": 1.6,
        "wind": 0.5,
        "electronics": 0.4,
        "appliances": 0.5,
        "industrial_motors": 1.4,
    },
    "DNK": {"wind": 6.0, "vehicles": 0.05, "vehicle_parts": 0.2},
    "NLD FIN GBR CHE EST": {"industrial_motors": 1.4, "other": 1.5, "appliances": 0.6, "vehicle_parts": 0.8},
    "USA": {"vehicle_parts": 1.3, "electronics": 0.7, "other": 2.2, "wind": 0.5, "appliances": 0.6},
    "MEX CAN": {"vehicle_parts": 2.2, "wind": 0.2, "electronics": 0.6},
    "JPN": {"vehicles": 1.8, "vehicle_parts": 1.5, "wind": 0.1},
    "KOR": {"vehicles": 1.6, "vehicle_parts": 1.3, "wind": 0.2, "appliances": 1.2},
    "VNM PHL TWN HKG SGP MYS": {
        "electronics": 3.0,
        "appliances": 1.3,
        "vehicles": 0.1,
        "vehicle_parts": 0.5,
        "wind": 0.05,
    },
    "THA": {"electronics": 1.8, "appliances": 2.2, "vehicles": 0.3, "wind": 0.05},
    "IND": {"appliances": 1.4, "vehicle_parts": 1.3, "wind": 0.5, "electronics": 0.7},
    "BRA": {"wind": 1.5, "industrial_motors": 1.3, "vehicles": 0.2},
}
"""How much more (or less) of a sector a country has than the world, by judgement; 1 where nothing stands."""
FIRM = {"vehicles": "electric_vehicles", "wind": "wind"}
ROUNDS = 200


def world_shares(shared: Shared) -> dict[str, float]:
    """Return each sector's part of all magnets: the Agency's electric vehicles and wind, the rest by judgement."""
    total = sum(each.kilotonnes for each in shared.demand)
    named = {each.of: each.kilotonnes / total for each in shared.demand}
    shares = {"vehicles": named["Electric vehicles"], "wind": named["Wind"]}
    left = 1 - sum(shares.values())
    return shares | {sector: left * part for sector, part in REMAINDER.items()}


def mixes(consumption: Mapping[str, float], world: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Return each country's sector shares, tilted by its industries and raked to the world shares.

    Args:
        consumption: magnets used by country, any unit.
        world: sector shares of the world.
    """
    tilt = {code: tilts for codes, tilts in GROUPS.items() for code in codes.split()}
    level = dict(world)
    mix: dict[str, dict[str, float]] = {}
    total = sum(consumption.values())
    for _ in range(ROUNDS):
        for code in consumption:
            raw = {sector: level[sector] * tilt.get(code, {}).get(sector, 1.0) for sector in world}
            mix[code] = {sector: value / sum(raw.values()) for sector, value in raw.items()}
        for sector, wanted in world.items():
            found = sum(consumption[code] * mix[code][sector] for code in consumption) / total
            level[sector] *= wanted / found
    return mix


def heavy_share(mix: Mapping[str, float]) -> float:
    """Return the part of a country's magnets that hold Dy or Tb."""
    return sum(part * HEAVY_SHARE[sector][0] for sector, part in mix.items())


def use_cells(sector: str, tonnes: float) -> Cells:
    """Return one use of one grade."""
    if sector in FIRM:
        return derived(
            tonnes,
            "t/yr",
            "iea_gcmo2025",
            "the Agency's part of this sector in magnet rare earths, spread over countries by what they use and make, "
            "times the heavy share of the sector",
            spread=0.4,
            inputs=(f"evidence.iea.demand.{FIRM[sector]}", f"heavy_share.{sector}"),
        )
    return assumed(
        tonnes,
        "t/yr",
        tonnes * 0.4,
        tonnes * 1.8,
        "what the country uses, split by judgement (no public split), times the heavy share of the sector",
        inputs=(f"heavy_share.{sector}",),
    )
