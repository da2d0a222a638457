"""The lines of a PDF page: text with its place and size, as the text layer has it.

A text layer knows no lines, only characters at places; those that stand side by side on one base
line are one. Their order is the document's own, which keeps columns apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wenzhai.xml_text import xml_text

BLANKS = frozenset({"", " ", "\u00a0", "\t", "\r", "\n", "\0"})
HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}
"""How text layers mark a hyphen at a line's end."""
GAP = 0.25
"""Of a character's height: what lies this far from its neighbour is a word of its own."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: its page (from 1), edges in points from the page's lower left corner, its text.

    ``page_height`` is that of its page; ``height`` stands for the size of its characters.
    """

    page: int
    page_height: float
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Return the height of the line's characters, in points."""
        return self.top - self.bottom


def join_characters(characters: Iterable[PdfLine]) -> Iterator[PdfLine]:
    """Join characters that follow one another on one base line; blanks alone are no line.

    The text layer's own blanks and line ends stand at no place: they only part what they are
    between.
    """
    line: list[PdfLine] = []
    for one in characters:
        if one.text in BLANKS:
            if line:
                line.append(replace(one, text=" "))
            continue
        last = next((char for char in reversed(line) if char.text != " "), None)
        if last is not None and not _beside(last, one):
            yield from _line(line)
            line = []
        line.append(replace(one, text=HYPHENS.get(one.text, one.text)))
    yield from _line(line)


def _line(characters: Sequence[PdfLine]) -> Iterator[PdfLine]:
    shown = [one for one in characters if one.text != " "]
    text = xml_text(" ".join(_paired("".join(_spaced(characters))).split()))
    if not text:
        return
    yield replace(
        shown[0],
        left=min(one.left for one in shown),
        bottom=min(one.bottom for one in shown),
        right=max(one.right for one in shown),
        top=max(one.top for one in shown),
        text=text,
    )


def _paired(text: str) -> str:
    """Make one character of two halves (UTF-16), as text layers give rare ones."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _spaced(characters: Sequence[PdfLine]) -> Iterator[str]:
    """Give the characters, with a space where a gap shows one that the layer does not hold."""
    last: PdfLine | None = None
    for one in characters:
        if last is not None and one.text != " ":
            wide = is_wide(last.text) and is_wide(one.text)
            yield " " if one.left - last.right > GAP * one.height and not wide else ""
        last = one if one.text != " " else None
        yield one.text


def is_wide(char: str) -> bool:
    """Tell whether a character is of a script that is written without spaces."""
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def _beside(last: PdfLine, one: PdfLine) -> bool:
    """Tell whether a character stands right of another, at the same height."""
    shared = min(last.top, one.top) - max(last.bottom, one.bottom)
    level = shared > 0.5 * min(last.height, one.height)
    near = -0.5 * last.height < one.left - last.right < 3 * max(last.height, 1)
    return last.page == one.page and level and near
