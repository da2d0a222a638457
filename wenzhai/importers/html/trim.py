"""What stands around the text within a body: its title again, credits, notices, lists of others.

The lines of the page from its headline on are labelled by the rules for plain text; blocks whose
line is no text are taken off, and what they state becomes fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenzhai.importers.hot import read_hot
from wenzhai.importers.html.margins import margin_fields
from wenzhai.importers.html.reader import level_headings
from wenzhai.importers.html.rows import Row, Shown, as_page, block_text, gather_rows
from wenzhai.importers.html.shape import (
    shape_blocks,
    texts,
    without_back_link,
    without_loose_ends,
)
from wenzhai.importers.labelled import Labelled
from wenzhai.importers.labels import label_lines
from wenzhai.importers.lines import fold
from wenzhai.importers.markdown.model import Block, Figure
from wenzhai.importers.record import Field, Hot, Related, Removed
from wenzhai.importers.stated import stated_fields

EDITED = re.compile(
    r"(?:编辑于|发布于|更新于|發佈於|编辑|发布) ?\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日? ?"
    r"(?:\d{1,2}:\d\d(?::\d\d)?)?[ ·・,|]*(?:IP ?属地[: ]*\S{2,10})?"
)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The blocks that stay, their text, what was read from the others, and what those were."""

    blocks: tuple[Block, ...]
    text: str
    fields: tuple[Field, ...] = ()
    related: tuple[Related, ...] = ()
    hot: tuple[Hot, ...] = ()
    removed: tuple[Removed, ...] = ()


def trim(blocks: Sequence[Block], shown: Shown, zone: str, fetched: str = "") -> Trimmed:
    """Take off what is no text from the blocks of a body.

    Args:
        blocks: the body's.
        shown: what readers see of the page.
        zone: IANA zone of printed times.
        fetched: the moment that relative times count from, ISO 8601, or empty.
    """
    parted = [without_back_link(block) for block in blocks]
    blocks = [block for block, _ in parted]
    rows = gather_rows(blocks, shown)
    page = as_page(rows)
    labelled = label_lines(page.lines, zone)
    gone = _gone(
        labelled, {line.origin[0]: row for line, row in zip(page.lines, rows, strict=True)}
    )
    stays = [block for at, block in enumerate(blocks) if at not in gone]
    kept, loose = without_loose_ends(level_headings(shape_blocks(stays)))
    cut = [(row.number, reason, block_text(blocks[at])) for at, (row, reason) in gone.items()]
    cut += [(0, "navigation", text) for _, text in parted if text]
    cut += [(0, "heading of nothing", text) for text in texts(loose)]
    stated = _numbered(stated_fields(labelled, (), page, zone, fetched), rows)
    return Trimmed(
        kept,
        "\n".join(block_text(block) for block in kept if not isinstance(block, Figure)),
        margin_fields(stated, shown, rows, zone),
        tuple(Related(item.title) for item in labelled if item.kind == "related" and item.title),
        read_hot([item.line.text for item in labelled if item.kind == "hot"]),
        tuple(Removed(number, 0, 0, reason, text) for number, reason, text in cut if text),
    )


def _gone(labelled: Sequence[Labelled], places: dict[int, Row]) -> dict[int, tuple[Row, str]]:
    """Return the blocks that go, each with its row and the reason."""
    gone: dict[int, tuple[Row, str]] = {}
    for item in labelled:
        row = places.get(item.line.origin[0]) if item.line.origin else None
        if row is not None and row.block is not None and _leaves(item, row):
            gone[row.block] = (row, item.reason or "date, region")
    return gone


def _leaves(item: Labelled, row: Row) -> bool:
    """Tell whether a block goes: all of it is no text, or it says when and where it was edited."""
    whole = len(item.line.text) == len(row.text)
    return (item.kind != "text" and whole) or bool(EDITED.fullmatch(fold(row.text)))


def _numbered(fields: Sequence[Field], rows: Sequence[Row]) -> tuple[Field, ...]:
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
