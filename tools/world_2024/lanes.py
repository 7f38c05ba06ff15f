"""Magnet lanes, levels and uses by grade, and re-export: the tables put together from trade, makers and sectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from world_2024 import magnets, sectors
from world_2024.chain import latent
from world_2024.figures import Cells, assumed, derived
from world_2024.places import REST

if TYPE_CHECKING:
    from world_2024.magnets import Pairs

T = "t/yr"
LIGHT, HEAVY = "ndfeb_magnet", "ndfeb_magnet_heavy"
THRIFTY_SHARE = 0.01
KIND = {LIGHT: "magnet_making", HEAVY: "magnet_making_heavy"}
LATENT = (
    "JPN-DEU JPN-FRA JPN-ITA JPN-POL JPN-HUN JPN-MEX JPN-CAN JPN-IND JPN-GBR JPN-TWN JPN-KOR VNM-USA VNM-KOR VNM-DEU "
    "VNM-IND DEU-USA DEU-FRA DEU-ITA DEU-POL DEU-GBR DEU-HUN DEU-CZE FIN-DEU FIN-SWE FIN-USA KOR-USA KOR-MEX KOR-DEU "
    "USA-MEX USA-CAN USA-DEU THA-JPN SVN-DEU SVN-ITA"
)
TRANSSHIPPERS = {
    LIGHT: "VNM THA MYS KOR MEX TWN HKG SGP TUR IND",
    HEAVY: "VNM THA MYS KOR MEX TWN HKG SGP TUR IND",
    "ndpr_oxide": "VNM KOR THA",
    "dysprosium_oxide": "VNM KOR THA",
    "terbium_oxide": "VNM KOR THA",
}
ONWARD = {"USA": 0.4, "DEU": 0.3, "JPN": 0.3}
REEXPORT_SHARE = 0.005

Lanes = dict[tuple[str, str, str], Cells]


@dataclass(frozen=True, kw_only=True, slots=True)
class MagnetTables:
    """Lanes by (good, exporter, importer), levels by (kind, country), uses by (good, country, sector)."""

    lanes: Lanes
    levels: dict[tuple[str, str], Cells]
    uses: dict[tuple[str, str, str], Cells]
    heavy_share_of_exports: float
    heavy_share_of_output: float


def consumption(pairs: Pairs, output: dict[str, float]) -> dict[str, float]:
    """Return magnets used by country: made and bought less sold (t a year)."""
    used = dict(output)
    for (seller, buyer), value in pairs.items():
        used[seller] = used.get(seller, 0.0) - value
        used[buyer] = used.get(buyer, 0.0) + value
    return used


def build(
    pairs: Pairs, output: dict[str, float], shares: dict[str, float], observed: frozenset[tuple[str, str]]
) -> MagnetTables:
    """Split trade, output and use by grade.

    Args:
        pairs: trade in both grades (t a year).
        output: magnets made by country.
        shares: sector shares of the world.
        observed: pairs whose BACI flow is among the figures.
    """
    used = consumption(pairs, output)
    mix = sectors.mixes(used, shares)
    heavy = {country: sectors.heavy_share(parts) for country, parts in mix.items()}
    home = {country: made - sum(v for (a, _), v in pairs.items() if a == country) for country, made in output.items()}
    everything = pairs | {(country, country): value for country, value in home.items()}
    lanes: Lanes = {}
    made: dict[tuple[str, str], float] = {}
    for (seller, buyer), value in sorted(everything.items()):
        for good, part in ((LIGHT, 1 - heavy[buyer]), (HEAVY, heavy[buyer])):
            lanes[good, seller, buyer] = _lane(good, seller, buyer, value * part, observed)
            made[good, seller] = made.get((good, seller), 0.0) + value * part
    for pair in LATENT.split():
        seller, buyer = pair.split("-")
        for good in (LIGHT, HEAVY):
            lanes.setdefault((good, seller, buyer), latent("a qualified maker with no recorded sale there", T, 2.0))
    abroad = [(value, heavy[buyer]) for (seller, buyer), value in pairs.items() if seller == "CHN"]
    return MagnetTables(
        lanes=lanes,
        levels={(KIND[good], country): _level(country, value) for (good, country), value in made.items()},
        uses=_uses(used, mix),
        heavy_share_of_exports=sum(value * part for value, part in abroad) / sum(value for value, _ in abroad),
        heavy_share_of_output=sum(v for (good, _), v in made.items() if good == HEAVY) / sum(made.values()),
    )


def _inputs(seller: str, buyer: str, observed: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    if seller == "CHN":
        return (f"magnet_export_correction.{buyer}",) if buyer != REST else ("evidence.customs.magnets.t",)
    if (seller, buyer) in observed:
        return tuple(f"evidence.baci.850511.{seller}.{buyer}.{measure}" for measure in ("t", "kusd"))
    return ()


def _lane(good: str, seller: str, buyer: str, tonnes: float, observed: frozenset[tuple[str, str]]) -> Cells:
    grade = "with Dy or Tb" if good == HEAVY else "without Dy or Tb"
    if seller == "CHN" and buyer == "CHN":
        reason = f"made at home less exports, the part {grade} by the sectors of use"
        return derived(tonnes, T, "iea_gcmo2025", reason, spread=0.2)
    inputs = _inputs(seller, buyer, observed)
    source = "chinese_customs_2024" if seller == "CHN" else "baci_202601"
    pattern = (
        "customs total by BACI's partners (see magnet_export_correction.csv)"
        if seller == "CHN"
        else "BACI 850511 by the same correction, transit netted, at most 90 percent of what the country makes"
    )
    if seller == buyer:
        pattern = "made at home less exports"
    return derived(tonnes, T, source, f"{pattern}; the part {grade} by the buyer's sectors", spread=0.3, inputs=inputs)


def _level(country: str, tonnes: float) -> Cells:
    if country == "CHN":
        return derived(
            tonnes,
            T,
            "iea_commentary_2025",
            "94 percent of the world, which follows from the NdPr left for magnets; split by the sectors of use",
            spread=0.08,
            inputs=("total.china_magnet_share",),
        )
    return magnets.assumed_output(tonnes)


def _uses(used: dict[str, float], mix: dict[str, dict[str, float]]) -> dict[tuple[str, str, str], Cells]:
    uses: dict[tuple[str, str, str], Cells] = {}
    for country, total in used.items():
        for sector, part in mix[country].items():
            heavy = sectors.HEAVY_SHARE[sector][0]
            for good, grade in ((LIGHT, 1 - heavy), (HEAVY, heavy)):
                uses[good, country, sector] = sectors.use_cells(sector, total * part * grade)
    return uses


def reexports(lanes: Lanes, levels: dict[tuple[str, str], Cells]) -> dict[tuple[str, str, str, str], Cells]:
    """Add small re-export levels and their onward lanes; return the recipes."""
    recipes: dict[tuple[str, str, str, str], Cells] = {}
    one = assumed(1.0, "t/t", 1.0, 1.0, "by definition: what is sold on is what arrived")
    for good, places in TRANSSHIPPERS.items():
        kind = f"reexport_{good}"
        recipes[kind, "", "input", good] = recipes[kind, "", "output", good] = one
        for country in places.split():
            arriving = sum(cells.value for (g, a, b), cells in lanes.items() if (g, b) == (good, country) and a != b)
            if not arriving:
                continue
            level = REEXPORT_SHARE * arriving
            levels[kind, country] = assumed(
                level,
                T,
                level / 5,
                level * 4,
                "half a percent of arrivals: no source counts re-export, so it is small in the reference year and may "
                "grow when prices part",
            )
            for buyer, share in ONWARD.items():
                old = lanes.get((good, country, buyer))
                onward = assumed(level * share, T, 0.0, level, "re-export, split among the large buyers by judgement")
                lanes[good, country, buyer] = replace(old, value=old.value + level * share) if old else onward
    return recipes


def thrift(levels: dict[tuple[str, str], Cells]) -> dict[tuple[str, str], Cells]:
    """Return the levels with a small part of the heat-resistant grades made without Dy and Tb, where they are made."""
    split = dict(levels)
    for (kind, country), cells in levels.items():
        if kind == KIND[HEAVY]:
            thrifty = THRIFTY_SHARE * cells.value
            split[kind, country] = replace(cells, value=cells.value - thrifty)
            split["thrifty_magnet_making", country] = assumed(
                thrifty,
                T,
                thrifty / 5,
                thrifty * 5,
                "one percent of the heat grades made without Dy and Tb (finer grain, larger or cooler motors): the way "
                "out when these grow dear, hardly used at reference prices; car makers reported savings after 2010",
            )
    return split
