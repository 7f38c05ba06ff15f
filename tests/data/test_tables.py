from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from chokepoint.bundle import load
from chokepoint.errors import DataError
from chokepoint.provenance import ASSUMED, Kind
from tests.data.shared import DATA, ROOT, rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the data folder that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def replace_in(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence; return its line."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_of(folder: Path) -> str:
    with pytest.raises(DataError) as raised:
        load(folder=folder)
    return str(raised.value)


def test_every_figure_has_a_source_a_range_and_where_needed_a_reason(world):
    for figure in world.figures.values():
        assert figure.source
        assert figure.low <= figure.value <= figure.high
        if figure.kind is not Kind.SOURCED:
            assert figure.reason
        if figure.kind is Kind.ASSUMED and not figure.name.startswith("recipe."):
            assert figure.low < figure.high or figure.value == 0, figure.name


def test_every_source_in_the_references_is_used():
    keys = re.findall(r"^@\w+\{([^,]+),", (DATA / "references.bib").read_text("utf-8"), re.MULTILINE)
    used = {row["source"] for path in DATA.rglob("*.csv") for row in rows(path) if "source" in row}
    elsewhere = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".yaml"}
    )
    assert [key for key in keys if key not in used and key not in elsewhere] == []


def test_every_input_of_a_figure_is_a_figure(world):
    missing = {each for figure in world.figures.values() for each in figure.inputs} - set(world.figures)
    assert missing == set()


def test_the_package_description_names_every_table_and_column():
    described = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    found = {each["path"]: [field["name"] for field in each["schema"]["fields"]] for each in described["resources"]}
    tables = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}
    assert set(found) == tables
    for name, columns in found.items():
        assert columns == list(rows(DATA / name)[0]), name


def test_the_correction_table_shows_baci_beside_the_corrected_tonnes():
    lines = rows(DATA / "magnet_export_correction.csv")
    assert sum(float(line["value"]) for line in lines) == pytest.approx(58_152, rel=1e-4)
    assert sum(float(line["baci_t"]) for line in lines) > 100_000
    india = next(line for line in lines if line["importer"] == "IND")
    assert float(india["baci_t"]) > 10 * float(india["value"])
    for line in lines:
        share = (float(line["unit_value_usd_per_kg"]) - 5) / (49 - 5)
        assert float(line["ndfeb_share"]) == pytest.approx(min(1, max(0, share)), abs=1e-3)


def test_before_scaling_the_correction_already_comes_near_the_customs_total():
    corrected = sum(float(line["corrected_t"]) for line in rows(DATA / "magnet_export_correction.csv"))
    assert corrected == pytest.approx(58_152, rel=0.05)


def test_disagreements_name_one_chosen_figure_each_and_why():
    lines = rows(DATA / "disagreements.csv")
    assert {"MMR", "AUS", "MYS", "LAO", "NGA", "THA"} <= {line["country"] for line in lines}
    for key in {(line["item"], line["country"]) for line in lines}:
        chosen = [line for line in lines if (line["item"], line["country"]) == key and line["chosen"] == "yes"]
        assert len(chosen) == 1
        assert chosen[0]["reason"]


def test_months_that_nobody_published_are_blank():
    lines = rows(DATA / "outcomes" / "china_magnet_exports.csv")
    by_key = {(line["destination"], line["month"]): line["value"] for line in lines}
    assert by_key["ALL", "2025-05"] == "1238"
    assert by_key["USA", "2025-05"] == "46"
    assert by_key["USA", "2025-04"] == ""
    assert by_key["DEU", "2025-05"] == ""


def test_the_crosswalk_knows_taiwan_under_bacis_codes():
    taiwan = next(line for line in rows(DATA / "countries.csv") if line["iso3"] == "TWN")
    assert (taiwan["iso2"], taiwan["baci"]) == ("TW", "490")
    assert "S19" in taiwan["aliases"].split("|")
    assert next(line for line in rows(DATA / "countries.csv") if line["iso3"] == "NAM")["iso2"] == "NA"


def test_a_figure_without_source_is_refused_with_its_line(folder: Path):
    line = replace_in(folder / "production.csv", ",usgs_mcs2026,A,", ",,A,")
    assert f"production.csv:{line} column source: found no source" in problems_of(folder)


def test_text_for_a_number_is_refused_with_its_line(folder: Path):
    line = replace_in(folder / "production.csv", "mine_light,USA,45500", "mine_light,USA,a lot")
    assert f"production.csv:{line} column value: found 'a lot'; expected a number" in problems_of(folder)


def test_an_unknown_good_gets_a_suggestion(folder: Path):
    line = replace_in(folder / "uses.csv", "dysprosium_oxide,", "dysprosium_oxid,")
    message = problems_of(folder)
    assert f"uses.csv:{line} column good: found 'dysprosium_oxid'" in message
    assert "did you mean 'dysprosium_oxide'" in message


def test_a_range_that_does_not_hold_its_value_is_refused(folder: Path):
    line = replace_in(folder / "parameters.csv", "rent_share,0.2,share,0,1", "rent_share,2,share,0,1")
    message = problems_of(folder)
    assert f"parameters.csv:{line}" in message
    assert "expected a range low..high that holds the value 2" in message


def test_an_assumption_without_reason_is_refused(folder: Path):
    path = folder / "parameters.csv"
    text = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(text) if line.startswith("general,discount_rate,"))
    text[number] = f"discount_rate,0.05,per year,0.02,0.1,2024,{ASSUMED},{ASSUMED},,"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    assert f"parameters.csv:{number + 1}" in problems_of(folder)


def test_a_figure_given_twice_is_refused(folder: Path):
    path = folder / "production.csv"
    line = next(each for each in path.read_text("utf-8").splitlines() if each.startswith("mine_light,USA"))
    path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")
    assert "production.mine_light.USA again" in problems_of(folder)


def test_a_missing_column_is_named_once(folder: Path):
    replace_in(folder / "production.csv", "kind,country", "kind,land")
    message = problems_of(folder)
    assert "production.csv:1: found no column 'country'" in message
    assert "column 'land'" in message


def test_all_problems_come_at_once(folder: Path):
    replace_in(folder / "production.csv", ",usgs_mcs2026,A,", ",,A,")
    replace_in(folder / "uses.csv", "dysprosium_oxide,", "dysprosium_oxid,")
    message = problems_of(folder)
    assert "no source" in message
    assert "dysprosium_oxid'" in message


def test_balances_that_cannot_be_closed_name_the_good_and_country(folder: Path):
    path = folder / "flows" / "ree_concentrate_heavy.csv"
    lines = [line for line in path.read_text("utf-8").splitlines() if ",MMR,CHN," not in line]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "what MMR makes and sells of ree_concentrate_heavy: found a gap of" in problems_of(folder)


def test_a_new_mineral_is_data_only(folder: Path):
    figure = "1,t/yr,,,2024,assumed,assumed,invented,"
    additions = {
        "worlds.csv": "salt-2024,Salt,2024,salt",
        "goods.csv": "salt,Salt,mining,t,100,USD/t,,,2024,assumed,assumed,invented,",
        "recipes.csv": "mine_salt,,output,salt,1,t/t,,,2024,assumed,assumed,invented,",
        "production.csv": f"mine_salt,AUT,{figure}",
        "uses.csv": f"salt,DEU,other,{figure}",
    }
    for name, line in additions.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    header = (folder / "flows" / "ndpr_oxide.csv").read_text("utf-8").splitlines()[0]
    flow = "salt,AUT,DEU,2,t/yr,,,2024,assumed,assumed,invented,"
    (folder / "flows" / "salt.csv").write_text(f"{header}\n{flow}\n", encoding="utf-8")
    world = load("salt-2024", folder)
    assert world.countries == ("DEU", "AUT")
    assert world.lanes.flow_per_month[0] == pytest.approx(world.uses.demand_per_month[0], rel=1e-12)
    assert len(load("rare-earths-2024", folder).goods) == 7


def test_a_project_that_nobody_could_buy_from_is_refused(folder: Path):
    replace_in(
        folder / "projects.csv",
        "caremag_lacq,separation_heavy,FRA,JPN;DEU;SVN;FIN,BRA",
        "caremag_lacq,separation_heavy,FRA,,BRA",
    )
    assert "project caremag_lacq: found dysprosium_oxide, which nobody buys from FRA" in problems_of(folder)


def test_a_project_whose_months_are_out_of_order_is_refused(folder: Path):
    line = replace_in(folder / "projects.csv", "2025-10,2025-12,2026-12", "2026-10,2025-12,2026-12")
    assert f"projects.csv:{line}" in problems_of(folder)


def test_no_deposit_of_rare_earths_has_a_tonnage():
    tonnes = [
        line
        for line in rows(DATA / "deposits.csv")
        if "rare earth" in line["mineral"] and line["measure"] == "reserves"
    ]
    assert tonnes
    assert all(line["value"] == "" and line["unit"] == "" for line in tonnes)


def test_every_number_of_behaviour_stands_once_in_one_table_and_says_what_it_holds_for():
    given = rows(DATA / "parameters.csv")
    names = [row["name"] for row in given]
    assert len(names) == len(set(names))
    assert not list((DATA / "chains").glob("behaviour*"))
    goods = {row["good"] for row in rows(DATA / "goods.csv")}
    plants = {row["kind"] for row in rows(DATA / "recipes.csv")}
    sectors = {row["sector"] for row in rows(DATA / "uses.csv")}
    for row in given:
        of = set(row["name"].split(".")[1:])
        assert bool(of & plants) == (row["scope"] == "plant"), row["name"]
        if row["scope"] == "good":
            assert of & goods
        if row["scope"] == "use":
            assert of & sectors
        if row["scope"] == "general":
            assert not of & (goods | plants | sectors)


def test_every_class_of_the_table_has_a_member_in_a_chain_or_is_added_by_building():
    held = {row["behaviour"] for table in ("chains/goods.csv", "chains/steps.csv") for row in rows(DATA / table)}
    held |= {row["sector"] for row in rows(DATA / "chains/sectors.csv")} | {
        row["kind"] for row in rows(DATA / "chains/steps.csv")
    }
    held |= {"unrecorded", "reexport"}
    classes = {
        row["name"].partition(".")[2] for row in rows(DATA / "parameters.csv") if row["scope"] in {"class", "chain"}
    }
    assert classes <= held


def test_numbers_of_chains_do_not_enter_a_world_of_its_own_tables(world):
    chains = {row["name"] for row in rows(DATA / "parameters.csv") if row["scope"] == "chain"}
    assert chains
    assert not chains & set(world.parameters)


def test_a_parameter_that_does_not_say_what_it_holds_for_is_refused_with_its_line(folder):
    line = replace_in(folder / "parameters.csv", "general,rent_share,", "whoever,rent_share,")
    message = problems_of(folder)
    assert f"parameters.csv:{line} column scope" in message
    assert "'general', 'stage', 'class', 'chain', 'good', 'plant' or 'use'" in message
