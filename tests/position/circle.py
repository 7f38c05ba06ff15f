"""A chain of three stages that one country holds alone, and another plans to have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chokepoint.provenance import PROBABILITY
from chokepoint.world import Good, Projects
from tests.ruritania import figure, world

STAGES = {"ore": "mining", "oxide": "separation", "magnet": "magnets"}


def closed_circle(**changes):
    """Ruritania mines, separates and makes all; Sylvania mines some ore, uses magnets, and plans a plant and a works.

    A magnet takes a third of a tonne of oxide, oxide four tonnes of ore.
    """
    built = world(
        {"ore": 1.0, "oxide": 10.0, "magnet": 40.0},
        [
            ("ore", "RUR", "RUR", 100.0),
            ("ore", "SYL", "RUR", 20.0),
            ("oxide", "RUR", "RUR", 30.0),
            ("magnet", "RUR", "SYL", 90.0),
            ("ore", "SYL", "SYL", 0.0),
            ("oxide", "SYL", "SYL", 0.0),
            ("magnet", "SYL", "SYL", 0.0),
        ],
        [
            ("mine", "RUR", 100.0, {"ore": 1.0}),
            ("mine", "SYL", 20.0, {"ore": 1.0}),
            ("plant", "RUR", 30.0, {"oxide": 1.0, "ore": -4.0}),
            ("works", "RUR", 90.0, {"magnet": 1.0, "oxide": -1.0 / 3.0}),
            ("plant", "SYL", 0.0, {"oxide": 1.0, "ore": -4.0}),
            ("works", "SYL", 0.0, {"magnet": 1.0, "oxide": -1.0 / 3.0}),
        ],
        [("magnet", "SYL", "lamps", 90.0)],
        [("magnet", "SYL", "industry")],
        stock_cover=2.0,
        choke_price=10.0,
        lead_time=5.0,
    )
    numbers = {
        "project_size.plant": figure("project_size.plant", 480.0),
        "project_start.plant": figure("project_start.plant", 2027.0),
        "project_size.works": figure("project_size.works", 1440.0),
        "project_start.works": figure("project_start.works", 2030.0),
        "project_ramp": figure("project_ramp", 1.0),
        "project_share": figure("project_share", 1.0),
    }
    for name, chance in {"plant": 1.0, "works": 1.0, **changes}.items():
        sure = figure(f"project_chance.{name}", chance, 0.0, 1.0)
        numbers[f"project_chance.{name}"] = replace(sure, unit=PROBABILITY)
    projects = Projects(
        name=("plant", "works"),
        activity=np.array([4, 5]),
        announced=("2024-01", "2024-01"),
        lane_project=np.array([0, 0, 1, 1]),
        lane=np.array([5, 4, 6, 5]),
        lane_amount=np.array([1.0, 4.0, 1.0, 1.0 / 3.0]),
    )
    goods = tuple(
        Good(
            code=each.code,
            name=each.name,
            stage=STAGES[each.code],
            unit="t",
            price_usd_per_unit=each.price_usd_per_unit,
        )
        for each in built.goods
    )
    return replace(built, goods=goods, projects=projects, parameters={**built.parameters, **numbers})
