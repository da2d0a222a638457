"""The views below /_preview/: what is not published, wrong, left out, read and shared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from browsing import CONTRAST, chromium
from previewing import Answer, Preview, previewing
from sites import SMALL, article, make_site

from wenzhai.preview.conversion import Piece, mark, read_conversion
from wenzhai.preview.shared import feed_items

EVIL = "<script>document.title='broken out'</script>"
RAW = """夜读札记

来源：灯下

第一段讲一盏灯，灯下有一本书。

第二段讲一条路，路上有很多人。

分享到微博
"""
PAGE = f"""<!doctype html><html><head><title>网页一篇</title></head><body>
<nav>首页 关于</nav><article><h1>网页一篇</h1>
<p>正文第一段，讲一座桥怎样修起来，用了许多年。</p><p>正文第二段，讲桥上走过的人。</p></article>
{EVIL}<footer>版权所有</footer></body></html>"""
MADE = article("网页一篇", "正文第一段，讲一座桥。", date="2024-03-01", slug="web")
RECORD = {
    "source": {"path": "content/sources/web.html", "sha256": sha256(PAGE.encode()).hexdigest()},
    "article": {"sha256": sha256(MADE.encode()).hexdigest()},
    "removed": [{"line": 2, "start": 0, "end": 15, "reason": "menu", "text": "首页 关于"}],
}
VIEWS = ["", "held/", "problems/", "sources/", "feeds/", "cards/"]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    files: dict[str, str | bytes] = {
        **SMALL,
        "content/articles/draft.md": article(f"草稿 {EVIL}", "还在写。", draft="true"),
        "content/articles/later.md": article("以后", "还没到。", date="2030-01-01"),
        "content/articles/gone.md": article(
            "过去", "已经过期。", date="2024-01-01", expires="2024-02-01"
        ),
        "content/articles/bad.md": f"---\ntitle: 坏 {EVIL}\ndate: 2024-13-01\n---\n\n正文。\n",
        "content/sources/night.txt": RAW,
        "content/sources/web.html": PAGE,
        "content/articles/web.md": MADE,
        "content/articles/web.import.json": json.dumps(RECORD),
    }
    with previewing(make_site(tmp_path_factory.mktemp("views"), files)) as running:
        yield running


def view(preview: Preview, name: str) -> Answer:
    answer = preview.get(f"/_preview/{name}")
    assert answer.status == 200, name
    return answer


@pytest.mark.parametrize("name", VIEWS)
def test_view_holds_and_allows_no_script_but_the_previews(preview: Preview, name: str) -> None:
    answer = view(preview, name)
    assert b"<script" not in answer.pure
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[:3] == ["default-src 'none'", "script-src 'self'", "connect-src 'self'"]
    assert answer.headers["cache-control"] == "no-store"


def test_views_of_a_site_that_cannot_be_read_are_empty(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**SMALL, "site.toml": "title = "})
    with previewing(site) as running:
        for name in VIEWS:
            view(running, name)
        for gone in ("sources/content/articles/one.md", "feeds/feed.xml", "cards/2", "none/"):
            assert running.get(f"/_preview/{gone}").status in {404, 503}
        assert "E001" in view(running, "problems/").body.decode()


def test_held_articles_lead_to_their_pages_as_they_would_be(preview: Preview) -> None:
    text = view(preview, "held/").body.decode()
    links = re.findall(r'<a href="(/_preview/unpublished/[^"]+)">([^<]*)', text)
    assert [unescape(title) for _, title in links if "草稿" not in title] == ["过去", "以后"]
    pages = [preview.get(link).body.decode() for link, _ in links]
    for words in ("还在写。", "已经过期。", "还没到。"):
        assert any(words in page for page in pages)
    assert all("<title" in page for page in pages)
    moments = {link.split("/")[3] for link, _ in links}
    assert moments == {"now", "1706716799"}  # and the last second before the one expired
    assert preview.get("/site/articles/yihou/").status == 404


def test_moments_that_no_article_waits_for_are_not_planned(preview: Preview) -> None:
    assert preview.get("/_preview/unpublished/1/index.html").status == 404


def test_problems_show_their_frames(preview: Preview) -> None:
    text = view(preview, "problems/").body.decode()
    assert "content/articles/bad.md</span>" in text or "content/articles/bad.md:3" in text
    assert "date: 2024-13-01" in text


def test_conversion_shows_what_was_left_out_and_why(preview: Preview) -> None:
    text = view(preview, "sources/").body.decode()
    link = next(one for one in re.findall(r'href="([^"]+)"', text) if "night" in one)
    shown = preview.get(link).body.decode()
    assert "第一段讲一盏灯" in shown
    assert re.search(r"<del title=\"[^\"]+\">[^<]*分享到微博", shown)
    assert "/site/articles/" in shown
    assert preview.get("/_preview/sources/content/articles/none.md").status == 404
    assert preview.get("/_preview/sources/site.toml").status == 404


def test_source_that_is_html_is_shut_into_a_box(preview: Preview) -> None:
    raw = preview.get("/_preview/raw/content/sources/web.html")
    assert raw.body.decode() == PAGE
    assert raw.headers["content-security-policy"].startswith("sandbox;")
    assert preview.get("/_preview/raw/content/sources/night.txt").status == 404
    assert preview.get("/_preview/raw/content/articles/one.md").status == 404
    assert preview.get("/_preview/raw/site.toml").status == 404


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_feed_is_shown_as_its_readers_see_it(preview: Preview, name: str) -> None:
    items = feed_items(preview.get(f"/site/{name}").body)
    assert [item.title for item in items][1:3] == ["第五篇", "第四篇"]
    assert "最后一篇。" in items[1].content
    text = unescape(view(preview, f"feeds/{name}").body.decode())
    assert 'href="/site/articles/diwupian/"' in text
    assert "最后一篇。" in text


def test_feeds_are_named_by_their_places(preview: Preview) -> None:
    text = unescape(view(preview, "feeds/").body.decode())
    first, _, rest = text.partition("<details>")
    formats = ["atom.xml", "feed.json", "feed.xml"]
    assert re.findall(r'href="/_preview/feeds/([^"]+)"', first) == formats
    assert "tags/开源" in re.findall(r"(tags/\S+):", rest)
    for path in re.findall(r'href="(/_preview/feeds/[^"]+)"', rest):
        assert preview.get(path).status == 200


def test_cards_say_what_pages_tell_social_sites(preview: Preview) -> None:
    text = view(preview, "cards/").body.decode()
    assert "灯下文摘" in text
    assert "第三篇" in text
    assert "芯片与散热。" in text


def test_stretches_are_marked_where_they_stand() -> None:
    row = {"line": 1, "start": 1, "end": 3, "reason": "noise", "text": "bc"}
    lost = {"line": 9, "start": 0, "end": 1, "reason": "menu", "text": "x"}
    lines, apart = mark(["abcd", ""], [row, lost])
    assert lines == ((Piece("a"), Piece("bc", "noise"), Piece("d")), (Piece(""),))
    assert apart == (Piece("x", "menu"),)


def test_strange_records_show_nothing_instead_of_failing() -> None:
    told = {"removed": [1, {"line": "a"}], "fields": [], "doubts": {}, "source": 3}
    found = read_conversion(b"\xff\xfe", told, is_text=True)
    assert (found.fields, found.confidence) == ((), 0.0)


def test_views_are_readable_on_a_phone_by_day_and_night(preview: Preview) -> None:
    with chromium() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_page(
                viewport={"width": 390, "height": 844},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for name in VIEWS:
                page.goto(f"http://127.0.0.1:{preview.port}/_preview/{name}")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert (name, wide <= 390) == (name, True)
                assert (name, page.evaluate(CONTRAST)) == (name, [])
                assert page.title() != "broken out"
            page.close()


def test_source_beside_its_article_runs_no_script_of_either(preview: Preview) -> None:
    text = view(preview, "sources/").body.decode()
    link = next(one for one in re.findall(r'href="([^"]+)"', text) if "web" in one)
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{preview.port}{link}", wait_until="networkidle")
        frames = page.frames[1:]
        assert len(frames) == 2
        assert all("正文第一段" in frame.content() for frame in frames)
        assert [frame.title() for frame in frames].count("broken out") == 0
        page.close()
