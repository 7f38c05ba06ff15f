"""A small table: Ruritania's licences and Sylvania's software and engines."""

from __future__ import annotations

import numpy as np

from chokepoint.bargaining import Issue, Level, pose

PARTIES = ("Ruritania", "Sylvania")


def issue(name, owner, levels=("held", "released"), governs=()):
    ladder = tuple(Level(name=level, title=level) for level in levels)
    return Issue(name=name, title=name.capitalize(), owner=owner, levels=ladder, governs=governs)


ISSUES = (
    issue("licences", "Ruritania", ("none", "six-month", "general")),
    issue("software", "Sylvania"),
    issue("engines", "Sylvania"),
)


def random_payoff(seed, cases=4, packages=12):
    return np.random.default_rng(seed).normal(size=(cases, 2, packages)) * 1e9


def plain(points, **changes):
    """Pose a problem of one issue whose levels bring these payoffs; no deal brings nothing."""
    count = len(points)
    ladder = issue("table", "Ruritania", tuple(f"package {number}" for number in range(count)))
    payoff = np.asarray(points, dtype=float).T[None]
    return pose(**{"parties": PARTIES, "issues": [ladder], "payoff": payoff, "no_deal": np.zeros((1, 2))} | changes)
