"""Whether a sentence denies and whether it holds back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.clauses import main_clause

if TYPE_CHECKING:
    from chokepoint.claims.sources import Source

HOLDING_BACK = frozenset(
    "perhaps maybe possibly probably reportedly allegedly apparently seemingly supposedly presumably purportedly preliminary unconfirmed rumour rumours rumor rumors rumoured rumored "
    "provisional tentative unclear uncertain seem seems seemed appear appears appeared might unverified".split()
)
"""Words that hold back wherever they stand outside a quotation."""
PASSIVE = frozenset(
    {"said", "believed", "thought", "rumoured", "rumored", "reported", "understood", "alleged", "supposed", "called"}
)
"""Participles by which "is ... to" or "it is ..." holds back."""
UNSURE = frozenset(
    {
        "fear",
        "hope",
        "guess",
        "suspect",
        "speculate",
        "doubt",
        "wonder",
        "suppose",
        "worry",
        "imagine",
        "presume",
        "assume",
    }
)


def polarity_of(source: Source, *, is_conditional: bool) -> str:
    """Return ``negative`` where the main statement denies; a condition denies nothing yet."""
    if is_conditional:
        return "positive"
    if source.verb == "doubt":
        return "negative"
    return "negative" if main_clause(source.content).is_denied else "positive"


def is_hedged(source: Source) -> bool:
    """Say whether a sentence holds back ("perhaps", "it is said", "hopes")."""
    words = [word for word in source.words if word.tag != "QUOTE"]
    lower = [word.lower for word in words]
    if source.verb in UNSURE or (
        source.is_nobody and source.stance != "acts" and source.verb not in {"joke", "announce", "confirm", "add"}
    ):
        return True
    if set(lower) & HOLDING_BACK:
        return True
    for at, word in enumerate(lower[:-1]):
        if word in PASSIVE and lower[at + 1] == "to" and at and words[at - 1].tag == "AUX":
            return True
        if word == "or" and lower[at + 1] == "so":
            return True
        if (
            words[at].verb is not None
            and words[at].tag == "VERB"
            and (words[at].verb.lemma if words[at].verb else "") in UNSURE
            and at < 4
        ):
            return True
    return False
