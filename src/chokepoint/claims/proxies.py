"""Words and phrases that stand for somebody else: "his office", "the ministry's spokesman", "a leaflet of the society"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import read_lexicon
from chokepoint.claims.phrases import classes_of, core, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.tagging import Word

STRANGER = "stranger:"
SPEAKING_FOR = frozenset("office staff team spokesman spokeswoman spokesperson ministry statement account report data figures press service website reporter correspondent readout notice table count translation survey note desk fact".split())  # fmt: skip
"""Nouns behind a name that speak for it: "his office", "a Reuters report"."""
INDEFINITE = frozenset("a an one two three four five six several some many another other few".split())
TITLES = frozenset({"prof", "dr", "sir", "dame", "herr", "frau", "comrade", "mme"})
PAPERS = frozenset({"paper", "newspaper", "site", "website", "channel", "agency"})
CALLED = {
    "ministry": frozenset({"ministry", "department", "regulator", "agency", "authority", "government", "commission", "bureau"}),
    "outlet": frozenset({"agency", "newspaper", "paper", "magazine", "daily", "journal"}),
    "company": frozenset({"company", "firm", "association", "federation", "chamber", "union", "group", "bank", "consultancy"}),
}  # fmt: skip
"""Nouns that may stand for a body named before, by its kind."""


def can_be_called(kind: str, noun: str) -> bool:
    """Say whether a body of a kind can be meant by "the" with a noun ("the agency", "the association")."""
    return noun in CALLED.get(kind, frozenset())


def is_plural(key: str) -> bool:
    """Say whether "they" can be a stranger who spoke before ("two traders", "officials")."""
    words = key.removeprefix(STRANGER).split()
    counted = bool(words) and (words[0].lower() in INDEFINITE - {"a", "an", "one"} or words[-1].endswith("s"))
    return counted and key.startswith(STRANGER)


def plain_name(name: str) -> str:
    """Return a person's name without a calling before it and without what it is of."""
    whole = re.match(r"\w+ (?:of|for)\b", name) is not None
    words = (name if whole else re.sub(r"\s+(?:of|from|at)\s.*$", "", name)).split()
    while len(words) > 2 and (words[0].lower().strip(".") in TITLES or "person" in read_lexicon().noun(words[0])):
        words = words[1:]
    return " ".join(words)


def is_some_person(phrase: Sequence[Word]) -> bool:
    """Say whether a phrase is about somebody unnamed ("a manager at Zenda Rotor"), so that a body in it does not speak."""
    bare = phrase[0].tag == "NOUN" and phrase[0].lower.endswith("s")
    return (
        (bare or phrase[0].lower in INDEFINITE)
        and ("person" in classes_of(phrase) or (bare and len(phrase) < 3 and "group" in classes_of(phrase)))
        and head_of(phrase) not in SPEAKING_FOR
    )


def meant(phrase: Sequence[Word], here: Sequence[Name]) -> Sequence[Name]:
    """Return the names of a phrase that may be its speaker: not what an "aide of" is of, the last one behind a genitive."""
    if "person" in classes_of(phrase) and head_of(phrase) not in SPEAKING_FOR:
        inner = core(phrase)
        words = {word.text for word in inner}
        here = [each for each in here if words & set(each.text.split()) or each.text.endswith(inner[-1].text)]
    if not any(word.tag == "GEN" for word in phrase):
        return here
    return [each for each in here if each.kind == "person" and each.text.endswith(phrase[-1].text)] or here


def owner_of(phrase: Sequence[Word], here: Sequence[Name], *, speaks_for: bool) -> str | None:
    """Return the body whose paper speaks, empty where a named person's brother or lawyer does, None for any other genitive."""
    parts = core(phrase)
    genitive = next(number for number, word in enumerate(parts) if word.tag == "GEN")
    owners = [each for each in here if each.text.split()[-1] in {word.text for word in parts[:genitive]}]
    if any(each.kind == "person" and each.key == "stranger" and each.text.endswith(parts[-1].text) for each in here):
        return None
    papers = classes_of(phrase) & {"document", "data"}
    body = next((each.key for each in owners if each.kind in {"ministry", "outlet"} and papers), None)
    if body is not None or speaks_for or not owners:
        return body
    return None if any(word.tag == "NAME" for word in parts[genitive:]) else ""


def behind_document(phrase: Sequence[Word]) -> Sequence[Word]:
    """Return the owner of "a leaflet of ..." and "the desk of ..."; empty where there is none."""
    for at, word in enumerate(phrase[1:-1], start=1):
        before = phrase[at - 1].lower
        if word.lower == "of" and (before == "desk" or "document" in read_lexicon().noun(before)):
            return phrase[at + 1 :]
    return ()


def is_paper(owner: Sequence[Word]) -> bool:
    """Say whether the owner of a document is one who publishes: a paper, or somebody named."""
    return head_of(owner) in PAPERS or owner[-1].tag == "NAME"
