"""What browsers wait for comes before all the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sites import article, make_site, run_of, write

from wenzhai.builder import Plan, complete
from wenzhai.drafting import Draft
from wenzhai.lazy import Breath
from wenzhai.memo import Memo
from wenzhai.model import Address, OutPath
from wenzhai.preview.found import find
from wenzhai.preview.news import Faults, Gone, Moved, News, Saved, Shown
from wenzhai.preview.outputs import Page
from wenzhai.preview.site import Look, torn_files
from wenzhai.preview.worker import Worker
from wenzhai.request import theme_folders
from wenzhai.watch import look_at

Value = TypeVar("Value")
ONE = "content/articles/one.md"
PAGE = OutPath("articles/diyipian/index.html")


@pytest.fixture
def told() -> list[News]:
    return []


@pytest.fixture
def worker(tmp_path: Path, told: list[News]) -> Iterator[Worker]:
    site = make_site(tmp_path)
    made = Worker(lambda: run_of(site), told.append)
    made.step()
    yield made
    made.close()


def look_again(worker: Worker) -> None:
    worker.look_again(look_at(worker.site, partial(theme_folders, worker.site)))


def answer(worker: Worker, question: Callable[[Look | None], Value]) -> Value:
    asked = worker.ask(question)
    while not asked.done():
        worker.step()
    return asked.result()


def work_to_the_end(worker: Worker) -> None:
    """Let the worker make all that nobody asked for."""
    while answer(worker, lambda now: next(now.outputs.rest(), None) if now else ""):
        worker.step()


def lost(_: object) -> None:
    pytest.fail("the cache was taken for damaged")


def content(now: Look | None) -> str:
    page = now.outputs.page(PAGE) if now else None
    return page.content.decode() if page else ""


def test_page_that_is_asked_for_is_there_before_the_site_is_planned(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(worker.site / ONE, article("改过的题目", date="2024-01-05", slug="diyipian"))
    early = worker.ask(content, PAGE)
    other = worker.ask(lambda now: now)

    def complete_later(draft: Draft, memo: Memo, *more: Any) -> Plan:  # noqa: ANN401  # passed on
        assert "改过的题目" in early.result(0)
        assert not other.done()
        return complete(draft, memo, *more)

    monkeypatch.setattr("wenzhai.preview.site.complete", complete_later)
    look_again(worker)
    worker.step()
    worker.step()
    assert other.done()
    assert "改过的题目" in content(other.result(0))


def missing_page(now: Look | None) -> bytes:
    found = find(now, PAGE)
    assert found.page is None
    return found.missing.content if found.missing else b""


def test_deleted_page_is_missing_before_the_site_is_planned(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(worker, lambda now: find(now, PAGE).page)
    (worker.site / ONE).unlink()
    early = worker.ask(missing_page, PAGE)

    def complete_later(draft: Draft, memo: Memo, *more: Any) -> Plan:  # noqa: ANN401  # passed on
        assert early.done()
        return complete(draft, memo, *more)

    monkeypatch.setattr("wenzhai.preview.site.complete", complete_later)
    look_again(worker)
    worker.step()
    assert early.result(0) == answer(worker, missing_page) != b""


def found_while_looking(worker: Worker) -> Page | None:
    """Return what is answered to a question about the page that came before a look."""
    asked = worker.ask(lambda now: find(now, PAGE).page, PAGE)
    look_again(worker)
    worker.step()
    worker.step()
    return asked.result(0)


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        (
            "content/articles/two.md",
            article("另一篇", slug="other", aliases="[/articles/diyipian/]"),
        ),
        ("static/articles/diyipian/index.html", "<p>旧页</p>"),
    ],
)
def test_address_of_a_deleted_page_that_is_still_used_is_not_missing(
    worker: Worker, kept: str, text: str
) -> None:
    (worker.site / ONE).unlink()
    write(worker.site / kept, text)
    assert found_while_looking(worker) is not None


def test_page_of_an_article_that_is_broken_is_not_missing(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.preview.worker.TORN_WAITS", ())
    assert answer(worker, lambda now: find(now, PAGE).page)
    write(worker.site / ONE, BROKEN)
    assert found_while_looking(worker) is not None


def test_page_that_a_browser_shows_is_told_before_the_site_is_planned(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.show((PAGE,))
    write(worker.site / ONE, article("改过的题目", date="2024-01-05", slug="diyipian"))

    def complete_later(draft: Draft, memo: Memo, *more: Any) -> Plan:  # noqa: ANN401  # passed on
        assert any(isinstance(news, Shown) and news.path == PAGE for news in told)
        return complete(draft, memo, *more)

    monkeypatch.setattr("wenzhai.preview.site.complete", complete_later)
    told.clear()
    look_again(worker)
    worker.step()
    assert told


def test_clearing_the_cache_keeps_what_looks_took_over(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit reads its own file alone; its neighbours are made of what was read before."""
    monkeypatch.setattr("wenzhai.preview.idle.FORGET_EVERY", 1)
    monkeypatch.setattr("wenzhai.preview.idle.KEPT_LOOKS", -1)
    monkeypatch.setattr("wenzhai.preview.cache.Cache.drop", lost)
    for title in ("第一稿", "第二稿", "第三稿"):
        write(worker.site / ONE, article(title, "改过。", date="2024-01-05", slug="diyipian"))
        look_again(worker)
        work_to_the_end(worker)
    assert "第三稿" in answer(worker, content)


def test_half_written_page_is_not_shown_early(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.preview.worker.TORN_WAITS", ())
    worker.show((PAGE,))
    early = worker.ask(content, PAGE)
    write(worker.site / ONE, "")
    look_again(worker)
    worker.step()
    assert not early.done()
    assert not any(isinstance(news, Shown) for news in told)


def test_file_that_was_read_half_written_is_torn_though_it_is_whole_now(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.preview.worker.TORN_WAITS", ())
    last = answer(worker, whole)
    write(worker.site / ONE, "")
    look_again(worker)
    now = answer(worker, whole)
    write(worker.site / ONE, "正文。")
    assert torn_files(now, last) == (ONE,)


def whole(now: Look | None) -> Look:
    assert now
    return now


def test_page_is_followed_over_looks_that_no_browser_was_told_of(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is empty for a moment has another title; the tab learns only where it is next."""
    monkeypatch.setattr("wenzhai.preview.worker.TORN_WAITS", ())
    assert answer(worker, lambda now: worker.finder.find(now, PAGE)).page
    worker.show((PAGE,))
    write(worker.site / ONE, "")
    look_again(worker)
    worker.step()
    write(worker.site / ONE, article("第一篇", "写完了。", date="2024-01-05", slug="new"))
    look_again(worker)
    while not any(isinstance(news, Moved) for news in told):
        worker.step()
    assert Moved(PAGE, Address("articles/new/")) in told
    assert not any(isinstance(news, Gone) for news in told)


def test_page_is_found_by_a_browser_that_connects_after_it_moved(worker: Worker) -> None:
    assert answer(worker, lambda now: worker.finder.find(now, PAGE)).page
    for slug in ("new", "newer"):
        write(worker.site / ONE, article("第一篇", "写完了。", date="2024-01-05", slug=slug))
        look_again(worker)
        moved = Moved(PAGE, Address(f"articles/{slug}/"))
        assert answer(worker, lambda now: worker.finder.news(PAGE, now)) == moved
    before = OutPath("articles/new/index.html")
    moved = Moved(before, Address("articles/newer/"))
    assert answer(worker, lambda now: worker.finder.news(before, now)) == moved


def draft(title: str, slug: str) -> str:
    return article(title, "写完了。", date="2024-01-05", slug=slug, draft="true")


def test_published_draft_is_followed_over_looks_that_no_browser_was_told_of(
    worker: Worker,
) -> None:
    path, public = OutPath("_preview/unpublished/now/articles/a/index.html"), "articles/a/"
    for text in (draft("草稿", "a"), article("草稿", "写完了。", date="2024-01-05", slug="a")):
        write(worker.site / "content/articles/new.md", text)
        look_again(worker)
        found = answer(worker, lambda now: worker.finder.find(now, path))
        assert found.page
    write(worker.site / ONE, article("别的", date="2024-01-05"))
    look_again(worker)
    worker.step()
    moved = Moved(path, Address(public))
    assert answer(worker, lambda now: worker.finder.news(path, now)) == moved
    assert answer(worker, lambda now: worker.finder.news(path, now)) == moved


def test_renamed_draft_is_followed_over_looks_that_no_browser_was_told_of(worker: Worker) -> None:
    write(worker.site / "content/articles/new.md", draft("草稿", "a"))
    look_again(worker)
    path = OutPath("_preview/unpublished/now/articles/a/index.html")
    assert answer(worker, lambda now: worker.finder.find(now, path)).page
    for slug in ("b", "c"):
        write(worker.site / "content/articles/new.md", draft("草稿", slug))
        look_again(worker)
        worker.step()
        answer(worker, lambda now: worker.finder.place(path, whole(now)))
    moved = Moved(path, Address("/_preview/unpublished/now/articles/c/"))
    assert answer(worker, lambda now: worker.finder.news(path, now)) == moved


def test_published_article_among_the_unpublished_ones_stays_there(worker: Worker) -> None:
    path = OutPath("_preview/unpublished/now/articles/diyipian/index.html")
    write(worker.site / "content/articles/new.md", draft("草稿", "a"))
    look_again(worker)
    assert answer(worker, lambda now: worker.finder.find(now, path)).page
    write(worker.site / ONE, article("第一篇", "新的。", date="2024-01-05", slug="diyipian"))
    look_again(worker)
    news = answer(worker, lambda now: worker.finder.news(path, now))
    assert isinstance(news, Shown)
    assert "新的。" in news.page.content.decode()


def test_new_tab_is_told_in_turn_with_all_other_news(worker: Worker, told: list[News]) -> None:
    """An answer that took another way came after what was newer."""
    first = answer(worker, content)
    worker.show((PAGE,))
    answer(worker, lambda now: worker.tell_of(PAGE, now))
    write(worker.site / ONE, article("第一篇", "新的。", date="2024-01-05", slug="diyipian"))
    look_again(worker)
    worker.step()
    pages = [news.page.content.decode() for news in told if isinstance(news, Shown)]
    assert pages[0] == first
    assert "新的。" in pages[-1]
    assert len(pages) == 2


def test_question_that_fails_does_not_end_the_preview(worker: Worker) -> None:
    failed = worker.ask(lambda _: 1 // 0)
    worker.step()
    assert isinstance(failed.exception(), ZeroDivisionError)
    assert "Llama" in answer(worker, content)


BROKEN = "---\ntitle: [\n---\n\n正文。\n"


class Waits:
    """Stands in for time: what happens while the worker waits is said by the test."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.count = 0
        self.monotonic = time.monotonic
        self._meanwhile = meanwhile

    def sleep(self, _: float) -> None:
        self.count += 1
        self._meanwhile()


@pytest.mark.parametrize(("text", "waits"), [(BROKEN, 1), ("", 3)])
def test_error_that_stays_is_told_after_one_wait_and_an_empty_file_after_all(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch, text: str, waits: int
) -> None:
    clock = Waits(lambda: None)
    monkeypatch.setattr("wenzhai.preview.worker.time", clock)
    write(worker.site / ONE, text)
    look_again(worker)
    worker.step()
    assert clock.count == waits
    assert worker.problems
    assert isinstance(told[-1], Faults)


def test_error_that_was_but_half_of_a_save_is_never_told(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = article("第一篇", "写完了。", date="2024-01-05", slug="diyipian")
    clock = Waits(lambda: write(worker.site / ONE, whole))
    monkeypatch.setattr("wenzhai.preview.worker.time", clock)
    write(worker.site / ONE, BROKEN)
    look_again(worker)
    worker.step()
    assert clock.count == 1
    assert not any(isinstance(news, Faults) and news.problems for news in told)
    monkeypatch.undo()
    assert "写完了。" in answer(worker, content)


def overtaken_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a newer edit come while the first look is at its plan; return what was begun and done."""
    steps: list[str] = []

    def complete_then(draft: Draft, memo: Memo, last: Plan | None, breathe: Breath) -> Plan:
        steps.append("begun")
        if len(steps) == 1:
            write(worker.site / ONE, article("更新的题目", date="2024-01-05", slug="diyipian"))
            look_again(worker)
        work = complete(draft, memo, last, breathe)
        steps.append("done")
        return work

    monkeypatch.setattr("wenzhai.preview.site.complete", complete_then)
    write(worker.site / ONE, article("改过的题目", date="2024-01-05", slug="diyipian"))
    look_again(worker)
    for _ in range(4):  # the look, the one that overtakes it, the page shown, the word of the save
        worker.step()
    return steps


def test_planning_is_given_up_for_a_newer_edit(
    worker: Worker, told: list[News], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.show((PAGE,))
    assert overtaken_once(worker, monkeypatch) == ["begun", "begun", "done"]
    shown = [news.page.content.decode() for news in told if isinstance(news, Shown)]
    assert ["更新的题目" in text for text in shown][-1]
    saves = [news for news in told if isinstance(news, Saved)]
    assert [one.path for one in saves] == [PAGE]


def test_not_every_look_is_given_up(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenzhai.preview.worker.OVERTAKEN", 0)
    assert overtaken_once(worker, monkeypatch) == ["begun", "done", "begun", "done"]


def test_page_that_is_asked_for_while_the_site_is_planned_need_not_wait(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Future[str]] = []

    def complete_then(draft: Draft, memo: Memo, last: Plan | None, breathe: Breath) -> Plan:
        answers.append(worker.ask(content, PAGE))
        answers.append(worker.ask(content, OutPath("archive/index.html")))
        work = complete(draft, memo, last, breathe)
        assert [one.done() for one in answers] == [True, False]  # an archive shows all articles
        return work

    monkeypatch.setattr("wenzhai.preview.site.complete", complete_then)
    write(worker.site / ONE, article("改过的题目", date="2024-01-05", slug="diyipian"))
    look_again(worker)
    worker.step()
    assert "改过的题目" in answers[0].result(0)
