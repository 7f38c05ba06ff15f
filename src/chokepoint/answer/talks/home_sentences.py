"""The answer from home in sentences: who objects, what promises most, and what holds a framework together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.sentences import listed
from chokepoint.answer.talks.home import most_promising
from chokepoint.answer.talks.told import words_of
from chokepoint.report import amounts

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import ViewAnswer
    from chokepoint.answer.talks.told import Told
    from chokepoint.report.front import Sentence

HALF = 0.5


def least_willing(told: Told, each: ViewAnswer) -> list[str]:
    """Return in words the firms of either side that are least likely to say yes to the package."""
    home, package = each.home, each.belief.package
    said: list[str] = []
    for party in told.answer.talks.parties:
        mine = [place for place, actor in enumerate(told.answer.talks.actors) if actor.party == party.code]
        if home is None or not mine:
            continue
        place = min(mine, key=lambda actor: float(home.chance[actor, package]))
        gain = float(np.median(home.gain[:, place, package]))
        brings = f"gain {amounts.usd(gain)} a year" if gain >= 0.0 else f"lose {amounts.usd(-gain)} a year"
        chance = float(home.chance[place, package])
        paid = f"; {amounts.usd(home.nearest(place, package))} a year would buy their yes" if chance < HALF else ""
        title = told.answer.talks.actors[place].title
        said.append(f"in {told.names[party.code]} {title} ({brings}, yes in {amounts.percent(chance)} of cases{paid})")
    return said


def home_sentence(told: Told, each: ViewAnswer) -> tuple[Sentence, ...]:
    """Say who at home is least likely to agree, how likely everybody is, and which package promises most."""
    home, judgement = each.home, each.judgement
    if home is None:
        return ()
    package = each.belief.package
    sides = listed(
        [
            f"{amounts.percent(float(chance))} in {name}"
            for name, chance in zip(told.sides, home.chance_of_side[:, package], strict=True)
        ]
    )
    said = (
        f"{each.view.title}, least willing to back {told.judged} are {' and '.join(least_willing(told, each))}; "
        f"principal and all firms named say yes in {sides}, everybody on both sides in "
        f"{amounts.percent(float(home.chance_of_all[package]))} of cases. "
    )
    best = most_promising(judgement, home.chance_of_all)
    if best >= 0:
        what = words_of(judgement, best, package)
        said += f"Gains weighed with the chance that all say yes are greatest for {what}"
        said += "" if best == package else f" (yes in {amounts.percent(float(home.chance_of_all[best]))} of cases)"
    else:
        said += f"No package promises both sides a gain that everybody at home would back. {nearest_yes(told, each)}"
    tolerance = told.answer.talks.tolerance
    bears = "any loss" if tolerance is None else f"a loss of more than {amounts.percent(tolerance.high)} of turnover"
    return (told.sentence(f"{said}.", f"firms object to something other than {bears}, or some are not heard"),)


def nearest_yes(told: Told, each: ViewAnswer) -> str:
    """Return in words which package would come nearest to everybody's yes, and what payments that takes."""
    home = each.home
    if home is None:
        return ""
    short = np.maximum(-(home.gain + home.bears[:, :, None]), 0.0)
    package = int(np.median(short.sum(axis=1), axis=0).argmin())
    paid = [
        f"{actor.title} of {told.names[actor.party]} {amounts.usd(home.nearest(place, package))} a year"
        for place, actor in enumerate(told.answer.talks.actors)
        if home.nearest(place, package) > 0.0
    ]
    what = words_of(each.judgement, package, each.belief.package)
    if paid:
        return f"Nearest comes {what}: firms would back it in half the cases if one paid {'; '.join(paid)}"
    impasse = each.judgement.ratified.impasse
    return f"Firms would back {what} in half the cases; {impasse.remedy if impasse else 'the principals decide'}"


def bond_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say whether a framework enforces itself while details are open, and what tying its hands is worth to a side."""
    pooling = each.pooling
    said = f"{each.view.title}, a framework first and details later: "
    kept = amounts.percent(float(pooling.pooled.is_kept.mean()))
    said += f"with all issues of {told.judged} pooled, so that a breach of one ends all, both keep their word in {kept}"
    said += " of cases"
    if len(pooling.alone) > 1:
        best = max(pooling.alone, key=lambda bond: float(bond.is_kept.mean()))
        names = listed([name.replace("_", " ") for name in best.issues])
        alone = amounts.percent(float(best.is_kept.mean()))
        said += f", against {alone} for the best swap of one release for one ({names})"
    hands: list[str] = []
    for name, tied in zip(told.sides, each.tied, strict=True):
        if tied.package < 0:
            hands.append(f"{name} nothing, for the other signs no package")
        elif tied.adds <= 0.0:
            hands.append(f"{name} nothing")
        else:
            what = words_of(each.judgement, tied.package, each.belief.package)
            hands.append(f"{name} up to {amounts.usd(tied.adds)} a year, with {what}")
    said += f". Tying its hands, all central, would bring {'; '.join(hands)}"
    both = each.tied[0].both
    signed = "nothing" if both < 0 else words_of(each.judgement, both, each.belief.package)
    said += f"; if both do so they sign {signed}"
    lag = amounts.months(told.answer.talks.verification_months.high)
    return told.sentence(f"{said}.", f"breaches stay unnoticed for longer than {lag}, or do not end the framework")
