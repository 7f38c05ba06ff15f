"""Projects put into the picture: activities and lanes that wait, empty, until a plant starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from chokepoint.errors import DataError, Problem
from chokepoint.world import Activities, Lanes, Projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.world import Floats

Recipe = tuple[tuple[str, float], ...]
Lane = tuple[int, int, int]


class Planned(Protocol):
    """A plant that is to be; several countries are parted by ``;``."""

    @property
    def project(self) -> str:
        """Its name, one word."""
        ...

    @property
    def kind(self) -> str:
        """Kind of activity."""
        ...

    @property
    def country(self) -> str:
        """Where it stands."""
        ...

    @property
    def buyers(self) -> str:
        """Countries that buy its output."""
        ...

    @property
    def feed(self) -> str:
        """Countries that bring its input."""
        ...

    @property
    def announced(self) -> str:
        """Month in which it became known."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands in the base year.

    Args:
        goods: codes in chain order; countries: codes.
        lanes, activities: of the base year.
    """

    goods: tuple[str, ...]
    countries: tuple[str, ...]
    lanes: Lanes
    activities: Activities

    def volume(self, good: int, *, importer: int) -> float:
        """Return what arrives of a good in a month."""
        mine = (self.lanes.good == good) & (self.lanes.importer == importer)
        return float(self.lanes.flow_per_month[mine].sum())


def plan(
    ground: Ground, rows: Sequence[Planned], recipes: Sequence[Recipe]
) -> tuple[tuple[Lanes, Activities], Projects]:
    """Add what projects need to the picture: activities of level 0 and lanes of flow 0 where there are none.

    A project's output goes to its ``buyers``, in proportion to what arrives there in the base year (evenly where
    nothing does); with no buyers named, to those its country's sellers have, as they share them. Its inputs
    come evenly from its ``feed``; with no feed named, from the country's usual suppliers, which brings no lane.

    Args:
        ground: the base year; rows: the projects; recipes: what one unit of each takes and gives.

    Returns:
        Lanes and activities with the waiting ones at the end, and the projects.

    Raises:
        DataError: a project whose output nobody could buy or whose input nobody could bring.
    """
    at = ground.countries.index
    places = {key: number for number, key in enumerate(_keys(ground.lanes))}
    acts = {key: number for number, key in enumerate(_kinds(ground.activities))}
    known, added = len(places), list[tuple[int, str, int, Recipe]]()
    brought: list[tuple[int, int, float]] = []
    problems: list[Problem] = []
    activity: list[int] = []
    for number, (row, recipe) in enumerate(zip(rows, recipes, strict=True)):
        country = at(row.country)
        if (row.kind, country) not in acts:
            acts[row.kind, country] = len(acts)
            added.append((acts[row.kind, country], row.kind, country, recipe))
        activity.append(acts[row.kind, country])
        for code, amount in recipe:
            shares = _shares(ground, row, ground.goods.index(code), is_output=amount > 0.0)
            if not shares and not _is_fed(ground, rows, row, code, is_output=amount > 0.0):
                problems.append(_stranded(row, code, is_output=amount > 0.0))
            for lane, share in shares:
                brought.append((number, places.setdefault(lane, len(places)), abs(amount) * share))
    if problems:
        raise DataError(problems)
    projects = Projects(
        name=tuple(row.project for row in rows),
        activity=np.array(activity, np.int64),
        announced=tuple(row.announced for row in rows),
        lane_project=np.array([each[0] for each in brought], np.int64),
        lane=np.array([each[1] for each in brought], np.int64),
        lane_amount=np.array([each[2] for each in brought], np.float64),
    )
    return (_longer_lanes(ground.lanes, list(places)[known:]), _longer_activities(ground, added)), projects


def _keys(lanes: Lanes) -> Iterable[Lane]:
    return zip(lanes.good.tolist(), lanes.exporter.tolist(), lanes.importer.tolist(), strict=True)


def _kinds(acts: Activities) -> Iterable[tuple[str, int]]:
    return zip(acts.kind, acts.country.tolist(), strict=True)


def _shares(ground: Ground, row: Planned, good: int, *, is_output: bool) -> list[tuple[Lane, float]]:
    """Return the lanes that come with a project for one good, and how they share it."""
    home = ground.countries.index(row.country)
    named = [ground.countries.index(each) for each in (row.buyers if is_output else row.feed).split(";") if each]
    if named:
        weights = [ground.volume(good, importer=each) if is_output else 1.0 for each in named]
        lanes = [(good, home, each) if is_output else (good, each, home) for each in named]
    elif is_output:
        mine = (ground.lanes.good == good) & (ground.lanes.exporter == home)
        weights = ground.lanes.flow_per_month[mine].tolist()
        lanes = [(good, home, int(each)) for each in ground.lanes.importer[mine]]
    else:
        return []
    total = sum(weights)
    even = [1.0 / max(len(lanes), 1)] * len(lanes)
    return list(zip(lanes, [weight / total for weight in weights] if total > 0.0 else even, strict=True))


def _is_fed(ground: Ground, rows: Sequence[Planned], row: Planned, code: str, *, is_output: bool) -> bool:
    """Say whether an input reaches a project's country by a usual lane, or one another project brings."""
    home = ground.countries.index(row.country)
    usual = ground.volume(ground.goods.index(code), importer=home) > 0.0
    return not is_output and (usual or any(row.country in each.buyers.split(";") for each in rows))


def _stranded(row: Planned, code: str, *, is_output: bool) -> Problem:
    return Problem(
        where=f"projects.csv project {row.project}",
        found=f"{code}, which {'nobody buys from' if is_output else 'nobody brings to'} {row.country}",
        expected="a lane in flows/, or countries in the column " + ("buyers" if is_output else "feed"),
        remedy=f"name countries in {'buyers' if is_output else 'feed'}",
    )


def _longer_lanes(lanes: Lanes, new: Sequence[Lane]) -> Lanes:
    good, exporter, importer = (np.array([each[axis] for each in new], np.int64) for axis in range(3))
    return Lanes(
        good=np.concatenate([lanes.good, good]),
        exporter=np.concatenate([lanes.exporter, exporter]),
        importer=np.concatenate([lanes.importer, importer]),
        flow_per_month=np.concatenate([lanes.flow_per_month, np.zeros(len(new))]),
    )


def _longer_activities(ground: Ground, new: Sequence[tuple[int, str, int, Recipe]]) -> Activities:
    acts = ground.activities
    entries = [(number, ground.goods.index(code), amount) for number, _, _, recipe in new for code, amount in recipe]
    zeros: Floats = np.zeros(len(new))
    return replace(
        acts,
        kind=(*acts.kind, *(kind for _, kind, _, _ in new)),
        country=np.concatenate([acts.country, np.array([country for _, _, country, _ in new], np.int64)]),
        level_per_month=np.concatenate([acts.level_per_month, zeros]),
        entry_activity=np.concatenate([acts.entry_activity, np.array([each[0] for each in entries], np.int64)]),
        entry_good=np.concatenate([acts.entry_good, np.array([each[1] for each in entries], np.int64)]),
        entry_amount=np.concatenate([acts.entry_amount, np.array([each[2] for each in entries], np.float64)]),
    )
