"""The repairs to feedgen 1.0 through its extension hooks: owns what feedgen cannot say rightly.

feedgen keeps only href of an Atom entry's links, knows no WebSub hub in RSS, drops authors without
an address, writes content without a summary as description, and dates undated feeds now.
"""

from __future__ import annotations

from email.utils import format_datetime
from html import escape
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.util import xml_elem

from wenzhai.feed_entry import Entry

NAME = "wenzhai"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """Add to an RSS feed its ``hub`` and ``author``; drop the build date unless it is ``dated``."""

    hub: str = ""
    author: str = ""
    dated: bool = True

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces of all elements that these extensions write."""
        return {"dc": DC[1:-1], "media": MEDIA[1:-1]}

    def extend_rss(self, feed: Any) -> Any:  # noqa: ANN401  # an lxml element; lxml has no types
        """Complete an RSS channel: hub, creator, and no build date where no item has a date."""
        channel = feed[0]
        if self.hub:
            xml_elem(ATOM + "link", channel, rel="hub", href=self.hub)
        _add(channel, DC + "creator", self.author)
        if not self.dated:
            channel.remove(channel.find("lastBuildDate"))
        return feed


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen ships no types
    """Add to an item what feedgen cannot say of ``entry`` in a feed written in ``language``."""

    entry: Entry
    language: str = ""

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401  # an lxml element; lxml has no types
        """Complete an RSS item: whole content, date, and Dublin Core for the rest."""
        entry = self.entry
        _add(item, "description", escape(entry.summary, quote=False))  # HTML by RSS 2.0
        _add(item, CONTENT + "encoded", entry.content or "")
        if entry.published:
            _add(item, "pubDate", format_datetime(entry.published))
        for author in entry.authors:
            _add(item, DC + "creator", author)
        _add(item, DC + "rights", entry.rights)
        if entry.lang != self.language:
            _add(item, DC + "language", entry.lang)
        _add_origin(item, entry)
        return item

    def extend_atom(self, item: Any) -> Any:  # noqa: ANN401  # an lxml element; lxml has no types
        """Complete an Atom entry: links with all their attributes, its language."""
        entry = self.entry
        for link in item.findall("link"):  # it was there to please feedgen
            item.remove(link)
        xml_elem("link", item, rel="alternate", type="text/html", href=entry.url)
        if entry.via:
            via = xml_elem("link", item, rel="via", href=entry.via)
            if entry.source:
                via.set("title", entry.source)
        if entry.lang and entry.lang != self.language:
            item.set(LANG, entry.lang)
        _add_origin(item, entry)
        return item


def _add_origin(item: Any, entry: Entry) -> None:  # noqa: ANN401  # an lxml element
    """State region, source (where no link does) and image."""
    _add(item, DC + "coverage", entry.region)
    if not entry.via:
        _add(item, DC + "source", entry.source)
    if entry.image:
        xml_elem(MEDIA + "content", item, url=entry.image, medium="image")


def _add(parent: Any, name: str, text: str) -> None:  # noqa: ANN401  # an lxml element
    if text:
        xml_elem(name, parent).text = text
