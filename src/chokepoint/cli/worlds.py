"""Commands on worlds: build, list, show."""

from __future__ import annotations

import json
from pathlib import Path

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json, teller


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
    what was handed on by third countries, and where sources disagree.
    """
    from chokepoint.answer.worlds import built_json, built_tables, built_text  # noqa: PLC0415
    from chokepoint.building import write_world  # noqa: PLC0415
    from chokepoint.bundle import build_world, data_folder  # noqa: PLC0415
    from chokepoint.records.rows import WorldRow  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, whole_folder, write_tables  # noqa: PLC0415

    if out is not None:
        refuse_foreign_files(out)
    say = teller()
    words = list(dict.fromkeys(word.strip() for word in goods.split(",") if word.strip()))
    name = out.name if out is not None else "-".join([*words, str(year)])
    described = WorldRow(world=name, title=f"{', '.join(words)}, {year}", base_year=year, goods="")
    found = build_world(words, described, opened(figures))
    say(f"built {name}")
    if out is not None:
        with whole_folder(out) as place:
            write_world(found.built.tables, place, data_folder())
            write_tables(built_tables(found), place / "tables")
        say(f"written: {out}")
    click.echo(json.dumps(built_json(found)) if is_json else built_text(found), nl=is_json)


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
@as_json
def show(name: str, is_json: bool) -> None:  # noqa: FBT001
    """Show a world: its goods, who makes them, who must import them, and how concentrated supply is.

    NAME is a bundled world or a folder that `chokepoint world build` wrote.
    """
    from chokepoint.answer.worlds import world_json, world_text  # noqa: PLC0415
    from chokepoint.bundle import load  # noqa: PLC0415

    found = load(name)
    click.echo(json.dumps(world_json(found)) if is_json else world_text(found), nl=is_json)
