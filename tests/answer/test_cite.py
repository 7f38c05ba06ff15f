from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chokepoint.answer.cite import all_keys, cite, keys_of_mineral, keys_of_run, keys_of_world
from chokepoint.cli import commands
from chokepoint.errors import DataError
from chokepoint.facts import load_facts


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a run as far as citing reads it: figures, an act, a nested source, a reported quote."""
    record = {
        "inputs": {
            "flow.x": {"value": 1.0, "source": "baci_202601"},
            "price.x": {"value": 1.0, "source": "assumed"},
        },
        "branches": {"a": {"measures": [{"id": "CHN/x", "source": "mofcom_18_2025"}]}},
        "talks": {"values": [{"range": [0, 1], "source": "assumed"}]},
    }
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "sources.csv").write_text("key,text\nargus_2025,quotes\n", encoding="utf-8")
    return tmp_path


def test_a_run_cites_its_figures_acts_and_reported_prices_and_nothing_else(folder):
    found = cite(keys_of_run(folder))
    assert set(found.keys) == {"baci_202601", "mofcom_18_2025", "argus_2025"}
    assert found.bibtex.count("@") == 3
    assert [line.split("]")[0] for line in found.plain] == [f"[{key}" for key in found.keys]


def test_entries_are_printed_as_the_bibliography_has_them():
    assert cite(["usgs_mcs2026"]).bibtex.startswith("@misc{usgs_mcs2026,\n  author = {{U.S. Geological Survey}},")
    assert cite(["assumed"]).keys == ()


def test_a_mineral_cites_its_facts_and_its_trade():
    keys = keys_of_mineral("Ga")
    facts = load_facts()
    assert {each.source for each in facts.facts if each.mineral == "gallium"} <= keys
    assert "baci_202601" in keys
    assert "chinese_customs_2024" not in keys


def test_a_world_cites_what_its_figures_name():
    assert {"iea_gcmo2025", "baci_202601"} <= set(cite(keys_of_world("rare-earths-2024")).keys)


def test_everything_can_be_cited_at_once():
    assert set(cite(all_keys()).keys) == all_keys()


def test_what_cannot_be_cited_is_said(tmp_path):
    with pytest.raises(DataError, match=r"no run\.json"):
        keys_of_run(tmp_path)
    with pytest.raises(DataError, match="'gallium'"):
        keys_of_mineral("galium")
    with pytest.raises(DataError, match="no entry 'nobody_1894'"):
        cite(["nobody_1894"])
    with pytest.raises(DataError, match="one at a time"):
        CliRunner().invoke(commands, ["cite", str(tmp_path), "--mineral", "gallium"], catch_exceptions=False)


def test_the_command_prints_text_and_json(folder):
    text = CliRunner().invoke(commands, ["cite", str(folder)], catch_exceptions=False).output
    assert text.startswith("[")
    assert "@misc{baci_202601," in text
    rows = json.loads(CliRunner().invoke(commands, ["cite", "--mineral", "gallium", "--json"]).output)
    assert len(rows["keys"]) == len(rows["plain"])
