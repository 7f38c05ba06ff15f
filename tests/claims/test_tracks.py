"""Passages that do not go together, within one article and across two."""

from __future__ import annotations

import pytest

from chokepoint.claims.reading import read
from chokepoint.claims.simulated import read_simulated
from chokepoint.claims.text import open_text
from chokepoint.claims.tracks import contradictions

DAY = "2026-02-01"


def pairs(library, *texts: str):
    readings = [read(open_text(f"article {number}", text), library, DAY) for number, text in enumerate(texts)]
    return contradictions(readings, read_simulated())


@pytest.mark.parametrize(
    "texts",
    [
        ("China lifted its controls on magnets for America. China banned dual-use goods for Japan.",),
        ("China lifted its controls on magnets for America.", "Beijing forbade the sale of gallium to Japan."),
        ("Exports of magnets to Germany were resumed by China. Its ministry denied licences for yttrium to Japan.",),
        ("Beijing resumed shipments of magnets to America while it halted exports of graphite to Japan.",),
    ],
)
def test_easing_in_one_arena_and_restricting_in_another_is_a_dual_track(library, texts):
    found = pairs(library, *texts)
    assert [(each.kind, each.about) for each in found] == [("dual_track", "CHN")]
    assert found[0].one.text != found[0].other.text
    assert (found[0].one.article, found[0].one.start) != (found[0].other.article, found[0].other.start)


@pytest.mark.parametrize(
    "text",
    [
        "China lifted its controls on magnets for America.",
        "If China lifts its controls on magnets for America, it will ban gallium for Japan.",
        "China offered to lift its controls on magnets for America. China threatened to ban gallium for Japan.",
        "China lifted its controls on magnets for America. Japan banned exports of gallium to Germany.",
        "China banned gallium for America. Later China lifted the ban on gallium for America.",
        "Will China lift its controls on magnets for America? It banned gallium for Japan.",
    ],
)
def test_offers_other_states_and_a_change_of_mind_are_no_dual_track(library, text):
    assert [each for each in pairs(library, text) if each.kind == "dual_track"] == []


def test_a_dual_track_points_to_the_run_that_values_it(library):
    found = pairs(library, "China lifted its controls on magnets for America. China banned gallium for Japan.")
    assert found[0].pointer.startswith("chokepoint run london-2025")
    assert "ndfeb_magnet" in found[0].pointer


def test_every_pointer_names_a_scenario_and_goods_of_the_bundle():
    from chokepoint import bundle  # noqa: PLC0415
    from chokepoint.answer.run import bundled_scenarios  # noqa: PLC0415

    rows = read_simulated()
    assert {row.scenario for row in rows if row.scenario} <= set(bundled_scenarios())
    for name in {row.world for row in rows}:
        goods = {good.code for good in bundle.load(name).goods}
        assert {code for row in rows if row.kind == "good" and row.world == name for code in row.entries} <= goods


def test_a_figure_stated_twice_is_a_contradiction_with_both_sentences(library):
    found = pairs(
        library,
        "China mined 270,000 tonnes of rare earths in 2024.",
        "China mined 168,000 tonnes of rare earths in 2024.",
    )
    assert [(each.kind, each.one.article, each.other.article) for each in found] == [
        ("contradiction", "article 0", "article 1")
    ]
    assert found[0].why == "270,000 tonnes against 168,000 tonnes"


def test_an_act_told_as_lifted_and_as_in_force_is_a_contradiction(library):
    found = pairs(library, "China lifted its controls on graphite.", "China's controls on graphite remain in force.")
    assert [(each.kind, each.about) for each in found] == [("contradiction", "CHN")]


def test_the_same_sentence_twice_is_no_contradiction(library):
    text = "China mined 270,000 tonnes of rare earths in 2024. China lifted its controls on magnets for America."
    assert pairs(library, text, text) == []
