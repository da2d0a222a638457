"""A web server of a test's own, on this machine, and a network that leads every name to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wenzhai.fetching import Network

LOOPBACK = "127.0.0.1"
LOCAL = Network(resolve=lambda _host, _port: (LOOPBACK,), permits=lambda _: True)
"""Every name is this machine, and that may be asked."""


@dataclass
class Answer:
    """What a path answers; ``body`` may be a function that writes to the connection itself."""

    body: bytes | Callable[[BaseHTTPRequestHandler], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/plain"})


@dataclass
class Server:
    """A running server; ``asked`` are host, path and headers of the requests it had."""

    port: int
    asked: list[tuple[str, str, dict[str, str]]]

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(
    answers: dict[str, Answer], wrap: Callable[[ThreadingHTTPServer], None] = lambda _: None
) -> Iterator[Server]:
    """Serve paths; all others are 404."""
    asked: list[tuple[str, str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            asked.append((self.headers["Host"], self.path, dict(self.headers)))
            answer = answers.get(self.path, Answer(status=404))
            if callable(answer.body):
                answer.body(self)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    httpd = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    httpd.daemon_threads = True
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up on us
    wrap(httpd)
    server = Server(httpd.server_port, asked)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
