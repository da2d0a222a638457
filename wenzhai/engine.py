"""The way into a build: the lock, the cache, and the quick answer that nothing changed."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from wenzhai.code_digest import code_digest
from wenzhai.codec import from_json, to_json
from wenzhai.digest import digest_bytes
from wenzhai.ledger import LEDGER_FILE
from wenzhai.lock import build_lock
from wenzhai.memo import Progress, silent
from wenzhai.packs import MissingBlobError
from wenzhai.report import Report
from wenzhai.request import STATE, Run, check_site, theme_folders
from wenzhai.scan import Scan, scan_signature, scan_sources
from wenzhai.store import SourceChangedError, Store

ATTEMPTS = 3
"""How often a build starts anew because its sources changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the last build left behind, to see that nothing changed since.

    ``sources`` and ``outputs`` are stat signatures, ``ledger`` is the digest of the one source that
    builds write themselves (its stat would be new after each of them), ``head`` git's commit where
    dates came from git (else empty), ``since`` and ``due`` the time (seconds) within which the same
    articles are visible, ``report`` what was told.
    """

    request: str
    sources: str
    ledger: str
    outputs: str
    head: str
    since: int
    due: int | None
    report: Report


class _Seen(NamedTuple):
    """A scan, and what sums up all its sources but the ledger: nothing while one is racy."""

    scan: Scan
    sources: str


def build_site(run: Run, progress: Progress = silent) -> Report:
    """Build a site, if anything changed since the last time.

    Raises:
        SettingsError: if the folder is no site or its settings cannot be used.
        Locked: if another build of this site is running.
        OSError: if the cache folder cannot be written.
    """
    start = time.monotonic()
    with _without_collector(), opened(run) as store:
        if run.clean:
            store.reset()
        seen = _look(run.site)
        last = _last(store, run)
        report = _unchanged(last, run, seen) if last else None
        report = report or _build(store, run, seen, last, progress)
    return replace(report, milliseconds=round((time.monotonic() - start) * 1000))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Do without the cycle collector: values form no cycles, and it would visit them all often."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def opened(run: Run) -> Iterator[Store]:
    """Hold the site's lock and its cache.

    Raises:
        SettingsError: if the folder is no site.
        Locked: if another process builds this site.
    """
    check_site(run.site)
    with build_lock(run.site):
        store = Store(run.site / STATE, code_digest())
        try:
            yield store
        finally:
            store.close()


def _last(store: Store, run: Run) -> Known | None:
    """Return what the last build left, if it was asked for the same and time changes nothing."""
    text = store.fact("known")
    known: Known | None = from_json(Known, text) if text else None
    if known is None or known.request != run.request or not _is_within(run.now, known):
        return None
    if known.ledger != _ledger(run.site):
        return None
    return None if known.head and known.head != _head(run.site) else known


def _unchanged(known: Known, run: Run, seen: _Seen) -> Report | None:
    """Return the last report if neither sources nor outputs changed since."""
    if not known.sources or known.sources != seen.sources:
        return None
    if known.outputs != _outputs(run.output):
        return None
    return replace(
        known.report,
        fresh=False,
        imported=0,
        parsed=0,
        rendered=0,
        written=0,
        removed=0,
        unchanged=known.report.outputs,
    )


def _build(store: Store, run: Run, seen: _Seen, last: Known | None, progress: Progress) -> Report:
    """Build, again where sources change meanwhile or the cache turns out to be damaged."""
    _prepare(store, run, seen)
    from wenzhai.session import build_once  # noqa: PLC0415  # builds with nothing to do need none

    for attempt in range(ATTEMPTS):
        try:
            told = last.report if last else None
            report = build_once(store, run, progress, seen.scan, told)
        except SourceChangedError:
            if attempt == ATTEMPTS - 1:
                raise
            seen = _look(run.site)
        except MissingBlobError:
            store.reset()
            last = None
        else:
            _remember(store, run, seen, report)
            return report
    return build_once(store, run, progress, seen.scan)


def _prepare(store: Store, run: Run, seen: _Seen) -> None:
    """Load what builds need, which keeps one core busy, while others read what is new."""
    from wenzhai.snapshot import read_ahead  # noqa: PLC0415  # as above

    known = store.files()
    if files := read_ahead(seen.scan, known, run.jobs, _load_stages):
        store.set_files(files, known)


def _load_stages() -> None:
    import wenzhai.articles  # noqa: PLC0415  # the parser, which workers then have as copies
    import wenzhai.session  # noqa: F401, PLC0415  # as above


def _remember(store: Store, run: Run, seen: _Seen, report: Report) -> None:
    """Keep what is needed to see next time that nothing changed; a failed build is not kept."""
    if not report.published:
        store.set_facts({"known": ""})
        return
    head = _head(run.site) if report.undated else ""
    known = Known(
        run.request,
        seen.sources,
        store.fact("ledger"),
        store.fact("outputs"),
        head,
        run.now,
        report.due,
        report,
    )
    store.set_facts({"known": to_json(known)})


def _is_within(now: int, known: Known) -> bool:
    return known.since <= now and (known.due is None or now < known.due)


def _look(site: Path) -> _Seen:
    scan = scan_sources(site, theme_folders(site), time.time_ns())
    found = scan_signature(scan, LEDGER_FILE)
    return _Seen(scan, "" if found.racy else found.text)


def _ledger(site: Path) -> str:
    try:
        return digest_bytes((site / LEDGER_FILE).read_bytes())
    except OSError:
        return ""


def _outputs(folder: Path) -> str:
    from wenzhai.manifest import read_manifest, tree_signature  # noqa: PLC0415  # with the stages

    published = read_manifest(folder)
    return tree_signature(folder, published) if published is not None else ""


def _head(site: Path) -> str:
    from wenzhai.gitdates import head_commit  # noqa: PLC0415  # only where dates come from git

    return head_commit(site) or "none"
