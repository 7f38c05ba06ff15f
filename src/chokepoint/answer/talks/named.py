"""Check what a talks file names in the worlds it plays in, before anything is simulated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.answer.parties import parties_of
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.exposure import parties_outside
from chokepoint.exposure.third_country import buyers_of
from chokepoint.records.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from chokepoint.records.document import Place
    from chokepoint.records.talks import FrontsRecord, TalksRecord
    from chokepoint.world import World

Found = tuple["Place", Problem]


def check_names(talks: TalksRecord, worlds: Mapping[str, World], path: Path) -> None:
    """Refuse talks that name what their worlds do not hold.

    Args:
        talks: as read; worlds: by name, every one the talks need; path: the file they were read from.

    Raises:
        DataError: every party, firm, contract, builder or rival that nobody knows, with its line.
    """
    found = [*_unknown_parties(talks, worlds), *_unknown_actors(talks, worlds), *_unknown_fronts(talks, worlds)]
    if found:
        document = read_document(path)[0]
        raise DataError([replace(problem, where=document.where(place)) for place, problem in found if document])


def _unknown(place: Place, name: str, what: str, known: Sequence[str]) -> Iterator[Found]:
    if name not in known:
        expected = f"{what}: one of {', '.join(known)}" if known else f"{what}, of which this world has none"
        yield place, Problem(where="", found=f"'{name}'", expected=expected, remedy=did_you_mean(name, known))


def _unknown_parties(talks: TalksRecord, worlds: Mapping[str, World]) -> Iterator[Found]:
    """Say which parties some world of the talks does not know."""
    for name in dict.fromkeys([*(chain.world for chain in talks.chains), talks.joint_world]):
        for party in talks.parties:
            yield from _unknown(
                ("parties", party.code), party.code, f"a country or bloc of {name}", parties_of(worlds[name]).codes
            )


def _unknown_actors(talks: TalksRecord, worlds: Mapping[str, World]) -> Iterator[Found]:
    """Say which firms no chain of the talks knows."""
    mine = [worlds[chain.world] for chain in talks.chains]
    sectors = sorted({sector for world in mine for sector in world.uses.sector})
    kinds = sorted({kind for world in mine for kind in world.activities.kind})
    for actor in talks.actors:
        for number, use in enumerate(actor.uses):
            yield from _unknown(("actors", actor.name, "uses", number), use, "an end use of the chains", sectors)
        for number, kind in enumerate(actor.makes):
            yield from _unknown(("actors", actor.name, "makes", number), kind, "an activity of the chains", kinds)


def _unknown_fronts(talks: TalksRecord, worlds: Mapping[str, World]) -> Iterator[Found]:
    """Say which names of the second front lead nowhere in the world of its chain."""
    asked = talks.fronts
    if asked is None:
        return
    world = worlds[talks.chain(asked.chain).world]
    outside = [name for name in parties_outside(world, asked.controller) if name in {*world.countries, *world.blocs}]
    contracts = [name.split(".", 1)[1] for name in world.figures if name.startswith("contract.")]
    yield from _unknown(("fronts", "controller"), asked.controller, f"a country of {world.name}", world.countries)
    if asked.contract:
        yield from _unknown(("fronts", "contract"), asked.contract, "a contract of the tables", contracts)
    yield from _unknown(("fronts", "builder"), asked.builder, "a party of the second front", outside)
    if asked.controller not in world.countries:
        return  # whoever may bid against it is not known either
    for number, rival in enumerate(asked.rivals):
        known = [asked.controller, *outside]
        yield from _unknown(("fronts", "rivals", number), rival, "a party of the second front", known)
        if rival == asked.builder and rival in known:
            expected, remedy = "somebody else than the builder", "name another rival, or delete the line"
            yield (
                ("fronts", "rivals", number),
                Problem(where="", found=f"'{rival}', who builds", expected=expected, remedy=remedy),
            )
    yield from _idle_deposit(
        asked, world, {asked.controller: (asked.controller,), **parties_outside(world, asked.controller)}
    )


def _idle_deposit(asked: FrontsRecord, world: World, members: Mapping[str, Sequence[str]]) -> Iterator[Found]:
    """Say what of a deposit the world does not know, and which bidders could do nothing with what it gives."""
    if (deposit := asked.deposit) is None:
        return
    here, kinds = ("fronts", "deposit"), sorted(set(world.activities.kind))
    yield from _unknown((*here, "kind"), deposit.kind, f"an activity of {world.name}", kinds)
    yield from _unknown((*here, "stands_in"), deposit.stands_in, f"a country of {world.name}", world.countries)
    for name in dict.fromkeys((asked.builder, *asked.rivals)):
        if deposit.kind in kinds and name in members and not buyers_of(world, deposit.kind, tuple(members[name])):
            yield (
                (*here, "kind"),
                Problem(
                    where="",
                    found=f"'{deposit.kind}', of whose output {name} takes nothing",
                    expected="a kind that gives what every bidder's plants use, or is shipped to it",
                    remedy=f"name another kind, or take {name} out of the bidders",
                ),
            )
