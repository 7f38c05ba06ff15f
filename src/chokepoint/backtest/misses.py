"""How far forecasts of past episodes missed, and how much wider an interval has to be stated for it.

What is assumed does not span what a model leaves out. How much that is, past episodes tell. With the interval
``[l, u]`` of the assumptions and the outcome ``y``, all on the logarithm to base 2, a forecast missed by

    E = max(l - y, y - u)          below zero where the interval held the outcome

and the interval stated is ``[l - Q, u + Q]``, with ``Q`` the ``ceil(0.8 (n + 1))``-th smallest of the ``n`` misses in
*other* episodes: had outcomes come in any order, such an interval would hold at least 80 % of them (conformalised
quantiles). The middle stays where it is, no parameter moves, and an episode never widens its own interval.

Source: romano_cqr_2019; leaving out the one that is forecast: barber_jackknife_2021.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.uncertainty import HIGH_SHARE, LOW_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

HELD = HIGH_SHARE - LOW_SHARE
"""The part of the outcomes an interval is to hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """How far outside its interval an outcome came: ``missed_log2`` is 1 at a factor of 2, below zero inside."""

    episode: str
    target: str
    missed_log2: float


def missed(low: float, high: float, actual: float) -> float:
    """Return how far an outcome lies outside an interval, all in log2; below zero inside."""
    return max(low - actual, actual - high)


def widening(misses: Iterable[Miss], episode: str = "") -> float:
    """Return by how much, in log2, each end of an interval must be moved out (see the module).

    Args:
        misses: of past episodes; episode: the one that is forecast, whose own misses are not known then.

    Returns:
        Zero where no other episode tells.
    """
    others = sorted(miss.missed_log2 for miss in misses if miss.episode != episode)
    if not others:
        return 0.0
    place = min(ceil(HELD * (len(others) + 1)), len(others))
    return others[place - 1]


def stated(fan: Sequence[float], wider: float) -> tuple[float, float]:
    """Return the ends of an interval (low, middle, high; log2) moved out by ``wider``, never past its middle."""
    low, middle, high = fan
    return min(low - wider, middle), max(high + wider, middle)


def read_misses(path: Traversable) -> tuple[Miss, ...]:
    """Read the misses that ship, written by ``tools/write_misses.py``."""
    with path.open(encoding="utf-8") as lines:
        return tuple(
            Miss(episode=row["episode"], target=row["target"], missed_log2=float(row["missed_log2"]))
            for row in csv.DictReader(lines)
        )


def write_misses(path: Path, misses: Iterable[Miss]) -> None:
    """Write misses as a table, rounded to a thousandth of a doubling."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ["episode", "target", "missed_log2"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(miss) | {"missed_log2": f"{miss.missed_log2:.3f}"} for miss in misses)


def held_share(misses: Sequence[Miss]) -> float:
    """Return the part of past outcomes that the intervals of the assumptions alone held."""
    return float(np.mean([miss.missed_log2 <= 0.0 for miss in misses]))
