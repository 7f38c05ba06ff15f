"""Open a world by its name: bundled, built from chains there and then, or in a folder."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from chokepoint.building import Edition, Served, build, editions_of, select
from chokepoint.bundle.assembly import assemble
from chokepoint.countries import Countries
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.facts import Trading, load_facts
from chokepoint.records.chains import read_chains
from chokepoint.records.references import read_references
from chokepoint.records.rows import WorldRow
from chokepoint.records.tables import read_tables
from chokepoint.store.citing import holders, references_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from chokepoint.building import Built
    from chokepoint.facts import Facts
    from chokepoint.records.references import Reference
    from chokepoint.records.tables import Tables
    from chokepoint.store import Store
    from chokepoint.world import World

DEFAULT = "rare-earths-2024"
WORLDS = "worlds.csv"
PARAMETERS = "parameters.csv"
EDITIONS = ("tables", "editions.csv")


def data_folder() -> Traversable:
    """Return the data folder that ships with the package."""
    return resources.files("chokepoint") / "data"


def folder_of(world: World) -> Path:
    """Return the folder that holds a world's tables and references: its own, or the one that ships."""
    own = Path(world.name)
    return own if (own / WORLDS).is_file() else Path(str(data_folder()))


def load(name: str = DEFAULT, folder: Traversable | None = None) -> World:
    """Load a world, every balance closed.

    Args:
        name: of a bundled world: a line of ``worlds.csv``, or of ``chains/worlds.csv``, which is built from the facts
            there and then; or the path of a folder that ``chokepoint world build`` wrote.
        folder: another data folder of the same layout; left out, the one that ships.

    Returns:
        The world; quantities per month of its base year.

    Raises:
        DataError: an unknown name, tables that do not fit (all problems at once), or balances that cannot be closed.
    """
    home = folder or data_folder()
    if folder is None and Path(name, WORLDS).is_file():
        return _load_folder(Path(name))
    crosswalk = Countries.read(home / "countries.csv")
    tables = read_tables(home, crosswalk.by_iso3)
    if name in {row.world for row in tables.worlds}:
        return assemble(tables, name, crosswalk)
    return _ready(name, tables, home).world


def tables_of(name: str) -> tuple[Tables, str, Countries]:
    """Return the rows of a bundled world, or of the folder of one, before its balances are closed.

    Args:
        name: as for :func:`load`.

    Returns:
        The rows, what the world is called among them, and the crosswalk of countries.

    Raises:
        DataError: as for :func:`load`.
    """
    own = Path(name, WORLDS).is_file()
    home = Path(name) if own else data_folder()
    crosswalk = Countries.read(home / "countries.csv")
    tables = read_tables(home, crosswalk.by_iso3)
    if own:
        return tables, tables.worlds[0].world, crosswalk
    if name not in {row.world for row in tables.worlds}:
        tables = _ready(name, tables, home).built.tables
    return tables, name, crosswalk


def _ready(name: str, tables: Tables, home: Traversable) -> BuiltWorld:
    """Build a world of ``chains/worlds.csv``.

    Raises:
        DataError: an unknown name.
    """
    chains = read_chains(home, Countries.read(home / "countries.csv").by_iso3)
    ready = next((row for row in chains.worlds if row.world == name), None)
    if ready is None:
        raise DataError([_unknown_world(name, [row.world for row in (*tables.worlds, *chains.worlds)])])
    described = WorldRow(world=name, title=ready.title, base_year=ready.base_year, goods="")
    return build_world(ready.chains.split(";"), described, load_facts(home), home)


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltWorld:
    """A world built from chains, what building did to the figures, and which editions they are of.

    Args:
        world: its books closed; built: its rows.
        editions: the sources of its figures.
        references: of those sources that the bibliography lacks, by key.
        changes: what the store serves otherwise than the bundle in trade, one line for each code.
    """

    world: World
    built: Built
    editions: tuple[Edition, ...]
    references: Mapping[str, Reference]
    changes: tuple[str, ...]


def build_world(
    goods: Sequence[str],
    described: WorldRow,
    facts: Facts | None = None,
    folder: Traversable | None = None,
    store: Store | None = None,
) -> BuiltWorld:
    """Build a world for a selection of chains, every balance closed.

    Args:
        goods: chains (``gallium``) or goods of them (``antimony_metal``).
        described: name, title and year of the world.
        facts: what publishers say; left out, the facts that ship, and those of the store.
        folder: a data folder; left out, the one that ships.
        store: publishers' files the user brought in; None and an empty store leave the bundle as it is.

    Raises:
        DataError: unknown goods, a year without figures, or balances that cannot be closed.
    """
    home = folder or data_folder()
    crosswalk = Countries.read(home / "countries.csv")
    selection = select(read_chains(home, crosswalk.by_iso3), goods, described.base_year)
    trade = Trading(folder=home, store=store)
    said = facts or load_facts(home, store=store)
    built = build(selection, said, trade, read_tables(home, crosswalk.by_iso3), described)
    known = read_references(home / "references.bib")
    held = {} if store is None or store.is_empty else holders(store)
    new = {} if store is None or store.is_empty else references_of(store, known)
    minerals = {row.chain for row in selection.goods}
    served = Served.of(minerals, said, trade.read.values(), held)
    editions = editions_of(built.tables.figure_rows, known | new, served)
    named = {each.source for each in editions}
    return BuiltWorld(
        world=assemble(built.tables, described.world, crosswalk),
        built=built,
        editions=editions,
        references={source: each for source, each in new.items() if source in named},
        changes=trade.changes,
    )


def _load_folder(path: Path) -> World:
    """Load the one world of a folder that was written for it; it goes by its path, so that a run can find it again."""
    crosswalk = Countries.read(path / "countries.csv")
    tables = read_tables(path, crosswalk.by_iso3)
    return replace(assemble(tables, tables.worlds[0].world, crosswalk), name=str(path))


def editions_in(world: World) -> tuple[Edition, ...]:
    """Return the editions a world rests on: as its folder records them, else from its figures and the bundle's words.

    Raises:
        DataError: a record that is not as it was written.
    """
    table = Path(world.name, *EDITIONS)
    if not table.is_file():
        return editions_of(world.figures.values(), read_references(folder_of(world) / "references.bib"))
    lines = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    try:
        return tuple(_edition(line) for line in lines)
    except (ValueError, KeyError) as error:
        found, remedy = f"a line that cannot be read ({error})", "build the world again"
        raise DataError([Problem(where=str(table), found=found, expected="what was written", remedy=remedy)]) from error


def _edition(line: Mapping[str, str]) -> Edition:
    return Edition(
        source=line["source"],
        figures=int(line["figures"]),
        held_in=line["held_in"],
        citation=line["citation"],
        dataset=line["dataset"],
        file=line["file"],
        checksum=line["checksum"],
    )


def names() -> list[str]:
    """Return the names of the bundled worlds, those that are built when asked for last."""
    home = data_folder()
    return [*_column(home, WORLDS, "world"), *_column(home, f"chains/{WORLDS}", "world")]


def catalogue() -> dict[str, dict[str, str]]:
    """Return the titles of the bundled worlds, and the goods of each chain that a world can be built from."""
    home = data_folder()
    worlds = {
        name: title
        for table in (WORLDS, f"chains/{WORLDS}")
        for name, title in zip(_column(home, table, "world"), _column(home, table, "title"), strict=True)
    }
    chains: dict[str, str] = {}
    goods = zip(_column(home, "chains/goods.csv", "chain"), _column(home, "chains/goods.csv", "good"), strict=True)
    for chain, good in goods:
        chains[chain] = f"{chains[chain]}, {good}" if chain in chains else good
    return {"worlds": worlds, "chains": chains}


def load_with(name: str) -> World:
    """Return the first bundled world that holds a figure of this name or beginning, the default one if none does."""
    built = _built_of(set(name.split(".")))
    last = _column(data_folder(), f"chains/{WORLDS}", "world") if name.startswith("evidence.") else []
    worlds = (load(each) for each in (*built, *_column(data_folder(), WORLDS, "world"), *last))
    return next(
        (each for each in worlds if any(f"{figure}.".startswith(f"{name}.") for figure in each.figures)), load()
    )


def _built_of(words: set[str]) -> list[str]:
    """Return the worlds built from chains that hold a good or a kind of plant among some words."""
    home = data_folder()
    chain_of = dict(
        zip(_column(home, "chains/goods.csv", "good"), _column(home, "chains/goods.csv", "chain"), strict=True)
    )
    kinds = zip(_column(home, "chains/steps.csv", "kind"), _column(home, "chains/steps.csv", "good"), strict=True)
    chain_of |= {kind: chain_of[good] for kind, good in kinds}
    bare = {word.removeprefix("reexport_").removeprefix("unrecorded_") for word in words}
    wanted = {chain_of[word] for word in bare if word in chain_of}
    worlds = zip(_column(home, f"chains/{WORLDS}", "world"), _column(home, f"chains/{WORLDS}", "chains"), strict=True)
    return [name for name, chains in worlds if wanted & set(chains.split(";"))]


def every_name(folder: Traversable | None = None) -> tuple[list[str], list[str], list[str]]:
    """Return the codes of all goods, the names of all parameters and the blocs of a data folder, whatever world."""
    home = folder or data_folder()
    blocs = list(dict.fromkeys(_column(home, "blocs.csv", "bloc")))
    goods = [*_column(home, "goods.csv", "good"), *_column(home, "chains/goods.csv", "good")]
    scopes = zip(_column(home, PARAMETERS, "name"), _column(home, PARAMETERS, "scope"), strict=True)
    return goods, [name for name, scope in scopes if scope != "chain"], blocs


def _column(home: Traversable, table: str, name: str) -> list[str]:
    """Return one column of a table of a data folder."""
    return [line[name] for line in csv.DictReader((home / table).read_text(encoding="utf-8-sig").splitlines())]


def _unknown_world(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        where="worlds.csv column world",
        found=f"no world '{name}'",
        expected="the name of a bundled world, or a folder that 'chokepoint world build' wrote",
        remedy=did_you_mean(name, known),
    )
