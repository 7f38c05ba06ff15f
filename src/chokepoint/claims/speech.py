"""Who vouches for a sentence: speaker, outlet and the chain between them, read from its grammar and what stood before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.chains import sourced
from chokepoint.claims.citations import per
from chokepoint.claims.phrases import classes_of
from chokepoint.claims.proxies import INDEFINITE
from chokepoint.claims.reports import Report, reports
from chokepoint.claims.sources import Parsed, Source, made
from chokepoint.claims.speakers import AUTHOR, Speakers
from chokepoint.claims.subjects import subject_before
from chokepoint.claims.tagging import leaves_open, quotations, tagged
from chokepoint.claims.turns import as_put, cites, colon, passive, was_line
from chokepoint.claims.witnesses import who_reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence

QUOTES = '"“”«»„ '
SOME = frozenset({"some", "many", "they", "others", "people", "most"})
LONGEST = 3000
"""Characters of a sentence whose grammar is read; the rest of a longer one is kept as it stands."""
WHOLE = 0.9
"""Share of a sentence in quotation marks from which it is nothing but quoted."""
_TURN = re.compile(
    r"^\W*(?:(?P<answer>A|Answer|Antwort|О|В[iі]дпов[iі]дь|Ответ|答)|Q|Question|Frage|В|Вопрос|问)\s*[:：]\s*"
)
_DATELINE = re.compile(
    r"^[^\w\"“]*[A-Z][A-Z .]{2,24}(?:,? [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]*\))?\s*(?::|–|—|-{1,2})\s+"
)
_CLOCK = re.compile(
    r"^[^\w]*\d{1,2}[:.h]\d\d(?: ?(?:[ap]\.?m\.?|GMT|BST|CET|CEST|EST|EDT|UTC))?\s*(?::|–|—|-)?\s+(?=[A-Z\"“])"
)


class Attributor:
    """Read the source of each sentence, remembering speakers for "he adds" and open quotations."""

    def __init__(self, gazetteer: Gazetteer, strangers: Mapping[str, str]) -> None:
        self.speakers = Speakers(gazetteer, strangers)
        self.is_open = False
        self.paragraph = -1
        self.holder: str | None = None
        self.turn: tuple[int, str | None] = (-1, None)

    def of(self, sentence: Sentence, names: Sequence[Name]) -> Source:
        """Return the source of a sentence; sentences come in order."""
        text = re.sub(r"\s", " ", sentence.text)
        again = re.match(rf"[{QUOTES}]", text) is not None
        was_open = self.is_open and (not again or sentence.paragraph == self.paragraph)
        here = self._parsed(text, sentence.start, names, is_open=was_open)
        source = self._turn(here, sentence.paragraph) or self._held(here, was_open=was_open) or _read(here)
        self._remember(source, here)
        self.is_open, self.paragraph = leaves_open(text, is_open=was_open), sentence.paragraph
        first = source.chain[0] if source.chain else self.holder
        self.holder = first if self.is_open else None
        return replace(source, words=tuple(here.words), content=source.content or tuple(here.words))

    def _turn(self, here: Parsed, paragraph: int) -> Source | None:
        """Read a transcript: what stands behind "A:", and on to the end of its paragraph, is of the one who is asked."""
        label = _TURN.match(here.text)
        if label is not None:
            person = self.speakers.person or self.speakers.last
            self.turn = (paragraph, person if label["answer"] else None)
        if self.turn[0] != paragraph:
            return None
        first = label.end() if label else 0
        inner = self._parsed(here.text[first:], here.offset + first, here.names, is_open=False)
        person = self.turn[1]
        if person is None:
            return Source(body=inner.text, content=tuple(inner.words))
        told = _read(inner)
        self.speakers.person = person
        steps = [person, *(step for step in told.chain if step not in {AUTHOR, person})]
        return replace(made(steps, inner.text, "say", "says", is_direct=True), content=tuple(inner.words))

    def _parsed(self, text: str, offset: int, names: Sequence[Name], *, is_open: bool) -> Parsed:
        lead = _DATELINE.match(text) or _CLOCK.match(text)
        first = lead.end() if lead else 0
        words = [word for word in tagged(text[:LONGEST], names, offset, is_open=is_open) if word.start >= first]
        return Parsed(
            text=text, offset=offset, words=words, names=names, reports=reports(words), speakers=self.speakers
        )

    def _held(self, here: Parsed, *, was_open: bool) -> Source | None:
        """Read a sentence that is nothing but quoted words: of who spoke before, and whom those words cite in turn."""
        spans = quotations(here.text, is_open=was_open)
        whole = sum(end - start for start, end in spans) > WHOLE * len(here.text.strip("*#> ")) and len(here.words) <= 2
        person = self.speakers.person
        holder = (self.holder if was_open else None) or person or self.speakers.last
        inside = here.text.strip(QUOTES + "*#>")
        if not whole or holder in {None, AUTHOR} or len(inside.split()) < 3:
            return None
        inner = _read(self._parsed(inside, here.offset + 1, here.names, is_open=False))
        self.speakers.person = person
        steps = [holder, *(step for step in inner.chain if step not in {AUTHOR, holder})]
        source = made(steps, inside, "say", "says", is_direct=True)
        return replace(source, content=tuple(tagged(inside)))

    def _remember(self, source: Source, here: Parsed) -> None:
        """Keep who spoke, or who was the subject, for the pronouns of the next sentence."""
        if source.chain:
            self.speakers.note(source.speaker)
            return
        verb = next((at for at, word in enumerate(here.words) if word.is_finite), len(here.words))
        subject = subject_before(here.words, verb)
        if subject and subject[0].lower in INDEFINITE and "person" in classes_of(subject):
            self.speakers.person = here.who(subject) or self.speakers.person
        end = here.words[verb].start if verb < len(here.words) else len(here.text)
        self.speakers.mention(here.names, here.offset + end)


def _read(here: Parsed) -> Source:
    """Return the first source that a rule finds, the outermost first."""
    for rule in (colon, as_put, was_line, cites, passive, _behind, _before, _according):
        source = rule(here)
        if source is not None:
            return source
    return Source(body=here.between(here.words))


def _according(here: Parsed) -> Source | None:
    """Read a source named without a verb."""
    found = per(here)
    return made([found[0]], found[1]) if found else None


def _behind(here: Parsed) -> Source | None:
    """Read the last reporting clause that stands behind or amid what it reports."""
    for report in reversed([each for each in here.reports if each.place == "tail"]):
        content = here.words[: report.start]
        body = here.between(content).rstrip(" ,–—")
        who = who_reports(here, report)
        if who is not None:
            return sourced(here, report, who, f"{body} {_going_on(here, report)}".strip(), content)
        if report.phrase[0].lower in SOME:
            nobody = Source(verb=report.verb.lemma, stance=report.verb.stance, body=body, is_nobody=True)
            return replace(nobody, content=tuple(content))
    return None


def _before(here: Parsed) -> Source | None:
    """Read the first reporting clause that stands before what it reports."""
    for report in here.reports:
        who = who_reports(here, report) if report.place == "lead" else None
        if who is None or _heads_another(here, report):
            continue
        if report.frame == "object" and _is_shared_out(here, report):
            return Source(verb=report.verb.lemma, stance=report.verb.stance, body=here.text, is_nobody=True)
        content = here.words[report.end :]
        return sourced(here, report, who, here.between(content), content)
    return None


def _heads_another(here: Parsed, report: Report) -> bool:
    """Say whether what a clause reports behind a colon has a speaker of its own ("Zenda denies: Rupert called that ...")."""
    if here.words[report.end - 1].text != ":":
        return False
    later = [each for each in here.reports if each.place == "lead" and each.start >= report.end]
    return any(who_reports(here, each) for each in later)


def _is_shared_out(here: Parsed, report: Report) -> bool:
    """Say whether each of two clauses has a speaker of its own ("one blamed the fog; the other blamed the talks")."""
    others = [each for each in here.reports if each.frame == "object" and each.place == "lead"]
    return any(each.phrase[0] is not report.phrase[0] for each in others)


def _going_on(here: Parsed, report: Report) -> str:
    """Return what goes on behind a reporting clause in the middle."""
    rest = here.words[report.end :]
    stops = {"who", "which", "citing", "quoting", "as"}
    if len(rest) < 3 or rest[1].lower in stops or not any(word.is_finite for word in rest):
        return ""
    return here.text[rest[0].start :]
