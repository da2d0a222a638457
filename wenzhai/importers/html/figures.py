"""Figures: images with the captions that stand in, right behind, or for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wenzhai.importers.html.inlines import read_inlines
from wenzhai.importers.html.kinds import classes, name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.walk import Reader, Walk
from wenzhai.importers.markdown.model import (
    Block,
    Break,
    Figure,
    Image,
    Inline,
    Link,
    Paragraph,
    Text,
)
from wenzhai.importers.markdown.tidy import tidy

CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|figcaption|wp-caption-text|(?:img|image|pic|picture|photo|fig)[_-]?"
    r"(?:desc|description|caption|info|note|text|intro|title|source|credit|zhu|tip)s?|pictext|imgcaption|tu?shuo|"
    r"(?:pic|img)_?txt)(?:\s|$)",
    re.IGNORECASE,
)
LONGEST_CAPTION = 200


def is_caption(element: HtmlElement) -> bool:
    """Tell whether an element is named like a caption and short enough for one."""
    return (
        name_of(element) in {"p", "div", "figcaption"}
        and (name_of(element) == "figcaption" or bool(CAPTION.search(classes(element))))
        and not any(True for _ in element.iter("img", "table", "ul", "pre"))
        and len(element.text_content().strip()) <= LONGEST_CAPTION
    )


def read_figure(element: HtmlElement, walk: Walk, read: Reader) -> Iterable[Block]:
    """Read a ``figure``: its images with its caption, or what else it holds, the caption last."""
    caption = next(element.iter("figcaption"), None)
    said = tidy(read_inlines(caption, walk.finds, walk.notes)) if caption is not None else ()
    if caption is not None:
        caption.drop_tree()
    inner = read(element, walk)
    images = sole_images(inner)
    if images:
        return (Figure(images, said),)
    return (*inner, Figure((), said)) if said else inner


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


def join_figures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Join a caption that stands right after images with them."""
    out: list[Block] = []
    for block in blocks:
        images = _waiting_images(out) if isinstance(block, Figure) and not block.images else ()
        if images and isinstance(block, Figure):
            out[-1] = Figure(images, block.caption)
        else:
            out.append(block)
    return tuple(out)


def _waiting_images(out: Sequence[Block]) -> tuple[Image, ...]:
    """Return the images of the last block, if they have no caption yet."""
    if not out:
        return ()
    last = out[-1]
    return sole_images([last]) or (
        last.images if isinstance(last, Figure) and not last.caption else ()
    )


def _as_image(item: Inline) -> Image | None:
    """Return an image, also one that links to its larger self."""
    if isinstance(item, Link) and len(item.children) == 1:
        return _as_image(item.children[0])
    return item if isinstance(item, Image) else None
