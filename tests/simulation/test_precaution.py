from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import numpy as np
import pytest

from chokepoint.dates import Month
from chokepoint.records.measure import ClosureTerms, DutyTerms, SuspensionTerms
from chokepoint.scenario import apply
from chokepoint.simulation import run, wire
from chokepoint.stakes import weigh
from tests.ruritania import world
from tests.simulation.acts import LICENCE, act, branch
from tests.simulation.trade import months, settings_of

GOOD = "fenwickite"


def stored(**changes):
    """Ruritania mines 100 a month, uses 40 and ships 60 to Sylvania; both hold two months."""
    return world(
        {GOOD: 1.0},
        [(GOOD, "RUR", "RUR", 40.0), (GOOD, "RUR", "SYL", 60.0)],
        [("mine", "RUR", 100.0, {GOOD: 1.0})],
        [(GOOD, "RUR", "lamps", 40.0), (GOOD, "SYL", "lamps", 60.0)],
        [(GOOD, "RUR", "industry"), (GOOD, "SYL", "industry"), (GOOD, "SYL", "state")],
        **({"stock_cover": 2.0, "state_cover": 1.0, "choke_price": 20.0} | changes),
    )


def ban(**changes):
    return act(goods=(GOOD,), announced=dt.date(2025, 3, 1), effective=dt.date(2025, 5, 1), **changes)


def wanted(of, *measures, month, as_of=dt.date(2025, 12, 31), **settings):
    values = settings_of(of, **({"precaution_months": 2.0, "precaution_half_life": 6.0} | settings))
    return apply(of, branch(*measures, as_of=as_of), values).conditions(Month.read(month)).precaution[0]


def simulated(of, *measures, count=8, **settings):
    values = settings_of(of, **settings)
    schedule = apply(of, branch(*measures), values)
    outcome, _ = run(of, wire(of, schedule.groups), values, months(count), schedule.conditions)
    assert outcome.is_solved.all()
    return outcome


def test_buyers_fear_from_the_announcement_and_holders_at_home_keep_what_was_stopped():
    of = stored()
    assert wanted(of, ban(), month="2025-02").tolist() == [0.0, 0.0, 0.0]
    april, june = wanted(of, ban(), month="2025-04"), wanted(of, ban(), month="2025-06")
    assert april[0] == 0.0 < april[1]
    # At home what was stopped since counts, up to the same number of months: 60 a month where 40 usually arrive.
    assert june[0] == pytest.approx(31.0 / 30.0 * 60.0 / 40.0)
    assert wanted(of, ban(), month="2025-05")[0] == 0.0
    october = wanted(of, ban(), month="2025-10")
    assert october[0] == pytest.approx(october[1] * 60.0 / 40.0)
    # A state's store follows no fear.
    assert june[2] == 0.0


def test_fear_halves_with_its_half_life():
    march, september = (wanted(stored(), ban(), month=month)[1] for month in ("2025-03", "2025-09"))
    days = (dt.date(2025, 9, 30) - dt.date(2025, 3, 31)).days
    assert september == pytest.approx(march * 0.5 ** (days / 30.0 / 6.0))


def test_fear_ends_with_the_control_and_rests_while_it_is_suspended():
    over = ban(ends=dt.date(2025, 6, 30))
    assert wanted(stored(), over, month="2025-07").tolist() == [0.0, 0.0, 0.0]
    licence = ban(name="RUR/licence", terms=LICENCE, instrument="licence")
    pause = act(
        "RUR/pause",
        SuspensionTerms(suspends=("RUR/licence",)),
        instrument="suspension",
        announced=dt.date(2025, 6, 1),
        effective=dt.date(2025, 6, 1),
        targets=(),
        goods=(),
    )
    assert wanted(stored(), licence, pause, month="2025-07")[1] == 0.0
    assert wanted(stored(), licence, month="2025-07")[1] > 0.0


def test_who_is_little_touched_fears_little():
    half = ban(name="RUR/licence", terms=replace(LICENCE, share=0.5), instrument="licence")
    whole = ban(name="RUR/licence", terms=LICENCE, instrument="licence")
    some, all_of_it = (wanted(stored(), each, month="2025-06") for each in (half, whole))
    np.testing.assert_allclose(some, 0.5 * all_of_it)


def test_a_closure_is_feared_at_home_as_abroad_and_leaves_nothing_to_keep():
    shut = ban(terms=ClosureTerms(capacity_share=0.5), instrument="closure", targets=())
    june = wanted(stored(), shut, month="2025-06")
    assert june[0] == june[1] > 0.0


def test_a_duty_and_an_act_not_yet_announced_spread_no_fear():
    duty = ban(terms=DutyTerms(ad_valorem_share=0.1), instrument="duty")
    assert not wanted(stored(), duty, month="2025-06").any()
    assert not wanted(stored(), ban(), month="2025-06", as_of=dt.date(2025, 2, 1)).any()


def test_only_the_largest_fear_counts():
    one, both = (
        wanted(stored(), ban(), month="2025-06"),
        wanted(stored(), ban(), ban(name="RUR/again"), month="2025-06"),
    )
    np.testing.assert_array_equal(one, both)


def test_without_precaution_every_number_stays_as_it_was_to_the_last_bit():
    calm = simulated(stored(), ban())
    still = simulated(stored(), ban(), precaution_months=0.0, precaution_half_life=3.0)
    for each in fields(calm):
        if each.name not in {"world", "wiring", "behaviour", "months"}:
            np.testing.assert_array_equal(getattr(calm, each.name), getattr(still, each.name))


def test_an_announced_stop_brings_exports_forward_and_dips_after():
    quota = ban(terms=LICENCE, instrument="licence", name="RUR/licence")
    calm, wary = (simulated(stored(), quota, precaution_months=fear) for fear in (0.0, 1.5))
    exports = 1
    assert wary.flow[0, 2:4, exports].sum() > calm.flow[0, 2:4, exports].sum() + 10.0
    assert wary.stock[0, 3, 1] > calm.stock[0, 3, 1] + 10.0
    # Once the goods are in store, less is missing.
    assert wary.delivered[0, 7].max() < calm.delivered[0, 7].max()


def test_what_is_bought_out_of_fear_is_paid_for_in_the_books_and_they_close():
    of = stored()
    values = settings_of(of, precaution_months=1.5, precaution_half_life=6.0, rent_share=0.5)
    schedule = apply(of, branch(ban()), values)
    outcome, _ = run(of, wire(of, schedule.groups), values, months(12), schedule.conditions)
    without, _ = run(of, wire(of, ()), values, months(12), apply(of, branch(), values).conditions)
    stakes = weigh(outcome, without)
    assert stakes.identity_gap.max() < 1e-9
    sylvania = of.country_index("SYL")
    # Before the stop it costs the buyer money and gives it nothing yet.
    assert stakes.loss[0, 2:4, sylvania].sum() > 0.0
