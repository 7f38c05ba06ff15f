"""Where compiled kernels are kept, and the word to the user while they are being compiled.

Numba recompiles a cached function when its own file changes, not when a function it calls changes in
another file: a stale kernel would return wrong numbers in silence. So the cache lives in a folder named
after the hash of all kernel sources, the Python and the Numba that made it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numba
from numba.core import config

if TYPE_CHECKING:
    from collections.abc import Generator


def user_cache() -> Path:
    """Return the user's cache folder (XDG, Windows, or a temporary one where neither can be written)."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    folder = Path(named) if named else Path.home() / ".cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def cache_folder() -> Path:
    """Return the folder of the kernels of exactly these sources."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(f"{sys.version}{numba.__version__}{platform.machine()}{platform.processor()}".encode())
    return user_cache() / "chokepoint" / f"kernels-{digest.hexdigest()[:16]}"


def is_compiled() -> bool:
    """Say whether the kernels are ready, so that the first clearing starts at once."""
    return any(cache_folder().rglob("*clear_range*.nbc"))


@contextmanager
def kernels_kept_apart() -> Generator[None]:
    """Let functions defined inside keep their compiled form in :func:`cache_folder`."""
    settings = config.__dict__  # Numba ships no types
    before = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = str(cache_folder())
    try:
        yield
    finally:
        settings["CACHE_DIR"] = before
