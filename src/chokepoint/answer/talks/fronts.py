"""The second front and the circle as sections of the page: deposits bid for, an own chain, leverage as it falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.page import Part
from chokepoint.answer.parties import parties_of
from chokepoint.answer.picture import columns
from chokepoint.answer.sentences import listed, named
from chokepoint.answer.talks.third_country import ThirdCountry, contract_text, game_text, relief, third_country
from chokepoint.bargaining.deposit_tables import TALKS, Front, front_of, second_front_tables
from chokepoint.dates import Month
from chokepoint.exposure import parties_outside, stop_by_year, stop_table
from chokepoint.exposure.independence import independence, independence_tables
from chokepoint.provenance import Kind
from chokepoint.report import amounts
from chokepoint.report.exhibits import Chart
from chokepoint.report.front import Counts, Sentence
from chokepoint.tables import Table
from chokepoint.uncertainty import draw, overridden, parameters_known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chokepoint.exposure.complete_stop import StopByYear
    from chokepoint.exposure.independence import Independence
    from chokepoint.records.talks import FrontsRecord, TalksRecord
    from chokepoint.settings import Settings
    from chokepoint.tables import Cell
    from chokepoint.world import World

FIGURES = ("project", "lead_time", "second_front", "contract", "deposit", "stock_cover")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fronts:
    """What the second front and the circle come to.

    Args:
        asked: the question; world, settings: in which it was answered.
        stops: what a stop costs now and later; front: the deposits beside the talks.
        independence: when capacity would meet need.
        third: the third country's deposit as a game of three; None where it is not asked for, or was not solved.
    """

    asked: FrontsRecord
    world: World
    settings: Settings
    stops: StopByYear
    front: Front
    independence: tuple[Independence, ...]
    third: ThirdCountry | None = None

    def name(self, code: str) -> str:
        """Return a party's name as it stands in a sentence."""
        parties = parties_of(self.world)
        return named(parties, code) if code in parties.codes else code

    @property
    def rests_on(self) -> Counts:
        """How the figures behind both are known."""
        kinds = [figure.kind for name, figure in self.world.figures.items() if name.startswith(FIGURES)]
        return Counts(
            sourced=kinds.count(Kind.SOURCED), derived=kinds.count(Kind.DERIVED), assumed=kinds.count(Kind.ASSUMED)
        )

    def sentence(self, text: str, unless: str, *why: str) -> Sentence:
        """Return a sentence of the page."""
        known = tuple(name for name in why if name in self.world.figures)
        return Sentence(sentence=text[0].upper() + text[1:], unless=unless, rests_on=self.rests_on, why=known)


def years(count: Cell) -> str:
    """Return a number of years in words.

    Example:
        >>> years(1), years(15)
        ('1 year', '15 years')
    """
    return f"{count} year" if count == 1 else f"{count} years"


def grouped(said: Sequence[tuple[str, Cell]]) -> str:
    """Return what is said over so many years, years of which the same is said together.

    Example:
        >>> grouped([("nothing", 1), ("nothing", 5), ("USD 2 m", 30)])
        'nothing over 1 and 5 years and USD 2 m over 30 years'
    """
    found: dict[str, list[Cell]] = {}
    for text, count in said:
        found.setdefault(text, []).append(count)
    return listed(
        [f"{text} over {listed([*map(str, counts[:-1]), years(counts[-1])])}" for text, counts in found.items()]
    )


def weigh_fronts(talks: TalksRecord, world: World, say: Callable[[str], None]) -> Fronts | None:
    """Simulate stops now and later and weigh the second front; None where the talks do not ask for it."""
    asked = talks.fronts
    if asked is None:
        return None
    parties = parties_outside(world, asked.controller)
    say(f"the second front and the circle: stops now and later ({asked.draws + 1} cases)")
    latest = max(view.as_of for view in talks.views)
    figures = overridden(parameters_known(world, latest), talks.parameters, latest.year, talks.name)
    settings = draw(world, figures, asked.draws, talks.seed)
    first = Month.read(asked.first)
    stops = stop_by_year(world, settings, asked.controller, first, parties)
    if not np.isfinite(stops.loss).all(axis=(1, 2)).any():
        say("no stop was solved in every month of any case; the second front and the circle are left out")
        return None
    third = third_country(asked, asked.deposit, world, settings) if asked.deposit else None
    if asked.deposit and third is None:
        say("the deposit was not solved in every month of any case; the game of three is left out")
    return Fronts(
        asked=asked,
        world=world,
        settings=settings,
        stops=stops,
        front=front_of(world, settings, stops, dict(parties), asked.contract),
        independence=independence(world, settings, asked.controller, first.year),
        third=third,
    )


def stop_lines(fronts: Fronts, table: Table) -> Table:
    """Return what a stop costs by the year in which it begins, as series over time."""
    first = Month.read(fronts.asked.first)
    rows: list[tuple[Cell, ...]] = []
    for party, years, low, middle, high, *_ in table.rows:
        if middle is not None:
            begins = str(first.plus(12 * int(str(years))))
            rows.append((party, begins, middle, low, high))
    return Table(
        name="stop_lines",
        title="What a stop of twelve months would cost, by the month in which it begins",
        columns=columns("party", "month", *(f"{name}_usd|USD" for name in ("value", "low", "high"))),
        rows=tuple(rows),
    )


def circle_part(fronts: Fronts) -> Part:
    """Return the section on the circle."""
    controller, builder = fronts.asked.controller, fronts.asked.builder
    stops = stop_table(fronts.stops)
    lines = stop_lines(fronts, stops)
    tables = independence_tables(fronts.world, fronts.settings, controller, Month.read(fronts.asked.first).year)
    loss = np.nanmedian(fronts.stops.of(builder), axis=0)
    reached = [row for row in fronts.independence if row.party == builder and row.claim == "own"]
    met = [
        f"{row.stage} ({row.good.replace('_', ' ')}) {f'in {row.year}' if row.year else 'not with the plants listed'}"
        f", {amounts.percent(row.met_now)} of need now"
        for row in reached
    ]
    who, other = fronts.name(builder), fronts.name(controller)
    return Part(
        key="circle",
        said=(
            fronts.sentence(
                f"With its own plants alone, {who} would meet the need of {fronts.world.base_year}: {'; '.join(met)}.",
                "need grows, or ore sold to the controlling country stays bound",
                "lead_time.separation",
                "lead_time.magnets",
            ),
            fronts.sentence(
                f"A stop by {other} for twelve months would cost {who} {amounts.usd(float(loss[0]))} now and "
                f"{amounts.usd(float(loss[-1]))} after {fronts.stops.years[-1]} years, so that the lever keeps "
                f"{amounts.percent(float(loss[-1] / loss[0]))} of its force.",
                "plants beyond those listed are built because of the stop",
                "project_share",
                "stock_cover.ndfeb_magnet_heavy",
            ),
        ),
        charts=(
            Chart(
                id="stop-later",
                kind="lines",
                title="What a stop would cost if it came later",
                caption=(
                    "Twelve months of a stop of every good but for a hundredth, with the plants that stand by then. "
                    "Medians; the band is the 80 % interval over draws. Need stays at that of the base year."
                ),
                table="stop_lines",
                unit="USD over the stop",
                encoding={
                    "month": "month",
                    "value": "value_usd",
                    "low": "low_usd",
                    "high": "high_usd",
                    "series": "party",
                },
                section="circle",
            ),
        ),
        drawn=(lines,),
        tables=(stops, *tables),
        figures={},
    )


def front_part(fronts: Fronts) -> Part:
    """Return the section on the second front."""
    asked, builder = fronts.asked, fronts.asked.builder
    worth, options, both = second_front_tables(fronts.front, [(builder, rival) for rival in asked.rivals])
    heads = [column.name for column in both.columns]
    tracks = [dict(zip(heads, row, strict=True)) for row in both.rows]
    mine = [row for row in tracks if row["party"] == builder]
    binding = [
        f"{amounts.percent(float(str(row[4])))} of draws after {years(row[1])}"
        for row in options.rows
        if row[0] == builder
    ]
    alone = [row for row in worth.rows if str(row[0]).startswith(f"{builder} against {asked.rivals[0]}")]
    values = grouped([(amounts.usd(float(str(row[3]))) if row[3] else "nothing", row[1]) for row in alone])
    shown = Table(
        name="dual_track_bars",
        title=both.title,
        columns=columns("party", "horizon", *(f"{name}_usd|USD" for name in ("value", "low", "high"))),
        rows=tuple(
            (fronts.name(builder), f"over {years(row['horizon'])}", row["middle_usd"], row["low_usd"], row["high_usd"])
            for row in mine
        ),
    )
    who = fronts.name(builder)
    verdicts = grouped([(str(row["verdict"]), row["horizon"]) for row in mine])
    deposit = asked.deposit
    title = deposit.title if deposit else "the deposits"
    unknown = f"{deposit.unknown} " if deposit else ""
    return Part(
        key="second-front",
        said=(
            fronts.sentence(
                f"{unknown}Taking an assumed output, having {title} alone would spare {who} {values}, if works "
                "that can use it stand by then.",
                "the deposits hold more or less than assumed, or a stop is likelier than one year in ten",
                "second_front.output",
                "lead_time.deposit",
            ),
            third_sentence(fronts) or exclusion_sentence(fronts, worth),
            fronts.sentence(
                f"Both fronts less the main talks alone, for {who}: {verdicts}. A chain of its own is worth more than "
                f"an even deal, so that this outside option binds, in {listed(binding)}.",
                "encircling provokes more than assumed, or a chain of one's own costs more or takes longer",
                "second_front.provocation",
                "second_front.own_chain_cost",
            ),
        ),
        charts=(
            Chart(
                id="dual-track",
                kind="compare",
                title=f"Both fronts less the main talks alone, {who}",
                caption=(
                    "Above zero the two tracks are one strategy with a value, below it a contradiction with a cost. "
                    "Medians and 80 % intervals over draws."
                ),
                table="dual_track_bars",
                unit="USD",
                encoding={
                    "item": "party",
                    "series": "horizon",
                    "value": "value_usd",
                    "low": "low_usd",
                    "high": "high_usd",
                },
                section="second-front",
            ),
        ),
        drawn=(shown,),
        tables=(worth, options, both, *(fronts.third.tables() if fronts.third else ())),
        figures={},
    )


def third_sentence(fronts: Fronts) -> Sentence | None:
    """Say what the deposit brings in the simulated market, what coalitions make of it, and what keeps it out."""
    third, deposit, rival = fronts.third, fronts.asked.deposit, fronts.asked.rivals[0]
    if third is None or deposit is None:
        return None
    names = {code: fronts.name(code) for code in (fronts.asked.builder, *fronts.asked.rivals)}
    begins = Month.read(fronts.asked.first).plus(12 * fronts.stops.years[-1]).year
    who, saved = names[fronts.asked.builder], relief(third, fronts.asked.builder)
    saves = (
        f"would save {who} {amounts.usd(saved)} in a year of a stop" if saved > 0.0 else f"save {who} nothing in a stop"
    )
    return fronts.sentence(
        f"In the market simulated for {begins} {deposit.title} {saves}. "
        f"{game_text(third, rival, names)}. {contract_text(third, rival, names)}.",
        "works that use its output stand elsewhere by then, or the mine's own cost, not counted here, forbids it",
        "second_front.output",
        "second_front.stop_chance",
    )


def exclusion_sentence(fronts: Fronts, worth: Table) -> Sentence:
    """Say what an exclusion contract over deposits must pay the owner, and whether a rival is shut out at a loss."""
    names = [column.name for column in worth.columns]
    rows = [dict(zip(names, row, strict=True)) for row in worth.rows]
    said: list[str] = []
    for rival in fronts.asked.rivals:
        row = [each for each in rows if each["bidders"] == f"{fronts.asked.builder} against {rival}"][-1]
        pays, wastes = (amounts.percent(float(str(row[f"exclusion_{name}"]))) for name in ("pays", "wastes"))
        asked = amounts.usd(float(str(row["exclusion_asked_usd"])))
        said.append(
            f"to shut out {fronts.name(rival)} over {years(row['horizon'])} {asked} (both signers gain in {pays} of "
            f"draws, at a loss to all together in {wastes})"
        )
    who = fronts.name(fronts.asked.builder)
    return fronts.sentence(
        f"An exclusion contract with {who} must pay the owner at least: {'; '.join(said)}.",
        "owner and bidders share what they reach together otherwise than by Shapley's value",
        "second_front.output",
    )


def fronts_record(fronts: Fronts) -> dict[str, object]:
    """Return what was asked and how much of it was solved, ready for JSON."""
    return {
        "controller": fronts.asked.controller,
        "contract": fronts.asked.contract,
        "draws": fronts.asked.draws,
        "talks_at_years": list(TALKS),
        "unsolved_cases": [int(case) for case in np.flatnonzero(~fronts.front.kept)],
    }
