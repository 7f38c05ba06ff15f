"""Weigh what stands beside a name, and decide: somebody on record, several who may be meant, or a stranger.

The log-odds of :mod:`chokepoint.claims.people` and the weights below are added, and the candidate above nought wins when the next is
``MARGIN`` behind. The weights were set on made names with their answers (``tests/claims/name_cases.py``), where the share that is
right among those given a probability near p is to be near p.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.claims.people import Likeness

ITS_OFFICE = 7.0
"""The office beside the name is one that the candidate holds or held."""
ANOTHER_OFFICE = -4.0
ITS_SUBJECT = 3.5
"""A word of the candidate's office stands in the phrase after the name ("Wang of commerce")."""
ANOTHER_CALLING = -10.0
"""The text gives the person a trade, a kin, a rank: nobody on record."""
NAMED_BEFORE, NAMED_LAST = 7.0, 0.5
"""The candidate was named in full before in the article; was the last of that name."""
MENTIONED = 3.0
"""The candidate was meant by another name before."""
STRANGER_BEFORE = -9.0
"""A stranger of that name was named in full before."""
COMMON_ALONE, COMMON = -2.5, 5.5
"""A surname alone, borne by many: weight, and the rarity (nats) below which it is so."""
A_PLACE = -4.0
"""One word, not spelt as on record, after a preposition of place."""
MIRRORED, SAME_FIELD = 4.0, 2.5
"""The candidate's office mirrors that of somebody named beside; is over the same things."""
AN_OFFICE = 2.0
"""Some office stands before the name, and no office on record contradicts it."""
ACCEPTED, MARGIN = 0.0, 0.8
SLOPE = 0.5
"""How fast the probability rises with the log-odds: the parts are not independent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """A candidate with its evidence added."""

    key: str
    score: float
    distance: float
    why: str

    @property
    def probability(self) -> float:
        """Return 1 / (1 + exp(-slope x log-odds))."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, SLOPE * self.score))))


def weigh(candidates: Iterable[Likeness], beside: Mapping[str, tuple[float, str]]) -> list[Weighed]:
    """Add to every candidate what stands beside the name; best first."""
    found: list[Weighed] = []
    for each in candidates:
        more, why = beside.get(each.key, (0.0, ""))
        form = "spelt as on record" if not each.distance else f"written {each.distance:.1f} nats from the record"
        found.append(
            Weighed(
                key=each.key, score=each.score + more, distance=each.distance, why=f"{form}{'; ' if why else ''}{why}"
            )
        )
    return sorted(found, key=lambda each: (-each.score, each.key))


def decided(ranked: list[Weighed]) -> Weighed | None:
    """Return the candidate that is likelier than a stranger and plainly likelier than the next; None where none is."""
    if not ranked or ranked[0].score <= ACCEPTED:
        return None
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < MARGIN:
        return None
    return ranked[0]
