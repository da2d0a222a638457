"""JSON Feed 1.1: owns its keys, their order and their encoding."""

from __future__ import annotations

import json

from wenzhai.feed_entry import Entry
from wenzhai.views import FeedView
from wenzhai.xml_text import xml_text

VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(view: FeedView, items: tuple[Entry, ...]) -> bytes:
    """Return a feed as JSON Feed 1.1 in UTF-8, with a newline at its end.

    Keys without a value are left out. What the format has no key for (an author's region, a source
    without an address) stands in ``_wenzhai``, as the format's section on extensions allows.
    """
    feed = {"version": VERSION, **_top(view), "items": [_item(item) for item in items]}
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _top(view: FeedView) -> dict[str, object]:
    author = xml_text(view.author).strip()
    return _stated(
        title=xml_text(view.title).strip() or xml_text(view.home),
        home_page_url=xml_text(view.home),
        feed_url=xml_text(view.url),
        description=xml_text(view.description),
        icon=xml_text(view.icon),
        authors=[{"name": author}] if author else None,
        language=xml_text(view.language),
        hubs=[{"type": "WebSub", "url": xml_text(view.hub)}] if view.hub else None,
    )


def _item(entry: Entry) -> dict[str, object]:
    published, updated = entry.published, entry.updated
    return _stated(
        id=entry.id,
        url=entry.url,
        external_url=entry.via,
        title=entry.title,
        **_content(entry),
        summary=entry.summary,
        image=entry.image,
        date_published=published.isoformat() if published else None,
        date_modified=updated.isoformat() if updated and updated != published else None,
        authors=[{"name": name} for name in entry.authors],
        tags=list(entry.tags),
        language=entry.lang,
        _wenzhai=_stated(region=entry.region, source=entry.source),
    )


def _content(entry: Entry) -> dict[str, str]:
    """Return the one content that each item must have (JSON Feed 1.1, Items)."""
    if entry.content:
        return {"content_html": entry.content}
    return {"content_text": entry.summary or entry.title}


def _stated(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}
