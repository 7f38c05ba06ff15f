"""Parameter values case by case: drawn, overridden, or the world's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.world import World

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Settings:
    """Parameter values per case: those drawn or overridden, else the world's own.

    Args:
        world: whose parameters.
        values: arrays (case,) by parameter name, as the world spells it.
        cases: how many cases.
    """

    world: World
    values: Mapping[str, Vector]
    cases: int

    def of(self, *parts: str) -> Vector:
        """Return the most specific parameter ``a.b.c`` as an array (case,); a part may itself be dotted."""
        words = ".".join(parts).split(".")
        for length in range(len(words), 0, -1):
            name = ".".join(words[:length])
            if name in self.values:
                return self.values[name]
            if name in self.world.parameters:
                return np.full(self.cases, self.world.parameters[name].value)
        message = f"no parameter answers {'.'.join(parts)}"
        raise KeyError(message)

    def only(self, part: slice) -> Settings:
        """Return some of the cases."""
        values = {name: each[part] for name, each in self.values.items()}
        return Settings(self.world, values, len(range(*part.indices(self.cases))))

    def table(self, names: Iterable[tuple[str, ...]]) -> Matrix:
        """Return several parameters side by side (case, name)."""
        columns = [self.of(*parts) for parts in names]
        return np.stack(columns, axis=1) if columns else np.zeros((self.cases, 0))
