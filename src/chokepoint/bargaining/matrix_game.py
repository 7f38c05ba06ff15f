"""Zero-sum games of any two ladders of threats, solved in all cases at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Indices, Mask

FREE_PIVOTS = 3  # times rows plus columns; then the rule that cannot cycle
MOST_PIVOTS = 60  # times rows plus columns
NEGLIGIBLE = 1e-11


@dataclass(frozen=True, kw_only=True, slots=True)
class Equilibrium:
    """What each side can hold the other to, and how.

    Args:
        value: what the row player gets and the column player pays (case).
        row, column: probability of each row (case, row) and column (case, column).
        is_saddle: whether neither needs to mix (case).
        gap: what the two strategies leave open between guarantee and ceiling, in units of payoff (case); the
            certificate: rounding where the game is solved.
    """

    value: Array
    row: Array
    column: Array
    is_saddle: Mask
    gap: Array


def solve_game(payoff: Array) -> Equilibrium:
    """Find ``v = max over row mixtures, min over columns`` of a zero-sum game.

    A saddle, where there is one, is taken as it stands. Elsewhere payoffs are moved to 1 to 2 and the simplex
    method solves ``max sum y, B y <= 1, y >= 0``: the column mixture is ``y / sum y``, the row mixture the
    dual, the value ``1 / sum y``.

    Args:
        payoff: to the row player (case, row, column).

    Returns:
        One equilibrium per case; among several saddles the first row, then the first column.

    Source: von_neumann1928
    """
    floor, ceiling = payoff.min(axis=2), payoff.max(axis=1)
    best_row, best_column = floor.argmax(axis=1), ceiling.argmin(axis=1)
    is_saddle = floor.max(axis=1) == ceiling.min(axis=1)
    row, column = np.eye(payoff.shape[1])[best_row], np.eye(payoff.shape[2])[best_column]
    mixed = ~is_saddle
    if mixed.any():
        low = payoff[mixed].min(axis=(1, 2), keepdims=True)
        span = payoff[mixed].max(axis=(1, 2), keepdims=True) - low
        row[mixed], column[mixed] = _mix(1.0 + (payoff[mixed] - low) / span)
    guarantee = np.einsum("ci,cij->cj", row, payoff).min(axis=1)
    cap = np.einsum("cij,cj->ci", payoff, column).max(axis=1)
    return Equilibrium(
        value=0.5 * (guarantee + cap), row=row, column=column, is_saddle=is_saddle, gap=np.maximum(cap - guarantee, 0.0)
    )


def _mix(payoff: Array) -> tuple[Array, Array]:
    """Return both mixtures of games with positive payoffs (case, row, column)."""
    cases, rows, columns = payoff.shape
    table = np.zeros((cases, rows + 1, columns + rows + 1))
    table[:, :rows, :columns] = payoff
    table[:, :rows, columns:-1] = np.eye(rows)
    table[:, :rows, -1] = 1.0
    table[:, rows, :columns] = -1.0
    basis = np.tile(np.arange(columns, columns + rows), (cases, 1))
    for turn in range(MOST_PIVOTS * (rows + columns)):
        cost = table[:, rows, :-1]
        rest = np.flatnonzero(cost.min(axis=1) < -NEGLIGIBLE)
        if not rest.size:
            break
        part = cost[rest]
        is_free = turn < FREE_PIVOTS * (rows + columns)
        enter = part.argmin(axis=1) if is_free else (part < -NEGLIGIBLE).argmax(axis=1)
        _pivot(table, basis, rest, enter)
    found = np.zeros((cases, columns + rows))
    np.put_along_axis(found, basis, table[:, :rows, -1], axis=1)
    column = np.maximum(found[:, :columns], 0.0)
    row = np.maximum(table[:, rows, columns:-1], 0.0)
    return row / row.sum(axis=1, keepdims=True), column / column.sum(axis=1, keepdims=True)


def _pivot(table: Array, basis: Indices, rest: Indices, enter: Indices) -> None:
    """Bring one column into the basis of each case in ``rest``, in place; ties leave by lowest number."""
    part = table[rest]
    cases = np.arange(rest.size)
    entering = part[cases, :, enter]
    heads = entering[:, :-1]
    ratio = np.where(heads > NEGLIGIBLE, part[:, :-1, -1] / np.where(heads > NEGLIGIBLE, heads, 1.0), np.inf)
    is_least = ratio <= ratio.min(axis=1, keepdims=True) * (1.0 + NEGLIGIBLE)
    leave = np.where(is_least, basis[rest], np.iinfo(basis.dtype).max).argmin(axis=1)
    pivot_row = part[cases, leave] / heads[cases, leave][:, None]
    part -= entering[:, :, None] * pivot_row[:, None, :]
    part[cases, leave] = pivot_row
    table[rest] = part
    basis[rest, leave] = enter
