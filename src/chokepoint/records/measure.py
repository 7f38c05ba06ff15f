"""Measures: dated acts of states, each with its legal reference, read from one file each."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from chokepoint.errors import DataError, Problem
from chokepoint.records.document import Document, Place, read_document, validated
from chokepoint.records.measure_schema import MEASURE, Act, Context

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from chokepoint.records.vocabulary import Vocabulary

Amount = float | str
"""A number, or the name of the parameter that holds it with its range."""

FILE_NAME = re.compile(r"[A-Z]{3}/\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.yaml")


@dataclass(frozen=True, kw_only=True, slots=True)
class LicenceTerms:
    """Exports need a licence.

    Args:
        share: share of the trade in all the goods together that is under control (0 to 1); goods are filled in the
            order listed.
        handling_days: calendar days until the first licence can be granted.
        approval_per_month: share of the waiting, handled applications approved in each month after (0 to 1).
        already_cleared: share of the first 30 days' controlled shipments that had cleared before (0 to 1).
    """

    share: Amount
    handling_days: Amount
    approval_per_month: Amount
    already_cleared: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class BanTerms:
    """No exports."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotaTerms:
    """Exports up to an amount [t per month], over all targets together."""

    tonnes_per_month: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyTerms:
    """A duty as a share of the price."""

    ad_valorem_share: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosureTerms:
    """Plants or mines at home are shut: a share of the actor's capacity (0 to 1) that makes any of the goods."""

    capacity_share: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameworkTerms:
    """An understanding that changes the approvals of other measures.

    Args:
        modifies: ids of the licence measures it changes.
        approval_per_month: share of the controlled flow approved in each month from then on (0 to 1).
    """

    modifies: tuple[str, ...]
    approval_per_month: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionTerms:
    """Other measures, named by id, are not applied while this one is in force."""

    suspends: tuple[str, ...]


Terms = LicenceTerms | BanTerms | QuotaTerms | DutyTerms | ClosureTerms | FrameworkTerms | SuspensionTerms

TERMS: Mapping[str, type[Terms]] = {
    "licence": LicenceTerms,
    "ban": BanTerms,
    "quota": QuotaTerms,
    "duty": DutyTerms,
    "closure": ClosureTerms,
    "framework": FrameworkTerms,
    "suspension": SuspensionTerms,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureRecord:
    """One dated act of a state, as its file says.

    Args:
        id: folder and file name without the ending (``CHN/2025-04-04-seven-elements``).
        file: where it was read from, for messages and for ``run.json``.
        title: what it is called.
        actor: ISO code of the state that acts.
        reference: the legal reference.
        announced: the day it became public; a scenario with an earlier ``as_of`` does not know it.
        effective: the day it begins.
        ends: the last day it is in force, None when no end was set.
        outcome_of_end: what happened then (``unknown`` where no source says); None before it was due.
        source: key of ``references.bib``.
        grade: quality of the source.
        note: anything else a reader should know.
        targets: ISO codes and blocs it is aimed at, or ``("world",)``; empty for a closure, which bears
            on every buyer, and for a framework or suspension that takes them from the measures it changes.
        goods: codes of the goods; may be empty in the same case.
        instrument: ``licence``, ``ban``, ``quota``, ``duty``, ``closure``, ``framework`` or ``suspension``.
        terms: the figures that belong to the instrument.
        exporters: whose exports it reaches; empty for the actor's own (a rule on foreign-made goods names others).
    """

    id: str
    file: str
    title: str
    actor: str
    reference: str
    announced: dt.date
    effective: dt.date
    ends: dt.date | None
    outcome_of_end: str | None
    source: str
    grade: str
    note: str
    targets: tuple[str, ...]
    goods: tuple[str, ...]
    instrument: str
    terms: Terms
    exporters: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """Ids of the measures it modifies or suspends."""
        if isinstance(self.terms, FrameworkTerms):
            return self.terms.modifies
        return self.terms.suspends if isinstance(self.terms, SuspensionTerms) else ()


def read_measures(folder: Path, vocabulary: Vocabulary) -> dict[str, MeasureRecord]:
    """Read every measure below a folder.

    Args:
        folder: holds ``<iso3>/<date>-<slug>.yaml``.
        vocabulary: the names that mean something in the world.

    Returns:
        The measures by id, in the order of their ids.

    Raises:
        DataError: everything wrong in any of the files, numbered, with line and column.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in paths]
    ids = {name.removesuffix(".yaml") for name in names}
    context = Context(vocabulary=vocabulary, measure_ids=ids)
    measures: dict[str, MeasureRecord] = {}
    problems: list[Problem] = []
    for path, name in zip(paths, names, strict=True):
        measure, found = read_measure(path, name.removesuffix(".yaml"), context, file=name)
        problems += found
        if measure:
            problems += _misfiled(measure)
            measures[measure.id] = measure
    if problems:
        raise DataError(problems)
    return measures


def read_measure(
    path: Path, measure_id: str, context: Context, *, file: str
) -> tuple[MeasureRecord | None, list[Problem]]:
    """Read one measure file.

    Args:
        path: the file.
        measure_id: the id it goes by, unless it names one itself.
        context: what its checks need to know.
        file: what to call the file in messages.

    Returns:
        The measure, or None; and every problem found.
    """
    document, problems = read_document(path, file=file)
    if document is None:
        return None, problems
    return measure_in(document, document.values, (), measure_id, context)


def measure_in(
    document: Document, values: object, root: Place, measure_id: str, context: Context
) -> tuple[MeasureRecord | None, list[Problem]]:
    """Make a measure of a document, or of the part of it that stands at ``root``."""
    act, problems = validated(document, MEASURE, context, values=values, root=root)
    if act is None:
        return None, problems
    return record_of(act, measure_id, document.file), []


def record_of(act: Act, measure_id: str, file: str) -> MeasureRecord:
    """Return the plain record of an act that passed its checks."""
    said: dict[str, Any] = {name: getattr(act, name) for name in type(act).model_fields}
    terms = TERMS[said["instrument"]]
    own = {field.name: said.pop(field.name) for field in fields(terms)}
    said["id"] = act.id or measure_id
    return MeasureRecord(**said, file=file, terms=terms(**own))


def _misfiled(measure: MeasureRecord) -> list[Problem]:
    """Say so when folder and file name do not tell the truth about what is inside."""
    expected = f"{measure.actor}/{measure.announced}-<a few words>.yaml"
    name = measure.file
    begins = f"{measure.actor}/{measure.announced}-"
    if FILE_NAME.fullmatch(name) and name.startswith(begins) and name == f"{measure.id}.yaml":
        return []
    found = "a file name that does not fit its actor, its day of announcement or its id"
    return [Problem(where=name, found=found, expected=expected, remedy="rename the file")]
