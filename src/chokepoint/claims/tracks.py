"""Sentences that do not go together: a figure stated twice, an act told two ways, one state on two tracks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.deeds import DONE, EASES, RESTRICTS
from chokepoint.claims.shelf import per_tonne
from chokepoint.claims.simulated import pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.deeds import Deed
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.simulated import Simulated

DIFFERENT = 0.1
"""Figures of one thing that are further apart than this share contradict each other."""
BOTH_FRONTS = "chokepoint run london-2025, section 'The second front' (both fronts less the main talks alone)"
"""Where the bundled talks value easing at one table while encircling at another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Words of an article: a sentence, or a clause of one.

    Args:
        article: its name.
        start, end: characters of its text.
        text: what stands there.
        date: ISO, as exact as known; empty where it is not.
    """

    article: str
    start: int
    end: int
    text: str
    date: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Two passages that do not go together.

    Args:
        kind: ``contradiction`` (of one figure or one act) or ``dual_track`` (one state eases here and restricts there).
        about: the figure's name, or the state.
        one, other: the passages; of a dual track, the easing first.
        why: what sets them against each other.
        pointer: the command that values it; empty where nothing bundled does.
    """

    kind: str
    about: str
    one: Passage
    other: Passage
    why: str
    pointer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """A deed with its article and the date of its sentence."""

    deed: Deed
    passage: Passage
    sentence: tuple[str, int]


def contradictions(readings: Sequence[Reading], table: Sequence[Simulated]) -> list[Contradiction]:
    """Return all pairs of passages of the articles that do not go together.

    Args:
        readings: the articles.
        table: what can be simulated.
    """
    told = [each for reading in readings for each in _told(reading)]
    return [*_figures(readings), *_acts(told, table), *_dual(told, table)]


def _figures(readings: Iterable[Reading]) -> list[Contradiction]:
    """Return figures of one thing, stage, state and time that are stated differently; changes are not compared."""
    found: list[Contradiction] = []
    stated: dict[tuple[str, str], tuple[Claim, Passage]] = {}
    for reading in readings:
        for claim in reading.claims:
            if claim.judgement is None or claim.judged is None or not claim.judgement.evidence:
                continue
            right = claim.judgement.right or claim.judgement.evidence[0]
            if per_tonne(claim.judged.unit)[0].removesuffix("/year") != right.unit.removesuffix("/year"):
                continue
            passage = _passage(reading, claim)
            before, there = stated.setdefault((right.name, claim.judged.unit), (claim, passage))
            if before is claim or before.judged is None or not _are_apart(before.judged.low, claim.judged.low):
                continue
            why = f"{before.judged.text} against {claim.judged.text}"
            found.append(Contradiction(kind="contradiction", about=right.name, one=there, other=passage, why=why))
    return found


def _are_apart(one: float, other: float) -> bool:
    return abs(one - other) > DIFFERENT * max(abs(one), abs(other))


def _passage(reading: Reading, claim: Claim, deed: Deed | None = None) -> Passage:
    span = deed or claim
    date = (claim.told_act.date if claim.told_act else "") or claim.event_date or ""
    return Passage(article=reading.article.name, start=span.start, end=span.end, text=span.text, date=date)


def _told(reading: Reading) -> list[_Told]:
    """Return the acts that an article tells as done, each in the sentence it stands in."""
    found: list[_Told] = []
    for claim in reading.claims:
        if claim.kind in {"conditional", "forecast"}:
            continue
        found += [
            _Told(deed=deed, passage=_passage(reading, claim, deed), sentence=(reading.article.name, claim.start))
            for deed in claim.deeds
            if deed.mood == DONE
        ]
    return found


def _acts(told: Sequence[_Told], table: Sequence[Simulated]) -> list[Contradiction]:
    """Return one state's act told as standing in one sentence and as lifted in another, of the same goods and target."""
    found: list[Contradiction] = []
    standing = [each for each in told if each.deed.is_standing and each.deed.effect == RESTRICTS]
    for other in standing:
        for one in told:
            if one.deed.effect != EASES or one.sentence == other.sentence or one.deed.actor != other.deed.actor:
                continue
            goods = set(one.deed.goods) & set(other.deed.goods)
            if goods and (one.deed.target == other.deed.target or not one.deed.target or not other.deed.target):
                why = f"told as lifted, and as in force ({', '.join(sorted(goods))})"
                found.append(
                    Contradiction(
                        kind="contradiction",
                        about=one.deed.actor,
                        one=one.passage,
                        other=other.passage,
                        why=why,
                        pointer=pointer(sorted(goods), table),
                    )
                )
                break
    return found


def _dual(told: Sequence[_Told], table: Sequence[Simulated]) -> list[Contradiction]:
    """Return for each state the pair that tells most plainly that it eases in one arena and restricts in another."""
    found: list[Contradiction] = []
    for actor in dict.fromkeys(each.deed.actor for each in told):
        pairs = [
            (_plainness(one, other), -place, one, other)
            for one in told
            if one.deed.actor == actor and one.deed.effect == EASES
            for place, other in enumerate(told)
            if other.deed.actor == actor and other.deed.effect == RESTRICTS and _arenas_differ(one.deed, other.deed)
        ]
        if not pairs:
            continue
        _, _, one, other = max(pairs, key=lambda each: each[:2])
        why = f"eases {_arena(one.deed)}, restricts {_arena(other.deed)}"
        where = (
            BOTH_FRONTS
            if {one.deed.target, other.deed.target} & {"UKR"}
            else pointer([*one.deed.goods, *other.deed.goods], table)
        )
        found.append(
            Contradiction(kind="dual_track", about=actor, one=one.passage, other=other.passage, why=why, pointer=where)
        )
    return found


def _arenas_differ(one: Deed, other: Deed) -> bool:
    """Say whether two acts are known to be of different goods or towards different states."""
    if one.start == other.start and one.text == other.text:
        return False
    goods = bool(one.goods) and bool(other.goods) and not set(one.goods) & set(other.goods)
    return goods or (bool(one.target) and bool(other.target) and one.target != other.target)


def _plainness(one: _Told, other: _Told) -> tuple[bool, int, int]:
    """Rank a pair: in two sentences, with states named, with goods and targets known."""
    named = int(one.deed.is_actor_named) + int(other.deed.is_actor_named)
    known = sum(bool(slot) for each in (one.deed, other.deed) for slot in (each.goods, each.target))
    return one.sentence != other.sentence, named, known


def _arena(deed: Deed) -> str:
    goods = ", ".join(each.replace("_", " ") for each in deed.goods) or "trade"
    return f"{goods} towards {deed.target}" if deed.target else goods
