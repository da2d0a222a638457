"""The pages that somebody waits for: they are served and told of before the site is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wenzhai.config import Config
from wenzhai.model import OutPath
from wenzhai.preview.inbox import Inbox
from wenzhai.preview.news import News, Shown
from wenzhai.preview.site import Look, torn_files


class Early:
    """What one look does for requests and tabs before it is done: each page is tried once."""

    def __init__(
        self,
        inbox: Inbox,
        last: Look | None,
        begin: Callable[[Config], None],
        give_way: Callable[[], None],
        tell: Callable[[News], None],
    ) -> None:
        """Prepare for a look that follows ``last``.

        Args:
            inbox: what is asked and shown.
            last: the look before.
            begin: called when pages can be planned.
            give_way: raises where sources have changed again.
            tell: is told of new versions.
        """
        self._inbox = inbox
        self._last = last
        self.begin = begin
        self._give_way = give_way
        self._tell = tell
        self._told: set[OutPath] = set()
        self._hopeless: set[OutPath] = set()

    def paths(self) -> tuple[OutPath, ...]:
        """Name the pages of now, those that requests wait for first."""
        self._give_way()
        asked = (path for path in self._inbox.asked_for() if path not in self._hopeless)
        return tuple(dict.fromkeys((*asked, *self._untold())))

    def tell(self, look: Look) -> None:
        """Serve what the look has planned of these, or knows to be gone; tell the tabs."""
        fresh = self._untold()
        self._told.update(fresh)
        asked = self._inbox.asked_for()
        if not torn_files(look, self._last):
            self._serve(look)
            self._show(look, fresh)
        self._hopeless.update(path for path in asked if path in self._inbox.asked_for())

    def _untold(self) -> list[OutPath]:
        return [path for path in self._inbox.shown if path not in self._told]

    def _serve(self, found: Look) -> None:
        work = found.outputs.work
        for one in self._inbox.waiting_for(work.targets.keys() | work.absent):
            answer = one.question(found)
            self._inbox.withdraw(one)
            if one.answer.set_running_or_notify_cancel():
                one.answer.set_result(answer)

    def _show(self, found: Look, paths: Iterable[OutPath]) -> None:
        """Tell browsers that show one of these pages of its new version."""
        for path in paths:
            page = found.outputs.page(path) if path in found.outputs.work.targets else None
            if page is not None:
                self._tell(Shown(path, page))
