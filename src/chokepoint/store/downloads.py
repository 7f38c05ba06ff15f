"""Which publishers offer a stable public download, and where."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file a publisher offers.

    Args:
        publisher: its key.
        file: name to keep it under.
        address: where it is.
        holds: what it holds.
    """

    publisher: str
    file: str
    address: str
    holds: str


def download_of(publisher: str, chosen: Mapping[str, str], table: Path | None = None) -> Download:
    """Return the download of a publisher.

    Args:
        publisher: its key.
        chosen: what to put in place of the words the table leaves open (``revision``, ``edition``, ``series``).
        table: the table of downloads; None takes the one that ships.

    Raises:
        DataError: no download of that publisher is known, or a word that could lead elsewhere.
    """
    source = table or resources.files("chokepoint") / "data" / "downloads.json"
    known = cast("list[dict[str, str]]", json.loads(source.read_text(encoding="utf-8")))
    entry = next((each for each in known if each["publisher"] == publisher), None)
    if entry is None:
        keys = sorted(each["publisher"] for each in known)
        remedy = f"{did_you_mean(publisher, keys)} For others, download the file from the publisher and add it"
        raise DataError(
            [
                Problem(
                    where="NAME", found=f"'{publisher}'", expected="a publisher with a public download", remedy=remedy
                )
            ]
        )
    words = {**entry, **chosen}
    odd = [f"{name} '{word}'" for name, word in chosen.items() if not WORD.fullmatch(word)]
    if odd:
        raise DataError(
            [
                Problem(
                    where="options",
                    found=", ".join(odd),
                    expected="letters and digits",
                    remedy="write it as the publisher does (HS17, 202601)",
                )
            ]
        )
    return Download(
        publisher=publisher,
        file=entry["file"].format(**words),
        address=entry["address"].format(**words),
        holds=entry["holds"],
    )
