"""One large table read at once: its efficient packages, and what every rule of the shelf chooses among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.choice import NO_DEAL, zone_of_agreement
from chokepoint.solutions.efficient import is_efficient

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chokepoint.solutions.choice import Array, Indices, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """What a table of gains holds.

    Args:
        efficient: the efficient packages, in order.
        chosen: the package of each rule, by its name; -1 where there is no deal.
    """

    efficient: Indices
    chosen: dict[str, int]


def survey(gains: Array, rules: Iterable[Rule]) -> Survey:
    """Find the efficient packages and let each rule choose among those of them that pay.

    No rule here chooses what is dominated, so the few efficient packages are all it needs to see; a party's best in
    the zone of agreement is among them.

    Args:
        gains: of two or three parties over no deal, USD (party, package).
        rules: those to apply, over packages.
    """
    efficient = np.flatnonzero(is_efficient(gains[None])[0])
    frontier = gains if efficient.size == gains.shape[1] else gains[:, efficient]
    is_paying = zone_of_agreement(frontier[None])[0]
    paying = efficient if is_paying.all() else efficient[is_paying]
    table = frontier[None] if paying is efficient else gains[None][:, :, paying]
    chosen = {rule.name: int(paying[rule.over_packages(table).first[0]]) if paying.size else NO_DEAL for rule in rules}
    return Survey(efficient=efficient, chosen=chosen)
