"""All texts of a feed's entries, as its XML holds them.

feedparser keeps one value a name and drops what it has no name for; what an entry says in
elements of its own, or twice, is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.importers.leftovers import Said, html_said

ENTRIES = frozenset({"item", "entry"})
TELLING = frozenset({"href", "url", "src", "label", "term", "title", "text"})
"""Attributes that hold words or addresses; others say what a machine should do with those."""
XHTML = "{http://www.w3.org/1999/xhtml}"


def entry_texts(xml: bytes) -> tuple[tuple[Said, ...], ...]:
    """Return the texts of each entry of a feed in UTF-8, in its order; nothing of what is no XML.

    Entities are neither loaded nor replaced.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None:
        return ()
    found = (one for one in root.iter() if _name(one).rpartition(":")[2] in ENTRIES)
    return tuple(tuple(_texts(one)) for one in found)


def _texts(entry: etree._Element) -> Iterator[Said]:
    for element in entry.iterdescendants():
        name = _name(element)
        if element.text and element.text.strip() and name:
            plain = element.get("type") == "text" or not re.search("[<&]", element.text)
            yield Said(name, element.text) if plain else html_said(name, element.text)
        if element.tail and element.tail.strip():
            yield Said("", element.tail)
        if name and not element.tag.startswith(XHTML):
            rows = ((key, value) for key, value in element.items() if key in TELLING)
            yield from (Said(f"{name} {key}", value) for key, value in rows if value.strip())


def _name(element: etree._Element) -> str:
    """Return an element's name as it is written; empty for what is none."""
    if not isinstance(element.tag, str):
        return ""
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local
