"""The main text of a page: title and paragraphs; menus, by-lines, advertising and scripts set aside."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

_NEVER = frozenset({"script", "style", "noscript", "template", "svg", "form", "iframe", "button", "select"})
_ASIDE = frozenset({"nav", "aside", "footer", "menu", "header", "figure", "figcaption"})
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "main", "body", "table",
    "tr", "td", "blockquote", "br", "title", "dt", "dd", "pre", "hr",
})  # fmt: skip
_VOID = frozenset(
    {"br", "img", "meta", "link", "input", "hr", "source", "wbr", "area", "base", "col", "embed", "track"}
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|byline|by-line|author|advert\w*|ads?|promo|sponsor\w*|cookie\w*|share|social|related|comment\w*|"
    r"footer|sidebar|newsletter|subscribe|breadcrumb\w*|dateline|meta|banner|teaser|popular|credit|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
LINKED = 0.6
"""A block with more than this share of its letters in links is navigation."""


class _Page(HTMLParser):
    """Collect blocks of text with where they stood."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.depth: Counter[str] = Counter()
        self.asides = 0
        self.headings: list[str] = []
        self.blocks: list[tuple[str, bool, bool, str]] = []
        self.words: list[str] = []
        self.linked = 0
        self.length = 0
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a block ends the one before it."""
        if tag in _BLOCKS:
            self.flush()
            self.tag = tag
        if tag in _VOID:
            return
        named = any(value and _NAMES.search(value) for name, value in attrs if name in {"class", "id", "role"})
        inside_article = tag in {"body", "html", "main", "article"}
        is_aside = (tag in _ASIDE or named) and not inside_article
        self.open.append((tag, is_aside))
        self.depth[tag] += 1
        self.asides += is_aside
        self.headings += [tag] if tag in _HEADINGS else []

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all left open inside it."""
        if tag in _BLOCKS:
            self.flush()
        while self.depth[tag]:
            last, is_aside = self.open.pop()
            self.depth[last] -= 1
            self.asides -= is_aside
            self.headings = self.headings[:-1] if last in _HEADINGS else self.headings
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        """Take text in."""
        if any(self.depth[tag] for tag in _NEVER):
            return
        self.words.append(data)
        count = len(data.strip())
        self.length += count
        self.linked += count if self.depth["a"] else 0

    def flush(self) -> None:
        """End a block."""
        text = " ".join("".join(self.words).split())
        if text:
            aside = self.asides > 0 or self.linked > LINKED * max(self.length, 1)
            running = "p" if self.depth["p"] or self.depth["blockquote"] else "other"
            kind = self.headings[-1] if self.headings else "title" if self.depth["title"] else running
            self.blocks.append((kind, aside, bool(self.depth["article"] or self.depth["main"]), text))
        self.words, self.linked, self.length = [], 0, 0


def without_comments(page: str) -> str:
    """Return a page without its comments; one that is never closed takes the rest with it, as in a browser.

    Example:
        >>> without_comments("ore<!-- and more --> of Zenda<!-- for ever")
        'ore of Zenda'
    """
    kept: list[str] = []
    place = 0
    while (start := page.find("<!--", place)) >= 0:
        kept.append(page[place:start])
        end = page.find("-->", start + len("<!--"))
        if end < 0:
            return "".join(kept)
        place = end + len("-->")
    return "".join([*kept, page[place:]])


def _parsed(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    parser.close()
    parser.flush()
    return parser


def blocks_of(page: str) -> list[str]:
    """Return the text of every block of a page, in order."""
    return [text for _, _, _, text in _parsed(page).blocks]


def main_text(page: str) -> tuple[str, tuple[str, ...]]:
    """Return the running text, paragraphs parted by an empty line, and what was set aside."""
    parser = _parsed(page)
    has_frame = any(framed and kind == "p" and not aside for kind, aside, framed, _ in parser.blocks)
    has_paragraphs = any(kind == "p" and not aside for kind, aside, _, _ in parser.blocks)
    has_heading = any(kind == "h1" and not aside for kind, aside, _, _ in parser.blocks)
    kept: list[str] = []
    set_aside: list[str] = []
    for kind, aside, framed, text in parser.blocks:
        outside = has_frame and not framed and kind != "h1"
        loose = kind == "title" or (kind == "other" and (has_paragraphs or len(text) < 60))
        heading_aside = kind == "h1" and has_heading and aside
        if (aside and kind != "h1") or outside or loose or heading_aside:
            set_aside.append(text)
        elif not kept or kept[-1] != text:
            kept.append(text)
    running = any(re.search(r"\w", text) and len(text.split()) > 3 for text in kept)
    return ("\n\n".join(kept) + "\n" if running else ""), tuple(set_aside)
