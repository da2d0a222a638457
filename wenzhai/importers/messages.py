"""Saved mail (RFC 5322, MIME): a newsletter's HTML part, or its text, is the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from wenzhai.importers.bodies import NEWSLETTER
from wenzhai.importers.decode import WIDER, Decoded, decode
from wenzhai.importers.entries import Embedded, Entry
from wenzhai.importers.machine_dates import read_machine_date
from wenzhai.importers.record import Field
from wenzhai.problems import Problem, Span, problem
from wenzhai.xml_text import xml_text

FORWARDED = re.compile(r"^(?:(?:fwd?|fw|re|aw|wg|转发|轉寄|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
VIEW_ONLINE = re.compile(
    r"<a\b[^>]*?href\s*=\s*[\"'](?P<url>https?://[^\"'<>\s]+)[\"'][^>]*>(?:\s|<[^>]*>)*"
    r"(?:在?浏览器中?(?:查看|打开|阅读)|在线(?:阅读|查看)|网页版|阅读原文|查看原文|"
    r"view (?:this (?:email|message|newsletter) )?(?:in|on) (?:your |the )?(?:browser|web)|"
    r"read (?:it )?online|view online|open in browser|web version)",
    re.IGNORECASE,
)
"""The link to a newsletter's own page."""


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
    body = _body(_own_parts(message))
    if body is None:
        return None
    text = _text(body)
    is_html = body.get_content_subtype() == "html"
    online = VIEW_ONLINE.search(text) if is_html else None
    return Entry(
        id=_header(message, "Message-ID").strip("<> "),
        name=_subject(message),
        kind=NEWSLETTER if is_html else ".txt",
        content=xml_text(text).encode(),
        facts=tuple(_facts(message, parts, body, online["url"] if online else "")),
        files=tuple(_embedded(parts)) if is_html else (),
    )


def _own_parts(message: Message) -> Iterator[Message]:
    """Give the parts of a message, without those of messages in it."""
    if message.get_content_type() == "message/rfc822":
        return
    payload = message.get_payload()
    if not isinstance(payload, list):
        yield message
        return
    for part in payload:
        if isinstance(part, Message):
            yield from _own_parts(part)


def _body(parts: Iterable[Message]) -> Message | None:
    """Choose the part to read: HTML before text (RFC 2046, 5.1.4), and no attachment."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/html", "text/plain"):
        for part in shown:
            if part.get_content_type() == kind and _text(part).strip():
                return part
    return None


def _text(part: Message) -> str:
    data = _payload(part)
    charset = str(part.get_content_charset("")).strip()
    try:
        return data.decode(WIDER.get(charset, charset or "utf-8"))
    except (LookupError, ValueError):
        found = decode(data)
    return found.text if isinstance(found, Decoded) else data.decode("utf-8", "replace")


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, AssertionError, MessageError):
        return b""
    return data if isinstance(data, bytes) else b""


def _facts(
    message: Message, parts: Iterable[Message], body: Message, online: str
) -> Iterator[Field]:
    if subject := _subject(message):
        yield Field("title", subject, _header(message, "Subject"))
    sender = _header(message, "From")
    if name := parseaddr(sender)[0].strip():
        yield Field("source", name, sender)
    written = _header(message, "Date")
    if date := read_machine_date(written):
        yield Field("date", date, written)
    if online:
        yield Field("source_url", online, online)
    attached = (_header_text(part.get_filename() or "") for part in parts if part is not body)
    if names := tuple(name for name in attached if name):
        yield Field("attachments", names, ", ".join(names))


def _subject(message: Message) -> str:
    return FORWARDED.sub("", _header(message, "Subject")).strip()


def _embedded(parts: Iterable[Message]) -> Iterator[Embedded]:
    """Give the images that a part refers to by Content-ID (RFC 2392)."""
    for part in parts:
        identity = _header(part, "Content-ID").strip("<> ")
        if identity and part.get_content_maintype() == "image":
            yield Embedded(f"cid:{identity}", _payload(part))


def _header(message: Message, name: str) -> str:
    """Return a header on one line, in whatever of the ways mail programs encode it."""
    value = message.get(name)
    return "" if value is None else _header_text(value)


def _header_text(value: object) -> str:
    try:
        pieces = decode_header(value)  # type: ignore[arg-type]  # a str or a Header
    except (MessageError, ValueError):
        pieces = [(str(value), None)]
    return " ".join(xml_text("".join(_piece(*piece) for piece in pieces)).split())


def _piece(text: str | bytes, charset: str | None) -> str:
    """Decode a piece of a header: an encoded word (RFC 2047), or bytes that nobody declared."""
    if isinstance(text, str):
        if text.isascii():
            return text
        text = text.encode("ascii", "surrogateescape") if _is_raw(text) else text.encode()
    known = {**WIDER, "unknown-8bit": None}.get((charset or "").lower(), charset)
    try:
        return text.decode(known or "utf-8")
    except (LookupError, ValueError):
        found = decode(text)
    if isinstance(found, Decoded):
        return found.text
    return text.decode("gb18030", "replace")


def _is_raw(text: str) -> bool:
    return all(char < "\x80" or "\udc80" <= char <= "\udcff" for char in text)
