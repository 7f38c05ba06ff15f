from __future__ import annotations

import doctest
import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.repository import ROOT, committed, fenced_blocks, shown

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
DOCUMENTS = committed(".md")
PYTHON_BLOCKS = [
    pytest.param(text, id=f"{shown(path)}:{line}")
    for path in DOCUMENTS
    for line, language, text in fenced_blocks(path)
    if language == "python"
]


def anchors(path: Path) -> set[str]:
    """Return the anchors a page's headings make, as repository hosts spell them."""
    headings = HEADING.findall(path.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    broken: list[str] = []
    outside_blocks = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for pair in LINK.findall(outside_blocks):
        target, _, anchor = (pair[0] or pair[1]).partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        page = (path.parent / target) if target else path
        if not page.exists() or (anchor and page.suffix == ".md" and anchor not in anchors(page)):
            broken.append(f"{path.name}: {target}#{anchor}")
    return broken


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_link_between_pages_leads_somewhere(path: Path):
    assert broken_links(path) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("# Up and down\n[a](#up-and-down) [b](#side) [c](gone.md) [d](https://example.org)\n", "utf-8")
    assert broken_links(page) == ["page.md: #side", "page.md: gone.md#"]


def test_every_page_under_docs_can_be_reached_from_its_index():
    docs = ROOT / "docs"
    index = (docs / "index.md").read_text("utf-8")
    pages = [path for path in DOCUMENTS if path.is_relative_to(docs) and path.name != "index.md"]
    assert [shown(path) for path in pages if f"({path.relative_to(docs).as_posix()})" not in index] == []


@pytest.mark.parametrize("text", PYTHON_BLOCKS)
def test_python_in_the_documents_runs(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    if ">>>" in text:
        found = doctest.DocTestParser().get_doctest(text, {}, "document", None, None)
        flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        assert doctest.DocTestRunner(optionflags=flags).run(found).failed == 0
    else:
        exec(compile(text, "document", "exec"), {"__name__": "document"})  # noqa: S102 - the documents are ours
