"""Offices as phrases: a head (minister, chief, envoy), what it is over (trade, finance), a rank, in any order of words.

"treasury secretary", "head of the ministry of finance", "finance-department head" and "chief of finances" have one signature;
so have the names of the offices on record, and a phrase means the offices of its signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims.gazetteer import demonyms
from chokepoint.claims.names import tokens_of
from chokepoint.claims.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Token
    from chokepoint.claims.sentences import Sentence

_HEADS = {
    "minister": "minister secretary chief head boss tsar czar commissar supremo manager long",
    "negotiator": "negotiator representative envoy delegate plenipotentiary interlocutor bargainer emissary",
    "spokesperson": "spokesperson spokesman spokeswoman spokespersons mouthpiece speaker",
    "president": "president",
    "premier": "premier prime",
    "governor": "governor",
    "commissioner": "commissioner",
}
_PORTFOLIOS = {
    "trade": "trade trading commerce commercial business merchant merchant-affairs haggling bargaining mofcom mintorg minkommerz minkommertsii",
    "finance": "treasury finance finances financial money minfin fiscal",
    "economy": "economy economic economics husbandry",
    "foreign": "foreign external diplomacy mfa mid",
    "defence": "defence defense war military",
    "energy": "energy power",
    "mines": "mines mining mineral minerals resources",
    "industry": "industry industrial",
    "interior": "interior",
    "environment": "environment",
    "geology": "geology geological geologic",
    "customs": "customs",
    "statistics": "statistics statistical",
    "state": "state",
    "press": "press",
}
_RANKS = {"vice": "vice deputy under assistant"}
_BODIES = frozenset(
    "ministry department office board council bureau affairs relations survey service agency administration".split()
)
_MINISTRIES = frozenset({"ministry", "department", "board"})
_SERVICES, _SERVED = (
    frozenset({"survey", "service", "agency", "administration", "bureau"}),
    frozenset({"geology", "customs", "statistics"}),
)
_SPEECH = frozenset({"talk", "speak", "speech", "word", "news"})
"""First parts of a spokesperson put over word by word ("talk-send person")."""
LONGEST = 40
"""Words back that a phrase is looked for in."""
_GLUE = frozenset("of the for and on in to a".split())
_MANY = frozenset({"presidents", "ministers", "leaders", "premiers"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """What an office is: head, portfolios, rank."""

    head: str
    over: frozenset[str]
    rank: str


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for kind, table in (("head", _HEADS), ("over", _PORTFOLIOS), ("rank", _RANKS)):
        for name, words in table.items():
            for word in words.split():
                found[word] = (kind, name)
    return found


@lru_cache(maxsize=8192)
def _label(word: str) -> tuple[str, str]:
    """Return what a word does in the phrase of an office; ("", "") where nothing."""
    plain = bare(word).removesuffix("'s").strip(".")
    if plain in _labels():
        return _labels()[plain]
    if plain in _BODIES:
        return "body", plain
    if plain in _GLUE:
        return "glue", plain
    return ("land", demonyms()[plain]) if plain in demonyms() else ("", "")


def signature(words: Sequence[str]) -> Signature | None:
    """Return the signature of the words of one office; None where there is no head, or the head is over nothing.

    Example:
        >>> signature("head of the ministry of finance".split()) == signature(["finance", "minister"])
        True
    """
    labels = [_label(each) for each in words]
    plain = {bare(each) for each in words}
    heads = ["spokesperson"] if plain & _SPEECH and "person" in plain else _named(labels, "head")
    over = frozenset(_named(labels, "over"))
    if not heads:
        bodies = set(_named(labels, "body"))
        is_body = bool(bodies & _MINISTRIES) or bool(bodies & _SERVICES and over & _SERVED)
        return Signature(head="ministry", over=over, rank="") if is_body and over else None
    if "spokesperson" in heads and len(heads) > 1:
        return None
    head = "premier" if "premier" in heads else next((each for each in heads if each != "minister"), heads[0])
    over = _field(head, over, plain)
    if head in _OVER_SOMETHING and not over:
        return None
    return Signature(head=head, over=over, rank="".join(_named(labels, "rank")[:1]))


def _named(labels: Sequence[tuple[str, str]], wanted: str) -> list[str]:
    """Return the names of one kind of label."""
    return [name for kind, name in labels if kind == wanted]


_OVER_SOMETHING = frozenset({"minister", "negotiator", "spokesperson", "governor", "commissioner"})


def _field(head: str, over: frozenset[str], words: set[str]) -> frozenset[str]:
    """Return what an office is over: envoys without a field are for trade, premiers and presidents for everything."""
    if head in {"premier", "president"}:
        return frozenset()
    if head == "minister" and len(over) > 1:
        return over - {"state"}
    if head == "negotiator" and not over and "representative" not in words:
        return frozenset({"trade"})
    return over


@lru_cache(maxsize=2)
def signatures_of(gazetteer: Gazetteer) -> dict[Signature, list[str]]:
    """Return the offices on record by the signatures of their names."""
    found: dict[Signature, list[str]] = {}
    for entry in gazetteer.entries.values():
        if entry.kind not in {"office", "ministry"}:
            continue
        for spelling in entry.spellings:
            if not spelling.isascii():
                continue
            words = _split(spelling)
            made = signature(words) if all(_label(each)[0] for each in words) or spelling == entry.name else None
            if made is None or (made.head == "ministry") != (entry.kind == "ministry"):
                continue
            if entry.key not in found.setdefault(made, []):
                found[made].append(entry.key)
    return found


def fields_of(signatures: Mapping[Signature, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return what every office is over."""
    found: dict[str, set[str]] = {}
    for sign, keys in signatures.items():
        for key in keys:
            found.setdefault(key, set()).update(sign.over)
    return {key: frozenset(over) for key, over in found.items()}


def _split(text: str) -> list[str]:
    return [each for each in re.split(r"[\s,()-]+", text.replace("ndersecretary", "nder secretary")) if each]


def phrases(sentence: Sentence) -> list[tuple[int, int, Signature]]:
    """Return the phrases of a sentence that name an office: where each stands, and its signature."""
    found: list[tuple[int, int, Signature]] = []
    run: list[Token] = []
    for token in [*tokens_of(sentence), None]:
        joins = token is not None and all(
            _label(each)[0] or bare(each) in _SPEECH or bare(each) in {"send", "person"} for each in _split(token.text)
        )
        gap = sentence.text[run[-1].end - sentence.start : token.start - sentence.start] if run and token else " "
        if joins and token is not None and (not run or gap in {" ", "-", "  "}):
            run.append(token)
            continue
        found += _phrase(run)
        run = [token] if joins and token is not None else []
    return found


def _begins_another(run: list[Token], place: int) -> bool:
    """Say whether "and the" parts two offices ("the envoy and the president"), and not two things one is over."""
    is_joined = run[place].text == "and" and [each.text for each in run[place + 1 : place + 2]] == ["the"]
    heads = [any(_label(each.text)[0] == "head" for each in part) for part in (run[:place], run[place + 1 :])]
    return is_joined and all(heads)


def _phrase(run: list[Token]) -> list[tuple[int, int, Signature]]:
    """Trim a run of such words to the phrase inside, and read it."""

    def idle(token: Token) -> bool:
        return all(_label(each)[0] in {"glue", ""} for each in _split(token.text))

    run = run[-LONGEST:]
    apart = next((place for place in range(1, len(run)) if _begins_another(run, place)), 0)
    if apart:
        return _phrase(run[:apart]) + _phrase(run[apart + 1 :])
    while run and idle(run[0]):
        run = run[1:]
    while run and idle(run[-1]) and bare(run[-1].text) != "person":
        run = run[:-1]
    words = [word for each in run for word in _split(each.text)]
    made = signature(words) if 1 < len(words) < 12 and not _MANY & {bare(each) for each in words} else None
    if made is not None:
        return [(run[0].start, run[-1].end, made)]
    cut = next((place for place, each in enumerate(run) if bare(each.text) in {"for", "of", "to"}), len(run))
    return _phrase(run[cut + 1 :]) if cut < len(run) else []
