"""Quantities of the reference year by good and country, as the indicators need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chokepoint.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Balances:
    """Monthly quantities, each array by good and country.

    Re-export is passed through: what a country buys only to sell on is neither its production nor its need.

    Args:
        flow: shipments by good, exporter and importer, the domestic lane on the diagonal.
        production: output of mines, plants and works.
        need: uses and inputs of the country's own plants.
    """

    flow: NDArray[np.float64]
    production: NDArray[np.float64]
    need: NDArray[np.float64]

    @property
    def imports(self) -> NDArray[np.float64]:
        """Arrivals from abroad."""
        return self.flow.sum(axis=1) - self.domestic

    @property
    def exports(self) -> NDArray[np.float64]:
        """Shipments abroad."""
        return self.flow.sum(axis=2) - self.domestic

    @property
    def domestic(self) -> NDArray[np.float64]:
        """What stays in the country that made it."""
        return np.einsum("gii->gi", self.flow)


def balances(world: World) -> Balances:
    """Add up lanes, activities and uses by good and country."""
    shape = (len(world.goods), len(world.countries))
    lanes, uses, activities = world.lanes, world.uses, world.activities
    flow = np.zeros((*shape, shape[1]))
    np.add.at(flow, (lanes.good, lanes.exporter, lanes.importer), lanes.flow_per_month)
    amount = activities.entry_amount * activities.level_per_month[activities.entry_activity]
    own = ~is_reexport(world)[activities.entry_activity]
    place = (activities.entry_good, activities.country[activities.entry_activity])
    production, need = np.zeros(shape), np.zeros(shape)
    np.add.at(production, place, np.where(own & (amount > 0), amount, 0.0))
    np.add.at(need, place, np.where(own & (amount < 0), -amount, 0.0))
    np.add.at(need, (uses.good, uses.country), uses.demand_per_month)
    return Balances(flow=flow, production=production, need=need)


def is_reexport(world: World) -> NDArray[np.bool_]:
    """Tell which activities sell on the very good they buy."""
    activities = world.activities
    bought = {
        (int(activity), int(good))
        for activity, good, amount in zip(
            activities.entry_activity, activities.entry_good, activities.entry_amount, strict=True
        )
        if amount < 0
    }
    found = np.zeros(len(activities.kind), dtype=np.bool_)
    for activity, good, amount in zip(
        activities.entry_activity, activities.entry_good, activities.entry_amount, strict=True
    ):
        if amount > 0 and (int(activity), int(good)) in bought:
            found[activity] = True
    return found


def hhi(amounts: NDArray[np.float64]) -> float:
    """Return the Herfindahl-Hirschman index of amounts, on the scale from 0 to 1; 0 when there are none.

    ``HHI = sum_i s_i^2`` with the shares ``s_i``; 1 means one supplier, 1/n means n equal ones.

    Example:
        >>> hhi(np.array([50.0, 30.0, 20.0]))
        0.38
    """
    return float(squared_shares(amounts).sum())


def squared_shares(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``s_i^2`` of amounts: what each adds to the Herfindahl-Hirschman index; all 0 when there are none."""
    total = float(amounts.sum())
    return np.square(amounts / total) if total > 0.0 else np.zeros_like(amounts)


def share(part: float, whole: float) -> float:
    """Return a share, 0 of nothing."""
    return part / whole if whole > 0.0 else 0.0
