"""Offers, threats and consequences: a condition and what is promised under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.claims.sources import Source

OPENERS = r"(?:if|once|unless|should|in case(?: of)?|provided(?: that)?|providing(?: that)?|as long as|so long as|assuming(?: that)?|on condition(?: that)?|only if|were|had|in the event(?: that| of)?|the moment|as soon as)"
MODALS = r"\b(?:will|would|shall|should|may|might|can|could|must|cannot|won't|wouldn't|['’]ll|['’]d|is ready to|are ready to|is prepared to|are prepared to|is willing to|are willing to|has to|have to)\b"
_LEADING = re.compile(rf"^(?P<lead>(?:[^,;:]{{0,60}}?(?:[:,]|\bthat\b)\s+)?[\"“«'‘]?\s*(?:and |but |then |so |only |even )?){OPENERS}\s+(?P<condition>[^;]+?),\s*(?:then\s+|so\s+)?(?P<promise>.+)$", re.IGNORECASE | re.DOTALL)  # fmt: skip
_TRAILING = re.compile(r"^(?P<promise>.+?),?\s+(?:but\s+)?(?:only\s+)?(?:if|unless|provided(?: that)?|on condition that|as long as|so long as|should|in case)\s+(?P<condition>[^,;]+)", re.IGNORECASE | re.DOTALL)  # fmt: skip
_ORDERED = re.compile(r"^[\"“]?(?P<condition>[A-Z][a-z]+ (?:your|the|our|us|them|it)\b[^,;]*?),?\s+and\s+(?P<promise>(?:we|I|they|you|it)(?:['’]ll|\s+will|\s+shall)\b.+)$", re.DOTALL)  # fmt: skip
_NONE = re.compile(r"\b(?:as if|even if|what if|asked if|ask if|know if|sure if|see if|wonder(?:s|ed)? if|if (?:one|you|we) (?:may|can|could|is to|are to|was to) (?:trust|believe)|if (?:not|any|only|anything|ever|so|possible|need be))\b", re.IGNORECASE)  # fmt: skip
_TAIL = re.compile(r",[\"”»]?\s+(?:[^,]{0,60}\s)?(?:said|says|say|told|tells|wrote|writes|warned|warns|added|adds|thinks?|thought|promised|promises|explains?|explained|fears?|feared|hopes?|hoped|sighs?|sighed|sees|guesses|guessed|insists?|insisted|argues?|argued|predicts?|predicted|vowed|claims?|claimed|noted|notes|stated|states|believes?|it is said|it is called|according to)\b.*$", re.DOTALL)  # fmt: skip


def condition_of(text: str, source: Source | None = None) -> tuple[str, str] | None:
    """Return condition and promise of an offer, threat or consequence, or None.

    Args:
        text: the sentence.
        source: who vouches for it; what stands outside the reported words is no promise.
    """
    clean = re.sub(r"\s+", " ", text)
    body = re.sub(r"\s+", " ", source.body) if source is not None and source.body else clean
    for words in dict.fromkeys((body, clean)):
        found = _leading(words) or _trailing(words) or _ordered(words)
        if found is not None:
            return found
    return None


def _leading(text: str) -> tuple[str, str] | None:
    match = _LEADING.match(text.lstrip("*# "))
    if match is None or _NONE.match(text):
        return None
    opener = text[len(match["lead"]) :].split(maxsplit=1)[0].lower() if match["lead"] is not None else ""
    condition, promise = match["condition"], match["promise"]
    is_sure = opener in {"if", "unless"} or text.lower().startswith(("if ", "unless ", "only if "))
    if not is_sure and not re.search(MODALS, promise, re.IGNORECASE):
        return None
    if (
        not is_sure
        and re.match(r"(?:were|had|should)\b", opener)
        and not re.search(r"\b(?:to|not|been)\b|^(?:the|a|it|he|she|they|we|[A-Z])", condition)
    ):
        return None
    if opener in {"if", "unless"} and _is_done(condition, promise):
        return None
    return condition.strip(" ."), _cut(promise)


def _is_done(condition: str, promise: str) -> bool:
    """Say whether an "if" grants a fact instead of setting a condition ("if 2010 was a warning, 2025 was the blow")."""
    past = r"\b(?:was|were|had|did)\b"
    return bool(re.search(past, condition) and re.search(past, promise) and not re.search(MODALS, promise))


def _trailing(text: str) -> tuple[str, str] | None:
    match = _TRAILING.match(text)
    if match is None or _NONE.search(text) or not re.search(MODALS, match["promise"], re.IGNORECASE):
        return None
    if re.search(r"\b(?:in|by) 20\d\d\b", match["promise"]):
        return None
    return match["condition"].strip(' ."”'), match["promise"].strip(' "“,')


def _ordered(text: str) -> tuple[str, str] | None:
    """Read "Lift the ban and we will talk"."""
    match = _ORDERED.match(text)
    return (match["condition"].strip(), _cut(match["promise"])) if match else None


def _cut(promise: str) -> str:
    """Return a promise without the clause that reports it."""
    return _TAIL.sub("", promise).strip(' .,"”»')
