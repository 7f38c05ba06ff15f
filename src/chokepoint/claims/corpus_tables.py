"""A corpus as plain data, as tables and as text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from chokepoint.claims.as_json import contradiction_json, reading_json
from chokepoint.claims.corpus import ActCount, Moment, Reprint
from chokepoint.claims.wording import amount, record_words
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.corpus import Corpus
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.tables import Table


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow:
    """An event as a row: PLOVER's event, mode and contexts, states joined by a semicolon."""

    date: str
    source: str
    event: str
    mode: str
    context: str
    recipient: str
    article: str
    text: str
    comment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PairRow:
    """Two passages that do not go together."""

    kind: str
    about: str
    why: str
    one_article: str
    one: str
    other_article: str
    other: str
    pointer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimRow:
    """A sentence with its verdict: who vouches, from the nearest source to the first, what it rests on, what should stand there."""

    article: str
    published: str
    text: str
    kind: str
    speaker: str
    chain: str
    event_date: str
    polarity: str
    is_hedged: bool
    verdict: str
    stated: str
    evidence: str
    true_value: str


def corpus_json(readings: Sequence[Reading], corpus: Corpus) -> dict[str, Any]:
    """Return the articles with what they give together."""
    return {
        "articles": [reading_json(each) for each in readings],
        "reprints": [asdict(each) for each in corpus.reprints],
        "timeline": [asdict(each) for each in corpus.timeline],
        "acts": [asdict(each) for each in corpus.acts],
        "contradictions": [contradiction_json(each) for each in corpus.contradictions],
        "events": [asdict(each) for each in corpus.events],
    }


def claim_rows(readings: Sequence[Reading]) -> list[ClaimRow]:
    """Return every sentence of the articles with its verdict."""
    return [
        ClaimRow(
            article=one.article.name, published=one.published, text=" ".join(each.text.split()), kind=each.kind, speaker=each.speaker or "",
            chain=" > ".join(each.chain), event_date=each.event_date or "", polarity=each.polarity, is_hedged=each.is_hedged, verdict=each.verdict,
            stated=each.judged.text if each.judged is not None else "", evidence=_evidence(each), true_value=_true_value(each),
        )
        for one in readings
        for each in one.claims
    ]  # fmt: skip


def _evidence(claim: Claim) -> str:
    """Return the figures or the act on record that a verdict rests on."""
    if claim.act is not None:
        return f"{claim.act.text} ({claim.act.source}, grade {claim.act.grade})"
    return "; ".join(record_words(each) for each in claim.judgement.evidence) if claim.judgement is not None else ""


def _true_value(claim: Claim) -> str:
    right = claim.judgement.right if claim.judgement is not None else None
    return amount(right) if right is not None else ""


def corpus_tables(readings: Sequence[Reading], corpus: Corpus) -> list[Table]:
    """Return claims, reprints, timeline, acts by state and year, events and contradictions as tables."""
    rows = [
        EventRow(
            date=each.date, source=";".join(each.source), event=each.event, mode=each.mode, context=";".join(each.context),
            recipient=";".join(each.recipient), article=each.article, text=" ".join(each.text.split()), comment=each.comment,
        )
        for each in corpus.events
    ]  # fmt: skip
    pairs = [
        PairRow(
            kind=each.kind, about=each.about, why=each.why, one_article=each.one.article, one=each.one.text, other_article=each.other.article,
            other=each.other.text, pointer=each.pointer,
        )
        for each in corpus.contradictions
    ]  # fmt: skip
    return [
        tabulate("claims", "Sentences with their verdicts", claim_rows(readings), ClaimRow),
        tabulate("reprints", "Articles that are reprints of others", corpus.reprints, Reprint),
        tabulate("timeline", "What happened when", corpus.timeline, Moment),
        tabulate("acts", "Acts by state and year", corpus.acts, ActCount),
        tabulate("events", "Events in PLOVER's codes", rows, EventRow),
        tabulate("contradictions", "Passages that do not go together", pairs, PairRow),
    ]


def corpus_text(corpus: Corpus) -> str:
    """Return reprints, timeline and counts as text."""
    lines = [f"{each.reprint}: a reprint of {each.original} ({each.share:.0%})" for each in corpus.reprints]
    lines += [f"{each.date}  {each.sentence}" for each in corpus.timeline]
    lines += [
        f"{each.state} {each.year}: {each.restricts} restricting, {each.eases} easing, {each.other} other acts"
        for each in corpus.acts
    ]
    return "\n".join(lines)
