"""The snapshot takes every source once, whole, under a name that all systems share."""

from __future__ import annotations

import os
import socket
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from wenzhai import snapshot as snapshot_module
from wenzhai import workers
from wenzhai.digest import digest_bytes
from wenzhai.model import Digest, RelPath
from wenzhai.scan import is_ignored, scan_signature, scan_sources
from wenzhai.snapshot import Snapshot, StatRow, read_ahead, take_snapshot
from wenzhai.store import SourceChangedError

LATER = 10_000_000_000
A = "content/articles/a.md"

fork_only = pytest.mark.usefixtures("forking")
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX file types")


@pytest.fixture
def forking() -> None:
    if not workers.can_fork():  # threads of other tests may still end
        pytest.skip("reads ahead in forked processes")


def make_site(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def take(site: Path, *themes: tuple[str, Path]) -> Snapshot:
    folders = tuple((RelPath(path), folder) for path, folder in themes)
    return take_snapshot(scan_sources(site, folders, time.time_ns()), {})[0]


def rows_of(site: Path, known: Mapping[str, tuple[str, Digest]], now: int) -> tuple[StatRow, ...]:
    return take_snapshot(scan_sources(site, (), now), known)[1]


def as_known(rows: tuple[StatRow, ...]) -> dict[str, tuple[str, Digest]]:
    return {row.path: (row.signature, row.digest) for row in rows}


def codes(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [(item.code, item.span.path) for item in snapshot.problems]


def test_snapshot_holds_sources_in_path_order(tmp_path: Path) -> None:
    files = {"site.toml": "", A: "甲", "content/b.md": "b", "templates/x.html": "", "README.md": ""}
    found = take(make_site(tmp_path, files))
    assert list(found.files) == [A, "content/b.md", "site.toml", "templates/x.html"]
    assert found.files[RelPath(A)] == digest_bytes("甲".encode())
    assert found.read(RelPath(A)).decode() == "甲"
    assert not found.problems


def test_theme_outside_of_the_site_appears_below_themes(tmp_path: Path) -> None:
    theme = make_site(tmp_path / "packaged", {"theme.toml": "", "deep/a.css": "a"})
    found = take(make_site(tmp_path / "site", {"site.toml": ""}), ("themes/wenzhai", theme))
    assert list(found.files) == [
        "site.toml",
        "themes/wenzhai/deep/a.css",
        "themes/wenzhai/theme.toml",
    ]
    assert found.read(RelPath("themes/wenzhai/deep/a.css")) == b"a"


def test_empty_site_has_an_empty_snapshot(tmp_path: Path) -> None:
    assert take(tmp_path).files == {}


@pytest.mark.parametrize(
    "name",
    [
        *(".git", ".a.md.swp", "a.md~", "#a.md#", ".#a.md", "4913", "a.md.tmp", "a.swp", "x.bck"),
        *("___jb_tmp___", "~$a.docx", "sedAb12Cd", "node_modules", "__pycache__", ".DS_Store"),
    ],
)
def test_what_editors_and_tools_leave_is_ignored(name: str) -> None:
    assert is_ignored(name)


@pytest.mark.parametrize(
    "name", ["a.import.json", "CON.md", "#1 新闻.md", "sed.md", "a~b.md", "tmp"]
)
def test_ordinary_names_are_sources(name: str) -> None:
    assert not is_ignored(name)


def test_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one"})
    later = time.time_ns() + LATER
    rows = rows_of(site, {}, later)
    kept = {A: (rows[0].signature, Digest("0" * 32))}
    assert rows_of(site, kept, later)[0].digest == "0" * 32


@fork_only
def test_what_is_read_ahead_is_not_read_again_and_makes_the_same_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "甲", "content/cafe\u0301.md": "b", "site.toml": ""})
    scan = scan_sources(site, (), time.time_ns() + LATER)
    plain = take_snapshot(scan, {})
    done: list[str] = []
    monkeypatch.setattr(workers, "WORTH", 3)
    known = read_ahead(scan, {}, 2, lambda: done.append("imported"))
    assert (done, known) == (["imported"], as_known(plain[1]))
    monkeypatch.setattr(snapshot_module, "_read_file", _refuse_to_read)
    assert take_snapshot(scan, known) == plain


@fork_only
def test_a_file_saved_while_it_was_read_ahead_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "old", "site.toml": ""})
    scan = scan_sources(site, (), time.time_ns() + LATER)
    (site / A).write_text("newer", encoding="utf-8")
    monkeypatch.setattr(workers, "WORTH", 2)
    known = read_ahead(scan, {}, 2, lambda: (site / A).write_text("newest", encoding="utf-8"))
    assert take_snapshot(scan, known)[0].files[RelPath(A)] == digest_bytes(b"newest")


def test_few_files_are_not_read_ahead(tmp_path: Path) -> None:
    done: list[str] = []
    scan = scan_sources(make_site(tmp_path, {A: "a"}), (), time.time_ns())
    assert (read_ahead(scan, {}, 2, lambda: done.append("x")), done) == ({}, [])


def _refuse_to_read(real: str) -> None:
    raise AssertionError(real)


def test_file_of_this_moment_is_read_again_next_time(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one"})
    rows = rows_of(site, {}, time.time_ns())
    assert rows[0].signature == ""
    assert rows_of(site, {A: ("", Digest("0" * 32))}, time.time_ns())[0].digest == rows[0].digest


def test_edit_of_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one"})
    before = (site / A).stat()
    rows = rows_of(site, {}, time.time_ns())
    (site / A).write_text("two", encoding="utf-8")
    os.utime(site / A, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert rows_of(site, as_known(rows), time.time_ns())[0].digest == digest_bytes(b"two")


def test_reading_a_source_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one", "content/b.md": ""})
    found = take(site)
    (site / A).write_text("two", encoding="utf-8")
    (site / "content/b.md").unlink()
    for path in (A, "content/b.md"):
        with pytest.raises(SourceChangedError):
            found.read(RelPath(path))


@posix
def test_pipes_and_sockets_are_named_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {"content/a.md": ""})
    os.mkfifo(site / "content/pipe.md")
    monkeypatch.chdir(site / "content")  # the name of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.md")
        found = take(site)
    assert codes(found) == [("E504", "content/pipe.md"), ("E504", "content/s.md")]
    assert list(found.files) == ["content/a.md"]


@posix
def test_links_inside_the_site_are_followed(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"shared/a.md": "a", "content/x.md": ""})
    (site / "content/linked").symlink_to("../shared")
    (site / "content/b.md").symlink_to("../shared/a.md")
    found = take(site)
    assert list(found.files) == ["content/b.md", "content/linked/a.md", "content/x.md"]
    assert not found.problems


@posix
def test_links_out_of_the_site_or_to_hidden_files_are_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/a.md": "", ".env": "secret"})
    make_site(tmp_path / "site-b", {"b.md": ""})
    (site / "content/env.md").symlink_to("../.env")
    (site / "content/out").symlink_to(tmp_path / "site-b")
    (site / "content/none.md").symlink_to("nowhere")
    found = take(site)
    wanted = [("E502", "content/env.md"), ("E509", "content/none.md"), ("E502", "content/out")]
    assert codes(found) == wanted
    assert list(found.files) == ["content/a.md"]


@posix
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a/x.md": ""})
    (site / "content/a/up").symlink_to("..")
    (site / "content/self").symlink_to("self")
    found = take(site)
    assert codes(found) == [("E503", "content/a/up"), ("E503", "content/self")]
    assert list(found.files) == ["content/a/x.md"]


@posix
def test_links_that_multiply_paths_end(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"d{number}/x.md": "" for number in range(8)} | {"content/x": ""})
    for number in range(7):
        for name in "ab":
            (site / f"d{number}" / name).symlink_to(f"../d{number + 1}")
    (site / "content/in").symlink_to("../d0")
    found = take(site)
    assert {code for code, _ in codes(found)} == {"E503"}
    assert len(found.files) < 40


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "", "content/b.md": ""})
    (site / A).chmod(0)
    found = take(site)
    assert codes(found) == [("E501", A)]
    assert list(found.files) == ["content/b.md"]


def test_read_error_is_a_problem_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "", "content/b.md": ""})
    real_open = os.open

    def fail(path: str, flags: int) -> int:
        if path.endswith("a.md"):
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, flags)

    monkeypatch.setattr("wenzhai.snapshot.os.open", fail)
    found = take(site)
    assert codes(found) == [("E501", A)]
    assert "Permission denied" in found.problems[0].message("en")


def test_file_that_vanishes_during_the_scan_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "", "content/b.md": ""})
    real_open = os.open

    def remove_first(path: str, flags: int) -> int:
        Path(path).unlink()
        return real_open(path, flags)

    monkeypatch.setattr("wenzhai.snapshot.os.open", remove_first)
    found = take(site)
    assert (found.files, found.problems) == ({}, ())


def test_file_that_changes_while_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "old"})
    real_read = os.read
    calls: list[bytes] = []

    def grow(handle: int, size: int) -> bytes:
        chunk = real_read(handle, size)
        if not calls:
            (site / A).write_text("quite new", encoding="utf-8")
        calls.append(chunk)
        return chunk

    monkeypatch.setattr("wenzhai.snapshot.os.read", grow)
    assert take(site).files[RelPath(A)] == digest_bytes(b"quite new")


def test_file_that_never_rests_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path, {A: "old"})
    real_read, sizes = os.read, iter(range(100))

    def grow(handle: int, size: int) -> bytes:
        (site / A).write_text("x" * next(sizes), encoding="utf-8")
        return real_read(handle, min(size, 0))

    monkeypatch.setattr("wenzhai.snapshot.os.read", grow)
    assert codes(take(site)) == [("E508", A)]


def test_oversized_file_is_refused_unread(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: ""})
    with (site / A).open("wb") as file:
        file.truncate(snapshot_module.LARGEST + 1)  # sparse: takes no room
    assert codes(take(site)) == [("E505", A)]


def test_decomposed_names_become_nfc(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/" + unicodedata.normalize("NFD", "é.md"): "x"})
    found = take(site)
    assert list(found.files) == ["content/é.md"]
    assert found.read(RelPath("content/é.md")) == b"x"


@pytest.mark.parametrize("pair", [("a.md", "A.md"), ("é.md", "e\u0301.md")])
def test_names_that_other_systems_take_for_one_are_named_both(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    site = make_site(tmp_path, {f"content/{name}": name for name in pair})
    if len(os.listdir(site / "content")) == 1:  # noqa: PTH208  # names alone
        pytest.skip("this file system takes them for one, too")
    (item,) = take(site).problems
    assert item.code == "E507"
    named = {item.span.path, dict(item.arguments)["other"]}
    assert named == {f"content/{unicodedata.normalize('NFC', name)}" for name in pair}


@posix
def test_name_that_is_no_utf8_is_shown_escaped(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/a.md": ""})
    try:
        Path(os.fsdecode(os.fsencode(site) + b"/content/\xb0\xa1.md")).touch()
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    found = take(site)
    assert codes(found) == [("E506", "content/\\xb0\\xa1.md")]
    assert "\\xb0\\xa1" in found.problems[0].message("en")
    assert (
        scan_signature(scan_sources(site, (), 0)).text
        == scan_signature(scan_sources(site, (), 0)).text
    )


def test_scan_signature_tells_edits_and_names_apart(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one", "site.toml": ""})
    later = time.time_ns() + LATER
    first = scan_signature(scan_sources(site, (), later))
    assert scan_signature(scan_sources(site, (), later)) == first
    (site / "content/articles/.a.md.swp").touch()
    assert scan_signature(scan_sources(site, (), later)).text == first.text
    (site / A).rename(site / "content/articles/b.md")
    assert scan_signature(scan_sources(site, (), later)).text != first.text


def test_scan_is_racy_while_a_file_is_fresh(tmp_path: Path) -> None:
    site = make_site(tmp_path, {A: "one"})
    assert scan_signature(scan_sources(site, (), time.time_ns())).racy
    assert not scan_signature(scan_sources(site, (), time.time_ns() + LATER)).racy
