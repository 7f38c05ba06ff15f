"""Commands on the bundle of facts: minerals, mineral."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import as_json

if TYPE_CHECKING:
    from chokepoint.facts import Facts

figures_option = click.option(
    "--figures", "figures", type=click.Path(path_type=Path), help="Your own figures on top of the bundle, CSV or XLSX."
)


def opened(figures: Path | None) -> Facts:
    """Open the bundle with a user's figures, if any, and say on standard error what they replace."""
    from chokepoint.countries import Countries  # noqa: PLC0415
    from chokepoint.facts import load_facts, with_own  # noqa: PLC0415

    bundled = load_facts()
    if figures is None:
        return bundled
    facts = with_own(bundled, figures, Countries.read())
    for warning in facts.warnings:
        click.echo(warning, err=True)
    return facts


def named(facts: Facts, name: str) -> str:
    """Return the code of the mineral a person means.

    Raises:
        DataError: nobody is known by that name; the message names the nearest.
    """
    from chokepoint.errors import DataError, Problem  # noqa: PLC0415

    code = facts.resolve(name)
    if code is None:
        expected = "the code, name or symbol of a mineral"
        raise DataError([Problem(where="NAME", found=f"'{name}'", expected=expected, remedy=facts.suggest(name))])
    return code


@click.command()
@figures_option
@as_json
def minerals(figures: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """List the minerals: their stages, and how many figures are sourced, derived, assumed and missing."""
    from chokepoint.answer.minerals import list_json, list_text  # noqa: PLC0415

    facts = opened(figures)
    click.echo(json.dumps(list_json(facts)) if is_json else list_text(facts), nl=is_json)


@click.command()
@click.argument("name")
@click.option("--year", type=int, help="Year of the output (default: the newest of each stage).")
@figures_option
@as_json
def mineral(name: str, year: int | None, figures: Path | None, is_json: bool) -> None:  # noqa: FBT001
    """Show one mineral: its chain, who makes how much at each stage, reserves, prices, reliance, hosts.

    NAME is a code, name or symbol, such as gallium, "rare earths" or W. Each figure stands with its source and grade;
    what is missing, with the reason.
    """
    from chokepoint.answer.minerals import chain_json, chain_text  # noqa: PLC0415
    from chokepoint.answer.run import DATA  # noqa: PLC0415
    from chokepoint.countries import Countries  # noqa: PLC0415
    from chokepoint.facts.breaks import jumps  # noqa: PLC0415
    from chokepoint.facts.chain import chain_of  # noqa: PLC0415
    from chokepoint.records.references import read_references  # noqa: PLC0415

    facts = opened(figures)
    chain = chain_of(facts, named(facts, name), year)
    references = read_references(DATA / "references.bib")
    if is_json:
        click.echo(json.dumps(chain_json(chain, references)))
    else:
        click.echo(chain_text(chain, Countries.read(), references, jumps()), nl=False)
