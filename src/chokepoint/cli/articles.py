"""Open what the user names: a file, a folder, an address, standard input; each article with its day."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chokepoint.claims.text import LARGEST, open_bytes, open_file, refused

if TYPE_CHECKING:
    from chokepoint.claims.text import Article

SECONDS = 20
ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".pdf"})
_DATED = re.compile(r"^(\d{4}-\d\d-\d\d)\b")


def articles_of(source: str, published: str | None) -> list[tuple[Article, str]]:
    """Return the articles of a source with the day each was published, the earliest first.

    Args:
        source: file, folder, address or ``-``.
        published: ISO day; today where there is none. In a folder the day in front of a file's name goes before it
            (``2025-06-10-london.txt``).

    Raises:
        DataError: no article, or no day.
    """
    day = _day(published)
    if source == "-":
        return [(open_bytes("standard input", sys.stdin.buffer.read(4 * LARGEST + 1)), day)]
    if source.startswith(("http://", "https://")):
        return [(open_bytes(source, *_fetched(source)), day)]
    path = Path(source)
    if not path.is_dir():
        return [(open_file(path), day)]
    files = sorted(each for each in path.iterdir() if each.suffix.lower() in ENDINGS)
    if not files:
        raise refused(str(path), "no .txt, .md, .html or .pdf file", "articles")
    return sorted(((open_file(each), _own_day(each) or day) for each in files), key=lambda each: each[1])


def _day(published: str | None) -> str:
    if published is None:
        return datetime.now(tz=UTC).date().isoformat()
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError as error:
        option = "--date"
        raise refused(option, f"'{published}'", "a day such as 2025-06-12", "write year, month and day") from error


def _own_day(path: Path) -> str:
    """Return the day in front of a file's name; empty where there is none."""
    match = _DATED.match(path.name)
    try:
        return date.fromisoformat(match[1]).isoformat() if match else ""
    except ValueError:
        return ""


def _fetched(address: str) -> tuple[bytes, str]:
    """Fetch a page that the user named; return its bytes and the encoding its server names."""
    from http.client import HTTPException  # noqa: PLC0415
    from urllib.error import URLError  # noqa: PLC0415
    from urllib.request import Request, urlopen  # noqa: PLC0415

    try:
        with urlopen(Request(address, headers={"User-Agent": "chokepoint"}), timeout=SECONDS) as answer:  # noqa: S310
            return answer.read(2 * LARGEST), answer.headers.get_content_charset() or ""
    except (URLError, HTTPException, TimeoutError, ValueError) as error:
        raise refused(
            address, f"no page ({error})", "a page that answers", "save the page and give its file"
        ) from error
