"""What changes while a build runs: the build begins anew, and its cache stays true."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import article, build, make_site, write

from wenzhai.builder import Plan
from wenzhai.cli import run
from wenzhai.session import make_plan

ONE = "content/articles/one.md"
PICTURE = "content/articles/p.svg"


def page_of(site: Path) -> str:
    return (site / "public/articles/diyipian/index.html").read_text(encoding="utf-8")


def save_while_building(monkeypatch: pytest.MonkeyPatch, save: Callable[[], None]) -> None:
    """Save something between the snapshot and the work on it."""

    def plan(*arguments: object) -> Plan:
        save()
        return make_plan(*arguments)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr("wenzhai.session.make_plan", plan)


def test_an_article_saved_during_a_build_is_published_as_it_is_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    save_while_building(monkeypatch, lambda: write(site / ONE, article("第一篇", "后来的正文。")))
    assert build(site).ok
    assert "后来的正文。" in page_of(site)


def test_undoing_an_edit_that_came_during_a_build_brings_back_the_old_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    before = (site / ONE).read_bytes()
    with monkeypatch.context() as patch:
        save_while_building(patch, lambda: write(site / ONE, article("第一篇", "后来的正文。")))
        build(site)
    write(site / ONE, before)
    build(site)
    assert "后来的正文。" not in page_of(site)


def test_a_picture_saved_during_a_build_is_published_under_its_own_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {ONE: article("第一篇", "![图](p.svg)"), PICTURE: "<svg/>"}
    site = make_site(tmp_path, texts)
    save_while_building(monkeypatch, lambda: write(site / PICTURE, "<svg></svg>"))
    assert build(site).ok
    (picture,) = (site / "public/assets").rglob("p*.svg")
    assert picture.read_text() == "<svg></svg>"
    assert picture.name in page_of(site)


def test_a_source_that_keeps_changing_is_named_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(tmp_path)
    numbers = itertools.count()
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    save_while_building(
        monkeypatch, lambda: write(site / ONE, article("第一篇", f"第{next(numbers)}稿。"))
    )
    assert run(["--site", str(site)]) == 1
    assert "one.md keeps changing" in capsys.readouterr().err
