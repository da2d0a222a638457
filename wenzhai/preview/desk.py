"""What everything that answers browsers shares: the worker, the guard, the tabs, the versions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenzhai.console import say
from wenzhai.preview.guard import Guard
from wenzhai.preview.messages import Lines, Message, problems_message
from wenzhai.preview.news import News, Saved, Shown
from wenzhai.preview.tabs import Tabs
from wenzhai.preview.versions import Versions
from wenzhai.preview.worker import Worker
from wenzhai.problems import Language, Problem, render_problem


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

    def hear(self, news: News) -> None:
        """Tell every tab what concerns it, and keep the versions that it then may ask for."""
        page = news.page if isinstance(news, Shown) else None
        page = news.before if isinstance(news, Saved) else page
        if page:
            self.versions.keep(page.version, page.content)
        self.tabs.hear(news)

    def say(self, found: Problem) -> None:
        """Tell the person at the terminal."""
        say(render_problem(found, lambda _: None, self.language))


def make_desk(
    worker: Worker, guard: Guard, site: Path, language: Language, *, follow: bool
) -> Desk:
    """Set up what the handlers share."""

    def faults() -> Message:
        return problems_message(worker.problems, lines_of(worker), language, site)

    tabs = Tabs(worker.show, faults, lambda: worker.base)
    return Desk(worker, guard, tabs, Versions(), language, site, follow)


def lines_of(worker: Worker) -> Lines:
    """Give the texts of sources, and of no other file."""

    def lines(path: str) -> str | None:
        origin = worker.origin(path)
        try:
            return origin.read_bytes()[: 1 << 20].decode("utf-8", "replace") if origin else None
        except OSError:
            return None

    return lines
