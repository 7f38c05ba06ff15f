from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.simulation import run, wire
from chokepoint.simulation.parts import MOST_TOGETHER
from tests.properties.worlds import chains, magnet_caps
from tests.ruritania import chain
from tests.simulation.trade import conditions, go_on, months, settings_of, simulate

CUBES = ("ex_works", "delivered", "flow", "level", "use", "stock", "rent", "use_surplus", "profit", "value")


def assert_equal(found, expected):
    for name in CUBES:
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name


@given(
    st.lists(magnet_caps(), min_size=2, max_size=5),
    st.lists(st.tuples(st.floats(0.5, 10.0), st.floats(0.05, 1.0), st.floats(0.0, 3.0)), min_size=5, max_size=5),
)
@settings(max_examples=20)
def test_a_batch_of_cases_equals_a_loop_over_them(caps, behaviour):
    names = ("switch_elasticity", "demand_elasticity", "stock_cover")
    behaviour = behaviour[: len(caps)]
    together = {name: [each[place] for each in behaviour] for place, name in enumerate(names)}
    batch = simulate(chain(), 4, cases=len(caps), values=together, cap_share=np.array(caps))
    for case, (cap, each) in enumerate(zip(caps, behaviour, strict=True)):
        alone = simulate(chain(), 4, values=dict(zip(names, each, strict=True)), cap_share=cap)
        for name in CUBES:
            assert np.array_equal(getattr(batch, name)[case], getattr(alone, name)[0]), name


def test_an_unsolvable_neighbour_leaves_the_other_cases_alone():
    cap = np.where(np.arange(14) == 9, 0.3, np.inf)
    alone = simulate(chain(), 3, cap_share=cap)
    beside = simulate(chain(), 3, cases=2, values={"stock_cover": [2.0, -1e6]}, cap_share=cap)
    assert beside.is_solved[:, 0].tolist() == [True, False]
    assert np.array_equal(beside.flow[0], alone.flow[0])


@given(chains(), magnet_caps(), st.integers(1, 5))
@settings(max_examples=30)
def test_restarting_at_any_month_equals_one_run(world, cap, month):
    still = settings_of(world)

    def terms(when):
        # The caps hold from the second month to the fourth, so that restarts fall before, within and after.
        return {"cap_share": cap} if 1 <= months(1)[0].until(when) <= 3 else {}

    whole, _ = go_on(world, months(6), still, terms)
    begun, memory = go_on(world, months(month), still, terms)
    rest, _ = go_on(world, months(6 - month, month), still, terms, memory=memory)
    for name in CUBES:
        joined = np.concatenate([getattr(begun, name), getattr(rest, name)], axis=1)
        assert np.array_equal(joined, getattr(whole, name)), name


def test_a_restart_without_its_memory_is_not_the_same_run():
    world, cap = chain(supplier_adaptation=0.5), np.where(np.arange(14) == 9, 0.3, np.inf)
    whole = simulate(world, 6, cap_share=cap)
    forgetful = simulate(world, 3, cap_share=cap)
    assert whole.flow[:, 3:] != pytest.approx(forgetful.flow, rel=1e-3)


def test_a_batch_too_large_to_be_simulated_in_one_go_restarts_where_it_stopped():
    count = 3 * MOST_TOGETHER + 1
    still = settings_of(chain(), count, switch_elasticity=np.linspace(0.5, 10.0, count))
    cap = np.where(np.arange(14) == 9, np.linspace(0.0, 1.0, count)[:, None], np.inf)
    whole, _ = go_on(chain(), months(3), still, lambda _: {"cap_share": cap})
    begun, memory = go_on(chain(), months(1), still, lambda _: {"cap_share": cap})
    rest, _ = go_on(chain(), months(2, 1), still, lambda _: {"cap_share": cap}, memory=memory)
    for name in CUBES:
        joined = np.concatenate([getattr(begun, name), getattr(rest, name)], axis=1)
        assert np.array_equal(joined, getattr(whole, name)), name


def test_a_run_keeps_what_it_is_asked_for_and_its_certificates():
    still = settings_of(chain(), 2)
    whole, _ = go_on(chain(), months(2), still)
    kept, _ = run(chain(), wire(chain()), still, months(2), lambda _: conditions(chain(), 2), keep={"delivered"})
    assert np.array_equal(kept.delivered, whole.delivered)
    assert np.array_equal(kept.residual, whole.residual)
    assert kept.is_solved.all()
    assert kept.flow.shape == (2, 0, 14)


def test_a_batch_over_several_processes_gives_the_bits_it_gives_in_one():
    shares = np.where(np.arange(14) == 9, np.linspace(0.0, 1.0, 7)[:, None], np.inf)
    whole = simulate(chain(), 3, cases=7, cap_share=shares)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        elsewhere = pool.submit(simulate, chain(), 3, cases=5, cap_share=shares[2:])
        parts = (simulate(chain(), 3, cases=2, cap_share=shares[:2]), elsewhere.result())
    for name in CUBES:
        assert np.array_equal(np.concatenate([getattr(part, name) for part in parts]), getattr(whole, name)), name


def test_a_repeated_run_gives_the_same_bits():
    cap = np.where(np.arange(14) == 9, 0.3, np.inf)
    first, second = (simulate(chain(), 6, cap_share=cap) for _ in range(2))
    assert_equal(first, second)
    arrays = [each.name for each in fields(first) if isinstance(getattr(first, each.name), np.ndarray)]
    assert all(np.array_equal(getattr(first, name), getattr(second, name)) for name in arrays)
