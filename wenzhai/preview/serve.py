"""``serve``: the live preview of a site, from the first look to Ctrl-C.

The main thread is the worker's (signals reach it, and time limits on parsing work there); a second
runs the server, a third watches the files.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import secrets
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import FrameType

from tornado.httpserver import HTTPServer

from wenzhai.console import say
from wenzhai.lazy import no_breath
from wenzhai.preview.desk import Desk, make_desk
from wenzhai.preview.guard import Guard
from wenzhai.preview.lines import lines_of
from wenzhai.preview.listen import Place, PortBusyError, listen
from wenzhai.preview.news import Faults, News
from wenzhai.preview.server import make_application
from wenzhai.preview.worker import Worker
from wenzhai.problems import Language, Problem, render_problem
from wenzhai.request import Run, check_site, theme_folders
from wenzhai.scan import Scan, ThemeFolders
from wenzhai.watch import look_at, watch
from wenzhai.words import MESSAGES

PING_SECONDS = 3.0
LEAVE_SECONDS = 0.25
"""How long the end waits for the threads; they keep nothing that could be lost."""
SWITCH_SECONDS = 0.001
"""How soon a thread that has something to do gets its turn while another works on."""
NO_PORT, INTERRUPTED = 1, 130


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks of a preview.

    ``port`` 0 means any; ``host`` empty means this machine alone; ``hosts`` are further names that
    are answered.
    """

    port: int = 8000
    strict_port: bool = False
    host: str = ""
    hosts: tuple[str, ...] = ()
    open: bool = False
    poll: bool = False
    follow: bool = False


def serve_site(make_run: Callable[[], Run], wishes: Wishes, language: Language) -> int:
    """Serve a site until Ctrl-C.

    Args:
        make_run: makes the request of one look, at its own moment.
        wishes: the command line.
        language: of the terminal and of what browsers show.

    Returns:
        The exit code 1 where no port is free; Ctrl-C ends the process with 130.

    Raises:
        SettingsError: if the folder is no site.
    """
    run = make_run()
    check_site(run.site)
    try:
        place = listen(wishes.host, wishes.port, strict=wishes.strict_port)
    except PortBusyError as error:
        say(MESSAGES[language]["busy"].format(port=error.port))
        return NO_PORT
    names = frozenset(name.lower() for name in (*place.names, *wishes.hosts, wishes.host) if name)
    crowd = _Crowd(language)
    worker = Worker(make_run, crowd.tell)
    guard = Guard(names, secrets.token_urlsafe(18))
    desk = make_desk(worker, guard, run.site, language, follow=wishes.follow)
    crowd.desk = desk
    try:
        _serve(worker, desk, place, crowd, wishes)
    except KeyboardInterrupt:
        worker.close()
        sys.stderr.flush()
        # Giving back the memory of a large site value by value would take longer than all the rest.
        os._exit(INTERRUPTED)
    return 0


def _serve(worker: Worker, desk: Desk, place: Place, crowd: _Crowd, wishes: Wishes) -> None:
    themes = partial(theme_folders, desk.site)
    seen = look_at(desk.site, themes)
    worker.begin_watching(seen)
    before = sys.getswitchinterval()
    with _interruptible(), ExitStack() as stack:
        stack.callback(sys.setswitchinterval, before)
        sys.setswitchinterval(SWITCH_SECONDS)

        def open_doors() -> None:
            """Answer browsers, when the first page can be made; until then workers are forked."""
            worker.ready = no_breath
            _announce(place, worker.base, wishes, desk.language)
            stack.enter_context(_serving(desk, place, crowd))

        worker.ready = open_doors
        worker.step()
        worker.ready()  # if there was nothing to look at yet
        _load_parser()
        stack.enter_context(_watching(worker, themes, seen, poll=wishes.poll))
        if wishes.open:
            webbrowser.open(place.urls(worker.base)[0])
        worker.run()


def _load_parser() -> None:
    """Load what the first save needs; in a thread, for Ctrl-C in an import may get lost."""
    threading.Thread(target=import_module, args=("wenzhai.articles",), daemon=True).start()


class _Crowd:
    """Who is told of news: the terminal, and the browsers through the server's thread."""

    def __init__(self, language: Language) -> None:
        self.desk: Desk | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._language = language
        self._told: frozenset[Problem] = frozenset()

    def tell(self, news: News) -> None:
        if isinstance(news, Faults):
            self._print(news)
        if self.loop and self.desk:
            with suppress(RuntimeError):  # the loop is closed: nobody is left to tell
                self.loop.call_soon_threadsafe(self.desk.hear, news)

    def _print(self, news: Faults) -> None:
        """Say each problem when it turns up, and when the last is mended."""
        found = frozenset(news.problems)
        lines = lines_of(self.desk.worker) if self.desk else lambda _: None
        for item in news.problems:
            if item not in self._told:
                say(render_problem(item, lines, self._language))
        if self._told and not found:
            say(MESSAGES[self._language]["mended"])
        self._told = found


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the preview at once, worker processes included."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for child in multiprocessing.active_children():
            child.terminate()
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, interrupt) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _announce(place: Place, base: str, wishes: Wishes, language: Language) -> None:
    words = MESSAGES[language]
    if wishes.port and place.port != wishes.port:
        say(words["next port"].format(port=wishes.port))
    if wishes.host:
        say(words["exposed"].format(host=wishes.host))
    for url in place.urls(base):
        say(words["serving"].format(url=url))
    say(words["leave"])


@contextmanager
def _serving(desk: Desk, place: Place, crowd: _Crowd) -> Iterator[None]:
    """Run the server in a thread of its own."""
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        server = HTTPServer(make_application(desk), max_body_size=1 << 16)
        server.add_sockets(place.sockets)
        ready.set()
        while not over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), PING_SECONDS)
            if not over.is_set():
                desk.tabs.ping()
        server.stop()
        desk.tabs.bye()
        await asyncio.sleep(0)  # lets the farewell go out

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    crowd.loop = loop
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(over.set)
        thread.join(LEAVE_SECONDS)
        crowd.loop = None


@contextmanager
def _watching(
    worker: Worker, themes: Callable[[], ThemeFolders], seen: Scan, *, poll: bool
) -> Iterator[None]:
    """Watch the site's files in a thread of its own."""
    stop = threading.Event()

    def follow() -> None:
        watch(
            worker.site,
            themes,
            worker.look_again,
            stop,
            poll=poll,
            say=worker.note,
            next_due=lambda: worker.due,
            seen=seen,
        )

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LEAVE_SECONDS)
