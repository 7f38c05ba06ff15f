"""Pose a bargaining problem: check everything that was given, and say all that is wrong at once."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.issues import Issue, all_packages, package_words
from chokepoint.bargaining.problem import BargainingProblem
from chokepoint.bargaining.threats import Threats, choose_threats, unilateral
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.solutions.choice import Array, Indices

PARTIES = 2


def pose(
    *,
    parties: tuple[str, str],
    issues: Sequence[Issue],
    payoff: Array,
    packages: Indices | None = None,
    no_deal: Array | Threats | None = None,
) -> BargainingProblem:
    """Pose a bargaining problem.

    Args:
        parties: names of the two parties.
        issues: what is on the table.
        payoff: of every package, discounted over the horizon, USD (case, party, package).
        packages: level of each issue (package, issue); every combination of levels if None.
        no_deal: payoffs if the talks fail: given, USD (case, party); or following from threats; or, if None,
            from the threats of each party to set the issues it owns as it likes.

    Raises:
        DataError: issues that share a name or decide the same measure, a level named twice, a package without
            payoff or with one that is not finite, an owner who is no party; every problem, numbered.
    """
    problems = [*_party_problems(parties), *_issue_problems(parties, issues, is_owned=no_deal is None)]
    if problems:
        raise DataError(problems)
    table = all_packages(issues) if packages is None else packages
    problems = [*_package_problems(issues, table, is_whole=no_deal is None), *_no_deal_problems(no_deal, payoff)]
    if not problems:
        problems = list(_payoff_problems(issues, table, payoff))
    if problems:
        raise DataError(problems)
    standoff = None
    if isinstance(no_deal, np.ndarray):
        disagreement = no_deal
    else:
        threats = no_deal or unilateral(issues, parties, table, payoff)
        standoff = choose_threats(threats.payoff)
        disagreement = standoff.disagreement
    return BargainingProblem(
        parties=parties,
        issues=tuple(issues),
        packages=table,
        payoff=payoff,
        disagreement=disagreement,
        standoff=standoff,
    )


def _party_problems(parties: Sequence[str]) -> Iterator[Problem]:
    """Find what is wrong with the parties."""
    if len(set(parties)) != PARTIES or len(parties) != PARTIES:
        yield Problem(
            where="parties",
            found=", ".join(parties) or "nobody",
            expected="two different parties",
            remedy="name both sides of the table; others sit in on the second front",
        )


def _twice(names: Sequence[str]) -> list[str]:
    """Return the names that occur more than once, in order."""
    return [name for name, count in Counter(names).items() if count > 1]


def _issue_problems(parties: Sequence[str], issues: Sequence[Issue], *, is_owned: bool) -> Iterator[Problem]:
    """Find what is wrong with the issues."""
    for name in _twice([issue.name for issue in issues]):
        yield Problem(
            where=f"issue {name}",
            found="two issues of that name",
            expected="each issue once",
            remedy="rename one, or make their levels one ladder",
        )
    for measure in _twice([measure for issue in issues for measure in issue.governs]):
        both = " and ".join(issue.name for issue in issues if measure in issue.governs)
        yield Problem(
            where=f"issues {both}",
            found=f"both decide {measure}, so that their levels contradict each other",
            expected="each measure decided by one issue",
            remedy="make them one issue, or take the measure out of one",
        )
    for issue in issues:
        for level in _twice([level.name for level in issue.levels]):
            yield Problem(
                where=f"issue {issue.name} level {level}",
                found="two levels of that name",
                expected="each level once",
                remedy="rename or delete one",
            )
        if not issue.levels:
            yield Problem(
                where=f"issue {issue.name}", found="no level", expected="one or more", remedy="say what could be agreed"
            )
        if is_owned and issue.owner not in parties:
            yield Problem(
                where=f"issue {issue.name} owner",
                found=issue.owner,
                expected=f"{' or '.join(parties)}, who decides it if the talks fail",
                remedy="name the owner, or give the payoffs without a deal",
            )


def _package_problems(issues: Sequence[Issue], packages: Indices, *, is_whole: bool) -> Iterator[Problem]:
    """Find packages that are no combination of levels, stand twice, or are missing though threats need them."""
    sizes = [len(issue.levels) for issue in issues]
    is_table = len(packages) > 0 and packages.shape[1:] == (len(sizes),)
    if not is_table or (packages < 0).any() or (packages >= np.array(sizes)).any():
        yield Problem(
            where="packages",
            found=f"a table of shape {packages.shape}",
            expected=f"one level of each of the {len(sizes)} issues, counted from 0",
            remedy="leave the packages out to have every combination",
        )
    elif len(np.unique(packages, axis=0)) < len(packages):
        yield Problem(where="packages", found="a package twice", expected="each once", remedy="delete one")
    elif is_whole and len(packages) < math.prod(sizes):
        yield Problem(
            where="packages",
            found=f"{len(packages)} of {math.prod(sizes)} combinations of levels",
            expected="all, since without a deal each party sets its own issues as it likes",
            remedy="give every combination, or the payoffs without a deal",
        )


def _no_deal_problems(no_deal: Array | Threats | None, payoff: Array) -> Iterator[Problem]:
    """Find what is wrong with the payoffs without a deal."""
    values = no_deal.payoff if isinstance(no_deal, Threats) else no_deal
    if values is None:
        return
    expected = [len(payoff), PARTIES]
    if isinstance(no_deal, Threats):
        expected += [len(no_deal.first), len(no_deal.second)]
    if list(values.shape) != expected or not np.isfinite(values).all():
        yield Problem(
            where="no deal",
            found=f"payoffs of shape {values.shape}, {np.isfinite(values).mean():.0%} of them finite",
            expected=f"finite payoffs of shape {tuple(expected)}",
            remedy="give both parties' payoff in every case, and for every pair of threats",
        )


def _payoff_problems(issues: Sequence[Issue], packages: Indices, payoff: Array) -> Iterator[Problem]:
    """Find packages without payoff, or with one that is not a number."""
    is_shaped = payoff.ndim == PARTIES + 1 and payoff.shape[1] == PARTIES
    if not is_shaped or payoff.shape[2] > len(packages):
        yield Problem(
            where="payoffs",
            found=f"a table of shape {payoff.shape}",
            expected=f"(cases, {PARTIES}, {len(packages)})",
            remedy="give one payoff per case, party and package",
        )
        return
    for row in range(payoff.shape[2], len(packages)):
        yield Problem(
            where=f"package {package_words(issues, packages[row])}",
            found="no payoff",
            expected="what it brings each party",
            remedy="simulate it, or leave it out of the packages",
        )
    broken = ~np.logical_and.reduce(np.isfinite(payoff), axis=1)
    for row in np.flatnonzero(np.logical_or.reduce(broken, axis=0)):
        yield Problem(
            where=f"package {package_words(issues, packages[row])}",
            found=f"a payoff that is not finite in {np.count_nonzero(broken[:, row])} of {len(payoff)} cases",
            expected="USD in every case",
            remedy="leave out the cases whose months were not solved",
        )
