"""Issues that can be divided, or left to chance, one by one: the whole frontier without a list of packages.

What the issues bring adds up, so every point within reach is a sum of mixtures of levels. For two parties the frontier
is laid end to end from the issues' own edges, the cheapest first; at most one issue is divided. For any number of
parties the same questions are linear programmes, solved exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.linear_programme import maximise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.solutions.choice import Array, Rule
    from chokepoint.solutions.linear_programme import Number, Optimum


@dataclass(frozen=True, kw_only=True, slots=True)
class Division:
    """A mixture of levels on every issue.

    Args:
        levels: part of each level, by issue (level); they add up to 1.
        gains: of each party over no deal, USD (party).
    """

    levels: tuple[Array, ...]
    gains: Array


def corners(parts: Sequence[Array]) -> tuple[Array, list[tuple[int, int, int]]]:
    """Return the corners of two parties' frontier, and the step on one issue that leads from each to the next.

    Args:
        parts: what each level of each issue brings over no deal, USD (2, level).

    Returns:
        Gains from the second party's best to the first's (2, corner); (issue, level left, level entered) of each step.
    """
    start, steps = np.zeros(2), list[tuple[float, int, int, int]]()
    for issue, part in enumerate(parts):
        path, slope = _path(part), 0.0
        start += part[:, path[0]]
        for left, entered in pairwise(path):
            move = part[:, entered] - part[:, left]
            slope = max(slope, float(-move[1] / move[0]))  # rounding must not turn the steps of one issue round
            steps.append((slope, issue, left, entered))
    steps.sort(key=lambda step: step[0])  # stable: steps of one issue keep their order
    moves = [parts[issue][:, entered] - parts[issue][:, left] for _, issue, left, entered in steps]
    points = np.cumsum(np.stack([start, *moves], axis=1), axis=1)
    return points, [step[1:] for step in steps]


def _path(part: Array) -> list[int]:
    """Return the levels on the upper right hull of one issue, from the second party's best to the first's."""
    order = np.lexsort((-part[1], part[0]))[::-1]
    hull: list[int] = []
    for level in order.tolist():  # from the first party's best on to the left
        while hull and part[1, level] >= part[1, hull[-1]] and part[0, level] >= part[0, hull[-1]]:
            hull.pop()
        if hull and part[1, level] <= part[1, hull[-1]]:
            continue
        while len(hull) > 1 and _is_under(part[:, hull[-2]], part[:, hull[-1]], part[:, level]):
            hull.pop()
        hull.append(level)
    return hull[::-1]


def _is_under(right: Array, middle: Array, left: Array) -> bool:
    """Tell whether a point does not lie beyond the line between its neighbours."""
    run, rise = middle - right, left - right
    return bool(run[0] * rise[1] <= run[1] * rise[0])


def divide(parts: Sequence[Array], rule: Rule) -> Division | None:
    """Let a rule of the shelf choose among all mixtures; None where nobody can gain without another's loss.

    Args:
        parts: what each level of each issue brings two parties over no deal, USD (2, level).
        rule: one of ``RULES``.
    """
    points, steps = corners(parts)
    choice = rule.over_lotteries(points[None])
    if not choice.is_deal[0]:
        return None
    levels = [np.zeros(part.shape[1]) for part in parts]
    for issue, part in enumerate(parts):
        levels[issue][_path(part)[0]] = 1.0
    low, high = sorted((int(choice.first[0]), int(choice.second[0])))
    rest = float(choice.share[0]) if choice.first[0] == low else 1.0 - float(choice.share[0])
    # Between two corners that are not neighbours all steps lie on one line: each is taken in the same part.
    for number, (issue, left, entered) in enumerate(steps[:high]):
        part = 1.0 if number < low else 1.0 - rest
        moved = part * levels[issue][left] if number < low else part
        levels[issue][left] -= moved
        levels[issue][entered] += moved
    return Division(levels=tuple(levels), gains=choice.of(points[None])[0])


def best_division(parts: Sequence[Array], weights: Sequence[Number]) -> Division | None:
    """Return a division with the greatest weighted sum of gains that leaves nobody worse off, exactly.

    Args:
        parts: what each level of each issue brings over no deal, USD (party, level); any number of parties.
        weights: of the parties' gains.

    Source: harsanyi1955
    """
    return _read(parts, _solve(parts, weights, [0] * len(weights)))


def even_division(parts: Sequence[Array], units: Sequence[Number]) -> Division | None:
    """Return a division whose smallest gain, each counted in a unit of its own, is as large as it can be, exactly.

    Equal units make it egalitarian, the parties' best gains that of Kalai and Smorodinsky. Of divisions with the same
    smallest gain, one with the greatest sum in these units.

    Args:
        parts: what each level of each issue brings over no deal, USD (party, level); any number of parties.
        units: of the parties, above 0.

    Source: kalai1977, kalai_smorodinsky1975
    """
    exact = [Fraction(unit) for unit in units]
    rows, limits = _within(parts)
    rows = [[*row, 0] for row in rows]
    for party, unit in enumerate(exact):
        rows.append([*(-Fraction(float(each)) for each in _across(parts, party)), unit])
        limits.append(Fraction(0))
    found = maximise([*([0] * (len(rows[0]) - 1)), 1], rows, limits)
    if found is None:
        return None
    weights = [1 / unit for unit in exact]
    return _read(parts, _solve(parts, weights, [found.value * unit for unit in exact]))


def ideal_of(parts: Sequence[Array]) -> list[Fraction] | None:
    """Return the most each party could gain if no other is left worse off; None where nobody can be spared a loss."""
    found: list[Fraction] = []
    for party in range(len(parts[0])):
        weights = [int(each == party) for each in range(len(parts[0]))]
        best = _solve(parts, weights, [0] * len(weights))
        if best is None:
            return None
        found.append(best.value)
    return found


def _solve(parts: Sequence[Array], weights: Sequence[Number], floors: Sequence[Number]) -> Optimum | None:
    """Maximise a weighted sum of gains above floors; None where the floors cannot be met."""
    rows, limits = _within(parts)
    gains = [[Fraction(float(each)) for each in _across(parts, party)] for party in range(len(weights))]
    for mine, floor in zip(gains, floors, strict=True):
        rows.append([-each for each in mine])
        limits.append(-Fraction(floor))
    exact = [Fraction(weight) for weight in weights]
    aim = [
        sum((by * each for by, each in zip(exact, column, strict=True)), Fraction(0))
        for column in zip(*gains, strict=True)
    ]
    return maximise(aim, rows, limits)


def _across(parts: Sequence[Array], party: int) -> Iterator[float]:
    """Yield what every level of every issue brings a party."""
    for part in parts:
        yield from part[party].tolist()


def _within(parts: Sequence[Array]) -> tuple[list[list[Number]], list[Fraction]]:
    """Return the rows that hold the parts of an issue's levels to 1 together."""
    sizes = [part.shape[1] for part in parts]
    rows: list[list[Number]] = []
    limits: list[Fraction] = []
    for issue in range(len(sizes)):
        row: list[Number] = [int(other == issue) for other, size in enumerate(sizes) for _ in range(size)]
        rows += [row, [-each for each in row]]
        limits += [Fraction(1), Fraction(-1)]
    return rows, limits


def _read(parts: Sequence[Array], found: Optimum | None) -> Division | None:
    """Return the division a programme found."""
    if found is None:
        return None
    ends = np.cumsum([part.shape[1] for part in parts])
    levels = np.split(np.array([float(each) for each in found.point]), ends[:-1])
    gains = np.sum([part @ level for part, level in zip(parts, levels, strict=True)], axis=0)
    return Division(levels=tuple(levels), gains=gains)
