"""What one would have to believe for a package: where it is predicted, what flips it, what it must be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.bounds import Bound, bounds_of, needed_for
from chokepoint.answer.talks.judgement import LEADING_RULE, choose, posed
from chokepoint.answer.talks.payoffs import points_on, security_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.records.talks import TalksRecord

FINE, ROUNDS, STEPS = 33, 3, 11


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """Where the answer on a package turns as one assumption moves from its central value, all else central.

    Args:
        name: a security value, or a family of market assumptions; toward: the end moved to, in the unit of ``unit``.
        at: the value there (the part of the way, for a family); way: part of the way from the centre to the end.
    """

    name: str
    toward: float
    at: float
    way: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BelieveMap:
    """Where a package is chosen over a security value and a family of market assumptions, all else central.

    Args:
        value, family: names; values: USD a year (across,); ways: -1 at the family's low end to 1 at its high (down,).
        chosen: position among the packages (down, across), -1 for no deal.
    """

    value: str
    family: str
    values: Array
    ways: Array
    chosen: np.ndarray


@dataclass(frozen=True, kw_only=True, slots=True)
class Belief:
    """What one would have to believe for a package to be the leading rule's choice.

    Args:
        package: position among the packages; is_central: whether it is chosen with all values central.
        share, share_signed: of the cases in which it is chosen, and in which both would rather sign than not.
        bounds: by security value; flips: soonest first.
        needed: what each party would have to value the package above the central case for it to be chosen, USD a year;
            at most 0 where it is; not a number where the other side would not sign.
        to_sign: the same for the party to sign it at all (party,).
        drawn_over: the map; None where nothing has a range.
    """

    package: int
    is_central: bool
    share: float
    share_signed: float
    bounds: tuple[Bound, ...]
    flips: tuple[Flip, ...]
    needed: Array
    to_sign: Array
    drawn_over: BelieveMap | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """The central case, and how the market's part of it moves with families of assumptions.

    Args:
        talks, judgement: the view; swings: families by end, such as ``choke_price low``: payoff at the end less the
            central one, USD a year (party, combination).
    """

    talks: TalksRecord
    judgement: Judgement
    swings: Mapping[str, Array]

    def chosen(self, drawn: Mapping[str, Array], market: Array) -> np.ndarray:
        """Return the package chosen with security values (case,) on top of a market (case, party, combination)."""
        payoffs = self.judgement.payoffs
        security = security_of(self.talks, payoffs.combinations, drawn, len(market))
        return choose(posed(self.talks, payoffs, market + security))

    def along(self, names: Sequence[tuple[str, float]], ways: Array) -> np.ndarray:
        """Return the package chosen (name, way) as each assumption moves part of the way to an end."""
        count, steps = ways.shape
        market = np.repeat(self.judgement.payoffs.market[:1], count * steps, axis=0)
        drawn = {name: np.full(count * steps, each.value) for name, each in self.talks.values.items()}
        for row, (name, end) in enumerate(names):
            place = slice(row * steps, (row + 1) * steps)
            if name in self.talks.values:
                centre = self.talks.values[name].value
                drawn[name][place] = centre + ways[row] * (end - centre)
            else:
                market[place] += ways[row][:, None, None] * self.swings[name]
        return self.chosen(drawn, market).reshape(count, steps)


def swings_among(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid]) -> dict[str, Array]:
    """Return what each swing changes in the payoffs (party, combination), chains added up; unsolved ones left out."""
    found: dict[str, Array] = {}
    combinations = judgement.payoffs.combinations
    for grid in grids:
        point = points_on(talks, grid, combinations)
        centre = judgement.payoffs.by_chain[grid.chain][0]
        for number, name in enumerate(grid.swings):
            change = grid.swing[number][:, point] - centre
            found[name] = found.get(name, np.zeros_like(centre)) + change
    return {name: each for name, each in found.items() if np.isfinite(each).all()}


def ends_of(around: Around) -> list[tuple[str, float]]:
    """Return every assumption with each end it can move to; a family's end counts as 1."""
    values = [
        (name, end) for name, each in around.talks.values.items() for end in (each.low, each.high) if end != each.value
    ]
    return [*values, *((name, 1.0) for name in around.swings)]


def flips_of(around: Around, package: int) -> tuple[Flip, ...]:
    """Return where the answer on a package turns, one assumption at a time, soonest first."""
    names = ends_of(around)
    if not names:
        return ()
    low, high = np.zeros(len(names)), np.ones(len(names))
    turned = np.zeros(len(names), dtype=bool)
    for turn in range(ROUNDS):
        ways = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, FINE)
        is_chosen = around.along(names, ways) == package
        differs = is_chosen != is_chosen[:, :1]
        first = differs.argmax(axis=1)
        if turn == 0:
            turned = differs.any(axis=1)
        rows = np.arange(len(names))
        low, high = ways[rows, np.maximum(first - 1, 0)], ways[rows, first]
    found: list[Flip] = []
    for (name, end), way in ((names[row], float(high[row])) for row in np.flatnonzero(turned)):
        figure = around.talks.values.get(name)
        at = way if figure is None else figure.value + way * (end - figure.value)
        found.append(Flip(name=name, toward=end, at=at, way=way))
    return tuple(sorted(found, key=lambda each: (each.way, each.name)))


def map_of(around: Around, value: str | None, family: str | None) -> BelieveMap | None:
    """Map the choice over a security value and a family of market assumptions, both over their whole ranges."""
    if value is None or family is None:
        return None
    figure = around.talks.values[value]
    values, ways = np.linspace(figure.low, figure.high, STEPS), np.linspace(-1.0, 1.0, STEPS)
    over, under = (each.ravel() for each in np.meshgrid(values, ways))
    low, high = around.swings[f"{family} low"], around.swings[f"{family} high"]
    moved = np.where(under[:, None, None] < 0.0, low, high)
    market = around.judgement.payoffs.market[:1] + np.abs(under)[:, None, None] * moved
    chosen = around.chosen({value: over}, market).reshape(STEPS, STEPS)
    return BelieveMap(value=value, family=family, values=values, ways=ways, chosen=chosen)


def strongest(
    around: Around, package: int, flips: Sequence[Flip], influence: Sequence[tuple[str, float]]
) -> tuple[str | None, str | None]:
    """Return the security value and the family that the answer on a package turns on soonest, or else moves most."""
    values = [each.name for each in flips if each.name in around.talks.values]
    values += [name for name, _ in influence if name in around.talks.values]
    gains = around.judgement.packages[package]
    size = {name.split(" ")[0]: 0.0 for name in around.swings}
    for name, change in around.swings.items():
        size[name.split(" ")[0]] += float(np.abs(change[:, gains]).sum())
    whole = [name for name in size if {f"{name} low", f"{name} high"} <= set(around.swings)]
    families = [each.name.split(" ")[0] for each in flips if each.name in around.swings]
    families += sorted(whole, key=lambda name: -size[name])
    kept = [name for name in families if name in whole]
    return next(iter(values), None), next(iter(kept), None)


def belief_of(
    talks: TalksRecord,
    judgement: Judgement,
    grids: Sequence[Grid],
    package: int,
    influence: Sequence[tuple[str, float]],
) -> Belief:
    """Say what one would have to believe for a package.

    Args:
        talks, judgement, grids: the view; package: position among the packages; influence: of the drawn values.
    """
    around = Around(talks=talks, judgement=judgement, swings=swings_among(talks, judgement, grids))
    flips = flips_of(around, package)
    choice = judgement.agreements[LEADING_RULE].choice.first
    gains = judgement.problem.gains[0]
    return Belief(
        package=package,
        is_central=bool(choice[0] == package),
        share=float((choice == package).mean()),
        share_signed=float(judgement.in_zone[:, package].mean()),
        bounds=bounds_of(talks, judgement, package),
        flips=flips,
        needed=needed_for(gains, package),
        to_sign=-gains[:, package],
        drawn_over=map_of(around, *strongest(around, package, flips, influence)),
    )
