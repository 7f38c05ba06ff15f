"""Closing the books: move figures as little as possible until every balance holds.

Sources disagree, so what a country sends, receives, makes and uses never adds up as found. With ``y0`` the figures as
found, ``R y = t`` the balances and totals that must hold, and ``w`` the weight of a figure (more for a better grade,
infinite for one that must not move),

    minimise  sum_v w_v [ y_v ln(y_v / y0_v) - y_v + y0_v ]   subject to  R y = t .

It keeps every figure positive and moves figures of one grade by like factors (the biproportional method, RAS, is the
case of two margins and equal weights). The solution is ``y = y0 exp(-R' m / w)``; the multipliers ``m`` minimise a
convex function, found by Newton steps and closed to rounding by two linear projections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from chokepoint.errors import DataError, Problem
from chokepoint.world import Movement

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Integers = np.ndarray[tuple[int], np.dtype[np.int64]]

CLOSED = 1e-12
"""What may be left of a balance, relative to the sum of its terms."""

SMALL = 1e-10
"""A gap, relative to its balance, that the projections close."""

STEPS = 200
LARGEST_FACTOR_PER_STEP = 2.0
"""Natural logarithm of the most a figure may grow or shrink in one step; keeps the first steps finite."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """A figure that may move, and the balances it enters.

    Args:
        figure: its name; value, unit: as found (per year); grade: for the record of movements.
        weight: how hard it is to move; ``inf`` fixes it.
        family: lanes, activity levels and uses are counted apart by totals.
        word: the good of a lane or use, the kind of an activity.
        country: who sends, makes or uses; partner: who receives, for a lane.
        recipe: goods and amounts per level, negative for inputs, for an activity.
    """

    figure: str
    value: float
    unit: str
    grade: str
    weight: float
    family: Literal["flow", "production", "use"]
    word: str
    country: str
    partner: str = ""
    recipe: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """A sum that has to be kept.

    Args:
        name: for messages.
        family: what is summed; lanes inside one country are never part of a sum.
        words: goods or kinds; country, partner: empty for any.
        amount: the sum; for a share, the part (0 to 1) of the same sum over all countries.
        is_share: which of the two.
    """

    name: str
    family: Literal["flow", "production"]
    words: frozenset[str]
    country: str
    partner: str
    amount: float
    is_share: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """Figures after closing.

    Args:
        values: shape (figures,), the units of the figures.
        residual: what is left of each row, relative to the sum of its absolute terms; shape (rows,).
    """

    values: Vector
    residual: Vector


def reconcile(unknowns: Sequence[Unknown], totals: Sequence[Total]) -> tuple[Vector, tuple[Movement, ...]]:
    """Close every balance and total.

    Args:
        unknowns: the figures that enter.
        totals: what has to be kept besides.

    Returns:
        The closed figures in the order given, and how far each moved.

    Raises:
        DataError: a balance or total that cannot be closed, each named.
    """
    names, rows, target = conditions(unknowns, totals)
    start = np.array([each.value for each in unknowns])
    closing = close(start, np.array([each.weight for each in unknowns]), rows, target)
    unclosed = [
        _unclosed(name, gap)
        for name, gap in zip(names, closing.residual.tolist(), strict=True)
        if not abs(gap) <= CLOSED  # a gap that is not a number counts as open
    ]
    if unclosed:
        raise DataError(unclosed)
    movements = tuple(
        Movement(
            figure=each.figure,
            before=each.value,
            after=float(after),
            unit=each.unit,
            reason=f"moved to close the balances (grade {each.grade}, weight {each.weight:g})",
        )
        for each, after in zip(unknowns, closing.values, strict=True)
        if abs(after - each.value) > CLOSED * each.value
    )
    return closing.values, movements


def conditions(unknowns: Sequence[Unknown], totals: Sequence[Total]) -> tuple[list[str], Matrix, Vector]:
    """Return the names, coefficients (rows, unknowns) and right-hand sides of all balances and totals."""
    terms: dict[str, dict[int, float]] = {}
    for number, each in enumerate(unknowns):
        for balance, amount in _balances(each):
            row = terms.setdefault(balance, {})
            row[number] = row.get(number, 0.0) + amount
    names = [*terms, *(f"the total {total.name}" for total in totals)]
    rows = np.zeros((len(names), len(unknowns)))
    for row, entries in zip(rows, terms.values(), strict=False):
        row[list(entries)] = list(entries.values())
    target = np.zeros(len(names))
    for place, total in enumerate(totals, start=len(terms)):
        rows[place] = [_part(each, total) for each in unknowns]
        target[place] = 0.0 if total.is_share else total.amount
    return names, rows, target


def close(start: Vector, weight: Vector, rows: Matrix, target: Vector) -> Closing:
    """Move figures until all rows hold; figures that no row ties together are closed apart.

    Args:
        start: figures as found, all positive; shape (figures,).
        weight: how hard each is to move; ``inf`` fixes it; shape (figures,).
        rows: coefficients of the balances and totals; shape (rows, figures).
        target: right-hand sides; shape (rows,).

    Returns:
        The closed figures with what is left of every row. A row that cannot hold keeps a residual.
    """
    values, residual = start.astype(np.float64), np.zeros(target.size)
    for its_rows, figures in _tied(rows):
        part = _close(start[figures], weight[figures], rows[np.ix_(its_rows, figures)], target[its_rows])
        values[figures], residual[its_rows] = part.values, part.residual
    return Closing(values=values, residual=residual)


def _tied(rows: Matrix) -> list[tuple[Integers, Integers]]:
    """Return groups of rows and figures such that no row of a group holds a figure of another."""
    holds = rows != 0.0
    none = rows.shape[0]
    group: Integers = np.arange(none, dtype=np.int64)
    while True:
        of_figure: Integers = np.min(np.where(holds, group[:, None], none), axis=0, initial=none)
        joined: Integers = np.min(np.where(holds, of_figure[None, :], none), axis=1, initial=none)
        lower: Integers = np.minimum(joined, group)
        if np.array_equal(lower, group):
            labels = [int(each) for each in np.unique(group)]
            return [(np.flatnonzero(group == each), np.flatnonzero(of_figure == each)) for each in labels]
        group = lower


def _close(start: Vector, weight: Vector, rows: Matrix, target: Vector) -> Closing:
    """Move the figures of one group until its rows hold."""
    size = np.abs(rows) @ start
    scale = np.sqrt(np.where(size > 0, size, 1.0))
    matrix, goal = rows / scale[:, None], target / scale
    ease = np.where(np.isfinite(weight), 1.0 / weight, 0.0)
    multiplier = np.zeros(goal.size)
    values = start
    for _ in range(STEPS):
        gap = matrix @ values - goal
        if float(np.max(np.abs(gap) / scale, initial=0.0)) < SMALL:
            break
        step = _solve((matrix * (values * ease)) @ matrix.T, gap)
        longest = float(np.max(np.abs(matrix.T @ step) * ease, initial=0.0))
        multiplier += step * min(1.0, LARGEST_FACTOR_PER_STEP / max(longest, 1e-300))
        values = start * np.exp(-(matrix.T @ multiplier) * ease)
    for _ in range(3):
        spread = values * ease
        values = values + spread * (matrix.T @ _solve((matrix * spread) @ matrix.T, goal - matrix @ values))
    size = np.abs(rows) @ np.abs(values)
    return Closing(values=values, residual=(rows @ values - target) / np.where(size > 0, size, 1.0))


def _solve(hessian: Matrix, gap: Vector) -> Vector:
    """Solve for the multipliers; balances that repeat each other leave directions free, which stay near zero."""
    # Where nothing may move, any damping gives the answer: multipliers of nothing.
    damping = 1e-14 * float(np.trace(hessian)) / max(gap.size, 1) or 1.0
    damped = hessian + damping * np.eye(gap.size)
    step = np.linalg.solve(damped, gap)
    return step + np.linalg.solve(damped, gap - hessian @ step)


def _balances(each: Unknown) -> list[tuple[str, float]]:
    """Return the balances a figure enters, with its coefficient in each."""
    if each.family == "flow":
        return [(_sold(each.word, each.country), -1.0), (_bought(each.word, each.partner), 1.0)]
    if each.family == "use":
        return [(_bought(each.word, each.country), -1.0)]
    return [((_sold if amount > 0 else _bought)(good, each.country), amount) for good, amount in each.recipe]


def _sold(good: str, country: str) -> str:
    return f"what {country} makes and sells of {good}"


def _bought(good: str, country: str) -> str:
    return f"what {country} receives and uses of {good}"


def _part(each: Unknown, total: Total) -> float:
    """Return the coefficient of a figure in a total; in a share, everybody's figures count against the amount."""
    if each.family != total.family or each.word not in total.words or each.country == each.partner:
        return 0.0
    counted = total.country in {"", each.country} and total.partner in {"", each.partner}
    return float(counted) - (total.amount if total.is_share else 0.0)


def _unclosed(name: str, residual: float) -> Problem:
    return Problem(
        where=name,
        found=f"a gap of {residual:.1e} of its size that nothing can close",
        expected="what is made or arrives can equal what leaves or is used",
        remedy="look for a lane, level or use that is missing, or a fixed figure that contradicts another",
    )
