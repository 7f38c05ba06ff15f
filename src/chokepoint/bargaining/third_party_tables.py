"""A third country's deposit in tables: worth of coalitions, shares, who blocks what, and contracts that shut out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.exclusion import best_damages, cheapest_signatures
from chokepoint.bargaining.third_party import FIRST, OWNER, SECOND
from chokepoint.bargaining.three_parties import exclusivity
from chokepoint.solutions.coalitions import excess
from chokepoint.solutions.nucleolus import nucleolus
from chokepoint.solutions.shapley import shapley
from chokepoint.solutions.stable_shares import blocking, core
from chokepoint.tables import Table, tabulate
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.bargaining.third_party import ThirdParty
    from chokepoint.solutions.choice import Array, Mask

NEGLIGIBLE = 1e-9
SHAPLEY = "Shapley's value"
TIED, GROUND = "exclusive dealing", "left in the ground"


@dataclass(frozen=True, kw_only=True, slots=True)
class CoalitionWorth:
    """What a coalition reaches."""

    bidders: str = field(metadata={"note": "first against second"})
    horizon: int = field(metadata={"unit": "years", "note": "years from now that are counted"})
    stop: str = field(metadata={"note": "whether a stop is carried out, or bought off as its threat would be"})
    coalition: str
    low_usd: float = field(metadata={"unit": "USD", "note": "10 % quantile"})
    worth_usd: float = field(metadata={"unit": "USD", "note": "mean; outsiders reply best, each alone"})
    high_usd: float = field(metadata={"unit": "USD", "note": "90 % quantile"})


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyShare:
    """What each way of sharing gives a party."""

    bidders: str
    horizon: int = field(metadata={"unit": "years"})
    stop: str
    party: str
    alone_usd: float = field(metadata={"unit": "USD", "note": "mean, nobody paying anybody"})
    shapley_usd: float = field(metadata={"unit": "USD", "note": "mean"})
    nucleolus_usd: float = field(metadata={"unit": "USD", "note": "mean"})
    core_least_usd: float | None = field(metadata={"unit": "USD", "note": "mean of draws with a core"})
    core_most_usd: float | None = field(metadata={"unit": "USD", "note": "mean of draws with a core"})
    core_empty: float = field(metadata={"unit": "share", "note": "draws in which every division is blocked"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocked:
    """Who blocks an offer."""

    bidders: str
    horizon: int = field(metadata={"unit": "years"})
    stop: str
    offer: str
    coalition: str = field(metadata={"note": "would do better on its own, whatever outsiders reply"})
    share: float = field(metadata={"unit": "share", "note": "draws in which it blocks"})
    gains_usd: float = field(metadata={"unit": "USD", "note": "what it would gain, mean of those draws"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """A contract that keeps a deposit out, or tied."""

    bidders: str
    horizon: int = field(metadata={"unit": "years"})
    stop: str
    contract: str
    pays: str = field(metadata={"note": "who pays for it"})
    against: str = field(metadata={"note": "who is shut out"})
    asked_usd: float = field(metadata={"unit": "USD", "note": "least that must be paid for a signature, mean"})
    gained_usd: float = field(metadata={"unit": "USD", "note": "most the payer would pay, mean"})
    worth_it: float = field(metadata={"unit": "share", "note": "draws in which that is more than what is asked"})
    wasteful: float = field(metadata={"unit": "share", "note": "draws in which it is signed and all together lose"})


def offers_of(game: ThirdParty) -> dict[str, Array]:
    """Return divisions somebody could propose (case, party), by what they are."""
    total = game.worth[:, -1]
    return {
        "nobody pays anybody": game.alone,
        "an even third each": np.repeat(total[:, None] / 3.0, 3, axis=1),
        SHAPLEY: shapley(game.worth),
        f"{game.names[FIRST]} alone, and shut out {game.names[SECOND]}": exclusivity(
            game.worth, OWNER, FIRST, SECOND
        ).bound,
    }


def worth_rows(game: ThirdParty) -> list[CoalitionWorth]:
    """Return what every coalition reaches."""
    rows: list[CoalitionWorth] = []
    for number in range(1, game.worth.shape[1]):
        low, _, high = (float(each) for each in interval(game.worth[:, number]))
        rows.append(
            CoalitionWorth(
                bidders=game.bidders,
                horizon=game.horizon,
                stop=game.stop,
                coalition=game.coalition(number),
                low_usd=low,
                worth_usd=float(game.worth[:, number].mean()),
                high_usd=high,
            )
        )
    return rows


def share_rows(game: ThirdParty) -> list[PartyShare]:
    """Return what each way of sharing gives the parties."""
    value, even, stable = shapley(game.worth), nucleolus(game.worth), core(game.worth)
    has_core = ~stable.is_empty
    return [
        PartyShare(
            bidders=game.bidders,
            horizon=game.horizon,
            stop=game.stop,
            party=name,
            alone_usd=float(game.alone[:, party].mean()),
            shapley_usd=float(value[:, party].mean()),
            nucleolus_usd=float(even[:, party].mean()),
            core_least_usd=float(stable.least[has_core, party].mean()) if has_core.any() else None,
            core_most_usd=float(stable.most[has_core, party].mean()) if has_core.any() else None,
            core_empty=float(stable.is_empty.mean()),
        )
        for party, name in enumerate(game.names)
    ]


def blocked_rows(game: ThirdParty) -> list[Blocked]:
    """Return which coalitions block which offer, those that never do left out."""
    rows: list[Blocked] = []
    for offer, shares in offers_of(game).items():
        short, blocked = excess(game.worth, shares), blocking(game.worth, shares)
        for number in range(1, short.shape[1]):
            blocks = blocked[:, number]
            if blocks.any():
                rows.append(
                    Blocked(
                        bidders=game.bidders,
                        horizon=game.horizon,
                        stop=game.stop,
                        offer=offer,
                        coalition=game.coalition(number),
                        share=float(blocks.mean()),
                        gains_usd=float(short[blocks, number].mean()),
                    )
                )
    return rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a contract asks and brings, draw by draw (case,).

    Args:
        asked: least that must be paid for the signatures, USD; gained: by whoever pays, before it pays.
        wasted: what all parties together lose if it is signed.
    """

    asked: Array
    gained: Array
    wasted: Array


def contract_row(game: ThirdParty, contract: str, pays: str, against: str, terms: Terms) -> Contract:
    """Return a contract as a row."""
    tolerance = NEGLIGIBLE * np.abs(game.worth).max(axis=1)
    signed: Mask = np.asarray(terms.gained - terms.asked > tolerance)
    return Contract(
        bidders=game.bidders,
        horizon=game.horizon,
        stop=game.stop,
        contract=contract,
        pays=pays,
        against=against,
        asked_usd=float(terms.asked.mean()),
        gained_usd=float(terms.gained.mean()),
        worth_it=float(signed.mean()),
        wasteful=float((signed & (terms.wasted > tolerance)).mean()),
    )


def contract_rows(game: ThirdParty) -> list[Contract]:
    """Return contracts that tie a deposit to either bidder, leave it in the ground, or tax its entry.

    Tied: by Shapley's value with and without the rival. In the ground: the owner must get what it has where nobody
    signs anything. Damages: the first bidder buys from the second, and both ask for damages from a deposit that enters.

    Source: aghion_bolton1987, segal_whinston2000
    """
    rows: list[Contract] = []
    for payer, rival in ((FIRST, SECOND), (SECOND, FIRST)):
        tied = exclusivity(game.worth, OWNER, payer, rival)
        waste = game.worth[:, -1] - tied.bound.sum(axis=1)
        rows.append(
            contract_row(
                game,
                TIED,
                game.names[payer],
                game.names[rival],
                Terms(asked=tied.asked, gained=tied.gained, wasted=waste),
            )
        )
        kept = Terms(asked=game.alone[:, OWNER], gained=-game.alone[:, payer], wasted=game.alone.sum(axis=1))
        rows.append(contract_row(game, GROUND, game.names[payer], game.names[rival], kept))
    entry = game.gain[:, 1]
    damages = best_damages(entry[:, OWNER], -entry[:, FIRST:].sum(axis=1))
    shut = np.where(damages.shut_out, entry[:, FIRST], 0.0)
    taxed = Terms(asked=shut, gained=damages.gained + shut, wasted=np.where(damages.shut_out, entry.sum(axis=1), 0.0))
    name = f"damages of {damages.damages / 1e6:.3g} million USD on entry"
    return [*rows, contract_row(game, name, game.names[SECOND], game.names[OWNER], taxed)]


def signature_rows(game: ThirdParty, losses: Array, taken: Array, least_scales: Sequence[float]) -> list[Contract]:
    """Return what the signatures cost that leave a deposit too few free buyers.

    Args:
        game: whose second bidder is the incumbent; losses: what each buyer loses if shut off (case, buyer), USD.
        taken: part of the output each would take (buyer,); least_scales: part that must find free buyers.

    Source: rasmusen_ramseyer_wiley1991, segal_whinston2000
    """
    harmed = np.maximum(losses, 0.0)
    return [
        contract_row(
            game,
            f"signatures, where {scale:.0%} of the output must find free buyers",
            game.names[SECOND],
            game.names[OWNER],
            Terms(
                asked=cheapest_signatures(harmed, taken, scale),
                gained=-game.gain[:, 1, SECOND],
                wasted=game.gain[:, 1].sum(axis=1),
            ),
        )
        for scale in least_scales
    ]


def third_party_tables(games: Sequence[ThirdParty], signatures: Sequence[Contract]) -> tuple[Table, ...]:
    """Return the game of three in tables, ready to be written."""
    every = [
        ("third_party", "What owner and bidders reach together, on simulated payoffs", worth_rows, CoalitionWorth),
        ("third_party_shares", "How owner and bidders could share it", share_rows, PartyShare),
        ("third_party_blocked", "Which coalition blocks which division", blocked_rows, Blocked),
    ]
    tables = [
        tabulate(name, title, [row for game in games for row in of(game)], kind) for name, title, of, kind in every
    ]
    contracts = [*(row for game in games for row in contract_rows(game)), *signatures]
    title = "What would be paid to keep the deposit out, or tied"
    return (*tables, tabulate("exclusion_contracts", title, contracts, Contract))
