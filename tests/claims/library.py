"""Read the test corpus from its folder."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent / "corpus"


@cache
def golds() -> tuple[dict[str, Any], ...]:
    """Return the gold answers of every article, by slug."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.glob("*.gold.json")))


def text_path(gold: dict[str, Any]) -> Path:
    """Return the file a reader is given."""
    return CORPUS / f"{gold['slug']}.{gold['format']}"


def main_text(gold: dict[str, Any]) -> str:
    """Return the text the spans of the gold count in: for HTML the expected main text."""
    ending = "main.txt" if gold["format"] == "html" else gold["format"]
    return (CORPUS / f"{gold['slug']}.{ending}").read_text("utf-8")


@cache
def keys() -> dict[str, dict[str, str]]:
    """Return the list of records the gold answers name."""
    with (CORPUS / "keys.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}
