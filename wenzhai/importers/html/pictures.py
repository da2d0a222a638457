"""Which URL an ``img`` really shows: pages that load images late keep it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenzhai.importers.html.tree import HtmlElement

LAZY = (
    "data-src",
    "data-original",
    "data-actualsrc",
    "data-lazy-src",
    "data-original-src",
    "data-lazyload",
    "data-lazy",
    "data-url",
    "data-echo",
    "data-croporisrc",
    "data-backsrc",
    "data-img",
    "data-full-src",
    "data-hi-res-src",
    "file",
    "zoomfile",
    "original",
)
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
PLACEHOLDER = re.compile(
    r"(?:^data:|^about:|^blob:|^$|(?:^|[/_-])(?:blank|spacer|placeholder|loading|lazy(?:load)?|grey|gray|"
    r"transparent|pixel|default_?img|1x1|loadding|none)(?:[_-][\w-]*)?\.(?:gif|png|jpe?g|svg|webp)(?:\?|$))",
    re.IGNORECASE,
)
CANDIDATE = re.compile(r"\s*(?P<url>\S+[^\s,])(?:\s+(?P<size>[\d.]+)(?P<unit>[wxh]))?\s*(?:,|$)")
LOOKS_LIKE_URL = re.compile(
    r"^(?:https?:)?//\S+$|^\.{0,2}/\S+$|^[^\s,]+\.(?:jpe?g|png|gif|webp|avif|svg)\b", re.IGNORECASE
)


def image_source(image: HtmlElement) -> str:
    """Return the raw URL of the image that a reader sees, or an empty text."""
    return next(_candidates(image), "")


def is_pixel(image: HtmlElement) -> bool:
    """Tell whether an image is too small to show anything: it counts readers."""
    return any(
        re.fullmatch(r"[01](?:px)?", image.get(side, "").strip()) for side in ("width", "height")
    )


def _candidates(image: HtmlElement) -> Iterator[str]:
    for name in LAZY:
        value = image.get(name, "").strip()
        if value and LOOKS_LIKE_URL.search(value) and not PLACEHOLDER.search(value):
            yield value
    parent = image.getparent()
    picture = parent if parent is not None and parent.tag == "picture" else None
    src = image.get("src", "").strip()
    best = _best(image) or (_best_source(picture) if picture is not None else "")
    if best and not PLACEHOLDER.search(best):
        yield best
    if src and not PLACEHOLDER.search(src):
        yield src
    if src.startswith("data:image/") and len(src) > 2000:  # noqa: PLR2004  # smaller ones hold a place
        yield src


def _best(element: HtmlElement) -> str:
    """Return the largest candidate of a source set (HTML, 4.8.4.2.1)."""
    found = [
        (float(match["size"] or 1), match["url"])
        for name in SETS
        for match in CANDIDATE.finditer(element.get(name, "")[:20_000])
    ]
    return max(found, key=lambda one: one[0])[1] if found else ""


def _best_source(picture: HtmlElement) -> str:
    return next((best for source in picture.iter("source") if (best := _best(source))), "")
