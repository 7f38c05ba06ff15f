"""Who does what toward whom in a sentence: the agent of its deed, whom it is meant for, who met whom, in which town."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chokepoint.claims.offices import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.names import Name

CAPITALS = {
    "washington": "USA", "beijing": "CHN", "kinshasa": "COD", "jakarta": "IDN", "kyiv": "UKR", "tokyo": "JPN", "seoul": "KOR", "moscow": "RUS",
    "brussels": "EUU", "pentagon": "USA", "white house": "USA",
}  # fmt: skip
DOING = re.compile(
    r"\b(?:ban(?:s|ned)|forbids?|forbade|prohibit(?:s|ed)|embargoed|impos(?:es?|ed)|introduc(?:es?|ed)|suspend(?:s|ed)|lift(?:s|ed)|scrap(?:s|ped)|relax(?:es|ed)"
    r"|allow(?:s|ed)|halt(?:s|ed)|stop(?:s|ped)|licen[sc]ed|restrict(?:s|ed)|withdrew|withdraws?|dropped|drops|threatened|threatens|pledged|pledges|promised|promises"
    r"|placed|puts?|stopped buying|rescinded|eased|eases|shelve[sd]|ratified|ratifies|extended|shut|cuts?|raise[sd]?)\b"
)
"""Verbs whose subject is the one who acts."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s(?:\w+ly\s)?$")
_BY = re.compile(r"\bby\s(?:the\s)?$")
_TOWARD = re.compile(r"\b(?:to|for|against|towards?|on)\s(?:the\s)?$")
_SIDE = re.compile(r"\b(?:to|for|against|towards?|on|from|of|in|with|than|by)\s(?:the\s)?$|['’]s?\s$")
_OWNED = re.compile(r"^['’]s?\s")
_JOINED = re.compile(
    r"^(?:[,\s]|\b(?:and|met|meets?|with|the|us|chinese|american|ukrainian|president|premier|vice|secretary|minister|leader|counterpart|treasury|commerce|finance|economy|his|her|vice-premier|signed|shook|hands)\b)+$"
)
_TOWN = re.compile(r"\b(?:in|at)\s$")
_LEADING = re.compile(r"\b(?:led|leads|heads|headed|chaired|chairs|leading|heading)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parties:
    """Who takes which part.

    Args:
        agents: states that do what the main verb says; empty where it is not plain.
        targets: states it is meant for ("to", "for", "against").
        pairs: persons told to meet or act together.
        towns: towns in which it happened: keys, or names in small letters.
        leader: who leads, by "led", "headed"; empty where nobody is said to.
        firm: firm that is the subject of the verb.
        firms: firms named.
    """

    agents: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    pairs: tuple[frozenset[str], ...] = ()
    towns: frozenset[str] = frozenset()
    leader: str = ""
    firm: str = ""
    firms: frozenset[str] = frozenset()


def parties_of(text: str, offset: int, names: Sequence[Name], states: Mapping[str, str]) -> Parties:
    """Read who takes which part."""
    low = text.lower()
    placed = _placed(low, offset, names, states)
    agents, verb_at = _agents(low, placed)
    targets = frozenset(state for at, state in placed if _TOWARD.search(low[:at]) and (at > verb_at >= 0))
    people = sorted((each for each in names if each.kind == "person" and each.key), key=lambda each: each.start)
    pairs = tuple(
        frozenset({one.key or "", other.key or ""})
        for one, other in pairwise(people)
        if _JOINED.match(low[one.end - offset : other.start - offset])
    )
    towns = frozenset(
        name.text.lower() if name.text.lower() in CAPITALS else name.key or ""
        for name in names
        if name.kind == "place"
        and _TOWN.search(low[: name.start - offset])
        and ((name.key or "").islower() or name.text.lower() in CAPITALS)
    )
    leading = _LEADING.search(low)
    return Parties(
        agents=agents, targets=targets, pairs=pairs, towns=towns, leader=_leader(low, offset, leading, people) if leading else "",
        firm=_firm(low, offset, names), firms=frozenset(each.key for each in names if each.kind == "company" and each.key and each.key != "stranger"),
    )  # fmt: skip


def _placed(low: str, offset: int, names: Sequence[Name], states: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the states of a sentence with where they stand, their authorities and people included."""
    found = {
        each.start - offset: state
        for each in names
        if each.key and (state := each.key if len(each.key) == 3 and each.key.isupper() else states.get(each.key, ""))
    }
    for match in re.finditer(r"[a-z]+", low):
        state = ADJECTIVES.get(match.group(), "") or CAPITALS.get(match.group(), "")
        if len(match.group()) > 3 and state and match.start() not in found:
            found[match.start()] = state
    return sorted(found.items())


def _agents(low: str, placed: Sequence[tuple[int, str]]) -> tuple[frozenset[str], int]:
    """Return the states that are the subject of a verb of doing, or stand after "by"; and where the verb stands."""
    verb = DOING.search(low)
    if verb is None:
        return frozenset(), -1
    if _PASSIVE.search(low[: verb.start()]):
        by = [state for at, state in placed if at > verb.end() and _BY.search(low[:at])]
        return frozenset(by[:1]), 0
    clause = re.split(r"[;:]|\b(?:that|after|while|which|as)\b", low[: verb.start()])[-1]
    start = verb.start() - len(clause)
    subject = [state for at, state in placed if start <= at < verb.start() and not _SIDE.search(low[start:at])]
    return frozenset(subject), verb.start()


def _leader(low: str, offset: int, verb: re.Match[str], people: Sequence[Name]) -> str:
    """Return the person who leads: the last one before the verb, or the one after "led by"."""
    if low[verb.end() :].startswith(" by"):
        return next((each.key or "" for each in people if each.start - offset > verb.end()), "")
    before = [each for each in people if each.start - offset < verb.start()]
    return (before[0].key or "") if len(before) == 1 else ""


def _firm(low: str, offset: int, names: Sequence[Name]) -> str:
    """Return the firm that is the subject of a verb of doing."""
    verb = DOING.search(low)
    if verb is None or _PASSIVE.search(low[: verb.start()]):
        return ""
    firms = [
        each.key or ""
        for each in names
        if each.kind == "company"
        and each.start - offset < verb.start()
        and not _OWNED.match(low[each.end - offset :])
        and not _SIDE.search(low[: each.start - offset])
    ]
    return firms[0] if len(firms) == 1 else ""
