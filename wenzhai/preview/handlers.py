"""What all answers to HTTP requests share, and the preview's own scripts and versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar

from tornado.web import HTTPError, RequestHandler

from wenzhai.model import OutPath
from wenzhai.preview.desk import Desk
from wenzhai.preview.guard import HEADERS, read_target
from wenzhai.preview.kinds import content_type
from wenzhai.preview.outputs import Page
from wenzhai.preview.ranges import UnsatisfiableError, read_range
from wenzhai.preview.script import add_script
from wenzhai.preview.site import Look
from wenzhai.preview.worker import TROUBLE
from wenzhai.request import SettingsError

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

    def send_output(self, page: Page, path: OutPath, status: int = 200) -> None:
        """Send an output; if it is a page, the tab knows it as ``path``."""
        self.set_status(status)
        kind = content_type(page.path)
        if kind.startswith("text/html"):
            self.send_page(page, path)
            return
        self.set_header("Content-Type", kind)
        self._send_part(page)

    def send_page(self, page: Page, path: OutPath) -> None:
        """Send a page with the script."""
        self.set_header("Content-Type", content_type(".html"))
        self.desk.versions.keep(page.version, page.content)
        token, follow = self.desk.guard.token, self.desk.follow
        self.finish(add_script(page.content, path, page.version, token, follow=follow))

    def _send_part(self, page: Page) -> None:
        """Send as much of an output as was asked for."""
        self.set_header("Accept-Ranges", "bytes")
        wanted = self.request.headers.get("Range") if self.request.method == "GET" else None
        if wanted is None:
            self.finish(page.content)
            return
        tag, size = f'"{page.version}"', len(page.content)
        self.set_header("Etag", tag)  # parts of different versions must not be put together
        is_same = self.request.headers.get("If-Range", tag) == tag
        try:
            part = read_range(wanted, size) if is_same else None
        except UnsatisfiableError:
            self.set_header("Content-Range", f"bytes */{size}")
            self.refuse(416)
            return
        if part:
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        self.finish(page.content[part] if part else page.content)


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
