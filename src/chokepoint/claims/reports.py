"""Clauses that report: a verb of saying with its subject and the words it reports, found by the order of the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import Verb
from chokepoint.claims.phrases import classes_of, core, is_pause
from chokepoint.claims.subjects import (
    before_apposition,
    before_relative,
    place_of,
    shared_subject,
    starts_clause,
    subject_after,
    subject_before,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

TIMES = frozenset(
    "last this next yesterday today again later too once earlier late early here there also further back".split()
)
SURE = Verb(lemma="think", frames=frozenset({"clause"}), stance="argues")
MANNER = Verb(lemma="say", frames=frozenset({"clause"}), stance="says")
"""What a verb that is not listed does where only a verb of saying can stand ("...," chirped the host)."""
BE = frozenset({"is", "was", "are", "were", "be", "been", "being"})
SPOKEN_OF = {"speak": {"of", "about", "for", "against"}, "talk": {"of", "about"}, "call": {"for", "on", "it", "the", "this", "them", "that", "him", "her", "a", "an"}, "express": {"a", "the", "his", "her", "its", "hope"}}  # fmt: skip
"""Words by which a verb that also means something else is one of saying."""
OBSERVED = frozenset({"have", "show", "print", "take", "read", "place", "set", "name", "rate", "mark", "list", "register", "record", "see", "indicate", "measure"})  # fmt: skip
"""Verbs by which a document gives a figure, and people rarely do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A clause that reports.

    Args:
        verb: of saying.
        phrase: the words for who says it.
        start, end: words of the reporting clause.
        place: ``lead`` before what is reported, ``tail`` behind or amid it.
        frame: ``clause``, ``told``, ``number``, ``object``.
        told: words for whom it was said to.
    """

    verb: Verb
    phrase: tuple[Word, ...]
    start: int
    end: int
    place: str
    frame: str
    told: tuple[Word, ...] = ()


def reports(words: Sequence[Word]) -> list[Report]:
    """Return the reporting clauses of a sentence, in order."""
    found: list[Report] = []
    for at, word in enumerate(words):
        report: Report | None = None
        progressive = word.tag == "ING" and word.verb is not None and at > 0 and words[at - 1].lower in BE
        if (word.tag == "VERB" and word.form != "ing") or progressive:
            report = _inverted(words, at) or _tail(words, at) or _lead(words, at)
        elif word.tag == "AUX" or _may_be_verb(words, at):
            report = _inverted(words, at)
        if report is not None:
            found.append(report)
    return found


def _may_be_verb(words: Sequence[Word], at: int) -> bool:
    """Say whether an unknown word in -s may be a verb behind a comma ("..., rounds the newspaper")."""
    ends = words[at].tag == "NOUN" and words[at].lower.endswith("s") and at + 2 < len(words)
    return bool(
        ends
        and at
        and words[at - 1].text == ","
        and words[at + 1].tag == "DET"
        and classes_of(subject_after(words, at))
    )


def _inverted(words: Sequence[Word], at: int) -> Report | None:
    """Read "..., said a broker" and, behind a quotation, any verb at all."""
    if not starts_clause(words, at) or words[at - 1].tag == "AUX":
        return None
    verb, quoted = words[at].verb, words[at - 1].tag == "QUOTE"
    if words[at].tag == "AUX":
        return _is_sure(words, at)
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.tag in {"SUB", "WH", "MARK"}:
        return None
    if following.tag == "PRON" and following.lower in {"he", "she", "they", "it", "i", "we"}:
        rest = words[at + 2 :]
        idle = not rest or rest[0].tag in {"MARK", "PREP", "ADV"}
        known = verb is not None and (
            verb.stance or quoted or [word.lower for word in rest[:2]] == ["to", "understand"]
        )
        return _made(words, at, (following,), at, at + 2, "clause") if idle and known else None
    understood = [word.lower for word in words[at + 1 : at + 3]] in (["to", "know"], ["to", "understand"])
    skip = (
        2
        if understood
        else 1
        if following.lower in {"up", "out", "in", "on", "back"} and following.tag in {"PREP", "ADV"}
        else 0
    )
    phrase = subject_after(words, at + skip)
    known = verb is not None and bool(verb.stance and verb.frames)
    manner = (verb is None or quoted) and (quoted or _is_somebody(phrase)) and words[at].form != "participle"
    behind = next((word for word in words[at + 1 :] if phrase and word.start > phrase[-1].start), None)
    if not phrase or not (known or manner) or (behind is not None and behind.lower == "that"):
        return None
    speaks = (known and _is_somebody(core(phrase))) or (known and bool(classes_of(phrase) - {"data"})) or quoted
    if not speaks and before_apposition(words, at):
        return None
    if words[at].verb is not None and not known and not quoted:
        return None
    end = next((number for number in range(at + 1, len(words)) if words[number].end >= phrase[-1].end), at) + 1
    return _made(words, at, tuple(phrase), at, end, "clause")


def _is_sure(words: Sequence[Word], at: int) -> Report | None:
    """Read "..., is sure a broker", as translations put it."""
    phrase = (
        subject_after(words, at + 1)
        if at + 2 < len(words) and words[at + 1].lower in {"sure", "certain", "convinced", "confident"}
        else []
    )
    if not phrase or not _is_somebody(core(phrase)):
        return None
    return Report(verb=SURE, phrase=tuple(phrase), start=at, end=at + 2 + len(phrase), place="tail", frame="clause")


def _made(words: Sequence[Word], at: int, phrase: tuple[Word, ...], start: int, end: int, frame: str) -> Report:
    verb = words[at].verb
    used = verb if verb is not None and verb.stance else MANNER
    return Report(verb=used, phrase=phrase, start=start, end=end, place="tail", frame=frame)


def _is_somebody(phrase: Sequence[Word]) -> bool:
    return bool(classes_of(phrase) & {"person"}) or any(word.tag == "NAME" for word in phrase[:6])


def _tail(words: Sequence[Word], at: int) -> Report | None:
    """Read "..., a broker said" and "Prices, a broker said, will fall"."""
    verb = words[at].verb
    if (
        verb is not None
        and verb.lemma in {"go", "carry"}
        and [word.lower for word in words[at + 1 : at + 2]] == ["on"]
        and len(words) <= at + 3
    ):
        verb = MANNER
    if verb is None or not verb.stance:
        return None
    phrase = subject_before(words, at)
    if not phrase:
        phrase = before_apposition(words, at)
    if not phrase:
        return None
    first = place_of(words, phrase[0])
    while first and words[first - 1].tag in {"ADV", "AND"}:
        first -= 1
    if verb.lemma == "have" and words[at + 1 : at + 2] and words[at + 1].lower != "it":
        return None
    if (words[at].tag != "ING" and any(word.lower in BE for word in words[first:at])) or words[first - 1].text in {
        ":",
        ";",
    }:
        return None
    if (
        words[0].lower in {"whether", "why", "how"}
        or not starts_clause(words, first)
        or not any(word.tag in {"VERB", "NUM", "QUOTE", "AUX", "NOUN", "MODAL"} for word in words[:first])
    ):
        return None
    end, told = _closing(words, at, verb)
    if end is None:
        return None
    frame = "told" if told else "clause"
    return Report(verb=verb, phrase=tuple(phrase), start=first, end=end, place="tail", frame=frame, told=told)


def _closing(words: Sequence[Word], at: int, verb: Verb) -> tuple[int | None, tuple[Word, ...]]:
    """Return where a reporting clause ends that has nothing reported behind its verb, and whom it tells."""
    end, told = at + 1, list[object]()
    if "told" in verb.frames:
        while end < len(words) and words[end].tag in {"DET", "POSS", "PRON", "NAME", "NOUN", "NUM", "ADJ", "GEN"}:
            told.append(words[end])
            end += 1
    elif end < len(words) and words[end].lower == "it" and verb.lemma in {"have", "put", "see"}:
        end += 1
    if told and end < len(words) and words[end].tag == "WH":
        return len(words), ()
    while (
        end < len(words)
        and not is_pause(words[end])
        and words[end].tag in {"PREP", "ADV", "NAME", "NOUN", "NUM", "DET", "POSS", "ADJ", "MARK", "GEN", "ING", "WH"}
    ):
        if end == at + 1 and words[end].tag not in {"PREP", "ADV", "MARK"} and words[end].lower not in TIMES:
            return None, ()
        end += 1
    stopped = (
        end >= len(words)
        or is_pause(words[end])
        or words[end].lower in {"as", "when", "after", "before", "while", "who"}
    )
    return (end, tuple(word for word in told if hasattr(word, "tag"))) if stopped else (None, ())  # type: ignore[misc]


def _lead(words: Sequence[Word], at: int) -> Report | None:
    """Read "a broker said (that) ..." at the head of a sentence, of a clause, or behind an adverbial."""
    verb = words[at].verb
    if verb is None or not verb.frames or (at and words[at - 1].tag == "WH"):
        return None
    phrase = (
        before_relative(words, at)
        or shared_subject(words, at)
        or subject_before(words, at)
        or before_apposition(words, at)
    )
    if not phrase:
        return None
    first = place_of(words, phrase[0])
    if not _may_open(words, first) or any(word.lower in BE for word in words[first:at]):
        return None
    frame, end, told = _frame(words, at, verb)
    if not frame:
        return None
    return Report(verb=verb, phrase=tuple(phrase), start=first, end=end, place="lead", frame=frame, told=told)


def _may_open(words: Sequence[Word], first: int) -> bool:
    """Say whether a subject may open a clause there: nothing but adverbials, or a colon, before it."""
    before = list(words[:first])
    while before and (before[-1].tag in {"ADV", "AND"} or before[-1].text in {"*", "#", "-", "–"}):
        before.pop()
    if not before or before[-1].text in {":", ";", "–", "—", "."}:
        return True
    if before[-1].text == "," and (
        before[0].tag in {"PREP", "SUB", "ING"} or before[0].lower in {"asked", "pressed", "told"}
    ):
        return True
    if before[-1].text == "," or (before[-1].tag in {"NAME", "NOUN", "NUM"} and before[0].tag == "PREP"):
        return not any(word.is_finite for word in before)
    return before[-1].lower in {"but", "and", "while", "although", "though", "that"} and before[-1].tag in {
        "AND",
        "SUB",
        "WH",
        "DET",
    }


def _frame(words: Sequence[Word], at: int, verb: Verb) -> tuple[str, int, tuple[Word, ...]]:
    """Return the frame that the words behind a verb fill, where the reported words begin, and whom it tells."""
    after = list(words[at + 1 :])
    if not after:
        return "", at + 1, ()
    if "told" in verb.frames and (found := _told(words, at)) is not None:
        return found
    place = _that(words, at)
    if place is not None and "clause" in verb.frames:
        return "clause", place, ()
    if "clause" in verb.frames and _is_clause(after, verb):
        return "clause", at + 1, ()
    if (
        "number" in verb.frames
        and any(word.tag == "NUM" for word in after)
        and (verb.lemma != "have" or "at" in {word.lower for word in after} or words[at - 2].lower == "your")
    ):
        return "number", at + 1, ()
    if verb.lemma in {"warn", "complain", "boast", "brag"} and after[0].lower in {"of", "about", "against"}:
        return "object", at + 1, ()
    if (
        "object" in verb.frames
        and (after[0].tag not in {"MARK", "SUB"} or verb.lemma in SPOKEN_OF)
        and after[0].lower in SPOKEN_OF.get(verb.lemma, {after[0].lower})
    ):
        return "object", at + 1, ()
    return "", at + 1, ()


def _that(words: Sequence[Word], at: int) -> int | None:
    """Return where a clause behind "that", a colon or a quotation begins, past an adverbial ("said on Monday that")."""
    for number in range(at + 1, min(at + 9, len(words))):
        word = words[number]
        if word.text == ";":
            return None
        if word.lower == "that" and number + 1 < len(words):
            return number + 1
        if word.tag == "QUOTE" and (
            number == at + 1 or words[number - 1].text in {",", ":"} or words[number - 1].tag in {"ADV", "NAME"}
        ):
            return number
        if word.text == ":":
            return number + 1
        if word.is_finite or (is_pause(word) and number > at + 1 and word.text != ","):
            return None
    return None


def _is_clause(after: Sequence[Word], verb: Verb) -> bool:
    """Say whether a clause without "that" follows: a subject and a finite verb, or "expects prices to double"."""
    if after[0].text in {",", ":"}:
        return (
            len(after) > 2
            and verb.stance in {"says", "argues"}
            and verb.lemma in {"say", "think", "believe", "state", "write"}
        )
    if after[0].tag in {"MARK", "AND", "AUX"}:
        return False
    if verb.stance in {"foresees", "hopes"} and (after[0].tag != "PREP" or after[0].lower in {"to", "for"}):
        return True
    if verb.stance == "doubts" and after[0].tag in {"DET", "NOUN", "NAME", "POSS", "SUB", "WH"}:
        return True
    if verb.lemma == "see" and after[0].tag in {"DET", "POSS"}:
        return True
    if after[0].tag == "NUM" and verb.stance in {"says", "records"} and verb.lemma not in {"find", "add"}:
        return True
    if "bare" not in verb.frames:
        return False
    segment = after[: next((number for number, word in enumerate(after) if word.text in {";", ":"}), len(after))]
    finite = next((number for number, word in enumerate(segment) if word.is_finite), None)
    if finite is None or finite == 0:
        return False
    between = segment[:finite]
    if verb.lemma not in {"say", "think", "believe", "add"} and any(is_pause(word) for word in between):
        return False
    return between[0].tag != "PREP" and not any(word.tag in {"WH"} or word.text == ";" for word in between)


def _told(words: Sequence[Word], at: int) -> tuple[str, int, tuple[Word, ...]] | None:
    """Read "told Reuters that ..." and "told Reuters the ban would go"."""
    told: list[Word] = []
    for number in range(at + 1, len(words)):
        word = words[number]
        if word.lower == "that" or word.text == ":" or word.tag == "QUOTE":
            return "told", number + (word.tag != "QUOTE"), tuple(told)
        if is_pause(word) and "that" not in {each.lower for each in words[number : number + 9]}:
            return None
        if word.is_finite:
            return ("told", at + 2, tuple(told[:1])) if len(told) > 1 and told[0].tag in {"NAME", "PRON"} else None
        told.append(word)
    return None
