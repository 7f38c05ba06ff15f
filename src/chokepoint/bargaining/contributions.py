"""What each issue brings to a package."""

from __future__ import annotations

from itertools import product
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.issues import package_words
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from chokepoint.bargaining.problem import BargainingProblem
    from chokepoint.solutions.choice import Array


def contributions(problem: BargainingProblem, package: int, baseline: int) -> Array:
    """Split the value of a package over a baseline among its issues, each by its average over all orders.

    Shapley's value: what an issue adds when it is settled after those before it, averaged over every order in which
    issues could be settled. They sum to the difference of the two packages exactly; an issue at the same level in
    both adds nothing.

    Args:
        problem: its packages hold every mixture of the two.
        package, baseline: two packages.

    Returns:
        USD (case, party, issue).

    Raises:
        DataError: a mixture of the two packages is not among the packages.

    Source: shapley1953
    """
    pairs = [(int(start), int(end)) for start, end in problem.packages[[baseline, package]].T]
    count = len(pairs)
    mixtures = list(product(*pairs))  # the last issue settled first, then the one before it ...
    row_of = {tuple(levels): row for row, levels in enumerate(problem.packages.tolist())}
    missing = sorted(set(mixtures) - row_of.keys())
    if missing:
        raise DataError(
            Problem(
                where=f"package {package_words(problem.issues, levels)}",
                found="no payoff",
                expected="every mixture of the two packages",
                remedy="simulate it",
            )
            for levels in missing
        )
    value = problem.payoff[:, :, [row_of[levels] for levels in mixtures]]
    is_settled = np.array(list(product((False, True), repeat=count)))
    settled = np.count_nonzero(is_settled, axis=1)
    weight = np.array([factorial(size) * factorial(count - size - 1) for size in range(count)]) / factorial(count)
    parts: list[Array] = []
    for issue in range(count):
        without = np.flatnonzero(~is_settled[:, issue])
        added = value[:, :, without + 2 ** (count - 1 - issue)] - value[:, :, without]
        parts.append(added @ weight[settled[without]])
    return np.stack(parts, axis=2)
