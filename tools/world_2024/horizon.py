"""Numbers that reach beyond a shock: lead times, and what the second front is taken to be."""

from __future__ import annotations

from world_2024.figures import Cells, assumed, derived


def parameters() -> dict[str, Cells]:
    """Return lead times (years) and the assumptions about a third country's deposits."""
    return {
        "lead_time.mining": derived(
            3.2,
            "years",
            "sp_mines_2023",
            "a deposit already explored and studied: 15.7 years less 12.5 of exploration and studies; the low end is "
            "the 1.8 years from study to construction, the high end a mine that waits for money",
            low=1.8,
            high=10.0,
            inputs=("evidence.mines.discovery_to_output",),
        ),
        "lead_time.separation": Cells(
            value=5.0,
            unit="years",
            source="lynas_malaysia_2012",
            grade="B",
            low=3.0,
            high=8.0,
            year=2012,
            reason="approved 2007, first feed 30 November 2012; one plant, the range is judgement",
        ),
        "lead_time.magnets": Cells(
            value=3.5,
            unit="years",
            source="mp_materials_2025",
            grade="B",
            low=3.0,
            high=5.0,
            year=2025,
            reason="announced December 2021, output 2025, three to four years; the high end is judgement",
        ),
        "lead_time.deposit": derived(
            16.5,
            "years",
            "sp_mines_2024",
            "a deposit known but not studied to today's standards: 15.7 years (mines of 2002 to 2023) to 17.9 (mines "
            "of 2020 to 2023) from discovery",
            low=15.0,
            high=18.0,
            inputs=("evidence.mines.discovery_to_output",),
        ),
        "second_front.output": assumed(
            5_000.0,
            "t REO/yr",
            0.0,
            20_000.0,
            "no tonnage of rare earths in Ukraine is public; a middling mine elsewhere makes 5,000, and nothing shows "
            "that any of it can be mined",
        ),
        "second_front.stop_chance": assumed(
            0.1,
            "per year",
            0.03,
            0.3,
            "exports stopped for a month or more in 2010 (disputed), 2023 and 2025, of different goods: three in sixteen "
            "years is 0.19, none of them complete or for a year",
        ),
        "second_front.own_chain_cost": derived(
            4_100.0,
            "million USD",
            "mp_10x_2025",
            "what the plants of projects.csv cost where a source says (ten of seventeen, grants and loans among them); "
            "the high end five times that, for those without a figure and the price support",
            low=2_000.0,
            high=20_000.0,
        ),
        "second_front.provocation": assumed(
            0.0,
            "share",
            -0.1,
            0.2,
            "part of the worth of the main deal that a second front costs: below 0 if the rival lets go the sooner, "
            "above 0 if he is provoked; nobody measured it, so both signs are held",
        ),
    }
