from __future__ import annotations

import numpy as np
import pytest

from chokepoint.bargaining import (
    Threats,
    all_packages,
    contributions,
    package_words,
    pose,
    ratify,
    settle,
    unilateral,
    weigh_orders,
)
from chokepoint.errors import DataError
from chokepoint.solutions import RULES
from tests.bargaining.table import ISSUES, PARTIES, issue, plain, random_payoff

NASH = RULES["nash"]
MILLION = 1e6


def said(**changes):
    with pytest.raises(DataError) as raised:
        pose(**{"parties": PARTIES, "issues": ISSUES, "payoff": random_payoff(0)} | changes)
    return str(raised.value).splitlines()


def test_packages_are_every_combination_of_levels_the_last_issue_running_fastest():
    packages = all_packages(ISSUES)
    assert packages.tolist()[:3] == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert len(packages) == 12
    assert package_words(ISSUES, packages[5]) == "Licences: six-month; Software: held; Engines: released"


def test_everything_wrong_with_the_issues_is_said_at_once_and_numbered():
    twins = [
        issue("software", "Sylvania", governs=("letter-of-may",)),
        issue("software", "Freedonia", ("held", "held")),
        issue("ethane", "Sylvania", (), governs=("letter-of-may",)),
    ]
    assert said(issues=twins) == [
        "5 problems; nothing was written:",
        (
            "  1. issue software: found two issues of that name; expected each issue once; "
            "rename one, or make their levels one ladder"
        ),
        (
            "  2. issues software and ethane: found both decide letter-of-may, so that their levels "
            "contradict each other; expected each measure decided by one issue; "
            "make them one issue, or take the measure out of one"
        ),
        "  3. issue software level held: found two levels of that name; expected each level once; rename or delete one",
        (
            "  4. issue software owner: found Freedonia; expected Ruritania or Sylvania, who decides it if the "
            "talks fail; name the owner, or give the payoffs without a deal"
        ),
        "  5. issue ethane: found no level; expected one or more; say what could be agreed",
    ]


def test_an_owner_need_not_sit_at_the_table_when_no_deal_is_given():
    deposit = issue("deposit", "Freedonia", ("open", "exclusive"))
    problem = pose(parties=PARTIES, issues=[deposit], payoff=np.ones((1, 2, 2)), no_deal=np.zeros((1, 2)))
    assert problem.standoff is None


@pytest.mark.parametrize(
    "parties", [("Ruritania", "Ruritania"), ("Ruritania",), ("Ruritania", "Sylvania", "Freedonia")]
)
def test_a_table_has_two_sides(parties):
    assert "expected two different parties" in said(parties=parties)[1]


def test_a_package_without_payoff_is_named():
    assert said(payoff=random_payoff(0, packages=11)) == [
        "1 problem; nothing was written:",
        (
            "  1. package Licences: general; Software: released; Engines: released: found no payoff; "
            "expected what it brings each party; simulate it, or leave it out of the packages"
        ),
    ]


def test_a_payoff_that_is_not_finite_is_named_with_its_package():
    payoff = random_payoff(0)
    payoff[1:3, 0, 4] = np.nan
    assert said(payoff=payoff)[1] == (
        "  1. package Licences: six-month; Software: held; Engines: held: found a payoff that is not finite in 2 of 4 "
        "cases; expected USD in every case; leave out the cases whose months were not solved"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payoff": random_payoff(0)[:, 0]}, "expected (cases, 2, 12)"),
        ({"packages": np.array([[0, 0, 2]])}, "expected one level of each of the 3 issues, counted from 0"),
        ({"packages": np.array([[0, 0, 0], [0, 0, 0]])}, "found a package twice"),
        ({"packages": all_packages(ISSUES)[:11]}, "found 11 of 12 combinations of levels"),
        ({"no_deal": np.zeros((4, 3))}, "expected finite payoffs of shape (4, 2)"),
        ({"no_deal": np.full((4, 2), np.inf)}, "0% of them finite"),
        (
            {"no_deal": Threats(first=("a",), second=("b",), payoff=np.zeros((4, 2, 2, 1)))},
            "expected finite payoffs of shape (4, 2, 1, 1)",
        ),
    ],
)
def test_tables_that_do_not_fit_are_said(changes, words):
    assert words in said(**changes)[1]


def test_without_a_deal_each_party_sets_the_issues_it_owns():
    payoff = random_payoff(3)
    threats = unilateral(ISSUES, PARTIES, all_packages(ISSUES), payoff)
    assert threats.first == ("Licences: none", "Licences: six-month", "Licences: general")
    assert threats.second[1] == "Software: held; Engines: released"
    assert threats.payoff.reshape(4, 2, 12) == pytest.approx(payoff)
    assert pose(parties=PARTIES, issues=ISSUES, payoff=payoff).standoff.first.shape == (4, 3)


def test_a_party_that_gains_from_nothing_is_told_so_with_what_would_change_its_mind():
    agreement = settle(plain([(5 * MILLION, -3 * MILLION), (20 * MILLION, -1 * MILLION)]), NASH)
    assert np.isnan(agreement.gains).all()
    assert str(agreement.impasse) == (
        "No deal: Sylvania gains from no package; "
        "'Table: package 1' would open if Ruritania paid Sylvania 1.0 million USD."
    )


def test_an_empty_zone_that_no_payment_opens_names_the_value_that_would():
    agreement = settle(plain([(5 * MILLION, -9 * MILLION), (-2 * MILLION, 1.5 * MILLION)]), NASH)
    assert str(agreement.impasse) == (
        "No deal: every package better than no deal for Ruritania is worse for Sylvania; no payment opens a deal, "
        "for every package costs more than it brings; "
        "'Table: package 1' would open if Ruritania valued it 2.0 million USD higher."
    )
    assert agreement.impasse.share == 1.0


def test_a_lottery_may_open_an_empty_zone():
    problem = plain([(5.0, -1.0), (-1.0, 5.0)])
    assert settle(problem, NASH).impasse.payment == -1.0
    assert settle(problem, NASH, lotteries=True).gains.tolist() == [[2.0, 2.0]]


def test_a_principal_who_can_never_ratify_is_named():
    problem = plain([(5 * MILLION, 3 * MILLION)])
    home = problem.payoff - np.array([[[0.0], [7 * MILLION]]])
    agreement = settle(problem, NASH, ratification=ratify(home, np.zeros((1, 2))))
    assert str(agreement.impasse) == (
        "No deal: the principal of Sylvania ratifies no package; "
        "'Table: package 0' would open if Ruritania paid Sylvania 4.0 million USD."
    )


def test_only_packages_that_both_principals_ratify_are_chosen_from():
    problem = plain([(5.0, 5.0), (7.0, 2.0)])
    home = np.array([[[-1.0, 1.0], [1.0, 0.0]]])
    ratification = ratify(home, np.zeros((1, 2)))
    assert ratification.win_set.tolist() == [[False, True]]
    assert settle(problem, NASH, ratification=ratification).gains.tolist() == [[7.0, 2.0]]


def test_the_chance_of_a_yes_counts_cases_by_principal_and_together():
    home = np.array([[[1.0], [1.0]], [[1.0], [-1.0]], [[-1.0], [1.0]], [[1.0], [1.0]]])
    ratification = ratify(home, np.zeros((4, 2)))
    assert ratification.chance.tolist() == [[0.75], [0.75]]
    assert ratification.chance_of_both.tolist() == [0.5]


def test_an_impasse_tells_its_share_of_the_cases_and_the_first_of_them():
    payoff = np.array([[[1.0], [1.0]], [[1.0], [-2.0]], [[-2.0], [1.0]]])
    impasse = settle(plain([(0, 0)], payoff=payoff, no_deal=np.zeros((3, 2))), NASH).impasse
    assert (impasse.share, impasse.case) == (pytest.approx(2 / 3), 1)
    assert impasse.reason == "Sylvania gains from no package"


def test_the_payment_beside_a_package_is_half_the_difference_of_gains():
    assert settle(plain([(1.0, 9.0)]), NASH).payment.tolist() == [4.0]


def test_contributions_need_every_mixture_of_the_two_packages():
    packages = np.array([[0, 0, 0], [2, 1, 0]])
    problem = pose(
        parties=PARTIES, issues=ISSUES, payoff=random_payoff(0, packages=2), packages=packages, no_deal=np.zeros((4, 2))
    )
    with pytest.raises(DataError, match="2 problems") as raised:
        contributions(problem, 1, 0)
    assert "package Licences: none; Software: released; Engines: held: found no payoff" in str(raised.value)


def dilemma(months, **changes):
    """Neither releases 0, both 2, alone -3 for who released and 5 for who did not, USD a month."""
    worth = {"neither": 0.0, "both": 2.0, "vain": -3.0, "held": 5.0} | changes
    first = [[worth["neither"], worth["held"]], [worth["vain"], worth["both"]]]
    return np.tile(np.stack([first, np.transpose(first)]), (1, months, 1, 1, 1))


def test_reneging_pays_until_it_is_noticed_and_costs_the_deal_afterwards():
    # Three USD more in each of 2 months, two less in each of the other 4.
    weighed = weigh_orders(dilemma(6), (2, 3))
    assert weighed.temptation.tolist() == [[3 * 2 - 2 * 4, 3 * 3 - 2 * 3]]
    assert weighed.exposure.tolist() == [[3 * 3, 3 * 2]]
    assert weighed.longest_lag.tolist() == [[2, 2]]


def test_whoever_can_be_caught_in_time_moves_second():
    weighed = weigh_orders(dilemma(6), (2, 3))
    assert weighed.second_may_begin.tolist() == [True]
    assert weighed.first_may_begin.tolist() == [False]
    assert weighed.together.tolist() == [False]


def test_a_deal_that_is_worth_more_than_holding_back_enforces_itself_unverified():
    weighed = weigh_orders(dilemma(6, held=1.0), (6, 6))
    assert weighed.together.tolist() == [True]
    assert weighed.longest_lag.tolist() == [[6, 6]]


def test_a_word_holds_as_long_as_breaking_it_does_not_pay():
    # Three USD more in each of 2 months make up for exactly two less in each of 3.
    weighed = weigh_orders(dilemma(5), (2, 3))
    assert weighed.temptation.tolist() == [[0.0, 5.0]]
    assert weighed.longest_lag.tolist() == [[2, 2]]
    assert weighed.second_may_begin.tolist() == [True]


def test_a_deal_worse_than_none_is_never_kept():
    assert weigh_orders(dilemma(6, both=-1.0), (0, 0)).longest_lag.tolist() == [[-1, -1]]


def test_later_months_count_less():
    weighed = weigh_orders(dilemma(2), (1, 1), discount=0.5)
    assert weighed.temptation.tolist() == [[3 - 0.5 * 2, 3 - 0.5 * 2]]
