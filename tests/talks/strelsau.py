"""A table in Strelsau: Ruritania holds fenwickite, Sylvania holds lamps, and each needs the other's good."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from chokepoint.provenance import Figure
from chokepoint.records.measure import BanTerms
from chokepoint.records.scenario import OverrideRecord
from chokepoint.records.talks import (
    ChainRecord,
    IssueRecord,
    LevelRecord,
    PartyRecord,
    TalksRecord,
    ViewRecord,
    security_name,
)
from tests.ruritania import world
from tests.simulation.acts import act

GOODS = {"fenwickite": ("RUR", "SYL", 100.0), "lamp": ("SYL", "RUR", 40.0)}
DAY = dt.date(1894, 1, 1)


def worlds(scale=1.0):
    """Return the worlds of either good alone and of both; ``scale`` multiplies all prices."""

    def of(*goods):
        return world(
            dict.fromkeys(goods, scale),
            [(good, *GOODS[good]) for good in goods],
            [(f"{good}_making", GOODS[good][0], GOODS[good][2], {good: 1.0}) for good in goods],
            [(good, GOODS[good][1], "homes", GOODS[good][2]) for good in goods],
            choke_price=5.0,
            choke_width=0.1,
        )

    return {"north": of("fenwickite"), "south": of("lamp"), "both": of("fenwickite", "lamp")}


def ban(good):
    return act(
        f"{GOODS[good][0]}/{good}",
        BanTerms(),
        actor=GOODS[good][0],
        goods=(good,),
        announced=DAY,
        effective=dt.date(1894, 3, 1),
    )


def plain(name, value):
    return OverrideRecord(name=name, value=value, low=value, high=value)


def party(code):
    weight = plain(f"principal_weight.{code}", 1.0)
    return PartyRecord(code=code, negotiators=f"envoys of {code}", principal=f"king of {code}", principal_weight=weight)


def issue(good, chain):
    return IssueRecord(
        name=good,
        title=good,
        owner=GOODS[good][0],
        chain=chain,
        without_a_deal="banned",
        levels=(
            LevelRecord(name="banned", title=f"no {good}", measures=(ban(good),), is_threat=False),
            LevelRecord(name="free", title=f"{good} flows", measures=(), is_threat=False),
        ),
    )


def security(party_code, good, value, low, high):
    name = security_name(party_code, good, "banned")
    return Figure(
        name=name,
        value=value,
        unit="USD/yr",
        low=low,
        high=high,
        year=1894,
        source="assumed",
        grade="assumed",
        reason="fiction",
    )


VALUES = (security("RUR", "fenwickite", 50.0, 0.0, 4000.0), security("SYL", "lamp", 20.0, 0.0, 400.0))


def talks(**changes):
    """Return the talks; keywords replace fields of the record."""
    record = TalksRecord(
        name="strelsau",
        title="The table in Strelsau",
        question="Who lets go?",
        file="strelsau.yaml",
        text="",
        before="1894-01",
        start="1894-03",
        months=6,
        draws=3,
        seed=1,
        joint_world="both",
        parameters=(),
        verification_months=plain("verification_months", 2.0),
        parties=(party("RUR"), party("SYL")),
        views=(ViewRecord(name="now", title="As known now", as_of=dt.date(1895, 1, 1), parameters=(), note=""),),
        chains=(
            ChainRecord(name="north", world="north", history=()),
            ChainRecord(name="south", world="south", history=()),
        ),
        issues=(issue("fenwickite", "north"), issue("lamp", "south")),
        values={value.name: value for value in VALUES},
        historical={"fenwickite": "free", "lamp": "free"},
    )
    return replace(record, **changes)
