"""What stands beside a mention and speaks for one person on record: an office, a word of it, somebody of the like office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims import evidence
from chokepoint.claims.callings import is_of
from chokepoint.claims.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name

_LINK = re.compile(
    r"\s*(?:,|\(|–|—)?\s*(?:who\s+)?(?:(?:is|was|has been|had been|had become|became|remains|remained|will be|speaks for|acts as|acted as|serves as|served as)\s+)?"
    r"(?:(?:now|then|still|currently|formerly|once)\s+)?(?:as\s+)?(?:(?:an?|the|its|his|her)\s+)?(?:[\w.’'-]+(?:['’]s)?\s+){0,2}$"
)
_PHRASE = re.compile(r"\s*(?:,|\()?\s*(?:of|from|at|for|who|whose|is|was|has|had)\b(?P<what>[^.;:!?]{0,90})")
_TITLES = (
    frozenset({"minister", "secretary", "undersecretary"}), frozenset({"president"}), frozenset({"commissioner"}), frozenset({"governor"}),
)  # fmt: skip
"""Titles of one word that mean one rank, in any translation."""
_HEADS = frozenset({"minister", "president"})
"""Together they head a government, as "prime" does."""
_IDLE = frozenset(
    "minister ministers secretary of the for and affairs state united states china chinese office former general deputy first national people's republic".split()
)


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


class Surroundings:
    """Weigh what stands beside mentions, by the offices of the candidates."""

    def __init__(self, gazetteer: Gazetteer, day: str, fields: Mapping[str, frozenset[str]]) -> None:
        self.gazetteer, self.day, self.fields = gazetteer, day, fields
        self.subjects: dict[str, frozenset[str]] = {}

    def by_office(self, key: str, mention: Mention) -> tuple[tuple[float, str], bool]:
        """Return what a linked office says for a candidate, and whether one is linked."""
        held, best = self._held(key), 0.0
        linked = [each for each in mention.titles if each.kind == "office" and is_linked(mention, each)]
        for each in linked:
            if held & {each.key, *each.candidates}:
                return (evidence.ITS_OFFICE, "the office beside the name"), True
            if held:
                best = evidence.ANOTHER_OFFICE
        if linked:
            return (best, "another office beside the name"), True
        word = re.search(r"([\w'’-]+)\s+$", mention.before)
        if word and is_of(word[1], "office"):
            if held and not self.is_called(key, folded(word[1])):
                return (evidence.ANOTHER_OFFICE, "an office before the name that is not its own"), False
            return (evidence.AN_OFFICE, "an office before the name"), False
        return (0.0, ""), False

    def is_called(self, key: str, title: str) -> bool:
        """Say whether a person's offices go by a title of one word: those of the day, else those ever held.

        Ministers and secretaries are put for each other.
        """
        offices = self._now(key) or self._held(key)
        titles = next((each for each in _TITLES if title in each), frozenset[str]())
        entries = (self.gazetteer.entries[each] for each in offices if each in self.gazetteer.entries)
        spelt = (folded(each).split() for entry in entries for each in entry.spellings)
        called = {word for words in spelt if not set(words) >= _HEADS and "prime" not in words for word in words}
        return not titles or bool(titles & called)

    def by_subject(self, key: str, mention: Mention) -> tuple[float, str]:
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

    def mirrors(self, key: str, mention: Mention) -> tuple[float, str]:
        """Return what it says that a candidate's office of the day is that of somebody beside, or over the same things."""
        mine = self._now(key)
        beside = {office for each in mention.beside if each.key != key for office in self._now(each.key or "")}
        if {each[4:] for each in mine} & {each[4:] for each in beside}:
            return evidence.MIRRORED, "office mirrors that of a person beside"
        if self._fields(mine) & self._fields(frozenset(beside)):
            return evidence.SAME_FIELD, "same field as a person beside"
        return (0.0, "")

    def _held(self, key: str) -> frozenset[str]:
        return frozenset(each.office for each in self.gazetteer.entries[key].tenures)

    def _now(self, key: str) -> frozenset[str]:
        entry = self.gazetteer.entries.get(key)
        return frozenset(each.office for each in entry.tenures if each.covers(self.day)) if entry else frozenset()

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

    def _fields(self, offices: frozenset[str]) -> frozenset[str]:
        """Return what offices are over."""
        return frozenset(field for office in offices for field in self.fields.get(office, ()))


def is_linked(mention: Mention, office: Name) -> bool:
    """Say whether an office is the name's: right before it, or after it as an apposition or a predicate."""
    if 0 <= mention.start - office.end <= 2:
        return True
    if office.start < mention.end:
        return False
    between = mention.after[: office.start - mention.end]
    return len(between) == office.start - mention.end and _LINK.fullmatch(between) is not None and len(between) < 40
