"""The answer from home and what one would have to believe, on the table in Strelsau, against brute force."""

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks, judge_all
from chokepoint.answer.talks.bounds import needed_for
from chokepoint.answer.talks.home import most_promising
from chokepoint.answer.talks.judgement import choose, posed
from chokepoint.answer.talks.payoffs import security_of
from chokepoint.answer.talks.sentences import asked_text, talks_text
from chokepoint.records.talks import ActorRecord
from tests.talks.strelsau import VALUES, plain, talks, worlds

BOTH = {"fenwickite": "free", "lamp": "free"}


def said(_text):
    pass


def actor(name, party, uses=(), makes=()):
    return ActorRecord(name=name, title=f"the {name}", party=party, uses=uses, makes=makes)


ACTORS = (
    actor("miners", "RUR", makes=("fenwickite_making",)),
    actor("households", "RUR", uses=("homes",)),
    actor("lampmakers", "SYL", makes=("lamp_making",)),
    actor("homes", "SYL", uses=("homes",)),
)


@pytest.fixture(scope="module")
def answer():
    return answer_talks(talks(actors=ACTORS, tolerance=plain("tolerance", 0.0)), worlds(), said)


def chosen_with(answer, values):
    """Return the package chosen in the central market with some security values, in a case of its own."""
    judgement = answer.views[0].judgement
    payoffs = judgement.payoffs
    drawn = {name: np.array([each]) for name, each in values.items()}
    payoff = payoffs.market[:1] + security_of(answer.talks, payoffs.combinations, drawn, 1)
    return int(choose(posed(answer.talks, payoffs, payoff))[0])


def test_what_firms_gain_adds_up_to_what_their_country_gains(answer):
    # Without stores and licence rents a country's payoff is its users' surplus and its makers' profit, but for
    # the cost of changed volumes, which is small here.
    judgement = answer.views[0].judgement
    gains = judgement.problem.gains[0] - (
        judgement.payoffs.security[0][:, judgement.packages] - security_without(judgement)[:, None]
    )
    heard = answer.views[0].home.gain[0]
    np.testing.assert_allclose(heard[:2].sum(axis=0), gains[0], rtol=0.02, atol=1.0)
    np.testing.assert_allclose(heard[2:].sum(axis=0), gains[1], rtol=0.02, atol=1.0)


def security_without(judgement):
    """Return the security values held by the threats of the central case (party,)."""
    stand, payoffs = judgement.standoff, judgement.payoffs
    row = 2 * int(stand.first[0].argmax()) + int(stand.second[0].argmax())
    return payoffs.security[0][:, row]


def test_firms_that_lose_by_a_package_object_and_a_payment_would_bring_their_yes(answer):
    home, judgement = answer.views[0].home, answer.views[0].judgement
    free = judgement.position(BOTH)
    # Every firm sells or buys again once both goods flow.
    assert (home.gain[0, :, free] > 0.0).all()
    assert home.chance_of_side[:, free].max() <= answer.views[0].judgement.ratification.chance[:, free].max()
    loses = int(np.argmin(home.gain[0].min(axis=1)))
    package = int(home.gain[0, loses].argmin())
    assert home.gain[0, loses, package] <= 0.0
    assert home.nearest(loses, package) == pytest.approx(-float(np.median(home.gain[:, loses, package])))


def test_the_package_that_promises_most_weighs_gains_with_the_chance_of_everybody_s_yes(answer):
    judgement = answer.views[0].judgement
    home = answer.views[0].home
    mean = np.maximum(judgement.problem.gains.mean(axis=0), 0.0)
    expected = [mean[0, at] * mean[1, at] * home.chance_of_all[at] ** 2 for at in range(judgement.packages.size)]
    assert most_promising(judgement, home.chance_of_all) == int(np.argmax(expected))
    assert most_promising(judgement, np.zeros(judgement.packages.size)) == -1


def test_where_somebody_always_objects_the_nearest_yes_is_said_in_words(answer):
    wary = talks(actors=ACTORS, tolerance=plain("tolerance", -1e6))
    turnover = dict.fromkeys((each.name for each in ACTORS), 1.0)
    again = judge_all(wary, replace(answer.background, turnover=turnover), answer.grids)
    text = talks_text(again)
    assert "No package promises both sides a gain that everybody at home would back. Nearest comes" in text
    assert "would back it in half the cases if one paid" in text


@pytest.mark.parametrize("levels", [BOTH, {"fenwickite": "free", "lamp": "banned"}])
def test_the_answer_turns_exactly_where_it_is_said_to(answer, levels):
    asked = judge_all(answer.talks, answer.background, answer.grids, package=levels)
    belief = asked.views[0].belief
    central = {value.name: value.value for value in VALUES}
    assert belief.is_central == (chosen_with(asked, central) == belief.package)
    for flip in belief.flips:
        step = 1e-4 * (flip.toward - central[flip.name])
        before = chosen_with(asked, central | {flip.name: flip.at - step}) == belief.package
        after = chosen_with(asked, central | {flip.name: flip.at + step}) == belief.package
        assert before == belief.is_central
        assert after != belief.is_central
    assert list(belief.flips) == sorted(belief.flips, key=lambda each: each.way)


def test_whoever_puts_a_value_signs_just_within_the_bounds_that_are_given(answer):
    record = talks(values={each.name: replace(each, high=1e5) for each in VALUES})
    asked = judge_all(record, answer.background, answer.grids, package=BOTH).views[0]
    judgement = asked.judgement
    rows = judgement.standoff.first[0], judgement.standoff.second[0]
    bound_somewhere = False
    for place, bound in enumerate(asked.belief.bounds):
        gain = judgement.problem.gains[0, place, asked.belief.package]
        # A dollar more on keeping a ban that both threaten makes the free package a dollar worse for its owner.
        held = rows[place][0]
        expected = VALUES[place].value + gain / held
        bound_somewhere |= bound.most < bound.high
        assert bound.most == pytest.approx(min(expected, bound.high))
        assert bound.least == bound.low
    assert bound_somewhere


def test_a_package_worth_just_so_much_more_to_one_party_is_chosen():
    chooser = np.random.default_rng(2)
    for _ in range(50):
        gains = chooser.normal(1.0, 1.0, (2, 6))
        needed = needed_for(gains, 3)
        for party in range(2):
            if np.isnan(needed[party]):
                assert gains[1 - party, 3] <= 0.0
                continue
            products = []
            for nudge in (-1e-6, 1e-6):
                moved = gains.copy()
                moved[party, 3] += needed[party] + nudge
                product = np.where((moved >= 0.0).all(axis=0), moved.prod(axis=0), -1.0)
                products.append(int(product.argmax()) == 3)
            assert products[1]
            assert not products[0] or (np.delete(gains, 3, axis=1) <= 0.0).any(axis=0).all()


def test_a_package_asked_about_is_answered_with_a_map_of_words(answer):
    asked = judge_all(answer.talks, answer.background, answer.grids, package={"fenwickite": "free", "lamp": "banned"})
    text = asked_text(asked)
    assert text.startswith("What one would have to believe for 'fenwickite: fenwickite flows; lamp: no lamp'")
    assert "the package asked about" in text
    assert "whatever" in text or "more for it to be chosen" in text


def test_months_without_a_deal_are_posed_at_their_own_rates(answer):
    judgement = answer.views[0].judgement
    payoffs = judgement.payoffs
    assert judgement.chosen_by_month.shape == judgement.leverage_by_month.shape
    last = payoffs.by_month[payoffs.case][:, -1] + payoffs.security
    np.testing.assert_array_equal(judgement.chosen_by_month[:, -1], choose(posed(answer.talks, payoffs, last)))
