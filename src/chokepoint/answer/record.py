"""``run.json``: everything a run started from and how well it closed, for people and programs."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING

import numba
import numpy as np

from chokepoint.answer.figure_facts import recorded
from chokepoint.bundle import editions_in

if TYPE_CHECKING:
    from chokepoint.answer.run import BranchRun, Run
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.world import World

JsonValue = object


def version() -> str:
    """Return the version of this package."""
    return metadata.version("chokepoint")


def fingerprint(world: World) -> str:
    """Return a hash of every figure of a world: equal if and only if the pictures are."""
    digest = hashlib.sha256()
    for name in sorted(world.figures):
        figure = world.figures[name]
        digest.update(f"{name}|{figure.value!r}|{figure.low!r}|{figure.high!r}|{figure.source}\n".encode())
    return digest.hexdigest()[:16]


def terms_of(measure: MeasureRecord) -> dict[str, JsonValue]:
    """Return the figures of a measure's instrument, or the parameters that hold them, ready for JSON."""
    terms: dict[str, float | str | tuple[str, ...]] = asdict(measure.terms)
    return {name: list(term) if isinstance(term, tuple) else term for name, term in terms.items()}


def act_of(measure: MeasureRecord) -> dict[str, JsonValue]:
    """Return a measure as its file says it."""
    return {
        "id": measure.id,
        "title": measure.title,
        "instrument": measure.instrument,
        "reference": measure.reference,
        "announced": str(measure.announced),
        "effective": str(measure.effective),
        "ends": str(measure.ends) if measure.ends else None,
        "outcome_of_end": measure.outcome_of_end,
        "source": measure.source,
        "grade": measure.grade,
        "exporters": list(measure.exporters),
        "targets": list(measure.targets),
        "goods": list(measure.goods),
        "terms": terms_of(measure),
    }


def certificate(branch: BranchRun) -> dict[str, JsonValue]:
    """Return how well the balances and the books of a branch closed, over its solved cases."""
    solved = branch.is_solved
    outcome = branch.outcome
    return {
        "cases": int(solved.size),
        "unsolved_cases": [int(case) for case in np.flatnonzero(~solved)],
        "worst_residual": float(outcome.residual[solved].max()),
        "worst_residual_by_month": [float(value) for value in outcome.residual[solved].max(axis=0)],
        "worst_duality_gap": float(outcome.gap[solved].max()),
        "worst_accounting_identity": float(branch.stakes.identity_gap[solved].max()),
        "clearings": int(outcome.steps.size),
        "mean_steps": float(outcome.steps.mean()),
        "most_steps": int(outcome.steps.max()),
    }


def record_of(run: Run) -> dict[str, JsonValue]:
    """Return a run's inputs, versions, seed, residuals and accounting check, ready for JSON."""
    scenario = run.scenario
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "as_of": str(scenario.as_of),
        "scenario_text": scenario.text,
        "world": {
            "name": run.world.name,
            "base_year": run.world.base_year,
            "fingerprint": fingerprint(run.world),
            "editions": [asdict(each) for each in editions_in(run.world)],
        },
        "version": version(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "numba": numba.__version__},
        "seed": scenario.seed,
        "draws": scenario.draws,
        "months": [str(month) for month in run.months],
        "inputs": {name: recorded(figure) for name, figure in sorted(run.world.figures.items())},
        "branches": {
            branch.record.name: {
                "title": branch.record.title,
                "as_of": str(branch.record.as_of),
                "measures": [act_of(measure) for measure in branch.record.measures],
                "parameters": {each.name: each.value for each in (*scenario.parameters, *branch.record.parameters)},
                "notes": list(branch.schedule.notes),
                "certificate": certificate(branch),
            }
            for branch in run.branches
        },
    }


def identity(run: Run) -> str:
    """Return a short hash of everything a run started from."""
    return hashlib.sha256(json.dumps(record_inputs(run), sort_keys=True).encode()).hexdigest()[:12]


def record_inputs(run: Run) -> dict[str, JsonValue]:
    """Return what determines a run's numbers: world, scenario, draws, seed, version."""
    scenario = run.scenario
    return {
        "world": fingerprint(run.world),
        "version": version(),
        "seed": scenario.seed,
        "draws": scenario.draws,
        "months": [str(month) for month in run.months],
        "branches": [
            [
                branch.record.name,
                [act_of(measure) for measure in branch.record.measures],
                repr(branch.record.parameters),
            ]
            for branch in run.branches
        ],
    }
