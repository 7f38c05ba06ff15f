"""The answer from home as tables: firms with their gains, packages with the chance of a yes, what pooling holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.columns import Row, package_name, three, usd
from chokepoint.answer.talks.home import most_promising
from chokepoint.tables import Table

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import TalksAnswer


def home_tables(answer: TalksAnswer) -> tuple[Table, ...]:
    """Return who is heard at home, what each package finds there, and what holds a package together."""
    return actors_table(answer), home_table(answer), pooling_table(answer)


def actors_table(answer: TalksAnswer) -> Table:
    """Return firms of either side with what they gain by the package that is judged, and the chance of their yes."""
    rows: list[Row] = []
    for each in answer.views:
        home, package = each.home, each.belief.package
        if home is None:
            continue
        for place, actor in enumerate(answer.talks.actors):
            rows.append(
                (
                    each.view.name,
                    package_name(each.judgement, package),
                    actor.party,
                    actor.name,
                    actor.title,
                    float(home.turnover[place]),
                    *three(home.gain[:, place, package]),
                    float(np.median(home.bears[:, place])),
                    float(home.chance[place, package]),
                    home.nearest(place, package),
                )
            )
    return Table(
        name="talk_actors",
        title="Who is heard at home, and what the package brings them over no deal",
        columns=columns(
            "view",
            "package",
            "party",
            "actor",
            "title",
            "turnover_usd_per_year|USD/yr|spent on, or earned from, the goods of the talks in the base year",
            *usd("gain", "over no deal, median"),
            "bears_usd_per_year|USD/yr|loss it bears without objecting, median",
            "chance_of_yes|share|cases in which its loss is no greater than it bears",
            "payment_for_a_yes_usd_per_year|USD/yr|smallest that brings a yes in half the cases",
        ),
        rows=tuple(rows),
    )


def home_table(answer: TalksAnswer) -> Table:
    """Return for every package the chance that all at home say yes, and whether it promises most."""
    rows: list[Row] = []
    for each in answer.views:
        home, judgement = each.home, each.judgement
        if home is None:
            continue
        best = most_promising(judgement, home.chance_of_all)
        rows += [
            (
                each.view.name,
                package_name(judgement, number),
                *(float(share) for share in home.chance_of_side[:, number]),
                *(float(share) for share in home.chance_of_most[:, number]),
                float(home.chance_of_all[number]),
                number == best,
            )
            for number in range(judgement.packages.size)
        ]
    first, second = (party.code for party in answer.talks.parties)
    return Table(
        name="talk_home",
        title="What each package finds at home: principal and firms together",
        columns=columns(
            "view",
            "package",
            f"chance_first|share|cases in which the principal and all firms of {first} say yes",
            f"chance_second|share|the same for {second}",
            f"chance_first_by_turnover|share|firms with half of the turnover of {first} are enough",
            f"chance_second_by_turnover|share|the same for {second}",
            "chance_of_all|share|cases in which everybody on both sides says yes",
            "promises_most||whether the product of expected gains, each times the chance of all, is the greatest",
        ),
        rows=tuple(rows),
    )


def pooling_table(answer: TalksAnswer) -> Table:
    """Return what breaking each swap would pay, and the patience with which it is kept."""
    rows: list[Row] = []
    for each in answer.views:
        for bond, is_pooled in ((each.pooling.pooled, True), *((bond, False) for bond in each.pooling.alone)):
            for place, party in enumerate(answer.talks.parties):
                needed = float(np.median(bond.patience[:, place]))
                rows.append(
                    (
                        each.view.name,
                        " + ".join(bond.issues),
                        is_pooled,
                        party.code,
                        *three(bond.tempts[:, place]),
                        *three(bond.worth[:, place]),
                        needed if np.isfinite(needed) else None,
                        each.pooling.patience,
                        float(bond.is_kept.mean()),
                    )
                )
    return Table(
        name="talk_pooling",
        title="What breaking its word would pay each side, swap by swap and with all issues pooled",
        columns=columns(
            "view",
            "issues",
            "is_pooled||whether all that the package moves stands or falls together",
            "party",
            *usd("temptation", "gain, at a yearly rate, while only the other has released"),
            *usd("worth", "of keeping on, against neither releasing"),
            "least_patience||worth of a USD one verification period later at which it keeps its word; missing: at none",
            "patience||as simulated",
            "share_kept|share|cases in which both keep their word",
        ),
        rows=tuple(rows),
    )
