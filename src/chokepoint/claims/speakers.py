"""Who a phrase beside a verb of saying means: a record, or a stranger in the words of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import read_lexicon
from chokepoint.claims.phrases import (
    BARE,
    LONGEST,
    classes_of,
    core,
    head_of,
    is_calling,
    is_full_name,
    spelt,
    without_time,
)
from chokepoint.claims.proxies import (
    INDEFINITE,
    SPEAKING_FOR,
    STRANGER,
    behind_document,
    can_be_called,
    is_paper,
    is_plural,
    is_some_person,
    meant,
    owner_of,
    plain_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.tagging import Word

AUTHOR = "author"
NOBODY = frozenset("who which that whom whose nobody none nothing no it's there this these those what how where here whoever everybody everyone anybody neither either nor".split())  # fmt: skip
ORDINALS = frozenset("third fourth fifth sixth seventh second first".split())
POSTS = frozenset("minister secretary president premier chancellor commissioner envoy negotiator chief chairman spokesman spokeswoman spokesperson representative ambassador leader".split())  # fmt: skip
NAMING = frozenset({"called", "named", "nicknamed", "surnamed"})
KINDS = ({"person"}, {"office"}, {"ministry", "outlet", "company"})


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
            key.startswith(STRANGER) and not (classes_of(phrase) or _classes(key)) & {"document", "group", "data"}
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
        phrase = without_time(phrase)
        if not phrase or len(phrase) > LONGEST or phrase[0].lower in NOBODY:
            return None
        mark = next((at for at, word in enumerate(phrase) if word.text == ","), 0)
        if mark and is_full_name(phrase[mark + 1 :]) and is_calling(phrase[:mark]):
            phrase = phrase[mark + 1 :]
        if len(phrase) == 1 and phrase[0].tag == "PRON":
            return self._pronoun(phrase[0].lower)
        spans = (phrase[0].start + offset, phrase[-1].end + offset)
        here = [each for each in names if spans[0] <= each.start < spans[1]]
        called = next((number + 1 for number, word in enumerate(phrase) if word.lower in NAMING), 0)
        if called and any(word.tag == "NAME" for word in phrase[called:]):
            return STRANGER + " ".join(word.text for word in phrase[called:] if word.tag == "NAME")
        named = self._named(spelt(text, phrase), phrase, here)
        return named or self._again(phrase) or described(text, phrase)

    def _pronoun(self, word: str) -> str | None:
        if word in {"i", "we"}:
            return AUTHOR
        if word in {"he", "she", "him", "her"}:
            return self.person or self.last
        if word == "it":
            return self.body
        if word in {"they", "them"}:
            return self.last if is_plural(self.last or "") else None
        return STRANGER + word if word in {"somebody", "someone", "others", "another"} else None

    def _named(self, words: str, phrase: Sequence[Word], here: Sequence[Name]) -> str | None:
        """Return the person named, else the office, else the body that speaks; a place only where it stands alone."""
        for_another = self._for_another(phrase, here)
        if for_another is not None:
            return for_another or None
        here = meant(phrase, here)
        has_person = any(each.kind == "person" for each in here)
        kinds = KINDS[:1] if is_some_person(phrase) else KINDS
        for group in kinds:
            for each in here:
                beside = each.kind == "company" and each.key == "stranger" and has_person
                if each.kind in group and not beside and (key := self.key(each, words)) is not None:
                    return key
        alone = re.sub(r"^[Tt]he ", "", words)
        return next((each.key for each in here if each.kind == "place" and alone == each.text), None)

    def _for_another(self, phrase: Sequence[Word], here: Sequence[Name]) -> str | None:
        """Return for whom an office, a staff or a paper speaks; empty where it is somebody's brother, None where nobody's."""
        speaks_for = head_of(phrase) in SPEAKING_FOR
        if any(word.tag == "GEN" for word in core(phrase)[:-1]):
            owner = owner_of(phrase, here, speaks_for=speaks_for)
            return self._of_before(phrase) if owner is None and speaks_for else owner
        first = phrase[0].lower
        if speaks_for and first in {"his", "her"}:
            return self.person
        owner = behind_document(phrase)
        if owner:
            owned = (self.key(each, each.text) for each in here if each.kind in {"ministry", "outlet", "company"})
            paper = STRANGER + " ".join(word.text for word in core(owner)) if is_paper(owner) else None
            return next(owned, None) or paper
        return (self.body or self.last) if speaks_for and first in {"its", "their"} else None

    def _of_before(self, phrase: Sequence[Word]) -> str | None:
        """Return who is meant by "the agency" in "the agency's data", or the stranger named in "Zenda Blue's count"."""
        genitive = next(at for at, word in enumerate(phrase) if word.tag == "GEN")
        owner = phrase[:genitive]
        if not classes_of(phrase) & {"document", "data"} and head_of(phrase) != "count":
            return None
        if owner and all(word.tag == "NAME" for word in owner):
            return STRANGER + " ".join(word.text for word in owner)
        return self._again(owner) if owner else None

    def key(self, name: Name, words: str) -> str | None:
        """Return the key of a name: for a stranger the whole name, for an office its holder."""
        if name.key == "stranger":
            whole = name.text if " " in name.text else self.strangers.get(name.text.lower(), name.text)
            return STRANGER + plain_name(whole)
        if name.kind == "office":
            spokesman = re.match(r"an?\s+(?:spokes|aide|adviser)", words, re.IGNORECASE)
            return None if spokesman else name.holder or name.key
        return name.key

    def _again(self, phrase: Sequence[Word]) -> str | None:
        """Return who spoke before under the same noun ("the study", "the agency", "the envoy"), or as "the same lady"."""
        parts, head = [word.lower for word in core(phrase)], head_of(phrase)
        is_body = "group" in classes_of(phrase) and can_be_called(self.kind(self.record), head)
        if parts[:2] == ["the", "same"]:
            return self.record if is_body else self.last if "person" in classes_of(phrase) else None
        if len(parts) == 1 and phrase[0].tag == "NAME":
            named = (self.person or "").lower().removeprefix(STRANGER).split()
            return self.person if parts[0] in named else None
        if parts[0] != "the" or len(parts) != 2:
            return None
        if head in self.heard:
            return self.heard[head]
        posted = head in POSTS and self.person is not None and not self.person.startswith(STRANGER)
        return self.record if is_body else self.person if posted else None


def _classes(key: str) -> frozenset[str]:
    """Return the classes of a stranger told without a name ("stranger:the chart")."""
    words = key.removeprefix(STRANGER).split()
    return read_lexicon().noun(words[-1]) if words and words[-1].islower() else frozenset()


def described(text: str, phrase: Sequence[Word]) -> str | None:
    """Return a stranger in the words of the text, where the phrase can be somebody or something that speaks."""
    parts, head = core(phrase), head_of(phrase)
    if not parts or not re.search(r"[^\W\d]", spelt(text, parts)) or parts[0].tag == "AND":
        return None
    if parts[0].lower == "our" and head in {"agent", "reporter", "correspondent"}:
        return None
    run = len(parts) - next((number for number, word in enumerate(reversed(parts)) if word.tag != "NAME"), len(parts))
    if 0 < run < len(parts) - 1 and "person" in read_lexicon().noun(parts[run - 1].lower):
        return STRANGER + plain_name(spelt(text, parts[run:]))
    is_one = parts[0].lower in INDEFINITE and (head in ORDINALS or head in BARE)
    is_one = is_one or parts[0].lower in {"somebody", "someone"}
    is_able = bool(classes_of(phrase)) or is_one or head in {"others", "another"} or parts[-1].tag == "NAME"
    return STRANGER + spelt(text, parts) if is_able else None
