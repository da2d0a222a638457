"""Tokens become a Doc: HTML, plain text, headings and references in one walk.

Owns what the HTML of blocks looks like where it differs from markdown-it's: heading ids, figures,
the frame of tables, and which text counts as prose. It knows no settings and parses nothing.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import escapeHtml

from wenzhai.inline_writer import (
    Walk,
    alt_text,
    write_image,
    write_inline,
    write_piece,
    write_raw,
)
from wenzhai.markup_words import TABLE, word
from wenzhai.model import Doc, Heading
from wenzhai.plain_blocks import (
    PLAIN_FIGURE,
    PLAIN_HEADING,
    PLAIN_LIST,
    PLAIN_PARAGRAPHS,
    PLAIN_QUOTE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from wenzhai.places import Source
    from wenzhai.plain import Piece

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre)\b.*?(?:</\1[^<>]*>|\Z)|</?[A-Za-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_APART = re.compile(r"<(?:figure|figcaption|table|h[1-6])\b", re.IGNORECASE)
_NO_ANCHOR = re.compile(r"[^\w\s-]")
_SPACES = re.compile(r"[\s-]+")


def write_doc(
    tokens: Sequence[Token],
    md: MarkdownIt,
    env: MutableMapping[str, Any],
    source: Source,
    language: str,
) -> Doc:
    """Render a document's tokens; see :class:`wenzhai.model.Doc` for what it holds.

    A paragraph of nothing but emphasis right after an image is that image's caption: it counts,
    but it is no prose.
    """
    walk = Walk(md, env, source, language)
    index, count = 0, len(tokens)
    while index < count:
        kind = tokens[index].type
        writer = _WRITERS.get(kind)
        index = writer(walk, tokens, index) if writer else _write_other(walk, tokens, index)
    return Doc(
        "".join(walk.html),
        tuple(walk.headings),
        tuple(walk.references),
        "\n".join(walk.prose),
        "\n".join(walk.readable),
    )


def anchor(text: str) -> str:
    """Make a heading's id: NFC, lower case, letters and digits of any script, hyphens between."""
    kept = _NO_ANCHOR.sub("", unicodedata.normalize("NFC", text).lower())
    return _SPACES.sub("-", kept).strip("-") or "section"


def _write_plain(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    """Write paragraphs in a row; the first may be the caption of an image before them."""
    items = tokens[index].meta["items"]
    if walk.after_image:
        line, piece = items[0]
        items = items[1:]
        content = write_piece(walk, piece, line)
        walk.html.append(f"<p>{content}</p>\n")
        _note_text(walk, piece.text, caption=_is_emphasis(content))
    _write_items(walk, items, "<p>", "</p>\n")
    return index + 1


def _write_plain_quote(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    walk.html.append("<blockquote>\n")
    _write_items(walk, tokens[index].meta["items"], "<p>", "</p>\n")
    walk.html.append("</blockquote>\n")
    return index + 1


def _write_plain_list(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    walk.html.append("<ul>\n")
    _write_items(walk, tokens[index].meta["items"], "<li>", "</li>\n")
    walk.html.append("</ul>\n")
    return index + 1


def _write_items(walk: Walk, items: Sequence[tuple[int, Piece]], opening: str, end: str) -> None:
    walk.after_image = False
    walk.html += [f"{opening}{write_piece(walk, piece, line)}{end}" for line, piece in items]
    texts = [piece.text for _, piece in items if piece.text]
    walk.readable += texts
    if not walk.apart:
        walk.prose += texts


def _write_plain_figure(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    token = tokens[index]
    _write_figure(walk, token, str(token.attrs["alt"]), token.map)
    return index + 1


def _write_paragraph(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    """Write a paragraph's three tokens at once; one whose text was only blanks is dropped."""
    opening, inline, following = tokens[index], tokens[index + 1], tokens[index + 2]
    if inline.type != "inline" or following.type != "paragraph_close":
        return _write_other(walk, tokens, index)
    lead = "\n" if index and tokens[index - 1].hidden else ""
    children = inline.children or ()
    if opening.hidden:
        content, text = write_inline(walk, inline)
        walk.html.append(content)
    elif len(children) == 1 and children[0].type == "image" and children[0].attrs.get("title"):
        walk.html.append(lead)
        _write_figure(walk, children[0], alt_text(walk, children[0]), inline.map)
        return index + 3
    elif not inline.content:
        return index + 3
    else:
        content, text = write_inline(walk, inline)
        walk.html.append(f"{lead}<p>{content}</p>\n")
    alone = len(children) == 1 and children[0].type == "image"
    _note_text(walk, text, caption=walk.after_image and _is_emphasis(content))
    walk.after_image = alone
    return index + 3


def _write_heading(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    opening, inline = tokens[index], tokens[index + 1]
    content, text = write_inline(walk, inline)
    if index and tokens[index - 1].hidden:
        walk.html.append("\n")
    _put_heading(walk, opening, content, text)
    return index + 3


def _write_plain_heading(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    token = tokens[index]
    piece: Piece = token.meta["piece"]
    content = write_piece(walk, piece, token.map[0] if token.map else 0)
    _put_heading(walk, token, content, piece.text)
    return index + 1


def _put_heading(walk: Walk, token: Token, content: str, text: str) -> None:
    name = _unique(anchor(text), walk.anchors)
    walk.html.append(f'<{token.tag} id="{escapeHtml(name)}">{content}</{token.tag}>\n')
    line = walk.source.first_line + (token.map[0] if token.map else 0)
    walk.headings.append(Heading(int(token.tag[1]), name, text, line))
    walk.readable.append(text)
    walk.after_image = False


def _write_inline(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    content, text = write_inline(walk, tokens[index])
    walk.html.append(content)
    _note_text(walk, text)
    return index + 1


def _write_table_open(walk: Walk, _tokens: Sequence[Token], index: int) -> int:
    walk.apart += 1
    walk.tables += 1
    label = f"{word(TABLE, walk.language)} {walk.tables}"
    # A wide table scrolls in this frame, which the keyboard must reach and a reader must name.
    frame = f'<div class="table" role="region" aria-label="{label}" tabindex="0">\n<table>\n'
    walk.html.append(frame)
    return index + 1


def _write_table_close(walk: Walk, _tokens: Sequence[Token], index: int) -> int:
    walk.apart -= 1
    walk.html.append("</table>\n</div>\n")
    return index + 1


def _write_th(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    tokens[index].attrs["scope"] = "col"
    return _write_other(walk, tokens, index)


def _write_footnotes_open(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    walk.apart += 1
    return _write_other(walk, tokens, index)


def _write_html_block(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    token = tokens[index]
    walk.html.append(write_raw(walk, token.content, token.map))
    text = entities.unescape(" ".join(_MARKUP.sub(" ", token.content).split()))
    _note_text(walk, text, caption=_APART.search(token.content) is not None)
    return index + 1


def _write_other(walk: Walk, tokens: Sequence[Token], index: int) -> int:
    token = tokens[index]
    renderer: Any = walk.md.renderer
    rule = renderer.rules.get(token.type)
    if rule is None:
        walk.html.append(renderer.renderToken(tokens, index, walk.md.options, walk.env))
    else:
        walk.html.append(rule(tokens, index, walk.md.options, walk.env))
    walk.after_image = False
    return index + 1


_WRITERS: dict[str, Callable[[Walk, Sequence[Token], int], int]] = {
    PLAIN_PARAGRAPHS: _write_plain,
    PLAIN_HEADING: _write_plain_heading,
    PLAIN_FIGURE: _write_plain_figure,
    PLAIN_LIST: _write_plain_list,
    PLAIN_QUOTE: _write_plain_quote,
    "paragraph_open": _write_paragraph,
    "heading_open": _write_heading,
    "inline": _write_inline,
    "table_open": _write_table_open,
    "table_close": _write_table_close,
    "th_open": _write_th,
    "footnote_block_open": _write_footnotes_open,
    "html_block": _write_html_block,
}


def _note_text(walk: Walk, text: str, *, caption: bool = False) -> None:
    walk.after_image = False
    if text:
        walk.readable.append(text)
        if not walk.apart and not caption:
            walk.prose.append(text)


def _is_emphasis(content: str) -> bool:
    return content.startswith("<em>") and content.find("</em>") == len(content) - 5


def _unique(name: str, taken: dict[str, int]) -> str:
    """Number a name that is taken; ``taken`` keeps each name's last number."""
    chosen, number = name, taken.get(name, 0)
    while chosen in taken:
        number += 1
        chosen = f"{name}-{number}"
    taken[chosen] = 1
    taken[name] = max(number, 1)
    return chosen


def _write_figure(walk: Walk, image: Token, alt: str, lines: list[int] | None) -> None:
    caption = str(image.attrs["title"])
    tag = write_image(walk, image, alt, lines, titled=False)
    walk.html.append(f"<figure>{tag}<figcaption>{escapeHtml(caption)}</figcaption></figure>\n")
    walk.readable.append(caption)
    walk.after_image = True
