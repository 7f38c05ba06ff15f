"""The books of a simulation: what every country gains and spends each month, and whether they close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.stakes.worth import cost_of_level, relative_entropy, worth_given_up, worth_of_quantity

if TYPE_CHECKING:
    from chokepoint.simulation import Outcome

Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """Entries per (case, month, country), USD per month; their sum is the country's payoff.

    Args:
        use: worth of what is used, from the reference use on; units a user learnt to do without count along the
            long-run curve (:func:`chokepoint.stakes.worth.worth_given_up`).
        stock: worth of the closing less the opening stock, at this month's curve.
        cost: minus the cost of running activities.
        trade: sales less purchases at ex-works prices (domestic ones cancel).
        rent: licence rents received less paid.
        switching: minus the friction of changed origins and volumes, and real trade costs.
        duty: revenue of duties less duties paid (nets to zero in the levying importer).
        reappraisal: what the moved demand curves add to the market's own value; nobody's gain, in no payoff.
    """

    use: Cube
    stock: Cube
    cost: Cube
    trade: Cube
    rent: Cube
    switching: Cube
    duty: Cube
    reappraisal: Cube

    @property
    def payoff(self) -> Cube:
        """The payoff per (case, month, country)."""
        return self.use + self.stock + self.cost + self.trade + self.rent + self.switching + self.duty


def owners(labels: np.ndarray, count: int) -> np.ndarray:
    """Return the matrix (entry, country) that adds entries up by owner."""
    return np.eye(count)[labels]


def by_owner(values: Cube, labels: np.ndarray, count: int) -> Cube:
    """Add entries up by owner, as a product with :func:`owners` does, where owners are too many for that product."""
    order = np.argsort(labels, kind="stable")
    present, first = np.unique(labels[order], return_index=True)
    found = np.zeros((*values.shape[:-1], count))
    found[..., present] = np.add.reduceat(values[..., order], first, axis=-1)
    return found


def node_prices(outcome: Outcome) -> Cube:
    """Return the ex-works price of every lane's seller (case, month, lane)."""
    return outcome.ex_works[:, :, outcome.wiring.lane_seller]


def lane_rent(outcome: Outcome) -> Cube:
    """Return the rent of every lane (case, month, lane), licence groups included, relative to its price."""
    rent = outcome.rent.copy()
    order, net = outcome.wiring.lane_order, outcome.wiring.net
    group, load = np.empty(order.size, np.int64), np.empty(order.size)
    group[order], load[order] = net.lane_group, net.lane_load
    grouped = group >= 0
    rent[:, :, grouped] += load[grouped] * outcome.premium[:, :, group[grouped]]
    return rent


def friction(outcome: Outcome) -> Cube:
    """Return the real friction of switching per (case, month, buyer), USD.

    ``theta sum KL(q|f°) - (theta - theta_V) KL(Q|Q°)``, never negative, with ``f° = min(f, cap)`` and ``Q°`` the
    volume nearest to ``Q`` from ``F°``, the sum of ``f°``, to ``F``, the sum of ``f``.
    """
    wiring, behaviour = outcome.wiring, outcome.behaviour
    good = outcome.world.lanes.good
    usual = np.minimum(outcome.reference_flow, outcome.cap)
    lane = relative_entropy(outcome.flow, usual) * wiring.lane_price
    buyers = wiring.lane_buyer, wiring.buyer_good.size
    arrived = by_owner(outcome.flow, *buyers)
    near = np.minimum(np.maximum(arrived, by_owner(usual, *buyers)), by_owner(outcome.reference_flow, *buyers))
    volume = relative_entropy(arrived, near) * wiring.buyer_price
    nested = (behaviour.theta - behaviour.theta_volume)[:, None, wiring.buyer_good]
    return by_owner(lane * behaviour.theta[:, None, good], *buyers) - nested * volume


def keep_books(outcome: Outcome) -> Books:
    """Return the books of an outcome, computed from quantities, prices and rents.

    Args:
        outcome: a simulation; unsolved months give numbers that must not be used (see ``outcome.state``).

    Returns:
        Entries per (case, month, country).
    """
    world, wiring, behaviour = outcome.world, outcome.wiring, outcome.behaviour
    count = len(world.countries)
    price = np.array([good.price_usd_per_unit for good in world.goods])
    lanes, uses, stores = world.lanes, world.uses, world.stores
    exporter, importer = owners(lanes.exporter, count), owners(lanes.importer, count)
    demand = (behaviour.elasticity[:, None], behaviour.choke[:, None], behaviour.choke_end[:, None])
    taken = worth_of_quantity(outcome.use, outcome.reference_use, *demand)
    usual = worth_of_quantity(outcome.reference_use, outcome.reference_use, *demand)
    lost = worth_given_up(
        outcome.reference_use, uses.demand_per_month, demand[0], behaviour.demand_adaptation[:, None, None]
    )
    used = taken - usual - lost
    held = worth_of_stock(outcome, outcome.target)
    # Fear makes a store want more, not worth more: what it cost to buy ahead is lost until it is used.
    stored = worth_of_stock(outcome, outcome.target - outcome.precaution)
    cost = cost_of_level(outcome.level, outcome.capacity, behaviour.midpoint[:, None], behaviour.spread[:, None])
    value = outcome.flow * wiring.lane_price
    sales = value * node_prices(outcome)
    rent = value * lane_rent(outcome)
    kept = behaviour.rent_share[:, None, None] * rent
    wedge = (value * outcome.wedge) @ importer
    return Books(
        use=(used * price[uses.good]) @ owners(uses.country, count),
        stock=(stored * price[stores.good]) @ owners(stores.country, count),
        cost=-cost @ owners(world.activities.country, count),
        trade=sales @ exporter - sales @ importer,
        rent=kept @ exporter - kept @ importer,
        switching=-friction(outcome) @ owners(wiring.buyer_country, count) - wedge,
        duty=np.zeros_like(wedge),
        reappraisal=((taken - used) * price[uses.good]) @ owners(uses.country, count)
        + ((held - stored) * price[stores.good]) @ owners(stores.country, count),
    )


def worth_of_stock(outcome: Outcome, target: Cube) -> Cube:
    """Return what the month's change of every stock is worth at a target, ``V(S) - V(S_prev)`` (case, month, store)."""
    behaviour = outcome.behaviour
    curve = (target, behaviour.curvature[:, None], behaviour.release[:, None], behaviour.empty[:, None])
    return worth_of_quantity(outcome.stock, *curve) - worth_of_quantity(outcome.opening_stock, *curve)


def identity_gap(outcome: Outcome, books: Books) -> np.ndarray:
    """Return how far primal and dual disagree per (case, month), relative to turnover.

    The dual value comes from prices (surplus, profits, rents, opening stocks), the books from quantities;
    at a solution ``dual = sum of payoffs + reappraisal + worth of opening stocks - duties``.
    """
    world, wiring, behaviour = outcome.world, outcome.wiring, outcome.behaviour
    price = np.array([good.price_usd_per_unit for good in world.goods])
    curve = (outcome.target, behaviour.curvature[:, None], behaviour.release[:, None], behaviour.empty[:, None])
    opening = (worth_of_quantity(outcome.opening_stock, *curve) * price[world.stores.good]).sum(axis=2)
    duty = (outcome.flow * wiring.lane_price * outcome.duty).sum(axis=2)
    turnover = (outcome.reference_flow * wiring.lane_price).sum(axis=2)
    # The market treats a duty as a cost, the books as a transfer from the importer to itself.
    primal = (books.payoff + books.reappraisal).sum(axis=2) + opening - duty
    return np.abs(outcome.value - primal) / turnover


def prices_gap(outcome: Outcome) -> np.ndarray:
    """Return how far the market's own value and its parts by owner disagree per (case, month).

    ``sum CS + sum pi + sum (mu + nu) q + sum switching + sum [V(S) - P (S - S_prev)]``.
    """
    world, wiring = outcome.world, outcome.wiring
    price = np.array([good.price_usd_per_unit for good in world.goods])
    goods = len(world.goods)
    stores = world.stores
    buyer = np.searchsorted(wiring.buyer_country * goods + wiring.buyer_good, stores.country * goods + stores.good)
    carried = outcome.delivered[:, :, buyer] * outcome.opening_stock * price[stores.good]
    rent = (lane_rent(outcome) * outcome.flow * wiring.lane_price).sum(axis=2)
    parts = (
        outcome.use_surplus.sum(axis=2)
        + outcome.profit.sum(axis=2)
        + rent
        + outcome.switching.sum(axis=2)
        + outcome.store_surplus.sum(axis=2)
        + carried.sum(axis=2)
    )
    turnover = (outcome.reference_flow * wiring.lane_price).sum(axis=2)
    return np.abs(outcome.value - parts) / turnover
