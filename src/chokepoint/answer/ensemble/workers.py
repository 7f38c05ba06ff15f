"""Partitions computed by processes of this computer; one that is lost costs the partition it was at."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, cast

from chokepoint.answer.ensemble.partitions import partition_bytes
from chokepoint.errors import ChokepointError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from chokepoint.answer.ensemble.question import Question

MOST_ATTEMPTS = 3
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(slots=True)
class Worker:
    """A process and what it is at.

    Args:
        process, line: the process, and the line to it; number: of its partition, None when idle.
    """

    process: BaseProcess
    line: Connection
    number: int | None = None

    def ask(self, number: int) -> None:
        """Send the number of a partition; a process that is gone is noticed when its answer is awaited."""
        self.number = number
        try:
            self.line.send(number)
        except (BrokenPipeError, ConnectionResetError):
            return

    def answer(self) -> bytes | None:
        """Return what the process has sent, None if it is gone."""
        try:
            return self.line.recv_bytes()
        except (EOFError, ConnectionResetError):
            return None


def compute_here(
    question: Question, numbers: Sequence[int], processes: int, say: Callable[[str], None]
) -> Iterator[tuple[int, bytes]]:
    """Yield partitions as they are finished by processes of this computer, each with one thread.

    A process that dies (killed, out of memory) is replaced and its partition is begun again; the others go on.

    Args:
        question: what is asked; numbers: of the partitions wanted.
        processes: how many at once; say: told of every process lost.

    Raises:
        ChokepointError: a partition lost its process three times.
    """
    waiting = list(reversed(numbers))
    attempts = dict.fromkeys(numbers, 0)
    workers = [_start(question) for _ in range(min(processes, len(waiting)))]
    try:
        for worker in workers:
            worker.ask(waiting.pop())
        while workers:
            for line in cast("list[Connection]", wait([each.line for each in workers])):
                worker = next(each for each in workers if each.line is line)
                number, content = cast("int", worker.number), worker.answer()
                if content is None:
                    attempts[number] += 1
                    _give_up_if(number, attempts[number])
                    say(f"a process was lost; partition {number} is begun again")
                    waiting.append(number)
                    workers.remove(worker)
                    _stop(worker)
                    worker = _start(question)
                    workers.append(worker)
                if waiting:
                    worker.ask(waiting.pop())
                else:
                    workers.remove(worker)
                    _stop(worker)
                if content is not None:
                    yield number, content
    finally:
        for worker in workers:
            _stop(worker)


def _give_up_if(number: int, attempts: int) -> None:
    if attempts == MOST_ATTEMPTS:
        message = (
            f"partition {number} lost its process {attempts} times (killed, or out of memory?); what is finished is "
            "kept, and the same command goes on from there, with --processes 1 if memory is short"
        )
        raise ChokepointError(message)


def _start(question: Question) -> Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, question), daemon=True)
    with _one_thread_each():
        process.start()
    # Only the process holds its end now, so that its death is the end of the line.
    there.close()
    return Worker(process, here)


def _stop(worker: Worker) -> None:
    worker.line.close()
    worker.process.terminate()
    worker.process.join()


def _work(line: Connection, question: Question) -> None:
    # Ctrl-C reaches the whole group of processes; whoever asked decides what becomes of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            line.send_bytes(partition_bytes(question, line.recv()))
    except (EOFError, ConnectionResetError, BrokenPipeError):
        return  # whoever asked is gone


@contextmanager
def _one_thread_each() -> Generator[None]:
    """Let processes started meanwhile use one thread each in the libraries they load."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
