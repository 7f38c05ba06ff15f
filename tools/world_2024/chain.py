"""Mines, separation, recycling: what is fed, what comes out, and the prices of what flows between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.sources.usgs_mcs import reported_of, value_of
from world_2024.figures import Cells, assumed, derived

if TYPE_CHECKING:
    from world_2024.shared import Shared

REO = "t REO/yr"
LIGHT, HEAVY = "mine_light", "mine_heavy"
MINES = {
    LIGHT: {
        "USA": "United States",
        "AUS": "Australia",
        "IND": "India",
        "RUS": "Russia",
        "THA": "Thailand",
        "VNM": "Vietnam",
    },
    HEAVY: {"MMR": "Burma", "BRA": "Brazil", "MYS": "Malaysia"},
}
CHINA_QUOTA_HEAVY = 19_150.0
MINE_REASONS = {
    "MMR": "the Survey counts China's imports; the 2025 edition said 31,000 t (see disagreements.csv)",
    "AUS": "the 2025 edition said 13,000 t; 29,000 t fits the NdPr that Malaysia ships (see disagreements.csv)",
    "THA": "the Survey counts China's imports; the 2025 edition said 13,000 t. Taken as light; mineral not stated",
    "BRA": "one mine on ionic clay, hence heavy; the revision of 27 May 2026 concerns reserves only",
    "MYS": "ionic clay; BACI shows 13,658 t of compounds to China, mostly of other origin (see disagreements.csv)",
}

RANGES = {
    "MMR": (25_000.0, 39_000.0),
    "AUS": (12_500.0, 29_000.0),
    "MYS": (100.0, 10_000.0),
    "THA": (1_500.0, 13_000.0),
    "BRA": (20.0, 700.0),
}
"""What other vintages and publishers span (disagreements.csv); a fifth either way elsewhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """Levels of mines, separation and recycling, and recipes; lines by key.

    Args:
        production: level by (kind, country).
        recipes: amount by (kind, country or empty, direction, good).
    """

    production: dict[tuple[str, str], Cells]
    recipes: dict[tuple[str, str, str, str], Cells]

    def made(self, kind: str, country: str, good: str) -> float:
        """Return tonnes of a good an activity puts out a year."""
        own = self.recipes.get((kind, country, "output", good)) or self.recipes.get((kind, "", "output", good))
        level = self.production.get((kind, country))
        return level.value * own.value if level and own else 0.0

    def supply(self, good: str, country: str) -> float:
        """Return tonnes of a good all activities of a country put out a year."""
        return sum(self.made(kind, place, good) for kind, place in self.production if place == country)


def mines(shared: Shared) -> dict[tuple[str, str], Cells]:
    """Return mine output of 2024 by kind and country (t REO a year)."""
    lines = {
        (kind, iso3): surveyed(shared, iso3, name) for kind, places in MINES.items() for iso3, name in places.items()
    }
    china = value_of(shared.usgs, country="China", item="Mine production", year=2024)
    lines[HEAVY, "CHN"] = assumed(
        CHINA_QUOTA_HEAVY,
        REO,
        15_000,
        28_000,
        "ionic-clay part of the 2024 quota of 270,000 t, from memory of the two quota notices, not checked; unquoted "
        "output would add to it",
    )
    lines[LIGHT, "CHN"] = derived(
        china - CHINA_QUOTA_HEAVY,
        REO,
        "usgs_mcs2026",
        f"{china:,.0f} t of quota (grade A) less the ionic-clay part",
        low=china - 28_000,
        high=china - 15_000,
        inputs=("production.mine_heavy.CHN", "evidence.usgs.mine.CHN"),
    )
    nigeria = value_of(shared.usgs, country="Nigeria", item="Mine production", year=2024)
    madagascar = value_of(shared.usgs, country="Madagascar", item="Mine production", year=2024)
    lines[LIGHT, "ROW"] = derived(
        nigeria + madagascar,
        REO,
        "usgs_mcs2026",
        f"Nigeria {nigeria:,.0f} t and Madagascar {madagascar:,.0f} t",
        inputs=("evidence.usgs.mine.NGA", "evidence.usgs.mine.MDG"),
    )
    lines[HEAVY, "LAO"] = _laos(shared, lines[HEAVY, "MMR"].value)
    return lines


def surveyed(shared: Shared, iso3: str, name: str) -> Cells:
    """Return one country's mine output as the Survey prints it; estimates get its lower grade and a range."""
    figure = reported_of(shared.usgs, country=name, item="Mine production", year=2024)
    value = figure.value or 0.0
    low, high = RANGES.get(iso3, (0.8 * value, 1.2 * value))
    said = MINE_REASONS.get(iso3, "")
    if not figure.is_estimated:
        return Cells(value=value, unit=REO, source="usgs_mcs2026", grade="A", reason=said)
    reason = f"estimated by the Survey{'; ' if said else ''}{said}"
    return Cells(value=value, unit=REO, source="usgs_mcs2026", grade="B-", low=low, high=high, reason=reason)


def _laos(shared: Shared, myanmar_reo: float) -> Cells:
    tonnes = {each.exporter: each.tonnes or 0.0 for each in shared.compounds if each.importer == "CHN"}
    content = myanmar_reo / tonnes["MMR"]
    return derived(
        tonnes["LAO"] * content,
        REO,
        "baci_202601",
        f"BACI {tonnes['LAO']:,.0f} t of 284690 to China times {content:.3f}, the REO the Survey counts per tonne that "
        f"Myanmar shipped ({tonnes['MMR']:,.0f} t); the Survey itself has only 'other countries' 1,000 t",
        low=1_000,
        high=tonnes["LAO"] * 0.9,
        inputs=(
            "production.mine_heavy.MMR",
            "evidence.baci.284690.MMR.CHN.t",
            "evidence.baci.284690.LAO.CHN.t",
            "evidence.usgs.mine.other",
        ),
    )


def separation(shared: Shared, recipe: dict[tuple[str, str, str, str], Cells]) -> dict[tuple[str, str], Cells]:
    """Return feed by country (t REO a year), and recycling (t NdPr oxide a year) as what the Agency has beyond it."""
    ores_out = value_of(shared.usgs, country="United States", item="Exports: Ores and compounds", year=2024)
    mined = value_of(shared.usgs, country="United States", item="Mine production", year=2024)
    lines = {
        ("separation_light", "USA"): derived(
            mined - ores_out,
            REO,
            "usgs_mcs2026",
            f"mined {mined:,.0f} t less exports of {ores_out:,.0f} t",
            spread=0.2,
            inputs=("production.mine_light.USA", "evidence.usgs.exports_ores_and_compounds.USA"),
        ),
        ("separation_light", "MYS"): derived(
            FEED_MYS, REO, "usgs_mcs2026", "Australian concentrate landed (flows)", low=12_500, high=29_000
        ),
        ("separation_light", "EST"): derived(
            1_650,
            REO,
            "baci_202601",
            "Russian carbonate: BACI 284610 RUS-EST 3,676 t at 0.45 t REO per t (assumed)",
            spread=0.3,
        ),
        ("separation_light", "IND"): derived(2_900, REO, "usgs_mcs2026", "own monazite, all fed at home", spread=0.2),
        ("separation_light", "VNM"): derived(300, REO, "usgs_mcs2026", "own ore, taken as fed at home", spread=0.5),
        ("separation_light", "ROW"): derived(
            950, REO, "usgs_mcs2026", "Russian output that BACI does not show going to Estonia", spread=0.5
        ),
        ("separation_light", "CHN"): derived(
            297_350, REO, "usgs_mcs2026", "own output and landed concentrate (flows)", spread=0.05
        ),
        ("separation_heavy", "CHN"): derived(
            53_900, REO, "usgs_mcs2026", "own output and landed concentrate (flows)", spread=0.25
        ),
    }
    chain = Chain(production=lines, recipes=recipe)
    magnet_oxides = ("ndpr_oxide", "dysprosium_oxide", "terbium_oxide")
    separated = sum(chain.supply(good, "CHN") for good in magnet_oxides)
    refined = shared.supply_kt("refining", "China") * 1_000
    per_level = 1 + recipe["recycling", "", "output", "dysprosium_oxide"].value
    per_level += recipe["recycling", "", "output", "terbium_oxide"].value
    lines["recycling", "CHN"] = derived(
        (refined - separated) / per_level,
        "t/yr",
        "iea_gcmo2025",
        f"the Agency's {refined:,.0f} t refined in China less {separated:,.0f} t that mined feed yields here",
        spread=0.4,
        inputs=("evidence.iea.refining.CHN", "production.separation_light.CHN", "production.separation_heavy.CHN"),
    )
    lines["recycling", "JPN"] = assumed(250, "t/yr", 50, 500, "magnet scrap worked up at home; no figure was found")
    return lines


FEED_MYS = 25_000.0


def concentrates(shared: Shared) -> dict[tuple[str, str, str], Cells]:
    """Return concentrate lanes by (good, exporter, importer), t REO a year."""
    usgs = "usgs_mcs2026"
    light, heavy = "ree_concentrate_light", "ree_concentrate_heavy"
    ores_out = value_of(shared.usgs, country="United States", item="Exports: Ores and compounds", year=2024)
    mined = {key: cells.value for key, cells in mines(shared).items()}
    gross = next(each for each in shared.metals if (each.exporter, each.importer) == ("AUS", "MYS"))
    all_of_it = "all of it is landed in China (the Survey counts China's imports)"
    return {
        (light, "CHN", "CHN"): derived(
            mined[LIGHT, "CHN"], REO, usgs, "no export of concentrate is known", spread=0.05
        ),
        (light, "USA", "CHN"): Cells(
            value=ores_out,
            unit=REO,
            source=usgs,
            grade="B-",
            low=0.9 * ores_out,
            high=1.1 * ores_out,
            reason="estimated by the Survey: exports of ores and compounds, nearly all of it to China",
        ),
        (light, "USA", "USA"): derived(mined[LIGHT, "USA"] - ores_out, REO, usgs, "mined less exported", spread=0.2),
        (light, "AUS", "MYS"): assumed(
            FEED_MYS,
            REO,
            12_500,
            29_000,
            f"most of the Survey's 29,000 t; BACI has {gross.tonnes:,.0f} t gross, which at 0.4 would be 12,500 t REO",
        ),
        (light, "AUS", "CHN"): assumed(4_000, REO, 500, 15_000, "monazite from mineral sands; no figure was found"),
        (light, "IND", "IND"): derived(2_900, REO, usgs, "state monopoly, processed at home", spread=0.1),
        (light, "RUS", "EST"): derived(1_650, REO, "baci_202601", "see production.separation_light.EST", spread=0.3),
        (light, "RUS", "ROW"): derived(950, REO, usgs, "output less Estonia's feed", spread=0.5),
        (light, "THA", "CHN"): derived(2_100, REO, usgs, all_of_it, spread=0.3),
        (light, "VNM", "VNM"): derived(300, REO, usgs, "taken as fed at home", spread=0.5),
        (light, "ROW", "CHN"): derived(mined[LIGHT, "ROW"], REO, usgs, all_of_it, spread=0.3),
        (heavy, "CHN", "CHN"): assumed(CHINA_QUOTA_HEAVY, REO, 15_000, 28_000, "see production.mine_heavy.CHN"),
        (heavy, "MMR", "CHN"): derived(mined[HEAVY, "MMR"], REO, usgs, all_of_it, spread=0.2),
        (heavy, "LAO", "CHN"): derived(mined[HEAVY, "LAO"], REO, "baci_202601", "see production.mine_heavy.LAO"),
        (heavy, "BRA", "CHN"): derived(mined[HEAVY, "BRA"], REO, usgs, "sold to China in 2024", spread=0.2),
        (heavy, "MYS", "CHN"): derived(
            mined[HEAVY, "MYS"] + 0.02 * FEED_MYS, REO, usgs, "own clay and the heavies left from Mt Weld", spread=0.5
        ),
        (light, "AUS", "USA"): latent("no shipment known; a plant in the US could take Australian concentrate", REO),
        (light, "AUS", "IND"): latent("no shipment known; Indian plants could take monazite from Australia", REO),
        (light, "AUS", "EST"): latent("no shipment known; the Estonian plant looks for feed other than Russian", REO),
    }


def latent(reason: str, unit: str, tonnes: float = 5.0) -> Cells:
    """Return the small reference flow of a supplier that ships nothing today but could."""
    return assumed(tonnes, unit, tonnes / 5, tonnes * 10, f"latent lane: {reason}")
