"""The sources of a site as a build reads them: settings, conversion, snapshot."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from wenzhai.config import SOURCES, Config
from wenzhai.memo import Progress, silent
from wenzhai.model import RelPath
from wenzhai.problems import Problem
from wenzhai.request import Run, read_settings, theme_folders
from wenzhai.scan import Scan, scan_sources
from wenzhai.snapshot import Snapshot, take_snapshot
from wenzhai.store import Store, Trace


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site, read: settings, snapshot, and what conversion did to them."""

    config: Config
    snapshot: Snapshot
    imported: tuple[RelPath, ...]
    problems: tuple[Problem, ...]


def read_sources(
    store: Store,
    run: Run,
    scan: Scan | None = None,
    progress: Progress = silent,
    *,
    convert: bool = True,
) -> Sources:
    """Read the settings, convert new or changed sources, and take the snapshot to build from.

    ``scan`` is one that was made just now, if there is one; ``progress`` is told how many
    conversions are done.

    Raises:
        SettingsError: if the settings cannot be used.
    """
    config = read_settings(run.site, run.base_url)
    sources = Sources(config, _snapshot(store, run, scan), (), ())
    if convert and any(path.startswith(SOURCES) for path in sources.snapshot.files):
        return _convert(store, run, sources, progress)
    return sources


def _convert(store: Store, run: Run, sources: Sources, progress: Progress) -> Sources:
    from wenzhai.convert import convert_sources  # noqa: PLC0415  # the importers take 0.1 s
    from wenzhai.duplicates import find_duplicates  # noqa: PLC0415  # the same

    settled = store.traces("settled")
    snapshot, zone = sources.snapshot, sources.config.timezone
    today = datetime.fromtimestamp(run.now, ZoneInfo(zone)).date().isoformat()
    known = settled.__contains__
    done = convert_sources(run.site, snapshot, known, today, zone, jobs=run.jobs, progress=progress)
    fresh = [Trace(key, "", "", "") for key in done.settled if key not in settled]
    store.add("settled", fresh, (), 0)
    if done.imported:
        snapshot = _snapshot(store, run)
    problems = (*done.problems, *find_duplicates(run.site, snapshot, store))
    return replace(sources, snapshot=snapshot, imported=done.imported, problems=problems)


def _snapshot(store: Store, run: Run, scan: Scan | None = None) -> Snapshot:
    scan = scan or scan_sources(run.site, theme_folders(run.site), time.time_ns())
    known = store.files()
    snapshot, rows = take_snapshot(scan, known, run.jobs)
    store.set_files({row.path: (row.signature, row.digest) for row in rows}, known)
    return snapshot
