"""Queues and leading months that several points share: found once, and the same as if found anew."""

import datetime as dt
from dataclasses import replace

import numpy as np

from chokepoint.answer.talks.levels import Known, measures_at, points_of, settings_of, simulate
from chokepoint.dates import Month
from chokepoint.records.measure import FrameworkTerms
from chokepoint.scenario import apply
from tests.simulation.acts import LICENCE, act, branch
from tests.simulation.trade import settings_of as settings_for
from tests.talks.strelsau import ban, issue, talks, worlds

LICENCES = act("RUR/licence", LICENCE, goods=("fenwickite",), effective=dt.date(2025, 2, 1))
FASTER = act(
    "RUR/faster",
    FrameworkTerms(modifies=("RUR/licence",), approval_per_month=0.6),
    goods=(),
    targets=(),
    effective=dt.date(2025, 5, 1),
)


def test_a_month_traded_under_shared_queues_is_the_month_of_the_schedule():
    world = worlds()["north"]
    settings = settings_for(world, 1)
    released = {}
    for acts in ((LICENCES,), (LICENCES, FASTER), (LICENCES, ban("fenwickite"))):
        schedule = apply(world, branch(*acts), settings)
        for month in (Month(2025, 1), Month(2025, 3), Month(2025, 7)):
            shared, alone = schedule.conditions(month, released), schedule.conditions(month)
            np.testing.assert_array_equal(shared.cap_share, alone.cap_share)
            np.testing.assert_array_equal(shared.duty, alone.duty)
    # Two licences, one of them faster from May on; the ban has no queue.
    assert len(released) == 2


def point_by_point(record, world, known_of):
    settings = settings_of(world, record, record.views[0], draws=1)
    issues = record.on("north")
    found = []
    for point in points_of(issues):
        acts = measures_at(issues, point, ())
        found.append(simulate(world, record, record.views[0], acts, settings, known_of())[0])
    return found


def test_months_before_the_talks_are_simulated_once_for_points_that_heard_of_the_same_acts():
    record, world, known = talks(), worlds()["north"], Known()
    for shared, anew in zip(
        point_by_point(record, world, lambda: known), point_by_point(record, world, Known), strict=True
    ):
        np.testing.assert_array_equal(shared.use, anew.use)
        assert shared.months == anew.months
        assert len(shared.months) == record.months
    # One stop was heard of before the talks began, so that people stored ahead of it; the other level is without.
    assert len(known.led_up) == 2
    point_by_point(record, world, lambda: known)
    assert len(known.led_up) == 2


def test_a_level_that_was_in_force_before_the_talks_leads_up_to_them_by_itself():
    early = replace(ban("fenwickite"), effective=dt.date(1894, 2, 1))
    given = issue("fenwickite", "north")
    banned, free = given.levels
    changed = replace(given, levels=(replace(banned, measures=(early,)), free))
    record, world, known = talks(issues=(changed, issue("lamp", "south"))), worlds()["north"], Known()
    shared, anew = point_by_point(record, world, lambda: known), point_by_point(record, world, Known)
    for one, other in zip(shared, anew, strict=True):
        np.testing.assert_array_equal(one.use, other.use)
    assert len(known.led_up) == 2
