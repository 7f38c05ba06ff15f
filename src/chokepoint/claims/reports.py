"""Clauses that report: a verb of saying with its subject and the words it reports, found by the order of the words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import Verb
from chokepoint.claims.phrases import DAYS, classes_of, core, is_pause
from chokepoint.claims.senses import HELPING, HOLDING, beside_verb, ends_aside, goes_on, is_denied, means_else
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
ADVERBIAL = frozenset({"PREP", "ADV", "NAME", "NOUN", "NUM", "DET", "POSS", "ADJ", "MARK", "GEN", "ING", "WH"})
STOPPING = frozenset({"as", "when", "after", "before", "while", "who"})
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
        if means_else(words, at):
            continue
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
    following = words[at + 1] if at + 1 < len(words) else None
    if words[at].lower in HELPING or (
        at > 1 and words[at - 1].lower in {"and", "but"} and words[at - 2].tag != "QUOTE"
    ):
        return None
    if not starts_clause(words, at) or words[at - 1].tag == "AUX" or following is None:
        return None
    if words[at].tag == "AUX":
        return _is_sure(words, at)
    if following.tag in {"SUB", "WH", "MARK"}:
        return None
    if following.tag == "PRON" and following.lower in {"he", "she", "they", "it", "i", "we"}:
        return _pronoun_behind(words, at)
    phrase = subject_after(words, at + _particles(words, at))
    if not phrase or not _may_speak(words, at, phrase):
        return None
    end = next((number for number in range(at + 1, len(words)) if words[number].end >= phrase[-1].end), at) + 1
    if end < len(words) and words[end].tag == "QUOTE" and words[at - 1].tag != "QUOTE":
        return None
    return _made(words, at, tuple(phrase), at, end)


def _pronoun_behind(words: Sequence[Word], at: int) -> Report | None:
    """Read "..., adds she" and "..., gave he to understand"."""
    verb, rest = words[at].verb, words[at + 2 :]
    idle = not rest or rest[0].tag in {"MARK", "PREP", "ADV"}
    understood = [word.lower for word in rest[:2]] == ["to", "understand"]
    known = verb is not None and (verb.stance or words[at - 1].tag == "QUOTE" or understood)
    return _made(words, at, (words[at + 1],), at, at + 2) if idle and known else None


def _particles(words: Sequence[Word], at: int) -> int:
    """Return how many words belong to the verb: "to understand" behind "gave", "in" behind "put"."""
    if [word.lower for word in words[at + 1 : at + 3]] in (["to", "know"], ["to", "understand"]):
        return 2
    if words[at + 1].lower == "to" and at + 3 < len(words) and classes_of(words[at + 2 : at + 3]):
        return 2
    return int(words[at + 1].lower in {"up", "out", "in", "on", "back"} and words[at + 1].tag in {"PREP", "ADV"})


def _may_speak(words: Sequence[Word], at: int, phrase: Sequence[Word]) -> bool:
    """Say whether verb and subject behind it report: a known verb, or any verb with somebody or behind a quotation."""
    verb, quoted = words[at].verb, words[at - 1].tag == "QUOTE"
    known = verb is not None and bool(verb.stance and verb.frames)
    behind = next((word for word in words[at + 1 :] if word.start > phrase[-1].start), None)
    if behind is not None and behind.lower == "that":
        return False
    manner = (verb is None or quoted) and (quoted or _is_somebody(phrase)) and words[at].form != "participle"
    if not known and not manner:
        return False
    speaks = quoted or (known and (_is_somebody(core(phrase)) or bool(classes_of(phrase) - {"data"})))
    return speaks or (not before_apposition(words, at) and (verb is None or verb.lemma not in HOLDING))


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


def _made(words: Sequence[Word], at: int, phrase: tuple[Word, ...], start: int, end: int) -> Report:
    verb = words[at].verb
    used = verb if verb is not None and verb.stance else MANNER
    return Report(verb=used, phrase=phrase, start=start, end=end, place="tail", frame="clause")


def _is_somebody(phrase: Sequence[Word]) -> bool:
    return bool(classes_of(phrase) & {"person"}) or any(word.tag == "NAME" for word in phrase[:6])


def _tail(words: Sequence[Word], at: int) -> Report | None:
    """Read "..., a broker said" and "Prices, a broker said, will fall"."""
    verb = MANNER if goes_on(words, at) or ends_aside(words, at) else words[at].verb
    phrase = subject_before(words, at) or before_apposition(words, at)
    if verb is None or not verb.stance or not phrase or (verb is MANNER and not classes_of(phrase)):
        return None
    first = place_of(words, phrase[0])
    while first and words[first - 1].tag in {"ADV", "AND"}:
        first -= 1
    if not _stands_behind(words, first, at) or (verb.lemma == "have" and [word.lower for word in words[at + 1 : at + 2]] not in ([], ["it"])):  # fmt: skip
        return None
    end, told = _closing(words, at, verb)
    if end is None:
        return None
    frame = "told" if told else "clause"
    return Report(verb=verb, phrase=tuple(phrase), start=first, end=end, place="tail", frame=frame, told=told)


def _stands_behind(words: Sequence[Word], first: int, at: int) -> bool:
    """Say whether a clause from ``first`` stands behind something that it can report, and is active."""
    beside = beside_verb(words, first, at)
    if is_denied(beside):
        return False
    passive = words[at].tag != "ING" and any(word.lower in BE for word in beside)
    if passive or not starts_clause(words, first) or words[first - 1].text in {":", ";"}:
        return False
    asks = words[0].lower in {"whether", "why", "how"}
    amid = at + 1 < len(words) and words[at + 1].text == ","
    told = {"VERB", "NUM", "QUOTE", "AUX", "NOUN", "MODAL"} | ({"NAME"} if amid else set[str]())
    return not asks and any(word.tag in told for word in words[:first])


def _closing(words: Sequence[Word], at: int, verb: Verb) -> tuple[int | None, tuple[Word, ...]]:
    """Return where a reporting clause ends that has nothing reported behind its verb, and whom it tells."""
    told: list[Word] = []
    end = at + 1
    if "told" in verb.frames:
        while end < len(words) and words[end].tag in {"DET", "POSS", "PRON", "NAME", "NOUN", "NUM", "ADJ", "GEN"}:
            told.append(words[end])
            end += 1
    elif end < len(words) and words[end].lower == "it" and verb.lemma in {"have", "put", "see"}:
        end += 1
    if told and end < len(words) and words[end].tag == "WH":
        return len(words), ()
    loose = end == at + 1 and end < len(words) and not is_pause(words[end])
    if loose and words[end].tag not in {"PREP", "ADV", "MARK"} and words[end].lower not in TIMES:
        return None, ()
    while end < len(words) and not is_pause(words[end]) and words[end].tag in ADVERBIAL:
        end += 1
    stopped = end >= len(words) or is_pause(words[end]) or words[end].lower in STOPPING
    return (end, tuple(told)) if stopped else (None, ())


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
    beside = beside_verb(words, first, at)
    if not _may_open(words, first) or is_denied(beside) or any(word.lower in BE for word in beside):
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
        and (
            verb.lemma not in {"have", "put"}
            or any(one.lower == "at" and two.tag in {"NUM", "ADV"} for one, two in pairwise(after))
            or words[at - 2].lower == "your"
        )
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
        return len(after) > 2 and verb.lemma in {"say", "think", "believe", "state", "write"}
    if after[0].tag in {"MARK", "AND", "AUX"}:
        return False
    return _takes_phrase(after, verb) or ("bare" in verb.frames and _has_verb_of_its_own(after, verb))


def _takes_phrase(after: Sequence[Word], verb: Verb) -> bool:
    """Say whether a verb reports with no clause behind it: "expects a paper", "doubts the count", "said 56 percent"."""
    tag = after[0].tag
    if verb.stance in {"foresees", "hopes"}:
        return tag != "PREP" or after[0].lower in {"to", "for"}
    if verb.stance == "doubts":
        return tag in {"DET", "NOUN", "NAME", "POSS", "SUB", "WH", "PRON"}
    if verb.lemma == "see" and (tag in {"DET", "POSS"} or after[0].text[0] in '"“«'):
        return True
    if verb.lemma == "say" and [word.lower for word in after[:2]] in (["the", "same"], ["as", "much"], ["so", "."]):
        return True
    return tag == "NUM" and verb.stance in {"says", "records"} and verb.lemma not in {"find", "add"}


def _has_verb_of_its_own(after: Sequence[Word], verb: Verb) -> bool:
    """Say whether a subject and a finite verb follow, before a colon and, save behind "said", before a comma."""
    segment = after[: next((number for number, word in enumerate(after) if word.text in {";", ":"}), len(after))]
    if len(segment) > 2 and segment[0].tag == "PREP" and (segment[1].tag == "NUM" or segment[1].lower in DAYS):
        segment = segment[2:]
    finite = next((number for number, word in enumerate(segment) if word.is_finite), 0)
    between = segment[:finite]
    if not between or between[0].tag == "PREP" or any(word.tag == "WH" for word in between):
        return False
    return verb.lemma in {"say", "think", "believe", "add"} or not any(is_pause(word) for word in between)


def _told(words: Sequence[Word], at: int) -> tuple[str, int, tuple[Word, ...]] | None:
    """Read "told Reuters that ..." and "told Reuters the ban would go"."""
    told: list[Word] = []
    for number in range(at + 1, len(words)):
        word = words[number]
        if word.lower == "that" or word.text == ":" or word.tag == "QUOTE":
            return "told", number + (word.tag != "QUOTE"), tuple(told)
        if is_pause(word) and "that" not in {each.lower for each in words[number : number + 14]}:
            return None
        if word.is_finite:
            return ("told", at + 2, tuple(told[:1])) if len(told) > 1 and told[0].tag in {"NAME", "PRON"} else None
        told.append(word)
    return None
