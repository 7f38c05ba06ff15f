"""Authorities, companies, outlets, places, minerals and goods: by their spellings, in any script, and by sound."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims.abbreviations import element, meanings
from chokepoint.claims.channels import surprise
from chokepoint.claims.names import Name, Token, tokens_of
from chokepoint.claims.pinyin import pinyin
from chokepoint.claims.runs import EAST, written_like
from chokepoint.claims.spelling import bare, folded, latin
from chokepoint.claims.words import NOT_NAMES

if TYPE_CHECKING:
    from chokepoint.claims.gazetteer import Entry, Gazetteer
    from chokepoint.claims.people import Roll
    from chokepoint.claims.sentences import Sentence

LONGEST, SHORTEST_MISSPELT, SHORTEST_SOUND = 8, 6, 5
_SIGNS = re.compile(r"(?<![一-鿿·])[一-鿿·]{3,10}(?![一-鿿·])")
ALIKE, SHORTEST_ALIKE = 6.5, 10
"""Most that a body's name of several words may differ from the record, in nats, and its fewest letters."""
MISSPELT = 4.6
"""The same for a place of one word: one slip."""
BESIDE = 40
"""Characters beside the sign of an element that are looked at."""
STRANGER = "stranger"
SURE = 2.0
"""Log-odds that a name in Chinese signs must have, since nothing else marks it as a name."""


class _Spellings:
    """The spellings on record by what a text is looked up by."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.openings = {name.partition(" ")[0] for name in gazetteer.exact}
        self.places: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self.by_length: dict[tuple[str, int], list[tuple[list[str], Entry]]] = {}
        self.by_sound: dict[str, Entry] = {}
        self.eastern: list[tuple[str, Entry]] = []
        for entry in gazetteer.entries.values():
            for spelling in entry.spellings:
                self._add(entry, spelling, folded(spelling))
        self.eastern.sort(key=lambda each: -len(each[0]))
        self.first_signs = {spelling[0] for spelling, _ in self.eastern}

    def _add(self, entry: Entry, spelling: str, name: str) -> None:
        """Add a spelling where its script and kind belong."""
        is_sounded = entry.kind in {"place", "company", "outlet"}
        if EAST.search(spelling):
            self.eastern.append((spelling, entry))
            if is_sounded:
                self.by_sound.setdefault(pinyin(spelling).replace(" ", ""), entry)
        elif is_sounded and not name.isascii():
            self.by_sound.setdefault(latin(spelling).replace(" ", ""), entry)
        elif name and entry.kind == "place":
            self.places.setdefault((name[0], len(name)), []).append((name, entry.key))
        elif " " in name and entry.kind in {"company", "ministry", "outlet"}:
            self.by_length.setdefault((name[0], len(name.split())), []).append((name.split(), entry))


@lru_cache(maxsize=2)
def _spellings(gazetteer: Gazetteer) -> _Spellings:
    return _Spellings(gazetteer)


class Bodies:
    """Find what is no person, remembering spellings already looked up."""

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self.gazetteer, self.text = gazetteer, text
        self.spellings = _spellings(gazetteer)
        self.misspelt: dict[str, str] = {}

    def find(self, sentence: Sentence, roll: Roll) -> list[Name]:
        """Return the records of a sentence; the longest spelling wins."""
        tokens = tokens_of(sentence)
        found: list[Name] = []
        place = 0
        while place < len(tokens):
            name = self._at(tokens, place)
            if name is not None:
                found.append(name)
                found += self._owner(name)
                while place + 1 < len(tokens) and tokens[place + 1].start < name.end:
                    place += 1
            place += 1
        if not EAST.search(sentence.text):
            return found
        eastern = self._eastern(sentence)
        return found + eastern + self._by_sound(sentence, eastern, roll)

    def _owner(self, name: Name) -> list[Name]:
        """Return the state in whose name an authority's spelling begins ("China's customs")."""
        owner = re.match(r"(.+?)['’]s\s", name.text)
        entry = self._spelt(owner[1]) if owner and name.kind == "ministry" else None
        return [self._name(name.start, name.start + len(owner[1]), entry)] if owner and entry else []

    def _at(self, tokens: list[Token], place: int) -> Name | None:
        """Return the longest record that begins at a word."""
        first = tokens[place]
        sign = self.gazetteer.entries.get(_element(first, self.text))
        if sign is not None:
            return self._name(first.start, first.end, sign, "the sign of an element")
        if folded(first.text).partition(" ")[0] not in self.spellings.openings and not first.is_capital:
            return None
        for length in range(min(LONGEST, len(tokens) - place), 0, -1):
            span = tokens[place : place + length]
            text = self.text[first.start : span[-1].end]
            entry = None if "\n" in text else self._spelt(text)
            if entry is None and length == 1 and first.is_capital and len(text) >= SHORTEST_MISSPELT:
                entry = self._misspelt(text)
            if entry is not None and length == 1 and is_spelt_otherwise(self.gazetteer, self.text, text, entry):
                why = "the article spells it out as somebody else"
                return replace(self._name(first.start, span[-1].end, entry, why), key=STRANGER, candidates=())
            if entry is not None:
                end = span[-1].end - (2 if re.search(r"['’]s$", text) else 0)
                return self._name(first.start, end, entry)
        return None

    def _name(self, start: int, end: int, entry: Entry, why: str = "spelt as on record") -> Name:
        text = self.text[start:end]
        return Name(start=start, end=end, text=text, kind=entry.kind, key=entry.key, candidates=(entry.key,), why=why)

    def _spelt(self, text: str) -> Entry | None:
        """Return the record of a spelling."""
        for key in self.gazetteer.exact.get(folded(text), ()):
            entry = self.gazetteer.entries[key]
            if entry.kind not in {"office", "person"} and written_like(text, entry.kind, entry.spellings):
                return entry
        return None

    def _misspelt(self, text: str) -> Entry | None:
        """Return the place that a word of a scan or a careless hand means."""
        word = bare(re.sub(r"['’]s$", "", text))
        if word in NOT_NAMES or word in self.gazetteer.exact:
            return None
        if word not in self.misspelt:
            near = [
                (surprise(word, name), key)
                for length in (len(word) - 1, len(word), len(word) + 1)
                for name, key in self.spellings.places.get((word.replace("0", "o").replace("1", "l")[0], length), ())
            ]
            cost, key = min(near, default=(99.0, ""))
            self.misspelt[word] = key if cost <= (MISSPELT if re.search(r"\d", word) else 3.0) else ""
        return self.gazetteer.entries.get(self.misspelt[word])

    def sounded_like(self, words: list[str], start: int, end: int) -> Name | None:
        """Return the place, company or outlet known by the sounds of its Chinese signs or its Cyrillic letters."""
        joined = "".join(bare(each) for each in words)
        entry = self.spellings.by_sound.get(joined) if len(joined) >= SHORTEST_SOUND else None
        return self._name(start, end, entry, "by its sound in another script") if entry is not None else None

    def alike(self, words: list[str], start: int, end: int) -> Name | None:
        """Return the company, authority or outlet of several words that a run sounds like, word by word."""
        best: tuple[float, Entry | None] = (ALIKE, None)
        if len(words) < 2 or sum(map(len, words)) < SHORTEST_ALIKE:
            return None
        for parts, entry in self.spellings.by_length.get((bare(words[0])[:1], len(words)), ()):
            cost = 0.0
            for one, other in zip(words, parts, strict=True):
                cost += surprise(bare(one), other)
                if cost > best[0]:
                    break
            if cost <= best[0]:
                best = (cost, entry)
        return self._name(start, end, best[1], "sounds alike") if best[1] is not None else None

    def _eastern(self, sentence: Sentence) -> list[Name]:
        """Find records spelt in Chinese signs or Hangul, which stand without blanks."""
        found: list[Name] = []
        signs = set(sentence.text) & self.spellings.first_signs
        for spelling, entry in self.spellings.eastern:
            if spelling[0] not in signs or entry.kind == "office":
                continue
            for match in re.finditer(re.escape(spelling), sentence.text):
                start = sentence.start + match.start()
                if not any(each.start < start + len(spelling) and start < each.end for each in found):
                    found.append(self._name(start, start + len(spelling), entry))
        return found

    def _by_sound(self, sentence: Sentence, taken: list[Name], roll: Roll) -> list[Name]:
        """Find foreign names written in Chinese signs by their sound."""
        found: list[Name] = []
        for match in _SIGNS.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(each.start < end and start < each.end for each in taken):
                continue
            ranked = roll.likeness(pinyin(match.group()).split())
            if ranked and ranked[0].score > SURE:
                key = ranked[0].key
                found.append(
                    Name(
                        start=start, end=end, text=match.group(), kind="person", key=key, candidates=(key,), score=0.8,
                        why="written by its sound",
                    )
                )  # fmt: skip
        return found


def _element(token: Token, text: str) -> str:
    """Return the mineral that a word means as the sign of an element; else nothing."""
    return element(token.text, text[max(0, token.start - BESIDE) : token.start], text[token.end : token.end + BESIDE])


def is_spelt_otherwise(gazetteer: Gazetteer, text: str, short: str, entry: Entry) -> bool:
    """Say whether an article spells an abbreviation out as somebody other than its record."""
    if entry.kind not in {"company", "ministry", "outlet"}:
        return False
    meant = {folded(each) for each in meanings(text, short)}
    ends = {folded(each).split()[-1:][0] for each in entry.spellings if folded(each)}
    return bool(meant) and not any(
        entry.key in gazetteer.exact.get(each, ()) or each.rpartition(" ")[2] in ends for each in meant
    )
