"""Several articles together: reprints, a timeline, acts by state and year, contradictions and the dual track."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chokepoint.claims.as_json import reading_json
from chokepoint.claims.offices import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.reading import Claim, Reading

RELAXES = re.compile(r"\b(?:lift\w*|suspend\w*|approv\w+|grant\w*|eas(?:e|es|ed|ing)|relax\w*|restor\w+|resum\w+|flows? again|sends? .{0,24}again|release[sd]?|allow\w*|free[sd]? up|promised general licences)\b", re.IGNORECASE)  # fmt: skip
RESTRICTS = re.compile(r"\b(?:ban(?:s|ned)?|bar(?:s|red)?|forb[ai]d\w*|tighten\w*|restrict\w*|curb(?:s|ed)?|held back|halt\w*|block\w*|places? .{0,40}under licen[cs]e|placed|is not|keeps? those|not let|stay barred|slowly)\b", re.IGNORECASE)  # fmt: skip
POINTER = "what such a pair of acts is worth: chokepoint run london-2025, sections 'second front' and 'circle'"
SAME = 0.8
_SHINGLE = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Two sentences that do not go together.

    Args:
        kind: ``contradiction`` (of the same figure) or ``dual_track`` (one actor eases here and tightens there).
        actor: ISO 3166 alpha-3, or the figure's name.
        one, other: the sentences.
        why: what sets them against each other.
        pointer: where the simulation values it.
    """

    kind: str
    actor: str
    one: Claim
    other: Claim
    why: str
    pointer: str = ""


def _actors(claim: Claim, reading: Reading) -> set[str]:
    inside = {
        each.key
        for each in reading.names
        if claim.start <= each.start < claim.end and each.kind == "place" and each.key in {"CHN", "USA"}
    }
    return {each for each in inside if each} | {
        code
        for word, code in ADJECTIVES.items()
        if code in {"CHN", "USA"} and re.search(rf"\b{re.escape(word)}\b", claim.text.lower())
    }


def contradictions(readings: Sequence[Reading]) -> list[Contradiction]:
    """Return figures stated differently, and actors that ease in one place and tighten in another."""
    found: list[Contradiction] = []
    stated: dict[str, Claim] = {}
    for reading in readings:
        for claim in reading.claims:
            right = (
                claim.judgement.right or claim.judgement.evidence[0]
                if claim.judgement and claim.judgement.evidence
                else None
            )
            if right is None or claim.judged is None:
                continue
            before = stated.setdefault(right.name, claim)
            if (
                before is not claim
                and before.judged
                and claim.judged.unit == before.judged.unit
                and abs(claim.judged.low - before.judged.low) > 0.1 * max(claim.judged.low, before.judged.low)
            ):
                found.append(
                    Contradiction(
                        kind="contradiction",
                        actor=right.name,
                        one=before,
                        other=claim,
                        why=f"{before.judged.text} against {claim.judged.text}",
                    )
                )
    return found + _dual(readings)


def _dual(readings: Sequence[Reading]) -> list[Contradiction]:
    """Return one pair for each actor: the first easing and the first tightening, in a sentence or in two."""
    found: list[Contradiction] = []
    for actor in ("CHN", "USA"):
        eases: list[Claim] = []
        tightens: list[Claim] = []
        for reading in readings:
            for claim in reading.claims:
                if actor not in _actors(claim, reading) or claim.kind in {"conditional", "forecast"}:
                    continue
                if RELAXES.search(claim.text) and claim.polarity == "positive":
                    eases.append(claim)
                if RESTRICTS.search(claim.text):
                    tightens.append(claim)
        if eases and tightens:
            found.append(
                Contradiction(
                    kind="dual_track",
                    actor=actor,
                    one=eases[0],
                    other=tightens[0],
                    why="eases in one arena and tightens in another",
                    pointer=POINTER,
                )
            )
    return found


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + _SHINGLE]) for place in range(max(1, len(words) - _SHINGLE + 1))}


def reprints(readings: Sequence[Reading]) -> list[tuple[str, str]]:
    """Return pairs of articles of which the shorter is nearly all in the longer: |A n B| / min(|A|, |B|) of five words."""
    shingles = [(each.article.name, _shingles(each.article.text)) for each in readings]
    return [
        (one, other)
        for place, (one, mine) in enumerate(shingles)
        for other, theirs in shingles[place + 1 :]
        if len(mine & theirs) >= SAME * min(len(mine), len(theirs))
    ]


def originals(readings: Sequence[Reading]) -> list[Reading]:
    """Return the articles without reprints of another."""
    again = {other for _, other in reprints(readings)}
    return [each for each in readings if each.article.name not in again]


def timeline(readings: Sequence[Reading]) -> list[tuple[str, Claim]]:
    """Return what happened when, from originals only, each act once."""
    seen: set[str] = set()
    rows: list[tuple[str, Claim]] = []
    for reading in originals(readings):
        for claim in reading.claims:
            day = claim.act.date if claim.act and claim.act.date else claim.event_date
            name = claim.act.key if claim.act else claim.text
            if day and claim.kind in {"fact", "figure"} and name not in seen:
                seen.add(name)
                rows.append((day, claim))
    return sorted(rows, key=lambda each: each[0])


def acts_by_state(readings: Sequence[Reading]) -> dict[tuple[str, str], int]:
    """Count acts on record that the originals tell, by state and year."""
    acts = {
        each.act.key: each.act
        for reading in originals(readings)
        for each in reading.claims
        if each.act and each.act.date
    }
    return dict(
        sorted(
            Counter(
                (key[:3].upper(), act.date[:4]) for key, act in acts.items() if re.match(r"(?:chn|usa|cod|ukr)_", key)
            ).items()
        )
    )


def corpus_json(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return the articles with what they give together."""
    return {
        "articles": [reading_json(each) for each in readings],
        "reprints": [list(each) for each in reprints(readings)],
        "timeline": [{"date": day, "sentence": claim.text, "verdict": claim.verdict} for day, claim in timeline(readings)],
        "acts": [{"state": state, "year": year, "acts": count} for (state, year), count in acts_by_state(readings).items()],
        "contradictions": [{"kind": each.kind, "actor": each.actor, "why": each.why, "spans": [[each.one.start, each.one.end], [each.other.start, each.other.end]], "sentences": [each.one.text, each.other.text]} for each in contradictions(readings)],
    }  # fmt: skip


def corpus_text(readings: Sequence[Reading]) -> str:
    """Return reprints, timeline and counts as text."""
    lines = [f"{one} and {other}: the same text" for one, other in reprints(readings)]
    lines += [f"{day}  {claim.text}" for day, claim in timeline(readings)]
    lines += [f"{state} {year}: {count} acts" for (state, year), count in acts_by_state(readings).items()]
    return "\n".join(lines)
