"""The browsers' tabs that are connected: what each shows, and what each has to be told.

Lives in the server's thread.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from wenzhai.model import OutPath
from wenzhai.preview.messages import (
    BYE,
    HERE,
    PING,
    Message,
    gone_message,
    moved_message,
    page_message,
    saved_message,
)
from wenzhai.preview.news import Faults, Gone, Moved, News, Saved, Shown
from wenzhai.problems import Language

SILENT_SECONDS = 6.0
"""How long a tab may answer no ping; the next one finds it gone, in ten seconds at most."""


class Wire(Protocol):
    """A connection to a tab."""

    def send(self, text: str) -> None:
        """Send a text, or nothing where the connection is lost."""

    def close(self) -> None:
        """End the connection."""


@dataclass(eq=False)
class Tab:
    """One tab: the page it shows, which version of it, and when it last answered.

    ``away`` is what it was told when its page was no longer there, else None. ``language`` is that
    of what it shows of the preview itself.
    """

    wire: Wire
    heard: float
    page: OutPath = field(default=OutPath(""))
    version: str = ""
    away: Message | None = None
    language: Language = "zh"

    def tell(self, message: Message) -> None:
        """Send a message."""
        self.wire.send(json.dumps(message, ensure_ascii=False))


class Tabs:
    """All tabs, most recently opened first."""

    def __init__(
        self,
        show: Callable[[tuple[OutPath, ...]], None],
        faults: Callable[[Language], Message],
        base: Callable[[], str],
    ) -> None:
        """Begin without tabs.

        Args:
            show: told which pages are shown, whenever that changes.
            faults: gives the message of all present problems, in a language.
            base: gives the path that addresses are counted from.
        """
        self._tabs: list[Tab] = []
        self._show = show
        self._faults = faults
        self._base = base

    def add(self, wire: Wire) -> Tab:
        """Take in a connection."""
        tab = Tab(wire, time.monotonic())
        self._tabs.insert(0, tab)
        return tab

    def remove(self, tab: Tab) -> None:
        """Forget a tab that is closed."""
        if tab in self._tabs:
            self._tabs.remove(tab)
            self._show_pages()

    def open(self, tab: Tab, page: str, version: str, language: Language) -> None:
        """Note what a tab shows, and tell it of the problems there are."""
        tab.page, tab.version, tab.away, tab.language = OutPath(page), version, None, language
        self._tabs = [tab, *(other for other in self._tabs if other is not tab)]
        self._show_pages()
        tab.tell(self._faults(language))

    def hear(self, news: News) -> None:
        """Tell every tab what concerns it."""
        for tab in list(self._tabs):
            message = self.message(news, tab)
            if message:
                tab.tell(message)

    def message(self, news: News, tab: Tab) -> Message | None:
        """Put news into the words for one tab; None where it does not concern it."""
        if isinstance(news, Faults):
            return self._faults(tab.language)
        if isinstance(news, Saved):
            return self._elsewhere(news, tab)
        if news.path != tab.page:
            return None
        if isinstance(news, Shown):
            return _present(news, tab)
        told, tab.away = tab.away, _absent(news, self._base())
        return None if told == tab.away else tab.away

    def ping(self) -> None:
        """Ask every tab whether it is there, and drop those that did not answer."""
        now = time.monotonic()
        for tab in list(self._tabs):
            if now - tab.heard > SILENT_SECONDS:
                tab.wire.close()
                self.remove(tab)
            else:
                tab.tell(PING)

    def bye(self) -> None:
        """Tell every tab that the preview ends."""
        for tab in self._tabs:
            tab.tell(BYE)
            tab.wire.close()

    def _elsewhere(self, news: Saved, tab: Tab) -> Message | None:
        """Tell a tab what was saved, or that it shows just that, or is on its way there."""
        message = saved_message(news, self._base())
        is_coming = tab.away is not None and tab.away.get("address") == message["address"]
        if not tab.page:
            return None
        return HERE if is_coming or tab.page == news.path else message

    def _show_pages(self) -> None:
        self._show(tuple(dict.fromkeys(tab.page for tab in self._tabs if tab.page)))


def _present(news: Shown, tab: Tab) -> Message | None:
    """Give a tab the version it has not got, or the one it had once its page is back."""
    before, was_away = tab.version, tab.away is not None
    tab.version, tab.away = news.page.version, None
    return page_message(news.path, news.page, before) if was_away or before != tab.version else None


def _absent(news: Moved | Gone, base: str) -> Message:
    return moved_message(news, base) if isinstance(news, Moved) else gone_message(news, base)
