"""Talks in sentences, each with what would overturn it and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.tables import release, three
from chokepoint.provenance import Kind
from chokepoint.report import amounts
from chokepoint.report.front import Counts, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import IssueRecord
    from chokepoint.world import World

MOST_OF = 0.5


def counts_of(answer: TalksAnswer, worlds: Mapping[str, World]) -> Counts:
    """Count the figures behind the talks: those of every chain's world, and the security values."""
    figures = dict(answer.talks.values)
    for chain in answer.talks.chains:
        figures |= worlds[chain.world].figures
    kinds = [figure.kind for figure in figures.values()]
    return Counts(
        sourced=kinds.count(Kind.SOURCED), derived=kinds.count(Kind.DERIVED), assumed=kinds.count(Kind.ASSUMED)
    )


def money(values: Array) -> str:
    """Return a median with its 80 % interval: ``USD 1.2 bn a year (0.4 bn to 3 bn)``."""
    middle, low, high = three(values)
    return f"{amounts.usd(middle)} a year ({amounts.usd_range(low, high)})"


def weakest_value(each: ViewAnswer) -> str:
    """Return a clause that names the assumption the choice turns on most."""
    if not each.influence:
        return "the inputs differ from those listed"
    name, share = each.influence[0]
    return f"{in_words(name)} is other than assumed: it moves the choice in {amounts.percent(share)} of cases"


def in_words(name: str) -> str:
    """Return the name of a drawn value as words.

    Example:
        >>> in_words("security.USA.ai_chips.blocked"), in_words("principal_weight.CHN")
        ('what USA puts on ai chips (blocked)', 'the weight of security with the principal of CHN')
    """
    kind, party, *rest = name.split(".")
    if kind == "principal_weight":
        return f"the weight of security with the principal of {party}"
    issue, level = rest
    return f"what {party} puts on {issue.replace('_', ' ')} ({level.replace('_', ' ')})"


def leverage_sentence(answer: TalksAnswer, each: ViewAnswer, rests_on: Counts) -> Sentence:
    """Say who holds leverage, or that the evidence does not decide."""
    first, second = (party.code for party in answer.talks.parties)
    leverage = each.judgement.leverage
    size = money(np.abs(leverage)) if (leverage > 0.0).all() or (leverage < 0.0).all() else money(leverage)
    if (leverage > 0.0).all():
        said = f"{first} holds the leverage: v/2 is {size}"
    elif (leverage < 0.0).all():
        said = f"{second} holds the leverage: v/2 is {size}"
    else:
        said = (
            f"The evidence does not decide who holds the leverage: v/2 of {first} over {second} is {size}, "
            f"above zero in {amounts.percent(float((leverage > 0.0).mean()))} of cases"
        )
    ends = [float(np.median(part.leverage)) for part in (each.rents_kept, each.rents_taken)]
    rents = (
        f"; its sign turns on who takes the licence rents ({amounts.usd(ends[0])} or {amounts.usd(ends[1])})"
        if ends[0] * ends[1] < 0.0
        else ""
    )
    return Sentence(
        sentence=f"{each.view.title}: {said}{rents}.",
        unless=weakest_value(each),
        rests_on=rests_on,
        why=tuple(name for name, _ in each.influence[:2]),
    )


def package_words(each: ViewAnswer, number: int) -> str:
    """Return a package in words."""
    return each.judgement.problem.words(number).lower()


def choice_sentence(answer: TalksAnswer, each: ViewAnswer, rests_on: Counts) -> Sentence:
    """Say which package is chosen most, and how often the one that came about is."""
    judgement = each.judgement
    shares = judgement.share_chosen("nash")
    best = int(shares.argmax())
    most = amounts.percent(float(shares[best]))
    said = f"Nash's rule chooses '{package_words(each, best)}' most often, in {most} of cases"
    if answer.talks.historical:
        historical = judgement.position(answer.talks.historical)
        said += (
            f"; the package that came about in {amounts.percent(float(shares[historical]))}, the median package in "
            f"{amounts.percent(float(np.median(shares)))}; both sides prefer that to no deal in "
            f"{amounts.percent(float(judgement.in_zone[:, historical].mean()))}"
        )
    nothing = 1.0 - float(judgement.agreements["nash"].choice.is_deal.mean())
    if nothing > 0.0:
        said += f"; in {amounts.percent(nothing)} there is no deal"
    return Sentence(
        sentence=f"{each.view.title}: {said}.",
        unless=weakest_value(each),
        rests_on=rests_on,
        why=tuple(name for name, _ in each.influence[:2]),
    )


def softer(issue: IssueRecord, historical: Mapping[str, str]) -> str:
    """Return the level an issue was released to, or its softest one."""
    released = historical.get(issue.name, issue.without_a_deal)
    return released if released != issue.without_a_deal else issue.levels[-1].name


def release_sentence(answer: TalksAnswer, each: ViewAnswer, party: str, rests_on: Counts) -> Sentence:
    """Say what a party would have to get for each of its releases, and what the other would give."""
    talks = answer.talks
    codes = [each.code for each in talks.parties]
    owner = codes.index(party)
    parts: list[str] = []
    for issue in talks.issues:
        if issue.owner == party:
            level = softer(issue, talks.historical)
            moved = release(each, talks, issue, level)
            title = issue.levels[issue.at(level)].title
            parts.append(
                f"for '{title}' {amounts.usd(float(np.median(-moved[:, owner])))} a year, "
                f"worth {amounts.usd(float(np.median(moved[:, 1 - owner])))} to {codes[1 - owner]}"
            )
    return Sentence(
        sentence=f"{each.view.title}: to let go {party} must get at least {'; '.join(parts)}.",
        unless="the others' levels move first: each step is valued with all else as without a deal",
        rests_on=rests_on,
        why=tuple(name for name in talks.values if name.startswith(f"security.{party}."))[:3],
    )


def ratification_sentence(answer: TalksAnswer, rests_on: Counts) -> Sentence:
    """Say whether each principal would say yes to the framework, view by view."""
    said: list[str] = []
    for each in answer.views:
        judgement = each.judgement
        package = judgement.position(answer.talks.historical) if answer.talks.historical else 0
        chances = judgement.ratification.chance[:, package]
        words = [
            f"{party.principal} of {party.code} says {'yes' if chance > MOST_OF else 'no'} "
            f"({amounts.percent(float(chance))} of cases)"
            for party, chance in zip(answer.talks.parties, chances, strict=True)
        ]
        both = float(judgement.ratification.chance_of_both[package])
        said.append(f"{each.view.title.lower()}, {' and '.join(words)}, both in {amounts.percent(both)}")
    impasse = answer.views[0].judgement.ratified.impasse
    note = f" {impasse}" if impasse is not None and impasse.share > MOST_OF else ""
    return Sentence(
        sentence=f"Would the framework be ratified? {'; '.join(said)}.{note}",
        unless="a principal weighs security more than twice or less than half as the negotiators do",
        rests_on=rests_on,
        why=tuple(party.principal_weight.name for party in answer.talks.parties),
    )


def order_sentence(answer: TalksAnswer, each: ViewAnswer, rests_on: Counts) -> Sentence:
    """Say who could move first, and what must be verified."""
    first, second = (party.code for party in answer.talks.parties)
    orders = each.orders
    lag = np.median(orders.conditional.longest_lag, axis=0)
    parts = [
        f"{first} could release first in {amounts.percent(orders.first_begins)} of cases and trust {second} to follow",
        f"{second} first in {amounts.percent(orders.second_begins)}",
        f"both on one day in {amounts.percent(orders.together)}",
    ]
    watched = [
        f"{code}'s release must be verified within {amounts.months(max(0.0, float(months)))}"
        if months >= 0
        else f"{code} would rather keep what it has though noticed at once"
        for code, months in zip((first, second), lag, strict=True)
    ]
    return Sentence(
        sentence=f"{each.view.title}: {'; '.join(parts)}. {'; '.join(watched)}.",
        unless="a breach stays unnoticed for longer than customs take to publish",
        rests_on=rests_on,
    )


def assumption_sentence(answer: TalksAnswer, each: ViewAnswer, rests_on: Counts) -> Sentence:
    """Say how much rests on assumption, and over which two values the choice changes."""
    found = each.choices
    packages = np.unique(found.chosen)
    historical = each.judgement.position(answer.talks.historical) if answer.talks.historical else -2
    share = float((found.chosen == historical).mean())
    said = (
        f"{amounts.percent(each.assumed_leverage)} of v/2 rests on assumed figures; over the ranges of "
        f"{in_words(found.across)} and {in_words(found.down)} {packages.size} different answers are chosen, "
        f"the package that came about in {amounts.percent(share)} of the map"
    )
    if each.composition is not None:
        said += f"; adding up the chains instead of one market errs by {amounts.percent(each.composition.error)}"
    return Sentence(
        sentence=f"{each.view.title}: {said}.",
        unless="an assumption not drawn here, such as a link between the two markets, matters more",
        rests_on=rests_on,
        why=(found.across, found.down),
    )


def talk_sentences(answer: TalksAnswer, worlds: Mapping[str, World]) -> tuple[Sentence, ...]:
    """Return what the talks come to, the view that knows least first."""
    rests_on = counts_of(answer, worlds)
    known, *later = answer.views
    return (
        leverage_sentence(answer, known, rests_on),
        choice_sentence(answer, known, rests_on),
        *(release_sentence(answer, known, party.code, rests_on) for party in answer.talks.parties),
        ratification_sentence(answer, rests_on),
        order_sentence(answer, known, rests_on),
        assumption_sentence(answer, known, rests_on),
        *(leverage_sentence(answer, each, rests_on) for each in later),
        *(choice_sentence(answer, each, rests_on) for each in later),
    )
