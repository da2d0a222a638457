"""The model as HTML, for the few things that Markdown has no signs for.

It stands on one line, since an empty line would end it in Markdown, and passes nh3 last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from wenzhai.importers.markdown.inline import safe_url
from wenzhai.importers.markdown.model import (
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
    Details,
    Figure,
    Heading,
    Image,
    Inline,
    Items,
    Link,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Table,
    Term,
    Terms,
    Text,
)
from wenzhai.importers.markdown.tidy import tidy

ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "ol": {"start"},
    "code": {"class"},
}


def block_html(block: Block) -> str:
    """Return one block as a line of cleaned HTML."""
    return clean(_block(block))


def inline_html(inlines: Iterable[Inline]) -> str:
    """Return content as cleaned HTML."""
    return clean(_inlines(inlines))


def clean(html: str) -> str:
    """Return HTML with nothing in it but what articles may hold."""
    if "=" not in html:
        return html  # elements without attributes around escaped text: all ours
    import nh3  # noqa: PLC0415  # most articles need no HTML

    cleaned: str = nh3.clean(
        html, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    return cleaned.replace("&nbsp;", "\u00a0")


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(_inline(item) for item in tidy(inlines))


def _inline(item: Inline) -> str:  # noqa: PLR0911  # a table of kinds
    if isinstance(item, Text):
        return _text(item.text)
    if isinstance(item, Code):
        return f"<code>{_text(item.text)}</code>"
    if isinstance(item, Break):
        return "<br>"
    if isinstance(item, Image):
        return f'<img src="{_url(item.url)}" alt="{escape(item.alt)}">'
    if isinstance(item, NoteRef):
        return f"<sup>[{_text(item.label)}]</sup>"
    inner = "".join(_inline(child) for child in item.children)
    if isinstance(item, Link):
        return f'<a href="{_url(item.url)}">{inner}</a>'
    return f"<{item.tag}>{inner}</{item.tag}>"


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "&#10;")


def _url(url: str) -> str:
    return escape(safe_url(url).replace("&amp;", "&"))


def _blocks(blocks: Sequence[Block]) -> str:
    """Return the blocks of a cell or item; a single paragraph needs no element."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _inlines(blocks[0].inlines)
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:  # noqa: PLR0911  # a table of kinds
    if isinstance(block, Paragraph):
        return f"<p>{_inlines(block.inlines)}</p>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{_inlines(block.inlines)}</h{block.level}>"
    if isinstance(block, CodeBlock):
        named = f' class="language-{escape(block.language)}"' if block.language else ""
        return f"<pre><code{named}>{_text(block.text)}</code></pre>"
    if isinstance(block, Quote):
        return f"<blockquote>{_blocks(block.blocks)}</blockquote>"
    if isinstance(block, Items):
        return _items(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return _figure(block)
    if isinstance(block, Terms):
        return f"<dl>{''.join(map(_term, block.terms))}</dl>"
    if isinstance(block, Details):
        inner = _blocks(block.blocks)
        return f"<details><summary>{_inlines(block.summary)}</summary>{inner}</details>"
    return "<hr>" if isinstance(block, Rule) else _blocks(block.blocks)


def _items(block: Items) -> str:
    tag = "ul" if block.start is None else "ol"
    start = f' start="{block.start}"' if block.start not in {None, 1} else ""
    inner = "".join(f"<li>{_blocks(item)}</li>" for item in block.items)
    return f"<{tag}{start}>{inner}</{tag}>"


def _table(block: Table) -> str:
    caption = f"<caption>{_inlines(block.caption)}</caption>" if block.caption else ""
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows)
    return f"<table>{caption}{rows}</table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    named = (("colspan", cell.columns), ("rowspan", cell.rows))
    spans = "".join(f' {name}="{count}"' for name, count in named if count > 1)
    align = f' align="{cell.align}"' if cell.align else ""
    return f"<{tag}{spans}{align}>{_blocks(cell.blocks)}</{tag}>"


def _figure(block: Figure) -> str:
    images = "".join(_inline(image) for image in block.images)
    caption = f"<figcaption>{_inlines(block.caption)}</figcaption>" if block.caption else ""
    return f"<figure>{images}{caption}</figure>"


def _term(term: Term) -> str:
    said = "".join(f"<dd>{_blocks(blocks)}</dd>" for blocks in term.descriptions)
    return f"<dt>{_inlines(term.name)}</dt>{said}"
