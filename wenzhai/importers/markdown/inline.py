"""Inline content as Markdown: emphasis where our parser reads it as such, else HTML elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenzhai.cjk import flanks
from wenzhai.importers.markdown.escaping import (
    escape_heading_end,
    escape_line_start,
    escape_piece,
    escape_text,
)
from wenzhai.importers.markdown.model import (
    Break,
    Code,
    Image,
    Inline,
    Link,
    Mark,
    NoteRef,
    Text,
)
from wenzhai.importers.markdown.tidy import tidy

DELIMITERS = {"strong": "**", "em": "*", "del": "~~"}
UNTIDY = re.compile(r"[\t\n\r\f]|  ")
"""Blanks inside a text that it does not have in its plainest form."""
BARE_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
BARE_END = re.compile(r"(?<!\\)(?:\\\\)*(?P<sign>[!^<~])$")
FIRST = {Break: "\n", Code: "`", Image: "!", NoteRef: "[", Link: "["}
COMPLETES = {Link: "!^", NoteRef: "!^", Image: "<", Mark: "~"}
"""What may not stand right before an item, or it would mean something together with it."""
PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][!#$&'*+,\-./0-9:;=?@A-Z_a-z~()]*")
UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f()<>\\`\"|\[\]{}^\u00a0\u2028\u2029\u3000]")


@dataclass(frozen=True, slots=True)
class _Way:
    """How content is written: what a break is, and whether it stands in a link."""

    line_break: str
    linked: bool = False


def write_line(inlines: Sequence[Inline], *, pipes: bool = False) -> str:
    """Return content as one line of Markdown, as in headings and cells.

    With ``pipes``, no character of it can part the cells of a table.
    """
    written = _write(tidy(inlines), _Way("<br>")).strip()
    return BARE_PIPE.sub(r"\1\\|", written) if pipes else escape_line_start(written)


def write_heading_line(inlines: Sequence[Inline]) -> str:
    """Return content as a heading shows it."""
    return escape_heading_end(write_line(inlines))


def write_lines(inlines: Sequence[Inline]) -> str:
    """Return content as a paragraph's lines of Markdown; each break that is meant ends one."""
    if len(inlines) == 1 and isinstance(inlines[0], Text) and _is_tidy(inlines[0].text):
        return escape_text(inlines[0].text)
    items = tidy(inlines)
    if len(items) == 1 and isinstance(items[0], Text):
        return escape_text(items[0].text)
    written = _write(items, _Way("\\\n")).strip()
    return "\n".join(escape_line_start(line.strip(" \t")) for line in written.split("\n"))


def _is_tidy(text: str) -> bool:
    return len(text.strip()) == len(text) and not UNTIDY.search(text)


def write_image(image: Image, title: str = "") -> str:
    """Return an image; a title is the caption of one that stands alone."""
    alt = " ".join(escape_piece(image.alt, linked=True).split())
    return f"![{alt}]({safe_url(image.url)}{_title(title)})"


def _title(text: str) -> str:
    if not text:
        return ""
    quoted = re.sub(r'([\\"])', r"\\\1", " ".join(text.split()))
    return ' "' + re.sub(r"&(?=#?\w+;)", r"\&", quoted) + '"'


def safe_url(url: str) -> str:
    """Percent-encode what would end a link's target or mean something in it (RFC 3986, 2.1)."""
    encoded = UNSAFE_IN_URL.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url.strip()
    )
    return re.sub(r"&(?=#?[A-Za-z0-9]+;)", "&amp;", encoded)


def _write(items: Sequence[Inline], way: _Way) -> str:
    out = ""
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        out += _piece(item, out, following, way)
    return out


def _piece(item: Inline, before: str, following: Inline | None, way: _Way) -> str:  # noqa: PLR0911  # a table of kinds
    if isinstance(item, Text):
        return _text(item.text, before, following, linked=way.linked)
    if isinstance(item, Break):
        return way.line_break
    if isinstance(item, Code):
        return _code(item.text, before)
    if isinstance(item, Image):
        return write_image(item)
    if isinstance(item, NoteRef):
        return f"[^{item.label}]"
    if isinstance(item, Link):
        return _link(item, way)
    return _mark(item, before, following, way)


def _text(text: str, before: str, following: Inline | None, *, linked: bool) -> str:
    """Escape text; what stands beside it may complete a sign at its edge."""
    escaped = escape_piece(text, linked=linked)
    if before and escaped.startswith("~"):
        escaped = "\\" + escaped
    completes = COMPLETES.get(type(following), "") if following else ""
    bare = BARE_END.search(escaped)
    edge = bare is not None and bare["sign"] in completes
    return f"{escaped[:-1]}\\{escaped[-1]}" if edge else escaped


def _mark(item: Mark, before: str, following: Inline | None, way: _Way) -> str:
    sole = item.children[0] if len(item.children) == 1 else None
    if item.tag == "strong" and isinstance(sole, Mark) and sole.tag == "em":
        inner, delimiter = _write(sole.children, way), "***"
    else:
        inner, delimiter = _write(item.children, way), DELIMITERS.get(item.tag, "")
    if delimiter and _readable(delimiter, inner, before, _first(following, before)):
        return f"{delimiter}{inner}{delimiter}"
    return f"<{item.tag}>{_write(item.children, way)}</{item.tag}>"


def _first(item: Inline | None, before: str) -> str:
    """Return the character that stands first where an item is written after a mark."""
    if isinstance(item, Text):
        return _text(item.text, before, None, linked=False)[:1]
    return FIRST.get(type(item), "<") if item else ""


def _readable(delimiter: str, inner: str, before: str, after: str) -> bool:
    """Tell whether our parser takes the delimiters for what they are (6.2, and beside CJK)."""
    sign = delimiter[0]
    if not inner or sign in (before[-1:], after, inner[0], inner[-1]):
        return False
    opens, _ = flanks(before, inner)
    _, closes = flanks(inner, after)
    return opens and closes


def _code(text: str, before: str) -> str:
    shown = " ".join(re.split(r"[\r\n]+", text))
    if "|" in shown or before[-1:] == "`":
        escaped = re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", shown)
        return f"<code>{escaped}</code>"
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _link(item: Link, way: _Way) -> str:
    if item.children == (Text(item.url),) and PLAIN_URL.fullmatch(item.url):
        return f"<{item.url}>"
    inner = _write(item.children, replace(way, linked=True))
    return f"[{inner}]({safe_url(item.url)})"
