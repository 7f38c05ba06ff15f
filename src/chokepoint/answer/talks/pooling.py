"""Framework now, details later: whether the issues of a package enforce themselves, alone and pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import sides_of
from chokepoint.answer.talks.orders import partial
from chokepoint.bargaining.commitment import least_patience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import TalksRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Bond:
    """A swap of releases, and the least patience with which either side keeps its word on it.

    Args:
        issues: what is swapped, all that the package moves if pooled.
        tempts: gain of a period in which only the other has released; worth: of keeping on against neither releasing;
            USD a year (case, party).
        is_kept: whether both keep their word at the discount rate simulated (case,).
    """

    issues: tuple[str, ...]
    tempts: Array
    worth: Array
    is_kept: np.ndarray

    @property
    def patience(self) -> Array:
        """Least worth of a USD one period later at which each side keeps its word (case, party)."""
        return least_patience(self.tempts, self.worth)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooling:
    """What a package's issues hold together by: each swap of one release for one alone, and all pooled.

    Args:
        patience: worth of a USD one verification period later, as simulated.
        alone: every swap of one issue of each side; pooled: the whole package.
    """

    patience: float
    alone: tuple[Bond, ...]
    pooled: Bond


def pooling_of(talks: TalksRecord, judgement: Judgement, package: Mapping[str, str]) -> Pooling:
    """Weigh whether a package enforces itself when breaches show after the verification period and end it for good.

    Args:
        talks: who could release what; judgement: the view; package: level by issue.
    """
    payoffs = judgement.payoffs
    patience = (1.0 + payoffs.discount) ** -talks.verification_months.value
    released = [issue for issue in talks.issues if package[issue.name] != issue.without_a_deal]
    first, second = sides_of(talks)

    def bond(issues: tuple[str, ...]) -> Bond:
        stay = {issue.name: issue.without_a_deal for issue in talks.issues}
        moved = stay | {name: package[name] for name in issues}
        states = {
            (mine, theirs): payoffs.payoff[:, :, payoffs.at(partial(talks, moved, {first: mine, second: theirs}))]
            for mine in (False, True)
            for theirs in (False, True)
        }
        both, neither = states[True, True], states[False, False]
        cheats = np.stack([states[False, True][:, 0], states[True, False][:, 1]], axis=1)
        needed = least_patience(cheats - both, both - neither)
        return Bond(
            issues=issues,
            tempts=cheats - both,
            worth=both - neither,
            is_kept=np.logical_and.reduce(needed <= patience, axis=1),
        )

    pairs = [(a.name, b.name) for a in released if a.owner == first for b in released if b.owner == second]
    return Pooling(
        patience=patience,
        alone=tuple(bond(pair) for pair in pairs),
        pooled=bond(tuple(issue.name for issue in released)),
    )
