"""What a position's answer assumes where the user's file says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.provenance import Figure

PREFIX = "position."


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumptions:
    """Numbers of our own behind a position's answer.

    Args:
        carrying_cost_per_year: what it costs to hold a good in store, as a share of its value per year
            (capital, warehouse, insurance, ageing).
        second_source_share: share of the need that the second source covers in the answer to "what would a
            second source save?".
        noticed_share: a month that misses less than this share of the need neither starts the search for a
            replacement nor counts as a stop; what it misses is lost all the same.
    """

    carrying_cost_per_year: float = 0.10
    second_source_share: float = 0.20
    noticed_share: float = 0.01

    @classmethod
    def of(cls, parameters: Mapping[str, Figure]) -> Assumptions:
        """Take them from the parameters of a world (``position.carrying_cost_per_year`` ...).

        Raises:
            KeyError: a world that says nothing about them.
        """
        return cls(
            carrying_cost_per_year=parameters[f"{PREFIX}carrying_cost_per_year"].value,
            second_source_share=parameters[f"{PREFIX}second_source_share"].value,
            noticed_share=parameters[f"{PREFIX}noticed_share"].value,
        )
