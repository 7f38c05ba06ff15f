"""Shares of supply, concentration and reliance on imports, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.balances import balances, hhi, share
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from chokepoint.tables import Table
    from chokepoint.world import World

QUANTITY = {"unit": "unit of the good per month"}
SHARE = {"unit": "share"}


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplyShare:
    """What one country adds to the world's supply of a good. Shares are 0 to 1."""

    good: str
    stage: str
    country: str
    unit: str = field(metadata={"note": "unit of the good"})
    production_per_month: float = field(metadata=QUANTITY)
    share_of_production: float = field(metadata=SHARE)
    exports_per_month: float = field(metadata=QUANTITY | {"note": "shipments abroad, re-exports included"})
    share_of_exports: float = field(metadata=SHARE)


@dataclass(frozen=True, kw_only=True, slots=True)
class MarketConcentration:
    """How concentrated the world's supply of a good is. Indices and shares are 0 to 1."""

    good: str
    stage: str
    unit: str = field(metadata={"note": "unit of the good"})
    production_per_month: float = field(metadata=QUANTITY)
    producers: int = field(metadata={"unit": "countries"})
    hhi_of_production: float = field(metadata={"unit": "1", "note": "sum of squared shares: 1 means one producer"})
    first_producer: str
    first_producer_share: float = field(metadata=SHARE)
    exports_per_month: float = field(metadata=QUANTITY)
    hhi_of_exports: float = field(metadata={"unit": "1", "note": "sum of squared shares: 1 means one exporter"})
    first_exporter: str
    first_exporter_share: float = field(metadata=SHARE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dependence:
    """Where one country's supply of a good comes from. Indices and shares are 0 to 1."""

    good: str
    stage: str
    country: str
    unit: str = field(metadata={"note": "unit of the good"})
    need_per_month: float = field(metadata=QUANTITY | {"note": "final uses and inputs of its own plants"})
    production_per_month: float = field(metadata=QUANTITY)
    imports_per_month: float = field(metadata=QUANTITY)
    exports_per_month: float = field(metadata=QUANTITY)
    import_reliance: float = field(
        metadata=SHARE | {"note": "(imports - exports) / (production + imports - exports); 0 for a net exporter"}
    )
    hhi_of_supply: float = field(metadata={"unit": "1", "note": "over all origins, its own supply included"})
    hhi_of_imports: float = field(metadata={"unit": "1", "note": "over origins abroad"})
    first_supplier: str = field(metadata={"note": "largest origin of what arrives, itself included"})
    first_supplier_share: float = field(metadata=SHARE)
    origins: int = field(metadata={"unit": "countries", "note": "how many countries it is supplied from"})


def supply_shares(world: World) -> tuple[SupplyShare, ...]:
    """Return every country's share in production and exports of each good, largest producers first."""
    state = balances(world)
    rows: list[SupplyShare] = []
    for g, good in enumerate(world.goods):
        made, sold = state.production[g], state.exports[g]
        order = sorted(range(len(world.countries)), key=lambda c: (-made[c], -sold[c], world.countries[c]))
        rows += [
            SupplyShare(
                good=good.code,
                stage=good.stage,
                country=world.countries[c],
                unit=good.unit,
                production_per_month=float(made[c]),
                share_of_production=share(float(made[c]), float(made.sum())),
                exports_per_month=float(sold[c]),
                share_of_exports=share(float(sold[c]), float(sold.sum())),
            )
            for c in order
            if made[c] > 0.0 or sold[c] > 0.0
        ]
    return tuple(rows)


def concentration(world: World) -> tuple[MarketConcentration, ...]:
    """Return how concentrated the supply of each good is, in chain order."""
    state = balances(world)
    rows: list[MarketConcentration] = []
    for g, good in enumerate(world.goods):
        made, sold = state.production[g], state.exports[g]
        maker, seller = int(np.argmax(made)), int(np.argmax(sold))
        rows.append(
            MarketConcentration(
                good=good.code,
                stage=good.stage,
                unit=good.unit,
                production_per_month=float(made.sum()),
                producers=int(np.count_nonzero(made > 0.0)),
                hhi_of_production=hhi(made),
                first_producer=world.countries[maker] if made[maker] > 0.0 else "",
                first_producer_share=share(float(made[maker]), float(made.sum())),
                exports_per_month=float(sold.sum()),
                hhi_of_exports=hhi(sold),
                first_exporter=world.countries[seller] if sold[seller] > 0.0 else "",
                first_exporter_share=share(float(sold[seller]), float(sold.sum())),
            )
        )
    return tuple(rows)


def dependence(world: World) -> tuple[Dependence, ...]:
    """Return where each country's supply of each good comes from; countries that need none are left out.

    With the balances closed, ``production + imports - exports`` is the need itself.

    Source: usgs_mcs2025
    """
    state = balances(world)
    imports, exports = state.imports, state.exports
    rows: list[Dependence] = []
    for g, good in enumerate(world.goods):
        for c in sorted(range(len(world.countries)), key=lambda c: (-state.need[g, c], world.countries[c])):
            arrivals = state.flow[g, :, c]
            if state.need[g, c] <= 0.0 or arrivals.sum() <= 0.0:
                continue
            foreign = arrivals.copy()
            foreign[c] = 0.0
            net = float(imports[g, c] - exports[g, c])
            first = int(np.argmax(arrivals))
            rows.append(
                Dependence(
                    good=good.code,
                    stage=good.stage,
                    country=world.countries[c],
                    unit=good.unit,
                    need_per_month=float(state.need[g, c]),
                    production_per_month=float(state.production[g, c]),
                    imports_per_month=float(imports[g, c]),
                    exports_per_month=float(exports[g, c]),
                    import_reliance=share(max(net, 0.0), float(state.production[g, c]) + net),
                    hhi_of_supply=hhi(arrivals),
                    hhi_of_imports=hhi(foreign),
                    first_supplier=world.countries[first],
                    first_supplier_share=share(float(arrivals[first]), float(arrivals.sum())),
                    origins=int(np.count_nonzero(arrivals > 0.0)),
                )
            )
    return tuple(rows)


def concentration_tables(world: World) -> tuple[Table, ...]:
    """Return the three indicators as tables, ready to be written."""
    return (
        tabulate("concentration", "How concentrated supply is", concentration(world), MarketConcentration),
        tabulate("supply_shares", "Who makes and exports how much", supply_shares(world), SupplyShare),
        tabulate("dependence", "Where each country's supply comes from", dependence(world), Dependence),
    )
