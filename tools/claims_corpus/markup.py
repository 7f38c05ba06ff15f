"""Read the drafts: text with marks for names and figures, and one line per sentence with what it claims.

[the minister|chn_minister_of_commerce@wang_wentao]   a name, its key (and who holds the office)
[Li|li_qiang?li_qiang,li_chenggang]                   ambiguous: key (may be empty) and candidates
[Mara Quell|!]  [Quell & Daughters|!company]          strangers
{about a third|33.33 % ~ share}                       a figure: value, unit, comparison, kind
sentence § kind =V e:EVIDENCE by:KEY via:A>B d:DATE   a claim and its verdict
~ words                                               not part of the article
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Mark = dict[str, Any]

MARK = re.compile(r"\[(?P<name>[^\]|]+)\|(?P<key>[^\]]+)\]|\{(?P<figure>[^}|]+)\|(?P<value>[^}]+)\}")
KINDS = {
    "fact": "fact", "figure": "figure", "quote": "quotation", "cond": "conditional", "interp": "interpretation",
    "forecast": "forecast", "opinion": "opinion",
}  # fmt: skip
VERDICTS = {
    "S": "supported", "N": "near", "C": "contradicted", "O": "outdated", "T": "other_stage", "X": "not_checkable",
    "P": "opinion", "F": "forecast",
}  # fmt: skip
UNSAID = {"interpretation": "opinion", "opinion": "opinion", "forecast": "forecast"}
COMPARISONS = {"=", "~", ">", "<", ">=", "<="}
FIGURE_KINDS = {
    "t": "mass", "%": "share", "pp": "percentage_points", "USD": "money", "CNY": "money", "EUR": "money", "JPY": "money",
    "UAH": "money", "KRW": "money", "count": "count", "rank": "rank", "times": "ratio", "months": "duration", "days": "duration",
    "years": "duration", "hours": "duration", "weeks": "duration", "minutes": "duration", "clock": "clock", "t/year": "rate", "bbl/d": "rate", "bbl": "volume",
}  # fmt: skip


@dataclass(kw_only=True, slots=True)
class Article:
    """One draft, read: its text and what stands where."""

    slug: str
    format: str
    published: str
    outlet: str
    style: str
    text: str = ""
    names: list[Mark] = field(default_factory=list[Mark])
    figures: list[Mark] = field(default_factory=list[Mark])
    claims: list[Mark] = field(default_factory=list[Mark])
    set_aside: list[Mark] = field(default_factory=list[Mark])
    links: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    outside: list[str] = field(default_factory=list[str])


def name_mark(surface: str, key: str) -> Mark:
    """Read the key of a name: stranger, office with holder, ambiguous, or plain."""
    if key.startswith("!"):
        return {"surface": surface, "key": "stranger", "kind": key[1:] or "person"}
    key, _, candidates = key.partition("?")
    key, _, holder = key.partition("@")
    found: Mark = {"surface": surface, "key": key or None}
    if candidates:
        found["candidates"] = candidates.split(",")
    if holder:
        found["holder"] = holder
    return found


def figure_mark(surface: str, value: str) -> Mark:
    """Read the value of a figure: ``58..62 t ~``, ``6/9 count``, ``46 t``."""
    first, unit, *rest = value.split()
    total = None
    if "/" in first:
        first, _, whole = first.partition("/")
        total = float(whole)
    low, _, high = first.partition("..")
    comparison = next((word for word in rest if word in COMPARISONS), "=")
    kind = next((word for word in rest if word not in COMPARISONS), None)
    kind = kind or FIGURE_KINDS.get(unit) or ("price" if "/" in unit else "quantity")
    found: Mark = {
        "surface": surface,
        "low": float(low),
        "high": float(high or low),
        "unit": unit,
        "comparison": comparison,
        "kind": kind,
    }
    return found if total is None else {**found, "of": total}


def unmarked(marked: str, at: int) -> tuple[str, list[Mark], list[Mark]]:
    """Take the marks out of a sentence; return its text and the marks, placed from ``at``."""
    names, figures = list[Mark](), list[Mark]()
    plain, done = "", 0
    for found in MARK.finditer(marked):
        plain += marked[done : found.start()]
        done = found.end()
        if found["name"]:
            surface, kept, into = found["name"], name_mark(found["name"], found["key"]), names
        else:
            surface, kept, into = found["figure"], figure_mark(found["figure"], found["value"]), figures
        into.append({"start": at + len(plain), "end": at + len(plain) + len(surface), **kept})
        plain += surface
    return plain + marked[done:], names, figures


def speaker(word: str) -> str:
    """Read a speaker: a key, or ``!Some_Name`` for a stranger."""
    return "stranger:" + word[1:].replace("_", " ") if word.startswith("!") else word


VALUES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "by": ("speaker", speaker),
    "via": ("chain", lambda steps: [speaker(step) for step in steps.split(">")]),
    "d": ("event_date", str),
    "f": ("figure", int),
    "if": ("condition", str),
    "then": ("promise", str),
}
FLAGS = {
    "neg": ("polarity", "negative"),
    "hedge": ("hedged", True),
    "sure": ("sure", True),
    "unjudged": ("unjudged", True),
}
LISTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "e": ("e", str),
    "right": ("right", str),
    "or": ("also_right", VERDICTS.__getitem__),
    "x": ("pairs", lambda name: ("contradiction", name)),
    "dt": ("pairs", lambda name: ("dual_track", name)),
}


def claim_mark(attributes: str) -> Mark:
    """Read what stands behind the § of a sentence."""
    words = shlex.split(attributes)
    kind = KINDS[words[0]]
    told: Mark = {
        "kind": kind,
        "speaker": None,
        "chain": [],
        "event_date": None,
        "polarity": "positive",
        "hedged": False,
    }
    told |= {"verdict": UNSAID.get(kind, "not_checkable"), "evidence": []}
    for word in words[1:]:
        head, _, rest = word.partition(":")
        if head in FLAGS:
            told.update([FLAGS[head]])
        elif head in VALUES:
            name, read_value = VALUES[head]
            told[name] = read_value(rest)
        elif head in LISTS:
            name, read_value = LISTS[head]
            told.setdefault(name, []).append(read_value(rest))
        else:
            told["verdict"] = VERDICTS[word.removeprefix("=")]
    if told["speaker"] and not told["chain"]:
        told["chain"] = [told["speaker"]]
    return told


def add_sentence(article: Article, line: str, glue: str) -> None:
    """Add one line of a draft to the text of its article."""
    if line.startswith("~ "):
        if article.format == "html":
            article.outside.append(line[2:])
            return
        article.text += glue
        article.set_aside.append(
            {"start": len(article.text), "end": len(article.text) + len(line) - 2, "surface": line[2:]}
        )
        article.text += line[2:]
        return
    marked, _, attributes = line.partition(" § ")
    article.text += glue
    at = len(article.text)
    plain, names, figures = unmarked(marked.strip(), at)
    article.text += plain
    article.names += names
    article.figures += figures
    if attributes:
        article.claims.append({"start": at, "end": at + len(plain), "surface": plain, **claim_mark(attributes)})


def read(drafts: str) -> list[Article]:
    """Read a file of drafts."""
    articles: list[Article] = []
    for part in drafts.split("@@@ ")[1:]:
        head, _, body = part.partition("\n")
        slug, form, published, outlet, style = (word.strip() for word in head.split("|"))
        article = Article(slug=slug, format=form, published=published, outlet=outlet, style=style)
        for paragraph in re.split(r"\n\s*\n", body.strip()):
            glue = "\n\n" if article.text else ""
            for line in paragraph.splitlines():
                before = len(article.text)
                add_sentence(article, line.strip(), glue)
                glue = " " if len(article.text) > before else glue
        article.text += "\n"
        articles.append(article)
    return articles
