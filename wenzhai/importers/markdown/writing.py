"""A document as Markdown: what our parser renders from it has the same text and structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from wenzhai.importers.markdown.html import block_html, inline_html
from wenzhai.importers.markdown.inline import (
    write_heading_line,
    write_image,
    write_line,
    write_lines,
)
from wenzhai.importers.markdown.model import (
    Block,
    Break,
    Cell,
    CodeBlock,
    Details,
    Figure,
    Heading,
    Inline,
    Items,
    Note,
    Paragraph,
    Quote,
    Rule,
    Table,
    Terms,
    Text,
)
from wenzhai.importers.markdown.tidy import tidy, visible_text

DEEPEST = 14
"""Levels; markdown-it drops text below 20, and a list takes two."""
LIKE_A_TERM = re.compile(r".*\n *:")
"""Right after terms, a line is one more if a colon begins the next: in a list, or in code."""
COSTS = {Quote: 1, Items: 2, Terms: 2}


class _Place(NamedTuple):
    """Where a block stands: how deep, and whether a list of the same kind stood right before."""

    depth: int = 0
    again: bool = False


def write_blocks(blocks: Iterable[Block]) -> str:
    """Return the Markdown of a document, blocks parted by blank lines, with a final newline.

    Nothing to write gives an empty text.
    """
    body = _blocks(tuple(blocks), 0)
    return body + "\n" if body else ""


def _blocks(blocks: Sequence[Block], depth: int) -> str:
    return "\n\n".join(_written(blocks, depth))


def _written(blocks: Sequence[Block], depth: int) -> Iterator[str]:
    """Write blocks; a list right after one of its kind takes the other marker."""
    last: tuple[bool, bool] | None = None
    after_terms = False
    for block in blocks:
        kind = (isinstance(block, Items), isinstance(block, Items) and block.start is None)
        again = kind[0] and last == kind
        written = _block(block, _Place(depth, again))
        if not written:
            continue
        if after_terms and LIKE_A_TERM.match(written):
            yield "<!-- -->"
        yield written
        last = None if again else kind
        after_terms = isinstance(block, Terms)


def _block(block: Block, place: _Place) -> str:
    if place.depth + COSTS.get(type(block), 0) > DEEPEST:
        return _flat(block, place)
    writer = _WRITERS[type(block)]
    return writer(block, place)


def _flat(block: Block, place: _Place) -> str:
    """Write what a container holds without the container: deeper ones lose their text."""
    if isinstance(block, Quote):
        return _blocks(block.blocks, place.depth)
    if isinstance(block, Items):
        return _blocks([inner for item in block.items for inner in item], place.depth)
    inner = [
        part
        for term in (block.terms if isinstance(block, Terms) else ())
        for part in (Paragraph(term.name), *(b for said in term.descriptions for b in said))
    ]
    return _blocks(inner, place.depth)


def _paragraph(block: Paragraph, _place: _Place) -> str:
    return write_lines(block.inlines)


def _heading(block: Heading, _place: _Place) -> str:
    line = write_heading_line(block.inlines)
    return f"{'#' * min(block.level, 6)} {line}" if line else ""


def _code(block: CodeBlock, _place: _Place) -> str:
    text = block.text.strip("\n")
    longest = max(map(len, re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    language = re.sub(r"[^\w+#.-]", "", block.language)
    return f"{fence}{language}\n{text}\n{fence}" if text.strip() else ""


def _quote(block: Quote, place: _Place) -> str:
    inner = _blocks(block.blocks, place.depth + 1)
    return "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) if inner else ""


def _items(block: Items, place: _Place) -> str:
    tight = all(_is_tight(item) for item in block.items)
    number = block.start
    written = []
    for item in block.items:
        inner = _item(item, place.depth + 2, tight=tight)
        if not inner:
            continue
        sign = (")" if place.again else ".") if number is not None else ""
        marker = f"{number}{sign} " if number is not None else "* " if place.again else "- "
        written.append(marker + _indented(inner, len(marker)))
        number = None if number is None else number + 1
    return ("\n" if tight else "\n\n").join(written)


def _is_tight(item: Sequence[Block]) -> bool:
    """Tell whether an item is one paragraph, with lists that may follow it directly."""
    first, rest = item[:1], item[1:]
    direct = all(isinstance(block, Items) and block.start in {None, 1} for block in rest)
    return not rest or (isinstance(first[0], Paragraph) and direct and len(rest) == 1)


def _item(item: Sequence[Block], depth: int, *, tight: bool) -> str:
    inner = list(_written(item, depth))
    if inner and inner[0] == "---":
        inner[0] = "___"  # "- ---" would be a line across the page
    return ("\n" if tight else "\n\n").join(inner)


def _indented(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])


def _table(block: Table, _place: _Place) -> str:
    if not block.rows:
        return ""
    if not _is_plain_table(block):
        return block_html(block)
    columns = max(map(len, block.rows))
    rows = [_row(row, columns) for row in block.rows]
    aligned = [*(cell.align for cell in block.rows[0]), *([""] * columns)][:columns]
    signs = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
    rule = f"| {' | '.join(signs[align] for align in aligned)} |"
    caption = [write_lines(block.caption)] if block.caption else []
    return "\n\n".join([*caption, "\n".join([rows[0], rule, *rows[1:]])])


def _is_plain_table(block: Table) -> bool:
    """Tell whether pipes can show a table: nothing spans, cells hold lines, one row of heads."""
    cells = [cell for row in block.rows for cell in row]
    lines = all(isinstance(inner, Paragraph) for cell in cells for inner in cell.blocks)
    spans = any(cell.columns > 1 or cell.rows > 1 for cell in cells)
    heads = any(cell.header for row in block.rows[1:] for cell in row)
    return lines and not spans and not heads and bool(block.rows[0])


def _row(row: Sequence[Cell], columns: int) -> str:
    written = [_cell(cell) for cell in row] + [""] * (columns - len(row))
    return f"| {' | '.join(written)} |"


def _cell(cell: Cell) -> str:
    parts: list[Inline] = []
    for block in cell.blocks:
        parts += [Break(), *block.inlines] if isinstance(block, Paragraph) else []
    return write_line(parts, pipes=True)


def _figure(block: Figure, _place: _Place) -> str:
    caption = tidy(block.caption)
    if len(block.images) == 1 and all(isinstance(item, Text) for item in caption):
        return write_image(block.images[0], visible_text(caption))
    if block.images and not caption:
        return "\n\n".join(write_image(image) for image in block.images)
    return block_html(replace(block, caption=caption)) if caption else ""


def _terms(block: Terms, place: _Place) -> str:
    return "\n\n".join(_term(name, said, place) for name, said in _named(block)) or ""


def _named(block: Terms) -> Iterator[tuple[str, Sequence[Sequence[Block]]]]:
    for term in block.terms:
        yield write_line(term.name), term.descriptions


def _term(name: str, said: Sequence[Sequence[Block]], place: _Place) -> str:
    if not said or not name:
        inner = [block for blocks in said for block in blocks]
        return "\n\n".join(filter(None, (name, _blocks(inner, place.depth))))
    written = [f": {_indented(_blocks(blocks, place.depth + 2), 2)}" for blocks in said]
    tight = all(len(blocks) == 1 for blocks in said)
    code = any(isinstance(block, CodeBlock) for blocks in said for block in blocks)
    gap = "\n\n" if code else "\n"  # a line of hyphens in code would make the term a heading
    return gap.join([name, ("\n" if tight else "\n\n").join(written)])


def _details(block: Details, place: _Place) -> str:
    opening = f"<details><summary>{inline_html(block.summary)}</summary>"
    inner = _blocks(block.blocks, place.depth)
    return "\n\n".join(filter(None, (opening, inner, "</details>")))


def _rule(_block: Rule, _place: _Place) -> str:
    return "---"


def _note(block: Note, place: _Place) -> str:
    inner = _blocks(block.blocks, place.depth + 2)
    return f"[^{block.label}]: {_indented(inner, 4)}" if inner else ""


_WRITERS: dict[type, Callable[..., str]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    CodeBlock: _code,
    Quote: _quote,
    Items: _items,
    Table: _table,
    Figure: _figure,
    Terms: _terms,
    Details: _details,
    Rule: _rule,
    Note: _note,
}
