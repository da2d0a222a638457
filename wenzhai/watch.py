"""Notice when sources change: events of the system wake, a scan of the folders decides.

Events get lost (full queues, watch limits, network and container mounts), come late or tell of
nothing, so none is ever believed: it only makes the next scan happen now instead of soon.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from wenzhai.glance import glance
from wenzhai.observe import Events, Roots, Wake, roots_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import Scan, StaleScanError, ThemeFolders, scan_sources

SAFETY_SECONDS = (2.0, 10.0)
"""Between scans without an event: the least, and the most where scans are slow."""
POLL_SECONDS = (0.25, 5.0)
"""The same where no events come."""
SAFETY_SHARE, POLL_SHARE = 50, 10
"""Scanning takes at most one part in this many of the time."""
CHECK_SECONDS = 1.0
"""How soon all is scanned after a look at single files: not while what they change is made."""
SETTLE_SECONDS = (0.02, 0.2)
"""Quiet time before a change found by a scan counts as complete, and the longest wait for it."""
UNTOLD_SECONDS = (0.2, 1.0)
"""The same where events might still tell of it, and when its writer is done."""
MISSES = 2
"""Changes in a row without an event, after which events are given up; one may be just late."""


def watch(
    site: Path,
    themes: Callable[[], ThemeFolders],
    on_change: Callable[[Scan], None],
    stop: threading.Event,
    *,
    poll: bool,
    say: Callable[[Problem], None],
    next_due: Callable[[], float | None],
    seen: Scan | None = None,
) -> None:
    """Call ``on_change`` after each change of the sources, in this thread, until ``stop`` is set.

    Args:
        site: the site folder.
        themes: finds the themes in use; they may come and go.
        on_change: builds from what was seen; what changes meanwhile makes it run again.
        stop: ends the watching, within a fifth of a second.
        poll: use no events of the system.
        say: told when the watching works worse than it might (W501).
        next_due: when the next scheduled article appears, in seconds since the epoch.
        seen: what :func:`look_at` gave before the first build; None for now.
    """
    wake = Wake()
    seen = seen or look_at(site, themes)
    events = None if poll else _start(site, roots_of(site, seen), wake, say, probe=True)
    pause, misses, fired = 0.0, 0, None
    try:
        while not stop.is_set():
            due = next_due()
            due = None if due == fired else due
            woken = wake.wait(_wait_seconds(pause, due), stop)
            if stop.is_set() or not site.is_dir():
                pause = POLL_SECONDS[0]  # a site that is gone may come back
                continue
            last = seen
            glanced = glance(last, wake.paths, time.time_ns()) if woken and wake.paths else None
            try:
                if glanced:
                    seen, pause = glanced, CHECK_SECONDS
                elif woken:
                    seen, pause = _look(site, themes, has_events=events is not None)
                else:
                    seen, pause = _check(site, themes, last, wake, stop, events is not None)
            except StaleScanError:
                pause = 0.0
                continue
            is_due = due is not None and time.time() >= due
            changed, fired = not seen.shows_same(last), due if is_due else fired
            if changed or is_due:
                on_change(seen)
            if events is not None and not glanced:
                misses = misses + 1 if changed and not woken and not wake.pending() else 0
                events = _mend(events, site, roots_of(site, seen), wake, say, misses=misses)
    finally:
        if events is not None:
            events.stop()


def look_at(
    site: Path, themes: Callable[[], ThemeFolders], is_stale: Callable[[], bool] = lambda: False
) -> Scan:
    """Look at the sources, for :func:`watch` to compare with; StaleScanError as of a scan."""
    return scan_sources(site, themes(), time.time_ns(), is_stale)


def _wait_seconds(pause: float, due: float | None) -> float:
    # The clock may be set while waiting: never sleep through to a date, look at each pause.
    return pause if due is None else max(0.0, min(pause, due - time.time()))


def _look(
    site: Path,
    themes: Callable[[], ThemeFolders],
    is_stale: Callable[[], bool] = lambda: False,
    *,
    has_events: bool,
) -> tuple[Scan, float]:
    """Scan, and tell how many seconds to wait until the next scan."""
    begun = time.monotonic()
    seen = look_at(site, themes, is_stale)
    spent = time.monotonic() - begun
    least, most = SAFETY_SECONDS if has_events else POLL_SECONDS
    share = SAFETY_SHARE if has_events else POLL_SHARE
    return seen, min(most, max(least, spent * share))


def _check(
    site: Path,
    themes: Callable[[], ThemeFolders],
    last: Scan,
    wake: Wake,
    stop: threading.Event,
    has_events: bool,  # noqa: FBT001  # private
) -> tuple[Scan, float]:
    """Scan without an event, and again until nothing changes: a file may be half-written.

    Raises:
        StaleScanError: when events come meanwhile: they name what changed, and when it is whole.
    """
    seen, pause = _look(site, themes, wake.pending, has_events=has_events)
    quiet, longest = UNTOLD_SECONDS if has_events else SETTLE_SECONDS
    end, before = time.monotonic() + longest, last
    while not seen.shows_same(before) and time.monotonic() < end and not stop.wait(quiet):
        before = seen
        seen = look_at(site, themes, wake.pending)
    if wake.pending():
        raise StaleScanError
    return seen, pause


def _start(
    site: Path, roots: Roots, wake: Wake, say: Callable[[Problem], None], *, probe: bool
) -> Events | None:
    try:
        return Events(site, roots, wake, probe=probe)
    except OSError as error:
        _give_up(site, error.strerror or type(error).__name__, say)
        return None


def _mend(
    events: Events,
    site: Path,
    roots: Roots,
    wake: Wake,
    say: Callable[[Problem], None],
    *,
    misses: int,
) -> Events | None:
    """Begin anew where folders were replaced; give events up where they do not come."""
    fault = f"{misses} changes without an event" if misses >= MISSES else events.fault()
    if fault:
        events.stop()
        _give_up(site, fault, say)
        return None
    if not events.is_current(roots):
        events.stop()
        wake.notify(closed=True)  # what changed before the new watches stood
        # No probe: these folders may be under removal, and a new file would be in its way.
        return _start(site, roots, wake, say, probe=False)
    return events


def _give_up(site: Path, reason: str, say: Callable[[Problem], None]) -> None:
    say(problem("W501", Span(str(site)), reason=reason))
