"""Figures that the documents quote of the second front are those the program finds."""

import re
from pathlib import Path

import numpy as np
import pytest

from chokepoint import bundle
from chokepoint.answer.talks.answer import bundled_talks, open_talks
from chokepoint.answer.talks.fronts import front_part, weigh_fronts
from chokepoint.dates import Month
from chokepoint.exposure import parties_outside, stop_by_year
from chokepoint.uncertainty import draw, parameters_known

DOCUMENT = Path(__file__).parents[2] / "docs" / "science" / "second-front.md"


def millions(value):
    return round(value / 1e6)


@pytest.mark.slow
def test_the_documents_quote_the_game_of_three_as_the_program_plays_it():
    text = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    record = open_talks(bundled_talks()["london-2025"])
    world = bundle.load(record.chain(record.fronts.chain).world)
    part = front_part(weigh_fronts(record, world, lambda _: None))
    tables = {
        table.name: [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]
        for table in part.tables
    }

    def rows(name):
        return [
            row
            for row in tables[name]
            if (row["bidders"], row["horizon"], row["stop"]) == ("USA against CHN", 30, "carried out")
        ]

    worth = {row["coalition"]: millions(row["worth_usd"]) for row in rows("third_party")}
    assert (
        f"{worth['Ukraine + USA']} million USD with the United States, {worth['Ukraine + CHN']} with China, "
        f"{worth['Ukraine + USA + CHN']} all three together"
    ) in text
    shares = {row["party"]: millions(row["shapley_usd"]) for row in rows("third_party_shares")}
    assert f"gives the owner {shares['Ukraine']}, the United States {shares['USA']} and China {shares['CHN']}" in text
    tied = next(
        row for row in rows("exclusion_contracts") if (row["contract"], row["pays"]) == ("exclusive dealing", "CHN")
    )
    assert f"pay up to {millions(tied['gained_usd'])} where {millions(tied['asked_usd'])} is asked" in text
    assert f"signed in {tied['worth_it']:.0%} of draws".replace("%", " %") in text


@pytest.mark.slow
def test_the_documents_quote_what_a_stop_costs_with_a_hundredth_let_through():
    text = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    quoted = re.search(r"is ([\d.]+) instead of ([\d.]+) billion USD", text)
    record = open_talks(bundled_talks()["london-2025"])
    world = bundle.load(record.chain(record.fronts.chain).world)
    latest = max(view.as_of for view in record.views)
    settings = draw(world, parameters_known(world, latest), 0, record.seed)
    found = stop_by_year(world, settings, "CHN", Month.read(record.fronts.first), parties_outside(world, "CHN"), (0,))
    assert np.round(found.of("outside")[0, 0] / 1e9, 1) == float(quoted.group(2))
