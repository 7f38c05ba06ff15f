"""Where the publishers' files lie, when they are there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "chokepoint" / "data"
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the publishers' files are not beside the repository"
)


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV as text; an NA stays an NA."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
