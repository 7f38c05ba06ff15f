"""Check that chains may be simulated apart: a few packages simulated with all goods in one market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.levels import Known, measures_at, months_of, paid, settings_of, simulate, untouched, yearly

if TYPE_CHECKING:
    from chokepoint.answer.talks.payoffs import Payoffs
    from chokepoint.records.talks import TalksRecord, ViewRecord
    from chokepoint.world import World

SHARE = 0.01
LEAST = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Composition:
    """How far the sum over chains is from one market, for combinations taken at random, central case.

    Args:
        combinations: which (sample,); apart, jointly: USD per year (sample, party).
    """

    combinations: np.ndarray
    apart: np.ndarray
    jointly: np.ndarray

    @property
    def error(self) -> float:
        """The largest difference, relative to the largest payoff of the sample."""
        return float(np.abs(self.apart - self.jointly).max() / max(np.abs(self.jointly).max(), 1e-300))


def check_composition(world: World, talks: TalksRecord, view: ViewRecord, payoffs: Payoffs) -> Composition:
    """Simulate one in a hundred combinations (at least two) with all chains in one market.

    Args:
        world: the joint world; talks: who could release what; view, payoffs: the view and what it was composed to.
    """
    count = max(LEAST, round(SHARE * len(payoffs.combinations)))
    chosen = np.random.default_rng(talks.seed).choice(len(payoffs.combinations), count, replace=False)
    settings = settings_of(world, talks, view, draws=0)
    months, leading = months_of(talks)
    without = untouched(world, months, settings).since(leading)
    known = Known()
    history = tuple(act for chain in talks.chains for act in chain.history)
    jointly: list[np.ndarray] = []
    for combination in chosen:
        levels = payoffs.combinations[combination]
        point = [issue.levels[int(level)].name for issue, level in zip(talks.issues, levels, strict=True)]
        outcome, _, _ = simulate(world, talks, view, measures_at(talks.issues, point, history), settings, known)
        payoff, _ = paid(outcome, without, talks)
        jointly.append(yearly(payoff, without.behaviour.discount)[0])
    return Composition(combinations=chosen, apart=payoffs.market[0][:, chosen].T, jointly=np.array(jointly))
