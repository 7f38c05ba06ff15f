"""Partitions computed by a Dask cluster that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chokepoint.answer.ensemble.partitions import partition_for
from chokepoint.answer.record import version
from chokepoint.errors import ChokepointError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chokepoint.answer.ensemble.question import Question

SECONDS_TO_CONNECT = 30


def compute_on_cluster(question: Question, numbers: Sequence[int], address: str) -> Iterator[tuple[int, bytes]]:
    """Yield partitions as they are finished by the workers of a Dask cluster; it begins those of a lost one again.

    The world and the scenario travel to the workers, and what they send back is written here: no shared disk is needed.

    Args:
        question: what is asked; numbers: of the partitions wanted; address: of the scheduler, ``tcp://host:8786``.

    Raises:
        ChokepointError: Dask is not installed, or nobody answers at the address.
    """
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = "--cluster needs Dask: pip install 'chokepoint[cluster]'"
        raise ChokepointError(message) from error
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {address}: {error}"
        raise ChokepointError(message) from error
    with client:
        asked = client.scatter(question, broadcast=True, hash=False)
        jobs = {client.submit(partition_for, asked, number, version(), pure=False): number for number in numbers}
        for job in dask.as_completed(list(jobs), loop=client.loop):
            yield jobs[job], job.result()
            job.release()
