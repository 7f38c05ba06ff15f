"""What is drawn of talks: the plane of payoffs, leverage over time, what each release costs and is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.judged_charts import SECTION, believe_chart, heard_chart, heard_table
from chokepoint.answer.talks.told import in_words
from chokepoint.report.exhibits import Chart
from chokepoint.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.tables import Cell

CAME_ABOUT, CHOSEN, OTHER = "the package that came about", "chosen most often by a rule", "other packages"


def plane_table(answer: TalksAnswer) -> Table:
    """Return every package as a point: what both sides gain over no deal, medians."""
    rows: list[tuple[Cell, ...]] = []
    for each in answer.views:
        judgement = each.judgement
        shares = {rule: judgement.share_chosen(rule) for rule in judgement.agreements}
        favourites = {int(share.argmax()) for share in shares.values() if share.max() > 0.0}
        historical = judgement.position(answer.talks.historical) if answer.talks.historical else -1
        middle = np.median(judgement.problem.gains, axis=0)
        for number in range(judgement.packages.size):
            group = CAME_ABOUT if number == historical else CHOSEN if number in favourites else OTHER
            name, share = judgement.problem.words(number), float(shares["nash"][number])
            rows.append((each.view.title, name, group, float(middle[0, number]), float(middle[1, number]), share))
    first, second = (party.code for party in answer.talks.parties)
    return Table(
        name="talk_plane",
        title="What each package brings over no deal, medians",
        columns=columns(
            "view",
            "package",
            "group",
            f"gain_first_usd_per_year|USD/yr|{first}",
            f"gain_second_usd_per_year|USD/yr|{second}",
            "share_chosen|share|cases in which Nash's rule chooses it",
        ),
        rows=tuple(sorted(rows, key=lambda row: (CAME_ABOUT, CHOSEN, OTHER).index(str(row[2])))),
    )


def lines_table(answer: TalksAnswer, leverage: Table) -> Table:
    """Return leverage by month as series: as simulated, and with the licence rents at either end."""
    titles = {each.view.name: each.view.title for each in answer.views}
    rows: list[tuple[Cell, ...]] = []
    for view, month, middle, low, high, kept, taken in leverage.rows:
        title = titles[str(view)]
        rows.append((title, month, "as simulated", middle, low, high))
        rows.append((title, month, "importers keep the licence rents", kept, None, None))
        rows.append((title, month, "exporters take them", taken, None, None))
    rows.sort(key=lambda row: (list(titles.values()).index(str(row[0])), str(row[2]), str(row[1])))
    return Table(
        name="talk_leverage_lines",
        title=leverage.title,
        columns=columns(
            "view", "month", "series", *(f"{name}_usd_per_year|USD/yr" for name in ("value", "low", "high"))
        ),
        rows=tuple(rows),
    )


def step_words(answer: TalksAnswer, issue: str, level: str) -> str:
    """Return a step in words: ``Ethane: the letters on ethane withdrawn``."""
    found = next(each for each in answer.talks.issues if each.name == issue)
    return f"{found.title}: {found.levels[found.at(level)].title}"


def steps_table(answer: TalksAnswer, releases: Table) -> Table:
    """Return every step towards a deal with its two sides, in the view that knows least."""
    heads = [column.name for column in releases.columns]
    rows: list[tuple[Cell, ...]] = []
    for row in releases.rows:
        said = dict(zip(heads, row, strict=True))
        if said["view"] != answer.views[0].view.name or said["is_threat"]:
            continue
        step = step_words(answer, str(said["issue"]), str(said["level"]))
        for series, stem in (("cost to its owner", "cost_to_owner"), ("worth to the other", "worth_to_other")):
            rows.append(
                (step, series, *(said[f"{stem}{end}_usd_per_year"] for end in ("", "_low", "_high"))),
            )
    return Table(
        name="talk_steps",
        title="What each release costs its owner and is worth to the other side",
        columns=columns("step", "series", *(f"{name}_usd_per_year|USD/yr" for name in ("value", "low", "high"))),
        rows=tuple(rows),
    )


def plane_chart(first: str, second: str) -> Chart:
    """Return the plane of payoffs."""
    return Chart(
        id="talk-plane",
        kind="plane",
        title="What each package brings both sides over no deal",
        caption=(
            "A dot is a package. No deal, both sides having chosen their threats, lies where the axes cross; "
            "a package that both would sign lies above and to the right of it. Medians; intervals are in the table."
        ),
        table="talk_plane",
        unit="USD a year",
        encoding={
            "x": "gain_first_usd_per_year",
            "y": "gain_second_usd_per_year",
            "name": "package",
            "group": "group",
            "facet": "view",
            "share": "share_chosen",
        },
        options={"label_x": f"gain of {first}", "label_y": f"gain of {second}", "quiet": OTHER},
        section=SECTION,
    )


def leverage_chart(first: str, second: str) -> Chart:
    """Return leverage over time."""
    return Chart(
        id="talk-leverage",
        kind="lines",
        title=f"Leverage of {first} over {second} as months pass",
        caption=(
            f"Half of what {first} is ahead by when both choose their threats, per year at the rate of that month; "
            f"below zero {second} is ahead. The band is the 80 % interval."
        ),
        table="talk_leverage_lines",
        unit="USD a year",
        encoding={
            "month": "month",
            "value": "value_usd_per_year",
            "low": "low_usd_per_year",
            "high": "high_usd_per_year",
            "series": "series",
            "facet": "view",
        },
        section=SECTION,
    )


def steps_chart() -> Chart:
    """Return what each step costs its owner and is worth to the other."""
    return Chart(
        id="talk-steps",
        kind="compare",
        title="What would make each side release, and what the other would give for it",
        caption=(
            "Each step taken alone, all else as without a deal. A cost below zero: the owner gains by the step "
            "itself, for it sells again."
        ),
        table="talk_steps",
        unit="USD a year",
        encoding={
            "item": "step",
            "series": "series",
            "value": "value_usd_per_year",
            "low": "low_usd_per_year",
            "high": "high_usd_per_year",
        },
        section=SECTION,
    )


def map_chart(answer: TalksAnswer, names: Mapping[str, str]) -> Chart:
    """Return which package is chosen over the two strongest assumptions."""
    choices = answer.views[0].choices
    return Chart(
        id="talk-map",
        kind="plane",
        title="What one would have to believe for each package to be chosen",
        caption=(
            "Nash's choice as the two assumptions that move it most run over their whole ranges, all else central. "
            f"Levels stand in the order: {', '.join(issue.title.lower() for issue in answer.talks.issues)}."
        ),
        table="talk_map",
        unit="USD a year",
        encoding={
            "x": "across_usd_per_year",
            "y": "down_usd_per_year",
            "name": "package",
            "group": "package",
            "facet": "view",
        },
        options={"label_x": in_words(choices.across, names), "label_y": in_words(choices.down, names)},
        section=SECTION,
    )


def talk_exhibits(answer: TalksAnswer, tables: Mapping[str, Table]) -> tuple[tuple[Table, ...], tuple[Chart, ...]]:
    """Return the tables that are drawn and their charts."""
    names = answer.background.names
    first, second = (names[party.code] for party in answer.talks.parties)
    drawn = (
        plane_table(answer),
        lines_table(answer, tables["talk_leverage"]),
        tables["talk_map"],
    )
    charts = [plane_chart(first, second), leverage_chart(first, second)]
    steps = steps_table(answer, tables["talk_releases"])
    if steps.rows:  # none where every step away from no deal is only a threat
        drawn = (*drawn, steps)
        charts.append(steps_chart())
    if tables["talk_actors"].rows:
        drawn = (*drawn, heard_table(answer))
        charts.append(heard_chart(answer))
    charts.append(map_chart(answer, names))
    if tables["talk_believe"].rows:
        drawn = (*drawn, tables["talk_believe"])
        charts.append(believe_chart(answer, names))
    return drawn, tuple(charts)
