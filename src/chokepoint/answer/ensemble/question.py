"""What an ensemble asks: everything that decides its numbers, and how it is cut into partitions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.ensemble.outputs import read
from chokepoint.answer.record import act_of, fingerprint, version
from chokepoint.answer.run import Unmeasured, months_of, parameters_of, run_cases
from chokepoint.uncertainty import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chokepoint.answer.ensemble.outputs import Output
    from chokepoint.records.scenario import ScenarioRecord
    from chokepoint.world import World

TOGETHER = 50
"""Cases simulated side by side: enough to share the preparation of a month, few enough for any memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What an ensemble asks.

    Args:
        world: the world; scenario: its branches, draws and seed.
        outputs: what is kept of every case and month.
        chunk: draws in a partition; the central case is in the first, beside them.
    """

    world: World
    scenario: ScenarioRecord
    outputs: tuple[Output, ...]
    chunk: int

    @property
    def partitions(self) -> int:
        """How many partitions there are; without draws one, of the central case."""
        return max(1, -(-self.scenario.draws // self.chunk))

    @property
    def months(self) -> tuple[str, ...]:
        """The reported months, ``YYYY-MM``."""
        every = [str(month) for month in months_of(self.scenario)]
        return tuple(month for month in every if month >= (self.scenario.report_from or self.scenario.start))

    @property
    def rows(self) -> int:
        """How many numbers one case has over all branches, outputs and months."""
        return len(self.scenario.branches) * len(self.outputs) * len(self.months)

    def cases_of(self, number: int) -> range:
        """Return the cases of a partition; case 0 is the central one."""
        first = number * self.chunk + 1
        return range(first if number else 0, min(first + self.chunk, self.scenario.draws + 1))

    def describe(self) -> dict[str, object]:
        """Return everything that decides the numbers, ready for JSON."""
        scenario = self.scenario
        return {
            "version": version(),
            "world": {"name": self.world.name, "fingerprint": fingerprint(self.world)},
            "scenario": scenario.name,
            "seed": scenario.seed,
            "draws": scenario.draws,
            "months": list(self.months),
            "first_month": scenario.start,
            "branches": {
                branch.name: {
                    "title": branch.title,
                    "as_of": str(branch.as_of),
                    "measures": [act_of(measure) for measure in branch.measures],
                    "parameters": self.parameters_hash(branch.name),
                }
                for branch in scenario.branches
            },
            "outputs": {each.name: {"unit": each.unit, "is_summed": each.is_summed} for each in self.outputs},
            "chunk": self.chunk,
        }

    def parameters_hash(self, branch: str) -> str:
        """Return a hash of every parameter of a branch with its range."""
        record = next(each for each in self.scenario.branches if each.name == branch)
        figures = parameters_of(self.world, self.scenario, record)
        said = [f"{name}|{each.value!r}|{each.low!r}|{each.high!r}" for name, each in sorted(figures.items())]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    def identity(self) -> str:
        """Return a hash of everything that decides the numbers."""
        return hashlib.sha256(json.dumps(self.describe(), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulated:
    """Some cases of a question.

    Args:
        cases: their numbers.
        values: (branch, output, month, case).
        is_solved: (branch, case).
    """

    cases: range
    values: np.ndarray
    is_solved: np.ndarray


def simulate(question: Question, cases: range, threads: int | None = None) -> Simulated:
    """Simulate some cases of a question in every branch.

    A case is drawn by its number among all draws, so it is the same whichever others stand beside it.

    Args:
        question: what is asked; cases: which of its cases; threads: how many to use, one per processor if None.
    """
    pieces = list(_pieces(question, cases, threads))
    return Simulated(
        cases=cases,
        values=np.concatenate([values for values, _ in pieces], axis=3),
        is_solved=np.concatenate([solved for _, solved in pieces], axis=1),
    )


def _pieces(question: Question, cases: range, threads: int | None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    world, scenario = question.world, question.scenario
    months = months_of(scenario)
    part = slice(cases.start, cases.stop)
    drawn = [
        draw(world, parameters_of(world, scenario, branch), scenario.draws, scenario.seed, part)
        for branch in scenario.branches
    ]
    for first in range(0, len(cases), TOGETHER):
        piece = slice(first, first + TOGETHER)
        unmeasured = Unmeasured(world, months, threads)
        runs = [
            run_cases(world, scenario, branch, months, unmeasured, settings.only(piece))
            for branch, settings in zip(scenario.branches, drawn, strict=True)
        ]
        values = np.array([[read(run, output).T for output in question.outputs] for run in runs])
        yield values, np.array([run.is_solved for run in runs])
