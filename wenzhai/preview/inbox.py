"""What other threads hand to the worker: changes, questions, and which pages browsers show."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from wenzhai.model import OutPath
from wenzhai.preview.site import Look
from wenzhai.problems import Problem
from wenzhai.scan import Scan

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the newest look, about one ``page`` or None, and who waits for it."""

    question: Callable[[Look | None], Any]
    answer: Future[Any]
    page: OutPath | None


class Inbox:
    """The side of the worker that other threads know; they never touch cache, plan or files."""

    def __init__(self) -> None:
        """Begin with a first look to be made, and nothing else."""
        self._wake = threading.Condition()
        self._is_dirty = True
        self._scan: Scan | None = None
        self._asked: deque[Asked] = deque()
        self._shown: tuple[OutPath, ...] = ()
        self._notes: tuple[Problem, ...] = ()
        self._is_ended = False

    def ask(self, question: Callable[[Look | None], _T], page: OutPath | None = None) -> Future[_T]:
        """Have a question answered in the worker's thread, by the newest look at the site.

        There is None as long as none has succeeded. A question about one ``page`` may be answered
        while a look is under way, as soon as that page is planned.
        """
        asked = Asked(question, Future(), page)
        with self._wake:
            self._asked.append(asked)
            self._wake.notify_all()
        return asked.answer

    def look_again(self, seen: Scan) -> None:
        """Note that sources changed; ``seen`` is what the watcher has just seen of them."""
        with self._wake:
            self._is_dirty, self._scan = True, seen
            self._wake.notify_all()

    def show(self, pages: tuple[OutPath, ...]) -> None:
        """Note which pages browsers show, the most important first."""
        with self._wake:
            self._shown = pages

    def note(self, found: Problem) -> None:
        """Add a problem that no look finds, such as a watcher that hears nothing."""
        with self._wake:
            self._notes = (*self._notes, found)
            self._wake.notify_all()

    def end(self) -> None:
        """Let the worker stop soon."""
        with self._wake:
            self._is_ended = True
            self._wake.notify_all()

    # For the worker's own thread.

    @property
    def shown(self) -> tuple[OutPath, ...]:
        """Name the pages that browsers show."""
        return self._shown

    def asked_for(self) -> tuple[OutPath, ...]:
        """Name the pages that requests wait for."""
        with self._wake:
            return tuple(one.page for one in self._asked if one.page is not None)

    def waiting_for(self, known: Collection[OutPath]) -> list[Asked]:
        """Return the questions about these pages."""
        with self._wake:
            return [one for one in self._asked if one.page in known]

    def withdraw(self, asked: Asked) -> None:
        """Take out a question that was answered."""
        with self._wake:
            self._asked.remove(asked)

    def take_change(self) -> Scan | None:
        """Return what the watcher saw with the last change; it counts as looked at."""
        with self._wake:
            scan, self._is_dirty, self._scan = self._scan, False, None
        return scan

    def wait(self, seconds: float) -> None:
        """Wait until there is something to do, but not for long."""
        with self._wake:
            if not (self._is_dirty or self._asked or self._is_ended):
                self._wake.wait(seconds)

    def is_calm(self) -> bool:
        """Tell whether nobody waits for anything."""
        return not (self._is_dirty or self._asked)

    def is_ended(self) -> bool:
        """Tell whether the worker is to stop."""
        return self._is_ended
