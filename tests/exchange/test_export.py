"""Talks in Strelsau, written for other programs."""

from __future__ import annotations

import json

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks
from chokepoint.bargaining import choose_threats
from chokepoint.cli import main
from chokepoint.cli.exchange import WRITERS
from chokepoint.exchange import read_genius
from tests.exchange.gambit_text import count_back, read_extensive, read_strategic
from tests.talks.strelsau import talks, worlds


@pytest.fixture(scope="module")
def answer():
    return answer_talks(talks(draws=1), worlds(), lambda _: None)


def test_the_written_threats_are_those_the_leverage_follows_from(answer):
    view = answer.views[0]
    (text,) = WRITERS["nfg"](answer, view).values()
    players, ladders, found = read_strategic(text)
    assert players == ["RUR", "SYL"]
    payoff = np.zeros((1, 2, len(ladders[0]), len(ladders[1])))
    for (row, column), pair in found.items():
        payoff[0, :, row, column] = pair
    assert 1e9 * choose_threats(payoff).leverage[0] == pytest.approx(view.judgement.leverage[0])


def test_the_written_offer_holds_every_package_of_the_table(answer):
    (text,) = WRITERS["efg"](answer, answer.views[0]).values()
    _, tree = read_extensive(text)
    problem = answer.views[0].judgement.problem
    assert tree[1] == [problem.words(number) for number in range(len(problem.packages))]
    ends, _ = count_back(tree)
    assert 1e9 * ends[1] >= problem.disagreement[0, 1] * (1.0 - 1e-12)


def test_the_written_domain_comes_back_to_the_payoffs_by_its_scale(answer, tmp_path):
    files = WRITERS["genius"](answer, answer.views[0])
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    profiles = [tmp_path / f"strelsau-profile{number}.xml" for number in (1, 2)]
    space = read_genius(tmp_path / "strelsau-domain.xml", profiles)
    scale = json.loads(files["scale.json"])
    problem = answer.views[0].judgement.problem
    for party, name in enumerate(problem.parties):
        low, unit = scale[name]["usd_per_year_at_utility_0"], scale[name]["usd_per_year_per_unit"]
        assert low + unit * space.reservation[party] == pytest.approx(problem.disagreement[0, party])
        best = sum(worth[party].max() for worth in space.worth)
        assert low + unit * best == pytest.approx(problem.payoff[0, party].max())


def test_a_folder_without_talks_is_refused_and_nothing_is_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "run").mkdir()
    given = ["export", str(tmp_path / "run"), "--format", "nfg", "--out", str(tmp_path / "out")]
    monkeypatch.setattr("sys.argv", ["chokepoint", "bargain", *given])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "1 problem; nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
