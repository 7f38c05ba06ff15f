"""What trading issues for each other brings, over settling each alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.bargaining import all_packages, compose, pose
from chokepoint.bargaining.linked_issues import linkage_over
from chokepoint.solutions import RULES
from chokepoint.solutions.issue_by_issue import settle_apart
from tests.bargaining.table import ISSUES, PARTIES, issue, random_payoff

SEEDS = st.integers(0, 2**32 - 1)


def test_two_steps_that_each_cost_their_owner_are_taken_only_together():
    issues = [issue("licences", "Ruritania"), issue("engines", "Sylvania")]
    parts = [np.array([[[0.0, -1.0], [0.0, 3.0]]]), np.array([[[0.0, 3.0], [0.0, -1.0]]])]
    problem = pose(parties=PARTIES, issues=issues, payoff=compose(all_packages(issues), parts))
    found = linkage_over(problem, 0, RULES["nash"])
    assert found.apart.tolist() == [[0.0, 0.0]]
    assert found.together.tolist() == found.gain.tolist() == [[2.0, 2.0]]


@given(SEEDS)
def test_where_issues_add_up_settling_them_alone_is_what_the_shelf_does(seed):
    rng = np.random.default_rng(seed)
    parts = [rng.normal(size=(1, 2, len(each.levels))) for each in ISSUES]
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=compose(all_packages(ISSUES), parts))
    over = [part[0] - part[0][:, :1] for part in parts]
    apart = settle_apart(over, RULES["nash"], lotteries=False)
    assert linkage_over(problem, 0, RULES["nash"]).apart[0] == pytest.approx(apart.gains)


@given(SEEDS)
def test_the_package_never_has_a_smaller_product_than_issues_apart_that_pay_both(seed):
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=random_payoff(seed))
    found = linkage_over(problem, 3, RULES["nash"])
    pays = (found.apart >= 0.0).all(axis=1)
    assert (found.together.prod(axis=1) >= found.apart.prod(axis=1) * (1.0 - 1e-12))[pays].all()


@given(SEEDS)
def test_every_case_is_settled_as_if_it_were_the_only_one(seed):
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=random_payoff(seed))
    every = linkage_over(problem, 3, RULES["kalai_smorodinsky"])
    for case in range(len(problem.payoff)):
        one = pose(parties=PARTIES, issues=ISSUES, payoff=problem.payoff[[case]])
        alone = linkage_over(one, 3, RULES["kalai_smorodinsky"])
        assert every.together[case].tolist() == alone.together[0].tolist()
        assert every.apart[case].tolist() == alone.apart[0].tolist()
