"""Whether the books of a world close, added up from its arrays."""

from __future__ import annotations

import numpy as np


def gaps(world):
    """Return what is made less what is sold, and what arrives less what is taken, good by country."""
    lanes, acts, uses = world.lanes, world.activities, world.uses
    sold = np.zeros((len(world.goods), len(world.countries)))
    bought = np.zeros_like(sold)
    np.add.at(sold, (lanes.good, lanes.exporter), -lanes.flow_per_month)
    np.add.at(bought, (lanes.good, lanes.importer), lanes.flow_per_month)
    np.add.at(bought, (uses.good, uses.country), -uses.demand_per_month)
    done = acts.level_per_month[acts.entry_activity] * acts.entry_amount
    place = acts.entry_good, acts.country[acts.entry_activity]
    np.add.at(sold, place, np.maximum(done, 0.0))
    np.add.at(bought, place, np.minimum(done, 0.0))
    return sold, bought
