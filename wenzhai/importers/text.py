"""Saved plain text becomes an article in Markdown, its front matter and the record.

Wires the steps: lines, labels, blocks, fields, and the ledger of where each character went.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from wenzhai.importers.confidence import Doubt, Outcome, weigh
from wenzhai.importers.hot import read_hot
from wenzhai.importers.labelled import Labelled
from wenzhai.importers.labels import label_lines
from wenzhai.importers.ledger import compile_removed
from wenzhai.importers.lines import Line, Page, bare, read_page
from wenzhai.importers.record import Field, Hot, Record, Related, Removed
from wenzhai.importers.stated import owners, stated_fields, stated_names
from wenzhai.importers.structure import Part, build_blocks
from wenzhai.importers.tags import TagStatistics, propose_tags
from wenzhai.importers.title import clean_title, title_start
from wenzhai.importers.urls import find_url
from wenzhai.importers.writer import Block, write_body, write_front

NO_TAGS = TagStatistics()
NO_TITLE = "the title is the file name: the text has none"
CONVERTER = "text/2"
"""The name and version of this conversion; a change of its results is a change of this."""

FRONT_KEYS = (
    ("draft", "draft"),
    ("title", "title"),
    ("author", "author"),
    ("editor", "editor"),
    ("region", "region"),
    ("source", "source"),
    ("source_url", "url"),
    ("date", "date"),
    ("updated", "updated"),
    ("added", "added"),
    ("tags", "tags"),
    ("original_title", "original_title"),
    ("summary", "summary"),
    ("kind", "kind"),
    ("lang", "lang"),
)
"""Front-matter key and the credit it comes from, in the order they are written."""
_TELLING = frozenset({"paragraph", "bullets", "numbers"})
"""Kinds of blocks that tell the article; headings and captions alone do not."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """An article made from a source: front matter in order, Markdown body, and the record.

    ``files`` are images that the source carried: path from the article, and bytes.
    """

    front: tuple[tuple[str, object], ...]
    body: str
    record: Record
    files: tuple[tuple[str, bytes], ...] = ()


def convert_text(
    text: str,
    name: str,
    today: str,
    zone: str,
    tags: TagStatistics = NO_TAGS,
    fetched: str = "",
) -> Conversion:
    """Convert a saved plain text.

    Args:
        text: the decoded source.
        name: the source's file name; its stem is the title where the text has none.
        today: the day of conversion, ISO 8601, for ``added``.
        zone: IANA zone of printed times without offset.
        tags: the site's tags, which proposals prefer.
        fetched: when it was read from the web, ISO 8601, or empty; relative times count from it.
    """
    page = read_page(text)
    labelled = label_lines(page.lines, zone)
    body = [item.line for item in labelled if item.kind == "text"]
    parts = build_blocks(body, stated_names(labelled))
    blocks = tuple(_block(part) for part in parts)
    title, cut = _title(labelled, page, name)
    fields = _fields(title, stated_fields(labelled, parts, page, zone, fetched), today)
    fields = _with_tags(fields, blocks, tags)
    removed = compile_removed(page, labelled, parts, cut)
    front = tuple((field.name, value) for field in fields if (value := _written(field, tags)))
    return Conversion(front, write_body(blocks), _record(fields, labelled, blocks, removed))


def markdown(conversion: Conversion) -> str:
    """Return the whole Markdown file of a conversion: front matter, blank line, body."""
    front = write_front(conversion.front)
    between = "\n" if front and conversion.body else ""
    return front + between + conversion.body


def _written(field: Field, site: TagStatistics) -> object:
    """Return what front matter says of a field, if anything.

    Of proposed tags it holds those that the site has; new ones wait in the record for an editor.
    """
    if field.name not in dict(FRONT_KEYS):
        return None
    if field.name == "tags" and field.proposed and isinstance(field.value, tuple):
        known = dict(site.counts)
        return tuple(tag for tag in field.value if tag in known)
    return field.value


def _record(
    fields: tuple[Field, ...],
    labelled: Sequence[Labelled],
    blocks: Sequence[Block],
    removed: tuple[Removed, ...],
) -> Record:
    return Record(
        url=next((str(field.value) for field in fields if field.name == "source_url"), ""),
        converter=CONVERTER,
        doubts=_doubts(fields, blocks, removed),
        fields=fields,
        related=tuple(
            Related(row.title) for row in labelled if row.kind == "related" and row.title
        ),
        hot=_hot(labelled),
        removed=removed,
        warnings=_warnings(fields, blocks),
    )


def _block(part: Part) -> Block:
    return Block(part.kind, tuple(line.text for line in part.lines), part.level)


def _title(labelled: Sequence[Labelled], page: Page, name: str) -> tuple[Field, tuple[Line, ...]]:
    """Return the title and the parts of its line that are none."""
    found = next((item.line for item in labelled if item.kind == "title"), None)
    if found is None:
        return _other_title(labelled, page, name), ()
    known = frozenset(_titles_elsewhere(labelled))
    names = frozenset(_publishers(labelled))
    start, end = title_start(found.text, names), clean_title(found.text, known, names)
    shown = found.text[start:end]
    return Field("title", shown, shown, page.number(found)), (found.cut(0, start), found.cut(end))


def _publishers(labelled: Sequence[Labelled]) -> Iterable[str]:
    """Names that a page may append to its title: whose it is, and ``by`` whom."""
    yield from owners(labelled)
    for credit in (credit for item in labelled for credit in item.credits):
        if credit.field == "source":
            yield from credit.values
        elif credit.field == "author":
            yield from (f"by {name}" for name in credit.values)


def _other_title(labelled: Sequence[Labelled], page: Page, name: str) -> Field:
    """Return the title that a label states, else the file's name without its date."""
    for item in labelled:
        for credit in item.credits:
            if credit.field == "title":
                return Field("title", credit.values[0], credit.written, page.number(item.line))
    stem = PurePosixPath(name).stem
    shown = re.sub(r"^\d{4}-\d\d-\d\d[-_ ]+(?=.)", "", stem)
    return Field("title", shown, "", 0, proposed=True)


def _titles_elsewhere(labelled: Sequence[Labelled]) -> Iterable[str]:
    """Lines that may repeat the title bare: rows, duplicates, and what stands before the URL."""
    for item in labelled:
        text = item.line.text
        if item.kind in {"related", "removed"}:
            yield bare(item.title or text)
        elif any(credit.field == "url" for credit in item.credits):
            url = find_url(text)
            yield bare(re.sub(r"^\S{2,6} ?[:：|｜丨] ?", "", text[: url.start()] if url else text))


def _fields(title: Field, stated: Sequence[Field], today: str) -> tuple[Field, ...]:
    """Order the fields as front matter has them; facts without a key there come last."""
    facts = {field.name: field for field in stated} | {
        "title": title,
        "added": Field("added", today),
    }
    if "original_title" in facts and facts["original_title"].value == title.value:
        del facts["original_title"]  # it says nothing new
    known = tuple(replace(facts[credit], name=key) for key, credit in FRONT_KEYS if credit in facts)
    keys = {credit for _, credit in FRONT_KEYS}
    return known + tuple(field for field in stated if field.name not in keys)


def _with_tags(
    fields: tuple[Field, ...], blocks: Sequence[Block], site: TagStatistics
) -> tuple[Field, ...]:
    """Add proposed tags where the source states none."""
    if any(field.name == "tags" for field in fields):
        return fields
    text = "\n".join(t for block in blocks if block.kind != "caption" for t in block.texts)
    title = next(str(field.value) for field in fields if field.name == "title")
    proposed = propose_tags(title, text, site)
    if not proposed:
        return fields
    at = next(i for i, field in enumerate(fields) if field.name == "added") + 1
    return (*fields[:at], Field("tags", proposed, proposed=True), *fields[at:])


def _hot(labelled: Sequence[Labelled]) -> tuple[Hot, ...]:
    return read_hot([item.line.text for item in labelled if item.kind == "hot"])


def _doubts(
    fields: Sequence[Field], blocks: Sequence[Block], removed: Sequence[Removed]
) -> tuple[Doubt, ...]:
    stated = {field.name for field in fields if not field.proposed}
    texts = [text for block in blocks if block.kind in _TELLING for text in block.texts]
    title = next(str(field.value) for field in fields if field.name == "title")
    cuts = tuple((cut.reason, cut.text) for cut in removed)
    return weigh(Outcome(title, frozenset(stated), tuple(texts), cuts))


def _warnings(fields: Sequence[Field], blocks: Sequence[Block]) -> tuple[str, ...]:
    out = []
    if any(field.name == "title" and field.proposed for field in fields):
        out.append(NO_TITLE)
    if not blocks:
        out.append("no text was found")
    return tuple(out)
