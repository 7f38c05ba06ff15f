"""Run a fictional world for some months under plain conditions, and find its results by their labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chokepoint.dates import Month
from chokepoint.instruments import free_conditions
from chokepoint.settings import Settings
from chokepoint.simulation import run, wire

FIRST = Month(2025, 1)


def months(count, first=0):
    return tuple(FIRST.plus(first + number) for number in range(count))


def settings_of(world, cases=1, **values):
    """Return settings in which the named parameters (a double underscore for a dot) hold one value a case."""
    spelt = {
        name.replace("__", "."): np.broadcast_to(np.asarray(each, float), (cases,)) for name, each in values.items()
    }
    return Settings(world, spelt, cases)


def conditions(world, cases=1, groups=0, **terms):
    """Return free trade but for the named terms, broadcast to all cases."""
    sizes = (world.lanes.good.size, world.stores.good.size, len(world.activities.kind), groups)
    free = free_conditions(cases, *sizes)
    shaped = {name: np.broadcast_to(np.asarray(each, float), getattr(free, name).shape) for name, each in terms.items()}
    return replace(free, **shaped)


def go_on(world, span, settings, terms_of=None, groups=(), memory=None):
    """Simulate a span of months; ``terms_of`` maps a month to the terms that are not free trade."""
    said = terms_of or (lambda _: {})
    return run(
        world,
        wire(world, groups),
        settings,
        span,
        lambda month: conditions(world, settings.cases, len(groups), **said(month)),
        memory,
    )


def simulate(world, count=1, *, values=None, cases=1, groups=(), **terms):
    """Simulate ``count`` months from rest under the same terms."""
    outcome, _ = go_on(world, months(count), settings_of(world, cases, **(values or {})), lambda _: terms, groups)
    return outcome


def lane(world, good, exporter, importer):
    lanes = world.lanes
    found = np.flatnonzero(
        (lanes.good == world.good_index(good))
        & (lanes.exporter == world.country_index(exporter))
        & (lanes.importer == world.country_index(importer))
    )
    return int(found[0])


def caps(world, **shares):
    """Return caps by lane, ``inf`` but for those named ``good__EXPORTER__IMPORTER``."""
    cap = np.full(world.lanes.good.size, np.inf)
    for name, share in shares.items():
        cap[lane(world, *name.split("__"))] = share
    return cap


def buyer(outcome, good, country):
    world, wiring = outcome.world, outcome.wiring
    mine = (wiring.buyer_good == world.good_index(good)) & (wiring.buyer_country == world.country_index(country))
    return int(np.flatnonzero(mine)[0])


def seller(outcome, good, country):
    world, wiring = outcome.world, outcome.wiring
    mine = (wiring.seller_good == world.good_index(good)) & (wiring.seller_country == world.country_index(country))
    return int(np.flatnonzero(mine)[0])


def shipped(outcome, good, exporter, importer):
    """Return a lane's flow by (case, month)."""
    return outcome.flow[:, :, lane(outcome.world, good, exporter, importer)]


def delivered(outcome, good, country):
    return outcome.delivered[:, :, buyer(outcome, good, country)]


def ex_works(outcome, good, country):
    return outcome.ex_works[:, :, seller(outcome, good, country)]


def losses(stakes, country):
    """Return a country's loss by (case, month)."""
    return stakes.loss[:, :, stakes.world.country_index(country)]
