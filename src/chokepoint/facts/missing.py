"""Why there is no number: missing is missing, never zero, and always with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.facts.mineral import Mineral
    from chokepoint.sources.fact import Fact

REST = "ROW"
"""Where a publisher adds up the countries it does not name; no country either."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What was asked for; None where it was left open."""

    mineral: str
    measure: str
    stage: str | None
    country: str | None
    year: int | None

    def __str__(self) -> str:
        """Return it as words."""
        parts = (self.measure, self.mineral, self.stage, self.country, self.year)
        return " ".join(str(each) for each in parts if each)


def why_no_number(fact: Fact) -> str:
    """Say why a publisher that names something gives no number for it."""
    return f"{fact.name}: no number ({fact.reason or 'the publisher gives none'}; {fact.source})"


def why_no_fact(asked: Asked, held: Sequence[Fact], minerals: Mapping[str, Mineral]) -> str:
    """Say which part of what was asked for no bundled source gives.

    Args:
        asked: what was asked for.
        held: what there is of that mineral and measure.
        minerals: the register.
    """
    if asked.mineral and asked.mineral not in minerals:
        return f"no mineral '{asked.mineral}'; {did_you_mean(asked.mineral, minerals)}"
    where = _elsewhere(asked, minerals)
    group = minerals[asked.mineral].group if asked.mineral else ""
    within = f"; publishers count it within '{group}'" if group else ""
    if not held:
        return f"{asked}: no bundled source gives this measure{within}{where}"
    staged = [each for each in held if asked.stage is None or each.stage == asked.stage]
    if not staged:
        stages = ", ".join(sorted({each.stage or "no stage" for each in held}))
        return f"{asked}: no bundled source counts the stage '{asked.stage}'; counted: {stages}{within}{where}"
    placed = [each for each in staged if asked.country is None or each.country == asked.country]
    if not placed:
        return f"{asked}: no bundled source names {asked.country}; it may be among the countries added up as {REST}"
    years = ", ".join(str(each) for each in sorted({each.year for each in placed}))
    return f"{asked}: no bundled source covers that year; covered: {years}"


def _elsewhere(asked: Asked, minerals: Mapping[str, Mineral]) -> str:
    """Name the publishers that count a mineral's output under terms that do not let it be bundled."""
    known = minerals[asked.mineral].elsewhere if asked.mineral and asked.measure == "production" else ()
    if not known:
        return ""
    return f"; {' and '.join(known)} may count it under terms of their own: add their figures as yours (--figures)"
