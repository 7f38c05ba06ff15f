"""What a simulation returns: every month of every case, with its certificates."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.errors import ConvergenceError
from chokepoint.market.arrays import MEANING, State

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.simulation.behaviour import Behaviour
    from chokepoint.simulation.wiring import Wiring
    from chokepoint.world import World

Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Prices, flows, stocks and money of every (case, month); relative prices, units of the goods.

    Args:
        world, wiring, behaviour: what was simulated.
        months: the months.
        ex_works: per seller node; delivered, delivered_high: per buyer node (relative to the reference price).
        flow, reference_flow, rent, wedge, duty, cap: per lane (world order; units per month; relative prices).
        premium: multiplier per licence group.
        level, capacity, profit: per activity (level per month, twice; USD per month).
        use, reference_use, use_surplus: per use (units per month; USD per month).
        stock, opening_stock, target, precaution, store_surplus: per store (units, ``precaution`` a part of the target;
            ``omega`` less opening term, USD).
        switching: per buyer node (USD per month), see :class:`chokepoint.market.Clearing`.
        unsold: per seller node (units per month).
        value, gap, residual, tolerance, steps, state: certificates per (case, month).
    """

    world: World
    wiring: Wiring
    behaviour: Behaviour
    months: tuple[Month, ...]
    ex_works: Cube
    delivered: Cube
    delivered_high: Cube
    flow: Cube
    reference_flow: Cube
    rent: Cube
    wedge: Cube
    duty: Cube
    cap: Cube
    premium: Cube
    level: Cube
    capacity: Cube
    profit: Cube
    use: Cube
    reference_use: Cube
    use_surplus: Cube
    stock: Cube
    opening_stock: Cube
    target: Cube
    precaution: Cube
    store_surplus: Cube
    switching: Cube
    unsold: Cube
    value: np.ndarray
    gap: np.ndarray
    residual: np.ndarray
    tolerance: np.ndarray
    steps: np.ndarray
    state: np.ndarray

    def since(self, first: int, end: int | None = None) -> Outcome:
        """Return the months from a position on, up to another if one is given; those before only led up to them."""
        per_month = {
            field.name: getattr(self, field.name)[:, first:end]
            for field in fields(self)
            if field.name not in {"world", "wiring", "behaviour", "months"}
        }
        return replace(self, months=self.months[first:end], **per_month)

    @property
    def is_solved(self) -> np.ndarray:
        """Say which (case, month) were solved."""
        return self.state == State.SOLVED.value


def require_converged(outcome: Outcome) -> None:
    """Raise if any month of any case was not solved, naming the first ones.

    Raises:
        ConvergenceError: with case, month, reason and residual.
    """
    failed = np.argwhere(~outcome.is_solved)
    if failed.size:
        lines = [
            f"case {case}, {outcome.months[month]}: {MEANING[State(int(outcome.state[case, month]))]}"
            f" (residual {outcome.residual[case, month]:.1e})"
            for case, month in failed[:5]
        ]
        message = f"{len(failed)} of {outcome.state.size} clearings not solved; " + "; ".join(lines)
        raise ConvergenceError(message)
