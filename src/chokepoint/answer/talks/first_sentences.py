"""The talks in the few sentences a negotiator's staff needs first; everything else is folded below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.sentences import listed
from chokepoint.answer.talks.belief_sentences import turns_text, why_of
from chokepoint.answer.talks.home_sentences import least_willing
from chokepoint.answer.talks.judgement import LEADING_RULE
from chokepoint.answer.talks.told import money
from chokepoint.bargaining import package_words
from chokepoint.report import amounts

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import ViewAnswer
    from chokepoint.answer.talks.told import Told
    from chokepoint.report.front import Sentence

HALF = 0.5


def moved_words(told: Told, each: ViewAnswer, package: int) -> str:
    """Return what a package moves from where things stand without a deal, in words."""
    problem, issues = each.judgement.problem, told.answer.talks.issues
    levels = problem.packages[package]
    moved = [at for at, issue in enumerate(issues) if int(levels[at]) != issue.at(issue.without_a_deal)]
    if not moved:
        return "to leave everything as it is"
    said = package_words([problem.issues[at] for at in moved], [int(levels[at]) for at in moved])
    return f"'{said}'" + (", and leave the rest" if len(moved) < len(issues) else "")


def sign_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say what both would sign, in how many cases, and whether it is what came about."""
    judgement, talks = each.judgement, told.answer.talks
    shares = judgement.share_chosen(LEADING_RULE)
    why = [name for name, _ in each.influence[:2]]
    impasse = judgement.agreements[LEADING_RULE].impasse
    if impasse is not None and not shares.any():
        return told.sentence(
            f"{each.view.title}, both would sign nothing: {told.by_name(str(impasse))}", told.weakest(each), why
        )
    best = int(shares.argmax())
    said = f"{each.view.title}, both would most often sign {moved_words(told, each, best)}"
    said += f" ({amounts.percent(float(shares[best]))} of cases by Nash's rule, of {shares.size} packages"
    came_about = judgement.position(talks.historical) if talks.historical else best
    said += "; it is what came about)" if talks.historical and came_about == best else ")"
    if came_about != best:
        said += f"; what came about in {amounts.percent(float(shares[came_about]))}"
    better = amounts.percent(float(judgement.in_zone[:, came_about].mean()))
    whose = "what came about" if talks.historical else "it"
    return told.sentence(f"{said}. Both prefer {whose} to no deal in {better}.", told.weakest(each), why)


def obstacle_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say what stands in the way: cases without a deal, principals and firms who would refuse."""
    judgement, talks, package = each.judgement, told.answer.talks, each.orders.package
    choice, impasse = judgement.agreements[LEADING_RULE].choice, judgement.agreements[LEADING_RULE].impasse
    nothing = 1.0 - float(choice.is_deal.mean())
    said = f"what stands against it: {told.judged} is refused by the principal of "
    chances = zip(talks.parties, judgement.ratification.chance[:, package], strict=True)
    said += listed([f"{told.names[party.code]} in {amounts.percent(1.0 - float(chance))}" for party, chance in chances])
    said += " of cases"
    if nothing > 0.0 and impasse is not None and choice.is_deal.any():
        said += f"; no package is signed in {amounts.percent(nothing)}, as where {told.by_name(impasse.reason)}"
    if each.home is not None:
        said += f". Least willing at home are {' and '.join(least_willing(told, each))}; everybody named says yes in "
        said += f"{amounts.percent(float(each.home.chance_of_all[package]))}"
    refused = judgement.ratified.impasse
    if refused is not None and refused.share > HALF and choice.is_deal.any():
        said += f". {told.by_name(str(refused)).rstrip('.')}"
    return told.sentence(
        f"{said}.",
        "a principal weighs security more than twice or less than half as the negotiators do, or others are heard",
        [party.principal_weight.name for party in talks.parties],
    )


def believed_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say what would have to be believed for the package that is judged, and how much rests on assumption."""
    belief = each.belief
    is_chosen = "it is chosen" if belief.is_central else "it is not chosen"
    assumed = amounts.percent(each.assumed_leverage)
    said = f"what must be believed for {told.judged}: with everything central {is_chosen}{turns_text(told, each)}; "
    said += f"{assumed} of v/2 rests on assumed figures"
    return told.sentence(f"{said}.", "several assumptions move at once", why_of(each))


def later_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say what a later view changes in leverage and in the choice."""
    judgement, talks = each.judgement, told.answer.talks
    ahead = amounts.percent(float((judgement.leverage > 0.0).mean()))
    said = f"{each.view.title}, v/2 of {told.sides[0]} is {money(judgement.leverage)}, above zero in {ahead} of cases"
    shares = judgement.share_chosen(LEADING_RULE)
    package = judgement.position(talks.historical) if talks.historical else int(shares.argmax())
    whose = "what came about" if talks.historical else f"most often {moved_words(told, each, package)}"
    said += f", and Nash's rule chooses {whose} in {amounts.percent(float(shares[package]))}"
    return told.sentence(f"{said}.", told.weakest(each), [name for name, _ in each.influence[:2]])


def clock_sentence(told: Told, each: ViewAnswer, until: str) -> Sentence:
    """Say who gains by waiting: over the months, and from one date at which something falls due to the next.

    Args:
        told, each: the view; until: who is helped until which date, in words; nothing without dates.
    """
    first, second = told.sides
    curve = each.judgement.leverage_by_month
    rises = float((curve[:, -1] > curve[:, 0]).mean())
    gainer, share = (first, rises) if rises >= 1.0 - rises else (second, 1.0 - rises)
    begins, ends = (amounts.usd(float(np.median(curve[:, month]))) for month in (0, -1))
    said = (
        f"waiting helps {gainer} in {amounts.percent(share)} of cases: without a deal v/2 of {first} moves from "
        f"{begins} to {ends} a year within {amounts.months(told.answer.talks.months)}"
    )
    return told.sentence(f"{said}{until}.", "stores are larger, or other suppliers are found sooner, than assumed")
