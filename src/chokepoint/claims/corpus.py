"""Several articles together: reprints, a timeline, acts by state and year, what does not go together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from chokepoint.claims.deeds import DONE, EASES, RESTRICTS
from chokepoint.claims.plover import events
from chokepoint.claims.tracks import contradictions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.plover import Event
    from chokepoint.claims.reading import Claim, Library, Reading
    from chokepoint.claims.simulated import Simulated
    from chokepoint.claims.tracks import Contradiction

SAME = 0.8
"""Share of the shorter article's runs of words that the longer holds, from which on it is a reprint."""
RUN = 5
"""Words of a run."""
WIDESPREAD = 64
"""A run found in more articles than this is a stock phrase, and no sign of a reprint."""
OTHER = "other"
_EASING = frozenset({"suspend", "lift", "allow", "grant"})
_TIGHTENING = frozenset({"license", "ban", "check", "quota", "tariff", "list", "complain"})
"""Deeds of acts on record that ease and that restrict, where the sentence itself does not tell which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reprint:
    """Two articles of which the shorter is nearly all in the longer; ``share`` of its runs of words."""

    original: str
    reprint: str
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """Something that happened: ISO date as exact as told, the sentence and its verdict."""

    date: str
    article: str
    sentence: str
    verdict: str
    act: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActCount:
    """Acts of a state in a year, each counted once however often it is told."""

    state: str
    year: str
    eases: int
    restricts: int
    other: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """What a folder of articles gives together; all but the reprints without reprints."""

    reprints: tuple[Reprint, ...]
    timeline: tuple[Moment, ...]
    acts: tuple[ActCount, ...]
    contradictions: tuple[Contradiction, ...]
    events: tuple[Event, ...]


def gather(readings: Sequence[Reading], library: Library, table: Sequence[Simulated]) -> Corpus:
    """Gather what articles give together.

    Args:
        readings: in the order of publication, so that the earlier of two is the original.
        library: what they were read against.
        table: what can be simulated.
    """
    again = reprints(readings)
    left = {each.reprint for each in again}
    own = [each for each in readings if each.article.name not in left]
    return Corpus(
        reprints=tuple(again), timeline=tuple(timeline(own)), acts=tuple(acts_by_state(own)),
        contradictions=tuple(contradictions(own, table)), events=tuple(each for one in own for each in events(one, library.gazetteer)),
    )  # fmt: skip


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[place : place + RUN])) for place in range(max(1, len(words) - RUN + 1))}


def reprints(readings: Sequence[Reading]) -> list[Reprint]:
    """Return pairs of articles of which the shorter is nearly all in the longer.

    With A and B the runs of five words of two articles: |A n B| / min(|A|, |B|) >= 0.8. Only articles that share a run are
    compared.
    """
    runs = [_runs(each.article.text) for each in readings]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, mine in enumerate(runs):
        for run in mine:
            holders[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        if 1 < len(held) <= WIDESPREAD:
            shared.update(combinations(held, 2))
    names = [each.article.name for each in readings]
    found = [
        Reprint(original=names[one], reprint=names[other], share=count / min(len(runs[one]), len(runs[other])))
        for (one, other), count in sorted(shared.items())
    ]
    return [each for each in found if each.share >= SAME]


def timeline(readings: Iterable[Reading]) -> list[Moment]:
    """Return what happened when, each act and each sentence once."""
    seen: set[str] = set()
    rows: list[Moment] = []
    for reading in readings:
        for claim in reading.claims:
            day = (claim.told_act.date if claim.told_act else "") or claim.event_date
            name = claim.told_act.key if claim.told_act else claim.text
            if day and claim.kind in {"fact", "figure"} and name not in seen:
                seen.add(name)
                act = claim.told_act.key if claim.told_act else ""
                text = " ".join(claim.text.split())
                rows.append(
                    Moment(date=day, article=reading.article.name, sentence=text, verdict=claim.verdict, act=act)
                )
    return sorted(rows, key=lambda each: (each.date, each.article))


def acts_by_state(readings: Iterable[Reading]) -> list[ActCount]:
    """Count the acts of each state in each year: those on record by their key, others by what was done to what."""
    acts: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for reading in readings:
        for claim in reading.claims:
            acts |= {name: act for name, act in _acts(claim) if name not in acts}
    counts = Counter(acts.values())
    states = sorted({(state, year) for state, year, _ in counts})
    return [
        ActCount(
            state=state, year=year, eases=counts[state, year, EASES], restricts=counts[state, year, RESTRICTS], other=counts[state, year, OTHER],
        )
        for state, year in states
    ]  # fmt: skip


def _acts(claim: Claim) -> list[tuple[tuple[str, ...], tuple[str, str, str]]]:
    """Return the dated acts of a sentence, each with what it is counted once by."""
    done = [each for each in claim.deeds if each.mood == DONE and not each.is_standing]
    if claim.told_act is not None and claim.told_act.date:
        deed = claim.told_act.deed
        known = EASES if deed in _EASING else RESTRICTS if deed in _TIGHTENING else OTHER
        year = claim.told_act.date[:4]
        return [((claim.told_act.key, actor), (actor, year, known)) for actor in sorted(claim.told_act.actors)]
    if not claim.event_date or claim.verdict in {"forecast", "opinion", "contradicted"}:
        return []
    date = claim.event_date
    return [
        ((each.actor, each.effect, *each.goods, each.target, date), (each.actor, date[:4], each.effect))
        for each in done
    ]
