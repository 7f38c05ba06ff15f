"""Bargaining problems to and from other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chokepoint.cli.opening import as_json
from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.exchange import SolvedDomain


@click.group()
def bargain() -> None:
    """Exchange bargaining problems with Gambit, GENIUS and NegMAS, and solve theirs by our rules."""


@bargain.command("export")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "form", type=click.Choice(["nfg", "efg", "genius"]), required=True, help="What to write.")
@click.option("--view", help="Name of a view of the talks (default: the first).")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Output folder.")
@as_json
def export(folder: Path, form: str, view: str | None, out: Path, is_json: bool) -> None:  # noqa: FBT001
    """Write the talks of a finished run, central case, for other programs.

    FOLDER is that of a run whose scenario names talks. nfg: the threats, a strategic form for Gambit. efg: one offer
    and its answer, an extensive form for Gambit. genius: a domain and two profiles for GENIUS and NegMAS.
    """
    from chokepoint.answer.talks.recorded import judge_again  # noqa: PLC0415
    from chokepoint.tables import refuse_foreign_files, whole_folder  # noqa: PLC0415

    refuse_foreign_files(out)
    answer = judge_again(folder, None)
    files = WRITERS[form](answer, _view(answer, view))
    with whole_folder(out) as place:
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
    written = [str(out / name) for name in files]
    click.echo(json.dumps({"written": written}) if is_json else "\n".join(written))


def _view(answer: TalksAnswer, name: str | None) -> ViewAnswer:
    """Return a view by its name, the first if none is given.

    Raises:
        DataError: no view has that name.
    """
    views = {each.view.name: each for each in answer.views}
    chosen = name or next(iter(views))
    if chosen not in views:
        remedy = did_you_mean(chosen, views)
        raise DataError([Problem(where="--view", found=f"'{chosen}'", expected="a view of the talks", remedy=remedy)])
    return views[chosen]


def _nfg(answer: TalksAnswer, view: ViewAnswer) -> dict[str, str]:
    """Write the threats."""
    from chokepoint.bargaining import unilateral  # noqa: PLC0415
    from chokepoint.exchange import strategic_form  # noqa: PLC0415

    payoffs, parties = view.judgement.payoffs, view.judgement.problem.parties
    threats = unilateral(payoffs.issues, parties, payoffs.combinations, payoffs.payoff[:1])
    return {f"{answer.talks.name}.nfg": strategic_form(_title(answer, view), parties, threats)}


def _efg(answer: TalksAnswer, view: ViewAnswer) -> dict[str, str]:
    """Write one offer and its answer."""
    from chokepoint.exchange import extensive_form  # noqa: PLC0415

    return {f"{answer.talks.name}.efg": extensive_form(_title(answer, view), view.judgement.problem)}


def _genius(answer: TalksAnswer, view: ViewAnswer) -> dict[str, str]:
    """Write a domain, its profiles, and how to come back to USD."""
    from chokepoint.exchange import genius_files, space_of  # noqa: PLC0415

    space, low, unit = space_of(view.judgement.problem)
    scale = {
        party: {"usd_per_year_at_utility_0": float(at), "usd_per_year_per_unit": float(by)}
        for party, at, by in zip(space.parties, low, unit, strict=True)
    }
    return genius_files(space, answer.talks.name) | {"scale.json": json.dumps(scale, indent=1) + "\n"}


WRITERS: dict[str, Callable[[TalksAnswer, ViewAnswer], dict[str, str]]] = {"nfg": _nfg, "efg": _efg, "genius": _genius}


def _title(answer: TalksAnswer, view: ViewAnswer) -> str:
    return f"{answer.talks.title} ({view.view.title})"


@bargain.command("solve")
@click.argument("domain", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("profiles", type=click.Path(path_type=Path, dir_okay=False), nargs=-1, required=True)
@as_json
def solve(domain: Path, profiles: tuple[Path, ...], is_json: bool) -> None:  # noqa: FBT001
    """Solve a linear-additive domain of GENIUS by the rules.

    DOMAIN is the domain's XML file, PROFILES those of two or three parties.
    """
    from chokepoint.exchange import read_genius, solve_domain  # noqa: PLC0415

    if len(profiles) not in (2, 3):  # two or three parties
        found, remedy = f"{len(profiles)}", "name one profile file per party after the domain file"
        raise DataError([Problem(where="PROFILES", found=found, expected="two or three files", remedy=remedy)])
    solved = solve_domain(read_genius(domain, profiles))
    click.echo(json.dumps(_solved_record(solved)) if is_json else "\n".join(_solved_lines(solved)))


def _solved_lines(solved: SolvedDomain) -> list[str]:
    """Return what the rules choose, line by line."""
    from chokepoint.exchange.solve import division_text, package_text  # noqa: PLC0415

    space = solved.space
    count = "too many to list" if solved.efficient is None else f"{solved.efficient:,} of them efficient"
    lines = [f"{len(space.issues)} issues, {space.packages:,} packages, {count}"]
    lines += [f"No deal: {solved.no_deal}."] if solved.no_deal else []
    for name, levels in solved.packages.items():
        lines.append(f"{name}: {package_text(space, levels)} ({_utilities(solved.utilities[name])})")
    for name, parts in solved.divided.items():
        lines.append(
            f"{name}, issues divided: {division_text(space, parts)} ({_utilities(solved.divided_utilities[name])})"
        )
    return lines


def _utilities(values: Iterable[float]) -> str:
    return ", ".join(f"{value:.6g}" for value in values)


def _solved_record(solved: SolvedDomain) -> dict[str, object]:
    """Return what the rules choose, ready for JSON."""
    space = solved.space
    return {
        "parties": list(space.parties),
        "reservation": space.reservation.tolist(),
        "packages": space.packages,
        "efficient": solved.efficient,
        "no_deal": solved.no_deal or None,
        "rules": {
            name: {
                "levels": {
                    issue: names[level] for issue, names, level in zip(space.issues, space.levels, levels, strict=True)
                },
                "utilities": solved.utilities[name].tolist(),
            }
            for name, levels in solved.packages.items()
        },
        "divided": {
            name: {
                "parts": {
                    issue: dict(zip(names, part.tolist(), strict=True))
                    for issue, names, part in zip(space.issues, space.levels, parts, strict=True)
                },
                "utilities": solved.divided_utilities[name].tolist(),
            }
            for name, parts in solved.divided.items()
        },
    }
