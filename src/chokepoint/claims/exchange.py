"""Checked claims for other programs: schema.org ClaimReview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chokepoint.claims.wording import reasons

if TYPE_CHECKING:
    from chokepoint.claims.reading import Reading

RATINGS = {"supported": 5, "near": 4, "other_stage": 2, "outdated": 2, "contradicted": 1}


def claim_reviews(reading: Reading) -> list[dict[str, Any]]:
    """Return a ClaimReview for every sentence that was checked; 5 is borne out, 1 contradicted."""
    found: list[dict[str, Any]] = []
    name = reading.article.name
    where = {"url": name} if name.startswith(("http://", "https://")) else {"name": name}
    for claim in reading.claims:
        if claim.verdict not in RATINGS:
            continue
        found.append({
            "@context": "https://schema.org", "@type": "ClaimReview", "datePublished": reading.published, "claimReviewed": claim.text,
            "author": {"@type": "Organization", "name": "chokepoint"},
            "itemReviewed": {"@type": "Claim", "author": {"@type": "Thing", "name": claim.speaker or "the outlet"}, "datePublished": reading.published, "appearance": {"@type": "CreativeWork", **where}},
            "reviewRating": {"@type": "Rating", "ratingValue": RATINGS[claim.verdict], "bestRating": 5, "worstRating": 1, "alternateName": claim.verdict.replace("_", " ")},
            "reviewBody": " ".join(reasons(claim)),
        })  # fmt: skip
    return found
