"""Open an article: decode it, find its main text, and set aside what is no article without losing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.markup import main_text
from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000
"""Characters that are read; a longer file is refused, not cut."""
CONTROL_SHARE = 0.02
REMEDY = "give plain text, Markdown, HTML or the text of a PDF in UTF-8 or UTF-16"
_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """The text that is read.

    Args:
        name: file or address.
        text: the main text; every span counts its characters.
        aside: lines that are no article (navigation, by-lines), kept as they stood.
    """

    name: str
    text: str
    aside: tuple[str, ...] = ()


def refused(name: str, found: str, expected: str, remedy: str = REMEDY) -> DataError:
    """Return the error for an article that cannot be read."""
    return DataError([Problem(where=name, found=found, expected=expected, remedy=remedy)])


def decoded(name: str, data: bytes) -> str:
    """Decode UTF-8 or a text with a byte order mark.

    Raises:
        DataError: empty, binary, or in another encoding.
    """
    if not data.strip():
        raise refused(name, "an empty file", "an article")
    if data[:4] == b"%PDF":
        raise refused(name, "a PDF file", "its text", "extract the text first, for example with pdftotext")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data[:4096]:
        raise refused(name, "a binary file", "text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"bytes that are no {encoding.removesuffix('-sig').upper()} (at byte {error.start})"
        raise refused(name, found, "text in UTF-8", "save it as UTF-8") from error
    if len(text) > LARGEST:
        raise refused(name, f"{len(text):,} characters", f"at most {LARGEST:,}", "split it")
    control = sum(1 for each in text[:10_000] if ord(each) < 32 and each not in "\t\n\r\f")
    if control > CONTROL_SHARE * min(len(text), 10_000):
        raise refused(name, "a binary file", "text")
    return text


def open_text(name: str, text: str) -> Article:
    """Return the article in a text, HTML or plain.

    Raises:
        DataError: a page with no running text.
    """
    if not any(mark in text[:2000].lower().encode() for mark in _MARKS):
        return Article(name=name, text=text.replace("\r\n", " \n").replace("\r", "\n"))
    found, aside = main_text(text)
    if not re.search(r"\w", found):
        raise refused(
            name, "a page with navigation and no running text", "an article", "give the address of the article itself"
        )
    return Article(name=name, text=found, aside=aside)


def open_file(path: Path) -> Article:
    """Open an article from a file.

    Raises:
        DataError: the file is missing, or no article.
    """
    if not path.is_file():
        raise refused(str(path), "no such file", "a file, an address or -")
    return open_text(str(path), decoded(str(path), path.read_bytes()))
