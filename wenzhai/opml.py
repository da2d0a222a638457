"""OPML 2.0: owns ``feeds.opml``, the list of all feeds that a reader can import at once."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from wenzhai.feed_words import feed_word
from wenzhai.views import FeedGroup, FeedLink, OpmlView
from wenzhai.xml_text import escaped

FOLDERS = ("tag", "region")
"""The kinds of group that get a folder."""


def render_opml(view: OpmlView) -> bytes:
    """Return the feeds as OPML 2.0: the site's own first, then a folder of tags, one of regions.

    Each group is one outline: its RSS feed, else its first, so that nobody subscribes twice.
    """
    rows = [_outline(view, group) for group in view.groups if group.kind not in FOLDERS]
    rows += [_folder(view, kind) for kind in FOLDERS]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"<head>\n<title>{escaped(view.title)}</title>\n</head>\n"
        f"<body>\n{''.join(rows)}</body>\n</opml>\n"
    ).encode()


def _folder(view: OpmlView, kind: str) -> str:
    name = feed_word(view.language, kind)
    rows = _outlines(view, (group for group in view.groups if group.kind == kind))
    return f'<outline text="{name}" title="{name}">\n{rows}</outline>\n' if rows else ""


def _outlines(view: OpmlView, groups: Iterable[FeedGroup]) -> str:
    return "".join(_outline(view, group) for group in groups)


def _outline(view: OpmlView, group: FeedGroup) -> str:
    feed = _chosen(group.feeds)
    if feed is None:
        return ""
    url = urljoin(view.url, feed.address)
    name = escaped(feed.title or group.name)
    home = escaped(urljoin(url, "."))  # a feed lies beside the page it mirrors
    return (
        f'<outline type="rss" text="{name}" title="{name}" '
        f'xmlUrl="{escaped(url)}" htmlUrl="{home}"/>\n'
    )


def _chosen(feeds: tuple[FeedLink, ...]) -> FeedLink | None:
    return next((feed for feed in feeds if feed.format == "rss"), feeds[0] if feeds else None)
