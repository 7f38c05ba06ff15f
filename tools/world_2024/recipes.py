"""Recipes: what comes out of a tonne fed, and what a tonne of magnet takes. All assumed, each with range and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world_2024.figures import assumed

if TYPE_CHECKING:
    from world_2024.figures import Cells

PER_REO = "t/t REO"
THRIFTY = "thrifty_magnet_making"

ASSAYS = (
    (
        "separation_light",
        "",
        "ndpr_oxide",
        0.170,
        0.140,
        0.200,
        "bastnaesite and monazite hold 18 to 24 percent of NdPr in REO; recovery 0.75 to 0.9",
    ),
    (
        "separation_light",
        "CHN",
        "ndpr_oxide",
        0.160,
        0.140,
        0.180,
        (
            "Bayan Obo and Sichuan feed, about 20 percent of NdPr at a recovery of 0.8; the Agency's 45.8 kt mined in "
            "China gives 0.17 over both kinds of feed"
        ),
    ),
    (
        "separation_light",
        "MYS",
        "ndpr_oxide",
        0.190,
        0.130,
        0.220,
        "Mt Weld feed, 22 to 24 percent of NdPr at a recovery of 0.8; the Agency's 3.6 kt would give 0.145",
    ),
    (
        "separation_light",
        "USA",
        "ndpr_oxide",
        0.125,
        0.100,
        0.160,
        "Mountain Pass feed, 15.5 percent of NdPr; first full year of separation; the Agency's 0.96 kt gives 0.12",
    ),
    (
        "separation_light",
        "MYS",
        "ree_concentrate_heavy",
        0.020,
        0.005,
        0.040,
        (
            "Sm-Eu-Gd and heavier left over from Mt Weld feed, sold unseparated in 2024; counted by its Dy content as "
            "ionic-clay feed"
        ),
    ),
    (
        "separation_light",
        "CHN",
        "dysprosium_oxide",
        0.0006,
        0.0003,
        0.0012,
        "Bayan Obo and Sichuan feed hold about 0.1 percent of Dy; recovery 0.6",
    ),
    (
        "separation_light",
        "CHN",
        "terbium_oxide",
        0.00012,
        0.00005,
        0.00025,
        "Bayan Obo and Sichuan feed hold about 0.02 percent of Tb; recovery 0.6",
    ),
    (
        "separation_heavy",
        "",
        "ndpr_oxide",
        0.270,
        0.200,
        0.330,
        "ionic clays hold 22 to 35 percent of NdPr; recovery 0.9",
    ),
    (
        "separation_heavy",
        "",
        "dysprosium_oxide",
        0.038,
        0.028,
        0.050,
        "ionic clays hold 3 to 5 percent of Dy (7 where yttrium-rich); recovery 0.92",
    ),
    (
        "separation_heavy",
        "",
        "terbium_oxide",
        0.0060,
        0.0045,
        0.0080,
        "ionic clays hold 0.5 to 0.8 percent of Tb; recovery 0.92",
    ),
    (
        "recycling",
        "",
        "dysprosium_oxide",
        0.030,
        0.015,
        0.060,
        "Dy to NdPr in returned magnet scrap, about that of the magnets sold in the last decade",
    ),
    (
        "recycling",
        "",
        "terbium_oxide",
        0.004,
        0.002,
        0.008,
        "Tb to NdPr in returned magnet scrap",
    ),
    (
        "recycling",
        "JPN",
        "dysprosium_oxide",
        0.0,
        0.0,
        0.03,
        "scrap is sent back into magnets as alloy; no separated Dy is counted",
    ),
    (
        "recycling",
        "JPN",
        "terbium_oxide",
        0.0,
        0.0,
        0.004,
        "as for Dy",
    ),
)
NDPR_PER_MAGNET = (
    (
        "magnet_making",
        "",
        0.340,
        0.310,
        0.380,
        "29 percent of NdPr metal in the alloy, 0.85 t of metal per t of oxide, process scrap returned",
    ),
    (
        "magnet_making",
        "CHN",
        0.315,
        0.280,
        0.350,
        "as elsewhere, less the cerium, lanthanum and holmium that fill cheaper grades in China",
    ),
    (
        "magnet_making_heavy",
        "",
        0.325,
        0.290,
        0.360,
        "Dy and Tb stand in for part of the NdPr",
    ),
    (
        "magnet_making_heavy",
        "CHN",
        0.300,
        0.270,
        0.340,
        "as elsewhere, less the gadolinium and holmium that fill cheaper grades in China",
    ),
)


def recipes(heavy_dysprosium: float, heavy_terbium: float) -> dict[tuple[str, str, str, str], Cells]:
    """Return all recipes but re-export.

    Args:
        heavy_dysprosium: t Dy oxide per t of heavy-grade magnet.
        heavy_terbium: the same for Tb oxide.
    """
    lines: dict[tuple[str, str, str, str], Cells] = {}
    one = assumed(1.0, "t/t", 1.0, 1.0, "by definition: the level is counted in this good")
    for kind, good in (("mine_light", "ree_concentrate_light"), ("mine_heavy", "ree_concentrate_heavy")):
        lines[kind, "", "output", good] = one
    for kind, good in (
        ("separation_light", "ree_concentrate_light"),
        ("separation_heavy", "ree_concentrate_heavy"),
    ):
        lines[kind, "", "input", good] = one
    lines["recycling", "", "output", "ndpr_oxide"] = one
    lines["magnet_making", "", "output", "ndfeb_magnet"] = one
    lines["magnet_making_heavy", "", "output", "ndfeb_magnet_heavy"] = one
    for kind, country, good, value, low, high, reason in ASSAYS:
        unit = "t/t" if kind == "recycling" else PER_REO
        lines[kind, country, "output", good] = assumed(value, unit, low, high, reason)
    for kind, country, value, low, high, reason in NDPR_PER_MAGNET:
        lines[kind, country, "input", "ndpr_oxide"] = assumed(value, "t/t", low, high, reason)
    for good, value, low, high in (
        ("dysprosium_oxide", heavy_dysprosium, 0.012, 0.035),
        ("terbium_oxide", heavy_terbium, 0.0015, 0.006),
    ):
        lines["magnet_making_heavy", "", "input", good] = assumed(
            value,
            "t/t",
            low,
            high,
            "what separation and recycling yield, less other uses, over the heavy grades made; typical grades hold 1 "
            "to 5 percent of Dy and 0 to 0.5 percent of Tb, net of returned scrap",
        )
    lines[THRIFTY, "", "output", "ndfeb_magnet_heavy"] = one
    for kind, country, value, low, high, reason in NDPR_PER_MAGNET:
        if kind == "magnet_making_heavy":
            lines[THRIFTY, country, "input", "ndpr_oxide"] = assumed(value, "t/t", low, high, reason)
    return lines
