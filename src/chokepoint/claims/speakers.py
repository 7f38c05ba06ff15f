"""Who a phrase beside a verb of saying means: a record, or a stranger in the words of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import read_lexicon
from chokepoint.claims.phrases import BARE, LONGEST, classes_of, core, head_of, spelt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.tagging import Word

AUTHOR, STRANGER = "author", "stranger:"
SPEAKING_FOR = frozenset("office staff team spokesman spokeswoman spokesperson ministry statement account report data figures press service website reporter correspondent readout notice table count translation survey note desk fact".split())  # fmt: skip
"""Nouns behind a name that speak for it: "his office", "a Reuters report"."""
INDEFINITE = frozenset("a an one two three four five six several some many another other few".split())
NOBODY = frozenset("who which that whom whose nobody none nothing no it's there this these those what how where here whoever everybody everyone anybody".split())  # fmt: skip
ORDINALS = frozenset("third fourth fifth sixth seventh second first".split())
POSTS = frozenset("minister secretary president premier chancellor commissioner envoy negotiator chief chairman spokesman spokeswoman spokesperson representative ambassador leader".split())  # fmt: skip
TITLES = frozenset({"prof", "dr", "sir", "dame", "herr", "frau", "comrade"})
NAMING = frozenset({"called", "named", "nicknamed", "surnamed"})
KINDS = ({"person"}, {"office"}, {"ministry", "outlet", "company"})


def _is_plural(key: str) -> bool:
    words = key.removeprefix(STRANGER).split()
    return (
        bool(words)
        and key.startswith(STRANGER)
        and (words[0].lower() in INDEFINITE - {"a", "an", "one"} or words[-1].endswith("s"))
    )


def _plain_name(name: str) -> str:
    """Return a person's name without a calling before it and without what it is of."""
    words = (
        re.sub(r"\s+(?:of|from|at)\s.*$", "", name).split() if not re.match(r"\w+ (?:of|for)\b", name) else name.split()
    )
    while len(words) > 2 and (words[0].lower().strip(".") in TITLES or "person" in read_lexicon().noun(words[0])):
        words = words[1:]
    return " ".join(words)


class Speakers:
    """Resolve speakers, remembering who spoke and who was the subject for pronouns."""

    def __init__(self, gazetteer: Gazetteer, strangers: Mapping[str, str]) -> None:
        self.gazetteer, self.strangers = gazetteer, strangers
        self.last: str | None = None
        self.person: str | None = None
        self.body: str | None = None
        self.record: str | None = None
        self.heard: dict[str, str] = {}

    def kind(self, key: str | None) -> str:
        """Return the kind of a record; empty for strangers and nobody."""
        entry = self.gazetteer.entries.get(key or "")
        return entry.kind if entry else ""

    def note(self, key: str | None, phrase: Sequence[Word] = ()) -> None:
        """Remember a speaker."""
        if key is None or key == AUTHOR:
            return
        self.last = key
        if self.kind(key) in {"person", "office"} or (
            key.startswith(STRANGER) and not classes_of(phrase) & {"document", "group", "data"}
        ):
            self.person = key
        else:
            self.body = key
        if self.kind(key) in {"ministry", "outlet", "company"}:
            self.record = key
            if classes_of(phrase) & {"document"}:
                self.heard[head_of(phrase)] = key

    def mention(self, names: Sequence[Name], before: int) -> None:
        """Remember the subject of a sentence that has no speaker: the first person, or body, named before the verb; else the only person."""
        people = [each for each in names if each.kind == "person"]
        if len(people) == 1 and self.person is None:
            self.person = self.key(people[0], people[0].text)
        for each in names:
            if each.start < before and each.kind in {"person", "office"}:
                self.person = self.key(each, each.text) or self.person
                return
            if each.start < before and each.kind in {"ministry", "outlet", "company"} and each.key != "stranger":
                self.body = self.record = each.key or self.body
                return

    def outlet(self, words: str, names: Sequence[Name]) -> str | None:
        """Return the outlet on record among words."""
        return next((each.key for each in names if each.kind == "outlet" and each.text in words), None)

    def who(self, text: str, phrase: Sequence[Word], names: Sequence[Name], offset: int) -> str | None:
        """Return the record or the words for somebody who speaks; None for nobody.

        Args:
            text: the sentence.
            phrase: the words of it that name the speaker.
            names: of the sentence.
            offset: where the sentence begins in the article.
        """
        if not phrase or len(phrase) > LONGEST or phrase[0].lower in NOBODY:
            return None
        if len(phrase) == 1 and phrase[0].tag == "PRON":
            return self._pronoun(phrase[0].lower)
        spans = (phrase[0].start + offset, phrase[-1].end + offset)
        here = [each for each in names if spans[0] <= each.start < spans[1]]
        called = next((number + 1 for number, word in enumerate(phrase) if word.lower in NAMING), 0)
        if called and any(word.tag == "NAME" for word in phrase[called:]):
            return STRANGER + " ".join(word.text for word in phrase[called:] if word.tag == "NAME")
        named = self._named(spelt(text, phrase), phrase, here)
        return named or self._again(phrase) or self._described(text, phrase)

    def _pronoun(self, word: str) -> str | None:
        if word in {"i", "we"}:
            return AUTHOR
        if word in {"he", "she"}:
            return self.person or self.last
        if word == "it":
            return self.body
        if word == "they":
            return self.last if _is_plural(self.last or "") else None
        return STRANGER + word if word in {"somebody", "someone", "others", "another"} else None

    def _named(self, words: str, phrase: Sequence[Word], here: Sequence[Name]) -> str | None:
        """Return the person named, else the office, else the body that speaks; a place only where it stands alone."""
        of_somebody = self._of_somebody(phrase, here)
        if of_somebody is not None:
            return of_somebody or None
        if "person" in classes_of(phrase) and head_of(phrase) not in SPEAKING_FOR:
            inner = core(phrase)
            here = [
                each
                for each in here
                if any(word.text in each.text.split() for word in inner) or each.text.endswith(inner[-1].text)
            ]
        owner = next((word.end for word in phrase if word.tag == "GEN"), None)
        behind = [
            each for each in here if owner is not None and each.kind == "person" and each.text.endswith(phrase[-1].text)
        ]
        here = behind or here
        has_person = any(each.kind == "person" for each in here)
        is_somebody = (
            phrase[0].lower in INDEFINITE and "person" in classes_of(phrase) and head_of(phrase) not in SPEAKING_FOR
        )
        for kinds in KINDS:
            for each in here:
                skipped = (each.kind == "company" and each.key == "stranger" and has_person) or (
                    is_somebody and each.kind != "person"
                )
                if each.kind in kinds and not skipped and (key := self.key(each, words)) is not None:
                    return key
        return next(
            (each.key for each in here if each.kind == "place" and re.sub(r"^[Tt]he ", "", words) == each.text), None
        )

    def _of_somebody(self, phrase: Sequence[Word], here: Sequence[Name]) -> str | None:
        """Return whose office or staff speaks; empty where somebody's brother does, None where nobody's."""
        parts = core(phrase)
        genitive = next((number for number, word in enumerate(parts) if word.tag == "GEN"), None)
        speaks_for = head_of(phrase) in SPEAKING_FOR
        if genitive is not None and genitive + 1 < len(parts):
            owners = [each for each in here if each.text.split()[-1] in {word.text for word in parts[:genitive]}]
            if any(
                each.kind == "person" and each.key == "stranger" and each.text.endswith(parts[-1].text) for each in here
            ):
                return None
            body = next(
                (
                    each.key
                    for each in owners
                    if each.kind in {"ministry", "outlet"} and classes_of(phrase) & {"document", "data"}
                ),
                None,
            )
            if body is not None:
                return body
            return None if speaks_for or not owners or any(word.tag == "NAME" for word in parts[genitive:]) else ""
        if phrase[0].lower in {"his", "her"} and speaks_for:
            return self.person
        whose = next(
            (
                at
                for at, word in enumerate(phrase)
                if (word.lower == "of"
                and at
                and read_lexicon().noun(phrase[at - 1].lower) & {"document"})
                or (word.lower == "of" and at and phrase[at - 1].lower == "desk")
            ),
            None,
        )
        if whose is not None and whose + 1 < len(phrase):
            owner = phrase[whose + 1 :]
            owned = next(
                (self.key(each, each.text) for each in here if each.kind in {"ministry", "outlet", "company"}), None
            )
            is_paper = (
                head_of(owner) in {"paper", "newspaper", "site", "website", "channel", "agency"}
                or owner[-1].tag == "NAME"
            )
            if owned or is_paper:
                return owned or STRANGER + " ".join(word.text for word in core(owner))
        if phrase[0].lower in {"its", "their"} and speaks_for:
            return self.body or self.last
        return None

    def key(self, name: Name, words: str) -> str | None:
        """Return the key of a name: for a stranger the whole name, for an office its holder."""
        if name.key == "stranger":
            whole = name.text if " " in name.text else self.strangers.get(name.text.lower(), name.text)
            return STRANGER + _plain_name(whole)
        if name.kind == "office":
            spokesman = re.match(r"an?\s+(?:spokes|aide|adviser)", words, re.IGNORECASE)
            return None if spokesman else name.holder or name.key
        return name.key

    def _again(self, phrase: Sequence[Word]) -> str | None:
        """Return who spoke before under the same noun ("the lobby" after "a lobby"), or as "the same lady"."""
        parts = [word.lower for word in core(phrase)]
        head = head_of(phrase)
        if parts[0] == "the" and len(parts) == 2 and head in self.heard:
            return self.heard[head]
        if parts[0] == "the" and len(parts) == 2 and "group" in classes_of(phrase) and self._is_such(head):
            return self.record
        if (
            parts[0] == "the"
            and len(parts) == 2
            and head in POSTS
            and self.person
            and not self.person.startswith(STRANGER)
        ):
            return self.person
        if (
            len(parts) == 1
            and phrase[0].tag == "NAME"
            and self.person
            and parts[0] in self.person.lower().removeprefix(STRANGER).split()
        ):
            return self.person
        if parts[:2] == ["the", "same"] and "group" in classes_of(phrase) and self._is_such(head):
            return self.record
        is_same = parts[:2] == ["the", "same"] and "person" in classes_of(phrase)
        return self.last if is_same else None

    def _is_such(self, noun: str) -> bool:
        """Say whether the body named last can be called by a noun ("the agency", "the association")."""
        kind = self.kind(self.record)
        if noun in {"ministry", "department", "regulator", "agency", "authority", "government", "commission", "bureau"}:
            return kind in {"ministry", "outlet"}
        if noun in {"company", "firm", "association", "federation", "chamber", "union", "group", "bank", "consultancy"}:
            return kind == "company"
        return noun in {"newspaper", "paper", "magazine", "daily", "journal"} and kind == "outlet"

    def _described(self, text: str, phrase: Sequence[Word]) -> str | None:
        """Return a stranger in the words of the text, where the phrase can be somebody or something that speaks."""
        parts, head = core(phrase), head_of(phrase)
        if not parts or not re.search(r"[^\W\d]", spelt(text, parts)) or parts[0].tag == "AND":
            return None
        if parts[0].lower == "our" and head in {"agent", "reporter", "correspondent"}:
            return None
        run = len(parts) - next(
            (number for number, word in enumerate(reversed(parts)) if word.tag != "NAME"), len(parts)
        )
        if 0 < run < len(parts) - 1 and "person" in read_lexicon().noun(parts[run - 1].lower):
            return STRANGER + _plain_name(spelt(text, parts[run:]))
        is_one = parts[0].lower in INDEFINITE and (head in ORDINALS or head in BARE)
        is_able = bool(classes_of(phrase)) or is_one or head in {"others", "another"} or parts[-1].tag == "NAME"
        return STRANGER + spelt(text, parts) if is_able else None
