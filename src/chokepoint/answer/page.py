"""Put a run together for the page and the terminal: tables first, then what is drawn and said from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer import charts, sentences
from chokepoint.answer.losses import (
    COMPONENTS,
    cover_left,
    discounted,
    leaks_table,
    losses_table,
    median_or_never,
    months_until_empty,
    stops_table,
    unserved_share,
)
from chokepoint.answer.markets import buyer_prices, prices_table, quotes, stocks_table, typical_paid
from chokepoint.answer.parties import parties_of
from chokepoint.answer.picture import counted, picture_tables
from chokepoint.answer.record import certificate, identity, version
from chokepoint.answer.reported import MAGNETS, magnets_2025
from chokepoint.answer.run import DATA
from chokepoint.backtest import backtest, towards
from chokepoint.dates import Month
from chokepoint.provenance import Kind
from chokepoint.records.references import read_references
from chokepoint.report import Payload, amounts
from chokepoint.report.front import Hit, Leak, PricePair
from chokepoint.report.payload import Accounting, Coverage, FigureNote, Meta, SourceNote, TableCounts, Wrong
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.run import Run
    from chokepoint.report.front import Sentence
    from chokepoint.tables import Table

SHOWN_IN = ("DEU", "JPN", "KOR", "USA", "IND", "CHN")
STOCKS_OF = ("EU27", "USA", "JPN", "KOR", "IND", "CHN")
SCARCE = "ndfeb_magnet_heavy"
QUOTED = "dysprosium_oxide"
QUOTED_PLACE, QUOTED_MONTH = "DEU", "2025-05"
MOST_LEAKS = 6
LEAST_LEAK_T = 1.0
LIMITS = (
    "One price per good and country a month: no contracts, no spot market apart from them.",
    "Lanthanum, cerium, yttrium and the other elements are not carried; their value is small.",
    "Metal and alloy making is part of magnet making: a stop between oxide and magnet cannot be asked.",
    "Shares of heat-resistant grades, end uses, stocks and makers outside China are judgement with ranges.",
    "Tariffs of April and May 2025 are not in the scenario, so a fall they caused is laid to the licences or missed.",
    "Losses stop at the users of magnets; what their customers lose is value at risk, listed apart and never added.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A run ready to be shown and written.

    Args:
        payload: what the page and the terminal say.
        tables: every table, for CSV, Parquet and XLSX.
    """

    payload: Payload
    tables: tuple[Table, ...]


def compose(run: Run) -> Answer:
    """Return the tables of a run and the page made from them."""
    references = read_references(DATA / "references.bib")
    episode = magnets_2025(DATA)
    fan, scores = backtest(episode, [(each.record.name, each.outcome, each.is_solved) for each in run.branches])
    results = (
        losses_table(run),
        stops_table(run),
        leaks_table(run),
        prices_table(run, SHOWN_IN, quotes(DATA / "outcomes" / "prices.csv")),
        stocks_table(run, STOCKS_OF),
        fan,
        scores,
    )
    tables = (*results, *picture_tables(run, DATA, references))
    drawn, exhibits = charts.exhibits(run, {table.name: table for table in tables})
    every = (*tables, *drawn)
    shown = (
        "branches",
        "coverage",
        "disagreements",
        "magnet_export_correction",
        "reconciliation",
        "scores",
        "measures",
    )
    kept = {table.name: table for table in every if table.name in shown or table in drawn or table.name == "chain"}
    said = answer_of(run)
    payload = Payload(
        meta=meta_of(run),
        answer=said,
        price_pair=price_pair(run),
        hits=hits_of(run),
        leaks=leaks_of(run),
        tables=kept,
        charts=exhibits,
        coverage=coverage_of(run),
        wrong=wrong_of(scores),
        sources=tuple(
            SourceNote(key=str(row[0]), text=str(row[1]), licence=str(row[2]), used_for=f"{row[3]} figures and acts")
            for row in next(table for table in tables if table.name == "sources").rows
        ),
        limits=LIMITS,
        accounting=accounting_of(run),
        disagreements="disagreements",
        reconciliation="reconciliation",
        scores="scores",
        names=names_of(run),
        figures=figures_of(run, said),
    )
    return Answer(payload=payload, tables=every)


def meta_of(run: Run) -> Meta:
    """Return what was asked, and every end date nobody knows the outcome of."""
    notes = dict.fromkeys(note for branch in run.branches for note in branch.schedule.notes if "not known" in note)
    supposed = [f"Branch {each.record.name}: {each.record.note}" for each in run.branches if each.record.note]
    return Meta(
        title=run.scenario.title,
        question=run.scenario.question,
        scenario=run.scenario.name,
        as_of=str(run.scenario.as_of),
        base_year=run.world.base_year,
        version=version(),
        world=run.world.name,
        generated_from=identity(run),
        status_note=" ".join([*notes, *supposed]),
    )


def answer_of(run: Run) -> tuple[Sentence, ...]:
    """Return the five sentences."""
    branch = sentences.leading(run)
    episode = magnets_2025(DATA)
    whole = towards(run.world, episode)[:, episode.destinations.index("ALL")]
    exports = branch.outcome.flow[branch.is_solved] @ whole
    usual = float(run.world.lanes.flow_per_month @ whole)
    pair = price_pair(run)
    name, unless = "", "licences come sooner or later than assumed"
    prices = buyer_prices(branch, run.world.good_index(QUOTED), run.world.country_index(QUOTED_PLACE))
    if prices is not None:
        name, unless = sentences.weakest(run, branch, prices[0].max(axis=1))
    texts = highest_price_texts(run) if pair is None else price_texts(pair)
    return (
        sentences.dependence_sentence(run),
        sentences.exports_sentence(run, exports, usual),
        sentences.stocks_sentence(run, run.world.good_index(SCARCE)),
        sentences.cost_sentence(run),
        sentences.price_sentence(run, texts, name, unless),
    )


def price_texts(pair: PricePair) -> list[str]:
    """Return the sentence on the two prices."""
    number = amounts.number
    between = f"{number(pair.model_marginal_low)} to {number(pair.model_marginal_high)}"
    return [
        f"One more kilogram of {sentences.in_a_sentence(pair.good)} in Germany would have cost",
        f"{number(pair.model_marginal)} {pair.unit} ({between}) in {QUOTED_MONTH}, while {number(pair.model_paid)} was",
        f"paid on what arrived; the press quoted {number(pair.quoted_marginal)} on {pair.date},",
        f"and {number(pair.quoted_paid)} was the year's mean fob China.",
    ]


def highest_price_texts(run: Run) -> list[str]:
    """Return the sentence on the two prices in the month in which they part most."""
    branch = sentences.leading(run)
    good = run.world.good_index(QUOTED)
    found = buyer_prices(branch, good, run.world.country_index(QUOTED_PLACE))
    if found is None:
        return [f"No {sentences.in_a_sentence(run.world.goods[good].name)} is bought in {QUOTED_PLACE}."]
    scale = run.world.goods[good].price_usd_per_unit / 1000.0
    low, middle, high = interval(found[0] * scale)
    at = int(middle.argmax())
    number = amounts.number
    return [
        f"One more kilogram of {sentences.in_a_sentence(run.world.goods[good].name)} in Germany costs at most",
        f"{number(float(middle[at]))} USD/kg ({number(float(low[at]))} to {number(float(high[at]))}), in",
        f"{run.months[at]}, while {number(float(typical_paid(found[1])[at] * scale))} is paid on what arrives.",
    ]


def price_pair(run: Run) -> PricePair | None:
    """Return the paid beside the marginal price of dysprosium, quoted and simulated."""
    branch = sentences.leading(run)
    months = [str(month) for month in run.months]
    good = run.world.good_index(QUOTED)
    prices = buyer_prices(branch, good, run.world.country_index(QUOTED_PLACE))
    if prices is None or QUOTED_MONTH not in months:
        return None
    at = months.index(QUOTED_MONTH)
    scale = run.world.goods[good].price_usd_per_unit / 1000.0
    low, middle, high = (float(value) for value in interval(prices[0][:, at] * scale))
    paid = float(typical_paid(prices[1])[at] * scale)
    reported = quotes(DATA / "outcomes" / "prices.csv")
    asked = next(q for q in reported if (q.good, q.market, q.when[:7]) == (QUOTED, "Europe", QUOTED_MONTH))
    mean = next(q for q in reported if (q.good, q.market, q.when) == (QUOTED, "fob China", QUOTED_MONTH[:4]))
    return PricePair(
        good=run.world.goods[good].name,
        unit="USD/kg",
        paid=mean.value,
        marginal=asked.value,
        date=asked.when,
        quoted_paid=mean.value,
        quoted_marginal=asked.value,
        quoted_marginal_low=asked.low,
        quoted_marginal_high=asked.high,
        source_note=(
            f"Quoted: Europe, {asked.when} ({asked.source}); fob China, mean of {mean.when} ({mean.source}). "
            f"The two stand on different bases. Simulated: delivered in Germany, {QUOTED_MONTH}."
        ),
        model_paid=paid,
        model_marginal=middle,
        model_marginal_low=low,
        model_marginal_high=high,
    )


def hits_of(run: Run) -> tuple[Hit, ...]:
    """Return those hit in the leading branch, the acting side last."""
    branch = sentences.leading(run)
    parties = parties_of(run.world)
    stakes = branch.stakes
    losses = {
        name: interval(discounted(branch, cube))
        for name, cube in zip(COMPONENTS, (stakes.loss, stakes.shortage, stakes.rent, stakes.switching), strict=True)
    }
    empty = months_until_empty(branch, cover_left(branch)[:, :, :, run.world.good_index(SCARCE)])
    unserved = unserved_share(branch)
    actor = branch.record.measures[0].actor
    found: list[Hit] = []
    for code in (*sentences.HIT, actor):
        at = parties.at(code)
        low, middle, high = (float(values[at]) for values in losses["total"])
        shortage, rent, switching = (float(losses[name][1][at]) for name in COMPONENTS[1:])
        found.append(
            Hit(
                party=code,
                name=parties.names[at],
                loss_usd=middle,
                low=low,
                high=high,
                shortage_usd=shortage,
                rent_usd=rent,
                switching_usd=switching,
                months_until_empty=median_or_never(empty[:, at]),
                share_unserved=float(np.median(unserved[:, at])),
            )
        )
    return tuple(found)


def leaks_of(run: Run) -> tuple[Leak, ...]:
    """Return third countries that sell on more magnets than without the measures, the largest first."""
    branch = sentences.leading(run)
    acts = run.world.activities
    onward = np.isin(acts.kind, [f"reexport_{code}" for code in MAGNETS])
    extra = (branch.outcome.level - branch.without.level).sum(axis=1)[branch.is_solved]
    actors = {measure.actor for measure in branch.record.measures}
    found: list[Leak] = []
    for place, code in enumerate(run.world.countries):
        mine = onward & (acts.country == place)
        if code in actors or not mine.any():
            continue
        low, middle, high = (float(value) for value in interval(extra[:, mine].sum(axis=1)))
        if high > LEAST_LEAK_T:
            name = run.world.country_names[place]
            found.append(Leak(country=code, name=name, extra_flow_t=middle, low=low, high=high))
    return tuple(sorted(found, key=lambda leak: -leak.high)[:MOST_LEAKS])


def coverage_of(run: Run) -> Coverage:
    """Return what the picture rests on."""
    counts = counted(run.world.figures)
    by_table = tuple(
        TableCounts(table=table, sourced=count[Kind.SOURCED], derived=count[Kind.DERIVED], assumed=count[Kind.ASSUMED])
        for table, count in sorted(counts.items())
    )
    return Coverage(
        sourced=sum(each.sourced for each in by_table),
        derived=sum(each.derived for each in by_table),
        assumed=sum(each.assumed for each in by_table),
        by_table=by_table,
    )


def wrong_of(scores: Table) -> Wrong:
    """Return one thing the model gets wrong: it cannot tell targets apart that the licence office did."""
    episode = magnets_2025(DATA)
    heads = [column.name for column in scores.columns]
    rows = [dict(zip(heads, row, strict=True)) for row in scores.rows]
    usa = [row for row in rows if row["destination"] == "USA" and row["forecast"] == "model" and row["months"]]
    listed = "; ".join(f"{row['branch']}: {row['error_log2']:.2f}" for row in usa)
    before, trough = Month(2025, 3), Month(2025, 5)

    def fall(destination: str) -> float:
        reported = episode.reported[destination]
        return 1.0 - (reported[trough] or 0.0) / (reported[before] or 1.0)

    return Wrong(
        title="It does not see that the United States was treated worse than others",
        text=(
            "The rule names no destination, so the model lets exports to the United States fall about as far as those "
            f"to others. Customs reported {amounts.percent(fall('USA'))} less in {trough} than in {before}, against "
            f"{amounts.percent(fall('ALL'))} less for all destinations. Licences were granted slower to one buyer and "
            "tariffs stood in between; neither is in the published text of the rule, and a model told only the text "
            "cannot know it."
        ),
        evidence=f"Mean |log2 error| for exports to the United States, 1 being a factor of 2: {listed}."
        if listed
        else "Nothing reported falls into the months of this answer; the scenario london-2025 shows it.",
    )


def accounting_of(run: Run) -> Accounting:
    """Return the worst certificate over all branches."""
    found = [certificate(branch) for branch in run.branches]
    return Accounting(
        worst_residual=max(float(str(each["worst_residual"])) for each in found),
        worst_identity=max(float(str(each["worst_accounting_identity"])) for each in found),
        unsolved_cases=sum(int((~branch.is_solved).sum()) for branch in run.branches),
    )


def names_of(run: Run) -> dict[str, str]:
    """Return names for people of the codes that stand in tables."""
    parties = parties_of(run.world)
    names = dict(zip(parties.codes, parties.names, strict=True))
    names |= {good.code: good.name for good in run.world.goods}
    return names | {"ALL": "All destinations"}


def figures_of(run: Run, said: Sequence[Sentence]) -> tuple[FigureNote, ...]:
    """Return the figures the sentences name."""
    wanted = dict.fromkeys(name for sentence in said for name in sentence.why)
    return tuple(
        FigureNote(
            name=name,
            value=figure.value,
            unit=figure.unit,
            low=figure.low,
            high=figure.high,
            year=figure.year,
            source=figure.source,
            grade=figure.grade,
            reason=figure.reason,
        )
        for name, figure in ((name, run.world.figures[name]) for name in wanted if name in run.world.figures)
    )
