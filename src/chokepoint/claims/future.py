"""Whether a sentence tells what is to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.clauses import Clause
    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence
    from chokepoint.claims.sources import Source

_SEASON = r"(?:spring|summer|autumn|fall|winter|christmas|easter|new year|midsummer|thanksgiving|ramadan|(?:the )?(?:year|month|week|decade|century|quarter)['’]?s? ?end|january|february|march|april|may|june|july|august|september|october|november|december)"
_AHEAD = re.compile(
    rf"\b(?:by|before|beyond|until after|not before|come|from)\s+(?:the\s+)?(?:end of\s+|middle of\s+|start of\s+)?(?:the\s+)?(?:next\s+|coming\s+|this\s+)?{_SEASON}\b|\bnext\s+(?:year|month|week|quarter|decade|time|{_SEASON})\b"
    r"|\b(?:within|in|after)\s+(?:the\s+next\s+|a\s+|an\s+|one\s+|two\s+|three\s+|four\s+|five\s+|six\s+|ten\s+|\d+\s+|a few\s+|several\s+|some\s+)?(?:hour|day|week|month|year|decade|generation)s?\b(?!\s+(?:ago|to|earlier|before))"
    r"|\bthe next \w+\b|\btomorrow\b|\bsoon(?:er or later)?\b|\bone day\b|\bbefore the (?:decade|year|century|month|week) is out\b|\bends? of (?:the|next|this) (?:year|decade|century|month)\b|\btill the end of\b|\bbefore long\b|\bthe coming (?:days|weeks|months|years)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:by|in|from|before|until|of|the)\s+(?:the\s+)?(?P<year>20\d\d)s?\b")
PLANNING = frozenset({"plan", "want", "aim", "intend", "seek", "try", "need", "stockpile", "be", "have"})
PROMISING = frozenset({"promise", "pledge", "vow"})
FORESEEING = frozenset(
    {"expect", "predict", "forecast", "foresee", "anticipate", "envisage", "bet", "wager", "project"}
)


def is_to_come(
    sentence: Sentence, source: Source, clause: Clause, names: Sequence[Name], published: str, *, is_measured: bool
) -> bool:
    """Say whether a sentence foretells.

    Args:
        sentence, source, names: the sentence, who vouches for it, whom it names.
        clause: its main clause, within what is reported.
        published: ISO day.
        is_measured: whether a figure is its point.
    """
    if clause.verb < 0 and not source.stance:
        return source.words[:1] != () and bool(
            re.match(r"\W*next (?:week|month|year|time)\b", sentence.text, re.IGNORECASE)
        )
    if source.body.rstrip().endswith("?") or (source.is_direct and source.chain and clause.is_denied):
        return False
    ahead = _is_ahead(source.body, published)
    by_verb = _by_verb(source, clause, ahead=ahead)
    if by_verb is not None:
        return by_verb
    if clause.is_future and source.is_direct and source.chain and _is_own_promise(clause):
        return False
    if clause.is_future:
        plan = _is_plan(clause, names, sentence, source, published, is_measured=is_measured)
        return not plan and not _is_done_inside(source)
    lemma = next((word.verb.lemma for word in clause.words[max(clause.verb, 0) :] if word.verb is not None), "")
    waits = lemma in {"attend", "wait"} and not clause.is_past and (is_measured or ahead) and not clause.is_perfect
    if waits or (lemma in FORESEEING and not clause.is_past):
        return True
    if clause.is_past or lemma in PLANNING - {"be", "have"} or source.stance in {"acts", "records"}:
        return False
    return ahead and _may_be_future(clause, lemma, is_measured=is_measured and not source.chain)


def _by_verb(source: Source, clause: Clause, *, ahead: bool) -> bool | None:
    """Say whether the verb of saying alone makes a forecast, or none; None where it does not decide."""
    if source.verb in {"see", "think", "believe"} and ahead and not clause.is_past:
        return True
    if source.verb == "see" and source.speaker == "author" and clause.verb < 0:
        return True
    promise = source.verb in PROMISING and not clause.is_past and not ahead
    if promise or source.verb == "decide" or (source.verb in {"hope", "wish"} and clause.verb < 0):
        return False
    if source.stance in {"foresees", "hopes"} and not _is_refuted(source):
        return not clause.is_past or clause.is_future or source.verb in PROMISING | {"hope", "fear"}
    return None


def _is_own_promise(clause: Clause) -> bool:
    """Say whether somebody promises what he himself will do ("We will respond")."""
    does = clause.rest[:1] and clause.rest[0].lower not in {"have", "be", "see", "need", "soon"}
    return bool(does) and [word.lower for word in clause.subject] in (["we"], ["i"])


def _is_refuted(source: Source) -> bool:
    """Say whether an expectation is told as past ("was expected to ring; he rang somebody else")."""
    return any(word.text == ";" for word in source.words) and source.verb == "expect"


def _is_plan(
    clause: Clause, names: Sequence[Name], sentence: Sentence, source: Source, published: str, *, is_measured: bool
) -> bool:
    """Say whether a state or a firm announces an amount: a figure of its plan, not a guess."""
    verb = clause.words[clause.verb].start if clause.verb >= 0 else 0
    ahead = [
        each for each in names if each.start - sentence.start < verb and each.kind in {"place", "company", "ministry"}
    ]
    if _is_ahead(source.body, published):
        return False
    return (is_measured or any(word.tag == "NUM" for word in clause.rest)) and bool(ahead) and not source.chain


def _is_done_inside(source: Source) -> bool:
    """Say whether quoted words tell what is done and only then what will be ("done, magnets will be supplied")."""
    lower = [word.lower for word in source.content[:1]]
    return bool(lower) and source.is_direct and bool(re.match(r"[\"“«]?(?:done|agreed|signed|finished)\b", lower[0]))


def _is_ahead(text: str, published: str) -> bool:
    """Say whether a sentence names a time after the day of publication."""
    if _AHEAD.search(text):
        return True
    return any(int(match["year"]) > int(published[:4]) for match in _YEAR.finditer(text))


def _may_be_future(clause: Clause, lemma: str, *, is_measured: bool) -> bool:
    """Say whether a present tense may stand for a future: no state of affairs, no figure on a time span."""
    if clause.verb < 0:
        return False
    verb = clause.words[clause.verb]
    if verb.tag == "MODAL":
        return (
            verb.lower in {"can", "could", "may", "might", "cannot", "can't", "would", "should", "must"}
            and not is_measured
        )
    return not is_measured and not clause.is_copular and lemma not in {"take", "last", "hold", "keep", "meet-not"}
