"""RSS and Atom feeds: each entry is an article, with what the feed says of it.

feedparser reads the formats, also broken ones. It gets bytes and never a path, for it would open
that; nor does it clean the HTML, since what it drops would be lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from wenzhai.importers.bodies import FRAGMENT
from wenzhai.importers.declared import decode_declared
from wenzhai.importers.decode import Decoded
from wenzhai.importers.entries import Entry
from wenzhai.importers.extras import missing_extra
from wenzhai.importers.feed_texts import entry_texts
from wenzhai.importers.leftovers import Said, html_lines, left_over, written
from wenzhai.importers.machine_dates import read_machine_date
from wenzhai.importers.plain_html import plain_text
from wenzhai.importers.record import Field
from wenzhai.importers.urls import clean_url
from wenzhai.problems import Problem, Span, problem
from wenzhai.xml_text import xml_text

CONVERTER = "feed/1"
DECLARED = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)[\"']")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
LONGEST_SUMMARY = 500
CUT_SHORT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|&hellip;|阅读全文|阅读更多|[Rr]ead more)\s*$")
MAILED = re.compile(r"\s*\S+@\S+\s*\((?P<name>.+)\)\s*")
"""An author as RSS has one, which feedparser cuts in the wrong place where the name is Chinese."""
WEB = ("http://", "https://")


def read_feed(data: bytes, path: str) -> tuple[Entry, ...] | Problem:
    """Split an RSS (any version) or Atom feed into its entries, in the feed's order.

    Problem codes: E730 package missing, W745 no feed.
    """
    if missing := missing_extra("feeds", "feedparser", path=path):
        return missing
    import feedparser  # noqa: PLC0415  # an extra

    xml = _in_utf8(data)
    feed = feedparser.parse(BytesIO(xml), sanitize_html=False, resolve_relative_uris=False)
    if not (feed.get("version") or feed.entries):
        reason = " ".join(str(feed.get("bozo_exception", "no feed")).split())
        return problem("W745", Span(path), reason=reason)
    texts = entry_texts(xml)
    if len(texts) != len(feed.entries):  # too broken to tell whose they are
        texts = ((),) * len(feed.entries)
    rows = zip(feed.entries, texts, strict=True)
    return tuple(_whole(_entry(item, feed.feed), said) for item, said in rows)


def _whole(entry: Entry, said: Iterable[Said]) -> Entry:
    """Add what the feed says of an entry besides its article and facts."""
    kept = (entry.id, *written(entry.facts), *html_lines(entry.content.decode()))
    return replace(entry, removed=tuple(left_over(said, kept, "feed field")))


def _in_utf8(data: bytes) -> bytes:
    """Decode before parsing: feeds lie about their encoding, and parsers then guess badly."""
    declared = DECLARED.match(data[:400])
    found = decode_declared(data, (declared[1].decode("ascii"),) if declared else ())
    if not isinstance(found, Decoded):
        return data
    return xml_text(DECLARATION.sub("", found.text)).encode()


def _entry(item: Any, feed: Any) -> Entry:  # noqa: ANN401  # feedparser has no types
    link = _link(item)
    body, base = _body(item)
    base = _joined(link, base)
    title = _text(item.get("title_detail"))
    identity = item.get("id") or link or sha256(f"{title}\0{body}".encode()).hexdigest()
    name = title or urlsplit(link).path.rstrip("/").rpartition("/")[2]
    facts = tuple(_facts(item, feed, title, link, body))
    content = xml_text(body).encode()
    return Entry(identity, name, FRAGMENT, content, facts, base or link or _link(feed))


def _body(item: Any) -> tuple[str, str]:  # noqa: ANN401  # the same
    """Return an entry's HTML and its own base: the longest of what it offers as its content."""
    parts = [*item.get("content", ()), item.get("summary_detail") or {}]
    longest = max(parts, key=lambda part: len(part.get("value") or ""))
    text = longest.get("value") or ""
    if longest.get("type") == "text/plain":
        text = "".join(f"<p>{_escaped(line)}</p>\n" for line in text.split("\n") if line.strip())
    return text, longest.get("base") or ""


def _facts(item: Any, feed: Any, title: str, link: str, body: str) -> Iterable[Field]:  # noqa: ANN401  # the same
    if title:
        yield Field("title", title, title)
    if authors := tuple(_names(item)):
        yield Field("author", authors, ", ".join(authors))
    if source := _text((item.get("source") or feed).get("title_detail")):
        yield Field("source", source, source)
    if link:
        yield Field("source_url", clean_url(link), link)
    written = item.get("published") or item.get("updated") or ""
    if date := read_machine_date(written):
        yield Field("date", date, written)
    if tags := tuple(dict.fromkeys(_tags(item))):
        yield Field("tags", tags, ", ".join(tags))
    if summary := _summary(item, body):
        yield Field("summary", summary, summary)
    if files := tuple(row["href"] for row in item.get("enclosures", ()) if row.get("href")):
        yield Field("enclosures", files, " ".join(files))


def _summary(item: Any, body: str) -> str:  # noqa: ANN401  # the same
    """Return the summary, if it is one: not the whole text, nor its beginning cut short."""
    detail = item.get("summary_detail") or {}
    summary = _text(detail)
    if not summary or detail["value"] == body or len(summary) > LONGEST_SUMMARY:
        return ""
    return "" if CUT_SHORT.search(summary) else summary


def _names(item: Any) -> Iterable[str]:  # noqa: ANN401  # the same
    """Name the authors; an address of mail is nobody's name."""
    if mailed := MAILED.fullmatch(item.get("author") or ""):
        return [plain_text(mailed["name"])]
    rows = item.get("authors") or [{"name": item.get("author", "")}]
    names = (plain_text(row.get("name") or "") for row in rows)
    return dict.fromkeys(name for name in names if name and "@" not in name)


def _tags(item: Any) -> Iterable[str]:  # noqa: ANN401  # the same
    """Name the categories, without those that are addresses (a scheme, not a word)."""
    for row in item.get("tags", ()):
        name = plain_text(row.get("label") or row.get("term") or "")
        if name and not name.startswith(WEB):
            yield name


def _link(item: Any) -> str:  # noqa: ANN401  # the same
    link = str(item.get("link") or "")
    return link if link.startswith(WEB) and _is_url(link) else ""


def _joined(link: str, base: str) -> str:
    """Resolve a base against a link; what is no URL gives way to the other."""
    if not _is_url(base):
        return link
    return urljoin(link, base) if link else base


def _is_url(text: str) -> bool:
    """Tell whether a text can be taken apart as a URL."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def _text(detail: Any) -> str:  # noqa: ANN401  # the same
    """Return a text construct (RFC 4287, 3.1) as plain text on one line."""
    value = (detail or {}).get("value") or ""
    if (detail or {}).get("type") == "text/plain":
        return " ".join(value.split())
    return plain_text(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
