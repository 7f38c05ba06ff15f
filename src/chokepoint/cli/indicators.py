"""Commands on dependence without a simulation: indicators, suppliers, cite."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json, tell_changes
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chokepoint.answer.indicators import Question
    from chokepoint.facts import Facts
    from chokepoint.records.references import Reference


@click.command()
@click.argument("country")
@click.option("--mineral", "minerals", multiple=True, help="Name, code or symbol; several times for several.")
@click.option("--stage", help="One stage of the chain, such as mining or refining.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Year of the figures (default: the last covered).")
@click.option("--inverse", "view", flag_value="inverse", help="The supplier's side: what COUNTRY could squeeze.")
@click.option("--over-time", "view", flag_value="over_time", help="Every year there are figures, breaks marked.")
@click.option("--beside-published", "view", flag_value="beside", help="Published orders of losses beside ours (USA).")
@click.option("--world", help="Of the goods of a bundled world, where every chain is looked through.")
@figures_option
@as_json
def indicators(
    *,
    country: str,
    minerals: tuple[str, ...],
    stage: str | None,
    year: int | None,
    view: str | None,
    world: str | None,
    figures: Path | None,
    is_json: bool,
) -> None:
    """Say how dependent COUNTRY is, mineral by mineral: a value with its parts, or the reason why there is none.

    COUNTRY is any spelling of a country, or a bloc (EU27).
    """
    from chokepoint.answer.indicators import ask  # noqa: PLC0415
    from chokepoint.store import open_store  # noqa: PLC0415

    if world is not None:
        unused = [name for name, each in (("--stage", stage), ("--year", year), ("--figures", figures)) if each]
        refused = [*unused, *(["--inverse, --over-time or --beside-published"] if view else [])]
        if refused:
            raise DataError(
                Problem(where="--world", found=name, expected="--world with --mineral only", remedy="leave one out")
                for name in refused
            )
        text, rows = _of_world(world, country, minerals)
    else:
        store = open_store()
        question = ask(country, minerals, stage=stage, year=year, facts=opened(figures, store), store=store)
        text, rows = VIEWS[view](question)
        tell_changes(question.trade.changes)
    click.echo(json.dumps(rows) if is_json else text, nl=is_json)


def _of_world(name: str, country: str, goods: tuple[str, ...]) -> tuple[str, object]:
    from chokepoint.answer.indicators import in_world, row_of  # noqa: PLC0415
    from chokepoint.answer.indicators_text import in_full  # noqa: PLC0415

    found = in_world(name, country, goods)
    return in_full(found), [row_of(each) for each in found]


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


def _over_time(question: Question) -> tuple[str, object]:
    from chokepoint.answer.indicators import by_year, row_of  # noqa: PLC0415
    from chokepoint.answer.indicators_text import series  # noqa: PLC0415

    points = by_year(question)
    return series(points), [row_of(each.answer) | {"breaks": list(each.breaks)} for each in points]


def _of_country(question: Question) -> tuple[str, object]:
    from chokepoint.answer.indicators import answers, row_of  # noqa: PLC0415
    from chokepoint.answer.indicators_text import in_full, overview  # noqa: PLC0415

    found = answers(question)
    return (overview if question.minerals is None else in_full)(found), [row_of(each) for each in found]


def _beside(question: Question) -> tuple[str, object]:
    from chokepoint.answer.indicators import answers  # noqa: PLC0415
    from chokepoint.answer.indicators_text import published_beside  # noqa: PLC0415
    from chokepoint.answer.published_order import COUNTRY, beside_published  # noqa: PLC0415

    if question.country != COUNTRY:
        remedy = f"ask for {COUNTRY}"
        expected = f"{COUNTRY}, whose losses the published orders are about"
        raise DataError([Problem(where="COUNTRY", found=question.country, expected=expected, remedy=remedy)])
    found = beside_published(answers(question))
    return published_beside(found), [asdict(each) for each in found]


def _of_supplier(question: Question) -> tuple[str, object]:
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
    rows = {
        "elasticity": asdict(question.elasticity),
        "grips": [asdict(each) for each in found],
        "joint": [asdict(each) for each in holds],
        "missing": missing,
    }
    text = supplier_side(question.country, found, holds, question.elasticity)
    return text + without_hold(missing, in_full=question.minerals is not None), rows


VIEWS: Mapping[str | None, Callable[[Question], tuple[str, object]]] = {
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
