"""Publishing is all or nothing, whole files only, and never at the cost of somebody else's."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from wenzhai.digest import digest_bytes
from wenzhai.manifest import JOURNAL, MANIFEST, STAGING, read_manifest
from wenzhai.model import OutPath
from wenzhai.publish import PublishReport, publish

Site = dict[str, str]

OLD: Site = {
    "index.html": "home 1",
    "articles/a/index.html": "a 1",
    "articles/b/index.html": "b 1",
    "assets/x.css": "css",
    "feed.xml": "feed 1",
}
NEW: Site = {
    "index.html": "home 2",
    "articles/a/index.html": "a 2",
    "articles/c/index.html": "c 2",
    "assets/x.css": "css",
    "feed.xml": "feed 2",
}

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")


def give(files: Mapping[str, str], path: OutPath) -> bytes:
    return files[path].encode()


def run(
    folder: Path,
    files: Mapping[str, str],
    known: Mapping[OutPath, str] | None = None,
    site: Path | None = None,
    executor: Executor | None = None,
) -> PublishReport:
    outputs = {OutPath(path): digest_bytes(text.encode()) for path, text in files.items()}
    site = site or folder.parent / "site"
    return publish(outputs, partial(give, files), folder, site, known or {}, executor)


def tree(folder: Path) -> Site:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}
    texts.pop(MANIFEST, None)
    return texts


def codes(report: PublishReport) -> list[str]:
    return [item.code for item in report.problems]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_first_publish_writes_everything(public: Path) -> None:
    report = run(public, OLD)
    assert tree(public) == OLD
    assert set(report.written) == set(OLD)
    assert (report.unchanged, report.removed, report.problems) == ((), (), ())
    assert set(read_manifest(public) or {}) == set(OLD)
    assert not (public / STAGING).exists()


def test_files_are_written_in_the_order_of_links(public: Path) -> None:
    report = run(public, OLD)
    order = ["assets/x.css", "articles/a/index.html", "articles/b/index.html"]
    assert list(report.written) == [*order, "index.html", "feed.xml"]


def test_second_publish_writes_and_reads_nothing(public: Path) -> None:
    first = run(public, OLD)
    stamps = {path: os.stat(public / path).st_mtime_ns for path in OLD}  # noqa: PTH116  # short
    outputs = {OutPath(path): digest_bytes(text.encode()) for path, text in OLD.items()}

    def refuse(path: OutPath) -> bytes:
        raise AssertionError(path)

    again = publish(outputs, refuse, public, public.parent / "site", first.signatures)
    assert (again.written, set(again.unchanged)) == ((), set(OLD))
    assert again.signatures == first.signatures
    assert {path: (public / path).stat().st_mtime_ns for path in OLD} == stamps


def test_publish_without_known_signatures_compares_content(public: Path) -> None:
    run(public, OLD)
    assert run(public, OLD).written == ()


def test_changes_are_written_and_what_is_gone_is_deleted(public: Path) -> None:
    first = run(public, OLD)
    report = run(public, NEW, first.signatures)
    assert tree(public) == NEW
    assert report.unchanged == ("assets/x.css",)
    assert report.removed == ("articles/b/index.html",)
    assert not (public / "articles/b").exists()


def test_two_ways_to_a_site_give_equal_folders(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    run(one, OLD)
    run(one, NEW)
    run(two, NEW)
    assert tree(one) == tree(two)
    assert (one / MANIFEST).read_bytes() == (two / MANIFEST).read_bytes()


@pytest.mark.parametrize("known", [True, False])
def test_tampered_and_deleted_outputs_are_repaired(public: Path, known: bool) -> None:  # noqa: FBT001  # parameter
    first = run(public, OLD)
    (public / "index.html").write_text("hacked", encoding="utf-8")
    (public / "feed.xml").unlink()
    report = run(public, OLD, first.signatures if known else {})
    assert set(report.written) == {"index.html", "feed.xml"}
    assert tree(public) == OLD


def test_damaged_manifest_does_not_hide_tampering(public: Path) -> None:
    first = run(public, OLD)
    (public / "index.html").write_text("hacked", encoding="utf-8")
    (public / MANIFEST).write_text('{"format": 1, "outputs": {}}', encoding="utf-8")
    run(public, OLD, first.signatures)
    assert tree(public) == OLD


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_modes_do_not_depend_on_the_umask(public: Path) -> None:
    before = os.umask(0o077)
    try:
        run(public, OLD)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE((public / path).stat().st_mode) for path in (*OLD, MANIFEST)}
    assert modes == {0o644}
    folders = (public, public / "articles", public / "articles/a")
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o755}


def test_foreign_files_stay(public: Path) -> None:
    run(public, OLD)
    (public / "CNAME").write_text("example.org", encoding="utf-8")
    (public / "articles/b/photo.jpg").write_text("mine", encoding="utf-8")
    run(public, NEW)
    assert tree(public) == NEW | {"CNAME": "example.org", "articles/b/photo.jpg": "mine"}


@pytest.mark.parametrize("name", ["index.html", "notes/a.txt", ".bashrc"])
def test_folder_of_others_is_refused(public: Path, name: str) -> None:
    (public / name).parent.mkdir(parents=True)
    (public / name).write_text("mine", encoding="utf-8")
    report = run(public, OLD)
    assert codes(report) == ["E602"]
    assert tree(public) == {name: "mine"}


def test_folder_with_a_broken_manifest_is_refused(public: Path) -> None:
    run(public, OLD)
    (public / MANIFEST).write_text("{", encoding="utf-8")
    assert codes(run(public, NEW)) == ["E602"]
    assert tree(public) == OLD


@pytest.mark.parametrize(
    ("inside", "code"),
    [(".", "E601"), ("..", "E601"), ("content", "E609"), ("themes/x", "E609"), (".git", "E609")],
)
def test_dangerous_folders_are_refused(tmp_path: Path, inside: str, code: str) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    report = run(site / inside, OLD, site=site)
    assert codes(report) == [code]
    assert tree(tmp_path) == {}


def test_root_and_home_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for folder in (Path(tmp_path.anchor), home):
        assert codes(run(folder, OLD, site=tmp_path / "site")) == ["E601"]
    assert tree(home) == {}


def test_file_in_place_of_the_folder_is_refused(public: Path) -> None:
    public.write_text("a file", encoding="utf-8")
    assert codes(run(public, OLD)) == ["E612"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "public").symlink_to(elsewhere)
    assert codes(run(site / "public", OLD, site=site)) == ["E610"]
    assert tree(elsewhere) == {}


def test_unsafe_addresses_are_refused(public: Path) -> None:
    bad = ["../x", "/x", "a//b", "a/./b", "a\\b", "a\0b", "c:x", "x.", MANIFEST, JOURNAL]
    report = run(public, dict.fromkeys(bad, ""))
    assert codes(report) == ["E611"] * len(bad)
    assert not public.exists()


def test_overlong_addresses_are_refused(public: Path) -> None:
    report = run(public, {"长" * 86: "", "/".join(["ab"] * 334): "", "长" * 85: ""})
    assert codes(report) == ["E604", "E604"]


def test_file_gives_way_to_a_folder_and_back(public: Path) -> None:
    one = {"a": "file", "b/x": "x", "b/y/z": "z"}
    two = {"a/index.html": "in", "b": "file"}
    run(public, one)
    assert run(public, two).removed == ("a", "b/x", "b/y/z")
    assert tree(public) == two
    assert not run(public, one).problems
    assert tree(public) == one


def test_foreign_things_in_the_way_are_named_and_kept(public: Path) -> None:
    run(public, {"index.html": "1"})
    (public / "a").write_text("mine", encoding="utf-8")
    (public / "b").mkdir()
    (public / "b/mine.txt").write_text("mine", encoding="utf-8")
    before = tree(public)
    report = run(public, {"index.html": "2", "a/x.html": "", "b": ""})
    assert codes(report) == ["E605", "E605"]
    assert tree(public) == before


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_are_never_followed(public: Path, tmp_path: Path) -> None:
    run(public, OLD)
    precious = tmp_path / "precious"
    (public / "articles/b").rename(precious)
    (public / "articles/b").symlink_to(precious)
    (public / "index.html").unlink()
    (public / "index.html").symlink_to(precious / "index.html")
    report = run(public, NEW)
    assert codes(report) == ["W601"]
    assert tree(precious) == {"index.html": "b 1"}
    assert (public / "index.html").read_text("utf-8") == "home 2"
    assert not (public / "index.html").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_nothing_is_written_through_a_link(public: Path, tmp_path: Path) -> None:
    run(public, {"index.html": "1"})
    (tmp_path / "precious").mkdir()
    (public / "articles").symlink_to(tmp_path / "precious")
    assert codes(run(public, OLD)) == ["E605"]
    assert tree(tmp_path / "precious") == {}


def test_hard_linked_output_is_replaced_not_overwritten(public: Path, tmp_path: Path) -> None:
    run(public, OLD)
    os.link(public / "index.html", tmp_path / "backup.html")
    run(public, NEW)
    assert (tmp_path / "backup.html").read_text("utf-8") == "home 1"


def failing_write(limit: int) -> Iterator[int]:
    """Give how many bytes each write may take before the disk is full."""
    while limit > 0:
        yield (part := min(limit, 4))
        limit -= part


@pytest.mark.parametrize("room", [0, 3, 10, 400])
def test_full_disk_changes_nothing(
    public: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    run(public, OLD)
    real_write, parts = os.write, failing_write(room)

    def write(handle: int, content: bytes) -> int:
        if part := next(parts, 0):
            return real_write(handle, content[:part])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("wenzhai.staging.os.write", write)
        report = run(public, NEW)
    assert codes(report) == ["E603"]
    assert "MB free" in report.problems[0].message("en")
    assert tree(public) == OLD
    assert not (public / STAGING).exists()
    run(public, NEW)
    assert tree(public) == NEW


@pytest.mark.parametrize("threads", [False, True])
def test_a_failure_leaves_no_empty_folders(
    public: Path,
    monkeypatch: pytest.MonkeyPatch,
    threads: bool,  # noqa: FBT001  # parameter
) -> None:
    run(public, OLD)
    before = sorted(public.rglob("*"))

    def render(_outputs: object) -> bytes:  # it comes when all files and folders are made
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    new = NEW | {f"articles/{number}/deep/index.html": "x" for number in range(5)}
    with monkeypatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr("wenzhai.staging.render_manifest", render)
        report = run(public, new, executor=pool) if threads else run(public, new)
    assert codes(report) == ["E603"]
    assert sorted(public.rglob("*")) == before


def test_full_disk_at_the_first_publish_leaves_a_folder_to_go_on_with(
    public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(handle: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, f"{handle} {len(content)}")

    with monkeypatch.context() as patch:
        patch.setattr("wenzhai.staging.os.write", write)
        assert codes(run(public, OLD)) == ["E603"]
    assert tree(public) == {}
    run(public, OLD)
    assert tree(public) == OLD


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a tiny disk")
def test_really_full_disk_changes_nothing(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount")
    try:
        run(small, OLD, site=tmp_path / "site")
        big = NEW | {f"assets/{number}.bin": "x" * 50_000 for number in range(8)}
        assert codes(run(small, big, site=tmp_path / "site")) == ["E603"]
        assert tree(small) == OLD
        assert run(small, NEW, site=tmp_path / "site").problems == ()
        assert tree(small) == NEW
    finally:
        subprocess.run(["umount", str(small)], check=True)


def publish_until(public: Path, files: Site, function: str, count: int) -> int:
    """Publish in a child that is killed at the given call of an os function."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [count]
    real = getattr(os, function)

    def die(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)

    setattr(os, function, die)
    run(public, files)
    os._exit(0)


@forking
@pytest.mark.parametrize("start", [OLD, {}], ids=["update", "first"])
@pytest.mark.parametrize("function", ["replace", "unlink", "rename", "write", "mkdir", "rmdir"])
def test_killed_build_leaves_whole_files_and_the_next_mends_all(
    tmp_path: Path, function: str, start: Site
) -> None:
    last = {path: text for path, text in NEW.items() if path != "articles/c/index.html"}
    for count in range(20):
        public = tmp_path / str(count)
        if start:
            run(public, start)
        code = publish_until(public, NEW, function, count)
        for path, text in tree(public).items():
            if not path.startswith(STAGING):
                assert text in {start.get(path), NEW.get(path)}, (count, path)
        # The killed build may have added an article that nobody wants any more.
        assert run(public, last).problems == ()
        assert tree(public) == last
        assert (public / MANIFEST).is_file()
        if code == 0:
            return
    pytest.fail("never ran to its end")


@forking
def test_build_killed_while_mending_another_forgets_nothing(tmp_path: Path) -> None:
    last = {path: text for path, text in NEW.items() if path != "articles/c/index.html"}
    for count in range(8):
        public = tmp_path / str(count)
        run(public, OLD)
        publish_until(public, NEW, "replace", 3)
        assert "articles/c/index.html" in tree(public)
        publish_until(public, last, "write", count)
        run(public, last)
        assert tree(public) == last


@forking
def test_read_error_leaves_the_old_site(public: Path) -> None:
    run(public, OLD)
    outputs = {OutPath(path): digest_bytes(text.encode()) for path, text in NEW.items()}
    with pytest.raises(KeyError):
        publish(outputs, partial(give, {}), public, public.parent / "site", {})
    assert tree(public) == OLD


def test_threads_write_the_same_site(public: Path) -> None:
    outputs = {OutPath(f"a/{n}.html"): digest_bytes(b"%d" % n) for n in range(600)}
    files = {str(path): path[2:-5] for path in outputs}
    with ThreadPoolExecutor(2) as pool:
        publish(outputs, partial(give, files), public, public.parent / "site", {}, pool)
    assert tree(public) == files


@forking
def test_processes_write_the_same_site_and_their_errors_arrive(public: Path) -> None:
    outputs = {OutPath(path): digest_bytes(text.encode()) for path, text in OLD.items()}
    read = partial(give, OLD)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        publish(outputs, read, public, public.parent / "site", {}, pool)
        assert tree(public) == OLD
        broken = outputs | {OutPath("new.html"): digest_bytes(b"new")}
        with pytest.raises(KeyError):
            publish(broken, read, public, public.parent / "site", {}, pool)
    assert tree(public) == OLD
