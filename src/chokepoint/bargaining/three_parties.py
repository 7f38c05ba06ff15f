"""Three parties: what each coalition can reach, given what outsiders then do, and what shutting one out takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.coalitions import members
from chokepoint.solutions.shapley import shapley

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask

OWNER, FIRST, SECOND = 1, 2, 4  # coalitions of one in a deposit's game


def characteristic_function(payoff: Array) -> Array:
    """Return what each coalition reaches if it acts as one and everybody outside acts alone, each replying best.

    The gamma rule: outsiders do not gang up, they split into single parties. A coalition's worth is its members'
    total where it could not raise it and no outsider its own payoff, all else given. Where several such standoffs
    exist the coalition counts on the one worst for it: it is said to block only where it surely can.

    Args:
        payoff: USD (case, party, action of the first party, of the second, ...).

    Returns:
        Worth (case, coalition); not a number where every standoff needs mixing.

    Source: chander_tulkens1997
    """
    cases, parties = payoff.shape[:2]
    worth = np.zeros((cases, 2**parties))
    for coalition, belongs in enumerate(members(parties)):
        if not coalition:
            continue
        inside = np.flatnonzero(belongs)
        total = payoff[:, inside].sum(axis=1)
        is_best = total == total.max(axis=tuple(int(party) + 1 for party in inside), keepdims=True)
        for outsider in np.flatnonzero(~belongs).tolist():
            own = payoff[:, outsider]
            is_best &= own == own.max(axis=outsider + 1, keepdims=True)
        least = np.where(is_best, total, np.inf).reshape(cases, -1).min(axis=1)
        worth[:, coalition] = np.where(np.isfinite(least), least, np.nan)
    return worth


def deposit_game(worth: Array, kept: Array) -> Array:
    """Return the game of a deposit's owner (party 0) and two bidders (1 and 2).

    Outsiders reply best. Without the owner there is no deposit, and an owner without a bidder keeps what it has. A
    bidder left alone sees the other deal with the owner wherever that pays these two, and bears what that costs it.
    The owner with one bidder chooses what is best for the two, all three what is best for all.

    Args:
        worth: to each bidder if the output goes to the first, the second, or both (case, bidder, allocation);
            nothing if nobody has it.
        kept: what the owner has if it sells to nobody (case).

    Returns:
        Worth (case, coalition).

    Source: jehiel_moldovanu1996, chander_tulkens1997
    """
    first, second = worth[:, 0], worth[:, 1]
    found = np.zeros((len(kept), 8))
    found[:, OWNER] = kept
    found[:, FIRST] = np.where(second[:, 1] > kept, first[:, 1], 0.0)
    found[:, SECOND] = np.where(first[:, 0] > kept, second[:, 0], 0.0)
    found[:, OWNER | FIRST] = np.maximum(kept, first[:, 0])
    found[:, OWNER | SECOND] = np.maximum(kept, second[:, 1])
    found[:, OWNER | FIRST | SECOND] = np.maximum(kept, (first + second).max(axis=1))
    return found


def shut_out(worth: Array, owner: int, rival: int) -> Array:
    """Return a game in which the owner has signed away dealing with the rival: what the two add together is gone.

    Args:
        worth: (case, coalition); owner, rival: parties.

    Returns:
        Worth (case, coalition): every coalition of both reaches what it does without the rival, and the rival alone.

    Source: aghion_bolton1987, segal_whinston2000
    """
    belongs = members(worth.shape[1].bit_length() - 1)
    both = np.flatnonzero(belongs[:, owner] & belongs[:, rival])
    found = worth.copy()
    found[:, both] = worth[:, both - (1 << rival)] + worth[:, [1 << rival]]
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusivity:
    """What a contract by which an owner signs away dealing with a rival does to those who sign it, and to all.

    Args:
        bound: what each party then has, USD (case, party).
        asked: least the owner must be paid to sign; gained: by the other who signs, before it pays, USD (case).
        is_worth_it: whether the signers gain by it together (case,).
        is_wasteful: whether all parties together are left with less (case,).
    """

    bound: Array
    asked: Array
    gained: Array
    is_worth_it: Mask
    is_wasteful: Mask


def exclusivity(worth: Array, owner: int, signer: int, rival: int) -> Exclusivity:
    """Weigh an exclusion contract by Shapley's value ``s`` of the game with and without it.

    The owner signs for no less than ``s_owner(free) - s_owner(bound)``, the other pays no more than what it gains.
    Where nobody deals with the rival anyway the contract takes its rent and wastes nothing; where a rival who would
    have had a part is shut out, the parties together have less.

    Args:
        worth: (case, coalition), USD; owner, signer, rival: parties.

    Source: aghion_bolton1987, segal_whinston2000
    """
    tied = shut_out(worth, owner, rival)
    free, bound = shapley(worth), shapley(tied)
    asked, gained = free[:, owner] - bound[:, owner], bound[:, signer] - free[:, signer]
    tolerance = 1e-9 * np.abs(worth).max(axis=1)
    return Exclusivity(
        bound=bound,
        asked=asked,
        gained=gained,
        is_worth_it=gained - asked > tolerance,
        is_wasteful=worth[:, -1] - tied[:, -1] > tolerance,
    )
