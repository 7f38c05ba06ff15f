"""Words with lemma and a coarse part of speech; a quotation is one word of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.lexicon import Lexicon, Verb, read_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.names import Name

_WORD = re.compile(
    r"(?P<quote>[\"“”«»„])|(?P<genitive>['’]s?\b(?<=s)(?=\W|$)|(?<=s)['’](?=\s))|\d[\d.,:/%-]*\d%?|\d%?|[^\W\d_][\w]*(?:[-‐'’.&](?!s\b)\w+)*|[^\w\s]",
    re.UNICODE,
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|\"[^\"]*(?:\"|$)")
_CLOSING = re.compile(r"^[^\"“«„]*?[\"”»]")
OPENERS, CLOSERS = "“«„", "”»"
NOUN_BEFORE = frozenset({"DET", "POSS", "PREP", "NUM", "GEN", "ADJ", "ING"})
NOUNS_TOO = frozenset(
    {
        "state",
        "report",
        "claim",
        "estimate",
        "forecast",
        "project",
        "answer",
        "reply",
        "note",
        "post",
        "place",
        "record",
        "list",
        "show",
        "talk",
        "poll",
        "brief",
        "sheet",
    }
)
TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof"})
SPEAKING_OF = frozenset(
    {
        "speaks",
        "warns",
        "complains",
        "boasts",
        "talks",
        "tells",
        "writes",
        "thinks",
        "warn",
        "complain",
        "boast",
        "speak",
    }
)
PLURALS = frozenset(
    {
        "people",
        "media",
        "data",
        "men",
        "women",
        "police",
        "children",
        "some",
        "many",
        "customs",
        "series",
        "news",
        "politics",
        "economics",
        "glass",
        "press",
        "business",
        "congress",
        "class",
        "crisis",
        "access",
        "process",
    }
)
"""Nouns whose ending does not tell their number."""
_REPAIRED = str.maketrans("01", "ol")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word.

    Args:
        start, end: characters of the sentence.
        text: what stands there.
        tag: ``DET POSS PRON PREP AND SUB WH AUX MODAL NOT ADV NUM VERB ING NOUN NAME ADJ GEN MARK QUOTE``.
        verb: what the lexicon knows of a verb; None for the rest.
        form: of a verb: ``plain``, ``present``, ``past``, ``participle``, ``ing``.
    """

    start: int
    end: int
    text: str
    tag: str
    verb: Verb | None = None
    form: str = ""

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def is_finite(self) -> bool:
        """Whether it may carry a clause."""
        return self.tag in {"AUX", "MODAL"} or (self.tag == "VERB" and self.form in {"plain", "present", "past"})


def quotations(text: str, *, is_open: bool = False) -> list[tuple[int, int]]:
    """Return the spans of quotations; ``is_open`` where the sentence before left one open."""
    closing = _CLOSING.match(text) if is_open else None
    if is_open and closing is None:
        return [(0, len(text))]
    first = closing.end() if closing else 0
    return ([(0, first)] if closing else []) + [match.span() for match in _QUOTED.finditer(text, first)]


def leaves_open(text: str, *, is_open: bool = False) -> bool:
    """Say whether a quotation goes on into the next sentence."""
    spans = quotations(text, is_open=is_open)
    if not spans or spans[-1][1] < len(text.rstrip()):
        return False
    start, end = spans[-1]
    last = text[start:end].rstrip()
    closed = last[-1:] in '"”»' and (len(last) > 1 or (is_open and start == 0))
    return not closed


def tagged(text: str, names: Iterable[Name] = (), offset: int = 0, *, is_open: bool = False) -> list[Word]:
    """Return the words of a sentence.

    Args:
        text: the sentence.
        names: found in it; their words are names whatever they look like.
        offset: where the sentence begins in the article the names count in.
        is_open: whether a quotation of the sentence before goes on here.
    """
    lexicon = read_lexicon()
    spans = [(each.start - offset, each.end - offset) for each in names if each.kind not in {"mineral", "good"}]
    named = {place for start, end in spans for place in range(start, end)}
    pieces = list(_pieces(text, quotations(text, is_open=is_open)))
    words: list[Word] = []
    for number, (start, end, is_quote) in enumerate(pieces):
        following = text[pieces[number + 1][0] : pieces[number + 1][1]] if number + 1 < len(pieces) else ""
        piece = text[start:end]
        if is_quote:
            words.append(Word(start=start, end=end, text=piece, tag=_quote_tag(piece, words)))
        else:
            titled = piece[0].isupper() and _is_titled(words)
            words.append(_word(start, piece, words, following, lexicon, is_name=start in named or titled))
    return words


def _is_titled(before: Sequence[Word]) -> bool:
    """Say whether a title stands before ("Ms. Li", "Under Secretary")."""
    ahead = [word.lower for word in before[-2:]]
    return bool(ahead) and (ahead[-1] in TITLES or (ahead[-1] == "." and ahead[0] in TITLES))


def _quote_tag(piece: str, before: Sequence[Word]) -> str:
    """Tell words that are said from a name or a word in marks ("Kyiv Post", a "partnership")."""
    inside = piece.strip('"“”«»„ ')
    is_short = len(inside.split()) <= 3 and inside[-1:] not in {",", ".", "!", "?", "…"}
    if before and before[-1].verb is not None and before[-1].verb.stance == "says":
        return "QUOTE"
    return "NAME" if is_short and not (before and before[-1].text in {":", ","}) else "QUOTE"


def _pieces(text: str, quotes: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int, bool]]:
    """Return the spans of words and quotations in order."""
    place = 0
    for start, end in [*quotes, (len(text), len(text))]:
        for match in _WORD.finditer(text, place, start):
            yield match.start(), match.end(), False
        if end > start:
            yield start, end, True
        place = end


def _word(start: int, text: str, before: Sequence[Word], following: str, lexicon: Lexicon, *, is_name: bool) -> Word:
    """Return one word with its tag."""
    lower, last = text.lower().replace("’", "'"), before[-1] if before else None
    fixed = _by_sign(text, lower, is_name=is_name)
    if fixed:
        return Word(start=start, end=start + len(text), text=text, tag=fixed)
    tag = lexicon.tags.get(lower) or ("AUX" if lower.endswith("n't") else "")
    inner_capital = text[0].isupper() and last is not None and last.tag not in {"MARK", "QUOTE"}
    shouted = text.isupper() and len(text) > 1
    if tag and not shouted and (tag == "PRON" or not inner_capital):
        return _closed(start, text, tag, last, following, lexicon)
    known = lexicon.verbs.get(lower) or lexicon.verbs.get(lower.translate(_REPAIRED).replace("rn", "m"))
    if inner_capital or (known is None and _is_first_name(text, following, lexicon)):
        return Word(start=start, end=start + len(text), text=text, tag="NAME")
    if known is not None:
        return _known(start, text, known, last, following, lexicon)
    tag, form = _by_ending(lower, last)
    return Word(start=start, end=start + len(text), text=text, tag=tag, form=form)


def _by_sign(text: str, lower: str, *, is_name: bool) -> str:
    """Return the tag of marks, names, genitives and numbers; empty for other words."""
    if not re.match(r"\w|['’]s", text):
        return "GEN" if lower == "'" else "NUM" if text in {"%", "$", "€", "£"} else "MARK"
    if is_name:
        return "NAME"
    return "GEN" if lower == "'s" else "NUM" if text[0].isdigit() else ""


def _is_first_name(text: str, following: str, lexicon: Lexicon) -> bool:
    """Say whether an unknown word that opens a sentence is a name: another capital follows, or it is of another script."""
    return text[0].isupper() and not lexicon.noun(text) and (following[:1].isupper() or not text.isascii())


def _known(start: int, text: str, known: tuple[Verb, str], last: Word | None, following: str, lexicon: Lexicon) -> Word:
    """Return a word that the lexicon has as a verb."""
    lower = text.lower()
    key = lower if lower in lexicon.verbs else lower.translate(_REPAIRED).replace("rn", "m")
    tag = _verb_or_noun(key, known[1], last, following, lexicon)
    bound = last is not None and (last.lower in {"to", "do", "does", "did"} or last.tag == "MODAL")
    form = "infinitive" if tag == "VERB" and known[1] == "plain" and bound else known[1]
    verb = known[0] if tag in {"VERB", "ING"} else None
    return Word(start=start, end=start + len(text), text=text, tag=tag, verb=verb, form=form)


def _closed(start: int, text: str, tag: str, last: Word | None, following: str, lexicon: Lexicon) -> Word:
    """Return a word of a closed class; a form of "have" before no participle is a verb of its own."""
    lower, end = text.lower(), start + len(text)
    if lower in {"have", "has", "had"}:
        is_helping = following.lower() in lexicon.participles or lexicon.tags.get(following.lower()) in {
            "AUX",
            "NOT",
            "ADV",
        }
        if not is_helping and not following.endswith("ed"):
            verb, form = lexicon.verbs[lower]
            return Word(start=start, end=end, text=text, tag="VERB", verb=verb, form=form)
    if lower == "that" and following and (last is None or last.tag != "VERB"):
        tag = "WH" if last is not None and last.tag in {"NOUN", "NAME"} else "DET"
    elif lower == "that":
        tag = "SUB"
    if lower == "like" and last is not None and last.tag == "PRON":
        tag = "VERB"
    return Word(start=start, end=end, text=text, tag=tag)


def _verb_or_noun(lower: str, form: str, last: Word | None, following: str, lexicon: Lexicon) -> str:
    """Tell "China reports that" from "China's reports of"."""
    if form in {"past", "participle"}:
        is_attribute = form == "participle" or lower.endswith("ed")
        return "ADJ" if is_attribute and last is not None and last.tag in {"DET", "POSS", "PREP", "ADJ"} else "VERB"
    if form == "ing":
        return "ING"
    if following.lower() in {"tank", "tanks"}:
        return "NOUN"
    if last is None:
        linked = lexicon.tags.get(following.lower()) in {"AUX", "MODAL"}
        return "NOUN" if lower in lexicon.nouns or form == "present" or linked else "VERB"
    if last.lower in {"said", "says"} and form in {"plain", "present"}:
        return "NOUN"
    helped = lexicon.tags.get(following.lower()) in {"AUX", "MODAL"}
    if last.lower == "to" or last.tag in {"MODAL", "PRON", "AUX"} or (last.tag == "WH" and not helped):
        return "VERB"
    is_noun = last.tag in NOUN_BEFORE or _is_noun_by_neighbours(lower, form, last, following, lexicon)
    return "NOUN" if is_noun else "VERB"


def _is_noun_by_neighbours(lower: str, form: str, last: Word, following: str, lexicon: Lexicon) -> bool:
    """Say whether a word is a noun by number, by a compound, or by the verb that follows it."""
    after, stance = following.lower(), bool(lexicon.verbs[lower][0].stance) and lower not in NOUNS_TOO
    compound = lower in lexicon.nouns and last.tag in {"NOUN", "NAME"} and after not in lexicon.tags and after.isalpha()
    if compound and following[:1].islower():
        return True
    disagrees = last.tag == "NOUN" and (last.lower.endswith("s") is (form == "present")) and last.lower not in PLURALS
    if not stance and (disagrees or (form == "plain" and last.tag in {"MARK", "QUOTE"})):
        return True
    reports = last.tag == "NAME" and bool(lexicon.verbs[lower][0].stance)
    if (after == "of" and lower not in SPEAKING_OF) or (lexicon.tags.get(after) in {"AUX", "MODAL"} and not reports):
        return True
    name, plural = lexicon.verbs[after][1] if after in lexicon.verbs else "", lower.endswith("s")
    return last.tag in {"NOUN", "NAME"} and (name in {"past", "participle"} or (name == "plain" and plural))


def _by_ending(lower: str, last: Word | None) -> tuple[str, str]:
    """Return tag and form of a word that is not listed, by its ending and the word before it."""
    if lower.endswith("ed") and len(lower) > 4:
        is_attribute = "-" in lower or (last is not None and (last.tag in NOUN_BEFORE or last.lower.endswith("ly")))
        return ("ADJ", "") if is_attribute else ("VERB", "past")
    if lower.endswith("ing") and len(lower) > 5:
        return ("ING", "ing")
    if lower.endswith("ly"):
        return ("ADV", "")
    is_verbal = last is not None and last.tag == "MODAL"
    if last is not None and last.lower in {"he", "she", "it"} and lower.endswith("s"):
        return ("VERB", "present")
    if read_lexicon().noun(lower):
        return ("NOUN", "")
    if lower.endswith(("ous", "ful", "ish", "able", "ible", "ical", "less", "ive", "ese", "ic")):
        return ("ADJ", "")
    return ("VERB", "plain") if is_verbal else ("NOUN", "")
