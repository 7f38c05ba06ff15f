"""The tables of chains, read with every problem found in them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import DataError
from chokepoint.provenance import ASSUMED
from chokepoint.records.chain_rows import (
    ChainGoodRow,
    ChainWorldRow,
    CodeRow,
    CountRow,
    MixedCodeRow,
    SectorRow,
    StepRow,
)
from chokepoint.records.rows import FlowRow, ParameterRow, ProductionRow, RecipeRow
from chokepoint.records.tables import REFERENCE_KEY, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from chokepoint.records.rows import FigureRow

FOLDER = "chains"
OF_CLASSES = ("class", "chain")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chains:
    """Every table of ``data/chains``, row by row.

    Args:
        goods: in chain order, upstream first; worlds: ready selections of chains.
        codes, mixed_codes: how trade statistics hold the goods; counts: what customs counted of a good alone.
        steps, recipes: plants, and what a unit of their level takes; production: output nobody's facts report.
        flows: lanes no code holds; sectors: shares of final use; behaviour: the parameters of classes.
    """

    worlds: tuple[ChainWorldRow, ...]
    goods: tuple[ChainGoodRow, ...]
    codes: tuple[CodeRow, ...]
    mixed_codes: tuple[MixedCodeRow, ...]
    counts: tuple[CountRow, ...]
    steps: tuple[StepRow, ...]
    recipes: tuple[RecipeRow, ...]
    production: tuple[ProductionRow, ...]
    flows: tuple[FlowRow, ...]
    sectors: tuple[SectorRow, ...]
    behaviour: tuple[ParameterRow, ...]

    @property
    def figure_rows(self) -> tuple[FigureRow, ...]:
        """Every row that is a figure."""
        return (
            *self.goods,
            *self.codes,
            *self.mixed_codes,
            *self.counts,
            *self.steps,
            *self.recipes,
            *self.production,
            *self.flows,
            *self.sectors,
            *self.behaviour,
        )


def read_chains(folder: Traversable, countries: Iterable[str]) -> Chains:
    """Read the tables of chains of a data folder.

    Args:
        folder: the data folder; the tables lie in its ``chains/``.
        countries: known country codes.

    Raises:
        DataError: a row that does not fit, an unknown good, kind, country or source, a figure given twice, or
            sectors that do not add up to the whole; all of them at once.
    """
    reader = Reader(folder=folder, problems=[], places={})
    chains = Chains(
        worlds=reader.read(f"{FOLDER}/worlds.csv", ChainWorldRow),
        goods=reader.read(f"{FOLDER}/goods.csv", ChainGoodRow),
        codes=reader.read(f"{FOLDER}/codes.csv", CodeRow),
        mixed_codes=reader.read(f"{FOLDER}/mixed_codes.csv", MixedCodeRow),
        counts=reader.read(f"{FOLDER}/counts.csv", CountRow),
        steps=reader.read(f"{FOLDER}/steps.csv", StepRow),
        recipes=reader.read(f"{FOLDER}/recipes.csv", RecipeRow),
        production=reader.read(f"{FOLDER}/production.csv", ProductionRow),
        flows=reader.read(f"{FOLDER}/flows.csv", FlowRow),
        sectors=reader.read(f"{FOLDER}/sectors.csv", SectorRow),
        behaviour=tuple(row for row in reader.read("parameters.csv", ParameterRow) if row.scope in OF_CLASSES),
    )
    _cross_check(reader, chains, set(countries))
    if reader.problems:
        raise DataError(reader.problems)
    return chains


def _cross_check(reader: Reader, chains: Chains, countries: set[str]) -> None:
    goods = {row.good for row in chains.goods}
    kinds = {row.kind for row in chains.steps}
    bib = reader.folder.joinpath("references.bib").read_text(encoding="utf-8")
    reader.known(chains.figure_rows, "source", {*REFERENCE_KEY.findall(bib), ASSUMED})
    reader.known(chains.worlds, "chains", {row.chain for row in chains.goods})
    for rows in (
        chains.codes,
        chains.mixed_codes,
        chains.counts,
        chains.steps,
        chains.recipes,
        chains.flows,
        chains.sectors,
    ):
        reader.known(rows, "good", goods)
    for kind_rows in (chains.recipes, chains.production):
        reader.known(kind_rows, "kind", kinds)
    reader.known(chains.codes, "exporter", countries)
    reader.known(chains.production, "country", countries)
    for column in ("exporter", "importer"):
        reader.known(chains.flows, column, countries)
        reader.known(chains.counts, column, countries)
    classes = {row.parts[1] for row in chains.behaviour}
    reader.known(chains.goods, "behaviour", classes)
    reader.known(chains.steps, "behaviour", classes)
    for good in goods:
        shares = [row.value for row in chains.sectors if row.good == good]
        if abs(sum(shares) - 1.0) > 1e-9:  # noqa: PLR2004
            reader.note(
                f"{FOLDER}/sectors.csv good {good}",
                f"shares that add up to {sum(shares):g}",
                "shares of final use that add up to 1",
                "add the sector that is missing, or 'other'",
            )
