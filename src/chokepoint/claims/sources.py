"""A source of words, and a sentence laid out for finding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.phrases import core, spelt, without_time
from chokepoint.claims.proxies import STRANGER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.reports import Report
    from chokepoint.claims.speakers import Speakers
    from chokepoint.claims.tagging import Word


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Who vouches.

    Args:
        speaker: record key, ``stranger:WORDS``, ``author`` or None for the outlet itself.
        chain: from the one nearest to the reader to the first one.
        verb: the verb of saying; empty where there is none.
        stance: what the verb does: ``says``, ``records``, ``argues``, ``doubts``, ``foresees``, ``hopes``, ``acts``; empty where there is none.
        body: the words that are vouched for.
        is_direct: whether they stand in quotation marks.
        is_nobody: whether the report names nobody ("it is said").
        words: of the sentence, a dateline left out.
        content: those that are vouched for.
    """

    speaker: str | None = None
    chain: tuple[str, ...] = ()
    verb: str = ""
    stance: str = ""
    body: str = ""
    is_direct: bool = False
    is_nobody: bool = False
    words: tuple[Word, ...] = ()
    content: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A sentence laid out.

    Args:
        text: the sentence.
        offset: where it begins in the article.
        words: of it.
        names: found in it.
        reports: its reporting clauses.
        speakers: who spoke before.
    """

    text: str
    offset: int
    words: Sequence[Word]
    names: Sequence[Name]
    reports: Sequence[Report]
    speakers: Speakers

    def who(self, phrase: Sequence[Word]) -> str | None:
        """Return whom a phrase means."""
        return self.speakers.who(self.text, phrase, self.names, self.offset)

    def kind(self, key: str | None) -> str:
        """Return the kind of a record."""
        return self.speakers.kind(key)

    def between(self, words: Sequence[Word]) -> str:
        """Return the text that words cover."""
        return self.text[words[0].start : words[-1].end] if words else ""


def made(
    steps: Sequence[str | None], body: str, verb: str = "", stance: str = "", *, is_direct: bool = False
) -> Source:
    """Return the source of a chain; steps that are None are left out, the last one speaks."""
    chain = tuple(each for each in steps if each)
    return Source(speaker=chain[-1], chain=chain, verb=verb, stance=stance, body=body, is_direct=is_direct)


def anybody(text: str, phrase: Sequence[Word]) -> str | None:
    """Return the words of a phrase as a stranger where only somebody who speaks can stand ("..., said her headset")."""
    opens = {"DET", "POSS", "NUM", "NAME", "NOUN", "ADJ"}
    phrase = without_time(phrase)
    if (
        not phrase
        or phrase[0].tag not in opens
        or phrase[0].lower in {"no", "this", "that", "what", "which", "whose", "neither"}
    ):
        return None
    return STRANGER + spelt(text, core(phrase))


def is_named(who: str, phrase: Sequence[Word]) -> bool:
    """Say whether a stranger is told by name."""
    return who.startswith(STRANGER) and any(word.tag == "NAME" for word in phrase)
