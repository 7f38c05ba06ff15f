"""Names in an article: where they stand, what record each means, and why; strangers stay strangers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims import people
from chokepoint.claims.names import Name, Token, tokens_of
from chokepoint.claims.offices import find_offices, office_of, settle_surnames
from chokepoint.claims.runs import EAST, is_organisation, runs_of, strip_run, written_like
from chokepoint.claims.spelling import bare, folded
from chokepoint.claims.words import NOT_NAMES, ORGANISATION, TITLES, described_otherwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.gazetteer import Entry, Gazetteer
    from chokepoint.claims.sentences import Sentence

STRANGER = "stranger"
REMEMBERED = 400
"""Names back that an office may be settled by; keeps long texts in linear time."""
LONGEST = 8
_SIGNS = re.compile(r"(?<![一-鿿·])[一-鿿·]{3,10}(?![一-鿿·])")
BODY = 0.9
MISSPELT = 90.0
COVERED = 0.8
SHORTEST = 5


class Finder:
    """Find names in one article, remembering who was named before."""

    def __init__(self, gazetteer: Gazetteer, text: str, day: str) -> None:
        self.gazetteer, self.text, self.day = gazetteer, text, day
        self.forms = people.forms_of(gazetteer)
        self.surnames = people.surname_forms(self.forms)
        self.strangers: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.names: list[Name] = []
        self.misspelt: dict[str, str] = {}
        self.places = [
            (folded(each), entry.key)
            for entry in gazetteer.entries.values()
            if entry.kind == "place"
            for each in entry.spellings
            if each[:1].isascii()
        ]

    def run(self, sentences: Sequence[Sentence]) -> list[Name]:
        """Return the names of every sentence, in order."""
        for sentence in sentences:
            found = self._records(sentence)
            titles = find_offices(self.gazetteer, sentence, self.text, found, self.names[-REMEMBERED:], self.day)
            self._runs(
                sentence,
                found,
                [(each.start, each.end) for each in [*found, *titles] if each.kind in {"place", "office"}],
            )
            found += find_offices(self.gazetteer, sentence, self.text, found, self.names[-REMEMBERED:], self.day)
            found = settle_surnames(self.gazetteer, found, self.text, self.day, self.known)
            self.names += sorted(found, key=lambda each: each.start)
        return self.names

    def _records(self, sentence: Sentence) -> list[Name]:
        """Find authorities, companies, outlets, places, minerals and goods by their spellings; the longest wins."""
        tokens = tokens_of(sentence)
        found: list[Name] = []
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST, len(tokens) - place), 0, -1):
                span = tokens[place : place + length]
                text = self.text[span[0].start : span[-1].end]
                if "\n" in text:
                    continue
                entry = next((self.gazetteer.entries[key] for key in self.gazetteer.exact.get(folded(text), ())
                              if self.gazetteer.entries[key].kind not in {"office", "person"} and written_like(text, self.gazetteer.entries[key].kind, self.gazetteer.entries[key].spellings)), None)  # fmt: skip
                if entry is None and length == 1 and span[0].is_capital and len(text) > 5:
                    entry = self._misspelt(text)
                if entry is not None:
                    end = span[-1].end - (2 if re.search(r"['’]s$", text) else 0)
                    found.append(
                        Name(
                            start=span[0].start,
                            end=end,
                            text=self.text[span[0].start : end],
                            kind=entry.kind,
                            key=entry.key,
                            candidates=(entry.key,),
                        )
                    )
                    place += length - 1
                    break
            place += 1
        eastern = self._eastern(sentence)
        return found + eastern + spelt_by_sound(sentence, eastern, self.forms, self.surnames)

    def _misspelt(self, text: str) -> Entry | None:
        """Return the place that a word of a scan or a careless hand means."""
        from rapidfuzz import fuzz  # noqa: PLC0415

        word = bare(people.read_back(text)).replace("'s", "")
        if len(word) < 6 or word in NOT_NAMES:
            return None
        if word not in self.misspelt:
            near = [
                (fuzz.ratio(word, name), key)
                for name, key in self.places
                if abs(len(name) - len(word)) < 2 and name[0] == word[0]
            ]
            best = max(near, default=(0.0, ""))
            self.misspelt[word] = best[1] if best[0] >= MISSPELT and (best[0] < 100 or word != bare(text)) else ""
        return self.gazetteer.entries.get(self.misspelt[word])

    def _eastern(self, sentence: Sentence) -> list[Name]:
        """Find records spelt in Chinese signs or Hangul, which stand without blanks."""
        found: list[Name] = []
        if not EAST.search(sentence.text):
            return found
        spelt = sorted(
            (
                (spelling, entry)
                for entry in self.gazetteer.entries.values()
                for spelling in entry.spellings
                if EAST.search(spelling)
            ),
            key=lambda each: -len(each[0]),
        )
        for spelling, entry in spelt:
            for match in re.finditer(re.escape(spelling), sentence.text):
                start = sentence.start + match.start()
                if any(each.start < start + len(spelling) and start < each.end for each in found):
                    continue
                key, holder = entry.key, ""
                if entry.kind == "office":
                    key, holder = office_of(
                        self.gazetteer,
                        (entry.key, *self.gazetteer.exact.get(folded(spelling), ())),
                        self.text,
                        start,
                        start + len(spelling),
                        found + self.names[-REMEMBERED:],
                        self.day,
                    )
                found.append(
                    Name(
                        start=start,
                        end=start + len(spelling),
                        text=spelling,
                        kind=entry.kind,
                        key=key,
                        candidates=(key,),
                        holder=holder,
                    )
                )
        return found

    def _runs(self, sentence: Sentence, found: list[Name], settled: list[tuple[int, int]]) -> None:
        """Judge every run of capitalised words: somebody on record, or a stranger."""
        for run in runs_of(sentence, self.text):
            core = strip_run(run)
            rest = core
            while len(rest) > 1 and any(start <= rest[0].start and rest[0].end <= end + 2 for start, end in settled):
                rest = rest[1:]
            if rest != core:
                before, after = (
                    self.text[max(sentence.start, rest[0].start - 60) : rest[0].start],
                    self.text[rest[-1].end : rest[-1].end + 80],
                )
                if self._person([each.text for each in rest], rest[0].start, rest[-1].end, before, after) is not None:
                    core = rest
            if not core:
                continue
            start, end = core[0].start, core[-1].end
            inside = [each for each in found if each.start < end and start < each.end]
            if any(each.start <= start and end <= each.end for each in inside):
                continue
            self._judge(sentence, core, found, inside)

    def _judge(self, sentence: Sentence, core: list[Token], found: list[Name], inside: list[Name]) -> None:
        """Put a run among the names: as a person, as a body that sounds alike, or as a stranger."""
        words = [re.sub(r"['’]s$", "", each.text) for each in core]
        start, end = core[0].start, core[-1].end - (2 if re.search(r"['’]s$", core[-1].text) else 0)
        before, after = self.text[max(sentence.start, start - 60) : start], self.text[end : min(sentence.end, end + 80)]
        name = self._person(words, start, end, before, after)
        if name is not None and not any(folded(each.text) == folded(name.text) for each in inside):
            found[:] = [each for each in found if not (each.start < end and start < each.end)]
            found.append(name)
            return
        body = (
            body_of(self.gazetteer, words, start, end, self.text[start:end]) if len(words) > 1 and not inside else None
        )
        if body is not None:
            found.append(body)
        elif is_stranger(words, core, inside, end - start):
            self._add_stranger(words, start, end, found)

    def _add_stranger(self, words: list[str], start: int, end: int, found: list[Name]) -> None:
        """Add a stranger in place of records that only a part of the name was taken for."""
        text = self.text[start:end]
        found[:] = [
            each
            for each in found
            if not (each.start < end and start < each.end and each.kind not in {"place", "mineral", "good"})
        ]
        kind = "company" if is_organisation(words) or " of " in text else "person"
        why = "nobody on record is written like this"
        found.append(Name(start=start, end=end, text=text, kind=kind, key=STRANGER, score=0.0, why=why))
        if kind == "person":
            self.strangers[bare(words[-1])] = self.strangers[bare(words[0])] = text

    def _person(self, words: list[str], start: int, end: int, before: str, after: str) -> Name | None:
        """Return the person on record that a run names, or None."""
        text = self.text[start:end]
        made = Name(start=start, end=end, text=text, kind="person", key=None)
        titled = re.search(rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})\.?\s*$", bare(before)) is not None
        otherwise = described_otherwise(before, after)
        if len(words) == 1:
            return self._surname(words[0], made, titled=titled, otherwise=otherwise)
        exact = [
            key
            for key in self.gazetteer.exact.get(folded(" ".join(words)), ())
            if self.gazetteer.entries[key].kind == "person"
        ]
        if exact:
            self.known[bare(words[-1])] = self.known[bare(words[0])] = exact[0]
            return replace(made, key=exact[0], candidates=tuple(exact))
        if len(words) > 4 or any(bare(each) in ORGANISATION for each in words):
            return None
        return self._alike(words, made, titled=titled, otherwise=otherwise)

    def _alike(self, words: list[str], made: Name, *, titled: bool, otherwise: bool) -> Name | None:
        """Return the person whose full name sounds alike, or leaves the same consonants in a syllabary."""
        ranked = people.likeness(words, self.forms)
        if not ranked:
            return None
        carried = "" if otherwise else people.through_syllables(words, self.forms)
        if carried:
            self.known[bare(words[-1])] = self.known[bare(words[0])] = carried
            return replace(
                made, key=carried, candidates=(carried,), score=people.SURE, why="the consonants left by a syllabary"
            )
        top, margin = ranked[0], ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0)
        bar = people.SURE + (0.11 if otherwise else 0.0) - (0.08 if titled else 0.0)
        if top.score >= bar and top.least >= people.LEAST_PART and margin > 0.01:
            self.known[bare(words[-1])] = self.known[bare(words[0])] = top.key
            candidates = tuple(each.key for each in ranked[:3])
            return replace(
                made,
                key=top.key,
                candidates=candidates,
                score=top.score,
                why=f"sounds alike ({top.score:.2f}, next {top.score - margin:.2f})",
            )
        return None

    def _surname(self, word: str, made: Name, *, titled: bool, otherwise: bool) -> Name | None:
        """Resolve a surname alone: whoever was named in full before, else somebody with an uncommon surname."""
        name = bare(word)
        if name in NOT_NAMES and not (titled and people.is_common(word)):
            return None
        if name in self.known:
            return replace(made, key=self.known[name], candidates=(self.known[name],), why="named in full before")
        if name in self.strangers:
            return replace(made, key=STRANGER, score=0.0, why=f"named before: {self.strangers[name]}")
        exact = people.of_surname(self.gazetteer, word, self.day)
        if people.is_common(word):
            is_pronoun = len(word) == 1 or (name == "he" and not titled)
            unsure = replace(made, candidates=tuple(exact), score=0.5, why="a common surname, and nothing decides")
            return unsure if exact and not is_pronoun else None
        if exact and not otherwise:
            return replace(made, key=exact[0], candidates=tuple(exact), why="an uncommon surname")
        return None if otherwise or len(word) < SHORTEST else self._heard(word, made, titled=titled)

    def _heard(self, word: str, made: Name, *, titled: bool) -> Name | None:
        """Return the person whose uncommon surname a word sounds like."""
        ranked = people.likeness([word], self.surnames)
        carried = people.through_syllables([word], self.surnames)
        if carried:
            return replace(
                made, key=carried, candidates=(carried,), score=people.SURE, why="the consonants left by a syllabary"
            )
        if not ranked or ranked[0].score < people.SURE_ALONE - (people.TITLED if titled else 0.0):
            return None
        candidates = tuple(each.key for each in ranked[:3])
        return replace(
            made, key=ranked[0].key, candidates=candidates, score=ranked[0].score, why="surname sounds alike"
        )


def body_of(gazetteer: Gazetteer, words: list[str], start: int, end: int, text: str) -> Name | None:
    """Return the company, authority or outlet of several words that a run sounds like."""
    best = max(
        ((people.alike(" ".join(words), spelling), entry) for entry in gazetteer.entries.values() if entry.kind in {"company", "ministry", "outlet"}
         for spelling in entry.spellings if len(spelling.split()) == len(words)),
        key=lambda each: each[0], default=None,
    )  # fmt: skip
    if best is None or best[0] < BODY:
        return None
    return Name(
        start=start,
        end=end,
        text=text,
        kind=best[1].kind,
        key=best[1].key,
        candidates=(best[1].key,),
        score=best[0],
        why="sounds alike",
    )


def spelt_by_sound(
    sentence: Sentence, taken: list[Name], forms: Sequence[people.Form], surnames: Sequence[people.Form]
) -> list[Name]:
    """Find foreign names written in Chinese signs by their sound."""
    found: list[Name] = []
    for match in _SIGNS.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        carried = people.pinyin(match.group())
        if not carried.replace(" ", "").isascii() or any(each.start < end and start < each.end for each in taken):
            continue
        words = carried.split()
        key = people.through_syllables(words, forms if len(words) > 1 else surnames)
        if key:
            found.append(
                Name(
                    start=start,
                    end=end,
                    text=match.group(),
                    kind="person",
                    key=key,
                    candidates=(key,),
                    score=people.SURE,
                    why="written by its sound",
                )
            )
    return found


def is_stranger(words: list[str], core: list[Token], inside: list[Name], length: int) -> bool:
    """Say whether a run of several words names somebody not on record."""
    if len(words) < 2 or all(bare(each) in TITLES | NOT_NAMES for each in words):
        return False
    if sum(each.end - each.start for each in inside) >= COVERED * length:
        return False
    organisation = is_organisation(words) or any(token.text == "of" for token in core)
    return organisation or not any(each.kind in {"office", "ministry", "outlet"} for each in inside)
