"""Answers to HTTP requests: the outputs of the site, and the preview's own scripts and versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar
from urllib.parse import unquote

from tornado.web import HTTPError, RequestHandler

from wenzhai.model import OutPath
from wenzhai.preview.desk import Desk
from wenzhai.preview.guard import HEADERS, read_target
from wenzhai.preview.kinds import content_type
from wenzhai.preview.outputs import Page
from wenzhai.preview.script import add_script
from wenzhai.preview.site import Look
from wenzhai.preview.waiting import waiting_page
from wenzhai.preview.worker import TROUBLE
from wenzhai.request import SettingsError

NOT_FOUND = OutPath("404.html")
UNAVAILABLE = 503
"""The status where disk or cache are in trouble just now; the tabs are told when they are not."""

_T = TypeVar("_T")


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

    async def asked(self, question: Callable[[Look | None], _T], page: OutPath | None = None) -> _T:
        """Have the worker answer, if need be about one page; 503 where it cannot just now."""
        try:
            return await asyncio.wrap_future(self.desk.worker.ask(question, page))
        except (*TROUBLE, SettingsError) as error:
            raise HTTPError(UNAVAILABLE) from error


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
            found = await self.asked(lambda now: _find(now, name), OutPath(name))
        except HTTPError:
            found = _Found(is_due=True)
        if found.page is not None:
            self._send(found.page, OutPath(name), 200)
        elif found.is_folder:
            self.redirect(f"{self.request.path}/")
        elif found.is_due:
            self._send(waiting_page(self.desk.language), OutPath(name), UNAVAILABLE)
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
