"""The egalitarian rule: equal gains in money, as far as that is not waste."""

from __future__ import annotations

from chokepoint.solutions.choice import Array, Axioms, Choice, Mask, Rule, best_package
from chokepoint.solutions.frontier import along_ray, ray, where_possible


def egalitarian_package(gains: Array) -> Choice:
    """Choose the package whose smallest gain is greatest, ties by the sum of gains.

    Args:
        gains: over no deal, USD (case, party, package); ``-inf`` for packages struck out.

    Source: kalai1977
    """
    return best_package(gains, gains.min(axis=1), lambda: gains.sum(axis=1))


def egalitarian_lottery(gains: Array) -> Choice:
    """Choose where the frontier of lotteries crosses ``g1 = g2``; at its end if it does not reach that line.

    Kalai's rule would throw money away rather than leave gains unequal; here the smaller gain is made as large
    as it can be, and then the other.

    Args:
        gains: over no deal, USD (case, 2, package); ``-inf`` for packages struck out.

    Source: kalai1977
    """

    def choose(part: Array, possible: Mask) -> Choice:  # noqa: ARG001  # the rule has no terms by case
        return along_ray(part, ray(part, 1.0, 1.0))

    return where_possible(gains, choose)


EGALITARIAN = Rule(
    name="egalitarian",
    title="egalitarian",
    over_packages=egalitarian_package,
    over_lotteries=egalitarian_lottery,
    package_axioms=Axioms(
        pareto=True, symmetry=False, scale_invariance=False, independence=True, individual_monotonicity=False
    ),
    lottery_axioms=Axioms(
        pareto=True, symmetry=True, scale_invariance=False, independence=True, individual_monotonicity=True
    ),
)
