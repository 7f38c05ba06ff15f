"""What the answer says where there is no deal: why, and the nearest change that would open one."""

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks, judge_all
from chokepoint.answer.talks.background import background_of
from tests.talks.strelsau import issue, party, plain, security, talks, worlds


def said(_text):
    pass


@pytest.fixture(scope="module")
def grids():
    return answer_talks(talks(draws=1), worlds(), said).grids


def judged(found, *values, **changes):
    """Judge the simulated levels again under other security values; only the chains of the issues that are left."""
    record = talks(values={value.name: value for value in values}, **changes)
    chains = {each.chain for each in record.issues}
    kept = tuple(chain for chain in record.chains if chain.name in chains)
    mine = [grid for grid in found if grid.chain in chains]
    record = replace(record, chains=kept)
    return judge_all(record, background_of(record, worlds()), mine).views[0].judgement


def sure(party_code, good, value):
    return security(party_code, good, value, value, value)


def test_a_party_that_gains_from_no_package_is_told_what_would_have_to_be_paid(grids):
    alone = {"issues": (issue("fenwickite", "north"),), "historical": {"fenwickite": "free"}}
    judgement = judged(grids, sure("RUR", "fenwickite", 3000.0), **alone)
    impasse = judgement.agreements["nash"].impasse
    # Free fenwickite spares Ruritania 475 USD a year and costs it 3000; Sylvania gains 4153.
    assert str(impasse) == (
        "No deal: RUR gains from no package; 'fenwickite: fenwickite flows' would open if SYL paid RUR "
        "0.00253 million USD."
    )
    assert impasse.payment == pytest.approx(-judgement.problem.gains[0, 0, impasse.package])
    assert (impasse.share, impasse.case) == (1.0, 0)


def test_an_empty_zone_names_the_smallest_payment_that_fills_it(grids):
    judgement = judged(grids, sure("RUR", "fenwickite", 3000.0), sure("SYL", "lamp", 400.0))
    assert not judgement.in_zone.any()
    impasse = judgement.agreements["nash"].impasse
    assert str(impasse) == (
        "No deal: every package better than no deal for RUR is worse for SYL; 'fenwickite: no fenwickite; "
        "lamp: lamp flows' would open if RUR paid SYL 0.00021 million USD."
    )
    assert impasse.payment == pytest.approx(judgement.problem.gains[0, 1, impasse.package])
    assert impasse.package == judgement.position({"fenwickite": "banned", "lamp": "free"})


def test_where_no_payment_can_open_a_deal_the_smallest_security_value_is_named(grids):
    judgement = judged(grids, sure("RUR", "fenwickite", 1e5), sure("SYL", "lamp", 1e5))
    impasse = judgement.agreements["nash"].impasse
    assert str(impasse) == (
        "No deal: every package better than no deal for RUR is worse for SYL; no payment opens a deal, for every "
        "package costs more than it brings; 'fenwickite: fenwickite flows; lamp: no lamp' would open if RUR valued it "
        "0.0995 million USD higher."
    )
    assert impasse.package == judgement.position({"fenwickite": "free", "lamp": "banned"})
    np.testing.assert_allclose(impasse.security, np.maximum(-judgement.problem.gains[0, :, impasse.package], 0.0))


def test_a_principal_who_can_never_ratify_is_named_with_what_would_bring_a_yes(grids):
    given = issue("fenwickite", "north")
    banned, free = given.levels
    threatened = replace(given, without_a_deal="free", levels=(replace(banned, is_threat=True), free))
    stern = replace(party("RUR"), principal_weight=plain("principal_weight.RUR", 1000.0))
    judgement = judged(
        grids,
        sure("RUR", "fenwickite", 50.0),
        issues=(threatened,),
        parties=(stern, party("SYL")),
        historical={"fenwickite": "free"},
    )
    assert judgement.agreements["nash"].impasse is None
    impasse = judgement.ratified.impasse
    assert str(impasse) == (
        "No deal: the principal of RUR ratifies no package; no payment opens a deal, for every package costs more than "
        "it brings; 'fenwickite: fenwickite flows' would open if RUR valued it 0.0495 million USD higher."
    )
    assert judgement.ratification.chance.tolist() == [[0.0], [1.0]]


def test_levels_that_change_nothing_are_said_to_open_nothing(grids):
    idle = [replace(grid, payoff=0.0 * grid.payoff) for grid in grids]
    assert str(judged(idle).agreements["nash"].impasse) == (
        "No deal: RUR gains from no package; no payment opens a deal, for every package leaves both sides where they "
        "are without one."
    )
