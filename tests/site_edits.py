"""Anything an editor may do to a site, for tests that compare what comes of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sites import SETTINGS, SMALL, article, make_site, write

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


class SiteEdits(RuleBasedStateMachine):
    """A site, and the edits it may see."""

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

    @rule()
    def undo_all(self) -> None:
        shutil.rmtree(self.site / "content/articles", ignore_errors=True)
        self.start()


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
