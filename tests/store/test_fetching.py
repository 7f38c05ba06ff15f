"""Fetching from a server on this machine: whole, in pieces, refused."""

from __future__ import annotations

import hashlib
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chokepoint.errors import DataError
from chokepoint.store.downloads import download_of
from chokepoint.store.fetching import FetchError, fetch

CONTENT = bytes(range(256)) * 4_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NO_WAITS = (0.0, 0.0)


class Shop(BaseHTTPRequestHandler):
    """Serves one file with ranges, and breaks off, refuses or changes its mind where a test says so."""

    def __init__(self, *args, script, asked, **kwargs) -> None:
        self.script, self.asked = script, asked
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        step = self.script.pop(0) if self.script else {}
        if "status" in step:
            self.send_response(step["status"])
            for name, value in step.get("headers", {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        mark = step.get("mark", '"one"')
        wanted = self.headers.get("Range", "")
        first = int(wanted[6:-1]) if wanted and self.headers.get("If-Range") == mark else 0
        self.send_response(206 if first else 200)
        self.send_header("ETag", mark)
        self.send_header("Content-Length", str(len(CONTENT) - first))
        self.end_headers()
        self.wfile.write(CONTENT[first : step.get("until", len(CONTENT))])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop():
    script, asked = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Shop, script=script, asked=asked))
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/file.zip", script, asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_arrives_whole_with_its_checksum_beside_it(shop, tmp_path):
    address, _, asked = shop
    fetched = fetch(address, tmp_path / "down" / "file.zip", print, sha256=SHA256)
    assert (tmp_path / "down" / "file.zip").read_bytes() == CONTENT
    assert (fetched.sha256, fetched.bytes, fetched.version) == (SHA256, len(CONTENT), '"one"')
    assert asked[0]["User-Agent"].startswith("chokepoint/")
    assert sorted(path.name for path in (tmp_path / "down").iterdir()) == ["file.zip", "file.zip.fetched.json"]


def test_a_file_that_is_there_is_not_asked_for_again(shop, tmp_path):
    address, _, asked = shop
    for _ in range(2):
        fetch(address, tmp_path / "file.zip", print)
    assert len(asked) == 1
    (tmp_path / "file.zip").write_bytes(b"spoilt")
    fetch(address, tmp_path / "file.zip", print)
    assert len(asked) == 2


def test_a_broken_connection_goes_on_where_it_broke(shop, tmp_path):
    address, script, asked = shop
    script += [{"until": 300_000}, {"until": 700_000}]
    said: list[str] = []
    fetch(address, tmp_path / "file.zip", said.append, sha256=SHA256, waits_s=NO_WAITS)
    assert [each.get("Range") for each in asked] == [None, "bytes=300000-", "bytes=700000-"]
    assert said[0] == f"the connection broke off after 300000 of {len(CONTENT)} bytes; trying again in 0 s"
    assert "going on after 0.3 MB" in said


def test_what_was_received_is_kept_for_the_next_command(shop, tmp_path):
    address, script, asked = shop
    script += [{"until": 300_000}]
    with pytest.raises(FetchError, match="bytes; what was received is kept, and the next attempt goes on from there"):
        fetch(address, tmp_path / "file.zip", print, waits_s=())
    assert not (tmp_path / "file.zip").exists()
    fetch(address, tmp_path / "file.zip", print, sha256=SHA256, waits_s=())
    assert asked[-1]["Range"] == "bytes=300000-"


def test_a_file_that_changed_in_between_is_taken_from_the_start(shop, tmp_path):
    address, script, _ = shop
    script += [{"until": 300_000, "mark": '"old"'}]
    fetch(address, tmp_path / "file.zip", print, sha256=SHA256, waits_s=NO_WAITS)
    assert (tmp_path / "file.zip").read_bytes() == CONTENT


def test_a_server_that_asks_to_come_back_later_is_given_its_time(shop, tmp_path):
    address, script, asked = shop
    script += [{"status": 503, "headers": {"Retry-After": "0"}}]
    said: list[str] = []
    fetch(address, tmp_path / "file.zip", said.append, waits_s=(30.0,))
    assert said[0] == "the server answers 503 Service Unavailable; trying again in 0 s"
    assert len(asked) == 2


def test_a_refusal_is_not_repeated(shop, tmp_path):
    address, script, asked = shop
    script += [{"status": 404}]
    with pytest.raises(FetchError, match=r"the server answers 404 Not Found; look on the publisher's page whether it"):
        fetch(address, tmp_path / "file.zip", print, waits_s=NO_WAITS)
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_another_checksum_than_expected_keeps_nothing(shop, tmp_path):
    address, _, _ = shop
    with pytest.raises(FetchError, match=f"SHA-256 {SHA256}, expected {'0' * 64}; nothing was kept"):
        fetch(address, tmp_path / "file.zip", print, sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_no_server_is_a_failure_in_words(tmp_path):
    with pytest.raises(FetchError, match=r"no connection \(.*\); what was received is kept"):
        fetch("http://127.0.0.1:9/file.zip", tmp_path / "file.zip", print, waits_s=())


def test_only_the_web_is_fetched_from(tmp_path):
    with pytest.raises(FetchError, match="only http and https addresses are fetched"):
        fetch("file:///etc/hostname", tmp_path / "x", print)


def test_the_address_follows_the_publisher_revision_and_edition():
    chosen = download_of("baci", {"revision": "HS92", "edition": "202701"})
    assert chosen.file == "BACI_HS92_V202701.zip"
    assert chosen.address.endswith("/BACI_HS92_V202701.zip")
    assert download_of("baci", {}).file == "BACI_HS17_V202601.zip"


def test_a_publisher_without_a_download_is_said_to_be_one():
    with pytest.raises(
        DataError, match="found 'comtrade'; expected a publisher with a public download; use one of: baci"
    ):
        download_of("comtrade", {})


def test_a_word_that_would_lead_elsewhere_is_refused():
    with pytest.raises(DataError, match=r"found edition '../x'; expected letters and digits"):
        download_of("baci", {"edition": "../x"})
