"""Time at the table as tables: the choice month by month, stores that run out, deals that fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.columns import Row, package_name, three, usd
from chokepoint.answer.talks.levels import months_of
from chokepoint.tables import Table

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import TalksAnswer

AGREED, THREATENED = "the first talks end in a deal", "the first talks fail"


def time_tables(answer: TalksAnswer) -> tuple[Table, ...]:
    """Return what time does to the talks."""
    return by_month_table(answer), runs_out_table(answer), dates_table(answer)


def favourite_of(chosen: np.ndarray, packages: int) -> tuple[int, float]:
    """Return the package chosen in most cases, -1 for no deal, and the share of cases that choose it."""
    counts = np.bincount(chosen + 1, minlength=packages + 1)
    return int(counts.argmax()) - 1, float(counts.max() / chosen.size)


def by_month_table(answer: TalksAnswer) -> Table:
    """Return what is chosen at the rates of every month."""
    months, leading = months_of(answer.talks)
    rows: list[Row] = []
    for each in answer.views:
        judgement = each.judgement
        judged = each.belief.package
        for number, month in enumerate(months[leading:]):
            chosen = judgement.chosen_by_month[:, number]
            best, share = favourite_of(chosen, judgement.packages.size)
            of_judged, none = float((chosen == judged).mean()), float((chosen < 0).mean())
            rows.append((each.view.name, str(month), package_name(judgement, best), share, of_judged, none))
    return Table(
        name="talk_by_month",
        title="Which package Nash's rule chooses as months pass without a deal",
        columns=columns(
            "view",
            "month",
            "package||chosen in most cases, at the rates of that month",
            "share|share|cases that choose it",
            "share_of_judged|share|cases that choose the package that came about, or that is asked about",
            "share_without_a_deal|share",
        ),
        rows=tuple(rows),
    )


def runs_out_table(answer: TalksAnswer) -> Table:
    """Return when stores of each side run out while both carry out their threats."""
    rows: list[Row] = []
    months, leading = months_of(answer.talks)
    for each in answer.views:
        for store in each.clock.runs_out:
            middle, lasting = store.middle, float(np.isinf(store.months).mean())
            when = None if middle is None else str(months[leading].plus(round(middle) - 1))
            rows.append((each.view.name, store.party, store.good, middle, when, lasting))
    return Table(
        name="talk_runs_out",
        title="When stores fall below a tenth while both carry out their threats",
        columns=columns(
            "view",
            "party",
            "good",
            "months|months|of the talks, counted from 1; median, missing where it lasts in half the cases",
            "month||of the median",
            "share_lasting|share|cases in which it lasts beyond the months that count",
        ),
        rows=tuple(rows),
    )


def dates_table(answer: TalksAnswer) -> Table:
    """Return the game at every date, solved from the last one back."""
    rows: list[Row] = []
    for each in answer.views:
        found = each.clock.dated
        if found is None:
            continue
        for way, dates in ((AGREED, found.after_deal), (THREATENED, found.after_standoff)):
            for at in dates:
                best, share = favourite_of(at.chosen, each.judgement.packages.size)
                name = package_name(each.judgement, best)
                rows.append((each.view.name, way, at.month, name, share, *three(at.leverage)))
    first = answer.talks.parties[0].code
    return Table(
        name="talk_dates",
        title="The talks and the dates at which what was agreed falls due, solved from the last one back",
        columns=columns(
            "view",
            "way",
            "month||the start, or the date",
            "package||chosen there in most cases",
            "share|share|cases that choose it; market central, security values drawn",
            *usd("leverage", f"v/2 of {first} there, over what is left of the months, per year of the whole"),
        ),
        rows=tuple(rows),
    )
