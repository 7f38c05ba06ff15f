"""The page of a real run: what its figures draw is what the run wrote into its CSV files."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import ARGUMENTS, find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COMMAND = "from chokepoint.cli import main; main()"


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    """Run the bundled scenario with two draws, as a person would."""
    if find_browser() is None:
        pytest.skip("no Chromium on this machine; install it with: apt-get install chromium")
    folder = tmp_path_factory.mktemp("run") / "london-2025"
    arguments = ["run", "london-2025", "--draws", "2", "--out", str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def visit(report) -> Iterator[tuple[Page, list[str], list[str]]]:
    """Open the report and keep what it asked for and what it complained of."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and of no use without a browser

    requests: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = running.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.goto((report / "report.html").as_uri())
        page.wait_for_function("window.chokepoint !== undefined")
        yield page, requests, complaints
        running.close()


def drawn(page: Page, chart: str, mark: str, keys: tuple[str, ...], role: str) -> dict[tuple[str, ...], float]:
    """Return the numbers behind the shapes of one mark, by their keys; each must be drawn once."""
    rows = [row for row in page.evaluate(f"chokepoint.plotted('{chart}')") if row["mark"] == mark]
    found = {tuple(row[key] for key in keys): row[role] for row in rows if row[role] is not None}
    assert len(found) == len([row for row in rows if row[role] is not None])
    return found


def written(report: Path, table: str, keys: tuple[str, ...], value: str, **only: str) -> dict[tuple[str, ...], float]:
    """Return the numbers of a column of a table of the run, by their keys."""
    with (report / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] == word for name, word in only.items())]
    return {tuple(row[key] for key in keys): float(row[value]) for row in rows if row[value]}


def test_the_real_page_asks_nobody_and_complains_of_nothing(report, visit):
    _, requests, complaints = visit
    assert requests == [(report / "report.html").as_uri()]
    assert complaints == []


@pytest.mark.parametrize(("chart", "branch"), [("exports-1", "known-on-4-april"), ("exports-2", "with-london")])
@pytest.mark.parametrize(
    ("mark", "role", "column"),
    [
        ("median", "median", "median_t"),
        ("band", "low", "low_t"),
        ("band", "high", "high_t"),
        ("reported", "reported", "reported_t"),
        ("naive", "naive", "naive_t"),
    ],
)
def test_the_fan_of_exports_is_drawn_as_written(report, visit, chart, branch, mark, role, column):
    keys = ("destination", "month")
    said = written(report, "exports_fan", keys, column, branch=branch)
    assert len(said) > 20
    assert drawn(visit[0], chart, mark, keys, role) == said


@pytest.mark.parametrize(
    ("series", "mark", "role", "column"),
    [
        ("marginal", "value", "value", "marginal_usd_per_kg"),
        ("marginal", "band", "low", "low_usd_per_kg"),
        ("marginal", "band", "high", "high_usd_per_kg"),
        ("marginal", "quoted", "quoted", "quoted_usd_per_kg"),
        ("paid", "value", "value", "paid_usd_per_kg"),
    ],
)
def test_the_prices_are_drawn_as_written(report, visit, series, mark, role, column):
    page = visit[0]
    name_of = page.evaluate("JSON.parse(document.getElementById('payload').textContent).names")
    said = written(report, "prices", ("country", "month"), column, branch="with-london", good="dysprosium_oxide")
    shown = drawn(page, "prices", mark, ("series", "facet", "month"), role)
    assert said
    assert {key[1:]: value for key, value in shown.items() if key[0] == series} == {
        (name_of[country], month): value for (country, month), value in said.items()
    }


def test_the_losses_are_drawn_as_written(report, visit):
    keys = ("party", "component")
    page = visit[0]
    parties = {"EU27", "USA", "JPN", "KOR", "IND", "CHN"}
    for role, column in (("value", "median_usd"), ("low", "low_usd"), ("high", "high_usd")):
        said = written(report, "losses", keys, column, branch="with-london")
        said = {key: value for key, value in said.items() if key[0] in parties}
        if role == "value":
            shown = drawn(page, "losses", "value", keys, role) | drawn(page, "losses", "total", keys, role)
            assert len(said) == 4 * len(parties)
        else:
            said = {key: value for key, value in said.items() if key[1] == "total"}
            shown = drawn(page, "losses", "interval", keys, role)
        assert shown == said, column


def test_the_real_page_never_scrolls_a_phone_sideways(visit):
    page = visit[0]
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
