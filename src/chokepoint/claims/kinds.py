"""What kind of statement a sentence is, from its source, its main clause and its figures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from chokepoint.claims.clauses import Clause, main_clause, opened
from chokepoint.claims.comments import comments, may_hide_verb
from chokepoint.claims.future import is_to_come
from chokepoint.claims.lexicon import judging_words, read_lexicon
from chokepoint.claims.phrases import classes_of, is_called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence
    from chokepoint.claims.sources import Source
    from chokepoint.claims.tagging import Word

DURATIONS = frozenset({"days", "weeks", "months", "years", "hours", "minutes"})
UNMEASURED = frozenset({"count", "clock", "rank", "celsius", "date"}) | DURATIONS
"""Units that do not make a figure the point of a sentence."""
LASTING = frozenset({"take", "last", "stand", "hold", "wait", "need", "keep", "run", "lie", "come", "peak", "stop", "stay", "be", "average", "amount", "stretch", "span", "cover", "follow", "aim"})  # fmt: skip
"""Verbs whose point may be how long."""
INTERPRETING = frozenset({"suggest", "imply", "mean", "signal", "hint", "reflect", "explain", "point", "indicate", "show", "betray", "prove", "amount"})  # fmt: skip
THINKING = frozenset({"think", "believe", "consider", "feel", "find", "see", "deem", "judge", "regard", "fancy", "doubt", "question", "argue", "contend", "opine", "reason"})  # fmt: skip
GUESSING = frozenset({"guess", "suspect", "speculate", "surmise", "conjecture"})
GIVING = frozenset({"count", "put", "give", "estimate", "reckon", "calculate", "name"})
WANTING = frozenset({"want", "oppose", "support", "hope", "wish", "seek", "demand", "welcome", "regret", "refuse", "reject", "need", "favour", "favor", "intend", "remain", "stand", "hold"})  # fmt: skip
LINKS = frozenset({"so", "thus", "hence", "therefore"})
_ASKED = re.compile(r"\W*(?:(?:Q|Question|Frage|Вопрос|问)\s*[:：]|.*(?:@\w+\.|https?://))")
ME = frozenset({"i", "you"})
NAMED = frozenset({"person", "office", "ministry", "company", "outlet", "place"})


def kind_of(
    sentence: Sentence,
    source: Source,
    quantities: Sequence[Quantity],
    names: Sequence[Name],
    *,
    published: str,
    has_date: bool,
) -> str:
    """Return the kind of a statement; offers, threats and consequences are told before.

    Args:
        sentence: as it stands.
        source: who vouches for it.
        quantities, names: found in it.
        published: ISO day.
        has_date: whether it dates an event.
    """
    if _ASKED.match(sentence.text):
        return "fact"
    clause = main_clause(source.content)
    is_measured = _is_measured(sentence, source, quantities, clause)
    if "?" in source.body and source.chain and source.is_direct:
        return "quotation"
    if is_to_come(sentence, source, clause, names, published, is_measured=is_measured):
        return "forecast"
    if _comments(source, clause, quantities):
        return "opinion"
    spoken = _spoken(source, clause, is_measured=is_measured)
    if spoken:
        return spoken
    if source.chain and source.speaker != "author":
        return _reported(source, clause)
    if _judges(clause, source) or _addresses(source) or (not has_date and _is_general(clause, names, quantities)):
        return "opinion"
    asks = source.body.rstrip().endswith("?")
    return "opinion" if asks else "quotation" if _says_nobody(source) else "fact"


def _comments(source: Source, clause: Clause, quantities: Sequence[Quantity]) -> bool:
    """Say whether the author comments or thinks aloud."""
    digits = any(word.text[0].isdigit() for word in source.words)
    thinks = source.speaker == "author" and source.verb in THINKING
    return thinks or comments(source, clause, is_counted=digits or any(not each.in_words for each in quantities))


def _spoken(source: Source, clause: Clause, *, is_measured: bool) -> str:
    """Return the kind of an act of speech, of quoted words, of a figure and of a conclusion; empty for the rest."""
    if source.stance == "acts":
        contrasts = source.is_nobody and any(word.lower in {"while", "whereas"} for word in source.words)
        return "interpretation" if contrasts else "figure" if is_measured else "quotation"
    if source.chain and source.speaker != "author" and re.search(r"[\"“«]\w", source.body) and not source.is_direct:
        return "quotation"
    if source.is_direct and source.chain:
        return "opinion" if _judges(clause, source) and not _is_own(source) else "quotation"
    if is_measured and not _addresses(source):
        return "figure"
    if _addresses(source) and any(word.lower == "you" for word in source.words):
        return "opinion"
    return "interpretation" if _interprets(source, clause) else ""


def _says_nobody(source: Source) -> bool:
    """Say whether "it was pointed out" gives a view that nobody is named for."""
    neutral = {"say", "call", "joke", "report", "show"}
    return source.is_nobody and source.stance in {"says", "records"} and source.verb not in neutral


def _is_measured(sentence: Sentence, source: Source, quantities: Sequence[Quantity], clause: Clause) -> bool:
    """Say whether a figure is the point: a measured one in the main clause, how long, or several counts."""
    words = source.words
    owned = _described_from(sentence, words)
    measured = [
        each
        for each in quantities
        if each.unit not in UNMEASURED
        and not (each.unit == "times" and each.in_words and each.low <= 2)
        and (owned is None or each.start < owned)
    ]
    if measured or any(_is_amount(word.text) for word in source.content if word.tag == "NUM"):
        return True
    lemma = _lemma(clause)
    if clause.is_copular and quantities and any(word.tag == "NUM" for word in clause.rest[:2]):
        return True
    if source.chain and quantities and source.verb in GIVING:
        return True
    lasting = [each for each in quantities if each.unit in DURATIONS and not (each.in_words and lemma == "come")]
    if lasting and lemma in LASTING and (lemma != "be" or clause.is_copular):
        transitive = (
            lemma in {"stop", "hold", "keep"}
            and clause.is_past
            and any(word.tag in {"NOUN", "NAME"} for word in _object(clause))
        )
        return not transitive
    return len([each for each in quantities if each.unit == "count" and each.text[:1].isdigit()]) > 1


def _described_from(sentence: Sentence, words: Sequence[Word]) -> int | None:
    """Return where a participle behind the verb begins to describe something ("a plant built for 3 tonnes")."""
    finite = next((at for at, word in enumerate(words) if word.is_finite and not is_called(words, at)), len(words))
    described = (word for at, word in enumerate(words) if at > finite and is_called(words, at))
    return next((sentence.start + word.start for word in described), None)


def _is_amount(text: str) -> bool:
    """Say whether a bare number is an amount: large or broken, and no year, day or clock time."""
    digits = re.sub(r"[^\d]", "", text)
    if ":" in text or not digits or re.fullmatch(r"(?:19|20)\d\d", text) or "/" in text:
        return False
    return len(digits) > 3 or (len(digits) == 3 and text.isdigit())


def _object(clause: Clause) -> Sequence[Word]:
    """Return the words between the verb and the first preposition or number."""
    stop = next((at for at, word in enumerate(clause.rest) if word.tag in {"PREP", "NUM"}), len(clause.rest))
    return clause.rest[:stop]


def _lemma(clause: Clause) -> str:
    """Return the lemma of the verb that carries the meaning: the one behind an auxiliary, or "be"."""
    if clause.verb < 0:
        return ""
    for word in clause.words[clause.verb :]:
        if word.verb is not None:
            return word.verb.lemma
        if word.tag not in {"AUX", "MODAL", "ADV", "NOT", "VERB"}:
            return "be" if clause.words[clause.verb].tag == "AUX" else ""
    return "be"


def _addresses(source: Source) -> bool:
    """Say whether the author speaks as "I" or to "you" of what is."""
    if source.chain and source.speaker != "author":
        return False
    outside = [word for word in source.words if word.tag != "QUOTE"]
    first = any(word.lower in ME for word in outside)
    return first and not main_clause(source.words).is_past


def _is_own(source: Source) -> bool:
    """Say whether quoted words tell of the one who speaks."""
    return any(word.lower in {"i", "we", "my", "our", "me", "us"} for word in opened(source.content))


def _judges(clause: Clause, source: Source) -> bool:
    """Say whether a main clause judges: a judging word as predicate, a comparison of worth, an "X, not Y", an "ought"."""
    if clause.verb < 0:
        return False
    opens = clause.is_copular and source.words[0].lower in LINKS and not source.chain
    if opens:
        return True
    verb, lower = clause.words[clause.verb].lower, [word.lower for word in clause.rest]
    text = source.body.lower()
    if verb in {"should", "ought"} or re.search(
        r"\b(?:in my (?:view|opinion|verdict|modest)|as if|as though|my (?:view|verdict|opinion))\b", text
    ):
        return True
    if clause.is_copular:
        set_off = re.search(r",\s+(?:and )?not\s+(?:an?|the|of|for|on|in)?\b", text) is not None
        compares = "than" in lower and any(word in {"more", "less"} or word.endswith("er") for word in lower[:6])
        excess = bool({"too", "enough", "most"} & set(lower[:5])) and not any(word.tag == "NUM" for word in clause.rest)
        return set_off or compares or excess or bool(set(lower) & judging_words())
    worth = {"worth", "deserve", "deserves", "seem", "seems", "looks", "look"}
    weighs = bool(set(lower) & worth) or bool(lower and lower[-1] in {"better", "worse", "less"})
    return weighs and not any(word.text[0].isdigit() for word in clause.words) and not clause.is_perfect


def _interprets(source: Source, clause: Clause) -> bool:
    """Say whether a sentence draws a conclusion: by its verb, by "so" or "it seems", by setting one thing against another."""
    if source.verb in GUESSING:
        return True
    if source.chain and source.speaker != "author":
        return bool(re.search(r"\bthat is all\b", source.body))
    lower = [word.lower for word in source.words]
    same = lower[:1] == ["so"] and len(lower) > 1 and lower[1] in {"do", "did", "does", "is", "was", "has", "will"}
    opens = bool(lower) and lower[0] in LINKS and not clause.is_copular and not same
    seems = any(one == "it" and two in {"seems", "appears", "seemed"} for one, two in pairwise(lower))
    stakes = lower[:2] == ["at", "stake"] or lower[:2] in (["in", "effect"], ["in", "short"])
    person = classes_of(clause.subject) & {"person"} or any(word.tag == "NAME" for word in clause.subject)
    person = person or bool({word.lower for word in clause.subject} & {"nobody", "he", "she", "i", "we", "they"})
    reads = _lemma(clause) in INTERPRETING and not person and clause.verb >= 0
    able = clause.verb >= 0 and clause.words[clause.verb].lower in {"can", "may"} and not person and not source.chain
    itself = re.search(r"\b(?:is|was|are|were) itself\b", source.body) is not None
    denied = (
        clause.is_copular and clause.is_denied and not person and any(word.text in {";", ":"} for word in source.words)
    )
    return opens or seems or stakes or reads or able or itself or denied or _is_named_by_clause(source)


def _is_named_by_clause(source: Source) -> bool:
    """Say whether two clauses set persons against each other ("the one wrote the rules; the other traded them")."""
    text = source.body
    return bool(re.search(r"; (?:the (?:one|other)|he who)\b", text))


def _reported(source: Source, clause: Clause) -> str:
    """Tell what somebody thinks or wants from what somebody reports."""
    if source.verb in {"deny", "wonder", "hope", "wish", "promise", "pledge", "vow"}:
        return "quotation"
    if source.stance == "doubts" and source.verb not in GUESSING:
        return "opinion"
    if (source.verb in THINKING and source.verb not in {"see", "find", "show"}) or (
        source.verb == "see" and source.stance == "argues"
    ):
        return "fact" if clause.is_perfect else "opinion"
    is_order = [word.lower for word in source.content[:2]] in (["do", "not"], ["don't"])
    if is_order or _judges(clause, source):
        return "opinion"
    if source.stance == "records" and source.verb != "add":
        return "fact"
    return "quotation" if _is_view(source, clause) else "fact"


def _is_view(source: Source, clause: Clause) -> bool:
    """Say whether reported words are about the speaker: its will, its own state, what may or must be."""
    if not source.verb:
        return False
    if _is_document(source):
        return False
    if clause.verb < 0 or clause.words[clause.verb].tag == "MODAL" or _lemma(clause) in WANTING:
        return True
    subject = clause.subject
    own = bool({"he", "she", "we", "i", "his", "her", "our"} & {word.lower for word in subject})
    is_told = clause.is_past and bool(subject) and subject[0].tag in {"DET", "NAME", "POSS", "NUM", "PRON"}
    predicate = next((word.tag for word in clause.rest if word.tag not in {"ADV", "NOT"}), "")
    is_state = clause.words[clause.verb].lower in {"is", "are", "was", "were"} and predicate in {"PREP", "VERB", "ING"}
    return own or not (
        (is_told and not clause.is_copular) or is_state or (clause.is_copular and predicate in {"DET", "NAME"})
    )


def _is_document(source: Source) -> bool:
    """Say whether a paper speaks, which states and does not hold views."""
    last = (source.speaker or "").split()[-1:]
    return bool(last) and "document" in read_lexicon().noun(last[0])


def _is_general(clause: Clause, names: Sequence[Name], quantities: Sequence[Quantity]) -> bool:
    """Say whether a sentence names nobody, dates nothing and tells no event: the author's own voice."""
    if any(each.kind in NAMED for each in names) or clause.is_past:
        return False
    counted = [each for each in quantities if not each.in_words]
    ahead = [word.lower for word in clause.rest[:1]]
    if clause.verb < 0 or counted or any(word.text[0].isdigit() for word in clause.words):
        return clause.verb < 0 and not counted and not may_hide_verb(clause.words)
    subject = [word.lower for word in clause.subject]
    if subject[:1] == ["to"] or ahead == ["to"]:
        return subject[:1] == ["to"]
    return _is_gnomic(clause, subject, any(each.kind in {"mineral", "good"} for each in names))


def _is_gnomic(clause: Clause, subject: Sequence[str], of_goods: bool) -> bool:  # noqa: FBT001
    """Say whether a subject stands for all of its kind, or a predicate says what something is."""
    if set(subject) & {"he", "she"} or classes_of(clause.subject) & {"person"} or (of_goods and not clause.is_copular):
        return False
    passive = clause.words[clause.verb].tag == "AUX" and any(
        word.tag == "VERB" and word.form in {"past", "participle", ""} for word in clause.rest[:2]
    )
    plural = bool(subject) and subject[-1].endswith("s") and clause.subject[0].tag in {"NOUN", "ADJ"} and not passive
    anything = bool(set(subject) & {"nobody", "everybody", "everyone", "whoever", "every"})
    if subject[:1] == ["the"]:
        return False
    return clause.is_copular or plural or anything or subject[:1] in (["a"], ["an"])


def voice_of(kind: str, source: Source) -> str | None:
    """Return ``author`` for what the author judges or foretells; an appointment of somebody named is news."""
    if source.is_nobody and kind not in {"opinion", "interpretation"}:
        return None
    lower = [word.lower for word in source.words]
    first = bool(set(lower) & {"i", "we", "my", "our", "shall", "us"})
    if kind in {"opinion", "interpretation"}:
        return "author"
    if kind == "conditional":
        return "author" if "i" in lower else None
    if kind != "forecast":
        return None
    clause = main_clause(source.content)
    start = clause.words[clause.verb].start if clause.verb >= 0 else 0
    someone = classes_of(clause.subject) & {"person"} or any(
        word.lower in {"he", "she", "they"} or word.tag == "NAME" for word in source.words if word.start < start
    )
    foreseen = _lemma(clause) in {"expect", "predict", "forecast", "hope", "fear", "await", "plan"}
    return "author" if first or not (someone or foreseen) else None
