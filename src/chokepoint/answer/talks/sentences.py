"""Talks in sentences, each with what would overturn it and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.sentences import listed
from chokepoint.answer.talks.belief_sentences import belief_sentence, belief_text
from chokepoint.answer.talks.first_sentences import (
    believed_sentence,
    clock_sentence,
    later_sentence,
    obstacle_sentence,
    sign_sentence,
)
from chokepoint.answer.talks.home_sentences import bond_sentence, home_sentence
from chokepoint.answer.talks.linkage import linkage_sentence
from chokepoint.answer.talks.tables import release
from chokepoint.answer.talks.time_sentences import dates_sentence, helped_text, waiting_sentence
from chokepoint.answer.talks.told import Told, money
from chokepoint.report import amounts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.records.talks import IssueRecord
    from chokepoint.report.front import Sentence

MOST_OF = 0.5


def leverage_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say who holds leverage, or that the evidence does not decide."""
    first, second = told.sides
    leverage = each.judgement.leverage
    if (leverage > 0.0).all():
        said = f"{first} holds the leverage over {second}: v/2 is {money(leverage)}"
    elif (leverage < 0.0).all():
        said = f"{second} holds the leverage over {first}: v/2 is {money(-leverage)}"
    else:
        said = (
            f"the evidence does not decide who holds the leverage: v/2 of {first} over {second} is {money(leverage)}, "
            f"above zero in {amounts.percent(float((leverage > 0.0).mean()))} of cases"
        )
    ends = [float(np.median(part.whole)) for part in (each.rents_kept, each.rents_taken)]
    rents = (
        f"; its sign turns on who takes the licence rents ({amounts.usd(ends[0])} or {amounts.usd(ends[1])})"
        if ends[0] * ends[1] < 0.0
        else ""
    )
    why = [name for name, _ in each.influence[:2]]
    return told.sentence(f"{each.view.title}, {said}{rents}.", told.weakest(each), why)


def choice_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say which package is chosen most, and how often the one that came about is."""
    judgement, talks = each.judgement, told.answer.talks
    shares = judgement.share_chosen("nash")
    best = int(shares.argmax())
    most = amounts.percent(float(shares[best]))
    impasse = judgement.agreements["nash"].impasse
    if impasse is not None and not shares.any():
        return told.sentence(
            f"{each.view.title}: {told.by_name(str(impasse))}",
            told.weakest(each),
            [name for name, _ in each.influence[:2]],
        )
    said = f"Nash's rule most often chooses: {judgement.problem.words(best)} ({most} of cases"
    if talks.historical:
        historical = judgement.position(talks.historical)
        said += "; this is what came about" if historical == best else ""
        said += f"; the median package is chosen in {amounts.percent(float(np.median(shares)))}). "
        if historical != best:
            said += f"What came about is chosen in {amounts.percent(float(shares[historical]))}. "
        both = amounts.percent(float(judgement.in_zone[:, historical].mean()))
        said += f"Both sides prefer what came about to no deal in {both} of cases"
    else:
        said += ")"
    nothing = 1.0 - float(judgement.agreements["nash"].choice.is_deal.mean())
    if nothing > 0.0:
        reason = f", in the first of which {impasse.reason}" if impasse is not None else ""
        said += f"; in {amounts.percent(nothing)} there is no deal{told.by_name(reason)}"
    why = [name for name, _ in each.influence[:2]]
    return told.sentence(f"{each.view.title}, {said}.", told.weakest(each), why)


def softer(issue: IssueRecord, historical: Mapping[str, str]) -> str:
    """Return the level an issue was released to, or its softest one."""
    released = historical.get(issue.name, issue.without_a_deal)
    return released if released != issue.without_a_deal else issue.levels[-1].name


def release_sentence(told: Told, each: ViewAnswer, party: int) -> Sentence:
    """Say what a party would have to get for each of its releases, and what the other would give."""
    talks = told.answer.talks
    code = talks.parties[party].code
    asked: list[str] = []
    for issue in talks.issues:
        if issue.owner != code:
            continue
        level = softer(issue, talks.historical)
        moved = np.median(release(each, talks, issue, level), axis=0)
        cost, worth = -float(moved[party]), amounts.usd(float(moved[1 - party]))
        least = f"at least {amounts.usd(cost)}" if cost > 0.0 else f"nothing (it gains {amounts.usd(-cost)} itself)"
        asked.append(f"{least} for '{issue.title}: {issue.levels[issue.at(level)].title}' (worth {worth} to the other)")
    return told.sentence(
        f"{each.view.title}, {told.sides[party]} must get, per year and taken one by one: {'; '.join(asked)}.",
        "the others' levels move first: each step is valued with all else as without a deal",
        [name for name in talks.values if name.startswith(f"security.{code}.")],
    )


def ratification_sentence(told: Told) -> Sentence:
    """Say whether each principal would say yes to the framework, view by view."""
    talks = told.answer.talks
    said: list[str] = []
    for each in told.answer.views:
        judgement = each.judgement
        package = each.orders.package
        words = [
            f"{party.principal} of {told.names[party.code]} says {'yes' if chance > MOST_OF else 'no'} "
            f"(in {amounts.percent(float(chance))} of cases)"
            for party, chance in zip(talks.parties, judgement.ratification.chance[:, package], strict=True)
        ]
        both = amounts.percent(float(judgement.ratification.chance_of_both[package]))
        said.append(f"{each.view.title}, {' and '.join(words)}; both in {both}")
    impasse = told.answer.views[0].judgement.ratified.impasse
    note = f" {told.by_name(str(impasse))}" if impasse is not None and impasse.share > MOST_OF else ""
    return told.sentence(
        f"would {told.judged} be ratified? {'. '.join(said)}.{note}",
        "a principal weighs security more than twice or less than half as the negotiators do",
        [party.principal_weight.name for party in talks.parties],
    )


def order_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say who could move first, and what must be verified."""
    first, second = told.sides
    orders, months = each.orders, told.answer.talks.months
    lags = np.median(orders.conditional.longest_lag, axis=0)
    watched: list[str] = []
    for name, lag in zip(told.sides, lags, strict=True):
        if lag >= months:
            watched.append(f"{name}'s word can be taken over the whole horizon")
        elif lag < 0:
            watched.append(f"{name} would rather hold back though noticed at once")
        else:
            watched.append(f"{name}'s release must be verified within {amounts.months(float(lag))}")
    return told.sentence(
        f"{each.view.title}, with {told.judged}, {first} could release first and trust {second} to "
        f"follow in {amounts.percent(orders.first_begins)} of cases, {second} first in "
        f"{amounts.percent(orders.second_begins)}, both on one day in {amounts.percent(orders.together)}; "
        f"at the median {listed(watched)}.",
        f"a breach stays unnoticed for longer than {amounts.months(told.answer.talks.verification_months.high)}",
    )


def assumption_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say how much rests on assumption, and over which two values the choice changes."""
    found, talks = each.choices, told.answer.talks
    said = (
        f"{amounts.percent(each.assumed_leverage)} of v/2 rests on assumed figures; over the ranges of "
        f"{told.in_words(found.across)} and {told.in_words(found.down)}, {np.unique(found.chosen).size} different "
        "answers are chosen"
    )
    if talks.historical:
        share = float((found.chosen == each.judgement.position(talks.historical)).mean())
        said += f", the one that came about on {amounts.percent(share)} of the map"
    if each.composition is not None:
        said += f"; adding up the chains instead of one market errs by {each.composition.error:.0e} of the payoff"
    return told.sentence(
        f"{each.view.title}, {said}.",
        "something not drawn here, such as a link between the two markets, matters more",
        (found.across, found.down),
    )


def talks_text(answer: TalksAnswer) -> str:
    """Return the talks as plain text, a paragraph each: what is needed first, then everything else."""
    first, more = talk_sentences(answer), further_sentences(answer)
    lines = [
        f"{number}. {each.sentence}\n   Holds unless {each.unless}."
        for number, each in enumerate((*first, *more), start=1)
    ]
    lines.insert(len(first), "\nIn full")
    return f"{answer.talks.title}\n{answer.talks.question}\n\n" + "\n".join(lines).replace(amounts.MINUS, "-") + "\n"


def asked_text(answer: TalksAnswer) -> str:
    """Return what one would have to believe for the package asked about, and what it would find at home."""
    told = Told(answer=answer)
    known = answer.views[0]
    said = (*home_sentence(told, known), order_sentence(told, known), bond_sentence(told, known))
    lines = [each.sentence.replace(amounts.MINUS, "-") for each in said]
    return "\n\n".join([belief_text(told, known).rstrip(), *lines]) + "\n"


def talk_sentences(answer: TalksAnswer) -> tuple[Sentence, ...]:
    """Return what a negotiator's staff needs first, the view that knows least first."""
    told = Told(answer=answer)
    known, *later = answer.views
    dated = known.clock.dated
    return (
        sign_sentence(told, known),
        obstacle_sentence(told, known),
        leverage_sentence(told, known),
        clock_sentence(told, known, "" if dated is None else f". {helped_text(told, dated)}"),
        believed_sentence(told, known),
        *(later_sentence(told, each) for each in later),
    )


def further_sentences(answer: TalksAnswer) -> tuple[Sentence, ...]:
    """Return everything else, in full."""
    told = Told(answer=answer)
    known, *later = answer.views
    return (
        choice_sentence(told, known),
        *(release_sentence(told, known, party) for party in range(len(answer.talks.parties))),
        linkage_sentence(told, known),
        ratification_sentence(told),
        *home_sentence(told, known),
        order_sentence(told, known),
        bond_sentence(told, known),
        waiting_sentence(told, known),
        *dates_sentence(told, known),
        belief_sentence(told, known),
        assumption_sentence(told, known),
        *(leverage_sentence(told, each) for each in later),
        *(choice_sentence(told, each) for each in later),
    )
