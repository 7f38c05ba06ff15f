"""Read the bundle of facts: plain tables, checked where they are made and in the tests, not at every start."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.facts.bundle import Facts, gather
from chokepoint.facts.mineral import Mineral, TradeCode
from chokepoint.facts.renewal import renew
from chokepoint.sources.fact import COLUMNS, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from chokepoint.store import Store

REGISTER, CODES, FACTS = "minerals.csv", "mineral_codes.csv", "facts"
BY_PRODUCT_SHARE = "by_product_share"


def load_facts(folder: Traversable | None = None, own: Iterable[Fact] = (), store: Store | None = None) -> Facts:
    """Load the register of minerals and every bundled fact, and those of the user's store.

    Args:
        folder: a data folder; left out, the one that ships.
        own: a user's facts; each shadows the bundle's for the same measure, mineral, stage, country and year, and
            ``warnings`` says so.
        store: publishers' files the user brought in; a newer edition of a bundled publisher goes before the bundle, and
            ``warnings`` says what it changes. None and an empty store leave the bundle as it is.
    """
    data = folder or resources.files("chokepoint") / "data"
    facts = [fact for path in _tables(data.joinpath(FACTS)) for fact in read_facts(path)]
    shares = {each.mineral: each.value for each in facts if each.measure == BY_PRODUCT_SHARE}
    minerals = read_minerals(data, shares)
    if store is None or store.is_empty:
        return gather(minerals, facts, own)
    renewed = renew(facts, store.facts())
    gathered = gather(minerals, renewed.facts, own)
    return replace(
        gathered,
        warnings=(*gathered.warnings, *renewed.changes),
        stored=renewed.stored,
        shared=renewed.shared,
    )


def read_facts(table: Traversable) -> list[Fact]:
    """Return the facts of one table, whose columns are :data:`COLUMNS` in this order."""
    lines = csv.reader(table.read_text(encoding="utf-8").splitlines())
    header = next(lines)
    if tuple(header) != COLUMNS:
        message = f"{table.name}: columns {', '.join(header)}; expected {', '.join(COLUMNS)}"
        raise ValueError(message)
    return [
        Fact(
            mineral=mineral,
            stage=stage,
            measure=measure,
            country=country,
            year=int(year),
            value=float(value) if value else None,
            unit=unit,
            basis=basis,
            low=float(low) if low else None,
            high=float(high) if high else None,
            source=source,
            grade=grade,
            reason=reason,
        )
        for mineral, stage, measure, country, year, value, unit, basis, low, high, source, grade, reason in lines
    ]


def read_minerals(data: Traversable, shares: Mapping[str, float | None]) -> dict[str, Mineral]:
    """Return the register, each mineral with its codes in trade and its by-product share."""
    codes: dict[str, list[TradeCode]] = {}
    for row in csv.DictReader(data.joinpath(CODES).read_text(encoding="utf-8").splitlines()):
        codes.setdefault(row["mineral"], []).append(
            TradeCode(
                stage=row["stage"],
                hs6=row["hs6"],
                product=row["product"],
                mixed_with=_parts(row["mixed_with"]),
                revision=row["revision"],
                note=row["note"],
            )
        )
    return {
        row["mineral"]: Mineral(
            code=row["mineral"],
            name=row["name"],
            symbol=row["symbol"],
            aliases=_parts(row["aliases"]),
            stages=_parts(row["stages"]),
            hosts=_parts(row["hosts"]),
            by_product_share=shares.get(row["mineral"]),
            group=row["group"],
            lists=_parts(row["lists"]),
            hs=tuple(codes.get(row["mineral"], ())),
            elsewhere=_parts(row["elsewhere"]),
        )
        for row in csv.DictReader(data.joinpath(REGISTER).read_text(encoding="utf-8").splitlines())
    }


def _tables(folder: Traversable) -> list[Traversable]:
    return sorted((each for each in folder.iterdir() if each.name.endswith(".csv")), key=lambda each: each.name)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(";") if each.strip())
