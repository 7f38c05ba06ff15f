"""Search the upper right hull of two parties' gains for one edge, in all cases at once, without building the hull.

Between the package best for the second party (left) and the one best for the first (right) lies the frontier. The
package farthest beyond the line between the two is a corner of the frontier; which side of it the wanted point lies
on decides which end it replaces. It ends when no package lies beyond: the two ends are then an edge.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from chokepoint.solutions.choice import NO_DEAL, Array, Choice, Indices, Mask

TOLERANCE = 1e-12
BLOCK = 200_000  # gains of a block of cases: small enough to stay in a processor's cache

Side = Callable[[Array, Array, Array], Array]
"""From gains, corners (case, 2) and targets (case, 2): > 0 where the wanted point lies right of the corner, 0 at it."""


def at(gains: Array, package: Indices) -> Array:
    """Return the gains of one package per case (case, 2)."""
    return gains[np.arange(package.size), :, package]


def farthest(gains: Array, direction: Array) -> Indices:
    """Return the package with the largest weighted sum of gains; weights (case, 2) above zero."""
    return np.argmax(direction[:, :1] * gains[:, 0] + direction[:, 1:] * gains[:, 1], axis=1)


def extreme(gains: Array, party: int) -> Indices:
    """Return the package best for a party, ties by what the other gains (case)."""
    best = gains[:, party].max(axis=1, keepdims=True)
    return np.argmax(np.where(gains[:, party] == best, gains[:, 1 - party], -np.inf), axis=1)


def edge(gains: Array, target: Array, side: Side) -> tuple[Indices, Indices]:
    """Return the ends, left and right, of the edge of the frontier that holds the wanted point; equal at a corner.

    Args:
        gains: (case, 2, package), at least one finite package in every case.
        target: what ``side`` needs to know of each case (case, 2).
        side: where the wanted point lies, seen from a corner.
    """
    cases, _, packages = gains.shape
    rows = max(1, BLOCK // packages)
    blocks = [slice(start, start + rows) for start in range(0, max(cases, 1), rows)]
    ends = [_edge(gains[block], target[block], side) for block in blocks]
    return np.concatenate([left for left, _ in ends]), np.concatenate([right for _, right in ends])


def _edge(gains: Array, target: Array, side: Side) -> tuple[Indices, Indices]:
    """Return the ends of the edge in a block of cases."""
    left, right = extreme(gains, 1), extreme(gains, 0)
    right = np.where(side(gains, at(gains, left), target) <= 0.0, left, right)
    left = np.where(side(gains, at(gains, right), target) >= 0.0, right, left)
    wide = np.flatnonzero(left != right)
    while wide.size:
        part = gains[wide]
        low, high = at(part, left[wide]), at(part, right[wide])
        normal = np.column_stack([low[:, 1] - high[:, 1], high[:, 0] - low[:, 0]])
        middle = farthest(part, normal)
        corner = at(part, middle)
        reach = (normal * np.maximum(np.abs(low), np.abs(high))).sum(axis=1)
        is_beyond = ((corner - low) * normal).sum(axis=1) > TOLERANCE * reach
        turn = side(part, corner, target[wide])
        left[wide] = np.where(is_beyond & (turn >= 0.0), middle, left[wide])
        right[wide] = np.where(is_beyond & (turn <= 0.0), middle, right[wide])
        wide = wide[is_beyond & (turn != 0.0)]
    return left, right


def beside_ray(gains: Array, corner: Array, ray: Array) -> Array:  # noqa: ARG001  # one of several sides
    """Return > 0 where a corner lies above the ray from no deal, so that the crossing is to its right."""
    return corner[:, 1] * ray[:, 0] - corner[:, 0] * ray[:, 1]


def along_ray(gains: Array, ray: Array) -> Choice:
    """Choose where the frontier crosses a ray from no deal, or its end nearest to the ray.

    Args:
        gains: (case, 2, package); ray: direction (case, 2), not negative.
    """
    left, right = edge(gains, ray, beside_ray)
    above = beside_ray(gains, at(gains, left), ray)
    below = beside_ray(gains, at(gains, right), ray)
    apart = np.where(left == right, 1.0, above - below)
    return Choice(first=left, second=right, share=np.where(left == right, 1.0, np.clip(-below / apart, 0.0, 1.0)))


def ray(gains: Array, first: float, second: float) -> Array:
    """Return one direction for every case (case, 2)."""
    return np.tile(np.array([first, second]), (len(gains), 1))


def ideal(gains: Array) -> Array:
    """Return the most each party could gain, alone, from a lottery that leaves the other no worse off (case, 2)."""
    first = along_ray(gains, ray(gains, 1.0, 0.0)).of(gains)[:, 0]
    second = along_ray(gains, ray(gains, 0.0, 1.0)).of(gains)[:, 1]
    return np.column_stack([first, second])


def is_possible(gains: Array) -> Mask:
    """Tell the cases in which some lottery leaves nobody worse off and somebody better off (case)."""
    possible = np.isfinite(gains.max(axis=(1, 2)))
    part = gains[possible]
    reached = along_ray(part, ray(part, 1.0, 1.0)).of(part)
    slack = TOLERANCE * np.abs(reached).max(axis=1, initial=0.0)
    possible[possible] = (reached.min(axis=1) >= -slack) & (reached.sum(axis=1) > slack)
    return possible


def where_possible(gains: Array, choose: Callable[[Array, Mask], Choice]) -> Choice:
    """Choose in the cases where a deal is possible; the others have none.

    Args:
        gains: (case, 2, package).
        choose: the rule, from the gains of those cases and the mask that selected them.
    """
    possible = is_possible(gains)
    first = np.full(len(gains), NO_DEAL, dtype=np.intp)
    second = first.copy()
    share = np.full(len(gains), np.nan)
    if possible.any():
        found = choose(gains[possible], possible)
        first[possible], second[possible], share[possible] = found.first, found.second, found.share
    return Choice(first=first, second=second, share=share)
