"""Checked claims for other programs: schema.org ClaimReview."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from chokepoint.claims.wording import reasons

if TYPE_CHECKING:
    from chokepoint.claims.reading import Claim, Reading

RATINGS = {"supported": 5, "near": 4, "other_stage": 2, "outdated": 2, "contradicted": 1}
_CHECKED = frozenset({"fact", "figure", "quotation"})
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*$")
"""How a sentence ends, and a headline does not."""
LATEST = 2
"""Years before publication of which a figure is still meant where a sentence names no time."""


def claim_reviews(reading: Reading) -> list[dict[str, Any]]:
    """Return a ClaimReview for every sentence on which a record bears; 5 is borne out, 1 contradicted.

    Left out are headlines, figures held against another year than the sentence tells, contradictions of sentences that tell no
    time, and acts that only words resemble.
    """
    return [_review(reading, claim) for claim in reading.claims if is_borne(claim, reading.published)]


def is_borne(claim: Claim, published: str) -> bool:
    """Say whether a verdict rests on a figure of the year that is told, or on an act told with its day or its actor's deed."""
    if claim.verdict not in RATINGS or claim.kind not in _CHECKED or not _ENDS.search(claim.text):
        return False
    return _is_act_borne(claim) if claim.act is not None else _is_figure_borne(claim, published)


def _is_figure_borne(claim: Claim, published: str) -> bool:
    if claim.judgement is None or claim.judged is None or not claim.judgement.evidence:
        return False
    years = {each.period[:4] for each in claim.judgement.evidence}
    if claim.verdict in {"outdated", "other_stage"}:
        return True
    if claim.event_date:
        return claim.event_date[:4] in years
    if claim.verdict == "contradicted":
        return False
    return any(each.isdigit() and int(published[:4]) - int(each) <= LATEST for each in years)


def _is_act_borne(claim: Claim) -> bool:
    act = claim.act
    if act is None:
        return False
    days = [each for each in (act.date, act.end, *act.days) if each]
    told = claim.event_date or ""
    if len(told) > len("2025") and any(each.startswith(told) or told.startswith(each) for each in days):
        return True
    return any(
        deed.actor in act.actors and (not act.goods or not deed.goods or act.goods & set(deed.goods))
        for deed in claim.deeds
    )


def _review(reading: Reading, claim: Claim) -> dict[str, Any]:
    name = reading.article.name
    is_address = name.startswith(("http://", "https://"))
    where = {"url": name} if is_address else {"name": PurePath(name).name}
    speaker = (claim.speaker or "").removeprefix("stranger:")
    author = {"author": {"@type": "Thing", "name": speaker}} if speaker else {}
    return {
        "@context": "https://schema.org", "@type": "ClaimReview", "datePublished": reading.published, "claimReviewed": claim.text,
        **({"url": name} if is_address else {}),
        "author": {"@type": "Organization", "name": "chokepoint"},
        "itemReviewed": {"@type": "Claim", **author, "datePublished": reading.published, "appearance": {"@type": "CreativeWork", **where}},
        "reviewRating": {"@type": "Rating", "ratingValue": RATINGS[claim.verdict], "bestRating": 5, "worstRating": 1, "alternateName": claim.verdict.replace("_", " ")},
        "reviewBody": " ".join(reasons(claim)),
    }  # fmt: skip
