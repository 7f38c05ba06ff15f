"""Published examples of exclusion, a sale with a rival, and the owner's share (methods T-F6, T-F7, T-F8)."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.bargaining.second_front import exclude_entrant, owners_share, signatures_to_exclude


def test_aghion_and_bolton_price_damages_entry_and_profit():
    contract = exclude_entrant(1.0, 0.5)
    assert (contract.price, contract.damages, contract.entry) == (3 / 4, 1 / 2, 1 / 4)
    assert (contract.profit, contract.profit_without) == (5 / 16, 1 / 4)


@pytest.mark.parametrize(("value", "cost"), [(1.0, 0.5), (1.0, 0.8), (1.4, 0.3)])
def test_no_other_contract_that_leaves_the_buyer_as_well_off_pays_the_incumbent_more(value, cost):
    best = exclude_entrant(value, cost)
    entry = np.linspace(0.0, 1.0, 1001)
    profit = (best.price - entry) * entry + (best.price - cost) * (1.0 - entry)
    assert profit.max() == pytest.approx(best.profit, abs=1e-6)
    assert entry[np.argmax(profit)] == pytest.approx(best.entry, abs=1e-3)
    assert best.profit >= best.profit_without


def test_rasmusen_ramseyer_and_wiley_eighty_six_of_a_hundred_exclude():
    assert signatures_to_exclude(100, 15) == 86


def test_too_few_buyers_exclude_by_themselves():
    assert signatures_to_exclude(10, 11) == 0


def test_glove_market_the_owner_of_the_single_glove_gets_two_thirds():
    one, none = np.array([1.0]), np.array([0.0])
    assert owners_share(one, one, none, one) == pytest.approx([2 / 3])


def test_without_the_second_bidder_the_owner_falls_to_half():
    one, none = np.array([1.0]), np.array([0.0])
    assert owners_share(one, none, none, one) == pytest.approx([1 / 2])
