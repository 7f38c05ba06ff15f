from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.exposure.trade_origins import origin_shares_of_trade, trade_origins


def traced(*flows: tuple[str, str, float]) -> dict[tuple[str, str], float]:
    """Return the share of each origin in what each country buys."""
    seller, buyer, value = (np.array(column, dtype=object) for column in zip(*flows, strict=True))
    code = np.array(["850511"] * len(flows), dtype=object)
    (found,) = trade_origins(code, seller, buyer, value.astype(np.float64))
    return {
        (importer, origin): pytest.approx(float(found.share[row, column]))
        for row, importer in enumerate(found.buyer)
        for column, origin in enumerate(found.origin)
        if found.share[row, column] > 0.0
    }


def test_a_point_of_passage_is_looked_through():
    # Worked by hand: Zenda buys 10 from Ruritania and sells 10 to Strelsau, so Strelsau buys from Ruritania.
    assert traced(("RUR", "ZEN", 10.0), ("ZEN", "STR", 10.0)) == {("ZEN", "RUR"): 1.0, ("STR", "RUR"): 1.0}


def test_what_a_country_sells_beyond_what_it_buys_is_its_own():
    # Zenda buys 10 and sells 40: a quarter of its supply is Ruritania's, three quarters its own.
    found = traced(("RUR", "ZEN", 10.0), ("ZEN", "STR", 40.0))
    assert found == {("ZEN", "RUR"): 1.0, ("STR", "RUR"): 0.25, ("STR", "ZEN"): 0.75}


def test_two_points_of_passage_that_trade_with_each_other_are_solved_together():
    # x and y are Ruritania's share in Zenda's and Hentzau's supply: both 1, for nothing else enters.
    found = traced(("RUR", "ZEN", 10.0), ("ZEN", "HEN", 6.0), ("HEN", "ZEN", 2.0), ("HEN", "STR", 3.0))
    assert {key: value for key, value in found.items() if key[1] == "RUR"} == {
        ("ZEN", "RUR"): 1.0,
        ("HEN", "RUR"): 1.0,
        ("STR", "RUR"): 1.0,
    }


def test_what_only_goes_in_circles_has_no_origin():
    found = traced(("ZEN", "HEN", 5.0), ("HEN", "ZEN", 5.0), ("RUR", "STR", 1.0))
    assert found == {("STR", "RUR"): 1.0}


def test_products_are_traced_one_after_the_other():
    code = np.array(["1", "1", "2"], dtype=object)
    seller, buyer = np.array(["A", "B", "C"], dtype=object), np.array(["B", "C", "A"], dtype=object)
    found = list(trade_origins(code, seller, buyer, np.array([1.0, 1.0, 1.0])))
    assert [(each.code, each.origin.tolist()) for each in found] == [("1", ["A"]), ("2", ["C"])]


def test_no_flows_are_no_products():
    none = np.array([], dtype=object)
    assert list(trade_origins(none, none, none, np.array([], dtype=np.float64))) == []


flows = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0.01, 1e6)), min_size=1, max_size=40)


@given(flows)
def test_shares_lie_between_none_and_all_and_solve_their_own_equation(drawn):
    seller, buyer = (np.array([each[number] for each in drawn], dtype=np.intp) for number in (0, 1))
    value = np.array([each[2] for each in drawn])
    buyers, origin, share = origin_shares_of_trade(seller, buyer, value, 7)
    assert (share >= -1e-9).all()
    assert (share.sum(axis=1) <= 1 + 1e-9).all()
    # Put into the equation of the docstring, written out anew: nothing is left over.
    flow = np.zeros((7, 7))
    for i, j, v in drawn:
        flow[i, j] += v if i != j else 0.0
    own = np.maximum(flow.sum(axis=1) - flow.sum(axis=0), 0.0)
    bought = np.zeros((7, 7))
    bought[np.ix_(buyers, origin)] = share
    supply = flow.sum(axis=0) + own
    mix = np.zeros((7, 7))
    for i in np.flatnonzero(supply):
        mix[i] = (flow.sum(axis=0)[i] * bought[i] + own[i] * np.eye(7)[i]) / supply[i]
    for j in buyers:
        assert np.allclose(flow[:, j] @ mix / flow[:, j].sum(), bought[j], atol=1e-9)


@given(flows, st.floats(0.1, 1e4))
def test_the_unit_of_value_does_not_matter(drawn, factor):
    seller, buyer = (np.array([each[number] for each in drawn], dtype=np.intp) for number in (0, 1))
    value = np.array([each[2] for each in drawn])
    _, origin, share = origin_shares_of_trade(seller, buyer, value, 7)
    _, other_origin, other = origin_shares_of_trade(seller, buyer, value * factor, 7)
    if origin.tolist() == other_origin.tolist():
        assert np.allclose(share, other, atol=1e-6)
