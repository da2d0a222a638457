"""Runs of inline content become paragraphs: at empty lines, and before indented ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from wenzhai.importers.markdown.model import Block, Break, Inline, Link, Mark, Paragraph
from wenzhai.importers.markdown.tidy import tidy, visible_text

INDENT = re.compile(r"^(?:\u3000{2}|[\u2003\u00a0]{4})")
Around = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]


@dataclass(slots=True)
class Flow:
    """Inline content that waits to become paragraphs; ``around`` are the marks outside it."""

    around: Around
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Inline] = field(default_factory=list)

    def flush(self) -> None:
        """Make paragraphs of what waits."""
        for lines in _paragraphs(self.waiting):
            if inlines := tidy(self.around(tuple(lines))):
                self.blocks.append(Paragraph(inlines))
        self.waiting.clear()


def lines_of(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """Part content at its breaks, those inside marks and links too."""
    lines: list[list[Inline]] = [[]]
    for item in inlines:
        if isinstance(item, Break):
            lines.append([])
        elif isinstance(item, Mark | Link):
            first, *rest = (replace(item, children=tuple(line)) for line in lines_of(item.children))
            lines[-1].append(first)
            lines += [[line] for line in rest]
        else:
            lines[-1].append(item)
    return lines


def _paragraphs(inlines: Iterable[Inline]) -> Iterator[list[Inline]]:
    """Part content at empty lines, and at breaks before an indented line."""
    paragraph: list[Inline] = []
    for line in lines_of(inlines):
        empty = not tidy(line)
        if paragraph and (empty or _is_indented(line)):
            yield paragraph
            paragraph = []
        if not empty:
            paragraph += [Break(), *line] if paragraph else line
    if paragraph:
        yield paragraph


def _is_indented(line: Sequence[Inline]) -> bool:
    return bool(INDENT.match(visible_text(line).lstrip(" ")))
