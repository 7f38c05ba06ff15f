"""The utilitarian rule: the greatest sum of gains, as long as nobody is worse off than without a deal."""

from __future__ import annotations

import numpy as np

from chokepoint.solutions.choice import Array, Axioms, Choice, Indices, Mask, Rule, best_package, merge
from chokepoint.solutions.frontier import TOLERANCE, along_ray, at, ray, where_possible


def utilitarian_package(gains: Array) -> Choice:
    """Choose the package with the greatest sum of gains, ties by the smallest gain.

    Args:
        gains: over no deal, USD (case, party, package); ``-inf`` for packages struck out.

    Source: harsanyi1955
    """
    return best_package(gains, gains.sum(axis=1), lambda: gains.min(axis=1))


def utilitarian_lottery(gains: Array) -> Choice:
    """Choose the lottery with the greatest expected sum of gains; the middle where a whole edge has it.

    Args:
        gains: over no deal, USD (case, 2, package); ``-inf`` for packages struck out.

    Source: harsanyi1955
    """

    def choose(part: Array, possible: Mask) -> Choice:  # noqa: ARG001  # the rule has no terms by case
        total = part[:, 0] + part[:, 1]
        best = total.max(axis=1, keepdims=True)
        is_tied = total >= best - TOLERANCE * np.abs(best)
        left: Indices = np.argmax(np.where(is_tied, part[:, 1], -np.inf), axis=1)
        right: Indices = np.argmax(np.where(is_tied, part[:, 0], -np.inf), axis=1)
        low, high = at(part, left), at(part, right)
        run, fall = high[:, 0] - low[:, 0], low[:, 1] - high[:, 1]
        is_edge = (run > 0.0) & (fall > 0.0)
        start = np.where(is_edge, np.clip(-low[:, 0] / np.where(is_edge, run, 1.0), 0.0, 1.0), 0.0)
        end = np.where(is_edge, np.clip(low[:, 1] / np.where(is_edge, fall, 1.0), 0.0, 1.0), 0.0)
        middle = Choice(first=left, second=np.where(is_edge, right, left), share=1.0 - 0.5 * (start + end))
        spared = merge(high[:, 0] < 0.0, along_ray(part, ray(part, 0.0, 1.0)), middle)
        return merge(low[:, 1] < 0.0, along_ray(part, ray(part, 1.0, 0.0)), spared)

    return where_possible(gains, choose)


UTILITARIAN = Rule(
    name="utilitarian",
    title="utilitarian",
    over_packages=utilitarian_package,
    over_lotteries=utilitarian_lottery,
    package_axioms=Axioms(
        pareto=True, symmetry=False, scale_invariance=False, independence=True, individual_monotonicity=False
    ),
    lottery_axioms=Axioms(
        pareto=True, symmetry=True, scale_invariance=False, independence=False, individual_monotonicity=False
    ),
)
