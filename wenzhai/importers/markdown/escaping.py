"""Escaping: plain text that Markdown must show as it is.

The one place that knows which characters could mean something, so that nothing else is escaped.
"""

from __future__ import annotations

import re

from wenzhai.bare_urls import find_bare_urls

SIGNS = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?[A-Za-z0-9]+;)"
    r"|~(?=~)|(?<=~)~"
    r"|[$|^](?=.)"
    r"|==?(?==)|(?<==)="
    r"|!(?=\[)|\{(?=[.#:%{])|:(?=[A-Za-z0-9_+-]+:)"
)
"""What could mean something inside a line. ``_`` between letters or digits never does
(CommonMark 0.31, 6.2)."""
SIGN = re.compile(r"[\\`*\[\]_<&~$|^=!{:]")
"""What all of them begin with. Most paragraphs hold none, and nothing else is looked for then."""
BLOCK_START = re.compile(
    r"(?P<mark>[#>+=:]|-(?=\s|-|$)|~(?=~~|\s|$))|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)
"""What could open a block at the start of a line (CommonMark 0.31, 4 and 5; definition lists)."""


def escape_text(text: str) -> str:
    """Escape a line of plain text so that Markdown renders it as it is."""
    return escape_line_start(escape_piece(text.strip()))


def escape_piece(text: str, *, linked: bool = False) -> str:
    """Escape a stretch of text inside a line, its blanks kept.

    A bare URL needs no escapes, but where it stands in a link it is text like any other.
    """
    if not SIGN.search(text):
        return text
    urls = [] if linked else [span for span in find_bare_urls(text) if _is_safe(text, span)]
    if not urls:
        return SIGNS.sub(_escape, text)

    def outside(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in urls)
        return found[0] if inside else _escape(found)

    return SIGNS.sub(outside, text)


def _is_safe(text: str, url: tuple[int, int]) -> bool:
    """Tell whether a URL stays as it is for parsers, too, that make no link of it."""
    signs = SIGNS.finditer(text, *url)
    return all(
        found[0][0] in "$^=:{" or (found[0] == "_" and text[found.end() :][:1].isalnum())
        for found in signs
    )


def escape_line_start(line: str) -> str:
    """Keep a line, escaped otherwise, from opening a block."""
    opening = BLOCK_START.match(line)
    if opening and opening["mark"]:
        return "\\" + line
    if opening:
        return f"{opening['number']}\\{line[opening.start('dot') :]}"
    return line


def escape_heading_end(line: str) -> str:
    """Keep trailing number signs from being read as a heading's closing sequence (4.2)."""
    return re.sub(r"(?<=[ \t])#(?=#*$)", r"\\#", line)


def _escape(found: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in found[0])
