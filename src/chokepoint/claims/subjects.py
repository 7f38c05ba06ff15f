"""Subjects of verbs: the noun phrase before, behind an apposition or a relative clause, behind the verb, or shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.phrases import BARE, DAYS, PARTS, is_called, is_calling, is_full_name, is_pause, name_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tagging import Word

FARTHEST = 60
"""Words that are looked at before a verb."""
OPENS = frozenset({"DET", "POSS", "PRON", "NUM"})


def subject_before(words: Sequence[Word], at: int) -> list[Word]:
    """Return the noun phrase that ends before the verb at ``at``; empty where a mark stands there."""
    end = at
    if (
        end > 2
        and words[end - 1].lower == "to"
        and words[end - 2].lower in {"used", "continues", "continued", "continue", "began", "likes", "liked", "on"}
    ):
        end -= 3 if words[end - 2].lower == "on" else 2
    if end > 2 and words[end - 2].lower == "at" and words[end - 1].lower in {"first", "last", "once", "least"}:
        end -= 2
    while end and (words[end - 1].tag in {"ADV", "AUX", "MODAL", "NOT"} or words[end - 1].lower == "once"):
        end -= 1
    start = end
    while (
        start > end - FARTHEST
        and start
        and (words[start - 1].tag in PARTS or words[start - 1].text in {".", "-", "&"} or is_called(words, start - 1))
    ):
        start -= 1
    return _without_adverbial(list(words[start:end]))


def _without_adverbial(phrase: list[Word]) -> list[Word]:
    """Drop what leads in: conjunctions, adverbs, times, and a preposition with its own noun ("In Tokyo the ministry")."""
    while phrase and (phrase[0].tag in {"AND", "ADV", "MARK", "GEN"} or phrase[0].lower in {"as", "so", "what"}):
        phrase = phrase[1:]
    if phrase and phrase[0].lower in DAYS and all(word.tag in {"NAME", "NUM", "MARK"} for word in phrase):
        return []
    timed = _time_ahead(phrase)
    if timed:
        return _without_adverbial(phrase[timed:])
    if not phrase or phrase[0].tag != "PREP":
        return phrase
    begins = (number for number in range(2, len(phrase)) if _begins_noun(phrase[number], phrase[number - 1]))
    first = next(begins, None)
    return _without_adverbial(phrase[first:]) if first is not None else []


def _time_ahead(phrase: Sequence[Word]) -> int:
    """Return how many words ahead of a subject tell a time ("two months earlier China", "2025 China", "Monday the")."""
    ends = (
        number
        for number, word in enumerate(phrase[:5])
        if number > 1 and word.lower in {"earlier", "later", "ago", "before"}
    )
    ago = next(ends, None)
    if ago is not None and phrase[0].tag in {"NUM", "DET"} and ago + 1 < len(phrase):
        return ago + 1
    year = len(phrase) > 1 and phrase[0].tag == "NUM" and len(phrase[0].text) == 4 and phrase[1].tag == "NAME"
    return int(year or (len(phrase) > 1 and phrase[0].lower in DAYS))


def _begins_noun(word: Word, last: Word) -> bool:
    """Say whether a noun phrase of its own begins behind that of a preposition."""
    opens = word.tag in OPENS and last.tag not in {"PREP", "DET", "POSS", "ADJ", "GEN", "AND"}
    turns = {(last.tag, word.tag)} & {("NAME", "NOUN"), ("NUM", "NOUN"), ("NOUN", "NAME"), ("NUM", "NAME")}
    turns = turns or (last.lower == "what" and word.tag in {"NAME", "NOUN"})
    return bool(opens or turns or (last.lower in DAYS and word.tag in {"NAME", "NOUN"}))


def subject_after(words: Sequence[Word], at: int) -> list[Word]:
    """Return the noun phrase that follows the verb at ``at`` ("said a broker"); empty where a clause follows."""
    phrase: list[Word] = []
    for number in range(at + 1, len(words)):
        word = words[number]
        if phrase and (word.tag in {"SUB", "QUOTE"} or (word.tag == "WH" and phrase[-1].lower not in BARE)):
            break
        if phrase and word.tag == "WH":
            end = next((place for place in range(number, len(words)) if is_pause(words[place])), len(words))
            return phrase + list(words[number:end])
        if word.tag not in PARTS and word.text not in {".", "-", "&"} and not is_called(words, number):
            if word.tag == "MARK":
                break
            return []
        phrase.append(word)
    while phrase and phrase[-1].tag in {"MARK", "PREP", "ADV"}:
        phrase = phrase[:-1]
    return phrase + name_behind(words, phrase) if phrase and phrase[0].tag != "PREP" else []


def place_of(words: Sequence[Word], word: Word) -> int:
    """Return where a word stands among words."""
    return next(number for number, each in enumerate(words) if each.start == word.start)


def _before_helpers(words: Sequence[Word], at: int) -> int:
    """Return where a verb begins with its auxiliaries, adverbs and "used to"."""
    while at > 4 and (words[at - 1].tag in {"AUX", "ADV"} or words[at - 2].lower == "used"):
        at -= 2 if words[at - 2].lower == "used" else 1
    return at


def before_apposition(words: Sequence[Word], at: int) -> list[Word]:
    """Return the subject and its apposition of "Rupert, a broker, says", the person first."""
    at = _before_helpers(words, at)
    if at < 4 or words[at - 1].text not in {",", ")", "–", "—"}:
        return []
    if words[at - 1].text == "," and words[at - 2].text == ")":
        at -= 1
    marks = [number for number in range(at - 1) if is_pause(words[number])]
    if not marks:
        return []
    subject = subject_before(words, marks[-1])
    first = place_of(words, subject[0]) if subject else 0
    begins = bool(subject) and (starts_clause(words, first) or not any(word.is_finite for word in words[:first]))
    apposition = list(words[marks[-1] + 1 : at - 1])
    if not begins or not apposition or any(word.tag == "MODAL" for word in apposition):
        return []
    opens = apposition[0].tag in {"DET", "POSS", "NAME", "NOUN", "NUM", "WH", "ADJ", "NOT", "ING"} or apposition[
        0
    ].lower in {"no", "with", "of", "from", "like", "under", "at", "near", "in", "for", "on"}
    has_name = any(word.tag == "NAME" and word.text[0].isupper() for word in subject)
    opens = opens or _is_participial(apposition)
    if not opens or (
        apposition[0].tag != "WH" and not _is_participial(apposition) and any(word.is_finite for word in apposition)
    ):
        return []
    named = _ends_in_name(apposition)
    if is_full_name(apposition) and is_calling(subject):
        return apposition
    return subject if has_name or not named else list(words[place_of(words, subject[0]) : at - 1])


def _is_participial(words: Sequence[Word]) -> bool:
    """Say whether words are a participle with what belongs to it ("led by a senator")."""
    alone = not any(word.is_finite for word in words[1:])
    return words[0].tag == "VERB" and words[0].form in {"past", "participle"} and alone


def _ends_in_name(words: Sequence[Word]) -> bool:
    """Say whether words begin or end with a name of their own, not one that only places something."""
    run = next((number for number, word in enumerate(reversed(words)) if word.tag != "NAME"), len(words))
    placed = run < len(words) and words[len(words) - run - 1].tag == "PREP"
    return words[0].tag == "NAME" or (run > 0 and not placed)


def before_relative(words: Sequence[Word], at: int) -> list[Word]:
    """Return the subject of a verb behind a relative clause without commas ("a trader who sells tin calls it ...")."""
    first = next((number + 1 for number in range(at - 1, -1, -1) if is_pause(words[number])), 0)
    who = next(
        (
            number
            for number in range(first + 1, at)
            if words[number].lower in {"who", "that", "which"} and words[number].tag in {"WH", "DET"}
        ),
        None,
    )
    inside = who is not None and any(word.is_finite for word in words[who + 1 : at])
    return subject_before(words, who) if inside and who is not None else []


def shared_subject(words: Sequence[Word], at: int) -> list[Word]:
    """Return the subject a second verb shares with the first ("China confirmed it and said ...")."""
    if not at or words[at - 1].lower not in {"and", "but"}:
        return []
    first = next((number for number, word in enumerate(words[:at]) if word.is_finite), None)
    if first is None:
        return list(words[: at - 1])
    return subject_before(words, first) or before_apposition(words, first)


def starts_clause(words: Sequence[Word], at: int) -> bool:
    """Say whether the word at ``at`` comes behind a mark or a quotation, or an "as" or "or so" behind one."""
    if at > 1 and words[at - 1].text == "-" and (words[at - 2].tag == "QUOTE" or words[at - 2].text == ","):
        return True
    while at and words[at - 1].lower in {"as", "or", "so", "but", "and", "also"}:
        at -= 1
    return at > 0 and (is_pause(words[at - 1]) or words[at - 1].tag == "QUOTE" or words[at - 1].text in {"?", "!"})
