"""A piece of HTML as Markdown: for every source whose text comes as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wenzhai.importers.html.reader import read_tree
from wenzhai.importers.html.tree import parse_html
from wenzhai.importers.html.values import Dropped, Finds, FoundImage, no_file
from wenzhai.importers.markdown.model import Block
from wenzhai.importers.markdown.writing import write_blocks


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown made from HTML.

    ``images`` are those it shows, in order; ``dropped`` is what it does not hold: for each the
    reason, the text or URL, and how many there were (of what has no text).
    """

    text: str
    images: tuple[FoundImage, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    blocks: tuple[Block, ...] = ()


def html_to_markdown(
    html: str, base_url: str = "", local: Callable[[str], str] = no_file
) -> Markdown:
    """Convert a page or a fragment of HTML, all of it.

    Args:
        html: the decoded text.
        base_url: what relative URLs count from; empty leaves them as they are.
        local: maps the URL of an image, as it is written, to the path of a file that stands for
            it; an empty text where there is none.
    """
    root = parse_html(html)
    if root is None:
        return Markdown("")
    finds = Finds(base_url, local)
    blocks = read_tree(root, finds)
    return Markdown(write_blocks(blocks), tuple(finds.images), gather(finds.dropped), blocks)


def gather(dropped: Iterable[Dropped]) -> tuple[Dropped, ...]:
    """Count what was left out without a text; keep each text."""
    counted: Counter[tuple[str, str]] = Counter()
    for item in dropped:
        counted[item.reason, item.text] += item.count
    return tuple(Dropped(reason, text, count) for (reason, text), count in counted.items())
