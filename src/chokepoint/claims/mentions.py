"""Mentions of people: each weighed with what stands beside it and with who was named before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims import evidence
from chokepoint.claims.callings import describes_otherwise, is_of, is_organisation, office_words
from chokepoint.claims.channels import CAP, rarity
from chokepoint.claims.names import Name
from chokepoint.claims.people import Likeness, Roll, surnames_of
from chokepoint.claims.spelling import bare, folded
from chokepoint.claims.words import NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.claims.evidence import Weighed
    from chokepoint.claims.gazetteer import Gazetteer

STRANGER = "stranger"
LONGEST = 5
CLOSE = 5.0
"""Nats from the record up to which somebody named before is thought of again."""
_PLACED = re.compile(r"\b(?:in|at|near|outside|around|from|towards?|across|throughout|into)\s+$")
_LINK = re.compile(
    r"\s*(?:,|\(|–|—)?\s*(?:who\s+)?(?:(?:is|was|has been|had been|had become|became|remains|remained|will be|speaks for|acts as|acted as|serves as|served as)\s+)?"
    r"(?:(?:now|then|still|currently|formerly|once)\s+)?(?:as\s+)?(?:(?:an?|the|its|his|her)\s+)?(?:[\w.’'-]+(?:['’]s)?\s+){0,2}$"
)
_PHRASE = re.compile(r"\s*(?:,|\()?\s*(?:of|from|at|for|who|whose|is|was|has|had)\b(?P<what>[^.;:!?]{0,90})")
_IDLE = frozenset(
    "minister ministers secretary of the for and affairs state united states china chinese office former general deputy first national people's republic".split()
)
_SAID = re.compile(r"\s*(?:,|\()|\s+(?:said|says|told|met|added|stated|replied|noted|asked|arrived|flew|spoke|led)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A run of words that may name a person, with its surroundings.

    Args:
        start, end, text: where it stands.
        words: its parts.
        before, after: what stands beside it in its sentence.
        titles: offices named near it.
        beside: people named earlier in the sentence.
        opens: whether it opens the sentence, where every word has a capital.
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    before: str
    after: str
    titles: tuple[Name, ...]
    beside: tuple[Name, ...]
    opens: bool


class Mentions:
    """Resolve mentions, remembering who was named before."""

    def __init__(self, gazetteer: Gazetteer, day: str, fields: Mapping[str, frozenset[str]]) -> None:
        self.gazetteer, self.day, self.fields = gazetteer, day, fields
        self.roll = Roll(gazetteer, day)
        self.calls = surnames_of(gazetteer)
        self.strangers: dict[str, str] = {}
        self.known: dict[str, list[str]] = {}
        self.met: list[str] = []
        self.last = ""
        self.grounds = frozenset(
            folded(each)
            for entry in gazetteer.entries.values()
            if entry.kind in {"place", "ministry"}
            for each in entry.spellings
        )
        self.subjects: dict[str, frozenset[str]] = {}

    def resolved(self, mention: Mention) -> Name | None:
        """Return the person meant, several who may be, a stranger named before; None where it names nobody."""
        words = mention.words
        if len(words) > LONGEST or is_organisation(list(words)) or (len(words) == 1 and not self._is_name(mention)):
            return None
        otherwise = self.is_otherwise(mention)
        candidates = self._candidates(mention)
        told = {each.key: self._by_subject(each.key, mention) for each in candidates}
        is_linked = any(each.kind == "office" and _is_linked(mention, each) for each in mention.titles)
        if len(words) == 1 and not (otherwise or is_linked):
            most = max((weight for weight, _ in told.values()), default=0.0)
            candidates = [each for each in candidates if told[each.key][0] == most]
        beside = {
            each.key: self._beside(each.key, mention, each.distance, told[each.key], otherwise=otherwise)
            for each in candidates
        }
        ranked = evidence.weigh(candidates, beside)
        chosen = evidence.decided(ranked)
        if chosen is not None:
            self._remember(mention, chosen.key)
            return _name(mention, chosen.key, ranked, chosen.probability, chosen.why)
        return self._unsettled(mention, ranked, otherwise=otherwise) if len(words) == 1 else None

    def is_otherwise(self, mention: Mention) -> bool:
        """Say whether the text gives a mention a calling that nobody on record has."""
        return describes_otherwise(mention.before, mention.after, self.grounds)

    def remember_stranger(self, words: list[str], text: str) -> None:
        """Remember a stranger by either part of the name."""
        self.strangers[bare(words[-1])] = self.strangers[bare(words[0])] = text
        self.last = STRANGER

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
        return (calling and office_words(mention.after[:80])) or self.last in self.known.get("he", [])[-1:]

    def _beside(
        self, key: str, mention: Mention, distance: float, told: tuple[float, str], *, otherwise: bool
    ) -> tuple[float, str]:
        """Return the log-odds of what stands beside a name for one candidate, and the strongest reason."""
        found: list[tuple[float, str]] = []
        office, is_linked = self._by_office(key, mention)
        found.append(office)
        otherwise = otherwise and not (is_linked and office[0] > 0)
        if otherwise:
            found.append((evidence.ANOTHER_CALLING, "the text gives another calling"))
        if not is_linked:
            found.append(told)
        if not (is_linked or otherwise):
            found.append(self._by_history(key, mention, distance))
        if (
            len(mention.words) == 1
            and not is_linked
            and bare(mention.words[0]) not in self.known
            and _PLACED.search(mention.before)
        ):
            found.append((evidence.A_PLACE, "a preposition of place before it"))
        found.append(self._mirrors(key, mention))
        alone = len(mention.words) == 1 and rarity(mention.words[0]) < evidence.COMMON
        if alone and max(each for each, _ in found) <= 0:
            found.append((evidence.COMMON_ALONE, "a common surname alone"))
        return sum(each for each, _ in found), max(found, key=lambda each: abs(each[0]))[1]

    def _held(self, key: str) -> frozenset[str]:
        return frozenset(each.office for each in self.gazetteer.entries[key].tenures)

    def _by_office(self, key: str, mention: Mention) -> tuple[tuple[float, str], bool]:
        """Return what a linked office says for a candidate, and whether one is linked."""
        held, best = self._held(key), 0.0
        linked = [each for each in mention.titles if each.kind == "office" and _is_linked(mention, each)]
        for each in linked:
            if held & {each.key, *each.candidates}:
                return (evidence.ITS_OFFICE, "the office beside the name"), True
            if held:
                best = evidence.ANOTHER_OFFICE
        if linked:
            return (best, "another office beside the name"), True
        word = re.search(r"([\w'’-]+)\s+$", mention.before)
        if word and is_of(word[1], "office"):
            return (evidence.AN_OFFICE, "an office before the name"), False
        return (0.0, ""), False

    def _by_subject(self, key: str, mention: Mention) -> tuple[float, str]:
        """Return what a word of the candidate's offices in the phrase after the name says, more for those of the day."""
        phrase = _PHRASE.match(mention.after)
        if phrase is None:
            return (0.0, "")
        said = set(folded(phrase["what"]).split())
        if any(each.startswith("speak") for each in said):
            said.add("spokesperson")
        now, ever = self._now(key), self._held(key)
        shared = said & self._words_of(now)
        if shared or said & self._words_of(ever):
            return evidence.ITS_SUBJECT if shared else evidence.ITS_SUBJECT / 2, "the words after name its office"
        return (0.0, "")

    def _words_of(self, offices: frozenset[str]) -> frozenset[str]:
        """Return the words that tell offices from others."""
        found: set[str] = set()
        for office in offices:
            if office not in self.subjects:
                entry = self.gazetteer.entries.get(office)
                words = {word for each in (entry.spellings if entry else ()) for word in folded(each).split()}
                self.subjects[office] = frozenset(words - _IDLE)
            found |= self.subjects[office]
        return frozenset(found)

    def _by_history(self, key: str, mention: Mention, distance: float) -> tuple[float, str]:
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

    def _mirrors(self, key: str, mention: Mention) -> tuple[float, str]:
        """Return what it says that a candidate's office of the day is that of somebody beside, or over the same things."""
        mine = self._now(key)
        beside = {office for each in mention.beside if each.key != key for office in self._now(each.key or "")}
        if {each[4:] for each in mine} & {each[4:] for each in beside}:
            return evidence.MIRRORED, "office mirrors that of a person beside"
        if self._fields(mine) & self._fields(frozenset(beside)):
            return evidence.SAME_FIELD, "same field as a person beside"
        return (0.0, "")

    def _fields(self, offices: frozenset[str]) -> frozenset[str]:
        """Return what offices are over."""
        return frozenset(field for office in offices for field in self.fields.get(office, ()))

    def _now(self, key: str) -> frozenset[str]:
        entry = self.gazetteer.entries.get(key)
        return frozenset(each.office for each in entry.tenures if each.covers(self.day)) if entry else frozenset()

    def _unsettled(self, mention: Mention, ranked: list[Weighed], *, otherwise: bool) -> Name | None:
        """Return a surname that several bear as open, a stranger named before as one; else nothing."""
        word = bare(mention.words[0])
        if word in self.strangers:
            return Name(
                start=mention.start, end=mention.end, text=mention.text, kind="person", key=STRANGER, score=0.0,
                why=f"named before: {self.strangers[word]}",
            )  # fmt: skip
        exact = [each for each in ranked if not each.distance]
        if not exact or (otherwise and word not in self.known):
            return None
        return _name(mention, None, exact, exact[0].probability, "several bear this name, and nothing decides")

    def _remember(self, mention: Mention, key: str) -> None:
        words = mention.words
        calls = {bare(words[0]), bare(words[-1])} if len(words) > 1 else {bare(words[0])}
        if len(words) > 1:
            record = folded(self.gazetteer.entries[key].name).split()
            calls |= {record[0], record[-1]}
        for call in calls:
            bearers = self.known.setdefault(call, [])
            if key in bearers:
                bearers.remove(key)
            bearers.append(key)
        if key not in self.met:
            self.met.append(key)
        self.last = key


def _is_linked(mention: Mention, office: Name) -> bool:
    """Say whether an office is the name's: right before it, or after it as an apposition or a predicate."""
    if 0 <= mention.start - office.end <= 2:
        return True
    if office.start < mention.end:
        return False
    between = mention.after[: office.start - mention.end]
    return len(between) == office.start - mention.end and _LINK.fullmatch(between) is not None and len(between) < 40


def _name(mention: Mention, key: str | None, ranked: list[Weighed], score: float, why: str) -> Name:
    return Name(
        start=mention.start, end=mention.end, text=mention.text, kind="person", key=key,
        candidates=tuple(each.key for each in ranked if key is None or each.score > ranked[0].score - 12)[:12],
        score=round(score, 3), why=why,
    )  # fmt: skip
