"""Who on record a written name may mean: candidates by sound, each with its log-odds against a stranger of that name.

For a person k and the words w,

    log-odds(k) = [-log P(w | stranger)] - [-log P(w | k)] + prior(k, day),

where a stranger's name costs what it is rare (:func:`chokepoint.claims.channels.rarity`) and a known name costs what its
cheapest channel asks (:func:`chokepoint.claims.channels.surprise`). What stands beside the name is added by
:mod:`chokepoint.claims.evidence`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.channels import CAP, ENTRY, by_syllables, given_rarity, is_syllabic, phones, rarity, surprise
from chokepoint.claims.pinyin import pinyin
from chokepoint.claims.spelling import bare, chinese_forms, coarse, folded, latin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.gazetteer import Entry, Gazetteer

UNKNOWN = -7.0
"""Log-odds that a name met in such news is one given person on record and not anybody else."""
AT_THE_TOP, IN_OFFICE, OUT_OF_OFFICE = 2.5, 1.0, -1.0
_TOP = re.compile(r"_(?:president|prime_minister|premier|chancellor)$")
GIVEN_CAP, EASTERN_GIVEN_CAP = 6.0, 9.0
"""Given names are drawn from few: none is more surprising than this in a stranger's name."""
ANOTHER_GIVEN = 10.0
"""What a given name costs, beyond its rarity, where it is plainly not the one on record."""
REVERSED = 2.0
DEARER = 1.25
"""Weight of the distance: names near somebody's are more frequent among strangers than chance would have them."""
CARRIED = 1.0
HALF_CARRIED = 2.0
"""A given name spelt as on record says that no channel but the hand has touched the surname: its distance counts so much more."""
INITIAL, INITIAL_STRANGER = 1.0, 3.0
ALONE_MISSPELT = 1.0
PARTICLES = frozenset("fon von der van de den du di da do dos del la le ter bin al el zu".split())
_BY_FIRST_NAME = frozenset({"IDN", "MYS", "MMR"})
_EASTERN = frozenset({"CHN", "KOR", "TWN", "VNM"})
NEAR, MOST = 62.0, 12
"""Likeness of sounds (0 to 100) and number of parts on record that a word is held against."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way a person's name is written.

    Args:
        key: the record.
        given, surname: in Latin letters; ``given`` is empty where the whole name is one word.
        is_eastern: whether the surname stands first, in pinyin or the like.
        carried: what it costs that the form was reckoned from another script.
    """

    key: str
    given: str
    surname: str
    is_eastern: bool
    carried: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """A candidate: log-odds of the written form, and how far it is from the record (nats)."""

    key: str
    score: float
    distance: float


def is_eastern(entry: Entry) -> bool:
    """Say whether a person's surname stands first."""
    return (entry.country in _EASTERN and not entry.name.isascii()) or (
        entry.country in _EASTERN and _surname_first(entry)
    )


def _surname_first(entry: Entry) -> bool:
    surname = re.split(r"[ -]", entry.name)[0].casefold()
    return entry.key.startswith(re.sub(r"[^a-z]", "", bare(surname)))


def forms_of(gazetteer: Gazetteer) -> tuple[Form, ...]:
    """Return every way the people on record are written, computed transliterations included."""
    found: dict[Form, None] = {}
    for entry in gazetteer.entries.values():
        if entry.kind == "person":
            for spelling in entry.spellings:
                for form in _ways(entry, spelling):
                    found[form] = None
    return tuple(found)


def _ways(entry: Entry, spelling: str) -> list[Form]:
    """Return the forms of a spelling: by sound for Chinese signs, and pinyin after Palladius, Wade and Giles."""
    eastern = is_eastern(entry)
    if re.search(r"[一-鿿]", spelling):
        parts = [] if eastern and entry.country in {"CHN", "TWN"} else _parts(pinyin(spelling))
        return [_form(entry, parts, is_first=False, carried=CARRIED)] if parts else []
    if re.search(r"[가-힣]", spelling):
        parts = [latin(spelling[0]), latin(spelling[1:])]
        return [_form(entry, parts, is_first=True, carried=CARRIED)] if eastern else []
    own = (
        0.0
        if spelling.isascii() or entry.country in {"UKR", "RUS", "KAZ"} or re.match("[A-Za-z]", spelling)
        else CARRIED
    )
    parts = _parts(latin(spelling.replace("-", "") if eastern else spelling))
    if not parts:
        return []
    ways = [_form(entry, parts, is_first=eastern, carried=own)]
    if len(parts) > 1 and entry.country in _BY_FIRST_NAME:
        ways.append(Form(key=entry.key, given="", surname=parts[0], is_eastern=False, carried=0.0))
    if entry.country == "CHN" and len(parts) > 1 and spelling.isascii():
        by_part = [(each, *chinese_forms(each)) for each in parts]
        if all(len(each) > 1 for each in by_part):
            ways += [
                _form(entry, [each[place] for each in by_part], is_first=True, carried=CARRIED)
                for place in range(1, len(by_part[0]))
            ]
    return ways


def _form(entry: Entry, parts: list[str], *, is_first: bool, carried: float) -> Form:
    """Lay the parts of a name on given name and surname; particles go with the surname."""
    eastern = is_first
    if len(parts) == 1:
        return Form(key=entry.key, given="", surname=parts[0], is_eastern=is_eastern(entry), carried=carried)
    if eastern:
        return Form(key=entry.key, given="".join(parts[1:]), surname=parts[0], is_eastern=True, carried=carried)
    start = next((place for place, part in enumerate(parts) if place and part in PARTICLES), len(parts) - 1)
    return Form(key=entry.key, given=parts[0], surname="".join(parts[start:]), is_eastern=False, carried=carried)


def _parts(text: str) -> list[str]:
    return [part for each in re.split(r"[\s·]+", text) if (part := re.sub(r"[^a-z]", "", each))]


class Roll:
    """The people on record, found by sound."""

    def __init__(self, gazetteer: Gazetteer, day: str) -> None:
        self.gazetteer, self.day = gazetteer, day
        self.by_sound: dict[str, list[Form]] = {}
        self.by_consonants: dict[str, list[Form]] = {}
        for form in forms_of(gazetteer):
            for part in {form.surname, form.given + form.surname, form.surname + form.given}:
                self.by_sound.setdefault(phones(part), []).append(form)
                self.by_consonants.setdefault(coarse(part), []).append(form)
        self.sounds = sorted(self.by_sound)
        self.met: dict[tuple[str, ...], list[Likeness]] = {}
        self.heard: dict[str, list[Form]] = {}
        self.priors: dict[str, float] = {}

    def prior(self, key: str) -> float:
        """Return the log-odds of a person before the name is read: office, and whether it is held on the day."""
        if key not in self.priors:
            tenures = self.gazetteer.entries[key].tenures
            held = any(each.covers(self.day) for each in tenures)
            top = AT_THE_TOP if any(_TOP.search(each.office) for each in tenures) else 0.0
            time = IN_OFFICE if held else (OUT_OF_OFFICE if tenures else 0.0)
            self.priors[key] = UNKNOWN + top + time
        return self.priors[key]

    def near(self, word: str) -> list[Form]:
        """Return the forms whose surname, or whole name, sounds like a word."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        sound = phones(word)
        if sound not in self.heard:
            close = process.extract(sound, self.sounds, scorer=fuzz.ratio, limit=MOST, score_cutoff=NEAR)
            forms = {form: None for name, _, _ in close for form in self.by_sound[name]}
            left = coarse(word)
            if len(left) > 2:
                forms |= dict.fromkeys(self.by_consonants.get(left, ()))
            self.heard[sound] = list(forms)
        return self.heard[sound]

    def likeness(self, words: Sequence[str]) -> list[Likeness]:
        """Return the people a name may mean, best first."""
        given = tuple(each for each in (re.sub(r"[^\w'’-]", "", word) for word in words) if each)
        if given not in self.met:
            self.met[given] = self._ranked(given)
        return self.met[given]

    def _ranked(self, words: tuple[str, ...]) -> list[Likeness]:
        if not words:
            return []
        asked = {words[0], words[-1], "".join(words)}
        if len(words) > 2:
            asked |= {"".join(words[1:]), "".join(words[:-1])}
        best: dict[str, Likeness] = {}
        through = by_syllables(words)
        for form in {form: None for word in asked for form in self.near(word)}:
            rare, distance = weighed(words, form)
            rare += through if distance and not form.is_eastern else 0.0
            distance += form.carried if distance < form.carried * 3 else 0.0
            score = rare - DEARER * distance + self.prior(form.key)
            if form.key not in best or score > best[form.key].score:
                best[form.key] = Likeness(key=form.key, score=score, distance=distance)
        return sorted(best.values(), key=lambda each: (-each.score, each.key))[:MOST]


def weighed(words: tuple[str, ...], form: Form) -> tuple[float, float]:
    """Return how surprising words are as a stranger's name, and as a form of a known one, by the cheapest reading."""
    if len(words) == 1:
        return _alone(words[0], form)
    if not form.given and not all(map(is_syllabic, words)):
        return 0.0, CAP
    if not form.given:
        joined = "".join(words)
        return min(CAP, rarity(joined)), surprise(joined, form.surname, is_eastern=form.is_eastern) + 1.0
    readings = [_split(words, place, form) for place in range(1, len(words))]
    middle = len(words) == 3 and len(words[1].strip(".")) == 1
    if middle:
        readings.append(_pair(words[0], words[2], form))
    if not form.is_eastern and all(len(each) < 6 for each in words) and sum(map(is_syllabic, words)) > 1:
        readings.append(_alone("".join(words), form))
    return max(readings, key=lambda each: each[0] - each[1])


def _alone(word: str, form: Form) -> tuple[float, float]:
    """Weigh a word that stands alone: as a surname, or as the whole name joined."""
    distance = surprise(word, form.surname, is_eastern=form.is_eastern)
    ways = [(rarity(word), distance + (ALONE_MISSPELT if distance else 0.0))]
    if form.given and len(word) > 6:
        whole = form.surname + form.given if form.is_eastern else form.given + form.surname
        ways.append((CAP, surprise(word, whole, is_eastern=form.is_eastern) + 1.0))
    return max(ways, key=lambda each: each[0] - each[1])


def _split(words: tuple[str, ...], place: int, form: Form) -> tuple[float, float]:
    """Weigh words cut into two parts, in both orders."""
    first, last = "".join(words[:place]), "".join(words[place:])
    given, surname = (last, first) if form.is_eastern else (first, last)
    straight, turned = _pair(given, surname, form), _pair(surname, given, form)
    turned = (turned[0], turned[1] + REVERSED)
    return max(straight, turned, key=lambda each: each[0] - each[1])


def _pair(given: str, surname: str, form: Form) -> tuple[float, float]:
    """Weigh a given name and a surname."""
    cap = EASTERN_GIVEN_CAP if form.is_eastern else GIVEN_CAP
    rare = rarity(surname)
    distance = surprise(surname, form.surname, is_eastern=form.is_eastern)
    if len(given.strip(".")) == 1:
        same = latin(given)[:1] == form.given[:1]
        return rare + INITIAL_STRANGER, distance + (INITIAL if same else INITIAL_STRANGER + ANOTHER_GIVEN)
    rare_given = min(cap, given_rarity(given))
    other = surprise(given, form.given, is_eastern=form.is_eastern)
    if other <= ENTRY and not form.is_eastern and len(given) > 2:
        distance *= HALF_CARRIED
    return rare + rare_given, distance + min(other, rare_given + ANOTHER_GIVEN)


def surnames_of(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Return the people by the surname, or the whole spelling, that calls them when it stands alone."""
    found: dict[str, list[str]] = {}
    for entry in gazetteer.entries.values():
        if entry.kind != "person":
            continue
        first = is_eastern(entry)
        for spelling in entry.spellings:
            parts = folded(spelling).split()
            if not parts or re.search(r"[一-鿿가-힣]", spelling):
                continue
            calls = {parts[0] if first else parts[-1], folded(spelling)}
            if entry.country in _BY_FIRST_NAME:
                calls.add(parts[0])
            for call in calls:
                if entry.key not in found.setdefault(call, []):
                    found[call].append(entry.key)
    return found
