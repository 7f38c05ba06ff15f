"""A package as it is asked about on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from chokepoint.records.talks import TalksRecord


def levels_named(talks: TalksRecord, package: str) -> dict[str, str]:
    """Read a package, ``issue=level,...``; issues left out stay as without a deal.

    Raises:
        DataError: a part that is no ``issue=level``, an issue or a level the talks do not have, or one only threatened.
    """
    issues = {issue.name: issue for issue in talks.issues}
    levels = {issue.name: issue.without_a_deal for issue in talks.issues}
    problems: list[Problem] = []
    for part in package.split(","):
        name, _, level = (each.strip() for each in part.partition("="))
        here = f"--package {part.strip()}"
        if name not in issues:
            expected = f"issue=level, the issue one of {', '.join(issues)}"
            problems.append(
                Problem(where=here, found=f"'{name}'", expected=expected, remedy=did_you_mean(name, issues))
            )
            continue
        known = [each.name for each in issues[name].levels if not each.is_threat]
        if level not in known:
            expected = f"a level that both could agree on: {', '.join(known)}"
            problems.append(
                Problem(where=here, found=f"'{level}'", expected=expected, remedy=did_you_mean(level, known))
            )
        levels[name] = level
    if problems:
        raise DataError(problems)
    return levels
