"""Sentences with their exact spans, in any script; a line of its own is a sentence of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Capt|Gen|Sen|Rep|St|No|Nos|vs|Inc|Ltd|Co|Corp|Gov|Th|Mio|Mrd|ca|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept?|Oct|Nov|Dec|тис|млн|млрд|thous|mln|bln|mn|bn|pct|est|cf|resp|Sq|Ave|Lt|Col|Maj|Hon|Rev|Sr|Jr|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|E\.U|D\.C|w)|\b[A-Z])\.$"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s|$)|[。！？]+[”’」』）]*|\n\s*\n|\n(?=#|\s*[-*] )")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence.

    Args:
        start, end: characters of the article.
        text: what stands there.
        is_heading: whether it is a title, which states nothing of its own.
        paragraph: number of its paragraph.
    """

    start: int
    end: int
    text: str
    is_heading: bool
    paragraph: int


def _ends_here(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if not mark.strip() or mark[0] in "。！？":
        return True
    before, after = text[max(0, match.start() - 12) : match.start() + 1], text[match.end() : match.end() + 3]
    if mark.startswith(".") and len(mark) == 1 and _SHORT.search(before):
        lower = before.lower()
        return bool(lower.endswith(("a.m.", "p.m.")) and after.strip()[:1].isupper())
    following = after.strip()[:1]
    if following and following.islower() and "\n" not in after[:2]:
        return bool(mark.rstrip("\"'”’»)]*_") == "." and len(mark) == 1)
    if mark.rstrip("\"'”’»)]*_") in {"!", "?"} and mark[-1] in "\"'”’»" and following.islower():
        return False
    return not (mark.startswith(".") and following.isdigit() and before[-2:-1].isdigit() and not after[:1].isspace())


def _is_label(text: str) -> bool:
    """Say whether words only head what follows: "TALK.", "**The flow.**", "First, the licences."."""
    words = text.split()
    if not words or "\n\n" in text.strip(" ") or "?" in text or not text.strip().endswith((".", ".**", ".*")):
        return False
    bold = words[0].startswith("**") and words[-1].endswith("**") and len(words) < 5
    capital = len(words) == 1 and words[0].rstrip(".").isupper() and len(words[0]) > 4
    return (
        bold
        or capital
        or (len(words) <= 4 and words[0].lower() in {"first,", "second,", "third,", "fourth,", "finally,"})
    )


def split(text: str) -> list[Sentence]:
    """Split a text into sentences, spans without the white space around them."""
    found: list[Sentence] = []
    start, paragraph = 0, 0
    for match in [*_END.finditer(text), None]:
        end = len(text) if match is None else match.end()
        if match is not None and (_is_label(text[start : match.end()]) or not _ends_here(text, match)):
            continue
        chunk = text[start:end]
        lead = len(chunk) - len(chunk.lstrip())
        body = chunk.strip()
        if body and re.search(r"\w", body):
            heading = body.startswith("#") or (paragraph == 0 and not found and not re.search(r"[.!?。:\"”]$", body))
            where = start + lead
            found.append(
                Sentence(start=where, end=where + len(body), text=body, is_heading=heading, paragraph=paragraph)
            )
        if match is not None and "\n" in match.group():
            paragraph += 1
        start = end
    return found
