"""Talks as tables: packages, what each release costs and is worth, leverage by month, orders, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.belief_tables import belief_tables
from chokepoint.answer.talks.columns import Row, package_name, three, usd
from chokepoint.answer.talks.home_tables import home_tables
from chokepoint.answer.talks.levels import months_of
from chokepoint.answer.talks.linkage import linkage_table
from chokepoint.answer.talks.simulated_tables import simulated_tables
from chokepoint.answer.talks.time_tables import time_tables
from chokepoint.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import IssueRecord, TalksRecord


def package_rows(answer: TalksAnswer, each: ViewAnswer) -> Iterator[Row]:
    """Yield a row per package: gains, who would sign and ratify, which rule chooses it how often."""
    judgement, talks = each.judgement, answer.talks
    historical = judgement.position(talks.historical) if talks.historical else -1
    shares = {name: judgement.share_chosen(name) for name in judgement.agreements}
    zone = judgement.in_zone.mean(axis=0)
    ratification = judgement.ratification
    for number, combination in enumerate(judgement.packages):
        gains = judgement.problem.gains[:, :, number]
        yield (
            each.view.name,
            judgement.payoffs.name(int(combination)),
            *three(gains[:, 0]),
            *three(gains[:, 1]),
            float(zone[number]),
            *(float(share[number]) for share in shares.values()),
            *(float(value) for value in ratification.chance[:, number]),
            float(ratification.chance_of_both[number]),
            *(float(value) for value in each.assumed[:, combination]),
            number == historical,
        )


def packages_table(answer: TalksAnswer) -> Table:
    """Return every package as both sides see it."""
    first, second = (party.code for party in answer.talks.parties)
    rules = list(answer.views[0].judgement.agreements)
    order = ", ".join(issue.title.lower() for issue in answer.talks.issues)
    return Table(
        name="talk_packages",
        title=f"Packages: levels of {order}",
        columns=columns(
            "view",
            "package||levels in the order of the issues",
            *usd("gain_first", f"gain of {first} over no deal, median"),
            *usd("gain_second", f"gain of {second} over no deal, median"),
            "share_in_zone|share|cases in which neither side is worse off than without a deal",
            *(f"share_chosen_{rule}|share|cases in which the rule chooses it" for rule in rules),
            f"chance_first_ratifies|share|cases in which the principal of {first} says yes",
            f"chance_second_ratifies|share|cases in which the principal of {second} says yes",
            "chance_both_ratify|share",
            f"assumed_first|share|fraction of the payoff of {first} that rests on assumed figures",
            f"assumed_second|share|fraction of the payoff of {second} that rests on assumed figures",
            "is_historical||whether it is the one that came about",
        ),
        rows=tuple(row for each in answer.views for row in package_rows(answer, each)),
    )


def release(each: ViewAnswer, talks: TalksRecord, issue: IssueRecord, level: str) -> Array:
    """Return what moving one issue from its level without a deal brings both parties (case, party), USD per year."""
    stay = {other.name: other.without_a_deal for other in talks.issues}
    payoffs = each.judgement.payoffs
    payoff = payoffs.payoff
    return payoff[:, :, payoffs.at(stay | {issue.name: level})] - payoff[:, :, payoffs.at(stay)]


def releases_table(answer: TalksAnswer) -> Table:
    """Return what each release costs its owner and is worth to the other side, all else as without a deal."""
    rows: list[Row] = []
    codes = [party.code for party in answer.talks.parties]
    for each in answer.views:
        for issue in answer.talks.issues:
            owner = codes.index(issue.owner)
            for level in issue.levels:
                if level.name == issue.without_a_deal:
                    continue
                moved = release(each, answer.talks, issue, level.name)
                cost, worth = three(-moved[:, owner]), three(moved[:, 1 - owner])
                rows.append((each.view.name, issue.name, level.name, issue.owner, *cost, *worth, level.is_threat))
    return Table(
        name="talk_releases",
        title="What each step costs the side that takes it, and what it is worth to the other",
        columns=columns(
            "view",
            "issue",
            "level||from the level without a deal to this one",
            "owner||who takes the step",
            *usd("cost_to_owner", "least the owner must get in return; negative: it gains by the step itself"),
            *usd("worth_to_other", "most the other would give for it"),
            "is_threat||a step away from a deal",
        ),
        rows=tuple(rows),
    )


def leverage_table(answer: TalksAnswer) -> Table:
    """Return leverage as months of stand-off pass, at the rents simulated and at both ends."""
    months, leading = months_of(answer.talks)
    rows: list[Row] = []
    for each in answer.views:
        kept, taken = each.rents_kept.by_month, each.rents_taken.by_month
        for number, month in enumerate(months[leading:]):
            either = (float(np.median(kept[:, number])), float(np.median(taken[:, number])))
            rows.append((each.view.name, str(month), *three(each.judgement.leverage_by_month[:, number]), *either))
    first, second = (party.code for party in answer.talks.parties)
    return Table(
        name="talk_leverage",
        title=f"Leverage of {first} over {second}, v/2, as months pass without a deal",
        columns=columns(
            "view",
            "month",
            *usd(
                "leverage", f"half of what {first} is ahead by if both choose their threats; negative: {second} leads"
            ),
            "if_importers_keep_rents_usd_per_year|USD/yr|rent_share 0, median",
            "if_exporters_take_rents_usd_per_year|USD/yr|rent_share 1, median",
        ),
        rows=tuple(rows),
    )


def orders_table(answer: TalksAnswer) -> Table:
    """Return who could move first, what cheating would pay and how soon it must be noticed."""
    rows: list[Row] = []
    codes = [party.code for party in answer.talks.parties]
    for each in answer.views:
        orders, found = each.orders, each.orders.conditional
        package = each.judgement.payoffs.name(int(each.judgement.packages[orders.package]))
        shares = (orders.second_begins, orders.first_begins)
        for party, code in enumerate(codes):
            rows.append(
                (
                    each.view.name,
                    package,
                    code,
                    *three(found.temptation[:, party]),
                    *three(found.exposure[:, party]),
                    float(np.median(found.longest_lag[:, party])),
                    shares[party],
                )
            )
    return Table(
        name="talk_orders",
        title="Who could move first: what holding back would pay each side after the other has released",
        columns=columns(
            "view",
            "package",
            "party",
            *usd("temptation", "gain over the horizon from not releasing after the other has, median", per=""),
            *usd("exposure", "loss until it notices, if it releases first in vain, median", per=""),
            "longest_lag_months|months|its release must be verified within this time; -1: holding back pays at once",
            "share_trusted|share|cases in which the other could release first and this side would follow",
        ),
        rows=tuple(rows),
    )


def map_table(answer: TalksAnswer) -> Table:
    """Return which package is chosen over the two assumptions that move the choice most."""
    rows: list[Row] = []
    for each in answer.views:
        found, judgement = each.choices, each.judgement
        for down, under in enumerate(found.down_values):
            for across, over in enumerate(found.across_values):
                chosen = int(found.chosen[down, across])
                name = package_name(judgement, chosen)
                value = float(found.leverage[down, across])
                rows.append((each.view.name, found.across, float(over), found.down, float(under), name, value))
    return Table(
        name="talk_map",
        title="Which package Nash's rule chooses as the two strongest assumptions run over their ranges",
        columns=columns(
            "view",
            "across",
            "across_usd_per_year|USD/yr",
            "down",
            "down_usd_per_year|USD/yr",
            "package",
            "leverage_usd_per_year|USD/yr|v/2 of the first party there",
        ),
        rows=tuple(rows),
    )


def rests_table(answer: TalksAnswer) -> Table:
    """Return what the answer of each view rests on."""
    rows: list[Row] = []
    for each in answer.views:
        leverage = each.judgement.leverage
        rows.append((each.view.name, "leverage v/2: fraction that rests on assumed figures", each.assumed_leverage))
        rows.append((each.view.name, "leverage v/2: share of cases above zero", float((leverage > 0.0).mean())))
        if each.composition is not None:
            rows.append(
                (each.view.name, "error of adding up chains, relative to the largest payoff", each.composition.error)
            )
        rows += [(each.view.name, f"share of choices moved by {name}", share) for name, share in each.influence]
    return Table(
        name="talk_rests_on",
        title="What the answer rests on",
        columns=columns("view", "what", "share|share"),
        rows=tuple(rows),
    )


def talk_tables(answer: TalksAnswer) -> tuple[Table, ...]:
    """Return every table of talks."""
    return (
        packages_table(answer),
        releases_table(answer),
        leverage_table(answer),
        linkage_table(answer),
        orders_table(answer),
        map_table(answer),
        rests_table(answer),
        *home_tables(answer),
        *time_tables(answer),
        *belief_tables(answer),
        *simulated_tables(answer),
    )
