"""Time at the table in sentences: who gains by waiting, and what dates change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.sentences import listed
from chokepoint.answer.talks.levels import months_of
from chokepoint.answer.talks.time_tables import favourite_of, who_is_helped
from chokepoint.answer.talks.told import words_of
from chokepoint.report import amounts

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import ViewAnswer
    from chokepoint.answer.talks.falling_due import Dated
    from chokepoint.answer.talks.told import Told
    from chokepoint.report.front import Sentence

HALF = 0.5
SAME = "that package"


def first_empty(told: Told, each: ViewAnswer) -> list[str]:
    """Return in words which store of each side runs out first under the threats of both."""
    months, leading = months_of(told.answer.talks)
    said: list[str] = []
    for party in told.answer.talks.parties:
        name = told.names[party.code]
        mine = [store for store in each.clock.runs_out if store.party == party.code]
        if not mine:
            continue
        if (middle := mine[0].middle) is None:
            said.append(f"in {name} no store runs out in half the cases")
            continue
        when = amounts.when(str(months[leading].plus(round(middle) - 1)))
        said.append(f"in {name} that of {mine[0].good.replace('_', ' ')} in {when}")
    return said


def waiting_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say who gains by waiting, whose store runs out when, and whether the choice changes."""
    first, second = told.sides
    judgement = each.judgement
    curve = judgement.leverage_by_month
    begins, ends = (amounts.usd(float(np.median(curve[:, month]))) for month in (0, -1))
    rises = float((curve[:, -1] > curve[:, 0]).mean())
    gainer, share = (first, rises) if rises >= HALF else (second, 1.0 - rises)
    months, leading = months_of(told.answer.talks)
    said = (
        f"{each.view.title}, while there is no deal v/2 of {first} moves from {begins} a year at the rates of "
        f"{amounts.when(str(months[leading]))} to {ends} at those of {amounts.when(str(months[-1]))}: waiting helps "
        f"{gainer} in {amounts.percent(share)} of cases"
    )
    stores = first_empty(told, each)
    if stores:
        said += f"; with both carrying out their threats the first store to run out is {' and '.join(stores)}"
    best = [favourite_of(chosen, judgement.packages.size)[0] for chosen in judgement.chosen_by_month.T]
    turns = [month for month in range(1, len(best)) if best[month] != best[month - 1]]
    if turns:
        when, what = (
            amounts.when(str(months[leading + turns[0]])),
            words_of(judgement, best[turns[0]], each.belief.package),
        )
        said += f". The package chosen most often changes in {when}, to {what}"
    else:
        said += ". The package chosen most often stays the same in every month"
    return told.sentence(f"{said}.", "stores are larger, or other suppliers are found sooner, than assumed")


def dates_sentence(told: Told, each: ViewAnswer) -> tuple[Sentence, ...]:
    """Say what it changes that an agreement falls due at dates; nothing where none are named."""
    found, judgement = each.clock.dated, each.judgement
    dates = told.answer.talks.renegotiate
    if not dates:
        return ()
    named = listed([amounts.when(fixed.month) for fixed in dates])
    if found is None:
        text = f"what follows from bargaining again in {named} is not known: not all of it was solved"
        return (told.sentence(f"{each.view.title}, {text}.", "the harshest levels are left out"),)
    count = judgement.packages.size
    with_dates, share = favourite_of(found.chosen, count)
    without, _ = favourite_of(found.undated, count)
    judged = each.belief.package

    def words(position: int) -> str:
        said = words_of(judgement, position, judged)
        return told.judged + said.removeprefix(SAME) if said.startswith(SAME) else said

    said = f"{each.view.title}, if what is agreed falls due in {named}, the first talks most often end in "
    said += f"{words(with_dates)} ({amounts.percent(share)} of cases), "
    said += "as without dates" if with_dates == without else "other than without dates"
    change = np.median(found.value - found.undated_value, axis=0)
    gains = [
        f"{name} {'gains' if amount >= 0.0 else 'loses'} {amounts.usd(abs(float(amount)))}"
        for name, amount in zip(told.sides, change, strict=True)
    ]
    said += f"; by the dates {listed(gains)} a year"
    last, agreed = favourite_of(found.after_deal[-1].chosen, count)
    renewed = "the same again" if last == with_dates else words(last)
    when = amounts.when(found.after_deal[-1].month)
    said += f"; in {when} they most often agree on {renewed} ({amounts.percent(agreed)})"
    failed, missed = favourite_of(found.after_standoff[1].chosen, count)
    said += f". Were the first talks to fail, those of {amounts.when(dates[0].month)} would most often end in"
    said += f" {words(failed)} ({amounts.percent(missed)})"
    return (told.sentence(f"{said}.", "need, plants or rules after the last source differ from those known"),)


def helped_text(told: Told, found: Dated) -> str:
    """Say on whose side ``v / 2`` moves from each date to the next while talks fail."""
    helped: dict[str, list[str]] = {}
    for number, then in enumerate(found.waiting[1:]):
        party, share = who_is_helped(told.answer.talks, found.waiting, number)
        until = f"{amounts.when(then.month)} ({amounts.percent(float(share or 0.0))})"
        helped.setdefault(told.names[str(party)], []).append(until)
    last = amounts.usd(float(np.median(found.waiting[-1].leverage)))
    whom = listed([f"{name} until {listed(until)}" for name, until in helped.items()])
    return f"Where agreements fall due, letting the date pass helps {whom}; at the last v/2 is {last} a year"
