"""Feeds: what subscribers get, in each of the three formats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from feed_reading import check_feed, read_feed
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.feeds import render_feed
from wenzhai.model import Digest, Moment, Url
from wenzhai.views import Body, FeedItem, FeedView

BASE = "https://example.com/w/"
NAMES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
MARCH = Moment("2024-03-04", 1709481600)  # midnight in Shanghai
APRIL = Moment("2024-04-05T06:07:08+08:00", 1712268428)
FULL = Body(Digest("0" * 32), (f"{BASE}articles/b/", f"{BASE}assets/x.png"))
HTML = (
    '<p>见<a href="\0000\0">另一篇</a>。<img src="\0001\0" alt=""></p>'
    '<p>注<a href="#fn1">1</a> ]]> &lt;b&gt; &amp;amp;</p>'
)
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"

every_format = pytest.mark.parametrize("kind", ["rss", "atom", "json"])
every_xml_format = pytest.mark.parametrize("kind", ["rss", "atom"])


def item(number: int = 1, **changes: object) -> FeedItem:
    made = FeedItem(
        id=f"tag:example.com,2024-03-04:{number}",
        title=f"第 {number} 篇",
        url=Url(f"{BASE}articles/a{number}/"),
        date=MARCH,
        updated=None,
        authors=("张三", "Li Si"),
        tags=("技术", "R&D <1>"),
        region="广东",
        summary="摘要 <b> & 其他",
        lang="zh-Hans",
        source="某报",
        source_url="https://news.example.org/1?a=1&b=2",
        image=f"{BASE}assets/c.jpg",
        rights="© 张三",
        body=FULL,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields


def view(kind: str, *items: FeedItem, **changes: object) -> FeedView:
    made = FeedView(
        format=kind,  # type: ignore[arg-type]  # one of the three
        id="tag:example.com,2000:feed",
        title="科技 & 文摘",
        description="每周一期",
        language="zh-Hans",
        url=Url(BASE + NAMES[kind]),
        home=Url(BASE),
        author="编者",
        rights="保留权利",
        icon=f"{BASE}assets/icon.png",
        hub="https://hub.example.org/",
        items=items,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields


def render(kind: str, *items: FeedItem, **changes: object) -> bytes:
    bodies = tuple(HTML if one.body else "" for one in items)
    return render_feed(view(kind, *items, **changes), bodies)


def first(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    return root.find("channel/item") if root.tag == "rss" else root.find(f"{ATOM}entry")


@every_format
def test_what_goes_in_comes_out(kind: str) -> None:
    feed = check_feed(render(kind, item(1, updated=APRIL), item(2)))
    assert (feed.title, feed.home, feed.url) == ("科技 & 文摘", BASE, BASE + NAMES[kind])
    assert (feed.hub, feed.language) == ("https://hub.example.org/", "zh-Hans")
    entry = feed.entries[0]
    assert entry.id == "tag:example.com,2024-03-04:1"
    assert entry.title == "第 1 篇"
    assert entry.url == f"{BASE}articles/a1/"
    assert entry.via == "https://news.example.org/1?a=1&b=2"
    assert entry.summary == "摘要 <b> & 其他"
    assert entry.tags == ("技术", "R&D <1>")
    assert set(entry.authors) == {"张三", "Li Si"}


@every_format
def test_content_is_whole_and_works_away_from_its_page(kind: str) -> None:
    entry = check_feed(render(kind, item())).entries[0]
    assert entry.content == (
        f'<p>见<a href="{BASE}articles/b/">另一篇</a>。<img src="{BASE}assets/x.png" alt=""></p>'
        f'<p>注<a href="{BASE}articles/a1/#fn1">1</a> ]]> &lt;b&gt; &amp;amp;</p>'
    )


@every_format
def test_items_keep_the_order_they_are_given(kind: str) -> None:
    feed = check_feed(render(kind, *(item(number) for number in (3, 1, 2))))
    assert [entry.id[-1] for entry in feed.entries] == ["3", "1", "2"]


@every_format
def test_feed_of_summaries_carries_no_content(kind: str) -> None:
    entry = check_feed(render(kind, item(body=None))).entries[0]
    assert entry.content == ""
    assert entry.summary


@every_format
def test_feed_without_items_is_valid(kind: str) -> None:
    assert check_feed(render(kind)).entries == ()


@every_format
def test_item_with_nothing_but_an_id_and_a_url_is_valid(kind: str) -> None:
    bare = item(
        title=" \n", date=None, authors=(), tags=(), region="", summary="", lang="", source="",
        source_url="", image="", rights="", body=None,
    )  # fmt: skip
    entry = check_feed(render(kind, bare)).entries[0]
    assert entry.title == entry.url
    assert entry.published == ""


@every_format
def test_site_that_states_only_addresses_has_a_valid_feed(kind: str) -> None:
    data = render(
        kind, item(), title="", description="", language="", author="", rights="", icon="", hub=""
    )
    feed = check_feed(data)
    assert feed.title == BASE
    assert feed.hub == ""


def test_dates_keep_the_zone_of_the_site() -> None:
    dated = item(updated=APRIL)
    rss, atom, json_feed = (check_feed(render(kind, dated)).entries[0] for kind in NAMES)
    assert rss.published == "Mon, 04 Mar 2024 00:00:00 +0800"
    assert atom.published == json_feed.published == "2024-03-04T00:00:00+08:00"
    assert atom.updated == json_feed.updated == "2024-04-05T06:07:08+08:00"


def test_feed_is_dated_by_its_newest_item() -> None:
    items = (item(1), item(2, updated=APRIL), item(3, date=None))
    assert check_feed(render("rss", *items)).updated == "Fri, 05 Apr 2024 06:07:08 +0800"
    assert check_feed(render("atom", *items)).updated == "2024-04-05T06:07:08+08:00"


def test_undated_item_takes_the_oldest_date_only_where_atom_demands_one() -> None:
    items = (item(1, date=APRIL), item(2), item(3, date=None))
    atom, rss, json_feed = (check_feed(render(kind, *items)) for kind in ("atom", "rss", "json"))
    assert atom.entries[2].updated == "2024-03-04T00:00:00+08:00"
    assert atom.entries[2].published == ""
    assert rss.entries[2].published == json_feed.entries[2].published == ""


def test_feed_without_any_date_is_dated_by_no_clock() -> None:
    assert check_feed(render("rss", item(date=None))).updated == ""
    atom = check_feed(render("atom", item(date=None)))
    assert atom.updated == atom.entries[0].updated == "1970-01-01T00:00:00+00:00"


def test_atom_links_keep_their_relations() -> None:
    links = first(render("atom", item())).findall(f"{ATOM}link")
    assert [dict(link.attrib) for link in links] == [
        {"rel": "alternate", "type": "text/html", "href": f"{BASE}articles/a1/"},
        {"rel": "via", "href": "https://news.example.org/1?a=1&b=2", "title": "某报"},
    ]


def test_atom_content_is_escaped_html() -> None:
    data = render("atom", item())
    assert b"CDATA" not in data
    assert first(data).find(f"{ATOM}content").get("type") == "html"


def test_atom_always_names_an_author() -> None:
    root = etree.fromstring(render("atom", item(authors=()), author=""))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "科技 & 文摘"


def test_rss_names_authors_without_an_address() -> None:
    names = first(render("rss", item())).findall(f"{DC}creator")
    assert [name.text for name in names] == ["张三", "Li Si"]


def test_rss_channel_links_home_and_to_no_plain_http_page() -> None:
    data = render("rss", item())
    channel = etree.fromstring(data)[0]
    assert channel.findtext("link") == BASE
    assert channel.find("docs") is None
    assert channel.findtext("generator") == "wenzhai"
    assert channel.findtext("image/url") == f"{BASE}assets/icon.png"


def test_rss_titles_are_plain_text_to_readers_that_expect_markup() -> None:
    data = render("rss", item(title="R&D <1> & 其他"))
    assert "<title>R&#x26;D &#x3C;1&gt; &#x26; 其他</title>".encode() in data
    assert check_feed(data).entries[0].title == "R&D <1> & 其他"


def test_rss_states_the_source_of_an_item() -> None:
    source = first(render("rss", item())).find("source")
    assert (source.get("url"), source.text) == ("https://news.example.org/1?a=1&b=2", "某报")


def test_source_without_a_name_is_called_by_its_host() -> None:
    assert first(render("rss", item(source=""))).findtext("source") == "news.example.org"


@every_xml_format
def test_source_without_a_web_address_is_named_all_the_same(kind: str) -> None:
    made = first(render(kind, item(source_url="javascript:alert(1)")))
    assert made.findtext(f"{DC}source") == "某报"
    assert b"javascript" not in etree.tostring(made)


@every_xml_format
def test_region_and_image_are_stated(kind: str) -> None:
    made = first(render(kind, item()))
    assert made.findtext(f"{DC}coverage") == "广东"
    assert made.find(f"{MEDIA}content").get("url") == f"{BASE}assets/c.jpg"


def test_language_is_stated_where_it_differs_from_the_feed() -> None:
    english, chinese = item(lang="en"), item()
    assert first(render("atom", english)).get(XML_LANG) == "en"
    assert first(render("atom", chinese)).get(XML_LANG) is None
    assert first(render("rss", english)).findtext(f"{DC}language") == "en"
    assert first(render("rss", chinese)).find(f"{DC}language") is None


def test_json_keys_stand_in_a_fixed_order_and_text_is_readable() -> None:
    data = render("json", item(updated=APRIL))
    feed = json.loads(data)
    assert list(feed) == [
        "version", "title", "home_page_url", "feed_url", "description", "icon", "authors",
        "language", "hubs", "items",
    ]  # fmt: skip
    assert list(feed["items"][0]) == [
        "id", "url", "external_url", "title", "content_html", "summary", "image", "date_published",
        "date_modified", "authors", "tags", "language", "_wenzhai",
    ]  # fmt: skip
    assert "广东".encode() in data
    assert data.endswith(b"}\n")


@every_xml_format
def test_xml_declares_its_encoding(kind: str) -> None:
    assert render(kind, item()).startswith(b"<?xml version='1.0' encoding='UTF-8'?>")


@every_format
def test_same_view_gives_same_bytes_whatever_the_hash_seed_and_zone(kind: str) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]; import test_feeds as t; "
        "sys.stdout.buffer.write(t.render(sys.argv[3], t.item(1, updated=t.APRIL), t.item(2)))"
    )
    tests = Path(__file__).parent
    command = [sys.executable, "-c", script, str(tests), str(tests.parent), kind]
    made = {
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("0", "UTC"), ("7", "Asia/Shanghai"))
    }
    assert made == {render(kind, item(1, updated=APRIL), item(2))}


HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x01\x0b\x1f\x7f\x85\ud800\udfff\ufffe\uffff\ufffd\u202e\u2028&<>\"'"),
        st.sampled_from(["]]>", "<![CDATA[", "&amp;", "😀", "שלום", "<b>", "\r\n"]),
    ),
    max_size=12,
).map("".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(HOSTILE, min_size=9, max_size=9), st.sampled_from(sorted(NAMES)))
def test_no_text_however_hostile_breaks_a_feed(texts: list[str], kind: str) -> None:
    title, author, tag, region, summary, source, rights, body, source_url = texts
    made = item(
        title=title, authors=(author,), tags=(tag,), region=region, summary=summary, source=source,
        rights=rights, source_url="https://example.org/" + source_url, lang="en",
    )  # fmt: skip
    html = "<p>" + body.replace("\0", "") + "</p>"
    shown = view(kind, made, title=title, description=summary, author=author, rights=rights)
    entry = check_feed(render_feed(shown, (html,))).entries[0]
    assert entry.id == made.id


@settings(deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1))
def test_every_printable_title_arrives_unchanged(title: str) -> None:
    expected = "".join(char for char in title if char not in "\ufffe\uffff")
    if expected:
        titles = {read_feed(render(kind, item(title=title))).entries[0].title for kind in NAMES}
        assert titles == {expected}
