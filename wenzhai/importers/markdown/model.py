"""What a document is made of: blocks, and what stands inside a line.

Values only. Whatever reads a format makes these; :mod:`wenzhai.importers.markdown.writing` writes
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MarkTag = Literal[
    "strong", "em", "del", "sup", "sub", "kbd", "mark", "ins", "ruby", "rb", "rt", "rp"
]
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters; white space in it is as it should be shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that is meant."""


@dataclass(frozen=True, slots=True)
class Code:
    """Code inside a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image by its URL or path; ``alt`` is what stands for it."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A reference to the footnote of this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; there is none in another."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Text that an HTML element of this name sets apart."""

    tag: MarkTag
    children: tuple[Inline, ...]


Inline = Text | Break | Code | Image | NoteRef | Link | Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 to 6."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, without a final newline; ``language`` may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``start`` is the first number, None for bullets."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and how many columns and rows it spans."""

    blocks: tuple[Block, ...]
    header: bool = False
    align: Align = ""
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; ``caption`` stands above it."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Images (perhaps none are left) and their caption."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what is said of it."""

    name: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of terms with their descriptions."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks behind a line that opens them."""

    summary: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    label: str
    blocks: tuple[Block, ...]


Block = (
    Paragraph | Heading | CodeBlock | Quote | Items | Table | Figure | Terms | Details | Rule | Note
)
