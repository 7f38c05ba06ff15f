"""A world as text and tables: what it holds, who makes and takes it, and what building did to the figures."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from chokepoint.building import Change, Disagreement, Edition, PassedOn
from chokepoint.bundle import editions_in
from chokepoint.exposure import concentration, concentration_tables, dependence, look_through_table, supply_shares
from chokepoint.provenance import Kind, count_kinds
from chokepoint.tables import tabulate
from chokepoint.world import Movement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.bundle import BuiltWorld
    from chokepoint.tables import Table
    from chokepoint.world import World

LOOKED_THROUGH = 0.01
SHOWN = 3


def world_tables(world: World) -> tuple[Table, ...]:
    """Return movements, concentration, shares, dependence and look-through of a world."""
    return (
        tabulate("movements", "How far closing the books moved each figure", world.movements, Movement),
        *concentration_tables(world),
        look_through_table(world, least_share=LOOKED_THROUGH),
    )


def built_tables(found: BuiltWorld, changes: Sequence[Change] = ()) -> tuple[Table, ...]:
    """Return a built world's tables: re-exports laid back, figures that sources give differently, editions used.

    Args:
        found: the world; changes: what a store changed in it against the bundle.
    """
    changed = tabulate("changes", "What your store changes against the bundle", changes, Change)
    return (
        *world_tables(found.world),
        tabulate("passed_on", "What countries handed on without making it", found.built.passed_on, PassedOn),
        tabulate("disagreements", "Figures that sources give differently", found.built.disagreements, Disagreement),
        tabulate("editions", "The editions this world rests on", found.editions, Edition),
        *((changed,) if changes else ()),
    )


def world_text(world: World) -> str:
    """Return what a world holds: every good with its first makers, takers and concentration."""
    sizes = f"{len(world.goods)} goods, {len(world.countries)} countries, {world.lanes.good.size} lanes"
    lines = [f"{world.name}: {sizes} of {world.base_year}; {_kinds(world)}"]
    prices = {good.code: good for good in world.goods}
    for row in concentration(world):
        good = prices[row.good]
        makers = [each for each in supply_shares(world) if each.good == row.good and each.share_of_production > 0.0]
        takers = [each for each in dependence(world) if each.good == row.good]
        lines.append(
            f"{row.good} ({good.name}, {row.stage}): {12.0 * row.production_per_month:,.0f} {row.unit} a year at "
            f"{good.price_usd_per_unit:,.0f} USD; HHI of output {row.hhi_of_production:.2f}"
        )
        shown = ", ".join(f"{each.country} {each.share_of_production:.0%}" for each in makers[:SHOWN])
        lines.append(f"  made in {shown}")
        abroad = [each for each in takers if each.import_reliance > 0.0]
        needs = ", ".join(
            f"{each.country} ({each.first_supplier} {each.first_supplier_share:.0%})" for each in abroad[:SHOWN]
        )
        lines.append(f"  largest users who buy abroad, and where most of what they use is made: {needs or 'none'}")
    return "\n".join(lines) + "\n"


def _kinds(world: World) -> str:
    counts = count_kinds(world.figures)
    return ", ".join(f"{counts[kind]} figures {kind}" for kind in Kind)


def changes_said(changes: Sequence[Change]) -> Iterator[str]:
    """Say in lines what a store changes in a world against the bundle."""
    if not changes:
        yield "your store changes nothing in this world"
        return
    new, gone = (sum(getattr(each, end) is None for each in changes) for end in ("before", "after"))
    moved = [each for each in changes if each.before is not None and each.after is not None]
    yield (
        f"your store changes this world against the bundle: {len(moved)} figures stated otherwise, {new} it adds, "
        f"{gone} it leaves out"
    )
    for each in moved[:SHOWN]:
        yield (
            f"  {each.figure}: {each.before:,.4g} {each.unit} ({each.source_before}) becomes {each.after:,.4g} "
            f"({each.source_after})"
        )


def editions_said(editions: Sequence[Edition]) -> Iterator[str]:
    """Say which editions of a world came from the user's store."""
    stored = [each for each in editions if each.dataset]
    if stored:
        named = (f"{each.source} ({each.figures} figures, {each.held_in}, {each.file})" for each in stored)
        yield f"Editions of your store in it: {'; '.join(named)}"


def built_text(found: BuiltWorld) -> str:
    """Return what was built, and what had to be done for it."""
    moved = sorted(found.world.movements, key=lambda each: -abs(each.after - each.before) / max(each.before, 1e-300))
    lines = [world_text(found.world).rstrip("\n"), f"Closing the books moved {len(moved)} figures; the most:"]
    lines += [f"  {each.figure}: {each.before:,.4g} to {each.after:,.4g} {each.unit}" for each in moved[:SHOWN]]
    lines += _passed(found)
    if found.built.disagreements:
        lines.append(f"Sources disagree about {len(found.built.disagreements)} figures; the table names them, such as:")
        lines += [
            f"  {each.what}, {each.country}: {each.chosen:,.4g} ({each.source}) against {each.other:,.4g} "
            f"({each.other_source}) {each.unit}"
            for each in found.built.disagreements[:SHOWN]
        ]
    lines += editions_said(found.editions)
    lines += [f"Left out or limited: {note}" for note in found.built.notes]
    return "\n".join(lines) + "\n"


def _passed(found: BuiltWorld) -> Iterator[str]:
    for words, amount in (
        ("Handed on without being made there, laid back to the makers", "passed_on"),
        ("Sent or worked up beyond what anybody reports", "unrecorded"),
    ):
        rows = sorted(found.built.passed_on, key=lambda each: -getattr(each, amount))
        shown = [
            f"{each.good} {each.country} {getattr(each, amount):,.4g} {each.unit}"
            for each in rows[:SHOWN]
            if getattr(each, amount) > 0.0
        ]
        if shown:
            yield f"{words}: {', '.join(shown)}"


def world_json(world: World) -> dict[str, object]:
    """Return what a world holds as plain values."""
    return {
        "world": world.name,
        "base_year": world.base_year,
        "editions": [asdict(each) for each in editions_in(world)],
        "goods": [good.code for good in world.goods],
        "countries": list(world.countries),
        "lanes": int(world.lanes.good.size),
        "figures": {kind.value: count for kind, count in count_kinds(world.figures).items()},
        "movements": _plain(world.movements, Movement),
    }


def built_json(found: BuiltWorld, changes: Sequence[Change] = ()) -> dict[str, object]:
    """Return what was built as plain values, with what a store changed in it."""
    return world_json(found.world) | {
        "passed_on": _plain(found.built.passed_on, PassedOn),
        "disagreements": _plain(found.built.disagreements, Disagreement),
        "notes": list(found.built.notes),
        "editions": [asdict(each) for each in found.editions],
        "changes": _plain(changes, Change),
    }


def _plain(rows: Sequence[object], kind: type) -> list[dict[str, object]]:
    names = [each.name for each in fields(kind)]
    return [{name: getattr(row, name) for name in names} for row in rows]
