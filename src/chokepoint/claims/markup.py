"""The main text of a page: title and paragraphs; menus, by-lines, advertising and scripts set aside."""

from __future__ import annotations

import re
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
        self.open.append((tag, (tag in _ASIDE or named) and not inside_article))

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all left open inside it."""
        if tag in _BLOCKS:
            self.flush()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                break

    def handle_data(self, data: str) -> None:
        """Take text in."""
        tags = {tag for tag, _ in self.open}
        if tags & _NEVER:
            return
        self.words.append(data)
        count = len(data.strip())
        self.length += count
        self.linked += count if "a" in tags else 0

    def flush(self) -> None:
        """End a block."""
        text = " ".join("".join(self.words).split())
        if text:
            tags = [tag for tag, _ in self.open]
            aside = any(each for _, each in self.open) or self.linked > LINKED * max(self.length, 1)
            heading = next((tag for tag in reversed(tags) if tag in _HEADINGS), "")
            kind = heading or ("title" if "title" in tags else "p" if "p" in tags or "blockquote" in tags else "other")
            self.blocks.append((kind, aside, "article" in tags or "main" in tags, text))
        self.words, self.linked, self.length = [], 0, 0


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
    kept: list[str] = []
    set_aside: list[str] = []
    for kind, aside, framed, text in parser.blocks:
        outside = has_frame and not framed and kind != "h1"
        loose = kind == "title" or (kind == "other" and (has_paragraphs or len(text) < 60))
        heading_aside = kind == "h1" and any(each[0] == "h1" and not each[1] for each in parser.blocks) and aside
        if (aside and kind != "h1") or outside or loose or heading_aside:
            set_aside.append(text)
        elif not kept or kept[-1] != text:
            kept.append(text)
    running = any(re.search(r"\w", text) and len(text.split()) > 3 for text in kept)
    return ("\n\n".join(kept) + "\n" if running else ""), tuple(set_aside)
