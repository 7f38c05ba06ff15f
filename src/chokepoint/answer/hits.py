"""Those hit, and the third countries through which it leaks, as the first screen shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import (
    COMPONENTS,
    cover_left,
    discounted,
    median_or_never,
    months_until_empty,
    unserved_share,
)
from chokepoint.answer.parties import parties_of
from chokepoint.answer.reported import MAGNETS
from chokepoint.answer.sentences import HIT, leading
from chokepoint.report.front import Hit, Leak
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from chokepoint.answer.run import Run

SCARCE = "ndfeb_magnet_heavy"
MOST_LEAKS = 6
LEAST_LEAK_T = 1.0


def hits_of(run: Run) -> tuple[Hit, ...]:
    """Return those hit in the leading branch, the acting side last."""
    branch = leading(run)
    parties = parties_of(run.world)
    stakes = branch.stakes
    losses = {
        name: interval(discounted(branch, cube))
        for name, cube in zip(COMPONENTS, (stakes.loss, stakes.shortage, stakes.rent, stakes.switching), strict=True)
    }
    empty = months_until_empty(branch, cover_left(branch)[:, :, :, run.world.good_index(SCARCE)])
    unserved = unserved_share(branch)
    actor = branch.record.measures[0].actor
    found: list[Hit] = []
    for code in (*HIT, actor):
        at = parties.at(code)
        low, middle, high = (float(values[at]) for values in losses["total"])
        shortage, rent, switching = (float(losses[name][1][at]) for name in COMPONENTS[1:])
        found.append(
            Hit(
                party=code,
                name=parties.names[at],
                loss_usd=middle,
                low=low,
                high=high,
                shortage_usd=shortage,
                rent_usd=rent,
                switching_usd=switching,
                months_until_empty=median_or_never(empty[:, at]),
                share_unserved=float(np.median(unserved[:, at])),
            )
        )
    return tuple(found)


def leaks_of(run: Run) -> tuple[Leak, ...]:
    """Return third countries that sell on more magnets than without the measures, the largest first."""
    branch = leading(run)
    acts = run.world.activities
    onward = np.isin(acts.kind, [f"reexport_{code}" for code in MAGNETS])
    extra = (branch.outcome.level - branch.without.level).sum(axis=1)[branch.is_solved]
    actors = {measure.actor for measure in branch.record.measures}
    found: list[Leak] = []
    for place, code in enumerate(run.world.countries):
        mine = onward & (acts.country == place)
        if code in actors or not mine.any():
            continue
        low, middle, high = (float(value) for value in interval(extra[:, mine].sum(axis=1)))
        if middle > LEAST_LEAK_T:
            name = run.world.country_names[place]
            found.append(Leak(country=code, name=name, extra_flow_t=middle, low=low, high=high))
    return tuple(sorted(found, key=lambda leak: -leak.extra_flow_t)[:MOST_LEAKS])
