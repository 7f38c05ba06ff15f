"""Which issues add up, and which must be taken together because one changes what another is worth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Indices

NEGLIGIBLE = 1e-9  # of the range of payoffs


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Issues that touch each other.

    Args:
        issues: their positions; levels: of each, by combination (combination, issue).
        worth: what each combination brings, all else at its first level (party, combination).
    """

    issues: tuple[int, ...]
    levels: Indices
    worth: Array


def additive_groups(packages: Indices, payoff: Array) -> tuple[Group, ...]:
    """Part the issues into the smallest groups over which payoffs add up.

    Two issues touch where moving one changes what moving the other brings, at any levels of the rest: where a second
    difference is not rounding. Groups are what touches, directly or by way of others.

    Args:
        packages: level of each issue, every combination once (package, issue); payoff: (party, package).

    Raises:
        DataError: combinations of levels are missing.
    """
    used = [np.unique(column) for column in packages.T]
    shape = tuple(each.size for each in used)
    if len(packages) != int(np.prod(shape)):
        found = f"{len(packages)} of {int(np.prod(shape))} combinations of levels"
        remedy = "write single packages as one issue, or give the others a payoff"
        raise DataError([Problem(where="packages", found=found, expected="every combination", remedy=remedy)])
    place = tuple(
        np.asarray(np.searchsorted(levels, column), dtype=np.intp)
        for levels, column in zip(used, packages.T, strict=True)
    )
    table = np.empty((len(payoff), *shape))
    table[(slice(None), *place)] = payoff
    group_of = list(range(len(shape)))
    limit = NEGLIGIBLE * float(np.ptp(payoff, axis=1).max())
    for one, other in combinations(range(len(shape)), 2):
        moved = table - np.take(table, [0], axis=one + 1)
        if np.abs(moved - np.take(moved, [0], axis=other + 1)).max() > limit:
            low, high = sorted((group_of[one], group_of[other]))
            group_of = [low if each == high else each for each in group_of]
    return tuple(
        _group(table, used, [at for at, each in enumerate(group_of) if each == name]) for name in sorted(set(group_of))
    )


def _group(table: Array, used: list[Indices], issues: list[int]) -> Group:
    """Read what the combinations of a group bring, the other issues at their first level."""
    at = tuple(slice(None) if axis in issues else 0 for axis in range(len(used)))
    worth = table[(slice(None), *at)].reshape(len(table), -1)
    grid = np.meshgrid(*[used[axis] for axis in issues], indexing="ij")
    return Group(issues=tuple(issues), levels=np.stack([each.ravel() for each in grid], axis=1), worth=worth)
