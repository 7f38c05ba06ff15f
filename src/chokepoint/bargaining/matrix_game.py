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
SLACK = 1e-14


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
    wide = np.concatenate([payoff, np.tile(np.eye(rows), (cases, 1, 1))], axis=2)
    basis = np.tile(np.arange(columns, columns + rows), (cases, 1))
    rest = np.arange(cases)
    for turn in range(MOST_PIVOTS * (rows + columns)):
        level, price, table = _solve(wide[rest], basis[rest], columns)
        worth = (np.arange(rows + columns) < columns) - np.einsum("ci,cij->cj", price, wide[rest])
        is_open = worth.max(axis=1) > NEGLIGIBLE
        if not is_open.any():
            break
        # The column that promises most enters, until the rule that cannot cycle takes over: the first that promises.
        is_free = turn < FREE_PIVOTS * (rows + columns)
        enter = (worth.argmax(axis=1) if is_free else (worth > NEGLIGIBLE).argmax(axis=1))[is_open]
        rest = rest[is_open]
        head = table[is_open, :, enter]
        preferred = head if is_free else -basis[rest].astype(float)
        basis[rest, _leaving(level[is_open], head, preferred)] = enter
    level, price, _ = _solve(wide, basis, columns)
    found = np.zeros((cases, columns + rows))
    np.put_along_axis(found, basis, level, axis=1)
    column, row = np.maximum(found[:, :columns], 0.0), np.maximum(price, 0.0)
    return row / row.sum(axis=1, keepdims=True), column / column.sum(axis=1, keepdims=True)


def _solve(wide: Array, basis: Indices, columns: int) -> tuple[Array, Array, Array]:
    """Return levels, prices of the rows and the table of a basis, from the payoffs and not from the last table.

    Rounding so never piles up: threats that differ by a billionth make bases that are nearly singular.
    """
    chosen = np.take_along_axis(wide, basis[:, None, :], axis=2)
    solved = np.asarray(np.linalg.solve(chosen, np.concatenate([wide, np.ones((*basis.shape, 1))], axis=2)), np.float64)
    earns = (basis < columns).astype(float)[:, :, None]
    price = np.asarray(np.linalg.solve(chosen.swapaxes(1, 2), earns), np.float64)
    return solved[:, :, -1], price[:, :, 0], solved[:, :, :-1]


def _leaving(level: Array, head: Array, preferred: Array) -> Indices:
    """Return the row that falls to zero first as a column enters (case); of rows that tie, the preferred one.

    Rounding may leave a level of zero slightly off it; a row ties if no other then falls below zero by more.
    """
    is_able = head > NEGLIGIBLE
    divisor = np.where(is_able, head, 1.0)
    level = np.maximum(level, 0.0)
    limit = np.where(is_able, (level + SLACK) / divisor, np.inf).min(axis=1, keepdims=True)
    return np.argmax(np.where(is_able & (level / divisor <= limit), preferred, -np.inf), axis=1)
