"""What states do to trade, read from the verbs: who eases or restricts what, towards whom; offers and denials are no deeds.

The effect is a product of signs. A barrier (ban, control, rule) counts -1, a flow (exports, sales, the good itself) +1; a verb that
keeps or strengthens its object counts +1, one that weakens or ends it -1: lifting a ban is (-1)(-1), suspending exports (-1)(+1), extending
a suspension (+1)(-1)(-1). A product of +1 eases, one of -1 restricts. To refuse or fail to ease is to restrict; not to restrict is
no deed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chokepoint.claims.offices import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.deed_words import Lexicon, Word
    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence

EASES, RESTRICTS = "eases", "restricts"
DONE, SAID, CONDITION = "done", "said", "condition"
RELIEF = 2
REACH, SUBJECT, CARRIED = 90, 12, 400
"""Characters of a clause within which a verb finds its object; at its beginning, where a subject stands; over which an actor is carried."""
_CLAUSE = re.compile(
    r"[;:]|\s[–—]\s|,?\s\b(?:while|whereas|but|yet|although|though|if|unless)\b|,\s(?:and|as|after|having)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|refus\w+ to|declin\w+ to|fail\w* to|cannot)\b|n['’]t\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"(?:\bto\s(?:\w+ly\s)?|\b(?:will|would|could|may|might|shall|should|can|threaten\w*|offer\w*|plan\w*|propos\w+|consider\w*|promis\w+|"
    r"agreed?|vow\w*|want\w*|hope\w*|expect\w*|intend\w*|urg\w+|demand\w*)\s(?:\w+\s){0,2})$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:[Ii]f|[Uu]nless|whether|provided that|on condition|in case)\b|^\W*(?:Should|Were)\b")
_SUBORDINATE = re.compile(
    r"^\W*(?:Even as|If|Unless|Should|Were|While|Whereas|Although|Though|As|After|Before|Since|Having)\b[^,]*(?=,)"
)
_DETERMINED = re.compile(
    r"(?:\b(?:its|the|their|his|her|our|an?|these|those|all|any|new|old|export|import|trade|tougher|of|on|no)|['’]s|s['’])\s$",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(r"\s(?:to\s[a-z]|that\b|(?:was|is|were|are|has|had|will|would)\b)", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:which|who|whose|that|when|where|because)\b|^\s(?:for|because|at|in|on|with)\b", re.IGNORECASE
)
_NATIONAL = re.compile(r"\b(?:[A-Z]\w*(?:ese|ian|ish|rican|ean|rench|erman)|Dutch)\s$")
_ARTICLE = re.compile(r"\b(?:an?|the|its|their|any|no)\s[a-z-]+\s$", re.IGNORECASE)
_PRONOUN = re.compile(r"^\s(?:\w+ly\s)?(?:them|it|these|those|both)\b")
_BEGUN = re.compile(r"\b(?:began|begun|begins?|started|starts?|continued?|continues|moved|moves) to\s$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|remains?|remained|stays?|stayed|gets?|got)\s(?:\w+\s)?$", re.IGNORECASE
)
_STAYS = re.compile(r"\b(?:remain|stay|still)\w*\s(?:\w+\s)?$", re.IGNORECASE)
_UNDER = re.compile(r"\bunder\s(?:\w+\s){0,2}(?:licen[cs]\w+|controls?|restrictions?|permits?)\b", re.IGNORECASE)
_TOWARDS = re.compile(r"\b(?:to|for|against|from|on|into|in|towards?|with)\s(?:the\s)?$", re.IGNORECASE)
_ON = re.compile(r"^[^.]{0,40}?\b(?:on|of)\s(?:the\s|its\s|all\s)?([a-z][a-z-]+(?:\s[a-z-]+s)?)\b")
_SUBJECT = re.compile(
    r"(?<!['’])\b(?:[Tt]he\s)?((?:[a-z-]+\s)?[a-z-]+s)\s(?:are|were|stay|remain|stayed|remained)\s(?:\w+\s)?$"
)
_FOR = re.compile(
    r"\bfor\s((?:all|one|every|any|some|its|the|most|no)\s(?!time|moment|year|month|first)[a-z]+(?:\s[a-z]+){0,2})",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:again|anew|once more|freely|back)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\b(?:in force|in place|in effect)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """An act of a state on trade.

    Args:
        start, end: the clause, characters of the article.
        text: the clause.
        actor: ISO 3166 alpha-3.
        effect: ``eases`` or ``restricts``.
        verb: as it stands.
        goods: codes of minerals and goods named in the clause; the words in their place where none is on record.
        target: the state it is meant for, or the words after "for" ("one neighbour"); empty where none is named.
        mood: ``done``; ``said`` where it is announced, offered or threatened; ``condition`` after "if".
        is_actor_named: whether the clause itself names the actor.
        is_standing: whether it tells how things stand ("remains in force", "refuses to lift") rather than what was done.
    """

    start: int
    end: int
    text: str
    actor: str
    effect: str
    verb: str
    goods: tuple[str, ...]
    target: str
    mood: str
    is_actor_named: bool
    is_standing: bool


def _is_verb(body: str, match: re.Match[str]) -> bool:
    """Say whether a word of the lexicon is a verb here: after no determiner, and with no verb or clause hanging on it.

    Between a determiner and a form without an ending one more word may stand ("an ore ban").
    """
    before = body[: match.start()]
    is_bare = re.search(r"(?:s|ed|ing)$", match.group()) is None
    if _DETERMINED.search(before) or _NATIONAL.search(before) or (is_bare and _ARTICLE.search(before)):
        return False
    return _NO_OBJECT.match(body[match.end() :]) is None


def _worded_goods(body: str, verb: re.Match[str]) -> tuple[str, ...]:
    """Return the words for goods that are not on record: after "on" or "of", or the subject of a passive verb."""
    after = _ON.match(body[verb.end() :])
    if after:
        return (after[1].lower(),)
    subject = _SUBJECT.search(body[: verb.start()])
    return (
        (subject[1].lower(),)
        if subject and not subject[1].lower().endswith(("rules", "controls", "curbs", "checks"))
        else ()
    )


def _mood(body: str, verb: re.Match[str], *, is_conditional: bool) -> str:
    """Return whether an act is told as done, said to come, or as a condition; to refuse to ease is done."""
    before = body[: verb.start()]
    if is_conditional:
        return CONDITION if _CONDITIONAL.search(before) else SAID
    if not _UNREAL.search(before[-50:]) or _BEGUN.search(before) or _NEGATED.search(before[-30:]):
        return DONE
    return SAID


class DeedReader:
    """Read deeds sentence by sentence; who acted last goes on where a clause names nobody."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self.lexicon, self.gazetteer = lexicon, gazetteer
        self.last, self.last_at, self.value = "", 0, 0

    def deeds(self, sentence: Sentence, names: Sequence[Name]) -> list[Deed]:
        """Return the deeds of a sentence, one at most for each clause."""
        found: list[Deed] = []
        if sentence.is_heading or "?" in sentence.text[-3:]:
            return found
        is_conditional = _CONDITIONAL.search(sentence.text) is not None
        opening = _SUBORDINATE.match(sentence.text)
        cuts = [match.start() for match in _CLAUSE.finditer(sentence.text)]
        edges = sorted({0, *cuts, opening.end() if opening else 0, len(sentence.text)})
        if sentence.start - self.last_at > CARRIED:
            self.last, self.value = "", 0
        for start, end in pairwise(edges):
            body = sentence.text[start:end]
            inside = [each for each in names if sentence.start + start <= each.start < sentence.start + end]
            deed = self._deed(body, sentence.start + start, inside, is_conditional=is_conditional)
            self.last = deed.actor if deed else self.last or self._subject(body, sentence.start + start, inside)
            if deed:
                found.append(deed)
                self.last_at = sentence.end
        return found

    def _states(self, body: str, start: int, names: Sequence[Name]) -> list[tuple[int, str]]:
        """Return the states of a clause with where they stand: places, their authorities and people, adjectives."""
        found = [
            (each.start - start, entry.country or entry.key)
            for each in names
            if each.key and (entry := self.gazetteer.entries.get(each.key)) is not None and entry.kind in {"place", "ministry", "office", "person"}
        ]  # fmt: skip
        for match in re.finditer(r"\b[A-Z][\w.]+", body):
            code = ADJECTIVES.get(match.group().lower().rstrip("."), "")
            if code and all(place != match.start() for place, _ in found):
                found.append((match.start(), code))
        return sorted(each for each in found if len(each[1]) == 3)

    def _subject(self, body: str, start: int, names: Sequence[Name]) -> str:
        """Return the state a clause begins with, unless it only owns something."""
        states = self._states(body, start, names)
        place, code = states[0] if states else (len(body), "")
        return "" if place > SUBJECT or re.match(r"\w+['’]s\b", body[place:]) else code

    def _deed(self, body: str, start: int, names: Sequence[Name], *, is_conditional: bool) -> Deed | None:
        """Return the first deed of a clause."""
        for match in self.lexicon.verb.finditer(body):
            if not _is_verb(body, match):
                continue
            effect, value, object_at = self._effect(body, match, names, start)
            if effect is None:
                continue
            states = self._states(body, start, names)
            actor, is_named = self._actor(body, match, object_at if value < 0 else None, states)
            if not actor:
                continue
            lead = len(body) - len(body.lstrip(" ,;:–—"))
            return Deed(
                start=start + lead, end=start + len(body.rstrip()), text=body[lead:].rstrip(), actor=actor, effect=effect, verb=match.group(),
                goods=tuple(dict.fromkeys(each.key for each in names if each.kind in {"mineral", "good"} and each.key)) or _worded_goods(body, match),
                target=self._target(body, match, object_at, states, actor), mood=_mood(body, match, is_conditional=is_conditional),
                is_actor_named=is_named, is_standing=self._is_standing(body, match),
            )  # fmt: skip
        return None

    def _is_standing(self, body: str, verb: re.Match[str]) -> bool:
        """Say whether things are told to stand as they did."""
        before = body[: verb.start()]
        is_staying = self.lexicon.verbs[verb.group().lower()].part == "staying"
        return is_staying or any(pattern.search(before[-30:]) is not None for pattern in (_STAYS, _NEGATED))

    def _effect(self, body: str, verb: re.Match[str], names: Sequence[Name], start: int) -> tuple[str | None, int, int]:
        """Return the effect of a verb on its object, the sign of the object, and where it stands."""
        word = self.lexicon.verbs[verb.group().lower()]
        before, after = body[: verb.start()], body[verb.end() : verb.end() + REACH]
        is_negated = _NEGATED.search(before[-30:] + (after[:8] if word.part == "staying" else "")) is not None
        if word.part == "putting":
            is_under = _UNDER.search(after) is not None and not is_negated
            return RESTRICTS if is_under else None, 1, verb.end()
        is_passive = word.part in {"moving", "staying"} or _PASSIVE.search(before) is not None
        side, offset = (before, 0) if is_passive else (_RELATIVE.split(after, maxsplit=1)[0], verb.end())
        value, place = self._value(side, offset, word, names, start)
        is_barrier_in_force = value == -1 and _IN_FORCE.search(after) is not None
        if (word.part == "staying" and not is_barrier_in_force) or (
            word.part in {"trading", "moving"} and not _AGAIN.search(after)
        ):
            return None, 0, 0
        if value == 0 and word.part == "forbidding":
            value, place = 1, 0 if is_passive else verb.end()
        sign = word.sign * value
        if sign and is_negated:
            sign = -1 if sign > 0 else 0
        return {1: EASES, -1: RESTRICTS}.get(sign), value, place

    def _value(self, side: str, offset: int, verb: Word, names: Sequence[Name], start: int) -> tuple[int, int]:
        """Return the sign of an object and where it stands: a noun of the lexicon, a good by its name, a pronoun."""
        if self.value and _PRONOUN.match(side):
            return self.value, offset
        found = list(self.lexicon.noun.finditer(side))
        starts = {match.start() for match in found}
        heads_only = [match for match in found if match.end() + 1 not in starts]  # in "export controls" the last
        nouns = [(match.start() + offset, self._noun(match.group(), verb)) for match in heads_only]
        reliefs = [place for place, value in nouns if value == RELIEF]
        heads = [each for each in nouns if each[1] != RELIEF] or [
            (place, 1)
            for each in names
            if each.kind in {"mineral", "good"} and offset <= (place := each.start - start) < offset + len(side)
        ]
        if not heads:
            return (1, reliefs[0]) if reliefs else (0, offset)
        place, value = min(heads)
        self.value = -value if reliefs and reliefs[0] < place else value
        return self.value, place

    def _noun(self, text: str, verb: Word) -> int:
        """Return the sign of a noun beside a verb; a relief turns round what follows it."""
        word = self.lexicon.nouns[text.lower()]
        if word.part == "relief":
            return RELIEF
        if word.part == "licence":
            return -1 if verb.licence == "barrier" else 1
        return word.sign

    def _actor(
        self, body: str, verb: re.Match[str], barrier_at: int | None, states: Sequence[tuple[int, str]]
    ) -> tuple[str, bool]:
        """Return who acts: the agent after "by", the subject, whose barrier it is, else who acted last."""
        agent = re.search(r"\bby\s(?:the\s)?", body[verb.end() :])
        place = verb.end() + agent.end() if agent else len(body)
        by = next((code for at, code in states if place <= at <= place + 12), "")
        if by:
            return by, True
        if _PASSIVE.search(body[: verb.start()]) or self.lexicon.verbs[verb.group().lower()].part in {
            "moving",
            "staying",
        }:
            owner = [code for at, code in states if barrier_at is not None and at < barrier_at < verb.start()]
        else:
            owner = [
                code for at, code in states if at < verb.start() and not _TOWARDS.search(body[max(0, at - 12) : at])
            ]
        return (owner[-1], True) if owner else (self.last, False)

    def _target(
        self, body: str, verb: re.Match[str], object_at: int, states: Sequence[tuple[int, str]], actor: str
    ) -> str:
        """Return whom it is meant for: after "for" or "to", the owner of the goods, or who is forbidden."""
        others = [(at, code) for at, code in states if code != actor]
        towards = [code for at, code in others if _TOWARDS.search(body[max(0, at - 12) : at])]
        if towards:
            return towards[-1]
        owner = [code for at, code in others if at < object_at < verb.start() or verb.end() <= at]
        if owner:
            return owner[-1]
        worded = _FOR.search(body[verb.end() :])
        return worded[1].lower() if worded else ""
