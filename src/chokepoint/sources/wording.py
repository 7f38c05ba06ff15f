"""Publishers' words in ours: a number as printed, a mineral's code, a country's code."""

from __future__ import annotations

import re
from functools import cache

from chokepoint.countries import Countries

MINERALS = {
    "rare_earth_oxides": "rare_earths",
    "rare_earth_minerals": "rare_earths",
    "raree": "rare_earths",
    "aluminum": "aluminium",
    "iron": "iron_ore",
    "platinum_group_metals": "platinum_group",
    "lithium_minerals": "lithium",
    "manganese_ore": "manganese",
    "germanium_metal": "germanium",
    "magnesium_metal": "magnesium",
    "boron_minerals": "boron",
    "phosphate_rock": "phosphate",
    "zircon": "zirconium",
    "bauxite": "aluminium",
    "alumina": "aluminium",
}
"""Codes of minerals by what remains of a publisher's word when case, blanks and brackets are gone."""

FORMER = ("ANT", "CSK", "DDR", "R20", "SCG", "SUN", "ZA1")
"""Codes of states that are no more, and of two groups, in the tables of trade; they are kept as they are."""

WORLD_WORDS = frozenset({"world", "world total", "world total (rounded)", "total", "wld"})


def number_as_printed(text: str) -> float | None:
    """Return a printed number; None for a word or token that is none.

    Example:
        >>> number_as_printed("45,500"), number_as_printed("W"), number_as_printed(">1,000")
        (45500.0, None, 1000.0)
    """
    plain = text.strip().lstrip("<>~ ").replace(",", "")
    return float(plain) if re.fullmatch(r"-?\d+(\.\d*)?([eE][+-]?\d+)?|-?\.\d+", plain) else None


def mineral_code(name: str) -> str:
    """Return the code of a mineral from a publisher's word for it.

    Example:
        >>> mineral_code("Rare Earths (REO)"), mineral_code("cobalt, refined"), mineral_code("rare earth oxides")
        ('rare_earths', 'cobalt', 'rare_earths')
    """
    plain = re.sub(r"\(.*?\)|,.*$", "", name).strip().casefold()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return MINERALS.get(code, code)


def is_world(name: str) -> bool:
    """Whether a publisher's word means the world as a whole."""
    return name.strip().casefold() in WORLD_WORDS


@cache
def _countries() -> Countries:
    return Countries.read()


def country_code(name: str) -> str | None:
    """Return the ISO code of a country as a publisher spells it; None for groups and what nobody is known by."""
    return _countries().resolve(name.strip())


@cache
def country_codes(system: str) -> dict[str, str]:
    """Return the ISO codes by a system of codes.

    Args:
        system: ``iso3``, ``iso2``, ``m49`` or ``baci``.
    """
    known = _countries().by_iso3.values()
    return {getattr(each, system): each.iso3 for each in known if getattr(each, system)}
