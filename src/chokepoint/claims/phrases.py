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
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split())  # fmt: skip
TRAILING = frozenset({"familiar", "aware", "privy", "involved"})
"""Adjectives behind a noun that only say how it knows."""
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
        (word.lower.endswith("ed") or irregular)
        and (following.tag in {"PREP", "NUM"} or following.lower in {"before", "after"})
        and following.lower != "to"
    )
    first = next((number + 1 for number in range(at - 1, -1, -1) if is_pause(words[number])), 0)
    last = next((number for number in range(at, len(words)) if is_pause(words[number])), len(words))
    places = range(len(words)) if naming else range(first, last)
    others = any(words[number].is_finite for number in places if number != at)
    return others and (naming or describing)


def is_full_name(words: Sequence[Word]) -> bool:
    """Say whether words are a name of two parts or more, and of what ("Rupert Hentzau", "Rupert Hentzau of Zenda")."""
    run = next((number for number, word in enumerate(words) if word.tag != "NAME"), len(words))
    of = run == len(words) or (words[run].lower in {"of", "from", "at"} and words[-1].tag == "NAME")
    return run > 1 and of and words[0].text[0].isupper()


def is_calling(phrase: Sequence[Word]) -> bool:
    """Say whether a phrase says what somebody is and not who ("Zenda's director", "a miner at Zenda")."""
    return "person" in classes_of(phrase) and core(phrase)[-1].tag != "NAME"


def name_behind(words: Sequence[Word], phrase: Sequence[Word]) -> list[Word]:
    """Return the name in apposition behind a phrase ("said the usher, Rupert Hentzau")."""
    at = next(
        (number + 1 for number, word in enumerate(words) if phrase and word.start == phrase[-1].start), len(words)
    )
    if (
        at + 1 >= len(words)
        or words[at].text != ","
        or words[at + 1].tag != "NAME"
        or (any(word.tag == "NAME" and word.text[0].isupper() for word in phrase) and not is_calling(phrase))
    ):
        return []
    end = next((number for number in range(at + 1, len(words)) if words[number].tag != "NAME"), len(words))
    return list(words[at:end])


def core(phrase: Sequence[Word]) -> list[Word]:
    """Return a phrase without what only places or dates it: what follows the head, save of-phrases and bare heads."""
    if _is_bare(phrase):
        mark = next((number for number, word in enumerate(phrase) if word.text == ","), len(phrase))
        return list(phrase[:mark])
    heads = (number for number, word in enumerate(phrase) if word.tag in {"NOUN", "NAME", "PRON", "NUM", "DET"})
    first = next(heads, len(phrase))
    end = (number for number in range(max(first, 1), len(phrase)) if _ends_core(phrase, number))
    return list(phrase[: next(end, len(phrase))])


def _is_bare(phrase: Sequence[Word]) -> bool:
    """Say whether the first noun is one that tells nothing by itself ("a man from Zenda", "a person briefed on the talks")."""
    noun = next((word for word in phrase if word.tag in {"NOUN", "NAME"} or word.lower in BARE), None)
    return noun is not None and noun.lower in BARE and noun.tag in {"NOUN", "PRON", "NUM"}


def _ends_core(phrase: Sequence[Word], number: int) -> bool:
    """Say whether the word at ``number`` only goes on to place, date or relate the head."""
    word = phrase[number]
    if word.lower in TRAILING and number > 1:
        return True
    if word.tag in {"WH", "SUB", "AUX", "MODAL"} or word.text in {",", "("} or word.lower in DAYS:
        return True
    if word.tag == "PREP":
        return word.lower != "of" or _owns(phrase, number)
    dated = word.lower in {"last", "this", "next", "yesterday", "today"}
    placed = word.tag == "VERB" and number + 1 < len(phrase) and phrase[number + 1].tag == "PREP"
    return placed or (number > 1 and (dated or word.tag == "VERB"))


def _owns(phrase: Sequence[Word], number: int) -> bool:
    """Say whether an "of" leads to a name, or away from a document ("the encyclopaedia of the factory")."""
    after = [word.tag for word in phrase[number + 1 : number + 3]]
    named = after[:1] in ([], ["NAME"]) or after == ["DET", "NAME"]
    return named or "document" in read_lexicon().noun(phrase[number - 1].lower)


def head_of(phrase: Sequence[Word]) -> str:
    """Return the head noun of a phrase, in small letters."""
    kept = core(phrase)
    first = next(
        (
            number
            for number, word in enumerate(kept)
            if number and (word.tag in {"PREP", "VERB", "WH"} or word.lower in TRAILING)
        ),
        len(kept),
    )
    ahead = [word for word in kept[:first] if word.tag in {"NOUN", "NAME", "PRON", "NUM", "DET", "VERB", "ADJ"}]
    return ahead[-1].lower if ahead else ""


def classes_of(phrase: Sequence[Word]) -> frozenset[str]:
    """Return the classes of the head noun: ``person``, ``group``, ``document``, ``data``."""
    return read_lexicon().noun(head_of(phrase))


def spelt(text: str, phrase: Sequence[Word]) -> str:
    """Return the words of the sentence a phrase covers."""
    return text[phrase[0].start : phrase[-1].end].strip(' .,*#_"“”') if phrase else ""


def without_time(phrase: Sequence[Word]) -> Sequence[Word]:
    """Return a phrase without the date that leads it ("2025 China", "Wednesday his plan", "Jan. 6"); "May" may be somebody."""
    dated = {"MARK", "NUM"}
    first = next(
        (at for at, word in enumerate(phrase) if word.tag not in dated and word.lower not in DAYS), len(phrase)
    )
    has_day = any(word.lower in DAYS for word in phrase[:first])
    is_name = [word.lower for word in phrase[:first]] in (["may"], ["april"], ["june"], ["march"])
    return phrase[first:] if has_day and not is_name else phrase
