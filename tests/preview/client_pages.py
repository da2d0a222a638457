"""Pages with the client's modules at hand, and no server: a route answers for a made-up origin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

import wenzhai

CLIENT = Path(wenzhai.__file__).parent / "preview" / "client"
ORIGIN = "http://preview.test"
START = """async () => {
  const [mirrors, { updatePage }] = await Promise.all(
    ["mirror", "update"].map((name) => import(`/_preview/${name}.js`)));
  const shape = mirrors.noteShape(document);
  const served = await (await fetch(location.href)).text();
  const mirror = mirrors.makeMirror(mirrors.parsePage(served), document, shape);
  window.patch = (html) => updatePage(mirror, html);
}"""
"""Makes ``patch(html)``, as the client does it once it knows what was served."""


@dataclass
class Pages:
    """What a made-up origin answers, and what it was asked for."""

    files: dict[str, str | bytes]
    asked: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.netloc != urlsplit(ORIGIN).netloc:
            route.abort()
            return
        self.asked.append(address.path)
        route.fulfill(**self.find(address.path))  # type: ignore[arg-type] # its keyword arguments

    def find(self, path: str) -> dict[str, object]:
        kind = guess_type(path)[0] or "text/html"
        if path.startswith("/_preview/"):
            kind, body = "text/javascript", (CLIENT / path.rpartition("/")[2]).read_text("utf-8")
            return {"body": body, "content_type": kind}
        if path not in self.files:
            return {"status": 404, "body": ""}
        return {"body": self.files[path], "content_type": f"{kind}; charset=utf-8"}


@contextmanager
def opened(browser: Browser, files: dict[str, str | bytes]) -> Iterator[tuple[Page, Pages]]:
    """Open ``/`` of a made-up origin, ready to be patched."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    pages = Pages(files)
    context.route("**/*", pages.answer)
    tab = context.new_page()
    tab.goto(f"{ORIGIN}/")
    tab.evaluate(START)
    yield tab, pages
    context.close()


def patch(tab: Page, html: str) -> bool:
    """Give the page a new version; tell whether it could be patched."""
    done: bool = tab.evaluate("(html) => patch(html)", html)
    return done
