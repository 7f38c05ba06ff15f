"""Foreign input reliance at face value and looked through the chain, from a table of direct requirements.

With ``A[(j,r),(i,s)]`` what a unit of output of sector ``s`` of country ``i`` takes from sector ``r`` of country
``j``, and ``L = (I - A)^-1``::

    face value     FV(j -> i,s) = sum_r A[(j,r),(i,s)]       / sum of the column of A
    look-through   LT(j -> i,s) = sum_r (L - I)[(j,r),(i,s)] / sum of the column of L - I

Gross output on purpose: a stop hits the whole flow, not the value added in it. For a bundled world use
:mod:`chokepoint.exposure.look_through`, which follows the physical chain and passes re-export through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.indicator import Indicator, Missing, add_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def face_value(requirements: NDArray[np.float64], countries: Sequence[str], column: int) -> Indicator | Missing:
    """Return the share of each country in what a sector takes directly.

    Args:
        requirements: ``A``, square, in value per unit of value; one row and column per country and sector.
        countries: the country of each row.
        column: the sector looked at.

    Source: baldwin_freeman_2023
    """
    return _by_country("face_value", requirements[:, column], countries)


def looked_through(requirements: NDArray[np.float64], countries: Sequence[str], column: int) -> Indicator | Missing:
    """Return the share of each country in all that a sector takes, through every stage before it.

    Args:
        requirements, countries, column: as in :func:`face_value`.

    Source: baldwin_freeman_2023
    """
    size = len(countries)
    unit = np.zeros(size)
    unit[column] = 1.0
    total = np.linalg.solve(np.eye(size) - requirements, unit) - unit
    return _by_country("look_through", total, countries)


def _by_country(name: str, taken: NDArray[np.float64], countries: Sequence[str]) -> Indicator | Missing:
    whole = float(taken.sum())
    if whole <= 0.0:
        return Missing(name=name, reason="it takes nothing from anybody")
    parts: dict[str, float] = {}
    for code, amount in zip(countries, taken.tolist(), strict=True):
        parts[code] = parts.get(code, 0.0) + amount / whole
    return add_up(name, "share", parts)
