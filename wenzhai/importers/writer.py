"""Markdown from blocks of plain text, and front matter.

Front matter goes through a YAML dumper, never through string joining; Markdown through
:mod:`wenzhai.importers.markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import yaml

from wenzhai.importers.markdown import model
from wenzhai.importers.markdown.writing import write_blocks

_QUICK = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""Missing where PyYAML was built without libyaml."""
Kind = Literal["paragraph", "heading", "caption", "bullets", "numbers"]


class Block(NamedTuple):
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
    return f"---\n{_yaml(values)}---\n" if values else ""


def _yaml(values: Mapping[str, object]) -> str:
    """Dump by libyaml, which takes a fifth of the time, wherever PyYAML's own text is the same.

    It escapes what is shown by the other (emoji), and writes the keys of inner mappings otherwise.
    """
    if all(map(_is_flat, values.values())):
        shown = _dumped(values, _QUICK)
        if "\\" not in shown:
            return shown
    return _dumped(values, yaml.SafeDumper)


def _dumped(values: Mapping[str, object], dumper: type[yaml.SafeDumper]) -> str:
    text: str = yaml.dump(values, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def _is_flat(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str | int) for item in items)


def _block(block: Block) -> model.Block:
    if block.kind in {"bullets", "numbers"}:
        items = tuple((model.Paragraph((model.Text(text),)),) for text in block.texts)
        return model.Items(items, 1 if block.kind == "numbers" else None)
    line = (model.Text(block.texts[0]),)
    if block.kind == "heading":
        return model.Heading(block.level, line)
    return model.Figure((), line) if block.kind == "caption" else model.Paragraph(line)
