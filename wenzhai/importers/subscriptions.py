"""OPML: the feeds that a reader's program subscribes to, as it exports them."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.problems import Problem, Span, problem

WEB = ("http://", "https://")


def read_opml(data: bytes, path: str) -> tuple[str, ...] | Problem:
    """Return the addresses of the feeds in an outline, each once, in its order.

    Problem codes: W746 no feed in it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    rows = root.iter("outline") if root is not None else ()
    found = dict.fromkeys(_address(row) for row in rows)
    return tuple(url for url in found if url) or problem("W746", Span(path))


def _address(row: Any) -> str:  # noqa: ANN401  # an lxml element
    """Return a feed's address; programs write the attribute's name in several ways."""
    names = {str(name).lower(): value for name, value in row.attrib.items()}
    url = str(names.get("xmlurl", "")).strip()
    url = "https://" + url.removeprefix("feed://") if url.startswith("feed://") else url
    return url if url.startswith(WEB) else ""
