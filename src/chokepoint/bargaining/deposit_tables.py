"""The second front in numbers: what a deposit of unknown size would be worth, to whom, when, beside the main talks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.second_front import (
    Curve,
    DualTrack,
    Leaving,
    against_controller,
    avoided,
    dual_track,
    leaving,
    outbid,
    worth_now,
)
from chokepoint.bargaining.three_parties import deposit_game, exclusivity
from chokepoint.exposure.independence import needs, raw, recipes_outside
from chokepoint.solutions.shapley import shapley
from chokepoint.solutions.stable_shares import core
from chokepoint.tables import Table, tabulate
from chokepoint.uncertainty import interval
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chokepoint.bargaining.second_front import Auction, Vector
    from chokepoint.exposure.complete_stop import StopByYear
    from chokepoint.settings import Settings
    from chokepoint.world import World

HORIZONS = (1, 5, 15, 30)
TALKS = (1, 5, 15)
MILLION = 1e6


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositWorth:
    """What a deposit is worth to two bidders over a horizon."""

    bidders: str = field(metadata={"note": "first against second"})
    horizon: int = field(metadata={"unit": "years", "note": "years from now that are counted"})
    first_low_usd: float = field(metadata={"unit": "USD", "note": "loss avoided by the first alone, 10 % quantile"})
    first_usd: float = field(metadata={"unit": "USD", "note": "median"})
    first_high_usd: float = field(metadata={"unit": "USD", "note": "90 % quantile"})
    exclusive_first_usd: float = field(metadata={"unit": "USD", "note": "alone instead of shared, median"})
    exclusive_second_usd: float = field(metadata={"unit": "USD", "note": "alone instead of shared, median"})
    first_wins: float = field(metadata={"unit": "share", "note": "draws in which the first outbids"})
    second_wins: float = field(metadata={"unit": "share", "note": "draws in which the second outbids"})
    nobody_bids: float = field(metadata={"unit": "share", "note": "draws in which it is worth nothing to anybody yet"})
    least_paid_usd: float = field(metadata={"unit": "USD", "note": "what the owner must get: its next best, median"})
    owner_shapley_usd: float = field(metadata={"unit": "USD", "note": "owner's Shapley value among three, mean"})
    owner_least_in_core_usd: float = field(
        metadata={"unit": "USD", "note": "least no coalition of owner and bidder would leave for, mean of draws"}
    )
    owner_bound_to_first_usd: float = field(
        metadata={"unit": "USD", "note": "owner's Shapley value once it may not deal with the second, mean"}
    )
    exclusion_asked_usd: float = field(
        metadata={"unit": "USD", "note": "least the owner must be paid to sign the second away, mean"}
    )
    exclusion_pays: float = field(
        metadata={"unit": "share", "note": "draws in which the signers gain by that together"}
    )
    exclusion_wastes: float = field(
        metadata={"unit": "share", "note": "draws in which they gain though owner and bidders together have less"}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideOption:
    """Whether one's own chain changes the main talks at a date."""

    party: str
    years: int = field(metadata={"unit": "years", "note": "from now until the talks"})
    deal_usd: float = field(metadata={"unit": "USD", "note": "gain of an even deal over a stop that goes on, median"})
    option_usd: float = field(metadata={"unit": "USD", "note": "gain of leaving for one's own chain, median"})
    binds: float = field(metadata={"unit": "share", "note": "draws in which the option is worth more than the deal"})
    adds_usd: float = field(metadata={"unit": "USD", "note": "what it adds to the deal where it binds, mean of draws"})


@dataclass(frozen=True, kw_only=True, slots=True)
class BothFronts:
    """Both fronts less the main talks alone."""

    party: str
    horizon: int = field(metadata={"unit": "years"})
    low_usd: float = field(metadata={"unit": "USD", "note": "10 % quantile"})
    middle_usd: float = field(metadata={"unit": "USD", "note": "median"})
    high_usd: float = field(metadata={"unit": "USD", "note": "90 % quantile"})
    verdict: str
    breaks_even: float = field(metadata={"unit": "share", "note": "provocation at which it adds nothing, median"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """A third country's deposits beside the main talks.

    Args:
        settings: values of the cases kept: those in which every stop was solved.
        controller, parties: who stops, who is hit.
        curves: yearly loss of a stop by party, the controller's own among them.
        shares: part of a party's need that the deposits meet, by party (case,).
        paid_in: by each signatory so far, USD; stages: of the chain.
    """

    settings: Settings
    kept: np.ndarray
    controller: str
    parties: tuple[str, ...]
    curves: dict[str, Curve]
    shares: dict[str, Vector]
    paid_in: float
    stages: tuple[str, ...]

    def of(self, *name: str) -> Vector:
        """Return a parameter for the cases kept."""
        return self.settings.of(*name)[self.kept]

    def avoided(self, party: str, part: float, horizon: int) -> Vector:
        """Return what a party's part of the output spares it over a horizon."""
        return avoided(
            self.curves[party],
            part * self.shares[party],
            lead_time=self.of("lead_time", "deposit"),
            chance=self.of("second_front", "stop_chance"),
            rate=self.of("discount_rate"),
            horizon=horizon,
        )

    def worth(self, first: str, second: str, horizon: int) -> np.ndarray:
        """Return its worth to two bidders, one of them perhaps the controller (case, bidder, allocation)."""
        alone, shared = (self.avoided(first, part, horizon) for part in (1.0, 0.5))
        if second == self.controller:
            return against_controller(alone, shared)
        other, half = (self.avoided(second, part, horizon) for part in (1.0, 0.5))
        nothing = np.zeros_like(alone)
        mine = np.stack([alone, nothing, shared], axis=1)
        return np.stack([mine, np.stack([nothing, other, half], axis=1)], axis=1)

    def auction(self, first: str, second: str, horizon: int) -> Auction:
        """Let two bidders compete."""
        worth = self.worth(first, second, horizon)
        return outbid(worth, np.zeros(len(worth)))

    def game(self, first: str, second: str, horizon: int) -> np.ndarray:
        """Return the game of the owner and two bidders (case, coalition)."""
        worth = self.worth(first, second, horizon)
        return deposit_game(worth, np.zeros(len(worth)))

    def leaving(self, party: str) -> Leaving:
        """Weigh the party's own chain against a deal at the dates of the talks."""
        return leaving(
            self.curves[party],
            self.curves[self.controller],
            TALKS,
            lead_time=np.maximum.reduce([self.of("lead_time", stage) for stage in self.stages]),
            cost=self.of("second_front", "own_chain_cost") * MILLION,
            rate=self.of("discount_rate"),
            horizon=HORIZONS[-1],
        )

    def both(self, party: str, horizon: int) -> DualTrack:
        """Weigh both fronts against the main talks alone over a horizon."""
        rate, chance = self.of("discount_rate"), self.of("second_front", "stop_chance")
        loss = self.curves[party].until(horizon) + self.curves[self.controller].until(horizon)
        main = 0.5 * chance * worth_now(loss, rate)
        paid = np.maximum(self.auction(party, self.controller, horizon).least, self.paid_in)
        front = self.avoided(party, 1.0, horizon)
        return dual_track(main, front, paid, self.of("second_front", "provocation"))


def front_of(
    world: World, settings: Settings, stops: StopByYear, parties: dict[str, Iterable[str]], contract: str
) -> Front:
    """Lay out the second front from simulated stops and the tables.

    The deposits' output is taken as concentrate of the first good of the chain, which is what is named in public
    (cerium, lanthanum, neodymium); the part of a need they meet is counted by the dearest good it holds. Plants
    that separate it outside the controller are supposed to stand.

    Args:
        world: the world; settings: values per case; stops: what a stop costs now and later.
        parties: countries by party, those of ``stops``; contract: name of a contract of the tables, none if empty.
    """
    kept = np.logical_and.reduce(np.isfinite(stops.loss), axis=(1, 2))
    _, contained = recipes_outside(world, stops.controller)
    held = contained[0] * ~raw(world)
    price = np.array([good.price_usd_per_unit for good in world.goods])
    main = int(np.argmax(held * price))
    output = settings.of("second_front", "output")[kept] / MONTHS_PER_YEAR * held[main]
    found = {name: needs(world, stops.controller, codes)[main] for name, codes in parties.items()}
    return Front(
        settings=settings,
        kept=kept,
        controller=stops.controller,
        parties=tuple(parties),
        curves={
            name: Curve(years=stops.years, usd_per_year=stops.of(name)[kept]) for name in (stops.controller, *parties)
        },
        shares={name: output / need for name, need in found.items()},
        paid_in=world.figures[f"contract.{contract}"].value / 2.0 * MILLION if contract else 0.0,
        stages=tuple(dict.fromkeys(good.stage for good in world.goods)),
    )


def second_front_tables(front: Front, pairs: Iterable[tuple[str, str]]) -> tuple[Table, ...]:
    """Return the worth of the deposits, the outside option and the dual track, ready to be written."""
    worth = [_worth(front, first, second, horizon) for first, second in pairs for horizon in HORIZONS]
    options = [row for party in front.parties for row in _options(front, party)]
    both = [_both(front, party, horizon) for party in front.parties for horizon in HORIZONS]
    return (
        tabulate("deposit_worth", "What a third country's deposits would be worth", worth, DepositWorth),
        tabulate("outside_option", "Whether one's own chain changes the talks", options, OutsideOption),
        tabulate("dual_track", "Both fronts less the main talks alone", both, BothFronts),
    )


def _worth(front: Front, first: str, second: str, horizon: int) -> DepositWorth:
    low, middle, high = (float(each) for each in interval(front.avoided(first, 1.0, horizon)))
    sale = front.auction(first, second, horizon)
    bids = sale.willing.max(axis=1) > 0.0
    exclusive = np.median(sale.exclusive, axis=0)
    game = front.game(first, second, horizon)
    contract = exclusivity(game, owner=0, signer=1, rival=2)
    return DepositWorth(
        bidders=f"{first} against {second}",
        horizon=horizon,
        first_low_usd=low,
        first_usd=middle,
        first_high_usd=high,
        exclusive_first_usd=float(exclusive[0]),
        exclusive_second_usd=float(exclusive[1]),
        first_wins=float(((sale.winner == 0) & bids).mean()),
        second_wins=float(((sale.winner == 1) & bids).mean()),
        nobody_bids=float((~bids).mean()),
        least_paid_usd=float(np.median(sale.least)),
        owner_shapley_usd=float(shapley(game)[:, 0].mean()),
        owner_least_in_core_usd=float(core(game).least[:, 0].mean()),
        owner_bound_to_first_usd=float(contract.bound[:, 0].mean()),
        exclusion_asked_usd=float(contract.asked.mean()),
        exclusion_pays=float(contract.is_worth_it.mean()),
        exclusion_wastes=float((contract.is_worth_it & contract.is_wasteful).mean()),
    )


def _options(front: Front, party: str) -> list[OutsideOption]:
    found = front.leaving(party)
    return [
        OutsideOption(
            party=party,
            years=year,
            deal_usd=float(np.median(found.deal[:, number])),
            option_usd=float(np.median(found.option[:, number])),
            binds=float(found.binds[:, number].mean()),
            adds_usd=float(found.adds[:, number].mean()),
        )
        for number, year in enumerate(TALKS)
    ]


def _both(front: Front, party: str, horizon: int) -> BothFronts:
    found = front.both(party, horizon)
    return BothFronts(
        party=party,
        horizon=horizon,
        low_usd=found.low,
        middle_usd=found.middle,
        high_usd=found.high,
        verdict=found.verdict,
        breaks_even=found.breaks_even,
    )
