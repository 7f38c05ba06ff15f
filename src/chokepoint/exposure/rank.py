"""Two orders of the same things beside each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True, slots=True)
class RankComparison:
    """A published order beside our own.

    Args:
        compared: what both rank, in the published order.
        published: its rank among what both rank, 1 first.
        ours: our rank among the same; ties share their mean rank.
        correlation: Spearman's rho; None with fewer than three things or where all of ours tie.
        missing: what the publisher ranks and we do not, in its order.
    """

    compared: tuple[str, ...]
    published: tuple[float, ...]
    ours: tuple[float, ...]
    correlation: float | None
    missing: tuple[str, ...]


def beside(order: Sequence[str], scores: Mapping[str, float]) -> RankComparison:
    """Set a published order beside scores of our own, largest first. Nothing is fitted to it.

    Args:
        order: what the publisher ranks, first to last.
        scores: ours; larger is worse.

    Source: spearman_1904
    """
    both = [each for each in order if each in scores]
    published = [float(number) for number in range(1, len(both) + 1)]
    ours = ranks([-scores[each] for each in both])
    return RankComparison(
        compared=tuple(both),
        published=tuple(published),
        ours=tuple(ours),
        correlation=pearson(published, ours) if len(both) > 2 else None,  # noqa: PLR2004
        missing=tuple(each for each in order if each not in scores),
    )


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, 1 for the smallest; equal values share their mean rank.

    Example:
        >>> ranks([30.0, 10.0, 30.0])
        [2.5, 1.0, 2.5]
    """
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return the correlation of two series of one length; None where one of them does not vary."""
    mean_first, mean_second = math.fsum(first) / len(first), math.fsum(second) / len(second)
    off = [(a - mean_first, b - mean_second) for a, b in zip(first, second, strict=True)]
    spread = math.fsum(a * a for a, _ in off) * math.fsum(b * b for _, b in off)
    return math.fsum(a * b for a, b in off) / math.sqrt(spread) if spread > 0.0 else None
