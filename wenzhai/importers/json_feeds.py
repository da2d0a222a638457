"""JSON Feed (jsonfeed.org, versions 1 and 1.1): each item is an article."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from wenzhai.importers.bodies import FRAGMENT
from wenzhai.importers.entries import Entry
from wenzhai.importers.leftovers import Said, html_lines, html_said, left_over, written
from wenzhai.importers.machine_dates import read_machine_date
from wenzhai.importers.record import Field
from wenzhai.importers.urls import clean_url
from wenzhai.problems import Problem, Span, problem
from wenzhai.xml_text import xml_text

CONVERTER = "jsonfeed/1"
VERSION = "https://jsonfeed.org/version/"
WEB = ("http://", "https://")


def read_json_feed(data: bytes, path: str) -> tuple[Entry, ...] | Problem:
    """Split a JSON Feed into its entries, in the feed's order.

    Problem codes: W745 no feed.
    """
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return problem("W745", Span(path), reason=error)
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(VERSION):
        return problem("W745", Span(path), reason="no jsonfeed.org version")
    items = feed.get("items")
    rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
    return tuple(_entry(row, feed) for row in rows)


def _entry(item: dict[str, Any], feed: dict[str, Any]) -> Entry:
    link = _link(item)
    title = _line(item, "title")
    body = _text(item, "content_html")
    if not body:
        lines = _text(item, "content_text").split("\n")
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line.strip())
    identity = xml_text(str(item.get("id") or "")) or link
    identity = identity or sha256(f"{title}\0{body}".encode("utf-8", "replace")).hexdigest()
    name = title or link.rstrip("/").rpartition("/")[2]
    facts = tuple(_facts(item, feed, title, link))
    base = link or _text(feed, "home_page_url")
    kept = (identity, *written(facts), *html_lines(body))
    removed = tuple(left_over(_said(item, ""), kept, "feed field"))
    return Entry(identity, name, FRAGMENT, body.encode(), facts, base, removed=removed)


def _said(value: object, name: str) -> Iterator[Said]:
    """Give all texts and numbers of an item, with the path of their keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _said(inner, f"{name}.{xml_text(key)}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, name)
    elif isinstance(value, str) and name == "content_html":
        yield html_said(name, xml_text(value))
    elif isinstance(value, str):
        yield Said(name, xml_text(value), tuple(xml_text(value).split("\n")))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield Said(name, str(value))


def _link(item: dict[str, Any]) -> str:
    """Return the article's own address: of a linked page, that page is the source."""
    for key in ("external_url", "url"):
        address = _text(item, key).strip()
        if address.startswith(WEB):
            return address
    return ""


def _facts(item: dict[str, Any], feed: dict[str, Any], title: str, link: str) -> Iterable[Field]:
    if title:
        yield Field("title", title, title)
    if authors := tuple(dict.fromkeys(_names(item) or _names(feed))):
        yield Field("author", authors, ", ".join(authors))
    if source := _line(feed, "title"):
        yield Field("source", source, source)
    if link:
        yield Field("source_url", clean_url(link), link)
    written = _text(item, "date_published") or _text(item, "date_modified")
    if date := read_machine_date(written):
        yield Field("date", date, written)
    if tags := tuple(dict.fromkeys(" ".join(tag.split()) for tag in _texts(item.get("tags")))):
        yield Field("tags", tags, ", ".join(tags))
    if summary := _line(item, "summary"):
        yield Field("summary", summary, summary)
    attached = item.get("attachments")
    rows = attached if isinstance(attached, list) else []
    if files := tuple(urljoin(link, _text(row, "url")) for row in rows if isinstance(row, dict)):
        yield Field("enclosures", files, " ".join(files))


def _names(item: dict[str, Any]) -> list[str]:
    """Name the authors: a list since version 1.1, a single one before."""
    several = item.get("authors")
    rows = several if isinstance(several, list) else [item.get("author")]
    return [name for row in rows if isinstance(row, dict) and (name := _line(row, "name"))]


def _texts(value: object) -> list[str]:
    rows = value if isinstance(value, list) else []
    return [xml_text(text) for text in rows if isinstance(text, str) and text.strip()]


def _line(item: dict[str, Any], key: str) -> str:
    return " ".join(_text(item, key).split())


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return xml_text(value) if isinstance(value, str) else ""
