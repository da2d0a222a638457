"""Lines of PDF pages become paragraphs and headings; what every page repeats is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from wenzhai.importers.pdf_lines import PdfLine, is_wide
from wenzhai.importers.record import Removed

EDGE = 0.09
"""Share of a page's height, above and below, where headers and footers stand."""
FEWEST_PAGES = 2
PAGE_NUMBER = re.compile(
    r"[-–—·|\s]*(?:第\s*)?(?:page\s*)?\d{1,4}(?:\s*页)?(?:\s*(?:/|of|共|，共)\s*\d{1,4}\s*页?)?[-–—·|\s]*",
    re.IGNORECASE,
)
ENDS_SENTENCE = re.compile(r"[。！？!?…”』」）)\"'.：:]\s*$")
LARGER = 1.15
"""How many times as tall as the text a heading's characters are at least."""
LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class PdfBlock:
    """A paragraph, or a heading (``size``, its height to the text's, is 0 for paragraphs)."""

    text: str
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class PdfText:
    """The blocks of a document in order, and what was left out, by page (as ``line``)."""

    blocks: tuple[PdfBlock, ...]
    removed: tuple[Removed, ...]


def read_lines(lines: Sequence[PdfLine]) -> PdfText:
    """Make blocks of all lines of a document."""
    furniture = _furniture(lines)
    kept = [line for at, line in enumerate(lines) if at not in furniture]
    usual = median(line.height for line in kept) if kept else 0.0
    groups: list[list[PdfLine]] = []
    for line in kept:
        if groups and _continues(groups[-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    cuts = [(lines[at], reason) for at, reason in sorted(furniture.items())]
    removed = [
        Removed(line.page, 0, len(line.text.strip()), reason, line.text.strip())
        for line, reason in cuts
    ]
    blocks = tuple(_block(group, usual, removed) for group in groups)
    return PdfText(blocks, tuple(removed))


def _furniture(lines: Sequence[PdfLine]) -> dict[int, str]:
    """Find headers, footers and page numbers: at a page's edge, and alike on most pages."""
    pages = len({line.page for line in lines})
    edge = {at: reason for at, line in enumerate(lines) if (reason := _edge(line))}
    alike = Counter((reason, shape) for at, reason in edge.items() for shape in _shapes(lines[at]))
    found = {}
    for at, reason in edge.items():
        often = max(alike[reason, shape] for shape in _shapes(lines[at]))
        if PAGE_NUMBER.fullmatch(lines[at].text):
            found[at] = "page number"
        elif often >= max(FEWEST_PAGES, pages / 2 - 0.5):  # books have two kinds of pages
            found[at] = reason
    return found if len(found) < len(lines) else {}


def _edge(line: PdfLine) -> str:
    """Name the edge of its page at which a line stands, or nothing."""
    place = (line.top + line.bottom) / 2 / (line.page_height or 1)
    return "page footer" if place < EDGE else "page header" if place > 1 - EDGE else ""


def _shapes(line: PdfLine) -> set[str]:
    """Return what a header may have in common on all pages: its text, or that with page numbers."""
    text = " ".join(line.text.split())
    return {text, re.sub(r"\d{1,6}", lambda found: f"#{int(found[0]) - line.page}", text)}


def _continues(group: Sequence[PdfLine], line: PdfLine, usual: float) -> bool:
    """Tell whether a line goes on with the paragraph of the lines before it."""
    last = group[-1]
    if abs(line.height - last.height) > 0.12 * usual + 0.5:
        return False
    if ENDS_SENTENCE.search(last.text) and _is_short(group, last, usual):
        return False
    if line.page != last.page or line.bottom > last.bottom + usual:  # the next page or column
        return not ENDS_SENTENCE.search(last.text) and not _is_heading(group, usual)
    if last.bottom - line.bottom > 2.2 * max(usual, last.height):
        return False
    return line.left - last.left < 1.2 * usual


def _is_short(group: Sequence[PdfLine], last: PdfLine, usual: float) -> bool:
    """Tell whether a line ends before the others do, as the last of a paragraph does."""
    return len(group) == 1 or last.right < max(one.right for one in group) - 1.2 * usual


def _is_heading(group: Sequence[PdfLine], usual: float) -> bool:
    return group[0].height > LARGER * usual


def _block(group: Sequence[PdfLine], usual: float, removed: list[Removed]) -> PdfBlock:
    text = ""
    for line in group:
        text = _joined(text, line, removed)
    tall = _is_heading(group, usual) and len(text) <= LONGEST_HEADING
    return PdfBlock(text, round(group[0].height / usual, 2) if tall else 0.0)


def _joined(before: str, line: PdfLine, removed: list[Removed]) -> str:
    """Join a line to a paragraph: Han without a space, a parted word without its hyphen."""
    after = " ".join(line.text.split())
    if not before or not after:
        return before or after
    if re.search(r"[a-z]-$", before) and after[0].islower():
        removed.append(Removed(line.page, 0, 1, "hyphen", "-"))
        return before[:-1] + after
    return before + ("" if is_wide(before[-1]) or is_wide(after[0]) else " ") + after
