"""Know a file again: at a glance by size, date and both ends, and for certain by its checksum."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from chokepoint.store.dataset import Stamp

if TYPE_CHECKING:
    from pathlib import Path

    from chokepoint.sources.opening import Part

END_BYTES = 1 << 20
CHUNK_BYTES = 1 << 22


def stamp_of(path: Path) -> Stamp:
    """Return what a file looks like; reads two MiB at most."""
    status = path.stat()
    digest = hashlib.sha256()
    with path.open("rb") as file:
        digest.update(file.read(END_BYTES))
        if status.st_size > END_BYTES:
            file.seek(max(END_BYTES, status.st_size - END_BYTES))
            digest.update(file.read(END_BYTES))
    return Stamp(bytes=status.st_size, changed_ns=status.st_mtime_ns, ends=digest.hexdigest())


def checksum_of(part: Part) -> str:
    """Return a checksum of a table's content: the zip's own, where it lies in one, or SHA-256 of its file."""
    if part.crc is not None:
        return f"crc32:{part.crc:08x}:{part.bytes}"
    digest = hashlib.sha256()
    with part.file.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return f"sha256:{digest.hexdigest()}" + (f":{part.sheet}" if part.sheet else "")
