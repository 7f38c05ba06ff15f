"""What a measure costs whom: payoffs against the run without it, split into shortage, rent and switching."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.stakes.books import by_owner, identity_gap, keep_books, lane_rent, node_prices, owners, prices_gap

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.simulation import Outcome
    from chokepoint.world import World

Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stakes:
    """Losses (positive) and gains (negative) per (case, month, country), USD per month.

    Args:
        world, months: of what.
        shortage: real loss: use forgone, stock run down, output not made, at the prices of the other run.
        rent: transfers: licence rents and changed prices; sums to zero over countries.
        switching: friction of changed origins, volumes and routes.
        licence_rent: licence rents received less paid if exporters took all of them (``rent_share`` 1).
        rent_share: what the simulation assumed (case,).
        identity_gap: worst disagreement of quantities and prices in the books per case, relative to turnover.
    """

    world: World
    months: tuple[Month, ...]
    shortage: Cube
    rent: Cube
    switching: Cube
    licence_rent: Cube
    rent_share: np.ndarray
    identity_gap: np.ndarray

    @property
    def loss(self) -> Cube:
        """The whole loss per (case, month, country)."""
        return self.shortage + self.rent + self.switching

    def loss_at(self, rent_share: float) -> Cube:
        """Return the whole loss had exporters taken another share of the licence rents; nothing else changes."""
        return self.loss + (self.rent_share[:, None, None] - rent_share) * self.licence_rent

    def over(self, cube: Cube, discount: np.ndarray | None = None) -> np.ndarray:
        """Add up months, discounted per month if asked; returns (case, country)."""
        if discount is None:
            return cube.sum(axis=1)
        weight = (1.0 + discount[:, None]) ** -np.arange(cube.shape[1])
        return np.einsum("cmj,cm->cj", cube, weight)


@np.errstate(over="ignore", invalid="ignore")  # the numbers of unsolved cases may be anything; nobody may use them
def weigh(outcome: Outcome, without: Outcome) -> Stakes:
    """Weigh a simulation against the run without the measure in the same months and cases.

    With ``q``, ``p`` the flows and ex-works prices and a star for the run without,

        rent      = -[licence rents kept] - sum (p - p*) q  (sales less purchases)
        switching =  friction + real trade costs
        shortage  =  the rest: worth of use and stocks, costs of activities, trade at ``p*``

    Args:
        outcome: the simulation; without: the same cases and months without the measure.

    Returns:
        Losses by country and component; they add up to the change of payoff exactly.
    """
    world, wiring = outcome.world, outcome.wiring
    count = len(world.countries)
    mine, other = keep_books(outcome), keep_books(without)
    exporter, importer = owners(world.lanes.exporter, count), owners(world.lanes.importer, count)
    change = (outcome.ex_works - without.ex_works)[:, :, wiring.lane_seller]
    revalued = outcome.flow * wiring.lane_price * change
    dearer = revalued @ exporter - revalued @ importer
    rent = mine.rent - other.rent + dearer
    switching = mine.switching - other.switching
    shortage = mine.payoff - other.payoff - rent - switching
    licences = outcome.flow * wiring.lane_price * lane_rent(outcome)
    gaps = [identity_gap(outcome, mine), identity_gap(without, other), prices_gap(outcome), prices_gap(without)]
    return Stakes(
        world=world,
        months=outcome.months,
        shortage=-shortage,
        rent=-rent,
        switching=-switching,
        licence_rent=licences @ exporter - licences @ importer,
        rent_share=outcome.behaviour.rent_share,
        identity_gap=np.maximum.reduce(gaps).max(axis=1),
    )


def delivered_paid(outcome: Outcome) -> tuple[Cube, Cube]:
    """Return the marginal and the paid delivered price per (case, month, buyer), relative to the reference.

    Marginal: what one more unit costs. Paid: the volume-weighted price over lanes,
    ``sum q (p + w + rent_share mu) / sum q``; not a number where nothing arrives.
    """
    share = outcome.behaviour.rent_share[:, None, None]
    paid = node_prices(outcome) + outcome.wedge + outcome.duty + share * lane_rent(outcome)
    buyers = outcome.wiring.lane_buyer, outcome.wiring.buyer_good.size
    arrived = by_owner(outcome.flow, *buyers)
    with np.errstate(invalid="ignore", divide="ignore"):
        average = np.where(arrived > 0.0, by_owner(outcome.flow * paid, *buyers) / arrived, np.nan)
    return outcome.delivered, average
