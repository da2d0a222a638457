"""The site's cache, held for one piece of work at a time: builds can run beside a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wenzhai.code_digest import code_digest
from wenzhai.lock import Locked, build_lock
from wenzhai.request import STATE, check_site
from wenzhai.store import Store

RETRY_SECONDS = 0.1
"""How long to wait for a lock that a build holds before seeing whether to wait on."""


class Cache:
    """The store of a site; opened anew where another build has put a new one in its place."""

    def __init__(self, site: Path) -> None:
        """Open nothing yet."""
        self._site = site
        self._code = code_digest()
        self._store: Store | None = None
        self._identity = (0, 0)
        self._is_damaged = False

    @contextmanager
    def held(self, stopped: Callable[[], bool]) -> Iterator[Store]:
        """Hold the site's lock and its store.

        Raises:
            SettingsError: if the folder is no site.
            Locked: if another build holds the lock when ``stopped`` says to wait no longer.
        """
        check_site(self._site)
        while True:
            try:
                with build_lock(self._site, RETRY_SECONDS):
                    yield self._current()
                    return
            except Locked:
                if stopped():
                    raise

    def drop(self) -> None:
        """Note that what lies in the cache is damaged: the next holder finds it empty."""
        self._is_damaged = True

    def close(self) -> None:
        """Close the store."""
        if self._store:
            self._store.close()
            self._store = None

    def _current(self) -> Store:
        is_other = self._identity != self._look()
        if self._store and (self._is_damaged or is_other):
            if not is_other:
                self._store.reset()
            self.close()  # by another store everybody sees that what they know of this one is lost
        if self._store is None:
            self._store = Store(self._site / STATE, self._code)
            self._identity = self._look()
        self._is_damaged = False
        return self._store

    def _look(self) -> tuple[int, int]:
        """Tell one index from another that was put in its place."""
        if self._store is None:
            return (0, 0)
        try:
            status = (self._store.folder / "index.sqlite").stat()
        except OSError:
            return (0, 0)
        return (status.st_dev, status.st_ino)
