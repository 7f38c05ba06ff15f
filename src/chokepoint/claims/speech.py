"""Who vouches for a sentence: speaker, outlet and the chain between them, read from its reporting clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chokepoint.claims.phrases import classes_of, core, head_of, is_called, is_pause, spelt, subject_before
from chokepoint.claims.reports import OBSERVED, Report, reports
from chokepoint.claims.speakers import AUTHOR, INDEFINITE, ORDINALS, SPEAKING_FOR, STRANGER, Speakers
from chokepoint.claims.tagging import Word, leaves_open, quotations, tagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence

MEDIA = frozenset("media newspaper paper channel agency website site radio television tv broadcaster blog magazine daily weekly portal outlet press wire".split())  # fmt: skip
_DATELINE = re.compile(
    r"^[^\w\"“]*[A-Z][A-Z .]{2,24}(?:,? [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]*\))?\s*(?::|–|—|-{1,2})\s+"
)
_CLOCK = re.compile(r"^[^\w]*\d{1,2}[:.h]\d\d(?: ?(?:[ap]\.?m\.?|GMT|BST|CET|CEST|EST|EDT|UTC))?\s*(?::|–|—|-)?\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Who vouches.

    Args:
        speaker: record key, ``stranger:WORDS``, ``author`` or None for the outlet itself.
        chain: from the one nearest to the reader to the first one.
        verb: the verb of saying; empty where there is none.
        stance: what the verb does: ``says``, ``records``, ``argues``, ``doubts``, ``foresees``, ``hopes``, ``acts``; empty where there is none.
        body: the words that are vouched for.
        is_direct: whether they stand in quotation marks.
        is_nobody: whether the report names nobody ("it is said").
        words: of the sentence, a dateline left out.
        content: those that are vouched for.
    """

    speaker: str | None = None
    chain: tuple[str, ...] = ()
    verb: str = ""
    stance: str = ""
    body: str = ""
    is_direct: bool = False
    is_nobody: bool = False
    words: tuple[Word, ...] = ()
    content: tuple[Word, ...] = ()


@dataclass(kw_only=True, slots=True)
class _Sentence:
    """A sentence while it is read: its text, words, names and reporting clauses."""

    text: str
    offset: int
    words: list[Word]
    names: Sequence[Name]
    reports: list[Report] = field(default_factory=list[Report])


class Attributor:
    """Read the source of each sentence, remembering speakers for "he adds" and open quotations."""

    def __init__(self, gazetteer: Gazetteer, strangers: Mapping[str, str]) -> None:
        self.speakers = Speakers(gazetteer, strangers)
        self.is_open = False
        self.paragraph = -1
        self.before = Source()
        self.holder: str | None = None

    def of(self, sentence: Sentence, names: Sequence[Name]) -> Source:
        """Return the source of a sentence."""
        text = re.sub(r"\s", " ", sentence.text)
        was_open = self.is_open and bool(
            re.match(r"[\"“«]", text.lstrip()) is None or sentence.paragraph == self.paragraph
        )
        lead = _DATELINE.match(text) or _CLOCK.match(text)
        words = [
            word
            for word in tagged(text, names, sentence.start, is_open=was_open)
            if lead is None or word.start >= lead.end()
        ]
        here = _Sentence(text=text, offset=sentence.start, words=words, names=names, reports=reports(words))
        source = self._held(here, was_open=was_open) or self._read(here)
        source = replace(source, words=tuple(words), content=source.content or tuple(words))
        if (
            not source.chain
            and not source.is_nobody
            and self._goes_on(text, words, was_open=was_open, is_near=sentence.paragraph == self.paragraph)
        ):
            source = replace(self.before, body=text, is_direct=True, words=tuple(words), content=tuple(words))
        self.is_open = leaves_open(text, is_open=was_open)
        self.paragraph = sentence.paragraph
        self._remember(source, here)
        self.before = source
        self.holder = source.speaker if self.is_open and source.chain else self.holder if self.is_open else None
        return source

    def _held(self, here: _Sentence, *, was_open: bool) -> Source | None:
        """Read a sentence that is nothing but quoted words: of who spoke before, and whom those words cite in turn."""
        text = here.text.strip("*#> ")
        spans = quotations(here.text, is_open=was_open)
        is_whole = bool(spans) and sum(end - start for start, end in spans) > 0.9 * len(text) and len(here.words) <= 2
        holder = (self.holder if was_open else None) or self.speakers.person or self.speakers.last
        if not is_whole or holder is None or holder == AUTHOR or len(text.split()) < 3:
            return None
        words = tagged(text.strip('"“”«»„ '), ())
        inner = self._read(
            _Sentence(
                text=text.strip('"“”«»„ '),
                offset=here.offset + 1,
                words=words,
                names=here.names,
                reports=reports(words),
            )
        )
        chain = (holder, *(step for step in inner.chain if step not in {AUTHOR, holder}))
        return Source(
            speaker=chain[-1], chain=chain, verb="say", stance="says", body=text, is_direct=True, content=tuple(words)
        )

    def _goes_on(self, text: str, words: Sequence[Word], *, was_open: bool, is_near: bool) -> bool:
        """Say whether a sentence is more of the quotation before it."""
        if not self.before.chain or not self.before.is_direct:
            return False
        spans = quotations(text, is_open=was_open)
        covered = sum(end - start for start, end in spans)
        return (was_open or is_near) and covered > 0.9 * len(text.strip()) and len(words) <= 2

    def _remember(self, source: Source, here: _Sentence) -> None:
        if source.chain:
            self.speakers.note(source.speaker)
            return
        verb = next((word.start for word in here.words if word.is_finite), len(here.text))
        self.speakers.mention(here.names, here.offset + verb)

    def _read(self, here: _Sentence) -> Source:
        for rule in (self._colon, self._nobody, self._tail, self._lead, self._according):
            source = rule(here)
            if source is not None:
                return source
        return Source(body=here.text)

    def _tail(self, here: _Sentence) -> Source | None:
        """Read the last reporting clause that stands behind or amid what it reports."""
        for report in reversed([each for each in here.reports if each.place == "tail"]):
            who = self._who(here, report)
            if who is not None:
                rest = [
                    word
                    for word in here.words[: report.start]
                    if word.tag != "MARK" or word is not here.words[report.start - 1]
                ]
                body = f"{_joined(here.text, rest)} {_after(here, report)}".strip()
                return self._made(here, report, who, body, here.words[: report.start])
            if report.phrase[0].lower in {"some", "many", "they", "others", "people", "most"}:
                content = here.words[: report.start]
                body = _joined(here.text, content)
                return Source(
                    verb=report.verb.lemma, stance=report.verb.stance, body=body, is_nobody=True, content=tuple(content)
                )
        return None

    def _lead(self, here: _Sentence) -> Source | None:
        """Read the first reporting clause that stands before what it reports."""
        for report in here.reports:
            who = self._who(here, report) if report.place == "lead" else None
            colon = report.end > 0 and here.words[report.end - 1].text == ":"
            if colon and any(
                each is not report and each.place == "lead" and each.start >= report.end and self._who(here, each)
                for each in here.reports
            ):
                continue
            if who is not None and report.frame == "object" and self._is_shared_out(here, report):
                return Source(verb=report.verb.lemma, stance=report.verb.stance, body=here.text, is_nobody=True)
            if who is not None:
                body = here.text[here.words[report.end].start :] if report.end < len(here.words) else ""
                return self._made(here, report, who, body, here.words[report.end :])
        return None

    def _is_shared_out(self, here: _Sentence, report: Report) -> bool:
        """Say whether each of two clauses has a speaker of its own ("one blamed the fog; the other blamed the talks")."""
        return any(
            each.frame == "object" and each.place == "lead" and each.phrase[0] is not report.phrase[0]
            for each in here.reports
        )

    def _who(self, here: _Sentence, report: Report) -> str | None:
        """Return who reports, where the subject can be somebody who does."""
        phrase, verb = report.phrase, report.verb
        who = self._himself(here, report) or self.speakers.who(here.text, phrase, here.names, here.offset)
        classes = classes_of(phrase)
        if who is None and report.place == "tail" and report.frame in {"clause", "told"}:
            who = _anybody(here.text, phrase)
        if who is None and phrase[0].lower == "your":
            who = _anybody(here.text, phrase)
        if who is None:
            return None
        if who == AUTHOR and phrase[0].lower == "i" and verb.lemma in {"say", "write", "note"}:
            return AUTHOR
        if who == AUTHOR:
            return (
                AUTHOR
                if verb.stance in {"foresees", "hopes", "argues", "doubts"} and report.frame != "number"
                else None
            )
        if self.speakers.kind(who) == "place" and not (verb.stance in {"says", "acts"} or verb.lemma == "confirm"):
            return None
        if report.frame == "number":
            return who if self._gives_figures(who, phrase, verb.lemma) else None
        if report.frame == "object":
            described = phrase[0].lower in INDEFINITE and "person" in classes
            return (
                who
                if self.speakers.kind(who) in {"person", "office", "ministry"}
                or described
                or _is_named(who, phrase)
                or phrase[0].tag == "PRON"
                else None
            )
        is_pronoun = len(phrase) == 1 and phrase[0].tag == "PRON"  # a pronoun stands for who spoke before
        if (
            report.place == "lead"
            and who.startswith(STRANGER)
            and not classes
            and not is_pronoun
            and phrase[0].lower not in INDEFINITE
            and verb.stance in {"records", "foresees", "hopes"}
            and not any(word.tag == "NAME" for word in phrase)
        ):
            return None
        return None if "data" in classes and who.startswith(STRANGER) and "document" not in classes else who

    def _himself(self, here: _Sentence, report: Report) -> str | None:
        """Return the person named as subject of what "he said" reports ("Rupert would come, he said")."""
        if report.place != "tail" or len(report.phrase) != 1 or report.phrase[0].lower not in {"he", "she"}:
            return None
        first = next((word.start for word in here.words[: report.start] if word.tag == "MODAL"), 0) + here.offset
        named = [each for each in here.names if each.start < first and each.kind == "person"]
        return self.speakers.key(named[-1], named[-1].text) if named else None

    def _gives_figures(self, who: str, phrase: Sequence[Word], verb: str) -> bool:
        """Say whether a subject gives a figure rather than has it: a body, a paper, "another column"."""
        kind, classes = self.speakers.kind(who), classes_of(phrase)
        if kind in {"person", "office", "place", "company"}:
            return kind == "company" and verb in {"estimate", "reckon", "calculate", "assess"}
        if kind:
            return (
                verb not in OBSERVED | {"have", "give"}
                or bool(classes & {"document", "data"})
                or who == self.speakers.last
            )
        if len(phrase) == 1 and phrase[0].lower in {"he", "she"}:
            return verb not in OBSERVED | {"have"}
        if len(phrase) == 1 and phrase[0].lower in {"it", "they"}:
            return verb not in {"have", "take"} and who == self.speakers.body
        if _is_named(who, phrase) and not classes and verb not in OBSERVED - {"see"}:
            return True
        first = phrase[0].lower
        if first in INDEFINITE and head_of(phrase) in ORDINALS:
            return True
        if verb == "take":
            return False
        if first == "your" or (first in {"his", "her", "our"} and classes):
            return True
        if "document" in classes or (head_of(phrase) in {"others"}):
            return "data" not in classes or first == "another"
        return bool(classes & {"person", "group"}) and verb not in OBSERVED and first in INDEFINITE

    def _made(self, here: _Sentence, report: Report, who: str, body: str, content: Sequence[Word]) -> Source | None:
        """Return the source with its chain: who was told, who says it, whom they cite, who speaks inside."""
        told = self._told(here, report.told) if report.told else None
        cited = self._cited(here, here.words[report.start :] if report.place == "tail" else here.words)
        outer = self._per(here)
        linked = [word.lower for word in here.words if word.lower in {"link", "reference"}]
        steps = [outer[0] if outer and outer[0] != who else None, told, who, *cited]
        late = any(word.lower in {"link", "reference"} for word in here.words[report.end :])
        if linked and late and cited and report.place == "lead" and report.frame != "number":
            steps = [*cited, who]
        if not cited:
            inner = next(
                (
                    each
                    for each in here.reports
                    if each is not report
                    and each.phrase[0] in content
                    and (each.place == "lead" or report.place == "lead")
                ),
                None,
            )
            named = self._who(here, inner) if inner is not None else None
            is_person = (
                self.speakers.kind(named) in {"person", "office"}
                and inner is not None
                and inner.frame in {"object", "clause", "told"}
            )
            steps.append(named if named != who and (self._passes_on(who) or is_person) else None)
        self.speakers.note(who, report.phrase)
        direct = any(word.tag == "QUOTE" and len(word.text.split()) > 2 for word in here.words)
        source = _source(
            [each for each in steps if each], report.verb.lemma, report.verb.stance, body, is_direct=direct
        )
        return replace(source, content=tuple(content))

    def _told(self, here: _Sentence, phrase: Sequence[Word]) -> str | None:
        """Return the outlet that was told something; "this newspaper" is the one quoted before."""
        if head_of(phrase) in MEDIA and self.speakers.kind(self.speakers.body) == "outlet":
            return self.speakers.body
        return self.speakers.outlet(spelt(here.text, phrase), here.names)

    def _passes_on(self, who: str) -> bool:
        """Say whether somebody passes on what others say: an outlet."""
        if self.speakers.kind(who) == "outlet":
            return True
        return who.startswith(STRANGER) and bool(MEDIA & set(who.lower().split()))

    def _cited(self, here: _Sentence, words: Sequence[Word]) -> list[str]:
        """Return whom a source cites in turn."""
        found: list[str] = []
        for at, word in enumerate(words):
            ahead = [each.lower for each in words[at : at + 5]]
            skip = 1 if at and word.lower in {"citing", "quoting"} else 0
            if (
                word.lower == "with"
                and {"to", "on"} & set(ahead[:4])
                and {"reference", "link", "references"} & set(ahead[:3])
            ):
                skip = min(ahead.index(one) for one in ("to", "on") if one in ahead) + 1
            if skip:
                phrase = _phrase(words, at + skip)
                who = self.speakers.who(here.text, phrase, here.names, here.offset) or _anybody(here.text, phrase)
                found += [who] if who else []
        return found

    def _colon(self, here: _Sentence) -> Source | None:
        """Read "Rupert: ..." where what stands before the colon is somebody, and "a broker over the ore: '...'"."""
        at = next((number for number, word in enumerate(here.words) if word.text == ":"), None)
        if at is None or at == 0 or at + 1 >= len(here.words) or at > 24:
            return None
        before, quoted = here.words[:at], here.words[at + 1].tag == "QUOTE"
        if any(each.place == "lead" and each.end <= at + 1 for each in here.reports):
            return None
        cited = self._cited(here, before)
        phrase = _phrase(before, 0)
        quoted_words = quoted and phrase and any(word.is_finite for word in before[len(phrase) :])
        who = self.speakers.who(here.text, phrase, here.names, here.offset) if phrase else None
        if (
            who is None
            or (who == AUTHOR)
            or (any(word.is_finite for word in before) and not quoted_words)
            or (phrase[0].tag == "PREP")
        ):
            return None
        is_body = self.speakers.kind(who) in {"person", "office", "ministry", "outlet"}
        is_person = who.startswith(STRANGER) and ("person" in classes_of(phrase) or self._has_person(here, phrase))
        if not (quoted or cited or is_body or is_person) or (
            self.speakers.kind(who) in {"company", "place"} and not quoted
        ):
            return None
        self.speakers.note(who, phrase)
        source = _source([who, *cited], "say", "says", here.text[here.words[at].end :].strip(), is_direct=quoted)
        return replace(source, content=tuple(here.words[at + 1 :]))

    def _has_person(self, here: _Sentence, phrase: Sequence[Word]) -> bool:
        first, last = phrase[0].start + here.offset, phrase[-1].end + here.offset
        return any(each.kind == "person" and first <= each.start < last for each in here.names)

    def _nobody(self, here: _Sentence) -> Source | None:
        """Read "it is said", "it was told in the ministry" and "is quoted as saying"."""
        words = here.words
        for at, word in enumerate(words):
            known = word.verb if word.tag == "VERB" and word.form in {"past", "participle"} else None
            if known is None or not (known.frames or known.lemma == "hear") or at == 0:
                continue
            be = at - 1 if words[at - 1].tag == "AUX" else at - 2
            if be < 1 or words[be].tag != "AUX" or words[be].lower not in {"is", "was", "been", "were", "are"}:
                continue
            subject = next((each for each in reversed(words[:be]) if each.tag not in {"AUX", "ADV", "MODAL"}), None)
            after = words[at + 1 :]
            if subject is not None and subject.lower == "it" and (known.stance or known.lemma == "call"):
                who = None
                if after and after[0].lower in {"in", "by", "at", "from"}:
                    phrase = _phrase(words, at + 2)
                    who = self.speakers.who(here.text, phrase, here.names, here.offset)
                if who is not None:
                    return _source([who], known.lemma, known.stance, here.text, is_direct=False)
                return Source(verb=known.lemma, stance=known.stance or "says", body=here.text, is_nobody=True)
            if {"saying", "telling"} & {each.lower for each in after[:9]}:
                return self._quoted_as(here, be, at)
        return None

    def _quoted_as(self, here: _Sentence, be: int, at: int) -> Source | None:
        """Read "Rupert was quoted by the Gazette as saying"."""
        phrase = subject_before(here.words, be)
        who = self.speakers.who(here.text, phrase, here.names, here.offset)
        by = next(
            (
                number
                for number in range(at, min(at + 2, len(here.words) - 1))
                if here.words[number].lower == "by" or here.words[number + 1].lower == "by"
            ),
            None,
        )
        outlet = None
        if by is not None:
            place = by + 1 if here.words[by].lower == "by" else by + 2
            outlet = self.speakers.who(here.text, _phrase(here.words, place), here.names, here.offset)
        return (
            _source([each for each in (outlet, who) if each], "say", "says", here.text, is_direct=False)
            if who
            else None
        )

    def _according(self, here: _Sentence) -> Source | None:
        per = self._per(here)
        return _source(list(per[:1]), "", "", per[1], is_direct=False) if per else None

    def _per(self, here: _Sentence) -> tuple[str, str] | None:
        """Return who a phrase without a verb names as source ("according to ...", "per ...", "by the IEA's count"), and the rest."""
        words = here.words
        for at, word in enumerate(words):
            skip, strong = _leads(words, at)
            if [each.lower for each in words[at : at + 3]] in (["by", "his", "words"], ["by", "her", "words"]):
                named = next((self.speakers.key(each, each.text) for each in here.names if each.kind == "person"), None)
                who = named or self.speakers.person
                if who is not None:
                    return who, here.text
            if not skip:
                continue
            phrase = _phrase(words, at + skip)
            who = self.speakers.who(here.text, phrase, here.names, here.offset)
            if who in {None, AUTHOR} or (
                not strong
                and not (
                    self.speakers.kind(who) in {"ministry", "outlet"} and (_spoken_for(phrase) or word.lower == "so")
                )
            ):
                continue
            assert who is not None  # noqa: S101
            if strong and who.startswith(STRANGER) and phrase[0].tag == "NOUN" and not phrase[0].lower.endswith("s"):
                continue
            if (
                strong
                and who.startswith(STRANGER)
                and classes_of(phrase) <= {"data"}
                and not any(each.tag == "NAME" for each in phrase)
            ):
                continue
            return who, (here.text[: word.start] + here.text[phrase[-1].end :]).strip(" ,")
        return None


def _spoken_for(phrase: Sequence[Word]) -> bool:
    return bool(
        {word.lower for word in phrase}
        & (
            SPEAKING_FOR
            | {"count", "reckoning", "estimate", "estimates", "tally", "numbers", "measure", "list", "series"}
        )
    )


def _leads(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Return how many words lead to a source named without a verb, and whether only a source can follow them."""
    lower = [word.lower for word in words[at : at + 5]]
    if lower[:2] == ["according", "to"]:
        return (5 if lower[2:5] == ["the", "words", "of"] else 4 if lower[2:4] == ["words", "of"] else 2), True
    if lower[:2] == ["as", "per"]:
        return 2, True
    starts = at == 0 or is_pause(words[at - 1])
    if lower[:1] in (["trust"], ["believe"]) and "if" in {word.lower for word in words[max(0, at - 5) : at]}:
        return 1, True
    if lower[:1] == ["per"] and starts and len(lower) > 1:
        return 1, True
    if lower[:2] in (["reported", "by"], ["informed", "by"]) and (starts or words[at - 1].lower == "as"):
        return 2, True
    return (1, False) if lower[:1] in (["by"], ["on"], ["in"], ["so"], ["from"]) else (0, False)


def _phrase(words: Sequence[Word], at: int) -> list[Word]:
    """Return the words of a phrase up to the next pause or finite verb."""
    found: list[Word] = []
    for number, word in enumerate(words[at:], start=at):
        if found and word.lower in {"we", "he", "she", "they", "i"}:
            break
        if (
            is_pause(word)
            or (word.is_finite and not is_called(words, number))
            or word.tag in {"SUB", "QUOTE"}
            or word.lower in {"citing", "quoting"}
        ):
            if not (word.tag == "QUOTE" and not found):
                break
        found.append(word)
    while found and found[-1].tag == "MARK":
        found.pop()
    return found


def _anybody(text: str, phrase: Sequence[Word]) -> str | None:
    """Return the words of a phrase as a stranger where only somebody who speaks can stand ("..., said her headset")."""
    if (
        not phrase
        or phrase[0].tag not in {"DET", "POSS", "NUM", "NAME", "NOUN", "ADJ"}
        or phrase[0].lower in {"no", "this", "that", "what", "which"}
    ):
        return None
    return STRANGER + spelt(text, core(phrase))


def _is_named(who: str, phrase: Sequence[Word]) -> bool:
    return who.startswith(STRANGER) and any(word.tag == "NAME" for word in phrase)


def _joined(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _after(here: _Sentence, report: Report) -> str:
    """Return what goes on behind a reporting clause in the middle."""
    rest = here.words[report.end :]
    if (
        len(rest) < 3
        or not any(word.is_finite for word in rest)
        or rest[1].lower in {"who", "which", "citing", "quoting", "as"}
    ):
        return ""
    return here.text[rest[0].start :]


def _source(steps: Sequence[str], verb: str, stance: str, body: str, *, is_direct: bool) -> Source:
    return Source(speaker=steps[-1], chain=tuple(steps), verb=verb, stance=stance, body=body, is_direct=is_direct)
