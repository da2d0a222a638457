"""Feeds: a FeedView becomes RSS 2.0, Atom or JSON Feed; owns how feedgen is driven.

Bytes depend on the view and the bodies alone: a feed's date is its newest item's, never now, so
that an unchanged feed keeps its ETag and readers get 304.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from wenzhai.feed_entry import Entry, entries, newest, oldest
from wenzhai.feed_extension import NAME, EntryExtension, FeedExtension
from wenzhai.json_feed import render_json_feed
from wenzhai.views import FeedView
from wenzhai.xml_text import xml_text

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}

_TITLE = re.compile(rb"<title>[^<&]*&[^<]*</title>")


def render_feed(view: FeedView, bodies: tuple[str, ...]) -> bytes:
    """Return a feed as UTF-8 in the view's format, its items in the given order.

    Args:
        view: the feed; every URL in it is absolute.
        bodies: item i's HTML with placeholders (see :func:`wenzhai.absolute.fill`), empty if none.

    An item without a date has no ``pubDate`` in RSS and no ``date_published`` in JSON Feed; Atom
    demands one (RFC 4287 4.1.2), so there it takes the oldest date of the feed, or 1970.
    """
    if view.format == "json":
        return render_json_feed(view, entries(view, bodies))
    return _render_xml(view, entries(view, bodies))


def _render_xml(view: FeedView, items: tuple[Entry, ...]) -> bytes:
    feed = _feed(view)
    fallback = oldest(view)
    for item in items:
        made = _rss_item(item) if view.format == "rss" else _atom_entry(item, fallback)
        made.register_extension(NAME, EntryExtension)
        extension = getattr(made, NAME)
        extension.entry = item
        extension.language = xml_text(view.language)
        feed.add_entry(made, order="append")
    data: bytes = feed.atom_str() if view.format == "atom" else _plain_titles(feed.rss_str())
    return data + b"\n"


def _plain_titles(rss: bytes) -> bytes:
    """Write ``&`` and ``<`` of titles as numbers, so that readers do not take them for markup.

    RSS leaves open whether a title is HTML (RSS Best Practices Profile, Character Data).
    """
    return _TITLE.sub(
        lambda found: found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), rss
    )


def _feed(view: FeedView) -> FeedGenerator:
    feed = FeedGenerator()
    title = xml_text(view.title).strip() or xml_text(view.home)
    feed.id(xml_text(view.id))
    feed.title(title)
    feed.updated(newest(view) or oldest(view))
    feed.language(xml_text(view.language) or None)
    feed.generator("wenzhai")
    feed.docs("")  # feedgen's default is a plain-http address
    feed.rights(xml_text(view.rights) or None)
    feed.author(name=xml_text(view.author).strip() or title)  # RFC 4287 4.1.1: one must be there
    _set_description(feed, view, title)
    _set_links(feed, view)
    _set_icon(feed, view, title)
    _extend(feed, view)
    return feed


def _set_description(feed: FeedGenerator, view: FeedView, title: str) -> None:
    description = xml_text(view.description).strip()
    if description or view.format == "rss":  # which demands one
        feed.description(description or title)


def _set_links(feed: FeedGenerator, view: FeedView) -> None:
    feed.link(href=xml_text(view.url), rel="self", type=MEDIA_TYPES[view.format])
    if view.hub:
        feed.link(href=xml_text(view.hub), rel="hub")
    # Last, because feedgen makes the last link RSS's own.
    feed.link(href=xml_text(view.home), rel="alternate", type="text/html")


def _set_icon(feed: FeedGenerator, view: FeedView, title: str) -> None:
    icon = xml_text(view.icon)
    if icon and view.format == "atom":
        feed.icon(icon)
    elif urlsplit(icon).path.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):  # RSS 2.0
        feed.image(url=icon, title=title, link=xml_text(view.home))


def _extend(feed: FeedGenerator, view: FeedView) -> None:
    feed.register_extension(NAME, FeedExtension)
    extension = getattr(feed, NAME)
    extension.hub = xml_text(view.hub)
    extension.author = xml_text(view.author).strip()
    extension.dated = newest(view) is not None


def _rss_item(item: Entry) -> FeedEntry:
    """Set what feedgen writes well; the extension adds the rest."""
    made = FeedEntry()
    made.id(item.id)
    made.title(item.title)
    made.link(href=item.url)
    made.category([{"term": tag} for tag in item.tags])
    if item.via:
        made.source(url=item.via, title=item.source or urlsplit(item.via).hostname)
    return made


def _atom_entry(item: Entry, fallback: datetime) -> FeedEntry:
    made = FeedEntry()
    made.id(item.id)
    made.title(item.title)
    if item.content is None:
        made.link(href=item.url)  # feedgen insists; the extension writes all links
    made.author([{"name": name} for name in item.authors])
    made.category([{"term": tag} for tag in item.tags])
    made.summary(item.summary or None)
    made.content(item.content, type="html")
    made.published(item.published)
    made.updated(item.updated or fallback)
    made.rights(item.rights or None)
    return made
