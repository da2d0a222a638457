"""The sources of a site as a build reads them: settings, conversion, snapshot."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from wenzhai.config import SOURCES, Config
from wenzhai.memo import Progress, silent
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem
from wenzhai.records import RECORD
from wenzhai.request import Run, read_settings, theme_folders
from wenzhai.retaking import retake_snapshot
from wenzhai.scan import Scan, scan_sources
from wenzhai.snapshot import Snapshot, take_snapshot
from wenzhai.store import Store, Trace


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site, read: settings, snapshot, and what conversion did to them.

    ``scan`` is the one that the snapshot was taken from.
    """

    config: Config
    snapshot: Snapshot
    imported: tuple[RelPath, ...]
    problems: tuple[Problem, ...]
    scan: Scan


def read_sources(
    store: Store,
    run: Run,
    scan: Scan | None = None,
    progress: Progress = silent,
    *,
    convert: bool = True,
    last: Sources | None = None,
) -> Sources:
    """Read the settings, convert new or changed sources, and take the snapshot to build from.

    Args:
        store: the cache.
        run: the request.
        scan: one that was made just now, if there is one.
        progress: told how many conversions are done.
        convert: whether to convert.
        last: what was read earlier over the same store: what did not change is not read again.

    Raises:
        SettingsError: if the settings cannot be used.
    """
    config = read_settings(run.site, run.base_url)
    scan = scan or _scan(run)
    snapshot = (_retaken(store, scan, last) if last else None) or _taken(store, run, scan)
    sources = Sources(config, snapshot, (), (), scan)
    if not convert or not any(path.startswith(SOURCES) for path in snapshot.files):
        return sources
    if not (last and last.config == config and _is_settled(last, snapshot)):
        sources = _convert(store, run, sources, progress)
    return _compared(store, run, sources)


def _is_settled(last: Sources, snapshot: Snapshot) -> bool:
    """Tell whether conversion would find all in order, as it left it; articles are people's."""
    from wenzhai.duplicates import CODES  # noqa: PLC0415  # the importers, loaded by then

    if any(item.code not in CODES.values() for item in last.problems):
        return False
    before, now = last.snapshot.files, snapshot.files
    if before.keys() != now.keys():
        return False
    changed = (path for path, content in now.items() if before[path] != content)
    return not any(path.startswith(SOURCES) or path.endswith(RECORD) for path in changed)


def _convert(store: Store, run: Run, sources: Sources, progress: Progress) -> Sources:
    from wenzhai.convert import convert_sources  # noqa: PLC0415  # the importers take 0.1 s

    settled = store.traces("settled")
    snapshot, zone = sources.snapshot, sources.config.timezone
    today = datetime.fromtimestamp(run.now, ZoneInfo(zone)).date().isoformat()
    known = settled.__contains__
    done = convert_sources(run.site, snapshot, known, today, zone, jobs=run.jobs, progress=progress)
    fresh = [Trace(key, "", "", "") for key in done.settled if key not in settled]
    store.add("settled", fresh, (), 0)
    told = replace(sources, imported=done.imported, problems=done.problems)
    if not done.imported:
        return told
    scan = _scan(run)
    return replace(told, snapshot=_taken(store, run, scan), scan=scan)


def _compared(store: Store, run: Run, sources: Sources) -> Sources:
    """Add which conversions are of one text."""
    from wenzhai.duplicates import find_duplicates  # noqa: PLC0415  # as above

    found = find_duplicates(run.site, sources.snapshot, store)
    return replace(sources, problems=(*sources.problems, *found))


def _scan(run: Run) -> Scan:
    return scan_sources(run.site, theme_folders(run.site), time.time_ns())


def _taken(store: Store, run: Run, scan: Scan) -> Snapshot:
    known = store.files()
    snapshot, rows = take_snapshot(scan, known, run.jobs)
    store.set_files({row.path: (row.signature, row.digest) for row in rows}, known)
    return snapshot


def _retaken(store: Store, scan: Scan, last: Sources) -> Snapshot | None:
    found = retake_snapshot(last.snapshot, last.scan, scan)
    if found is None:
        return None
    snapshot, rows, gone = found
    known: dict[str, tuple[str, Digest]] = {p: ("", last.snapshot.files[p]) for p in gone}
    store.set_files({row.path: (row.signature, row.digest) for row in rows}, known)
    return snapshot
