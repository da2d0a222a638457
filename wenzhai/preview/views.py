"""The contents of the preview's own views, made from the newest look at the site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from wenzhai.addresses import base_path
from wenzhai.doubt_words import doubts_text
from wenzhai.model import Digest, OutPath, RelPath
from wenzhai.preview.conversion import read_conversion
from wenzhai.preview.shared import feed_items, shared_card
from wenzhai.preview.site import Look
from wenzhai.preview.unpublished import Unpublished, address_at
from wenzhai.preview.whereabouts import page_of
from wenzhai.problems import Language
from wenzhai.records import RECORD

TEXTS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xml", ".opml", ".csv", ".json"})
"""Kinds of sources that can be shown as text."""
PAGED = 24
"""Link cards on one page."""
FRAME = (
    '<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " img-src 'self' data:; style-src 'unsafe-inline'\">"
    "<style>body{{font:1rem/1.7 system-ui;margin:1rem}}img{{max-width:100%}}</style>{content}"
)
"""A document around the content of an entry: no script, nothing from elsewhere."""

FORMATS = {"feed.xml": "RSS", "atom.xml": "Atom", "feed.json": "JSON"}

Contents = dict[str, Any]


def held_view(now: Look, unpublished: Unpublished, language: Language) -> Contents:
    """List what is held back, with the way to each page as it would look."""
    return {
        "rows": [
            {
                "path": one.held.path,
                "title": one.held.title,
                "reason": one.held.reason,
                "until": one.held.until.text if one.held.until else "",
                "doubts": doubts_text(one.held.doubts, language),
                "link": one.address,
            }
            for one in unpublished.waiting(now)
        ]
    }


class Sources:
    """The list of all conversions; each record is read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[Digest, dict[str, Any]] = {}

    def view(self, now: Look) -> Contents:
        """List all conversions, the least certain first."""
        records = {path: content for path, content in now.files.items() if path.endswith(RECORD)}
        self._rows = {
            content: self._rows.get(content) or _conversion(now, path)
            for path, content in records.items()
        }
        rows = [_article(path) | self._rows[content] for path, content in records.items()]
        return {"rows": sorted(rows, key=lambda row: (row["confidence"], row["article"]))}


def _article(record: RelPath) -> dict[str, Any]:
    article = record.removesuffix(RECORD) + ".md"
    return {"article": article, "link": quote(article)}


def _conversion(now: Look, record: RelPath) -> dict[str, Any]:
    told = _object(now.sources.snapshot.read(record))
    source = str(_dict(told.get("source")).get("path", ""))
    return {"source": source, "confidence": _percent(told.get("confidence"))}


def source_view(now: Look, unpublished: Unpublished, article: str, language: Language) -> Contents:
    """Show one source with what was left out of it, beside the article that was made of it."""
    record = RelPath(article.removesuffix(".md") + RECORD)
    if record not in now.files:
        return {}
    told = _object(now.sources.snapshot.read(record))
    source = RelPath(str(_dict(told.get("source")).get("path", "")))
    suffix = PurePosixPath(source).suffix.lower()
    known = source in now.files
    content = now.sources.snapshot.read(source) if known else b""
    found = read_conversion(content, told, is_text=suffix in TEXTS)
    return {
        "article": article,
        "source": source,
        "lines": found.lines,
        "apart": found.apart,
        "fields": found.fields,
        "doubts": doubts_text(found.doubts, language),
        "confidence": _percent(found.confidence),
        "raw": f"/_preview/raw/{quote(source)}" if known and suffix in {".html", ".htm"} else "",
        "page": _page_link(now, unpublished, article),
        # A frame is loaded anew where its address changes.
        "moment": f"{now.files.get(source, '')[:8]}{now.files.get(RelPath(article), '')[:8]}",
    }


def feeds_view(now: Look, wanted: str) -> Contents:
    """Show the entries of one feed, and name the others."""
    names = [path for path, t in now.outputs.work.targets.items() if t.step == "feed"]
    chosen = OutPath(wanted) if wanted in names else next(iter(names), None)
    page = now.outputs.page(chosen) if chosen else None
    items = feed_items(page.content) if page else ()
    url, base = now.sources.config.base_url, base_path(now.sources.config.base_url)
    rows = [
        {
            "title": item.title,
            "date": item.date,
            "link": _local(item.link, url, base),
            # What is not published yet is shown from here.
            "frame": FRAME.format(content=item.content.replace(f'"{url}', f'"{base}')),
        }
        for item in items
    ]
    return {"rows": rows, "chosen": chosen, "places": _by_place(names)}


def cards_view(now: Look, number: int) -> Contents:
    """Show what social sites make of links to articles, newest first."""
    entries = now.outputs.work.catalog.entries
    first = max(0, number - 1) * PAGED
    url, base = now.sources.config.base_url, base_path(now.sources.config.base_url)
    rows = []
    for entry in entries[first : first + PAGED]:
        target = page_of(now, entry.article.path)
        page = now.outputs.page(target.path) if target else None
        if page is not None:
            card = shared_card(page.content)
            image, link = _local(card.image, url, base), _local(card.url, url, base)
            rows.append({"card": card, "image": image, "link": link})
    return {"rows": rows, "number": number, "more": first + PAGED < len(entries)}


def _page_link(now: Look, unpublished: Unpublished, article: str) -> str:
    """Return where the page of an article can be seen, published or not."""
    target = page_of(now, article)
    if target:
        return base_path(now.sources.config.base_url) + target.address
    spot = unpublished.spot(now, article)
    return address_at(spot) if spot else ""


def _local(address: str, url: str, base: str) -> str:
    """Lead to the preview instead of the published site; nowhere for all other addresses."""
    return base + address.removeprefix(url) if address.startswith(url) else ""


def _by_place(names: Iterable[OutPath]) -> list[tuple[str, list[tuple[str, OutPath]]]]:
    """Put the feeds of one place together: the formats and their paths, those of the site first."""
    places: dict[str, list[tuple[str, OutPath]]] = {}
    for path in sorted(names, key=lambda path: (path.count("/"), path)):
        folder, _, name = path.rpartition("/")
        places.setdefault(folder, []).append((FORMATS.get(name, name), path))
    return list(places.items())


def _percent(value: object) -> int:
    return round(100 * value) if isinstance(value, int | float) else 0


def _object(text: bytes) -> dict[str, Any]:
    try:
        return _dict(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
