"""A preview as a user runs it: a process, and what a browser would send to it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from command_line import environment
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 60.0
SCRIPT = re.compile(rb'<script type="module" src="/_preview/client\.js"[^>]*></script>')


@dataclass(frozen=True)
class Answer:
    """A response: its status, headers by lower-case name, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def pure(self) -> bytes:
        """The body without the preview's script, which is in every page once and nowhere else."""
        is_html = self.headers.get("content-type", "").startswith("text/html")
        assert len(SCRIPT.findall(self.body)) == is_html
        return SCRIPT.sub(b"", self.body)

    def data(self, name: str) -> str:
        """A field of the preview's script."""
        found = re.search(rb' data-%b="([^"]*)"' % name.encode(), SCRIPT.findall(self.body)[0])
        assert found
        return found[1].decode()


@dataclass
class Preview:
    """A running preview and what it has said so far."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)
    port: int = 0

    @property
    def text(self) -> str:
        return "".join(self.said)

    def listen(self) -> None:
        """Collect what it says, in a thread."""
        assert self.process.stderr
        for line in self.process.stderr:
            with self.heard:
                self.said.append(line)
                self.heard.notify_all()
        with self.heard:
            self.heard.notify_all()

    def until_said(self, words: str) -> None:
        """Wait until it has said something."""
        with self.heard:
            assert self.heard.wait_for(lambda: words in self.text, PATIENCE), self.text

    def get(self, target: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Send a request; ``target`` goes over the wire as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection._validate_path = lambda _: None  # type: ignore[attr-defined]  # noqa: SLF001  # hostile ones too
        connection._encode_request = _as_it_is  # type: ignore[attr-defined]  # noqa: SLF001  # the same
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, body or None, named)
            response = connection.getresponse()
            sent = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, sent, response.read())
        finally:
            connection.close()

    def post(self, target: str, body: str, **headers: str) -> Answer:
        """Send a body."""
        return self.get(target, "POST", body, **headers)

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def previewing(
    site: Path, *arguments: str, prefix: tuple[str, ...] = (), **changes: str
) -> Iterator[Preview]:
    """Run ``serve`` on any free port until the block ends; ``prefix`` is a command to run it by."""
    words = [
        *prefix,
        sys.executable,
        "-W",
        "error",
        "-m",
        "wenzhai",
        "serve",
        "--port",
        "0",
        *arguments,
    ]
    process = subprocess.Popen(
        words,
        cwd=site,
        env=environment(**changes),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    preview = Preview(process)
    thread = threading.Thread(target=preview.listen)
    thread.start()
    try:
        preview.until_said("Ctrl-C")
        found = re.search(r"http://[^/]*:(\d+)/", preview.text)
        assert found, preview.text
        preview.port = int(found[1])
        yield preview
    finally:
        process.kill()
        process.wait()
        thread.join()
        sys.stdout.write(preview.text)  # pytest shows it where a test fails
        assert process.stderr
        process.stderr.close()


class Tab:
    """A browser's tab, as far as the socket goes."""

    def __init__(self, preview: Preview, page: str = "index.html", *, base: str = "/site/") -> None:
        """Load a page and open the socket."""
        address = page.removesuffix("index.html") if page.endswith("index.html") else page
        self.preview = preview
        self.page = page
        self.answer = preview.get(f"{base}{address}")
        self.version = self.answer.data("version")
        self.answers = True
        self.loop = IOLoop(make_current=False)
        self.socket: WebSocketClientConnection = self.loop.run_sync(
            lambda: connect(preview.port, self.answer.data("token"))
        )
        self.open(page, self.version)

    def open(self, page: str, version: str) -> None:
        """Say which page is shown."""
        self.page, self.version = page, version
        self.send({"type": "open", "page": page, "version": version})

    def send(self, message: Mapping[str, Any]) -> None:
        self.loop.run_sync(lambda: self.socket.write_message(json.dumps(message)))

    def hear(self, kind: str) -> dict[str, Any]:
        """Return the next message of a kind (or of any); others before it are passed over."""
        end = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < end, f"no message {kind}"
            text = self.loop.run_sync(self.socket.read_message, PATIENCE)
            assert text is not None, "the socket was closed"
            message: dict[str, Any] = json.loads(text)
            if message["type"] == "ping" and self.answers:
                self.send({"type": "pong"})
            if message["type"] == "page":
                assert message["before"] == self.version
                self.version = message["version"]
            if kind in ("", message["type"]):
                return message

    def hear_all_until(self, kind: str) -> list[dict[str, Any]]:
        """Return all messages up to the next one of a kind."""
        heard = [self.hear("")]
        while heard[-1]["type"] != kind:
            heard.append(self.hear(""))
        return heard

    def close(self) -> None:
        self.loop.run_sync(self._close)
        self.loop.close(all_fds=True)

    async def _close(self) -> None:
        self.socket.close()


@contextmanager
def tab(preview: Preview, page: str = "index.html", *, base: str = "/site/") -> Iterator[Tab]:
    """Open a tab until the block ends."""
    opened = Tab(preview, page, base=base)
    try:
        yield opened
    finally:
        opened.close()


async def connect(port: int, token: str, **headers: str) -> WebSocketClientConnection:
    """Open the socket as a page of the preview does, or with other headers."""
    sent = {"Origin": f"http://127.0.0.1:{port}"} | headers
    url = f"ws://127.0.0.1:{port}/_preview/socket?token={token}"
    request = HTTPRequest(url, headers={name: value for name, value in sent.items() if value})
    return await websocket_connect(request)


def _as_it_is(text: str) -> bytes:
    return text.encode("latin-1")


def free_port() -> int:
    """Find a port that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
