"""Noun phrases beside a verb: the subject before it, the subject behind it, and what of a phrase describes somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

PARTS = frozenset({"DET", "POSS", "PRON", "NUM", "ADJ", "NOUN", "NAME", "GEN", "PREP", "ADV", "ING", "AND"})
BARE = frozenset(
    {"man", "woman", "person", "somebody", "someone", "people", "one", "men", "women", "boy", "girl", "guy"}
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split())  # fmt: skip
LONGEST = 14
"""Words that a speaker may take."""


def is_pause(word: Word) -> bool:
    """Say whether a mark parts clauses; a bracket, a dash and a comma do, a full stop of an abbreviation does not."""
    return word.tag == "MARK" and word.text not in {".", "&", "*", "#", "-", "/", "_"}


def is_called(words: Sequence[Word], at: int) -> bool:
    """Say whether a participle only describes ("an engineer called Wang", "a person briefed on the talks")."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.tag != "VERB" or word.form not in {"past", "participle"} or following is None or at == 0:
        return False
    if words[at - 1].tag not in {"NOUN", "NAME"}:
        return False
    naming = word.lower in {"called", "named", "nicknamed", "known", "surnamed", "dubbed"} and following.tag == "NAME"
    irregular = word.form in {"past", "participle"} and word.lower in {
        "laid",
        "made",
        "sold",
        "held",
        "put",
        "written",
        "sent",
        "sewn",
        "seen",
        "kept",
        "bought",
        "drawn",
        "given",
        "built",
    }
    describing = (
        (word.lower.endswith("ed") or irregular) and following.tag in {"PREP", "NUM"} and following.lower != "to"
    )
    first = next((number + 1 for number in range(at - 1, -1, -1) if is_pause(words[number])), 0)
    last = next((number for number in range(at, len(words)) if is_pause(words[number])), len(words))
    others = any(words[number].is_finite for number in range(first, last) if number != at)
    return others and (naming or describing)


def name_behind(words: Sequence[Word], phrase: Sequence[Word]) -> list[Word]:
    """Return the name in apposition behind a phrase ("said the usher, Rupert Hentzau")."""
    at = next(
        (number + 1 for number, word in enumerate(words) if phrase and word.start == phrase[-1].start), len(words)
    )
    if (
        at + 1 >= len(words)
        or words[at].text != ","
        or words[at + 1].tag != "NAME"
        or any(word.tag == "NAME" and word.text[0].isupper() for word in phrase)
    ):
        return []
    end = next((number for number in range(at + 1, len(words)) if words[number].tag != "NAME"), len(words))
    return list(words[at:end])


def core(phrase: Sequence[Word]) -> list[Word]:
    """Return a phrase without what only places or dates it: what follows the head, save of-phrases and bare heads."""
    bare = next(
        (number for number, word in enumerate(phrase) if word.tag in {"NOUN", "PRON", "NUM"} and word.lower in BARE),
        None,
    )
    if bare is not None and not any(word.tag in {"NOUN", "NAME"} and word.lower not in BARE for word in phrase[:bare]):
        mark = next((number for number, word in enumerate(phrase) if word.text == ","), len(phrase))
        return list(phrase[:mark])
    nouns = [number for number, word in enumerate(phrase) if word.tag in {"NOUN", "NAME", "PRON", "NUM", "DET"}]
    if not nouns:
        return list(phrase)
    for number, word in enumerate(phrase):
        if number == 0 or number < nouns[0]:
            continue
        if word.tag in {"WH", "SUB", "AUX", "MODAL"} or word.text in {",", "("}:
            return list(phrase[:number])
        if word.lower in DAYS or (word.lower in {"last", "this", "next", "yesterday", "today"} and number > 1):
            return list(phrase[:number])
        if word.tag == "PREP":
            follows = phrase[number + 1] if number + 1 < len(phrase) else None
            beyond = phrase[number + 2] if number + 2 < len(phrase) else None
            owner = follows is not None and (
                follows.tag == "NAME" or (follows.tag == "DET" and beyond is not None and beyond.tag == "NAME")
            )
            if (
                word.lower != "of"
                or follows is None
                or owner
                or "document" in read_lexicon().noun(phrase[number - 1].lower)
            ):
                return list(phrase[:number])
        if word.tag == "VERB" and number > 1:
            return list(phrase[:number])
    return list(phrase)


def head_of(phrase: Sequence[Word]) -> str:
    """Return the head noun of a phrase, in small letters."""
    kept = core(phrase)
    first = next(
        (number for number, word in enumerate(kept) if word.tag in {"PREP", "VERB", "WH"} and number), len(kept)
    )
    ahead = [word for word in kept[:first] if word.tag in {"NOUN", "NAME", "PRON", "NUM", "DET", "VERB", "ADJ"}]
    return ahead[-1].lower if ahead else ""


def classes_of(phrase: Sequence[Word]) -> frozenset[str]:
    """Return the classes of the head noun: ``person``, ``group``, ``document``, ``data``."""
    return read_lexicon().noun(head_of(phrase))


def spelt(text: str, phrase: Sequence[Word]) -> str:
    """Return the words of the sentence a phrase covers."""
    return text[phrase[0].start : phrase[-1].end].strip(' .,*#_"“”') if phrase else ""
