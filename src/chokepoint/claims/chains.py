"""The chain of a report: who passes it on, who was told, who says it, whom they cite, who speaks inside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.citations import cited, is_linked, per
from chokepoint.claims.phrases import head_of, spelt
from chokepoint.claims.sources import Parsed, Source, made
from chokepoint.claims.speakers import STRANGER
from chokepoint.claims.witnesses import who_reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.reports import Report
    from chokepoint.claims.tagging import Word

MEDIA = frozenset("media newspaper paper channel agency website site radio television tv broadcaster blog magazine daily weekly portal outlet press wire".split())  # fmt: skip


def sourced(here: Parsed, report: Report, who: str, body: str, content: Sequence[Word]) -> Source:
    """Return the source of what a clause reports.

    Args:
        here: the sentence.
        report: its reporting clause.
        who: who reports.
        body, content: text and words that are reported.
    """
    quoted = cited(here, here.words[report.start :] if report.place == "tail" else here.words)
    outer = per(here)
    steps = [outer[0] if outer and outer[0] != who else None, _told(here, report), who, *quoted]
    if quoted and report.place == "lead" and report.frame != "number" and is_linked(here.words[report.end :]):
        steps = [*quoted, who]
    if not quoted:
        steps.append(_inner(here, report, who, content))
    here.speakers.note(who, report.phrase)
    direct = any(word.tag == "QUOTE" and len(word.text.split()) > 2 for word in here.words)
    return replace(made(steps, body, report.verb.lemma, report.verb.stance, is_direct=direct), content=tuple(content))


def _told(here: Parsed, report: Report) -> str | None:
    """Return the outlet that was told something; "this newspaper" is the one quoted before."""
    aimed = next((at for at, word in enumerate(report.phrase) if word.lower == "to" and at), None)
    phrase = report.told or (report.phrase[aimed + 1 :] if aimed is not None and report.place == "tail" else ())
    if not phrase:
        return None
    if head_of(phrase) in MEDIA and here.kind(here.speakers.body) == "outlet":
        return here.speakers.body
    return here.speakers.outlet(spelt(here.text, phrase), here.names)


def _inner(here: Parsed, report: Report, who: str, content: Sequence[Word]) -> str | None:
    """Return who speaks inside what is passed on: anybody inside an outlet's report, a person inside another's."""
    inside = (
        each
        for each in here.reports
        if each is not report and each.phrase[0] in content and "lead" in {each.place, report.place}
    )
    inner = next(inside, None)
    named = who_reports(here, inner) if inner is not None else None
    if inner is None or named in {None, who}:
        return None
    is_person = here.kind(named) in {"person", "office"} and inner.frame in {"object", "clause", "told"}
    return named if is_person or _passes_on(here, who) else None


def _passes_on(here: Parsed, who: str) -> bool:
    """Say whether somebody passes on what others say: an outlet."""
    return here.kind(who) == "outlet" or (who.startswith(STRANGER) and bool(MEDIA & set(who.lower().split())))
