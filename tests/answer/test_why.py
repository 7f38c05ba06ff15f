from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace

import pytest

from chokepoint import bundle
from chokepoint.answer.enters import governed
from chokepoint.answer.why import explain as explain_bundled
from chokepoint.answer.why import why
from chokepoint.answer.why_text import WIDTH, why_text
from chokepoint.errors import DataError
from chokepoint.provenance import Figure
from chokepoint.records.measure import LicenceTerms, MeasureRecord
from chokepoint.records.references import read_references
from chokepoint.world import Movement
from tests.ruritania import chain

REFERENCES = {"almanac": "Almanac of Ruritania. 1894."}
LICENCE = MeasureRecord(
    id="RUR/1894-04-04-magnets",
    file="-",
    title="Licences on magnets",
    actor="RUR",
    reference="Decree 1",
    announced=dt.date(1894, 4, 4),
    effective=dt.date(1894, 4, 4),
    ends=None,
    outcome_of_end=None,
    source="almanac",
    grade="A",
    note="",
    targets=("world",),
    goods=("magnet",),
    instrument="licence",
    terms=LicenceTerms(share=1.0, handling_days="licence.handling_days", approval_per_month=0.1, already_cleared=0.0),
)


def known(name, value, inputs=(), grade="A", unit="t/yr"):
    return Figure(
        name=name,
        value=value,
        unit=unit,
        low=value / 2,
        high=value * 2,
        year=1894,
        source="almanac",
        grade="derived" if inputs else grade,
        reason="half of the report" if inputs else "",
        inputs=inputs,
    )


@pytest.fixture
def world():
    """Return the chain with figures behind three of its numbers."""
    figures = (
        known("evidence.report", 360.0),
        known("flow.magnet.RUR.SYL", 180.0, inputs=("evidence.report",)),
        known("flow.magnet.FRE.SYL", 60.0),
        known("price.magnet", 20.0, unit="USD/t"),
        known("licence.handling_days", 51.0, unit="days"),
    )
    built = chain(stock_cover__magnet=1.0, choke_price__magnet__lamps=5.0)
    parameters = {**built.parameters, "licence.handling_days": figures[4]}
    moved = Movement(figure="flow.magnet.RUR.SYL", before=180.0, after=181.0, unit="t/yr", reason="to close")
    return replace(
        built,
        parameters=parameters,
        figures={**parameters, **{figure.name: figure for figure in figures}},
        movements=(moved,),
    )


def explain(world, name, **more):
    return why(world, name, REFERENCES, (LICENCE,), **more)


def test_a_figure_shows_its_trail_source_and_what_reconciliation_did(world):
    told = explain(world, "flow.magnet.RUR.SYL")
    assert [(line.depth, line.name, line.kind) for line in told.figures] == [
        (0, "flow.magnet.RUR.SYL", "derived"),
        (1, "evidence.report", "sourced"),
    ]
    assert told.figures[0].source_text == "Almanac of Ruritania. 1894."
    assert told.figures[0].moved == "180 to 181 t/yr: to close"
    # 15 of the 20 magnets that arrive in Sylvania come from Ruritania.
    assert told.steps == (
        "Lane of magnet from RUR to SYL: 15 a month once the balances close, 75.0% of what arrives there.",
    )


def test_the_text_is_readable(world):
    assert (
        why_text(explain(world, "flow.magnet.RUR.SYL"))
        == """\
flow.magnet.RUR.SYL
  Lane of magnet from RUR to SYL: 15 a month once the balances close, 75.0% of what arrives there.

The figure, and what it was computed from:
  flow.magnet.RUR.SYL = 180 t/yr (90 to 360), 1894, derived
    says: Almanac of Ruritania. 1894.
    reason: half of the report
    moved from 180 to 181 t/yr: to close
    evidence.report = 360 t/yr (180 to 720), 1894, sourced, grade A
      says: Almanac of Ruritania. 1894.
"""
    )


def test_evidence_names_what_was_derived_from_it(world):
    assert explain(world, "evidence.report").steps == ("Input of 1 derived figure: flow.magnet.RUR.SYL.",)


def test_a_parameter_governs_what_no_more_specific_name_answers(world):
    assert governed(world, "choke_price.magnet.lamps") == ["magnet lamps in SYL"]
    assert "magnet lamps in SYL" not in governed(world, "choke_price")
    assert governed(world, "stock_cover.magnet") == ["magnet in SYL (industry)", "magnet in FRE (industry)"]
    assert governed(world, "stock_cover") == ["ruritanium in FRE (industry)", "sylvanite in FRE (industry)"]


def test_a_licence_parameter_names_the_measure_that_takes_it(world):
    assert explain(world, "licence.handling_days").steps == (
        "Term of the measure RUR/1894-04-04-magnets (Licences on magnets).",
    )


def test_a_longer_name_is_answered_by_the_next_shorter_one(world):
    told = explain(world, "stock_cover.magnet.SYL")
    assert told.kind == "fallback"
    assert told.steps == ("No figure of its own: the engine takes the next shorter name, stock_cover.magnet.",)
    assert told.figures[0].name == "stock_cover.magnet"


def test_the_beginning_of_a_name_lists_its_members(world):
    told = explain(world, "flow.magnet")
    assert told.kind == "group"
    assert [line.name for line in told.figures] == ["flow.magnet.RUR.SYL", "flow.magnet.FRE.SYL"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("licence.handling_day", "did you mean 'licence.handling_days'"),
        ("loss.RUT", "did you mean 'RUR'"),
        ("price.magnets.SYL.1894-05", "did you mean 'magnet'"),
        ("exports.SYL.1894-13", "write it like 2025-05"),
        ("loss.SYL.rents", "did you mean 'rent'"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(world, name, remedy):
    with pytest.raises(DataError) as raised:
        explain(world, name)
    assert remedy in str(raised.value)


def test_a_loss_rests_on_terms_lanes_prices_and_behaviour(world):
    told = explain(world, "loss.SYL")
    names = [line.name for line in told.figures]
    assert told.kind == "result"
    assert names[:3] == ["licence.handling_days", "flow.magnet.RUR.SYL", "flow.magnet.FRE.SYL"]
    assert {"price.magnet", "switch_elasticity", "choke_price.magnet.lamps", "rent_share", "discount_rate"} <= set(
        names
    )
    assert told.steps[1].startswith("loss = payoff without the measures - payoff with them")
    assert "Measure RUR/1894-04-04-magnets, in force from 1894-04-04: Licences on magnets." in told.steps


def test_a_run_says_what_it_used_and_found(world, tmp_path):
    record = {
        "inputs": {"licence.handling_days": {"value": 51.0}},
        "branches": {"slow": {"parameters": {"licence.handling_days": 75.0}}, "plain": {"parameters": {}}},
    }
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "tables").mkdir()
    with (tmp_path / "tables" / "prices.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [["branch", "good", "country", "month", "paid_usd_per_kg"], ["slow", "magnet", "SYL", "1894-05", "31"]]
        csv.writer(file).writerows(rows)
    assert explain(world, "licence.handling_days", folder=tmp_path).steps[1:] == (
        "The run recorded 51.0 for it.",
        "Branch slow set it to 75.0.",
    )
    found = explain(world, "price.magnet.SYL.1894-05", folder=tmp_path)
    assert [row["paid_usd_per_kg"] for row in found.rows] == ["31"]
    missing = explain(world, "price.magnet.SYL.1894-06", folder=tmp_path)
    assert "The run's tables do not hold it." in missing.steps


def test_an_explanation_is_plain_json(world):
    assert json.loads(json.dumps(explain(world, "loss.SYL").to_json()))["kind"] == "result"


def test_every_figure_of_the_bundle_can_be_explained():
    world = bundle.load()
    references = read_references(bundle.data_folder() / "references.bib")
    for name in list(world.figures)[::40]:
        told = why(world, name, references)
        assert "not among the references" not in told.figures[0].source_text
        assert max(map(len, why_text(told).splitlines())) <= WIDTH + 20


def test_a_bundled_parameter_names_the_acts_that_take_it():
    told = explain_bundled("licence.handling_days")
    assert told.steps[0].startswith("Term of the measure CHN/2025-04-04-magnets")
    assert told.text.startswith("licence.handling_days\n")
    exports = explain_bundled("exports.JPN.2025-05")
    lanes = [line.name for line in exports.figures if line.name.startswith("flow.")]
    assert sorted(lanes) == ["flow.ndfeb_magnet.CHN.JPN", "flow.ndfeb_magnet_heavy.CHN.JPN"]


def test_a_source_is_told_with_its_journal_and_its_address():
    references = read_references(bundle.data_folder() / "references.bib")
    assert "https://doi.org/10.5066/P1WKQ63T" in str(references["usgs_mcs2026"])
    told = str(references["iupac_2021"])
    assert "Pure and Applied Chemistry 94: 573-600. 2022. https://doi.org/10.1515/pac-2019-0603" in told
