"""The running text of pages and PDFs: by the library of an extra where it is installed, else by the standard library."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from chokepoint.claims.markup import blocks_of, main_text
from chokepoint.errors import ChokepointError, DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARD = "standard library"
EDGE_LINES, LEAST_PAGES = 2, 3
"""Lines at the top and the foot of a page that may be furniture; pages on which furniture comes again."""
FULL_LINE = 0.75
"""A line shorter than this share of the median ends a paragraph, if it ends a sentence."""
_SENTENCE = re.compile(r"(?:\S+\s+){5,}\S+[.!?。][\"”’»)]?$|[。！？]")
"""A line of running text, as no menu has it."""


def page_text(page: str) -> tuple[str, tuple[str, ...], str]:
    """Return the running text of a page, what was set aside, and who found it.

    Both finders keep one contract: paragraphs parted by an empty line, white space inside one made single spaces, and every
    other line of the page among what was set aside. Trafilatura decides where it is installed and finds something.
    """
    own, aside = main_text(page)
    if find_spec("trafilatura") is None:
        return own, aside, STANDARD
    import trafilatura  # noqa: PLC0415 - an extra

    library: Any = trafilatura
    found: str = library.extract(page, output_format="txt", include_comments=False, include_tables=False) or ""
    paragraphs = [" ".join(line.split()) for line in found.splitlines() if line.strip()]
    is_article = any(_SENTENCE.search(each) for each in paragraphs)
    if not is_article or len(" ".join(paragraphs)) < len(own) / 2:
        return own, aside, STANDARD
    kept = " ".join(paragraphs)
    rest = tuple(text for text in blocks_of(page) if text not in kept)
    return "\n\n".join(paragraphs) + "\n", rest, "trafilatura"


def pdf_text(name: str, data: bytes) -> tuple[str, tuple[str, ...], str]:
    """Return the running text of a PDF, its running heads and feet, and who read it.

    Raises:
        ChokepointError: pypdf is not installed.
        DataError: it cannot read the file.
    """
    if find_spec("pypdf") is None:
        message = f"{name} is a PDF: pip install 'chokepoint[pdf]', or give its text (for example by pdftotext)"
        raise ChokepointError(message)
    import pypdf  # noqa: PLC0415 - an extra
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    broken = (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what is wrong is said once, below
    try:
        pages: list[str] = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    except broken as error:
        found, remedy = f"a PDF that cannot be read ({error})", "save it anew, or give its text"
        raise DataError([Problem(where=name, found=found, expected="a whole PDF", remedy=remedy)]) from error
    finally:
        log.setLevel(level)
    text, aside = unwrapped([page.splitlines() for page in pages])
    return text, aside, "pypdf"


def unwrapped(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    r"""Return paragraphs from the lines of pages, and the lines that come again at the edges of most pages.

    A word parted by a hyphen at the end of a line is joined where the next line goes on in small letters.

    Example:
        >>> unwrapped([["Ruritania mined nine ton-", "nes of ore.", "", "Nobody bought it."]])
        ('Ruritania mined nine tonnes of ore.\n\nNobody bought it.\n', ())
    """
    edges = Counter(
        mark for page in pages for mark in {_mark(line) for line in (*page[:EDGE_LINES], *page[-EDGE_LINES:])} if mark
    )
    furniture = {mark for mark, count in edges.items() if count >= max(LEAST_PAGES, len(pages) / 2)}
    aside: list[str] = []
    lines: list[str] = []
    for page in pages:
        last = len(page) - EDGE_LINES
        for number, line in enumerate(page):
            at_edge = number < EDGE_LINES or number >= last
            (aside if at_edge and _mark(line) in furniture else lines).append(" ".join(line.split()))
    return _paragraphs(lines), tuple(aside)


def _mark(line: str) -> str:
    """Return a line without its numbers, by which a running head is known on every page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _paragraphs(lines: Sequence[str]) -> str:
    """Join lines to paragraphs: at an empty line, and after a short line that ends a sentence."""
    usual = median([len(line) for line in lines if line] or [0])
    found: list[str] = []
    current = ""
    for line in lines:
        if not line:
            found.append(current)
            current = ""
        elif current.endswith("-") and line[0].islower() and current[-2:-1].isalpha():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        if line and len(line) < FULL_LINE * usual and re.search(r"[.!?][\"”’)]?$", line):
            found.append(current)
            current = ""
    return "".join(f"{each}\n\n" for each in [*found, current] if each).removesuffix("\n")
