"""Mentions of people: each weighed with what stands beside it and with who was named before."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims import evidence
from chokepoint.claims.callings import describes_otherwise, is_of, is_organisation, office_words
from chokepoint.claims.channels import CAP, rarity
from chokepoint.claims.names import Name
from chokepoint.claims.offices import state_of
from chokepoint.claims.people import Likeness, Roll, surnames_of
from chokepoint.claims.spelling import bare, folded
from chokepoint.claims.surroundings import Mention, Surroundings, is_linked
from chokepoint.claims.words import NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.claims.evidence import Weighed
    from chokepoint.claims.gazetteer import Gazetteer

STRANGER = "stranger"
LONGEST = 5
CLOSE = 5.0
"""Nats from the record up to which somebody named before is thought of again."""
FARTHEST = 4.5
"""Nats from the record up to which one word alone, with nothing beside it that speaks for somebody, may name him."""
_ACTS = re.compile(
    r"\s*(?:,?\s(?:who|himself|herself)\b|\s(?:also\s|later\s|then\s|had\s|has\s|would\s|will\s)?(?:agree[sd]?|said|says|told|tells|added|adds|wrote|writes|warned|warns|smiled|nodded|met|flew|"
    r"signed|argued|argues|replied|asked|asks|announced|confirmed|promised|spoke|speaks|called|refused|answered|declined|insisted|visited|left|arrived|wants)\b|\s(?:to\s(?:the\s)?(?:reporters|journalists)|with\s[^.]{1,40}\smet)\b)"
)
_MET = re.compile(
    r"\b(?:said|says|told|by|with|met|asked|thanked|called|replaced|spoke|after\s(?:him|her)|Mr|Ms|Mrs|Dr)\.?\s+$"
)
"""Only people do so, and are so spoken of."""
_ROW = re.compile(
    r"\b(?:in|at|near|outside|around|from|across|throughout|through|via|between|into)\s+(?:[A-ZÀ-Þ][\w’'-]+,?\s+){1,3}(?:and|or)\s+$"
)
"""A row of names behind a preposition of place."""
_PLACED = re.compile(r"\b(?:in|at|near|outside|around|from|towards?|across|throughout|through|via|beyond|into)\s+$")


@lru_cache(maxsize=2)
def _grounds(gazetteer: Gazetteer) -> frozenset[str]:
    """Return the folded names of places and bodies."""
    entries = (
        entry for entry in gazetteer.entries.values() if entry.kind in {"place", "ministry", "company", "outlet"}
    )
    return frozenset(folded(each) for entry in entries for each in entry.spellings)


class Memory:
    """Who was named before in an article."""

    def __init__(self) -> None:
        self.strangers: dict[str, str] = {}
        self.known: dict[str, list[str]] = {}
        self.met: list[str] = []
        self.last = ""

    def remember_stranger(self, words: list[str], text: str) -> None:
        """Remember a stranger by either part of the name."""
        self.strangers[bare(words[-1])] = self.strangers[bare(words[0])] = text
        self.last = STRANGER

    def remember(self, words: tuple[str, ...], key: str, record: list[str]) -> None:
        """Remember somebody on record by the words used, and by the first and last of the name on record."""
        calls = {bare(words[0]), bare(words[-1])}
        if len(words) > 1:
            calls |= {record[0], record[-1]}
        for call in calls:
            bearers = self.known.setdefault(call, [])
            if key in bearers:
                bearers.remove(key)
            bearers.append(key)
        if key not in self.met:
            self.met.append(key)
        self.last = key

    def by_history(self, key: str, mention: Mention, distance: float) -> tuple[float, str]:
        """Return what was named before in the article says for a candidate."""
        if len(mention.words) == 1:
            word = bare(mention.words[0])
            bearers = self.known.get(word, [])
            if key in bearers:
                last = evidence.NAMED_LAST if bearers[-1] == key else 0.0
                return evidence.NAMED_BEFORE + last, "named in full before"
            if word in self.strangers:
                return evidence.STRANGER_BEFORE, f"a stranger named before: {self.strangers[word]}"
        return (evidence.MENTIONED, "named before") if key in self.met and distance < CLOSE else (0.0, "")


class Mentions:
    """Resolve mentions, remembering who was named before."""

    def __init__(self, gazetteer: Gazetteer, day: str, fields: Mapping[str, frozenset[str]]) -> None:
        self.gazetteer = gazetteer
        self.around = Surroundings(gazetteer, day, fields)
        self.memory = Memory()
        self.roll = Roll(gazetteer, day)
        self.calls = surnames_of(gazetteer)
        self.grounds = _grounds(gazetteer)

    def resolved(self, mention: Mention) -> Name | None:
        """Return the person meant, several who may be, a stranger named before; None where it names nobody."""
        words = mention.words
        if len(words) > LONGEST or is_organisation(list(words)) or (len(words) == 1 and not self._is_name(mention)):
            return None
        otherwise = self.is_otherwise(mention)
        candidates = self._candidates(mention)
        told = {each.key: self.around.by_subject(each.key, mention) for each in candidates}
        linked = any(each.kind == "office" and is_linked(mention, each) for each in mention.titles)
        if len(words) == 1 and not (otherwise or linked):
            most = max((weight for weight, _ in told.values()), default=0.0)
            candidates = [each for each in candidates if told[each.key][0] == most]
        beside = {
            each.key: self._beside(each.key, mention, each.distance, told[each.key], otherwise=otherwise)
            for each in candidates
        }
        ranked = evidence.weigh(candidates, beside)
        chosen = evidence.decided(ranked)
        if chosen is not None and not (
            beside[chosen.key][0] <= 0
            and is_far(mention, chosen.distance)
            and not self._is_of_state(chosen.key, mention)
        ):
            self.memory.remember(words, chosen.key, folded(self.gazetteer.entries[chosen.key].name).split())
            return _name(mention, chosen.key, ranked, chosen.probability, chosen.why)
        return self._unsettled(mention, ranked, otherwise=otherwise) if len(words) == 1 else None

    def _is_of_state(self, key: str, mention: Mention) -> bool:
        """Say whether the state whose office somebody holds stands before the name ("Ruritania's Hentzau")."""
        owner = re.search(r"([\w.]+)['’]s\s+$", mention.before)
        return owner is not None and state_of(owner[1], self.gazetteer) == self.gazetteer.entries[key].country

    def is_otherwise(self, mention: Mention) -> bool:
        """Say whether the text gives a mention a calling that nobody on record has."""
        return describes_otherwise(mention.before, mention.after, self.grounds)

    def _candidates(self, mention: Mention) -> list[Likeness]:
        """Return the people a mention may mean: exact calls of one word, else by sound."""
        exact = self.calls.get(folded(" ".join(mention.words)), ())
        rare = min(CAP, sum(rarity(each) for each in mention.words)) if exact else 0.0
        spelt = [Likeness(key=key, score=rare + self.roll.prior(key), distance=0.0) for key in exact]
        by_key = {each.key: each for each in spelt}
        for each in self.roll.likeness(mention.words):
            if each.key not in by_key or each.score > by_key[each.key].score:
                by_key[each.key] = each
        return sorted(by_key.values(), key=lambda each: (-each.score, each.key))

    def _is_name(self, mention: Mention) -> bool:
        """Say whether a word alone may be a name: no function word, and "He" only where it is no pronoun."""
        word = mention.words[0]
        plain = bare(word)
        if plain == "he":
            return self._is_surname_he(mention)
        titled = any(0 <= mention.start - each.end <= 2 for each in mention.titles)
        if len(word) == 1 or (plain in NOT_NAMES and not titled):
            return False
        return not is_of(word, "office", "honorific", "body") or plain in self.calls

    def _is_surname_he(self, mention: Mention) -> bool:
        """Say whether "He" is a surname: inside a sentence, with a calling after it, or where only one He was spoken of."""
        if not mention.opens:
            return mention.text == "He"
        calling = re.match(r"\s*,\s*(?:who\b|the\b|(?:[\w-]+\s+){0,2}$)", mention.after) is not None
        return (calling and office_words(mention.after[:80])) or self.memory.last in self.memory.known.get("he", [])[
            -1:
        ]

    def _beside(
        self, key: str, mention: Mention, distance: float, told: tuple[float, str], *, otherwise: bool
    ) -> tuple[float, str]:
        """Return the log-odds of what stands beside a name for one candidate, and the strongest reason."""
        found: list[tuple[float, str]] = []
        office, linked = self.around.by_office(key, mention)
        found.append(office)
        otherwise = otherwise and not (linked and office[0] > 0)
        if otherwise:
            more = evidence.NEAR_AND_OTHER if distance else 0.0
            found.append((evidence.ANOTHER_CALLING + more, "the text gives another calling"))
        if not linked:
            found.append(told)
        if not (linked or otherwise):
            found.append(self.memory.by_history(key, mention, distance))
        if (
            len(mention.words) == 1
            and not linked
            and bare(mention.words[0]) not in self.memory.known
            and (_PLACED.search(mention.before) or _ROW.search(mention.before))
        ):
            found.append((evidence.A_PLACE, "a preposition of place before it"))
        found.append(self.around.mirrors(key, mention))
        alone = len(mention.words) == 1 and rarity(mention.words[0]) < evidence.COMMON
        if alone and max(each for each, _ in found) <= 0:
            found.append((evidence.COMMON_ALONE, "a common surname alone"))
        return sum(each for each, _ in found), max(found, key=lambda each: abs(each[0]))[1]

    def _unsettled(self, mention: Mention, ranked: list[Weighed], *, otherwise: bool) -> Name | None:
        """Return a surname that several bear as open, a stranger named before as one; else nothing."""
        word = bare(mention.words[0])
        if word in self.memory.strangers:
            return Name(
                start=mention.start, end=mention.end, text=mention.text, kind="person", key=STRANGER, score=0.0,
                why=f"named before: {self.memory.strangers[word]}",
            )  # fmt: skip
        exact = [each for each in ranked if not each.distance]
        if not exact or (otherwise and word not in self.memory.known):
            return None
        return _name(mention, None, exact, exact[0].probability, "several bear this name, and nothing decides")


def is_far(mention: Mention, distance: float) -> bool:
    """Say whether a word alone is too far from a record to name anybody where nothing shows that it is a person."""
    is_person = _ACTS.match(mention.after) or _MET.search(mention.before)
    return len(mention.words) == 1 and distance > FARTHEST and not is_person


def _name(mention: Mention, key: str | None, ranked: list[Weighed], score: float, why: str) -> Name:
    return Name(
        start=mention.start, end=mention.end, text=mention.text, kind="person", key=key,
        candidates=tuple(each.key for each in ranked if key is None or each.score > ranked[0].score - 12)[:12],
        score=round(score, 3), why=why,
    )  # fmt: skip
