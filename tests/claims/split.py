"""Which half an article belongs to, by its name alone."""

from __future__ import annotations

import hashlib

TUNE, HELD_OUT = "tune", "held_out"


def part_of(slug: str) -> str:
    """Return ``tune`` where the SHA-256 of the slug is an even number, else ``held_out``."""
    return HELD_OUT if hashlib.sha256(slug.encode("utf-8")).digest()[-1] % 2 else TUNE
