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
            words.append(_word(start, piece, words, following, lexicon, is_name=start in named))
    return words


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
    lower, end = text.lower().replace("’", "'"), start + len(text)
    last = before[-1] if before else None
    if not re.match(r"\w|['’]s", text):
        return Word(start=start, end=end, text=text, tag="MARK" if lower not in {"'", "%", "$", "€", "£"} else "GEN" if lower == "'" else "NUM")  # fmt: skip
    if is_name:
        return Word(start=start, end=end, text=text, tag="NAME")
    if lower == "'s":
        return Word(start=start, end=end, text=text, tag="GEN")
    if text[0].isdigit():
        return Word(start=start, end=end, text=text, tag="NUM")
    tag = lexicon.tags.get(lower) or ("AUX" if lower.endswith("n't") else "")
    is_inner_capital = text[0].isupper() and last is not None and last.tag not in {"MARK", "QUOTE"}
    if tag and not (is_inner_capital and tag not in {"PRON"}) and not (text.isupper() and len(text) > 1):
        return _closed(start, text, tag, last, following, lexicon)
    known = lexicon.verbs.get(lower) or lexicon.verbs.get(lower.translate(_REPAIRED).replace("rn", "m"))
    is_first_name = (
        text[0].isupper()
        and known is None
        and not lexicon.noun(lower)
        and (following[:1].isupper() or not text.isascii())
    )
    if is_inner_capital or is_first_name:
        return Word(start=start, end=end, text=text, tag="NAME")
    if known is not None:
        tag = _verb_or_noun(lower, known[1], last, following, lexicon)
        bound = last is not None and (last.lower == "to" or last.tag == "MODAL" or last.lower in {"do", "does", "did"})
        form = "infinitive" if tag == "VERB" and known[1] == "plain" and bound else known[1]
        return Word(
            start=start, end=end, text=text, tag=tag, verb=known[0] if tag in {"VERB", "ING"} else None, form=form
        )
    return Word(start=start, end=end, text=text, **_by_ending(lower, last))


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
        return "NOUN" if lower in lexicon.nouns or form == "present" else "VERB"
    helped = lexicon.tags.get(following.lower()) in {"AUX", "MODAL"}
    if last.lower == "to" or last.tag in {"MODAL", "PRON", "AUX"} or (last.tag == "WH" and not helped):
        return "VERB"
    if last.tag in NOUN_BEFORE:
        return "NOUN"
    after = following.lower()
    is_compound = (
        lower in lexicon.nouns and last.tag in {"NOUN", "NAME"} and after not in lexicon.tags and after.isalpha()
    )
    if is_compound and following[:1].islower():
        return "NOUN"
    if form == "plain" and last.tag in {"MARK", "QUOTE"} and (lower in NOUNS_TOO or not lexicon.verbs[lower][0].stance):
        return "NOUN"
    disagrees = last.tag == "NOUN" and (last.lower.endswith("s") is (form == "present")) and last.lower not in PLURALS
    if disagrees and (lower in NOUNS_TOO or not lexicon.verbs[lower][0].stance):
        return "NOUN"
    reports = last.tag == "NAME" and bool(lexicon.verbs[lower][0].stance)
    speaks_of = lower in {"speaks", "warns", "complains", "boasts", "talks", "tells", "writes", "thinks"}
    if (after == "of" and not speaks_of) or (lexicon.tags.get(after) in {"AUX", "MODAL"} and not reports):
        return "NOUN"
    next_verb = lexicon.verbs.get(after)
    is_doubtful = (
        last.tag in {"NOUN", "NAME"}
        and next_verb is not None
        and (next_verb[1] in {"past", "participle"} or (next_verb[1] == "plain" and lower.endswith("s")))
    )
    return "NOUN" if is_doubtful else "VERB"


def _by_ending(lower: str, last: Word | None) -> dict[str, str]:
    """Return tag and form of a word that is not listed, by its ending and the word before it."""
    if lower.endswith("ed") and len(lower) > 4:
        is_attribute = "-" in lower or (last is not None and (last.tag in NOUN_BEFORE or last.lower.endswith("ly")))
        return {"tag": "ADJ", "form": ""} if is_attribute else {"tag": "VERB", "form": "past"}
    if lower.endswith("ing") and len(lower) > 5:
        return {"tag": "ING", "form": "ing"}
    if lower.endswith("ly"):
        return {"tag": "ADV", "form": ""}
    is_verbal = last is not None and last.tag in {"MODAL"}
    if last is not None and last.lower in {"he", "she", "it"} and lower.endswith("s"):
        return {"tag": "VERB", "form": "present"}
    if read_lexicon().noun(lower):
        return {"tag": "NOUN", "form": ""}
    if lower.endswith(("ous", "ful", "ish", "able", "ible", "ical", "less", "ive", "ese", "ic", "al")):
        return {"tag": "ADJ", "form": ""}
    return {"tag": "VERB", "form": "plain"} if is_verbal else {"tag": "NOUN", "form": ""}
