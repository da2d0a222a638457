"""Take a snapshot again where little changed: only that is read, all else is taken over.

The result is what :mod:`wenzhai.snapshot` would take; where that is not plain, there is none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from wenzhai.model import Digest, RelPath
from wenzhai.scan import Found, Scan
from wenzhai.snapshot import Snapshot, StatRow, fresh_of, read_row

MOST = 64
"""Of more changes than this, all sources are read by many processes."""


def retake_snapshot(
    last: Snapshot, before: Scan, now: Scan
) -> tuple[Snapshot, tuple[StatRow, ...], frozenset[RelPath]] | None:
    """Read what a scan shows otherwise than the one that ``last`` was taken from.

    Returns:
        The snapshot, the rows to store of the files read, and the files that are gone; None where
        a problem, an ambiguous name or the number of changes asks for reading all.
    """
    if last.problems or before.problems or now.problems:
        return None
    changed = [file for path, file in now.files.items() if before.files.get(path) != file]
    gone = _names(last, (file for path, file in before.files.items() if path not in now.files))
    new = _names(last, changed)
    if new is None or gone is None or len(new) + len(gone) + len(last.fresh) > MOST:
        return None
    wanted = {path: last.origins[path] for path in last.fresh if path not in gone} | new
    rows = [read_row(path, real, now.now_ns) for path, real in wanted.items()]
    read = [row for row in rows if isinstance(row, StatRow)]
    if len(read) < len(rows):
        return None
    files = _ordered(last.files, {row.path: row.digest for row in read}, gone)
    origins = {path: new.get(path) or last.origins[path] for path in files}
    return Snapshot(files, origins, (), fresh_of(read)), tuple(read), frozenset(gone)


def _names(last: Snapshot, found: Iterable[Found]) -> dict[RelPath, str] | None:
    """Return where files lie by their NFC path; None where two could be taken for one."""
    named: dict[RelPath, str] = {}
    for file in found:
        path = RelPath(unicodedata.normalize("NFC", file.path))
        if last.origins.get(path, file.real) != file.real or path in named:
            return None
        named[path] = file.real
    fresh = {path.casefold() for path in named if path not in last.files}
    if len(fresh) < sum(path not in last.files for path in named):
        return None
    if fresh and any(path.casefold() in fresh for path in last.files):
        return None
    return named


def _ordered(
    files: Mapping[RelPath, Digest], read: Mapping[RelPath, Digest], gone: Iterable[RelPath]
) -> dict[RelPath, Digest]:
    """Return all files in path order."""
    merged = {**files, **read}
    for path in gone:
        merged.pop(path, None)
    return dict(sorted(merged.items())) if read.keys() - files.keys() else merged
