"""Web archives (MHTML, RFC 2557): the page in them, where it was, and the files saved with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message

from wenzhai.problems import Problem, Span, problem

MOST_PARTS = 2000


@dataclass(frozen=True, slots=True)
class Archive:
    """The page's bytes and declared charset, its URL, and what came along, by URL."""

    page: bytes
    charset: str = ""
    url: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_archive(data: bytes, path: str) -> Archive | Problem:
    """Open a web archive.

    Returns:
        What it holds, or a problem: E720 (no page in it).
    """
    message = message_from_bytes(data, policy=policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()][:MOST_PARTS]
    pages = [
        part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    ]
    page = _root(message, pages)
    if page is None:
        return problem("E720", Span(path))
    location = str(
        message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    ).strip()
    files = {url: _content(part) for part in parts if part is not page for url in _names(part)}
    return Archive(_content(page), page.get_content_charset("") or "", location, files)


def _root(message: Message, pages: list[Message]) -> Message | None:
    """Return the part that the archive starts with (RFC 2387, 3.2), else the first page."""
    start = str(message.get_param("start") or "")
    named = (page for page in pages if start and page.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)


def _names(part: Message) -> list[str]:
    location = str(part.get("Content-Location") or "").strip()
    identity = str(part.get("Content-ID") or "").strip(" <>")
    return [name for name in (location, f"cid:{identity}" if identity else "") if name]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
