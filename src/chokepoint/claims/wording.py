"""Verdicts in plain words: what was stated, what is on record, how far apart, what would change it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.shelf import Record

LARGE = 1e6
"""From here on figures are written without decimals, and never as powers of ten."""
_CHANGES = {
    "supported": "a revision of this figure by more than 1.5 %",
    "near": "a figure of the publisher's nearer to the one stated, or 'about' beside it",
    "contradicted": "another publisher's figure of the same thing",
    "outdated": "the time it is true of, written beside it",
    "other_stage": "the stage it is true of, written beside it",
}


def summary(reading: Reading) -> str:
    """Return how many sentences have each verdict."""
    counts = Counter(each.verdict for each in reading.claims)
    return ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.most_common())


def reasons(claim: Claim) -> list[str]:
    """Return what a verdict rests on and who is known to have said so first, a line each."""
    return [*_evidence(claim), *_origin(claim)]


def _origin(claim: Claim) -> list[str]:
    """Return the first known source of a sentence that repeats a circulating claim."""
    told = claim.circulating
    if told is None:
        return []
    return [
        f"often repeated: {told.claim}",
        f"first known source: {told.first_source} ({told.source}, grade {told.grade})",
        f"on record about it: {told.on_record}; {told.verdict.replace('_', ' ')} ({told.history})",
    ]


def _evidence(claim: Claim) -> list[str]:
    """Return what a verdict rests on, a line each; nothing for what was not checked."""
    if claim.act is not None:
        end = f", until {claim.act.end}" if claim.act.end else ""
        return [
            f"on record: {claim.act.text} ({claim.act.date or 'undated'}{end}; {claim.act.reference}; {claim.act.source}, grade {claim.act.grade})"
        ]
    if claim.judgement is None:
        return []
    lines = [f"on record: {record_words(each)}" for each in claim.judgement.evidence]
    if claim.judged is not None and claim.verdict != "supported":
        apart = f"{100 * claim.judgement.apart:.1f} % from the figure {_compared(claim)}"
        lines.append(f"stated: {claim.judged.text}; {apart}")
        if claim.judgement.right is not None:
            lines.append(f"nearest true sentence: {record_sentence(claim.judgement.right)}")
    if claim.verdict in _CHANGES:
        lines.append(f"would change it: {_CHANGES[claim.verdict]}")
    return lines


def _compared(claim: Claim) -> str:
    """Return what a stated figure was compared with; its time is told where it is not the one claimed."""
    right = claim.judgement.right if claim.judgement is not None else None
    if claim.judgement is not None and claim.judgement.is_revised:
        return "that the publisher has revised since"
    if right is None or not claim.event_date or claim.event_date[:4] == right.period[:4]:
        return "on record"
    return f"on record, which is of {right.period}"


def amount(record: Record) -> str:
    """Return a figure with its unit."""
    unit = record.unit if record.unit != "%" else "percent"
    low, high = (f"{each:,.0f}" if abs(each) >= LARGE else f"{each:,.6g}" for each in (record.low, record.high))
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def record_words(record: Record) -> str:
    """Return a figure on record with what it is of, its source and grade."""
    of = record.name.replace(".", ", ").replace("_", " ")
    return f"{amount(record)} ({of}; {record.source}, grade {record.grade}; {record.about})"


def record_sentence(record: Record) -> str:
    """Return a figure on record as a sentence."""
    things = record.mineral.replace("_", " ")
    to = f" to {record.partner}" if record.partner not in {"", "WLD"} else ""
    stage = f" ({record.stage})" if record.stage and record.stage != record.mineral else ""
    return f"{record.country or 'The world'}, {record.measure.replace('_', ' ')} of {things}{stage}{to} in {record.period}: {amount(record)}."
