"""What every sentence on talks needs: names for people, amounts with their intervals, and what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.answer.talks.columns import three
from chokepoint.bargaining import package_words
from chokepoint.report import amounts
from chokepoint.report.front import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array


def money(values: Array) -> str:
    """Return a median with its 80 % interval: ``USD 1.2 bn a year (0.4 bn to 3 bn)``."""
    middle, low, high = three(values)
    return f"{amounts.usd(middle)} a year ({amounts.usd_range(low, high)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What every sentence needs: the answer, with names for people and what it rests on."""

    answer: TalksAnswer

    @property
    def names(self) -> Mapping[str, str]:
        """Parties by name."""
        return self.answer.background.names

    @property
    def sides(self) -> tuple[str, str]:
        """Both parties by name."""
        first, second = (self.names[party.code] for party in self.answer.talks.parties)
        return first, second

    @property
    def judged(self) -> str:
        """The package that orders and ratification are about."""
        if self.answer.is_asked:
            return "the package asked about"
        if not self.answer.views[0].judgement.share_chosen("nash").any() and not self.answer.talks.historical:
            return "the package nearest to a deal"
        return "the package that came about" if self.answer.talks.historical else "the package chosen most often"

    def sentence(self, text: str, unless: str, why: Sequence[str] = ()) -> Sentence:
        """Return a sentence of the page."""
        return Sentence(
            sentence=text[0].upper() + text[1:], unless=unless, rests_on=self.answer.background.rests_on, why=tuple(why)
        )

    def in_words(self, name: str) -> str:
        """Return a drawn value's name as words, parties by name."""
        return in_words(name, self.names)

    def by_name(self, text: str) -> str:
        """Return a text with parties by name instead of code."""
        for code, name in self.names.items():
            text = re.sub(rf"\b{re.escape(code)}\b", name, text)
        return text

    def weakest(self, each: ViewAnswer) -> str:
        """Return a clause that names the assumption the choice turns on most."""
        if not each.influence or each.influence[0][1] == 0.0:
            return "the inputs differ from those listed"
        name, share = each.influence[0]
        return f"{self.in_words(name)} is other than assumed: it moves the choice in {amounts.percent(share)} of cases"


def in_words(name: str, names: Mapping[str, str]) -> str:
    """Return the name of a drawn value as words.

    Example:
        >>> in_words("security.USA.ai_chips.blocked", {"USA": "the United States"})
        'what the United States puts on ai chips (blocked)'
        >>> in_words("principal_weight.CHN", {"CHN": "China"})
        'the weight of security with the principal of China'
    """
    kind, party, *rest = name.split(".")
    if kind == "principal_weight":
        return f"the weight of security with the principal of {names[party]}"
    issue, level = rest
    return f"what {names[party]} puts on {issue.replace('_', ' ')} ({level.replace('_', ' ')})"


def words_of(judgement: Judgement, position: int, known: int = -1) -> str:
    """Return a package in words by its position, or that there is none.

    Args:
        judgement: the view; position: of the package.
        known: of one that was spelt out before; the words then name only what differs.
    """
    if position < 0:
        return "no deal"
    problem = judgement.problem
    if known < 0:
        return f"'{problem.words(position)}'"
    mine, other = problem.packages[position], problem.packages[known]
    places = [place for place in range(len(problem.issues)) if mine[place] != other[place]]
    if not places:
        return "that package"
    said = package_words([problem.issues[place] for place in places], mine[places])
    return f"that package but for '{said}'"
