"""Worker processes: how they start, and the pool that writes outputs in parallel."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from wenzhai.model import Digest, OutPath
from wenzhai.packs import BlobReader
from wenzhai.store import connect, read_source

if TYPE_CHECKING:  # loaded only where processes are started: that takes 20 ms
    from concurrent.futures import Executor, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

WORTH = 1024
"""Fewer files than this are read or written faster by one process."""

AT_ONCE = 256
"""Files that a process reads before it is given more."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def can_fork() -> bool:
    """Tell whether a child may be a copy of this process, which starts at once.

    Forking a process with threads can deadlock the child (Python 3.12 warns of it).
    """
    return sys.platform == "linux" and threading.active_count() == 1


def start_context() -> BaseContext:
    """Choose fork where it is safe: it shares the parent's values without copying them."""
    from multiprocessing import get_context  # noqa: PLC0415  # see above

    return get_context("fork" if can_fork() else "spawn")


def start_pool(
    jobs: int,
    prepare: Callable[..., object] = tuple,
    *arguments: Any,  # noqa: ANN401  # what prepare takes
) -> ProcessPoolExecutor:
    """Start worker processes, each of which calls ``prepare`` first."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # see above

    return ProcessPoolExecutor(jobs, start_context(), initializer=prepare, initargs=arguments)


def map_files(
    work: Callable[[_In], _Out],
    items: Sequence[_In],
    jobs: int,
    meanwhile: Callable[[], object] = tuple,
) -> Iterable[_Out]:
    """Do a small piece of work for each item in order, in processes where that is faster.

    Args:
        work: a module-level function.
        items: picklable values.
        jobs: how many processes there may be.
        meanwhile: what this process does while the others work.
    """
    if not is_worth(len(items), jobs):
        meanwhile()
        return map(work, items)
    with start_pool(jobs) as pool:
        results = pool.map(work, items, chunksize=AT_ONCE)
        meanwhile()
        return list(results)


def is_worth(count: int, jobs: int) -> bool:
    """Tell whether several processes read so many files faster than one."""
    return jobs > 1 and count >= WORTH and can_fork()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the bytes of outputs lie: in the store's folder or in a source, by digest."""

    folder: Path
    sources: Mapping[Digest, str]
    contents: Mapping[OutPath, Digest]


@contextmanager
def writing_pool(shelf: Shelf, jobs: int, count: int) -> Iterator[Executor | None]:
    """Give a pool whose processes can :func:`read_output`, or None where one is not worth it.

    Args:
        shelf: what they read from.
        jobs: how many processes there may be.
        count: how many files are to be written.
    """
    if jobs < 2 or count < WORTH:  # noqa: PLR2004  # one process is none
        yield None
        return
    with start_pool(jobs, _open_shelf, shelf) as pool:
        yield pool


def read_output(path: OutPath) -> bytes:
    """Return the bytes of an output, in a process of a writing pool."""
    if _reader is None:
        msg = "outputs are read in worker processes only"
        raise RuntimeError(msg)
    return _reader.read(path)


class _ShelfReader:
    """A shelf with its store opened."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._blobs = BlobReader(shelf.folder, connect(shelf.folder))

    def read(self, path: OutPath) -> bytes:
        content = self._shelf.contents[path]
        origin = self._shelf.sources.get(content)
        return read_source(origin, content) if origin else self._blobs.read(content)


_reader: _ShelfReader | None = None
"""The reader of a child process, made once when it starts; never set in the parent."""


def _open_shelf(shelf: Shelf) -> None:
    global _reader  # noqa: PLW0603  # a pool's initializer can hand on its work in no other way
    _reader = _ShelfReader(shelf)
