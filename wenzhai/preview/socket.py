"""The socket of a tab: its one connection to the preview."""

from __future__ import annotations

import json
import time
from concurrent.futures import Future
from contextlib import suppress

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from wenzhai.model import OutPath
from wenzhai.preview.handlers import Handler
from wenzhai.preview.tabs import Tab
from wenzhai.problems import Language

LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


class SocketHandler(Handler, WebSocketHandler):
    """The connection of one tab."""

    tab: Tab

    def prepare(self) -> None:
        """Let in only pages of this very preview: they know its token."""
        super().prepare()
        if self._finished:
            return
        guard = self.desk.guard
        origin = self.request.headers.get("Origin")
        if not guard.allows_origin(origin, self.request.host):
            self.refuse(403, "foreign origin\n")
        elif not guard.allows_token(self.get_query_argument("token", "")):
            self.refuse(403, "wrong token\n")

    def check_origin(self, origin: str) -> bool:
        """Agree: prepare() has looked already, and is stricter."""
        return self.desk.guard.allows_origin(origin, self.request.host)

    def open(self, *_: str, **__: str) -> None:
        """Take in the tab."""
        self.set_nodelay(True)
        self.tab = self.desk.tabs.add(self)

    async def on_message(self, message: str | bytes) -> None:
        """Hear what the tab says; anything else than the protocol is passed over."""
        self.tab.heard = time.monotonic()
        try:
            told = json.loads(message)
        except (ValueError, RecursionError):
            return
        if isinstance(told, dict) and told.get("type") == "open":
            page, version = told.get("page"), told.get("version")
            if isinstance(page, str) and isinstance(version, str):
                await self._show(page, version, LANGUAGES.get(str(told.get("language"))))

    async def _show(self, page: str, version: str, language: Language | None) -> None:
        desk = self.desk
        desk.tabs.open(self.tab, page, version, language or desk.language)
        # The answer comes as all news does: else an older page might arrive after a newer one.
        with suppress(HTTPError):  # the tab is told when it works again
            await self.asked(lambda now: desk.worker.tell_of(OutPath(page), now))

    def on_close(self) -> None:
        """Forget the tab."""
        if hasattr(self, "tab"):
            self.desk.tabs.remove(self.tab)

    def send(self, text: str) -> None:
        """Send a text, or nothing where the connection is lost."""
        try:
            sent: Future[None] = self.write_message(text)  # type: ignore[assignment]  # asyncio's
        except WebSocketClosedError:
            return
        sent.add_done_callback(_forget)


def _forget(sent: Future[None]) -> None:
    """Look at the outcome, so that nobody is told that nobody did."""
    if not sent.cancelled():
        sent.exception()
