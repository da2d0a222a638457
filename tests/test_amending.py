"""Edits of bodies alone are published without planning the site, and the site is as planned."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from correct_build import CleanBuilder, differences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import SETTINGS, article, build, make_site, run_of, write

from wenzhai import amending, session
from wenzhai.builder import Plan, complete, plan_pages
from wenzhai.digest import digest
from wenzhai.engine import build_site, opened
from wenzhai.model import Article
from wenzhai.request import STATE
from wenzhai.sources import read_sources

BODY = "芯片与散热。\n\n## A\n\n见[第二篇](n2.md)和[一节](n2.md#a)。\n\n末段。"
FRONT = {"summary": "写好的摘要", "tags": "[芯片, 开源]", "region": "广东"}
FILES = {
    **{
        f"content/articles/n{number}.md": article(
            f"第{number}篇", BODY, date=f"2024-02-0{number}", **FRONT
        )
        for number in range(1, 7)
    },
    "content/articles/llama.md": article(
        "模型", "Llama 与 Llama。", date="2024-01-01", summary="模型", tags="[模型]"
    ),
    "content/articles/draft.md": article("草稿", BODY, draft="true", **FRONT),
    "content/pages/about.md": article("关于", "关于本站。"),
    "content/digests/2024-w06.md": "卷首语。\n",
}
FOUR = "content/articles/n4.md"


@pytest.fixture(scope="module")
def clean() -> Iterator[CleanBuilder]:
    builder = CleanBuilder()
    yield builder
    builder.close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = make_site(
        tmp_path, FILES, SETTINGS.replace("[output]\n", '[output]\ndigests = "week"\n')
    )
    build(made)
    return made


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that the whole site is planned."""
    planned: list[str] = []

    def plan_whole(*arguments: Any) -> object:  # noqa: ANN401  # passed on as they are
        planned.append("planned")
        return complete(*arguments)

    monkeypatch.setattr("wenzhai.session.complete", plan_whole)
    return planned


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        text = (site / path).read_text()
        assert old in text
        write(site / path, text.replace(old, new))

    return edit


BODY_EDITS: dict[str, Callable[[Path], object]] = {
    "a sentence": _replace(FOUR, "末段。", "改过的末段。"),
    "lines above a heading": _replace(FOUR, "芯片与散热。", "芯片。\n\n与散热。\n\n还有水。"),
    "an article that no list shows now": _replace("content/articles/draft.md", "末段", "尾段"),
    "an editor, whom only its own page names": _replace(FOUR, "region:", "editor: 沈\nregion:"),
    "a comment in the front matter": _replace(FOUR, "region:", "# 记着\nregion:"),
}


@pytest.mark.parametrize("name", BODY_EDITS)
def test_an_edit_of_a_body_plans_nothing(
    name: str, site: Path, plans: list[str], clean: CleanBuilder
) -> None:
    BODY_EDITS[name](site)
    assert differences(site, clean) == []
    assert plans == []


def test_two_bodies_and_then_their_undoing_plan_nothing(
    site: Path, plans: list[str], clean: CleanBuilder
) -> None:
    BODY_EDITS["a sentence"](site)
    _replace("content/articles/n1.md", "末段。", "第一篇的末段。")(site)
    assert differences(site, clean) == []
    write(site / FOUR, FILES[FOUR])
    write(site / "content/articles/n1.md", FILES["content/articles/n1.md"])
    report = build(site)
    assert (report.parsed, report.rendered, report.written > 0) == (0, 0, True)
    assert differences(site, clean) == []
    assert plans == []


OTHER_EDITS: dict[str, Callable[[Path], object]] = {
    "a title": _replace(FOUR, "第4篇", "改过的第四篇"),
    "a heading": _replace(FOUR, "## A", "## B"),
    "a heading that others link to": _replace("content/articles/n2.md", "## A", "## B"),
    "a link": _replace(FOUR, "(n2.md)", "(n3.md)"),
    "a link that leads nowhere": _replace(FOUR, "(n2.md)", "(nowhere.md)"),
    "a link to a draft": _replace(FOUR, "(n2.md)", "(draft.md)"),
    "a picture": _replace(FOUR, "末段。", "末段。\n\n![图](p.svg)"),
    "a tag": _replace(FOUR, "[芯片, 开源]", "[芯片]"),
    "a draft that is done": _replace("content/articles/draft.md", "draft: true", "draft: false"),
    "words that related articles are found by": _replace(FOUR, "末段", "Llama Llama Llama 3"),
    "a typing error in a key": _replace(FOUR, "region:", "regoin:"),
    "a page": _replace("content/pages/about.md", "关于本站", "关于本站和编者"),
    "an introduction": _replace("content/digests/2024-w06.md", "卷首语", "卷首"),
    "a new article": lambda site: write(site / "content/articles/n7.md", article("第7篇")),
    "a deleted article": lambda site: (site / FOUR).unlink(),
    "a renamed article": lambda site: (site / FOUR).replace(site / "content/articles/m.md"),
    "a setting": _replace("site.toml", "per_page = 2", "per_page = 3"),
    "a template": lambda site: write(site / "templates/article.html", "{{ title }}{{ html }}"),
    "a file of its own": lambda site: write(site / "static/x.txt", "x"),
}


@pytest.mark.parametrize("name", OTHER_EDITS)
def test_any_other_edit_plans_the_site(
    name: str, site: Path, plans: list[str], clean: CleanBuilder
) -> None:
    BODY_EDITS["a sentence"](site)
    build(site)
    OTHER_EDITS[name](site)
    found = differences(site, clean)
    assert found == []
    assert plans


def test_a_warning_of_an_article_is_told_with_its_lines_after_each_edit(
    site: Path, clean: CleanBuilder
) -> None:
    _replace(FOUR, "(n2.md)", "(draft.md)")(site)
    assert [item.code for item in build(site).problems] == ["W304"]
    _replace(FOUR, "芯片与散热。", "芯片。\n\n\n\n与散热。")(site)
    assert differences(site, clean) == []


def test_warnings_of_other_articles_are_told_again(
    site: Path, plans: list[str], clean: CleanBuilder
) -> None:
    _replace("content/articles/n1.md", "(n2.md)", "(draft.md)")(site)
    build(site)
    plans.clear()
    BODY_EDITS["a sentence"](site)
    assert [item.code for item in build(site).problems] == ["W304"]
    assert plans == []
    assert differences(site, clean) == []


def test_another_request_plans_the_site(site: Path, plans: list[str]) -> None:
    BODY_EDITS["a sentence"](site)
    build_site(run_of(site, drafts=True))
    assert plans == ["planned"]
    assert (site / "public/articles/caogao/index.html").is_file()
    _replace(FOUR, "改过的", "又改过的")(site)
    build_site(run_of(site, drafts=True))
    assert plans == ["planned"]
    build(site)
    assert plans == ["planned", "planned"]


def test_an_article_that_comes_due_plans_the_site(site: Path, plans: list[str]) -> None:
    write(site / "content/articles/soon.md", article("将来", date="2024-03-20", **FRONT))
    build(site)
    plans.clear()
    BODY_EDITS["a sentence"](site)
    report = build_site(run_of(site, now=1_711_000_000))
    assert plans == ["planned"]
    assert report.articles == len(FILES) - 3 + 1


def test_an_edit_that_was_seen_but_not_published_is_not_forgotten(
    site: Path, monkeypatch: pytest.MonkeyPatch, clean: CleanBuilder
) -> None:
    BODY_EDITS["a sentence"](site)
    with monkeypatch.context() as patch:
        patch.setattr(session, "_publish", _die)
        with pytest.raises(_DeathError):
            build(site)
    assert "改过的末段" not in (site / "public/articles/di-4-pian/index.html").read_text()
    assert differences(site, clean) == []
    assert "改过的末段" in (site / "public/articles/di-4-pian/index.html").read_text()


class _DeathError(BaseException):
    pass


def _die(*_: object) -> None:
    raise _DeathError


def test_a_cache_that_lost_articles_is_made_anew(site: Path, clean: CleanBuilder) -> None:
    with opened(run_of(site)) as store:
        folder = store.folder
    with sqlite3.connect(folder / "index.sqlite") as index:
        index.execute("DELETE FROM trace WHERE step = 'parse'")
    index.close()
    BODY_EDITS["a sentence"](site)
    assert differences(site, clean) == []
    assert (site / STATE).is_dir()


def test_amended_builds_leave_the_cache_to_later_ones(site: Path) -> None:
    with opened(run_of(site)) as store:
        store.set_facts({"build": "99"})  # the next one clears up, if it is a whole one
    BODY_EDITS["a sentence"](site)
    build(site)
    write(site / "static/x.txt", "x")
    assert build(site).rendered == 0


@pytest.mark.parametrize("part", ["headings", "references", "features"])
def test_an_outline_without_one_of_its_parts_is_caught(
    part: str, site: Path, monkeypatch: pytest.MonkeyPatch, clean: CleanBuilder
) -> None:
    def careless(before: Article, after: Article) -> bool:
        names = {"headings", "references", "features"} - {part}
        return before.facts == after.facts and all(
            _without_lines(before, name) == _without_lines(after, name) for name in names
        )

    monkeypatch.setattr(amending, "keeps_outline", careless)
    assert any(_is_wrong_after(edit, site, clean) for edit in OTHER_EDITS.values())


def _is_wrong_after(edit: Callable[[Path], object], site: Path, clean: CleanBuilder) -> bool:
    for path, text in FILES.items():
        write(site / path, text)
    build(site)
    try:
        edit(site)
    except (AssertionError, FileNotFoundError):
        return False
    return differences(site, clean) != []


def _without_lines(article: Article, name: str) -> list[tuple[object, ...]]:
    rows = getattr(article, name)
    if name == "features":
        return [(row,) for row in rows]
    if name == "headings":
        return [(row.level, row.id, row.text) for row in rows]
    return [(row.use, row.target) for row in rows]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from("新旧大小多少") | st.just("\n\n")),
        min_size=1,
        max_size=4,
    )
)
def test_any_edits_of_bodies_give_the_site_of_a_clean_build(
    edits: list[tuple[int, str]], site: Path, clean: CleanBuilder
) -> None:
    for number, text in edits:
        path = site / f"content/articles/n{number}.md"
        write(path, f"{path.read_text()}{text}。\n")
    assert differences(site, clean) == []


def test_pages_planned_first_are_those_of_the_whole_plan(site: Path) -> None:
    run = run_of(site)
    with opened(run) as store:
        sources = read_sources(store, run)
        memo = session.make_memo(store, sources, 1, lambda *_: None)
        draft = session.start_plan(run, sources, memo)
        work = complete(draft, memo)
        early = plan_pages(draft, work.targets)
    kinds = {path.split("/")[0] for path in early.targets}
    assert kinds >= {"articles", "tags", "regions", "about", "index.html", "page"}
    assert all(digest(work.targets[p].view) == digest(t.view) for p, t in early.targets.items())
    assert all(work.frames[name].digest == frame.digest for name, frame in early.frames.items())


def test_what_a_plan_takes_over_from_an_earlier_one_is_what_it_would_find(site: Path) -> None:
    run = run_of(site)
    with opened(run) as store:
        sources = read_sources(store, run)
        memo = session.make_memo(store, sources, 1, lambda *_: None)
        draft = session.start_plan(run, sources, memo)
        complete(draft, memo)
        for edit in OTHER_EDITS.values():
            with suppress(AssertionError, FileNotFoundError):
                edit(site)
            sources = read_sources(store, run)
            memo = session.make_memo(store, sources, 1, lambda *_: None)
            anew = complete(session.start_plan(run, sources, memo), memo)
            draft = session.start_plan(run, sources, memo, draft)
            after = complete(draft, memo)
            assert after.problems == anew.problems
            assert _views(after) == _views(anew)


def _views(work: Plan) -> dict[str, str]:
    return {path: digest(target.view) for path, target in work.targets.items()}
