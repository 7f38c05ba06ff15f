"""Worked answers on ratification: an uncertain threshold at home, and Schelling's tied hands."""

import numpy as np
import pytest

from chokepoint.bargaining import promise, with_tied_hands
from chokepoint.solutions import RULES

SHARES = np.linspace(0.0, 1.0, 101)
PIE = np.stack([SHARES, 1.0 - SHARES])


def share_of_first(home, abroad):
    """Return what the first party gets of a pie of 1 if it needs ``home``, the other ``abroad``; NaN for nothing."""
    choice = with_tied_hands(PIE[None], np.array([[home, abroad]]), RULES["nash"])
    return SHARES[choice.first[0]] if choice.is_deal[0] else float("nan")


def test_an_uncertain_threshold_at_home_is_met_at_its_upper_end():
    # methods F5: u = (x, 1 - x), the threshold uniform on 0.4 to 0.8: (x F)((1 - x) F) is greatest at 0.8.
    yes = np.clip((SHARES - 0.4) / 0.4, 0.0, 1.0)
    assert SHARES[promise(PIE, yes).argmax()] == pytest.approx(0.8)


def test_a_tied_hand_gains_until_both_are_tied():
    # Schelling's conjecture, methods F5: 0.5 without ties; home needs 0.6 and gets it; abroad takes at most 0.55: none.
    assert share_of_first(0.0, 0.0) == pytest.approx(0.5)
    assert share_of_first(0.6, 0.0) == pytest.approx(0.6)
    assert np.isnan(share_of_first(0.6, 0.45))
