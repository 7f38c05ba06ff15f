"""One country or bloc before one mineral at one stage: what is known about both, and what is not, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.facts import REST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.exposure.picture import Flows, Picture, Supply
    from chokepoint.sources.fact import Fact


@dataclass(frozen=True, kw_only=True, slots=True)
class Elasticity:
    """Elasticity of substitution between origins, assumed, with its range."""

    value: float
    low: float
    high: float


TRIFLE = 0.005
"""A share of imports without a quantity up to which nothing is said."""
SURVEYED = "USA"
"""The country whose imports the Geological Survey divides by origin."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Origins:
    """Where a country's purchases come from.

    Args:
        amounts: by country of origin, in thousand USD or as shares.
        rest: from countries not told apart, in the same unit.
        kusd: all purchases in thousand USD a year; None where only shares are known.
        rests: years and sources it rests on.
        note: what limits it.
    """

    amounts: Mapping[str, float]
    rest: float
    kusd: float | None
    rests: tuple[tuple[int, str], ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Whose indicators, of what.

    Args:
        picture: of the year.
        mineral, stage: codes.
        country: ISO 3166 alpha-3, or the name of a bloc.
        home: the country itself, or the members of the bloc.
        elasticity: between origins, for the power of a supplier.
    """

    picture: Picture
    mineral: str
    stage: str
    country: str
    home: frozenset[str]
    elasticity: Elasticity

    @property
    def supply(self) -> Supply | str:
        """Output of the world, or why it is not known."""
        return self.picture.supply.get((self.mineral, self.stage), f"{self.mineral} has no stage {self.stage}")

    @property
    def flows(self) -> Flows | str:
        """Trade of the world, or why it is not known."""
        return self.picture.flows.get((self.mineral, self.stage), f"{self.mineral} has no stage {self.stage}")

    def imports(self, *, weighed: bool) -> dict[str, float] | str:
        """Return purchases by country of origin, in tonnes or thousand USD, or why there are none."""
        if isinstance(self.flows, str):
            return self.flows
        bought = self.flows.into(self.home, weighed=weighed)
        if weighed and not bought and self.unweighed_share() > 0.0:
            return f"imports of {self.country} in {self.flows.year} are reported by value only"
        codes = ", ".join(self.flows.codes)
        return bought or f"no imports of {self.country} are reported under {codes} in {self.flows.year}"

    def unweighed_share(self) -> float:
        """Return the share of the value of imports that has no quantity, those between members of a bloc included."""
        flows = self.flows
        if isinstance(flows, str):
            return 0.0
        values = {code: math.fsum(flows.kusd.get(code, {}).values()) for code in self.home}
        total = math.fsum(values.values())
        missing = math.fsum(values[code] * flows.unweighed.get(code, 0.0) for code in self.home)
        return missing / total if total > 0.0 else 0.0

    @property
    def cautions(self) -> str:
        """What the codes of trade hold besides, or do not hold, of the mineral."""
        flows = self.flows
        return "" if isinstance(flows, str) else flows.cautions

    def left_out(self) -> str:
        """Say how much of the imports has no quantity, where that is more than a trifle."""
        share = self.unweighed_share()
        return f"{share:.0%} of the value of imports has no quantity and is left out" if share > TRIFLE else ""

    def origins(self) -> Origins | str:
        """Return where purchases come from, by value: from customs, else from a publisher's own table of origins."""
        flows = self.flows
        bought = flows if isinstance(flows, str) else flows.into(self.home, weighed=False)
        if not isinstance(flows, str) and not isinstance(bought, str) and bought:
            rest = ((flows.year, key) for key in flows.sources)
            return Origins(
                amounts=bought, rest=0.0, kusd=math.fsum(bought.values()), rests=tuple(rest), note=flows.limits
            )
        rows = self.last("import_share")
        if not rows:
            unknown = self.imports(weighed=False)
            return unknown if isinstance(unknown, str) else f"no origins of {self.mineral} are known"
        rest = math.fsum(each.value or 0.0 for each in rows if each.country == REST)
        return Origins(
            amounts={each.country: each.value or 0.0 for each in rows if each.country != REST},
            rest=rest,
            kusd=None,
            rests=tuple({(each.year, each.source) for each in rows}),
            note=rows[0].reason,
        )

    def last(self, measure: str) -> tuple[Fact, ...]:
        """Return what one publisher says of the country's mineral, at this stage or over all, in its last year.

        Shares of imports are kept under the country of origin, and are those of the United States.
        """
        is_by_origin = measure == "import_share"
        if len(self.home) != 1 or (is_by_origin and SURVEYED not in self.home):
            return ()
        (code,) = self.home
        facts = self.picture.facts
        rows = facts.of(mineral=self.mineral, measure=measure, country=None if is_by_origin else code)
        fitting = [each for each in rows if each.value is not None and each.year <= self.picture.year]
        staged = [each for each in fitting if each.stage == self.stage] or [each for each in fitting if not each.stage]
        if not staged:
            return ()
        year = max(each.year for each in staged)
        first = next(each for each in staged if each.year == year)
        return tuple(
            each for each in staged if (each.year, each.source, each.basis) == (year, first.source, first.basis)
        )

    def output(self) -> float | str:
        """Return output at home in tonnes; 0 for a country that is not named among the producers."""
        if isinstance(self.supply, str):
            return self.supply
        hidden = sorted(self.home & set(self.supply.withheld))
        if hidden:
            return f"output of {', '.join(hidden)} is not published"
        return math.fsum(self.supply.amounts.get(code, 0.0) for code in self.home)

    def balance(self) -> tuple[dict[str, float], dict[str, float], float] | str:
        """Return imports and exports by partner and output at home, in tonnes of the same thing, or why not."""
        output, flows, supply = self.output(), self.flows, self.supply
        if isinstance(flows, str):
            return flows
        if isinstance(supply, str):
            return supply
        if isinstance(output, str):
            return output
        imports, exports = flows.into(self.home, weighed=True), flows.out_of(self.home, weighed=True)
        if not imports and self.unweighed_share() > 0.0:
            return f"imports of {self.country} in {flows.year} are reported by value only"
        if output > 0.0 and not supply.is_weighed_as_traded:
            return f"output is counted as '{supply.basis}', trade by product weight: the two do not add up"
        return imports, exports, output
