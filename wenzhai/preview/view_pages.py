"""The preview's own views as pages: for who asks for one, and for the tabs that show it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from wenzhai.digest import digest_bytes
from wenzhai.model import OutPath
from wenzhai.preview.finder import VIEWS_FOLDER
from wenzhai.preview.lines import lines_of
from wenzhai.preview.messages import problem_row
from wenzhai.preview.outputs import Page
from wenzhai.preview.site import Look
from wenzhai.preview.view_words import WORDS
from wenzhai.preview.views import (
    Contents,
    Sources,
    cards_view,
    feeds_view,
    held_view,
    source_view,
)
from wenzhai.preview.worker import Worker
from wenzhai.problems import Language

VIEWS = ("held", "problems", "sources", "feeds", "cards")
NOTHING: Contents = {"rows": [], "places": [], "chosen": None, "number": 1, "more": False}
"""What there is to see of a site that no look has succeeded at."""


@cache
def _environment() -> Environment:
    loader = PackageLoader("wenzhai.preview", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


class ViewPages:
    """Makes the views of one preview; used in the worker's thread alone."""

    def __init__(self, worker: Worker, language: Language, site: Path) -> None:
        """Take what the views tell of."""
        self._worker = worker
        self._language = language
        self._site = site
        self._conversions = Sources()

    def page(self, path: OutPath, now: Look | None) -> Page | None:
        """Make the view at a path below ``_preview/``; None where there is none."""
        name, _, rest = path.removeprefix(VIEWS_FOLDER).partition("/")
        contents = self._contents(now, name, rest)
        if contents is None:
            return None
        template = "source" if name == "sources" and rest else name or "overview"
        html = (
            _environment()
            .get_template(f"{template}.html")
            .render(
                name=name or "overview",
                base=self._worker.base,
                w=WORDS[self._language],
                lang="zh-Hans" if self._language == "zh" else "en",
                views=VIEWS,
                **contents,
            )
        )
        content = html.encode()
        return Page(path, digest_bytes(content), content)

    def _contents(self, now: Look | None, name: str, rest: str) -> Contents | None:
        if name == "problems":
            return self._problems() if not rest else None
        if not name:
            return {"counts": self._counts(now)}
        if name not in VIEWS:
            return None
        if now is None:
            return NOTHING if not rest else None
        return self._site_view(now, name, rest)

    def _site_view(self, now: Look, name: str, rest: str) -> Contents | None:
        unpublished = self._worker.finder.unpublished
        if name == "held":
            return held_view(now, unpublished, self._language)
        if name == "feeds":
            return feeds_view(now, rest)
        if name == "cards":
            return cards_view(now, int(rest) if rest.isdecimal() else 1)
        if not rest:
            return self._conversions.view(now)
        return source_view(now, unpublished, rest, self._language) or None

    def _problems(self) -> Contents:
        lines = lines_of(self._worker)
        found = self._worker.problems
        return {"rows": [problem_row(item, lines, self._language, self._site) for item in found]}

    def _counts(self, now: Look | None) -> dict[str, int]:
        counts = {"problems": len(self._worker.problems)}
        if now is not None:
            counts["held"] = len(now.outputs.work.catalog.held)
            counts["cards"] = len(now.outputs.work.catalog.entries)
        return counts
