"""Indicators of a country or bloc in a world whose balances close: every chain looked through, every demand known.

Facts leave gaps that a reconciled world does not have: what the largest supplier uses itself, what a country's own
plants take, and from whom its suppliers buy. The price is that a world holds assumed figures beside sourced ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.exposure.balances import balances
from chokepoint.exposure.indicator import Missing, add_up
from chokepoint.exposure.indices import (
    REST,
    concentration_index,
    coverage_without_first,
    first_of,
    hirschman_index,
    net_import_reliance,
    top_share,
)
from chokepoint.exposure.look_through import origin_shares
from chokepoint.exposure.of_country import Answer

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from chokepoint.exposure.balances import Balances
    from chokepoint.exposure.indicator import Result
    from chokepoint.world import World

OTHERS = "ROW"
"""The countries of a world that are not told apart; they count as many small ones, as ``rest``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Corner:
    """One good of a world, seen from one country or bloc.

    Args:
        world, state: the world and its quantities by good and country.
        good: its position.
        home: positions of the country, or of the members of the bloc.
    """

    world: World
    state: Balances
    good: int
    home: tuple[int, ...]

    def by_country(self, amounts: NDArray[np.float64]) -> tuple[dict[str, float], float]:
        """Return amounts above 0 by country, and those of the others."""
        named = dict(zip(self.world.countries, amounts.tolist(), strict=True))
        others = named.pop(OTHERS, 0.0)
        return {code: amount for code, amount in named.items() if amount > 0.0}, others

    @property
    def bought(self) -> NDArray[np.float64]:
        """Arrivals from outside, by exporter."""
        arrivals = self.state.flow[self.good][:, list(self.home)].sum(axis=1)
        arrivals[list(self.home)] = 0.0
        return arrivals

    @property
    def sold(self) -> NDArray[np.float64]:
        """Shipments to outside, by importer."""
        shipments = self.state.flow[self.good][list(self.home)].sum(axis=0)
        shipments[list(self.home)] = 0.0
        return shipments


def of_world(
    world: World, country: str, home: Collection[str], *, goods: Collection[str] | None = None
) -> tuple[Answer, ...]:
    """Return the indicators of a country over the goods of a world.

    Args:
        world: the reference world.
        country: how it is called in the answers; home: its code, or the members of a bloc that the world tells apart.
        goods: codes; all if left out.
    """
    state = balances(world)
    inside = tuple(number for number, code in enumerate(world.countries) if code in home)
    stages = {stage: origin_shares(world, stage) for stage in dict.fromkeys(good.stage for good in world.goods)}
    found: list[Answer] = []
    for number, good in enumerate(world.goods):
        if goods is not None and good.code not in goods:
            continue
        corner = Corner(world=world, state=state, good=number, home=inside)
        results = {**_of_supply(corner), **_of_imports(corner, country)}
        results |= {f"look_through_{stage}": _looked_through(corner, shares) for stage, shares in stages.items()}
        sources = tuple(sorted({each.source for name, each in world.figures.items() if good.code in name.split(".")}))
        found += [
            Answer(
                indicator=name,
                mineral=good.code,
                stage=good.stage,
                country=country,
                year=world.base_year,
                result=result,
                years=() if isinstance(result, Missing) else (world.base_year,),
                sources=() if isinstance(result, Missing) else sources,
                revisions=(),
            )
            for name, result in results.items()
        ]
    return tuple(found)


def _of_supply(corner: Corner) -> dict[str, Result]:
    made, rest = corner.by_country(corner.state.production[corner.good])
    need, other_need = corner.by_country(corner.state.need[corner.good])
    first = first_of(made)
    demand = math.fsum(need.values()) + other_need
    return {
        "hhi": concentration_index(made, rest=rest),
        "top_1": top_share(made, 1, rest=rest),
        "top_3": top_share(made, 3, rest=rest),
        "n_minus_1": coverage_without_first(made, demand, need.get(first or "", 0.0), rest=rest),
    }


def _of_imports(corner: Corner, country: str) -> dict[str, Result]:
    bought, rest = corner.by_country(corner.bought)
    sold, other_sold = corner.by_country(corner.sold)
    output = float(corner.state.production[corner.good][list(corner.home)].sum())
    if not corner.home:
        absent = f"{country} is not told apart in this world"
        return {name: Missing(name=name, reason=absent) for name in ("import_hirschman", "net_import_reliance")}
    return {
        "import_hirschman": hirschman_index(bought, rest=rest),
        "import_top_1": top_share(bought, 1, rest=rest),
        "import_top_3": top_share(bought, 3, rest=rest),
        "net_import_reliance": net_import_reliance(bought | {REST: rest}, sold | {REST: other_sold}, output),
    }


def _looked_through(corner: Corner, shares: NDArray[np.float64]) -> Result:
    """Return who did a stage of the chain behind what a country uses; members of a bloc weigh as much as they need."""
    home = list(corner.home)
    need = corner.state.need[corner.good][home]
    here = shares[corner.good][home]
    weight = need * here.sum(axis=1)
    total = float(weight.sum())
    if total <= 0.0:
        return Missing(name="look_through", reason="it needs none, or none of this stage is in it")
    mean = (weight[:, None] * here).sum(axis=0) / total
    return add_up("look_through", "share", dict(zip(corner.world.countries, mean.tolist(), strict=True)))
