"""What a page's head states about its article: JSON-LD, OpenGraph, meta elements, links.

Nothing here looks at what readers see; visible credit lines are read elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from wenzhai.importers.dates import find_date
from wenzhai.importers.html.kinds import name_of
from wenzhai.importers.html.linked_data import linked_articles, texts
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.urls import clean_url

TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline", "weibo:article:title")
DATES = (
    "article:published_time",
    "datepublished",
    "og:release_date",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publishtime",
    "publication_date",
    "weibo:article:create_at",
    "apub:time",
    "firstpublishedtime",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "bytedance:published_time",
    "_pubtime",
    "date",
)
CHANGES = (
    "dateupdate",
    "datemodified",
    "article:modified_time",
    "og:updated_time",
    "lastmodifiedtime",
    "weibo:article:update_at",
)
AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "twitter:creator_name",
    "og:article:author",
)
SOURCES = (
    "og:site_name",
    "mediaid",
    "source",
    "article:publisher_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "copyright_source",
)
SAVED = re.compile(r"saved from url=\(\d+\)(?P<url>\S+)")
EPOCH = re.compile(
    r"""(?:\bct|oriCreateTime|createTimestamp)\s*[=:]\s*["']?(?P<seconds>1\d{9})\b"""
)
NICKNAME = re.compile(r"""\bnickname\s*=\s*(?:htmlDecode\()?["'](?P<name>[^"'<>]{1,40})["']""")
PLACE = re.compile(r"""provinceName\s*:\s*["'](?P<name>[^"'<>]{1,12})["']""")

NOBODY = re.compile(r"://|@|^(?:name|author|admin|administrator|管理员|匿名)$", re.IGNORECASE)
"""What pages write where the name of an author should stand."""


@dataclass(slots=True)
class Facts:
    """What the head states, each list in the order of trust; ``moments`` are those of changes."""

    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    language: str = ""


def read_facts(root: HtmlElement, zone: str) -> Facts:
    """Gather what a page's head states; ``zone`` is that of times without offset."""
    facts = Facts(language=(root.get("lang") or root.get("xml:lang") or "").strip())
    for item in linked_articles(root):
        _read_item(item, facts)
    metas = _metas(root)
    facts.titles += _first(metas, TITLES)
    facts.titles += [_text(one) for one in root.iter("title") if name_of(one.getparent()) != "svg"][
        :1
    ]
    facts.dates += _first(metas, DATES)
    facts.authors += [name for name in _first(metas, AUTHORS) if not NOBODY.search(name)]
    facts.sources += _first(metas, SOURCES)
    facts.tags += [text for name, text in metas if name in {"article:tag", "og:article:tag"}]
    facts.keywords += _first(metas, ("keywords", "news_keywords"))
    facts.urls += list(_urls(root, metas))
    facts.authors += list(_marked_authors(root))
    facts.dates += [time.get("datetime", "") for time in list(root.iter("time"))[:1]]
    _read_scripts(root, facts, zone)
    facts.dates = [day for text in facts.dates if (day := _date(text, zone))]
    facts.moments = [day for text in _first(metas, CHANGES) if (day := _date(text, zone))]
    return facts


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _metas(root: HtmlElement) -> list[tuple[str, str]]:
    """Return names and contents of meta elements, and of what is marked as data of the article."""
    out = []
    for meta in root.iter("meta"):
        name = (
            (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        )
        content = " ".join(html.unescape(meta.get("content") or "").split())
        if name and content:
            out.append((name, content))
    return out


def _marked_authors(root: HtmlElement) -> Iterator[str]:
    """Yield the names that the page's own data mark as the author's (HTML microdata; rel)."""
    for element in root.iter("a", "span", "div", "meta"):
        if element.get("itemprop") == "author":
            inner = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
            yield inner.get("content") or _text(inner)
        elif element.get("rel") == "author":
            yield _text(element)


def _first(metas: list[tuple[str, str]], names: tuple[str, ...]) -> list[str]:
    return [text for name in names for one, text in metas if one == name]


def _urls(root: HtmlElement, metas: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the addresses that a page gives itself; a mere home page is none."""
    found = [
        link.get("href", "")
        for link in root.iter("link")
        if "canonical" in link.get("rel", "").lower().split()
    ]
    found += _first(metas, ("og:url",))
    document = root.getroottree()
    for comment in document.xpath("//comment()")[:20]:
        if saved := SAVED.search(comment.text or ""):
            found.append(saved["url"])
    for url in found:
        cleaned = clean_url(url.strip())
        try:
            parts = urlsplit(cleaned)
        except ValueError:
            continue
        if (
            parts.scheme in {"http", "https"}
            and parts.netloc
            and (parts.path.strip("/") or parts.query)
        ):
            yield cleaned


def _read_item(item: dict[str, object], facts: Facts) -> None:
    facts.titles += texts(item.get("headline") or item.get("title"))
    facts.dates += texts(
        item.get("datePublished") or item.get("pubDate") or item.get("dateCreated")
    )
    facts.authors += [name for name in texts(item.get("author")) if not NOBODY.search(name)]
    facts.sources += texts(item.get("publisher"))


def _read_scripts(root: HtmlElement, facts: Facts, zone: str) -> None:
    """Read what a post of a public account keeps in its script alone: moment, account, place."""
    if root.get_element_by_id("js_content", None) is None:
        return
    text = "\n".join(script.text or "" for script in root.iter("script"))
    if found := EPOCH.search(text):
        moment = datetime.fromtimestamp(int(found["seconds"]), UTC)
        facts.dates.append(moment.astimezone(ZoneInfo(zone)).isoformat())
    if found := NICKNAME.search(text):
        facts.sources.insert(0, html.unescape(found["name"]))
    if found := PLACE.search(text):
        facts.regions.append(found["name"])


def _date(text: str, zone: str) -> str:
    found = find_date(text, zone)
    return found.value if found and found.start == 0 else ""
