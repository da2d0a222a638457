"""Tables: those that show data, and those that only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wenzhai.importers.html.inlines import read_inlines
from wenzhai.importers.html.kinds import HEADINGS, name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.walk import Reader, Walk
from wenzhai.importers.markdown.model import Align, Block, Cell, Table
from wenzhai.importers.markdown.tidy import tidy

ALIGNS: dict[str, Align] = {"left": "left", "center": "center", "right": "right"}
LONG_CELL = 600
"""Characters; a cell that holds more is a column of the page."""
MOST_SPANNED = 1000


def read_table(element: HtmlElement, walk: Walk, read: Reader) -> Iterable[Block]:
    """Return a table of data as such, any other as the blocks in its cells, by ``read``."""
    rows = [list(_cells(row)) for row in _rows(element)]
    rows = [row for row in rows if row]
    if _is_layout(element, rows) or _has_strays(element, rows):
        return read(element, walk)
    caption = next(element.iterchildren("caption"), None)
    said = tidy(read_inlines(caption, walk.finds, walk.notes)) if caption is not None else ()
    cells = tuple(tuple(_cell(cell, walk, read) for cell in row) for row in rows)
    filled = tuple(row for row in cells if any(cell.blocks for cell in row))
    return (Table(filled, said),) if filled else ()


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if name_of(child) == "tr":
            yield child
        elif name_of(child) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if name_of(row) == "tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if name_of(cell) in {"td", "th"})


def _is_layout(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    if table.get("role") == "presentation" or max(map(len, rows), default=0) <= 1:
        return True
    cells = [cell for row in rows for cell in row]
    inner = (name_of(one) for cell in cells for one in cell.iterdescendants())
    if any(name in HEADINGS | {"table"} for name in inner):
        return True
    if any(name_of(cell) == "th" for cell in cells):
        return False
    return any(len(cell.text_content()) > LONG_CELL for cell in cells)


def _has_strays(table: HtmlElement, rows: list[list[HtmlElement]]) -> bool:
    """Tell whether text stands in a table outside of its cells and caption."""
    held = [*(cell for row in rows for cell in row), *table.iterchildren("caption")]
    return sum(_length(one) for one in held) != _length(table)


def _length(element: HtmlElement) -> int:
    return len("".join(element.text_content().split()))


def _cell(element: HtmlElement, walk: Walk, read: Reader) -> Cell:
    style = re.search(r"text-align\s*:\s*(\w+)", element.get("style", ""))
    written = (element.get("align") or (style[1] if style else "")).lower()
    return Cell(
        read(element, walk),
        header=name_of(element) == "th",
        align=ALIGNS.get(written, ""),
        columns=_span(element, "colspan"),
        rows=_span(element, "rowspan"),
    )


def _span(element: HtmlElement, name: str) -> int:
    written = element.get(name, "").strip()
    return min(max(int(written), 1), MOST_SPANNED) if re.fullmatch(r"\d{1,6}", written) else 1
