"""The page of an article: its sentences in the colour of their verdicts, and beside them what each rests on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

import chokepoint
from chokepoint.claims.wording import amount, record_sentence
from chokepoint.records.references import read_references
from chokepoint.report.environment import page_environment, static

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.claims.circulating import Circulating
    from chokepoint.claims.corpus import Corpus
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.shelf import Record

VERDICTS = (
    ("supported", "supported", "within rounding of a figure on record, or an act told as it is on record"),
    ("near", "near", "within 10 percent, or 20 with \u201cabout\u201d"),
    ("contradicted", "contradicted", "a figure of the same thing, stage and time says otherwise"),
    ("outdated", "outdated", "true of another time"),
    ("other_stage", "other stage", "true of another stage or definition"),
    ("not_checkable", "not checkable", "nothing on record here speaks to it"),
    ("opinion", "opinion", "a judgement"),
    ("forecast", "forecast", "not yet"),
)
NAMES_OF = {code: name for code, name, _ in VERDICTS}
LONGEST_TITLE = 140


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A figure or an act on record: what it says, of what, its source by key and grade."""

    says: str
    of: str
    source: str
    grade: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What stands beside a sentence.

    Args:
        id: of the note; sentence: of the sentence.
        verdict, name: code of the verdict and its name.
        quote: the sentence.
        said: who vouches for it, from the nearest to the first.
        stated: the figure judged and how far off it is; empty where none was.
        evidence: what it rests on.
        nearest: the nearest true sentence; empty where there is none.
        circulating: the often-repeated claim it repeats; None where there is none.
    """

    id: str
    sentence: str
    verdict: str
    name: str
    quote: str
    said: str
    stated: str
    evidence: tuple[Evidence, ...]
    nearest: str
    circulating: Circulating | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of an article: a sentence with its verdict, or the signs between; ``note`` is its note's number, or 0."""

    text: str
    verdict: str = ""
    id: str = ""
    note: int = 0
    note_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An article as the page shows it."""

    id: str
    title: str
    name: str
    published: str
    found_by: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    notes: tuple[Note, ...]
    counts: tuple[tuple[str, str, int], ...]
    aside: tuple[str, ...]


def render_articles(readings: Sequence[Reading], corpus: Corpus) -> str:
    """Return the articles as one self-contained page without a script; every text of an article is inert in it.

    Args:
        readings: the articles.
        corpus: what they give together.
    """
    shown = [_shown(reading, number) for number, reading in enumerate(readings, start=1)]
    keys = dict.fromkeys(each.source for one in shown for note in one.notes for each in note.evidence)
    keys |= dict.fromkeys(note.circulating.source for one in shown for note in one.notes if note.circulating)
    references = read_references(files("chokepoint") / "data" / "references.bib")
    return (
        page_environment()
        .get_template("articles.html.j2")
        .render(
            articles=shown,
            corpus=corpus,
            legend=VERDICTS,
            sources=[(number, key, str(references.get(key, key))) for number, key in enumerate(keys, start=1)],
            numbers={key: number for number, key in enumerate(keys, start=1)},
            names_of=NAMES_OF,
            version=chokepoint.__version__,
            style=Markup(static("page.css") + static("articles.css")),  # noqa: S704 - our own files
        )
    )


def _shown(reading: Reading, number: int) -> Shown:
    notes = tuple(
        _note(claim, f"a{number}-s{place}", f"a{number}-n{place}")
        for place, claim in enumerate(reading.claims, start=1)
        if claim.judgement is not None or claim.act is not None or claim.circulating is not None
    )
    counts = Counter(claim.verdict for claim in reading.claims)
    first = " ".join(reading.claims[0].text.split()).lstrip("# ") if reading.claims else reading.article.name
    return Shown(
        id=f"a{number}",
        title=first if len(first) <= LONGEST_TITLE else first[:LONGEST_TITLE] + "\u2026",
        name=reading.article.name,
        published=reading.published,
        found_by=reading.article.found_by,
        paragraphs=tuple(_paragraphs(reading, number, notes)),
        notes=notes,
        counts=tuple((code, name, counts[code]) for code, name, _ in VERDICTS if counts[code]),
        aside=reading.article.aside,
    )


def _paragraphs(reading: Reading, number: int, notes: Sequence[Note]) -> Iterator[tuple[Piece, ...]]:
    """Yield the paragraphs of an article; all its characters but the white space between paragraphs stand in them."""
    at = {note.sentence: (place, note.id) for place, note in enumerate(notes, start=1)}
    text, end = reading.article.text, 0
    pieces: list[Piece] = []
    for place, claim in enumerate(reading.claims, start=1):
        between = text[end : claim.start]
        if re.search(r"\n\s*\n", between) and pieces:
            yield tuple(pieces)
            pieces = []
        if between.strip() or pieces:
            pieces.append(Piece(text=between))
        name = f"a{number}-s{place}"
        note, note_id = at.get(name, (0, ""))
        pieces.append(Piece(text=claim.text, verdict=claim.verdict, id=name, note=note, note_id=note_id))
        end = claim.end
    pieces += [Piece(text=text[end:])] if text[end:].strip() else []
    if pieces:
        yield tuple(pieces)


def _note(claim: Claim, sentence: str, name: str) -> Note:
    judgement = claim.judgement
    evidence = tuple(_figure(each) for each in judgement.evidence) if judgement else ()
    if claim.act is not None:
        act = claim.act
        until = f", until {act.end}" if act.end else ""
        evidence = (
            Evidence(
                says=act.text, of=f"{act.date or 'undated'}{until}; {act.reference}", source=act.source, grade=act.grade
            ),
        )
    off = f", {100 * judgement.apart:.1f} % off" if judgement and claim.verdict != "supported" else ""
    right = judgement.right if judgement else None
    return Note(
        id=name,
        sentence=sentence,
        verdict=claim.verdict,
        name=NAMES_OF[claim.verdict],
        quote=" ".join(claim.text.split()),
        said=" > ".join(each.replace("stranger:", "").replace("_", " ") for each in claim.chain),
        stated=f"{claim.judged.text}{off}" if claim.judged else "",
        evidence=evidence,
        nearest=record_sentence(right)
        if right
        else claim.act.text
        if claim.act and claim.verdict != "supported"
        else "",
        circulating=claim.circulating,
    )


def _figure(record: Record) -> Evidence:
    of = record.name.replace(".", ", ").replace("_", " ")
    return Evidence(
        says=amount(record),
        of=f"{of}; {record.about}" if record.about else of,
        source=record.source,
        grade=record.grade,
    )
