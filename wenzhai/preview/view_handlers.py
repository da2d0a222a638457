"""Answers below ``/_preview/``: the views that only a preview has, and sources as they are."""

from __future__ import annotations

from wenzhai.model import OutPath, RelPath
from wenzhai.preview.finder import VIEWS_FOLDER
from wenzhai.preview.handlers import Handler
from wenzhai.preview.site import Look

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline';"
    " img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'"
)
"""No script but the preview's own, which keeps a view true while it is shown."""
RAW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
"""A source is what somebody else wrote: it may show itself, and nothing more."""


class ViewHandler(Handler):
    """One view."""

    async def get(self, name: str = "", rest: str = "") -> None:
        """Send a view as a page."""
        path = OutPath(f"{VIEWS_FOLDER}{name}/{rest}" if name else VIEWS_FOLDER)
        page = await self.asked(lambda now: self.desk.views.page(path, now))
        if page is None:
            self.refuse(404, "no such address\n")
            return
        self.set_header("Content-Security-Policy", POLICY)
        self.send_page(page, path)


class RawHandler(Handler):
    """A source as it is, shut into a box without scripts."""

    async def get(self, path: str) -> None:
        """Send a source."""
        content = await self.asked(lambda now: _read(now, path))
        if content is None:
            self.refuse(404, "no such address\n")
            return
        self.set_header("Content-Security-Policy", RAW_POLICY)
        self.set_header(
            "Content-Type", "text/html; charset=utf-8" if _is_utf8(content) else "text/html"
        )
        self.finish(content)


def _is_utf8(content: bytes) -> bool:
    """Tell whether to name the charset: what is no UTF-8 may name its own."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read(now: Look | None, path: str) -> bytes | None:
    is_source = path.startswith("content/sources/") and path.endswith((".html", ".htm"))
    if now is None or not is_source or RelPath(path) not in now.files:
        return None
    return now.sources.snapshot.read(RelPath(path))
