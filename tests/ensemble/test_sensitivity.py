from __future__ import annotations

import sys

import numpy as np
import pytest

from chokepoint.answer.sensitivity.hangs import evaluate, flip_text, flips_of, hangs_on
from chokepoint.answer.sensitivity.indices import morris, sobol
from chokepoint.errors import ChokepointError, ConvergenceError, DataError
from tests.ensemble.questions import RANGES, asked

NAMES = ("x1", "x2", "x3", "idle")
A, B = 7.0, 0.1


def ishigami(ranks):
    """Return Ishigami's function, sin x1 + a sin^2 x2 + b x3^4 sin x1, of ranks for -pi to pi."""
    x = np.pi * (2.0 * ranks - 1.0)
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_sobol_indices_of_ishigamis_function_are_those_of_its_integrals():
    alone = 0.5 * (1.0 + B * np.pi**4 / 5.0) ** 2
    together = B**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    variance = alone + A**2 / 8.0 + together
    exact = {
        "x1": (alone / variance, (alone + together) / variance),
        "x2": (A**2 / 8.0 / variance, A**2 / 8.0 / variance),
        "x3": (0.0, together / variance),
        "idle": (0.0, 0.0),
    }
    found = {each.name: each for each in sobol(ishigami, NAMES, 4096, 5)}
    for name, (first, total) in exact.items():
        # Half the 95 % interval is 1.96 standard errors; none of eight numbers may be four away.
        assert abs(found[name].first - first) <= 2.0 * found[name].first_plus_minus + 1e-12
        assert abs(found[name].total - total) <= 2.0 * found[name].total_plus_minus + 1e-12
        assert max(found[name].first_plus_minus, found[name].total_plus_minus) < 0.05
    assert list(found)[-1] == "idle"


def test_morris_effects_of_a_straight_line_are_its_slopes():
    found = {each.name: each for each in morris(lambda x: 3.0 * x[:, 0] - 5.0 * x[:, 2], NAMES, 6, 1)}
    assert list(found) == ["x3", "x1", "idle", "x2"]
    assert found["x3"].mean == pytest.approx(-5.0)
    assert found["x1"].mean_size == pytest.approx(3.0)
    assert found["x1"].spread == pytest.approx(0.0, abs=1e-9)
    assert found["x2"].mean_size == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("method", [sobol, morris])
def test_a_case_that_was_not_solved_takes_its_block_along_and_no_other(method):
    def with_gap(ranks):
        values = 3.0 * ranks[:, 0] - 5.0 * ranks[:, 2]
        values[9] = np.nan
        return values

    found = method(with_gap, NAMES, 64, 3)
    assert all(np.isfinite(each.strength) for each in found)
    assert [each.name for each in found[:2]] == ["x3", "x1"]
    with pytest.raises(ConvergenceError, match="blocks of cases were solved"):
        method(lambda ranks: np.full(len(ranks), np.nan), NAMES, 8, 3)


def test_sobol_points_come_in_powers_of_two():
    with pytest.raises(DataError, match="a power of two"):
        sobol(ishigami, NAMES, 100, 5)


def test_without_salib_the_message_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(ChokepointError, match=r"chokepoint\[ensembles\]"):
        morris(ishigami, NAMES, 4, 1)


def test_the_loss_of_whom_the_ban_hits_hangs_on_stocks_and_users_and_not_on_the_share_of_rents():
    hangs = hangs_on(asked(), morris, 6, lambda _: None)
    strength = {each.name: each.strength for each in hangs.found}
    assert set(strength) == set(RANGES)
    assert strength["rent_share"] == pytest.approx(0.0, abs=1e-6 * max(strength.values()))
    assert "rent_share" not in hangs.tried[:2]
    assert hangs.unsolved == 0
    assert hangs.cases == 6 * 5 + 1 + 11 * len(hangs.tried)


def test_what_flips_an_answer_does_so_when_it_is_simulated_again():
    question = asked()
    central, _, alone = flips_of(question, ["stock_cover", "demand_elasticity"], lambda _: None)
    line = 0.5 * (central + np.nanmin(alone))
    again = asked(against=float(line))
    _, flips, _ = flips_of(again, ["stock_cover", "demand_elasticity"], lambda _: None)
    assert flips
    assert [each.part for each in flips] == sorted(each.part for each in flips)
    for flip in flips:
        figure = again.figures[flip.name]
        assert figure.low <= flip.value <= figure.high
        moved = evaluate(again, {flip.name: np.array([figure.value, flip.value])}, lambda _: None)
        assert moved[0] > line >= moved[1]


def test_an_answer_that_no_single_assumption_changes_says_so():
    hangs = hangs_on(asked(against=-1e12), morris, 2, lambda _: None)
    assert hangs.flips == ()
    assert flip_text(hangs).startswith("None of the")
