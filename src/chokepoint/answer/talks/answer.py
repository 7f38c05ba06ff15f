"""Answer talks: simulate the levels, judge every view, and keep together what tables and sentences are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from chokepoint import bundle
from chokepoint.answer.run import DATA, bundled_measures, every_word
from chokepoint.answer.talks.assumptions import (
    ChoiceMap,
    assumed_leverage,
    assumed_share,
    choice_map,
    influence,
)
from chokepoint.answer.talks.background import Background, background_of
from chokepoint.answer.talks.beliefs import Belief, belief_of
from chokepoint.answer.talks.clock import Clock, clock_of
from chokepoint.answer.talks.composition import Composition, check_composition
from chokepoint.answer.talks.home import Home, TiedHands, home_of, tied_hands
from chokepoint.answer.talks.judgement import LEADING_RULE, Judgement, Leverage, draw_values, judge, leverage_at
from chokepoint.answer.talks.levels import Array, Grid, grids
from chokepoint.answer.talks.linkage import linkage_of
from chokepoint.answer.talks.orders import Orders, orders_of
from chokepoint.answer.talks.paths import Paths, paths_of
from chokepoint.answer.talks.pooling import Pooling, pooling_of
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.records.talks import read_talks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.records.scenario import ScenarioRecord
    from chokepoint.records.talks import TalksRecord, ViewRecord
    from chokepoint.solutions.issue_by_issue import Linkage
    from chokepoint.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewAnswer:
    """One view, answered.

    Args:
        view: what is known; judgement: what it comes to.
        rents_kept, rents_taken: leverage were importers to keep all licence rents, or exporters to take them.
        assumed: fraction of each payoff that rests on assumed figures (party, combination); assumed_leverage: of v/2.
        influence: how far each drawn value moves the choice; choices: the choice over the two strongest.
        linkage: what trading issues for each other brings, by rule.
        orders: who could move first with the package that is judged.
        pooling: whether its issues enforce themselves.
        home: what firms on either side say; None where none is named. tied: what tying its hands is worth to each.
        clock: what time does; belief: what one would have to believe for the package that is judged.
        composition: how far chains simulated apart are from one market; None where nothing was simulated anew.
        notes: what the view does not know or cannot reach.
    """

    view: ViewRecord
    judgement: Judgement
    rents_kept: Leverage
    rents_taken: Leverage
    assumed: Array
    assumed_leverage: float
    influence: Sequence[tuple[str, float]]
    choices: ChoiceMap
    linkage: Mapping[str, Linkage]
    orders: Orders
    pooling: Pooling
    home: Home | None
    tied: tuple[TiedHands, TiedHands]
    clock: Clock
    belief: Belief
    composition: Composition | None
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TalksAnswer:
    """Talks, answered: what was asked, what stands behind it, what was simulated, and every view.

    ``is_asked``: whether a package was asked about, so that the views judge it instead of what came about.
    """

    talks: TalksRecord
    background: Background
    grids: tuple[Grid, ...]
    paths: tuple[Paths, ...]
    views: tuple[ViewAnswer, ...]
    is_asked: bool = False


def bundled_talks() -> dict[str, Path]:
    """Return the talks files of the bundle by name."""
    return {path.stem: path for path in sorted((DATA / "talks").glob("*.yaml"))}


def open_talks(path: Path) -> TalksRecord:
    """Read a talks file against the bundled worlds and measures.

    Raises:
        DataError: everything wrong with it.
    """
    known = bundle.names()
    vocabulary = every_word()
    return read_talks(path, vocabulary, bundled_measures(vocabulary), known)


def talks_of(scenario: ScenarioRecord) -> Path | None:
    """Return the talks file a scenario names: one of the bundle, or a file.

    Raises:
        DataError: neither.
    """
    if not scenario.talks:
        return None
    bundled = bundled_talks()
    path = bundled.get(scenario.talks) or Path(scenario.talks)
    if not path.is_file():
        found, expected = f"'{scenario.talks}'", "the name of bundled talks, or a talks file beside the scenario"
        remedy = did_you_mean(scenario.talks, bundled)
        raise DataError([Problem(where=f"{scenario.file} talks", found=found, expected=expected, remedy=remedy)])
    return path


def worlds_of(talks: TalksRecord) -> dict[str, World]:
    """Load the worlds that talks need, by name."""
    return {
        name: bundle.load(name) for name in dict.fromkeys([*(each.world for each in talks.chains), talks.joint_world])
    }


def answer_talks(
    talks: TalksRecord, worlds: Mapping[str, World], say: Callable[[str], None], draws: int | None = None
) -> TalksAnswer:
    """Simulate every level and judge every view.

    Args:
        talks: who could release what; worlds: by name.
        say: told what is being done; draws: how many cases to draw instead of the file's number.
    """
    found = grids(worlds, talks, say, draws)
    paths: list[Paths] = []
    for chain in talks.chains if talks.renegotiate else ():
        say(f"talks, {talks.views[0].title}: {chain.name}, set anew at {len(talks.renegotiate)} dates")
        paths += paths_of(worlds[chain.world], talks, talks.views[0], chain.name)
    return judge_all(talks, background_of(talks, worlds), found, worlds[talks.joint_world], paths=paths)


def judge_all(
    talks: TalksRecord,
    background: Background,
    found: Sequence[Grid],
    joint: World | None = None,
    *,
    package: Mapping[str, str] | None = None,
    paths: Sequence[Paths] = (),
) -> TalksAnswer:
    """Judge what was simulated; with a joint world also simulate some packages in one market, to compare.

    Args:
        talks: who could release what; background: what stands behind; found: every chain in every view.
        joint: the world that holds all chains; package: what is asked about, by issue, instead of what came about.
        paths: what follows at the dates.
    """
    turnover = np.array([background.turnover[actor.name] for actor in talks.actors])
    views: list[ViewAnswer] = []
    drawn = draw_values(talks)
    for view in talks.views:
        mine = [grid for grid in found if grid.view == view.name]
        judgement = judge(talks, mine, drawn)
        asked = dict(package or talks.historical) or favourite(judgement)
        moves = influence(talks, judgement)
        views.append(
            ViewAnswer(
                view=view,
                judgement=judgement,
                rents_kept=leverage_at(talks, mine, drawn, 0.0),
                rents_taken=leverage_at(talks, mine, drawn, 1.0),
                assumed=assumed_share(judgement, background.assumed),
                assumed_leverage=assumed_leverage(judgement, background.assumed),
                influence=moves,
                choices=choice_map(talks, judgement),
                linkage=linkage_of(talks, judgement),
                orders=orders_of(talks, judgement, asked),
                pooling=pooling_of(talks, judgement, asked),
                home=home_of(talks, judgement, mine, turnover),
                tied=tied_hands(judgement),
                clock=clock_of(talks, judgement, mine, [each for each in paths if each.view == view.name]),
                belief=belief_of(talks, judgement, mine, judgement.position(asked), moves),
                composition=check_composition(joint, talks, view, judgement.payoffs) if joint else None,
                notes=tuple(dict.fromkeys(note for grid in mine for note in grid.notes)),
            )
        )
    return TalksAnswer(
        talks=talks,
        background=background,
        grids=tuple(found),
        paths=tuple(paths),
        views=tuple(views),
        is_asked=package is not None,
    )


def favourite(judgement: Judgement) -> dict[str, str]:
    """Return the level by issue of the package that is chosen most often; where none ever is, of the nearest one."""
    shares, impasse = judgement.share_chosen(LEADING_RULE), judgement.agreements[LEADING_RULE].impasse
    package = impasse.package if impasse is not None and not shares.any() else int(shares.argmax())
    levels = judgement.problem.packages[package]
    return {
        issue.name: issue.levels[int(level)].name for issue, level in zip(judgement.payoffs.issues, levels, strict=True)
    }
