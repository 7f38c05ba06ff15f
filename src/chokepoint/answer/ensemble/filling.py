"""Fill the folder of an ensemble, partition by partition, and go on where an earlier run stopped."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.answer.ensemble.partitions import open_folder, parquet_bytes, partition_name, write_whole
from chokepoint.answer.ensemble.question import simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from chokepoint.answer.ensemble.question import Question

    Compute = Callable[[Sequence[int]], Iterator[tuple[int, bytes]]]

WARM_UP, TRIAL = 2, 32
MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What a run did to the folder of an ensemble.

    Args:
        computed: numbers of the partitions it computed; found: of those that were there.
        cases: cases computed; seconds: by the clock.
    """

    computed: tuple[int, ...]
    found: tuple[int, ...]
    cases: int
    seconds: float


def fill(folder: Path, question: Question, compute: Compute, say: Callable[[str], None]) -> Filled:
    """Compute the partitions a folder lacks and write each whole as it comes.

    Args:
        folder: of the ensemble, made if it is not there.
        question: what is asked; compute: who yields partitions by number; say: told how far it is.

    Raises:
        DataError: the folder holds something else.
    """
    missing = open_folder(folder, question)
    found = tuple(number for number in range(question.partitions) if number not in set(missing))
    if found:
        say(f"{len(found)} of {question.partitions} partitions are there; computing the other {len(missing)}")
    start, wanted, done = time.monotonic(), sum(len(question.cases_of(number)) for number in missing), 0
    computed: list[int] = []
    for number, content in compute(missing) if missing else ():
        write_whole(folder / partition_name(number), content)
        computed.append(number)
        done += len(question.cases_of(number))
        pace = done / max(time.monotonic() - start, 1e-9)
        left = duration((wanted - done) / pace)
        say(f"partition {number}: {done} of {wanted} cases, {pace:.1f} cases/s, {left} left")
    return Filled(computed=tuple(sorted(computed)), found=found, cases=done, seconds=time.monotonic() - start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """What an ensemble would take.

    Args:
        cases, partitions, rows: how many; trial: how many cases were simulated to know.
        seconds_per_case: of one process by the clock, what else the computer does included.
        processor_seconds_per_case: of it alone; bytes_per_case: on the disk.
        processes: how many would share the work.
    """

    cases: int
    partitions: int
    rows: int
    trial: int
    seconds_per_case: float
    processor_seconds_per_case: float
    bytes_per_case: float
    processes: int

    @property
    def seconds(self) -> float:
        """How long it would take by the clock if the processes do not get in each other's way."""
        return self.cases * self.seconds_per_case / min(self.processes, self.partitions)

    @property
    def bytes(self) -> float:
        """How much disk it would take."""
        return self.cases * self.bytes_per_case


def estimate(question: Question, processes: int) -> Estimate:
    """Estimate time and disk of an ensemble from some of its own cases, simulated here in one thread."""
    cases = question.scenario.draws + 1
    simulate(question, range(min(WARM_UP, cases)), threads=1)
    trial = range(min(TRIAL, cases))
    start, processor = time.perf_counter(), time.process_time()
    content = parquet_bytes(question, simulate(question, trial, threads=1))
    return Estimate(
        cases=cases,
        partitions=question.partitions,
        rows=cases * question.rows,
        trial=len(trial),
        seconds_per_case=(time.perf_counter() - start) / len(trial),
        processor_seconds_per_case=(time.process_time() - processor) / len(trial),
        bytes_per_case=len(content) / len(trial),
        processes=processes,
    )


def duration(seconds: float) -> str:
    """Return a time in the unit a person would use.

    Example:
        >>> duration(42.4), duration(90.0), duration(9000.0)
        ('42 s', '1.5 min', '2.5 h')
    """
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / MINUTE:.1f} min" if seconds < HOUR else f"{seconds / HOUR:.1f} h"
