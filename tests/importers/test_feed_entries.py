"""Feeds and lists of feeds: what becomes of each entry, and of what is no feed."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.entries import Entry
from wenzhai.importers.feeds import read_feed
from wenzhai.importers.json_feeds import read_json_feed
from wenzhai.importers.subscriptions import read_opml
from wenzhai.problems import Problem

BODY = '<p>第一段，<img src="/a.png">。</p><script>x()</script>'
RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>灯塔周刊</title><link>https://lamp.example/</link><language>zh-CN</language>
<item>
  <title>灯 &amp;amp; 塔：C&amp;lt;T&amp;gt;</title>
  <guid isPermaLink="false">tag:lamp.example,2024:1</guid>
  <link>https://lamp.example/2024/one?utm_source=rss&amp;id=7</link>
  <dc:creator>林知远</dc:creator>
  <category>海</category><category>灯</category><category>海</category>
  <pubDate>Mon, 04 Mar 2024 10:00:00 +0800</pubDate>
  <description>一句话的摘要。</description>
  <content:encoded><![CDATA[BODY]]></content:encoded>
  <enclosure url="https://lamp.example/one.mp3" type="audio/mpeg" length="1"/>
</item>
<item>
  <link>https://lamp.example/2024/two/</link>
  <author>editor@lamp.example (周汐)</author>
  <pubDate>May</pubDate>
  <description>&lt;p&gt;只有描述的一条。&lt;/p&gt;</description>
</item>
</channel></rss>
""".replace("BODY", BODY)
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"><title>灯塔</title>
<entry><id>urn:1</id><title type="html">a &lt;b&gt;b&lt;/b&gt;</title>
  <link href="https://lamp.example/1"/><link rel="self" href="https://lamp.example/1.atom"/>
  <published>2024-03-04T02:00:00.123Z</published><updated>2024-03-05T00:00:00Z</updated>
  <author><name>林知远</name></author><author><name>周汐</name></author>
  <category term="https://lamp.example/tags" /><category term="sea" label="海"/>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>正文。</p></div></content>
</entry>
<entry><id>urn:2</id><title>b &lt;i></title><updated>2024-03-05</updated>
  <source><title>另一处</title></source>
  <content type="text">一行 &lt;T>\n二行</content></entry>
</feed>
"""
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "灯塔",
    "language": "zh-CN",
    "authors": [{"name": "编辑部"}],
    "items": [
        {
            "id": 7,
            "url": "https://lamp.example/7",
            "external_url": "https://other.example/x?utm_medium=feed",
            "title": "灯\n塔",
            "content_html": "<p>正文。</p>",
            "date_published": "2024-03-04T10:00:00+08:00",
            "tags": ["海", "海", " ", 3],
            "summary": "摘要。",
            "attachments": [{"url": "/a.mp3"}],
        },
        {"url": "https://lamp.example/8", "content_text": "一行 <T>\n\n二行\ud800"},
        "nonsense",
    ],
}


def entries(found: tuple[Entry, ...] | Problem) -> tuple[Entry, ...]:
    assert not isinstance(found, Problem), found
    return found


def facts(entry: Entry) -> dict[str, object]:
    return {fact.name: fact.value for fact in entry.facts}


def of_json(shape: object) -> tuple[Entry, ...]:
    return entries(read_json_feed(json.dumps(shape).encode(), "feed.json"))


def test_an_rss_item_says_what_the_feed_says_of_it() -> None:
    first, second = entries(read_feed(RSS.encode(), "feed.xml"))
    assert (first.id, first.name) == ("tag:lamp.example,2024:1", "灯 & 塔：C<T>")
    assert facts(first) == {
        "title": "灯 & 塔：C<T>",
        "author": ("林知远",),
        "source": "灯塔周刊",
        "source_url": "https://lamp.example/2024/one?id=7",
        "date": "2024-03-04T10:00:00+08:00",
        "tags": ("海", "灯"),
        "summary": "一句话的摘要。",
        "enclosures": ("https://lamp.example/one.mp3",),
    }
    written = {fact.name: fact.written for fact in first.facts}
    assert written["date"] == "Mon, 04 Mar 2024 10:00:00 +0800"
    assert (second.id, second.name) == ("https://lamp.example/2024/two/", "two")
    assert facts(second) == {
        "author": ("周汐",),
        "source": "灯塔周刊",
        "source_url": "https://lamp.example/2024/two/",
    }


def test_the_body_is_kept_as_it_stands_and_knows_its_base() -> None:
    first = entries(read_feed(RSS.encode(), "feed.xml"))[0]
    assert first.content.decode() == BODY
    assert first.base == "https://lamp.example/2024/one?utm_source=rss&id=7"


def test_an_atom_entry_says_what_the_feed_says_of_it() -> None:
    first, second = entries(read_feed(ATOM.encode(), "feed.atom"))
    assert first.id == "urn:1"
    assert facts(first) == {
        "title": "a b",
        "author": ("林知远", "周汐"),
        "source": "灯塔",
        "source_url": "https://lamp.example/1",
        "date": "2024-03-04T02:00:00+00:00",
        "tags": ("海",),
    }
    assert "<p>正文。</p>" in first.content.decode()
    assert facts(second) == {"title": "b <i>", "source": "另一处", "date": "2024-03-05"}
    assert "<p>一行 &lt;T></p>\n<p>二行</p>" in second.content.decode()


def test_a_json_item_says_what_the_feed_says_of_it() -> None:
    first, second = of_json(JSON_FEED)
    assert (first.id, first.name) == ("7", "灯 塔")
    assert facts(first) == {
        "title": "灯 塔",
        "author": ("编辑部",),
        "source": "灯塔",
        "source_url": "https://other.example/x",
        "date": "2024-03-04T10:00:00+08:00",
        "tags": ("海",),
        "summary": "摘要。",
        "enclosures": ("https://other.example/a.mp3",),
    }
    assert second.id == "https://lamp.example/8"
    assert "<p>一行 &lt;T&gt;</p>\n<p>二行</p>" in second.content.decode()


@pytest.mark.parametrize(
    "summary",
    [
        "<p>只有描述</p>",
        "正文的开头被剪断……",
        "The first words of it [...]",
        "长" * 501,
        "更多 Read more",
    ],
)
def test_a_description_that_is_the_text_or_its_beginning_is_no_summary(summary: str) -> None:
    body = summary if summary.startswith("<p>") else "<p>" + "正文。" * 300 + "</p>"
    text = RSS.replace("一句话的摘要。", summary.replace("<", "&lt;"))
    text = text.replace(BODY, body)
    assert "summary" not in facts(entries(read_feed(text.encode(), "feed.xml"))[0])


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("UTF-8", "gb18030"),
        ("Big5", "utf-8"),
        ("nonsense", "utf-8"),
        ("UTF-16", "utf-16"),
    ],
)
def test_feeds_are_decoded_whatever_they_declare(declared: str, encoding: str) -> None:
    data = RSS.replace("UTF-8", declared).encode(encoding)
    assert facts(entries(read_feed(data, "feed.xml"))[0])["source"] == "灯塔周刊"


def test_control_characters_do_not_break_a_feed() -> None:
    found = entries(read_feed(RSS.replace("第一段", "第\x08一\x0b段").encode(), "feed.xml"))
    assert "第一段" in found[0].content.decode()


def test_an_entry_without_an_id_or_link_keeps_one_identity() -> None:
    item = (
        "<rss><channel><item><title>甲</title><description>乙</description></item></channel></rss>"
    )
    first = entries(read_feed(item.encode(), "a.xml"))[0]
    again = entries(read_feed(item.replace("<item>", "<item>\n").encode(), "a.xml"))[0]
    assert first.id == again.id != ""


def test_a_broken_feed_gives_the_entries_that_can_be_read() -> None:
    cut = RSS[: RSS.index("</channel>")].replace("只有描述", "A & B < C")
    assert len(entries(read_feed(cut.encode(), "feed.xml"))) == 2


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{ten}">{more}]>
<rss><channel><item><title>&a9;</title><description>x</description></item></channel></rss>"""
XXE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss><channel><item><title>甲&x;</title><description>乙&x;</description></item></channel></rss>"""


def test_entities_neither_grow_nor_read_files() -> None:
    more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    found = read_feed(BOMB.format(ten="0123456789" * 10, more=more).encode(), "feed.xml")
    assert isinstance(found, Problem) or len(found[0].content) < 1000
    (entry,) = entries(read_feed(XXE.encode(), "feed.xml"))
    assert facts(entry)["title"] in {"甲", "甲&x;"}
    assert entry.content.count(b"\n") == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"/etc/passwd",
        b"<svg/>",
        b"{}",
        b"\xff\xfe",
        b"<" * 9999,
        b'<?xml encoding="U\xff"?><rss>',
    ],
)
def test_what_is_no_feed_is_a_problem(data: bytes) -> None:
    found = read_feed(data, "feed.xml")
    assert isinstance(found, Problem)
    assert found.code == "W745"


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"version": "1"}', b"[" * 100_000, b"\xff", b"null"]
)
def test_what_is_no_json_feed_is_a_problem(data: bytes) -> None:
    found = read_json_feed(data, "feed.json")
    assert isinstance(found, Problem)
    assert found.code == "W745"


def test_a_missing_package_is_a_problem_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    found = read_feed(RSS.encode(), "feed.xml")
    assert isinstance(found, Problem)
    assert (found.code, "wenzhai[feeds]" in found.hint("zh")) == ("E730", True)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["id", "url", "title", "content_html", "content_text", "tags", "authors", "attachments"]
)


@settings(deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=3))
def test_items_of_any_shape_are_read(items: list[dict[str, Any]]) -> None:
    found = of_json({"version": "https://jsonfeed.org/version/1", "items": items})
    assert len(found) == len(items)
    for entry in found:
        entry.content.decode()
        assert entry.id


@settings(deadline=None)
@given(st.lists(st.sampled_from([RSS[i : i + 40] for i in range(0, len(RSS), 40)]), max_size=30))
def test_pieces_of_a_feed_in_any_order_are_read_or_refused(pieces: list[str]) -> None:
    found = read_feed("".join(["<rss><channel>", *pieces]).encode(), "feed.xml")
    assert isinstance(found, tuple | Problem)


OPML = """\
<?xml version="1.0"?><opml version="2.0"><head><title>订阅</title></head><body>
<outline text="报"><outline text="甲" type="rss" xmlUrl="https://a.example/feed" /></outline>
<outline text="乙 & 丙" xmlurl="feed://b.example/rss"/>
<outline text="丁" xmlUrl="https://a.example/feed"/>
<outline text="戊" xmlUrl="file:///etc/passwd"/>
</body></opml>
"""


def test_a_list_names_its_feeds_once_each() -> None:
    assert read_opml(OPML.encode(), "a.opml") == ("https://a.example/feed", "https://b.example/rss")


@pytest.mark.parametrize("data", [b"", b"<opml/>", b"not xml", XXE.encode(), b"<a>" * 100_000])
def test_a_list_without_feeds_is_a_problem(data: bytes) -> None:
    found = read_opml(data, "a.opml")
    assert isinstance(found, Problem)
    assert found.code == "W746"
