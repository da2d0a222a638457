"""The events of the system, by watchdog: when something may have changed, and whether any come."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wenzhai.scan import FOLDERS, Scan, is_ignored

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET_SECONDS = 0.02
"""Without an event for so long, a save counts as complete."""
CLOSED_SECONDS = 0.005
"""The same after a writer closed its file, which Linux alone reports."""
BURST_SECONDS = 0.2
"""The longest wait for a burst of events to end."""
SLICE_SECONDS = 0.2
"""How soon a stop is noticed."""
MOST_NAMED = 64
"""Where events name more files than that, all are looked at."""
PROBE_SECONDS = 3.0
"""In this time the event of our own probe file must have come."""
PROBE_FILE = ".wenzhai/probe"
CLOSES = sys.platform == "linux"
"""Whether the system tells when a file that was written to is closed."""

Roots = tuple[tuple[Path, bool], ...]
"""Folders to watch, and whether with all below."""


class Wake:
    """What the events add up to: nothing, or the moment when it has been quiet long enough.

    ``paths`` are the files that they named when :meth:`wait` last told of some; None where events
    tell no files, or too many.
    """

    def __init__(self) -> None:
        """Begin with no event."""
        self.paths: frozenset[str] | None = None
        self._condition = threading.Condition()
        self._first = 0.0
        self._writing: set[str] = set()
        self._due: float | None = None
        self._named: set[str] = set()
        self._is_vague = False

    def notify(self, *, closed: bool, path: str = "", named: Iterable[str] = ()) -> None:
        """Note an event.

        Args:
            closed: whether a writer is done with its file.
            path: the file that was written to, where its writer will tell when it is done: until
                then it is not quiet, but for the longest wait.
            named: the files that may have changed; none: it may be any.
        """
        now = time.monotonic()
        with self._condition:
            if self._due is None:
                self._first = now
                self._writing.clear()
            if path:
                (self._writing.discard if closed else self._writing.add)(path)
            self._note(frozenset(named))
            quiet = CLOSED_SECONDS if closed else QUIET_SECONDS
            quiet = BURST_SECONDS if self._writing else quiet
            self._due = min(now + quiet, self._first + BURST_SECONDS)
            self._condition.notify_all()

    def pending(self) -> bool:
        """Tell whether events came that wait() has not told of."""
        with self._condition:
            return self._due is not None

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait until events came and ended (True), or for some seconds, or for ``stop``."""
        end = time.monotonic() + seconds
        with self._condition:
            while not stop.is_set():
                now = time.monotonic()
                if self._due is not None and now >= self._due:
                    self._due = None
                    self._take()
                    return True
                if self._due is None and now >= end:
                    return False
                until = end if self._due is None else self._due
                self._condition.wait(min(until - now, SLICE_SECONDS))
        return False

    def _note(self, named: frozenset[str]) -> None:
        self._named |= named
        self._is_vague = self._is_vague or not named or len(self._named) > MOST_NAMED

    def _take(self) -> None:
        """Show what was named until now, and begin anew."""
        self.paths = None if self._is_vague else frozenset(self._named)
        self._named.clear()
        self._is_vague = False


class Events:
    """The watches on a site's source folders."""

    def __init__(self, site: Path, roots: Roots, wake: Wake, *, probe: bool) -> None:
        """Let changes in the source folders notify ``wake``; ``probe`` tries whether they do.

        Raises:
            OSError: where the system grants no watches, or fewer than there are folders, of
                which watchdog says nothing.
        """
        self._roots = roots
        self._identities = _identities(self._roots)
        self._probe = site / PROBE_FILE
        self._probed = threading.Event()
        self._probe_end = float("inf")
        self._probe_watch: ObservedWatch | None = None
        self._observer = _observer(self._roots, wake)
        try:
            proving = probe and self._watch_probe()
            wanted = sum(_count_folders(root) if deep else 1 for root, deep in self._roots)
            self._observer.start()
            _require_watches(wanted)
            if proving:
                self._probe.touch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the watching."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def fault(self) -> str:
        """Say why no events come, or nothing."""
        if self._probed.is_set() and self._probe_watch is not None:
            # A build writes much into that folder.
            self._observer.unschedule(self._probe_watch)
            self._probe_watch = None
        late = not self._probed.is_set() and time.monotonic() > self._probe_end
        return "no event of a probe file" if late else ""

    def is_current(self, roots: Roots) -> bool:
        """Tell whether the watches stand on these folders, and these still bear their names."""
        return roots == self._roots and _identities(roots) == self._identities

    def _watch_probe(self) -> bool:
        """Watch a file of our own, in a folder that builds make; without it, trust unproved."""
        if not self._probe.parent.is_dir():
            return False
        self._probe.unlink(missing_ok=True)
        handler = _handler(self._see_probe)
        self._probe_watch = self._observer.schedule(handler, str(self._probe.parent))
        self._probe_end = time.monotonic() + PROBE_SECONDS
        return True

    def _see_probe(self, event: FileSystemEvent) -> None:
        if os.fsdecode(event.src_path) == str(self._probe):
            self._probed.set()


def roots_of(site: Path, seen: Scan) -> Roots:
    """List what to watch: the site's folders, its themes, and wherever links lead to.

    Events of a linked folder come only to watches on the folder itself.
    """
    named = [site / name for name in (*FOLDERS, "themes")]
    within = tuple(f"{folder}{os.sep}" for folder in named)
    files = (item.real for item in seen.files.values())
    named += map(Path, {os.path.dirname(file) for file in files if not file.startswith(within)})  # noqa: PTH120  # of thousands
    real = sorted({folder.resolve() for folder in named} - {site.resolve()})
    outer = [folder for folder in real if not set(real) & set(folder.parents)]
    return ((site, False), *((folder, True) for folder in outer))


def _identities(roots: Roots) -> tuple[tuple[int, int], ...]:
    return tuple(_identity(root) for root, _ in roots)


def _identity(folder: Path) -> tuple[int, int]:
    try:
        status = folder.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def _observer(roots: Roots, wake: Wake) -> BaseObserver:
    from watchdog import events  # noqa: PLC0415  # a plain build needs no watchdog
    from watchdog.observers import Observer  # noqa: PLC0415

    # Not `opened`, which our own reading causes, nor `modified` of folders, which says no more.
    kinds = [
        *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileAttribEvent),
        *(events.FileClosedEvent, events.FileMovedEvent, events.FileDeletedEvent),
        *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
    ]

    def note(event: FileSystemEvent) -> None:
        given = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
        paths = [path for path in given if path and not is_ignored(Path(path).name)]
        if paths:
            kind = event.event_type
            is_told = kind == events.EVENT_TYPE_CLOSED or (
                CLOSES and kind == events.EVENT_TYPE_MODIFIED
            )
            wake.notify(
                closed=kind == events.EVENT_TYPE_CLOSED,
                path=given[0] if is_told else "",
                named=() if event.is_directory else paths,
            )

    observer: BaseObserver = Observer()
    for root, recursive in roots:
        if root.is_dir():
            observer.schedule(_handler(note), str(root), recursive=recursive, event_filter=kinds)
    return observer


def _handler(note: Callable[[FileSystemEvent], None]) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler  # noqa: PLC0415  # see _observer

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            note(event)

    return Handler()


def _require_watches(wanted: int) -> None:
    granted = count_watches()
    if granted is not None and granted < wanted:
        raise OSError(errno.ENOSPC, f"{granted} watches for {wanted} folders")


def _count_folders(root: Path) -> int:
    return sum(1 for _ in os.walk(root))


def count_watches() -> int | None:
    """Count this process's inotify watches by /proc (proc(5)); None where there is no such."""
    table = Path("/proc/self/fdinfo")
    if not table.is_dir():
        return None
    count = 0
    for entry in table.iterdir():
        with suppress(OSError):
            count += entry.read_text().count("inotify wd:")
    return count
