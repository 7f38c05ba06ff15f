"""Parties of an answer: countries, and the blocs they act in together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.world import World

BLOC_NAMES = {"EU27": "European Union"}
REST = "ROW"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parties:
    """Who is reported, and which countries each stands for.

    Args:
        codes: bloc and country codes; blocs first.
        names: names for people.
        gather: matrix (country, party) of ones and zeros; a bloc's members are parties of their own as well.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    gather: np.ndarray

    def at(self, code: str) -> int:
        """Return the position of a party."""
        return self.codes.index(code)


def parties_of(world: World) -> Parties:
    """Return the blocs of a world, then its countries."""
    blocs = [code for code in world.blocs if set(world.blocs[code]) & set(world.countries)]
    columns = [np.isin(world.countries, world.blocs[code]) for code in blocs]
    gather = np.column_stack([*columns, np.eye(len(world.countries))]).astype(float)
    names = [BLOC_NAMES.get(code, code) for code in blocs]
    return Parties(codes=(*blocs, *world.countries), names=(*names, *world.country_names), gather=gather)
