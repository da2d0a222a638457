"""Sitemap and robots: what crawlers are told."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.file_views import sitemap_targets
from wenzhai.model import Url
from wenzhai.sitemap import render_robots, render_sitemap, render_sitemap_index
from wenzhai.views import RobotsView, SitemapView

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = Url("https://example.com/w/")


def rows(count: int) -> SitemapView:
    return SitemapView(
        tuple((Url(f"{BASE}articles/{n}/"), f"2024-03-{n + 1:02}") for n in range(count))
    )


def locations(data: bytes) -> list[str]:
    return [element.text for element in etree.fromstring(data).iter(f"{SPACE}loc")]


def test_sitemap_lists_addresses_in_order_with_their_dates() -> None:
    view = SitemapView(
        ((Url(BASE), ""), (Url(f"{BASE}a/?x=1&y='\"<"), "2024-03-04T05:06:07+08:00"))
    )
    root = etree.fromstring(render_sitemap(view))
    assert root.tag == f"{SPACE}urlset"
    assert locations(render_sitemap(view)) == [url for url, _ in view.rows]
    assert [len(url) for url in root] == [1, 2]
    assert root[1].findtext(f"{SPACE}lastmod") == "2024-03-04T05:06:07+08:00"


def files_of(count: int, limit: int) -> dict[str, bytes]:
    """Return the files of a sitemap cut into parts."""
    return {
        target.path: render_sitemap_index(target.view)
        if target.step == "sitemaps"
        else render_sitemap(target.view)
        for target in sitemap_targets(rows(count).rows, BASE, limit)
        if isinstance(target.view, SitemapView)
    }


def test_small_site_has_one_file() -> None:
    assert files_of(3, 3) == {"sitemap.xml": render_sitemap(rows(3))}


def test_large_site_has_an_index_of_parts() -> None:
    files = files_of(5, 2)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = etree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{SPACE}sitemapindex"
    assert locations(files["sitemap.xml"]) == [f"{BASE}sitemap-{n}.xml" for n in (1, 2, 3)]
    assert index[0].findtext(f"{SPACE}lastmod") == "2024-03-02"
    listed = [url for name in list(files)[1:] for url in locations(files[name])]
    assert listed == [url for url, _ in rows(5).rows]


def test_no_part_exceeds_what_the_protocol_allows() -> None:
    many = tuple((Url(f"{BASE}{n}/"), "") for n in range(50_001))
    views = [t.view for t in sitemap_targets(many, BASE) if t.step == "sitemap"]
    assert [len(view.rows) for view in views if isinstance(view, SitemapView)] == [50_000, 1]


def test_empty_sitemap_is_well_formed() -> None:
    assert locations(files_of(0, 10)["sitemap.xml"]) == []


def test_robots_may_read_everything_and_learn_the_sitemap() -> None:
    made = render_robots(RobotsView(Url(f"{BASE}sitemap.xml"))).decode()
    assert made == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"
