"""Markdown from blocks of plain text: what a parser renders reads exactly like the source.

Owns escaping. Front matter goes through a YAML dumper, never through string joining.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import yaml

Kind = Literal["paragraph", "heading", "caption", "bullets", "numbers"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of plain text: one text, or for lists one text an item. ``level`` is a heading's."""

    kind: Kind
    texts: tuple[str, ...]
    level: int = 0


INLINE = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?[A-Za-z0-9]+;)"
    r"|~(?=~)|(?<=~)~"
    r"|[$|^](?=.)"
    r"|==?(?==)|(?<==)="
    r"|!(?=\[)|\{(?=[.#:%{])|:(?=[A-Za-z0-9_+-]+:)"
)
"""What could mean something inside a line. ``_`` between letters or digits never does
(CommonMark 0.31, 6.2)."""
BLOCK_START = re.compile(
    r"(?P<mark>[#>+=:]|-(?=\s|-|$)|~(?=~~))|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)
"""What could open a block at the start of a line (CommonMark 0.31, 4 and 5)."""


def write_body(blocks: Iterable[Block]) -> str:
    """Return the Markdown of blocks, parted by blank lines, with a final newline if any."""
    body = "\n\n".join(_write(block) for block in blocks)
    return body + "\n" if body else ""


def write_front(front: Iterable[tuple[str, object]]) -> str:
    """Return YAML front matter between ``---`` lines.

    Texts stay texts for a reader that types nothing (PyYAML's BaseLoader) and for one that does.
    """
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in front}
    shown = yaml.dump(
        values, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return f"---\n{shown}---\n" if values else ""


def escape_text(text: str) -> str:
    """Escape a line of plain text so that Markdown renders it as it is."""
    escaped = INLINE.sub(lambda found: "".join(f"\\{char}" for char in found[0]), text.strip())
    opening = BLOCK_START.match(escaped)
    if opening and opening["mark"]:
        return "\\" + escaped
    if opening:
        return f"{opening['number']}\\{escaped[opening.start('dot') :]}"
    return escaped


def _write(block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {_heading(block.texts[0])}"
    if block.kind == "caption":
        shown = html.escape(block.texts[0].strip(), quote=False)
        return f"<figure><figcaption>{shown}</figcaption></figure>"
    if block.kind == "bullets":
        return "\n".join(f"- {escape_text(text)}" for text in block.texts)
    if block.kind == "numbers":
        return "\n".join(f"{at}. {escape_text(text)}" for at, text in enumerate(block.texts, 1))
    return escape_text(block.texts[0])


def _heading(text: str) -> str:
    """A heading's trailing number signs would be read as its closing sequence (4.2)."""
    escaped = escape_text(text)
    return re.sub(r"(?<=[ \t])#(?=#*$)", r"\\#", escaped)
