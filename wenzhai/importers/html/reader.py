"""A tree of HTML elements as the blocks of a document.

Owns the walk and what each element becomes; tables, code and notes have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from wenzhai.importers.html.code import beside_code, is_code_table, read_code
from wenzhai.importers.html.inlines import read_inlines, read_part, skip
from wenzhai.importers.html.kinds import (
    HEADINGS,
    classes,
    containers,
    mark_of,
    name_of,
    parts,
)
from wenzhai.importers.html.notes import find_notes
from wenzhai.importers.html.tables import read_table
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds
from wenzhai.importers.html.walk import Walk
from wenzhai.importers.markdown.model import (
    Block,
    Break,
    Details,
    Figure,
    Heading,
    Image,
    Inline,
    Items,
    Link,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Term,
    Terms,
    Text,
)
from wenzhai.importers.markdown.tidy import tidy, visible_text

CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|figcaption|wp-caption-text|(?:img|image|pic|picture|photo|fig)[_-]?"
    r"(?:desc|description|caption|info|note|text|intro|title|source|credit|zhu|tip)s?|pictext|imgcaption|tu?shuo|"
    r"(?:pic|img)_?txt)(?:\s|$)",
    re.IGNORECASE,
)
LONGEST_CAPTION = 200
INDENT = re.compile(r"^(?:\u3000{2}|[\u2003\u00a0]{4})")
Around = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]


@dataclass(slots=True)
class _Flow:
    """Inline content that waits to become paragraphs; ``around`` are the marks outside it."""

    around: Around
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Inline] = field(default_factory=list)

    def flush(self) -> None:
        for lines in _paragraphs(self.waiting):
            if inlines := tidy(self.around(tuple(lines))):
                self.blocks.append(Paragraph(inlines))
        self.waiting.clear()


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
    flow = _Flow(around)
    for part in parts(element):
        if isinstance(part, str) or part not in walk.containers:
            flow.waiting += read_part(part, walk.finds, walk.notes)
        else:
            flow.flush()
            flow.blocks += _read_element(part, walk, around)
    flow.flush()
    return tuple(flow.blocks)


def _read_element(element: HtmlElement, walk: Walk, around: Around) -> Iterable[Block]:
    name = name_of(element)
    if walk.notes.is_definition(element) or skip(element, walk.finds):
        return ()
    if name in HEADINGS:
        return _heading(element, walk, around)
    if reader := _READERS.get(name):
        return reader(element, walk)
    if _is_caption(element):
        return (Figure((), around(read_inlines(element, walk.finds, walk.notes))),)
    return read_blocks(element, walk, _around(element, walk, around))


def _around(element: HtmlElement, walk: Walk, around: Around) -> Around:
    """Put what an inline element around blocks means around the lines of each."""
    mark = mark_of(element)
    url = walk.finds.link(element.get("href", "")) if name_of(element) == "a" else ""
    if url:
        return lambda inlines: around((Link(url, inlines),))
    if mark in {"strong", "em", "del"}:
        return lambda inlines: around((Mark(mark, inlines),))
    return around


def _paragraphs(inlines: Iterable[Inline]) -> Iterator[list[Inline]]:
    """Part content at empty lines, and at breaks before an indented line."""
    lines = _lines(inlines)
    paragraph: list[Inline] = []
    for line in lines:
        if paragraph and (_is_empty(line) or _is_indented(line)):
            yield paragraph
            paragraph = []
        if not _is_empty(line):
            paragraph += [Break(), *line] if paragraph else line
    if paragraph:
        yield paragraph


def _lines(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """Part content at its breaks, those inside marks and links too."""
    lines: list[list[Inline]] = [[]]
    for item in inlines:
        if isinstance(item, Break):
            lines.append([])
        elif isinstance(item, Mark | Link):
            first, *rest = (replace(item, children=tuple(line)) for line in _lines(item.children))
            lines[-1].append(first)
            lines += [[line] for line in rest]
        else:
            lines[-1].append(item)
    return lines


def _is_empty(line: Sequence[Inline]) -> bool:
    return not tidy(line)


def _is_indented(line: Sequence[Inline]) -> bool:
    return bool(INDENT.match(visible_text(line).lstrip(" ")))


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


def _is_caption(element: HtmlElement) -> bool:
    return (
        name_of(element) in {"p", "div", "figcaption"}
        and (name_of(element) == "figcaption" or bool(CAPTION.search(classes(element))))
        and not any(True for _ in element.iter("img", "table", "ul", "pre"))
        and len(element.text_content().strip()) <= LONGEST_CAPTION
    )


def _pre(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    if any(name_of(inner) == "p" for inner in element.iter()):
        return read_blocks(element, walk)
    return _code(element, walk)


def _code(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    code, beside = read_code(element), beside_code(element)
    if beside:
        walk.finds.drop("line numbers", beside)
    return (code,) if code.text.strip() else ()


def _quote(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    inner = read_blocks(element, walk)
    return (Quote(inner),) if inner else ()


def _list(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    items: list[tuple[Block, ...]] = []
    for child in element:
        if not name_of(child) or walk.notes.is_definition(child) or skip(child, walk.finds):
            continue
        inner = (
            read_blocks(child, walk)
            if name_of(child) == "li"
            else tuple(_read_element(child, walk, lambda i: i))
        )
        if name_of(child) == "li" or not items:
            items += [inner] if inner else []
        else:
            items[-1] += inner
    start = element.get("start", "").strip()
    first = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
    return (Items(tuple(items), first if name_of(element) == "ol" else None),) if items else ()


def _figure(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    caption = next(element.iter("figcaption"), None)
    said = tidy(read_inlines(caption, walk.finds, walk.notes)) if caption is not None else ()
    inner = read_blocks(_without(element, caption), walk)
    images = sole_images(inner)
    if images:
        return (Figure(images, said),)
    return (*inner, Figure((), said)) if said else inner


def _without(element: HtmlElement, part: HtmlElement | None) -> HtmlElement:
    """Take a part, not what follows it, out of an element."""
    if part is not None:
        part.drop_tree()
    return element


def sole_images(blocks: Sequence[Block]) -> tuple[Image, ...]:
    """Return the images, if blocks are nothing else."""
    items = [item for block in blocks if isinstance(block, Paragraph) for item in block.inlines]
    images = tuple(image for item in items if (image := _as_image(item)))
    only = all(isinstance(block, Paragraph) for block in blocks)
    blank = all(
        _as_image(item)
        or isinstance(item, Break)
        or (isinstance(item, Text) and not item.text.strip())
        for item in items
    )
    return images if only and blank else ()


def _as_image(item: Inline) -> Image | None:
    """Return an image, also one that links to its larger self."""
    if isinstance(item, Link) and len(item.children) == 1:
        return _as_image(item.children[0])
    return item if isinstance(item, Image) else None


def _terms(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    terms: list[Term] = []
    for child in element.iter("dt", "dd"):
        if child.getparent() is not element and name_of(child.getparent()) != "div":
            continue
        if walk.notes.is_definition(child) or skip(child, walk.finds):
            continue
        if name_of(child) == "dt":
            terms.append(Term(tidy(read_inlines(child, walk.finds, walk.notes)), ()))
        elif blocks := read_blocks(child, walk):
            last = terms.pop() if terms else Term((), ())
            terms.append(replace(last, descriptions=(*last.descriptions, blocks)))
    kept = tuple(term for term in terms if term.name or term.descriptions)
    return (Terms(kept),) if kept else ()


def _details(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    summary = next((child for child in element if name_of(child) == "summary"), None)
    line = tidy(read_inlines(summary, walk.finds, walk.notes)) if summary is not None else ()
    inner = read_blocks(_without(element, summary), walk)
    return (Details(line, inner),) if line else inner


def _rule(_element: HtmlElement, _walk: Walk) -> Iterable[Block]:
    return (Rule(),)


def _table(element: HtmlElement, walk: Walk) -> Iterable[Block]:
    if is_code_table(element):
        return _code(element, walk)
    return read_table(element, walk, read_blocks)


def _note_blocks(walk: Walk) -> Iterator[Block]:
    for label, element in walk.notes.definitions.items():
        if inner := read_blocks(element, walk):
            yield Note(label, inner)


def join_figures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Join a caption that stands right after images with them."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure) and not block.images and out:
            before = out[-1]
            images = sole_images([before]) or (
                before.images if isinstance(before, Figure) and not before.caption else ()
            )
            if images:
                out[-1] = Figure(images, block.caption)
                continue
        out.append(block)
    return tuple(out)


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


_READERS: dict[str, Callable[[HtmlElement, Walk], Iterable[Block]]] = {
    "pre": _pre,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "figure": _figure,
    "dl": _terms,
    "details": _details,
    "hr": _rule,
    "table": _table,
}
