"""The licence path worked by hand: waiting, then a queue of which a share is approved each month."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.dates import Month
from chokepoint.instruments import Licence, Relief, free_conditions

APRIL_4 = dt.date(2025, 4, 4)
APRIL = Month(2025, 4)


def licence(**changes):
    said = {
        "share": np.ones((1, 1)),
        "effective": APRIL_4,
        "ends": None,
        "handling_days": np.array([60.0]),
        "approval_per_month": np.array([0.1]),
        "already_cleared": np.array([0.0]),
    }
    return Licence(
        **(said | {name: np.array([each]) if isinstance(each, float) else each for name, each in changes.items()})
    )


def released(of, month):
    return of.released(month).item()


def by_hand(month, handling, approval, effective=APRIL_4):
    """Return the mean over a month of 1 on free days, then of ``1 - (1 - g)^t`` from the handling time on."""
    days = [(day - effective).days for day in month.day_list()]
    path = [1.0 if day < 0 else 1.0 - (1.0 - approval) ** (max(0.0, day - handling) / 30.0) for day in days]
    return np.mean(path)


def test_nothing_is_licensed_while_applications_are_handled():
    assert released(licence(), Month(2025, 5)) == 0.0


def test_the_first_month_counts_its_free_days_pro_rata():
    assert released(licence(), APRIL) == pytest.approx(3.0 / 30.0, rel=1e-12)


def test_what_was_cleared_before_is_shipped_in_the_first_thirty_days():
    # 27 days of April, then three of May.
    of = licence(already_cleared=0.2)
    assert released(of, APRIL) == pytest.approx((3.0 + 27.0 * 0.2) / 30.0, rel=1e-12)
    assert released(of, Month(2025, 5)) == pytest.approx(3.0 * 0.2 / 31.0, rel=1e-12)


@given(st.integers(0, 90), st.floats(0.01, 0.9), st.integers(0, 12))
@settings(max_examples=40)
def test_after_the_handling_time_shipments_rise_as_the_approved_share_of_a_growing_queue(handling, approval, later):
    month = APRIL.plus(later)
    of = licence(handling_days=float(handling), approval_per_month=approval)
    assert released(of, month) == pytest.approx(by_hand(month, handling, approval), rel=1e-9, abs=1e-12)


def test_every_case_has_its_own_queue():
    of = licence(
        handling_days=np.array([30.0, 60.0]), approval_per_month=np.array([0.1, 0.5]), already_cleared=np.zeros(2)
    )
    month = Month(2025, 8)
    assert of.released(month) == pytest.approx([by_hand(month, 30, 0.1), by_hand(month, 60, 0.5)], rel=1e-9)


def relief(first, approval=None, last=None):
    return Relief(first=first, last=last, approval_per_month=None if approval is None else np.array([approval]))


def test_faster_approvals_release_the_queue_above_normal_trade_and_settle_back_to_it():
    of = licence(reliefs=(relief(dt.date(2025, 11, 1), 0.6),))
    months = [released(of, Month(2025, 10).plus(number)) for number in range(24)]
    assert months[0] < 0.5
    assert months[1] > 1.5
    assert months[1:12] == sorted(months[1:12], reverse=True)
    assert months[-1] == pytest.approx(1.0, abs=1e-3)


def test_a_released_queue_holds_no_more_than_was_held_back():
    of = licence(reliefs=(relief(dt.date(2025, 11, 1), 0.6),))
    span = [APRIL.plus(number) for number in range(60)]
    shipped = sum(released(of, month) * month.days for month in span)
    normal = sum(month.days for month in span)
    # What never comes back: 60 days of handling, and the queue that then stands, 1 / h days of trade.
    standing = 1.0 / -np.expm1(np.log1p(-0.6) / 30.0)
    assert normal - shipped == pytest.approx(60.0 + standing, rel=1e-6)


def test_a_slower_framework_does_not_slow_approvals():
    month = Month(2025, 12)
    slower = licence(approval_per_month=0.5, reliefs=(relief(dt.date(2025, 6, 1), 0.1),))
    assert released(slower, month) == released(licence(approval_per_month=0.5), month)


def test_a_framework_holds_until_its_last_day():
    ended = licence(reliefs=(relief(dt.date(2025, 6, 1), 0.6, dt.date(2025, 6, 30)),))
    lasting = licence(reliefs=(relief(dt.date(2025, 6, 1), 0.6),))
    assert released(ended, Month(2025, 6)) == released(lasting, Month(2025, 6))
    assert released(ended, Month(2025, 8)) < released(lasting, Month(2025, 8))


def test_a_suspension_lifts_the_control_while_it_holds_and_handling_begins_again_after_it():
    of = licence(reliefs=(relief(dt.date(2025, 6, 11), last=dt.date(2025, 9, 10)),))
    assert np.isinf(released(of, Month(2025, 7)))
    assert released(of, Month(2025, 6)) > 20.0 / 30.0
    assert released(of, Month(2025, 9)) == pytest.approx(10.0 / 30.0, rel=1e-12)


def test_a_control_that_comes_back_after_a_suspension_starts_its_queue_anew():
    # Suspended before it took effect: nobody has applied, so the handling time begins on the day it returns.
    back = dt.date(2026, 11, 11)
    of = licence(effective=dt.date(2025, 12, 1), reliefs=(relief(dt.date(2025, 11, 7), last=dt.date(2026, 11, 10)),))
    fresh = licence(effective=back)
    for month in (Month(2026, 11), Month(2026, 12), Month(2027, 3)):
        assert released(of, month) == pytest.approx(released(fresh, month), rel=1e-9)


def test_nothing_is_controlled_before_the_first_day_or_after_the_last():
    of = licence(ends=dt.date(2025, 12, 31))
    assert np.isinf(released(of, Month(2025, 3)))
    assert np.isinf(released(of, Month(2026, 1)))
    assert np.isfinite(released(of, Month(2025, 12)))


def test_only_the_controlled_share_of_a_lane_waits():
    of = licence(share=np.array([[1.0, 0.4, 0.0]]))
    capped = of.apply(free_conditions(1, 3, 1, 1, 0), Month(2025, 5))
    assert capped.cap_share[0].tolist() == pytest.approx([0.0, 0.6, np.inf])


def test_a_licence_does_not_loosen_a_cap_that_is_tighter():
    free = free_conditions(1, 1, 1, 1, 0)
    tight = licence(share=np.array([[0.5]])).apply(licence().apply(free, Month(2025, 5)), Month(2025, 5))
    assert tight.cap_share.item() == 0.0
    assert np.isinf(free.cap_share.item())


@pytest.mark.parametrize(
    ("name", "more"), [("handling_days", -15.0), ("approval_per_month", 0.1), ("already_cleared", 0.2)]
)
def test_quicker_handling_more_approvals_or_more_cleared_before_let_more_through(name, more):
    plain = {"handling_days": 45.0, "approval_per_month": 0.1, "already_cleared": 0.0}
    span = [APRIL.plus(number) for number in range(6)]
    before = sum(released(licence(**plain), month) for month in span)
    after = sum(released(licence(**(plain | {name: plain[name] + more})), month) for month in span)
    assert after > before
