"""What may come in: texts, pages and PDFs in any script; and what is refused in plain words."""

from __future__ import annotations

import io
import socket
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chokepoint.claims import extraction
from chokepoint.claims.reading import read
from chokepoint.claims.text import LARGEST, LONGEST, decoded, open_bytes, open_text
from chokepoint.cli import commands
from chokepoint.errors import ChokepointError, DataError
from tests.claims.library import golds, main_text, text_path

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2025-06-12"
PAGE = """<!doctype html><html><head><title>News</title></head><body>
<nav><a href='/'>Home</a> <a href='/b'>More</a></nav>
<article><h1>Ore of Zenda</h1><p>Ruritania mined nine tonnes of ore in the year, the ministry said on Monday.</p>
<p>Strelsau sold none of it abroad, and nobody asked the ministry why that was so.</p></article>
<footer>Contact us</footer></body></html>"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b" \n\t ", "an empty file"),
        (b"\0\1\2" * 99, "a binary file"),
        (bytes(range(1, 32)) * 40, "a binary file"),
        (b"PK\3\4\0\0" * 20, "a binary file"),
        (b"caf\xe9", "bytes that are no UTF-8"),
        ("Привет".encode("cp1251"), "bytes that are no UTF-8"),
        (b"\xff\xfea", "bytes that are no UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_plain_words(data, said):
    with pytest.raises(DataError, match=said):
        decoded("file", data)


@pytest.mark.parametrize(("length", "limit"), [(LARGEST + 1, LARGEST), (LONGEST + 1, LONGEST), (10_000_000, LONGEST)])
def test_a_text_longer_than_the_limit_is_refused_and_says_how_long_it_may_be(length, limit):
    with pytest.raises(DataError, match=f"expected at most {limit:,}; split it into a folder of articles"):
        open_bytes("file", (b"a line of a text\n" * (length // 17 + 1))[:length])


def test_a_long_page_with_little_text_is_read():
    page = PAGE.replace("</head>", f"<script>{'x = 1; ' * 500_000}</script></head>")
    assert open_bytes("page", page.encode()).text.startswith("Ore of Zenda")


def test_a_text_with_a_byte_order_mark_is_read():
    assert decoded("file", "Zenda".encode("utf-16")) == decoded("file", b"\xef\xbb\xbfZenda") == "Zenda"


def test_a_page_is_decoded_as_it_says_itself():
    head = '<html><head><meta charset="windows-1251"></head>'
    page = f"{head}<body><article><p>Стрельсау продал девять тонн руды.</p></article></body></html>"
    assert "Стрельсау" in open_bytes("page", page.encode("cp1251")).text


def test_the_server_goes_before_the_page_when_it_names_the_encoding():
    page = "<html><body><article><p>Zürich kaufte neun Tonnen Erz.</p></article></body></html>"
    assert "Zürich" in open_bytes("page", page.encode("latin-1"), "iso-8859-1").text


def test_a_page_of_only_navigation_is_refused():
    with pytest.raises(DataError, match="navigation and no running text"):
        open_text("page", "<html><body><nav><a href='/'>Home</a> <a href='/b'>More</a></nav></body></html>")


@pytest.mark.parametrize("is_library_there", [True, False])
def test_both_finders_give_the_same_text_and_keep_what_they_set_aside(monkeypatch, is_library_there):
    if is_library_there:
        pytest.importorskip("trafilatura", reason="the extra chokepoint[pages] is not installed")
    else:
        monkeypatch.setattr(extraction, "find_spec", lambda _name: None)
    article = open_text("page", PAGE)
    assert article.found_by == ("trafilatura" if is_library_there else "standard library")
    assert article.text == (
        "Ore of Zenda\n\nRuritania mined nine tonnes of ore in the year, the ministry said on Monday.\n\n"
        "Strelsau sold none of it abroad, and nobody asked the ministry why that was so.\n"
    )
    assert {"Home More", "Contact us"} <= set(article.aside)


@pytest.mark.parametrize("slug", [gold["slug"] for gold in golds() if gold["format"] == "html"])
def test_both_finders_give_the_expected_text_of_a_page_of_the_corpus(monkeypatch, slug):
    gold = next(each for each in golds() if each["slug"] == slug)
    page = text_path(gold).read_text("utf-8")
    found = {open_text("page", page).text}
    monkeypatch.setattr(extraction, "find_spec", lambda _name: None)
    assert {*found, open_text("page", page).text} == {main_text(gold)}


def pdf(*pages: tuple[str, ...]) -> bytes:
    """Write a PDF by hand: pages of lines in Helvetica, one below the other."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    bodies.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        drawn = "BT /F1 11 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        content = f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        where = f"/Contents {5 + 2 * number} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        bodies += [f"<< /Type /Page /Parent 2 0 R {where} >>", content]
    file = io.BytesIO(b"")
    file.write(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(bodies, start=1):
        places.append(file.tell())
        file.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = file.tell()
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    file.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R >>\n".encode())
    file.write(f"startxref\n{start}\n%%EOF\n".encode())
    return file.getvalue()


def test_a_pdf_becomes_paragraphs_without_its_running_heads(library):
    pytest.importorskip("pypdf", reason="the extra chokepoint[pdf] is not installed")
    body = ("China mined 270,000 ton-", "nes of rare earths in 2024, as was", "reported by the survey of the year.")
    pages = [("Strelsau Gazette, page 1", *body), ("Strelsau Gazette, page 2", "Nobody bought any of it in the year."),
             ("Strelsau Gazette, page 3", "The minister did not say why that was.")]  # fmt: skip
    article = open_bytes("gazette.pdf", pdf(*pages))
    assert article.found_by == "pypdf"
    assert article.aside == tuple(page[0] for page in pages)
    claim = read(article, library, DAY).claims[0]
    assert claim.text.startswith("China mined 270,000 tonnes of rare earths in 2024")
    assert article.text[claim.start : claim.end] == claim.text


def test_without_the_extra_a_pdf_is_refused_with_its_name(monkeypatch):
    monkeypatch.setattr(extraction, "find_spec", lambda _name: None)
    with pytest.raises(ChokepointError, match=r"pip install 'chokepoint\[pdf\]'"):
        open_bytes("gazette.pdf", pdf(("Zenda",)))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n%%EOF\n", b"%PDF-1.7 and nothing more", pdf(("",))])
def test_a_pdf_that_is_broken_or_holds_no_text_is_refused(data):
    pytest.importorskip("pypdf", reason="the extra chokepoint[pdf] is not installed")
    with pytest.raises(DataError, match="PDF"):
        open_bytes("gazette.pdf", data)


@pytest.mark.parametrize("name", ["page.html", "standard input"])
def test_a_piece_of_a_page_is_a_page(name):
    menu = "<div class=menu>" + "<a href='/x'>Cookies help us</a>" * 20 + "</div>"
    article = open_text(name, f"{menu}<p>Ruritania mined nine tonnes of ore in the year, the ministry said.</p>")
    assert article.text == "Ruritania mined nine tonnes of ore in the year, the ministry said.\n"
    with pytest.raises(DataError, match="navigation and no running text"):
        open_text(name, menu)


def test_a_file_named_as_a_page_without_a_tag_is_a_text_and_a_less_than_sign_makes_no_page():
    assert open_text("page.html", "Ore of Zenda.").text == "Ore of Zenda."
    assert open_text("text", "<3 tonnes of ore, and a <b in it.").found_by == ""


@pytest.mark.parametrize(
    "text",
    [
        "قالت بكين ذلك. 贝森特 met Лютнік. שלום.",
        "习近平\u202e reversed \u202c and \u200fשלום\u200e 2,6 тис. тонн.",  # noqa: RUF001 - Hebrew
        "े" * 500,
        "🙂" * 500,
        "." * 5000,
        "A" * 100_000,
        "1" * 200_000 + " tonnes of cobalt in Congo.",
        "China mined " + "9" * 400 + " thousand tonnes of gallium in 2024, and 9e999 kg of germanium.",
        "\u2028\u2029\x85 China.\r\nBeijing\rmined.",
        "((((" * 2000 + "China mined",
        '"' * 3001 + "said China",
    ],
)
def test_any_script_and_any_run_of_signs_is_read_without_breaking(library, text):
    reading = read(open_text("text", text), library, DAY)
    for each in (*reading.claims, *reading.names, *reading.quantities):
        assert reading.article.text[each.start : each.end] == each.text


def test_one_endless_sentence_is_read_to_its_end(library):
    text = "China mined cobalt and ores " * 1600
    reading = read(open_text("text", text), library, DAY)
    assert reading.claims[-1].end == len(text.rstrip())


def refuse_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        pytest.fail("the network was asked for")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_no_network_is_asked_unless_an_address_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    refuse_the_network(monkeypatch)
    monkeypatch.setenv("CHOKEPOINT_MODEL_KEY", "not for anybody")
    file = tmp_path / "article.txt"
    file.write_text("China mined 270,000 tonnes of rare earths in 2024; see http://localhost/ for more.", "utf-8")
    for options in (["--json"], ["--review"], ["--events"], ["--page", str(tmp_path / "page.html")], []):
        shown = CliRunner().invoke(commands, ["read", str(file), "--date", DAY, *options])
        assert shown.exit_code == 0, shown.output


@pytest.mark.parametrize("name", ["no-such-file.txt", "empty", "https://localhost:9/article"])
def test_what_cannot_be_opened_ends_with_exit_code_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    shown = CliRunner().invoke(commands, ["read", name, "--date", DAY])
    assert isinstance(shown.exception, DataError) or shown.exit_code == 2


def test_every_file_of_a_folder_that_cannot_be_read_is_named_at_once(tmp_path: Path):
    for name, data in (("a.txt", b""), ("b.txt", b"caf\xe9"), ("c.txt", b"Ruritania mined nine tonnes.")):
        (tmp_path / name).write_bytes(data)
    shown = CliRunner().invoke(commands, ["read", str(tmp_path), "--date", DAY])
    assert isinstance(shown.exception, DataError)
    assert [each.found.partition(" (")[0] for each in shown.exception.problems] == [
        "an empty file",
        "bytes that are no UTF-8",
    ]


@pytest.mark.parametrize(
    "tail",
    ["<!--" * 100_000, "<div>line " * 20_000, "</i></b>" * 50_000, "<" * 50_000, "<b class='" + "nav-" * 50_000 + "'>"],
)
def test_a_page_made_to_be_slow_is_read_at_once(tail):
    page = f"<html><body><article><p>Ruritania mined nine tonnes of ore in the year, they said.</p>{tail}"
    start = time.process_time()
    assert "Ruritania mined nine tonnes" in open_text("page", page).text
    assert time.process_time() - start < 5.0
