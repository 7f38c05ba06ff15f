"""The main clause of a sentence: its verb, its time, whether it denies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.phrases import is_called
from chokepoint.claims.tagging import tagged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

WILL = frozenset({"will", "shall", "'ll", "won't", "wo"})
TO_COME = frozenset({"going", "about", "bound", "set", "due", "likely", "expected", "poised", "sure", "certain"})
"""Words that make "is ... to" a future."""
BE = frozenset("is are was were be been being am 's".split())
CAN = frozenset("can could cannot can't may might must should would ought".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A main clause.

    Args:
        words: its words, quotations opened, subordinate and relative clauses left out.
        verb: place of its finite verb among them; -1 where there is none.
    """

    words: tuple[Word, ...]
    verb: int

    @property
    def subject(self) -> tuple[Word, ...]:
        """The words before the verb."""
        return self.words[: self.verb] if self.verb >= 0 else ()

    @property
    def rest(self) -> tuple[Word, ...]:
        """The words behind the verb."""
        return self.words[self.verb + 1 :]

    @property
    def is_future(self) -> bool:
        """Whether it tells what is to come."""
        if self.verb < 0:
            return False
        if self.words[self.verb].lower.replace("’", "'") in WILL:
            return True
        ahead = [word.lower for word in self.rest[:5]]
        present = self.words[self.verb].lower in {"is", "are", "am", "'s"}
        return present and any(
            one in TO_COME and "to" in ahead[place + 1 : place + 2] for place, one in enumerate(ahead)
        )

    @property
    def is_past(self) -> bool:
        """Whether it tells what is done."""
        if self.verb < 0:
            return False
        word = self.words[self.verb]
        return (
            word.lower in {"was", "were", "had", "did"}
            or (word.tag == "VERB" and word.form in {"past", "participle"})
            or self.is_perfect
        )

    @property
    def is_perfect(self) -> bool:
        """Whether it has "has" or "have" with a participle."""
        return self.verb >= 0 and self.words[self.verb].tag == "AUX" and self.words[self.verb].lower in {"has", "have"}

    @property
    def is_copular(self) -> bool:
        """Whether its verb is a form of "be" with a noun or an adjective behind it."""
        if self.verb < 0 or self.words[self.verb].lower not in {"is", "are", "was", "were", "'s"}:
            return False
        behind = next((word for word in self.rest if word.tag not in {"ADV", "NOT"} and word.lower != "yet"), None)
        return behind is not None and behind.tag in {"DET", "ADJ", "NOUN", "POSS", "PRON", "NUM"}

    @property
    def is_denied(self) -> bool:
        """Whether its verb or its subject is denied; a "cannot" and a "may not" are no denials of fact."""
        if self.verb < 0:
            return False
        verb = self.words[self.verb]
        if verb.lower in WILL and self.rest[:1] and self.rest[0].lower == "not":
            return True
        if verb.lower in CAN or verb.lower.startswith("can"):
            return verb.lower not in {"cannot", "can't"} and _negative(self.subject[-4:], subject=True)
        if verb.lower.endswith("n't") or verb.lower.endswith("n’t"):
            return True
        ahead = [word for word in self.rest[:3] if word.tag in {"NOT", "ADV", "AUX", "DET", "PRON"}]
        object_first = self.rest[:1]
        by_verb = any(word.lower in {"not", "never"} for word in ahead) and not _is_contrast(self.rest)
        by_object = bool(object_first) and object_first[0].lower in {"no", "nobody", "none", "nothing"}
        return (
            by_verb
            or by_object
            or _negative(self.subject, subject=True)
            or (bool(self.rest) and self.rest[-1].lower == "not")
        )


def _negative(words: Sequence[Word], *, subject: bool) -> bool:
    lower = [word.lower for word in words]
    opening = [word for word in lower if word not in {"and", "but", "yet"}][:1] if subject else lower
    return (
        bool(set(opening) & {"no", "nobody", "nothing", "none", "neither", "never"})
        or "not" in lower[-6:]
        or bool({"nobody"} & set(lower))
    )


def _is_contrast(rest: Sequence[Word]) -> bool:
    """Say whether a "not" only sets off a second member ("not only", "not even", "X, not Y")."""
    lower = [word.lower for word in rest[:4]]
    return (
        "not" in lower
        and lower.index("not") + 1 < len(lower)
        and lower[lower.index("not") + 1] in {"only", "even", "just", "merely", "before", "earlier", "later", "until"}
    )


def opened(words: Sequence[Word]) -> list[Word]:
    """Return words with what stands in quotation marks as words of their own."""
    found: list[Word] = []
    for word in words:
        found += tagged(word.text.strip('"“”«»„ ')) if word.tag == "QUOTE" else [word]
    return found


def main_clause(words: Sequence[Word]) -> Clause:
    """Return the first main clause: a leading subordinate clause, what follows a conjunction, and relatives left out."""
    parts = _segments(opened(words))
    while len(parts) > 1 and parts[0] and (parts[0][0].tag == "SUB" or not any(word.is_finite for word in parts[0])):
        if parts[0][0].tag == "SUB" or len(parts[0]) < 9:
            parts = parts[1:]
        else:
            break
    kept: list[Word] = []
    for part in parts:
        if kept and any(word.is_finite for word in kept):
            break
        kept += part
    kept = _without_relatives(kept)
    return Clause(words=tuple(kept), verb=_verb(kept))


def _segments(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words between marks."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.tag == "MARK" and word.text in {",", ";", ":", "–", "—", "(", ")", ".", "!", "?"}:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _without_relatives(words: Sequence[Word]) -> list[Word]:
    """Drop relative clauses up to the verb that goes on with the main clause, and what follows a subordinator."""
    kept: list[Word] = []
    inside = 0
    for number, word in enumerate(words):
        if inside == 0 and word.tag == "WH" and kept and kept[-1].tag in {"NOUN", "NAME", "PRON"}:
            inside = 1
        elif inside == 0 and word.tag == "SUB" and any(each.is_finite for each in kept) and word.lower != "that":
            break
        elif inside == 1 and word.is_finite:
            inside = 2
        elif inside == 2 and word.is_finite and words[number - 1].tag not in {"AUX", "MODAL", "NOT", "ADV", "PREP"}:
            inside = 0
        if inside == 0:
            kept.append(word)
    return kept


def _verb(words: Sequence[Word]) -> int:
    """Return the place of the finite verb."""
    for number, word in enumerate(words):
        infinitive = number > 0 and words[number - 1].lower == "to"
        if word.is_finite and not infinitive and not is_called(words, number):
            return number
    return next(
        (
            number
            for number, word in enumerate(words)
            if word.is_finite and (number == 0 or words[number - 1].lower != "to")
        ),
        -1,
    )
