"""The data dictionary: every bundled table and column, written from the row models and the data package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from chokepoint.records.chain_rows import (
    ChainGoodRow,
    ChainWorldRow,
    CodeRow,
    CountRow,
    MixedCodeRow,
    SectorRow,
    StepRow,
)
from chokepoint.records.outcomes import ExportRow
from chokepoint.records.preregistered import ForecastRow
from chokepoint.records.rows import (
    BlocRow,
    ContractRow,
    CorrectionRow,
    DepositRow,
    EvidenceRow,
    FlowRow,
    GoodRow,
    ParameterRow,
    ProductionRow,
    ProjectRow,
    RecipeRow,
    Row,
    StoreRow,
    TotalRow,
    UseRow,
    WorldRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from pydantic.fields import FieldInfo

MODELS: tuple[type[Row], ...] = (
    BlocRow,
    ChainGoodRow,
    ChainWorldRow,
    CodeRow,
    ContractRow,
    CorrectionRow,
    CountRow,
    DepositRow,
    EvidenceRow,
    ExportRow,
    FlowRow,
    ForecastRow,
    GoodRow,
    MixedCodeRow,
    ParameterRow,
    ProductionRow,
    ProjectRow,
    RecipeRow,
    SectorRow,
    StepRow,
    StoreRow,
    TotalRow,
    UseRow,
    WorldRow,
)
"""The models of lines; a model describes the tables whose name and columns are its own."""

HEADING = """# Data dictionary

Every table that ships with the package, under `src/chokepoint/data/`. This page is written by
`chokepoint.records.dictionary` from the row models and `datapackage.json`; a test says when it is out of date.
An empty cell says that nothing is known, never zero. Sources are keys of `references.bib`; what the grades mean
stands in [grades](grades.md).
"""


def data_dictionary(folder: Traversable) -> str:
    """Return the dictionary as Markdown.

    Args:
        folder: a data folder with its ``datapackage.json``.
    """
    package = json.loads(folder.joinpath("datapackage.json").read_text(encoding="utf-8"))
    parts = [HEADING]
    for paths, title, fields in _kinds_of_table(package["resources"]):
        parts.append(_section(paths, title, fields, _model(paths[0], {field["name"] for field in fields})))
    return "\n".join(parts)


def _model(path: str, columns: set[str]) -> type[Row] | None:
    """Return the model of a table's lines, if it has one."""
    names = {path.removesuffix(".csv"), path.partition("/")[0].removesuffix(".csv")}
    fitting = (model for model in MODELS if model.table in names and columns <= set(model.model_fields))
    return next(fitting, None)


def _kinds_of_table(
    resources: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[list[str], str, Sequence[Mapping[str, str]]]]:
    """Return tables of one folder with the same columns as one kind: paths, title, columns."""
    kinds: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for each in resources:
        folder = each["path"].rpartition("/")[0]
        columns = tuple(field["name"] for field in each["schema"]["fields"])
        kinds.setdefault((folder or each["path"], *columns), []).append(each)
    for same in kinds.values():
        title = same[0]["title"] if len(same) == 1 else ""
        yield [each["path"] for each in same], title, same[0]["schema"]["fields"]


def _section(paths: list[str], title: str, fields: Sequence[Mapping[str, str]], model: type[Row] | None) -> str:
    name = paths[0] if len(paths) == 1 else f"{paths[0].rpartition('/')[0]}/ ({len(paths)} tables)"
    lines = [f"## {name}", ""]
    lines += [f"{title}.", ""] if title else []
    lines += [_sentence(model), ""] if model and model.__doc__ else []
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [_line(field, model.model_fields.get(field["name"]) if model else None) for field in fields]
    return "\n".join([*lines, ""])


def _sentence(model: type[Row]) -> str:
    return " ".join((model.__doc__ or "").split("\n\n", maxsplit=1)[0].split()).replace("``", "`")


def _line(field: Mapping[str, str], known: FieldInfo | None) -> str:
    choices = _choices(known)
    meaning = "; ".join(each for each in (field.get("description", ""), f"one of {choices}" if choices else "") if each)
    return f"| `{field['name']}` | {field['type']} | {meaning.replace('|', ' or ')} |"


def _choices(known: FieldInfo | None) -> str:
    annotation = known.annotation if known is not None else None
    return ", ".join(f"`{each}`" for each in get_args(annotation)) if get_origin(annotation) is Literal else ""
