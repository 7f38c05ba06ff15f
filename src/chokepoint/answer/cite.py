"""``chokepoint cite``: the references of exactly what was used, as BibTeX and as plain text."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from chokepoint import bundle
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.facts import load_facts
from chokepoint.provenance import ASSUMED
from chokepoint.records.references import Reference, read_entries, read_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from chokepoint.store import Store

SOURCE = "source"


class _WorldJson(TypedDict):
    """What ``run.json`` says of its world; the editions are absent where an earlier version wrote it."""

    name: str
    editions: NotRequired[list[dict[str, str]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Citations:
    """References in the order of the bibliography.

    Args:
        keys: of the references.
        plain: one line each.
        bibtex: their entries as the bibliography has them.
    """

    keys: tuple[str, ...]
    plain: tuple[str, ...]
    bibtex: str

    @property
    def text(self) -> str:
        """Both, for a terminal."""
        lines = "\n".join(self.plain)
        return f"{lines}\n\n{self.bibtex}" if self.keys else "nothing rests on a published source\n"


def cite(
    keys: Iterable[str], folder: Traversable | None = None, also: Mapping[str, Reference] = MappingProxyType({})
) -> Citations:
    """Return the references of some keys; what is assumed has none.

    Args:
        keys: of ``references.bib``; several may stand in one, parted by ``;``.
        folder: a data folder; left out, the one that ships.
        also: references beside the bibliography: of a user's store or figures.

    Raises:
        DataError: a key that is not in the bibliography.
    """
    bibliography = (folder or bundle.data_folder()) / "references.bib"
    wanted = {key.strip() for each in keys for key in each.split(";")} - {ASSUMED, ""}
    entries = {key: each.entry for key, each in also.items()} | read_entries(bibliography)
    references = dict(also) | read_references(bibliography)
    unknown = sorted(wanted - set(entries))
    if unknown:
        raise DataError(
            Problem(
                where="references.bib",
                found=f"no entry '{key}'",
                expected="an entry for every source that was used",
                remedy=did_you_mean(key, entries),
            )
            for key in unknown
        )
    kept = tuple(key for key in entries if key in wanted)
    return Citations(
        keys=kept,
        plain=tuple(f"[{key}] {references[key]}" for key in kept),
        bibtex="\n".join(f"{entries[key]}\n" for key in kept),
    )


def keys_of_run(folder: Path) -> set[str]:
    """Return the sources of a finished run: of its figures, acts, talks and the reported figures beside it.

    Raises:
        DataError: the folder is not that of a run.
    """
    record, table = folder / "run.json", folder / "tables" / "sources.csv"
    if not record.is_file():
        expected = "the folder of a run, as `chokepoint run` writes it"
        raise DataError(
            [
                Problem(
                    where=str(folder), found="no run.json", expected=expected, remedy="name the folder given to --out"
                )
            ]
        )
    found = set(_sources(json.loads(record.read_text(encoding="utf-8"))))
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            found |= {row["key"] for row in csv.DictReader(file)}
    return found


def references_of_run(folder: Path) -> dict[str, Reference]:
    """Return the references of the editions a run's world rested on, as it recorded them."""
    record = cast("dict[str, _WorldJson]", json.loads((folder / "run.json").read_text(encoding="utf-8")))
    world = record.get("world", _WorldJson(name="", editions=[]))
    said = {each["source"]: each["citation"] for each in world.get("editions", [])}
    recorded = {key: Reference(key=key, author="", title=text, year="", note="") for key, text in said.items()}
    return recorded | references_of_world(world["name"])


def references_of_world(name: str) -> dict[str, Reference]:
    """Return the references in a world's own folder; nothing for a bundled one."""
    bibliography = Path(name, "references.bib")
    return read_references(bibliography) if name and bibliography.is_file() else {}


def keys_of_world(name: str) -> set[str]:
    """Return the sources of the figures of a bundled world.

    Raises:
        DataError: no world goes by that name.
    """
    return {figure.source for figure in bundle.load(name).figures.values()}


def keys_of_mineral(text: str, store: Store | None = None) -> set[str]:
    """Return the sources of every fact and trade figure of a mineral, those of a user's store among them.

    Raises:
        DataError: no mineral goes by that name.
    """
    facts = load_facts(store=store)
    code = facts.resolve(text)
    if code is None:
        remedy = facts.suggest(text)
        raise DataError([Problem(where="--mineral", found=f"'{text}'", expected="a known mineral", remedy=remedy)])
    codes = {each.hs6 for each in facts.minerals[code].hs}
    index = (bundle.data_folder() / "trade" / "index.csv").read_text(encoding="utf-8").splitlines()
    traded = {row["source"] for row in csv.DictReader(index) if row["hs6"] in codes}
    return traded | {each.source for each in facts.facts if each.mineral == code}


def all_keys() -> set[str]:
    """Return every key of the bibliography."""
    return set(read_entries(bundle.data_folder() / "references.bib"))


def _sources(value: object) -> Iterator[str]:
    """Yield every text under the name ``source`` in nested JSON."""
    if isinstance(value, dict):
        for name, each in cast("dict[str, object]", value).items():
            if name == SOURCE and isinstance(each, str):
                yield each
            else:
                yield from _sources(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _sources(each)
