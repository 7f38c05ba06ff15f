"""Time at the table as tables: the choice month by month, stores that run out, deals that fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.columns import Row, package_name, three, usd
from chokepoint.answer.talks.levels import months_of
from chokepoint.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.answer.talks.falling_due import At
    from chokepoint.records.talks import TalksRecord

AGREED, THREATENED, WAITING = "a deal wherever there is one", "the first talks fail", "talks fail at every date"
HALF = 0.5


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


def who_is_helped(talks: TalksRecord, dates: Sequence[At], number: int) -> tuple[str | None, float | None]:
    """Return on whose side ``v / 2`` moves from one date to the next while talks fail, and in which share of cases."""
    if number + 1 >= len(dates):
        return None, None
    rises = float((dates[number + 1].leverage > dates[number].leverage).mean())
    first, second = (party.code for party in talks.parties)
    return (first, rises) if rises >= HALF else (second, 1.0 - rises)


def dates_table(answer: TalksAnswer) -> Table:
    """Return the game at every date, solved from the last one back."""
    rows: list[Row] = []
    for each in answer.views:
        found = each.clock.dated
        if found is None:
            continue
        for way, dates in ((AGREED, found.after_deal), (THREATENED, found.after_standoff), (WAITING, found.waiting)):
            for number, at in enumerate(dates):
                best, share = favourite_of(at.chosen, each.judgement.packages.size)
                name = package_name(each.judgement, best)
                lost = np.median(at.lost_by_waiting, axis=0)
                helped = who_is_helped(answer.talks, dates, number) if dates is found.waiting else (None, None)
                row = (each.view.name, way, at.month, ", ".join(at.due), name, share, *three(at.leverage))
                rows.append((*row, *(float(value) for value in lost), *helped))
    first, second = (party.code for party in answer.talks.parties)
    return Table(
        name="talk_dates",
        title="The talks and the dates at which what was agreed falls due, solved from the last one back",
        columns=columns(
            "view",
            "way",
            "month||the start, or the date",
            "due||issues that fall due; releases on others cannot be taken back there",
            "package||chosen there in most cases",
            "share|share|cases that choose it; market central, security values drawn",
            *usd("leverage", f"v/2 of {first} there, per year of what is left of the months"),
            f"first_loses_usd_per_year|USD/yr|what {first} gets there over no deal until the next date, median",
            f"second_loses_usd_per_year|USD/yr|the same of {second}",
            "waiting_helps||on whose side v/2 moves if talks fail until the next date; missing at the last",
            "share_helped|share|cases in which it does",
        ),
        rows=tuple(rows),
    )
