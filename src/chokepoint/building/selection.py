"""Which chains a world holds: what was asked for, found among the chains, and what of it can be built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from chokepoint.records.chain_rows import (
        ChainGoodRow,
        CodeRow,
        CountRow,
        MixedCodeRow,
        SectorRow,
        StepRow,
    )
    from chokepoint.records.chains import Chains
    from chokepoint.records.rows import FlowRow, ParameterRow, ProductionRow, RecipeRow

Dated = TypeVar("Dated", "CodeRow", "MixedCodeRow")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rival:
    """A claim on the value of a mixed code: the good, how much of it leaves under the code, and who makes it."""

    good: ChainGoodRow
    claims: tuple[MixedCodeRow, ...]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The part of the chains that a world is built from.

    Args:
        year: the year to describe.
        goods: in chain order, upstream first.
        codes, mixed_codes: by good, those that hold in the year; counts: of the year.
        steps: in the order of their goods; inputs: what a unit of a kind's level takes, by kind.
        production: stated output of each kind; flows, sectors: by good; behaviour: all classes.
        recipes: the rows behind ``inputs``.
        rivals: every claim on a mixed code of the year that a good of this world leaves under.
        left_out: goods that cannot be built, each with the reason.
    """

    year: int
    goods: tuple[ChainGoodRow, ...]
    codes: Mapping[str, tuple[CodeRow, ...]]
    mixed_codes: Mapping[str, tuple[MixedCodeRow, ...]]
    counts: tuple[CountRow, ...]
    steps: tuple[StepRow, ...]
    inputs: Mapping[str, Mapping[str, float]]
    production: Mapping[str, tuple[ProductionRow, ...]]
    flows: Mapping[str, tuple[FlowRow, ...]]
    sectors: Mapping[str, tuple[SectorRow, ...]]
    recipes: tuple[RecipeRow, ...]
    rivals: tuple[Rival, ...]
    behaviour: tuple[ParameterRow, ...]
    left_out: tuple[str, ...]


def select(chains: Chains, words: Sequence[str], year: int) -> Selection:
    """Pick the chains that were asked for, and set aside what no figures can carry.

    A last stage (nothing is made of it) without a trade code would show every tonne as used where it is made, so it
    is left out and named. An earlier stage without a code stays: what its makers have over goes where it is missing.

    Args:
        chains: every chain; words: chains (``gallium``) or goods of them (``antimony_metal``); year: to describe.

    Raises:
        DataError: a word that is neither, or nothing left to build.
    """
    wanted = _chains_of(chains, words)
    rows = [row for row in chains.goods if row.chain in wanted]
    codes = {row.good: _in_force(chains.codes, row.good, year) for row in rows}
    mixed = {row.good: _in_force(chains.mixed_codes, row.good, year) for row in rows}
    taken = {row.good for row in chains.recipes if row.direction == "input"}
    lost = [row for row in rows if not codes[row.good] and not mixed[row.good] and row.good not in taken]
    notes = tuple(
        f"{row.name} ({row.good}): no trade code of {year} among the figures holds it, so nobody's use can be told"
        for row in lost
    )
    if not any((*codes.values(), *mixed.values())):
        raise DataError([_nothing(chains, words, notes)])
    return _selection(chains, year, [row for row in rows if row not in lost], codes, mixed, notes)


def _selection(
    chains: Chains,
    year: int,
    goods: Sequence[ChainGoodRow],
    codes: Mapping[str, tuple[CodeRow, ...]],
    mixed: Mapping[str, tuple[MixedCodeRow, ...]],
    notes: tuple[str, ...],
) -> Selection:
    """Return the rows of some goods."""
    kept = {row.good for row in goods}
    steps = tuple(row for good in goods for row in chains.steps if row.good == good.good)
    kinds = {row.kind for row in steps}
    recipes = tuple(row for row in chains.recipes if row.kind in kinds)
    return Selection(
        year=year,
        goods=tuple(goods),
        codes={good: rows for good, rows in codes.items() if good in kept},
        mixed_codes={good: rows for good, rows in mixed.items() if good in kept},
        counts=tuple(row for row in chains.counts if row.good in kept and row.year == year),
        steps=steps,
        inputs={kind: _inputs(recipes, kind) for kind in kinds},
        production={kind: tuple(row for row in chains.production if row.kind == kind) for kind in kinds},
        flows={good: tuple(row for row in chains.flows if row.good == good) for good in kept},
        sectors={good: tuple(row for row in chains.sectors if row.good == good) for good in kept},
        recipes=recipes,
        rivals=_rivals(chains, {row.code for good in kept for row in mixed[good]}, year),
        behaviour=chains.behaviour,
        left_out=notes,
    )


def narrowed(selection: Selection, *, lost: Collection[str], notes: Iterable[str]) -> Selection:
    """Return a selection without some of its goods and whatever plants take or make of them.

    Args:
        selection: the chains; lost: goods that no figures carry; notes: why.
    """
    steps = tuple(row for row in selection.steps if row.good not in lost)
    recipes = tuple(row for row in selection.recipes if row.good not in lost)
    return replace(
        selection,
        goods=tuple(row for row in selection.goods if row.good not in lost),
        counts=tuple(row for row in selection.counts if row.good not in lost),
        steps=steps,
        inputs={row.kind: _inputs(recipes, row.kind) for row in steps},
        recipes=recipes,
        left_out=(*selection.left_out, *notes),
    )


def _rivals(chains: Chains, codes: set[str], year: int) -> tuple[Rival, ...]:
    """Return every good that shares a mixed code with those of a world, its own goods among them."""
    found: list[Rival] = []
    for good in chains.goods:
        claims = tuple(row for row in _in_force(chains.mixed_codes, good.good, year) if row.code in codes)
        if claims:
            steps = tuple(step for step in chains.steps if step.good == good.good)
            found.append(Rival(good=good, claims=claims, steps=steps))
    return tuple(found)


def _chains_of(chains: Chains, words: Sequence[str]) -> set[str]:
    """Return the chains behind words that name a chain or one of its goods."""
    known = {row.chain: row.chain for row in chains.goods} | {row.good: row.chain for row in chains.goods}
    problems = [
        Problem(
            where="--goods",
            found=f"'{word}'",
            expected="a chain or one of its goods",
            remedy=did_you_mean(word, known),
        )
        for word in words
        if word not in known
    ]
    if problems:
        raise DataError(problems)
    return {known[word] for word in words}


def _in_force(rows: Iterable[Dated], good: str, year: int) -> tuple[Dated, ...]:
    return tuple(row for row in rows if row.good == good and row.first_year <= year <= row.last_year)


def _inputs(recipes: Iterable[RecipeRow], kind: str) -> dict[str, float]:
    return {row.good: row.value for row in recipes if row.kind == kind and row.direction == "input"}


def _nothing(chains: Chains, words: Sequence[str], notes: Sequence[str]) -> Problem:
    wanted = _chains_of(chains, words)
    goods = {row.good for row in chains.goods if row.chain in wanted}
    spans = {(row.first_year, row.last_year) for row in (*chains.codes, *chains.mixed_codes) if row.good in goods}
    known = ", ".join(f"{first} to {last}" for first, last in sorted(spans)) or "no year"
    return Problem(
        where="--goods",
        found=f"{', '.join(words)}, of which nothing can be built: {'; '.join(notes) or 'no stage that is traded'}",
        expected="at least one good that a trade code of the year holds",
        remedy=f"choose another year (a code holds them in {known}) or further goods",
    )
