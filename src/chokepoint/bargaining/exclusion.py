"""Contracts that shut a rival out: damages that tax its entry, and signatures that leave it too few buyers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The contract an incumbent offers against an entrant: price, damages, chance of entry, profit."""

    price: float
    damages: float
    entry: float
    profit: float
    profit_without: float


def exclude_entrant(value: float, cost: float) -> Exclusion:
    """Return the contract with liquidated damages that pays an incumbent most.

    The entrant's cost is even on [0, 1]. Without a contract it enters below the incumbent's cost ``c`` at that price,
    so the buyer expects ``(v - c) c``; the contract leaves it just that: ``P = v - (v - c) c``. Entry happens below
    ``P - P0``; the profit ``P0 e + (P - c)(1 - e)`` is greatest at ``e = c / 2``. Read for deposits: a right of first
    refusal is such damages; it takes its rent from the excluded party and shuts out cheaper ones.

    Args:
        value: of a unit to the buyer, at least the cost; cost: the incumbent's, 0 to 1.

    Source: aghion_bolton1987

    Example:
        >>> exclude_entrant(1.0, 0.5)
        Exclusion(price=0.75, damages=0.5, entry=0.25, profit=0.3125, profit_without=0.25)
    """
    price, entry = value - (value - cost) * cost, cost / 2.0
    damages = price - entry
    return Exclusion(
        price=price,
        damages=damages,
        entry=entry,
        profit=damages * entry + (price - cost) * (1.0 - entry),
        profit_without=(value - cost) * (1.0 - cost),
    )


def signatures_to_exclude(buyers: int, needed: int) -> int:
    """Return how many must sign so that too few are left for a rival who needs a least number of free ones.

    Source: rasmusen_ramseyer_wiley1991, segal_whinston2000

    Example:
        >>> signatures_to_exclude(100, 15)
        86
    """
    return max(0, buyers - needed + 1)


@dataclass(frozen=True, slots=True)
class NakedExclusion:
    """What it costs to buy the signatures that shut a rival out.

    Args:
        signatures: that are needed.
        one_by_one: least the incumbent must pay in all if it asks buyers in turn, each seeing who signed before.
        at_once: least it must pay in all if it asks those it picks at the same moment, by offers they could all refuse.
        pays: whether exclusion is worth ``at_once`` to the incumbent.
    """

    signatures: int
    one_by_one: float
    at_once: float
    pays: bool


def buy_signatures(buyers: int, needed: int, gain: float, loss: float) -> NakedExclusion:
    """Weigh what an incumbent gains by exclusion against what buyers must be paid to sign it away.

    A buyer loses ``x`` by exclusion, the incumbent gains ``p`` from each. Asked at once by offers that tell them
    apart, ``N*`` buyers must get ``x`` each, whatever they believe of each other: exclusion pays if
    ``N* x <= N p``. Asked in turn, an incumbent that could pay for the missing signatures at the end pays nothing
    now, for everybody knows that the others will sign: if ``N p >= N* x`` backward induction brings the price of a
    signature down to nothing.

    Args:
        buyers: ``N``; needed: free buyers the rival must find; gain: ``p`` per buyer; loss: ``x`` per buyer.

    Source: segal_whinston2000

    Example:
        >>> buy_signatures(100, 15, 1.0, 1.0)
        NakedExclusion(signatures=86, one_by_one=0.0, at_once=86.0, pays=True)
    """
    signatures = signatures_to_exclude(buyers, needed)
    at_once = signatures * loss
    pays = buyers * gain >= at_once
    return NakedExclusion(
        signatures=signatures, one_by_one=_one_by_one(buyers, signatures, gain, loss), at_once=at_once, pays=pays
    )


def _one_by_one(buyers: int, signatures: int, gain: float, loss: float) -> float:
    """Return what signatures cost in turn, backwards over who is left and how many are missing.

    With ``m`` missing and ``k`` left, exclusion goes through for ``cost[m]``. A buyer whose refusal would not stop it
    signs for nothing; one whose refusal would stop it asks for its loss.
    """
    worth = buyers * gain
    cost = [0.0] + [float("inf")] * signatures  # by signatures missing, nobody left
    for _ in range(buyers):
        after = cost.copy()
        for missing in range(1, signatures + 1):
            goes_on = cost[missing] <= worth  # if this one refuses
            asked = 0.0 if goes_on else loss
            signed = cost[missing - 1] + asked
            after[missing] = min(signed, cost[missing])
        cost = after
    return cost[signatures]


@dataclass(frozen=True, slots=True)
class Damages:
    """Damages a buyer and an incumbent set against an entrant whose gain they know as draws only.

    Args:
        damages: due on entry, USD; entry, entry_without: chance of entry with and without them.
        shut_out: whether they keep it out where it would have come in (case,).
        gained: what buyer and incumbent together gain by them (case,).
    """

    damages: float
    entry: float
    entry_without: float
    shut_out: Mask
    gained: Array


def best_damages(surplus: Array, harm: Array) -> Damages:
    """Return the damages that pay buyer and incumbent most, over draws of what entry brings the entrant.

    ``max over D of mean [(D - harm) (surplus >= D)]``; among draws ``D`` is one of the gains. With costs even
    on [0, 1], a buyer's value of 1 and an incumbent's cost of 1/2 it is the contract of :func:`exclude_entrant`, entry
    at a quarter instead of a half.

    Args:
        surplus: of the entrant if it enters (case,); harm: what entry costs buyer and incumbent together (case,), USD.

    Source: aghion_bolton1987

    Example:
        >>> found = best_damages(0.5 - (np.arange(1000) + 0.5) / 1000, np.zeros(1000))
        >>> round(found.damages, 2), round(found.entry, 2), found.entry_without, round(float(found.gained.mean()), 3)
        (0.25, 0.25, 0.5, 0.063)
    """
    enters = surplus >= 0.0
    levels = np.unique(np.concatenate([[0.0], surplus[enters]]))
    levels = np.append(levels, levels[-1] + 1.0)  # so much that nobody enters
    stays = surplus >= levels[:, None]
    paid = np.where(stays, levels[:, None] - harm, 0.0)
    best = int(paid.mean(axis=1).argmax())
    return Damages(
        damages=float(levels[best]),
        entry=float(stays[best].mean()),
        entry_without=float(enters.mean()),
        shut_out=np.asarray(enters & ~stays[best]),
        gained=paid[best] - np.where(enters, -harm, 0.0),
    )


def cheapest_signatures(losses: Array, taken: Array, needed: float) -> Array:
    """Return the least that must be paid for signatures that leave a rival too few free buyers.

    Buyers may differ: every set is tried whose absence leaves less than the rival needs, each paid its loss at once.

    Args:
        losses: of every buyer if the rival is shut out (case, buyer), USD.
        taken: part of the rival's output each would take (buyer,); needed: part it must be free to sell.

    Source: rasmusen_ramseyer_wiley1991, segal_whinston2000

    Example:
        >>> cheapest_signatures(np.array([[3.0, 1.0, 1.0]]), np.array([0.5, 0.3, 0.2]), 0.6).tolist()
        [2.0]
    """
    buyers = range(taken.size)
    sets = [each for count in range(taken.size + 1) for each in combinations(buyers, count)]
    enough = [each for each in sets if 1.0 - taken[list(each)].sum() < needed]
    return np.min([losses[:, list(each)].sum(axis=1) for each in enough], axis=0)
