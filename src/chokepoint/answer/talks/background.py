"""What stands behind talks: names of the parties, how the figures are known, what trade rests on assumption."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from chokepoint.answer.parties import parties_of
from chokepoint.answer.record import act_of
from chokepoint.answer.sentences import named
from chokepoint.answer.talks.actors import turnover_in
from chokepoint.answer.talks.assumptions import assumed_by_chain
from chokepoint.provenance import Kind
from chokepoint.report.front import Counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.records.talks import TalksRecord
    from chokepoint.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Background:
    """What stands behind talks.

    Args:
        names: parties as they stand in a sentence, by code.
        assumed: share of the trade each chain's issues bear on that rests on assumed figures.
        turnover: what each actor spends on, or earns from, the goods of the talks in the base year, USD.
        rests_on: how the figures of all chains, and the security values, are known.
    """

    names: Mapping[str, str]
    assumed: Mapping[str, float]
    turnover: Mapping[str, float]
    rests_on: Counts

    def to_json(self) -> dict[str, object]:
        """Return it ready for JSON."""
        return {
            "names": dict(self.names),
            "assumed": dict(self.assumed),
            "turnover": dict(self.turnover),
            "rests_on": asdict(self.rests_on),
        }

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Background:
        """Read it back from what a run recorded."""
        counts = Counts(**values["rests_on"])
        return cls(names=values["names"], assumed=values["assumed"], turnover=values["turnover"], rests_on=counts)


def acts_of(talks: TalksRecord) -> dict[str, list[dict[str, object]]]:
    """Return the measures of every level, by ``issue/level``, ready for JSON."""
    return {
        f"{issue.name}/{level.name}": [act_of(act) for act in level.measures]
        for issue in talks.issues
        for level in issue.levels
    }


def background_of(talks: TalksRecord, worlds: Mapping[str, World]) -> Background:
    """Return what stands behind talks in the worlds they play in."""
    parties = parties_of(worlds[talks.joint_world])
    figures = dict(talks.values)
    for chain in talks.chains:
        figures |= worlds[chain.world].figures
    kinds = [figure.kind for figure in figures.values()]
    return Background(
        names={party.code: named(parties, party.code) for party in talks.parties},
        assumed=assumed_by_chain(talks, worlds),
        turnover={
            actor.name: sum(turnover_in(worlds[chain.world], actor) for chain in talks.chains) for actor in talks.actors
        },
        rests_on=Counts(
            sourced=kinds.count(Kind.SOURCED), derived=kinds.count(Kind.DERIVED), assumed=kinds.count(Kind.ASSUMED)
        ),
    )
