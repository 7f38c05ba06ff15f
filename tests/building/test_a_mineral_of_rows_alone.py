from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from chokepoint.building import write_world
from chokepoint.bundle import build_world, load
from chokepoint.errors import DataError
from chokepoint.exposure import supply_shares
from chokepoint.provenance import ASSUMED, Kind, trail
from chokepoint.records.rows import WorldRow
from tests.building.books import gaps
from tests.building.strelsau_data import florizel_folder

if TYPE_CHECKING:
    from pathlib import Path

DESCRIBED = WorldRow(world="florizel-1894", title="Florizel, 1894", base_year=1894, goods="")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return florizel_folder(tmp_path_factory.mktemp("florizel"))


@pytest.fixture(scope="module")
def found(folder: Path):
    return build_world(["florizel"], DESCRIBED, folder=folder)


@pytest.fixture(scope="module")
def world(found):
    return found.world


def flow(world, good, exporter, importer):
    lanes, at = world.lanes, world.country_index
    mine = (lanes.good == world.good_index(good)) & (lanes.exporter == at(exporter)) & (lanes.importer == at(importer))
    return 12.0 * lanes.flow_per_month[mine].sum()


def level(world, kind, country):
    acts = world.activities
    pairs = zip(acts.kind, acts.country.tolist(), acts.level_per_month.tolist(), strict=True)
    return 12.0 * sum(value for each, place, value in pairs if (each, world.countries[place]) == (kind, country))


def flows(world):
    lanes = world.lanes
    keys = zip(lanes.good.tolist(), lanes.exporter.tolist(), lanes.importer.tolist(), strict=True)
    return dict(zip(keys, lanes.flow_per_month.tolist(), strict=True))


def with_rows(place: Path, name: str, old: str, new: str) -> Path:
    copy = florizel_folder(place)
    text = (copy / name).read_text("utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def test_a_mineral_that_only_rows_describe_has_a_world_whose_books_close(world):
    assert [good.code for good in world.goods] == ["florizel_ore", "florizel_metal"]
    sold, bought = gaps(world)
    assert np.abs(sold).max() <= 1e-9 * world.lanes.flow_per_month.sum()
    assert np.abs(bought).max() <= 1e-9 * world.lanes.flow_per_month.sum()


def test_reported_output_and_customs_counts_do_not_move(world):
    assert level(world, "florizel_mining", "RUR") == pytest.approx(1000.0, rel=1e-9)
    assert level(world, "florizel_mining", "SYL") == pytest.approx(80.0, rel=1e-9)
    into = sum(flow(world, "florizel_metal", each, "GFW") for each in world.countries if each != "GFW")
    assert into == pytest.approx(60.0, rel=1e-9)


def test_what_the_world_total_has_besides_goes_to_those_who_sell_without_a_figure(found):
    rows = {(row.kind, row.country): row for row in found.built.tables.production}
    assert rows["florizel_mining", "FRE"].value == pytest.approx(10.0)
    assert rows["florizel_mining", "FRE"].grade == "derived"
    assert rows["florizel_mining", "ROW"].value == pytest.approx(10.0)


def test_freedonia_hands_metal_on_but_is_no_maker_of_it(found):
    freedonia = next(row for row in found.built.passed_on if (row.good, row.country) == ("florizel_metal", "FRE"))
    assert freedonia.passed_on == pytest.approx(20.0, rel=1e-6)
    makers = [row for row in supply_shares(found.world) if row.share_of_production > 0.0]
    assert {row.country for row in makers if row.good == "florizel_metal"} == {"RUR", "SYL", "ROW"}
    assert level(found.world, "florizel_refining", "FRE") == 0.0


def test_a_way_round_a_control_stays_open_where_goods_were_handed_on(world):
    assert 0.0 < level(world, "reexport_florizel_metal", "FRE") < 0.5


def test_output_nobody_counts_follows_the_feed_that_arrives(found):
    rows = {(row.kind, row.country): row for row in found.built.tables.production}
    ruritania = rows["florizel_refining", "RUR"]
    assert ruritania.grade == ASSUMED
    assert ruritania.value == pytest.approx((1000.0 - 500.0 + 10.0) / 1.25, rel=1e-6)
    assert ruritania.low < ruritania.value < ruritania.high


def test_every_figure_of_a_built_world_answers_for_itself(world):
    for figure in world.figures.values():
        assert figure.low <= figure.value <= figure.high
        assert figure.reason or figure.kind is Kind.SOURCED
        if figure.kind is Kind.ASSUMED and not figure.name.startswith("recipe."):
            assert figure.low < figure.high or figure.name.startswith("total."), figure.name
    assert {each for figure in world.figures.values() for each in figure.inputs} <= set(world.figures)


def test_a_lane_leads_down_to_the_customs_value_it_was_read_from(world):
    names = [figure.name for _, figure in trail(world.figures, "flow.florizel_metal.SYL.FRE")]
    assert "evidence.baci.189402.SYL.FRE.kusd" in names
    assert "evidence.content.florizel_metal.189402" in names


def test_every_movement_is_told(found):
    before = {row.figure_name: row.value for row in found.built.tables.flows}
    for movement in found.world.movements:
        if movement.figure in before:
            assert movement.before == before[movement.figure]
            assert movement.after > 0.0
    assert found.world.movements


def test_a_second_publishers_figure_is_listed_beside_the_one_chosen(found):
    told = next(row for row in found.built.disagreements if row.country == "SYL")
    assert (told.chosen, told.other, told.source) == (80.0, 100.0, "usgs_mcs2026")


def test_a_last_stage_that_no_trade_code_holds_is_left_out_and_named(found):
    assert any("florizel_thread" in note and "no trade code of 1894" in note for note in found.built.notes)


def test_a_written_world_loads_from_its_folder_as_it_was_built(found, folder: Path, tmp_path: Path):
    place = tmp_path / "mine"
    place.mkdir()
    write_world(found.built.tables, place, folder, found.references)
    again = load(str(place))
    assert again.name == str(place)
    assert again.countries == found.world.countries
    assert flows(again) == pytest.approx(flows(found.world), rel=1e-9)
    assert {name: figure.value for name, figure in again.figures.items()} == pytest.approx(
        {name: figure.value for name, figure in found.world.figures.items()}
    )


def test_an_unknown_good_gets_the_nearest_names(folder: Path):
    with pytest.raises(DataError, match="'florizell'; expected a chain or one of its goods; did you mean 'florizel'"):
        build_world(["florizell"], DESCRIBED, folder=folder)


def test_a_year_without_figures_names_those_there_are(folder: Path, tmp_path: Path):
    with pytest.raises(DataError, match=r"no trade under 189401 in 1895; the bundle holds it for 1894"):
        build_world(["florizel"], DESCRIBED.model_copy(update={"base_year": 1895}), folder=folder)
    spoilt = with_rows(tmp_path, "facts/production.csv", ",1894,", ",1893,")
    with pytest.raises(DataError, match=r"no figure of who makes it in 1894.*output is reported for 1893"):
        build_world(["florizel"], DESCRIBED, folder=spoilt)


def test_sectors_that_do_not_add_up_are_refused(tmp_path: Path):
    spoilt = with_rows(tmp_path, "chains/sectors.csv", "florizel_metal,other,0.25", "florizel_metal,other,0.2")
    with pytest.raises(DataError, match=r"chains/sectors.csv good florizel_metal: found shares that add up to 0.95"):
        build_world(["florizel"], DESCRIBED, folder=spoilt)
