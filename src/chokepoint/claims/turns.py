"""Sources without a subject before a verb: "Rupert: ...", "it is said", "it was told in the ministry", "is quoted as saying"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.citations import cited, phrase_at
from chokepoint.claims.phrases import classes_of
from chokepoint.claims.proxies import STRANGER
from chokepoint.claims.sources import Parsed, Source, made
from chokepoint.claims.speakers import AUTHOR
from chokepoint.claims.subjects import before_apposition, subject_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.lexicon import Verb
    from chokepoint.claims.tagging import Word

JUDGING = frozenset({"call", "describe", "dub", "brand", "label", "denounce", "condemn", "criticise", "criticize", "praise", "dismiss", "hail", "blame"})  # fmt: skip
"""Verbs whose passive tells a view of whoever stands behind "by"."""
TELLING = frozenset({"saying", "telling", "said", "told", "asked", "warned"})
WORDS_OF = frozenset({"reply", "answer", "line", "comment", "verdict", "word", "words", "response", "retort", "message", "summary", "advice"})  # fmt: skip
"""Nouns for what somebody says."""
FARTHEST = 24
"""Words that may stand before the colon behind a speaker."""


def colon(here: Parsed) -> Source | None:
    """Read "Rupert: ..." where what stands before the colon is somebody, and "a broker over the ore: '...'"."""
    at = next((number for number, word in enumerate(here.words) if word.text == ":"), 0)
    if not 0 < at <= FARTHEST or at + 1 >= len(here.words):
        return None
    before, quoted = here.words[:at], here.words[at + 1].tag == "QUOTE"
    phrase = phrase_at(before, 0)
    if (
        not phrase
        or phrase[0].tag == "PREP"
        or any(each.place == "lead" and each.end <= at + 1 for each in here.reports)
    ):
        return None
    says = quoted or (before[-1].is_finite and "person" in classes_of(phrase))
    who = here.who(phrase)
    if who in {None, AUTHOR} or (any(word.is_finite for word in before) and not says):
        return None
    quotes = cited(here, before)
    if not _may_head(here, who or "", phrase, quoted=quoted, cites=bool(quotes)):
        return None
    here.speakers.note(who, phrase)
    source = made([who, *quotes], here.text[here.words[at].end :].strip(), "say", "says", is_direct=quoted)
    return replace(source, content=tuple(here.words[at + 1 :]))


def _may_head(here: Parsed, who: str, phrase: Sequence[Word], *, quoted: bool, cites: bool) -> bool:
    """Say whether somebody stands before a colon, not a topic ("Gallium: ...")."""
    kind = here.kind(who)
    if kind in {"company", "place"}:
        return quoted
    span = range(phrase[0].start + here.offset, phrase[-1].end + here.offset)
    named = any(each.kind == "person" and each.start in span for each in here.names)
    person = who.startswith(STRANGER) and ("person" in classes_of(phrase) or named)
    return quoted or cites or person or kind in {"person", "office", "ministry", "outlet"}


def passive(here: Parsed) -> Source | None:
    """Read "it is said", "it was told in the ministry" and "is quoted as saying"."""
    words = here.words
    for at, word in enumerate(words):
        verb = word.verb if word.tag == "VERB" and word.form in {"past", "participle"} else None
        be = at - 1 if at and words[at - 1].tag == "AUX" else at - 2
        if verb is None or be < 1 or words[be].lower not in {"is", "was", "been", "were", "are"}:
            continue
        subject = next((each for each in reversed(words[:be]) if each.tag not in {"AUX", "ADV", "MODAL"}), None)
        if subject is not None and subject.lower == "it" and (verb.stance or verb.lemma == "call"):
            return _impersonal(here, verb, at)
        after = [each.lower for each in words[at + 1 : at + 10]]
        told = after[:2] == ["to", "have"] and bool({"said", "told", "asked", "warned"} & set(after[2:4]))
        if (verb.frames or verb.lemma == "hear") and ({"saying", "telling"} & set(after) or told):
            return _quoted(here, be, at)
        judged = _by_agent(here, verb, at)
        if judged is not None:
            return judged
    return None


def _by_agent(here: Parsed, verb: Verb, at: int) -> Source | None:
    """Read "Rupert was called a knave by the bishop": the bishop says it."""
    by = next(
        (number for number in range(at + 1, min(at + 12, len(here.words))) if here.words[number].lower == "by"), 0
    )
    if verb.lemma not in JUDGING or not by:
        return None
    phrase = phrase_at(here.words, by + 1)
    who = here.who(phrase)
    if who is None or not (here.kind(who) in {"person", "office", "ministry", "outlet"} or classes_of(phrase)):
        return None
    return made([who], here.text, verb.lemma, verb.stance or "acts")


def as_put(here: Parsed) -> Source | None:
    """Read "As Rupert once put it, ..." at the head of a sentence."""
    words = here.words
    comma = next((number for number, word in enumerate(words) if word.text == ","), 0)
    if not 2 < comma < FARTHEST or words[0].lower not in {"as", "like", "to", "for"}:
        return None
    if words[0].lower in {"to", "for"}:
        return _to_whom(here, comma)
    at = next((number for number in range(2, comma) if words[number].tag == "VERB" and words[number].is_finite), 0)
    verb = words[at].verb
    rest = [word for word in words[at + 1 : comma] if word.tag not in {"ADV", "PREP", "NUM"} and word.lower != "it"]
    idle = not rest or rest[0].tag in {"NAME", "DET", "POSS", "NOUN"}
    if not at or verb is None or not (verb.stance in {"says", "argues"} or verb.lemma == "put") or not idle:
        return None
    who = here.who([word for word in words[1:at] if word.tag not in {"ADV", "SUB", "AUX"}])
    if who in {None, AUTHOR}:
        return None
    content = words[comma + 1 :]
    return replace(made([who], here.between(content), "say", "says"), content=tuple(content))


def _to_whom(here: Parsed, comma: int) -> Source | None:
    """Read "To Rupert, (a broker,) it is theatre": his view."""
    words = here.words
    last = next((number for number in range(len(words) - 1, 0, -1) if words[number].text == ","), comma)
    content = words[last + 1 :]
    views = [word.lower for word in content[:1]] in (["it"], ["this"], ["that"], ["these"], ["they"])
    person = any(word.tag == "NAME" for word in words[1:comma]) or "person" in classes_of(words[1:comma])
    if not views or not person or not any(word.is_finite for word in content[1:3]):
        return None
    who = here.who(words[1:comma])
    if who is None or here.kind(who) in {"place", "company"}:
        return None
    return replace(made([who], here.between(content), "say", "says"), content=tuple(content))


def _impersonal(here: Parsed, verb: Verb, at: int) -> Source:
    """Read "it was told in the ministry", and "it is said", which names nobody."""
    after = here.words[at + 1 : at + 2]
    who = here.who(phrase_at(here.words, at + 2)) if after and after[0].lower in {"in", "by", "at", "from"} else None
    if who is not None:
        return made([who], here.text, verb.lemma, verb.stance)
    return Source(verb=verb.lemma, stance=verb.stance or "says", body=here.text, is_nobody=True)


def _quoted(here: Parsed, be: int, at: int) -> Source | None:
    """Read "Rupert was quoted by the Gazette as saying"."""
    who = here.who(subject_before(here.words, be) or before_apposition(here.words, be))
    by = next((number for number, word in enumerate(here.words[at : at + 3], start=at) if word.lower == "by"), None)
    outlet = here.who(phrase_at(here.words, by + 1)) if by is not None else None
    if who is None:
        return None
    return _passed_on(here, [outlet, who], at)


def was_line(here: Parsed) -> Source | None:
    """Read "'...,' was the reply of Rupert" and "'...,' was Rupert's answer"."""
    words = here.words
    at = next((n for n in range(1, len(words)) if words[n].lower in {"was", "is"} and words[n - 1].tag == "QUOTE"), 0)
    phrase = phrase_at(words, at + 1) if at else []
    heads = [n for n, word in enumerate(phrase) if word.lower in WORDS_OF]
    if not heads:
        return None
    genitive = next((n for n, word in enumerate(phrase) if word.tag == "GEN"), 0)
    owner = phrase[:genitive]
    behind = [word for word in phrase[heads[0] + 1 :] if word.tag != "PREP"]
    of = behind if phrase[heads[0] + 1 : heads[0] + 2] and phrase[heads[0] + 1].lower in {"of", "from"} else []
    who = here.who(owner or of) if owner or of else here.speakers.person
    if who is None:
        return None
    source = made([who], here.between(words[:at]), "say", "says", is_direct=True)
    return replace(source, content=tuple(words[:at]))


def cites(here: Parsed) -> Source | None:
    """Read "the Gazette quoted Rupert as saying that ..."."""
    words = here.words
    at = next((n for n, word in enumerate(words) if word.lower in {"quoted", "cited", "quotes", "cites"} and n), 0)
    saying = next((n for n in range(at + 2, min(at + 16, len(words))) if words[n].lower == "saying"), 0)
    if not at or not saying or words[saying - 1].lower != "as" or words[at - 1].tag == "AUX":
        return None
    outlet, who = (
        here.who(subject_before(words, at) or before_apposition(words, at)),
        here.who(words[at + 1 : saying - 1]),
    )
    return _passed_on(here, [outlet, who], saying) if who is not None else None


def _passed_on(here: Parsed, steps: list[str | None], at: int) -> Source:
    """Return the source of what stands behind "as saying" or "to have told"."""
    first = next((number for number in range(at, len(here.words)) if here.words[number].lower in TELLING), at)
    end = next((n for n in range(first, min(first + 6, len(here.words))) if here.words[n].lower == "that"), first)
    content = here.words[end + 1 :]
    return replace(made(steps, here.between(content), "say", "says"), content=tuple(content))
