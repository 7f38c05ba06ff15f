"""A person's path through the page, in a real browser that has no network to ask."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from chokepoint.report import render_html
from tests.browser.chromium import ARGUMENTS, find_browser
from tests.browser.sample_payload import hostile_payload, sample_payload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from chokepoint.report import Payload

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# The marks that carry each chart's numbers: role of the column -> mark that must draw it.
DRAWN_BY = {
    "shares": {"share": "share"},
    "exports": {"median": "median", "low": "band", "high": "band", "reported": "reported", "naive": "naive"},
    "prices": {"value": "value", "low": "band", "high": "band", "quoted": "quoted"},
    "stocks": {"cover": "cover", "low": "band", "high": "band"},
    "expiry": {"value": "value", "low": "interval", "high": "interval"},
}


@dataclass
class Opened:
    """A page that was opened, and everything it did that it should not."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


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


def opened(browser: Browser, folder: Path, payload: Payload, viewport: dict[str, int], **context: Any) -> Opened:
    file = folder / "report.html"
    file.write_text(render_html(payload), encoding="utf-8")
    result = Opened(page=browser.new_page(viewport=viewport, **context))
    result.page.on("request", lambda request: result.requests.append(request.url))
    result.page.on("console", lambda message: result.complaints.append(f"{message.type}: {message.text}"))
    result.page.on("pageerror", lambda error: result.complaints.append(f"error: {error}"))
    result.page.on("dialog", lambda dialog: result.complaints.append(f"dialog: {dialog.message}"))
    result.page.goto(file.as_uri())
    result.page.wait_for_function("window.chokepoint !== undefined")
    result.page.wait_for_timeout(100)
    return result


def from_csv(payload: Payload, name: str) -> list[dict[str, str]]:
    """Write a table as the run writes it and read it back: text in every cell, empty for missing."""
    table = payload.tables[name]
    text = io.StringIO()
    csv.writer(text).writerows([[column.name for column in table.columns], *table.rows])
    text.seek(0)
    return list(csv.DictReader(text))


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")])
def test_the_page_asks_nobody_and_complains_of_nothing(browser, tmp_path, viewport, scheme):
    result = opened(browser, tmp_path, sample_payload(), viewport, color_scheme=scheme)
    outside = [url for url in result.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert outside == []
    assert result.complaints == []
    assert len(result.requests) == 1


@pytest.mark.parametrize("chart_id", sorted(DRAWN_BY))
def test_what_is_drawn_is_what_the_table_says(browser, tmp_path, chart_id):
    payload = sample_payload()
    chart = next(each for each in payload.charts if each.id == chart_id)
    plotted = opened(browser, tmp_path, payload, DESKTOP).page.evaluate(f"chokepoint.plotted('{chart_id}')")
    keys = [role for role in chart.encoding if role not in DRAWN_BY[chart_id]]
    for role, mark in DRAWN_BY[chart_id].items():
        drawn = {tuple(row[key] for key in keys): row[role] for row in plotted if row["mark"] == mark}
        drawn = {place: value for place, value in drawn.items() if value is not None}
        said = {
            tuple(row[chart.encoding[key]] for key in keys): float(row[chart.encoding[role]])
            for row in from_csv(payload, chart.table)
            if row[chart.encoding[role]]
        }
        assert drawn == said, f"{chart_id}: {role}"


def test_the_parts_and_totals_of_the_losses_are_drawn_once_each(browser, tmp_path):
    payload = sample_payload()
    plotted = opened(browser, tmp_path, payload, DESKTOP).page.evaluate("chokepoint.plotted('losses')")
    drawn = sorted((row["party"], row["component"], row["value"]) for row in plotted if row["mark"] != "interval")
    said = sorted((row["party"], row["component"], float(row["loss"])) for row in from_csv(payload, "losses"))
    assert drawn == said


def test_points_and_bars_stand_where_their_numbers_put_them(browser, tmp_path):
    page = opened(browser, tmp_path, sample_payload(), DESKTOP).page
    reported = [row for row in page.evaluate("chokepoint.measured('exports')") if row["mark"] == "reported"]
    shares = page.evaluate("chokepoint.measured('shares')")
    assert len(reported) == 15 + 3 * 6
    # A share's bar gives up one and a half pixels to the gap beside it.
    gap = 1.5 / page.locator("[data-chart=shares] .drawing").bounding_box()["width"]
    assert [row["value"] for row in reported] == pytest.approx([row["reported"] for row in reported], rel=1e-6)
    assert [row["value"] for row in shares] == pytest.approx([row["share"] - gap for row in shares], abs=1e-4)


def test_unpublished_months_are_left_blank(browser, tmp_path):
    page = opened(browser, tmp_path, sample_payload(), DESKTOP).page
    months = [
        row["month"]
        for row in page.evaluate("chokepoint.plotted('exports')")
        if row["mark"] == "reported" and row["destination"] == "USA"
    ]
    assert months == ["2025-03", "2025-05", "2025-07", "2025-08", "2025-09", "2025-10"]


def test_a_phone_never_scrolls_sideways(browser, tmp_path):
    page = opened(browser, tmp_path, sample_payload(), PHONE).page
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_charts_follow_the_width_of_the_window(browser, tmp_path):
    page = opened(browser, tmp_path, sample_payload(), DESKTOP).page
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(300)
    widths = page.eval_on_selector_all(".drawing svg[role=img]", "all => all.map((svg) => svg.clientWidth)")
    assert 0 < max(widths) <= PHONE["width"]
    assert len(page.evaluate("chokepoint.plotted('stocks')")) == 2 * 5 * 15


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.pwned = 1</script>",
        "</script><script>window.pwned = 1</script><!--",
        '"><img src=x onerror="window.pwned = 1">',
        "{{ 7 * 7 }}{% raw %}</style><svg onload=window.pwned=1>",
    ],
)
def test_hostile_text_is_only_text(browser, tmp_path, text):
    result = opened(browser, tmp_path, hostile_payload(text), DESKTOP)
    assert result.page.evaluate("window.pwned") is None
    assert result.page.locator("h1").inner_text() == text
    assert result.page.title() == text
    assert result.complaints == []
    assert len(result.requests) == 1
    assert result.page.locator("img, iframe, object, embed").count() == 0


def test_readers_without_eyes_or_mouse_find_their_way(browser, tmp_path):
    page = opened(browser, tmp_path, sample_payload(), DESKTOP).page
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map((each) => Number(each.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    figures = page.locator("figure")
    assert figures.count() == len(sample_payload().charts)
    for index in range(figures.count()):
        figure = figures.nth(index)
        assert figure.locator("figcaption").inner_text()
        assert figure.locator("details table").count() == 1
        assert figure.locator("svg[role=img][aria-label]").count() >= 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
    page.locator(".rests summary").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("Each name answers to chokepoint why NAME.").first.is_visible()


def test_text_stands_out_from_the_ground(browser, tmp_path):
    for scheme in ("light", "dark"):
        page = opened(browser, tmp_path, sample_payload(), DESKTOP, color_scheme=scheme).page
        for name, least in (("ink", 7.0), ("soft", 4.5), ("accent", 4.5), ("blue", 4.5), ("ochre", 4.5)):
            assert contrast(colour(page, name), colour(page, "paper")) >= least, (scheme, name)
        assert contrast(colour(page, "on-accent"), colour(page, "accent")) >= 4.5, scheme


def colour(page: Page, name: str) -> str:
    return page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours as the accessibility guidelines define it."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(hexadecimal: str) -> float:
    digits = hexadecimal.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_table_saves_as_the_csv_of_the_run(browser, tmp_path):
    payload = sample_payload()
    page = opened(browser, tmp_path, payload, DESKTOP).page
    with page.expect_download() as download:
        page.locator("button[data-table=scores]").click()
    saved = download.value.path().read_text(encoding="utf-8")
    rows = [{key: as_number(value) for key, value in row.items()} for row in csv.DictReader(io.StringIO(saved))]
    assert rows == [{key: as_number(value) for key, value in row.items()} for row in from_csv(payload, "scores")]


def as_number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text
