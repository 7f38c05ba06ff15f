"""From dated acts to the terms of each month: who may know what, what binds which lane, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month
from chokepoint.errors import DataError, Problem
from chokepoint.instruments import Ban, Closure, Duty, Licence, Precaution, Quota, Relief, free_conditions
from chokepoint.records.measure import (
    BanTerms,
    ClosureTerms,
    DutyTerms,
    FrameworkTerms,
    LicenceTerms,
    QuotaTerms,
    SuspensionTerms,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chokepoint.instruments import Conditions, Instrument
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.scenario import BranchRecord
    from chokepoint.settings import Settings
    from chokepoint.world import World

Released = dict[tuple[object, ...], "dict[Month, np.ndarray]"]
"""Licensed shipments by month as a share of normal ones (case,), by what they follow from."""
AHEAD = 6
"""Months further that a queue is worked off where others ask for it as well."""
WORLD = "world"
FEARED = (LicenceTerms, BanTerms, QuotaTerms, ClosureTerms)
"""What may leave a buyer without goods; a duty only makes them dearer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A branch ready to run: its instruments, and what it leaves out and why.

    Args:
        cases, lanes, stores, activities: sizes of the conditions.
        instruments: in the order they are applied.
        groups: lanes of each licence group, for the net.
        notes: what a reader must know: acts not yet announced, ends whose outcome nobody reported.
    """

    cases: int
    lanes: int
    stores: int
    activities: int
    instruments: tuple[Instrument, ...]
    groups: tuple[np.ndarray, ...]
    notes: tuple[str, ...]

    def conditions(self, month: Month, released: Released | None = None) -> Conditions:
        """Return what a month is traded under.

        Args:
            month: which.
            released: licensed shipments by queue and month, as far as other schedules have worked them off; what is
                found is added.
        """
        conditions = free_conditions(self.cases, self.lanes, self.stores, self.activities, len(self.groups))
        known: Released = {} if released is None else released
        for instrument in self.instruments:
            if isinstance(instrument, Licence):
                if month < Month.of(instrument.effective):
                    continue
                worked_off = known.setdefault(instrument.same_as(), {})
                if month not in worked_off:
                    worked_off |= instrument.releases(month if released is None else month.plus(AHEAD))
                conditions = instrument.limit(conditions, worked_off[month])
            else:
                conditions = instrument.apply(conditions, month)
        return conditions


def goods_of(world: World, measure: MeasureRecord) -> list[int]:
    """Return the positions of a measure's goods, of those the world carries."""
    return [number for number, good in enumerate(world.goods) if good.code in measure.goods]


def lanes_of(world: World, measure: MeasureRecord) -> np.ndarray:
    """Return the lanes a measure reaches: the listed goods, from its exporters to its targets, across a border."""
    lanes = world.lanes
    mask = np.isin(lanes.good, goods_of(world, measure)) & (lanes.exporter != lanes.importer)
    mask &= members(world, measure.exporters or (measure.actor,))[lanes.exporter]
    return mask & members(world, measure.targets)[lanes.importer] & (lanes.importer != at(world, measure.actor))


def plants_of(world: World, measure: MeasureRecord) -> np.ndarray:
    """Return the activities of the acting state that make any of the listed goods (activity)."""
    acts = world.activities
    makes = np.zeros(len(acts.kind), dtype=bool)
    makes[acts.entry_activity[(acts.entry_amount > 0.0) & np.isin(acts.entry_good, goods_of(world, measure))]] = True
    return makes & (acts.country == at(world, measure.actor))


def reaches(world: World, measure: MeasureRecord) -> bool:
    """Say whether a measure finds anything in the world to bear on; a change of another measure always does."""
    if isinstance(measure.terms, FrameworkTerms | SuspensionTerms):
        return True
    found = plants_of(world, measure) if isinstance(measure.terms, ClosureTerms) else lanes_of(world, measure)
    return bool(found.any())


def at(world: World, country: str) -> int:
    """Return the position of a country, -1 where the world does not name it."""
    return world.countries.index(country) if country in world.countries else -1


def members(world: World, names: Sequence[str]) -> np.ndarray:
    """Say for each country of the world whether it is named, directly or through a bloc."""
    named: set[str] = set()
    for name in names:
        named |= set(world.countries) if name == WORLD else set(world.blocs.get(name, (name,)))
    return np.array([country in named for country in world.countries])


def amount(settings: Settings, value: float | str) -> np.ndarray:
    """Return a number, or the parameter of that name, per case."""
    if isinstance(value, str):
        return settings.of(*value.split("."))
    return np.full(settings.cases, float(value))


def controlled_share(world: World, measure: MeasureRecord, share: np.ndarray) -> np.ndarray:
    """Spread a controlled share over the listed goods, filling them in order; returns (case, lane).

    The share is of the reach's whole trade: with 40 t of the first good and 60 t of the second, a share of
    0.5 controls all of the first and a sixth of the second.
    """
    reach = lanes_of(world, measure)
    flow = world.lanes.flow_per_month
    codes = [good.code for good in world.goods]
    left = share * flow[reach].sum()
    spread = np.zeros((share.size, flow.size))
    for code in measure.goods:
        if code not in codes:
            continue
        mine = reach & (world.lanes.good == codes.index(code))
        volume = flow[mine].sum()
        if volume > 0.0:
            spread[:, mine] = np.clip(left / volume, 0.0, 1.0)[:, None]
            left = np.maximum(0.0, left - volume)
    return spread


def reliefs_of(measures: Sequence[MeasureRecord], changed: str, settings: Settings) -> tuple[Relief, ...]:
    """Return the dated changes of a licence: frameworks that speed it up, suspensions that lift it."""
    found: list[Relief] = []
    for measure in measures:
        if isinstance(measure.terms, FrameworkTerms) and changed in measure.terms.modifies:
            faster = amount(settings, measure.terms.approval_per_month)
            found.append(Relief(first=measure.effective, last=measure.ends, approval_per_month=faster))
        if isinstance(measure.terms, SuspensionTerms) and changed in measure.terms.suspends:
            found.append(Relief(first=measure.effective, last=measure.ends, approval_per_month=None))
    return tuple(found)


def stopped_trade(world: World, measure: MeasureRecord, settings: Settings) -> np.ndarray:
    """Return which part of every lane a control may stop (case, lane); a closure those from home, its own included."""
    if isinstance(measure.terms, LicenceTerms):
        return controlled_share(world, measure, amount(settings, measure.terms.share))
    reach = lanes_of(world, measure)
    if isinstance(measure.terms, ClosureTerms):
        reach = np.isin(world.lanes.good, goods_of(world, measure))
        reach &= world.lanes.exporter == at(world, measure.actor)
    return np.tile(reach.astype(float), (settings.cases, 1))


def precaution_of(
    world: World, measure: MeasureRecord, known: Sequence[MeasureRecord], settings: Settings
) -> Precaution:
    """Return the fear a control spreads: among those it takes goods from, and among holders at home."""
    stores, flow = world.stores, world.lanes.flow_per_month
    industry = np.array([owner == "industry" for owner in stores.owner], dtype=bool)
    home = stores.country == at(world, measure.actor)
    stopped = stopped_trade(world, measure, settings)
    bought, sold = np.zeros((2, settings.cases, stores.good.size))
    for store in np.flatnonzero(industry):
        mine = world.lanes.good == stores.good[store]
        arrives = mine & (world.lanes.importer == stores.country[store])
        usual = flow[arrives].sum()
        if usual > 0.0:
            bought[:, store] = stopped[:, arrives] @ flow[arrives] / usual
            sold[:, store] = home[store] * (stopped[:, mine] @ flow[mine]) / usual
    lifted = (
        (each.effective, each.ends)
        for each in known
        if isinstance(each.terms, SuspensionTerms) and measure.id in each.terms.suspends
    )
    return Precaution(
        buyers=bought,
        # A closure leaves nobody with goods he may not sell.
        holders=sold * (not isinstance(measure.terms, ClosureTerms)),
        months=settings.of("precaution_months"),
        half_life=settings.of("precaution_half_life"),
        announced=measure.announced,
        effective=measure.effective,
        ends=measure.ends,
        lifted=tuple(lifted),
    )


def instrument_of(
    world: World, measure: MeasureRecord, known: Sequence[MeasureRecord], settings: Settings, group: int
) -> Instrument | None:
    """Return the instrument a measure sets, None for acts that only change others."""
    first, last = measure.effective, measure.ends
    terms = measure.terms
    if isinstance(terms, LicenceTerms):
        return Licence(
            share=controlled_share(world, measure, amount(settings, terms.share)),
            handling_days=amount(settings, terms.handling_days),
            approval_per_month=amount(settings, terms.approval_per_month),
            already_cleared=amount(settings, terms.already_cleared),
            reliefs=reliefs_of(known, measure.id, settings),
            effective=first,
            ends=last,
        )
    if isinstance(terms, BanTerms):
        reliefs = reliefs_of(known, measure.id, settings)
        suspended = tuple((each.first, each.last) for each in reliefs if each.approval_per_month is None)
        return Ban(lanes=lanes_of(world, measure), effective=first, ends=last, suspended=suspended)
    if isinstance(terms, DutyTerms):
        return Duty(
            lanes=lanes_of(world, measure), rate=amount(settings, terms.ad_valorem_share), effective=first, ends=last
        )
    if isinstance(terms, ClosureTerms):
        shut = amount(settings, terms.capacity_share)
        return Closure(activities=plants_of(world, measure), share=shut, effective=first, ends=last)
    if isinstance(terms, QuotaTerms):
        volume = world.lanes.flow_per_month[lanes_of(world, measure)].sum()
        return Quota(
            group=group, quota_share=amount(settings, terms.tonnes_per_month) / volume, effective=first, ends=last
        )
    return None


def group_of(world: World, measure: MeasureRecord, groups: list[np.ndarray]) -> int:
    """Return the number of a quota's group of lanes, opened where no earlier quota counts the same lanes.

    Quotas of one reach follow each other, or hold together and the smaller binds; both are one group.

    Raises:
        DataError: lanes that an earlier quota counts together with others: a lane has one group.
    """
    reach = np.flatnonzero(lanes_of(world, measure))
    for number, group in enumerate(groups):
        if np.array_equal(reach, group):
            return number
        if np.intersect1d(reach, group).size:
            problem = Problem(
                where=f"quota {measure.title!r}",
                found="trade that another quota of the same branch counts together with other trade",
                expected="quotas over the same goods, exporters and targets, or over trade that does not overlap",
                remedy="give both the same goods, exporters and targets, or split the wider one",
            )
            raise DataError([problem])
    groups.append(reach)
    return len(groups) - 1


def apply(world: World, branch: BranchRecord, settings: Settings) -> Schedule:
    """Turn a branch's measures into the terms of each month.

    Only acts announced by the branch's ``as_of`` date are known; the others are left out and named in the
    notes, as is every end date that has passed with an outcome nobody reported.

    Args:
        world: the world; branch: the measures; settings: parameter values per case.

    Returns:
        A schedule that answers :meth:`Schedule.conditions` for any month.
    """
    known = [measure for measure in branch.measures if measure.announced <= branch.as_of]
    instruments: list[Instrument] = []
    groups: list[np.ndarray] = []
    for measure in known:
        if not reaches(world, measure):
            continue
        group = group_of(world, measure, groups) if isinstance(measure.terms, QuotaTerms) else -1
        instrument = instrument_of(world, measure, known, settings, group)
        if instrument is not None:
            instruments.append(instrument)
        # A control older than the picture is in it, and so are the stocks it made people buy.
        if isinstance(measure.terms, FEARED) and instrument is not None and measure.effective.year >= world.base_year:
            instruments.append(precaution_of(world, measure, known, settings))
    return Schedule(
        cases=settings.cases,
        lanes=world.lanes.good.size,
        stores=world.stores.good.size,
        activities=len(world.activities.kind),
        instruments=tuple(instruments),
        groups=tuple(groups),
        notes=tuple(notes_of(world, branch)),
    )


def notes_of(world: World, branch: BranchRecord) -> list[str]:
    """Say what a branch does not know, cannot reach, or must not assert."""
    notes: list[str] = []
    for measure in branch.measures:
        if measure.announced > branch.as_of:
            notes.append(f"{measure.title}: announced {measure.announced}, after {branch.as_of}; left out.")
        elif not reaches(world, measure):
            notes.append(f"{measure.title}: none of its goods is carried by this world; listed, not simulated.")
        if measure.ends is not None and measure.outcome_of_end == "unknown":
            notes.append(unknown_end(measure.title, measure.ends))
    return notes


def unknown_end(title: str, ends: date) -> str:
    """Return the sentence for an end date whose outcome no source reports."""
    return f"{title}: set to end on {ends}; what happened then is not known to the sources."
