"""Memoised steps: a result is looked up by the digest of the step's arguments.

A step is a module-level function of digestible arguments and a reader of bytes by digest; its
name, the digest of our code (which stamps the store) and all its arguments are its key. What is
not found runs, in worker processes when there is much of it.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenzhai.codec import from_json, to_json
from wenzhai.digest import digest
from wenzhai.model import Digest
from wenzhai.problems import Problem
from wenzhai.store import BlobReader, PackWriter, Piece, Store, Trace

ALONE = 48
"""Fewer calls than this run in this process: starting workers would take longer."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a step makes: a record (JSON, may be empty), bytes (may be empty), problems."""

    record: str = ""
    content: bytes = b""
    problems: tuple[Problem, ...] = ()


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
        sources: Mapping[Digest, Path],
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
    def number(self) -> int:
        """Return the running number of this build."""
        return self._number

    def read(self, content: Digest) -> bytes:
        """Return the bytes of a source or of a result by their digest."""
        origin = self._sources.get(content)
        return origin.read_bytes() if origin else self._store.read(content)

    def call(self, name: str, step: Step, *arguments: object) -> Result:
        """Return the result of one call."""
        return self.map(name, step, [arguments])[0]

    def map(
        self, name: str, step: Step, calls: Sequence[Call], *, records: bool = True
    ) -> list[Result]:
        """Return the results of many calls of one step, in order.

        Without ``records`` those of results found in the store stay empty: reading them for
        thousands of pages costs time, and only ``explain`` looks at them.

        Raises:
            TypeError: if the step is not a module-level function (what a closure captures would
                escape the key), or an argument cannot be digested.
        """
        _refuse_closures(step)
        keys = [digest(*arguments) for arguments in calls]
        found = self._traces(name, records=records)
        missing = {key: call for key, call in zip(keys, calls, strict=True) if key not in found}
        fresh = self._run(name, step, missing) if missing else {}
        self.ran[name] = self.ran.get(name, 0) + len(missing)
        self.used.setdefault(name, []).extend(keys)
        return [fresh[key] if key in fresh else _result(found[key]) for key in keys]

    def _traces(self, name: str, *, records: bool) -> dict[str, Trace]:
        if name not in self._found:
            self._found[name] = self._store.traces(name, records=records)
        return self._found[name]

    def _run(self, name: str, step: Step, missing: Mapping[Digest, Call]) -> dict[Digest, Result]:
        work = _Work(self._store.folder, self._sources, step, tuple(missing.values()))
        keys = tuple(missing)
        jobs = min(self._jobs, len(keys) // (ALONE // 2))
        outcome: dict[Digest, Result] = {}
        batches = self._run_many(name, work, jobs) if jobs > 1 else self._run_alone(name, work)
        for batch in batches:
            traces = [one.trace(keys[one.index]) for one in batch]
            kept = [t for t, one in zip(traces, batch, strict=True) if not one.failed]
            pieces = [one.piece for one in batch if one.piece]
            self._store.add(name, kept, pieces, self._number)
            self._found[name].update((trace.key, trace) for trace in kept)
            outcome.update((trace.key, _result(trace)) for trace in traces)
        return outcome

    def _run_alone(self, name: str, work: _Work) -> list[_Batch]:
        worker = _Worker(work, f"{self._number:08d}.pack")
        try:
            done = []
            for index in range(len(work.calls)):
                done.append(worker.run(index))
                self._progress(name, index + 1, len(work.calls))
        finally:
            worker.close()
        return [done]

    def _run_many(self, name: str, work: _Work, jobs: int) -> list[_Batch]:
        count = len(work.calls)
        size = max(8, min(128, count // (jobs * 8)))
        gc.freeze()  # keeps the collector's marks, and so the copied pages, out of the children
        batches, done = [], 0
        with ProcessPoolExecutor(
            jobs, _context(), initializer=_start_worker, initargs=(work, self._number)
        ) as pool:
            waiting = [
                pool.submit(_run_batch, range(start, min(start + size, count)))
                for start in range(0, count, size)
            ]
            for future in as_completed(waiting):
                batches.append(future.result())
                done += len(batches[-1])
                self._progress(name, done, count)
        gc.unfreeze()
        return batches


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a worker hands back of one call: no bytes, only where they lie."""

    index: int
    record: str
    piece: Piece | None
    problems: str
    failed: bool

    def trace(self, key: Digest) -> Trace:
        return Trace(key, self.record, self.piece.digest if self.piece else "", self.problems)


_Batch = list[_Outcome]


@dataclass(frozen=True, slots=True)
class _Work:
    """What worker processes need; under fork they inherit it without copying."""

    folder: Path
    sources: Mapping[Digest, Path]
    step: Step
    calls: tuple[Call, ...]


class _Worker:
    """Run calls one by one, appending their bytes to a pack of its own."""

    def __init__(self, work: _Work, pack: str) -> None:
        self._work = work
        self._reader = BlobReader(work.folder)
        self._pack = PackWriter(work.folder, pack)

    def read(self, content: Digest) -> bytes:
        origin = self._work.sources.get(content)
        return origin.read_bytes() if origin else self._reader.read(content)

    def run(self, index: int) -> _Outcome:
        made = self._work.step(self.read, *self._work.calls[index])
        piece = self._pack.append(made.content) if made.content else None
        problems = to_json(made.problems) if made.problems else ""
        failed = any(item.severity == "error" for item in made.problems)
        return _Outcome(index, made.record, piece, problems, failed)

    def flush(self) -> None:
        self._pack.flush()

    def close(self) -> None:
        self._pack.close()
        self._reader.close()


_worker: _Worker | None = None
"""The worker of a child process, made once when it starts; never set in the parent."""


def _start_worker(work: _Work, number: int) -> None:
    global _worker  # noqa: PLW0603  # a pool's initializer can hand on its work in no other way
    gc.disable()
    name = f"{number:08d}-{multiprocessing.current_process().pid}.pack"
    _worker = _Worker(work, name)


def _run_batch(indexes: range) -> _Batch:
    if _worker is None:
        msg = "a batch ran outside of a worker process"
        raise RuntimeError(msg)
    batch = [_worker.run(index) for index in indexes]
    _worker.flush()
    return batch


def _context() -> multiprocessing.context.BaseContext:
    """Choose fork where it is safe: it shares the parent's values without copying them."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


def _result(trace: Trace) -> Result:
    problems = from_json(tuple[Problem, ...], trace.problems) if trace.problems else ()
    return Result(trace.key, trace.record, trace.blob, problems)


def _refuse_closures(step: Step) -> None:
    if getattr(step, "__closure__", None) or "<" in step.__qualname__ or hasattr(step, "__self__"):
        msg = f"{step.__qualname__} is not a module-level function"
        raise TypeError(msg)
