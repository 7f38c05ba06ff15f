from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.errors import DataError
from chokepoint.reconcile import Total, Unknown, close, reconcile


def unknown(figure: str, value: float, family: str, word: str, country: str, partner: str = "", **others) -> Unknown:
    fields = {"unit": "t", "grade": "assumed", "weight": 1.0} | others
    return Unknown(figure=figure, value=value, family=family, word=word, country=country, partner=partner, **fields)


def test_equal_weights_and_two_margins_give_the_biproportional_table():
    # RAS by hand: rows 30 and 70, columns 40 and 60, from a table of ones: row times column over 100.
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], float)
    closing = close(np.ones(4), np.ones(4), rows, np.array([30.0, 70.0, 40.0, 60.0]))
    assert closing.values == pytest.approx([12, 18, 28, 42], rel=1e-12)


def test_a_fixed_figure_does_not_move_and_the_other_takes_it_all():
    rows = np.array([[1.0, -1.0]])
    closing = close(np.array([100.0, 80.0]), np.array([math.inf, 1.0]), rows, np.zeros(1))
    assert closing.values.tolist() == pytest.approx([100.0, 100.0], rel=1e-13)
    assert closing.values[0] == 100.0


def test_a_heavier_figure_moves_less():
    rows = np.array([[1.0, -1.0]])
    values = close(np.array([100.0, 80.0]), np.array([3.0, 1.0]), rows, np.zeros(1)).values
    # Both move by factors whose logarithms stand as 1 to 3 and meet: ln(100/80) = 0.2231 is split 1 to 3.
    assert math.log(100 / values[0]) == pytest.approx(math.log(100 / 80) / 4, rel=1e-9)


@given(
    st.lists(st.floats(0.1, 1000), min_size=6, max_size=6),
    st.lists(st.sampled_from([1.0, 3.0, 30.0, 100.0]), min_size=6, max_size=6),
)
def test_a_chain_closes_to_rounding_and_stays_positive(start, weight):
    # mine -> lane -> input of a plant -> output -> lane -> use
    rows = np.array(
        [[1, -1, 0, 0, 0, 0], [0, 1, -1, 0, 0, 0], [0, 0, 0.2, -1, 0, 0], [0, 0, 0, 1, -1, 0], [0, 0, 0, 0, 1, -1]],
        float,
    )
    closing = close(np.array(start), np.array(weight), rows, np.zeros(5))
    assert (closing.values > 0).all()
    assert np.abs(closing.residual).max() < 1e-12


def test_balances_and_totals_close_together_and_movements_are_told():
    figures = [
        unknown("production.mine.A", 100, "production", "mine", "A", recipe=(("ore", 1.0),), weight=math.inf),
        unknown("flow.ore.A.A", 50, "flow", "ore", "A", "A"),
        unknown("flow.ore.A.B", 60, "flow", "ore", "A", "B"),
        unknown("use.ore.A.other", 40, "use", "ore", "A"),
        unknown("use.ore.B.other", 55, "use", "ore", "B"),
    ]
    total = Total(
        name="exports", family="flow", words=frozenset({"ore"}), country="A", partner="", amount=58.0, is_share=False
    )
    values, movements = reconcile(figures, [total])
    assert values == pytest.approx([100, 42, 58, 42, 58], rel=1e-12)
    assert {movement.figure for movement in movements} == {each.figure for each in figures[1:]}


def test_what_cannot_close_is_named():
    figures = [
        unknown("production.mine.A", 100, "production", "mine", "A", recipe=(("ore", 1.0),), weight=math.inf),
        unknown("use.ore.B.other", 55, "use", "ore", "B"),
    ]
    with pytest.raises(DataError) as raised:
        reconcile(figures, [])
    message = str(raised.value)
    assert "what A makes and sells of ore: found a gap of 1.0e+00 of its size that nothing can close" in message
    assert "look for a lane, level or use that is missing" in message
