"""Fetch a publisher's file: only when asked, one request at a time, from where a broken attempt left off."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from chokepoint import __version__
from chokepoint.errors import ChokepointError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from email.message import Message
    from pathlib import Path
    from typing import Protocol

    class Answer(Protocol):
        """What is read of an HTTP answer."""

        status: int
        headers: http.client.HTTPMessage

        def read(self, amount: int) -> bytes:
            """Read at most so many bytes."""
            ...


USER_AGENT = f"chokepoint/{__version__} (research software; one request at a time)"
CHUNK_BYTES = 1 << 18
TIMEOUT_S = 60.0
WAITS_S = (1.0, 4.0, 15.0, 60.0)
"""How long to wait before each further attempt; a server that names a time is given that time."""

LONGEST_WAIT_S = 300.0
WORTH_ANOTHER = frozenset({408, 425, 429, 500, 502, 503, 504})
PARTIAL, FROM_START, NOTHING_MORE = 206, 200, 416
TOLD_EVERY = 50_000_000


class FetchError(ChokepointError):
    """A file could not be fetched; what was received is kept for the next attempt."""


class _BrokenOffError(Exception):
    """The connection ended before the file did, or the server asked to come back later."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        self.wait_s = wait_s
        super().__init__(reason)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A file that was fetched.

    Args:
        path: where it lies.
        address: where it came from.
        bytes: its size.
        sha256: its checksum.
        version: the server's mark of this version of the file (ETag or date); empty where it gives none.
    """

    path: str
    address: str
    bytes: int
    sha256: str
    version: str


def fetch(
    address: str,
    target: Path,
    say: Callable[[str], None],
    *,
    sha256: str = "",
    waits_s: Sequence[float] = WAITS_S,
) -> Fetched:
    """Fetch a file, or find that it is there already.

    What is received is kept beside the target (``.part``) until it is whole, so that the next attempt asks for the
    rest only, and only if the server still has the same version. A note beside the file holds its checksum.

    Args:
        address: an http or https address.
        target: where the file goes.
        say: told what goes on.
        sha256: the checksum it must have; empty where none is known.
        waits_s: waits before further attempts.

    Raises:
        FetchError: the server refuses, does not answer, or sends something else than the checksum says.
    """
    if not address.startswith(("https://", "http://")):
        message = f"{address}: only http and https addresses are fetched"
        raise FetchError(message)
    there = _there(target)
    if there is not None and there.address == address and (not sha256 or there.sha256 == sha256):
        say(f"{target.name} is there already (SHA-256 {there.sha256[:16]}...)")
        return there
    target.parent.mkdir(parents=True, exist_ok=True)
    version = None
    for wait_s in (*waits_s, None):
        try:
            version = _receive(address, target, say)
        except _BrokenOffError as error:
            if wait_s is None:
                message = f"{address}: {error}; what was received is kept, and the next attempt goes on from there"
                raise FetchError(message) from error
            pause_s = min(error.wait_s if error.wait_s is not None else wait_s, LONGEST_WAIT_S)
            say(f"{error}; trying again in {pause_s:.0f} s")
            time.sleep(pause_s)
        else:
            break
    return _settle(address, target, version or "", sha256)


def _there(target: Path) -> Fetched | None:
    """Return what the note beside a file says, if the file is still what was fetched."""
    note = _note(target)
    if not (note.is_file() and target.is_file()):
        return None
    try:
        fetched = Fetched(**json.loads(note.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None
    return fetched if target.stat().st_size == fetched.bytes and _sha256(target) == fetched.sha256 else None


def _note(target: Path) -> Path:
    return target.with_name(f"{target.name}.fetched.json")


def _receive(address: str, target: Path, say: Callable[[str], None]) -> str:
    """Receive the rest of a file into its ``.part``; return the server's mark of the version."""
    part, mark = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part.version")
    had = part.stat().st_size if part.is_file() and mark.is_file() else 0
    request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT})  # noqa: S310 - http and https only
    if had:
        request.add_header("Range", f"bytes={had}-")
        request.add_header("If-Range", mark.read_text(encoding="utf-8"))
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - http and https only
            return _keep(answer, part, mark, had, say)
    except urllib.error.HTTPError as error:
        if error.code == NOTHING_MORE:
            part.unlink()
            msg = "the file changed while it was fetched"
            raise _BrokenOffError(msg, 0.0) from error
        if error.code in WORTH_ANOTHER:
            msg = f"the server answers {error.code} {error.reason}"
            raise _BrokenOffError(msg, _seconds(error.headers)) from error
        message = (
            f"{address}: the server answers {error.code} {error.reason}; look on the publisher's page whether it moved"
        )
        raise FetchError(message) from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        msg = f"no connection ({getattr(error, 'reason', error)})"
        raise _BrokenOffError(msg) from error


def _keep(answer: Answer, part: Path, mark: Path, had: int, say: Callable[[str], None]) -> str:
    """Write an answer to the end of what is there, or from the start where the server sends it whole."""
    resumed = had if answer.status == PARTIAL else 0
    if resumed:
        say(f"going on after {resumed / 1e6:.1f} MB")
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    # A weak mark does not promise the same bytes, so nothing is resumed on it.
    if version and not version.startswith("W/"):
        mark.write_text(version, encoding="utf-8")
    else:
        mark.unlink(missing_ok=True)
    length = answer.headers.get("Content-Length")
    whole = resumed + int(length) if length and length.isdigit() else None
    done = told = resumed
    with part.open("ab" if resumed else "wb") as file:
        while chunk := answer.read(CHUNK_BYTES):
            file.write(chunk)
            done += len(chunk)
            if done - told >= TOLD_EVERY:
                told = done
                say(f"{done / 1e6:.0f} MB" + (f" of {whole / 1e6:.0f}" if whole else ""))
    if whole is not None and done < whole:
        msg = f"the connection broke off after {done} of {whole} bytes"
        raise _BrokenOffError(msg)
    return version


def _seconds(headers: Message) -> float | None:
    """Return the seconds a server asks to wait; None where it names none, or a date."""
    named = headers.get("Retry-After", "")
    return float(named) if named.isdigit() else None


def _settle(address: str, target: Path, version: str, sha256: str) -> Fetched:
    """Check what was received and let it take its place."""
    part = target.with_name(f"{target.name}.part")
    found = _sha256(part)
    target.with_name(f"{target.name}.part.version").unlink(missing_ok=True)
    if sha256 and found != sha256.casefold():
        part.unlink()
        message = f"{address}: SHA-256 {found}, expected {sha256}; nothing was kept"
        raise FetchError(message)
    fetched = Fetched(path=str(target), address=address, bytes=part.stat().st_size, sha256=found, version=version)
    part.replace(target)
    _note(target).write_text(json.dumps(asdict(fetched), indent=1) + "\n", encoding="utf-8")
    return fetched


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
