"""The project's own tables, read from the data folder with every problem found in them at once."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.provenance import ASSUMED, Figure
from chokepoint.records.rows import (
    BlocRow,
    ContractRow,
    CorrectionRow,
    DepositRow,
    EvidenceRow,
    FigureRow,
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
    investment_figure,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from pydantic_core import ErrorDetails

REFERENCE_KEY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,", re.MULTILINE)
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """Every table of a data folder, row by row in the order of the files."""

    worlds: tuple[WorldRow, ...]
    goods: tuple[GoodRow, ...]
    blocs: tuple[BlocRow, ...]
    recipes: tuple[RecipeRow, ...]
    production: tuple[ProductionRow, ...]
    flows: tuple[FlowRow, ...]
    uses: tuple[UseRow, ...]
    totals: tuple[TotalRow, ...]
    stores: tuple[StoreRow, ...]
    projects: tuple[ProjectRow, ...]
    deposits: tuple[DepositRow, ...]
    contracts: tuple[ContractRow, ...]
    parameters: tuple[ParameterRow, ...]
    corrections: tuple[CorrectionRow, ...]
    evidence: tuple[EvidenceRow, ...]

    @property
    def figure_rows(self) -> tuple[FigureRow, ...]:
        """Every row that is a figure."""
        return (
            *self.goods,
            *self.recipes,
            *self.production,
            *self.flows,
            *self.uses,
            *self.totals,
            *self.projects,
            *self.contracts,
            *self.parameters,
            *self.corrections,
            *self.evidence,
        )


@dataclass(kw_only=True, slots=True)
class Reader:
    """Reads tables one after the other and keeps what is wrong with them.

    Args:
        folder: the data folder.
        problems: what was found so far.
        places: where each row stands (``flows/ndfeb_magnet.csv:12``), by identity of the row.
    """

    folder: Traversable
    problems: list[Problem]
    places: dict[int, str]

    def read(self, path: str, model: type[R]) -> tuple[R, ...]:
        """Return the rows of one file that can be used, and note what is wrong with the others."""
        table = self.folder.joinpath(*path.split("/"))
        if not table.is_file():
            self.problems.append(
                Problem(
                    where=path,
                    found="no such file",
                    expected=f"the table {path} in the data folder",
                    remedy="add it, with only a header line if there is nothing to say",
                )
            )
            return ()
        lines = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), restkey="(beyond the header)")
        if not self._header_fits(path, model, lines.fieldnames or ()):
            return ()
        rows: list[R] = []
        for line in lines:
            try:
                row = model.model_validate(line)
            except ValidationError as error:
                where = f"{path}:{lines.line_num}"
                self.problems.extend(_problem(where, each, line) for each in error.errors())
            else:
                rows.append(row)
                self.places[id(row)] = f"{path}:{lines.line_num}"
        return tuple(rows)

    def _header_fits(self, path: str, model: type[Row], header: Sequence[str]) -> bool:
        """Report missing and unknown columns once, not on every line."""
        needed = {name for name, field in model.model_fields.items() if field.is_required()}
        known = set(model.model_fields)
        for column in sorted(needed - set(header)):
            self.note(f"{path}:1", f"no column '{column}'", "every key and figure column", did_you_mean(column, header))
        for column in sorted(set(header) - known):
            self.note(f"{path}:1", f"column '{column}'", "a known column", did_you_mean(column, known))
        return needed <= set(header) <= known

    def note(self, where: str, found: str, expected: str, remedy: str) -> None:
        """Keep one problem."""
        self.problems.append(Problem(where=where, found=found, expected=expected, remedy=remedy))

    def known(self, rows: Iterable[R], column: str, words: Iterable[str]) -> None:
        """Note every row whose cell is none of the known words; several words are parted by ``;``."""
        known = set(words)
        for row in rows:
            for word in str(getattr(row, column)).split(";"):
                if word and word not in known:
                    where = f"{self.places[id(row)]} column {column}"
                    self.note(where, f"'{word}'", f"a known {column}", did_you_mean(word, known))

    def once(self, rows: Iterable[FigureRow]) -> None:
        """Note every figure that is given twice."""
        first: dict[str, str] = {}
        for row in rows:
            where, name = self.places[id(row)], row.figure_name
            if name in first:
                self.note(where, f"{name} again", f"each figure once; it stands in {first[name]}", "delete one of them")
            first.setdefault(name, where)


def read_tables(folder: Traversable, countries: Iterable[str]) -> Tables:
    """Read every table of a data folder.

    Args:
        folder: holds ``goods.csv``, ``flows/`` and the other tables.
        countries: known country codes, ``ROW`` among them.

    Raises:
        DataError: a row that does not fit its table, a source that is not in ``references.bib``, an unknown
            good, kind or country, or a figure given twice; all of them at once.
    """
    reader = Reader(folder=folder, problems=[], places={})
    tables = Tables(
        worlds=reader.read("worlds.csv", WorldRow),
        goods=reader.read("goods.csv", GoodRow),
        blocs=reader.read("blocs.csv", BlocRow),
        recipes=reader.read("recipes.csv", RecipeRow),
        production=reader.read("production.csv", ProductionRow),
        flows=tuple(row for path in _flow_files(folder) for row in reader.read(path, FlowRow)),
        uses=reader.read("uses.csv", UseRow),
        totals=reader.read("totals.csv", TotalRow),
        stores=reader.read("stores.csv", StoreRow),
        projects=reader.read("projects.csv", ProjectRow),
        deposits=reader.read("deposits.csv", DepositRow),
        contracts=reader.read("contracts.csv", ContractRow),
        parameters=reader.read("parameters.csv", ParameterRow),
        corrections=reader.read("magnet_export_correction.csv", CorrectionRow),
        evidence=reader.read("evidence.csv", EvidenceRow),
    )
    _cross_check(reader, tables, set(countries))
    if reader.problems:
        raise DataError(reader.problems)
    return tables


def figures_of(tables: Tables) -> Mapping[str, Figure]:
    """Return every figure of the tables by name."""
    figures = {row.figure_name: row.figure() for row in tables.figure_rows}
    return figures | {each.name: each for row in tables.projects for each in (*row.figures, *investment_figure(row))}


def _flow_files(folder: Traversable) -> list[str]:
    names = sorted(each.name for each in folder.joinpath("flows").iterdir())
    return [f"flows/{name}" for name in names if name.endswith(".csv")]


def _cross_check(reader: Reader, tables: Tables, countries: set[str]) -> None:
    goods = {row.good for row in tables.goods}
    kinds = {row.kind for row in tables.recipes}
    references = set(REFERENCE_KEY.findall(reader.folder.joinpath("references.bib").read_text(encoding="utf-8")))
    figures = tables.figure_rows
    names = {row.figure_name for row in figures}
    reader.once(figures)
    reader.known(figures, "source", references | {ASSUMED})
    reader.known(tables.deposits, "source", references)
    reader.known(tables.deposits, "country", countries)
    reader.known(figures, "inputs", names)
    reader.known(tables.worlds, "goods", goods)
    for good_rows in (tables.recipes, tables.flows, tables.uses, tables.stores):
        reader.known(good_rows, "good", goods)
    for kind_rows in (tables.production, tables.projects):
        reader.known(kind_rows, "kind", kinds)
    for country_rows in (tables.blocs, tables.recipes, tables.production, tables.uses, tables.stores, tables.projects):
        reader.known(country_rows, "country", countries)
    reader.known(tables.projects, "buyers", countries)
    reader.known(tables.projects, "feed", countries)
    for lane_rows in (tables.flows, tables.totals):
        reader.known(lane_rows, "exporter", countries)
        reader.known(lane_rows, "importer", countries)
    reader.known(tables.totals, "of", goods | kinds)


def _problem(where: str, error: ErrorDetails, line: Mapping[str, object]) -> Problem:
    """Say what pydantic found in the field's words."""
    column = str(error["loc"][0]) if error["loc"] else ""
    cell = line.get(column)
    place = f"{where} column {column}" if column else where
    if column == "source" and not cell:
        return Problem(
            where=place,
            found="no source",
            expected="a key of references.bib, or 'assumed' with a reason",
            remedy="say who says so",
        )
    if error["type"] == "float_parsing":
        return Problem(where=place, found=f"'{cell}'", expected="a number", remedy="write digits with a decimal point")
    wanted = error["msg"].removeprefix("Value error, ")
    found = (
        f"'{cell}'"
        if column
        else ", ".join(f"{key} '{line[key]}'" for key in ("low", "value", "high", "source", "grade") if key in line)
    )
    return Problem(where=place, found=found, expected=wanted, remedy="correct the line")
