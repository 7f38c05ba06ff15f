"""Which half an article belongs to, by its name alone; articles once held out and since opened are to tune with."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

TUNE, HELD_OUT = "tune", "held_out"
SPENT = Path(__file__).resolve().parent / "corpus" / "spent.txt"


@cache
def spent() -> frozenset[str]:
    """Return the slugs once held out that have been opened."""
    return frozenset(line for line in SPENT.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def hashed_part(slug: str) -> str:
    """Return ``tune`` where the SHA-256 of the slug is an even number, else ``held_out``."""
    return HELD_OUT if hashlib.sha256(slug.encode("utf-8")).digest()[-1] % 2 else TUNE


def part_of(slug: str) -> str:
    """Return ``tune`` where the slug is spent or its SHA-256 is an even number, else ``held_out``."""
    return TUNE if slug in spent() else hashed_part(slug)
