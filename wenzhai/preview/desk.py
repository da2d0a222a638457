"""What everything that answers browsers shares: the worker, the guard, the tabs, the versions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenzhai.console import say
from wenzhai.preview.guard import Guard
from wenzhai.preview.lines import lines_of
from wenzhai.preview.messages import Message, problems_message
from wenzhai.preview.news import News, Saved, Shown
from wenzhai.preview.tabs import Tabs
from wenzhai.preview.versions import Versions
from wenzhai.preview.view_pages import ViewPages
from wenzhai.preview.worker import Worker
from wenzhai.problems import Language, Problem, render_problem


@dataclass(frozen=True)
class Desk:
    """What the handlers share."""

    worker: Worker
    guard: Guard
    tabs: Tabs
    versions: Versions
    views: ViewPages
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

    def faults(words: Language) -> Message:
        return problems_message(worker.problems, lines_of(worker), words, site)

    tabs = Tabs(worker.show, faults, lambda: worker.base)
    views = ViewPages(worker, language, site)
    worker.finder.view = views.page
    return Desk(worker, guard, tabs, Versions(), views, language, site, follow)
