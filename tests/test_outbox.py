"""The outbox: what is rendered is written once, and shows only where it is published."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from sites import SETTINGS, SMALL, article, build, built, make_site, tree, write

from wenzhai import session, staging
from wenzhai.digest import digest_bytes
from wenzhai.manifest import JOURNAL, MANIFEST, STAGING
from wenzhai.model import Digest, OutPath
from wenzhai.outbox import FolderOutbox, open_outbox
from wenzhai.staging import LAID, write_file

PAGE = OutPath("index.html")


def put(outbox: FolderOutbox, text: str, path: OutPath = PAGE) -> str:
    return outbox.put("room", path, text.encode(), digest_bytes(text.encode()))


def empty_outbox(folder: Path) -> FolderOutbox:
    return FolderOutbox(str(folder), {})


def test_what_is_put_lies_whole_in_the_staging_folder(tmp_path: Path) -> None:
    laid = Path(put(empty_outbox(tmp_path / "public"), "页"))
    assert laid.read_text("utf-8") == "页"
    assert laid.is_relative_to(tmp_path / "public" / LAID)


def test_what_the_folder_holds_already_is_not_written(tmp_path: Path) -> None:
    outbox = FolderOutbox(str(tmp_path), {PAGE: digest_bytes(b"old")})
    assert put(outbox, "old") == ""
    assert put(outbox, "new")
    assert put(outbox, "old", OutPath("other.html"))


def test_a_full_disk_leaves_no_part_and_is_left_to_publishing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_some(handle: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, f"{handle} {len(content)}")

    monkeypatch.setattr(os, "write", write_some)
    assert put(empty_outbox(tmp_path), "page") == ""
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_build_reads_nothing_back_that_it_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watched(folder: str, batch: tuple[tuple[int, OutPath], ...], read: staging.Read) -> None:
        asked.extend(path for _, path in batch)
        real(folder, batch, read)

    real = staging.stage_batch
    monkeypatch.setattr(staging, "stage_batch", watched)
    assert built(make_site(tmp_path / "site"))
    assert asked
    assert all(path.startswith("assets/") for path in asked)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_workers_lay_ready_is_what_one_process_publishes(tmp_path: Path, jobs: str) -> None:
    more = {
        f"content/articles/n{number}.md": article(f"第 {number} 号", date="2024-01-02")
        for number in range(60)
    }
    plain, other = (make_site(tmp_path / name, SMALL | more) for name in ("plain", "other"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FolderOutbox, "put", lambda *_: "")
        wanted = built(plain, jobs=1)
    assert built(other, jobs=int(jobs)) == wanted


def test_outputs_with_the_same_bytes_are_all_published(tmp_path: Path) -> None:
    write(tmp_path / "site/templates/redirect.html", "moved")
    aliases = {"content/articles/a.md": article("甲", date="2024-01-02", aliases="[/x/, /y/, /z/]")}
    published = built(make_site(tmp_path / "site", SMALL | aliases))
    assert {published[f"{name}/index.html"] for name in "xyz"} == {b"moved"}


def test_a_first_build_that_fails_while_rendering_leaves_no_folder(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    write(site / "templates/tag.html", "{{ nothing.of.that }}")
    write(site / "templates/list.html", "{{ nothing.of.that }}")
    assert not build(site).published
    assert not (site / "public").exists()


def test_a_build_that_is_broken_off_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site")
    before = built(site)
    write(site / "site.toml", SETTINGS.replace("灯下文摘", "灯上文摘"))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "_publish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(site)
    assert tree(site / "public") == before


def test_what_a_killed_build_laid_ready_is_dropped(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    before = built(site)
    left = site / "public" / LAID / "00000001/a/aa"
    left.parent.mkdir(parents=True)
    write_file(str(left), b"half")
    assert built(site) == before


def test_there_is_none_for_a_folder_that_publishing_refuses_or_mends(tmp_path: Path) -> None:
    def opens(folder: Path) -> bool:
        with open_outbox(folder, tmp_path / "site") as outbox:
            return outbox is not None

    foreign, broken = tmp_path / "foreign", tmp_path / "broken"
    write(foreign / "diary.txt", "mine")
    write(broken / JOURNAL, '{"format": 1, "outputs": {}}')
    assert [opens(folder) for folder in (tmp_path / "new", foreign, broken, tmp_path)] == [
        *(True, False, False, False)
    ]
    assert (broken / JOURNAL).is_file()


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_in_place_of_the_staging_folder_is_not_followed(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    before = built(site)
    elsewhere = tmp_path / "elsewhere"
    write(elsewhere / "laid/diary.txt", "mine")
    (site / "public" / STAGING).symlink_to(elsewhere)
    write(site / "content/articles/one.md", article("改过的标题"))
    assert built(site) != before
    assert tree(elsewhere) == {"laid/diary.txt": b"mine"}
    assert not (site / "public" / STAGING).exists()
    assert (site / "public" / MANIFEST).is_file()


def test_the_journal_of_a_killed_build_is_kept_for_publishing(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    write(folder / JOURNAL, '{"format": 1, "outputs": {"index.html": ""}}')
    laid = put(empty_outbox(folder), "page")
    staging.drop_laid(folder)
    assert not Path(laid).exists()
    assert (folder / JOURNAL).is_file()


def test_a_page_brings_its_folder_along_unless_it_is_there(tmp_path: Path) -> None:
    outbox = empty_outbox(tmp_path)
    (tmp_path / "tags").mkdir()
    new = Path(put(outbox, "new", OutPath("articles/a/index.html")))
    assert (new.name, [*new.parent.iterdir()]) == ("index.html", [new])
    for path in ("tags/index.html", "index.html", "articles/a/index.md"):
        assert Path(put(outbox, path, OutPath(path))).name != "index.html"


def test_folders_and_pages_arrive_whatever_else_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = staging.make_folders

    def watched(folder: str, wanted: Iterable[str], done: list[str]) -> None:
        made.extend(wanted := list(wanted))
        real(folder, wanted, done)

    monkeypatch.setattr(staging, "make_folders", watched)
    published = built(make_site(tmp_path / "site"))
    assert "tags/开源/page/2/index.html" in published
    # Those that hold folders, or files that come before their page, are made; the others come.
    assert {"articles", "tags/开源"} <= set(made)
    assert not any(path.startswith("articles/") for path in made)
    write(tmp_path / "site/templates/article.html", "new {{ title }}")
    write(tmp_path / "site/content/articles/new.md", article("新", date="2024-03-03"))
    again = built(tmp_path / "site")
    assert sum(content.startswith(b"new ") for content in again.values()) == 6


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_folders_that_come_with_a_page_have_the_mode_of_all_others(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        built(make_site(tmp_path / "site"))
    finally:
        os.umask(before)
    public = tmp_path / "site/public"
    modes = {path.stat().st_mode & 0o777 for path in public.rglob("*") if path.is_dir()}
    assert modes == {0o755}


def test_digests_name_the_files(tmp_path: Path) -> None:
    outbox = empty_outbox(tmp_path)
    laid = {outbox.put("room", PAGE, b"x", Digest(name)) for name in ("a1", "a2", "b1")}
    assert sorted(Path(path).name for path in laid) == ["a1", "a2", "b1"]
