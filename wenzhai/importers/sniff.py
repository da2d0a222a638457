"""What kind of source bytes are, as the suffix of a file of that kind.

For what has no name: standard input, and answers of servers. Servers call HTML plain text and
anything at all ``application/octet-stream``, so the bytes are asked where the type is vague.
"""

from __future__ import annotations

import re

KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/feed+json": ".json",
    "text/x-opml": ".opml",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
}
"""Media type (RFC 6838) and suffix; what is not here is vague or not understood."""
VAGUE = frozenset(
    {
        "",
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
        "application/xml",
        "text/xml",
        "application/json",
        "application/x-zip-compressed",
    }
)
START = 4096
_LEAD = rb"\s*(?:(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->)\s*)*"
_HEADERS = rb"(?:[a-z][a-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*"
_PARTS = rb"meta|title|link|style|article|section|div|p|h[1-6]|span|table|ul|ol|figure|img|a"
_SIGNS = (
    (".pdf", rb"%PDF-\d"),
    (".zip", rb"PK(?:\x03\x04|\x05\x06)"),
    (".mhtml", _HEADERS + rb"(?:snapshot-content-location:|from: <saved by)"),
    (".eml", rb"(?=[a-z])" + _HEADERS + rb"(?:mime-version|message-id|received):"),
    (".opml", _LEAD + rb"<opml\b"),
    (".xml", _LEAD + rb"<(?:rss|feed|rdf:rdf)\b"),
    (".html", _LEAD + rb"<(?:!doctype html|html|head|body)[\s>]"),
    (".html", rb"\s*<(?:" + _PARTS + rb")(?:\s[^<>]*)?/?>"),
    (".md", rb"(?:---[ \t]*\r?\n[\w-]+:\s|\+\+\+[ \t]*\r?\n[\w-]+ *=)"),
    (".json", rb"\s*\{[^{}]*\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org"),
)
"""Suffix and how such bytes begin, those that are more exact first."""
_PATTERNS = tuple((suffix, re.compile(sign, re.IGNORECASE)) for suffix, sign in _SIGNS)


def sniff(data: bytes) -> str:
    """Return the suffix of a kind of source that the bytes show, or nothing: plain text, if that.

    Wide encodings are seen through, for what is looked at is ASCII.
    """
    head = data[:START].replace(b"\0", b"") if data[:2] in _WIDE else data[:START]
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe")
    found = next((suffix for suffix, pattern in _PATTERNS if pattern.match(head)), "")
    return ".docx" if found == ".zip" and b"word/document.xml" in data else found


_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def kind_of_answer(content_type: str, data: bytes, name: str) -> str:
    """Return the suffix of what a server sent, or nothing where it is no kind of source.

    Args:
        content_type: the media type, lower case, without parameters.
        data: the body.
        name: the last part of the address, whose suffix may tell Markdown from plain text.
    """
    if content_type not in VAGUE:
        return KINDS.get(content_type, "")
    found = sniff(data)
    if found or content_type != "text/plain":
        return found
    return ".md" if name.lower().endswith((".md", ".markdown")) else ".txt"
