"""The command that says which assumptions an answer hangs on."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import as_json, chosen, teller

if TYPE_CHECKING:
    from chokepoint.answer.sensitivity.hangs import Asked, Hangs

MOST_SHOWN = 12
SAMPLES = {"morris": 8, "sobol": 64}


@click.command()
@click.argument("scenario")
@click.option("--of", "name", default="loss.USA", show_default=True, metavar="NAME", help="The number asked for.")
@click.option("--branch", help="A branch of the scenario; its first if left out.")
@click.option("--method", type=click.Choice(list(SAMPLES)), default="morris", show_default=True, help="See below.")
@click.option("--samples", type=click.IntRange(2), help="Paths (morris, 8) or base points (sobol, 64).")
@click.option("--against", type=float, default=0.0, show_default=True, help="The answer: is the number above this?")
@as_json
def sensitivity(
    scenario: str,
    name: str,
    branch: str | None,
    method: str,
    samples: int | None,
    against: float,
    is_json: bool,  # noqa: FBT001
) -> None:
    """Say which assumptions a number hangs on, and which one alone would change the answer soonest.

    NAME is loss.PARTY[.COMPONENT], price.GOOD.COUNTRY or flow.GOOD.EXPORTER.IMPORTER, over all reported months.
    morris takes samples x (assumptions + 1) cases and orders the assumptions; sobol takes samples x (assumptions + 2)
    and says which share of the variance each carries, alone and with others.
    """
    from chokepoint.answer.sensitivity.hangs import hangs_on  # noqa: PLC0415
    from chokepoint.answer.sensitivity.indices import morris, sobol  # noqa: PLC0415

    say = teller()
    asked = asked_of(scenario, name, branch, against)
    say(f"{asked.output.name} in {asked.branch.name}: {len(asked.names())} assumptions with a range")
    count = samples or SAMPLES[method]
    found = hangs_on(asked, {"morris": morris, "sobol": sobol}[method], count, say)
    if is_json:
        said: dict[str, object] = {
            "of": asked.output.name,
            "unit": asked.output.unit.removesuffix("/month"),
            "branch": asked.branch.name,
            "method": method,
            "samples": count,
            "central": found.central,
            "against": against,
            "cases": found.cases,
            "unsolved": found.unsolved,
            "assumptions": [asdict(each) for each in found.found],
            "tried_alone": list(found.tried),
            "flips": [asdict(each) for each in found.flips],
        }
        click.echo(json.dumps(said))
    else:
        click.echo(hangs_text(found))


def asked_of(scenario: str, name: str, branch: str | None, against: float) -> Asked:
    """Open a scenario and say what is asked of which of its branches.

    Raises:
        DataError: no such scenario, number or branch.
    """
    from chokepoint.answer.ensemble.outputs import outputs_of  # noqa: PLC0415
    from chokepoint.answer.sensitivity.hangs import Asked  # noqa: PLC0415
    from chokepoint.errors import DataError, Problem, did_you_mean  # noqa: PLC0415

    world, record = chosen(scenario)
    branches = {each.name: each for each in record.branches}
    if branch is not None and branch not in branches:
        remedy = did_you_mean(branch, branches)
        raise DataError([Problem(where="--branch", found=f"'{branch}'", expected="a branch of it", remedy=remedy)])
    return Asked(
        world=world,
        scenario=record,
        branch=branches[branch or record.branches[0].name],
        output=outputs_of(world, [name])[0],
        against=against,
    )


def hangs_text(found: Hangs) -> str:
    """Return the strongest assumptions and what would change the answer, as text."""
    from chokepoint.answer.sensitivity.hangs import flip_text, words_of  # noqa: PLC0415
    from chokepoint.report import amounts  # noqa: PLC0415

    asked = found.asked
    unit = asked.output.unit.removesuffix("/month")

    def shown(value: float, its_unit: str) -> str:
        return amounts.usd(value) if its_unit == "USD" else f"{amounts.number(value)} {its_unit}"

    is_above = "above" if found.central > asked.against else "not above"
    central = f"{shown(found.central, unit)} in the central case, {is_above} {shown(asked.against, unit)}."
    lines = [f"{asked.output.name}, {asked.branch.title}, over all reported months: {central}", flip_text(found), ""]
    columns = [each for each in fields(found.found[0]) if each.name != "name"] if found.found else []
    for each in found.found[:MOST_SHOWN]:
        numbers = ", ".join(
            f"{column.name.replace('_', ' ')} "
            f"{shown(float(getattr(each, column.name)), column.metadata.get('unit', unit))}"
            for column in columns
        )
        lines.append(f"  {words_of(asked, each.name)}: {numbers}")
    lines += ["", *(f"{column.name.replace('_', ' ')}: {column.metadata['note']}" for column in columns)]
    unsolved = f"; {found.unsolved} were not solved, and left out with those that belong to them"
    return "\n".join([*lines, f"{found.cases} cases simulated{unsolved if found.unsolved else ''}."])
