"""A preview's server as far as its client can tell, played by the test: no process, no port."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from client_pages import CLIENT, ORIGIN
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from wenzhai.digest import digest_bytes

FIRST, SECOND = "t-1", "t-2"
"""Tokens, as a server makes a new one at each start."""
Scheme = Literal["light", "dark"]


@dataclass
class Preview:
    """Serves pages with the client's script, and says over the sockets what the test wants."""

    pages: dict[str, str]
    follow: bool = False
    token: str = FIRST
    base: str = "/"
    blocks: dict[str, list[Any]] = field(default_factory=dict)
    is_up: bool = True
    opens_editor: bool = True
    versions: dict[str, str] = field(default_factory=dict)
    sockets: list[WebSocketRoute] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Answer for everything that pages of a browser ask."""
        context.route("**/*", self.answer)
        context.route_web_socket("**/*", self.meet)

    def version(self, html: str) -> str:
        """Remember a version of a page."""
        digest = digest_bytes(html.encode())
        self.versions[digest] = html
        return digest

    def meet(self, socket: WebSocketRoute) -> None:
        self.asked.append(socket.url)
        if not self.is_up or f"token={self.token}" not in socket.url:
            socket.close()
            return
        self.sockets.append(socket)
        socket.on_message(lambda text: self.heard.append(json.loads(text)))

    def tell(self, kind: str, **fields: object) -> None:
        """Say something to the tab that connected last."""
        self.sockets[-1].send(json.dumps({"type": kind, **fields}))

    def save(self, page: str, html: str) -> None:
        """Change a page and tell the tab about it."""
        self.pages[page] = html
        self.tell("page", page=page, version=self.version(html), before="", html=html)

    def answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        self.asked.append(route.request.url)
        if not self.is_up or address.netloc != urlsplit(ORIGIN).netloc:
            route.abort()
            return
        path = unquote(address.path)
        own = path.partition("/_preview/")[2]
        if own:
            self.answer_own(route, own)
        else:
            self.answer_page(route, path.removeprefix(self.base))

    def answer_own(self, route: Route, own: str) -> None:
        name, _, rest = own.partition("/")
        if name == "version" and rest in self.versions:
            route.fulfill(body=self.versions[rest], content_type="text/plain; charset=utf-8")
        elif name == "blocks" and rest in self.blocks:
            route.fulfill(json=self.blocks[rest])
        elif name == "open":
            token = route.request.headers.get("x-wenzhai-token", "")
            self.posted.append((token, route.request.post_data_json or {}))
            route.fulfill(status=204 if self.opens_editor else 500)
        elif (CLIENT / own).is_file():
            body = (CLIENT / own).read_text("utf-8")
            route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(status=404)

    def answer_page(self, route: Route, path: str) -> None:
        name = path + "index.html" if not path or path.endswith("/") else path
        html = self.pages.get(name, self.pages.get("404.html", ""))
        data = {
            "page": name,
            "version": self.version(html),
            "token": self.token,
            "follow": str(self.follow).lower(),
        }
        fields = "".join(f' data-{key}="{value}"' for key, value in data.items())
        script = f'<script type="module" src="/_preview/client.js"{fields}></script>'
        place = html.rfind("</body") if "</body" in html else len(html)
        status = 200 if name in self.pages else 404
        body = html[:place] + script + html[place:]
        route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")

    def await_hello(self, tab: Page, count: int = 1) -> dict[str, Any]:
        """Wait until the tab has said what it shows, so many times over."""
        for _ in range(500):
            opened = [message for message in self.heard if message["type"] == "open"]
            if len(opened) >= count:
                return opened[-1]
            tab.wait_for_timeout(20)
        msg = "the tab never said what it shows"
        raise AssertionError(msg)


@contextmanager
def previewed(
    browser: Browser, preview: Preview, path: str = "/", scheme: Scheme | None = None
) -> Iterator[Page]:
    """Open a page of a preview, and wait until it is connected."""
    context = browser.new_context(viewport={"width": 900, "height": 700}, color_scheme=scheme)
    preview.attach(context)
    tab = context.new_page()
    tab.goto(ORIGIN + path)
    preview.await_hello(tab)
    yield tab
    context.close()
