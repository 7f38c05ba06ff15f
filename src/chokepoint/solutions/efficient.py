"""The efficient packages: those to which no other is better for one party and as good for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Indices, Mask

TWO, THREE = 2, 3
LARGE = 2_000  # packages from which on striking out the clearly dominated pays
PIVOTS = 16
ROUNDING = 1e-12


def is_efficient(gains: Array) -> Mask:
    """Tell the packages to which none is better for one party and as good for all others (case, package).

    In a large table most packages are dominated by one that is good for all, and are struck out by looking at them
    once. The rest of two parties takes one sort; of three, one for every doubling of their number. Memory is linear in
    the table, whatever lies on the frontier.

    Args:
        gains: USD (case, party, package), two or three parties.

    Raises:
        ValueError: another number of parties.
    """
    parties = gains.shape[1]
    if parties not in (TWO, THREE):
        message = f"efficient packages are found for two or three parties, not for {parties}"
        raise ValueError(message)
    if gains.shape[2] < LARGE:
        return _exactly(gains)
    found = np.zeros((len(gains), gains.shape[2]), dtype=bool)
    for case, table in enumerate(gains):
        left = _not_clearly_dominated(table)
        if left is None:
            found[case] = _exactly(table[None])[0]
        else:
            found[case, left] = _exactly(table[None][:, :, left])[0]
    return found


def _exactly(gains: Array) -> Mask:
    """Tell efficient packages by sorting."""
    if gains.shape[1] == TWO:
        return _of_two(gains)
    return np.array([_of_three(each) for each in gains], dtype=bool).reshape(len(gains), gains.shape[2])


def _not_clearly_dominated(table: Array) -> Indices | None:
    """Return the packages that none of a few good ones beats for everybody; None where that strikes out too few.

    The good ones are those with the greatest sums of gains, each in units of its range. What is struck out is worse
    for somebody and better for nobody, so whichever are taken as good, no efficient package is lost.

    Args:
        table: gains (party, package).
    """
    span = np.ptp(table, axis=1)
    if not np.isfinite(span).all():  # packages struck out beforehand
        return None
    weights = 1.0 / np.where(span > 0.0, span, np.inf)
    score = weights @ table
    left = np.flatnonzero(_is_left(table, score, weights, int(np.argmax(score))))
    if 2 * left.size > table.shape[1]:
        return None
    score, rest = score[left], table[:, left]
    for _ in range(PIVOTS):
        if left.size < LARGE // PIVOTS:
            break
        best = int(np.argmax(score))
        kept = _is_left(rest, score, weights, best)
        score[np.flatnonzero(score == score[best])] = -np.inf
        left, rest, score = left[kept], rest[:, kept], score[kept]
    return left


def _is_left(table: Array, score: Array, weights: Array, package: int) -> Mask:
    """Tell the packages that one of them does not clearly dominate (package).

    Dominated is what brings nobody more and has a smaller sum by more than rounding; what brings all just the same has
    the same sum, and stays.
    """
    worse = score < score[package] - ROUNDING * float(weights @ np.abs(table[:, package]))
    for mine in table:
        worse &= mine <= mine[package]
    return ~worse


def _of_two(gains: Array) -> Mask:
    """Scan from the first party's best package down: one counts if it gives the second more than all before it."""
    order = np.argsort(-gains[:, 0], axis=1)
    first = np.take_along_axis(gains[:, 0], order, axis=1)
    is_tied = first[:, 1:] == first[:, :-1]
    has_ties = bool(is_tied.any())
    if has_ties:
        _order_ties(order, gains, is_tied)
    second = np.take_along_axis(gains[:, 1], order, axis=1)
    is_record = np.ones(second.shape, dtype=bool)
    is_record[:, 1:] = second[:, 1:] > np.maximum.accumulate(second, axis=1)[:, :-1]
    if has_ties:  # what brings both just what a record brings is efficient too
        place = np.maximum.accumulate(np.where(is_record, np.arange(gains.shape[2]), 0), axis=1)
        is_record = (second == np.take_along_axis(second, place, axis=1)) & (
            first == np.take_along_axis(first, place, axis=1)
        )
    found = np.empty(is_record.shape, dtype=bool)
    np.put_along_axis(found, order, is_record, axis=1)
    return found


def _order_ties(order: Indices, gains: Array, is_tied: Mask) -> None:
    """Order packages that bring the first party the same by what they bring the second, in place.

    A fast sort leaves them in any order. They fill the same places afterwards, so only they are sorted again.
    """
    in_run = np.zeros(order.shape, dtype=bool)
    in_run[:, 1:] |= is_tied
    in_run[:, :-1] |= is_tied
    case, place = np.nonzero(in_run)
    package = order[case, place]
    order[case, place] = package[np.lexsort((-gains[case, 1, package], -gains[case, 0, package], case))]


def _of_three(gains: Array) -> Mask:
    """Strike out, half against half, what an earlier package in falling order of the first party's gain dominates.

    Among packages that differ, one is dominated where an earlier one brings both others as much. With positions
    halved again and again, every pair is compared in the one halving that parts it: packages of both halves are run
    through in falling order of the second's gain, and the third's greatest in the earlier half is kept.
    """
    order = np.lexsort((-gains[2], -gains[1], -gains[0]))
    ranked = gains[:, order]
    is_new = np.ones(order.size, dtype=bool)
    is_new[1:] = np.logical_or.reduce(ranked[:, 1:] != ranked[:, :-1], axis=0)
    distinct = ranked[:, is_new]
    count = distinct.shape[1]
    position: Indices = np.arange(count, dtype=np.intp)
    rank = np.empty(count, dtype=np.intp)
    rank[np.argsort(-distinct[1], kind="stable")] = position
    _, third = np.unique(distinct[2], return_inverse=True)
    is_dominated = np.zeros(count, dtype=bool)
    width = 1
    while width < count:
        pair = position // (2 * width)
        run = np.argsort(pair * count + rank)
        floor = pair[run] * (count + 1)
        is_early = (run // width) % 2 == 0
        best = np.maximum.accumulate(floor + np.where(is_early, third[run] + 1, 0)) - floor
        is_dominated[run] |= ~is_early & (best > third[run])
        width *= 2
    found = np.empty(order.size, dtype=bool)
    found[order] = ~is_dominated[np.cumsum(is_new) - 1]
    return found
