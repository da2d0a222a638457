"""Markdown from blocks of plain text, and front matter.

Front matter goes through a YAML dumper, never through string joining; Markdown through
:mod:`wenzhai.importers.markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import yaml

from wenzhai.importers.markdown import model
from wenzhai.importers.markdown.writing import write_blocks

Kind = Literal["paragraph", "heading", "caption", "bullets", "numbers"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of plain text: one text, or for lists one text an item. ``level`` is a heading's."""

    kind: Kind
    texts: tuple[str, ...]
    level: int = 0


def write_body(blocks: Iterable[Block]) -> str:
    """Return the Markdown of blocks, parted by blank lines, with a final newline if any."""
    return write_blocks(_block(block) for block in blocks)


def write_front(front: Iterable[tuple[str, object]]) -> str:
    """Return YAML front matter between ``---`` lines.

    Texts stay texts for a reader that types nothing (PyYAML's BaseLoader) and for one that does.
    """
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in front}
    shown = yaml.dump(
        values, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return f"---\n{shown}---\n" if values else ""


def _block(block: Block) -> model.Block:
    if block.kind in {"bullets", "numbers"}:
        items = tuple((model.Paragraph((model.Text(text),)),) for text in block.texts)
        return model.Items(items, 1 if block.kind == "numbers" else None)
    line = (model.Text(block.texts[0]),)
    if block.kind == "heading":
        return model.Heading(block.level, line)
    return model.Figure((), line) if block.kind == "caption" else model.Paragraph(line)
