"""The last touch to a body's blocks: captions join their images, bold lines become headings.

Pages mark both by looks alone, so what a block is shows only beside its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenzhai.importers.caption_sources import Evidence, gather_evidence
from wenzhai.importers.captions import find_caption
from wenzhai.importers.html.reader import sole_images
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

BACK_LINK = re.compile(r"\s*(?:返回[^。,，]{1,10}[,，]? ?查看更多|查看更多|展开全文|Read more)\s*")
ENDS = re.compile(r"[。！？!?；;，,：:…]$")
LONGEST_HEADING = 30
LONGEST_CAPTION = 120


def shape_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with captions at their images and headings where bold lines stood for them."""
    evidence = gather_evidence(visible_text(b.inlines) for b in blocks if isinstance(b, Paragraph))
    joined = _with_captions(blocks, evidence)
    if any(isinstance(block, Heading) for block in joined):
        return joined
    return tuple(_heading(joined, at) for at in range(len(joined)))


def _with_captions(blocks: Sequence[Block], evidence: Evidence) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        images = sole_images([before]) if isinstance(before, Paragraph) else ()
        if images and isinstance(block, Paragraph) and _is_caption(block, evidence):
            out[-1] = Figure(images, block.inlines)
        else:
            out.append(block)
    return tuple(out)


def _is_caption(block: Paragraph, evidence: Evidence) -> bool:
    text = visible_text(block.inlines).strip()
    found = find_caption(text, evidence) if 0 < len(text) <= LONGEST_CAPTION else None
    return found is not None and found[0] == 0 and found[1] >= len(text)


def _heading(blocks: Sequence[Block], at: int) -> Block:
    """Return a bold line before a paragraph as a heading, any other block as it is."""
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(block, Paragraph) or len(block.inlines) != 1 or following is None:
        return block
    mark = block.inlines[0]
    text = visible_text(block.inlines)
    bold = isinstance(mark, Mark) and mark.tag == "strong"
    short = 1 < len(text) <= LONGEST_HEADING and not ENDS.search(text)
    apart = not isinstance(following, Paragraph) or not _is_bold(following)
    return (
        Heading(2, mark.children) if isinstance(mark, Mark) and bold and short and apart else block
    )


def _is_bold(block: Paragraph) -> bool:
    first = block.inlines[0] if block.inlines else None
    return len(block.inlines) == 1 and isinstance(first, Mark) and first.tag == "strong"


def without_back_link(block: Block) -> tuple[Block, str]:
    """Cut a link that leads back to a site off a paragraph; return the rest and the link's text."""
    if not isinstance(block, Paragraph) or not block.inlines:
        return block, ""
    last: Inline = block.inlines[-1]
    text = visible_text((last,))
    if not isinstance(last, Link) or not BACK_LINK.fullmatch(text):
        return block, ""
    return Paragraph(tidy(block.inlines[:-1])), text.strip()


def without_loose_ends(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Take off lines and headings behind which nothing stands; return what stays and what goes."""
    notes = [block for block in blocks if isinstance(block, Note)]
    rest = [block for block in blocks if not isinstance(block, Note)]
    gone: list[Block] = []
    while rest and isinstance(rest[-1], Rule | Heading):
        gone.append(rest.pop())
    while rest and isinstance(rest[0], Rule):
        gone.append(rest.pop(0))
    return (*rest, *notes), tuple(gone)


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the texts of headings among blocks."""
    return (visible_text(block.inlines) for block in blocks if isinstance(block, Heading))
