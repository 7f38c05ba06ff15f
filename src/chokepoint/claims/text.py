"""Open an article: decode it, find its main text, and set aside what is no article without losing it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.extraction import page_text, pdf_text
from chokepoint.claims.markup import without_comments
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST, LONGEST = 10_000_000, 2_000_000
"""Characters of a file, with all its markup; of running text, some 300,000 words. More is refused, never cut."""
CONTROL_SHARE = 0.02
REMEDY = "give plain text, Markdown, HTML or a PDF, text in UTF-8 or UTF-16"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 2048
"""Bytes at the beginning of a page among which it names its encoding."""
_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
_FRAGMENT = re.compile(
    r"\s*<(?:div|p|nav|section|main|header|aside|table|ul|ol|h[1-6]|span|a|script|style|meta|title|!--)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)
_PAGES = (".html", ".htm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """The text that is read.

    Args:
        name: file or address.
        text: the main text; every span counts its characters.
        aside: lines that are no article (navigation, by-lines), kept as they stood.
        found_by: what found the running text of a page or a PDF; empty for a text.
    """

    name: str
    text: str
    aside: tuple[str, ...] = ()
    found_by: str = ""


def refused(name: str, found: str, expected: str, remedy: str = REMEDY) -> DataError:
    """Return the error for an article that cannot be read."""
    return DataError([Problem(where=name, found=found, expected=expected, remedy=remedy)])


def decoded(name: str, data: bytes, charset: str = "") -> str:
    """Decode UTF-8, a text with a byte order mark, or a page in the encoding that it or its server names.

    Raises:
        DataError: empty, binary, in another encoding, or too long.
    """
    if not data.strip():
        raise refused(name, "an empty file", "an article")
    encoding = _encoding(data, charset)
    if not encoding.startswith("utf-16") and b"\0" in data[:4096]:
        raise refused(name, "a binary file", "text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"bytes that are no {encoding.removesuffix('-sig').upper()} (at byte {error.start})"
        raise refused(name, found, "text in UTF-8", "save it as UTF-8") from error
    if len(text) > LARGEST:
        raise refused(name, f"{len(text):,} characters", f"at most {LARGEST:,}", "split it into a folder of articles")
    control = sum(1 for each in text[:10_000] if ord(each) < 32 and each not in "\t\n\r\f")
    if control > CONTROL_SHARE * min(len(text), 10_000):
        raise refused(name, "a binary file", "text")
    return text


def _encoding(data: bytes, charset: str) -> str:
    """Return the encoding by its mark, by the server, by the page itself; UTF-8 where nobody says."""
    if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return "utf-16"
    declared = _CHARSET.search(data[:_HEAD])
    for named in (charset, declared[1].decode("ascii") if declared else ""):
        try:
            if named and codecs.lookup(named).name not in {"utf-8", "ascii"}:
                return codecs.lookup(named).name
        except LookupError:
            continue
    return "utf-8-sig"


def open_bytes(name: str, data: bytes, charset: str = "") -> Article:
    """Return the article in the bytes of a file or of an answer from the web.

    Raises:
        DataError: no article.
        ChokepointError: a PDF, and the extra that reads it is not installed.
    """
    if data[:5] != b"%PDF-":
        return open_text(name, decoded(name, data, charset))
    text, aside, reader = pdf_text(name, data)
    if not re.search(r"\w", text):
        raise refused(
            name, "a PDF without text, such as pictures of pages", "a PDF with text", "recognise its text first"
        )
    return _checked(Article(name=name, text=text, aside=aside, found_by=reader))


def _checked(article: Article) -> Article:
    """Return an article that is not too long to be read in a minute or two."""
    if len(article.text) > LONGEST:
        found, remedy = f"{len(article.text):,} characters of text", "split it into a folder of articles"
        raise refused(article.name, found, f"at most {LONGEST:,}", remedy)
    return article


def open_text(name: str, text: str) -> Article:
    """Return the article in a text, HTML or plain.

    Raises:
        DataError: a page with no running text.
    """
    if not _is_page(name, text):
        return _checked(Article(name=name, text=text.replace("\r\n", " \n").replace("\r", "\n")))
    found, aside, finder = page_text(without_comments(text))
    if not re.search(r"\w", found):
        raise refused(
            name, "a page with navigation and no running text", "an article", "give the address of the article itself"
        )
    return _checked(Article(name=name, text=found, aside=aside, found_by=finder))


def _is_page(name: str, text: str) -> bool:
    """Say whether a text is HTML: a whole page, a piece of one by its first tag, or tags in what is named so."""
    if any(mark in text[:2000].lower().encode() for mark in _MARKS) or _FRAGMENT.match(text):
        return True
    return name.lower().endswith(_PAGES) and _TAG.search(text) is not None


def open_file(path: Path) -> Article:
    """Open an article from a file.

    Raises:
        DataError: the file is missing, or no article.
    """
    if not path.is_file():
        raise refused(str(path), "no such file", "a file, an address or -")
    return open_bytes(str(path), path.read_bytes())
