"""Terms of months under several schedules: licence queues that are alike are worked off once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.instruments import Licence, free_conditions

if TYPE_CHECKING:
    import numpy as np

    from chokepoint.dates import Month
    from chokepoint.instruments import Conditions
    from chokepoint.scenario import Schedule

Released = dict[tuple[object, ...], "np.ndarray"]


def terms_of(schedule: Schedule, month: Month, released: Released) -> Conditions:
    """Return what a month is traded under.

    Args:
        schedule: whose month.
        released: share of licensed shipments by licence and month, as far as known; what is found is added.
    """
    terms = free_conditions(schedule.cases, schedule.lanes, schedule.stores, schedule.activities, len(schedule.groups))
    for instrument in schedule.instruments:
        if isinstance(instrument, Licence):
            key = (month, *instrument.same_as())
            if key not in released:
                released[key] = instrument.released(month)
            terms = instrument.limit(terms, released[key])
        else:
            terms = instrument.apply(terms, month)
    return terms
