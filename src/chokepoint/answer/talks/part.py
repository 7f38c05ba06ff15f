"""Talks as a section of the page, and as an entry of ``run.json``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.page import Part
from chokepoint.answer.talks.background import acts_of
from chokepoint.answer.talks.charts import SECTION, talk_exhibits
from chokepoint.answer.talks.columns import package_name
from chokepoint.answer.talks.judgement import uncertain
from chokepoint.answer.talks.sentences import further_sentences, talk_sentences
from chokepoint.answer.talks.tables import talk_tables
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import TalksAnswer


def part_of(answer: TalksAnswer) -> Part:
    """Return the section of the page on talks."""
    tables = talk_tables(answer)
    drawn, charts = talk_exhibits(answer, {table.name: table for table in tables})
    return Part(
        key=SECTION,
        said=talk_sentences(answer),
        more=further_sentences(answer),
        charts=charts,
        drawn=drawn,
        tables=tuple(table for table in tables if table not in drawn),
        figures=uncertain(answer.talks),
    )


def talks_record(answer: TalksAnswer) -> dict[str, object]:
    """Return the inputs, certificates and findings of talks, ready for JSON."""
    talks = answer.talks
    return {
        "name": talks.name,
        "text": talks.text,
        "seed": talks.seed,
        "draws": talks.draws,
        "background": answer.background.to_json(),
        "measures": acts_of(talks),
        "unsolved_cases": {
            f"{grid.view}/{grid.chain}": [int(case) for case in np.flatnonzero(~grid.is_solved)]
            for grid in answer.grids
        },
        "views": {
            each.view.name: {
                "as_of": str(each.view.as_of),
                "leverage_usd_per_year": [float(value) for value in interval(each.judgement.leverage)],
                "assumed_share_of_leverage": each.assumed_leverage,
                "composition_error": None if each.composition is None else each.composition.error,
                "notes": list(each.notes),
                "judged": package_name(each.judgement, each.belief.package),
                "share_chosen": each.belief.share,
                "share_signed": each.belief.share_signed,
                "turned_by": [asdict(flip) for flip in each.belief.flips],
                "chance_of_all_at_home": (
                    None if each.home is None else float(each.home.chance_of_all[each.belief.package])
                ),
                "share_kept_if_pooled": float(each.pooling.pooled.is_kept.mean()),
            }
            for each in answer.views
        },
    }
