"""What others show of the site: a feed's entries as a reader has them, a page's card when shared.

Read from the very bytes that are served, as readers and social sites do.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Item(NamedTuple):
    """An entry of a feed; ``content`` is HTML."""

    title: str
    link: str
    date: str
    content: str


class SharedCard(NamedTuple):
    """What Open Graph and Twitter tags say of a page."""

    site: str
    title: str
    summary: str
    image: str
    url: str


def feed_items(content: bytes) -> tuple[Item, ...]:
    """Read the entries of an RSS, Atom or JSON feed of our own making."""
    if content.lstrip().startswith(b"{"):
        return tuple(_json_item(row) for row in json.loads(content).get("items", []))
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415  # no types; see below

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    rows = root.findall("channel/item")
    if rows:
        return tuple(
            Item(
                _text(row, "title"),
                _text(row, "link"),
                _text(row, "pubDate"),
                _text(row, CONTENT) or _text(row, "description"),
            )
            for row in rows
        )
    return tuple(_atom_item(row) for row in root.findall(f"{ATOM}entry"))


def shared_card(page: bytes) -> SharedCard:
    """Read the card of a page from its head."""
    from lxml import html as markup  # noqa: PLC0415  # the preview starts sooner without it

    root = markup.document_fromstring(page.decode("utf-8", "replace"))
    tags: dict[str, str] = {}
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or ""
        tags.setdefault(name, node.get("content") or "")
    return SharedCard(
        tags.get("og:site_name", ""),
        tags.get("og:title") or root.findtext(".//title") or "",
        tags.get("og:description") or tags.get("description", ""),
        tags.get("og:image", ""),
        tags.get("og:url", ""),
    )


def _json_item(row: dict[str, Any]) -> Item:
    content = row.get("content_html") or row.get("summary") or ""
    return Item(row.get("title", ""), row.get("url", ""), row.get("date_published", ""), content)


def _atom_item(row: Any) -> Item:  # noqa: ANN401  # an lxml element
    links = [n.get("href", "") for n in row.findall(f"{ATOM}link") if n.get("rel") != "via"]
    content = _text(row, f"{ATOM}content") or _text(row, f"{ATOM}summary")
    date = _text(row, f"{ATOM}published") or _text(row, f"{ATOM}updated")
    return Item(_text(row, f"{ATOM}title"), links[0] if links else "", date, content)


def _text(row: Any, name: str) -> str:  # noqa: ANN401  # an lxml element
    return str(row.findtext(name) or "").strip()
