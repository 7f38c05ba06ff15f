"""Talks judged again from a finished run: what was simulated is read back, so that only values need be weighed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import duckdb
import numpy as np

from chokepoint.answer.talks.answer import judge_all, open_talks
from chokepoint.answer.talks.background import Background, acts_of
from chokepoint.answer.talks.levels import Grid, months_of, points_of
from chokepoint.errors import DataError, Problem
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.records.talks import TalksRecord

TABLE = "tables/talk_payoffs.parquet"
COLUMNS = '"case", payoff_usd, licence_rent_usd, rent_share, discount_per_year, is_solved, levels, month, party'
Columns = dict[str, np.ndarray]


def judge_again(folder: Path, file: Path | None) -> TalksAnswer:
    """Judge the talks of a finished run again, with the values of another talks file if one is given.

    Args:
        folder: of the run; file: a talks file with the same levels, months and parties; the run's own if None.

    Raises:
        DataError: a folder without talks, or a file that asks for levels, months or parties not simulated there.
    """
    if not (folder / TABLE).is_file() or not (folder / "run.json").is_file():
        raise DataError([_nothing_there(folder)])
    recorded = json.loads((folder / "run.json").read_text(encoding="utf-8"))["talks"]
    talks = open_talks(file) if file else _own_talks(recorded)
    changed = [name for name, acts in acts_of(talks).items() if recorded["measures"].get(name, acts) != acts]
    if changed:
        raise DataError([_other_acts(folder, name) for name in changed])
    return judge_all(talks, Background.of_json(recorded["background"]), read_grids(folder, talks))


def _nothing_there(folder: Path) -> Problem:
    return Problem(
        where=str(folder),
        found="no tables/talk_payoffs.parquet beside run.json",
        expected="the folder of a run whose scenario names talks",
        remedy="run 'chokepoint run london-2025' first",
    )


def _other_acts(folder: Path, level: str) -> Problem:
    return Problem(
        where=f"{folder} {level}",
        found="other measures than those that were simulated",
        expected="the same measures under the same name",
        remedy="change values only, or run the scenario again with this talks file",
    )


def _own_talks(recorded: Mapping[str, str]) -> TalksRecord:
    """Read the talks file as the run recorded it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{recorded['name']}.yaml"
        path.write_text(recorded["text"], encoding="utf-8")
        return open_talks(path)


def read_grids(folder: Path, talks: TalksRecord) -> tuple[Grid, ...]:
    """Read what a run simulated of every chain in every view.

    Raises:
        DataError: the talks ask for levels, months or parties the run did not simulate.
    """
    months, leading = months_of(talks)
    expected_months = [str(month) for month in months[leading:]]
    parties = [party.code for party in talks.parties]
    grids: list[Grid] = []
    problems: list[Problem] = []
    with duckdb.connect(":memory:") as connection:
        for view in talks.views:
            for chain in talks.chains:
                issues = talks.on(chain.name)
                points = points_of(issues)
                query = f"SELECT {COLUMNS} FROM read_parquet(?) WHERE view = ? AND chain = ?"  # noqa: S608
                given = [str(folder / TABLE), view.name, chain.name]
                found = cast("Columns", cast("Any", connection.execute(query, given)).fetchnumpy())
                wanted = ([" / ".join(point) for point in points], expected_months, parties)
                problem = _differs(folder, f"{view.name}, {chain.name}", found, wanted)
                if problem is not None:
                    problems.append(problem)
                    continue
                shape = (-1, len(expected_months), len(parties), len(points))
                by_case = {
                    name: found[name].reshape(shape)[:, 0, 0, 0]
                    for name in ("rent_share", "discount_per_year", "is_solved")
                }
                grids.append(
                    Grid(
                        view=view.name,
                        chain=chain.name,
                        issues=tuple(issue.name for issue in issues),
                        levels=points,
                        payoff=found["payoff_usd"].reshape(shape),
                        licence_rent=found["licence_rent_usd"].reshape(shape),
                        rent_share=by_case["rent_share"],
                        discount=by_case["discount_per_year"] / MONTHS_PER_YEAR,
                        is_solved=by_case["is_solved"].astype(bool),
                    )
                )
    if problems:
        raise DataError(problems)
    return tuple(grids)


def _differs(folder: Path, what: str, found: Columns, wanted: tuple[list[str], list[str], list[str]]) -> Problem | None:
    """Say how what was simulated differs from what the talks ask for."""
    names = ("levels", "month", "party")
    for name, expected in zip(names, wanted, strict=True):
        there = list(dict.fromkeys(str(each) for each in found[name]))
        if there != expected:
            return Problem(
                where=f"{folder / TABLE} {what}",
                found=f"{name}: {', '.join(there) or 'nothing'}",
                expected=", ".join(expected),
                remedy="change values only, or run the scenario again with this talks file",
            )
    return None
