"""Oxide lanes and the uses of oxides outside magnets.

Metal made on order in Vietnam and Thailand is followed through: a lane runs from whoever separated the oxide to
whoever makes the magnet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from world_2024.chain import latent
from world_2024.figures import Cells, assumed, derived

if TYPE_CHECKING:
    from chokepoint.sources.baci import Flow
    from world_2024.chain import Chain
    from world_2024.shared import Shared

OXIDE = "t/yr"
NDPR, DYSPROSIUM, TERBIUM = "ndpr_oxide", "dysprosium_oxide", "terbium_oxide"
NDPR_USD_PER_KG, OTHER_USD_PER_KG = 55.0, 3.0
OXIDE_PER_METAL = 1 / 0.857
NDPR_VALUE_SHARE_OF_CHINA = 0.15
"""Part of the value of China's 284690 exports that is NdPr; the rest is Dy, Tb, Y, La, Ce."""

OTHER_USES = {
    NDPR: (
        "glass, ceramics, catalysts, alloys: about 6 percent of NdPr by judgement; Japan's takes in what it stores",
        {
            "CHN": 3_300,
            "JPN": 1_100,
            "USA": 350,
            "KOR": 150,
            "DEU": 120,
            "FRA": 100,
            "IND": 60,
            "TWN": 40,
            "GBR": 25,
            "RUS": 40,
            "ROW": 180,
        },
    ),
    DYSPROSIUM: (
        "capacitors, lasers, nuclear rods; about 8 percent of Dy, split by judgement",
        {"CHN": 60, "JPN": 60, "KOR": 25, "USA": 15, "TWN": 15, "DEU": 10, "FRA": 4, "GBR": 2, "ROW": 8},
    ),
    TERBIUM: (
        "phosphors, sensors, lasers; about a quarter of Tb, split by judgement",
        {"CHN": 30, "JPN": 30, "USA": 13, "DEU": 11, "KOR": 9, "TWN": 3, "FRA": 3, "GBR": 2, "ROW": 6},
    ),
}
EXPORT_LEVEL = {
    DYSPROSIUM: (
        300,
        200,
        450,
        (
            "China's exports of Dy in 2024 were not read; 2025 was 65 percent of 2024, with 16.7 and 18.0 t in August "
            "and September and 9 t over the last three months, so 2025 is put near 195 t"
        ),
    ),
    TERBIUM: (
        110,
        60,
        180,
        (
            "China's exports of Tb in 2024 were not read; 2025 was 62 percent of 2024, with 18.3 t over the last three "
            "months, so 2025 is put near 70 t"
        ),
    ),
}
THROUGH = {
    "VNM": {"JPN": 0.9, "CHN": 0.1},
    "THA": {"JPN": 0.63, "VNM": 0.28, "CHN": 0.09},
}
"""Where metal made on order goes: shares of value in BACI 280530 from Vietnam and Thailand, 2024."""
KEPT = {"VNM": 0.21, "THA": 0.17}
"""Part of arriving NdPr that local magnet makers need."""


COMPOUND_PAIRS = tuple(
    (pair[:3], pair[4:])
    for pair in [
        "MYS-JPN",
        "MYS-VNM",
        "MYS-THA",
        "USA-VNM",
        "USA-CHN",
        "USA-THA",
        "IND-VNM",
        "CHN-VNM",
        "CHN-JPN",
        "CHN-KOR",
        "CHN-TWN",
        "CHN-IND",
    ]
)
"""Flows of 284690 that NdPr lanes are read from."""
METAL_PAIRS = tuple(
    (pair[:3], pair[4:]) for pair in ["CHN-JPN", "CHN-VNM", "CHN-KOR", "CHN-USA", "CHN-GBR", "CHN-THA", "AUS-MYS"]
)
"""Flows of 280530 that NdPr lanes (and the price of concentrate) are read from."""
REFERENCE_COMPOUNDS = (("MMR", "CHN"), ("LAO", "CHN"), ("MYS", "CHN"))
"""Flows of 284690 that concentrates are read from."""


def other_uses() -> dict[tuple[str, str, str], Cells]:
    """Return uses of oxides outside magnets by (good, country, sector)."""
    return {
        (good, country, "other"): assumed(value, OXIDE, value * 0.4, value * 2, reason)
        for good, (reason, places) in OTHER_USES.items()
        for country, value in places.items()
    }


def ndpr_lanes(shared: Shared, chain: Chain) -> dict[tuple[str, str, str], Cells]:
    """Return NdPr lanes by (good, exporter, importer)."""
    tonnes = _seen(shared)
    via = {(a, b): value for (a, b), value in tonnes.items() if b in THROUGH and a not in THROUGH}
    for (exporter, hub), value in via.items():
        tonnes[exporter, hub] = value * KEPT[hub]
        for buyer, share in THROUGH[hub].items():
            if buyer != exporter:
                tonnes[exporter, buyer] = tonnes.get((exporter, buyer), 0.0) + value * (1 - KEPT[hub]) * share
    lanes = {
        (NDPR, a, b): derived(value, OXIDE, "baci_202601", REASON, spread=0.3, inputs=_inputs(a, b))
        for (a, b), value in sorted(tonnes.items())
    }
    lanes = _small_separators(chain) | lanes
    shipped = sum(cells.value for (_, a, _), cells in lanes.items() if a == "MYS")
    lanes[NDPR, "MYS", "CHN"] = derived(
        chain.supply(NDPR, "MYS") - shipped,
        OXIDE,
        "usgs_mcs2026",
        "Malaysia's output less what BACI shows going elsewhere; MYS-CHN 284690 (13,658 t) is mostly not NdPr",
        low=300,
        high=3_000,
    )
    exported = sum(cells.value for (_, a, _), cells in lanes.items() if a == "CHN")
    lanes[NDPR, "CHN", "CHN"] = derived(
        chain.supply(NDPR, "CHN") - exported, OXIDE, "iea_gcmo2025", "China's output less its exports", spread=0.1
    )
    return lanes


REASON = (
    "BACI 284690 as oxide and 280530 as metal (0.857 t of metal per t of oxide), each times the part that is NdPr by "
    "unit value: (v - 3) / (55 - 3) between 0 and 1 (metal 66 for 55); metal made on order in Vietnam and Thailand "
    "followed through to its buyer; from China 15 percent of the value of 284690"
)


def _inputs(exporter: str, importer: str) -> tuple[str, ...]:
    """Name the flows a lane was read from, those that pass through a maker of metal among them."""
    products = {"284690": COMPOUND_PAIRS, "280530": METAL_PAIRS}
    hubs = (importer, *(hub for hub, buyers in THROUGH.items() if importer in buyers))
    return tuple(
        f"evidence.baci.{product}.{exporter}.{hub}.{measure}"
        for product, pairs in products.items()
        for hub in hubs
        if (exporter, hub) in pairs
        for measure in ("t", "kusd")
    )


def _part(flow: Flow, price: float) -> float:
    return min(1.0, max(0.0, (flow.usd_per_kg - OTHER_USD_PER_KG) / (price - OTHER_USD_PER_KG)))


def _seen(shared: Shared) -> dict[tuple[str, str], float]:
    """Return NdPr as BACI shows it between the countries that matter, t of oxide a year."""
    found: dict[tuple[str, str], float] = {}
    compounds = {(each.exporter, each.importer): each for each in shared.compounds}
    metals = {(each.exporter, each.importer): each for each in shared.metals}
    for pair in COMPOUND_PAIRS:
        flow = compounds[pair]
        mixed = pair[0] == "CHN" and pair[1] != "VNM"
        found[pair] = (
            flow.value_kusd * NDPR_VALUE_SHARE_OF_CHINA / NDPR_USD_PER_KG
            if mixed
            else (flow.tonnes or 0.0) * _part(flow, NDPR_USD_PER_KG)
        )
    for pair in METAL_PAIRS:
        if pair[0] == "CHN":
            metal = (metals[pair].tonnes or 0.0) * _part(metals[pair], NDPR_USD_PER_KG * 1.2)
            found[pair] = found.get(pair, 0.0) + metal * OXIDE_PER_METAL
    return found


def _small_separators(chain: Chain) -> dict[tuple[str, str, str], Cells]:
    """Return lanes of the small separators, split by judgement, and latent lanes."""
    splits = {
        "EST": {"DEU": 0.45, "USA": 0.15, "JPN": 0.15, "FIN": 0.15, "FRA": 0.1},
        "IND": {"JPN": 0.65, "IND": 0.12, "KOR": 0.03, "ROW": 0.2},
        "VNM": {"VNM": 1.0},
        "ROW": {"ROW": 0.5, "RUS": 0.25, "CHN": 0.25},
        "JPN": {"JPN": 0.95, "VNM": 0.05},
        "USA": {"USA": 0.35, "KOR": 0.03},
    }
    lanes: dict[tuple[str, str, str], Cells] = {}
    for exporter, shares in splits.items():
        made = chain.supply(NDPR, exporter)
        for importer, share in shares.items():
            reason = "output split among the buyers that trade fragments and firms' seats suggest; no table was found"
            lanes[NDPR, exporter, importer] = assumed(
                made * share, OXIDE, made * share * 0.3, min(made, made * share * 2.5), reason
            )
    needs = {"DEU": 230, "FIN": 80, "SVN": 40, "FRA": 70, "ROW": 100, "RUS": 20}
    for importer, need in needs.items():
        lanes.setdefault(
            (NDPR, "CHN", importer),
            assumed(need, OXIDE, need * 0.3, need * 2, "what local users need beyond other suppliers, alloys included"),
        )
    for pair in [
        "MYS-DEU",
        "MYS-USA",
        "MYS-KOR",
        "MYS-FRA",
        "MYS-FIN",
        "USA-DEU",
        "USA-JPN",
        "EST-KOR",
        "JPN-KOR",
        "JPN-DEU",
    ]:
        exporter, importer = pair.split("-")
        lanes.setdefault((NDPR, exporter, importer), latent("could sell there, qualified or nearly so", OXIDE, 2.0))
    return lanes


def heavy_oxide_lanes(needs: dict[str, dict[str, float]], chain: Chain) -> dict[tuple[str, str, str], Cells]:
    """Return Dy and Tb lanes: all from China.

    Args:
        needs: t a year by good and country (magnets and other uses).
        chain: for China's output.
    """
    lanes: dict[tuple[str, str, str], Cells] = {}
    for good, by_country in needs.items():
        level, low, high, evidence = EXPORT_LEVEL[good]
        abroad = {country: need for country, need in by_country.items() if country != "CHN" and need > 0}
        total = sum(abroad.values())
        for country, need in abroad.items():
            value = level * need / total
            reason = f"{evidence}; hence {level} t, split by what heavy-grade magnet makers and other uses need"
            lanes[good, "CHN", country] = assumed(value, OXIDE, value * low / level, value * high / level, reason)
        lanes[good, "CHN", "CHN"] = derived(
            chain.supply(good, "CHN") - level,
            OXIDE,
            "iea_gcmo2025",
            "China's output less its exports",
            spread=0.15,
            inputs=(f"recipe.separation_heavy.{good}", "production.separation_heavy.CHN"),
        )
    return lanes
