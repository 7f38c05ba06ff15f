"""Whether the subject of a reporting clause is somebody who can vouch, and who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.phrases import classes_of, head_of, is_full_name
from chokepoint.claims.proxies import INDEFINITE, STRANGER, is_some_person
from chokepoint.claims.reports import OBSERVED, Report
from chokepoint.claims.sources import Parsed, anybody, is_named
from chokepoint.claims.speakers import AUTHOR, ORDINALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

OPINING = frozenset({"foresees", "hopes", "argues", "doubts"})
ESTIMATING = frozenset({"estimate", "reckon", "calculate", "assess"})


def who_reports(here: Parsed, report: Report) -> str | None:
    """Return who reports, where the subject can be somebody who does; None where it cannot."""
    phrase = report.phrase
    who = _himself(here, report) or here.who(phrase)
    behind = report.place == "tail" and report.frame in {"clause", "told"}
    one = report.verb.stance == "says" and report.frame in {"clause", "told"} and phrase[0].lower in INDEFINITE
    if who is None and (behind or one or phrase[0].lower == "your"):
        who = anybody(here.text, phrase)
    if who is None and report.place == "tail" and len(phrase) == 1 and phrase[0].lower in {"he", "she"}:
        who = STRANGER + phrase[0].lower if here.words[max(report.start - 1, 0)].tag == "QUOTE" else None
    if who is None:
        return None
    if who == AUTHOR:
        return AUTHOR if _author_vouches(report) else None
    return who if _can_vouch(here, report, who) else None


def _author_vouches(report: Report) -> bool:
    """Say whether "I" or "we" vouch: for a view, or where "I" say it; "we wrote" is the outlet."""
    said = report.phrase[0].lower == "i" and report.verb.lemma in {"say", "write", "note"}
    return said or (report.verb.stance in OPINING and report.frame != "number")


def _can_vouch(here: Parsed, report: Report, who: str) -> bool:
    """Say whether somebody can fill the frame of a reporting verb."""
    kind, verb, phrase = here.kind(who), report.verb, report.phrase
    if kind == "place" and verb.stance not in {"says", "acts"} and verb.lemma != "confirm":
        return False
    if report.frame == "number":
        return _gives_figures(here, who, phrase, verb.lemma)
    if report.frame == "object":
        announces = kind == "outlet" and verb.lemma in {"report", "announce", "write"}
        some_body = phrase[0].lower in INDEFINITE and "group" in classes_of(phrase)
        described = is_some_person(phrase) or phrase[0].tag == "PRON" or some_body
        return kind in {"person", "office", "ministry"} or announces or described or is_named(who, phrase)
    return not who.startswith(STRANGER) or _is_somebody(report)


def _is_somebody(report: Report) -> bool:
    """Say whether a described subject speaks rather than shows: "the sides said", not "suppliers expected" or "data showed"."""
    phrase, classes = report.phrase, classes_of(report.phrase)
    if "data" in classes and "document" not in classes:
        return False
    told = bool(classes) or phrase[0].tag == "PRON" or phrase[0].lower in INDEFINITE
    told = told or any(word.tag == "NAME" for word in phrase)
    return told or report.place == "tail" or report.verb.stance not in {"records", "foresees", "hopes"}


def _himself(here: Parsed, report: Report) -> str | None:
    """Return who is named as subject of what "he said" reports ("Rupert would come, he said"; "Zenda will grow, it said")."""
    pronoun = report.phrase[0].lower if len(report.phrase) == 1 else ""
    if report.place != "tail" or pronoun not in {"he", "she", "it"}:
        return None
    before = here.words[: report.start]
    if pronoun == "it":
        end = next((word.start for word in before if word.is_finite), 0) + here.offset
        named = [each for each in here.names if each.start < end and each.kind in {"company", "ministry", "outlet"}][:1]
    else:
        end = next((word.start for word in before if word.tag == "MODAL"), 0) + here.offset
        named = [each for each in here.names if each.start < end and each.kind == "person"][-1:]
    if pronoun == "it" and not named:
        return _named_body(here, before)
    return here.speakers.key(named[0], named[0].text) if named else None


def _named_body(here: Parsed, before: Sequence[Word]) -> str | None:
    """Return the name that opens a sentence as subject, where it is no place ("Zenda Alumina will grow, it said")."""
    verb = next((at for at, word in enumerate(before) if word.is_finite), 0)
    subject = before[:verb]
    return anybody(here.text, subject) if is_full_name(subject) and not _is_place(here, subject[0]) else None


def _is_place(here: Parsed, word: Word) -> bool:
    """Say whether a word belongs to the name of a place."""
    start = word.start + here.offset
    return any(each.kind == "place" and each.start <= start < each.end for each in here.names)


def _gives_figures(here: Parsed, who: str, phrase: Sequence[Word], verb: str) -> bool:
    """Say whether a subject gives a figure rather than has it: a body, a paper, "another column"."""
    kind, classes = here.kind(who), classes_of(phrase)
    if kind in {"person", "office", "place", "company"}:
        return kind == "company" and verb in ESTIMATING
    if kind:
        return (
            verb not in OBSERVED | {"have", "give"} or bool(classes & {"document", "data"}) or who == here.speakers.last
        )
    if len(phrase) == 1 and phrase[0].tag == "PRON":
        is_person = phrase[0].lower in {"he", "she"}
        return (
            verb not in OBSERVED | {"have"} if is_person else verb not in {"have", "take"} and who == here.speakers.body
        )
    return _is_giver(who, phrase, classes, verb)


def _is_giver(who: str, phrase: Sequence[Word], classes: frozenset[str], verb: str) -> bool:
    """Say whether a stranger gives a figure: by name, as one of several, as somebody's paper."""
    first = phrase[0].lower
    ordinal = first in INDEFINITE and head_of(phrase) in ORDINALS
    if ordinal or (is_named(who, phrase) and not classes and verb not in OBSERVED - {"see"}):
        return True
    if verb == "take":
        return False
    if first == "your" or (first in {"his", "her", "our"} and classes):
        return True
    if "document" in classes or head_of(phrase) == "others":
        return "data" not in classes or first == "another"
    return bool(classes & {"person", "group"}) and verb not in OBSERVED and first in INDEFINITE
