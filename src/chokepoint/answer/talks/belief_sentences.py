"""What one would have to believe, in a sentence, and as plain text with a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.told import words_of
from chokepoint.report import amounts

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import ViewAnswer
    from chokepoint.answer.talks.beliefs import BelieveMap, Flip
    from chokepoint.answer.talks.told import Told
    from chokepoint.report.front import Sentence

HERE, ELSEWHERE = "#", "."


def family_words(name: str) -> str:
    """Return a family of market assumptions in words.

    Example:
        >>> family_words("choke_price")
        'choke prices'
        >>> family_words("demand_elasticity")
        'demand elasticities'
    """
    words = name.replace("_", " ")
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def turn_words(told: Told, flip: Flip) -> str:
    """Return in words where one assumption turns the answer."""
    way = amounts.percent(flip.way)
    figure = told.answer.talks.values.get(flip.name)
    if figure is None:
        family, end = flip.name.split(" ")
        return f"all {family_words(family)} go {way} of the way to the {end} ends of their ranges"
    was, is_now = amounts.usd(figure.value), amounts.usd(flip.at)
    return f"{told.in_words(flip.name)} is {is_now} a year instead of {was} ({way} of the way to the end of its range)"


def belief_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say where the package is predicted, what turns that soonest, and what a party would have to value."""
    belief = each.belief
    chosen, signed = amounts.percent(belief.share), amounts.percent(belief.share_signed)
    is_chosen = "it is chosen" if belief.is_central else "it is not chosen"
    said = (
        f"{each.view.title}, what one would have to believe for {told.judged}: Nash's rule chooses it in {chosen} of "
        f"cases, both would rather sign it than not in {signed}; with everything central {is_chosen}"
    )
    said += turns_text(told, each)
    return told.sentence(f"{said}. {worths(told, each)}.", "several assumptions move at once", why_of(each))


def turns_text(told: Told, each: ViewAnswer) -> str:
    """Return in words which value, and which market assumptions, turn the answer soonest."""
    flips = each.belief.flips
    turns = [turn_words(told, flip) for flip in (first_of(flips, each), market_of(flips, each)) if flip]
    if not turns:
        return ", and no single assumption turns that within its range"
    said = f", which turns soonest if {', and among market assumptions if '.join(turns)}"
    return said + ("; no family of market assumptions turns it" if market_of(flips, each) is None else "")


def first_of(flips: tuple[Flip, ...], each: ViewAnswer) -> Flip | None:
    """Return the security value that turns the answer soonest."""
    return next((flip for flip in flips if flip.name in each.judgement.drawn), None)


def market_of(flips: tuple[Flip, ...], each: ViewAnswer) -> Flip | None:
    """Return the family of market assumptions that turns the answer soonest."""
    return next((flip for flip in flips if flip.name not in each.judgement.drawn), None)


def why_of(each: ViewAnswer) -> list[str]:
    """Return the names of the security values that turn the answer soonest."""
    return [flip.name for flip in each.belief.flips if flip.name in each.judgement.drawn][:2]


def worths(told: Told, each: ViewAnswer) -> str:
    """Return what the package would have to be worth to each party, in words."""
    said: list[str] = []
    terms = zip(told.sides, told.sides[::-1], each.belief.needed, each.belief.to_sign, strict=True)
    for name, other, needed, to_sign in terms:
        more = f"{name} would have to value it {amounts.usd(abs(float(needed)))} a year more for it to be chosen"
        if np.isnan(needed):
            said.append(f"whatever {name} values, {other} gains nothing by it")
        elif needed > 0.0:
            said.append(more)
        else:
            said.append(f"{name} could value it {amounts.usd(-float(needed))} a year less and it would still be chosen")
        if to_sign > 0.0:
            said[-1] += f", {amounts.usd(float(to_sign))} more to sign it at all"
    text = "; ".join(said)
    return text[0].upper() + text[1:]


def belief_text(told: Told, each: ViewAnswer) -> str:
    """Return what one would have to believe for a package as plain text: ranges, turns, and a map."""
    belief = each.belief
    lines = [f"What one would have to believe for {words_of(each.judgement, belief.package)}", ""]
    lines += [belief_sentence(told, each).sentence, "", "Whoever puts the value signs, all else central, while"]
    lines += [
        f"  {told.in_words(bound.name)} is {span(bound.low, bound.high, bound.least, bound.most)}"
        for bound in belief.bounds
        if (bound.least, bound.most) != (bound.low, bound.high)
    ]
    lines += ["  every other value is anywhere in its range"]
    lines += ["", "The answer turns, one assumption at a time, if"]
    lines += [f"  {turn_words(told, flip)}" for flip in belief.flips] or ["  nothing within its range turns it"]
    if belief.drawn_over is not None:
        lines += ["", *map_lines(told, belief.drawn_over, belief.package)]
    return "\n".join(lines).replace(amounts.MINUS, "-") + "\n"


def span(low: float, high: float, least: float, most: float) -> str:
    """Return part of a range in words.

    Example:
        >>> span(0.0, 2e9, 0.0, 2e9), span(0.0, 2e9, 0.0, 5e8), span(0.0, 1.0, float("nan"), float("nan"))
        ('anywhere in its range (0 to 2 bn)', '0 to 500 m of 0 to 2 bn', 'nowhere in its range (0 to 1)')
    """
    whole = amounts.usd_range(low, high)
    if np.isnan(least):
        return f"nowhere in its range ({whole})"
    if (least, most) == (low, high):
        return f"anywhere in its range ({whole})"
    return f"{amounts.usd_range(least, most)} of {whole}"


def map_lines(told: Told, found: BelieveMap, package: int) -> list[str]:
    """Return the map as lines: a row per step of the family, high end first, a column per step of the value."""
    rows = ["".join(HERE if int(each) == package else ELSEWHERE for each in row) for row in found.chosen[::-1]]
    marks = ["high", *[""] * (len(rows) // 2 - 1), "central", *[""] * (len(rows) - len(rows) // 2 - 2), "low"]
    width = max(map(len, marks))
    low, high = (amounts.usd(float(found.values[end])) for end in (0, -1))
    title = f"{HERE} chosen, {ELSEWHERE} not; down {family_words(found.family)}, across {told.in_words(found.value)}:"
    body = [f"  {mark:>{width}} {row}" for mark, row in zip(marks, rows, strict=True)]
    return [title, *body, f"  {'':>{width}} {low} to {high} a year"]
