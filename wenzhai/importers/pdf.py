"""PDF files with a text layer: its lines are put together again, at a low confidence.

pdfium, which Chromium shows PDF with, reads the layer; what only is an image stays unread.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wenzhai.importers.bodies import FRAGMENT
from wenzhai.importers.confidence import Doubt
from wenzhai.importers.entries import Entry
from wenzhai.importers.extras import missing_extra
from wenzhai.importers.pdf_lines import PdfLine, join_characters
from wenzhai.importers.pdf_text import PdfBlock, read_lines
from wenzhai.importers.record import Field
from wenzhai.problems import Problem, Span, problem

CONVERTER = "pdf/1"
MOST_PAGES = 2000
FEWEST_CHARACTERS = 20
"""A page; scanned pages have fewer, such as a stamp's."""
LAST_CODE = 0x10FFFF
GUESSED = Doubt("text layer", 0.3)
HEADINGS = 3
"""Levels below the title, by the height of the characters."""


def read_pdf(data: bytes, path: str) -> Entry | Problem:
    """Read a PDF file.

    Problem codes: E730 package missing, E748 cannot be read, E749 no text layer.
    """
    if missing := missing_extra("pdf", "pypdfium2", path=path):
        return missing
    import pypdfium2  # noqa: PLC0415  # an extra

    try:
        document = pypdfium2.PdfDocument(data)
        with document:
            if len(document) > MOST_PAGES:
                return problem("E748", Span(path), reason=f"more than {MOST_PAGES} pages")
            pages = len(document)
            lines = [
                line
                for at in range(pages)
                for line in join_characters(_characters(document[at], at + 1))
            ]
    except pypdfium2.PdfiumError as error:
        return problem("E748", Span(path), reason=error)
    if sum(len(line.text) for line in lines) < FEWEST_CHARACTERS * min(pages, 5):
        return problem("E749", Span(path))
    return _entry(lines, path)


def _characters(page: Any, number: int) -> Iterator[PdfLine]:  # noqa: ANN401  # pypdfium2 has no types
    """Give the characters of a page's text layer in the document's order, each as a line."""
    from pypdfium2 import raw  # noqa: PLC0415  # an extra

    layer = page.get_textpage()
    height = page.get_height()
    for at in range(layer.count_chars()):
        # Its loose box is as tall as its font; tight ones tell "ace" from "lamp".
        left, bottom, right, top = layer.get_charbox(at, loose=True)
        code = raw.FPDFText_GetUnicode(layer, at)
        text = chr(code) if code <= LAST_CODE else ""
        yield PdfLine(number, height, left, bottom, right, top, text)


def _entry(lines: Sequence[PdfLine], path: str) -> Entry:
    read = read_lines(lines)
    title, blocks = _titled(read.blocks)
    sizes = sorted({block.size for block in blocks if block.size}, reverse=True)
    levels = {size: min(at, HEADINGS - 1) + 2 for at, size in enumerate(sizes)}
    body = "\n".join(_html(blocks, levels))
    facts = (Field("title", title, title),) if title else ()
    return Entry(
        path, title, FRAGMENT, body.encode(), facts, removed=read.removed, doubts=(GUESSED,)
    )


def _titled(blocks: Sequence[PdfBlock]) -> tuple[str, Sequence[PdfBlock]]:
    """Part the title from the text: the tallest heading, if it stands at its head."""
    head = blocks[:5]
    found = max(head, key=lambda block: block.size, default=PdfBlock(""))
    if not found.size:
        return "", blocks
    at = head.index(found)
    return found.text, (*blocks[:at], *blocks[at + 1 :])


def _html(blocks: Iterable[PdfBlock], levels: dict[float, int]) -> Iterator[str]:
    for block in blocks:
        tag = f"h{levels[block.size]}" if block.size else "p"
        text = re.sub(r"[ \t]+", " ", block.text)
        yield f"<{tag}>{html.escape(text)}</{tag}>"
