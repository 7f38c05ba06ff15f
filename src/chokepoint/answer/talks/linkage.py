"""What trading issues for each other brings the talks, over settling each alone: the gain from linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.columns import Row, three, usd
from chokepoint.answer.talks.judgement import LEADING_RULE
from chokepoint.answer.talks.told import money
from chokepoint.bargaining.linked_issues import linkage_over
from chokepoint.report import amounts
from chokepoint.solutions import RULES
from chokepoint.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.answer import TalksAnswer, ViewAnswer
    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.told import Told
    from chokepoint.records.talks import TalksRecord
    from chokepoint.report.front import Sentence
    from chokepoint.solutions.issue_by_issue import Linkage


def linkage_of(talks: TalksRecord, judgement: Judgement) -> Mapping[str, Linkage]:
    """Return what linkage brings by each rule, counted over things as they stay without a deal (case, party)."""
    baseline = judgement.position({issue.name: issue.without_a_deal for issue in talks.issues})
    return {name: linkage_over(judgement.problem, baseline, rule) for name, rule in RULES.items()}


def linkage_table(answer: TalksAnswer) -> Table:
    """Return what each rule gives both sides over the whole table, on each issue alone, and the difference."""
    rows: list[Row] = [
        (
            each.view.name,
            rule,
            party.code,
            *three(found.together[:, place]),
            *three(found.apart[:, place]),
            *three(found.gain[:, place]),
        )
        for each in answer.views
        for rule, found in each.linkage.items()
        for place, party in enumerate(answer.talks.parties)
    ]
    return Table(
        name="talk_linkage",
        title="What trading issues for each other brings, over settling each alone",
        columns=columns(
            "view",
            "rule",
            "party",
            *usd("together", "gain of the package chosen, over things as they stay without a deal, median"),
            *usd("apart", "gain of the levels chosen issue by issue, each with the others as without a deal, median"),
            *usd("linkage", "together less apart, median; negative: linkage costs this side"),
        ),
        rows=tuple(rows),
    )


def linkage_sentence(told: Told, each: ViewAnswer) -> Sentence:
    """Say what trading issues for each other brings either side by the leading rule."""
    found = each.linkage[LEADING_RULE]
    first, second = told.sides
    nothing = float((found.apart == 0.0).all(axis=1).mean())
    return told.sentence(
        f"{each.view.title}, trading issues for each other brings {first} {money(found.gain[:, 0])} and {second} "
        f"{money(found.gain[:, 1])} more than settling each alone; alone, nothing is settled in "
        f"{amounts.percent(nothing)} of cases.",
        "issues settled one by one build on each other: each is settled here with the others as without a deal",
    )
