"""The words the grammar knows: closed classes of English here, verbs and nouns that can speak in ``data/claims``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOSED = {
    "DET": "the a an this that these those each every either neither any some all both half no another such what which whose",
    "POSS": "my your his her its our their whose",
    "PRON": "i you he she it we they me him us them one somebody someone anybody anyone everybody everyone nobody nothing none something anything everything himself herself itself themselves others",
    "PREP": "of in on at by for from to with without about against over under above below between among across outside inside beyond during within through around near toward towards upon off into onto like unlike despite per via up out down behind beside besides past amid amidst alongside regarding concerning except than versus",
    "AND": "and or but nor yet so",
    "SUB": "if when while whether once since after before as until till because though although unless whereas lest provided where wherever whenever why how",
    "WH": "who whom which that what",
    "AUX": "is are was were be been being am do does did has have had having get got",
    "MODAL": "will would shall should may might can could must cannot ought won't wouldn't can't couldn't mustn't shouldn't 'll",
    "NOT": "not n't never hardly scarcely",
    "ADV": "also then now again still too later further already just even only ever here there today yesterday tomorrow once twice soon perhaps maybe meanwhile however moreover therefore thus hence instead rather quite very much more most less least almost nearly last early late ago together abroad everywhere somewhere nowhere always often sometimes seldom rarely next back away",
    "ADJ": "first second third fourth fifth sixth seventh eighth ninth tenth own other same",
    "NUM": "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen",
}  # fmt: skip
"""Closed classes; a word of two classes has the one named first unless its place says otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verb:
    """A verb that the grammar knows.

    Args:
        lemma: its dictionary form.
        frames: ``clause`` (says that ...), ``told`` (tells somebody that ...), ``number`` (puts it at ...), ``object`` (blames ...).
        stance: ``says``, ``records``, ``argues``, ``doubts``, ``foresees``, ``hopes``, ``acts``; empty for verbs that report nothing.
    """

    lemma: str
    frames: frozenset[str] = frozenset()
    stance: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """Word forms.

    Args:
        tags: closed classes by word.
        verbs: verb and form (``plain``, ``present``, ``past``, ``participle``, ``ing``) by word.
        nouns: classes of nouns that can speak: ``person``, ``group``, ``document``, ``data``.
        participles: forms that may follow "have", some of which are plain forms too ("read").
    """

    tags: Mapping[str, str]
    verbs: Mapping[str, tuple[Verb, str]]
    nouns: Mapping[str, frozenset[str]]
    participles: frozenset[str]

    def noun(self, word: str) -> frozenset[str]:
        """Return the classes of a noun, singular or plural; by its ending where it is not listed."""
        lower = word.lower().rpartition("-")[2]
        for form in (lower, lower.removesuffix("s"), lower.removesuffix("es"), lower.removesuffix("ies") + "y"):
            if form in self.nouns:
                return self.nouns[form]
        ends = ("man", "men", "woman", "women", "ologist", "ologists", "onomist", "onomists", "maker", "makers")
        return frozenset({"person"}) if lower.endswith(ends) else frozenset()


def inflected(lemma: str, past: str, participle: str) -> dict[str, str]:
    """Return the forms of a verb; regular ones are spelt by rule."""
    silent = lemma.endswith("e")
    yielding = lemma.endswith("y") and lemma[-2] not in "aeiou"
    hissing = lemma.endswith(("s", "sh", "ch", "x", "z", "o"))
    stem = lemma[:-1] if silent and not lemma.endswith(("ee", "ye")) else lemma
    doubled = past.removesuffix("ed") if past.endswith(lemma[-1] + "ed") and past != lemma + "ed" else stem
    regular = lemma[:-1] + "ied" if yielding else lemma + ("d" if silent else "ed")
    present = "has" if lemma == "have" else lemma[:-1] + "ies" if yielding else lemma + ("es" if hissing else "s")
    forms = {doubled + "ing": "ing", participle or regular: "participle", past or regular: "past", present: "present"}
    return {**forms, lemma: "plain"}


@cache
def judging_words() -> frozenset[str]:
    """Return the words by which a predicate judges."""
    return frozenset(row["word"] for row in bundled_rows("claims/judging_words.csv"))


@cache
def read_lexicon() -> Lexicon:
    """Read the lexicon that the package carries."""
    verbs: dict[str, tuple[Verb, str]] = {}
    participles: set[str] = set()
    for row in bundled_rows("claims/verbs.csv"):
        verb = Verb(lemma=row["lemma"], frames=frozenset(row["frames"].split()), stance=row["stance"])
        forms = inflected(row["lemma"], row["past"], row["participle"])
        participles |= {row["participle"]} | {form for form, name in forms.items() if name in {"past", "participle"}}
        verbs |= {form: (verb, name) for form, name in forms.items()}
    tags: dict[str, str] = {}
    for tag, words in CLOSED.items():
        for word in words.split():
            tags.setdefault(word, tag)
    nouns = {row["noun"]: frozenset(row["classes"].split()) for row in bundled_rows("claims/nouns.csv")}
    return Lexicon(tags=tags, verbs=verbs, nouns=nouns, participles=frozenset(participles))
