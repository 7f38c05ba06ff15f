"""The built page belongs to its sources and stays small."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from chokepoint.report import render_html
from chokepoint.tables import Column, Table
from tests.browser.sample_payload import sample_payload

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "page"
STATIC = ROOT / "src" / "chokepoint" / "report" / "static"
LARGEST_BUNDLE_BYTES = 450_000


def digest_of_sources() -> str:
    names = sorted([*(path.relative_to(PAGE).as_posix() for path in (PAGE / "src").iterdir()), "package.json"])
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (PAGE / name).read_bytes() + b"\0")
    return digest.hexdigest()


def test_the_built_page_was_built_from_the_sources_beside_it():
    expected = f"/* chokepoint page, sources {digest_of_sources()};"
    for name in ("page.js", "page.css"):
        built = (STATIC / name).read_text(encoding="utf-8")
        assert built.startswith(expected), f"{name} is stale: in page/ run npm ci and npm run build"


def test_the_built_page_is_small_and_carries_its_licences():
    assert (STATIC / "page.js").stat().st_size < LARGEST_BUNDLE_BYTES
    licences = (STATIC / "page.js.LICENSES.txt").read_text(encoding="utf-8")
    for package in ("@observablehq/plot", "d3-array", "d3-scale", "d3-shape"):
        assert f"\n{package} " in licences


def test_the_page_names_no_file_and_no_address_to_fetch():
    html = render_html(sample_payload())
    policy = html.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert 'src="' not in html.split("<script")[0]
    assert html.count("<link ") == 1
    assert '<link rel="icon" href="data:,">' in html


def test_a_very_long_table_is_cut_and_says_so():
    sample = sample_payload()
    table = Table(
        name="sample", title="long", columns=(Column(name="row"),), rows=tuple((float(row),) for row in range(3000))
    )
    html = render_html(replace(sample, tables={**sample.tables, "long": table}))
    assert "The first 600 of 3000 rows; the file <code>long.csv</code> holds them all." in html
