"""The one thread that works on the site: it looks, renders, and answers questions in turn.

What matters most comes first: a look after a change, then what browsers ask for, then the pages
they show, then all the rest. A newer change drops what is left of older work. Other threads hand
in questions and get futures; they never touch cache, plan or files.
"""

from __future__ import annotations

import gc
import math
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from wenzhai.addresses import base_path
from wenzhai.config import SETTINGS_FILE, Config
from wenzhai.lazy import no_breath
from wenzhai.lock import Locked
from wenzhai.model import OutPath, RelPath
from wenzhai.packs import MissingBlobError
from wenzhai.preview.cache import Cache
from wenzhai.preview.early import Early
from wenzhai.preview.finder import Finder, is_view
from wenzhai.preview.idle import Idle
from wenzhai.preview.inbox import Asked, Inbox
from wenzhai.preview.news import Faults, News
from wenzhai.preview.site import Look, is_settled, look, torn_files
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.request import Run, SettingsError, theme_folders
from wenzhai.scan import Scan
from wenzhai.store import SourceChangedError, Store
from wenzhai.watch import look_at

SLICE_SECONDS = 0.2
"""How soon an end is noticed."""
PAUSE_SECONDS = 0.01
"""Between two pieces of idle work: lock and processor are left to others."""
TORN_WAITS = (0.03, 0.06, 0.12)
"""Seconds to wait before looking again at a file that may be half-written."""
ATTEMPTS = 4
"""How often a piece of work is begun anew because sources or cache changed under it."""
RETRY_SECONDS = 1.0
"""When to look again after the system refused: no event tells that it would no more."""
OVERTAKEN = 5
"""So many looks in a row may be given up for newer changes; then one is finished."""

_T = TypeVar("_T")
_Find = Callable[["Look | None"], "News | None"]
Tell = Callable[[News], None]
"""Told of changes, in the worker's thread."""


class StaleError(Exception):
    """The cache in use is no longer that of the last look."""


class OvertakenError(Exception):
    """Sources changed again before a look was done: the next one takes its place."""


TROUBLE = (OSError, sqlite3.Error, MissingBlobError, SourceChangedError, StaleError, Locked)
"""What disk and cache may do to a piece of work; it is told, and tried again."""


class Worker(Inbox):
    """Owner of the cache, the plan in force and all rendering."""

    def __init__(
        self, make_run: Callable[[], Run], tell: Tell, ready: Callable[[], None] = no_breath
    ) -> None:
        """Prepare for a site; nothing is looked at before :meth:`step`.

        Args:
            make_run: makes the request of one look, at its own moment.
            tell: is told of what changed.
            ready: called, in each look, as soon as questions about single pages can be answered.
        """
        super().__init__()
        self._make_run = make_run
        self._tell = tell
        self.ready = ready
        self.site = make_run().site
        self.finder = Finder()
        self._cache = Cache(self.site)
        self._behind: deque[_Find] = deque()
        self._unsaid: _Find | None = None
        self._look: Look | None = None
        self._cause: tuple[Problem, ...] = ()
        self._told: tuple[Problem, ...] = ()
        self._retry = math.inf
        self._watched: Scan | None = None
        self._seen: Scan | None = None
        self._overtaken = 0
        held, live = partial(self._cache.held, self.is_ended), self.finder.unpublished.live
        self._idle = Idle(self._hold, held, live, self.is_calm)
        self.base = "/"

    # For other threads.

    def begin_watching(self, seen: Scan) -> None:
        """Note what the watcher saw first: it tells of what differs from that."""
        self._watched = seen

    @property
    def due(self) -> float | None:
        """Return when the next article appears or expires, in seconds since the epoch."""
        return self._look.outputs.work.catalog.due if self._look else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all problems there are now."""
        return self._told

    def origin(self, path: str) -> Path | None:
        """Return where a known source lies, also one that is broken; None for any other path."""
        if path == SETTINGS_FILE:
            return self.site / path
        origins = self._look.sources.snapshot.origins if self._look else {}
        found = origins.get(RelPath(path))
        return Path(found) if found else None

    # For the worker's own thread.

    def run(self) -> None:
        """Work until :meth:`end` is called."""
        while not self._is_ended:
            self.step()

    def close(self) -> None:
        """Give up what was asked, and close the cache."""
        for asked in self._asked:
            asked.answer.set_exception(StaleError())
        self._cache.close()

    def step(self) -> None:
        """Do the most urgent piece of work, or wait for one."""
        try:
            if self._is_dirty or time.monotonic() >= self._retry:
                self._look_at_site()
            elif self._asked:
                self._answer(self._asked.popleft())
            elif self._behind:
                self._catch_up(self._behind.popleft())
            elif self._unsaid:
                said, self._unsaid = self._unsaid, None
                self._catch_up(said)
            elif not self._work_ahead():
                self.wait(SLICE_SECONDS)
        except SettingsError as error:
            self._cause = error.problems
        except TROUBLE as error:
            self._retry = time.monotonic() + RETRY_SECONDS
            reason = getattr(error, "strerror", None) or type(error).__name__
            self._cause = (problem("E511", Span(""), reason=reason),)
        self._tell_faults()

    def tell_of(self, page: OutPath, now: Look | None) -> None:
        """Tell, in turn with all other news, what there is at a page; asked for by new tabs."""
        news = self.finder.news(page, now)
        if news is not None:
            self._tell(news)

    def begin(self, config: Config) -> None:
        """Get ready to answer with pages of a look that is under way."""
        self.base = base_path(config.base_url)
        self.ready()

    def give_way(self) -> None:
        """Raise OvertakenError in a look if there is a newer change, but not for ever."""
        if self._is_dirty and self._look is not None and self._overtaken < OVERTAKEN:
            self._overtaken += 1
            raise OvertakenError

    def _look_at_site(self) -> None:
        scan, self._retry = self.take_change(), math.inf
        last, before = self._look, gc.isenabled()
        gc.disable()  # as in a build: values form no cycles
        try:
            self._look = self._look_whole(scan, last)
        except OvertakenError:
            return
        finally:
            (gc.enable if before else gc.disable)()
        self._overtaken = 0
        if last is None:
            gc.freeze()  # thousands of long-lived values, no garbage: no collection need visit them
        if self._watched and self._seen and not self._seen.shows_same(self._watched):
            # The watcher would say nothing if all became again as it has seen it last.
            self._retry = time.monotonic() + RETRY_SECONDS
        self._cause = ()
        self._follow(self._look, last)

    def _follow(self, now: Look, last: Look | None) -> None:
        """Note what the browsers have to learn of a new look."""
        self.base = base_path(now.sources.config.base_url)
        find = self.finder
        pages = sorted(self._shown, key=is_view)  # a view may take long to make
        self._behind = deque(partial(find.news, path) for path in pages)
        if last is not None and len(now.changed) == 1:
            self._unsaid = partial(find.saved, now.changed[0], last)

    def _look_whole(self, scan: Scan | None, last: Look | None) -> Look:
        """Look, and again where a file seems to be half-written."""
        if scan is not None:
            self._watched = scan
        found = self._look_once(scan, last)
        for seconds in TORN_WAITS:
            torn = torn_files(found, last)
            if not torn:
                break
            time.sleep(seconds)
            if all(is_settled(found, path) for path in torn):
                break  # nobody writes on: the error is the author's
            found = self._look_once(None, last)
        return found

    def _look_once(self, scan: Scan | None, last: Look | None) -> Look:
        for attempt in range(ATTEMPTS):
            self._seen = scan or look_at(self.site, partial(theme_folders, self.site))
            try:
                early = Early(self, last, self.begin, self.give_way, self._tell)
                with self._cache.held(self.is_ended) as store:
                    return look(store, self._make_run(), self._seen, last, early)
            except SourceChangedError:
                scan = None
                if attempt == ATTEMPTS - 1:
                    raise
            except (MissingBlobError, sqlite3.Error, FileNotFoundError):
                if attempt == ATTEMPTS - 1:
                    raise
                self._cache.drop()
        raise AssertionError

    def _answer(self, asked: Asked) -> None:
        if not asked.answer.set_running_or_notify_cancel():
            return
        try:
            asked.answer.set_result(self._hold(asked.question))
        except (*TROUBLE, SettingsError) as error:
            asked.answer.set_exception(error)
            raise
        except Exception as error:  # noqa: BLE001  # who asked is told; the preview goes on
            asked.answer.set_exception(error)

    def _catch_up(self, find: _Find) -> None:
        """Tell the new version of a page that a browser shows, where it went, or what was saved."""
        news = self._hold(find)
        if news is not None:
            self._tell(news)

    def _work_ahead(self) -> bool:
        """Do a little of what nobody asked for, and tell whether there was any."""
        if self._look is None:
            return False
        if self._idle.make(self._look):
            self.wait(PAUSE_SECONDS)
            return True
        return self._idle.clear_up(self._look)

    def _hold(self, question: Callable[[Look | None], _T]) -> _T:
        """Answer a question; where sources or cache changed meanwhile, after a new look."""
        for attempt in range(ATTEMPTS):
            try:
                with self._cache.held(self.is_ended) as store:
                    self._require(store)
                    return question(self._look)
            except (StaleError, SourceChangedError):
                if attempt == ATTEMPTS - 1:
                    raise
            except (MissingBlobError, sqlite3.Error, FileNotFoundError):
                if attempt == ATTEMPTS - 1:
                    raise
                self._cache.drop()
            self._look_at_site()
        raise AssertionError

    def _require(self, store: Store) -> None:
        """Make sure that the newest look was made in this store."""
        if self._look and self._look.store is not store:
            raise StaleError

    def _tell_faults(self) -> None:
        """Tell all problems, if they are others than last time."""
        rendered = self._look.outputs.problems if self._look else frozenset()
        planned = self._look.problems if self._look else ()
        found = sort_problems((*self._cause, *planned, *rendered, *self._notes))
        if found != self._told:
            self._told = found
            self._tell(Faults(found))
            views = filter(is_view, self._shown)
            self._behind.extend(partial(self.finder.news, path) for path in views)
