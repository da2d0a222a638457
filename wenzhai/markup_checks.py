"""What a Markdown text says that its author cannot have meant: the checks of one body.

Owns the problems E202 and W201 to W210. Each check first asks the whole source for its trigger, so
that a text without one costs a search and no more; single characters are found ten times as fast.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from markdown_it.common.normalize_url import validateLink
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block.table import escapedSplit

from wenzhai.cjk import CJK_CLASS
from wenzhai.dispatch import LOST_LINES
from wenzhai.footnotes import DROPPED
from wenzhai.places import Source
from wenzhai.plain_blocks import PLAIN_LIST, PLAIN_PARAGRAPHS, PLAIN_QUOTE
from wenzhai.problems import Problem, Span, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

_REFUSED = re.compile(
    r"(?:\]\(\s*<?|<|\]:\s*<?)((?:javascript|vbscript|file|data):[^\s)>]*)", re.IGNORECASE
)
_ENDS_OF_SCHEMES = ("cript:", "CRIPT:", "ile:", "ILE:", "ata:", "ATA:")
_NO_SCHEME_IN_TAG = re.compile(r"(?:href|src)\s*=\s*[\"'](//[^\"']+)", re.IGNORECASE)
# One "#" before Latin is a hashtag more often than a heading; with a second "#" both are.
_NO_SPACE = re.compile(
    rf"\n[ >]*((?:#{{2,6}}(?![#\s\d])|#(?=[{CJK_CLASS}])(?!\u3000))[^#\n]*)(?=\n)"
)
_WIDE_MARK = re.compile(r"^(＃{1,6})|(＊＊)(?=[^＊]+＊＊)")
_UNDEFINED_NOTE = re.compile(r"\[\^[^\s\[\]]+\](?!:)")
_GLUED = re.compile(rf"[A-Za-z0-9][{CJK_CLASS}]")
_MAYBE_GLUED = re.compile(rf"http[!-~]{{0,200}}[A-Za-z0-9][{CJK_CLASS}]")
_MAYBE_GLUED_HOST = re.compile(rf"www\.[!-~]{{0,200}}[A-Za-z0-9][{CJK_CLASS}]")
_PLAIN = (PLAIN_PARAGRAPHS, PLAIN_LIST, PLAIN_QUOTE)
_FENCE_CLOSING = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")


def check_body(
    source: Source, tokens: Sequence[Token], env: Mapping[str, Any]
) -> tuple[Problem, ...]:
    """Check a parsed body: what would vanish from the page, and what looks like a slip.

    Problem codes: E202, W201 to W210.
    """
    text = source.text
    return tuple(
        chain(
            _lost(source, env),
            _refused_links(source, tokens) if _names_scheme(text) else (),
            _hostless_links(source, tokens) if _lacks_scheme(text) else (),
            _headings_without_space(source, tokens)
            if "#" in text and _NO_SPACE.search(f"\n{text}\n")
            else (),
            _wide_marks(source, tokens) if "＃" in text or "＊" in text else (),
            _open_fences(source, tokens) if "`" in text or "~" in text else (),
            _undefined_notes(source, tokens) if "^" in text else (),
            _glued_urls(source, tokens) if _maybe_glued(text) else (),
            _cut_rows(source, tokens) if "|" in text else (),
        )
    )


def _names_scheme(text: str) -> bool:
    return ":" in text and any(end in text for end in _ENDS_OF_SCHEMES)


def _lacks_scheme(text: str) -> bool:
    return "/" in text and text.count("//") > text.count("://")


def _lost(source: Source, env: Mapping[str, Any]) -> Iterator[Problem]:
    for number in env.get(LOST_LINES, ()):
        yield problem("E202", source.span(number))
    for code, label, number in env.get(DROPPED, ()):
        yield problem(code, source.span(number, 1, len(label) + 4), label=label)


def _refused_links(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for token, child in _children(tokens, "text"):
        for target in _REFUSED.findall(child.content):
            if not validateLink(target):
                yield problem("W201", source.find(target, token.map), target=target)


def _hostless_links(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for token, child in _children(tokens, "link_open", "image"):
        target = str(child.attrs.get("href") or child.attrs.get("src") or "")
        if target.startswith("//"):
            yield problem("W202", source.find(target, token.map), target=target)
    raw = [(token, token) for token in tokens if token.type == "html_block"]
    for token, tag in chain(raw, _children(tokens, "html_inline")):
        for target in _NO_SCHEME_IN_TAG.findall(tag.content):
            yield problem("W202", source.find(target, token.map), target=target)


def _headings_without_space(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for number, line in _paragraph_lines(source, tokens):
        if found := _NO_SPACE.match(f"\n{line}\n"):
            marks = len(line) - len(line.lstrip("#"))
            span = _locate(source, number, found[1])
            yield problem("W203", span, marks=line[:marks], title=line[marks : marks + 20])


def _wide_marks(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for number, line in _paragraph_lines(source, tokens):
        if found := _WIDE_MARK.search(line):
            narrow = found[0].translate({ord("＃"): "#", ord("＊"): "*"})
            yield problem(
                "W204", _locate(source, number, found[0]), written=found[0], narrow=narrow
            )


def _open_fences(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "fence" and token.map:
            first, last = token.map
            closing = _FENCE_CLOSING.fullmatch(source.line(last - 1))
            if last - 1 == first or not closing or not closing[1].startswith(token.markup):
                yield problem("W205", source.span(first), marks=token.markup)


def _undefined_notes(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for token, child in _children(tokens, "text"):
        for written in _UNDEFINED_NOTE.findall(child.content):
            yield problem("W208", source.find(written, token.map), written=written)


def _maybe_glued(text: str) -> bool:
    if "http" in text and _MAYBE_GLUED.search(text):
        return True
    return "www." in text and _MAYBE_GLUED_HOST.search(text) is not None


def _glued_urls(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    for token in tokens:
        for opening, text in pairwise(token.children or ()):
            found = _GLUED.search(text.content) if opening.markup == "linkify" else None
            if found and opening.type == "link_open":
                url = text.content[: found.start() + 1]
                yield problem("W209", source.find(text.content, token.map), url=url)


def _cut_rows(source: Source, tokens: Sequence[Token]) -> Iterator[Problem]:
    columns = 0
    for index, token in enumerate(tokens):
        if token.type == "thead_open":
            closing = next(n for n in range(index, len(tokens)) if tokens[n].type == "thead_close")
            columns = sum(token.type == "th_open" for token in tokens[index:closing])
        elif token.type == "tr_open" and token.map:
            row = source.line(token.map[0]).lstrip(" >").rstrip()
            cells = len(escapedSplit(row.removeprefix("|").removesuffix("|")))
            if cells > columns:
                span = source.span(token.map[0])
                yield problem("W210", span, cells=cells, columns=columns)


def _children(tokens: Sequence[Token], *kinds: str) -> Iterator[tuple[Token, Token]]:
    """Give each inline token of a kind with the block token that holds it."""
    for token in tokens:
        for child in token.children or ():
            if child.type in kinds:
                yield token, child


def _paragraph_lines(source: Source, tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Give the lines of all paragraphs with their numbers in the text, from 0."""
    for index, token in enumerate(tokens):
        if token.type in _PLAIN:
            for number, _ in token.meta["items"]:
                yield number, source.line(number)[len(token.markup) :].strip(MD_TRIM_CHARS)
        elif token.type == "paragraph_open" and tokens[index + 1].map:
            inline = tokens[index + 1]
            yield from enumerate(inline.content.split("\n"), (inline.map or [0])[0])


def _locate(source: Source, number: int, written: str) -> Span:
    column = source.line(number).find(written) + 1
    return source.span(number, column, len(written) if column else 1)
