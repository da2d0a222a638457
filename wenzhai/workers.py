"""Worker processes: how they start, and the pool that writes outputs in parallel."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path

from wenzhai.model import Digest, OutPath
from wenzhai.packs import BlobReader
from wenzhai.store import connect, read_source

WORTH = 1024
"""Fewer files than this are written faster by one process."""


def start_context() -> BaseContext:
    """Choose fork where it is safe: it shares the parent's values without copying them.

    Forking a process with threads can deadlock the child (Python 3.12 warns of it).
    """
    forks = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the bytes of outputs lie: in the store's folder or in a source, by digest."""

    folder: Path
    sources: Mapping[Digest, Path]
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
    with ProcessPoolExecutor(
        jobs, start_context(), initializer=_open_shelf, initargs=(shelf,)
    ) as pool:
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
