"""What a position's answer assumes where the user's file says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.provenance import Figure

Values = float | np.ndarray[tuple[int], np.dtype[np.float64]]
PREFIX = "position."


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumptions:
    """Numbers of our own behind a position's answer, each one number or one for every case (case,).

    Args:
        carrying_cost_per_year: what it costs to hold a good in store, as a share of its value per year
            (capital, warehouse, insurance, ageing).
        second_source_share: share of the need that the second source covers in the answer to "what would a
            second source save?".
        noticed_share: a month that misses less than this share of the need neither starts the search for a
            replacement nor counts as a stop; what it misses is lost all the same.
    """

    carrying_cost_per_year: Values = 0.10
    second_source_share: Values = 0.20
    noticed_share: Values = 0.01

    @classmethod
    def of(cls, parameters: Mapping[str, Figure]) -> Assumptions:
        """Take them from the parameters of a world (``position.carrying_cost_per_year`` ...).

        Raises:
            KeyError: a world that says nothing about them.
        """
        return cls.at({name: figure.value for name, figure in parameters.items()})

    @classmethod
    def at(cls, values: Mapping[str, Values]) -> Assumptions:
        """Take them from values by the parameters' names, drawn or not.

        Raises:
            KeyError: one of them is not among the values.
        """
        return cls(
            carrying_cost_per_year=values[f"{PREFIX}carrying_cost_per_year"],
            second_source_share=values[f"{PREFIX}second_source_share"],
            noticed_share=values[f"{PREFIX}noticed_share"],
        )
