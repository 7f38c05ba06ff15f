"""Numbers of a simulation that can be asked for by name, case by case and month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.parties import parties_of
from chokepoint.answer.why_results import ALL, COMPONENTS
from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.answer.run import BranchRun
    from chokepoint.world import World

PATTERNS = {
    "loss": "loss.PARTY[.COMPONENT]",
    "price": "price.GOOD.COUNTRY",
    "flow": "flow.GOOD.EXPORTER.IMPORTER",
}
TOTAL = COMPONENTS[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """A number that can be asked for.

    Args:
        name: as in :data:`PATTERNS`, a loss with its component.
        unit: of a month's number.
        is_summed: whether months add up; else their mean stands for all of them.
    """

    name: str
    unit: str
    is_summed: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The parts of its name, the kind left out."""
        return tuple(self.name.split(".")[1:])

    @property
    def kind(self) -> str:
        """What it is: loss, price or flow."""
        return self.name.split(".", 1)[0]


def every_loss(world: World) -> tuple[Output, ...]:
    """Return the losses of every party by component."""
    return outputs_of(world, [f"loss.{party}.{part}" for party in parties_of(world).codes for part in COMPONENTS])


def outputs_of(world: World, names: Iterable[str]) -> tuple[Output, ...]:
    """Return what is meant by names; ``loss.PARTY`` is the whole loss.

    Raises:
        DataError: every name that means nothing in this world.
    """
    problems: list[Problem] = []
    outputs: dict[str, Output] = {}
    for name in names:
        kind, *words = name.split(".")
        words = [*words, TOTAL] if kind == "loss" and len(words) == 1 else words
        found = _problems(world, name, kind, words)
        problems += found
        if not found:
            full = ".".join([kind, *words])
            outputs[full] = Output(name=full, unit=_unit(world, kind, words), is_summed=kind != "price")
    if problems:
        raise DataError(problems)
    return tuple(outputs.values())


def _problems(world: World, name: str, kind: str, words: Sequence[str]) -> list[Problem]:
    expected = " or ".join(PATTERNS.values())
    if kind not in PATTERNS:
        return [Problem(where=name, found=f"'{kind}'", expected=expected, remedy=did_you_mean(kind, PATTERNS))]
    parties = parties_of(world).codes
    goods = [good.code for good in world.goods]
    known = {
        "loss": (parties, COMPONENTS),
        "price": (goods, world.countries),
        "flow": (goods, (ALL, *parties), (ALL, *parties)),
    }[kind]
    if len(words) != len(known):
        remedy = f"write {PATTERNS[kind]}"
        return [Problem(where=name, found=f"{len(words)} words after '{kind}'", expected=PATTERNS[kind], remedy=remedy)]
    return [
        Problem(where=name, found=f"'{word}'", expected=PATTERNS[kind], remedy=did_you_mean(word, each))
        for word, each in zip(words, known, strict=True)
        if word not in each
    ]


def _unit(world: World, kind: str, words: Sequence[str]) -> str:
    if kind == "loss":
        return "USD/month"
    unit = world.goods[world.good_index(words[0])].unit
    return f"USD/{unit}" if kind == "price" else f"{unit}/month"


def read(branch: BranchRun, output: Output) -> np.ndarray:
    """Return an output of a simulated branch, (case, month); a loss against the months without its measures."""
    return {"loss": _loss, "price": _price, "flow": _flow}[output.kind](branch, *output.words)


def _loss(branch: BranchRun, party: str, component: str) -> np.ndarray:
    stakes = branch.stakes
    parties = parties_of(stakes.world)
    cubes = {"shortage": stakes.shortage, "rent": stakes.rent, "switching": stakes.switching}
    members = parties.gather[:, parties.at(party)] > 0.0
    cube = stakes.loss if component == TOTAL else cubes[component]
    # Added up member by member: the bits must not hang on how many cases stand side by side.
    return np.ascontiguousarray(cube[:, :, members]).sum(axis=2)


def _price(branch: BranchRun, good: str, country: str) -> np.ndarray:
    world, wiring = branch.outcome.world, branch.outcome.wiring
    at = world.good_index(good)
    buyer = (wiring.buyer_good == at) & (wiring.buyer_country == world.country_index(country))
    if not buyer.any():
        return np.full(branch.outcome.delivered.shape[:2], np.nan)
    return branch.outcome.delivered[:, :, np.flatnonzero(buyer)[0]] * world.goods[at].price_usd_per_unit


def _flow(branch: BranchRun, good: str, exporter: str, importer: str) -> np.ndarray:
    world = branch.outcome.world
    lanes = world.lanes
    mine = (lanes.good == world.good_index(good)) & (lanes.exporter != lanes.importer)
    for end, party in ((lanes.exporter, exporter), (lanes.importer, importer)):
        mine &= np.isin(end, _countries(world, party))
    return np.ascontiguousarray(branch.outcome.flow[:, :, mine]).sum(axis=2)


def _countries(world: World, party: str) -> np.ndarray:
    if party == ALL:
        return np.arange(len(world.countries))
    parties = parties_of(world)
    return np.flatnonzero(parties.gather[:, parties.at(party)] > 0.0)
