"""A domain from elsewhere, solved by the rules of the shelf: package by package, and with issues divided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions import RULES, survey
from chokepoint.solutions.divisible import divide

if TYPE_CHECKING:
    from chokepoint.exchange.genius import GeniusSpace
    from chokepoint.solutions.choice import Array

MOST_PACKAGES = 5_000_000
TWO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class SolvedDomain:
    """What the rules choose.

    Args:
        space: what was read.
        efficient: how many packages are efficient; None where there are too many packages to list.
        packages: level of each issue, by rule; none of a rule without a deal.
        divided: part of each level, by issue, by rule; of two parties only.
        utilities, divided_utilities: of each party, by rule.
        no_deal: why no package is agreed, and the nearest change that would open one; empty where one is.
    """

    space: GeniusSpace
    efficient: int | None
    packages: dict[str, tuple[int, ...]]
    utilities: dict[str, Array]
    divided: dict[str, tuple[Array, ...]]
    divided_utilities: dict[str, Array]
    no_deal: str


def solve_domain(space: GeniusSpace) -> SolvedDomain:
    """Let every rule choose, against no deal at the reservation values.

    Up to five million packages are listed and surveyed. Beyond that issues are divided, which needs no list.

    Args:
        space: two or three parties.
    """
    divided: dict[str, tuple[Array, ...]] = {}
    divided_utilities: dict[str, Array] = {}
    if len(space.parties) == TWO:
        parts = [*space.worth[:-1], space.worth[-1] - space.reservation[:, None]]
        for name, rule in RULES.items():
            division = divide(parts, rule)
            if division is not None:
                divided[name] = division.levels
                divided_utilities[name] = division.gains + space.reservation
    if space.packages > MOST_PACKAGES:
        return SolvedDomain(
            space=space,
            efficient=None,
            packages={},
            utilities={},
            divided=divided,
            divided_utilities=divided_utilities,
            no_deal="" if divided else f"{space.packages:,} packages are too many to list, and no division pays both",
        )
    utilities = _listed(space)
    found = survey(utilities - space.reservation[:, None], RULES.values())
    sizes = [len(levels) for levels in space.levels]
    chosen = {name: package for name, package in found.chosen.items() if package >= 0}
    return SolvedDomain(
        space=space,
        efficient=found.efficient.size,
        packages={
            name: tuple(int(each) for each in np.unravel_index(package, sizes)) for name, package in chosen.items()
        },
        utilities={name: utilities[:, package] for name, package in chosen.items()},
        divided=divided,
        divided_utilities=divided_utilities,
        no_deal="" if chosen else _why_not(space, utilities - space.reservation[:, None], sizes),
    )


def _listed(space: GeniusSpace) -> Array:
    """Return the utilities of every package, the last issue running fastest (party, package)."""
    total = np.zeros((len(space.parties), 1))
    for worth in space.worth:
        total = (total[:, :, None] + worth[:, None, :]).reshape(len(total), -1)
    return total


def _why_not(space: GeniusSpace, gains: Array, sizes: list[int]) -> str:
    """Say why there is no deal, and which package the smallest rise of utilities would open."""
    missing = np.maximum(-gains, 0.0)
    is_change = np.logical_or.reduce(gains != 0.0, axis=0)
    nearest = int(np.argmin(np.where(is_change, missing.sum(axis=0), np.inf)))
    levels = np.unravel_index(nearest, sizes)
    words = package_text(space, tuple(int(each) for each in levels))
    lacking = [party for party, best in zip(space.parties, gains.max(axis=1), strict=True) if best <= 0.0]
    reason = f"{lacking[0]} gains from no package" if lacking else "no package is as good as no deal for everybody"
    rises = [
        f"{rise:.6g} higher to {party}"
        for party, rise in zip(space.parties, missing[:, nearest], strict=True)
        if rise > 0.0
    ]
    if not rises or not is_change.any():
        return f"{reason}; every package leaves everybody where no deal does, or worse"
    return f"{reason}; '{words}' would open if it were worth {' and '.join(rises)}"


def package_text(space: GeniusSpace, levels: tuple[int, ...]) -> str:
    """Say a package in words."""
    return "; ".join(
        f"{issue}: {names[level]}" for issue, names, level in zip(space.issues, space.levels, levels, strict=True)
    )


def division_text(space: GeniusSpace, parts: tuple[Array, ...]) -> str:
    """Say a division in words, mixed levels with their parts."""
    words: list[str] = []
    for issue, names, part in zip(space.issues, space.levels, parts, strict=True):
        used = [at for at in range(len(names)) if part[at] > 0.0]
        mixed = [f"{part[at]:.4g} {names[at]}" for at in used] if len(used) > 1 else [names[used[0]]]
        words.append(f"{issue}: {' + '.join(mixed)}")
    return "; ".join(words)
