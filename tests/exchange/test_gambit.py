"""Games written for Gambit are read back as what they were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.bargaining import Threats, all_packages, pose, settle, unilateral
from chokepoint.exchange import extensive_form, strategic_form
from chokepoint.solutions import RULES
from tests.bargaining.table import ISSUES, PARTIES, random_payoff
from tests.exchange.gambit_text import count_back, read_extensive, read_strategic

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS, st.text(min_size=1, max_size=8))
def test_a_standoff_is_read_back_to_the_last_digit_whatever_its_labels(seed, label):
    payoff = random_payoff(seed)
    threats = unilateral(ISSUES, PARTIES, all_packages(ISSUES), payoff)
    odd = Threats(first=(label, *threats.first[1:]), second=threats.second, payoff=threats.payoff)
    players, ladders, found = read_strategic(strategic_form(f"{label} table", PARTIES, odd, case=2))
    assert players == list(PARTIES)
    assert ladders[0][1:] == list(threats.first[1:])
    assert ladders[1] == list(threats.second)
    for (row, column), pair in found.items():
        assert np.multiply(pair, 1e9) == pytest.approx(threats.payoff[2, :, row, column], rel=1e-15)
    assert len(found) == threats.payoff[0, 0].size


@given(SEEDS)
def test_counting_back_an_offer_finds_the_first_partys_best_package_that_pays_the_second(seed):
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=random_payoff(seed))
    players, tree = read_extensive(extensive_form("one offer", problem))
    assert players == list(PARTIES)
    ends, actions = count_back(tree)
    gains = problem.gains[0]
    accepted = np.where(gains[1] > 0.0, problem.payoff[0, 0], -np.inf)
    if accepted.max() > problem.disagreement[0, 0]:
        best = int(accepted.argmax())
        assert actions == (problem.words(best), "yes")
        assert np.multiply(ends, 1e9) == pytest.approx(problem.payoff[0, :, best], rel=1e-15)
    else:
        assert np.multiply(ends, 1e9) == pytest.approx(problem.disagreement[0])


def test_whoever_offers_last_takes_more_than_nash_gives():
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=random_payoff(7))
    ends, _ = count_back(read_extensive(extensive_form("one offer", problem))[1])
    agreed = settle(problem, RULES["nash"]).gains[0]
    assert 1e9 * ends[0] - problem.disagreement[0, 0] >= agreed[0]


def test_no_payoff_is_written_with_an_exponent():
    threats = Threats(first=("a",), second=("b",), payoff=np.array([[[[1e-12]], [[-3e17]]]]))
    text = strategic_form("tiny and huge", PARTIES, threats)
    assert "e-" not in text.splitlines()[-1]
    assert read_strategic(text)[2] == {(0, 0): (1e-21, -3e8)}
