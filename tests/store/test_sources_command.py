"""The commands on sources, as a person gives them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from chokepoint.cli import commands
from chokepoint.errors import DataError
from chokepoint.sources.registry import PUBLISHERS
from tests.store import invented
from tests.store.test_bringing_in import written


@pytest.fixture
def ask(tmp_path, monkeypatch):
    monkeypatch.setenv("CHOKEPOINT_DATA", str(tmp_path / "data"))

    def run(*words: object) -> str:
        done = CliRunner().invoke(commands, ["sources", *map(str, words)], catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout

    return run


def test_the_list_names_every_publisher_with_licence_and_layout(ask):
    text = ask("list")
    for publisher in PUBLISHERS.values():
        assert f"{publisher.key}: {publisher.title}\n  licence: {publisher.licence} (" in text
    assert "(may be bundled); layout: seen, from documentation; in the store: 0" in text
    assert "is empty: the bundled figures serve." in text


def test_a_file_is_added_listed_shown_and_removed(ask, tmp_path):
    path = written(tmp_path, invented.BACI_LINES)
    added = ask("add", path)
    assert added.startswith("added: baci-baci-hs17-y2024-v202601-")
    assert added.endswith("baci HS17 202601, 2024, 3 rows, 33.3% without a quantity\n")
    assert ask("add", path) == added.replace("added", "already there", 1)
    key = added.split(": ")[1]
    assert f"  - {key}: baci HS17 202601, 2024" in ask("list")
    assert json.loads(ask("list", "--json"))["datasets"][0]["key"] == key
    assert "edition: 202601" in ask("show", key)
    assert ask("remove", key) == f"removed {key}\n"
    assert "is empty" in ask("list")


def test_a_publisher_is_shown_with_its_terms_columns_and_evidence(ask):
    text = ask("show", "baci")
    assert "licence: Etalab Open Licence 2.0\ncite as: " in text
    assert "  columns: t, i, j, k, v, q\n  seen: baci_hs92_rare_earths_1995_2024.csv" in text


def test_a_newer_edition_is_heard_by_the_commands_that_ask_facts(ask, tmp_path):
    lines = "Source,Country,Type,Prod_t_2024,Prod_t_est_2025,Prod_notes\nMCS2031,Chile,Mine production,123456,1,\n"
    ask("add", written(tmp_path, lines, "mcs2031-lithi_world.csv"))
    done = CliRunner().invoke(commands, ["mineral", "lithium"], catch_exceptions=False)
    assert "usgs_mcs2031 of your store goes before the bundle: " in done.stderr
    assert "production.lithium.mining.CHL.2024: 123456 t/yr in usgs_mcs2031 of your store, " in done.stderr


def test_an_unknown_name_gets_the_nearest(ask):
    with pytest.raises(DataError, match="found 'bacy'; expected a publisher or a dataset; did you mean 'baci'"):
        ask("show", "bacy")


def test_bringing_in_a_bad_file_ends_with_code_two_and_no_trace(tmp_path):
    path = written(tmp_path, "a,b\n1,2\n", "x.csv")
    words = ["chokepoint", "sources", "add", str(path)]
    program = f"import sys; from chokepoint.cli import main; sys.argv = {words!r}; main()"
    environment = {**os.environ, "CHOKEPOINT_DATA": str(tmp_path / "data")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "x.csv: found columns a, b" in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.glob("data/store/*"))
