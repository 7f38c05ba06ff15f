"""Commands that look something up: example, scenarios, why."""

from __future__ import annotations

import json
from pathlib import Path

import click

from chokepoint.cli.minerals import figures_option, opened
from chokepoint.cli.opening import as_json, chosen


@click.command()
@as_json
def example(is_json: bool) -> None:  # noqa: FBT001
    """Print a filled-in example of a position file."""
    from importlib import resources  # noqa: PLC0415

    text = (resources.files("chokepoint") / "data" / "examples" / "position.csv").read_text(encoding="utf-8")
    click.echo(json.dumps({"position.csv": text}) if is_json else text, nl=is_json)


@click.command()
@as_json
def scenarios(is_json: bool) -> None:  # noqa: FBT001
    """List the bundled scenarios and their branches."""
    from chokepoint.answer.run import bundled_scenarios  # noqa: PLC0415

    found = [chosen(name)[1] for name in bundled_scenarios()]
    if is_json:
        click.echo(json.dumps([{"name": s.name, "title": s.title, "question": s.question} for s in found]))
        return
    for each in found:
        click.echo(f"{each.name}: {each.question}")
        for branch in each.branches:
            click.echo(f"  {branch.name}: {branch.title} (as known on {branch.as_of})")


@click.command()
@click.argument("name")
@click.option("--run", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A run's folder.")
@figures_option
@as_json
def why(name: str, folder: Path | None, figures: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """List the figures, sources and steps behind a number.

    NAME is a fact of the bundle (production.gallium.refining.CHN.2024), a figure or parameter of a world
    (flow.ndfeb_magnet_heavy.CHN.USA), or a result (loss.USA).
    """
    from chokepoint.answer.why import explain  # noqa: PLC0415

    found = explain(name, folder, opened(figures))
    click.echo(json.dumps(found.to_json()) if is_json else found.text, nl=is_json)
