"""Which steps an edit runs: exactly those whose arguments changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sites import SETTINGS, SMALL, article, make_site, run_of, write

from wenzhai.builder import produce
from wenzhai.engine import opened
from wenzhai.memo import Memo
from wenzhai.model import OutPath
from wenzhai.session import build_once, make_memo, make_plan
from wenzhai.sources import read_sources

ONE = "content/articles/one.md"
FOUR = "content/articles/four.md"


def _ran(site: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Build and return how many calls of each step were computed."""
    memos: list[Memo] = []

    def remember(*arguments: object) -> Memo:
        memos.append(make_memo(*arguments))  # type: ignore[arg-type]  # passed on as they are
        return memos[-1]

    monkeypatch.setattr("wenzhai.session.make_memo", remember)
    with opened(run_of(site)) as store:
        report = build_once(store, run_of(site), lambda *_: None)
    assert report.errors == 0, report.problems
    return {step: count for step, count in memos[-1].ran.items() if count}


def _edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        text = (site / path).read_text()
        assert old in text
        write(site / path, text.replace(old, new))

    return edit


EDITS: dict[str, tuple[Callable[[Path], object], dict[str, int]]] = {
    "nothing": (lambda _: None, {}),
    "a body below the summary": (
        _edit("content/articles/three.md", "末段。", "改过的末段。"),
        # its page, its twin, and the feeds that carry it whole: its tag's three
        {"parse": 1, "page": 1, "feed": 6, "twin": 1},
    ),
    "a page's body": (
        _edit("content/pages/about.md", "关于本站。", "关于本站和编者。"),
        {"parse": 1, "page": 1, "llms": 1},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_runs_only_the_steps_it_concerns(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit, wanted = EDITS[name]
    files = dict(SMALL)
    files["content/articles/three.md"] = article(
        "第三篇", "芯片与散热。\n\n## 一节\n\n末段。", date="2024-02-06", tags="[芯片]",
        summary="芯片与散热", aliases="[/old/]",
    )  # fmt: skip
    site = make_site(tmp_path, files)
    _ran(site, monkeypatch)
    edit(site)
    assert _ran(site, monkeypatch) == wanted


def test_slugs_are_made_for_new_articles_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    assert _ran(site, monkeypatch)["slug"] == 5
    write(site / "content/articles/new.md", article("银行行长", date="2024-03-01"))
    write(site / "content/articles/draft.md", article("草稿", draft="true"))
    assert _ran(site, monkeypatch)["slug"] == 1  # the draft is not shown yet
    assert (site / "public/articles/yinhang-hangzhang/index.html").exists()
    write(site / "content/articles/new.md", article("另一个标题", date="2024-03-01"))
    assert "slug" not in _ran(site, monkeypatch)  # the ledger knows it
    assert (site / "public/articles/yinhang-hangzhang/index.html").exists()


def test_undoing_an_edit_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path)
    _ran(site, monkeypatch)
    before = (site / ONE).read_bytes()
    write(site / ONE, article("另一个标题", date="2024-01-05", tags="[别的]"))
    assert _ran(site, monkeypatch) != {}
    write(site / ONE, before)
    ledger = _ran(site, monkeypatch)
    assert ledger == {}


def test_a_neighbours_title_renews_the_pages_that_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    _ran(site, monkeypatch)
    _edit(FOUR, "第四篇", "改过的第四篇")(site)
    ran = _ran(site, monkeypatch)
    assert ran["parse"] == 1
    assert ran["page"] < 20


def test_a_template_renews_only_the_pages_made_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    _ran(site, monkeypatch)
    write(site / "templates/terms.html", "{% extends 'base.html' %}{% block main %}{% endblock %}")
    assert _ran(site, monkeypatch) == {"page": 2}
    (site / "templates/terms.html").unlink()
    assert _ran(site, monkeypatch) == {}


def test_the_reading_speed_parses_again_but_a_title_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    _ran(site, monkeypatch)
    write(site / "site.toml", SETTINGS.replace("灯下文摘", "灯上文摘"))
    assert "parse" not in _ran(site, monkeypatch)
    write(site / "site.toml", SETTINGS.replace("per_page", "reading_speed = 300\nper_page"))
    assert _ran(site, monkeypatch)["parse"] == len(SMALL)


def test_one_page_can_be_asked_for_alone(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    run = run_of(site)
    with opened(run) as store:
        sources = read_sources(store, run)
        memo = make_memo(store, sources, 1, lambda *_: None)
        work = make_plan(run, sources, memo)
        outputs, problems = produce(work, memo, [OutPath("index.html")])
        assert (list(outputs), problems) == (["index.html"], ())
        assert memo.ran["page"] == 1
        assert b"<html" in memo.read(outputs[OutPath("index.html")].content)
