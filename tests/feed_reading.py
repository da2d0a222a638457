"""Read a feed of any format back into facts that tests can compare, and check that it is sound."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from lxml.html import document_fromstring  # type: ignore[import-untyped]  # the same

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
FORBIDDEN_TAGS = {"script", "style", "iframe", "form", "input", "object", "embed"}
REFERENCES = {"href", "src", "cite", "poster", "data", "action", "background", "longdesc"}


@dataclass(frozen=True)
class ReadEntry:
    """One entry as a reader sees it; ``content`` is HTML as it stands in the file."""

    id: str
    title: str
    url: str
    via: str
    summary: str
    content: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: str
    updated: str


@dataclass(frozen=True)
class ReadFeed:
    """A feed as a reader sees it; dates are as written, empty where none is stated."""

    format: str
    title: str
    home: str
    url: str
    hub: str
    language: str
    updated: str
    entries: tuple[ReadEntry, ...]


def read_feed(data: bytes) -> ReadFeed:
    """Read RSS, Atom or JSON Feed; XML must satisfy feedparser and a strict parser."""
    if data.startswith(b"{"):
        return _read_json(json.loads(data))
    seen = feedparser.parse(data)
    assert not seen.bozo, seen.get("bozo_exception")
    root = etree.fromstring(data)
    return _read_rss(root, seen) if root.tag == "rss" else _read_atom(root, seen)


def check_feed(data: bytes) -> ReadFeed:
    """Read a feed and assert all that every feed of ours promises."""
    text = data.decode("utf-8")
    assert not XML_FORBIDDEN.search(text)
    feed = read_feed(data)
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids), "two entries share an id"
    assert is_absolute(feed.url)
    assert is_absolute(feed.home)
    for entry in feed.entries:
        _check_entry(entry, feed.format)
    dates = [feed.updated, *(date for e in feed.entries for date in (e.published, e.updated))]
    assert all((RFC_822 if feed.format == "rss" else RFC_3339).fullmatch(d) for d in dates if d)
    return feed


def relative_references(html: str) -> list[str]:
    """List the references in a piece of HTML that only work on their own page."""
    return [
        value
        for element in _elements(html)
        for name, value in element.attrib.items()
        if (name in REFERENCES and not is_absolute(value)) or name == "srcset"
    ]


def is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.scheme and (parts.netloc or parts.scheme in {"mailto", "tel", "data"}))


def _check_entry(entry: ReadEntry, kind: str) -> None:
    assert entry.id
    assert entry.title
    assert is_absolute(entry.url)
    assert not entry.via or is_absolute(entry.via)
    assert kind != "atom" or entry.updated
    assert relative_references(entry.content) == []
    elements = _elements(entry.content)
    assert not FORBIDDEN_TAGS & {element.tag for element in elements}
    assert not [name for e in elements for name in e.attrib if name.startswith("on")]


def _elements(html: str) -> list[Any]:
    if not html.strip():
        return []
    body = document_fromstring(f"<html><body>{html}</body></html>").find("body")
    return [element for element in body.iter() if isinstance(element.tag, str)]


def _read_rss(root: Any, seen: Any) -> ReadFeed:  # noqa: ANN401  # libraries without types
    channel = root[0]
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    items = zip(channel.findall("item"), seen.entries, strict=True)
    return ReadFeed(
        format="rss",
        title=channel.findtext("title"),
        home=channel.findtext("link"),
        url=links["self"],
        hub=links.get("hub", ""),
        language=channel.findtext("language") or "",
        updated=channel.findtext("lastBuildDate") or "",
        entries=tuple(_read_item(item, entry) for item, entry in items),
    )


def _read_item(item: Any, seen: Any) -> ReadEntry:  # noqa: ANN401  # libraries without types
    assert item.find("guid").get("isPermaLink") == "false"
    assert seen.id == item.findtext("guid")
    source = item.find("source")
    return ReadEntry(
        id=item.findtext("guid"),
        title=item.findtext("title"),
        url=item.findtext("link"),
        via="" if source is None else source.get("url"),
        summary=unescape(item.findtext("description") or ""),
        content=item.findtext(ENCODED) or "",
        authors=tuple(author.name for author in seen.get("authors", ())),
        tags=tuple(tag.text for tag in item.findall("category")),
        published=item.findtext("pubDate") or "",
        updated="",
    )


def _read_atom(root: Any, seen: Any) -> ReadFeed:  # noqa: ANN401  # libraries without types
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    items = zip(root.findall(f"{ATOM}entry"), seen.entries, strict=True)
    return ReadFeed(
        format="atom",
        title=root.findtext(f"{ATOM}title"),
        home=links["alternate"],
        url=links["self"],
        hub=links.get("hub", ""),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        updated=root.findtext(f"{ATOM}updated"),
        entries=tuple(_read_entry(item, entry) for item, entry in items),
    )


def _read_entry(item: Any, seen: Any) -> ReadEntry:  # noqa: ANN401  # libraries without types
    links = {link.get("rel"): link.get("href") for link in item.findall(f"{ATOM}link")}
    content = item.find(f"{ATOM}content")
    assert content is None or content.get("type") == "html"
    assert seen.id == item.findtext(f"{ATOM}id")
    return ReadEntry(
        id=item.findtext(f"{ATOM}id"),
        title=item.findtext(f"{ATOM}title"),
        url=links["alternate"],
        via=links.get("via", ""),
        summary=item.findtext(f"{ATOM}summary") or "",
        content="" if content is None else content.text or "",
        authors=tuple(name.text for name in item.findall(f"{ATOM}author/{ATOM}name")),
        tags=tuple(tag.get("term") for tag in item.findall(f"{ATOM}category")),
        published=item.findtext(f"{ATOM}published") or "",
        updated=item.findtext(f"{ATOM}updated"),
    )


def _read_json(feed: dict[str, Any]) -> ReadFeed:
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    return ReadFeed(
        format="json",
        title=feed["title"],
        home=feed["home_page_url"],
        url=feed["feed_url"],
        hub=next((hub["url"] for hub in feed.get("hubs", ())), ""),
        language=feed.get("language", ""),
        updated="",
        entries=tuple(map(_read_json_item, feed["items"])),
    )


def _read_json_item(item: dict[str, Any]) -> ReadEntry:
    assert ("content_html" in item) != ("content_text" in item)
    return ReadEntry(
        id=item["id"],
        title=item["title"],
        url=item["url"],
        via=item.get("external_url", ""),
        summary=item.get("summary", ""),
        content=item.get("content_html", ""),
        authors=tuple(author["name"] for author in item.get("authors", ())),
        tags=tuple(item.get("tags", ())),
        published=item.get("date_published", ""),
        updated=item.get("date_modified", ""),
    )
