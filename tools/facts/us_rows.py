"""Which line of the Survey's tables on the United States is which mineral at which stage, and in which unit."""

from __future__ import annotations

from chokepoint.units import USD_PER_TONNE

PER_TONNE = {
    "dollars per kilogram": 1e3,
    "dollars per metric ton": 1.0,
    "dollars per ton": 1.0,
    "dollars per pound": USD_PER_TONNE["USD/lb"],
    "cents per pound": USD_PER_TONNE["USD/lb"] / 100,
    "dollars per troy ounce": USD_PER_TONNE["USD/ozt"],
    "dollars per gram": 1e6,
    "dollars per metric ton unit": 100.0,
    "dollars per dry metric ton unit": 100.0,
}
"""USD per tonne in one of what the Survey prints; a metric ton unit is a hundredth of a tonne of content."""

MINERALS = {
    ("ALUMINUM", "Aluminum"): "aluminium",
    ("BAUXITE AND ALUMINA", "Bauxite"): "aluminium",
    ("BAUXITE AND ALUMINA", "Alumina"): "aluminium",
    ("GRAPHITE (NATURAL)", "Graphite (Natural)"): "graphite",
    ("HELIUM AND RARE GASES", "Helium"): "helium",
    ("IRON ORE", "Iron Ore"): "iron_ore",
    ("MAGNESIUM COMPOUNDS", "Magnesium Compounds"): "magnesite",
    ("MAGNESIUM METAL", "Magnesium Metal"): "magnesium",
    ("NIOBIUM (COLUMBIUM)", "Niobium (Columbium)"): "niobium",
    ("PHOSPHATE ROCK", "Phosphate Rock"): "phosphate",
    ("PLATINUM-GROUP METALS", "Platinum-Group Metals"): "platinum_group",
    ("RARE EARTHS", "Rare Earths"): "rare_earths",
    ("RARE EARTHS (Heavy)", "Rare Earths (Heavy)"): "rare_earths",
    ("TITANIUM AND TITANIUM DIOXIDE", "Titanium sponge metal"): "titanium",
    ("TITANIUM AND TITANIUM DIOXIDE", "Titanium Sponge Metal"): "titanium",
    ("TITANIUM AND TITANIUM DIOXIDE", "TiO2 pigment"): "titanium",
    ("TITANIUM AND TITANIUM DIOXIDE", "TiO2 Pigment"): "titanium",
    ("TITANIUM MINERAL CONCENTRATES", "Titanium Mineral Concentrates"): "titanium",
    ("ZIRCONIUM AND HAFNIUM", "Zirconium And Hafnium"): "zirconium",
    ("ZIRCONIUM AND HAFNIUM", "Zirconium"): "zirconium",
    ("ZIRCONIUM AND HAFNIUM", "Hafnium"): "hafnium",
}
MINERALS |= {
    ("PLATINUM-GROUP METALS", name.title()): name
    for name in ("platinum", "palladium", "rhodium", "iridium", "ruthenium")
}
MINERALS |= {
    ("RARE EARTHS", name.title()): name
    for name in ("lanthanum", "cerium", "praseodymium", "neodymium", "samarium", "europium", "gadolinium")
}
MINERALS |= {
    ("RARE EARTHS (Heavy)", name.title()): name
    for name in ("terbium", "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium")
}
MINERALS |= {
    (name.upper(), name.title()): name
    for name in [
        "antimony",
        "arsenic",
        "barite",
        "beryllium",
        "bismuth",
        "boron",
        "cadmium",
        "cesium",
        "chromium",
        "cobalt",
        "copper",
        "fluorspar",
        "gallium",
        "germanium",
        "gold",
        "indium",
        "lead",
        "lithium",
        "manganese",
        "molybdenum",
        "nickel",
        "potash",
        "rhenium",
        "rubidium",
        "scandium",
        "selenium",
        "silicon",
        "silver",
        "strontium",
        "tantalum",
        "tellurium",
        "thallium",
        "thorium",
        "tin",
        "tungsten",
        "vanadium",
        "yttrium",
        "zinc",
    ]
}

# Stages that the world tables do not count: (chapter, text) -> (stage, basis). Made in the United States.
OWN_PRODUCTION = {
    ("ANTIMONY", "Production, Smelter: Primary"): ("refining", "primary smelter output, contained"),
    ("GERMANIUM", "Production, refinery: Primary"): ("refining", "primary refinery output, contained"),
    ("LEAD", "Production: Primary refinery"): ("refining", "primary refined metal"),
    ("NICKEL", "Production: Refinery, byproduct"): ("refining", "by-product refinery output, contained"),
    ("RARE EARTHS", "Production: Compounds and metals"): ("separation", "REO in compounds and metals"),
    ("VANADIUM", "Production from ash, residues, and spent catalysts"): ("refining", "contained, from residues"),
    ("ZINC", "Production: Refined zinc,"): ("refining", "refined metal"),
}
RECYCLED = ("scrap", "waste", "secondary", "stainless")
UNSTAGED = ("total", "all forms", "combined", "ferrosilicon and silicon metal")
BY_COMMODITY = {
    "bauxite": "mining",
    "alumina": "refining",
    "aluminum": "smelting",
    "titanium sponge metal": "refining",
    "titanium mineral concentrates": "mining",
    "tio2 pigment": "pigments",
}
MINED = (
    "ore",
    "concentrate",
    "chromite",
    "celestite",
    "zircon,",
    "zircon:",
    "tantalite",
    "bauxite",
    "ilmenite",
    "rutile",
)
MINED += ("slag", "titanium mineral", "monazite")
MADE = (
    "oxide",
    "metal",
    "refined",
    "unwrought",
    "sponge",
    "ferro",
    "compound",
    "cathode",
    "powder",
    "ingot",
    "pentoxide",
)
MADE += ("exchange", "acid", "dealer", "carbonate", "mischmetal", "alloy")


def stage_of(text: str, stages: tuple[str, ...]) -> str:
    """Return the stage a product belongs to by the words that name it; empty where it spans several or none fits.

    Args:
        text: commodity and product, parted by a colon, as the Survey writes them.
        stages: of the mineral's chain.
    """
    commodity, _, product = text.casefold().partition(": ")
    if commodity in BY_COMMODITY:
        return BY_COMMODITY[commodity]
    is_spread = any(each in product for each in RECYCLED) or any(each in product for each in UNSTAGED)
    if len(stages) == 1 or is_spread:
        return stages[0] if len(stages) == 1 and not any(each in product for each in RECYCLED) else ""
    if product.startswith("ferrosilicon"):
        return "alloying"
    if any(each in product for each in MINED):
        return "mining" if "mining" in stages else ""
    made = next((each for each in stages if each in {"smelting", "refining", "separation"}), "")
    return made if any(each in product for each in MADE) else ""
