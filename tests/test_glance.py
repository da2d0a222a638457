"""A look at the files that events named shows what a scan of all would, or asks for one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import make_site, write

from wenzhai.glance import glance
from wenzhai.scan import Scan, scan_sources

ONE = "content/articles/one.md"
Edit = Callable[[Path], tuple[str, ...]]
"""Changes something in a site and returns the files that events would name."""


def scan_of(site: Path) -> Scan:
    return scan_sources(site, (), 0)


def _write(path: str) -> Edit:
    def edit(site: Path) -> tuple[str, ...]:
        write(site / path, "别的")
        return (path,)

    return edit


def _delete(site: Path) -> tuple[str, ...]:
    (site / ONE).unlink()
    return (ONE,)


def _rename(site: Path) -> tuple[str, ...]:
    (site / ONE).rename(site / "content/articles/uno.md")
    return (ONE, "content/articles/uno.md")


def _replace(site: Path) -> tuple[str, ...]:
    write(site / "content/articles/.one.md.tmp", "别的")
    (site / "content/articles/.one.md.tmp").replace(site / ONE)
    return ("content/articles/.one.md.tmp", ONE)


def _link(site: Path) -> tuple[str, ...]:
    (site / "content/articles/link.md").symlink_to(site / ONE)
    return ("content/articles/link.md",)


def _fifo(site: Path) -> tuple[str, ...]:
    os.mkfifo(site / "content/articles/pipe.md")
    return ("content/articles/pipe.md",)


SEEN: dict[str, Edit] = {
    "an edit": _write(ONE),
    "a new file": _write("content/articles/new.md"),
    "a new file of a Chinese name": _write("content/articles/新的.md"),
    "the settings": _write("site.toml"),
    "a deleted file": _delete,
    "a renamed file": _rename,
    "a file put in another's place": _replace,
    "a file that is no source": _write("README.md"),
    "what an editor leaves for a moment": _write("content/articles/one.md~"),
    "a file that is gone again": lambda _: ("content/articles/4913x",),
}
UNSEEN: dict[str, Edit] = {
    "a file in a new folder": _write("content/articles/sub/new.md"),
    "a link": _link,
    "a pipe": _fifo,
}


@pytest.mark.parametrize("name", SEEN)
def test_plain_files_need_no_look_at_all(name: str, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = scan_of(site)
    named = [str(site / path) for path in SEEN[name](site)]
    seen = glance(before, named, 1)
    assert seen is not None
    assert seen.shows_same(scan_of(site))
    assert seen.now_ns == 1


@pytest.mark.parametrize("name", UNSEEN)
def test_anything_else_asks_for_a_look_at_all(name: str, tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = scan_of(site)
    named = [str(site / path) for path in UNSEEN[name](site)]
    assert glance(before, named, 1) is None


def test_after_a_problem_all_is_looked_at(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    _fifo(site)
    assert glance(scan_of(site), [str(site / ONE)], 1) is None


def test_file_that_a_link_leads_to_asks_for_a_look_at_all(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    real = site / "templates/elsewhere.md"
    write(real, "甲")
    (site / "content/articles/link.md").symlink_to(real)
    assert glance(scan_of(site), [str(real)], 1) is None
