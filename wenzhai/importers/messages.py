"""Saved mail (RFC 5322, MIME): a newsletter's HTML part, or its text, is the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr

from wenzhai.importers.bodies import NEWSLETTER
from wenzhai.importers.entries import Embedded, Entry
from wenzhai.importers.leftovers import Said, html_lines, left_over, written
from wenzhai.importers.machine_dates import read_machine_date
from wenzhai.importers.mail_parts import header, header_text, own_parts, part_text, payload
from wenzhai.importers.record import Field
from wenzhai.problems import Problem, Span, problem
from wenzhai.xml_text import xml_text

CONVERTER = "mail/1"
FORWARDED = re.compile(r"^(?:(?:fwd?|fw|re|aw|wg|转发|轉寄|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
VIEW_ONLINE = re.compile(
    r"<a\b[^>]*?href\s*=\s*[\"'](?P<url>https?://[^\"'<>\s]+)[\"'][^>]*>(?:\s|<[^>]*>)*"
    r"(?:在?浏览器中?(?:查看|打开|阅读)|在线(?:阅读|查看)|网页版|阅读原文|查看原文|"
    r"view (?:this (?:email|message|newsletter) )?(?:in|on) (?:your |the )?(?:browser|web)|"
    r"read (?:it )?online|view online|open in browser|web version)",
    re.IGNORECASE,
)
"""The link to a newsletter's own page."""
HEADERS = ("Subject", "From", "Date")
"""What readers see of a message's head."""


def read_message(data: bytes, path: str) -> Entry | Problem:
    """Read a saved message.

    Problem codes: E747 no text in it.
    """
    try:
        message = message_from_bytes(data)
        found = next((entry for one in _messages(message) if (entry := _read(one))), None)
    except RecursionError:  # a message in a message, a thousand times
        found = None
    return found or problem("E747", Span(path))


def _messages(message: Message) -> Iterator[Message]:
    """Give a message, then those in it: a newsletter may have been forwarded as an attachment."""
    yield message
    for part in message.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            yield from (inner for inner in payload if isinstance(inner, Message))


def _read(message: Message) -> Entry | None:
    """Read a message that has a text of its own."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    body = _body(own_parts(message))
    if body is None:
        return None
    text = part_text(body)
    is_html = body.get_content_subtype() == "html"
    online = VIEW_ONLINE.search(text) if is_html else None
    entry = Entry(
        id=header(message, "Message-ID").strip("<> "),
        name=_subject(message),
        kind=NEWSLETTER if is_html else ".txt",
        content=xml_text(text).encode(),
        facts=tuple(_facts(message, parts, body, online["url"] if online else "")),
        files=tuple(_embedded(parts)) if is_html else (),
    )
    kept = (*written(entry.facts), *(html_lines(text) if is_html else (entry.content.decode(),)))
    heads = (Said(name, header(message, name)) for name in HEADERS)
    others = (said for part in parts if part is not body for said in _said(part))
    removed = (*left_over(heads, kept, "mail header"), *left_over(others, kept, "other part"))
    return replace(entry, removed=removed)


def _said(part: Message) -> Iterator[Said]:
    """Give the lines of a text that stands beside the one that is read; files are named only."""
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        return
    text = xml_text(part_text(part))
    if part.get_content_subtype() == "html":
        yield from (Said("", line) for line in html_lines(text))
    else:
        yield from (Said("", line) for line in text.splitlines())


def _body(parts: Iterable[Message]) -> Message | None:
    """Choose the part to read: HTML before text (RFC 2046, 5.1.4), and no attachment."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/html", "text/plain"):
        for part in shown:
            if part.get_content_type() == kind and part_text(part).strip():
                return part
    return None


def _facts(
    message: Message, parts: Iterable[Message], body: Message, online: str
) -> Iterator[Field]:
    if subject := _subject(message):
        yield Field("title", subject, header(message, "Subject"))
    sender = header(message, "From")
    if name := parseaddr(sender)[0].strip():
        yield Field("source", name, sender)
    sent = header(message, "Date")
    if date := read_machine_date(sent):
        yield Field("date", date, sent)
    if online:
        yield Field("source_url", online, online)
    attached = (header_text(part.get_filename() or "") for part in parts if part is not body)
    if names := tuple(name for name in attached if name):
        yield Field("attachments", names, ", ".join(names))


def _subject(message: Message) -> str:
    return FORWARDED.sub("", header(message, "Subject")).strip()


def _embedded(parts: Iterable[Message]) -> Iterator[Embedded]:
    """Give the images that a part refers to by Content-ID (RFC 2392)."""
    for part in parts:
        identity = header(part, "Content-ID").strip("<> ")
        if identity and part.get_content_maintype() == "image":
            yield Embedded(f"cid:{identity}", payload(part))
