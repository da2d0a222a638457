"""Answers below ``/_preview/``: the views that only a preview has. Pages without any script."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from wenzhai.model import RelPath
from wenzhai.preview.desk import lines_of
from wenzhai.preview.handlers import Handler
from wenzhai.preview.kinds import content_type
from wenzhai.preview.messages import problem_row
from wenzhai.preview.site import Look
from wenzhai.preview.view_words import WORDS
from wenzhai.preview.views import (
    Contents,
    cards_view,
    feeds_view,
    held_view,
    source_view,
    sources_view,
)

VIEWS = ("held", "problems", "sources", "feeds", "cards")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
RAW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
"""A source is what somebody else wrote: it may show itself, and nothing more."""


@cache
def _environment() -> Environment:
    loader = PackageLoader("wenzhai.preview", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


class ViewHandler(Handler):
    """One view."""

    async def get(self, name: str = "", rest: str = "") -> None:
        """Send a view as a page."""
        contents = await self.asked(lambda now: self._contents(now, name, rest))
        if contents is None:
            self.refuse(404, "no such address\n")
            return
        language = self.desk.language
        template = "source" if name == "sources" and rest else name or "overview"
        page = _environment().get_template(f"{template}.html")
        words = WORDS[language]
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Content-Type", content_type(".html"))
        about = {"w": words, "lang": "zh-Hans" if language == "zh" else "en", "views": VIEWS}
        base = self.desk.worker.base
        self.finish(page.render(name=name or "overview", base=base, **about, **contents))

    def _contents(self, now: Look | None, name: str, rest: str) -> Contents | None:
        if name == "problems":
            return self._problems() if not rest else None
        if not name:
            return {"counts": self._counts(now)}
        if now is None:
            return {"rows": [], "names": [], "chosen": None, "number": 1, "more": False}
        makers: dict[str, Callable[[], Contents]] = {
            "held": lambda: held_view(now, self.desk.worker.finder.unpublished, self.desk.language),
            "sources": lambda: self._sources(now, rest),
            "feeds": lambda: feeds_view(now, rest),
            "cards": lambda: cards_view(now, int(rest) if rest.isdigit() else 1),
        }
        return (makers[name]() or None) if name in makers else None

    def _sources(self, now: Look, rest: str) -> Contents:
        if not rest:
            return sources_view(now)
        return source_view(now, self.desk.worker.finder.unpublished, rest, self.desk.language)

    def _problems(self) -> Contents:
        desk = self.desk
        lines = lines_of(desk.worker)
        found = desk.worker.problems
        return {"rows": [problem_row(item, lines, desk.language, desk.site) for item in found]}

    def _counts(self, now: Look | None) -> dict[str, int]:
        counts = {"problems": len(self.desk.worker.problems)}
        if now is not None:
            counts["held"] = len(now.outputs.work.catalog.held)
            counts["cards"] = len(now.outputs.work.catalog.entries)
        return counts


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
