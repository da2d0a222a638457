"""Where what was left out of a page stands in its source, as far as the source shows it verbatim.

The tree knows the line on which an element begins and no columns. A text that stands on one of the
next lines as it is seen (no tag and no entity within) has a place; others keep the line alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wenzhai.importers.record import Removed

LOOKED_AT = 4
"""Lines: an element's text often begins below its tag."""


def with_columns(removed: Iterable[Removed], source: str) -> tuple[Removed, ...]:
    """Give stretches their columns, each place to one of them; they come in order of lines."""
    lines = source.split("\n")
    ends: dict[int, int] = defaultdict(int)
    return tuple(_placed(cut, lines, ends) if cut.line > 0 and cut.text else cut for cut in removed)


def _placed(cut: Removed, lines: list[str], ends: dict[int, int]) -> Removed:
    """Find a stretch behind those that were found before it on the same line."""
    for number in _numbers(cut.line, len(lines)):
        start = lines[number - 1].find(cut.text, ends[number])
        if start >= 0:
            ends[number] = start + len(cut.text)
            return cut._replace(line=number, start=start, end=ends[number])
    return cut


def _numbers(first: int, count: int) -> Iterator[int]:
    yield from range(first, min(first + LOOKED_AT, count + 1))
