"""Names in an article: where they stand, what record each means, and why; strangers stay strangers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.bodies import Bodies
from chokepoint.claims.callings import is_of, is_organisation
from chokepoint.claims.mentions import Mentions
from chokepoint.claims.names import Name, Token
from chokepoint.claims.offices import find_offices, state_beside
from chokepoint.claims.runs import runs_of, strip_run
from chokepoint.claims.spelling import bare
from chokepoint.claims.surroundings import Mention
from chokepoint.claims.titles import fields_of, signatures_of
from chokepoint.claims.words import NOT_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.sentences import Sentence

STRANGER = "stranger"
REMEMBERED = 400
"""Names back that an office may be settled by; keeps long texts in linear time."""
BEFORE, AFTER = 80, 110
"""Characters beside a name that are weighed."""
COVERED = 0.8
_POSSESSIVE = re.compile(r"['’]s$")


class Finder:
    """Find names in one article, remembering who was named before."""

    def __init__(self, gazetteer: Gazetteer, text: str, day: str) -> None:
        self.gazetteer, self.text, self.day = gazetteer, text, day
        self.bodies = Bodies(gazetteer, text)
        self.signatures = signatures_of(gazetteer)
        self.mentions = Mentions(gazetteer, day, fields_of(self.signatures))
        self.names: list[Name] = []

    @property
    def strangers(self) -> dict[str, str]:
        """Strangers named so far: their whole names by either part."""
        return self.mentions.memory.strangers

    def run(self, sentences: Sequence[Sentence]) -> list[Name]:
        """Return the names of every sentence, in order."""
        for sentence in sentences:
            found = self.bodies.find(sentence, self.mentions.roll)
            titles = self._offices(sentence, found)
            people = self._people(sentence, found, titles)
            found = people + [each for each in found if not _within_any(each, people)]
            offices = self._offices(sentence, found)
            offices = [own for each in offices if (own := self._own(each, found)) is not None]
            offices += self._bare_titles(found, offices)
            bodies = [each for each in offices if each.kind == "ministry"]
            found = [each for each in found if each.kind != "ministry" or not _within_any(each, bodies)]
            found = [_with_title(each, offices, self.text) for each in found + offices]
            self.names += sorted(found, key=lambda each: each.start)
        return self.names

    def _offices(self, sentence: Sentence, found: list[Name]) -> list[Name]:
        earlier = self.names[-REMEMBERED:]
        return find_offices(self.gazetteer, self.signatures, sentence, self.text, found, earlier, self.day)

    def _people(self, sentence: Sentence, found: list[Name], titles: list[Name]) -> list[Name]:
        """Judge every run of capitalised words: somebody on record, or a stranger."""
        made: list[Name] = []
        for run in runs_of(sentence, self.text):
            name = self._judged(sentence, run, [*found, *made], titles)
            if name is not None:
                made.append(name)
        return made

    def _judged(self, sentence: Sentence, run: list[Token], found: list[Name], titles: list[Name]) -> Name | None:
        """Return what a run names; None where it is a record already, or no name."""
        core = self._core(run, [*found, *titles])
        if not core or any(each.start <= core[0].start and _end(core) <= each.end for each in titles):
            return None
        start, end = core[0].start, _end(core)
        inside = [each for each in found if each.start < end and start < each.end]
        if any(each.start <= start and end <= each.end for each in inside):
            return self._otherwise(sentence, core, inside)
        words = [_POSSESSIVE.sub("", each.text) for each in core]
        mention = self._mention(sentence, core, words, found, titles)
        name = (
            self.mentions.resolved(mention)
            if inside
            else self.bodies.sounded_like(words, start, end)
            or self.mentions.resolved(mention)
            or self.bodies.alike(words, start, end)
        )
        if name is not None:
            return name
        return self._stranger(mention, core, inside)

    def _stranger(self, mention: Mention, core: list[Token], inside: list[Name]) -> Name | None:
        """Return a name that nobody on record bears; None where it is no name."""
        words, start = list(mention.words), mention.start
        if not is_stranger(words, core, inside, mention.end - start) and not is_namesake(
            self.mentions, mention, inside
        ):
            return None
        kind = "company" if is_organisation(words) or " of " in mention.text else "person"
        if kind == "person" and is_placed(mention):
            return None
        if kind == "person":
            self.mentions.memory.remember_stranger(words, mention.text)
        why = "nobody on record is written like this"
        return Name(start=start, end=mention.end, text=mention.text, kind=kind, key=STRANGER, score=0.0, why=why)

    def _own(self, office: Name, found: Sequence[Name]) -> Name | None:
        """Return the office before a name as one of that person's; None where he has none, or where a stranger has it."""
        person = next((each for each in found if each.kind == "person" and 0 <= each.start - office.end <= 2), None)
        if person is None or office.kind != "office" or self.text[office.end : person.start].strip():
            return office
        if person.key == STRANGER:
            stated = state_beside(self.text, office.start, office.end, self.gazetteer)
            return replace(office, holder="") if stated else None
        tenures = self.gazetteer.entries[person.key].tenures if person.key else ()
        held = [each.office for each in tenures]
        if not person.key or office.key in held:
            return office
        now = next((each.office for each in tenures if each.covers(self.day)), "")
        key = next((each for each in office.candidates if each in held), now)
        return replace(office, key=key, holder=person.key, candidates=(key,)) if key else None

    def _bare_titles(self, found: Sequence[Name], offices: Sequence[Name]) -> list[Name]:
        """Return titles of one word right before somebody on record ("Minister Wang Wentao") as the office held that day."""
        made: list[Name] = []
        for each in found:
            entry = self.gazetteer.entries.get(each.key or "") if each.kind == "person" else None
            title = re.search(r"\b([A-Z]\w+)\s$", self.text[max(0, each.start - 20) : each.start])
            if entry is None or title is None or not is_of(title[1], "office"):
                continue
            if not self.mentions.around.is_called(entry.key, bare(title[1])):
                continue
            start = each.start - 1 - len(title[1])
            office = next((one.office for one in entry.tenures if one.covers(self.day)), "")
            if office and not any(one.start <= start < one.end for one in [*offices, *found]):
                made.append(
                    Name(
                        start=start, end=each.start - 1, text=title[1], kind="office", key=office, candidates=(office,),
                        why="the office of whoever is named after it", holder=entry.key,
                    )
                )  # fmt: skip
        return made

    def _core(self, run: list[Token], settled: Sequence[Name]) -> list[Token]:
        """Drop titles, places and authorities from the start of a run until a name begins."""
        while run:
            rest = strip_run(_past(run, settled), self.mentions.calls)
            if len(rest) == len(run):
                return run
            run = rest
        return run

    def _otherwise(self, sentence: Sentence, core: list[Token], inside: list[Name]) -> Name | None:
        """Return a stranger where a company's name is a person's in the text ("my daughter Lynas")."""
        only = inside[0]
        if len(inside) > 1 or only.kind not in {"company", "outlet"} or len(core) != 1:
            return None
        mention = self._mention(sentence, core, [core[0].text], [], [])
        lead = re.search(r"([\w-]+)\s+$", mention.before)
        if lead is None or not is_of(lead[1], "kin"):
            return None
        return replace(only, key=STRANGER, kind="person", candidates=(), score=0.0, why="the text calls it a person")

    def _mention(
        self, sentence: Sentence, core: list[Token], words: list[str], found: list[Name], titles: list[Name]
    ) -> Mention:
        start = core[0].start
        end = _end(core)
        return Mention(
            start=start, end=end, text=self.text[start:end], words=tuple(words),
            before=self.text[max(sentence.start, start - BEFORE) : start], after=self.text[end : min(sentence.end, end + AFTER)],
            titles=tuple(each for each in titles if abs(each.start - end) < AFTER or abs(start - each.end) < BEFORE),
            beside=tuple(each for each in found if each.kind == "person"), opens=_opens(sentence, start),
        )  # fmt: skip


def _end(core: list[Token]) -> int:
    """Return where a name ends, without a possessive."""
    return core[-1].end - (2 if _POSSESSIVE.search(core[-1].text) else 0)


def _opens(sentence: Sentence, start: int) -> bool:
    """Say whether a name opens its sentence, or words quoted in it."""
    ahead = sentence.text[: start - sentence.start]
    return not re.search(r"\w", ahead) or re.search(r"[\"“‘«:]\s*$", ahead) is not None


def _past(run: list[Token], settled: Sequence[Name]) -> list[Token]:
    """Drop what a place, an authority or an office has taken at the start of a run; a company too before a title."""
    rest = run
    while len(rest) > 1 and any(_takes(each, rest) for each in settled):
        rest = rest[1:]
    return rest


def _takes(name: Name, run: list[Token]) -> bool:
    """Say whether a name on record takes the first word of a run, and somebody else's begins behind it."""
    if not (name.start <= run[0].start and run[0].end <= name.end + 2 and name.end <= run[-1].start):
        return False
    if name.kind in {"place", "office", "ministry"}:
        return True
    behind = next((each for each in run if each.start >= name.end), run[-1])
    return name.kind in {"company", "outlet"} and is_of(behind.text, "office")


def _within_any(name: Name, others: Sequence[Name]) -> bool:
    """Say whether a record lies in a run that was judged since; places and goods inside strangers stay."""
    for each in others:
        if each.start < name.end and name.start < each.end:
            return each.key != STRANGER or name.kind not in {"place", "mineral", "good"}
    return False


def is_namesake(mentions: Mentions, mention: Mention, inside: list[Name]) -> bool:
    """Say whether a person bears a company's name ("Amelia Boeing, a nurse")."""
    bodies = {each.kind for each in inside} <= {"company", "outlet"} and bool(inside)
    return bodies and len(mention.words) > 1 and mentions.is_otherwise(mention)


_IN = re.compile(r"\b(?:based in|in|near|outside|across|throughout)\s+$")


def is_placed(mention: Mention) -> bool:
    """Say whether a name that nobody bears stands where a place does ("based in Old Zenda, the mill")."""
    return _IN.search(mention.before) is not None and not re.match(r"['’]s?\b", mention.after)


def is_stranger(words: list[str], core: list[Token], inside: list[Name], length: int) -> bool:
    """Say whether a run of several words names somebody not on record."""
    if len(words) < 2 or all(is_of(each, "office", "honorific") or bare(each) in NOT_NAMES for each in words):
        return False
    if sum(each.end - each.start for each in inside) >= COVERED * length:
        return False
    rest = [each for each in core if not any(one.start <= each.start and each.end <= one.end for one in inside)]
    if any(each.kind == "company" for each in inside) and all(is_of(each.text, "form") for each in rest):
        return False
    joined = any(token.text == "of" for token in core)
    named = any(each.kind in {"office", "ministry", "outlet", "company"} for each in inside)
    if joined and named:
        return False
    return is_organisation(words) or joined or not named


def _with_title(name: Name, offices: Sequence[Name], text: str) -> Name:
    """Return a surname alone with the title right before it, or right behind it as in Chinese."""
    if name.kind != "person" or name.key == STRANGER or " " in name.text:
        return name
    before = next((each for each in offices if 0 <= name.start - each.end <= 2), None)
    if before is not None:
        return replace(name, start=before.start, text=text[before.start : name.end])
    behind = next((each for each in offices if text[name.end : each.start] == " "), None)
    if behind is None or behind.kind != "office":
        return name
    return replace(name, end=behind.end, text=text[name.start : behind.end])
