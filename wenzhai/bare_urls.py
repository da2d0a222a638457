"""The markdown-it rule that makes links of bare URLs and knows where they end in Chinese text.

Owns the shape of a bare URL: only ``http://``, ``https://`` and ``www.``; it stops at CJK
punctuation, quotes and closing emphasis. Whatever else is a link is written in angle brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import unescapeAll

from wenzhai.cjk import CJK_CLASS, is_cjk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# A host runs on into CJK letters only where it starts with one (https://例子.测试).
_LABEL = rf"(?:(?![{CJK_CLASS}_])[\w-])+"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|[^\W_][\w-]*(?:\.[\w-]+)+)(?::\d+)?"
# Letters of any script stay in a path, combining marks with them; other characters beyond ASCII
# (CJK punctuation, curly quotes, dashes) end it, and so do brackets, or labels would lose theirs,
# strong emphasis, strikethrough, and entities other than "&amp;".
_CHAR = r"[\w/?#:@!$'()+,;=%.\u0300-\u036f\u3099\u309a-]|&amp;|&(?!#?\w{1,32};)|~(?!~)"


def _url_pattern(char: str) -> re.Pattern[str]:
    start = r"(?:(?i:https?)://|www\.(?=[^.\s]+\.))"
    return re.compile(rf"{start}{_HOST}(?:[/?#](?:{char})*)?")


_URL = _url_pattern(rf"{_CHAR}|\*(?!\*)")
_URL_IN_EMPHASIS = _url_pattern(_CHAR)
_TRAILING = "?!.,:;*_~'\""
_MAX_LENGTH = 2048
"""Longer ones are no addresses (and would make trimming slow)."""


def bare_urls(md: MarkdownIt) -> None:
    """Make links of bare URLs (GFM section 6.9, with ends that suit CJK text).

    The links carry the markup ``linkify``. A URL may follow a CJK character directly, but no
    other letter, digit or underscore.
    """
    md.inline.ruler.after("text", "bare_url", _bare_url)
    # The text rule must stop where a URL may start.
    for char in "hHw":
        md.inline.add_terminator_char(char)


def find_bare_urls(text: str) -> list[tuple[int, int]]:
    """Return where bare URLs of a text start and end; those with an asterisk are not among them."""
    if "://" not in text and "www." not in text:
        return []
    found = []
    for match in _URL_IN_EMPHASIS.finditer(text):
        start, written = match.start(), _trim(match[0])
        glued = start > 0 and _glued(text[start - 1])
        whole = not glued and len(match[0]) < _MAX_LENGTH and text[match.end() :][:1] != "*"
        if whole and _URL_IN_EMPHASIS.fullmatch(written):
            found.append((start, start + len(written)))
    return found


def _bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # the library's signature
    pos = state.pos
    if state.src[pos] not in "hHw" or state.linkLevel > 0 or (pos and _glued(state.src[pos - 1])):
        return False
    pattern = _URL_IN_EMPHASIS if _star_open(state) else _URL
    found = pattern.match(state.src, pos, min(state.posMax, pos + _MAX_LENGTH))
    if not found:
        return False
    if len(found[0]) == _MAX_LENGTH:
        # Left as text and stepped over, so that no part of it is tried again.
        return _keep_text(state, found[0], silent=silent)
    written = _trim(found[0])
    if not pattern.fullmatch(written):
        return False
    if not silent:
        _push_link(state, unescapeAll(written))
    state.pos += len(written)
    return True


def _glued(before: str) -> bool:
    return (before == "_" or before.isalnum()) and not is_cjk(before)


def _star_open(state: StateInline) -> bool:
    pending = (state.delimiters, *state._prev_delimiters)  # noqa: SLF001  # no public way
    return any(
        delimiter.marker == ord("*") and delimiter.open for run in pending for delimiter in run
    )


def _keep_text(state: StateInline, text: str, *, silent: bool) -> bool:
    if not silent:
        state.append_pending(text)
    state.pos += len(text)
    return True


def _trim(url: str) -> str:
    """Cut off what ends a sentence and closes a bracket outside."""
    while True:
        shorter = url.removesuffix("&amp;").rstrip(_TRAILING)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _push_link(state: StateInline, url: str) -> None:
    href = state.md.normalizeLink(url if url[:4].lower() == "http" else f"http://{url}")
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "linkify", "auto"
    state.push("text", "", 0).content = url
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "linkify", "auto"
