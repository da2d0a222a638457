"""What the server knows of tabs: which are there, and what each has to be told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from wenzhai.model import Address, Digest, OutPath
from wenzhai.preview.news import Gone, Moved, Saved, Shown
from wenzhai.preview.outputs import Page
from wenzhai.preview.serve import PING_SECONDS
from wenzhai.preview.tabs import SILENT_SECONDS, Tab, Tabs

PAGE = OutPath("a/index.html")


@dataclass
class Wire:
    """A connection that keeps what went over it."""

    sent: list[str] = field(default_factory=list)
    is_closed: bool = False

    def send(self, text: str) -> None:
        self.sent.append(text)

    def close(self) -> None:
        self.is_closed = True


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: float = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("wenzhai.preview.tabs.time", made)
    return made


@pytest.fixture
def tabs() -> Tabs:
    return Tabs(lambda _: None, lambda _: {"type": "problems", "problems": []}, lambda: "/")


def opened(tabs: Tabs, page: str = PAGE) -> Tab:
    tab = tabs.add(Wire())
    tabs.open(tab, page, "v1", "zh")
    return tab


@pytest.mark.parametrize("after", [0.01, 0.5, 1.0])
def test_tab_whose_connection_died_is_dropped_within_ten_seconds(
    clock: Clock, tabs: Tabs, after: float
) -> None:
    """The connection dies ``after`` a part of the time between two pings."""
    wire = Wire()
    tab = tabs.add(wire)
    tab.heard = died = clock.now
    clock.now += PING_SECONDS * after
    while not wire.is_closed:
        tabs.ping()
        clock.now += PING_SECONDS
        assert clock.now - PING_SECONDS - died < 10


def test_tab_that_answers_each_ping_late_is_kept(clock: Clock, tabs: Tabs) -> None:
    wire = Wire()
    tab = tabs.add(wire)
    for _ in range(10):
        tabs.ping()
        clock.now += PING_SECONDS
        tab.heard = clock.now - PING_SECONDS / 2
    assert not wire.is_closed
    assert PING_SECONDS < SILENT_SECONDS


def test_save_is_offered_but_where_it_is_shown_or_about_to_be(tabs: Tabs) -> None:
    saved = Saved(OutPath("b/index.html"), Address("b/"), "乙")
    there, coming, other = (opened(tabs, page) for page in ("b/index.html", PAGE, "c/index.html"))
    moved = tabs.message(Moved(PAGE, Address("b/")), coming)
    assert moved == {"type": "moved", "address": "/b/"}
    told = [tabs.message(saved, tab) for tab in (there, coming, other, tabs.add(Wire()))]
    kinds = [message and message["type"] for message in told]
    assert kinds == ["here", "here", "elsewhere", None]


def test_tab_is_told_once_that_its_page_is_gone_and_again_what_it_has_when_it_is_back(
    tabs: Tabs,
) -> None:
    tab = opened(tabs)
    gone, back = Gone(PAGE, ()), Shown(PAGE, Page(PAGE, Digest("v1"), b"<p>"))
    told = [tabs.message(news, tab) for news in (back, gone, gone, back, back)]
    assert [message and message["type"] for message in told] == [None, "gone", None, "page", None]
