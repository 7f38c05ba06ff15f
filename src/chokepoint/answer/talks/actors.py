"""Who is heard at home: what each level brings firms of either side, as simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.parties import parties_of
from chokepoint.stakes import activities_of, gains_of, turnover_of, uses_of

if TYPE_CHECKING:
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import ActorRecord, TalksRecord
    from chokepoint.simulation import Outcome
    from chokepoint.stakes.by_actor import Mask
    from chokepoint.world import World


def members_of(world: World, party: str) -> tuple[str, ...]:
    """Return the countries a party stands for."""
    parties = parties_of(world)
    column = parties.gather[:, parties.at(party)]
    return tuple(code for code, share in zip(world.countries, column, strict=True) if share > 0.0)


def parts_of_actor(world: World, actor: ActorRecord) -> tuple[Mask, Mask]:
    """Return which uses and which activities of a world are an actor's."""
    countries = members_of(world, actor.party)
    return uses_of(world, countries, actor.uses), activities_of(world, countries, actor.makes)


def gains_of_actors(outcome: Outcome, without: Outcome, talks: TalksRecord) -> Array:
    """Return what every actor gains against no measure at all, USD per month (case, month, actor)."""
    if not talks.actors:
        return np.zeros((*outcome.state.shape, 0))
    return gains_of(outcome, without, [parts_of_actor(outcome.world, actor) for actor in talks.actors])


def turnover_in(world: World, actor: ActorRecord) -> float:
    """Return what an actor spends on, or earns from, a world's goods in its base year, USD."""
    return turnover_of(world, *parts_of_actor(world, actor))
