"""Fetching images of articles: what shows one is kept, whatever its name and type say.

Owns the attempts: many hosts answer only those who come from nowhere, from the host itself, or
from the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenzhai.fetching import Fetched, Web
from wenzhai.importers.image_kinds import MOST_PIXELS, image_kind, pixels
from wenzhai.problems import Problem
from wenzhai.web_hosts import read_site

LARGEST = 20_000_000
ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml;q=0.9,*/*;q=0.5"
_ACTIVE = re.compile(
    rb"<script|<foreignObject|<iframe|<embed|<object|<!ENTITY|javascript:|\son\w+\s*=|@import|"
    rb"(?:href|src)\s*=\s*[\"']?\s*(?!#|data:image/(?:png|jpeg|gif|webp))[^\s\"'#>]|"
    rb"url\(\s*[\"']?(?!#|data:image/)[^)]",
    re.IGNORECASE,
)
"""What makes a drawing more than a drawing: scripts, and whatever it would load."""


def fetch_image(url: str, article: str, web: Web) -> bytes | str:
    """Fetch an image, each time with another Referer (RFC 9110, 10.1.3) until one is answered.

    Args:
        url: the image's address.
        article: the address of the page that shows it, or empty.
        web: what fetches.

    Returns:
        Its bytes, or in English why there are none.
    """
    reason = ""
    for referer in _referers(url, article):
        headers = {"Accept": ACCEPT} | ({"Referer": referer} if referer else {})
        found = web.fetch(url, size=LARGEST, headers=headers)
        if isinstance(found, Fetched):
            reason = _fault(found.content)
            if not reason:
                return found.content
        elif found.code == "E734":
            reason = f"status {dict(found.arguments)['status']}"
        else:
            return _told(found)
    return reason


def _referers(url: str, article: str) -> Iterator[str]:
    """Give what to come from: nowhere, the image's own host, the article."""
    yield ""
    site = read_site(url)
    if site:
        yield f"{site.url}/"
    if article:
        yield article


def _fault(data: bytes) -> str:
    """Say why bytes are no image that may be shown, or nothing."""
    kind = image_kind(data)
    if not kind:
        return "no image"
    if kind == ".svg" and _ACTIVE.search(data):
        return "an SVG that holds scripts or loads other files"
    if pixels(data) > MOST_PIXELS:
        return f"more than {MOST_PIXELS // 1_000_000} million pixels"
    return ""


def _told(found: Problem) -> str:
    return found.message("en")
