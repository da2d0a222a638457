"""The execution of steps: calls run in this process or in many, and their bytes are kept.

Owns how work is cut into batches and what workers hand back: no bytes, only where they lie.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wenzhai.codec import to_json
from wenzhai.deadline import OverdueError, deadline, expect_deadlines
from wenzhai.digest import digest
from wenzhai.model import Digest
from wenzhai.packs import BlobReader, PackWriter, Piece
from wenzhai.problems import Problem, Span, problem
from wenzhai.store import Trace, connect, read_source
from wenzhai.workers import start_pool

LARGEST_BATCH = 64
"""Calls that a worker process takes at a time, at most: what one does alone at the end is short."""
BATCHES = 24
"""Batches a worker process takes at least, so that slow calls end alike too."""
LIMITS = {"parse": 10}
"""Seconds that one call of a step may take; its first argument is then the path to name."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a step makes: a record (JSON, may be empty), bytes (may be empty), problems."""

    record: str = ""
    content: bytes = b""
    problems: tuple[Problem, ...] = ()


Read = Callable[[Digest], bytes]
Step = Callable[..., Made]
Call = tuple[Any, ...]
Told = Callable[[int, int], None]
"""Told how many calls are done, and how many there are."""


class Outbox(Protocol):
    """Takes what was made to where it will be needed, besides the cache; picklable."""

    def put(self, room: str, name: str, content: bytes, digest: Digest) -> str:
        """Return the file in which bytes made for ``name`` lie now; empty: nobody needs them.

        No two processes have the same ``room``.
        """


class Delivery(NamedTuple):
    """An outbox, and the names under which the results of calls go there, in their order."""

    outbox: Outbox
    names: Sequence[str]

    def only(self, rows: Iterable[int]) -> Delivery:
        """Return that of the calls in these rows alone."""
        return Delivery(self.outbox, [self.names[row] for row in rows])


class Outcome(NamedTuple):
    """What became of one call: its result, where its bytes lie, and the file ``laid`` ready."""

    position: int
    trace: Trace
    piece: Piece | None
    failed: bool
    laid: str


Batch = list[Outcome]


@dataclass(frozen=True, slots=True)
class Work:
    """Calls of one step and what running them needs; under fork, workers inherit it uncopied.

    ``sources`` tells where the bytes of source digests lie, ``build`` is the number of the build.
    """

    name: str
    step: Step
    calls: tuple[Call, ...]
    folder: Path
    sources: Mapping[Digest, str]
    build: int
    delivery: Delivery | None = None


def key_of(call: Call) -> Digest:
    """Return the key under which the result of a call is kept."""
    return digest(*call)


def run_calls(work: Work, jobs: int, told: Told) -> Iterator[Batch]:
    """Run all calls in so many processes; the batches come in any order, each when it is done."""
    return _run_many(work, jobs, told) if jobs > 1 else _run_alone(work, told)


def _run_alone(work: Work, told: Told) -> Iterator[Batch]:
    worker = _Worker(work, f"{work.build:08d}")
    done = []
    try:
        for index in range(len(work.calls)):
            done.append(worker.run(index))
            told(index + 1, len(work.calls))
    finally:
        worker.close()
    yield done


def _run_many(work: Work, jobs: int, told: Told) -> Iterator[Batch]:
    from concurrent.futures import as_completed  # noqa: PLC0415  # only where there are processes

    count = len(work.calls)
    size = max(1, min(LARGEST_BATCH, count // (jobs * BATCHES)))
    done = 0
    gc.freeze()  # keeps the collector's marks, and so the copied pages, out of the children
    try:
        with start_pool(jobs, _start_worker, work) as pool:
            waiting = [
                pool.submit(_run_batch, range(start, min(start + size, count)))
                for start in range(0, count, size)
            ]
            for future in as_completed(waiting):
                batch = future.result()
                done += len(batch)
                told(done, count)
                yield batch
    finally:
        gc.unfreeze()


class _Worker:
    """Run calls one by one, appending their bytes to a pack of its own."""

    def __init__(self, work: Work, name: str) -> None:
        self._work = work
        self._name = name
        self._seconds = LIMITS.get(work.name, 0)
        self._index = connect(work.folder)
        self._reader = BlobReader(work.folder, self._index)
        self._pack = PackWriter(work.folder, f"{name}.pack")

    def read(self, content: Digest) -> bytes:
        origin = self._work.sources.get(content)
        return read_source(origin, content) if origin else self._reader.read(content)

    def run(self, index: int) -> Outcome:
        arguments = self._work.calls[index]
        made = self._make(arguments)
        failed = any(item.severity == "error" for item in made.problems)
        piece = self._pack.append(made.content) if made.content else None
        laid = self._lay(index, made.content, piece.digest) if piece and not failed else ""
        problems = to_json(made.problems) if made.problems else ""
        trace = Trace(key_of(arguments), made.record, piece.digest if piece else "", problems)
        return Outcome(index, trace, piece, failed, laid)

    def _make(self, arguments: Call) -> Made:
        try:
            with deadline(self._seconds):
                return self._work.step(self.read, *arguments)
        except OverdueError:
            span = Span(str(arguments[0]))
            return Made(problems=(problem("E203", span, seconds=self._seconds),))

    def _lay(self, index: int, content: bytes, digest: Digest) -> str:
        if not self._work.delivery:
            return ""
        outbox, names = self._work.delivery
        return outbox.put(self._name, names[index], content, digest)

    def flush(self) -> None:
        self._pack.flush()

    def close(self) -> None:
        self._pack.close()
        self._reader.close()
        self._index.close()


_worker: _Worker | None = None
"""The worker of a child process, made once when it starts; never set in the parent."""


def _start_worker(work: Work) -> None:
    global _worker  # noqa: PLW0603  # a pool's initializer can hand on its work in no other way
    gc.disable()
    expect_deadlines()
    _worker = _Worker(work, f"{work.build:08d}-{os.getpid()}")


def _run_batch(indexes: range) -> Batch:
    if _worker is None:
        msg = "a batch ran outside of a worker process"
        raise RuntimeError(msg)
    batch = [_worker.run(index) for index in indexes]
    _worker.flush()
    return batch
