"""From simulated levels to payoffs of packages: chains added up, months discounted, security values on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.levels import yearly
from chokepoint.bargaining import Issue, Level, all_packages, compose
from chokepoint.errors import ConvergenceError
from chokepoint.records.talks import security_name
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.answer.talks.paths import Paths
    from chokepoint.records.talks import TalksRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Payoffs:
    """What every combination of levels pays each party in one view; USD per year.

    Args:
        view: its name; issues: what is on the table.
        combinations: level of each issue (combination, issue), levels that are only threats included.
        is_offered: combinations that hold no threat, the packages (combination,).
        market: simulated payoff, discounted (simulated case, party, combination); by_chain: the same per chain.
        by_month: simulated payoff of each month, per year (simulated case, month, party, combination).
        case: which simulated case each drawn case uses (drawn case,); the first is the central one.
        security: worth of keeping measures, to the negotiators (drawn case, party, combination).
        principal_weight: how much heavier it weighs with each principal (drawn case, party).
        discount: per month, in the first solved case.
    """

    view: str
    issues: tuple[Issue, ...]
    combinations: np.ndarray
    is_offered: np.ndarray
    market: Array
    by_chain: Mapping[str, Array]
    by_month: Array
    case: np.ndarray
    security: Array
    principal_weight: Array
    discount: float

    @property
    def payoff(self) -> Array:
        """What the negotiators weigh (drawn case, party, combination)."""
        return self.market[self.case] + self.security

    @property
    def payoff_of_principals(self) -> Array:
        """What the principals weigh (drawn case, party, combination)."""
        return self.market[self.case] + self.principal_weight[:, :, None] * self.security

    def at(self, levels: Mapping[str, str]) -> int:
        """Return the position of a combination given by level names."""
        wanted = [[each.name for each in issue.levels].index(levels[issue.name]) for issue in self.issues]
        return int(np.flatnonzero((self.combinations == wanted).all(axis=1))[0])

    def name(self, combination: int) -> str:
        """Return a short name: the levels in the order of the issues.

        Example: ``six_month / free / free / free / blocked``.
        """
        levels = zip(self.issues, self.combinations[combination], strict=True)
        return " / ".join(issue.levels[int(level)].name for issue, level in levels)


def issues_of(talks: TalksRecord) -> tuple[Issue, ...]:
    """Return the issues as the bargaining rules know them."""
    return tuple(
        Issue(
            name=issue.name,
            title=issue.title,
            owner=issue.owner,
            levels=tuple(Level(name=level.name, title=level.title) for level in issue.levels),
            governs=tuple(dict.fromkeys(act.id for level in issue.levels for act in level.measures)),
        )
        for issue in talks.issues
    )


def offered(talks: TalksRecord, combinations: np.ndarray) -> np.ndarray:
    """Say which combinations hold no level that is only a threat."""
    is_threat = [np.array([level.is_threat for level in issue.levels]) for issue in talks.issues]
    return ~np.any([each[combinations[:, column]] for column, each in enumerate(is_threat)], axis=0)


def solved_cases(grids: Sequence[Grid]) -> np.ndarray:
    """Return the simulated cases that were solved in every chain.

    Raises:
        ConvergenceError: none was, naming the chains that failed.
    """
    solved = np.flatnonzero(np.all([grid.is_solved for grid in grids], axis=0))
    if not solved.size:
        failed = ", ".join(
            f"{grid.chain} ({int((~grid.is_solved).sum())} of {grid.is_solved.size} cases)"
            for grid in grids
            if not grid.is_solved.all()
        )
        message = (
            f"the talks as seen in '{grids[0].view}' have no payoffs: no case was solved at every level of every chain "
            f"({failed}); narrow the ranges that the talks file or the view sets, or leave out the harshest level"
        )
        raise ConvergenceError(message)
    return solved


def points_on(talks: TalksRecord, grid: Grid | Paths, combinations: np.ndarray) -> np.ndarray:
    """Return at which point of a chain's grid each combination lies."""
    names = [issue.name for issue in talks.issues]
    columns = [names.index(name) for name in grid.issues]
    rung = [[talks.issues[column].levels[int(row[column])].name for column in columns] for row in combinations]
    place = {point: number for number, point in enumerate(grid.levels)}
    return np.array([place[tuple(levels)] for levels in rung])


def with_rents(grid: Grid, rent_share: float | None) -> Array:
    """Return a grid's payoffs had exporters taken another share of licence rents; as simulated if None."""
    if rent_share is None:
        return grid.payoff
    moved = rent_share - grid.rent_share
    return grid.payoff + moved[:, None, None, None] * grid.licence_rent


def security_of(talks: TalksRecord, combinations: np.ndarray, drawn: Mapping[str, Array], cases: int) -> Array:
    """Return what keeping measures is worth (case, party, combination)."""
    parts: list[Array] = []
    for issue in talks.issues:
        part = np.zeros((cases, len(talks.parties), len(issue.levels)))
        for place, party in enumerate(talks.parties):
            for rung, level in enumerate(issue.levels):
                name = security_name(party.code, issue.name, level.name)
                if name in talks.values:
                    part[:, place, rung] = drawn.get(name, talks.values[name].value)
        parts.append(part)
    return compose(combinations, parts)


def payoffs_of(
    talks: TalksRecord,
    grids: Sequence[Grid],
    drawn: Mapping[str, Array],
    cases: int,
    rent_share: float | None = None,
) -> Payoffs:
    """Compose the payoffs of one view.

    Args:
        talks: who could release what; grids: every chain of the view.
        drawn: security values and principals' weights by name (case,).
        cases: how many cases were drawn of those.
        rent_share: share of licence rents exporters take, if not as simulated.
    """
    issues = issues_of(talks)
    combinations = all_packages(issues)
    solved = solved_cases(grids)
    chains = {
        grid.chain: with_rents(grid, rent_share)[solved][..., points_on(talks, grid, combinations)] for grid in grids
    }
    discount = grids[0].discount[solved]
    by_chain = {chain: yearly(each, discount) for chain, each in chains.items()}
    weights = [drawn.get(party.principal_weight.name, np.ones(cases)) for party in talks.parties]
    return Payoffs(
        view=grids[0].view,
        issues=issues,
        combinations=combinations,
        is_offered=offered(talks, combinations),
        market=np.sum(list(by_chain.values()), axis=0),
        by_chain=by_chain,
        by_month=MONTHS_PER_YEAR * np.sum(list(chains.values()), axis=0),
        case=np.arange(cases) % solved.size,
        security=security_of(talks, combinations, drawn, cases),
        principal_weight=np.column_stack(weights),
        discount=float(discount[0]),
    )
