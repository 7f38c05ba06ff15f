"""Acts, agreements and reported facts as records: who did what with which goods toward whom, when, and until when.

A sentence is read into the same frame (deeds, goods, states, people, places, days, whether it denies, whether it speaks of the present)
and set beside every act on record. What agrees counts for it; of the act that fits best the sentence is then asked whether any slot it
names speaks against the record: another day, another actor, goods that are not on the list, a ban where there is a licence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chokepoint.claims.denials import (
    UNTOLD,
    WISHES,
    is_called_false,
    is_effect,
    is_never,
    is_passing,
    is_reversed,
    is_undone,
)
from chokepoint.claims.fitting import ENDING, TOGETHER, Fit, best_fit
from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.telling import Telling, telling_of, words_in
from chokepoint.claims.terms import Term, terms_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence

MEASURE, EVENT, TERM = "measure", "event", "term"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One thing that is on record.

    Args:
        key: its name inside.
        kind: ``measure`` (holds for a time), ``event`` (happened on a day), ``term`` (of an agreement, or a state of affairs).
        deed: what was done, a key of ``deeds.csv``.
        actors, targets: states that did it, and toward whom.
        goods: minerals and goods it is about; empty where it is about none.
        called: phrases it goes by.
        places, persons: where, and who or which firm or authority took part.
        days: ISO days or months that belong to it: announced, in force, suspended.
        date: from when it holds, or when it happened.
        end, end_by: from when it no longer holds and how that came; empty while it does.
        until: for what is suspended, until when.
        text: the nearest true sentence.
        reference: legal or other reference.
        source, grade: key of ``references.bib`` and its grade.
        words: stems of ``text``.
        terms: its numbers.
        earlier: days of what it ends, by which that is called.
        chief: the person or firm that led or did it, where others are named beside.
    """

    key: str
    kind: str
    deed: str
    actors: frozenset[str]
    targets: frozenset[str]
    goods: frozenset[str]
    called: tuple[str, ...]
    places: frozenset[str]
    persons: frozenset[str]
    days: tuple[str, ...]
    date: str
    end: str
    end_by: str
    until: str
    text: str
    reference: str
    source: str
    grade: str
    words: frozenset[str]
    terms: tuple[Term, ...] = ()
    chief: str = ""
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a sentence says of an act.

    Args:
        verdict: ``supported``, ``contradicted`` or ``outdated``.
        act, why: on record, and what decided.
        is_sure, is_certain: whether much of the act is met, and nearly all.
        numbers: ``met`` where numbers of the sentence are those of the act, ``missed`` where one is another, ``other`` where the act has none such; empty where there are none.
    """

    verdict: str
    act: Act
    why: str
    is_sure: bool
    is_certain: bool
    numbers: str = ""


def read_acts() -> tuple[Act, ...]:
    """Read acts, agreements and reported facts."""
    return tuple(_act(row) for name in ("acts", "agreements") for row in bundled_rows(f"claims/{name}.csv"))


def _act(row: Mapping[str, str]) -> Act:
    def several(name: str) -> frozenset[str]:
        return frozenset(filter(None, row[name].split(";")))

    return Act(
        key=row["key"], kind=row["type"], deed=row["deed"], actors=several("actors"), targets=several("targets"), goods=several("goods"),
        called=tuple(filter(None, row["names"].split("/"))), places=several("places"), persons=several("persons"), days=tuple(filter(None, row["dates"].split(";"))),
        date=row["date"], end=row["end"], end_by=row["end_by"], until=row["until"], text=row["text"], reference=row["reference"], source=row["source"], grade=row["grade"],
        words=words_in(row["text"]), terms=terms_in(row["terms"]), chief=row["chief"], earlier=several("earlier"),
    )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Teller:
    """Carry goods, states and the acts last told from sentence to sentence.

    Args:
        acts: on record.
        published: ISO day of publication.
        states: of authorities and people, by key.
    """

    acts: Sequence[Act]
    published: str
    states: Mapping[str, str]
    before: Telling | None = None
    last: str = ""

    def told(
        self, sentence: Sentence, names: Sequence[Name], quantities: Sequence[Quantity] = (), *, is_denied: bool
    ) -> Told | None:
        """Return what a sentence tells of an act on record, or None where it tells none."""
        telling = telling_of(
            sentence,
            names,
            quantities,
            self.published,
            self.states,
            self.before,
            is_denied=is_denied or is_never(sentence.text.lower()),
        )
        known = [each for each in self.acts if _is_known(each, self.published)]
        fit = best_fit(telling, known, self.published, self.last)
        self.before = telling
        if fit is None:
            return None
        self.last = fit.act.key
        verdict, why = judged(telling, fit, self.published)
        return (
            Told(
                verdict=verdict,
                act=fit.act,
                why=why,
                is_sure=fit.score >= SURE,
                is_certain=fit.score >= CERTAIN,
                numbers=fit.numbers.outcome,
            )
            if verdict
            else None
        )


_OUTRIGHT = re.compile(r"\b(?:bann(?:ed|ing)|bans?\b|forb[ai]d\w*|prohibit\w*|embargo\w*|outlaw\w*)")
_GENERAL = re.compile(
    r"\b(?:anyone|anybody|whoever|everyone) who\b|\b(?:not|never) (?:been )?(?:consulted|asked|told|informed)\b|\bgo(?:ing)? (?:very )?(?:well|badly)\b"
)
"""Words of rules for anybody, and of how things go: they tell no act."""
_ALL = re.compile(r"\b(?:all|every|each) (?:\w+ )?(?:licen[cs]e|request|application|permit)")
_SOON = 45
"""Days for which an act to come may be told ahead."""
SURE, CERTAIN = 6.0, 6.5
"""Score from which on an act is told beyond doubt, and from which on even a sentence on the future tells it."""


def _is_known(act: Act, published: str) -> bool:
    """Say whether an act was known, or announced for the weeks ahead, on the day of publication."""
    if not act.date or act.date <= published or act.kind == TERM or any(day <= published for day in act.days):
        return True
    return act.deed not in TOGETHER and (
        len(act.date) == len(published) and (date.fromisoformat(act.date) - date.fromisoformat(published)).days <= _SOON
    )


def judged(telling: Telling, fit: Fit, published: str) -> tuple[str, str]:
    """Return the verdict on a sentence that tells an act, and why; an empty one where it cannot be said."""
    act = fit.act
    if _is_no_telling(telling, act):
        return "", ""
    if fit.against:
        other = " and ".join(sorted(fit.against))
        return ("contradicted", f"the record has another {other}") if fit.is_anchored else ("", "")
    if _is_said_to_be_false(telling, fit):
        return "contradicted", "the record says otherwise"
    if is_reversed(telling.low, act.deed) and not telling.is_denied and act.deed not in telling.deeds & ENDING:
        return "contradicted", "the record has the reverse"
    if act.kind == MEASURE:
        return _of_measure(telling, act, published)
    return ("contradicted", "the record says otherwise") if _turned(telling, act) else ("supported", "as on record")


def _is_no_telling(telling: Telling, act: Act) -> bool:
    """Say whether a sentence asks, wishes, weighs or names an act in passing, denies another deed, or tells an effect."""
    if (telling.low.startswith("whether ") and act.deed != "dispute") or _GENERAL.search(telling.low):
        return True
    if act.deed not in WISHES and (is_undone(telling.low) or is_passing(telling.low)):
        return True
    if telling.is_denied and act.kind == EVENT and act.deed not in telling.deeds | UNTOLD:
        return True
    return act.deed in {"license", "check", "quota"} and is_effect(telling.low)


def _is_said_to_be_false(telling: Telling, fit: Fit) -> bool:
    """Say whether a sentence says that nobody did it, or that it is not true; of the end of a measure that may be so."""
    is_of_end = fit.act.kind == MEASURE and bool(telling.deeds & ENDING)
    if fit.act.deed in UNTOLD or is_of_end or not is_called_false(telling.low):
        return False
    return fit.act.deed in telling.deeds or fit.is_anchored


def _turned(telling: Telling, act: Act) -> bool:
    """Say whether a sentence denies what is on record, or says what the record denies."""
    record_denies = bool(telling.words & {"repays", "repay", "owe", "owes", "debt", "past"}) and act.deed == "owe"
    if act.deed in {"owe", "silent", "absent", "discuss", "move", "exclude", "dispute"}:
        return record_denies and not telling.is_denied
    if "only part" in act.text and _ALL.search(telling.low) and not telling.is_denied:
        return True
    if (
        act.deed in telling.deeds
        and any(re.search(rf"\b{key.replace('_', ' ')} did not\b", act.text.lower()) for key in telling.people)
        and len(telling.people & act.persons) == 1
    ):
        return not telling.is_denied
    if act.deed == "lose":
        return re.search(r"\b(?:won|wins?)\b", telling.low) is not None
    return telling.is_denied and act.deed in telling.deeds and not telling.is_partly_denied


def _of_measure(telling: Telling, act: Act, published: str) -> tuple[str, str]:
    """Judge a sentence on a measure by what it says of it: taken, in force, or gone."""
    gone = bool(act.end) and act.end <= published
    ends = {"lift", "suspend"} if act.deed == "quota" else {"lift", "suspend", "allow"}
    if telling.deeds & ends and not telling.is_adopting(act.deed):
        return _of_end(telling, act, gone=gone)
    if telling.is_denied and act.deed in telling.deeds and not telling.is_lasting and not telling.is_partly_denied:
        return "contradicted", "the record says otherwise"
    if telling.is_lasting:
        if gone and act.end in telling.happened and act.end_by != "suspended":
            return "contradicted", f"{act.end_by} on {act.end}"
        if gone and not telling.is_denied:
            return "outdated", f"true until {act.end}: {act.end_by}"
        return (
            ("contradicted", "the record says otherwise")
            if telling.is_denied and not gone
            else ("supported", "as on record")
        )
    if _OUTRIGHT.search(telling.low) and act.deed in {"license", "quota", "check"} and not telling.deeds & {act.deed}:
        return "contradicted", f"the record has a {act.deed.replace('license', 'licence')}, no ban"
    return "supported", "as on record"


def _of_end(telling: Telling, act: Act, *, gone: bool) -> tuple[str, str]:
    """Judge a sentence that says a measure is lifted or suspended."""
    if gone:
        if act.date in telling.happened and act.end not in telling.happened:
            return "contradicted", f"{act.end_by} on {act.end}, not on {act.date}"
        for_good = act.end_by == "suspended" and telling.is_final and not telling.is_denied
        if for_good or (telling.is_denied and telling.is_lasting is False and not telling.is_partly_denied):
            return "contradicted", f"{act.end_by} on {act.end}" + (f" until {act.until}" if act.until else "")
        return "supported", f"{act.end_by} on {act.end}"
    return (
        ("supported", "still in force")
        if telling.is_denied or telling.is_lasting
        else ("contradicted", "still in force")
    )
