"""Issue by issue: each settled as if it stood alone. What a package brings beyond that is the gain from linkage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.choice import Axioms, Choice
from chokepoint.solutions.divisible import divide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.solutions.choice import Array, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """What is agreed where no issue is traded for another.

    Args:
        choices: of each issue: a level, a mixture of two, or no deal.
        gains: of each party over no deal on any issue, USD (party); an issue without a deal brings nothing.
    """

    choices: tuple[Choice, ...]
    gains: Array


@dataclass(frozen=True, kw_only=True, slots=True)
class Linkage:
    """What trading issues for each other brings.

    Args:
        together: gains of the package, USD (party), or (case, party) where several cases are weighed at once.
        apart: of issues settled alone, alike.
    """

    together: Array
    apart: Array

    @property
    def gain(self) -> Array:
        """What linkage brings each party, USD, shaped as the gains; it may cost one of them."""
        return self.together - self.apart


# Of the settlement of divided issues by Nash's rule. Linkage is what it leaves on the table.
AXIOMS = Axioms(pareto=False, symmetry=True, scale_invariance=True, independence=True, individual_monotonicity=False)


def settle_apart(parts: Sequence[Array], rule: Rule, *, lotteries: bool = True) -> Apart:
    """Apply a rule to each issue alone, no deal on it being what no deal brings.

    Args:
        parts: what each level of each issue brings over no deal, USD (2, level).
        rule: one of ``RULES``; lotteries: whether an issue may be divided.

    Source: fershtman1990
    """
    found = [rule.over_lotteries(part[None]) if lotteries else rule.over_packages(part[None]) for part in parts]
    gains = [np.nan_to_num(each.of(part[None])[0]) for each, part in zip(found, parts, strict=True)]
    return Apart(choices=tuple(found), gains=np.sum(gains, axis=0))


def linkage(parts: Sequence[Array], rule: Rule) -> Linkage:
    """Measure what linkage brings where issues can be divided: the package's gains less those of issues apart.

    Args:
        parts: what each level of each issue brings over no deal, USD (2, level).
        rule: one of ``RULES``, applied to the whole and to each issue.

    Source: tollison_willett1979
    """
    whole = divide(parts, rule)
    together = np.zeros(2) if whole is None else whole.gains
    return Linkage(together=together, apart=settle_apart(parts, rule).gains)
