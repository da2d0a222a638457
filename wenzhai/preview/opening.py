"""Where a block of a page, or a known source, lies: for the editor."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from wenzhai.model import OutPath, RelPath
from wenzhai.preview.site import Look


class Spot(NamedTuple):
    """A place in a file."""

    file: Path
    line: int


def blocks_of(path: str, now: Look) -> list[int | None]:
    """Return the line of each block of the article at a path; none where there is no article."""
    from wenzhai.preview.blocks import block_lines  # noqa: PLC0415  # loads the Markdown parser

    target = now.outputs.target(path)
    catalog = now.outputs.work.catalog
    shown = (*catalog.entries, *catalog.pages)
    origin = target.origin if target and target.template else ""
    entry = next((one for one in shown if one.article.path == origin), None)
    if entry is None:
        return []
    article = entry.article
    text = now.sources.snapshot.read(article.path).decode("utf-8", "replace")
    body = now.outputs.memo.read(article.body).decode()
    return block_lines(text, body, now.sources.config.markup, article.lang)


def spot_of(wish: dict[str, object], now: Look) -> Spot | None:
    """Find what a browser wants to see in the editor; None for all but known sources."""
    page, path = wish.get("page"), wish.get("path")
    if isinstance(page, str):
        target = now.outputs.target(page)
        path = target.origin if target else None
    origin = now.sources.snapshot.origins.get(RelPath(path)) if isinstance(path, str) else None
    if origin is None:
        return None
    block, line = wish.get("block"), wish.get("line")
    if isinstance(page, str) and isinstance(block, int):
        lines = blocks_of(OutPath(page), now)
        line = lines[block] if 0 <= block < len(lines) else None
    return Spot(Path(origin), line if isinstance(line, int) else 1)
