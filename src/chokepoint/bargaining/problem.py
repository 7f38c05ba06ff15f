"""A bargaining problem: who, about what, with which payoffs, and what if not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.bargaining.issues import Issue, package_words

if TYPE_CHECKING:
    from chokepoint.bargaining.threats import Standoff
    from chokepoint.solutions.choice import Array, Indices


@dataclass(frozen=True, kw_only=True, slots=True)
class BargainingProblem:
    """Everything a bargaining rule needs, and the words for its answer.

    Args:
        parties: names of the two parties.
        issues: what is on the table.
        packages: level of each issue (package, issue).
        payoff: discounted over the horizon, USD (case, party, package).
        disagreement: payoff without a deal, USD (case, party).
        standoff: the threats it follows from; None where it was given.
    """

    parties: tuple[str, str]
    issues: tuple[Issue, ...]
    packages: Indices
    payoff: Array
    disagreement: Array
    standoff: Standoff | None

    @property
    def gains(self) -> Array:
        """What each party gains over no deal, USD (case, party, package)."""
        return self.payoff - self.disagreement[:, :, None]

    @property
    def best_total(self) -> Array:
        """The best joint payoff ``V`` of any package, USD (case)."""
        return self.payoff.sum(axis=1).max(axis=1)

    def words(self, package: int) -> str:
        """Say a package in words."""
        return package_words(self.issues, self.packages[package])
