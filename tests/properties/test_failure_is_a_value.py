from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import replace

import numpy as np
import pytest

from chokepoint import market
from chokepoint.answer import run as answers
from chokepoint.errors import ConvergenceError
from chokepoint.market import State
from chokepoint.records.scenario import BranchRecord, ScenarioRecord
from chokepoint.settings import Settings
from chokepoint.simulation import require_converged
from chokepoint.stakes import weigh
from tests.ruritania import chain
from tests.simulation.trade import go_on, months, settings_of, simulate

# A store that owes more than the whole world can make: no prices clear such a market.
IMPOSSIBLE = {"stock_cover": [2.0, -1e6, 2.0]}


def test_a_market_that_cannot_clear_says_so_and_its_neighbours_are_solved():
    outcome = simulate(chain(), cases=3, values=IMPOSSIBLE)
    assert outcome.is_solved[:, 0].tolist() == [True, False, True]
    assert outcome.residual[1, 0] > outcome.tolerance[1, 0]


def test_asking_for_a_solved_market_names_the_case_and_the_month_that_are_not():
    outcome = simulate(chain(), 2, cases=3, values=IMPOSSIBLE)
    with pytest.raises(ConvergenceError, match=r"^1 of 6 clearings not solved; case 1, 2025-01: not solved: .*"):
        require_converged(outcome)


def test_the_failure_of_one_month_of_one_case_is_named_with_its_residual():
    outcome = simulate(chain(), 3, cases=2)
    state, residual = outcome.state.copy(), outcome.residual.copy()
    state[1, 2], residual[1, 2] = State.NO_DESCENT.value, 0.25
    with pytest.raises(ConvergenceError) as caught:
        require_converged(replace(outcome, state=state, residual=residual))
    assert str(caught.value) == (
        "1 of 6 clearings not solved; case 1, 2025-03: not solved: no step lowered the objective; "
        "look for a good with no use and no store (residual 2.5e-01)"
    )
    assert caught.value.exit_code == 4


def test_a_solved_market_is_asked_for_in_silence():
    require_converged(simulate(chain(), 2, cases=2))


def test_whatever_an_unsolved_case_holds_its_stakes_are_weighed_without_a_warning():
    outcome = simulate(chain(), 2, cases=2)
    flow, state = outcome.flow.copy(), outcome.state.copy()
    flow[1], state[1] = 1e307, State.STEPS_EXHAUSTED.value
    wild = replace(outcome, flow=flow, level=np.full_like(outcome.level, 1e307), state=state)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        stakes = weigh(wild, outcome)
    assert not stakes.identity_gap[1] <= 1.0


def test_a_clearing_alone_names_the_case_that_is_not_solved():
    _, memory = go_on(chain(), months(1), settings_of(chain(), 3, **IMPOSSIBLE))
    with pytest.raises(ConvergenceError, match=r"^1 of 3 cases not solved; case 1: not solved: "):
        market.require_converged(memory.clearing)


@pytest.mark.parametrize("name", ["utilisation", "supply_elasticity", "switch_elasticity", "demand_elasticity"])
def test_a_number_that_is_none_is_never_solved_in_silence(name):
    value = chain().parameters[name].value
    outcome = simulate(chain(), cases=3, values={name: [value, np.nan, value]})
    assert outcome.is_solved[:, 0].tolist() == [True, False, True]


def test_a_lane_whose_cost_is_no_number_is_never_solved_in_silence():
    wedge = np.zeros((3, 14))
    wedge[1, 9] = np.nan
    with np.errstate(invalid="ignore"):
        outcome = simulate(chain(), cases=3, wedge=wedge)
    assert outcome.is_solved[:, 0].tolist() == [True, False, True]


@pytest.mark.parametrize("sigma", [1e9, 1e12, 1e300])
def test_a_friction_too_small_to_compute_with_is_not_excused_by_a_wide_tolerance(sigma):
    cap = np.where(np.arange(14) == 9, 0.3, np.inf)
    outcome = simulate(chain(switch_elasticity=sigma), cap_share=cap)
    assert not outcome.is_solved.any() or outcome.residual.max() <= 1e-6


def test_an_answer_uses_only_the_cases_that_were_solved_in_every_month(monkeypatch):
    world = chain()
    branch = BranchRecord(name="b", title="B", as_of=dt.date(2025, 1, 1), measures=(), parameters=(), note="")
    scenario = ScenarioRecord(
        name="s",
        file="s.yaml",
        title="S",
        question="?",
        as_of=dt.date(2025, 1, 1),
        start="2025-01",
        months=2,
        draws=2,
        seed=1,
        parameters=(),
        branches=(branch,),
    )

    def impossible(of, _figures, _draws, _seed):
        return Settings(of, {name: np.array(values) for name, values in IMPOSSIBLE.items()}, 3)

    monkeypatch.setattr(answers, "draw", impossible)
    done = answers.run_branch(world, scenario, branch, months(2), answers.Unmeasured(world, months(2)))
    assert done.is_solved.tolist() == [True, False, True]
