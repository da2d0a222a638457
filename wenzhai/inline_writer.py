"""Inline tokens become HTML and plain text, and their targets references.

Owns what our inline HTML looks like: placeholders of references, images that load late. It knows
no block, settings or problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import escapeHtml

from wenzhai.link_targets import is_local, placeholder, replace_in_tags
from wenzhai.model import Heading, Reference
from wenzhai.plain_blocks import PLAIN_INLINE

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from wenzhai.places import Source
    from wenzhai.plain import Piece


@dataclass
class Walk:
    """What one walk over the tokens has gathered so far."""

    md: MarkdownIt
    env: MutableMapping[str, Any]
    source: Source
    language: str
    html: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    readable: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    apart: int = 0
    tables: int = 0
    after_image: bool = False


def write_inline(walk: Walk, token: Token) -> tuple[str, str]:
    """Return inline HTML and its text (breaks are spaces in it)."""
    html: list[str] = []
    text: list[str] = []
    children = token.children or ()
    for index, child in enumerate(children):
        kind = child.type
        if kind == "text":
            html.append(escapeHtml(child.content))
            text.append(child.content)
        elif kind == PLAIN_INLINE:
            piece: Piece = child.meta["piece"]
            html.append(_fill(walk, piece, token.map) if piece.targets else piece.html)
            text.append(piece.text)
        elif kind == "link_open":
            html.append(_link(walk, child, token.map))
        elif kind == "image":
            html.append(write_image(walk, child, alt_text(walk, child), token.map))
        elif kind == "html_inline":
            html.append(write_raw(walk, child.content, token.map))
        elif child.nesting and not child.attrs:
            html.append(f"<{child.tag}>" if child.nesting > 0 else f"</{child.tag}>")
        else:
            rendered, read = _leaf(walk, children, index)
            html.append(rendered)
            text.append(read)
    return "".join(html), "".join(text).strip()


def _leaf(walk: Walk, children: Sequence[Token], index: int) -> tuple[str, str]:
    child = children[index]
    if child.type == "softbreak":
        return "\n", " "
    if child.type == "hardbreak":
        return "<br>\n", " "
    if child.type == "code_inline":
        return f"<code>{escapeHtml(child.content)}</code>", child.content
    renderer: Any = walk.md.renderer
    rule = renderer.rules.get(child.type)
    arguments = (children, index, walk.md.options, walk.env)
    return (rule(*arguments) if rule else renderer.renderToken(*arguments)), ""


def write_piece(walk: Walk, piece: Piece, line: int) -> str:
    """Return the HTML of a plain piece that stands on this line of the text, from 0."""
    return _fill(walk, piece, [line, line + 1]) if piece.targets else piece.html


def _fill(walk: Walk, piece: Piece, lines: list[int] | None) -> str:
    """Put the placeholders of references into finished HTML."""
    parts = piece.html.split("\0")
    filled = [
        part + _refer(walk, target, lines, image=False)
        for part, target in zip(parts, piece.targets, strict=False)
    ]
    return "".join(filled) + parts[-1]


def _link(walk: Walk, token: Token, lines: list[int] | None) -> str:
    href, title = str(token.attrs["href"]), token.attrs.get("title")
    shown = _refer(walk, href, lines, image=False) if is_local(href) else escapeHtml(href)
    titled = f' title="{escapeHtml(str(title))}"' if title else ""
    return f'<a href="{shown}"{titled}>'


def write_image(
    walk: Walk, token: Token, alt: str, lines: list[int] | None, *, titled: bool = True
) -> str:
    """Return an image's tag; the title is left out where a caption shows it."""
    src, title = str(token.attrs["src"]), token.attrs.get("title")
    shown = _refer(walk, src, lines, image=True) if is_local(src) else escapeHtml(src)
    extra = f' title="{escapeHtml(str(title))}"' if title and titled else ""
    return f'<img src="{shown}" alt="{escapeHtml(alt)}"{extra} loading="lazy" decoding="async">'


def alt_text(walk: Walk, token: Token) -> str:
    """Return an image's text without markup (CommonMark 0.31.2, section 6.4)."""
    renderer: Any = walk.md.renderer
    alt: str = renderer.renderInlineAsText(token.children, walk.md.options, walk.env)
    return alt


def write_raw(walk: Walk, content: str, lines: list[int] | None) -> str:
    """Return raw HTML as it is, its targets in this site as placeholders."""
    if "=" not in content:
        return content
    return replace_in_tags(content, lambda target, image: _refer(walk, target, lines, image=image))


def _refer(walk: Walk, target: str, lines: list[int] | None, *, image: bool) -> str:
    place = walk.source.find(target, lines)
    walk.references.append(
        Reference("image" if image else "link", target, place.line, place.column)
    )
    return placeholder(len(walk.references) - 1)
