from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from chokepoint.provenance import ASSUMED, GRADES
from tests.architecture.repository import PACKAGE, ROOT, committed_files, parsed, shown, source_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = PACKAGE / "data"
ENTRY = re.compile(r"^@(?!comment|string|preamble)\w+\{\s*([^,\s]+)\s*,", re.MULTILINE | re.IGNORECASE)
CITED = re.compile(r"\bSources?:\s*((?:[a-z][\w:-]*[a-z0-9])(?:,\s*[a-z][\w:-]*[a-z0-9])*)")


def reference_keys() -> list[str]:
    """Return the keys of references.bib, in order."""
    return ENTRY.findall((DATA / "references.bib").read_text("utf-8"))


def cited_in_docstrings() -> Iterator[tuple[str, str]]:
    """Yield (where, key) for each key after ``Source:`` in a string of the package."""
    for path in source_modules():
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                for keys in CITED.findall(node.value.value):
                    yield from ((f"{shown(path)}:{node.lineno}", key.strip()) for key in keys.split(","))


def cited_in_tables() -> Iterator[tuple[str, str]]:
    """Yield (where, key) for each cell of a ``source`` column under data/."""
    for path in (each for each in committed_files() if each.is_relative_to(DATA) and each.suffix == ".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if "source" in row:
                    yield f"{shown(path)}:{rows.line_num}", row["source"]


def sources_within(value: Any) -> Iterator[str]:
    """Yield every value under a key ``source`` in nested YAML."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"source", "sources"}:
                yield from [each] if isinstance(each, str) else each
            else:
                yield from sources_within(each)
    elif isinstance(value, list):
        for each in value:
            yield from sources_within(each)


def cited_in_files() -> Iterator[tuple[str, str]]:
    """Yield (where, key) for each ``source`` in the YAML files under data/."""
    for path in (each for each in committed_files() if each.is_relative_to(DATA) and each.suffix == ".yaml"):
        yield from ((shown(path), key) for key in sources_within(YAML(typ="safe").load(path)))


def test_every_source_cited_anywhere_is_in_the_references():
    known = {*reference_keys(), ASSUMED}
    cited = [*cited_in_docstrings(), *cited_in_tables(), *cited_in_files()]
    assert [f"{where} {key!r}" for where, key in cited if key not in known] == []


def test_no_reference_is_entered_twice():
    assert [key for key, count in Counter(reference_keys()).items() if count > 1] == []


def test_citations_in_docstrings_are_recognised():
    assert CITED.findall("Source: nash_1953, kalai_2013\n\nSource: iupac_2021.") == [
        "nash_1953, kalai_2013",
        "iupac_2021",
    ]
    assert list(sources_within({"a": [{"source": "x"}], "sources": ["y", "z"]})) == ["x", "y", "z"]


def test_every_grade_is_explained():
    text = (ROOT / "docs/reference/grades.md").read_text("utf-8")
    assert [grade for grade in GRADES if f"| `{grade}` |" not in text] == []


def test_every_good_is_in_the_glossary():
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    with (DATA / "goods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row.get("good") or row["code"] for row in rows]
    assert codes
    assert [code for code in codes if f"`{code}`" not in text] == []
