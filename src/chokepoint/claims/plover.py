"""Events in PLOVER's words: what was told as done, threatened or offered, as event, mode and context.

The codes follow the manual's 16 categories. What has no code there for certain is left without one and counted; a category that
asks for a recipient is not given where none is named, since a control on all the world has none.

Source: plover_manual
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from chokepoint.claims.deeds import CONDITION, DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chokepoint.claims.deeds import Deed
    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.reading import Claim, Reading

STATE = 3
"""Letters of a state's code."""
NEEDS_RECIPIENT = frozenset({"SANCTION", "COOPERATE", "AID"})
"""Categories that the manual gives no event for without a recipient."""
CODES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("done", "restricts"): ("SANCTION", "sever"),
    ("done", "eases"): ("RETREAT", ""),
    ("said", "restricts"): ("THREATEN", "restrict"),
    ("said", "eases"): ("AGREE", ""),
}
"""Event and mode by mood and effect. The manual lists no mode of RETREAT for trade; its crosswalk from CAMEO 085 says "ease"."""
MEETING = re.compile(
    r"\b(?:met|meets?|held talks|hold talks|holding talks|negotiat\w+|sat down|round of talks|telephoned|spoke by (?:phone|telephone))\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\b(?:telephone\w*|phone\w*|by video|call)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"\b(?:signed|ratif\w+|finali[sz]ed|approved the (?:deal|agreement|accord|treaty))\b", re.IGNORECASE
)
_PACT = re.compile(r"\b(?:agreement|deal|accord|treaty|framework|memorandum|understanding|pact)\b", re.IGNORECASE)
_ACCUSES = re.compile(r"\b(?:accus\w+|criticis\w+|criticiz\w+|condemn\w*|denounc\w+|complain\w*|sued)\b", re.IGNORECASE)
_DEMANDS = re.compile(r"\b(?:demand(?:s|ed)|insist(?:s|ed) (?:on|that)|order(?:s|ed) .{0,30}to)\b", re.IGNORECASE)
_REJECTS = re.compile(r"\b(?:reject(?:s|ed)|refus(?:es|ed)|declin(?:es|ed)|turn(?:s|ed) down|veto\w*)\b", re.IGNORECASE)
_REFUSES = re.compile(r"\b(?:refus|declin)\w+ to\b", re.IGNORECASE)
_WORDED = (("ACCUSE", _ACCUSES), ("DEMAND", _DEMANDS), ("REJECT", _REJECTS))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One event.

    Args:
        event: a category of the manual; empty where none fits for certain.
        mode: of the category; empty where none fits.
        context: ``economic``, ``diplomatic``, with ``hypothetical`` or ``future`` where it is only said.
        source, recipient: ISO 3166 alpha-3.
        date: ISO, as exact as known.
        article, start, end, text: where it is told.
        comment: why a code is missing.
    """

    event: str
    mode: str
    context: tuple[str, ...]
    source: tuple[str, ...]
    recipient: tuple[str, ...]
    date: str
    article: str
    start: int
    end: int
    text: str
    comment: str = ""


def events(reading: Reading, gazetteer: Gazetteer) -> list[Event]:
    """Return the events of an article in order."""
    return [
        event
        for claim in reading.claims
        if claim.kind not in {"opinion", "interpretation"} or _ACCUSES.search(claim.text)
        for event in (*_of_deeds(claim, reading), *_of_words(claim, reading, gazetteer))
    ]


def _of_deeds(claim: Claim, reading: Reading) -> Iterator[Event]:
    for deed in claim.deeds:
        is_refusal = deed.is_standing and _REFUSES.search(deed.text) is not None
        if deed.mood == CONDITION or (deed.is_standing and not is_refusal):
            continue
        event, mode = ("REJECT", "yield") if is_refusal else CODES[deed.mood, deed.effect]
        context = (
            ("economic",)
            if deed.mood == DONE
            else ("economic", "hypothetical" if claim.kind == "conditional" else "future")
        )
        recipient = (deed.target,) if _is_state(deed) else ()
        comment = ""
        if event in NEEDS_RECIPIENT and not recipient:
            event, mode, comment = "", "", f"{event} asks for a recipient, and none is named"
        yield _event(event, mode, context, ((deed.actor,), recipient), claim, reading, deed, comment)


def _is_state(deed: Deed) -> bool:
    return len(deed.target) == STATE and deed.target.isupper()


def _of_words(claim: Claim, reading: Reading, gazetteer: Gazetteer) -> Iterator[Event]:
    """Return what is said or agreed between states rather than done to trade."""
    states = _states(claim, reading, gazetteer)
    if claim.deeds or claim.kind in {"conditional", "forecast"} or not states:
        return
    both = len(states) > 1
    if MEETING.search(claim.text) and both:
        mode = "phone" if _PHONE.search(claim.text) else "third-party" if _elsewhere(claim, reading, states) else ""
        yield _event("CONSULT", mode, ("diplomatic",), (states, ()), claim, reading)
    elif _SIGNED.search(claim.text) and _PACT.search(claim.text):
        yield _event("SUPPORT", "", ("diplomatic",), (states, ()), claim, reading)
    else:
        for event, pattern in _WORDED:
            if both and pattern.search(claim.text):
                yield _event(event, "", ("diplomatic",), (states[:1], states[1:2]), claim, reading)
                return


def _states(claim: Claim, reading: Reading, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the states whose authorities, officials or capitals a sentence names, in order."""
    found: dict[str, None] = {}
    for name in reading.names:
        if claim.start <= name.start < claim.end and name.kind in {"person", "office", "ministry", "place"}:
            entry = gazetteer.entries.get(name.key or "")
            if entry is not None and name.text.lower() not in _VENUES:
                found.setdefault(entry.country or entry.key)
    return tuple(code for code in found if len(code) == STATE)


_VENUES = frozenset(
    {"london", "geneva", "busan", "kuala lumpur", "stockholm", "madrid", "paris", "davos", "lancaster house"}
)
"""Places of meetings of others; a city of this list does not stand for its state."""


def _elsewhere(claim: Claim, reading: Reading, states: tuple[str, ...]) -> bool:
    places = [
        each.text.lower() for each in reading.names if claim.start <= each.start < claim.end and each.kind == "place"
    ]
    return len(states) > 1 and any(each in _VENUES for each in places)


def _event(
    event: str, mode: str, context: tuple[str, ...], actors: tuple[tuple[str, ...], tuple[str, ...]], claim: Claim, reading: Reading,
    deed: Deed | None = None, comment: str = "",
) -> Event:  # fmt: skip
    span = deed or claim
    date = (claim.told_act.date if claim.told_act else "") or claim.event_date or ""
    return Event(
        event=event, mode=mode, context=context, source=actors[0], recipient=actors[1], date=date, article=reading.article.name,
        start=span.start, end=span.end, text=span.text, comment=comment,
    )  # fmt: skip


def events_json(found: Iterable[Event]) -> dict[str, Any]:
    """Return events as plain data, with how many have no code."""
    rows = [asdict(each) for each in found]
    return {
        "codebook": "PLOVER, manual of the Open Event Data Alliance (2021)",
        "events": rows,
        "without_code": sum(not row["event"] for row in rows),
    }
