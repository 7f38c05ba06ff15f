"""What the kernel is given and what it returns: plain arrays, one leading ``case`` axis, no labels.

Quantities are USD of the reference year per month (tonnes times reference price), prices are relative to
the reference price, so the kernel knows neither units nor names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Booleans = np.ndarray[tuple[int], np.dtype[np.bool_]]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class State(IntEnum):
    """How a clearing ended."""

    SOLVED = 0
    STEPS_EXHAUSTED = 1
    NO_DESCENT = 2
    NOT_FINITE = 3


MEANING = {
    State.SOLVED: "solved within tolerance",
    State.STEPS_EXHAUSTED: "not solved: the steps ran out; try a warm start or a milder change per month",
    State.NO_DESCENT: "not solved: no step lowered the objective; look for a good with no use and no store",
    State.NOT_FINITE: "not solved: a number overflowed; look for a friction or a spread near zero",
}


class Net(NamedTuple):
    """Who is connected to whom; shared by all cases.

    Sellers and buyers are (good, country) nodes. Sellers are best sorted along the chain, good by good: the closer
    those that depend on each other, the less there is to eliminate. Buyers are sorted by country (a *block*), lanes
    by buyer, activities and takers by country, so that each belongs to one block. ``seller`` indices at or above
    ``sellers`` are licence groups, whose multiplier acts like a price paid on top.

    Args:
        sellers: number of seller nodes; groups: number of licence groups.
        lane_seller, lane_buyer: node per lane; lane_group: group index per lane or -1; lane_load: what one USD of a
            lane counts towards its group's quota (a quota in tonnes counts a cheap good for more).
        buyer_lane: first lane of each buyer (buyers + 1 entries).
        block_buyer, block_activity, block_taker: first buyer, activity, taker of each block.
        entry_start: first recipe entry of each activity; entry_node: seller (output) or buyer (input);
            entry_amount: USD at reference prices per unit of level, negative for inputs.
        taker_buyer: node per use or store.
    """

    sellers: int
    groups: int
    lane_seller: Integers
    lane_buyer: Integers
    lane_group: Integers
    lane_load: Vector
    buyer_lane: Integers
    block_buyer: Integers
    block_activity: Integers
    block_taker: Integers
    entry_start: Integers
    entry_node: Integers
    entry_amount: Vector
    taker_buyer: Integers


class Terms(NamedTuple):
    """What one month is cleared under; every array starts with the ``case`` axis.

    Args:
        flow: reference flow per lane; cap: cap per lane (``inf`` where none); wedge: change of the trade
            wedge against the reference, relative to the reference price.
        theta, theta_volume: frictions per buyer.
        capacity, midpoint, spread: ``K``, ``m``, ``b`` per activity (level, USD per level, USD per level).
        base, exponent, kink, end: curve per taker (see :func:`chokepoint.market.pieces.taken`).
        opening: stock carried in per buyer.
        quota: cap per licence group.
        seller_scale, buyer_scale: reference throughput per node; residuals are relative to it.
    """

    flow: Matrix
    cap: Matrix
    wedge: Matrix
    theta: Matrix
    theta_volume: Matrix
    capacity: Matrix
    midpoint: Matrix
    spread: Matrix
    base: Matrix
    exponent: Matrix
    kink: Matrix
    end: Matrix
    opening: Matrix
    quota: Matrix
    seller_scale: Matrix
    buyer_scale: Matrix


@dataclass(frozen=True, kw_only=True, slots=True)
class Clearing:
    """The cleared month; first axis ``case``.

    Args:
        ex_works: relative price per seller; premium: multiplier per licence group; delivered: per buyer.
        delivered_high: upper end of the delivered price where it is an interval (else equal).
        flow, rent: per lane; level, profit: per activity; taken, surplus: per taker.
        switching: what the lanes into a buyer add to the dual beside their rents: ``theta (Q - F°) - (theta - theta_V)
            (Q - Q°)``, with ``Q°`` the volume nearest to ``Q`` from ``F°`` to ``F``; without caps ``theta_V (Q - F)``.
        unsold: output nobody ships although it is free, per seller.
        value: the dual objective; gap: duality gap relative to turnover; residual: worst balance.
        tolerance: what the residual was held to; steps: Newton steps; state: see :class:`State`.
    """

    ex_works: Matrix
    premium: Matrix
    delivered: Matrix
    delivered_high: Matrix
    flow: Matrix
    rent: Matrix
    level: Matrix
    profit: Matrix
    taken: Matrix
    surplus: Matrix
    switching: Matrix
    unsold: Matrix
    value: Vector
    gap: Vector
    residual: Vector
    tolerance: Vector
    steps: Integers
    state: Integers

    @property
    def is_solved(self) -> Booleans:
        """Say which cases were solved."""
        return self.state == State.SOLVED.value
