from __future__ import annotations

from datetime import date

import pytest

from tests.data.shared import SHARED, needs_shared, rows

LICENCES = ("share_controlled", "handling_days", "approval_per_month", "already_cleared")


@pytest.mark.parametrize("name", LICENCES)
def test_a_licence_parameter_rests_on_nothing_later_than_3_april_2025(world, name: str):
    assert world.parameters[f"licence.{name}"].year <= 2024


def test_the_handling_time_is_that_of_gallium_and_germanium_in_2023(world):
    assert world.parameters["licence.handling_days"].value == 51
    assert world.parameters["licence.handling_days"].high >= 63


def test_the_monthly_approval_is_the_mean_of_three_controls_of_2023(world):
    def evidence(name: str) -> float:
        return world.figures[f"evidence.licence.{name}"].value

    # Exports stand at 1 - (1 - a)^t, t months after the first licences: the middle of the month that was reported.
    to_november = (date(2023, 11, 15) - date(2023, 9, 21)).days / 30
    to_february = (date(2024, 2, 15) - date(2024, 1, 21)).days / 30
    gallium = 1 - (1 - evidence("gallium.2023_11") / evidence("gallium.2022_11")) ** (1 / to_november)
    germanium = 1 - (1 - evidence("germanium.2023_11") / evidence("germanium.2022_11")) ** (1 / to_november)
    before = (evidence("flake.2023_01_02") + evidence("spherical.2023_01_02")) / 2
    graphite = 1 - (1 - (evidence("flake.2024_02") + evidence("spherical.2024_02")) / before) ** (1 / to_february)
    approval = world.parameters["licence.approval_per_month"]
    assert approval.value == pytest.approx((gallium * germanium * graphite) ** (1 / 3), abs=5e-4)
    assert approval.low < min(gallium, germanium, graphite)
    assert approval.high > max(gallium, germanium, graphite)


def test_what_was_already_cleared_lies_between_none_and_graphites_first_month(world):
    cleared = world.parameters["licence.already_cleared"]
    assert cleared.value == pytest.approx(1_427 / 23_502, abs=1e-3)
    assert (cleared.low, cleared.high) == (0.0, 0.25)


def test_the_share_under_control_is_that_of_grades_with_dysprosium_or_terbium(world):
    lanes = world.lanes
    china = world.country_index("CHN")
    abroad = (lanes.exporter == china) & (lanes.importer != china)
    heavy = lanes.flow_per_month[abroad & (lanes.good == world.good_index("ndfeb_magnet_heavy"))].sum()
    light = lanes.flow_per_month[abroad & (lanes.good == world.good_index("ndfeb_magnet"))].sum()
    share = world.parameters["licence.share_controlled"]
    assert share.value == pytest.approx(heavy / (heavy + light), rel=0.02)
    assert share.high == 1.0


@needs_shared
@pytest.mark.parametrize(
    ("episode", "mineral", "quantity", "column", "figure"),
    [
        ("E02_GaGe_2023", "Ga", "China exports, month on year", "value_before", "gallium.2022_11"),
        ("E02_GaGe_2023", "Ga", "China exports, month on year", "value_after", "gallium.2023_11"),
        ("E02_GaGe_2023", "Ge", "China exports, month on year", "value_before", "germanium.2022_11"),
        ("E02_GaGe_2023", "Ge", "China exports, month on year", "value_after", "germanium.2023_11"),
        (
            "E02_GaGe_2023",
            "Ga",
            "days from effect to first licences reported",
            "value_after",
            "gallium.first_licences_days",
        ),
        (
            "E07_graphite_2023",
            "graphite (flake)",
            "China exports, two months on year",
            "value_before",
            "flake.2023_01_02",
        ),
        (
            "E07_graphite_2023",
            "graphite (spherical)",
            "China exports, two months on year",
            "value_before",
            "spherical.2023_01_02",
        ),
    ],
)
def test_the_evidence_is_what_the_dossier_says(world, episode, mineral, quantity, column, figure):
    found = [
        row[column]
        for row in rows(SHARED / "episodes" / "episodes.csv")
        if (row["episode"], row["mineral"], row["quantity_name"]) == (episode, mineral, quantity)
    ]
    assert [float(each) for each in found] == [world.figures[f"evidence.licence.{figure}"].value]
