"""Where things stand in a Markdown source: lines and columns of targets that tokens do not keep.

Owns the search; it knows no token. Lines and columns count from 1 in the whole file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from wenzhai.problems import Span


@dataclass
class Source:
    """A Markdown text inside its file; ``first_line`` is the file's line at which it starts.

    Searches move forward: the same target twice in one block is found at both its places.
    """

    text: str
    path: str
    first_line: int
    _cursor: int = field(default=0, init=False)

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each line, from 0, and that of the end."""
        lengths = map(len, self.text.split("\n"))
        return [0, *accumulate(map((1).__add__, lengths))]

    def line(self, number: int) -> str:
        """Return one line by its number in the text, from 0."""
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    def span(self, number: int, column: int = 0, length: int = 1) -> Span:
        """Make a span of a line of the text (from 0) and a column (from 1, 0 for the line)."""
        return Span(self.path, self.first_line + number, column, length)

    def find(self, target: str, lines: list[int] | None) -> Span:
        """Find a target in a block's lines (first, last exclusive; from 0), else in the text.

        Where it stands nowhere as written, the span is the block's first line.
        """
        first, last = lines or (0, len(self.starts) - 1)
        begin, end = self.starts[first], self.starts[min(last, len(self.starts) - 1)]
        if begin <= self._cursor < end:
            begin = self._cursor
        offset = self._search(target, begin, end)
        if offset < 0:
            offset = self._search(target, 0, len(self.text))
            return self._at(offset, target) if offset >= 0 else self.span(first, 1)
        self._cursor = offset + len(target)
        return self._at(offset, target)

    def _search(self, target: str, begin: int, end: int) -> int:
        """Prefer a place where a target can stand to one inside a label."""
        for opening in ("](", "](<", '="', "]: "):
            if (offset := self.text.find(opening + target, begin, end)) >= 0:
                return offset + len(opening)
        return self.text.find(target, begin, end)

    def _at(self, offset: int, target: str) -> Span:
        number = bisect_right(self.starts, offset) - 1
        return self.span(number, offset - self.starts[number] + 1, len(target))
