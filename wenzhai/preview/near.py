"""The addresses most like one that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from wenzhai.model import OutPath

COUNT = 5
LEAST = 0.5
"""How alike (0 to 1) two addresses must be to be named."""


class Near(NamedTuple):
    """A page to offer: where it is (from the site's root) and its title."""

    address: str
    title: str


def nearest_pages(path: str, pages: Iterable[OutPath]) -> list[OutPath]:
    """Return the pages whose addresses are most like ``path``, the best first."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_words(path))
    found: list[tuple[float, OutPath]] = []
    for page in pages:
        matcher.set_seq1(_words(page))
        if matcher.real_quick_ratio() >= LEAST and matcher.quick_ratio() >= LEAST:
            ratio = matcher.ratio()
            found += [(-ratio, page)] if ratio >= LEAST else []
    return [page for _, page in sorted(found)[:COUNT]]


def _words(path: str) -> str:
    """Compare the last segment most: folders are the same for all articles."""
    parts = path.removesuffix("index.html").strip("/").split("/")
    return parts[-1] if parts else ""
