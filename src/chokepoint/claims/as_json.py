"""A reading as plain data, in the shape the test corpus and other programs take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chokepoint.claims.acts import Act
    from chokepoint.claims.circulating import Circulating
    from chokepoint.claims.deeds import Deed
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.tracks import Contradiction, Passage


def reading_json(reading: Reading, name: str = "") -> dict[str, Any]:
    """Return names, figures and claims with spans, verdicts and evidence."""
    return {
        "slug": name or reading.article.name,
        "published": reading.published,
        "text": reading.article.text,
        "set_aside": list(reading.article.aside),
        "found_by": reading.article.found_by,
        "names": [
            {"start": each.start, "end": each.end, "surface": each.text, "kind": each.kind, "key": each.key, "candidates": list(each.candidates),
             "score": round(each.score, 3), "why": each.why, **({"holder": each.holder} if each.holder else {})}
            for each in reading.names
        ],
        "figures": [
            {"start": each.start, "end": each.end, "surface": each.text, "low": each.low, "high": each.high, "unit": each.unit, "comparison": each.comparison,
             **({"of": each.whole} if each.whole is not None else {})}
            for each in reading.quantities
        ],
        "claims": [claim_json(each) for each in reading.claims],
    }  # fmt: skip


def claim_json(claim: Claim) -> dict[str, Any]:
    """Return one claim."""
    found: dict[str, Any] = {
        "start": claim.start, "end": claim.end, "surface": claim.text, "kind": claim.kind, "speaker": claim.speaker, "chain": list(claim.chain),
        "event_date": claim.event_date, "polarity": claim.polarity, "hedged": claim.is_hedged, "verdict": claim.verdict, "why": claim.why,
        "evidence": [],
    }  # fmt: skip
    if claim.condition:
        found |= {"condition": claim.condition, "promise": claim.promise}
    if claim.judgement is not None:
        found["evidence"] = [record_json(each) for each in claim.judgement.evidence]
        found["apart"] = round(claim.judgement.apart, 4)
        if claim.judgement.right is not None:
            found["right"] = record_json(claim.judgement.right)
    elif claim.act is not None:
        found["evidence"] = [act_json(claim.act)]
    if claim.judged is not None:
        found["judged_figure"] = {"start": claim.judged.start, "end": claim.judged.end}
    if claim.deeds:
        found["acts"] = [deed_json(each) for each in claim.deeds]
    if claim.circulating is not None:
        found["circulating"] = circulating_json(claim.circulating)
    return found


def deed_json(deed: Deed) -> dict[str, Any]:
    """Return what a clause tells that a state does to trade."""
    return {
        "start": deed.start, "end": deed.end, "actor": deed.actor, "effect": deed.effect, "verb": deed.verb, "goods": list(deed.goods),
        "target": deed.target, "mood": deed.mood, "standing": deed.is_standing,
    }  # fmt: skip


def circulating_json(claim: Circulating) -> dict[str, Any]:
    """Return an often-repeated claim with its first known source."""
    return {
        "key": claim.key, "claim": claim.claim, "first_source": claim.first_source, "first_date": claim.first_date, "source": claim.source,
        "grade": claim.grade, "on_record": claim.on_record, "verdict": claim.verdict, "history": claim.history,
    }  # fmt: skip


def contradiction_json(pair: Contradiction) -> dict[str, Any]:
    """Return two passages that do not go together."""
    return {
        "kind": pair.kind,
        "about": pair.about,
        "why": pair.why,
        "pointer": pair.pointer,
        "passages": [_passage_json(each) for each in (pair.one, pair.other)],
    }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "article": passage.article,
        "start": passage.start,
        "end": passage.end,
        "surface": passage.text,
        "date": passage.date,
    }


def record_json(record: Record) -> dict[str, Any]:
    """Return a figure on record."""
    return {
        "key": record.name, "measure": record.measure, "mineral": record.mineral, "stage": record.stage, "country": record.country, "partner": record.partner,
        "year": record.period, "low": record.low, "high": record.high, "unit": record.unit, "source": record.source, "grade": record.grade, "about": record.about,
    }  # fmt: skip


def act_json(act: Act) -> dict[str, Any]:
    """Return an act on record."""
    return {
        "key": act.key,
        "date": act.date,
        "end": act.end,
        "text": act.text,
        "reference": act.reference,
        "source": act.source,
        "grade": act.grade,
    }
