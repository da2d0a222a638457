"""The command ``import`` with addresses, through the command line; no test leaves this machine."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sites import enter_site, tree, write
from web_server import LOCAL, Answer, Server, serving

from wenzhai import importing
from wenzhai.cli import run
from wenzhai.fetching import Web

TEXT = "灯塔的灯\n昨天 08:15\n灯塔里有一盏灯，每天晚上亮一次。\n"
MORE = TEXT + "第二盏灯是后来装的。\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site, the current folder; the day is 2024-03-10, and every name is this machine."""
    monkeypatch.setattr(importing, "Web", lambda: Web(LOCAL))
    return enter_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def answers() -> dict[str, Answer]:
    return {"/lamp.txt": Answer(TEXT.encode("gb18030"))}


@pytest.fixture
def server(answers: dict[str, Answer]) -> Iterator[Server]:
    with serving(answers) as running:
        yield running


def json_of(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def sources(site: Path) -> dict[str, bytes]:
    return tree(site / "content/sources")


def articles(site: Path) -> dict[str, bytes]:
    return tree(site / "content/articles")


def article(site: Path) -> str:
    (found,) = (text for path, text in articles(site).items() if path.endswith(".md"))
    return found.decode()


def test_a_page_is_kept_as_it_came_beside_where_it_came_from(site: Path, server: Server) -> None:
    assert run(["import", server.url("/lamp.txt")]) == 0
    found = sources(site)
    origin, page = sorted(found, key=len, reverse=True)
    assert page.startswith("news.example/lamp-")
    assert found[page] == TEXT.encode("gb18030")
    assert origin == f"{page}.origin.json"
    assert json.loads(found[origin]) == {
        "url": server.url("/lamp.txt"),
        "final_url": server.url("/lamp.txt"),
        "fetched": "2024-03-10T00:00:00+08:00",
        "charset": "",
    }


def test_relative_times_and_address_are_known_and_stay_known(site: Path, server: Server) -> None:
    assert run(["import", server.url("/lamp.txt")]) == 0
    before = article(site)
    assert "date: '2024-03-09T08:15:00+08:00'" in before
    assert f"source_url: {server.url('/lamp.txt')}" in before
    (source,) = (path for path in sources(site) if path.endswith(".txt"))
    for path in articles(site):
        (site / "content/articles" / path).unlink()
    assert run(["import", f"content/sources/{source}"]) == 0
    assert article(site) == before


def test_the_same_page_again_changes_nothing(
    site: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["import", server.url("/lamp.txt")])
    before = sources(site) | articles(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1720000000")
    assert run(["import", server.url("/lamp.txt?utm_source=feed")]) == 1  # not on the server
    assert run(["import", server.url("/lamp.txt")]) == 0
    assert sources(site) | articles(site) == before


def test_a_page_that_changed_replaces_its_source_and_the_article(
    site: Path, server: Server, answers: dict[str, Answer]
) -> None:
    run(["import", server.url("/lamp.txt")])
    answers["/lamp.txt"] = Answer(MORE.encode())
    assert run(["import", server.url("/lamp.txt")]) == 0
    assert "第二盏灯" in article(site)


def test_a_page_that_changed_spares_an_edited_article(
    site: Path, server: Server, answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", server.url("/lamp.txt")])
    (path,) = (site / "content/articles").rglob("*.md")
    path.write_text("编辑重写了。\n", encoding="utf-8")
    answers["/lamp.txt"] = Answer(MORE.replace("一盏灯", "两盏灯").encode())
    capsys.readouterr()
    assert run(["import", server.url("/lamp.txt"), "--json"]) == 1
    assert [item["code"] for item in json_of(capsys)["problems"]] == ["W751"]
    assert path.read_text("utf-8") == "编辑重写了。\n"


def test_dry_run_shows_and_writes_nothing(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "--dry-run", server.url("/lamp.txt")]) == 0
    assert "灯塔的灯" in capsys.readouterr().out
    assert sorted(tree(site)) == ["site.toml"]


def test_one_address_that_fails_does_not_stop_the_others(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = server.url("/gone")
    assert run(["import", gone, server.url("/lamp.txt"), "http://[", "--json"]) == 1
    found = json_of(capsys)
    assert [(item["path"], item["code"]) for item in found["problems"]] == [
        ("http://[", "E731"),
        (gone, "E734"),
    ]
    assert len(found["imported"]) == 1
    assert article(site)


def test_what_is_no_article_is_a_problem(
    site: Path, server: Server, answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    answers["/a.png"] = Answer(b"\x89PNG", headers={"Content-Type": "image/png"})
    assert run(["import", server.url("/a.png"), "--json"]) == 1
    assert [item["code"] for item in json_of(capsys)["problems"]] == ["E738"]
    assert sources(site) == articles(site) == {}


ITEM = """<item><guid>{id}</guid><title>{title}</title><link>https://news.example/{id}</link>
<description>&lt;p&gt;{text}&lt;img src="/a.png"&gt;&lt;/p&gt;</description></item>"""
XML = {"Content-Type": "application/rss+xml"}


def feed(*items: tuple[int, str, str]) -> Answer:
    inner = "".join(ITEM.format(id=number, title=title, text=text) for number, title, text in items)
    head = "<rss version='2.0'><channel><title>灯塔周刊</title>"
    return Answer(f"{head}{inner}</channel></rss>".encode(), headers=XML)


def markdown(site: Path) -> dict[str, str]:
    found = articles(site).items()
    return {Path(path).name: text.decode() for path, text in found if path.endswith(".md")}


def test_a_feed_becomes_an_article_an_entry(
    site: Path, server: Server, answers: dict[str, Answer]
) -> None:
    answers["/feed"] = feed((2, "第二篇", "二楼的灯。"), (1, "第一篇", "一楼的灯。"))
    assert run(["import", server.url("/feed")]) == 0
    found = markdown(site)
    assert sorted(found) == ["第一篇.md", "第二篇.md"]
    assert "source: 灯塔周刊" in found["第一篇.md"]
    assert "source_url: https://news.example/1" in found["第一篇.md"]
    record = json.loads(articles(site)[next(p for p in articles(site) if "第一篇.im" in p)])
    assert record["source"]["fetched"] == "2024-03-10T00:00:00+08:00"
    assert "一楼的灯。![](https://news.example/a.png)" in found["第一篇.md"]


def test_a_feed_again_adds_only_what_is_new(
    site: Path, server: Server, answers: dict[str, Answer]
) -> None:
    answers["/feed"] = feed((1, "第一篇", "一楼的灯。"))
    run(["import", server.url("/feed")])
    (first,) = (site / "content/articles").rglob("第一篇.md")
    before = first.read_bytes()
    answers["/feed"] = feed((3, "第三篇", "三楼的灯。"), (2, "第一篇", "同名的另一篇。"))
    assert run(["import", server.url("/feed")]) == 0
    assert first.read_bytes() == before
    assert len(markdown(site)) == 3


def test_an_entry_that_changed_is_converted_again_unless_it_was_edited(
    site: Path, server: Server, answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    answers["/feed"] = feed((1, "第一篇", "一楼的灯。"), (2, "第二篇", "二楼的灯。"))
    run(["import", server.url("/feed")])
    (second,) = (site / "content/articles").rglob("第二篇.md")
    second.write_text("编辑重写了。\n", encoding="utf-8")
    answers["/feed"] = feed((1, "第一篇", "一楼的灯换了。"), (2, "第二篇", "二楼的灯换了。"))
    capsys.readouterr()
    assert run(["import", server.url("/feed"), "--json"]) == 1
    assert [item["code"] for item in json_of(capsys)["problems"]] == ["W751"]
    assert "一楼的灯换了" in markdown(site)["第一篇.md"]
    assert markdown(site)["第二篇.md"] == "编辑重写了。\n"


def test_the_feeds_of_a_list_are_fetched(
    site: Path, server: Server, answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    answers["/feed"] = feed((1, "第一篇", "一楼的灯。"))
    gone, page = server.url("/gone"), server.url("/feed")
    opml = f'<opml><body><outline xmlUrl="{page}"/><outline xmlUrl="{gone}"/></body></opml>'
    write(site.parent / "list.opml", opml)
    assert run(["import", "../list.opml", "--json"]) == 1
    found = json_of(capsys)
    assert [(item["path"], item["code"]) for item in found["problems"]] == [(gone, "E734")]
    assert list(markdown(site)) == ["第一篇.md"]


def test_the_feeds_of_a_list_are_named_where_nothing_can_be_fetched(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    write(site.parent / "list.opml", '<opml><outline xmlUrl="https://news.example/feed"/></opml>')
    assert run(["import", "../list.opml", "--json"]) == 1
    (found,) = json_of(capsys)["problems"]
    assert (found["path"], found["code"]) == ("https://news.example/feed", "E730")
    assert "wenzhai[web]" in found["hint"]


def test_a_feed_from_a_file_or_standard_input_is_a_feed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = feed((1, "第一篇", "一楼的灯。"))
    assert isinstance(answer.body, bytes)
    write(site.parent / "news.xml", answer.body)
    assert run(["import", "../news.xml"]) == 0
    assert (site / "content/articles/news/第一篇.md").is_file()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(answer.body)))
    assert run(["import", "-"]) == 0
    assert len(list((site / "content/articles").glob("feed-*/第一篇.md"))) == 1


PAGE = """<!doctype html><html><head><title>灯塔的灯 - 灯塔周刊</title></head><body>
<nav><a href="/">首页</a> <a href="/more">更多</a></nav>
<article><h1>灯塔的灯</h1><p>作者：林知远</p>
<p>灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮，从来没有人见过它熄灭。</p>
<p><img src="img/a.png" alt="灯"></p>
<p>船从远处看见它，就知道自己离家不远了，哪怕是停电的那几个冬天，它也照样亮着。</p>
</article></body></html>"""


def test_a_page_is_decoded_by_what_the_server_says_and_knows_its_address(
    site: Path, server: Server, answers: dict[str, Answer]
) -> None:
    kind = {"Content-Type": "text/html; charset=gb2312"}
    answers["/2024/lamp.html"] = Answer(PAGE.encode("gb18030"), headers=kind)
    assert run(["import", server.url("/2024/lamp.html")]) == 0
    found = article(site)
    assert "title: 灯塔的灯\n" in found
    assert f"![灯]({server.url('/2024/img/a.png')})" in found
    assert f"source_url: {server.url('/2024/lamp.html')}" in found
    assert "首页" not in found


def test_a_page_from_standard_input_is_a_page(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PAGE.encode())))
    assert run(["import", "-"]) == 0
    assert list(sources(site)) == ["dengta-de-deng.html"]
    assert "离家不远了" in article(site)
