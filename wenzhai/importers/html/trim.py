"""What stands around the text within a body: its title again, credits, notices, lists of others.

The lines of the page from its headline on are labelled by the rules for plain text; blocks whose
line is no text are taken off, and what they state becomes fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenzhai.importers.hot import read_hot
from wenzhai.importers.html.headline import Headline
from wenzhai.importers.html.loose import loose_fields
from wenzhai.importers.html.reader import level_headings
from wenzhai.importers.html.shape import (
    shape_blocks,
    texts,
    without_back_link,
    without_loose_ends,
)
from wenzhai.importers.labelled import Labelled
from wenzhai.importers.labels import label_lines
from wenzhai.importers.lines import Line, Page, bare, fold
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
from wenzhai.importers.record import Field, Hot, Related, Removed
from wenzhai.importers.stated import stated_fields

HEAD_LINES = 16
TAIL_LINES = 12
LONGEST_HEAD_LINE = 160
ABOVE = 4
STATES = re.compile(
    r"(?:时间|日期|来源|作者|编辑|发布|更新|source|posted|published|by) ?:", re.IGNORECASE
)
"""Above a headline stand page clocks too: only a labelled line counts there."""
EDITED = re.compile(
    r"(?:编辑于|发布于|更新于|發佈於|编辑|发布) ?\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日? ?"
    r"(?:\d{1,2}:\d\d(?::\d\d)?)?[ ·・,|]*(?:IP ?属地[: ]*\S{2,10})?"
)
STATED_LATE = frozenset({"region", "editor"})
KEY = 14
"""Characters that tell one line from another."""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The blocks that stay, their text, what was read from the others, and what those were."""

    blocks: tuple[Block, ...]
    text: str
    fields: tuple[Field, ...] = ()
    related: tuple[Related, ...] = ()
    hot: tuple[Hot, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line to be labelled: its text, where it stood, and which block it is (None: outside)."""

    text: str
    number: int
    block: int | None = None


def trim(
    blocks: Sequence[Block],
    lines: Sequence[tuple[int, str]],
    headline: Headline,
    zone: str,
    fetched: str = "",
) -> Trimmed:
    """Take off what is no text from the blocks of a body.

    Args:
        blocks: the body's.
        lines: all that readers see of the page, with the lines of the source.
        headline: the page's title.
        zone: IANA zone of printed times.
        fetched: the moment that relative times count from, ISO 8601, or empty.
    """
    parted = [without_back_link(block) for block in blocks]
    blocks = [block for block, _ in parted]
    rows = _rows(blocks, lines, headline)
    page = _page(rows)
    labelled = label_lines(page.lines, zone)
    places = {line.origin[0]: row for line, row in zip(page.lines, rows, strict=True)}
    gone: dict[int, tuple[_Row, str]] = {}
    for item in labelled:
        row = places.get(item.line.origin[0]) if item.line.origin else None
        if row is not None and row.block is not None and _leaves(item, row):
            gone[row.block] = (row, item.reason or "date, region")
    stays = [block for at, block in enumerate(blocks) if at not in gone]
    kept, loose = without_loose_ends(level_headings(shape_blocks(stays)))
    cut = [(row.number, reason, block_text(blocks[at])) for at, (row, reason) in gone.items()]
    cut += [(0, "navigation", text) for _, text in parted if text]
    cut += [(0, "heading of nothing", text) for text in texts(loose)]
    return Trimmed(
        kept,
        "\n".join(block_text(block) for block in kept if not isinstance(block, Figure)),
        _with_loose(
            _numbered(stated_fields(labelled, (), page, zone, fetched), rows),
            lines,
            rows,
            headline,
            zone,
        ),
        tuple(Related(item.title) for item in labelled if item.kind == "related" and item.title),
        read_hot([item.line.text for item in labelled if item.kind == "hot"]),
        tuple(Removed(number, 0, 0, reason, text) for number, reason, text in cut if text),
    )


def _leaves(item: Labelled, row: _Row) -> bool:
    """Tell whether a block goes: all of it is no text, or it says when and where it was edited."""
    whole = len(item.line.text) == len(row.text)
    return (item.kind != "text" and whole) or bool(EDITED.fullmatch(fold(row.text)))


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


def _rows(
    blocks: Sequence[Block], lines: Sequence[tuple[int, str]], headline: Headline
) -> list[_Row]:
    """Put the title, the lines up to the body, the body, and those behind it in a row."""
    texts = [(at, " ".join(block_text(block).split())) for at, block in enumerate(blocks)]
    body = [
        (at, text)
        for at, text in texts
        if text and isinstance(blocks[at], Paragraph | Heading | Items | Quote)
    ]
    places = {bare(text)[:KEY]: place for place, (_, text) in reversed(list(enumerate(lines)))}
    known = {at: places[bare(text)[:KEY]] for at, text in body if bare(text)[:KEY] in places}
    prose = [known[at] for at, text in body if at in known and _is_prose(text)] or [*known.values()]
    first, last = (min(prose), max(known.values())) if prose else (len(lines), len(lines))
    titled = _title_place(lines, headline, first)
    mine = set(known.values())
    head = [
        (place, _Row(text, number))
        for place, (number, text) in enumerate(lines[titled + 1 : first], titled + 1)
        if place not in mine and _may_state(text)
    ]
    opening = [(known.get(at, -1), _Row(text, _number(lines, known, at), at)) for at, text in body]
    until = next((n for n, (place, _) in enumerate(opening) if place >= first), len(opening))
    merged = sorted([*head[:HEAD_LINES], *opening[:until]], key=lambda pair: pair[0])
    tail = [_Row(text, number) for number, text in lines[last + 1 : last + 1 + TAIL_LINES]]
    title = [_Row(headline.title, 0)] if headline.title else []
    return [*title, *(row for _, row in merged), *(row for _, row in opening[until:]), *tail]


def _may_state(text: str) -> bool:
    return len(text) <= LONGEST_HEAD_LINE and not boilerplate(text) and not opens_comments(text)


def _number(lines: Sequence[tuple[int, str]], known: dict[int, int], block: int) -> int:
    return lines[known[block]][0] if block in known else 0


def _title_place(lines: Sequence[tuple[int, str]], headline: Headline, first: int) -> int:
    """Return where the headline stands: the first time not far above the text."""
    title = bare(headline.title)
    near = max(first - HEAD_LINES - 4, 0)
    found = [
        at
        for at in range(near, min(first + 1, len(lines)))
        if title and bare(lines[at][1]) == title
    ]
    return found[0] if found else max(first - 6, 0) - 1


def _page(rows: Sequence[_Row]) -> Page:
    starts, out, at = [], [], 0
    for row in rows:
        starts.append(at)
        out.append(Line(row.text, range(at, at + len(row.text))))
        at += len(row.text) + 1
    return Page("\n".join(row.text for row in rows), tuple(starts or [0]), tuple(out), ())


def _numbered(fields: Sequence[Field], rows: Sequence[_Row]) -> tuple[Field, ...]:
    """Give each field the line of the source instead of that of the row."""
    return tuple(
        Field(
            one.name,
            one.value,
            one.written,
            rows[one.line - 1].number if one.line else 0,
            one.proposed,
        )
        for one in fields
    )


def _with_loose(
    fields: tuple[Field, ...],
    lines: Sequence[tuple[int, str]],
    rows: Sequence[_Row],
    headline: Headline,
    zone: str,
) -> tuple[Field, ...]:
    """Add what lines around the headline state among other things."""
    body = [row.text for row in rows if row.block is not None]
    first = next(
        (at for at, row in enumerate(rows) if row.block is not None and _is_prose(row.text)),
        len(rows),
    )
    behind = [(row.number, row.text) for row in rows[1:first]]
    ended = max((at for at, row in enumerate(rows) if row.block is not None), default=0)
    ends = [(row.number, row.text) for row in rows[max(ended - 2, first) :]]
    title = bare(headline.title)
    place = next((at for at, (_, text) in enumerate(lines) if title and bare(text) == title), 0)
    above = lines[max(place - ABOVE, 0) : place] if body else ()
    before = [(number, text) for number, text in above if STATES.search(fold(text))]
    known = {one.name for one in fields}
    found = loose_fields([*behind, *reversed(before)], zone, known)
    late = loose_fields(ends, zone, known | {one.name for one in found})
    return (*fields, *found, *(one for one in late if one.name in STATED_LATE))


def _is_prose(text: str) -> bool:
    return "。" in text or len(text) > LONGEST_HEAD_LINE
