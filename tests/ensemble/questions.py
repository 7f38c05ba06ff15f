"""Ensembles small enough for a test: Ruritania bans its magnets, and the world's behaviour is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from chokepoint.answer.ensemble.outputs import outputs_of
from chokepoint.answer.ensemble.question import Question
from chokepoint.answer.sensitivity.hangs import Asked
from chokepoint.records.scenario import OverrideRecord, ScenarioRecord
from tests.ruritania import chain
from tests.simulation.acts import LICENCE, act, branch

KEPT = ("loss.SYL", "loss.SYL.rent", "loss.LEAGUE", "price.magnet.SYL", "flow.magnet.RUR.ALL")
RANGES = {
    "switch_elasticity": (2.0, 1.0, 4.0),
    "demand_elasticity": (0.2, 0.1, 0.5),
    "stock_cover": (1.0, 0.0, 3.0),
    "rent_share": (0.5, 0.0, 1.0),
}


def scenario(draws=40, months=4, seed=11):
    """Return a licence and a ban of Ruritania beside each other."""
    return ScenarioRecord(
        name="magnets",
        file="magnets.yaml",
        title="Magnets",
        question="Who pays?",
        as_of=dt.date(2025, 6, 30),
        start="2025-01",
        months=months,
        draws=draws,
        seed=seed,
        parameters=tuple(
            OverrideRecord(name=name, value=value, low=low, high=high) for name, (value, low, high) in RANGES.items()
        ),
        branches=(
            replace(branch(act()), name="ban"),
            replace(branch(act(terms=LICENCE, instrument="licence")), name="licence"),
        ),
    )


def question(draws=40, chunk=10, kept=KEPT, **changes):
    """Return an ensemble over Ruritania's magnets."""
    world = chain()
    return Question(world=world, scenario=scenario(draws, **changes), outputs=outputs_of(world, kept), chunk=chunk)


def asked(of="loss.SYL", against=0.0, at=0):
    """Return what may be asked of the same branches: whether a number lies above another."""
    world, record = chain(), scenario(months=3)
    return Asked(
        world=world,
        scenario=record,
        branch=record.branches[at],
        output=outputs_of(world, [of])[0],
        against=against,
    )
