"""The lines of a page that may state something of its article, in one row with the body's own.

The title comes first, then what stands between headline and text, the body, and what stands
behind it; the rules for plain text label them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from wenzhai.importers.hot import is_text_again
from wenzhai.importers.html.moments import completed
from wenzhai.importers.lines import Line, Page, bare
from wenzhai.importers.markdown.model import (
    Block,
    Figure,
    Heading,
    Items,
    Paragraph,
    Quote,
    Table,
)
from wenzhai.importers.markdown.tidy import visible_text
from wenzhai.importers.noise import boilerplate, opens_comments
from wenzhai.importers.title import may_be_title

HEAD_LINES = 16
TAIL_LINES = 12
LONGEST_HEAD_LINE = 160
REPLY = re.compile(r"第? ?\d+ ?(?:楼|樓)|楼层 ?[:：]|沙发[:：]|[Rr]e ?[:：]")
"""What heads a reply in a forum; its date and its author are not the article's."""
KEY = 14
"""Characters that tell one line from another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What readers see of a page, beside its body.

    Attributes:
        lines: all of it, with the lines of the source.
        title: the headline.
        buttons: texts of lists of single words, as pages have them to share by.
        moments: when the head says that the page changed, ISO 8601.
    """

    lines: Sequence[tuple[int, str]]
    title: str = ""
    buttons: frozenset[str] = frozenset()
    moments: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line to be labelled: its text, where it stood, and which block it is (None: outside)."""

    text: str
    number: int
    block: int | None = None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the lines of a page stand that are a block's, and between which the prose stands."""

    known: dict[int, int]
    first: int
    last: int


def block_text(block: Block) -> str:
    """Return the characters that a reader sees of a block."""
    if isinstance(block, Paragraph | Heading):
        return visible_text(block.inlines)
    if isinstance(block, Figure):
        return visible_text(block.caption)
    if isinstance(block, Quote):
        return "\n".join(map(block_text, block.blocks))
    if isinstance(block, Items):
        return "\n".join(block_text(inner) for item in block.items for inner in item)
    if isinstance(block, Table):
        return "\n".join(
            block_text(inner) for row in block.rows for cell in row for inner in cell.blocks
        )
    return getattr(block, "text", "")


def gather_rows(blocks: Sequence[Block], shown: Shown) -> list[Row]:
    """Put the title, the lines up to the body, the body, and those behind it in a row."""
    texts = [(at, " ".join(block_text(block).split())) for at, block in enumerate(blocks)]
    body = [
        (at, text)
        for at, text in texts
        if text and isinstance(blocks[at], Paragraph | Heading | Items | Quote)
    ]
    places = _places(body, shown.lines)
    rows = [Row(text, _number(shown, places, at), at) for at, text in body]
    own = list(zip(_in_order(places.known.get(at, -1) for at, _ in body), rows, strict=True))
    start = next((n for n, (place, _) in enumerate(own) if place >= places.first), len(own))
    stop = next((n for n in range(len(own), 0, -1) if own[n - 1][0] == places.last), len(own))
    title = [Row(shown.title, 0)] if shown.title else []
    head = _merged(_head(shown, places), own[:start])
    tail = _merged(_tail(shown, places), own[max(start, stop) :])
    return [*title, *head, *(row for _, row in own[start : max(start, stop)]), *tail]


def first_line(blocks: Sequence[Block]) -> str:
    """Return the line that opens a text which has no headline, if it can be one."""
    text = " ".join(block_text(blocks[0]).split()) if blocks else ""
    return text if may_be_title(text) and not is_prose(text) and len(blocks) > 1 else ""


def is_prose(text: str) -> bool:
    """Tell whether a line of a page is surely text."""
    return "。" in text or len(text) > LONGEST_HEAD_LINE


def as_page(rows: Sequence[Row]) -> Page:
    """Return rows as the page whose lines are labelled."""
    starts, out, at = [], [], 0
    for row in rows:
        starts.append(at)
        out.append(Line(row.text, range(at, at + len(row.text))))
        at += len(row.text) + 1
    return Page("\n".join(row.text for row in rows), tuple(starts or [0]), tuple(out), ())


def _places(body: Sequence[tuple[int, str]], lines: Sequence[tuple[int, str]]) -> _Places:
    found = {bare(text)[:KEY]: place for place, (_, text) in reversed(list(enumerate(lines)))}
    known = {at: found[bare(text)[:KEY]] for at, text in body if bare(text)[:KEY] in found}
    prose = [known[at] for at, text in body if at in known and is_prose(text)] or [*known.values()]
    if not prose:
        return _Places(known, len(lines), len(lines))
    return _Places(known, min(prose), max(prose))


def _in_order(places: Iterable[int]) -> Iterator[int]:
    """A block whose line is unknown, or stood above already, stands where the last one did."""
    return accumulate(places, max)


def _merged(around: Sequence[tuple[int, Row]], own: Sequence[tuple[int, Row]]) -> list[Row]:
    return [row for _, row in sorted([*around, *own], key=lambda pair: pair[0])]


def _head(shown: Shown, places: _Places) -> list[tuple[int, Row]]:
    """Return the lines between headline and text that are no block of the body."""
    titled = _title_place(shown, places.first)
    mine = set(places.known.values())
    found = [
        (place, Row(completed(text, shown.moments), number))
        for place, (number, text) in enumerate(shown.lines[titled + 1 : places.first], titled + 1)
        if place not in mine and text not in shown.buttons and _may_state(text)
    ]
    return found[:HEAD_LINES]


def _tail(shown: Shown, places: _Places) -> list[tuple[int, Row]]:
    """Return the lines behind the text; other articles' paragraphs among them say nothing."""
    mine = set(places.known.values())
    found = [
        (place, Row(text, number))
        for place, (number, text) in enumerate(shown.lines[places.last + 1 :], places.last + 1)
        if place not in mine
    ]
    ours = takewhile(lambda pair: not REPLY.search(pair[1].text), found[:TAIL_LINES])
    return [(place, row) for place, row in ours if not is_text_again(row.text)]


def _may_state(text: str) -> bool:
    return len(text) <= LONGEST_HEAD_LINE and not boilerplate(text) and not opens_comments(text)


def _number(shown: Shown, places: _Places, block: int) -> int:
    return shown.lines[places.known[block]][0] if block in places.known else 0


def _title_place(shown: Shown, first: int) -> int:
    """Return where the headline stands: the first time not far above the text."""
    title = bare(shown.title)
    near = max(first - HEAD_LINES - 4, 0)
    found = [
        at
        for at in range(near, min(first + 1, len(shown.lines)))
        if title and bare(shown.lines[at][1]) == title
    ]
    return found[0] if found else max(first - 6, 0) - 1
