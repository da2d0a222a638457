"""No article can stop a build for good."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from sites import article, build, codes, make_site, write

from wenzhai import execution
from wenzhai.deadline import OverdueError, deadline
from wenzhai.markup import render_markdown

needs_alarm = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no interval timer"
)


@needs_alarm
def test_work_that_takes_too_long_is_ended() -> None:
    with pytest.raises(OverdueError), deadline(0.01):
        _work_for_ever()


def _work_for_ever() -> None:
    while True:
        time.monotonic()


def test_work_in_time_is_left_alone() -> None:
    with deadline(60):
        done = True
    assert done


@needs_alarm
def test_an_article_that_takes_too_long_is_named_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path)
    build(site)
    write(site / "content/articles/slow.md", article("慢", "慢。", date="2024-01-01"))
    monkeypatch.setattr(execution, "LIMITS", {"parse": 1})
    monkeypatch.setattr("wenzhai.articles.render_markdown", _render_slowly)
    report = build(site)
    assert codes(report) == ["E203"]
    assert report.problems[0].span.path == "content/articles/slow.md"


def _render_slowly(*arguments: object) -> object:
    while str(arguments[1]).endswith("slow.md"):
        time.monotonic()
    return render_markdown(*arguments)  # type: ignore[arg-type]  # passed on as they are
