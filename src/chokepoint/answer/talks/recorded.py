"""Talks judged again from a finished run: what was simulated is read back, so that only values need be weighed."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import duckdb
import numpy as np

from chokepoint.answer.talks.answer import judge_all, open_talks
from chokepoint.answer.talks.asked import levels_named
from chokepoint.answer.talks.background import Background, acts_of
from chokepoint.answer.talks.levels import Grid, months_of, points_of
from chokepoint.answer.talks.paths import Paths
from chokepoint.answer.talks.simulated_tables import last_months
from chokepoint.errors import DataError, Problem
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.records.talks import TalksRecord

TABLE = "tables/talk_payoffs.parquet"
COLUMNS = '"case", payoff_usd, licence_rent_usd, rent_share, discount_per_year, is_solved, levels, month, party'
RECORDED = ("name", "text", "measures")
Columns = dict[str, np.ndarray]


def judge_again(folder: Path, file: Path | None, package: str = "") -> TalksAnswer:
    """Judge the talks of a finished run again, with the values of another talks file if one is given.

    Args:
        folder: of the run; file: a talks file with the same levels, months and parties; the run's own if None.
        package: what is asked about, ``issue=level,...``; what came about if empty.

    Raises:
        DataError: a folder without talks, or a file that asks for levels, months or parties not simulated there.
    """
    if not (folder / TABLE).is_file() or not (folder / "run.json").is_file():
        raise DataError([_nothing_there(folder)])
    recorded, background = _recorded(folder)
    talks = open_talks(file) if file else _own_talks(recorded)
    changed = [name for name, acts in acts_of(talks).items() if recorded["measures"].get(name, acts) != acts]
    if changed:
        raise DataError([_other_acts(folder, name) for name in changed])
    asked = levels_named(talks, package) if package else None
    return judge_all(talks, background, read_grids(folder, talks), package=asked, paths=read_paths(folder, talks))


def _recorded(folder: Path) -> tuple[Mapping[str, Any], Background]:
    """Read what a run recorded of its talks, and what stands behind them.

    Raises:
        DataError: this version's record holds more, or other things.
    """
    file = folder / "run.json"
    try:
        recorded = json.loads(file.read_text(encoding="utf-8"))["talks"]
        missing = [name for name in RECORDED if name not in recorded]
        background = Background.of_json(recorded["background"])
    except json.JSONDecodeError as error:
        raise DataError([_earlier(f"{file}:{error.lineno}", "no JSON")]) from None
    except KeyError as error:
        raise DataError([_earlier(f"{file} talks", f"a record without {error}")]) from None
    except TypeError:
        raise DataError([_earlier(f"{file} talks", "a record of another shape")]) from None
    if missing:
        raise DataError([_earlier(f"{file} talks", f"a record without {', '.join(missing)}")])
    return recorded, background


def _earlier(where: str, found: str) -> Problem:
    """Say that a folder does not hold what this version writes."""
    remedy = "run the scenario again: the folder is of an earlier version, or was changed"
    return Problem(where=where, found=found, expected="what this version records", remedy=remedy)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The tables of a finished run, read through a connection."""

    place: Path
    connection: duckdb.DuckDBPyConnection

    def columns(self, table: str, names: str, **where: str) -> Columns:
        """Return columns of a table where others hold what is asked for; missing numbers are not numbers.

        Raises:
            DataError: the run wrote no such table, or without those columns.
        """
        file = self.place / f"tables/{table}.parquet"
        if not file.is_file():
            raise DataError([_earlier(str(file), "no table")])
        query = f"SELECT {names} FROM read_parquet(?) WHERE {' AND '.join(f'{name} = ?' for name in where)}"  # noqa: S608
        try:
            read = cast("Any", self.connection.execute(query, [str(file), *where.values()]))
        except (duckdb.BinderException, duckdb.InvalidInputException):
            raise DataError([_earlier(str(file), "other columns, or no table")]) from None
        found = cast("Columns", read.fetchnumpy())
        return {name: filled(values) for name, values in found.items()}

    def refusal(self, what: str, found: Columns, wanted: Mapping[str, Sequence[str]]) -> Problem | None:
        """Say how what was simulated differs from what the talks ask for, if it does."""
        for name, expected in wanted.items():
            there = list(dict.fromkeys(str(each) for each in found[name]))
            if there != list(expected):
                return Problem(
                    where=f"{self.place / TABLE} {what}",
                    found=f"{name}: {', '.join(there) or 'nothing'}",
                    expected=", ".join(expected) or "nothing",
                    remedy="change values only, or run the scenario again with this talks file",
                )
        return None


def filled(values: np.ndarray) -> np.ndarray:
    """Return a column with its missing numbers as such."""
    return values.filled(np.nan) if isinstance(values, np.ma.MaskedArray) and values.dtype.kind == "f" else values


def read_grids(folder: Path, talks: TalksRecord) -> tuple[Grid, ...]:
    """Read what a run simulated of every chain in every view.

    Raises:
        DataError: the talks ask for levels, months, parties or actors the run did not simulate.
    """
    grids: list[Grid] = []
    problems: list[Problem] = []
    with duckdb.connect(":memory:") as connection:
        for view in talks.views:
            for chain in talks.chains:
                found = _grid(Folder(place=folder, connection=connection), talks, view.name, chain.name)
                if isinstance(found, Grid):
                    grids.append(found)
                else:
                    problems.append(found)
    if problems:
        raise DataError(problems)
    return tuple(grids)


def _grid(folder: Folder, talks: TalksRecord, view: str, chain: str) -> Grid | Problem:
    """Read one grid, or say how it differs from what the talks ask for."""
    months, leading = months_of(talks)
    points, parties = points_of(talks.on(chain)), [party.code for party in talks.parties]
    levels = [" / ".join(point) for point in points]
    paid = folder.columns("talk_payoffs", COLUMNS, view=view, chain=chain)
    heard = folder.columns("talk_actor_payoffs", "actor, gain_usd_per_year", view=view, chain=chain)
    wanted = {"levels": levels, "month": [str(month) for month in months[leading:]], "party": parties}
    named = {"actor": [actor.name for actor in talks.actors]}
    what = f"{view}, {chain}"
    problem = folder.refusal(what, paid, wanted) or folder.refusal(what, heard, named)
    if problem is not None:
        return problem
    shape = (-1, talks.months, len(parties), len(points))
    by_case = {name: paid[name].reshape(shape)[:, 0, 0, 0] for name in ("rent_share", "discount_per_year", "is_solved")}
    cases = by_case["rent_share"].size
    stores = folder.columns("talk_stores", '"case", party, good, levels, months', view=view, chain=chain)
    goods, empty = _stores(stores, cases, parties, levels)
    swung = folder.columns("talk_swings", "swing, payoff_usd_per_year", view=view, chain=chain)
    return Grid(
        view=view,
        chain=chain,
        issues=tuple(issue.name for issue in talks.on(chain)),
        levels=points,
        payoff=paid["payoff_usd"].reshape(shape),
        licence_rent=paid["licence_rent_usd"].reshape(shape),
        rent_share=by_case["rent_share"],
        discount=by_case["discount_per_year"] / MONTHS_PER_YEAR,
        is_solved=by_case["is_solved"].astype(bool),
        actor_gain=heard["gain_usd_per_year"].reshape(cases, len(talks.actors), len(points)),
        goods=goods,
        empty_after=empty,
        swings=tuple(dict.fromkeys(str(each) for each in swung["swing"])),
        swing=swung["payoff_usd_per_year"].reshape(-1, len(parties), len(points)),
    )


def _stores(
    found: Columns, cases: int, parties: Sequence[str], levels: Sequence[str]
) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the goods of stores and the months until they are empty (case, party, good, point)."""
    goods = list(dict.fromkeys(str(each) for each in found["good"]))
    empty = np.full((cases, len(parties), len(goods), len(levels)), np.nan)
    axes = (("party", parties), ("good", goods), ("levels", levels))
    places = [np.array([known.index(each) for each in found[name]], dtype=int) for name, known in axes]
    months = found["months"].astype(float)
    empty[(found["case"].astype(int), *places)] = np.where(np.isnan(months), np.inf, months)
    return tuple(goods), empty


def read_paths(folder: Path, talks: TalksRecord) -> tuple[Paths, ...]:
    """Read what a run simulated of what follows at the dates.

    Raises:
        DataError: the talks name dates the run did not simulate.
    """
    names = [each.month for each in talks.renegotiate]
    view = talks.views[0].name
    found: list[Paths] = []
    with duckdb.connect(":memory:") as connection:
        tables = Folder(place=folder, connection=connection)
        for chain in talks.chains if names else ():
            points = points_of(talks.on(chain.name))
            rows = tables.columns("talk_paths", "month, until, payoff_usd_per_year", view=view, chain=chain.name)
            wanted = {"month": names, "until": list(last_months(talks).values())}
            problem = tables.refusal(f"{chain.name}, dates", rows, wanted)
            if problem is not None:
                raise DataError([problem])
            payoff = rows["payoff_usd_per_year"].reshape(len(names), len(points), len(points) + 1, len(talks.parties))
            issues = tuple(issue.name for issue in talks.on(chain.name))
            found += [
                Paths(
                    view=view,
                    chain=chain.name,
                    month=name,
                    issues=issues,
                    levels=points,
                    payoff=each[:, :-1],
                    kept=each[:, -1],
                )
                for name, each in zip(names, payoff, strict=True)
            ]
    return tuple(found)
