"""Whose a figure is, and where a flow goes: subjects, possessives, prepositions and verbs of giving and taking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence
    from chokepoint.claims.slots import Slot

Place = tuple[int, int, str]
"""Where a place stands in a sentence, and its code."""
WORLD = "WLD"


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Whose figure it is, and the other end of a flow."""

    owner: Slot
    other: Slot


_EUROPE = re.compile(r"\b(?:in Europe|Europe['’]s|Europe|European|Rotterdam)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:all (?:buyers|destinations)|total|the world|abroad|outside|left China|in all|exports?|exported|sold|altogether|overall|everybody|everyone)\b"
)
_TO = re.compile(
    r"(?:\b(?:to|for|in|into|toward|towards|shipped|sent|sold|gave|delivered to|sends)\s+(?:the\s+)?|^)$", re.IGNORECASE
)
_TAKES = re.compile(r"^(?:['’]s)?,?[^.]{0,40}?\b(?:took|received|gets?|got|bought|takes|buys|imported|obtained|had)\b")
_GIVES = re.compile(r"(?:['’]s)?\s+(?:had\s+)?(?:sold|sent|shipped|exported|delivered|exports?)")
_WHOLE_WORLD = re.compile(
    r"\b[Ww]orld\s+(?!trade|bank|war|wide|market|price|leader|order|economic|cup|health|and|of|is|to|in|for)(?=[a-z])|\b(?:the\s+)?[Ww]orld(?:['’]s)?\s+(?:mined|made|has|had|output|production|mine|cobalt|tungsten|titanium|total|supply|refin\w+|dug|produced|came|consumption|reserves?)\b|(?<!in )(?<!of )\b[Tt]he world\b(?!\s*['’]s|\s+(?:of|\d))|whole world|worldwide|globally|\bglobal\b|world in entire|all buyers|in total|everybody|everyone|^World\b|^The world[\'’]s\b|\bplanet|\b(?:output|production|mines?|supply|reserves|capacity|exports) of the (?:whole )?world\b",
)  # fmt: skip
_OUTSIDE = re.compile(r"\b[Oo]utside\s+(?:of\s+)?(?:the\s+)?(?:China|Peo)")
_OF_WORLD = re.compile(r"\bof\s+(?:all\s+)?(?:the\s+)?(?:world|global|what the world|planet)")


def places_of(shown: Sequence[Name], sentence: Sentence) -> list[Place]:
    """Return the states and unions named in a sentence."""
    return [
        (each.start - sentence.start, each.end - sentence.start, each.key or "")
        for each in shown
        if each.kind == "place" and each.key and re.fullmatch(r"[A-Z]{3}", each.key)
    ]


_RIVAL = re.compile(r"\b(?:behind|after|ahead of|than|to|before|from|against)\s+(?:the\s+)?$")


def owner_of(
    places: Sequence[Place], adjectives: Sequence[tuple[int, str]], text: str, at: int, measure: str, carried: str
) -> tuple[str, bool]:
    """Return whose figure it is and whether the sentence says so: the one named last before it, else first after it, else as before."""
    if measure == "price":
        return _market(places, text, at)
    owners = sorted([(start, key) for start, _, key in places if not _is_source(text, start)] + list(adjectives))
    subjects = [each for each in owners if not _RIVAL.search(text[: each[0]])]
    owners = subjects if subjects or measure == "rank" else owners
    if measure in {"production", "reserves", "capacity"} and _is_world(text, at, owners):
        return WORLD, True
    ahead = [key for place, key in owners if place < at]
    behind = [key for place, key in owners if place >= at]
    named = next(iter([*reversed(ahead), *behind]), "")
    return (named, True) if named else (carried, False)


def _market(places: Sequence[Place], text: str, at: int) -> tuple[str, bool]:
    """Return the market of a price: Europe, inside China, outside, the United States."""
    if _EUROPE.search(text):
        return "EUU", True
    inside = next((key for _, _, key in places if key in {"CHN", "USA"}), "")
    return (WORLD if _OUTSIDE.search(text[: at + 40]) else inside), bool(inside)


def _is_world(text: str, at: int, owners: Sequence[tuple[int, str]]) -> bool:
    """Say whether the world is the last owner named before a figure."""
    found = [match.start() for match in _WHOLE_WORLD.finditer(text)]
    if not found or _OF_WORLD.search(text):
        return False
    last = max((place for place, _ in owners if place < at), default=-1)
    return last < max((place for place in found if place < at), default=at if last < 0 else -1)


def _is_source(text: str, start: int) -> bool:
    """Say whether a place is only where somebody speaks or sits ("a dealer in London", "from Washington")."""
    return (
        re.search(
            r"\b(?:dealer|trader|broker|man|woman|analyst|desk|office|office in|think tank|talks|met|meeting)\s+(?:in|at|from|of)\s+(?:the\s+)?$",
            text[:start],
        )
        is not None
    )


def flow_of(
    measure: str,
    places: Sequence[Place],
    adjectives: Sequence[tuple[int, str]],
    text: str,
    at: int,
    carried: tuple[str, str],
    *,
    is_same: bool,
) -> tuple[str, str, tuple[bool, bool]]:
    """Return who sends or buys, the other end, and which of the two the sentence names."""
    if measure == "imports":
        return _imported(places, adjectives, text, carried, is_same=is_same)
    if measure == "import_share":
        owners = [key for _, key in sorted([(start, key) for start, _, key in places] + list(adjectives))]
        others = [key for key in owners if key != "USA"]
        before = carried[1] or carried[0].replace("USA", "CHN")
        return "USA", (others[-1] if others else before), (True, bool(others))
    return exported(places, adjectives, text, at, carried, is_same=is_same)


def _imported(
    places: Sequence[Place],
    adjectives: Sequence[tuple[int, str]],
    text: str,
    carried: tuple[str, str],
    *,
    is_same: bool,
) -> tuple[str, str, tuple[bool, bool]]:
    """Return who imports, and from where."""
    origins = [key for start, _, key in places if re.search(r"\bfrom\s+(?:the\s+)?$", text[:start])]
    owners = [key for _, key in adjectives] + [key for _, _, key in places if key not in origins]
    owner = owners[0] if owners else carried[0]
    return owner, (origins[0] if origins else carried[1] if is_same else ""), (bool(owners), bool(origins))


def exported(
    places: Sequence[Place],
    adjectives: Sequence[tuple[int, str]],
    text: str,
    at: int,
    carried: tuple[str, str],
    *,
    is_same: bool,
) -> tuple[str, str, tuple[bool, bool]]:
    """Return who sends and who receives; nobody named receives for all the world."""
    sender, receiver = "", ""
    is_world = _WHOLE_WORLD.search(text[: at + 60]) is not None
    for start, end, key in places:
        is_to = start > 0 and _TO.search(text[:start]) is not None
        if is_to and receiver and start > at:
            continue
        if is_to or _is_taking(text[:start], text[end:]):
            receiver = key
        else:
            sender = sender or key
    named = bool(sender or adjectives), bool(receiver) or is_world
    sender = sender or next((key for _, key in adjectives), "") or carried[0] or "CHN"
    if not receiver:
        goes_on = is_same and not is_world and not _ALL.search(text)
        receiver = (carried[1] if goes_on else "") or WORLD
    if sender == receiver:
        sender = "USA" if receiver == "CHN" else "CHN"
    return sender, receiver, named


def _is_taking(lead: str, follow: str) -> bool:
    """Say whether a place receives: by a verb of taking after it, a number right after it, or a verb of giving before it."""
    if re.match(r"\s+(?:\d+|only)", follow) or re.search(r"\b(?:sold|shipped|sent|delivered)\s+(?:the\s+)?$", lead):
        return True
    if re.match(r"['’]s(?:\s+(?:in|of)\s+\w+)?\s*(?::|,|was|were|in\b|magnets|share|part)", follow):
        return True
    return _TAKES.match(follow) is not None and not _GIVES.match(follow)
