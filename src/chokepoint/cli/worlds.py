"""Commands on worlds: build, list, show."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.minerals import figures_option, on_top
from chokepoint.cli.opening import as_json, tell_changes, teller
from chokepoint.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.building import Change
    from chokepoint.bundle import BuiltWorld
    from chokepoint.records.rows import WorldRow
    from chokepoint.store import Store


@click.group()
def world() -> None:
    """Build a world for goods of your choice, list the worlds there are, or show one."""


@world.command()
@click.option("--goods", required=True, help="Chains or goods, parted by commas, such as gallium,germanium.")
@click.option("--year", type=int, default=2024, show_default=True, help="Year to describe.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the world and its tables.")
@figures_option
@as_json
def build(goods: str, year: int, out: Path | None, figures: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Reconcile production, trade, stages and use of some goods into a world whose books close.

    Written to a folder, the world can be named in a scenario: `world: FOLDER`. The folder also holds every movement,
    what was handed on by third countries, where sources disagree, and which editions were used. Files brought in with
    `chokepoint sources add` serve where they are newer than the bundle; what they change is said.
    """
    from chokepoint.answer.worlds import built_json, built_tables, built_text  # noqa: PLC0415
    from chokepoint.building import write_world  # noqa: PLC0415
    from chokepoint.bundle import data_folder  # noqa: PLC0415
    from chokepoint.records.rows import WorldRow  # noqa: PLC0415
    from chokepoint.store import open_store  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, whole_folder, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    say = teller()
    words = list(dict.fromkeys(word.strip() for word in goods.split(",") if word.strip()))
    name = out.name if out is not None else "-".join([*words, str(year)])
    described = WorldRow(world=name, title=f"{', '.join(words)}, {year}", base_year=year, goods="")
    found, changes = _built(words, described, figures, open_store())
    say(f"built {name}")
    if out is not None:
        with whole_folder(out) as place:
            write_world(found.built.tables, place, data_folder(), found.references)
            write_tables(built_tables(found, changes), place / "tables")
        say(f"written: {out}")
    click.echo(json.dumps(built_json(found, changes)) if is_json else built_text(found), nl=is_json)


def _built(
    words: Sequence[str], described: WorldRow, figures: Path | None, store: Store
) -> tuple[BuiltWorld, tuple[Change, ...]]:
    """Build a world, and say on standard error what the user's store and figures change against the bundle."""
    from chokepoint.answer.worlds import changes_said  # noqa: PLC0415
    from chokepoint.building import changes_between  # noqa: PLC0415
    from chokepoint.bundle import build_world  # noqa: PLC0415
    from chokepoint.facts import load_facts  # noqa: PLC0415

    facts = on_top(load_facts(store=store), figures)
    if figures is not None:
        for warning in facts.warnings:
            click.echo(warning, err=True)
    found = build_world(words, described, facts, store=store)
    if store.is_empty:
        return found, ()
    try:
        alone = build_world(words, described, on_top(load_facts(), figures))
    except DataError as error:
        click.echo(f"the bundle alone cannot build it: {error.problems[0]}", err=True)
        return found, ()
    changes = changes_between(alone.built.tables, found.built.tables)
    tell_changes(found.changes)
    for line in changes_said(changes):
        click.echo(line, err=True)
    return found, changes


@world.command("list")
@as_json
def list_worlds(is_json: bool) -> None:  # noqa: FBT001
    """List the bundled worlds, and the chains a world can be built from."""
    from chokepoint.bundle import catalogue  # noqa: PLC0415

    found = catalogue()
    if is_json:
        click.echo(json.dumps(found))
        return
    for name, title in found["worlds"].items():
        click.echo(f"{name}: {title}")
    click.echo("chains that a world can be built from, with their goods:")
    for chain, goods in found["chains"].items():
        click.echo(f"  {chain}: {goods}")


@world.command()
@click.argument("name")
@click.option("--draws", type=click.IntRange(0, 10_000), default=0, help="Draws inside the ranges of its figures.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write the draws as a table.")
@as_json
def show(name: str, draws: int, out: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Show a world: its goods, who makes them, who must import them, and how concentrated supply is.

    NAME is a bundled world or a folder that `chokepoint world build` wrote.
    """
    from chokepoint.answer.world_draws import GoodSpread, good_spreads, spreads_text  # noqa: PLC0415
    from chokepoint.answer.worlds import editions_said, world_json, world_text  # noqa: PLC0415
    from chokepoint.bundle import editions_in, load  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, tabulate, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    found = load(name)
    spreads = good_spreads(name, draws) if draws else ()
    if out is not None:
        write_tables([tabulate("drawn", "Goods over draws of the world's figures", spreads, GoodSpread)], out)
    said = world_json(found) | ({"drawn": [asdict(each) for each in spreads]} if draws else {})
    click.echo(json.dumps(said) if is_json else world_text(found), nl=is_json)
    if not is_json:
        click.echo(spreads_text(spreads, draws) if draws else "", nl=False)
        for line in editions_said(editions_in(found)):
            click.echo(line)
