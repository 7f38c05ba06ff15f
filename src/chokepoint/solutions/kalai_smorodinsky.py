"""The Kalai-Smorodinsky rule: equal shares of what each could gain at most."""

from __future__ import annotations

from chokepoint.solutions.choice import Array, Axioms, Choice, Mask, Rule, best_package, shares_of_best
from chokepoint.solutions.frontier import along_ray, ideal, where_possible


def kalai_smorodinsky_package(gains: Array) -> Choice:
    """Choose the package with the greatest smaller share ``min_i g_i / b_i``, ties by the sum of shares.

    ``b`` is the most each party gains in any package of the zone of agreement.

    Args:
        gains: over no deal, USD (case, party, package); ``-inf`` for packages struck out.

    Source: kalai_smorodinsky1975
    """
    share = shares_of_best(gains)
    return best_package(gains, share.min(axis=1), lambda: share.sum(axis=1))


def kalai_smorodinsky_lottery(gains: Array) -> Choice:
    """Choose where the frontier of lotteries crosses the ray from no deal to the ideal point.

    Args:
        gains: over no deal, USD (case, 2, package); ``-inf`` for packages struck out.

    Source: kalai_smorodinsky1975
    """

    def choose(part: Array, possible: Mask) -> Choice:  # noqa: ARG001  # the rule has no terms by case
        return along_ray(part, ideal(part))

    return where_possible(gains, choose)


KALAI_SMORODINSKY = Rule(
    name="kalai_smorodinsky",
    title="Kalai-Smorodinsky",
    over_packages=kalai_smorodinsky_package,
    over_lotteries=kalai_smorodinsky_lottery,
    package_axioms=Axioms(
        pareto=True, symmetry=False, scale_invariance=True, independence=False, individual_monotonicity=False
    ),
    lottery_axioms=Axioms(
        pareto=True, symmetry=True, scale_invariance=True, independence=False, individual_monotonicity=True
    ),
)
