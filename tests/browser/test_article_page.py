"""A person's path through the page of an article, in a real browser that has no network to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chokepoint.claims.corpus import gather
from chokepoint.claims.reading import open_library, read
from chokepoint.claims.simulated import read_simulated
from chokepoint.claims.text import open_text
from chokepoint.facts import load_facts
from chokepoint.report import render_articles
from tests.browser.chromium import ARGUMENTS, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
EVIL = "<script>window.evil = 1</script><img src=x onerror='window.evil = 1'> and </style><style>* {display: none}"
ARTICLE = f"""# Ore and magnets

China mined 270,000 tonnes of rare earths in 2024. China mined 168,000 tonnes of rare earths in 2024, a leaflet says.

China lifted its controls on magnets for America. China banned gallium for Japan. {EVIL}.

Each F-35 holds about 418 kilograms of rare earths. {"Averyverylongwordwithoutanyspaceinit" * 6}. שלום לכל הקוראים.
"""
PARAGRAPH = "China mined 250,000 tonnes of rare earths in 2024, and nobody in Strelsau was surprised. " * 6


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine; install it with: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and of no use without a browser

    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = open_library(load_facts())
    texts = (ARTICLE, PARAGRAPH)
    readings = [read(open_text(f"article {place}", text), library, "2026-02-01") for place, text in enumerate(texts)]
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(render_articles(readings, gather(readings, library, read_simulated())), encoding="utf-8")
    return file


def opened(browser: Browser, file: Path, viewport: dict[str, int]) -> tuple[Page, list[str]]:
    complaints: list[str] = []
    page = browser.new_page(viewport=viewport)
    page.on("request", lambda request: complaints.append(request.url) if request.url != file.as_uri() else None)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    return page, complaints


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_page_asks_nobody_and_stays_within_the_screen(browser, page_file, viewport):
    page, complaints = opened(browser, page_file, viewport)
    assert [each for each in complaints if not each.startswith(("data:", "file:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_all_words_of_the_article_stand_on_the_page_and_none_of_them_acts(browser, page_file):
    page, _ = opened(browser, page_file, DESKTOP)
    shown = page.locator("article.text").first.inner_text()
    assert EVIL in shown
    assert page.evaluate("window.evil") is None
    assert page.locator("script").count() == 0
    assert page.locator("article.text").first.is_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_sentence_leads_to_what_it_rests_on_and_back(browser, page_file, viewport):
    page, _ = opened(browser, page_file, viewport)
    sentence = page.locator("article.text a", has_text="168,000")
    sentence.click()
    note = page.locator(".note-card:target")
    assert note.is_visible()
    assert "168,000 tonnes" in note.inner_text()
    assert "nearest true sentence" in note.inner_text()
    box = note.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < viewport["height"]
    note.locator("a.back").click()
    assert page.locator("article.text :target").inner_text() == sentence.inner_text()


def test_every_source_named_in_a_note_is_in_the_list(browser, page_file):
    page, _ = opened(browser, page_file, DESKTOP)
    targets = page.eval_on_selector_all("a[href^='#']", "all => all.map(each => each.getAttribute('href').slice(1))")
    assert [each for each in targets if page.locator(f"[id='{each}']").count() != 1] == []


def test_passages_that_do_not_go_together_stand_side_by_side_on_a_desk(browser, page_file):
    page, _ = opened(browser, page_file, DESKTOP)
    row = page.locator(".pair-row", has_text="dual track")
    one, other = (row.locator("blockquote").nth(place).bounding_box() for place in (0, 1))
    assert one is not None
    assert other is not None
    assert one["y"] == other["y"]
    assert one["x"] < other["x"]
    assert "chokepoint run london-2025" in row.inner_text()


def test_who_is_known_to_have_said_it_first_stands_beside_a_repeated_claim(browser, page_file):
    page, _ = opened(browser, page_file, DESKTOP)
    assert page.locator(".repeated", has_text="Congressional Research Service").count() == 1


def test_colours_are_never_the_only_sign(browser, page_file):
    page, _ = opened(browser, page_file, DESKTOP)
    look = "all => all.map(e => getComputedStyle(e).textDecorationStyle + getComputedStyle(e).textDecorationColor)"
    styles = page.eval_on_selector_all(".legend .v", look)
    assert len(set(styles)) >= 7
    names = page.eval_on_selector_all("article.text .v", "all => all.map(each => each.title)")
    assert all(names)
