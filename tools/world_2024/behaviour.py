"""Numbers of behaviour: how buyers, makers and stores answer, and how licences are handed out."""

from __future__ import annotations

from world_2024 import horizon
from world_2024.figures import Cells, assumed, derived
from world_2024.sectors import HEAVY_SHARE

MAGNETS = ("ndfeb_magnet", "ndfeb_magnet_heavy")
OXIDES = ("ndpr_oxide", "dysprosium_oxide", "terbium_oxide")
CONCENTRATES = ("ree_concentrate_light", "ree_concentrate_heavy")

MONTHS_TO_NOVEMBER = 55 / 30
"""From the first licences, 21 September 2023, to the middle of November."""
MONTHS_TO_FEBRUARY = 25 / 30
"""From 51 days after 1 December 2023 to the middle of February."""

# name: value, unit, low, high, reason
GENERAL = {
    "switch_elasticity": (1.5, "1", 0.7, 4.0, "commodity grade, up to a year (methods H1: Boehm 0.76, Bonadio 0.5-1)"),
    "volume_ratio": (50.0, "1", 20.0, 100.0, "a change of volume meets far less friction than a change of origin"),
    "supply_elasticity": (0.3, "1", 0.1, 0.8, "short run, main product (dossier 3.1: 0.1 to 0.4)"),
    "supply_elasticity.by_product": (
        0.05,
        "1",
        0.01,
        0.2,
        "output follows the host metal, not its own price (methods H1: 0.05, 0 to 0.2, up to what could be recovered)",
    ),
    "supply_elasticity.mine": (0.1, "1", 0.02, 0.3, "mines within a year (methods H1: 0.1, 0.02 to 0.3)"),
    "supply_elasticity.mine_light": (0.2, "1", 0.05, 0.4, "mines in a year: 0.1 to 0.4 (dossier 3.1, methods H1)"),
    "supply_elasticity.mine_heavy": (0.15, "1", 0.05, 0.4, "many small leaching sites, but quotas and closed borders"),
    "supply_elasticity.separation_light": (
        0.3,
        "1",
        0.1,
        0.8,
        "plants run below capacity, the mix is fixed by the ore",
    ),
    "supply_elasticity.separation_heavy": (
        0.3,
        "1",
        0.1,
        0.8,
        "plants run below capacity, the mix is fixed by the ore",
    ),
    "supply_elasticity.recycling": (0.3, "1", 0.1, 0.8, "scrap follows magnet making; collection answers slowly"),
    "supply_elasticity.magnet_making": (0.5, "1", 0.2, 1.2, "presses and furnaces idle at home; qualified lines few"),
    "supply_elasticity.magnet_making_heavy": (0.5, "1", 0.2, 1.2, "presses and furnaces idle; qualified lines few"),
    "utilisation": (0.85, "share", 0.7, 0.95, "no plant statistics were read"),
    "utilisation.mine_light": (0.90, "share", 0.8, 0.97, "mines run near capacity; China's quota was used up"),
    "utilisation.mine_heavy": (0.85, "share", 0.7, 0.95, "leaching sites stop and start; nothing was counted"),
    "utilisation.separation_light": (0.80, "share", 0.65, 0.92, "Chinese plants are said to have large idle capacity"),
    "utilisation.separation_heavy": (0.75, "share", 0.6, 0.9, "Chinese plants are said to have large idle capacity"),
    "utilisation.recycling": (
        0.60,
        "share",
        0.4,
        0.8,
        "capacity in China is said to be well above the scrap available",
    ),
    "utilisation.magnet_making": (0.75, "share", 0.55, 0.9, "China's capacity is put well above its output"),
    "utilisation.magnet_making.JPN": (0.85, "share", 0.7, 0.95, "old lines, steady orders; nothing was counted"),
    "utilisation.magnet_making_heavy": (0.80, "share", 0.6, 0.92, "as light grades; fewer qualified lines"),
    "idle_cost.thrifty_magnet_making": (
        0.25,
        "relative price",
        0.1,
        0.6,
        "larger or better cooled motors, lost yield and requalification, over the magnet's price; nobody publishes it",
    ),
    "utilisation.thrifty_magnet_making": (
        0.02,
        "share",
        0.012,
        0.05,
        "half of a plant's heavy grades could turn to thrift within months (a fifth to eight tenths)",
    ),
    "utilisation.magnet_making_heavy.JPN": (0.90, "share", 0.75, 0.97, "car grades are where Japan is strong"),
    "demand_elasticity": (0.15, "1", 0.05, 0.4, "an input against the rest of production within a year (methods H1)"),
    "demand_elasticity.ndpr_oxide": (0.25, "1", 0.1, 0.5, "glass and catalysts can turn to other rare earths"),
    "demand_elasticity.ndfeb_magnet.appliances": (0.3, "1", 0.1, 0.6, "ferrite motors are an old alternative"),
    "demand_elasticity.ndfeb_magnet_heavy.appliances": (0.3, "1", 0.1, 0.6, "ferrite motors are an old alternative"),
    "choke_price": (15.0, "relative price", 5.0, 40.0, "where no use is named; between the low and the high sectors"),
    "choke_width": (0.1, "1", 0.05, 0.3, "how far above the choke price the last user gives up"),
    "stock_cover": (1.5, "months", 0.5, 3.0, "where nothing else is said"),
    "stock_curvature": (1.0, "1", 0.5, 2.0, "half the store is used when the price doubles"),
    "stock_release": (0.5, "share", 0.3, 0.8, "part of the choke price at which a store is run down for good"),
    "ordinary_variation.price": (
        0.1,
        "log2 per sqrt(month)",
        0.08,
        0.14,
        "what prices do without any control: seven exchange metals 2019-2026 (IMF) spread by 0.09 after 1 month, 0.36 after 12",
    ),
    "ordinary_variation.volume": (
        0.4,
        "log2",
        0.3,
        0.5,
        "what a month's exports do without any control: China 2018 to June 2023 0.29 (flake) to 0.53 (other graphite), rare earths 0.48",
    ),
    "precaution_months": (
        1.5,
        "months",
        0.0,
        4.0,
        "extra stock wanted once a control is announced: graphite 2023 1.6 months (S&P), Japan 2010 six, gallium 2023 none",
    ),
    "precaution_half_life": (
        12.0,
        "months",
        6.0,
        36.0,
        "how fast the fear wears off; most of the price rises of 2010 and 2014 were gone in one to three years",
    ),
    "refill_months": (4.0, "months", 2.0, 8.0, "graphite 2023-24: stocks bought ahead over weeks, rebuilt over months"),
    "supplier_adaptation": (
        0.4,
        "1",
        0.0,
        0.7,
        "makes 1.5 at once 2.5 in the long run (methods H1: 1.5 to 5 in 7-10 years)",
    ),
    "supplier_adaptation_half_life": (
        25.0,
        "months",
        12.0,
        48.0,
        "a time constant of 36 months brings nine tenths of the way after seven years (methods C9, after Boehm et al. 2023)",
    ),
    "demand_adaptation": (0.7, "1", 0.25, 0.83, "makes 0.15 at once 0.5 in the long run (methods H1: 0.2 to 0.9)"),
    "demand_adaptation_half_life": (
        17.0,
        "months",
        8.0,
        25.0,
        "redesign of products has a time constant of 12 to 36 months (methods C9); half of it is done after 0.69 of that",
    ),
    "project_ramp": (
        12.0,
        "months",
        6.0,
        36.0,
        "from first output to full capacity; Lynas took about three years, a copied line takes months",
    ),
    "project_share": (1.0, "share", 0.0, 1.0, "part of every project that counts: a scenario sets 0 to leave them out"),
    "rent_share": (
        0.2,
        "share",
        0.0,
        1.0,
        "Adamas: 96 percent of Dy was used near the inside price in 2025; both ends shown",
    ),
    "discount_rate": (0.05, "per year", 0.02, 0.10, "usual for public appraisal"),
    "state_cover": (0.0, "months", 0.0, 0.5, "a state store nobody reports is taken as empty"),
}
CHOKE = {
    "vehicles": (40.0, 15.0, 100.0, "2 kg of magnet (100 USD) stop a car that adds several thousand USD of value"),
    "vehicle_parts": (
        30.0,
        10.0,
        80.0,
        "a few dollars of magnet stop a part and with it the car; ferrite replaces some",
    ),
    "wind": (10.0, 4.0, 25.0, "600 kg per MW are 3 percent of a turbine; a geared design avoids them within a year"),
    "electronics": (30.0, 10.0, 80.0, "grams of magnet in a device of hundreds of USD"),
    "industrial_motors": (8.0, 4.0, 20.0, "a servo motor costs about ten times its magnets; induction replaces some"),
    "appliances": (6.0, 3.0, 15.0, "a compressor costs a few times its magnets; ferrite motors are at hand"),
    "other": (25.0, 8.0, 80.0, "medical and defence goods hardly look at the price; hobby and holding magnets do"),
}
COVER = {
    "ndfeb_magnet": (1.5, 0.7, 3.0, "car makers 2 to 4 weeks (weak source, dossier 3.2), others about two months"),
    "ndfeb_magnet_heavy": (1.0, 0.5, 2.5, "more of it with car makers: 2 to 4 weeks (weak source), others two months"),
    "ndpr_oxide": (2.0, 1.0, 3.5, "magnet makers and traders; anode makers held 2 to 3 months of graphite in 2023"),
    "dysprosium_oxide": (2.0, 1.0, 3.5, "as NdPr oxide"),
    "terbium_oxide": (2.0, 1.0, 3.5, "as NdPr oxide"),
    "ree_concentrate_light": (2.0, 0.5, 4.0, "a ship under way and a heap at the plant"),
    "ree_concentrate_heavy": (2.0, 0.5, 4.0, "rainy seasons and border closures make plants hold some"),
}


def parameters(heavy_share_of_exports: float) -> list[dict[str, object]]:
    """Return every parameter.

    Args:
        heavy_share_of_exports: part of China's magnet exports that holds Dy or Tb in these tables (0 to 1).
    """
    lines = {name: assumed(value, unit, low, high, why) for name, (value, unit, low, high, why) in GENERAL.items()}
    for good in MAGNETS:
        lines[f"switch_elasticity.{good}"] = assumed(
            0.6, "1", 0.2, 1.5, "a specified part has to be qualified (methods H1: 0.2 for specific parts)"
        )
        for sector, (value, low, high, why) in CHOKE.items():
            reason = f"value of output that stops over magnet cost: {why}"
            lines[f"choke_price.{good}.{sector}"] = assumed(value, "relative price", low, high, reason)
        lines |= _reexport(good, 0.3, 0.1, 0.8)
    for good in OXIDES:
        lines[f"choke_price.{good}.other"] = assumed(
            10.0, "relative price", 3.0, 30.0, "glass, capacitors, lasers: the oxide is a small part of the product"
        )
        lines |= _reexport(good, 0.3, 0.1, 0.8)
        lines |= _state_stores(good)
    for good, (value, low, high, why) in COVER.items():
        lines[f"stock_cover.{good}"] = assumed(value, "months", low, high, why)
    for sector, (value, low, high, why) in HEAVY_SHARE.items():
        lines[f"heavy_share.{sector}"] = assumed(value, "share", low, high, why)
    lines |= _licences(heavy_share_of_exports) | _judged() | horizon.parameters()
    return [cells.row(name=name) for name, cells in sorted(lines.items())]


def _reexport(good: str, value: float, low: float, high: float) -> dict[str, Cells]:
    kind = f"reexport_{good}"
    return {
        f"idle_cost.{kind}": assumed(
            value,
            "relative price",
            low,
            high,
            "handling, false papers and the risk of being caught; nobody reports it",
        ),
        f"utilisation.{kind}": assumed(
            0.02, "share", 0.005, 0.1, "re-export could grow fiftyfold on the small level of the reference year"
        ),
    }


def _state_stores(good: str) -> dict[str, Cells]:
    japan = Cells(
        value=42 / 30.4,
        unit="months",
        source="iea_japan_stockpile",
        grade="A",
        low=0.5,
        high=180 / 30.4,
        year=2020,
        reason="42 days of the state's 60-day target (180 for high-risk metals); whether each oxide is held is secret",
    )
    private = Cells(
        value=18 / 30.4,
        unit="months",
        source="iea_japan_stockpile",
        grade="A",
        low=0.3,
        high=3.0,
        year=2020,
        reason="18 days of private stock in the 60-day target; makers may hold more",
    )
    korea = Cells(
        value=54 / 30.4,
        unit="months",
        source="iea_korea_stockpile",
        grade="A",
        low=0.3,
        high=100 / 30.4,
        year=2022,
        reason="54 days of rare metals, to rise to 100; the part that is rare-earth oxide is not published",
    )
    return {
        f"state_cover.{good}.JPN": japan,
        f"stock_cover.{good}.JPN": private,
        f"state_cover.{good}.KOR": korea,
    }


def _licences(heavy_share_of_exports: float) -> dict[str, Cells]:
    """Return the licence path, from what was known on 3 April 2025."""
    return {
        "licence.share_controlled": derived(
            heavy_share_of_exports,
            "share",
            "chinese_customs_2024",
            "part of China's magnet exports that holds Dy or Tb in these tables, which is what the rule of 4 April "
            "2025 names; up to 1 since customs may hold every shipment until it is tested: in August 2023 all gallium "
            "and germanium stopped (5.15 and 8.63 t to 0)",
            low=0.35,
            high=1.0,
        ),
        "licence.handling_days": Cells(
            value=51,
            unit="days",
            source="chinese_customs_2023",
            grade="B",
            low=40,
            high=75,
            year=2023,
            reason="gallium and germanium: in force 1 August 2023, first licences reported 21 September, 51 calendar "
            "days; 45 working days are 63",
        ),
        "licence.approval_per_month": _approval(),
        "licence.already_cleared": Cells(
            value=0.06,
            unit="share",
            source="fastmarkets_graphite_2024",
            grade="derived",
            low=0.0,
            high=0.25,
            year=2023,
            inputs=("evidence.licence.flake.2023_12", "evidence.licence.flake.2023_11"),
            reason="gallium and germanium August 2023: 0; flake graphite December 2023 against November: "
            "1427/23502=0.06; natural and spherical graphite December against the mean of January to October: 0.25",
        ),
    }


def _approval() -> Cells:
    """Return the monthly approval share: the geometric mean of gallium, germanium and graphite."""
    gallium, germanium = 1.53 / 5.6, 0.72 / 5.5
    per_month = [1 - (1 - part) ** (1 / MONTHS_TO_NOVEMBER) for part in (gallium, germanium)]
    february = (2_295 + 1_549) / ((14_511 + 7_231) / 2)
    graphite = 1 - (1 - february) ** (1 / MONTHS_TO_FEBRUARY)
    middle = (per_month[0] * per_month[1] * graphite) ** (1 / 3)
    return Cells(
        value=round(middle, 3),
        unit="share/month",
        source="chinese_customs_2023",
        grade="derived",
        low=0.06,
        high=0.42,
        year=2023,
        inputs=tuple(
            f"evidence.licence.{name}"
            for name in (
                "gallium.2022_11",
                "gallium.2023_11",
                "germanium.2022_11",
                "germanium.2023_11",
                "flake.2024_02",
                "spherical.2024_02",
                "flake.2023_01_02",
                "spherical.2023_01_02",
            )
        ),
        reason="part of the waiting trade that is cleared each month once the handling time is over, so that "
        "exports stand at 1-(1-a)^t. Middle of November 2023, t=55/30 after the first licences: gallium 1.53/5.6="
        f"{gallium:.3f} gives a={per_month[0]:.3f}, germanium 0.72/5.5={germanium:.3f} gives a={per_month[1]:.3f}; "
        f"graphite, middle of February 2024, t=25/30: (2295+1549)/((14511+7231)/2)={february:.3f} gives "
        f"a={graphite:.3f}. Geometric mean {middle:.3f}. Exports stand for approvals",
    )


def _judged() -> dict[str, Cells]:
    """Return what nothing dated before April 2025 measures, and the numbers of a user's position."""
    return {
        "licence.framework_approval_per_month": assumed(
            0.40,
            "share/month",
            0.15,
            0.90,
            "six-month licences under a framework: nothing dated before April 2025 measures it; low end as without, "
            "high end nearly all in a month (gallium stood at 11.2 t in August 2024 against 5.15 before the control)",
        ),
        "licence.extraterritorial_share": assumed(
            0.5,
            "share",
            0.1,
            1.0,
            "part of foreign-made magnets held for a Chinese licence: nearly all hold Chinese rare earths, but nobody "
            "saw how far third countries comply",
        ),
        "licence.holmium_share": assumed(
            0.1,
            "share",
            0.02,
            0.3,
            "part of magnets without Dy or Tb that hold holmium; used in cheaper grades, no statistics were read",
        ),
        "position.carrying_cost_per_year": assumed(
            0.1, "per year", 0.05, 0.2, "interest, storage and insurance of a store, usual in textbooks on inventory"
        ),
        "position.noticed_share": assumed(
            0.01, "share", 0.0, 0.05, "a shortfall under one percent of need does not stop a line"
        ),
        "position.second_source_share": assumed(
            0.2, "share", 0.1, 0.4, "what a buyer can qualify of a second source within months"
        ),
    }


def stores(
    consumers: list[str], oxide_users: dict[str, list[str]], plants: dict[str, list[str]]
) -> list[dict[str, object]]:
    """Return the stores.

    Args:
        consumers: countries that use magnets.
        oxide_users: countries that use each oxide.
        plants: countries that separate each concentrate.
    """
    places = dict.fromkeys(MAGNETS, consumers) | oxide_users | plants
    lines: list[dict[str, object]] = [
        {"good": good, "country": country, "owner": "industry"} for good, codes in places.items() for country in codes
    ]
    lines += [{"good": good, "country": country, "owner": "state"} for good in OXIDES for country in ("JPN", "KOR")]
    return lines
