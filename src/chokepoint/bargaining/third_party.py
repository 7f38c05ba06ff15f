"""A third country's deposit as a game of three on simulated payoffs: what every coalition can reach."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.three_parties import characteristic_function
from chokepoint.exposure.third_country import STOP, TRADE
from chokepoint.solutions.coalitions import members

if TYPE_CHECKING:
    from chokepoint.exposure.third_country import DepositMarket
    from chokepoint.solutions.choice import Array

OWNER, FIRST, SECOND = 0, 1, 2
OFFERED = ((), (FIRST,), (SECOND,), (FIRST, SECOND))
"""To whom the owner may offer its output."""
CARRIED_OUT, BOUGHT_OFF = "carried out", "bought off"


@dataclass(frozen=True, kw_only=True, slots=True)
class ThirdParty:
    """The game of an owner and two bidders.

    Args:
        names: of the owner and the bidders, for people; horizon: years counted; stop: how a stop ends.
        gain: present worth to each if the output goes to nobody, the first, the second, both (case, outcome, party).
        payoff: of every action: the owner offers, bidders take or leave (case, party, offer, first, second).
        worth: of every coalition, outsiders replying best (case, coalition).
    """

    names: tuple[str, str, str]
    horizon: int
    stop: str
    gain: Array
    payoff: Array
    worth: Array

    def coalition(self, number: int) -> str:
        """Return a coalition by the names of its members."""
        return " + ".join(name for name, belongs in zip(self.names, members(3)[number], strict=True) if belongs)

    @property
    def bidders(self) -> str:
        """Both bidders as one name."""
        return f"{self.names[FIRST]} against {self.names[SECOND]}"

    @property
    def alone(self) -> Array:
        """What each gets where everybody acts alone, the owner choosing what pays it best (case, party)."""
        best = self.gain[:, :, OWNER].argmax(axis=1)
        return self.gain[np.arange(len(best)), best]


def yearly_gain(market: DepositMarket, bidders: tuple[str, str], chance: Array, *, is_bought_off: bool) -> Array:
    """Return what a year brings owner and bidders if the output goes to nobody, the first, the second, both.

    With ``c`` the chance of a stop in a year, ``W`` what the simulated market pays, against leaving the deposit alone:

        carried out    (1 - c) W(trade) + c W(stop)
        bought off     (1 - c) W(trade) + c (V + v) / 2,    V = sum of W(trade), v = difference of W(stop)

    In the second a stop is threatened by the second bidder and both settle as they would with money, after Nash (1953).

    Args:
        market: what was simulated; bidders: codes; chance: of a stop (case,).
        is_bought_off: whether a stop is threatened only.

    Returns:
        USD a year (case, outcome, party).

    Source: nash1953, kalai_kalai2013
    """
    outcomes = [market.at(*(bidders[bidder - 1] for bidder in offered)) for offered in OFFERED]
    both = [market.parties.index(code) for code in bidders]
    trade, stop = (market.payoff[:, year][:, outcomes][:, :, both] for year in (TRADE, STOP))
    if is_bought_off:
        total, ahead = trade.sum(axis=2), stop[:, :, 0] - stop[:, :, 1]
        stop = 0.5 * np.stack([total + ahead, total - ahead], axis=2)
    owner = [market.owner[:, year][:, outcomes] for year in (TRADE, TRADE if is_bought_off else STOP)]
    odds = chance[:, None]
    found = np.concatenate(
        [
            ((1.0 - odds) * owner[0] + odds * owner[1])[:, :, None],
            (1.0 - odds)[:, :, None] * trade + odds[:, :, None] * stop,
        ],
        axis=2,
    )
    return found - found[:, :1]


def third_party(names: tuple[str, str, str], horizon: int, stop: str, gain: Array) -> ThirdParty:
    """Pose the game: the owner offers to nobody, one or both, each bidder takes or leaves.

    Args:
        names: of the owner and the bidders; horizon: years counted; stop: how a stop ends.
        gain: present worth (case, outcome, party), outcomes as in ``OFFERED``.
    """
    payoff = np.empty((len(gain), 3, len(OFFERED), 2, 2))
    for offer, first, second in product(range(len(OFFERED)), range(2), range(2)):
        takers = {bidder for bidder, takes in ((FIRST, first), (SECOND, second)) if takes}
        has = OFFERED.index(tuple(each for each in OFFERED[offer] if each in takers))
        payoff[:, :, offer, first, second] = gain[:, has]
    return ThirdParty(
        names=names, horizon=horizon, stop=stop, gain=gain, payoff=payoff, worth=characteristic_function(payoff)
    )
