"""Issues, their ladders of levels, and the packages made of one level each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.solutions.choice import Array, Indices


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One step of a ladder: a set of measures, under a name."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """What is on the table.

    Args:
        name: short name; title: for people.
        owner: the party that decides the issue alone if the talks fail.
        levels: its ladder.
        governs: names of the measures it decides; no measure may be decided by two issues.
    """

    name: str
    title: str
    owner: str
    levels: tuple[Level, ...]
    governs: tuple[str, ...] = ()


def all_packages(issues: Sequence[Issue]) -> Indices:
    """Return every combination of levels, the last issue running fastest (package, issue)."""
    sizes = [len(issue.levels) for issue in issues]
    return np.indices(sizes).reshape(len(sizes), -1).T


def compose(packages: Indices, parts: Sequence[Array]) -> Array:
    """Add up what the issues bring one by one: security values, or chains that do not touch each other.

    Args:
        packages: level of each issue (package, issue).
        parts: for each issue its worth by level (case, party, level), USD.

    Returns:
        USD (case, party, package).
    """
    return np.sum([part[:, :, packages[:, issue]] for issue, part in enumerate(parts)], axis=0)


def package_words(issues: Sequence[Issue], levels: Sequence[int] | Indices) -> str:
    """Say a package in words: ``rare-earth licences: general; chip software: free``."""
    return "; ".join(
        f"{issue.title}: {issue.levels[int(level)].title}" for issue, level in zip(issues, levels, strict=True)
    )
