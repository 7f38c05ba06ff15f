"""Adjusted Winner: each item to who wants it more, then as much back as makes both equally content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array


@dataclass(frozen=True, kw_only=True, slots=True)
class DivisionAxioms:
    """What a division of items between two parties promises.

    Args:
        efficiency: no other division, of parts of items too, is better for one and as good for the other.
        equity: both get the same part of all they could get.
        envy_freeness: neither would rather have what the other has.
        truthfulness: nobody gains by misstating what items are worth to it.
    """

    efficiency: bool
    equity: bool
    envy_freeness: bool
    truthfulness: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemDivision:
    """Who gets what.

    Args:
        first: part of each item that goes to the first party (item); at most one lies between 0 and 1.
        points: that each party puts on what it gets (party).
    """

    first: Array
    points: Array


AXIOMS = DivisionAxioms(efficiency=True, equity=True, envy_freeness=True, truthfulness=False)


def adjusted_winner(points: Array) -> ItemDivision:
    """Divide items between two parties that put the same total of points on them.

    Each item goes to whom it is worth more. Then items move from who has more points to the other, in rising order
    of what they are worth to the giver per point of the taker, until both are equal; the last is divided.

    Args:
        points: worth of each item to each party, at least 0, equal in total (party, item).

    Raises:
        ValueError: a worth below 0, or totals that differ: content could not be compared.

    Source: brams_taylor1996

    Example:
        >>> adjusted_winner(np.array([[70.0, 30.0], [40.0, 60.0]])).points.round(3).tolist()
        [63.636, 63.636]
    """
    totals = points.sum(axis=1)
    if (points < 0.0).any() or not np.isclose(totals[0], totals[1], rtol=1e-9):
        message = f"items are divided by points at least 0 of equal total, not {totals[0]:g} and {totals[1]:g}"
        raise ValueError(message)
    goes_first = points[0] > points[1]
    has = np.array([points[0, goes_first].sum(), points[1, ~goes_first].sum()])
    giver = int(has[1] > has[0])
    mine, theirs = points[giver], points[1 - giver]
    kept = (goes_first if giver == 0 else ~goes_first).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        price = np.where(theirs > 0.0, mine / theirs, np.inf)
    ahead = abs(float(has[0] - has[1]))
    held = np.flatnonzero(kept)
    for item in held[np.argsort(price[held], kind="stable")]:
        worth = mine[item] + theirs[item]
        part = min(1.0, ahead / worth) if worth > 0.0 else 0.0
        kept[item] -= part
        ahead -= part * worth
        if ahead <= 0.0:
            break
    first = kept if giver == 0 else 1.0 - kept
    return ItemDivision(first=first, points=np.array([points[0] @ first, points[1] @ (1.0 - first)]))
