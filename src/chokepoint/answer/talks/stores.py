"""When each side's stores run out at a level of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import EMPTY_BELOW
from chokepoint.answer.parties import parties_of

if TYPE_CHECKING:
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import TalksRecord
    from chokepoint.simulation import Outcome


def empty_after(outcome: Outcome, talks: TalksRecord) -> Array:
    """Return the months until a party's store of a good falls below a tenth of its usual level.

    Args:
        outcome: the months that count; talks: the parties.

    Returns:
        Months counted from 1 (case, party, good): infinite where it never does, not a number without a store.
    """
    world = outcome.world
    goods = np.eye(len(world.goods))[world.stores.good]
    parties = parties_of(world)
    columns = np.column_stack([parties.gather[:, parties.at(party.code)] for party in talks.parties])
    owners = columns[world.stores.country]
    gather = (owners[:, :, None] * goods[:, None, :]).reshape(len(goods), columns.shape[1] * goods.shape[1])
    kept, usual = outcome.stock @ gather, outcome.behaviour.target @ gather
    empty = kept < EMPTY_BELOW * usual[:, None, :]
    first = np.where(empty.any(axis=1), empty.argmax(axis=1) + 1.0, np.inf)
    return np.where(usual > 0.0, first, np.nan).reshape(len(usual), columns.shape[1], goods.shape[1])
