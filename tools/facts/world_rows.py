"""Which line of the Survey's world tables is which mineral at which stage, and what a tonne is a tonne of."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One kind of line.

    Args:
        mineral: its code.
        measure: ``production``, ``reserves`` or ``capacity``.
        stage: of the chain; empty for reserves.
        basis: what is weighed.
        factor: what the printed number is multiplied by besides its unit, where the printed unit is wrong.
        note: why there is a factor.
    """

    mineral: str
    measure: str
    stage: str
    basis: str
    factor: float = 1.0
    note: str = ""


def _mine(mineral: str, basis: str) -> tuple[Line, Line]:
    return (
        Line(mineral=mineral, measure="production", stage="mining", basis=basis),
        Line(mineral=mineral, measure="reserves", stage="", basis=basis),
    )


def _made(mineral: str, basis: str, stage: str = "refining") -> tuple[Line, Line]:
    return (
        Line(mineral=mineral, measure="production", stage=stage, basis=basis),
        Line(mineral=mineral, measure="capacity", stage=stage, basis=basis),
    )


VANADIUM_NOTE = "labelled metric tons in the data release; the printed chapter and the 2025 edition say thousand tons"
TITANIUM_NOTE = "labelled metric tons in the data release of 2025; the numbers are those of thousand tons"

# (chapter, detail without ": rounded") -> what it is. Details of lines with their own factor come with them.
MCS2026: dict[tuple[str, str], Line] = {}
for _chapter, _mineral, _basis in (
    ("ANTIMONY", "antimony", "contained"),
    ("BARITE", "barite", "gross"),
    ("BERYLLIUM", "beryllium", "contained"),
    ("COBALT", "cobalt", "contained"),
    ("COPPER", "copper", "contained"),
    ("FLUORSPAR", "fluorspar", "gross"),
    ("GOLD", "gold", "contained"),
    ("GRAPHITE (NATURAL)", "graphite", "gross"),
    ("LEAD", "lead", "contained"),
    ("LITHIUM", "lithium", "contained"),
    ("MAGNESIUM COMPOUNDS", "magnesite", "MgO"),
    ("MANGANESE", "manganese", "contained"),
    ("MOLYBDENUM", "molybdenum", "contained"),
    ("NICKEL", "nickel", "contained"),
    ("NIOBIUM (COLUMBIUM)", "niobium", "contained"),
    ("PHOSPHATE ROCK", "phosphate", "marketable rock"),
    ("RARE EARTHS", "rare_earths", "REO"),
    ("RHENIUM", "rhenium", "contained"),
    ("SILVER", "silver", "contained"),
    ("STRONTIUM", "strontium", "contained"),
    ("TANTALUM", "tantalum", "contained"),
    ("TIN", "tin", "contained"),
    ("TUNGSTEN", "tungsten", "contained"),
    ("ZINC", "zinc", "contained"),
):
    MCS2026[_chapter, "Mine production"], MCS2026[_chapter, "Reserves"] = _mine(_mineral, _basis)
MCS2026["MOLYBDENUM", "Reserves (thousand metric tons)"] = MCS2026["MOLYBDENUM", "Reserves"]
MCS2026["CHROMIUM", "Mine production"], _ = _mine("chromium", "gross (marketable ore)")
MCS2026["CHROMIUM", "Reserves: Ore"] = Line(mineral="chromium", measure="reserves", stage="", basis="gross (ore)")
MCS2026["CHROMIUM", "Reserves: Cr2O3 content"] = Line(mineral="chromium", measure="reserves", stage="", basis="Cr2O3")
MCS2026["VANADIUM", "Mine production"], _ = _mine("vanadium", "contained")
MCS2026["VANADIUM", "Reserves"] = Line(
    mineral="vanadium", measure="reserves", stage="", basis="contained", factor=1000, note=VANADIUM_NOTE
)
(
    MCS2026["IRON ORE", "Mine production: Iron content"],
    MCS2026["IRON ORE", "Reserves (million metric tons): Iron content"],
) = _mine("iron_ore", "contained")
MCS2026["POTASH", "Mine production"], MCS2026["POTASH", "Reserves: K2O equivalent"] = _mine("potash", "K2O")
for _mineral in ("palladium", "platinum"):
    MCS2026["PLATINUM-GROUP METALS", f"Mine production: {_mineral.title()}"], _ = _mine(_mineral, "contained")
_, MCS2026["PLATINUM-GROUP METALS", "PGM reserves"] = _mine("platinum_group", "contained")
ZIRCON = "Zirconium mineral concentrates, mine production (thousand metric tons, gross weight)"
MCS2026["ZIRCONIUM AND HAFNIUM", ZIRCON], _ = _mine("zirconium", "gross (concentrates)")
_, MCS2026["ZIRCONIUM AND HAFNIUM", "Zirconium reserves(thousand metric tons, ZrO2 content)"] = _mine(
    "zirconium", "ZrO2"
)
for _kind in ("Ilmenite", "Rutile"):
    (
        MCS2026["TITANIUM MINERAL CONCENTRATES", f"Mine production: {_kind}"],
        MCS2026["TITANIUM MINERAL CONCENTRATES", f"Reserves: {_kind}"],
    ) = _mine("titanium", f"TiO2 in {_kind.lower()}")
    (
        MCS2026["TITANIUM MINERAL CONCENTRATES", f"Mine production: {_kind.lower()}, rounded"],
        MCS2026["TITANIUM MINERAL CONCENTRATES", f"Reserves: {_kind.lower()}, rounded"],
    ) = _mine("titanium", f"TiO2 in {_kind.lower()}")
for _measure in ("Mine production", "Reserves"):
    MCS2026["TITANIUM MINERAL CONCENTRATES", f"{_measure}: ilmenite and rutile, rounded"] = _mine(
        "titanium", "TiO2 in ilmenite and rutile"
    )[_measure == "Reserves"]
for _form in (
    "All forms",
    "crude ore",
    "ulexite",
    "boric oxide equivalent",
    "compounds",
    "crude borates",
    "datolite ore",
    "refined borates",
):
    _basis = _form.lower()
    MCS2026["BORON", f"Production\u2014{_form}"], MCS2026["BORON", f"Reserves\u2014{_form}"] = _mine("boron", _basis)
    MCS2026["BORON", "Reserves"] = _mine("boron", "all forms")[1]
MCS2026["BAUXITE AND ALUMINA", "Bauxite, mine production"], MCS2026["BAUXITE AND ALUMINA", "Bauxite reserves"] = _mine(
    "aluminium", "dry bauxite"
)
MCS2026["BAUXITE AND ALUMINA", "Alumina, refinery production"], _ = _made("aluminium", "alumina, calcined")
MCS2026["ALUMINUM", "Smelter production"], MCS2026["ALUMINUM", "Yearend capacity"] = _made(
    "aluminium", "primary metal", "smelting"
)
MCS2026["MAGNESIUM METAL", "Smelter production"], MCS2026["MAGNESIUM METAL", "Smelter capacity"] = _made(
    "magnesium", "primary metal", "smelting"
)
(
    MCS2026["ARSENIC", "Production (arsenic trioxide, gross weight)"],
    MCS2026["ARSENIC", "Refinery capacity (arsenic trioxide, gross weight)"],
) = _made("arsenic", "gross (arsenic trioxide)")
MCS2026["BISMUTH", "Refinery production"], MCS2026["BISMUTH", "Production capacity"] = _made("bismuth", "metal")
MCS2026["CADMIUM", "Refinery production"], _ = _made("cadmium", "metal")
MCS2026["COPPER", "Refinery production"], _ = _made("copper", "refined metal")
MCS2026["GALLIUM", "Primary production"], MCS2026["GALLIUM", "Production capacity"] = _made(
    "gallium", "contained (low purity)"
)
MCS2026["INDIUM", "Refinery production"], MCS2026["INDIUM", "Refinery capacity"] = _made("indium", "metal")
MCS2026["SELENIUM", "Refinery production"], MCS2026["SELENIUM", "Refinery capacity"] = _made("selenium", "contained")
MCS2026["TELLURIUM", "Refinery production"], MCS2026["TELLURIUM", "Refinery capacity"] = _made("tellurium", "contained")
for _chapter, _kind in (
    ("SELENIUM", "crude and anode slimes"),
    ("TELLURIUM", "copper telluride"),
    ("TELLURIUM", "concentrate"),
):
    MCS2026[_chapter, f"Refinery production: {_kind}"], MCS2026[_chapter, f"Refinery capacity: {_kind}"] = (
        replace(each, note=f"in {_kind}") for each in _made(_chapter.lower(), "contained")
    )
MCS2026["SILICON", "Silicon metal"], _ = _made("silicon", "contained (silicon metal)")
MCS2026["SILICON", "Ferrosilicon"], _ = _made("silicon", "contained (ferrosilicon)", "alloying")
SPONGE = "TITANIUM AND TITANIUM DIOXIDE"
MCS2026[SPONGE, "Titanium sponge metal production"], MCS2026[SPONGE, "Titanium sponge metal Capacity"] = _made(
    "titanium", "sponge metal"
)
_, MCS2026[SPONGE, "TiO2 Pigment Capacity"] = _made("titanium", "TiO2 pigment", "pigments")
HELIUM = "HELIUM AND RARE GASES"
MCS2026[HELIUM, "Helium Production"], _ = _made("helium", "gas", "refining")
_, MCS2026[HELIUM, "Helium Reserves"] = _mine("helium", "gas")

# (commodity, type) of the 2025 edition -> what its production and capacity are; its reserves are those of the mineral.
MCS2025: dict[tuple[str, str], Line] = {
    (_commodity, _type): Line(
        mineral=_mineral, measure="production", stage=_stage, basis=_basis, factor=_factor, note=_note
    )
    for _commodity, _type, _mineral, _stage, _basis, _factor, _note in (
        ("Aluminum", "Smelter production, aluminum", "aluminium", "smelting", "primary metal", 1, ""),
        ("Antimony", "Mine production, antimony content", "antimony", "mining", "contained", 1, ""),
        (
            "Arsenic",
            "Plant production, arsenic trioxide or calculated equivalent.",
            "arsenic",
            "refining",
            "gross (arsenic trioxide)",
            1,
            "",
        ),
        ("Barite", "Mine production, barite, estimated", "barite", "mining", "gross", 1, ""),
        (
            "Bauxite",
            "Refinery production, alumina - calcined equivalent weights",
            "aluminium",
            "refining",
            "alumina, calcined",
            1,
            "",
        ),
        ("Bauxite", "Mine production, bauxite, dry tons", "aluminium", "mining", "dry bauxite", 1, ""),
        ("Beryllium", "Mine production, beryllium content", "beryllium", "mining", "contained", 1, ""),
        ("Bismuth", "Refinery production", "bismuth", "refining", "metal", 1, ""),
        ("Boron", "Boron all types", "boron", "mining", "all forms", 1, ""),
        ("Cadmium", "Refinery production, estimated", "cadmium", "refining", "metal", 1, ""),
        (
            "Chromium",
            "Mine production, grosss weight, marketable chromite ore",
            "chromium",
            "mining",
            "gross (marketable ore)",
            1,
            "",
        ),
        ("Cobalt", "Mine production, cobalt content, estimated", "cobalt", "mining", "contained", 1, ""),
        ("Cobalt", "Mine production, estimated", "cobalt", "mining", "contained", 1, ""),
        ("Copper", "Mine production, recoverable copper content", "copper", "mining", "contained", 1, ""),
        ("Copper", "Refinery production, copper", "copper", "refining", "refined metal", 1, ""),
        ("Fluorspar", "Mine production, estimated", "fluorspar", "mining", "gross", 1, ""),
        ("Gallium", "Primary production", "gallium", "refining", "contained (low purity)", 1, ""),
        (
            "Gemanium",
            "Primary and secondary refinery production",
            "germanium",
            "refining",
            "contained (primary and secondary)",
            1,
            "",
        ),
        ("Gold", "mine production, gold content", "gold", "mining", "contained", 1, ""),
        ("Graphite", "Mine production", "graphite", "mining", "gross", 1, ""),
        ("Helium", "Production, helium gas content", "helium", "refining", "gas", 1, ""),
        ("Indium", "Refinery production", "indium", "refining", "metal", 1, ""),
        ("Iron Ore", "Mine production, iron content", "iron_ore", "mining", "contained", 1, ""),
        ("Lead", "Mine production, lead content", "lead", "mining", "contained", 1, ""),
        ("Lithium", "Mine production, lithium content", "lithium", "mining", "contained", 1, ""),
        ("Magnesium Compounds", "Mine production, magnesite - gross weight", "magnesite", "mining", "gross", 1, ""),
        ("Magnesium metal", "Magnesium smelter production", "magnesium", "smelting", "primary metal", 1, ""),
        ("Manganese", "Mine production, manganese content", "manganese", "mining", "contained", 1, ""),
        ("Molybdenum", "Mine production, molybdenum content", "molybdenum", "mining", "contained", 1, ""),
        ("Nickel", "Mine production, nickel content", "nickel", "mining", "contained", 1, ""),
        ("Niobium", "Mine production, niobium content", "niobium", "mining", "contained", 1, ""),
        (
            "Phosphate rock",
            "Mine production, marketable phosphate rock",
            "phosphate",
            "mining",
            "marketable rock",
            1,
            "",
        ),
        ("Platinum-Group metals", "Mine production, Palladium content", "palladium", "mining", "contained", 1, ""),
        ("Platinum-Group metals", "Mine production, Platinum content", "platinum", "mining", "contained", 1, ""),
        ("Potash", "Mine production, potassium oxide (K2O) equivalent", "potash", "mining", "K2O", 1, ""),
        ("Rare earths", "Mine production, rare-earth-oxide equivalent", "rare_earths", "mining", "REO", 1, ""),
        ("Rhenium", "Mine production, rhenium content", "rhenium", "mining", "contained", 1, ""),
        ("Selenium", "Refinery production, selenium content", "selenium", "refining", "contained", 1, ""),
        (
            "Silicon",
            "Plant production, Ferosilicon, silicon content",
            "silicon",
            "alloying",
            "contained (ferrosilicon)",
            1,
            "",
        ),
        ("Silicon", "Plant production, silicon metal", "silicon", "refining", "contained (silicon metal)", 1, ""),
        ("Silver", "Mine production, silver content", "silver", "mining", "contained", 1, ""),
        ("Strontium", "Mine production, strontium content", "strontium", "mining", "contained", 1, ""),
        ("Tantalum", "Mine production, tantalum content", "tantalum", "mining", "contained", 1, ""),
        ("Tellurium", "Refinery production, tellurium content", "tellurium", "refining", "contained", 1, ""),
        ("Tin", "Mine production, tin content", "tin", "mining", "contained", 1, ""),
        (
            "Titanium Mineral Concentrates",
            "Mine production, ilmentite, titanium dioxide (TiO2) content",
            "titanium",
            "mining",
            "TiO2 in ilmenite",
            1000,
            TITANIUM_NOTE,
        ),
        (
            "Titanium Mineral Concentrates",
            "Mine production, rutile, titanium dioxide (TiO2) content",
            "titanium",
            "mining",
            "TiO2 in rutile",
            1000,
            TITANIUM_NOTE,
        ),
        ("Titanium & titanium dioxide", "Sponge Metal Production", "titanium", "refining", "sponge metal", 1, ""),
        ("Titanium & titanium dioxide", "Pigment Capacity", "titanium", "pigments", "TiO2 pigment", 1, ""),
        ("Tungsten", "Mine production, tungsten content", "tungsten", "mining", "contained", 1, ""),
        ("Vanadium", "Mine production, vanadium content", "vanadium", "mining", "contained", 1, ""),
        ("Zinc", "Mine production, zinc content", "zinc", "mining", "contained", 1, ""),
        (
            "Zirconium and Hafnium",
            "Mine production, zirconium, gross weight",
            "zirconium",
            "mining",
            "gross (concentrates)",
            1,
            "",
        ),
    )
}
