"""What kind of image bytes are, by what they hold and never by their name.

Owns which kinds a site may show, and the names that local copies get.
"""

from __future__ import annotations

import re
from hashlib import sha256

FOLDER = "images"
"""The folder beside an article that holds its images; those of its neighbours may lie there too."""
MOST_PIXELS = 50_000_000
_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (".png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    (".jpg", re.compile(rb"\xff\xd8\xff")),
    (".gif", re.compile(rb"GIF8[79]a")),
    (".webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    (".avif", re.compile(rb"....ftyp(?:avif|avis)", re.DOTALL)),
    (
        ".svg",
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<(?:\?|!--|!DOCTYPE)[^>]*>\s*)*<svg[\s>]", re.IGNORECASE
        ),
    ),
)


def image_kind(data: bytes) -> str:
    """Return the suffix of an image that browsers show, or nothing."""
    head = data[:2048]
    return next((suffix for suffix, sign in _SIGNS if sign.match(head)), "")


def image_path(data: bytes, kind: str) -> str:
    """Name the local copy of an image, relative to its article: the same bytes, the same name."""
    return f"{FOLDER}/{sha256(data).hexdigest()[:16]}{kind}"


def pixels(data: bytes) -> int:
    """Return how many pixels an image claims to have, or 0 where its head does not say.

    A small file can unpack to more than a browser's memory.
    """
    if data.startswith(b"\x89PNG") and data[12:16] == b"IHDR":
        return _number(data[16:20]) * _number(data[20:24])
    if data.startswith(b"GIF8"):
        return _number(data[7:5:-1]) * _number(data[9:7:-1])  # the low byte first
    return _jpeg_pixels(data) if data.startswith(b"\xff\xd8") else 0


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _jpeg_pixels(data: bytes) -> int:
    """Find the frame header (ITU T.81, B.2.2) among the segments."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004  # a marker begins so
        marker, length = data[at + 1], _number(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004  # SOF
            return _number(data[at + 7 : at + 9]) * _number(data[at + 5 : at + 7])
        at += 2 + max(length, 2)
    return 0
