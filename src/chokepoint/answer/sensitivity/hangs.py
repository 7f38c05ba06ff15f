"""What an answer hangs on: indices over all assumptions, then the assumption that alone changes it soonest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.ensemble.outputs import read
from chokepoint.answer.ensemble.question import TOGETHER
from chokepoint.answer.overturn import can_matter, in_a_sentence, joined, plain_name
from chokepoint.answer.run import Unmeasured, months_of, parameters_of, run_cases
from chokepoint.uncertainty import at_rank, drawn_names, with_fixed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.answer.ensemble.outputs import Output
    from chokepoint.answer.sensitivity.indices import MorrisEffect, SobolIndex
    from chokepoint.provenance import Figure
    from chokepoint.records.scenario import BranchRecord, ScenarioRecord
    from chokepoint.world import World

    Method = Callable[
        [Callable[[np.ndarray], np.ndarray], Sequence[str], int, int], tuple[SobolIndex | MorrisEffect, ...]
    ]

STEPS = np.linspace(0.0, 1.0, 11)
LOOKED_AT = 12
"""The strongest assumptions are tried alone: what moves the answer little cannot flip it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is asked.

    Args:
        world, scenario, branch: of what; output: which number, over all reported months.
        against: the answer is whether the number lies above this.
    """

    world: World
    scenario: ScenarioRecord
    branch: BranchRecord
    output: Output
    against: float

    @property
    def figures(self) -> dict[str, Figure]:
        """The parameters of the branch."""
        return parameters_of(self.world, self.scenario, self.branch)

    def names(self) -> list[str]:
        """Return the parameters with a range that can matter within the months."""
        figures = self.figures
        starts = {name: figure.low for name, figure in figures.items() if name.startswith("project_start.")}
        last = months_of(self.scenario)[-1]
        return [name for name in drawn_names(figures) if can_matter(name, starts, last)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """How one assumption alone would change the answer.

    Args:
        name: of the parameter; value: nearest to its central value at which the answer is another.
        part: how much of the way to that end of its range this is, 0 to 1.
    """

    name: str
    value: float
    part: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Hangs:
    """What an answer hangs on.

    Args:
        asked: the question; central: the number in the central case.
        found: indices, strongest first; tried: names tried alone; flips: those that change the answer, soonest first.
        cases: simulated; unsolved: of them.
    """

    asked: Asked
    central: float
    found: tuple[SobolIndex | MorrisEffect, ...]
    tried: tuple[str, ...]
    flips: tuple[Flip, ...]
    cases: int
    unsolved: int


def evaluate(asked: Asked, values: Mapping[str, np.ndarray], say: Callable[[str], None]) -> np.ndarray:
    """Simulate cases and return the number asked for over all reported months (case,); NaN where unsolved.

    Args:
        asked: the question; values: of parameters (case,); the others stay central; say: told how far it is.
    """
    cases = next(iter(values.values())).size
    settings = with_fixed(asked.world, asked.figures, values, cases)
    months = months_of(asked.scenario)
    found: list[np.ndarray] = []
    for first in range(0, cases, TOGETHER):
        piece = settings.only(slice(first, first + TOGETHER))
        unmeasured = Unmeasured(asked.world, months)
        run = run_cases(asked.world, asked.scenario, asked.branch, months, unmeasured, piece)
        number = read(run, asked.output)
        over = number.sum(axis=1) if asked.output.is_summed else number.mean(axis=1)
        found.append(np.where(run.is_solved, over, np.nan))
        say(f"{min(first + TOGETHER, cases)} of {cases} cases")
    return np.concatenate(found)


def hangs_on(asked: Asked, method: Method, samples: int, say: Callable[[str], None]) -> Hangs:
    """Say what an answer hangs on.

    Args:
        asked: the question; method: :func:`~chokepoint.answer.sensitivity.indices.sobol` or ``morris``.
        samples: of the method; say: told how far it is.
    """
    names, figures = asked.names(), asked.figures
    solved: list[np.ndarray] = []

    def of_ranks(ranks: np.ndarray) -> np.ndarray:
        drawn = {name: at_rank(figures[name], ranks[:, at]) for at, name in enumerate(names)}
        solved.append(evaluate(asked, drawn, say))
        return solved[-1]

    found = method(of_ranks, names, samples, asked.scenario.seed)
    tried = tuple(each.name for each in found[:LOOKED_AT] if each.strength > 0.0)
    say("trying the strongest alone")
    central, flips, alone = flips_of(asked, tried, say)
    numbers = np.concatenate([*solved, alone])
    return Hangs(
        asked=asked,
        central=central,
        found=found,
        tried=tried,
        flips=flips,
        cases=numbers.size,
        unsolved=int(np.isnan(numbers).sum()),
    )


def flips_of(
    asked: Asked, names: Sequence[str], say: Callable[[str], None]
) -> tuple[float, tuple[Flip, ...], np.ndarray]:
    """Move one assumption at a time through its range, the others central, until the answer is another.

    Returns:
        The central number, those that change the answer, soonest first, and all numbers.
    """
    figures = asked.figures
    every = asked.names()
    cases = 1 + len(names) * STEPS.size
    values = {name: np.full(cases, figures[name].value) for name in every}
    for at, name in enumerate(names):
        mine = slice(1 + at * STEPS.size, 1 + (at + 1) * STEPS.size)
        values[name][mine] = at_rank(figures[name], STEPS)
    numbers = evaluate(asked, values, say)
    is_other = (numbers > asked.against) != (numbers[0] > asked.against)
    is_other &= np.isfinite(numbers) & np.isfinite(numbers[0])
    flips: list[Flip] = []
    for at, name in enumerate(names):
        mine = slice(1 + at * STEPS.size, 1 + (at + 1) * STEPS.size)
        places = np.flatnonzero(is_other[mine])
        if places.size:
            nearest = places[np.argmin(np.abs(STEPS[places] - 0.5))]
            part = 2.0 * abs(float(STEPS[nearest]) - 0.5)
            flips.append(Flip(name=name, value=float(values[name][mine][nearest]), part=part))
    return float(numbers[0]), tuple(sorted(flips, key=lambda each: (each.part, each.name))), numbers


def flip_text(hangs: Hangs) -> str:
    """Return the sentence on what would change the answer soonest."""
    asked = hangs.asked
    if not hangs.flips:
        return f"None of the {len(hangs.tried)} strongest assumptions changes that alone within its range."
    flip = hangs.flips[0]
    figure = asked.figures[flip.name]
    return (
        f"Soonest it would change if {words_of(asked, flip.name)} is nearer "
        f"{joined(flip.value, 'than', figure.value, figure.unit)} "
        f"({joined(figure.low, 'to', figure.high, figure.unit)}): {100.0 * flip.part:.0f} % of the way to that end."
    )


def words_of(asked: Asked, parameter: str) -> str:
    """Return a parameter's name as words."""
    world = asked.world
    names = {good.code: in_a_sentence(good.name) for good in world.goods}
    return plain_name(parameter, names | dict(zip(world.countries, world.country_names, strict=True)))
