"""The other side: what a supplier is able to squeeze, importer by importer and mineral by mineral.

For each importer and each mineral that it buys from the supplier: the share of its imports, what it spends, and the
static power of that share. Over all minerals together the powers add up, since spending is Cobb-Douglas over goods:
their sum is the power of a joint stop. It counts imports alone, no stocks, no other suppliers stepping in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, add_up
from chokepoint.exposure.of_imports import purchase_of
from chokepoint.exposure.place import Elasticity, Place
from chokepoint.exposure.static_power import joint_power

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from chokepoint.exposure.picture import Picture
    from chokepoint.exposure.static_power import Purchase

KUSD = 1000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Grip:
    """A supplier's hold on one importer through one mineral at one stage."""

    importer: str
    mineral: str
    stage: str
    year: int = field(metadata={"note": "of the trade figures"})
    share: float = field(metadata={"unit": "share", "note": "of the importer's imports, by value"})
    imports_kusd: float = field(metadata={"unit": "thousand USD a year", "note": "from the supplier"})
    power_usd: float | None = field(
        metadata={"unit": "USD a year", "note": "static power times GDP; missing where it supplies all, or GDP is"}
    )
    reason: str = field(metadata={"note": "why the power is missing"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A supplier's hold on one importer through all minerals at once; its parts are the minerals.

    Args:
        importer: ISO 3166 alpha-3.
        power: in USD a year, by mineral and stage (``graphite mining``).
        is_bounded: False where the supplier is the only one of something: the power is then at least this.
        alone: minerals of which it is the importer's only supplier.
    """

    importer: str
    power: Indicator
    is_bounded: bool
    alone: tuple[str, ...]


def grips(
    picture: Picture,
    supplier: str,
    home: Collection[str],
    *,
    elasticity: Elasticity,
    minerals: Collection[str] | None = None,
    stage: str | None = None,
) -> tuple[Grip, ...]:
    """Return a supplier's hold on every importer, mineral by mineral, the largest purchases first.

    Args:
        picture: of the year; supplier: how it is called; home: its code, or the members of a bloc.
        elasticity: between origins; minerals: codes, all if left out; stage: one, all if left out.
    """
    found: list[Grip] = []
    inside = frozenset(home)
    for (mineral, each_stage), flows in picture.flows.items():
        if isinstance(flows, str) or (minerals is not None and mineral not in minerals):
            continue
        if stage is not None and each_stage != stage:
            continue
        place = Place(
            picture=picture, mineral=mineral, stage=each_stage, country=supplier, home=inside, elasticity=elasticity
        )
        found += [_grip(place, importer, flows.year) for importer in flows.out_of(inside, weighed=False)]
    return tuple(sorted(found, key=lambda each: (-each.imports_kusd, each.importer, each.mineral, each.stage)))


def untold(picture: Picture, minerals: Collection[str] | None = None, stage: str | None = None) -> dict[str, str]:
    """Return by mineral and stage why customs tell nobody's hold there: missing is not safe.

    Args:
        picture: of the year; minerals: codes, all if left out; stage: one, all if left out.
    """
    return {
        f"{mineral} {at}": flows
        for (mineral, at), flows in picture.flows.items()
        if isinstance(flows, str) and (minerals is None or mineral in minerals) and stage in {None, at}
    }


def _grip(seller: Place, importer: str, year: int) -> Grip:
    buyer = replace(seller, country=importer, home=frozenset({importer}))
    bought = buyer.imports(weighed=False)
    amounts: Mapping[str, float] = {} if isinstance(bought, str) else bought
    total = math.fsum(amounts.values())
    ours = math.fsum(amounts.get(code, 0.0) for code in seller.home)
    purchase = purchase_of(buyer, seller.elasticity.value)
    power, reason = (None, purchase) if isinstance(purchase, str) else _power(purchase, seller, importer)
    return Grip(
        importer=importer,
        mineral=seller.mineral,
        stage=seller.stage,
        year=year,
        share=ours / total,
        imports_kusd=ours,
        power_usd=power,
        reason=reason,
    )


def _power(purchase: Purchase, seller: Place, importer: str) -> tuple[float | None, str]:
    found = joint_power((purchase,), tuple(sorted(seller.home)))
    if isinstance(found, Indicator):
        return found.value * seller.picture.gdp_usd[importer], ""
    return None, f"{seller.country} is the only supplier: the form has no finite power there"


def joint(found: Iterable[Grip]) -> tuple[Hold, ...]:
    """Return the hold on each importer through all minerals together, the strongest first."""
    by_importer: dict[str, list[Grip]] = {}
    for each in found:
        by_importer.setdefault(each.importer, []).append(each)
    holds: list[Hold] = []
    for importer, all_of_it in by_importer.items():
        parts = {f"{each.mineral} {each.stage}": each.power_usd for each in all_of_it if each.power_usd is not None}
        alone = tuple(f"{each.mineral} {each.stage}" for each in all_of_it if each.power_usd is None)
        power = add_up("joint_power", "USD a year", parts)
        holds.append(Hold(importer=importer, power=power, is_bounded=not alone, alone=alone))
    return tuple(sorted(holds, key=lambda each: (-each.power.value, each.importer)))
