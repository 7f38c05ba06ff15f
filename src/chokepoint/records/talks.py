"""Talks: parties, issues with their levels as sets of measures, and what each side puts on keeping them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import DataError
from chokepoint.provenance import Figure
from chokepoint.records.document import read_document, validated
from chokepoint.records.measure import record_of
from chokepoint.records.measure_schema import Context
from chokepoint.records.scenario import OverrideRecord, overrides
from chokepoint.records.talks_checks import contradictions, own_ids, unknown_names
from chokepoint.records.talks_schema import TALKS, Fronts, SecurityValue, Talks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.measure_schema import Measure
    from chokepoint.records.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyRecord:
    """One side: its code, who negotiates, who must say yes, and how much heavier security weighs there."""

    code: str
    negotiators: str
    principal: str
    principal_weight: OverrideRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewRecord:
    """What is known when the packages are judged."""

    name: str
    title: str
    as_of: dt.date
    parameters: tuple[OverrideRecord, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainRecord:
    """Goods that clear together, and the acts in force when talks begin."""

    name: str
    world: str
    history: tuple[MeasureRecord, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelRecord:
    """One rung of an issue; ``is_threat``: only a threat, in no package."""

    name: str
    title: str
    measures: tuple[MeasureRecord, ...]
    is_threat: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueRecord:
    """Something one side could release.

    Args:
        name, title: for files and for people.
        owner: code of the party that decides it.
        chain: in which market it bites.
        without_a_deal: the level that holds if talks fail and nobody escalates.
        levels: from the hardest to the softest.
    """

    name: str
    title: str
    owner: str
    chain: str
    without_a_deal: str
    levels: tuple[LevelRecord, ...]

    def at(self, level: str) -> int:
        """Return the position of a level."""
        return [each.name for each in self.levels].index(level)


@dataclass(frozen=True, kw_only=True, slots=True)
class DepositRecord:
    """A third country's deposit.

    Args:
        owner, title, unknown: whose it is, what it is called, and what is not known of it, for people.
        kind: of activity; stands_in: country of the world it is counted with.
        least_scale: part of its output that must find free buyers.
    """

    owner: str
    title: str
    unknown: str
    kind: str
    stands_in: str
    least_scale: OverrideRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontsRecord:
    """The second front and the circle.

    Args:
        controller: who could stop the chain; chain: which.
        contract: name of a contract of the tables, for a third country's deposits; none if empty.
        first: month in which a stop after 0 years would begin; draws: cases beside the central one.
        builder: who builds a chain of its own; rivals: against whom it bids for the deposits.
        deposit: the third country's, if it is to be simulated.
    """

    controller: str
    chain: str
    contract: str
    first: str
    draws: int
    builder: str
    rivals: tuple[str, ...]
    deposit: DepositRecord | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorRecord:
    """Somebody who is heard at home.

    Args:
        name, title: for files and for people; party: on whose side.
        uses: end uses; makes: kinds of activity, both in the party's countries.
    """

    name: str
    title: str
    party: str
    uses: tuple[str, ...]
    makes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RenegotiationRecord:
    """A month (``YYYY-MM``) from which what was agreed falls due, why then, and on which issues (all if none)."""

    month: str
    reason: str
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TalksRecord:
    """Linked bargaining over what two sides could release.

    Args:
        name, title, question, file, text: what it is, and where it was read from.
        before: first month simulated; start: first month that counts; months: how many count.
        draws, seed: cases drawn beside the central one, and where the drawing starts.
        joint_world: the world that holds all chains, to check that they may be simulated apart.
        parameters: what it sets for all views; verification_months: how long a breach stays unnoticed.
        parties: two; views, chains, issues: at least one each.
        values: security values by name ``security.PARTY.issue.level`` [USD per year].
        historical: level by issue of the package that came about; empty if none is known.
        tolerance: loss an actor bears before it objects, as a share of its turnover in the goods of the talks.
        actors: who is heard at home; renegotiate: months in which what was agreed falls due, in order.
        dated_months: how many months count where dates are solved backwards; those of ``months`` if None.
        fronts: the second front and the circle, if they are asked for.
    """

    name: str
    title: str
    question: str
    file: str
    text: str
    before: str
    start: str
    months: int
    draws: int
    seed: int
    joint_world: str
    parameters: tuple[OverrideRecord, ...]
    verification_months: OverrideRecord
    parties: tuple[PartyRecord, ...]
    views: tuple[ViewRecord, ...]
    chains: tuple[ChainRecord, ...]
    issues: tuple[IssueRecord, ...]
    values: Mapping[str, Figure]
    historical: Mapping[str, str]
    tolerance: OverrideRecord | None = None
    actors: tuple[ActorRecord, ...] = ()
    renegotiate: tuple[RenegotiationRecord, ...] = ()
    dated_months: int | None = None
    fronts: FrontsRecord | None = None

    @property
    def horizon(self) -> int:
        """How many months count where dates are solved backwards."""
        return self.dated_months or self.months

    def chain(self, name: str) -> ChainRecord:
        """Return a chain by its name."""
        return next(each for each in self.chains if each.name == name)

    def on(self, chain: str) -> tuple[IssueRecord, ...]:
        """Return the issues of a chain."""
        return tuple(issue for issue in self.issues if issue.chain == chain)


def security_name(party: str, issue: str, level: str) -> str:
    """Return the name of a security value.

    Example:
        >>> security_name("USA", "ai_chips", "blocked")
        'security.USA.ai_chips.blocked'
    """
    return f"security.{party}.{issue}.{level}"


def read_talks(
    path: Path, vocabulary: Vocabulary, measures: Mapping[str, MeasureRecord], worlds: Sequence[str]
) -> TalksRecord:
    """Read a talks file.

    Levels name their measures by the ids of the bundle or write them out.

    Args:
        path: the file.
        vocabulary: the names that mean something in the joint world.
        measures: the measures of the bundle, by id.
        worlds: names of the bundled worlds.

    Returns:
        The talks, their measures filled in.

    Raises:
        DataError: everything wrong in the file, with line and column.
    """
    document, problems = read_document(path)
    if document is None:
        raise DataError(problems)
    ids = {*measures, *own_ids(document.values)}
    talks, problems = validated(document, TALKS, Context(vocabulary=vocabulary, measure_ids=ids))
    if talks is None:
        raise DataError(problems)
    problems = [*unknown_names(document, talks, worlds), *contradictions(document, talks, measures)]
    if problems:
        raise DataError(problems)
    return _record(talks, path, document.file, measures)


def _record(talks: Talks, path: Path, file: str, known: Mapping[str, MeasureRecord]) -> TalksRecord:
    def acts(entries: Sequence[str | Measure], place: str) -> tuple[MeasureRecord, ...]:
        return tuple(
            known[each] if isinstance(each, str) else record_of(each, f"{place}/{number}", file)
            for number, each in enumerate(entries, start=1)
        )

    return TalksRecord(
        name=talks.name,
        title=talks.title,
        question=talks.question,
        file=file,
        text=path.read_text(encoding="utf-8"),
        before=talks.before,
        start=talks.start,
        months=talks.months,
        draws=talks.draws,
        seed=talks.seed,
        joint_world=talks.joint_world,
        parameters=overrides(talks.parameters),
        verification_months=overrides({"verification_months": talks.verification_months})[0],
        parties=tuple(
            PartyRecord(
                code=code,
                negotiators=party.negotiators,
                principal=party.principal,
                principal_weight=overrides({f"principal_weight.{code}": party.principal_weight})[0],
            )
            for code, party in talks.parties.items()
        ),
        views=tuple(
            ViewRecord(
                name=name, title=view.title, as_of=view.as_of, parameters=overrides(view.parameters), note=view.note
            )
            for name, view in talks.views.items()
        ),
        chains=tuple(
            ChainRecord(name=name, world=chain.world, history=acts(chain.history, name))
            for name, chain in talks.chains.items()
        ),
        issues=tuple(
            IssueRecord(
                name=name,
                title=issue.title,
                owner=issue.owner,
                chain=issue.chain,
                without_a_deal=issue.without_a_deal,
                levels=tuple(
                    LevelRecord(
                        name=rung,
                        title=level.title,
                        measures=acts(level.measures, f"{name}/{rung}"),
                        is_threat=level.is_threat,
                    )
                    for rung, level in issue.levels.items()
                ),
            )
            for name, issue in talks.issues.items()
        ),
        values={figure.name: figure for figure in map(_security, talks.values)},
        historical=dict(talks.historical),
        tolerance=overrides({"tolerance": talks.tolerance})[0] if talks.tolerance else None,
        actors=tuple(ActorRecord(name=name, **actor.model_dump()) for name, actor in talks.actors.items()),
        renegotiate=tuple(RenegotiationRecord(**each.model_dump()) for each in talks.renegotiate),
        dated_months=talks.dated_months,
        fronts=_fronts(talks.fronts) if talks.fronts else None,
    )


def _fronts(fronts: Fronts) -> FrontsRecord:
    deposit = fronts.deposit
    return FrontsRecord(
        **fronts.model_dump(exclude={"deposit"}),
        deposit=DepositRecord(
            **deposit.model_dump(exclude={"least_scale"}),
            least_scale=overrides({"least_scale": deposit.least_scale})[0],
        )
        if deposit
        else None,
    )


def _security(value: SecurityValue) -> Figure:
    return Figure(
        name=security_name(value.party, value.issue, value.level),
        value=value.value,
        unit="USD/yr",
        low=value.low,
        high=value.high,
        year=value.dated.year,
        source=value.source,
        grade=value.grade,
        reason=value.reason,
    )
