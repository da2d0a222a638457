"""Memoised steps: a result is looked up by the digest of the step's arguments.

A step is a module-level function of digestible arguments and a reader of bytes by digest; its
name, the digest of our code (which stamps the store) and all its arguments are its key. What is
not found runs, in worker processes when there is much of it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from wenzhai.codec import from_json, to_json
from wenzhai.deadline import OverdueError, deadline
from wenzhai.digest import digest
from wenzhai.model import Digest
from wenzhai.packs import BlobReader, PackWriter, Piece
from wenzhai.problems import Problem, Span, problem
from wenzhai.store import Store, Trace, connect, read_source
from wenzhai.workers import can_fork, start_pool

FEW = 64
"""So many calls or fewer are looked up one by one: reading all results of a step takes longer."""
ALONE = 48
"""So many calls or fewer usually take less time than starting workers does."""
LARGEST_BATCH = 96
"""Calls that a worker process takes at a time, at most: what one does alone at the end is short."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a step makes: a record (JSON, may be empty), bytes (may be empty), problems."""

    record: str = ""
    content: bytes = b""
    problems: tuple[Problem, ...] = ()


LIMITS = {"parse": 10}
"""Seconds that one call of a step may take; its first argument is then the path to name."""

Read = Callable[[Digest], bytes]
Step = Callable[..., Made]
Call = tuple[Any, ...]
Progress = Callable[[str, int, int], None]
"""Told a step's name, how many of its calls are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one call; ``content`` is the digest of its bytes, or empty."""

    key: Digest
    record: str
    content: str
    problems: tuple[Problem, ...]


def silent(_step: str, _done: int, _count: int) -> None:
    """Report no progress."""


class Memo:
    """The memoised steps of one build over a store.

    ``ran`` tells how many calls of each step were computed rather than found, ``used`` the keys
    that each step asked for.
    """

    def __init__(
        self,
        store: Store,
        sources: Mapping[Digest, str],
        jobs: int = 1,
        progress: Progress = silent,
    ) -> None:
        """Start a build: ``sources`` tells where the bytes of source digests lie."""
        self._store = store
        self._sources = sources
        self._jobs = jobs
        self._progress = progress
        self._number = int(store.fact("build") or 0) + 1
        self._found: dict[str, dict[str, Trace]] = {}
        self.ran: dict[str, int] = {}
        self.used: dict[str, list[Digest]] = {}
        store.set_facts({"build": str(self._number)})

    @property
    def sources(self) -> Mapping[Digest, str]:
        """Return where the bytes of source digests lie."""
        return self._sources

    @property
    def number(self) -> int:
        """Return the running number of this build."""
        return self._number

    def read(self, content: Digest) -> bytes:
        """Return the bytes of a source or of a result by their digest."""
        origin = self._sources.get(content)
        return read_source(origin, content) if origin else self._store.read(content)

    def call(self, name: str, step: Step, *arguments: object) -> Result:
        """Return the result of one call."""
        return self.map(name, step, [arguments])[0]

    def map(
        self,
        name: str,
        step: Step,
        calls: Sequence[Call],
        *,
        records: bool = True,
        alone: int = ALONE,
    ) -> list[Result]:
        """Return the results of many calls of one step, in order.

        Up to ``alone`` calls run in this process: starting workers would take longer. Where they
        cannot be forked, that takes much longer, and ``alone`` counts for nothing.
        Without ``records`` those of results found in the store stay empty: reading them for
        thousands of pages costs time, and only ``explain`` looks at them.

        Raises:
            TypeError: if the step is not a module-level function (what a closure captures would
                escape the key), or an argument cannot be digested.
        """
        _refuse_closures(step)
        found = self._traces(name, calls, records=records)
        if not found and len(calls) >= ALONE:
            # The workers make the keys too.
            results = self._run(name, step, calls, alone)
            missing = len(calls)
        else:
            keys = [digest(*arguments) for arguments in calls]
            wanted = {k: call for k, call in zip(keys, calls, strict=True) if k not in found}
            made = self._run(name, step, [*wanted.values()], alone)
            fresh = {result.key: result for result in made}
            results = [fresh.get(key) or _result(found[key]) for key in keys]
            missing = len(wanted)
        self.ran[name] = self.ran.get(name, 0) + missing
        self.used.setdefault(name, []).extend(result.key for result in results)
        return results

    def _traces(self, name: str, calls: Sequence[Call], *, records: bool) -> dict[str, Trace]:
        if name not in self._found and len(calls) <= FEW:
            return self._store.find(name, [digest(*arguments) for arguments in calls])
        if name not in self._found:
            self._found[name] = self._store.traces(name, records=records)
        return self._found[name]

    def _run(self, name: str, step: Step, calls: Sequence[Call], alone: int) -> list[Result]:
        """Compute calls, keep what they make, and return their results in order."""
        if not calls:
            return []
        work = _Work(self._store.folder, self._sources, step, tuple(calls), LIMITS.get(name, 0))
        is_many = len(calls) > (alone if can_fork() else max(alone, ALONE))
        jobs = min(self._jobs, len(calls)) if is_many else 1
        batches = self._run_many(name, work, jobs) if jobs > 1 else self._run_alone(name, work)
        results: dict[int, Result] = {}
        for batch in batches:  # while the next ones run
            kept = [one.trace for one in batch if not one.failed]
            pieces = [one.piece for one in batch if one.piece]
            self._store.add(name, kept, pieces, self._number)
            self._found.get(name, {}).update((trace.key, trace) for trace in kept)
            results.update((one.position, _result(one.trace)) for one in batch)
        return [results[index] for index in range(len(calls))]

    def _run_alone(self, name: str, work: _Work) -> Iterator[_Batch]:
        worker = _Worker(work, f"{self._number:08d}.pack")
        try:
            done = []
            for index in range(len(work.calls)):
                done.append(worker.run(index))
                self._progress(name, index + 1, len(work.calls))
        finally:
            worker.close()
        yield done

    def _run_many(self, name: str, work: _Work, jobs: int) -> Iterator[_Batch]:
        from concurrent.futures import as_completed  # noqa: PLC0415  # only where there are processes

        count = len(work.calls)
        size = max(1, min(LARGEST_BATCH, count // (jobs * 8)))
        done = 0
        gc.freeze()  # keeps the collector's marks, and so the copied pages, out of the children
        try:
            with start_pool(jobs, _start_worker, work, self._number) as pool:
                waiting = [
                    pool.submit(_run_batch, range(start, min(start + size, count)))
                    for start in range(0, count, size)
                ]
                for future in as_completed(waiting):
                    batch = future.result()
                    done += len(batch)
                    self._progress(name, done, count)
                    yield batch
        finally:
            gc.unfreeze()


class _Outcome(NamedTuple):
    """What a worker hands back of one call: no bytes, only where they lie."""

    position: int
    trace: Trace
    piece: Piece | None
    failed: bool


_Batch = list[_Outcome]


@dataclass(frozen=True, slots=True)
class _Work:
    """What worker processes need; under fork they inherit it without copying."""

    folder: Path
    sources: Mapping[Digest, str]
    step: Step
    calls: tuple[Call, ...]
    seconds: int


class _Worker:
    """Run calls one by one, appending their bytes to a pack of its own."""

    def __init__(self, work: _Work, pack: str) -> None:
        self._work = work
        self._index = connect(work.folder)
        self._reader = BlobReader(work.folder, self._index)
        self._pack = PackWriter(work.folder, pack)

    def read(self, content: Digest) -> bytes:
        origin = self._work.sources.get(content)
        return read_source(origin, content) if origin else self._reader.read(content)

    def run(self, index: int) -> _Outcome:
        arguments = self._work.calls[index]
        made = self._make(arguments)
        piece = self._pack.append(made.content) if made.content else None
        problems = to_json(made.problems) if made.problems else ""
        failed = any(item.severity == "error" for item in made.problems)
        content = piece.digest if piece else ""
        trace = Trace(digest(*arguments), made.record, content, problems)
        return _Outcome(index, trace, piece, failed)

    def _make(self, arguments: Call) -> Made:
        try:
            with deadline(self._work.seconds):
                return self._work.step(self.read, *arguments)
        except OverdueError:
            span = Span(str(arguments[0]))
            return Made(problems=(problem("E203", span, seconds=self._work.seconds),))

    def flush(self) -> None:
        self._pack.flush()

    def close(self) -> None:
        self._pack.close()
        self._reader.close()
        self._index.close()


_worker: _Worker | None = None
"""The worker of a child process, made once when it starts; never set in the parent."""


def _start_worker(work: _Work, number: int) -> None:
    global _worker  # noqa: PLW0603  # a pool's initializer can hand on its work in no other way
    gc.disable()
    name = f"{number:08d}-{os.getpid()}.pack"
    _worker = _Worker(work, name)


def _run_batch(indexes: range) -> _Batch:
    if _worker is None:
        msg = "a batch ran outside of a worker process"
        raise RuntimeError(msg)
    batch = [_worker.run(index) for index in indexes]
    _worker.flush()
    return batch


def _result(trace: Trace) -> Result:
    problems = from_json(tuple[Problem, ...], trace.problems) if trace.problems else ()
    return Result(trace.key, trace.record, trace.blob, problems)


def _refuse_closures(step: Step) -> None:
    if getattr(step, "__closure__", None) or "<" in step.__qualname__ or hasattr(step, "__self__"):
        msg = f"{step.__qualname__} is not a module-level function"
        raise TypeError(msg)
