"""What every feed format says of one item: owns clean texts, usable URLs and dates with a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import quote, urlsplit

from wenzhai.absolute import feed_html
from wenzhai.model import Moment
from wenzhai.views import FeedItem, FeedView
from wenzhai.xml_text import xml_text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A feed item ready to be written: no character that XML forbids, dates with a zone.

    ``title`` is never empty; ``content`` is None in a feed of summaries; ``via`` is where the
    original stands, empty unless it is a web address; ``updated`` falls back to ``published``.
    """

    id: str
    title: str
    url: str
    summary: str
    content: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    region: str
    source: str
    via: str
    image: str
    rights: str
    lang: str
    published: datetime | None
    updated: datetime | None


def entries(view: FeedView, bodies: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return a feed's items in their order; ``bodies[i]`` is the HTML of item i."""
    return tuple(_entry(item, html) for item, html in zip(view.items, bodies, strict=True))


def newest(view: FeedView) -> datetime | None:
    """Return when a feed last changed: the latest date of its items, or None without any."""
    found = [moment for item in view.items if (moment := item.updated or item.date)]
    return as_datetime(max(found, key=_order)) if found else None


def oldest(view: FeedView) -> datetime:
    """Return the date of items that have none where a format demands one (RFC 4287 4.1.2).

    It is the earliest date in the feed, so that they sort last; the epoch in a feed without dates.
    """
    found = [moment for item in view.items if (moment := item.updated or item.date)]
    return as_datetime(min(found, key=_order)) if found else EPOCH


def as_datetime(moment: Moment) -> datetime:
    """Return a moment with its zone, as feeds need it (RFC 3339, RFC 2822).

    A bare date is midnight in the site's zone, whose offset its stamp tells. Offsets of local mean
    time (Shanghai before 1901: +08:05:43) are raised to whole minutes, the finest a feed can say.
    """
    local = datetime.fromisoformat(moment.text)
    offset = local.utcoffset() or _offset(local, moment.stamp)
    whole = timedelta(minutes=-(-offset // timedelta(minutes=1)))
    naive = local.replace(tzinfo=None) + (whole - offset)
    return naive.replace(tzinfo=timezone(whole) if whole else UTC)


def web_url(url: str) -> str:
    """Return a URL in ASCII, or nothing unless it is an absolute web address."""
    if not url:
        return ""
    try:
        parts = urlsplit(xml_text(url).strip())
    except ValueError:  # such as an unclosed bracket in the host
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    return quote(parts.geturl(), safe="!#$%&'()*+,/:;=?@[]~")


# The same article stands in three formats and several feeds. No more are kept, for each holds the
# text twice, and in a preview every save makes another.
@lru_cache(maxsize=512)
def _entry(item: FeedItem, html: str) -> Entry:
    summary = xml_text(item.summary)
    published = as_datetime(item.date) if item.date else None
    return Entry(
        id=xml_text(item.id),
        title=_title(item, summary),
        url=xml_text(item.url),
        summary=summary,
        content=feed_html(html, item.body.targets, item.url) if item.body else None,
        authors=_texts(item.authors),
        tags=_texts(item.tags),
        region=xml_text(item.region),
        source=xml_text(item.source),
        via=web_url(item.source_url),
        image=web_url(item.image),
        rights=xml_text(item.rights),
        lang=xml_text(item.lang),
        published=published,
        updated=as_datetime(item.updated) if item.updated else published,
    )


def _title(item: FeedItem, summary: str) -> str:
    """Atom demands a title (RFC 4287 4.1.2), and a reader something to click."""
    title = re.sub(r"\s+", " ", xml_text(item.title)).strip()
    return title or summary.strip()[:40] or xml_text(item.url)


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean for text in texts if (clean := xml_text(text).strip()))


def _offset(local: datetime, stamp: int) -> timedelta:
    return local.replace(tzinfo=UTC) - EPOCH - timedelta(seconds=stamp)


def _order(moment: Moment) -> tuple[int, str]:
    return moment.stamp, moment.text
