"""Articles that a page describes for machines (JSON-LD 1.1; schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from wenzhai.importers.html.tree import HtmlElement

ARTICLE = re.compile(
    r"(?:News|Blog|Scholarly|Tech|Medical|Reportage|Opinion|Analysis)?(?:Article|Posting|Report)$"
)
LARGEST_JSON = 200_000
MOST_DEEP = 4
"""A graph, a page, its article."""


def linked_articles(root: HtmlElement) -> Iterator[dict[str, object]]:
    """Yield the articles that JSON-LD describes (JSON-LD 1.1; schema.org)."""
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        written = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        try:
            data = json.loads(written[:LARGEST_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _items(data, 0) if _is_article(item))


def _items(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > MOST_DEEP:
        return
    if isinstance(data, list):
        for part in data[:50]:
            yield from _items(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items(data.get(key), depth + 1)


def _is_article(item: dict[str, object]) -> bool:
    kinds = item.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    stated = any(isinstance(kind, str) and ARTICLE.search(kind) for kind in named)
    return stated or ("headline" in item and "datePublished" in item) or "pubDate" in item


def texts(value: object) -> list[str]:
    """Return a text, the name of a thing, or those of a list."""
    if isinstance(value, str):
        shown = " ".join(html.unescape(value).split())
        return [shown] if shown else []
    if isinstance(value, dict):
        return texts(value.get("name"))
    return [text for part in value[:10] for text in texts(part)] if isinstance(value, list) else []
