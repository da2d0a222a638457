"""The preview's HTTP and WebSocket server: asks the worker, and sends what it gives.

Serves the addresses of the plan in force and nothing from any folder.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from wenzhai.model import OutPath
from wenzhai.preview.guard import HEADERS, Guard, read_target
from wenzhai.preview.kinds import content_type
from wenzhai.preview.messages import Lines, Message, problems_message
from wenzhai.preview.outputs import Page
from wenzhai.preview.script import add_script
from wenzhai.preview.site import Look
from wenzhai.preview.tabs import Tab, Tabs
from wenzhai.preview.versions import Versions
from wenzhai.preview.waiting import waiting_page
from wenzhai.preview.worker import TROUBLE, Worker, news_of
from wenzhai.problems import Language
from wenzhai.request import SettingsError

OWN = "_preview/"
"""Everything below this is the preview's own; no page of a site is."""
LONGEST = 65_536
"""Bytes of a message or body that a browser may send."""
NOT_FOUND = OutPath("404.html")

_T = TypeVar("_T")


@dataclass(frozen=True)
class Desk:
    """What the handlers share."""

    worker: Worker
    guard: Guard
    tabs: Tabs
    versions: Versions
    language: Language
    site: Path
    follow: bool


def make_desk(
    worker: Worker, guard: Guard, site: Path, language: Language, *, follow: bool
) -> Desk:
    """Set up what the handlers share."""

    def faults() -> Message:
        return problems_message(worker.problems, lines_of(worker), language, site)

    tabs = Tabs(worker.show, faults, lambda: worker.base)
    return Desk(worker, guard, tabs, Versions(), language, site, follow)


def make_application(desk: Desk) -> Application:
    """Make the application of a preview."""
    rest = {"desk": desk}
    return Application(
        [
            (r"/_preview/socket", SocketHandler, rest),
            (r"/_preview/client\.js", ClientHandler, rest),
            (r"/_preview/(?P<name>[a-z_-]+\.js)", ClientHandler, rest),
            (r"/_preview/version/(?P<version>[0-9a-f]{32})", VersionHandler, rest),
            (r"(?s).*", PageHandler, rest),
        ],
        websocket_max_message_size=LONGEST,
        log_function=lambda _: None,
    )


def lines_of(worker: Worker) -> Lines:
    """Give the texts of sources, and of no other file."""

    def lines(path: str) -> str | None:
        origin = worker.origin(path)
        try:
            return origin.read_bytes()[: 1 << 20].decode("utf-8", "replace") if origin else None
        except OSError:
            return None

    return lines


class Handler(RequestHandler):
    """What all answers share: the guard at the door, the headers, errors without detail."""

    desk: Desk
    place: str

    def initialize(self, desk: Desk) -> None:
        """Take what the handlers share."""
        self.desk = desk
        self.place = ""

    def set_default_headers(self) -> None:
        """Send no name of the server, and forbid use by other origins."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """Make no tag: nothing may be stored."""

    def prepare(self) -> None:
        """Refuse unknown host names and what is no address."""
        if not self.desk.guard.allows_host(self.request.host):
            self.refuse(403, "this preview does not answer for this host name; see --allow-host\n")
            return
        place = read_target(self.request.uri or "")
        if place is None:
            self.refuse(404, "no such address\n")
            return
        self.place = place

    def refuse(self, status: int, reason: str = "") -> None:
        """End with a plain text."""
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(reason)

    def write_error(self, status_code: int, **_: object) -> None:
        """Tell the status alone: exceptions may hold names of folders."""
        self.refuse(status_code, f"{status_code}\n")

    def head(self, *_: str, **named: str) -> Any:  # noqa: ANN401  # whatever get returns
        """Answer as to GET; the body is left out."""
        return self.get(**named)

    async def asked(self, question: Callable[[Look | None], _T]) -> _T:
        """Have the worker answer."""
        return await asyncio.wrap_future(self.desk.worker.ask(question))


class PageHandler(Handler):
    """The outputs of the site."""

    async def get(self) -> None:
        """Send the output at this address."""
        base = unquote(self.desk.worker.base[1:])
        if not self.place.startswith(base):
            self._lead_to_site(base)
            return
        path = self.place[len(base) :]
        name = path + "index.html" if not path or path.endswith("/") else path
        try:
            found = await self.asked(lambda now: _find(now, name))
        except (*TROUBLE, SettingsError):
            found = _Found(is_due=True)
        if found.page is not None:
            self._send(found.page, OutPath(name), 200)
        elif found.is_folder:
            self.redirect(f"{self.request.path}/")
        elif found.is_due:
            self._send(waiting_page(self.desk.language), OutPath(name), 503)
        else:
            self._send(found.missing or waiting_page(self.desk.language), OutPath(name), 404)

    def _lead_to_site(self, base: str) -> None:
        """Lead from the root to the site, and from nowhere else."""
        if self.place in ("", base.rstrip("/")):
            self.redirect(self.desk.worker.base)
        else:
            self.refuse(404, "no such address\n")

    def _send(self, page: Page, path: OutPath, status: int) -> None:
        self.set_status(status)
        kind = content_type(page.path)
        self.set_header("Content-Type", kind)
        if not kind.startswith("text/html"):
            self.finish(page.content)
            return
        self.desk.versions.keep(page.version, page.content)
        token, follow = self.desk.guard.token, self.desk.follow
        self.finish(add_script(page.content, path, page.version, token, follow=follow))


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is at a path; ``missing`` is the 404 page, where it is wanted and can be made."""

    page: Page | None = None
    is_folder: bool = False
    is_due: bool = False
    missing: Page | None = None


def _find(now: Look | None, name: str) -> _Found:
    if now is None:
        return _Found(is_due=True)
    outputs = now.outputs
    if outputs.target(name):
        page = outputs.page(OutPath(name))
        return _Found(page, is_due=page is None)
    if outputs.target(f"{name}/index.html"):
        return _Found(is_folder=True)
    return _Found(missing=outputs.page(NOT_FOUND))


class ClientHandler(Handler):
    """The scripts of the preview."""

    def get(self, name: str = "client.js") -> None:
        """Send a script that comes with the package."""
        source = files("wenzhai.preview") / "client" / name
        if not source.is_file():
            self.refuse(404, "no such address\n")
            return
        self.set_header("Content-Type", content_type(name))
        self.finish(source.read_bytes())


class VersionHandler(Handler):
    """Versions of pages as a build writes them."""

    def get(self, version: str) -> None:
        """Send the bytes of a version that was served lately."""
        content = self.desk.versions.find(version)
        if content is None:
            self.refuse(404, "forgotten\n")
            return
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(content)


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
                await self._show(page, version)

    async def _show(self, page: str, version: str) -> None:
        desk = self.desk
        desk.tabs.open(self.tab, page, version)
        try:
            news = await self.asked(lambda now: news_of(OutPath(page), now))
        except (*TROUBLE, SettingsError):
            return  # the tab is told when it works again
        message = desk.tabs.message(news, self.tab) if news else None
        if message:
            self.tab.tell(message)

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
