"""The second front as a game of three: the deposit put into the simulated market, and what coalitions make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.sentences import listed
from chokepoint.bargaining.second_front import producing, worth_now
from chokepoint.bargaining.third_party import BOUGHT_OFF, CARRIED_OUT, third_party, yearly_gain
from chokepoint.bargaining.third_party_tables import GROUND, SHAPLEY, TIED, signature_rows, third_party_tables
from chokepoint.dates import Month
from chokepoint.exposure import YEARS, deposit_market, parties_outside
from chokepoint.exposure.third_country import STOP
from chokepoint.report import amounts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.bargaining.third_party import ThirdParty
    from chokepoint.bargaining.third_party_tables import Contract
    from chokepoint.exposure import DepositMarket
    from chokepoint.records.talks import DepositRecord, FrontsRecord
    from chokepoint.settings import Settings
    from chokepoint.tables import Table
    from chokepoint.world import World

HORIZONS = (15, 30)
TO_DO = {GROUND: "to leave it in the ground", TIED: "to tie it and shut out {}"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ThirdCountry:
    """The deposit of a third country among its owner, the builder and each rival.

    Args:
        market: what was simulated; solved: cases that were; games: by rival, horizon and how a stop ends.
        signatures: contracts that leave the deposit too few free buyers.
    """

    market: DepositMarket
    solved: np.ndarray
    games: tuple[ThirdParty, ...]
    signatures: tuple[Contract, ...]

    def tables(self) -> tuple[Table, ...]:
        """Return everything as tables."""
        return third_party_tables(self.games, self.signatures)

    def game(self, rival: str, stop: str = CARRIED_OUT) -> ThirdParty:
        """Return the game with a rival over the longest horizon."""
        return next(
            each for each in self.games if (each.names[2], each.horizon, each.stop) == (rival, HORIZONS[-1], stop)
        )


def third_country(asked: FrontsRecord, deposit: DepositRecord, world: World, settings: Settings) -> ThirdCountry | None:
    """Simulate the deposit and pose the games; None where no case was solved.

    Args:
        asked: who bids; deposit: of whom, and where it stands; world, settings: in which it is simulated.

    Raises:
        DataError: a bidder that takes nothing of what the deposit gives.
    """
    outside = parties_outside(world, asked.controller)
    members = {asked.controller: (asked.controller,), **outside}
    bidders = {name: members[name] for name in dict.fromkeys((asked.builder, *asked.rivals))}
    free = tuple(name for name in bidders if name != asked.controller)
    pairs = [(asked.builder, rival) for rival in asked.rivals]
    wanted = dict.fromkeys(tuple(sorted(each)) for each in (*((name,) for name in bidders), *pairs, free))
    begins = Month.read(asked.first).plus(12 * YEARS[-1])
    output = settings.of("second_front", "output")
    place = (deposit.kind, deposit.stands_in)
    market = deposit_market(world, settings, place, output, bidders, list(wanted), (asked.controller, begins))
    solved = is_solved(market)
    if not solved.any():
        return None
    games = [game for rival in asked.rivals for game in games_with(asked, deposit, settings, market, rival)]
    return ThirdCountry(
        market=market,
        solved=solved,
        games=tuple(games),
        signatures=tuple(signatures_of(asked, deposit, settings, market, games)),
    )


def is_solved(market: DepositMarket) -> np.ndarray:
    """Say which cases were solved throughout (case,)."""
    return np.logical_and.reduce(np.isfinite(market.payoff), axis=(1, 2, 3))


def present_worth(settings: Settings, horizon: int) -> np.ndarray:
    """Return what a USD a year is worth now from the deposit's first output to a horizon (case,)."""
    return worth_now(producing(settings.of("lead_time", "deposit"), horizon), settings.of("discount_rate"))


def games_with(
    asked: FrontsRecord, deposit: DepositRecord, settings: Settings, market: DepositMarket, rival: str
) -> list[ThirdParty]:
    """Return the games against one rival: every horizon, a stop carried out and, against who makes it, bought off."""
    solved = is_solved(market)
    chance = settings.of("second_front", "stop_chance")
    ends = (CARRIED_OUT, BOUGHT_OFF) if rival == asked.controller else (CARRIED_OUT,)
    found: list[ThirdParty] = []
    for stop in ends:
        gain = yearly_gain(market, (asked.builder, rival), chance, is_bought_off=stop == BOUGHT_OFF)
        for horizon in HORIZONS:
            worth = (gain * present_worth(settings, horizon)[:, None, None])[solved]
            found.append(third_party((deposit.owner, asked.builder, rival), horizon, stop, worth))
    return found


def signatures_of(
    asked: FrontsRecord,
    deposit: DepositRecord,
    settings: Settings,
    market: DepositMarket,
    games: list[ThirdParty],
) -> list[Contract]:
    """Return what it costs the controller to sign away the deposit's buyers, one row per least scale."""
    against = [each for each in games if (each.names[2], each.stop) == (asked.controller, CARRIED_OUT)]
    free = [name for name in market.parties if name != asked.controller]
    solved = is_solved(market)
    places = [market.parties.index(name) for name in free]
    taken = market.arrives[places]
    even = np.full(taken.size, 1.0 / taken.size)
    shares = taken / taken.sum() if taken.sum() > 0.0 else even
    chance = settings.of("second_front", "stop_chance")[:, None]
    year = market.payoff[:, :, market.at(*free)] - market.payoff[:, :, 0]
    lost = ((1.0 - chance) * year[:, 0] + chance * year[:, 1])[:, places]
    rows: list[Contract] = []
    for game in against:
        worth = lost * present_worth(settings, game.horizon)[:, None]
        scales = tuple(dict.fromkeys((deposit.least_scale.low, deposit.least_scale.value, deposit.least_scale.high)))
        rows += signature_rows(game, worth[solved], shares, scales)
    return rows


def rows_of(table: Table) -> list[dict[str, object]]:
    """Return the rows of a table by column."""
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def usd(cell: object) -> str:
    """Return an amount of a table in words."""
    return amounts.usd(float(str(cell)))


def game_text(found: ThirdCountry, rival: str, names: Mapping[str, str]) -> str:
    """Say what coalitions reach with one rival, how it would be shared, and who blocks that."""
    worth, shares, blocked, _ = (rows_of(table) for table in third_party_tables([found.game(rival)], []))
    game = found.game(rival)
    owner, reached = game.names[0], {str(row["coalition"]): usd(row["worth_usd"]) for row in worth}
    pairs = [f"with {words(each, names)} {reached[f'{owner} + {each}']}" for each in game.names[1:]]
    given = listed([f"{words(str(row['party']), names)} {usd(row['shapley_usd'])}" for row in shares])
    said = f"Over {HORIZONS[-1]} years {owner} reaches {listed(pairs)}, all three {reached[' + '.join(game.names)]}"
    said += f"; Shapley's value gives {given}"
    objections = [row for row in blocked if row["offer"] == SHAPLEY]
    if objections:
        worst = max(objections, key=lambda row: float(str(row["share"])))
        share = amounts.percent(float(str(worst["share"])))
        said += f", blocked most often by {words(str(worst['coalition']), names)} (in {share} of draws)"
    else:
        said += ", which nobody blocks"
    return said


def contract_text(found: ThirdCountry, rival: str, names: Mapping[str, str]) -> str:
    """Say what a rival would pay to leave the deposit in the ground, or to tie it, and whether that is a waste."""
    contracts = rows_of(third_party_tables([found.game(rival)], [])[-1])
    who = words(rival, names)
    said: list[str] = []
    for row in contracts:
        if row["pays"] != rival or row["contract"] not in TO_DO:
            continue
        to_do = TO_DO[str(row["contract"])].format(words(str(row["against"]), names))
        signed, waste = (amounts.percent(float(str(row[name]))) for name in ("worth_it", "wasteful"))
        if float(str(row["gained_usd"])) > 0.0:
            said.append(
                f"{to_do}, {who} would pay up to {usd(row['gained_usd'])} where {usd(row['asked_usd'])} is asked "
                f"(signed in {signed} of draws, at a loss to all three in {waste})"
            )
        else:
            said.append(
                f"{to_do}, {who} would pay nothing, for it gains {usd(-float(str(row['gained_usd'])))} by its output"
            )
    text = "; ".join(said)
    return text[0].upper() + text[1:]


def relief(found: ThirdCountry, bidder: str) -> float:
    """Return what having all the output saves a bidder in a year of a stop, USD, median."""
    place, market = found.market.parties.index(bidder), found.market
    saved = market.payoff[:, STOP, market.at(bidder), place] - market.payoff[:, STOP, 0, place]
    return float(np.median(saved[found.solved]))


def words(coalition: str, names: Mapping[str, str]) -> str:
    """Return a coalition with its members by name."""
    return listed([names.get(each, each) for each in coalition.split(" + ")])
