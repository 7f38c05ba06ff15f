from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.building.origins import first_hand

RURITANIA, SYLVANIA, FREEDONIA = range(3)


def trade(*flows: tuple[int, int, float]) -> np.ndarray:
    found = np.zeros((3, 3))
    for exporter, importer, amount in flows:
        found[exporter, importer] = amount
    return found


def test_what_a_country_only_handles_is_laid_back_to_its_maker():
    hand = first_hand(trade((RURITANIA, SYLVANIA, 10.0), (SYLVANIA, FREEDONIA, 4.0)), np.array([12.0, 0.0, 0.0]))
    assert hand.sent == pytest.approx(np.array([[2.0, 6.0, 4.0], [0, 0, 0], [0, 0, 0]]), abs=1e-7)
    assert hand.passed == pytest.approx([0.0, 4.0, 0.0], abs=1e-7)


def test_a_maker_that_exports_less_than_it_makes_hands_nothing_on():
    reported = trade((RURITANIA, SYLVANIA, 10.0), (SYLVANIA, FREEDONIA, 4.0))
    hand = first_hand(reported, np.array([10.0, 5.0, 0.0]))
    assert hand.sent == pytest.approx(np.array([[0.0, 10.0, 0.0], [0.0, 1.0, 4.0], [0, 0, 0]]), abs=1e-9)
    assert hand.passed.tolist() == [0.0, 0.0, 0.0]


def test_exports_that_were_neither_made_nor_received_are_named_not_dropped():
    hand = first_hand(trade((SYLVANIA, FREEDONIA, 4.0)), np.array([0.0, 1.0, 0.0]))
    assert hand.unrecorded.tolist() == [0.0, 3.0, 0.0]
    assert hand.sent[SYLVANIA, FREEDONIA] == pytest.approx(4.0)


@given(st.lists(st.floats(0.0, 100.0), min_size=9, max_size=9), st.lists(st.floats(0.0, 100.0), min_size=3, max_size=3))
def test_makers_keep_their_exports_and_takers_their_own_use(flows, made):
    reported = np.array(flows).reshape(3, 3)
    np.fill_diagonal(reported, 0.0)
    output = np.array(made)
    hand = first_hand(reported, output)
    supply = output + hand.unrecorded
    use = supply + reported.sum(axis=0) - reported.sum(axis=1)
    size = max(1.0, float(reported.sum() + output.sum()))
    assert (hand.sent >= 0.0).all()
    assert hand.sent.sum(axis=1) == pytest.approx(supply, abs=1e-6 * size)
    assert hand.sent.sum(axis=0) == pytest.approx(use, abs=1e-6 * size)
