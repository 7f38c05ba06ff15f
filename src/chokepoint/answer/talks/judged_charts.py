"""What is drawn of the package that is judged: who at home gains by it, and where it is predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.belief_sentences import family_words
from chokepoint.answer.talks.belief_tables import NOT_CHOSEN
from chokepoint.answer.talks.columns import three
from chokepoint.answer.talks.told import in_words
from chokepoint.report import amounts
from chokepoint.report.exhibits import Chart
from chokepoint.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.tables import Cell

SECTION = "talks"


def heard_table(answer: TalksAnswer) -> Table:
    """Return firms of either side with what the package that is judged brings them, in the view that knows least."""
    each = answer.views[0]
    rows: list[tuple[Cell, ...]] = []
    if each.home is not None:
        for place, actor in enumerate(answer.talks.actors):
            gain, name = each.home.gain[:, place, each.belief.package], answer.background.names[actor.party]
            chance = amounts.percent(float(each.home.chance[place, each.belief.package]))
            title = actor.title[0].upper() + actor.title[1:]
            rows.append((f"{title}, {name.removeprefix('the ')} (yes in {chance})", *three(gain)))
    return Table(
        name="talk_heard",
        title="What the package brings firms at home over no deal",
        columns=columns("firms", *(f"{name}_usd_per_year|USD/yr" for name in ("value", "low", "high"))),
        rows=tuple(rows),
    )


def heard_chart(answer: TalksAnswer) -> Chart:
    """Return what the package that is judged brings firms of either side."""
    judged = "what came about" if answer.talks.historical else "the package chosen most often"
    return Chart(
        id="talk-heard",
        kind="compare",
        title=f"Who at home gains and who loses by {judged}",
        caption=(
            "Simulated gains over no deal of firms in the goods of the talks, medians and 80 % intervals; in brackets "
            "how often their loss is no greater than they are assumed to bear."
        ),
        table="talk_heard",
        unit="USD a year",
        encoding={
            "item": "firms",
            "value": "value_usd_per_year",
            "low": "low_usd_per_year",
            "high": "high_usd_per_year",
        },
        section=SECTION,
    )


def believe_chart(answer: TalksAnswer, names: Mapping[str, str]) -> Chart:
    """Return where the package that is judged is chosen, over a security value and a family of market assumptions."""
    found = next(each.belief.drawn_over for each in answer.views if each.belief.drawn_over is not None)
    judged = "what came about" if answer.talks.historical else "the package chosen most often"
    return Chart(
        id="talk-believe",
        kind="plane",
        title=f"Where {judged} is predicted: a security value against the market",
        caption=(
            "Nash's choice as one security value runs over its range and all "
            f"{family_words(found.family)} go from the low to the high ends of theirs; all else central."
        ),
        table="talk_believe",
        unit="",
        encoding={"x": "value_usd_bn_per_year", "y": "way", "name": "package", "group": "group", "facet": "view"},
        options={
            "label_x": f"{in_words(found.value, names)}, bn USD a year",
            "label_y": f"{family_words(found.family)}: -1 low, 0 central, 1 high",
            "quiet": NOT_CHOSEN,
        },
        section=SECTION,
    )
