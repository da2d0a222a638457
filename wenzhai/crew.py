"""Work through many items in processes of which one may crash or hang without the others noticing.

An executor of the standard library gives up all that is waiting when one of its processes dies, and
cannot stop one that hangs. Here each process has one item at a time: if it dies or takes too
long, that item fails, and another process takes its place.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from wenzhai.deadline import OverdueError, deadline
from wenzhai.workers import start_context

GRACE = 2.0
"""Seconds that a process gets to notice by itself that its time is up."""
AHEAD = 16
"""Items a process may be ahead of the one whose turn it is, so that memory stays bounded."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class Duty(Generic[_In, _Out]):
    """What is done with each item.

    ``work`` is a module-level function; ``failed`` makes the result of an item that took longer
    than ``seconds`` (reason "overdue"), whose process died ("crashed") or that raised something
    (its name); exceptions in ``passed`` are raised where results are awaited.
    """

    work: Callable[[_In], _Out]
    failed: Callable[[_In, str], _Out]
    seconds: float
    passed: tuple[type[Exception], ...] = ()


def work_through(duty: Duty[_In, _Out], items: Iterable[_In], jobs: int) -> Iterator[_Out]:
    """Yield the results in the order of the items, which are taken as they are needed.

    Args:
        duty: what to do with each.
        items: picklable values.
        jobs: how many processes work at a time; 0 does all in this one, which a crash would end.
    """
    if jobs < 1:
        for item in items:
            result: _Out | Exception = _done(duty, item)
            yield _raised(result)
        return
    crew = _Crew(duty, jobs)
    try:
        yield from crew.results(items)
    finally:
        crew.dismiss()


def _done(duty: Duty[_In, _Out], item: _In) -> _Out | Exception:
    """Do one item, whatever happens; an exception stands for one that is to be raised."""
    try:
        with deadline(duty.seconds):
            return duty.work(item)
    except OverdueError:
        return duty.failed(item, "overdue")
    except duty.passed as error:
        return error
    except Exception as error:  # noqa: BLE001  # whatever one item does, the others go on
        return duty.failed(item, type(error).__name__)


def _raised(result: _Out | Exception) -> _Out:
    if isinstance(result, Exception):
        raise result
    return result


@dataclass(slots=True)
class _Worker:
    """A process, our end of its pipe, and what it has at hand: position, item, when it is due."""

    process: BaseProcess
    pipe: Connection
    position: int = -1
    item: Any = None
    due: float = 0.0


class _Crew(Generic[_In, _Out]):
    """The processes at work, and results that came before their turn."""

    def __init__(self, duty: Duty[_In, _Out], jobs: int) -> None:
        self._duty = duty
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._early: dict[int, _Out | Exception] = {}

    def results(self, items: Iterable[_In]) -> Iterator[_Out]:
        """Hand out items and yield results in order."""
        waiting = enumerate(items)
        turn = 0
        while self._hand_out(waiting, turn) or self._early:
            while turn in self._early:
                yield _raised(self._early.pop(turn))
                turn += 1
            self._collect()

    def dismiss(self) -> None:
        """End all processes."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def _hand_out(self, waiting: Iterator[tuple[int, _In]], turn: int) -> bool:
        """Give items to those who have none; tell whether any is at work."""
        idle = [worker for worker in self._workers if worker.position < 0]
        while (idle or len(self._workers) < self._jobs) and self._room(turn):
            position, item = next(waiting, (-1, None))
            if position < 0:
                break
            worker = idle.pop() if idle else self._hire()
            worker.position, worker.item = position, item
            worker.due = time.monotonic() + self._duty.seconds + GRACE
            with suppress(OSError):  # one that died meanwhile is found out when results are awaited
                worker.pipe.send(item)
        return any(worker.position >= 0 for worker in self._workers)

    def _room(self, turn: int) -> bool:
        done = [*self._early, *(one.position for one in self._workers)]
        return max(done, default=turn) < turn + AHEAD * self._jobs

    def _collect(self) -> None:
        """Wait for results, deaths, and times that are up."""
        busy = {worker.pipe: worker for worker in self._workers if worker.position >= 0}
        if not busy:
            return
        left = min(worker.due for worker in busy.values()) - time.monotonic()
        for pipe in wait(list(busy), max(left, 0.0)):
            self._receive(busy.pop(pipe))  # type: ignore[call-overload]  # pipes are what we wait for
        for worker in busy.values():
            if worker.due <= time.monotonic():
                self._lose(worker, "overdue")

    def _receive(self, worker: _Worker) -> None:
        try:
            self._early[worker.position] = worker.pipe.recv()
            worker.position, worker.item = -1, None
        except (EOFError, OSError):
            self._lose(worker, "crashed")

    def _lose(self, worker: _Worker, reason: str) -> None:
        self._early[worker.position] = self._duty.failed(worker.item, reason)
        self._workers.remove(worker)
        _end(worker)

    def _hire(self) -> _Worker:
        context = start_context()
        ours, theirs = context.Pipe()
        others = [worker.pipe for worker in self._workers] + [ours]
        inherited = others if context.get_start_method() == "fork" else []
        arguments = (self._duty, theirs, inherited, os.getpid())
        process = context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]  # each has one
        process.start()
        theirs.close()  # so that its death shows as the end of the pipe
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.position >= 0:
        worker.process.kill()
    worker.process.join()


def _serve(
    duty: Duty[Any, Any], pipe: Connection, inherited: Sequence[Connection], parent: int
) -> None:
    """Do items until the pipe ends, as it does when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    with suppress(EOFError, OSError):
        while os.getppid() == parent:
            pipe.send(_done(duty, pipe.recv()))
