"""Many conversions at once: each in a process, with an end to its time, and none harms another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from wenzhai.crew import Duty, work_through
from wenzhai.deadline import limits_time
from wenzhai.importers.entries import Entry
from wenzhai.importers.html.saved import LARGEST_IMAGE
from wenzhai.importers.origin import Origin
from wenzhai.importers.reading import convert_bytes, convert_entry, release
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.model import Digest
from wenzhai.problems import Problem, Span, problem
from wenzhai.store import SourceChangedError, read_source

SECONDS = 10
"""How long one conversion may take; text takes some milliseconds."""
FEW = 2
"""So many conversions are done before a process has started; they need a clock that rings here."""
NO_DIGEST = Digest("")


@dataclass(frozen=True, slots=True)
class Manner:
    """How sources are converted: zone (IANA), the site's tags, whether doubts are accepted.

    ``near`` tells where what was saved with pages lies, by its path, and its digest.
    """

    zone: str
    tags: TagStatistics
    accept: bool = False
    near: Mapping[str, tuple[str, Digest]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nearby:
    """The folder in which a page lies that is no part of a snapshot.

    ``only`` are the folders in it whose files may be read, all of them if it is empty.
    """

    folder: Path
    only: tuple[str, ...] = ()

    def read(self, name: str) -> bytes | None:
        """Read what was saved with the page; nothing outside of its folder is."""
        if self.only and name.partition("/")[0] not in self.only:
            return None
        try:
            path = (self.folder / name).resolve()
            inside = path.is_relative_to(self.folder.resolve()) and path.is_file()
            return path.read_bytes() if inside and _is_small(path) else None
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Task:
    """A conversion to make: of ``content``, of ``entry``, or else of the file at ``place``.

    ``path`` is what record and problems call the source, ``day`` when its article was added (ISO
    8601), ``digest`` what the file must have, ``nearby`` where images lie that the manner does not
    tell of.
    """

    path: str
    day: str
    content: bytes | None = None
    entry: Entry | None = None
    place: str = ""
    digest: Digest = NO_DIGEST
    origin: Origin | None = None
    nearby: Nearby | None = None


def convert_all(
    tasks: Iterable[Task], count: int, manner: Manner, jobs: int
) -> Iterator[Conversion | Problem]:
    """Yield the conversions of ``count`` tasks in their order, ``jobs`` processes at work.

    Problem codes: those of convert_bytes, E708 cannot be read, E758 takes too long, E759 crashed.

    Raises:
        SourceChangedError: if a file is not what its digest says.
    """
    duty = Duty(partial(_convert, manner), _failed, SECONDS, (SourceChangedError,))
    here = count <= FEW and limits_time()
    yield from work_through(duty, tasks, 0 if here else min(max(jobs, 1), count))


def _convert(manner: Manner, task: Task) -> Conversion | Problem:
    try:
        made = _make(manner, task)
    except OSError as error:
        return problem("E708", Span(task.path), reason=error.strerror or error)
    return release(made) if manner.accept and isinstance(made, Conversion) else made


def _make(manner: Manner, task: Task) -> Conversion | Problem:
    if task.entry:
        fetched = task.origin.fetched if task.origin else ""
        return convert_entry(task.entry, task.path, task.day, manner.zone, manner.tags, fetched)
    data = task.content
    if data is None:
        data = read_source(task.place, task.digest)
    beside = task.nearby.read if task.nearby else partial(_beside, manner, task.path)
    return convert_bytes(data, task.path, task.day, manner.zone, manner.tags, task.origin, beside)


def _beside(manner: Manner, source: str, name: str) -> bytes | None:
    """Read what was saved with a source of a snapshot, by its path from the source's folder."""
    known = manner.near.get(f"{source.rpartition('/')[0]}/{name}")
    return read_source(*known) if known and _is_small(Path(known[0])) else None


def _is_small(path: Path) -> bool:
    return path.stat().st_size <= LARGEST_IMAGE


def _failed(task: Task, reason: str) -> Problem:
    if reason == "overdue":
        return problem("E758", Span(task.path), seconds=SECONDS)
    return problem("E759", Span(task.path), reason=reason)
