"""What a table loses if its issues are settled one by one, each as if the others stayed where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.issue_by_issue import Linkage

if TYPE_CHECKING:
    from chokepoint.bargaining.problem import BargainingProblem
    from chokepoint.solutions.choice import Rule


def linkage_over(problem: BargainingProblem, baseline: int, rule: Rule) -> Linkage:
    """Compare the package a rule chooses with the one its choices on each issue alone add up to, in every case.

    Both are counted over the baseline, where things stay without a deal: an issue alone is settled with all others at
    their baseline levels, and left there if no level is better for both. The levels so chosen then hold together, with
    whatever they do to each other.

    Args:
        problem: its packages hold every mixture of what is chosen; baseline: a package.
        rule: one of ``RULES``, over packages.

    Returns:
        Gains over the baseline, USD (case, party).

    Raises:
        KeyError: the levels chosen apart are no package together.

    Source: tollison_willett1979, fershtman1990
    """
    over = problem.payoff - problem.payoff[:, :, [baseline]]
    start = problem.packages[baseline]
    settled = np.tile(start, (len(over), 1))
    for issue in range(len(start)):
        others = np.delete(problem.packages, issue, axis=1) == np.delete(start, issue)
        alone = np.flatnonzero(np.logical_and.reduce(others, axis=1))
        choice = rule.over_packages(over[:, :, alone])
        settled[choice.is_deal, issue] = problem.packages[alone[choice.first[choice.is_deal]], issue]
    row_of = {tuple(levels): row for row, levels in enumerate(problem.packages.tolist())}
    rows = [row_of[tuple(levels)] for levels in settled.tolist()]
    choice = rule.over_packages(over)
    together = np.where(choice.is_deal[:, None], choice.of(over), 0.0)
    return Linkage(together=together, apart=over[np.arange(len(over)), :, rows])
