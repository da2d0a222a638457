"""The images of an article that lie elsewhere on the web, as its Markdown shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wenzhai.importers.record import LocalImage
from wenzhai.importers.text import Conversion

_CODE = (
    r"^[ \t]{0,3}(?P<tick>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]{0,3}(?P=tick)[`~]*[ \t]*$"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)[^`\n]*(?<!`)(?P=ticks)(?!`)"
)
_SHOWN = (
    r"!\[(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\])*\]\((?P<url><https?://[^<>\n]+>|https?://[^\s<>()]+)"
    r"|<img\s[^<>]*?\bsrc=\"(?P<src>https?://[^\"<>\n]+)\""
)
_EITHER = re.compile(f"{_CODE}|{_SHOWN}", re.DOTALL | re.MULTILINE)


def remote_images(text: str) -> dict[str, int]:
    """Return the URL of each image on the web that an article shows, and its first line."""
    found: dict[str, int] = {}
    for match, name in _places(text):
        found.setdefault(_url(match[name]), text.count("\n", 0, match.start(name)) + 1)
    return found


def with_local_images(text: str, paths: Mapping[str, str]) -> str:
    """Return an article that shows local copies, as far as there are any."""
    out, at = [], 0
    for match, name in _places(text):
        path = paths.get(_url(match[name]))
        if path:
            out += [text[at : match.start(name)], path]
            at = match.end(name)
    return "".join([*out, text[at:]])


def localised(made: Conversion, known: tuple[LocalImage, ...]) -> Conversion:
    """Let a conversion show the copies that an earlier one of the same source got."""
    shown = remote_images(made.body)
    kept = tuple(image for image in known if image.url in shown)
    if not kept:
        return made
    body = with_local_images(made.body, {image.url: image.path for image in kept})
    record = replace(made.record, images=(*made.record.images, *kept))
    return replace(made, body=body, record=record)


def recorded_images(record: Mapping[str, Any] | None) -> tuple[LocalImage, ...]:
    """Return the local copies that a record names; rows that are damaged are left out."""
    rows = (record or {}).get("images")
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(
        LocalImage(row["url"], row["path"], row["sha256"], row["size"])
        for row in found
        if all(isinstance(row.get(key), str) for key in ("url", "path", "sha256"))
        and isinstance(row.get("size"), int)
    )


def _places(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _EITHER.finditer(text):
        if match["url"] or match["src"]:
            yield match, "url" if match["url"] else "src"


def _url(written: str) -> str:
    return written.strip("<>").replace("&amp;", "&")
