"""Whole families of market assumptions set to either end of their ranges, each as a case of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.provenance import Figure

FAMILIES = ("demand_elasticity", "supply_elasticity", "switch_elasticity", "choke_price", "stock_cover")
ENDS = ("low", "high")


def members(figures: Mapping[str, Figure], family: str) -> list[str]:
    """Return the assumptions of a family that have a range, by name."""
    return [
        name
        for name, each in figures.items()
        if each.high > each.low and (name == family or name.startswith(f"{family}."))
    ]


def swings_of(figures: Mapping[str, Figure]) -> tuple[str, ...]:
    """Return the swings that can be made, such as ``choke_price low``: families of which some member has a range."""
    return tuple(f"{family} {end}" for family in FAMILIES if members(figures, family) for end in ENDS)


def with_swings(settings: Settings, figures: Mapping[str, Figure]) -> Settings:
    """Return settings with one case more per swing: all members of a family at one end, all else central.

    Args:
        settings: the cases drawn, the central one first; figures: the assumptions by name.
    """
    swings = swings_of(figures)
    values = {name: np.concatenate([each, np.repeat(each[:1], len(swings))]) for name, each in settings.values.items()}
    total = settings.cases + len(swings)
    for number, swing in enumerate(swings):
        family, end = swing.split(" ")
        for name in members(figures, family):
            figure = figures[name]
            column = values.setdefault(name, np.full(total, figure.value))
            column[settings.cases + number] = figure.low if end == ENDS[0] else figure.high
    return Settings(settings.world, values, total)
