"""Linear-additive domains of GENIUS, which NegMAS reads and writes too: a domain file and one profile per party."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np

from chokepoint.exchange.additive import additive_groups

if TYPE_CHECKING:
    from chokepoint.bargaining import BargainingProblem
    from chokepoint.solutions.choice import Array


@dataclass(frozen=True, kw_only=True, slots=True)
class GeniusSpace:
    """What a domain and its profiles say.

    Args:
        parties: names of the profiles; issues: names; levels: names, by issue.
        worth: utility that each level of each issue adds (party, level), weights applied.
        reservation: utility without a deal (party).
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    worth: tuple[Array, ...]
    reservation: Array

    @property
    def packages(self) -> int:
        """How many packages there are."""
        return math.prod(len(levels) for levels in self.levels)


def space_of(problem: BargainingProblem, case: int = 0) -> tuple[GeniusSpace, Array, Array]:
    """Write a problem of ours as utilities from 0 to 1 that add up over issues.

    Issues that add up stay apart; those that touch each other, as a chain's do, become one issue whose levels are
    their combinations, so that nothing is approximated. Each party's worst, or its no deal if that is worse still,
    is 0 and its best package 1.

    Args:
        problem: over every combination of its issues' levels on the table; case: which one, 0 the central one.

    Returns:
        The space, and with ``low`` and ``unit`` (party): USD = low + unit * utility.
    """
    groups = additive_groups(problem.packages, problem.payoff[case])
    low, no_deal = problem.payoff[case].min(axis=1), problem.disagreement[case]
    floor = np.minimum(low, no_deal)
    unit = np.maximum(problem.payoff[case].max(axis=1) - floor, np.finfo(float).tiny)
    names: list[str] = []
    levels: list[tuple[str, ...]] = []
    worth: list[Array] = []
    for number, group in enumerate(groups):
        issues = [problem.issues[at] for at in group.issues]
        names.append(" + ".join(issue.name for issue in issues))
        levels.append(
            tuple(
                " / ".join(issue.levels[int(level)].name for issue, level in zip(issues, row, strict=True))
                for row in group.levels
            )
        )
        above = group.worth - group.worth.min(axis=1, keepdims=True)
        worth.append((above + (low - floor)[:, None] * (number == 0)) / unit[:, None])
    space = GeniusSpace(
        parties=problem.parties,
        issues=tuple(names),
        levels=tuple(levels),
        worth=tuple(worth),
        reservation=(no_deal - floor) / unit,
    )
    return space, floor, unit


def genius_files(space: GeniusSpace, name: str) -> dict[str, str]:
    """Write a space as a domain file and one profile per party.

    Every evaluation is at most 1, so that GENIUS and NegMAS read the same utilities.

    Returns:
        Texts by file name: ``NAME-domain.xml``, ``NAME-profile1.xml`` ...
    """
    files = {f"{name}-domain.xml": _domain_text(space, name)}
    for party, title in enumerate(space.parties):
        files[f"{name}-profile{party + 1}.xml"] = _profile_text(space, party, title)
    return files


def _domain_text(space: GeniusSpace, name: str) -> str:
    lines = ["<negotiation_template>", f'<utility_space number_of_issues="{len(space.issues)}">']
    lines.append(f'<objective description="" etype="objective" index="0" name={quoteattr(name)} type="objective">')
    for number, (issue, levels) in enumerate(zip(space.issues, space.levels, strict=True), start=1):
        lines.append(_issue_tag(number, issue))
        for place, level in enumerate(levels, start=1):
            lines.append(f'    <item index="{place}" value={quoteattr(level)} description="" />')
        lines.append("  </issue>")
    return "\n".join([*lines, "</objective>", "</utility_space>", "</negotiation_template>", ""])


def _profile_text(space: GeniusSpace, party: int, title: str) -> str:
    lines = [f'<utility_space type="any" number_of_issues="{len(space.issues)}">']
    lines.append(f'<objective description="" etype="objective" index="0" name={quoteattr(title)} type="objective">')
    weights = [float(worth[party].max()) for worth in space.worth]
    for number, weight in enumerate(weights, start=1):
        lines.append(f'  <weight index="{number}" value="{weight!r}" />')
    for number, (issue, levels, worth) in enumerate(zip(space.issues, space.levels, space.worth, strict=True), start=1):
        lines.append(_issue_tag(number, issue))
        divisor = weights[number - 1] or 1.0
        for place, (level, value) in enumerate(zip(levels, worth[party].tolist(), strict=True), start=1):
            lines.append(f'    <item index="{place}" value={quoteattr(level)} evaluation="{value / divisor!r}" />')
        lines.append("  </issue>")
    reservation = f'<reservation value="{float(space.reservation[party])!r}" />'
    return "\n".join([*lines, "</objective>", reservation, "</utility_space>", ""])


def _issue_tag(number: int, issue: str) -> str:
    return f'  <issue index="{number}" etype="discrete" type="discrete" vtype="discrete" name={quoteattr(issue)}>'
