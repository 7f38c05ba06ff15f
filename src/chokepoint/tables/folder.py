"""Folders that appear whole or not at all, even when the program is killed while it fills them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Generator

MARK = ".chokepoint"
"""Lists the files of an output folder, so that a later run replaces its own files and nobody else's."""

STRAY = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file browsers leave behind unasked."""

PARTIAL, PREVIOUS = "partial", "previous"
MOST_NAMED = 5


@contextlib.contextmanager
def whole_folder(target: Path) -> Generator[Path]:
    """Fill a folder of its own, and let it take the target's place once everything is written.

    Until then the target holds what it held before. An exception, an interrupt or a killed process changes
    nothing there; what a killed one leaves beside it is cleared away by the next.

    Args:
        target: the folder to write. It may be missing, empty, or written by an earlier run.

    Yields:
        An empty folder beside the target, to be filled.

    Raises:
        DataError: the target cannot be replaced without losing somebody else's files.

    Example:
        >>> import tempfile
        >>> out = Path(tempfile.mkdtemp()) / "out"
        >>> with whole_folder(out) as folder:
        ...     _ = (folder / "answer.txt").write_text("42")
        ...     out.exists()
        False
        >>> (out / "answer.txt").read_text()
        '42'
    """
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _recover(target)
        refuse_foreign_files(target)
        partial = _beside(target, PARTIAL)
        partial.mkdir()
    except OSError as error:
        raise DataError([_not_writable(target, error)]) from error
    with _held(partial):
        try:
            yield partial
            _list_files(partial)
            _settle(partial)
            _take_the_place(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def refuse_foreign_files(target: Path) -> None:
    """Refuse to replace a folder that holds anything an earlier run did not write.

    Args:
        target: the folder somebody wants the output in. Call this before the work, not after it.

    Raises:
        DataError: the target is a file, the folder one stands in, or holds files of others.
    """
    target = target.resolve()
    remedy = "name a folder of its own with --out, such as out/london-2025"
    found = ""
    if target == Path.cwd() or target in Path.cwd().parents:
        found = "the folder you stand in, or one around it"
    elif target.is_dir():
        mark = target / MARK
        own = set(mark.read_text(encoding="utf-8").splitlines()) if mark.is_file() else set[str]()
        foreign = [name for name in _files(target) if name not in own and Path(name).name not in {MARK, *STRAY}]
        if foreign:
            more = f" and {len(foreign) - MOST_NAMED} more" if len(foreign) > MOST_NAMED else ""
            found = f"files that no earlier run wrote ({', '.join(foreign[:MOST_NAMED])}{more})"
    elif target.exists():
        found = "a file"
    if found:
        expected = "no such folder yet, an empty one, or the output of an earlier run, which is replaced as a whole"
        raise DataError([Problem(where=str(target), found=found, expected=expected, remedy=remedy)])


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _list_files(folder: Path) -> None:
    names = [name for name in _files(folder) if name != MARK]
    (folder / MARK).write_text("".join(f"{name}\n" for name in names), encoding="utf-8", newline="\n")


def _beside(target: Path, role: str) -> Path:
    return target.with_name(f".{target.name}.{role}-{secrets.token_hex(4)}")


def _left(target: Path, role: str) -> list[Path]:
    prefix = f".{target.name}.{role}-"
    return sorted(path for path in target.parent.iterdir() if path.name.startswith(prefix) and path.is_dir())


def _recover(target: Path) -> None:
    """Put back what a killed run had moved aside, and clear away what it had begun."""
    for previous in _left(target, PREVIOUS):
        if target.exists():
            shutil.rmtree(previous, ignore_errors=True)
        else:
            previous.rename(target)
    for partial in _left(target, PARTIAL):
        with contextlib.suppress(BlockingIOError, FileNotFoundError), _held(partial):
            shutil.rmtree(partial, ignore_errors=True)


def clear_abandoned(parent: Path) -> None:
    """Clear away what killed runs had begun beside the folders of a shelf, whichever folders those were.

    Args:
        parent: the folder that holds the shelf's folders; it may be missing.
    """
    if not parent.is_dir():
        return
    for partial in sorted(parent.glob(f".*.{PARTIAL}-*")):
        with contextlib.suppress(BlockingIOError, FileNotFoundError, NotADirectoryError), _held(partial):
            shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def _held(folder: Path) -> Generator[None]:
    """Hold a folder for as long as this process lives, so that no other run takes it for abandoned."""
    if sys.platform == "win32":  # pragma: no cover
        yield
        return
    import fcntl  # noqa: PLC0415 - not there on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _settle(folder: Path) -> None:
    """Wait until everything in a folder is on the disk, so that a power cut cannot leave empty files."""
    for path in (*folder.rglob("*"), folder):
        if path.is_dir() and sys.platform == "win32":  # pragma: no cover
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_the_place(partial: Path, target: Path) -> None:
    # Asked again: somebody may have put a file there while the run was at work.
    refuse_foreign_files(target)
    if not target.exists():
        partial.rename(target)
    elif not _exchange(partial, target):
        # No exchange in one step here: a kill between the two leaves the old folder whole, and _recover finds it.
        previous = _beside(target, PREVIOUS)
        target.rename(previous)
        partial.rename(target)
        shutil.rmtree(previous, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders swap names in one step, and say whether the system could."""
    if not sys.platform.startswith("linux"):
        return False
    here, swap = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return rename(here, os.fsencode(first), here, os.fsencode(second), swap) == 0


def _not_writable(target: Path, error: OSError) -> Problem:
    found = (error.strerror or type(error).__name__).lower()
    remedy = "choose a folder you may write to, with --out"
    return Problem(where=str(target), found=found, expected="a folder that can be written", remedy=remedy)
