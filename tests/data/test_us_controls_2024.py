from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from chokepoint.bundle import load
from chokepoint.provenance import trail
from tests.data.shared import DATA, SHARED, needs_shared, rows
from tests.data.sums import arrived, exports, level, made, shipped, used

OTHER_SIDE = ("ai_accelerator", "chip_design_software", "narrowbody_engine", "ethane")
DAYS = 366


@pytest.fixture(scope="module", params=["us-controls-2024", "london-2024"])
def held(request):
    return load(request.param)


@pytest.fixture(scope="module")
def controls():
    return load("us-controls-2024")


def relative_gap(left: np.ndarray, right: np.ndarray) -> float:
    return float(np.max(np.abs(left - right) / np.maximum(np.maximum(left, right), 1e-300)))


def test_what_is_made_is_shipped_and_what_arrives_is_used(held):
    assert relative_gap(made(held), shipped(held)) < 1e-12
    assert relative_gap(arrived(held), used(held) + made(held, -1)) < 1e-12


def test_every_store_stands_where_its_good_arrives(held):
    assert (arrived(held)[held.stores.good, held.stores.country] > 0).all()


def test_a_world_holds_no_figure_that_names_a_good_of_another(controls):
    minerals = {row["good"] for row in rows(DATA / "goods.csv")} - set(OTHER_SIDE)
    named = {part for name in controls.figures for part in name.split(".")}
    assert not named & minerals
    assert not any(
        name.startswith(("magnet_export_correction", "project_size", "project_start", "project_chance"))
        for name in controls.figures
    )


def test_china_takes_46_percent_of_american_ethane_exports(controls):
    to_china = exports(controls, "USA", "CHN", "ethane")
    assert to_china / exports(controls, "USA", None, "ethane") == pytest.approx(227 / 492, rel=1e-5)
    # A tonne of ethane is about 17.7 barrels, a rule of the trade that owes nothing to our density.
    assert to_china == pytest.approx(227_000 * DAYS / 17.7, rel=0.01)


def test_american_ethane_output_is_what_the_agency_reports(controls):
    assert level(controls, "ethane_recovery", "USA") == pytest.approx(2.83e6 * DAYS / 17.7, rel=0.01)


def test_design_software_in_china_is_the_firms_shares_of_their_revenue(controls):
    sales = exports(controls, "USA", "CHN", "chip_design_software") / 1e6
    assert sales == pytest.approx(0.16 * 6.127 + 0.12 * 4.641 + 0.14 * 2.0, rel=1e-4)
    assert sales / (sales + level(controls, "design_software_making", "CHN") / 1e6) == pytest.approx(0.80, rel=1e-4)


def test_accelerators_to_china_lie_within_the_reported_range(controls):
    assert 12e6 < exports(controls, "USA", "CHN", "ai_accelerator") < 15e6


def test_engines_for_china_lie_between_the_aircraft_of_2024_and_those_planned_for_2025(controls):
    regional = 35 * 2 * 0.4
    half = exports(controls, "ROW", "CHN", "narrowbody_engine")
    assert exports(controls, "USA", "CHN", "narrowbody_engine") == pytest.approx(half + regional, rel=1e-4)
    assert 2 * 13 < 2 * half < 2 * 75
    leap = level(controls, "engine_making") - regional
    assert leap == pytest.approx(1_407, rel=1e-4)


def test_an_engine_costs_half_its_list_price(controls):
    good = controls.goods[controls.good_index("narrowbody_engine")]
    assert good.price_usd_per_unit == pytest.approx(275e9 / 19_000 / 2, rel=1e-4)


@needs_shared
@pytest.mark.parametrize(
    ("episode", "quantity", "column", "figure", "scale"),
    [
        ("E11b_H20_2025", "H20 revenue per year", "value_after", ("h20_revenue_low", "h20_revenue_high"), 1.0),
        ("E11d_engines_2025", "C919 delivery target 2025", "value_before", ("c919_target",), 1.0),
        ("E11d_engines_2025", "C919 delivery target 2025", "value_after", ("c919_target_cut",), 1.0),
        (
            "E11c_EDA_2025",
            "China share of revenue: Synopsys / Cadence (before = Synopsys, after = Cadence)",
            "value_before",
            ("synopsys_share_in_china",),
            100.0,
        ),
        ("E11c_EDA_2025", "share of three suppliers in the Chinese market", "value_after", ("three_suppliers",), 100.0),
    ],
)
def test_the_evidence_is_what_the_dossier_says(controls, episode, quantity, column, figure, scale):
    line = next(
        row
        for row in rows(SHARED / "episodes" / "episodes.csv")
        if (row["episode"], row["quantity_name"]) == (episode, quantity)
    )
    said = [float(each) for each in line[column].split("..")]
    ours = [
        each.value * scale
        for part in figure
        for name, each in controls.figures.items()
        if name.startswith("evidence.") and name.split(".")[2].startswith(part) and not name.endswith(f"{part}_cut")
    ]
    assert ours == pytest.approx(said)


def test_a_derived_price_leads_back_to_what_was_printed(controls):
    assert "argus_ethane_2025" in {figure.source for _, figure in trail(controls.figures, "price.ethane")}


def without_the_other_side(folder: Path) -> Path:
    """Return a copy of the data folder in which the tables know nothing of the four goods."""
    data = Path(shutil.copytree(DATA, folder / "data"))
    words = {*OTHER_SIDE, *(row["kind"] for row in rows(DATA / "recipes.csv") if row["good"] in OTHER_SIDE)}
    for good in OTHER_SIDE:
        (data / "flows" / f"{good}.csv").unlink()
    for path in data.glob("*.csv"):
        lines = rows(path)
        kept = [line for line in lines if not words & {part for cell in line.values() for part in _parts(cell)}]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(lines[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
    return data


def _parts(cell: str) -> list[str]:
    return cell.replace(";", ".").split(".")


def test_the_world_of_rare_earths_is_the_same_with_and_without_the_other_side(world, tmp_path: Path):
    alone = load("rare-earths-2024", without_the_other_side(tmp_path))
    assert (world.goods, world.countries, world.blocs) == (alone.goods, alone.countries, alone.blocs)
    assert dict(world.parameters) == dict(alone.parameters)
    assert dict(world.figures) == dict(alone.figures)
    assert world.movements == alone.movements
    for part in ("lanes", "activities", "uses", "stores", "projects"):
        ours, theirs = getattr(world, part), getattr(alone, part)
        for name in ours.__dataclass_fields__:
            assert np.array_equal(getattr(ours, name), getattr(theirs, name)), f"{part}.{name}"


def test_the_world_of_both_sides_holds_each_sides_flows_and_parameters(world, controls):
    both = load("london-2024")
    for one in (world, controls):
        flows = {_lane(one, at): one.lanes.flow_per_month[at] for at in range(one.lanes.good.size)}
        joint = {_lane(both, at): both.lanes.flow_per_month[at] for at in range(both.lanes.good.size)}
        assert {key: joint[key] for key in flows} == pytest.approx(flows, rel=1e-9)
        assert {name: both.parameters[name] for name in one.parameters} == dict(one.parameters)
    assert both.lanes.good.size == world.lanes.good.size + controls.lanes.good.size


def _lane(world, at: int) -> tuple[str, str, str]:
    lanes = world.lanes
    return (
        world.goods[lanes.good[at]].code,
        world.countries[lanes.exporter[at]],
        world.countries[lanes.importer[at]],
    )
