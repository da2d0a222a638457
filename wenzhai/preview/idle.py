"""What the worker does while nobody waits: it makes the rest of the site, and clears the cache."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any

from wenzhai.memo import ALONE
from wenzhai.model import Digest
from wenzhai.preview.site import Look
from wenzhai.store import Store

PIECE_SECONDS = 0.015
"""Idle work goes on for so long at a time."""
FORGET_EVERY, KEPT_LOOKS = 50, 20
"""Looks between two clearings of the cache, and how many of the last keep all they made."""


class Idle:
    """Idle work, a piece at a time; used in the worker's thread alone."""

    def __init__(
        self,
        hold: Callable[[Callable[[Look | None], Any]], Any],
        held: Callable[[], AbstractContextManager[Store]],
        live: Callable[[], Iterator[Digest]],
        is_calm: Callable[[], bool],
    ) -> None:
        """Take what the work needs.

        Args:
            hold: answers a question by the newest look, with its cache locked.
            held: locks the cache.
            live: yields the digests of bytes that are needed besides those of the newest look.
            is_calm: tells whether nobody waits; else the work gives way.
        """
        self._hold = hold
        self._held = held
        self._live = live
        self._is_calm = is_calm
        self._share = 1
        self._first = self._forgotten = 0
        self._finished: Look | None = None

    def make(self, now: Look) -> bool:
        """Make a little of what nobody asked for yet; tell whether there was any."""
        paths = [path for path, _ in zip(now.outputs.rest(), range(self._share), strict=False)]
        if not paths:
            return False
        start = time.monotonic()
        self._hold(lambda found: found.outputs.make(paths) if found is now else None)
        spent = max(time.monotonic() - start, 1e-4)
        # Fewer than would start worker processes.
        self._share = max(1, min(ALONE, int(len(paths) * PIECE_SECONDS / spent)))
        return True

    def clear_up(self, now: Look) -> bool:
        """Clear up, once, when all of a look is made; tell whether that was now."""
        if self._finished is now:
            return False
        self._finished = now
        memo = now.outputs.memo
        self._first = self._first or memo.number
        oldest = memo.number - KEPT_LOOKS
        if oldest - (self._forgotten or self._first) >= FORGET_EVERY:
            with self._held() as store:
                # A look that amends the one before it asks the memo for what changed alone.
                live = chain(now.outputs.live(), self._live())
                builds = range(self._first, oldest)
                store.forget(builds, memo.used, live, lambda: not self._is_calm())
            self._forgotten = oldest
        gc.collect()
        gc.freeze()  # long-lived values: no later collection need visit them
        return True
