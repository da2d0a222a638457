"""Memoised steps: a result is looked up by the digest of the step's arguments.

A step is a module-level function of digestible arguments and a reader of bytes by digest; its
name, the digest of our code (which stamps the store) and all its arguments are its key. What is
not found runs, in worker processes when there is much of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from wenzhai.codec import from_json
from wenzhai.execution import Call, Delivery, Step, Work, key_of, run_calls
from wenzhai.model import Digest
from wenzhai.problems import Problem
from wenzhai.store import Store, Trace, read_source
from wenzhai.workers import can_fork

FEW = 64
"""So many calls or fewer are looked up one by one: reading all results of a step takes longer."""
ALONE = 48
"""So many calls or fewer usually take less time than starting workers does."""

Progress = Callable[[str, int, int], None]
"""Told a step's name, how many of its calls are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one call; ``content`` is the digest of its bytes, or empty.

    ``laid`` is the file where an outbox has them ready, if it was made now and there was one.
    """

    key: Digest
    record: str
    content: str
    problems: tuple[Problem, ...]
    laid: str = ""


def silent(_step: str, _done: int, _count: int) -> None:
    """Report no progress."""


def unseen(_record: str) -> None:
    """Let a record pass."""


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
        delivery: Delivery | None = None,
        look: Callable[[str], object] = unseen,
    ) -> list[Result]:
        """Return the results of many calls of one step, in order.

        Up to ``alone`` calls run in this process: starting workers would take longer. Where they
        cannot be forked, that takes much longer, and ``alone`` counts for nothing.
        Without ``records`` those of results found in the store stay empty: reading them for
        thousands of pages costs time, and only ``explain`` looks at them. A ``delivery`` says
        where the bytes of results that are made now are to lie besides the store. ``look`` gets
        each record that is made now, while workers make the next ones.

        Raises:
            TypeError: if the step is not a module-level function (what a closure captures would
                escape the key), or an argument cannot be digested.
        """
        _refuse_closures(step)
        found = self._traces(name, calls, records=records)
        if not found and len(calls) >= ALONE:
            # The workers make the keys too.
            results = self._run(name, step, calls, alone, delivery, look)
            missing = len(calls)
        else:
            keys = [*map(key_of, calls)]
            wanted = {key: row for row, key in enumerate(keys) if key not in found}
            chosen = delivery.only(wanted.values()) if delivery else None
            lacking = [calls[row] for row in wanted.values()]
            made = self._run(name, step, lacking, alone, chosen, look)
            fresh = {result.key: result for result in made}
            results = [fresh.get(key) or _result(found[key]) for key in keys]
            missing = len(wanted)
        self.ran[name] = self.ran.get(name, 0) + missing
        self.used.setdefault(name, []).extend(result.key for result in results)
        return results

    def _traces(self, name: str, calls: Sequence[Call], *, records: bool) -> dict[str, Trace]:
        if name not in self._found and len(calls) <= FEW:
            return self._store.find(name, [*map(key_of, calls)])
        if name not in self._found:
            self._found[name] = self._store.traces(name, records=records)
        return self._found[name]

    def _run(
        self,
        name: str,
        step: Step,
        calls: Sequence[Call],
        alone: int,
        delivery: Delivery | None,
        look: Callable[[str], object],
    ) -> list[Result]:
        """Compute calls, keep what they make, and return their results in order."""
        if not calls:
            return []
        folder, number = self._store.folder, self._number
        work = Work(name, step, tuple(calls), folder, self._sources, number, delivery)
        is_many = len(calls) > (alone if can_fork() else max(alone, ALONE))
        jobs = min(self._jobs, len(calls)) if is_many else 1
        results: dict[int, Result] = {}
        for batch in run_calls(
            work, jobs, partial(self._progress, name)
        ):  # while the next ones run
            kept = [one.trace for one in batch if not one.failed]
            pieces = [one.piece for one in batch if one.piece]
            self._store.add(name, kept, pieces, number)
            self._found.get(name, {}).update((trace.key, trace) for trace in kept)
            results.update((one.position, _result(one.trace, one.laid)) for one in batch)
            for one in batch:
                look(one.trace.record)
        return [results[index] for index in range(len(calls))]


def _result(trace: Trace, laid: str = "") -> Result:
    problems = from_json(tuple[Problem, ...], trace.problems) if trace.problems else ()
    return Result(trace.key, trace.record, trace.blob, problems, laid)


def _refuse_closures(step: Step) -> None:
    if getattr(step, "__closure__", None) or "<" in step.__qualname__ or hasattr(step, "__self__"):
        msg = f"{step.__qualname__} is not a module-level function"
        raise TypeError(msg)
