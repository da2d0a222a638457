"""The watcher calls once for each change, however an editor saves, and never for nothing."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from wenzhai import observe
from wenzhai import watch as watch_module
from wenzhai.model import RelPath
from wenzhai.problems import Problem
from wenzhai.scan import Scan, ThemeFolders, scan_sources
from wenzhai.watch import look_at, watch

A = "content/a.md"
PATIENCE = 20.0


class Watched:
    """A watcher in a thread, and what it saw: the state of a file at each call."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.stop = threading.Event()
        self.said: list[Problem] = []
        self.calls: list[str | None] = []
        self.due: float | None = None
        self.condition = threading.Condition()

    def on_change(self, _seen: Scan) -> None:
        path = self.site / A
        text = path.read_text("utf-8") if path.exists() else None
        with self.condition:
            self.calls.append(text)
            self.condition.notify_all()

    def say(self, item: Problem) -> None:
        with self.condition:
            self.said.append(item)
            self.condition.notify_all()

    def until(self, holds: Callable[[], bool]) -> None:
        with self.condition:
            assert self.condition.wait_for(holds, PATIENCE), (self.calls, self.said)

    def until_seen(self, text: str | None) -> None:
        self.until(lambda: self.calls[-1:] == [text])


@contextmanager
def watching(site: Path, *folders: Path, poll: bool = False) -> Iterator[Watched]:
    """Watch a site until the block ends; changes in the block come after the first scan."""
    watched = Watched(site)
    seen = look_at(site, lambda: themes_in(folders))

    def run() -> None:
        watch(
            site,
            lambda: themes_in(folders),
            watched.on_change,
            watched.stop,
            poll=poll,
            say=watched.say,
            next_due=lambda: watched.due,
            seen=seen,
        )

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield watched
    finally:
        watched.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def themes_in(folders: tuple[Path, ...]) -> ThemeFolders:
    return tuple((RelPath(f"themes/{n}"), folder) for n, folder in enumerate(folders))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "site.toml").touch()
    (folder / A).write_text("old", encoding="utf-8")
    return folder


def save_plainly(path: Path) -> None:
    path.write_text("new", encoding="utf-8")


def save_in_pieces(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for part in "new":
            file.write(part)
            file.flush()


def save_like_vim(path: Path) -> None:
    probe, swap, backup = path.parent / "4913", path.parent / ".a.md.swp", Path(f"{path}~")
    swap.touch()
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text("new", encoding="utf-8")
    path.chmod(0o644)
    backup.unlink()
    swap.unlink()


def save_like_emacs(path: Path) -> None:
    lock, autosave, backup = path.parent / ".#a.md", path.parent / "#a.md#", Path(f"{path}~")
    lock.symlink_to("user@host.1:2")
    autosave.write_text("new", encoding="utf-8")
    path.rename(backup)
    path.write_text("new", encoding="utf-8")
    lock.unlink()
    autosave.unlink()


def save_like_vs_code(path: Path) -> None:
    with path.open("r+", encoding="utf-8") as file:
        file.truncate(0)
        file.flush()
        file.write("new")


def save_like_sed(path: Path) -> None:
    temporary = path.parent / "sedAb12Cd"
    temporary.write_text("new", encoding="utf-8")
    temporary.replace(path)


def save_from_elsewhere(path: Path) -> None:
    outside = path.parents[2] / "outside.md"
    outside.write_text("new", encoding="utf-8")
    outside.replace(path)


SAVES = [
    *(save_plainly, save_in_pieces, save_like_vim, save_like_vs_code, save_like_sed),
    save_from_elsewhere,
    pytest.param(
        save_like_emacs, marks=pytest.mark.skipif(os.name != "posix", reason="makes a link")
    ),
]


@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
@pytest.mark.parametrize("save", SAVES)
def test_save_is_seen_whole(site: Path, save: Callable[[Path], None], poll: bool) -> None:  # noqa: FBT001  # parameter
    with watching(site, poll=poll) as watched:
        save(site / A)
        watched.until_seen("new")
    assert watched.said == []


def test_change_before_the_watching_began_is_seen(site: Path) -> None:
    seen = look_at(site, tuple)
    (site / A).write_text("new", encoding="utf-8")
    stop, calls, said = threading.Event(), list[str](), list[Problem]()

    def on_change(_seen: Scan) -> None:
        calls.append((site / A).read_text("utf-8"))
        stop.set()

    watch(
        site,
        tuple,
        on_change,
        stop,
        poll=False,
        say=said.append,
        next_due=lambda: None,
        seen=seen,
    )
    assert (calls, said) == (["new"], [])


@pytest.mark.skipif(not observe.CLOSES, reason="the system does not tell when a writer is done")
def test_slow_writer_is_waited_for_also_by_scans_that_no_event_asked_for(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(watch_module, "SAFETY_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(observe, "BURST_SECONDS", PATIENCE)
    with watching(site) as watched:
        with (site / A).open("w", encoding="utf-8") as file:
            for part in "slowly":
                file.write(part)
                file.flush()
                time.sleep(0.04)
        watched.until_seen("slowly")
    assert watched.calls == ["slowly"]


@pytest.mark.skipif(not observe.CLOSES, reason="the system does not tell when a writer is done")
def test_save_during_a_scan_that_no_event_asked_for_ends_that_scan(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event tells more than the scan; a scan of many files, and its quiet time, are long."""
    ended: list[bool] = []

    def scan_slowly(*asked: Any) -> Scan:  # noqa: ANN401  # passed on
        is_stale = asked[3] if len(asked) > 3 else None
        if is_stale and not ended:
            (site / A).write_text("new", encoding="utf-8")
            ended.append(wait_for(is_stale))
        return scan_sources(*asked)

    with watching(site) as watched:
        monkeypatch.setattr(watch_module, "scan_sources", scan_slowly)
        monkeypatch.setattr(watch_module, "UNTOLD_SECONDS", (PATIENCE, PATIENCE))
        watched.until_seen("new")
    assert ended == [True]


def wait_for(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE / 2
    while not holds() and time.monotonic() < end:
        time.sleep(0.001)
    return holds()


def test_files_that_are_no_sources_call_nobody(site: Path) -> None:
    with watching(site) as watched:
        for name in ("content/.a.md.swp", "content/b.md~", ".wenzhai/cache", "public/index.html"):
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_text("x", encoding="utf-8")
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")
        (site / "public/index.html").write_text("y", encoding="utf-8")
        (site / A).write_text("newer", encoding="utf-8")
        watched.until_seen("newer")
    assert set(watched.calls) == {"new", "newer"}


def test_settings_theme_and_new_folders_are_watched(site: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    with watching(site, theme) as watched:
        for count, path in enumerate(
            (site / "site.toml", theme / "a.css", site / "templates/x.html"), 1
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_text("new", encoding="utf-8")
            watched.until(lambda count=count: len(watched.calls) >= count)  # type: ignore[misc]  # default


def test_deleted_and_moved_out_files_are_noticed(site: Path, tmp_path: Path) -> None:
    with watching(site) as watched:
        (site / A).rename(tmp_path / "gone.md")
        watched.until_seen(None)


def test_burst_of_files_ends_in_its_last_state(site: Path) -> None:
    with watching(site) as watched:
        for number in range(300):
            (site / f"content/{number}.md").write_text("x", encoding="utf-8")
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")
        last = len(watched.calls)
    assert last < 100
    assert watched.said == []


@pytest.mark.parametrize("gone", ["content", "."])
def test_folder_removed_and_restored_is_watched_again(
    site: Path, tmp_path: Path, gone: str
) -> None:
    aside = tmp_path / "aside"
    with watching(site) as watched:
        shutil.copytree(site / gone, aside)
        shutil.rmtree(site / gone)
        if gone == "content":
            watched.until_seen(None)
        shutil.copytree(aside, site / gone)
        (site / A).write_text("back", encoding="utf-8")
        watched.until_seen("back")
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")


def test_scheduled_article_calls_once(site: Path) -> None:
    with watching(site) as watched:
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")
        before = len(watched.calls)
        watched.due = time.time() + 0.05
        watched.until(lambda: len(watched.calls) > before)
        (site / A).write_text("end", encoding="utf-8")
        watched.until_seen("end")
    assert len(watched.calls) < 6


def test_too_few_watches_lead_to_polling_and_are_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observe, "count_watches", lambda: 1)
    with watching(site) as watched:
        watched.until(lambda: bool(watched.said))
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")
    assert [item.code for item in watched.said] == ["W501"]
    assert "1 watches for 2 folders" in watched.said[0].message("en")


def test_events_that_never_come_lead_to_polling_and_are_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observe, "_handler", deaf_handler)
    monkeypatch.setattr(observe, "PROBE_SECONDS", 0.01)
    (site / ".wenzhai").mkdir()
    monkeypatch.setattr(watch_module, "SAFETY_SECONDS", (0.02, 0.02))
    with watching(site) as watched:
        watched.until(lambda: bool(watched.said))
        (site / A).write_text("new", encoding="utf-8")
        watched.until_seen("new")
    assert "no event of a probe file" in watched.said[0].message("en")


def test_edits_without_events_lead_to_polling_and_are_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observe, "_handler", deaf_handler)
    monkeypatch.setattr(watch_module, "SAFETY_SECONDS", (0.02, 0.02))
    with watching(site) as watched:
        for text in ("one", "two"):
            (site / A).write_text(text, encoding="utf-8")
            watched.until_seen(text)
        watched.until(lambda: bool(watched.said))
    assert "2 changes without an event" in watched.said[0].message("en")


def deaf_handler(note: Callable[[object], None]) -> object:
    """Take events and say nothing of them, as mounts of other machines do."""
    from watchdog.events import FileSystemEventHandler  # noqa: PLC0415  # tests need it here alone

    assert callable(note)
    return FileSystemEventHandler()


def test_wake_waits_for_quiet_but_not_for_ever() -> None:
    wake, stop = observe.Wake(), threading.Event()
    assert not wake.wait(0, stop)
    wake.notify(closed=False)
    wake.notify(closed=True)
    assert wake.pending()
    assert wake.wait(0, stop)
    assert not wake.pending()
    stop.set()
    wake.notify(closed=True)
    assert not wake.wait(PATIENCE, stop)
