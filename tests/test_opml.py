"""OPML: one file that subscribes a reader to every feed."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.model import Address, Url
from wenzhai.opml import render_opml
from wenzhai.views import FeedGroup, FeedLink, OpmlView

BASE = Url("https://example.com/w/")
RSS, ATOM = "application/rss+xml", "application/atom+xml"


def group(kind: str, name: str, folder: str) -> FeedGroup:
    feeds = (
        FeedLink("atom", ATOM, f"{name} · 站", Address(f"{folder}atom.xml")),
        FeedLink("rss", RSS, f"{name} · 站", Address(f"{folder}feed.xml")),
    )
    return FeedGroup(kind, name, feeds)  # type: ignore[arg-type]  # one of the four kinds


GROUPS = (
    group("site", "站", ""),
    group("digest", "期刊", "digests/"),
    group("tag", "R&D <1>", "tags/r%26d/"),
    group("region", "广东", "regions/guangdong/"),
)


def body(*groups: FeedGroup) -> etree._Element:
    root = etree.fromstring(render_opml(OpmlView("站 & 订阅", "zh-Hans", BASE, groups)))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "站 & 订阅"
    return root.find("body")


def test_site_feeds_come_first_and_terms_lie_in_folders() -> None:
    outlines = list(body(*GROUPS))
    assert [outline.get("text") for outline in outlines] == [
        "站 · 站", "期刊 · 站", "标签", "地区",
    ]  # fmt: skip
    assert [outline.get("text") for outline in outlines[2]] == ["R&D <1> · 站"]
    assert [outline.get("text") for outline in outlines[3]] == ["广东 · 站"]


def test_each_group_is_subscribed_once_by_its_rss_feed() -> None:
    addresses = [outline.get("xmlUrl") for outline in body(*GROUPS).iter() if outline.get("xmlUrl")]
    assert addresses == [
        f"{BASE}feed.xml",
        f"{BASE}digests/feed.xml",
        f"{BASE}tags/r%26d/feed.xml",
        f"{BASE}regions/guangdong/feed.xml",
    ]


def test_first_feed_stands_in_where_there_is_no_rss() -> None:
    only_atom = FeedGroup("site", "站", GROUPS[0].feeds[:1])
    assert body(only_atom)[0].get("xmlUrl") == f"{BASE}atom.xml"


def test_feeds_name_the_page_they_mirror() -> None:
    outlines = [outline for outline in body(*GROUPS).iter("outline") if outline.get("xmlUrl")]
    assert [outline.get("htmlUrl") for outline in outlines] == [
        BASE,
        f"{BASE}digests/",
        f"{BASE}tags/r%26d/",
        f"{BASE}regions/guangdong/",
    ]
    assert {outline.get("type") for outline in outlines} == {"rss"}


def test_site_without_feeds_has_an_empty_list() -> None:
    assert len(body(FeedGroup("site", "站", ()))) == 0
