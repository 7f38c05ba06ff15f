"""Who the words before or after a verb of saying mean: a record, or a stranger in the words of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name

_PRONOUN = re.compile(r"^(?:he|she|it|they)(?:\s(?:further|also|then|later|all|now))?$", re.IGNORECASE)
_FIRST = re.compile(r"^(?:I|we)(?:\s\w+)?$", re.IGNORECASE)
_CUT = re.compile(
    r"\s+(?:last|this|next|on \w+day|in the|in our|at|late|yesterday|today|again|still|once|has|had|have|could|would|also|then|now|who|which|that|whose)\b.*$|,.*$|\s+\(.*$"
    r"|\s+(?:from|of|at|in|for)\s+(?:the\s+|an?\s+)?[A-Z].*$"
)
VAGUE = frozenset({"it is said", "it is called", "it is", "people", "nobody", "markets", "who", "which", "suppliers"})
_CLAUSE = re.compile(
    r"(?:but|that|because|since|as if|where|when|while|who|which|no|in|on|only|then|so|would|nobody|it is)\b"
)
LONGEST_SPEAKER, LONGEST_STRANGER = 14, 8
"""Words that a speaker may take."""


class Speakers:
    """Resolve speakers, remembering the last one for pronouns."""

    def __init__(self, gazetteer: Gazetteer, strangers: Mapping[str, str]) -> None:
        self.gazetteer, self.strangers = gazetteer, strangers
        self.last: str | None = None

    def kind(self, key: str | None) -> str:
        """Return the kind of a record; empty for strangers and nobody."""
        entry = self.gazetteer.entries.get(key or "")
        return entry.kind if entry else ""

    def outlet(self, words: str, names: Sequence[Name]) -> str | None:
        """Return the outlet on record among words."""
        return next((each.key for each in names if each.kind == "outlet" and each.text in words), None)

    def is_speaker(self, words: str, names: Sequence[Name]) -> bool:
        """Say whether words beside a verb of saying are somebody, not the middle of a clause."""
        return len(words.split()) <= LONGEST_SPEAKER and self.who(words, names) is not None and not _CLAUSE.match(words)

    def who(self, words: str, names: Sequence[Name]) -> str | None:
        """Return the record or the words for somebody who speaks."""
        words = words.strip(" \"“”'’«»*#")
        if _FIRST.match(words):
            return "author"
        if _PRONOUN.match(words):
            return self.last
        if words.lower() in VAGUE or not re.search(r"\w", words):
            return None
        return self._named(words, [each for each in names if each.text in words]) or _described(words)

    def _named(self, words: str, here: Sequence[Name]) -> str | None:
        """Return the first person, else office, else body named; a place only where it stands alone."""
        has_person = any(each.kind == "person" for each in here)
        for kinds in ({"person"}, {"office"}, {"ministry", "outlet", "company"}):
            for each in here:
                if each.kind in kinds and not (each.kind == "company" and each.key == "stranger" and has_person):
                    key = self._key(each, words)
                    if key is not None:
                        return key
        return next(
            (each.key for each in here if each.kind == "place" and words.replace("the ", "").strip() == each.text), None
        )

    def _key(self, name: Name, words: str) -> str | None:
        if name.key == "stranger":
            whole = name.text if " " in name.text else self.strangers.get(name.text.lower(), name.text)
            return f"stranger:{whole}"
        if name.kind == "office":
            spokesman = re.match(r"an?\s+(?:spokes|aide|adviser)", words, re.IGNORECASE)
            return None if spokesman else name.holder or name.key
        return name.key


def _described(words: str) -> str | None:
    """Return a stranger in the words of the text, without what only places or dates them."""
    short = re.sub(r"^(?:and|but|or|as|what|so)\s+", "", _CUT.sub("", words).strip(" ,"))
    short = re.sub(r"['’]s\s+\w+$", "", short) if re.match(r"our\b", short) else short
    return f"stranger:{short}" if re.match(r"[a-zA-Z]", short) and len(short.split()) <= LONGEST_STRANGER else None
