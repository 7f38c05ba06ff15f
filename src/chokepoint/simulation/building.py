"""Projects month by month: what capacity stands, and what their lanes add to the reference flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.settings import Settings
    from chokepoint.simulation.behaviour import Matrix
    from chokepoint.world import World

WHOLE_MONTH = 1e-6
"""Part of a month by which a first month may lie off its beginning: rounding of years with fractions."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Building:
    """Every project, case by case.

    Args:
        world: whose projects.
        capacity: size times the chance that it is built, level per month (case, project); in a drawn case the
            chance is 0 or 1, in the central one the probability itself.
        start: first month, counted in months from year 0; ramp: months until full capacity (case, project).
        used: part of the capacity that runs at reference prices.
    """

    world: World
    capacity: Matrix
    start: Matrix
    ramp: Matrix
    used: Matrix

    def at(self, month: Month) -> tuple[Matrix, Matrix]:
        """Return the capacity added to every activity and the reference flows of every lane.

        A plant reaches full capacity evenly over its ramp. It waits while an input reaches its country from
        nowhere, and its lanes while their seller makes nothing: a chain without its first link stands still.

        Args:
            month: the month.

        Returns:
            Level per month (case, activity), units of the good per month (case, lane).
        """
        passed = month.year * MONTHS_PER_YEAR + month.number - 1 - self.start + WHOLE_MONTH
        stands = self.capacity * np.clip((np.floor(passed) + 1.0) / self.ramp, 0.0, 1.0)
        usual = np.tile(self.world.lanes.flow_per_month, (stands.shape[0], 1))
        if not stands.any():
            return self.added(stands), usual
        added = self.added(stands)
        flow = usual + self.lanes_of(stands, added)
        while (stands > (fed := stands * self.is_fed(flow))).any():
            # Each round takes plants away, so it ends; what feeds others may be among them.
            stands, added = fed, self.added(fed)
            flow = usual + self.lanes_of(stands, added)
        return added, flow

    def added(self, stands: Matrix) -> Matrix:
        """Add up capacity by activity."""
        acts = self.world.activities
        return collect(stands, self.world.projects.activity, len(acts.kind))

    def lanes_of(self, stands: Matrix, added: Matrix) -> Matrix:
        """Return what the projects' lanes add to reference flows, where their sellers make anything."""
        world, projects = self.world, self.world.projects
        lanes, acts = world.lanes, world.activities
        is_output = acts.entry_amount > 0.0
        maker = acts.entry_activity[is_output]
        makes = (acts.level_per_month + added)[:, maker] > 0.0
        seller = acts.country[maker] * len(world.goods) + acts.entry_good[is_output]
        made = collect(makes.astype(np.float64), seller, len(world.countries) * len(world.goods))
        is_made = made[:, lanes.exporter * len(world.goods) + lanes.good] > 0.0
        brought = (stands * self.used)[:, projects.lane_project] * projects.lane_amount
        return collect(brought, projects.lane, lanes.good.size) * is_made

    def is_fed(self, flow: Matrix) -> Matrix:
        """Say of every project whether all its inputs arrive (case, project)."""
        world = self.world
        lanes, acts = world.lanes, world.activities
        buyer = lanes.importer * len(world.goods) + lanes.good
        is_input = acts.entry_amount < 0.0
        taker = acts.entry_activity[is_input]
        bought = collect(flow, buyer, len(world.countries) * len(world.goods))
        arrives = bought[:, acts.country[taker] * len(world.goods) + acts.entry_good[is_input]]
        missing = collect((arrives <= 0.0).astype(np.float64), taker, len(acts.kind))
        return (missing[:, world.projects.activity] == 0.0).astype(np.float64)


def collect(values: Matrix, place: np.ndarray, count: int) -> Matrix:
    """Add up columns by place, each case by itself so that a batch equals a loop to the last bit."""
    return np.array([np.bincount(place, row, count) for row in values], np.float64)


def build_up(world: World, settings: Settings) -> Building:
    """Lay out a world's projects for every case.

    Args:
        world: the world; settings: values per case.

    Raises:
        KeyError: a number nobody gives, naming the parameter.
    """
    projects, acts = world.projects, world.activities
    names = projects.name
    places = [(acts.kind[each], world.countries[int(acts.country[each])]) for each in projects.activity.tolist()]
    share = settings.of("project_share")[:, None] if names else np.ones((settings.cases, 1))
    size = settings.table(("project_size", name) for name in names) / MONTHS_PER_YEAR
    return Building(
        world=world,
        capacity=size * share * settings.table(("project_chance", name) for name in names),
        start=settings.table(("project_start", name) for name in names) * MONTHS_PER_YEAR,
        ramp=np.maximum(settings.table(("project_ramp", kind) for kind, _ in places), 1.0),
        used=settings.table(("utilisation", kind, country) for kind, country in places),
    )
