"""``chokepoint compare A B``: what two runs started from, what they found, and which cause made the difference."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from chokepoint.answer.causes import FIGURES, HORIZON, MEASURES, PARAMETERS, REST, Cause, Whole, attribute_in_full
from chokepoint.answer.compare_text import compare_text
from chokepoint.answer.enters import STEPS
from chokepoint.answer.recorded import question_of, read_run
from chokepoint.errors import ConvergenceError
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from chokepoint.answer.figure_facts import Input
    from chokepoint.answer.recorded import Recorded, RunJson
    from chokepoint.tables import Table

VERSION = "version"
PARAMETER_WORDS = frozenset({*STEPS, "licence"})
NOTHING = "-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing two runs started from differently.

    Args:
        group: world figures, parameters, measures and dates, months draws and seed, or version.
        item: its name.
        first: what the first run had; ``-`` if nothing.
        second: what the second run had.
    """

    group: str
    item: str
    first: str
    second: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LossChange:
    """A party's median loss in both runs, USD over the horizon."""

    branch: str
    party: str
    first_usd: float
    second_usd: float
    change_usd: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two runs side by side.

    Args:
        first: name of the first folder.
        second: name of the second folder.
        differences: what they started from differently.
        losses: what they found, by branch and party.
        causes: the change of every loss by cause; what the steps leave is ``interaction or rounding``.
        wholes: the whole change over the draws both runs share, where cases are drawn: 80 % interval, and what it hangs
            on.
        notes: what could not be done and why.
    """

    first: str
    second: str
    differences: tuple[Difference, ...]
    losses: tuple[LossChange, ...]
    causes: tuple[Cause, ...]
    wholes: tuple[Whole, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Differences, changes of losses, their causes, and the whole changes over shared draws, as tables."""
        return (
            tabulate("differences", "What the runs started from differently", self.differences, Difference),
            tabulate("losses", "Median losses in both runs", self.losses, LossChange),
            tabulate("causes", "Changes by cause, with 80 % intervals where cases are drawn", self.causes, Cause),
            tabulate("whole_changes", "Whole changes over the draws both runs share", self.wholes, Whole),
        )

    @property
    def text(self) -> str:
        """The comparison for a terminal."""
        return compare_text(self)


def compare_runs(
    first: Path, second: Path, say: Callable[[str], None] = lambda _: None, *, draws: int | None = 0
) -> Comparison:
    """Explain the difference of two runs by cause, in the central case unless told otherwise (see :func:`compare`)."""
    return compare(first, second, draws=draws, say=say)


def compare(
    first: Path, second: Path, *, draws: int | None = None, say: Callable[[str], None] = lambda _: None
) -> Comparison:
    """Explain the difference of two runs by cause.

    Args:
        first: folder of a run.
        second: folder of another.
        draws: how many cases to draw when the runs are repeated; left out, as many as they recorded (exact, slow);
            0 repeats the central case only (fast; what the draws add is left to ``interaction or rounding``).
        say: told what is being done.

    Returns:
        Differences, changes of losses and their causes; no causes, and a note why, where a run cannot be repeated.

    Raises:
        DataError: a folder that is not the folder of a run.
    """
    one, other = read_run(first), read_run(second)
    losses = tuple(loss_changes(one, other))
    questions = [question_of(each) for each in (one, other)]
    notes = [note for _, note in questions if note]
    causes: tuple[Cause, ...] = ()
    wholes: tuple[Whole, ...] = ()
    before, after = (question for question, _ in questions)
    if before and after:
        try:
            steps, wholes = attribute_in_full(before, after, draws=draws, say=say)
            causes = with_rest(steps, losses)
        except ConvergenceError as error:
            notes.append(f"The causes are not known: {error}.")
    drawn = max(one.run["draws"], other.run["draws"])
    if causes and draws is not None and drawn != draws:
        notes.append(
            f"The causes were run with {draws} draws, the recorded medians rest on {drawn}; what that makes is counted "
            f"as {REST}."
        )
    if not losses:
        notes.append("The runs have no branch in common; nothing was compared but what they started from.")
    return Comparison(
        first=first.name,
        second=second.name,
        differences=tuple(differences(one.run, other.run)),
        losses=losses,
        causes=causes,
        wholes=wholes,
        notes=tuple(notes),
    )


def pairs_of_branches(one: RunJson, other: RunJson) -> list[tuple[str, str, str]]:
    """Return label, first and second name of the branches to compare (as the causes pair them)."""
    names, others = list(one["branches"]), list(other["branches"])
    if len(names) == len(others) == 1 and names != others:
        return [(f"{names[0]} -> {others[0]}", names[0], others[0])]
    return [(name, name, name) for name in names if name in others]


def loss_changes(one: Recorded, other: Recorded) -> Iterator[LossChange]:
    """Yield every party's loss in both runs, largest change first within a branch."""
    for label, mine, theirs in pairs_of_branches(one.run, other.run):
        before = {party: loss for (branch, party), loss in one.losses.items() if branch == mine}
        after = {party: loss for (branch, party), loss in other.losses.items() if branch == theirs}
        rows = [
            LossChange(branch=label, party=p, first_usd=loss, second_usd=after[p], change_usd=after[p] - loss)
            for p, loss in before.items()
            if p in after
        ]
        yield from sorted(rows, key=lambda row: -abs(row.change_usd))


def with_rest(causes: Iterable[Cause], losses: Iterable[LossChange]) -> tuple[Cause, ...]:
    """Add what the causes leave of every recorded change, so that the rows of a party add up to it."""
    listed = list(causes)
    explained: dict[tuple[str, str], float] = {}
    for each in listed:
        key = (each.branch, each.party)
        explained[key] = explained.get(key, 0.0) + each.change_usd
    rest = (
        Cause(
            branch=row.branch,
            cause=REST,
            party=row.party,
            change_usd=row.change_usd - explained.get((row.branch, row.party), 0.0),
        )
        for row in losses
    )
    return (*listed, *rest)


def differences(one: RunJson, other: RunJson) -> Iterator[Difference]:
    """Yield what two runs started from differently, group by group."""
    inputs = list(_unequal(_inputs(one), _inputs(other)))
    yield from (Difference(group=PARAMETERS, item=n, first=a, second=b) for n, a, b in inputs if is_parameter(n))
    facts: tuple[tuple[str, Callable[[RunJson], dict[str, str]]], ...] = (
        (PARAMETERS, _branch_parameters),
        (MEASURES, _acts),
        (HORIZON, _horizon),
        (VERSION, _versions),
    )
    for group, fact in facts:
        if group == HORIZON:
            yield from (
                Difference(group=FIGURES, item=n, first=a, second=b) for n, a, b in inputs if not is_parameter(n)
            )
        yield from (Difference(group=group, item=n, first=a, second=b) for n, a, b in _unequal(fact(one), fact(other)))


def is_parameter(name: str) -> bool:
    """Say whether a figure is one of behaviour, by the first word of its name."""
    return name.split(".", maxsplit=1)[0] in PARAMETER_WORDS


def _unequal(one: dict[str, str], other: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*one, *other]):
        first, second = one.get(name, NOTHING), other.get(name, NOTHING)
        if first != second:
            yield name, first, second


def _said(given: Input) -> str:
    numbers = f"{given['value']!r} {given['unit']}"
    return numbers if given["low"] == given["high"] else f"{numbers} ({given['low']!r} to {given['high']!r})"


def _inputs(run: RunJson) -> dict[str, str]:
    return {name: f"{_said(given)}, {given['source']}" for name, given in run["inputs"].items()}


def _branch_parameters(run: RunJson) -> dict[str, str]:
    return {
        f"{branch}: {name}": repr(float(value))
        for branch, entry in run["branches"].items()
        for name, value in entry["parameters"].items()
    }


def _acts(run: RunJson) -> dict[str, str]:
    said: dict[str, str] = {}
    for branch, entry in run["branches"].items():
        said[f"{branch}: known as of"] = entry["as_of"]
        for act in entry["measures"]:
            ends = f" to {act['ends']}" if act.get("ends") else ""
            said[f"{branch}: {act['id']}"] = f"{act['instrument']} from {act['effective']}{ends}"
    return said


def _horizon(run: RunJson) -> dict[str, str]:
    months = run["months"]
    return {
        "months": f"{len(months)}, {months[0]} to {months[-1]}" if months else "none",
        "draws": str(run["draws"]),
        "seed": str(run["seed"]),
    }


def _versions(run: RunJson) -> dict[str, str]:
    return {"chokepoint": run["version"], **run["versions"], "world": str(run["world"]["name"])}
