"""The only reader of source folders: disk becomes a Snapshot of digests.

A stat cache saves reading what has not changed; it never decides what a file holds.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from wenzhai.digest import digest_chunks
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.scan import Found, Scan, is_racy, signature_of, touched_ns
from wenzhai.store import read_source
from wenzhai.workers import is_worth, map_files

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest source; a static host takes no such file anyway."""
ATTEMPTS = 5
"""How often a file that changes while it is read is read again."""

_Read = tuple[os.stat_result, Digest] | str | OSError
"""A file's stat and digest, or the code of a problem, or why it cannot be read."""

_CHUNK = 1 << 20
# Without O_NONBLOCK, a FIFO put in a file's place since the scan would hang the build.
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sources of a site at one moment.

    ``files`` maps every source's path to the digest of its bytes, in path order; ``origins`` tells
    where its bytes lie (the packaged theme is not below the site folder). ``problems`` are the
    files that could not be taken, ``fresh`` those that changed so recently that stat proves nothing
    of them next time.
    """

    files: Mapping[RelPath, Digest]
    origins: Mapping[RelPath, str]
    problems: tuple[Problem, ...]
    fresh: frozenset[RelPath] = frozenset()

    def read(self, path: RelPath) -> bytes:
        """Return the bytes that a source had when the snapshot was taken.

        Raises:
            SourceChangedError: if it holds others by now.
        """
        return read_source(self.origins[path], self.files[path])


class StatRow(NamedTuple):
    """What the stat cache keeps of a file; an empty signature means: read it next time."""

    path: RelPath
    signature: str
    digest: Digest


def take_snapshot(
    scan: Scan, known: Mapping[str, tuple[str, Digest]], jobs: int = 1
) -> tuple[Snapshot, tuple[StatRow, ...]]:
    """Read the sources that a scan has found.

    Args:
        scan: what lay there just now.
        known: (signature, digest) by path, from the rows of the last snapshot.
        jobs: how many processes may read.

    Returns:
        The snapshot, and the rows to store for the next time.

    Problem codes: those of walk_sources, E505 (too large), E507 (two names that other systems
    take for one), E508 (keeps changing).
    """
    problems = list(scan.problems)
    named, clashes = _name(scan.files.values())
    rows: list[StatRow] = []
    origins: dict[RelPath, str] = {}
    unknown = [item for item in named if not _is_known(*item, known)]
    found = map_files(_read_file, [file.real for _, file in unknown], jobs)
    read = dict(zip((path for path, _ in unknown), found, strict=True))
    for path, file in named:
        row = _row(path, read[path], scan.now_ns) if path in read else StatRow(path, *known[path])
        if isinstance(row, StatRow):
            rows.append(row)
            origins[path] = file.real
        elif row is not None:
            problems.append(row)
    files = {row.path: row.digest for row in rows}
    problems += clashes
    return Snapshot(files, origins, sort_problems(problems), fresh_of(rows)), tuple(rows)


def read_row(path: RelPath, real: str, now_ns: int) -> StatRow | Problem | None:
    """Read one source: its row, a problem (E501, E504, E505, E508), or None where it is gone."""
    return _row(path, _read_file(real), now_ns)


def fresh_of(rows: Iterable[StatRow]) -> frozenset[RelPath]:
    """Return the files of which stat proves nothing next time."""
    return frozenset(row.path for row in rows if not row.signature)


def read_ahead(
    scan: Scan,
    known: Mapping[str, tuple[str, Digest]],
    jobs: int,
    meanwhile: Callable[[], object],
) -> dict[str, tuple[str, Digest]]:
    """Read sources that the stat cache does not know, while this process does ``meanwhile``.

    Returns:
        (signature, digest) by path of all files known now, so that a snapshot of this scan has
        fewer to read; nothing where there are so few that reading them ahead is not worth it.
    """
    found = scan.files.values()
    named = [(RelPath(unicodedata.normalize("NFC", item.path)), item) for item in found]
    unknown = [item for item in named if not _is_known(*item, known)]
    if not is_worth(len(unknown), jobs):
        return {}
    read = map_files(_read_file, [file.real for _, file in unknown], jobs, meanwhile)
    rows = [_row(path, one, scan.now_ns) for (path, _), one in zip(unknown, read, strict=True)]
    fresh = {str(r.path): (r.signature, r.digest) for r in rows if isinstance(r, StatRow)}
    return {**known, **fresh}


def _name(found: Iterable[Found]) -> tuple[list[tuple[RelPath, Found]], list[Problem]]:
    """Give each file its NFC path, in path order; of two that fold to one, name both."""
    named: dict[str, Found] = {}
    folded: dict[str, str] = {}
    clashes = []
    for item in sorted(found, key=lambda item: item.path):
        path = unicodedata.normalize("NFC", item.path)
        other = folded.setdefault(path.casefold(), path)
        if named.setdefault(path, item) is not item or other != path:
            clashes.append(problem("E507", Span(path), other=other))
    return sorted((RelPath(path), item) for path, item in named.items()), clashes


def _is_known(path: RelPath, file: Found, known: Mapping[str, tuple[str, Digest]]) -> bool:
    return path in known and known[path][0] == file.signature


def _read_file(real: str) -> _Read:
    try:
        return _read_digest(real)
    except OSError as error:
        return error


def _row(path: RelPath, read: _Read, now_ns: int) -> StatRow | Problem | None:
    """Return a file's row, a problem, or None where it vanished since the scan."""
    if isinstance(read, FileNotFoundError):
        return None
    if isinstance(read, OSError):
        return problem("E501", Span(path), reason=read.strerror or type(read).__name__)
    if isinstance(read, str):
        return problem(read, Span(path), limit=f"{LARGEST >> 20} MB")
    status, digest = read
    return StatRow(
        path, "" if is_racy(touched_ns(status), now_ns) else signature_of(status), digest
    )


def _read_digest(real: str) -> tuple[os.stat_result, Digest] | str:
    """Digest a file's bytes, again where it changed meanwhile; else give a problem code."""
    handle = os.open(real, _READ_FLAGS)
    try:
        before = os.fstat(handle)
        for _ in range(ATTEMPTS):
            if not stat.S_ISREG(before.st_mode):
                return "E504"
            if before.st_size > LARGEST:
                return "E505"
            digest = digest_chunks(_chunks(handle, before.st_size))
            after = os.fstat(handle)
            if signature_of(after) == signature_of(before):
                return after, digest
            before = after
            os.lseek(handle, 0, os.SEEK_SET)
    finally:
        os.close(handle)
    return "E508"


def _chunks(handle: int, size: int) -> Iterator[bytes]:
    """Read what a handle gives until its end, in constant memory; ``size`` is a guess."""
    # What is asked for is allocated first: a megabyte for each small file takes its time.
    most = min(size + 1, _CHUNK)
    while chunk := os.read(handle, most):
        yield chunk
