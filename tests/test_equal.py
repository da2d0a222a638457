"""An incremental build equals a clean one, byte for byte, after any sequence of edits.

The clean build runs in another process, under another hash seed, zone, locale and folder. Windows
(pages of two, feeds of three) are smaller than the site, so that each dependency can vary alone.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from correct_build import CleanBuilder, differences
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sites import SETTINGS, SMALL, article, build, make_site, write

from wenzhai import execution
from wenzhai.article_pages import ArticleSlice
from wenzhai.digest import digest
from wenzhai.steps import Frame
from wenzhai.views import FeedView, ListView

STEPS = int(os.environ.get("WENZHAI_EQUAL_STEPS", "12"))
EXAMPLES = int(os.environ.get("WENZHAI_EQUAL_EXAMPLES", "6"))
PICTURE = "content/articles/p.svg"
WITH_PICTURE = {
    **SMALL,
    "content/articles/one.md": SMALL["content/articles/one.md"] + "\n![说明](p.svg)\n",
    PICTURE: "<svg/>",
}
TITLES = ("灯塔", "水库", "机房", "旧书店")
TAGS = ("[开源]", "[开源, 芯片]", "[芯片]", "[]", "[OpenSource, 开源]")
DATES = ("2024-01-05", "2024-02-05", "2024-02-29", "2024-03-09", "2099-01-01")
BODIES = (
    "短。",
    "关于 Llama 与 Llama 的事。\n\n## 一节\n\n**强调。**后文",
    "见[别篇](one.md)。",
    "见[没有的](nowhere.md)。",
    '图：\n\n![说明](p.svg "图注")',
)
TEMPLATES = {
    "templates/list.html": "{% extends 'base.html' %}{% block main %}{{ title }}{% endblock %}",
    "templates/parts/cards.html": "{% macro cards(page, items) %}{% endmacro %}",
    "templates/article.html": "{% extends 'base.html' %}{% block main %}{{ html }}{% endblock %}",
}


class Edits(RuleBasedStateMachine):
    """Anything an editor may do to a site between two builds."""

    clean: CleanBuilder

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = Path(self.folder.name)

    @initialize()
    def start(self) -> None:
        make_site(self.site, WITH_PICTURE)

    def teardown(self) -> None:
        self.folder.cleanup()

    def _articles(self) -> list[Path]:
        return sorted((self.site / "content/articles").rglob("*.md"))

    def _pick(self, number: int) -> Path:
        found = self._articles()
        return found[number % len(found)]

    @rule(
        number=st.integers(0, 5),
        title=st.sampled_from(TITLES),
        tags=st.sampled_from(TAGS),
        date=st.sampled_from(DATES),
        body=st.sampled_from(BODIES),
        draft=st.booleans(),
    )
    def write_article(
        self, number: int, title: str, tags: str, date: str, body: str, *, draft: bool
    ) -> None:
        front = {"tags": tags, "date": date, "draft": str(draft).lower()}
        write(self.site / f"content/articles/n{number}.md", article(title, body, **front))

    @precondition(lambda self: self._articles())
    @rule(number=st.integers(0, 9), body=st.sampled_from(BODIES))
    def append_to_body(self, number: int, body: str) -> None:
        path = self._pick(number)
        write(path, f"{path.read_text()}\n{body}\n")

    @precondition(lambda self: self._articles())
    @rule(number=st.integers(0, 9))
    def break_front_matter(self, number: int) -> None:
        write(self._pick(number), "---\ntitle: [\n---\n")

    @precondition(lambda self: self._articles())
    @rule(
        number=st.integers(0, 9),
        name=st.sampled_from(("moved.md", "sub/moved.md", "2024-02-02-x.md")),
    )
    def rename(self, number: int, name: str) -> None:
        target = self.site / "content/articles" / name
        target.parent.mkdir(exist_ok=True)
        self._pick(number).replace(target)

    @precondition(lambda self: self._articles())
    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        self._pick(number).unlink()

    @rule(
        path=st.sampled_from(sorted(TEMPLATES)),
        text=st.sampled_from(("", "<!-- -->", "{{ nothing }}")),
    )
    def override_template(self, path: str, text: str) -> None:
        write(self.site / path, TEMPLATES[path].replace("{% endblock %}", text + "{% endblock %}"))

    @rule()
    def drop_overrides(self) -> None:
        shutil.rmtree(self.site / "templates", ignore_errors=True)

    @rule(
        old=st.sampled_from(("per_page = 2", "灯下文摘", "items = 3", "related = 2")),
        new=st.sampled_from(("per_page = 3", "灯上文摘", "items = 2", "related = 1")),
    )
    def change_settings(self, old: str, new: str) -> None:
        if old.split(" ", 1)[0] == new.split(" ", 1)[0] or "=" not in old + new:
            write(self.site / "site.toml", SETTINGS.replace(old, new))

    @rule(text=st.sampled_from(("<svg/>", "<svg></svg>", "")))
    def change_picture(self, text: str) -> None:
        write(self.site / PICTURE, text)

    @rule()
    def add_source(self) -> None:
        text = "旧机房的最后一夜\n灯灭以前,他们把开关一个个拨下。\n发布于:浙江\n"
        write(self.site / "content/sources/night.txt", text)

    @rule(damage=st.sampled_from(("drop", "cut", "tamper")))
    def damage(self, damage: str) -> None:
        if damage == "drop":
            shutil.rmtree(self.site / ".wenzhai", ignore_errors=True)
        for pack in sorted((self.site / ".wenzhai").rglob("*.pack")):
            pack.write_bytes(pack.read_bytes()[:-7] if damage == "cut" else pack.read_bytes())
        if damage == "tamper" and (self.site / "public/index.html").exists():
            (self.site / "public/index.html").write_text("tampered")

    @rule(count=st.integers(0, 30))
    def crash(self, count: int) -> None:
        """Die in the middle of publishing, or after it where there is less to write."""
        with _dying_after(count):
            build(self.site)

    @rule()
    def undo_all(self) -> None:
        shutil.rmtree(self.site / "content/articles", ignore_errors=True)
        self.start()

    @invariant()
    def equals_a_clean_build(self) -> None:
        if (self.site / "site.toml").exists():
            assert differences(self.site, self.clean) == []

    @precondition(lambda self: (self.site / "public").exists())
    @rule()
    def build_again_when_all_is_old(self) -> None:
        """Take the short way: with stamps that are trusted, nothing is read at all."""
        with mock.patch("wenzhai.scan.RACY_NS", 0):
            build(self.site)
            build(self.site)


class _DeathError(BaseException):
    """Stands for the end of the process: nothing catches it."""


@contextmanager
def _dying_after(count: int) -> Iterator[None]:
    """Die at the given number of files put in place."""
    left = itertools.count(count, -1)

    def replace(*arguments: Any) -> None:  # noqa: ANN401  # as the real one
        if next(left) <= 0:
            raise _DeathError
        real(*arguments)

    real = os.replace
    with mock.patch("os.replace", replace), suppress(_DeathError):
        yield


@pytest.fixture(scope="module")
def clean() -> Iterator[CleanBuilder]:
    builder = CleanBuilder()
    yield builder
    builder.close()


def test_an_incremental_build_equals_a_clean_one(clean: CleanBuilder) -> None:
    Edits.clean = clean
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="CI" in os.environ,
        ),
    )


def _rewrite(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        write(site / path, (site / path).read_text().replace(old, new))

    return edit


ONE_EACH = (
    _rewrite("content/articles/two.md", "第二篇", "改过的第二篇"),
    _rewrite("content/articles/three.md", "末段", "尾段"),
    _rewrite("content/articles/four.md", "第四篇", "改过的第四篇"),
    _rewrite("content/articles/two.md", "region: 北京", "region: 上海"),
    _rewrite(
        "content/articles/three.md", "summary", "canonical: https://elsewhere.example/3\nsummary"
    ),
    _rewrite("site.toml", "per_page = 2", 'per_page = 2\nicp = "京ICP备1号"'),
    _rewrite("content/articles/five.md", "[开源]", "[芯片]"),
    _rewrite("content/articles/four.md", "2024-03-01", "2024-01-02"),
    _rewrite("site.toml", "灯下文摘", "灯上文摘"),
    _rewrite(PICTURE, "<svg/>", "<svg></svg>"),
    _rewrite("site.toml", "related = 2", "related = 2\ntwins = false"),
    lambda site: write(site / "templates/article.html", TEMPLATES["templates/article.html"]),
    lambda site: write(site / "content/articles/new.md", article("新", "Llama 和 Llama。")),
    lambda site: (site / "content/articles/new.md").unlink(),
)
"""Edits that vary each part of a key alone."""


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (ArticleSlice, "article"),
        (ArticleSlice, "previous"),
        (ArticleSlice, "next"),
        (ArticleSlice, "related"),
        (ArticleSlice, "targets"),
        (ArticleSlice, "settings"),
        (ListView, "cards"),
        (FeedView, "items"),
        (Frame, "templates"),
        (Frame, "site"),
        (Frame, "parts"),
    ],
)
def test_forgetting_a_part_of_a_key_is_caught(
    kind: type, part: str, tmp_path: Path, clean: CleanBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(*values: object) -> str:
        return digest(*(_thinned(v, part) if isinstance(v, kind) else v for v in values))

    monkeypatch.setattr(execution, "digest", forgetful)
    assert _found_by_edits(tmp_path, clean)


def test_the_edits_that_catch_forgetting_pass_without_it(
    tmp_path: Path, clean: CleanBuilder
) -> None:
    assert not _found_by_edits(tmp_path, clean)


def _found_by_edits(folder: Path, clean: CleanBuilder) -> bool:
    site = make_site(folder, WITH_PICTURE)
    assert differences(site, clean) == []
    for edit in ONE_EACH:
        edit(site)
        if differences(site, clean):
            return True
    return False


def _thinned(value: Any, part: str) -> tuple[object, ...]:  # noqa: ANN401  # any value
    """Return all fields but one, and but those that stand for the others."""
    left_out = {part, "digest", "checksums"}
    return tuple(
        getattr(value, field.name)
        for field in dataclasses.fields(value)
        if field.name not in left_out
    )
