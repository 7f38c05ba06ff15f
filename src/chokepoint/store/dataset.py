"""One table of one publisher in the store, and the note that says what it is."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOTE = "dataset.json"
TRADE, FACTS = "trade.parquet", "facts.parquet"
FORMAT = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What a file looked like when it was brought in, so that the same one is known again without reading it whole.

    Args:
        bytes: its size.
        changed_ns: when it was last changed, in nanoseconds.
        ends: checksum of its first and last MiB.
    """

    bytes: int
    changed_ns: int
    ends: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """One table of one publisher, as it stands in the store.

    Args:
        key: name of its folder.
        publisher: key of the publisher.
        layout: name of the layout it was read in.
        edition, revision: of the release, and of the classification.
        part: the file, or the member or sheet of it, that was read.
        file: name of the file it came in.
        stamp: what that file looked like.
        checksum: of the table's content: SHA-256, or the zip's own CRC and size.
        rows: how many were kept.
        years: first and last year.
        without_quantity: how many of the rows have no quantity.
        skipped: lines left out, by reason.
        is_whole: whether it holds all trade of its years.
        added: when it was brought in (UTC).
    """

    key: str
    publisher: str
    layout: str
    edition: str
    revision: str
    part: str
    file: str
    stamp: Stamp
    checksum: str
    rows: int
    years: tuple[int, int]
    without_quantity: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict[str, int])
    is_whole: bool = False
    added: str

    @property
    def title(self) -> str:
        """Publisher, revision and edition in words."""
        return " ".join(each for each in (self.publisher, self.revision, self.edition) if each)

    @property
    def trade_source(self) -> str:
        """Key of the source that trade read from it names (``baci_202601``)."""
        return f"{self.publisher}_{self.edition}" if self.edition else self.publisher


def write_note(dataset: Dataset, folder: Path) -> None:
    """Write what a dataset is beside its data."""
    content = {"format": FORMAT} | dataclasses.asdict(dataset)
    (folder / NOTE).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_note(folder: Path) -> Dataset:
    """Read what a dataset is.

    Raises:
        DataError: the note is missing, damaged or of another version.
    """
    path = folder / NOTE
    try:
        content = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        version = content.pop("format")
        stamp = Stamp(**content.pop("stamp"))
        first, last = content.pop("years")
        dataset = Dataset(**content, stamp=stamp, years=(first, last))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError([_unreadable(path, f"a note that cannot be read ({type(error).__name__})")]) from error
    if version != FORMAT:
        raise DataError([_unreadable(path, f"format {version}")])
    return dataset


def _unreadable(path: Path, found: str) -> Problem:
    remedy = f"remove the folder {path.parent.name} and add its file again"
    return Problem(where=str(path), found=found, expected=f"what this version writes (format {FORMAT})", remedy=remedy)


def datasets_in(folder: Path) -> tuple[Dataset, ...]:
    """Read the notes of all datasets in a store; what is being written, or was left by a killed run, is none."""
    if not folder.is_dir():
        return ()
    return tuple(
        read_note(each) for each in sorted(folder.iterdir()) if each.is_dir() and not each.name.startswith(".")
    )
