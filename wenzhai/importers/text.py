"""Saved plain text becomes an article in Markdown, its front matter and the record.

Wires the steps: lines, labels, blocks, fields, and the ledger of where each character went.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from wenzhai.importers.credit import Credit
from wenzhai.importers.dates import find_date, match_relative, resolve_relative
from wenzhai.importers.hot import read_hot
from wenzhai.importers.labels import Labelled, label_lines
from wenzhai.importers.ledger import compile_removed
from wenzhai.importers.lines import Line, Page, bare, read_page
from wenzhai.importers.record import Field, Hot, Record, Related
from wenzhai.importers.structure import Part, build_blocks
from wenzhai.importers.tags import TagStatistics, propose_tags
from wenzhai.importers.title import clean_title
from wenzhai.importers.urls import find_url
from wenzhai.importers.writer import Block, write_body, write_front

NO_TAGS = TagStatistics()
CONVERTER = "text/1"
"""The name and version of this conversion; a change of its results is a change of this."""

FRONT_KEYS = (
    ("title", "title"),
    ("author", "author"),
    ("editor", "editor"),
    ("region", "region"),
    ("source", "source"),
    ("source_url", "url"),
    ("date", "date"),
    ("added", "added"),
    ("tags", "tags"),
    ("original_title", "original_title"),
    ("summary", "summary"),
    ("kind", "kind"),
)
"""Front-matter key and the credit it comes from, in the order they are written."""
LISTS = frozenset({"author", "editor", "translator", "tags"})
DATELINE = re.compile(
    r"[\u4e00-\u9fff·]{2,20}?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|電|訊) ?"
    r"[(（](?:[^()（）]{0,8})?(?:记者|記者) ?(?P<names>[\u4e00-\u9fff·]{2,6}(?:[、 "
    r"][\u4e00-\u9fff·]{2,6}){0,5})[)）]"
)
LATIN_DATELINE = re.compile(r"[A-Z][A-Za-z .]{1,30}(?:, [A-Z][A-Za-z. ]{1,20})?, (?=[A-Z][a-z]{2})")


@dataclass(frozen=True, slots=True)
class Conversion:
    """An article made from a source: front matter in order, Markdown body, and the record."""

    front: tuple[tuple[str, object], ...]
    body: str
    record: Record


def convert_text(
    text: str, name: str, today: str, zone: str, tags: TagStatistics = NO_TAGS
) -> Conversion:
    """Convert a saved plain text.

    Args:
        text: the decoded source.
        name: the source's file name; its stem is the title where the text has none.
        today: the day of conversion, ISO 8601, for ``added``.
        zone: IANA zone of printed times without offset.
        tags: the site's tags, which proposals prefer.
    """
    page = read_page(text)
    labelled = label_lines(page.lines, zone)
    parts = build_blocks([item.line for item in labelled if item.kind == "text"])
    blocks = tuple(_block(part) for part in parts)
    title, cut = _title(labelled, page, name)
    stated = _stated(labelled, parts, page, zone)
    fields = _fields(title, stated, today)
    fields = _with_tags(fields, blocks, tags)
    record = Record(
        url=next((str(field.value) for field in fields if field.name == "source_url"), ""),
        converter=CONVERTER,
        confidence=_confidence(fields, blocks),
        fields=fields,
        related=tuple(
            Related(row.title) for row in labelled if row.kind == "related" and row.title
        ),
        hot=_hot(labelled),
        removed=compile_removed(page, labelled, parts, cut),
        warnings=_warnings(fields, blocks),
    )
    front = tuple((field.name, field.value) for field in fields if field.name in dict(FRONT_KEYS))
    return Conversion(front, write_body(blocks), record)


def markdown(conversion: Conversion) -> str:
    """Return the whole Markdown file of a conversion: front matter, blank line, body."""
    front = write_front(conversion.front)
    between = "\n" if front and conversion.body else ""
    return front + between + conversion.body


def _block(part: Part) -> Block:
    return Block(part.kind, tuple(line.text for line in part.lines), part.level)


def _title(labelled: Sequence[Labelled], page: Page, name: str) -> tuple[Field, Line | None]:
    """Return the title and the part of its line that is none."""
    found = next((item.line for item in labelled if item.kind == "title"), None)
    if found is None:
        return _other_title(labelled, page, name), None
    known = frozenset(_titles_elsewhere(labelled))
    source = next((c.values[0] for i in labelled for c in i.credits if c.field == "source"), "")
    end = clean_title(found.text, known, source)
    shown = found.text[:end]
    return Field("title", shown, shown, page.number(found)), found.cut(end)


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


def _stated(
    labelled: Sequence[Labelled], parts: Sequence[Part], page: Page, zone: str
) -> tuple[Field, ...]:
    """Return every stated fact once: lists are gathered, of the rest the first counts."""
    facts = [
        (credit, page.number(item.line))
        for item in labelled
        if item.kind in {"credit", "removed"}
        for credit in item.credits
        if credit.field != "title"
    ]
    first = next((part.lines[0] for part in parts if part.kind == "paragraph"), None)
    if first:
        facts += [(credit, page.number(first)) for credit in _dateline(first.text, zone)]
    facts += _resolved(facts)
    if any(re.match("转自|转载自|轉載自", item.line.text) for item in labelled if item.credits):
        facts.append((Credit("kind", ("reprint",), ""), 0))
    if any(credit.field == "translator" for credit, _ in facts):
        facts.append((Credit("kind", ("translation",), ""), 0))
    return _gather(facts)


def _gather(facts: Sequence[tuple[Credit, int]]) -> tuple[Field, ...]:
    gathered: dict[str, Field] = {}
    for credit, line in facts:
        before = gathered.get(credit.field)
        if not credit.values or (before and credit.field not in LISTS):
            continue
        if credit.field not in LISTS:
            gathered[credit.field] = Field(credit.field, credit.values[0], credit.written, line)
            continue
        earlier = before.value if before and isinstance(before.value, tuple) else ()
        values = tuple(dict.fromkeys((*earlier, *credit.values)))
        written = f"{before.written} {credit.written}" if before else credit.written
        gathered[credit.field] = Field(
            credit.field, values, written, before.line if before else line
        )
    return tuple(gathered.values())


def _dateline(text: str, zone: str) -> tuple[Credit, ...]:
    """Names and, in English wires, the date that open the first paragraph; they stay there."""
    if found := DATELINE.match(text):
        names = tuple(re.split("[、 ]", found["names"]))
        return (Credit("author", names, found["names"]),)
    if found := LATIN_DATELINE.match(text):
        date = find_date(text[:90], zone)
        if date and date.start == found.end():
            return (Credit("date", (date.value,), text[date.start : date.end]),)
    return ()


def _resolved(facts: Sequence[tuple[Credit, int]]) -> list[tuple[Credit, int]]:
    """A relative time is a date only where the source says when it was fetched."""
    fetched = next((c.values[0] for c, _ in facts if c.field == "fetched"), "")
    if not fetched:
        return []
    for credit, line in facts:
        found = match_relative(credit.written) if credit.field == "relative" else None
        day = resolve_relative(found, fetched) if found else ""
        if day:
            return [(Credit("date", (day,), credit.written), line)]
    return []


def _fields(title: Field, stated: Sequence[Field], today: str) -> tuple[Field, ...]:
    """Order the fields as front matter has them; facts without a key there come last."""
    facts = {field.name: field for field in stated} | {
        "title": title,
        "added": Field("added", today),
    }
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


def _confidence(fields: Sequence[Field], blocks: Sequence[Block]) -> float:
    """Rate the conversion from 0 to 1: each doubt that a person should look at costs some."""
    doubts = 0.3 * any(field.name == "title" and field.proposed for field in fields)
    doubts += 0.5 * (not any(block.kind == "paragraph" for block in blocks))
    return round(1.0 - min(doubts, 0.9), 2)


def _warnings(fields: Sequence[Field], blocks: Sequence[Block]) -> tuple[str, ...]:
    out = []
    if any(field.name == "title" and field.proposed for field in fields):
        out.append("the title is the file name: the text has none")
    if not blocks:
        out.append("no text was found")
    return tuple(out)
