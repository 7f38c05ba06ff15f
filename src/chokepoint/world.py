"""The picture: goods, lanes, activities, uses and stores of one reference year, every balance closed.

A :class:`World` holds labels and plain arrays side by side. It is built once (:mod:`chokepoint.reconcile`
closes the balances), never changed, and carries the figures it was built from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.provenance import Figure

Integers = np.ndarray[tuple[int], np.dtype[np.int64]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Good:
    """Anything a state can hold back: a mineral at one stage, or a manufactured good.

    Args:
        code: its name in the code and in every file (``dysprosium_oxide``).
        name: its name for people.
        stage: where in the chain it stands (``mining``, ``separation``, ``magnets`` ...).
        unit: unit of quantity (``t REO``, ``t``).
        price_usd_per_unit: reference price of the base year.
    """

    code: str
    name: str
    stage: str
    unit: str
    price_usd_per_unit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Lanes:
    """Who ships what to whom; a domestic lane has exporter = importer. One entry per lane."""

    good: Integers
    exporter: Integers
    importer: Integers
    flow_per_month: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Activities:
    """Mines, separation plants, magnet works, re-export: columns of inputs and outputs per unit of level.

    ``entry_*`` is the sparse recipe: ``amount > 0`` is an output, ``amount < 0`` an input, in units of the
    good per unit of level. ``kind`` names the parameters that govern the activity
    (``supply_elasticity.<kind>``, ``utilisation.<kind>``; for re-export ``idle_cost.<kind>``).
    """

    kind: tuple[str, ...]
    country: Integers
    level_per_month: Floats
    entry_activity: Integers
    entry_good: Integers
    entry_amount: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Uses:
    """Final demand of the reference year by good, country and end-use sector."""

    good: Integers
    country: Integers
    sector: tuple[str, ...]
    demand_per_month: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Stores:
    """Stocks by good, country and owner (``industry`` or ``state``).

    Cover in months is the parameter ``stock_cover.<good>.<country>`` (or a shorter name), so that it can vary.
    """

    good: Integers
    country: Integers
    owner: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Projects:
    """Plants announced or under construction: capacity added to an activity, and the lanes that come with it.

    Size, first month and chance are parameters (``project_size.<name>``, ``project_start.<name>``,
    ``project_chance.<name>``), so that they can vary. ``lane_*`` is sparse: a unit of the project's output at
    reference prices adds ``amount`` units of the good to the reference flow of the lane, to its buyers and,
    where a plant has no usual supplier, from those that feed it.

    Args:
        name: one word each; activity: position of the activity enlarged, of level 0 where there was none.
        announced: the month it became known, ``YYYY-MM``.
        lane_project, lane, lane_amount: the lanes.
    """

    name: tuple[str, ...]
    activity: Integers
    announced: tuple[str, ...]
    lane_project: Integers
    lane: Integers
    lane_amount: Floats


NO_PROJECTS = Projects(
    name=(),
    activity=np.zeros(0, np.int64),
    announced=(),
    lane_project=np.zeros(0, np.int64),
    lane=np.zeros(0, np.int64),
    lane_amount=np.zeros(0),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """How far reconciliation moved one figure so that the balances close."""

    figure: str
    before: float
    after: float
    unit: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A dated and sourced picture of who mines, refines, makes and needs what.

    Args:
        name: name of the bundle it was built from.
        base_year: the reference year; all quantities are per month of it.
        goods: the goods, in chain order.
        countries: ISO 3166 alpha-3 codes; ``ROW`` is the rest of the world.
        country_names: names for people, same order.
        blocs: memberships in the base year, by bloc code (``EU27``).
        lanes, activities, uses, stores, projects: the arrays; indices point into ``goods`` and ``countries``.
        parameters: behaviour (elasticities, cover, choke prices ...), by dotted name. A name asked for as
            ``a.b.c`` is answered by the most specific entry among ``a.b.c``, ``a.b``, ``a``.
        figures: every figure behind the world, by name; the parameters are among them.
        movements: what reconciliation did.
    """

    name: str
    base_year: int
    goods: tuple[Good, ...]
    countries: tuple[str, ...]
    country_names: tuple[str, ...]
    blocs: Mapping[str, tuple[str, ...]]
    lanes: Lanes
    activities: Activities
    uses: Uses
    stores: Stores
    projects: Projects
    parameters: Mapping[str, Figure]
    figures: Mapping[str, Figure]
    movements: tuple[Movement, ...]

    def good_index(self, code: str) -> int:
        """Return the position of a good by its code."""
        return [good.code for good in self.goods].index(code)

    def country_index(self, code: str) -> int:
        """Return the position of a country by its ISO code."""
        return self.countries.index(code)

    def parameter_name(self, *parts: str) -> str:
        """Return the most specific parameter that answers ``a.b.c``.

        Raises:
            KeyError: not even the shortest form is known.
        """
        words = ".".join(parts).split(".")
        for length in range(len(words), 0, -1):
            name = ".".join(words[:length])
            if name in self.parameters:
                return name
        message = f"no parameter answers {'.'.join(parts)}"
        raise KeyError(message)
