"""What can go wrong, said once, in the field's words, with file, line, expectation and remedy."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing wrong with a user's input.

    Args:
        where: file, line and item, as a person would look for it (``mine.csv:4 column stock``).
        found: what stands there.
        expected: what should.
        remedy: what to do about it.
    """

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        return f"{self.where}: found {self.found}; expected {self.expected}; {self.remedy}"


class ChokepointError(Exception):
    """Any failure this package reports on purpose."""

    exit_code = 1


class DataError(ChokepointError):
    """Input that cannot be used: every problem, numbered, raised once.

    Args:
        problems: at least one problem.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = [f"{count} problem{'s' if count != 1 else ''}; nothing was written:"]
        lines += [f"  {number}. {problem}" for number, problem in enumerate(self.problems, start=1)]
        super().__init__("\n".join(lines))


class ConvergenceError(ChokepointError):
    """A market that was asked to be solved and was not; names the first cases."""

    exit_code = 4


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a remedy naming the nearest known words, or the known words if none is near.

    Example:
        >>> did_you_mean("dysprosium_oxid", ["dysprosium_oxide", "ndfeb_magnet"])
        "did you mean 'dysprosium_oxide'?"
    """
    words = sorted(set(known))
    near = nearest(word, words)
    if near:
        return "did you mean " + " or ".join(f"'{each}'" for each in near) + "?"
    shown = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")  # noqa: PLR2004
    return f"use one of: {shown}"


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return at most two known words close to a word, the nearest first.

    Example:
        >>> nearest("Dysprosium_oxid", ["dysprosium_oxide", "ndfeb_magnet"])
        ['dysprosium_oxide']
    """
    folded = {each.casefold(): each for each in sorted(set(known))}
    return [folded[each] for each in difflib.get_close_matches(word.casefold(), list(folded), n=2, cutoff=0.6)]
