"""The parts of a saved message (MIME, RFC 2045 to 2047): their texts and headers, decoded.

Mail lies about its encodings, and programs encode headers in ways of their own; what cannot be
decoded as it is declared is decoded by what it looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from wenzhai.importers.declared import NAMES, decode_declared
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.html.decoding import decode_html
from wenzhai.xml_text import xml_text


def own_parts(message: Message) -> Iterator[Message]:
    """Give the parts of a message, without those of messages in it."""
    if message.get_content_type() == "message/rfc822":
        return
    inner = message.get_payload()
    if not isinstance(inner, list):
        yield message
        return
    for part in inner:
        if isinstance(part, Message):
            yield from own_parts(part)


def part_text(part: Message) -> str:
    """Return the text of a part, in the encoding that it declares or else in the likeliest."""
    data = payload(part)
    charset = str(part.get_content_charset(""))
    if part.get_content_subtype() == "html":
        found = decode_html(data, charset=charset)
    else:
        found = decode_declared(data, (charset,))
    return found.text if isinstance(found, Decoded) else data.decode("utf-8", "replace")


def payload(part: Message) -> bytes:
    """Return the bytes that a part carries; none where their transfer encoding is broken."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, AssertionError, MessageError):
        return b""
    return data if isinstance(data, bytes) else b""


def header(message: Message, name: str) -> str:
    """Return a header on one line, in whatever of the ways mail programs encode it."""
    value = message.get(name)
    return "" if value is None else header_text(value)


def header_text(value: object) -> str:
    """Return the value of a header on one line."""
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
    known = {**NAMES, "unknown-8bit": None}.get((charset or "").lower(), charset)
    try:
        return text.decode(known or "utf-8")
    except (LookupError, ValueError):
        found = decode(text)
    if isinstance(found, Decoded):
        return found.text
    return text.decode("gb18030", "replace")


def _is_raw(text: str) -> bool:
    return all(char < "\x80" or "\udc80" <= char <= "\udcff" for char in text)
