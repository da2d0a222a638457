"""A tree of HTML elements as the blocks of a document.

Owns the walk and what each element becomes; paragraphs, figures, lists, tables, code and notes
have modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from wenzhai.importers.html.code import beside_code, is_code_table, read_code
from wenzhai.importers.html.figures import is_caption, join_figures, read_figure
from wenzhai.importers.html.inlines import read_inlines, read_part, skip
from wenzhai.importers.html.kinds import HEADINGS, containers, mark_of, name_of, parts
from wenzhai.importers.html.lists import read_details, read_list, read_quote, read_terms
from wenzhai.importers.html.notes import find_notes
from wenzhai.importers.html.paragraphs import Around, Flow
from wenzhai.importers.html.tables import read_table
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds
from wenzhai.importers.html.walk import Walk
from wenzhai.importers.markdown.model import (
    Block,
    Figure,
    Heading,
    Inline,
    Link,
    Mark,
    Note,
    Paragraph,
    Rule,
)
from wenzhai.importers.markdown.tidy import tidy, visible_text


def read_tree(root: HtmlElement, finds: Finds) -> tuple[Block, ...]:
    """Return the blocks of a tree in reading order, the footnotes they refer to at the end."""
    notes = find_notes(root, finds)
    walk = Walk(finds, notes, containers(root))
    blocks = join_figures(read_blocks(root, walk))
    return level_headings((*blocks, *_note_blocks(walk)))


def read_blocks(
    element: HtmlElement, walk: Walk, around: Around = lambda inlines: inlines
) -> tuple[Block, ...]:
    """Return what an element holds as blocks."""
    flow = Flow(around)
    for part in parts(element):
        if isinstance(part, str) or part not in walk.containers:
            flow.waiting += read_part(part, walk.finds, walk.notes)
        else:
            flow.flush()
            flow.blocks += _read_element(part, walk, around)
    flow.flush()
    return tuple(flow.blocks)


def level_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Move headings so that the highest is the second level: the first is the title's."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    shift = 2 - min(levels, default=2)
    return tuple(
        replace(block, level=max(2, min(6, block.level + shift)))
        if isinstance(block, Heading)
        else block
        for block in blocks
    )


def _read_element(element: HtmlElement, walk: Walk, around: Around) -> Iterable[Block]:
    name = name_of(element)
    if walk.notes.is_definition(element) or skip(element, walk.finds):
        return ()
    if name in HEADINGS:
        return _heading(element, walk, around)
    if reader := _READERS.get(name):
        return reader(element, walk)
    if is_caption(element):
        return (Figure((), around(read_inlines(element, walk.finds, walk.notes))),)
    return read_blocks(element, walk, _around(element, walk, around))


def _read_one(element: HtmlElement, walk: Walk) -> tuple[Block, ...]:
    return tuple(_read_element(element, walk, lambda inlines: inlines))


def _around(element: HtmlElement, walk: Walk, around: Around) -> Around:
    """Put what an inline element around blocks means around the lines of each."""
    mark = mark_of(element)
    url = walk.finds.link(element.get("href", "")) if name_of(element) == "a" else ""
    if url:
        return lambda inlines: around((Link(url, inlines),))
    if mark in {"strong", "em", "del"}:
        return lambda inlines: around((Mark(mark, inlines),))
    return around


def _heading(element: HtmlElement, walk: Walk, around: Around) -> Iterable[Block]:
    inlines = tidy(around(read_inlines(element, walk.finds, walk.notes)))
    if not visible_text(inlines).strip():
        return (Paragraph(inlines),) if inlines else ()
    plain = tuple(_unmarked(item) for item in inlines)
    return (Heading(int(element.tag[1]), plain),)


def _unmarked(item: Inline) -> Inline:
    """A heading is strong by itself."""
    if isinstance(item, Mark) and item.tag == "strong" and len(item.children) == 1:
        return item.children[0]
    return item


def _pre(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    if any(name_of(inner) == "p" for inner in element.iter()):
        return read_blocks(element, walk)
    return _code(element, walk)


def _code(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    code, beside = read_code(element), beside_code(element)
    if beside:
        walk.finds.drop("line numbers", beside)
    return (code,) if code.text.strip() else ()


def _table(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    if is_code_table(element):
        return _code(element, walk)
    return read_table(element, walk, read_blocks)


def _list(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    return read_list(element, walk, read_blocks, _read_one)


def _rule(_element: HtmlElement, _walk: Walk) -> Iterable[Block]:
    return (Rule(),)


def _note_blocks(walk: Walk) -> Iterator[Block]:
    for label, element in walk.notes.definitions.items():
        if inner := read_blocks(element, walk):
            yield Note(label, inner)


_READERS: dict[str, Callable[[HtmlElement, Walk], Iterable[Block]]] = {
    "pre": _pre,
    "blockquote": lambda element, walk: read_quote(element, walk, read_blocks),
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "figure": lambda element, walk: read_figure(element, walk, read_blocks),
    "dl": lambda element, walk: read_terms(element, walk, read_blocks),
    "details": lambda element, walk: read_details(element, walk, read_blocks),
    "hr": _rule,
    "table": _table,
}
