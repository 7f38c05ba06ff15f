"""Sources named without a verb of saying: "according to ...", "per ...", "by the agency's count", "citing ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.phrases import classes_of, is_called, is_pause, name_behind
from chokepoint.claims.proxies import SPEAKING_FOR, STRANGER
from chokepoint.claims.sources import Parsed, anybody
from chokepoint.claims.speakers import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

ACCOUNTS = frozenset("estimate estimates view opinion data account reckoning count figures information assessment judgement judgment voice telling calculation calculations eyes".split())  # fmt: skip
"""Nouns by which "in the ... of" names a source."""
COUNTED = SPEAKING_FOR | {
    "count",
    "reckoning",
    "estimate",
    "estimates",
    "tally",
    "numbers",
    "measure",
    "list",
    "series",
}
_PRONOUNS = frozenset({"we", "he", "she", "they", "i"})
_LINKS = frozenset({"reference", "link", "references"})


def phrase_at(words: Sequence[Word], at: int) -> list[Word]:
    """Return the words of a phrase up to the next pause or finite verb."""
    found: list[Word] = []
    for number, word in enumerate(words[at:], start=at):
        verb = word.is_finite and not is_called(words, number)
        stops = verb or word.tag == "SUB" or word.lower in {"citing", "quoting"} or is_pause(word)
        turns = bool(found) and word.tag in {"DET", "POSS"} and found[-1].tag in {"NOUN", "NAME"}
        if stops or turns or (found and (word.tag == "QUOTE" or word.lower in _PRONOUNS)):
            break
        found.append(word)
    while found and found[-1].tag == "MARK":
        found.pop()
    return found


def cited(here: Parsed, words: Sequence[Word]) -> list[str]:
    """Return whom a source cites in turn."""
    found: list[str] = []
    for at, word in enumerate(words):
        skip = 1 if at and word.lower in {"citing", "quoting"} else _linked(words, at)
        if skip:
            phrase = phrase_at(words, at + skip)
            who = here.who(phrase) or anybody(here.text, phrase)
            found += [who] if who else []
    return found


def _linked(words: Sequence[Word], at: int) -> int:
    """Return how many words "with (a) reference to" takes, 0 where it does not stand there."""
    ahead = [each.lower for each in words[at : at + 5]]
    if ahead[:1] != ["with"] or not _LINKS & set(ahead[:3]) or not {"to", "on"} & set(ahead[:4]):
        return 0
    return min(ahead.index(one) for one in ("to", "on") if one in ahead) + 1


def is_linked(words: Sequence[Word]) -> bool:
    """Say whether words refer to another source ("with a link to ...")."""
    return any(word.lower in _LINKS for word in words)


def per(here: Parsed) -> tuple[str, str] | None:
    """Return who a phrase without a verb names as source, and the rest of the sentence."""
    for at, word in enumerate(here.words):
        if [each.lower for each in here.words[at : at + 3]] in (["by", "his", "words"], ["by", "her", "words"]):
            who = _own_words(here)
            if who is not None:
                return who, here.text
        skip, is_sure = _leads(here.words, at)
        if skip:
            phrase = phrase_at(here.words, at + skip)
            phrase += name_behind(here.words, phrase)
            who = here.who(phrase)
            if who is None and is_sure and phrase and phrase[0].lower in {"a", "an"}:
                who = anybody(here.text, phrase)
            if who is not None and _vouches(here, who, phrase, word.lower, is_sure=is_sure):
                return who, (here.text[: word.start] + here.text[phrase[-1].end :]).strip(" ,")
    return None


def _own_words(here: Parsed) -> str | None:
    """Return the person that "by his words" means."""
    named = (here.speakers.key(each, each.text) for each in here.names if each.kind == "person")
    return next(named, None) or here.speakers.person


def _vouches(here: Parsed, who: str, phrase: Sequence[Word], opener: str, *, is_sure: bool) -> bool:
    """Say whether a phrase names a source: anybody behind "according to", a body's own figures behind "by"."""
    if who == AUTHOR:
        return False
    if not is_sure:
        counted = bool({word.lower for word in phrase} & COUNTED)
        tells = {"count", "reckoning", "estimate", "estimates", "tally", "figures", "data", "numbers", "survey"}
        named = who.startswith(STRANGER) and opener == "by" and bool({word.lower for word in phrase} & tells)
        named = named and any(word.tag == "GEN" for word in phrase)
        return (named and counted) or (here.kind(who) in {"ministry", "outlet"} and (counted or opener == "so"))
    if not who.startswith(STRANGER) or any(word.tag == "NAME" for word in phrase):
        return True
    bare = phrase[0].tag == "NOUN" and not phrase[0].lower.endswith("s")
    counts = phrase[0].lower in {"a", "an"} and not classes_of(phrase)
    return counts or (not bare and not classes_of(phrase) <= {"data"})


def _leads(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Return how many words lead to a source named without a verb, and whether only a source can follow them."""
    lower = [word.lower for word in words[at : at + 5]]
    starts = at == 0 or is_pause(words[at - 1])
    if lower[:2] == ["according", "to"]:
        return 5 if lower[2:5] == ["the", "words", "of"] else 4 if lower[2:4] == ["words", "of"] else 2, True
    if lower[1:2] == ["the"] and lower[3:4] == ["of"] and lower[0] in {"in", "by", "on"} and lower[2] in ACCOUNTS:
        return 4, True
    if lower[:2] == ["as", "per"] or (
        lower[1:2] == ["by"] and lower[0] in {"reported", "informed"} and _is_aside(words, at)
    ):
        return 2, True
    trusted = lower[0] in {"trust", "believe"} and "if" in {word.lower for word in words[max(0, at - 5) : at]}
    if trusted or (lower[0] == "per" and starts and len(lower) > 1):
        return 1, True
    return (1, False) if lower[0] in {"by", "on", "in", "so", "from"} else (0, False)


def _is_aside(words: Sequence[Word], at: int) -> bool:
    return at == 0 or is_pause(words[at - 1]) or words[at - 1].lower == "as"
