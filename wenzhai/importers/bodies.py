"""HTML that is an article from end to end: what feeds, messages and documents hold.

Nothing around the text has to be found and cut off, as on a page; what a container states of the
article is entered afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from wenzhai.importers.confidence import Outcome, weigh
from wenzhai.importers.entries import Entry
from wenzhai.importers.html.convert import html_to_markdown
from wenzhai.importers.image_kinds import image_kind, image_path
from wenzhai.importers.markdown.model import (
    Block,
    CodeBlock,
    Details,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Quote,
    Table,
    Terms,
)
from wenzhai.importers.markdown.tidy import visible_text
from wenzhai.importers.markdown.writing import write_blocks
from wenzhai.importers.record import Field, LocalImage, Record, Removed
from wenzhai.importers.tags import TagStatistics, propose_tags
from wenzhai.importers.text import NO_TITLE, Conversion

CONVERTER = "body/2"
FRAGMENT, NEWSLETTER = ".fragment", ".newsletter"
"""Kinds of an entry whose HTML is the article; around a newsletter's stand notes to its readers."""
FURNITURE = 6
"""Blocks at either end of a newsletter among which such notes are looked for."""
LONGEST_NOTE = 200
NOTE = re.compile(
    r"退订|取消订阅|管理订阅|更改(?:订阅|邮箱)|无法(?:正常)?(?:显示|查看|阅读)|在线(?:阅读|查看)|"
    r"浏览器中(?:查看|打开|阅读)|收到(?:此|这封|本)邮件|配信(?:停止|解除)|unsubscribe|"
    r"(?:manage|update) (?:your )?(?:preferences|subscription|profile)|open in (?:your )?browser|"
    r"view (?:this )?(?:email |newsletter )?(?:in|on|online)|privacy policy|all rights reserved|"
    r"you(?:'re| are) receiving this|you received this|forwarded (?:this|to you)",
    re.IGNORECASE,
)


def convert_body(entry: Entry, name: str, today: str, tags: TagStatistics) -> Conversion:
    """Convert an entry whose content is an article's HTML in UTF-8, all of it.

    Args:
        entry: of one of the kinds of this module.
        name: its title where nothing states one.
        today: ISO 8601 day for ``added``.
        tags: the site's tags, which proposals prefer.
    """
    html = entry.content.decode("utf-8-sig", "replace")
    carried = {file.url: file.content for file in entry.files if image_kind(file.content)}
    images = {url: image_path(data, image_kind(data)) for url, data in carried.items()}
    made = html_to_markdown(html, entry.base, lambda url: images.get(url, ""))
    removed = [_removed(f"{item.reason}", item.text) for item in made.dropped]
    blocks: Sequence[Block] = made.blocks
    if entry.kind == NEWSLETTER:
        blocks, notes = _without_notes(blocks)
        removed += [_removed("page furniture", text) for text in notes]
    texts = tuple(text for block in blocks for text in texts_of(block))
    fields = [Field("title", name, proposed=True), Field("added", today)]
    if proposed := propose_tags(name, "\n".join(texts), tags):
        fields.append(Field("tags", proposed, proposed=True))
    outcome = Outcome(
        name, frozenset(), texts, tuple((cut.reason, cut.text) for cut in removed if cut.text)
    )
    record = Record(
        converter=CONVERTER,
        doubts=weigh(outcome),
        fields=tuple(fields),
        removed=tuple(removed),
        images=tuple(
            LocalImage(url, path, sha256(carried[url]).hexdigest(), len(carried[url]))
            for url, path in images.items()
        ),
        warnings=(NO_TITLE,),
    )
    front = tuple((field.name, field.value) for field in fields)
    body = made.text if blocks is made.blocks else write_blocks(blocks)
    files = {path: carried[url] for url, path in images.items()}
    return Conversion(front, body, record, tuple(files.items()))


def texts_of(block: Block) -> Iterator[str]:
    """Give the texts that a block shows, line by line."""
    if isinstance(block, Paragraph | Heading):
        yield visible_text(block.inlines)
    elif isinstance(block, CodeBlock):
        yield block.text
    elif isinstance(block, Figure):
        yield visible_text(block.caption)
    else:
        yield from (text for inner in _inner(block) for text in texts_of(inner))


def _inner(block: Block) -> Iterator[Block]:
    if isinstance(block, Quote | Note | Details):
        yield from block.blocks
    elif isinstance(block, Items):
        yield from (inner for item in block.items for inner in item)
    elif isinstance(block, Table):
        yield from (inner for row in block.rows for cell in row for inner in cell.blocks)
    elif isinstance(block, Terms):
        every = (said for term in block.terms for said in term.descriptions)
        yield from (inner for said in every for inner in said)


def _without_notes(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[str]]:
    """Leave out notes to the readers of a mail at both of its ends."""
    ends = {*range(min(2, len(blocks))), *range(max(0, len(blocks) - FURNITURE), len(blocks))}
    notes = {at: text for at in ends if (text := _note(blocks[at]))}
    if not notes or len(notes) == len(blocks):
        return blocks, []
    kept = [block for at, block in enumerate(blocks) if at not in notes]
    return kept, [notes[at] for at in sorted(notes)]


def _note(block: Block) -> str:
    text = " ".join(texts_of(block))
    return text if len(text) <= LONGEST_NOTE and NOTE.search(text) else ""


def _removed(reason: str, text: str) -> Removed:
    return Removed(0, 0, len(text), reason, text)
