"""A draft scenario holds what was done, marks what was only said, and runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chokepoint.claims.drafting import draft
from chokepoint.claims.reading import read
from chokepoint.claims.simulated import read_simulated
from chokepoint.claims.text import open_text
from chokepoint.cli import commands
from chokepoint.cli.opening import chosen
from chokepoint.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

TOLD = "Beijing placed seven rare earths under licence on 4 April, and the controls are in force."


def drafted(library, tmp_path: Path, text: str, day: str = "2025-06-12"):
    file = tmp_path / "draft.yaml"
    file.write_text(draft([read(open_text("text", text), library, day)], day, read_simulated()), encoding="utf-8")
    _, scenario = chosen(str(file))
    return {branch.name: branch for branch in scenario.branches}


def test_what_was_done_stands_in_the_branch_as_told(library, tmp_path):
    branches = drafted(library, tmp_path, TOLD)
    assert list(branches) == ["as-told"]
    assert {each.id for each in branches["as-told"].measures} == {
        "CHN/2025-04-04-magnets",
        "CHN/2025-04-04-seven-elements",
    }


def test_an_act_that_is_in_no_bundle_is_written_out_as_told_and_assumed(library, tmp_path):
    (measure,) = drafted(
        library, tmp_path, "Indonesia banned exports of nickel to China on 3 March 2026.", "2026-03-12"
    )["as-told"].measures
    assert (measure.actor, measure.instrument, measure.targets) == ("IDN", "ban", ("CHN",))
    assert measure.effective.isoformat() == "2026-03-03"
    assert (measure.grade, measure.source) == ("assumed", "assumed")


def test_a_threat_has_a_branch_of_its_own_that_says_so(library, tmp_path):
    branches = drafted(library, tmp_path, f"{TOLD} China threatened to ban exports of dysprosium to the United States.")
    said = branches["said-1"]
    assert said.title.startswith("Threatened, not done")
    assert "never done" in said.note
    added = [each for each in said.measures if each not in branches["as-told"].measures]
    assert [(each.actor, each.instrument, each.goods) for each in added] == [("CHN", "ban", ("dysprosium_oxide",))]


def test_a_conditional_offer_suspends_what_was_told_in_its_own_branch_only(library, tmp_path):
    offer = "If Washington lifts its curbs on engines, Beijing will release licences for magnets."
    branches = drafted(library, tmp_path, f"{TOLD} {offer}")
    assert "if: Washington lifts its curbs on engines" in branches["said-1"].title
    added = [each for each in branches["said-1"].measures if each.instrument == "suspension"]
    assert set(added[0].changes) == {each.id for each in branches["as-told"].measures}
    assert not [each for each in branches["as-told"].measures if each.instrument == "suspension"]


def test_an_agreement_without_a_measure_stands_in_a_comment(library):
    signed = "Svyrydenko and Bessent signed the agreement on a Reconstruction Investment Fund on 30 April."
    text = f"{TOLD} {signed}"
    made = draft([read(open_text("text", text), library, "2025-06-12")], "2025-06-12", read_simulated())
    assert "no measure of the bundle stands for it" in made


@pytest.mark.parametrize(
    "text",
    [
        'China banned exports of gallium to "America\\": {evil: yes}\n  - id: x\n',
        "China banned exports of gallium # and: more\u2028measures: [].",
        "China banned exports of gallium to America\nbranches:\n  evil:\n    title: x",
    ],
)
def test_words_of_an_article_stay_words_in_the_file(library, tmp_path, text):
    branches = drafted(library, tmp_path, text, "2025-03-01")
    assert set(branches) == {"as-told"}


def test_an_article_without_an_act_is_refused_and_nothing_is_written(tmp_path):
    file, target = tmp_path / "article.txt", tmp_path / "draft.yaml"
    file.write_text("Strelsau is a fine city.", encoding="utf-8")
    shown = CliRunner().invoke(commands, ["read", str(file), "--date", "2025-06-12", "--scenario", str(target)])
    assert isinstance(shown.exception, DataError)
    assert not target.exists()


def test_a_draft_runs(tmp_path):
    file, target = tmp_path / "article.txt", tmp_path / "draft.yaml"
    file.write_text(
        "China on Tuesday forbade the sale of gallium, germanium and antimony to the United States. "
        "It threatened to ban exports of antimony to Germany.",
        encoding="utf-8",
    )
    shown = CliRunner().invoke(commands, ["read", str(file), "--date", "2024-12-04", "--scenario", str(target)])
    assert shown.exit_code == 0, shown.output
    run = CliRunner().invoke(commands, ["run", str(target), "--draws", "0", "--json", "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)
    assert (tmp_path / "out" / "run.json").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "China's exports of gallium rose in September, days after Beijing banned exports of gallium to America.",
        "Japan buys less gallium from China than in 2010, when Beijing blocked shipments of gallium to it.",
        "China banned exports of gallium in 2010.",
        "China did not ban exports of gallium.",
        "The smelter, which opened after China restricted exports of gallium, is idle.",
        "Exports of gallium from China fell by a half.",
    ],
)
def test_a_mark_of_time_a_history_or_a_denial_makes_no_measure(library, text):
    with pytest.raises(DataError, match="no act on goods"):
        draft([read(open_text("text", text), library, "2025-10-10")], "2025-10-10", read_simulated())


def test_a_ban_told_to_be_suspended_is_not_drafted_as_in_force(library):
    text = "China's ban on gallium for American buyers remains suspended until November 27, 2026."
    with pytest.raises(DataError, match="no act on goods"):
        draft([read(open_text("text", text), library, "2026-06-02")], "2026-06-02", read_simulated())


def test_a_draft_holds_no_branch_without_a_measure(library, tmp_path):
    branches = drafted(library, tmp_path, "China threatened to ban exports of dysprosium to the United States.")
    assert list(branches) == ["said-1"]


def test_a_branch_without_a_measure_is_refused_before_anything_is_simulated(tmp_path):
    file = tmp_path / "empty.yaml"
    head = "name: e\ntitle: E\nquestion: Q\nas_of: 2025-06-12\nstart: 2025-01\nmonths: 6\ndraws: 1\nseed: 1\n"
    file.write_text(f"{head}branches:\n  nothing:\n    title: Nothing\n    measures: []\n", encoding="utf-8")
    shown = CliRunner().invoke(commands, ["run", str(file), "--out", str(tmp_path / "out")])
    assert isinstance(shown.exception, DataError)
    assert "branch nothing: found no measure" in str(shown.exception)
    assert not (tmp_path / "out").exists()


def test_an_offer_beside_the_relief_that_it_belongs_to_suspends_nothing(library, tmp_path):
    told = "The London framework eases the controls on rare earths. China will approve applications for rare earths."
    branches = drafted(library, tmp_path, f"{TOLD} {told}")
    assert not [each for branch in branches.values() for each in branch.measures if each.instrument == "suspension"]
