"""One country or bloc before one mineral at one stage: what is known about both, and what is not, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.exposure.picture import Flows, Picture, Supply


@dataclass(frozen=True, kw_only=True, slots=True)
class Elasticity:
    """Elasticity of substitution between origins, assumed, with its range."""

    value: float
    low: float
    high: float


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
        codes = ", ".join(self.flows.codes)
        return bought or f"no imports of {self.country} are reported under {codes} in {self.flows.year}"

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
        unweighed = sorted(code for code in self.home if flows.unweighed.get(code, 0.0) >= 1.0)
        if unweighed and not imports:
            return f"imports of {', '.join(unweighed)} in {flows.year} are reported by value only"
        if output > 0.0 and not supply.is_weighed_as_traded:
            return f"output is counted as '{supply.basis}', trade by product weight: the two do not add up"
        return imports, exports, output
