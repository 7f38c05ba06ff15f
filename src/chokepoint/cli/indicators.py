"""Commands on dependence without a simulation: indicators, suppliers, cite."""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json, tell_changes
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chokepoint.answer.indicator_draws import Key, Spread
    from chokepoint.answer.indicators import Question
    from chokepoint.exposure.of_country import Answer
    from chokepoint.facts import Facts
    from chokepoint.records.references import Reference


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """What indicators are asked of: minerals (none for all), one stage, a year."""

    minerals: tuple[str, ...]
    stage: str | None
    year: int | None


def narrowed(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that narrow what is asked, as one argument ``asked``."""

    @click.option("--mineral", "minerals", multiple=True, help="Name, code or symbol; several times for several.")
    @click.option("--stage", help="One stage of the chain, such as mining or refining.")
    @click.option("--year", type=click.IntRange(1990, 2100), help="Year of the figures (default: the last covered).")
    @functools.wraps(command)
    def with_asked(*, minerals: tuple[str, ...], stage: str | None, year: int | None, **others: object) -> None:
        command(asked=Narrowed(minerals=minerals, stage=stage, year=year), **others)

    return with_asked


@click.command()
@click.argument("country")
@narrowed
@click.option("--inverse", "view", flag_value="inverse", help="The supplier's side: what COUNTRY could squeeze.")
@click.option("--over-time", "view", flag_value="over_time", help="Every year there are figures, breaks marked.")
@click.option("--beside-published", "view", flag_value="beside", help="Published orders of losses beside ours (USA).")
@click.option("--world", help="Of the goods of a bundled world, where every chain is looked through.")
@click.option("--draws", type=click.IntRange(0, 10_000), default=0, help="Draws inside the ranges of the figures.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the table to this folder.")
@figures_option
@as_json
def indicators(
    *,
    country: str,
    asked: Narrowed,
    view: str | None,
    world: str | None,
    draws: int,
    out: Path | None,
    figures: Path | None,
    is_json: bool,
) -> None:
    """Say how dependent COUNTRY is, mineral by mineral: a value with its parts, or the reason why there is none.

    COUNTRY is any spelling of a country, or a bloc (EU27).
    """
    from chokepoint.answer.indicators import ask  # noqa: PLC0415
    from chokepoint.store import open_store  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    _refuse_draws(view, draws, out)
    if world is not None:
        unused = [
            name for name, each in (("--stage", asked.stage), ("--year", asked.year), ("--figures", figures)) if each
        ]
        refused = [*unused, *(["--inverse, --over-time or --beside-published"] if view else [])]
        if refused:
            raise DataError(
                Problem(where="--world", found=name, expected="--world with --mineral only", remedy="leave one out")
                for name in refused
            )
        text, rows = _of_world(world, country, asked.minerals, draws)
    else:
        store = open_store()
        question = ask(
            country, asked.minerals, stage=asked.stage, year=asked.year, facts=opened(figures, store), store=store
        )
        text, rows = VIEWS[view](question, draws)
        tell_changes(question.trade.changes)
    if out is not None:
        from chokepoint.answer.indicator_draws import table_of  # noqa: PLC0415
        from chokepoint.tables import write_tables  # noqa: PLC0415

        write_tables([table_of(cast("list[dict[str, object]]", rows))], out)
    click.echo(json.dumps(rows) if is_json else text, nl=is_json)


OPTIONS = {"inverse": "--inverse", "over_time": "--over-time", "beside": "--beside-published"}


def _refuse_draws(view: str | None, draws: int, out: Path | None) -> None:
    """Refuse options that a view has no use for."""
    unused = [
        ("--draws", draws > 0 and view in {"over_time", "beside"}),
        ("--out", out is not None and view is not None),
    ]
    expected, remedy = "a view it can be used with", "leave it out, or leave out the view"
    problems = [
        Problem(where=name, found=f"with {OPTIONS[str(view)]}", expected=expected, remedy=remedy)
        for name, is_unused in unused
        if is_unused
    ]
    if problems:
        raise DataError(problems)


def _of_world(name: str, country: str, goods: tuple[str, ...], draws: int) -> tuple[str, object]:
    from chokepoint.answer.indicator_draws import WORLD, lines, spreads_in_world  # noqa: PLC0415
    from chokepoint.answer.indicators import in_world  # noqa: PLC0415
    from chokepoint.answer.indicators_text import in_full  # noqa: PLC0415

    (found,) = in_world(name, country, goods)
    spreads = spreads_in_world(name, country, goods, draws) if draws else {}
    said = "\n".join([*lines(spreads.values(), found, draws, WORLD), ""]) if draws else ""
    return in_full(found) + said, _rows(found, spreads)


def _rows(found: Iterable[Answer], spreads: Mapping[Key, Spread]) -> list[dict[str, object]]:
    """Return answers as plain values, with their spread over the draws where there are any."""
    from chokepoint.answer.indicators import row_of  # noqa: PLC0415

    rows: list[dict[str, object]] = []
    for each in found:
        drawn = spreads.get((each.mineral, each.stage, each.indicator))
        rows.append(row_of(each) | ({"drawn": asdict(drawn)} if drawn else {}))
    return rows


@click.command()
@click.option("--position", "position_file", required=True, type=click.Path(path_type=Path), help="CSV or XLSX file.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Year of the governance estimates.")
@figures_option
@as_json
def suppliers(position_file: Path, year: int | None, figures: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Say how concentrated your own suppliers are, how they are governed, and how long your stock lasts.

    The file is read here and sent nowhere. `chokepoint example` prints a filled-in one.
    """
    text, rows = _of_position(position_file, opened(figures), year)
    click.echo(json.dumps(rows) if is_json else text, nl=is_json)


def _over_time(question: Question, _draws: int) -> tuple[str, object]:
    from chokepoint.answer.indicators import by_year, row_of  # noqa: PLC0415
    from chokepoint.answer.indicators_text import series  # noqa: PLC0415

    points = by_year(question)
    return series(points), [row_of(each.answer) | {"breaks": list(each.breaks)} for each in points]


def _of_country(question: Question, draws: int) -> tuple[str, object]:
    from chokepoint.answer.indicator_draws import lines, spreads  # noqa: PLC0415
    from chokepoint.answer.indicators import answers  # noqa: PLC0415
    from chokepoint.answer.indicators_text import in_full, overview  # noqa: PLC0415

    found = answers(question)
    drawn = spreads(question, draws) if draws else {}
    said = "\n".join([*lines(drawn.values(), found, draws), ""]) if draws else ""
    return (overview if question.minerals is None else in_full)(found) + said, _rows(found, drawn)


def _beside(question: Question, _draws: int) -> tuple[str, object]:
    from chokepoint.answer.indicators import answers  # noqa: PLC0415
    from chokepoint.answer.indicators_text import published_beside  # noqa: PLC0415
    from chokepoint.answer.published_order import COUNTRY, beside_published  # noqa: PLC0415

    if question.country != COUNTRY:
        remedy = f"ask for {COUNTRY}"
        expected = f"{COUNTRY}, whose losses the published orders are about"
        raise DataError([Problem(where="COUNTRY", found=question.country, expected=expected, remedy=remedy)])
    found = beside_published(answers(question))
    return published_beside(found), [asdict(each) for each in found]


def _of_supplier(question: Question, draws: int) -> tuple[str, object]:
    from chokepoint.answer.indicator_draws import power_line, power_spread  # noqa: PLC0415
    from chokepoint.answer.indicators_text import supplier_side, without_hold  # noqa: PLC0415
    from chokepoint.exposure.squeeze import grips, joint, untold  # noqa: PLC0415

    picture = replace(question, minerals=None).picture
    found = grips(
        picture,
        question.country,
        question.home,
        elasticity=question.elasticity,
        minerals=question.minerals,
        stage=question.stage,
    )
    holds = joint(found)
    missing = untold(picture, question.minerals, question.stage)
    rows: dict[str, object] = {
        "elasticity": asdict(question.elasticity),
        "grips": [asdict(each) for each in found],
        "joint": [asdict(each) for each in holds],
        "missing": missing,
    }
    said = ""
    if draws:
        power = power_spread(question.elasticity, draws)
        rows["drawn"] = asdict(power)
        said = power_line(power, draws)
    text = supplier_side(question.country, found, holds, question.elasticity)
    return text + without_hold(missing, in_full=question.minerals is not None) + said, rows


VIEWS: Mapping[str | None, Callable[[Question, int], tuple[str, object]]] = {
    None: _of_country,
    "inverse": _of_supplier,
    "over_time": _over_time,
    "beside": _beside,
}


def _of_position(path: Path, facts: Facts, year: int | None) -> tuple[str, object]:
    from chokepoint import bundle  # noqa: PLC0415
    from chokepoint.answer.indicators import LATEST, result_row  # noqa: PLC0415
    from chokepoint.answer.indicators_text import own_lines  # noqa: PLC0415
    from chokepoint.countries import Countries  # noqa: PLC0415
    from chokepoint.exposure.own_suppliers import own_suppliers  # noqa: PLC0415
    from chokepoint.exposure.picture import governance_of  # noqa: PLC0415
    from chokepoint.records.position import read_position  # noqa: PLC0415

    # Goods of every world and chain: how an own purchase is sourced needs no world to be simulated.
    goods, _, _ = bundle.every_name()
    position = read_position(path, goods=goods, countries=Countries.read())
    found = own_suppliers(position, governance_of(facts, year or LATEST))
    rows = [
        {"line": each.line, "good": each.good, "indicator": name, **result_row(result)}
        for each in found
        for name, result in each.results.items()
    ]
    return own_lines(found), rows


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--mineral", help="What the bundle's facts on a mineral rest on.")
@click.option("--world", help="What a bundled world rests on.")
@as_json
def cite(folder: Path | None, mineral: str | None, world: str | None, is_json: bool) -> None:  # noqa: FBT001
    """Print the references of exactly what was used, as text and as BibTeX.

    FOLDER is that of a run. With nothing given, every reference of the bundle is printed.
    """
    from chokepoint.answer.cite import cite  # noqa: PLC0415

    asked = [each for each in (folder, mineral, world) if each is not None]
    if len(asked) > 1:
        found, expected = f"{len(asked)} things to cite", "a run's folder, a mineral or a world"
        raise DataError([Problem(where="cite", found=found, expected=expected, remedy="ask for one at a time")])
    keys, references = _cited(folder, mineral, world)
    found_references = cite(keys, also=references)
    click.echo(json.dumps(asdict(found_references)) if is_json else found_references.text, nl=is_json)


def _cited(folder: Path | None, mineral: str | None, world: str | None) -> tuple[set[str], Mapping[str, Reference]]:
    """Return the keys to cite, and references that the bibliography may lack."""
    from chokepoint.answer import cite  # noqa: PLC0415

    if folder is not None:
        return cite.keys_of_run(folder), cite.references_of_run(folder)
    if world is not None:
        return cite.keys_of_world(world), cite.references_of_world(world)
    if mineral is not None:
        from chokepoint.answer.run import DATA  # noqa: PLC0415
        from chokepoint.store import open_store  # noqa: PLC0415
        from chokepoint.store.citing import references_with  # noqa: PLC0415

        store = open_store()
        return cite.keys_of_mineral(mineral, store), references_with(store, DATA / "references.bib")
    return cite.all_keys(), {}
