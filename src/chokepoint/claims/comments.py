"""Whether a sentence for which nobody vouches is a comment of its author: by turns of phrase in which news is not told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import judging_words
from chokepoint.claims.phrases import classes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.clauses import Clause
    from chokepoint.claims.sources import Source
    from chokepoint.claims.tagging import Word

FEELING = frozenset({"remember", "forget", "forgive", "love", "hate", "fear", "want", "agree", "disagree", "know", "dream", "believe", "learn", "teach", "care", "mourn", "mind", "envy", "trust"})  # fmt: skip
"""Verbs of what only people do: said of a thing, they are a figure of speech."""
PEOPLE = frozenset({"he", "she", "they", "we", "i", "you", "who", "nobody", "everybody", "everyone", "someone"})
SHORTEST = 4
"""Words of a sentence without a verb from which it is a verdict and not a heading."""
_GENERIC_ONE = re.compile(r"\b(?:than|as|if|when|what) one (?:\w+s|can|may|might|would|must)\b", re.IGNORECASE)
_REPHRASED = re.compile(
    r"\b(?:is|are|was|were) not (?:\w+\s){0,3}\w+[,;:]? (?:but|it is|is|they are|it was) ", re.IGNORECASE
)
_HERE_IS_ALL = re.compile(
    r"\b(?:here|that|this) (?:is|was) (?:all|the whole|the entire|its sole|the only)\b", re.IGNORECASE
)
_FROM_THE_CHAIR = re.compile(
    r"^\W*(?:let us\b|let['’]s\b|one (?:does|can|cannot|may|must|need|should|would|might)\b|if anything\b|no wonder\b|small wonder\b)"
    r"|\b(?:has|have|had) (?:every|no|little|good) (?:reason|excuse|right|business)\b"
    r"|\b(?:blinked|blinks|flinched|bluffed|sleepwalk\w*|kowtow\w*|caved in)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"^(?:the|its|their) (?:\w{3,}est|most \w+|least \w+) ", re.IGNORECASE)
_LITTLE_LESS = re.compile(r"\b(?:little|much|few|many|well|badly)\s*[;,][^;,]*\b(?:less|more|fewer|better|worse)\W*$")
_VERDICT = re.compile(
    r"\b(?:and|but|which|that|this|it) (?:is|was|'s)(?: (?!by|in|on|at|for|of|to|with)\w+){0,3} (?P<word>[\w-]+)\W*$",
    re.IGNORECASE,
)
_ORDER = frozenset({"remember", "forget", "consider", "imagine", "think", "ask", "look", "compare", "beware", "feel", "suppose", "trust", "stop", "mind", "note", "call"})  # fmt: skip


def comments(source: Source, clause: Clause, *, is_counted: bool) -> bool:
    """Say whether the author comments.

    Args:
        source: who vouches; nobody but the author may.
        clause: the main clause.
        is_counted: whether a figure stands in the sentence.
    """
    if source.chain and source.speaker != "author":
        return False
    text, words = source.body, [word for word in source.words if word.tag != "MARK"]
    if _GENERIC_ONE.search(text) or _HERE_IS_ALL.search(text) or _LITTLE_LESS.search(text):
        return True
    if is_counted:
        return False
    if clause.verb < 0 and not any(word.is_finite for word in words):
        return _is_verdict(text, words)
    if _FROM_THE_CHAIR.search(text):
        return True
    verdict = _VERDICT.search(text)
    judged = verdict is not None and verdict["word"].lower() in judging_words()
    return judged or bool(_REPHRASED.search(text)) or _is_figurative(clause) or _is_order(words) or _weighs(clause)


def _is_verdict(text: str, words: Sequence[Word]) -> bool:
    """Say whether words without a verb end as a sentence, are not a heading, a label or a date, and weigh one thing with another."""
    if len(words) < SHORTEST or not text.rstrip().endswith((".", "!")) or ":" in text or words[0].tag == "NUM":
        return False
    lower = {word.lower for word in words}
    named = sum(word.tag == "NAME" for word in words)
    if named > 2 or words[0].tag == "PREP" or may_hide_verb(words):
        return False
    return bool({"and", "than", "but", "not", "no"} & lower) or "," in text


def may_hide_verb(words: Sequence[Word]) -> bool:
    """Say whether a word in -s between a noun and what goes on may be a verb that is not listed ("the plant hums behind palms")."""
    return any(
        here.tag == "NOUN"
        and here.lower.endswith("s")
        and last.tag in {"NOUN", "NAME"}
        and after.tag in {"PREP", "DET"}
        for last, here, after in zip(words, words[1:], words[2:], strict=False)
    )


def _is_figurative(clause: Clause) -> bool:
    """Say whether a thing does what only people do ("the metal remembers"), told of the present."""
    lemma = next((word.verb.lemma for word in clause.words[max(clause.verb, 0) :] if word.verb is not None), "")
    subject = clause.subject
    thing = bool(subject) and subject[-1].tag == "NOUN" and not classes_of(subject)
    plural = bool(subject) and subject[-1].lower.endswith("s")
    alone = not {word.lower for word in subject} & PEOPLE and not any(word.tag == "NAME" for word in subject)
    return lemma in FEELING and thing and alone and not plural and not clause.is_past


def _is_order(words: Sequence[Word]) -> bool:
    """Say whether the reader is told to do something ("Consider the price of bread")."""
    return bool(words) and words[0].lower in _ORDER and words[0].text[0].isupper() and len(words) > 2


def _weighs(clause: Clause) -> bool:
    """Say whether a superlative is what is spoken of, or "may be" and "would" lead to a judging word."""
    rest = [word.lower for word in clause.rest]
    is_so = clause.verb >= 0 and clause.words[clause.verb].lower in {"is", "are"}
    superlative = is_so and _SUPERLATIVE.match(" ".join(word.text for word in clause.words)) is not None
    modal = clause.verb >= 0 and clause.words[clause.verb].tag == "MODAL"
    agrees = modal and clause.words[clause.verb].lower == "would" and bool({"agree", "call", "disagree"} & set(rest))
    judged = modal and rest[:1] == ["be"] and bool(set(rest) & judging_words())
    return superlative or agrees or judged
