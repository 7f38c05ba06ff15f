"""In which sense a verb of saying stands: another one with certain words behind it, none where it is denied, "went on" at an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.phrases import is_pause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

HELPING = frozenset({"had", "have", "has", "did", "does", "do"})
"""Verbs that stand for another one ("as had the others")."""
HOLDING = frozenset({"hold", "find", "show", "have", "take", "give", "set"})
"""Verbs that report only with somebody behind them."""
ELSEWHERE = {
    "count": frozenset({"for", "on", "as"}),
    "answer": frozenset({"to", "for"}),
    "put": frozenset({"on", "off", "under", "up"}),
    "call": frozenset({"off", "up"}),
}
"""Words behind a verb of saying by which it says nothing."""


def means_else(words: Sequence[Word], at: int) -> bool:
    """Say whether a word behind a verb gives it another sense ("counts for more", "answers to the junta")."""
    verb, after = words[at].verb, [word.lower for word in words[at + 1 : at + 2]]
    return verb is not None and bool(after) and after[0] in ELSEWHERE.get(verb.lemma, frozenset[str]())


def ends_aside(words: Sequence[Word], at: int) -> bool:
    """Say whether a verb that is not one of saying ends a sentence behind a clause of its own ("..., a wire rounded")."""
    ends = all(word.tag == "MARK" or word.lower in {"up", "again"} for word in words[at + 1 :])
    mark = next((number for number in range(at - 1, 0, -1) if words[number].text == ","), 0)
    short = 0 < at - mark <= 6 and words[mark + 1].lower in {"a", "an", "the", "one", "another"}
    verb = words[at].verb
    listed = verb is not None and bool(verb.stance)
    return ends and short and not listed and any(word.is_finite for word in words[:mark])


def goes_on(words: Sequence[Word], at: int) -> bool:
    """Say whether "went on" ends a sentence."""
    verb = words[at].verb
    on = [word.lower for word in words[at + 1 : at + 2]] == ["on"]
    return verb is not None and verb.lemma in {"go", "carry"} and on and len(words) <= at + 3


def beside_verb(words: Sequence[Word], first: int, at: int) -> Sequence[Word]:
    """Return the words between a subject and its verb, behind a relative clause or an apposition set off by marks."""
    mark = next((number for number in range(at - 1, first, -1) if is_pause(words[number])), first)
    return words[mark:at]


def is_denied(words: Sequence[Word]) -> bool:
    """Say whether a verb of saying is denied, so that nobody says anything ("has not confirmed that ...")."""
    return any(word.tag == "NOT" or word.lower.endswith(("n't", "n’t")) for word in words)
