"""``watch``: builds ``public/`` whenever sources, themes or settings change, until Ctrl-C."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from wenzhai.console import say
from wenzhai.lock import Locked
from wenzhai.problems import Language, Problem, render_problem
from wenzhai.report import Report
from wenzhai.request import Run, SettingsError, theme_folders
from wenzhai.scan import Scan
from wenzhai.store import SourceChangedError
from wenzhai.watch import look_at, watch
from wenzhai.words import MESSAGES

RETRY_SECONDS = 1.0
"""When to try again while another build holds the lock, or a source keeps changing."""


@dataclass
class _Rebuilder:
    """Build on demand, and know when the next article is due."""

    make_run: Callable[[], Run]
    build: Callable[[Run], Report]
    language: Language
    due: float | None = field(default=None)

    def __call__(self, _seen: Scan | None = None) -> None:
        run = self.make_run()
        try:
            self.due = self.build(run).due
        except SettingsError as error:
            for item in error.problems:
                say(render_problem(item, lambda _: None, self.language))
        except (Locked, SourceChangedError):
            self.due = run.now + RETRY_SECONDS
        except OSError as error:
            say(MESSAGES[self.language]["system"].format(reason=error))

    def next_due(self) -> float | None:
        return self.due


def watch_site(
    make_run: Callable[[], Run],
    build: Callable[[Run], Report],
    language: Language,
    *,
    poll: bool,
    stop: threading.Event | None = None,
) -> int:
    """Build now and after every change until ``stop`` is set or Ctrl-C is pressed.

    Args:
        make_run: makes the request of one build, at its own moment.
        build: builds and tells what came of it.
        language: of what is said.
        poll: look at files from time to time instead of waiting for events.
        stop: ends the watching.

    Returns:
        The exit code 0; KeyboardInterrupt passes through.
    """
    run = make_run()
    themes = partial(theme_folders, run.site)
    rebuild = _Rebuilder(make_run, build, language)
    seen = look_at(run.site, themes)
    rebuild()
    say(MESSAGES[language]["watching"].format(site=run.site))

    def tell(found: Problem) -> None:
        say(render_problem(found, lambda _: None, language))

    watch(
        run.site,
        themes,
        rebuild,
        stop or threading.Event(),
        poll=poll,
        say=tell,
        next_due=rebuild.next_due,
        seen=seen,
    )
    return 0
