"""Put a run together for the page and the terminal: tables first, then what is drawn and said from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.answer import charts, sentences
from chokepoint.answer.episode_text import track_record
from chokepoint.answer.episodes import bundled_misses
from chokepoint.answer.figure_facts import facts
from chokepoint.answer.hits import SCARCE, hits_of, leaks_of
from chokepoint.answer.losses import leaks_table, losses_table, stops_table
from chokepoint.answer.markets import prices_table, stocks_table
from chokepoint.answer.parties import parties_of
from chokepoint.answer.picture import counted, picture_tables
from chokepoint.answer.record import certificate, identity, version
from chokepoint.answer.reported import MAGNETS, reported_2025
from chokepoint.answer.run import DATA
from chokepoint.answer.two_prices import GOOD, buyer_month, price_pair, price_sentence
from chokepoint.answer.wrong import wrong_of
from chokepoint.backtest import backtest
from chokepoint.bundle import folder_of
from chokepoint.provenance import Kind
from chokepoint.records.references import read_references
from chokepoint.report import Payload
from chokepoint.report.payload import Accounting, Coverage, FigureNote, Meta, SourceNote, TableCounts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.run import Run
    from chokepoint.provenance import Figure
    from chokepoint.records.references import Reference
    from chokepoint.report.exhibits import Chart
    from chokepoint.report.front import Sentence
    from chokepoint.tables import Table
    from chokepoint.world import World

SHOWN_IN = ("DEU", "JPN", "KOR", "USA", "IND", "CHN")
STOCKS_OF = ("EU27", "USA", "JPN", "KOR", "IND", "CHN")
ON_THE_PAGE = (
    "branches",
    "chain",
    "disagreements",
    "magnet_export_correction",
    "measures",
    "reconciliation",
    "scores",
)
"""Tables shown whole, beside those that are drawn."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A further section of the page.

    Args:
        key: which section; said: its sentences; charts: its charts, drawn from ``drawn``.
        tables: further tables; figures: what the sentences name beside the world's figures.
        more: sentences folded below those.
    """

    key: str
    said: tuple[Sentence, ...]
    charts: tuple[Chart, ...]
    drawn: tuple[Table, ...]
    tables: tuple[Table, ...]
    figures: Mapping[str, Figure]
    more: tuple[Sentence, ...] = ()


def speaks_of(world: World) -> bool:
    """Say whether a world holds the goods this page speaks of."""
    return {SCARCE, GOOD, *MAGNETS} <= {good.code for good in world.goods}


def compose(run: Run, parts: Sequence[Part] = ()) -> Answer:
    """Return the tables of a run and the page made from them; ``parts`` are further sections of the page."""
    references = read_references(DATA / "references.bib") | read_references(folder_of(run.world) / "references.bib")
    reported = reported_2025(DATA)
    fan, scores = backtest(
        reported.episode, [(each.record.name, each.outcome, each.is_solved) for each in run.branches]
    )
    results = (
        losses_table(run),
        stops_table(run),
        leaks_table(run),
        prices_table(run, SHOWN_IN, reported),
        stocks_table(run, STOCKS_OF),
        fan,
        scores,
    )
    tables = (*results, *picture_tables(run, DATA, references, reported))
    drawn, exhibits = charts.exhibits(run, {table.name: table for table in tables})
    drawn = (*drawn, *(table for part in parts for table in part.drawn))
    every = (*tables, *drawn, *(table for part in parts for table in part.tables))
    bought = buyer_month(run)
    pair = price_pair(run, bought, reported, references)
    said = (
        sentences.dependence_sentence(run),
        sentences.exports_sentence(run, reported),
        sentences.stocks_sentence(run, run.world.good_index(SCARCE)),
        sentences.cost_sentence(run),
        price_sentence(run, bought, pair),
    )
    payload = Payload(
        meta=meta_of(run),
        answer=said,
        price_pair=pair,
        hits=hits_of(run),
        leaks=leaks_of(run),
        tables={table.name: table for table in every if table.name in ON_THE_PAGE or table in drawn},
        charts=(*exhibits, *(chart for part in parts for chart in part.charts)),
        coverage=coverage_of(run),
        wrong=wrong_of(reported.episode, scores),
        sources=sources_of(next(table for table in tables if table.name == "sources"), references),
        limits=(track_record(bundled_misses()), *LIMITS),
        accounting=accounting_of(run),
        disagreements="disagreements",
        reconciliation="reconciliation",
        scores="scores",
        names=names_of(run),
        figures=figures_of(
            dict(run.world.figures) | {name: each for part in parts for name, each in part.figures.items()},
            [*said, *(each for part in parts for each in (*part.said, *part.more))],
            references,
        ),
        said={part.key: part.said for part in parts},
        more={part.key: part.more for part in parts if part.more},
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
        branch=sentences.leading(run).record.name,
    )


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


def sources_of(table: Table, references: Mapping[str, Reference]) -> tuple[SourceNote, ...]:
    """Return the sources of a run as the page lists them."""
    found: list[SourceNote] = []
    for row in table.rows:
        key, count = str(row[0]), row[-1]
        source = references[key]
        times = "once" if count == 1 else f"{count} times"
        found.append(SourceNote(key=key, text=source.citation, licence=source.note, used_for=times, link=source.link))
    return tuple(found)


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


def figures_of(
    known: Mapping[str, Figure], said: Sequence[Sentence], references: Mapping[str, Reference]
) -> tuple[FigureNote, ...]:
    """Return the figures the sentences name."""
    wanted = dict.fromkeys(name for sentence in said for name in sentence.why)
    return tuple(FigureNote(**facts(known[name], references)) for name in wanted if name in known)
