"""Which line of its source each block of a page comes from; the built site has none of it.

Read anew from the source with the same parser, by the places that markdown-it keeps.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html as markup  # type: ignore[import-untyped]  # it ships none
from markdown_it.token import Token

from wenzhai.config import MarkupSettings
from wenzhai.frontmatter import split_front_matter
from wenzhai.markup import markup_parser


def block_lines(text: str, body: str, settings: MarkupSettings, lang: str) -> list[int | None]:
    """Return the line of each top-level element of a body, in order.

    Args:
        text: the whole source, front matter included, with any line ends.
        body: the HTML that was made of it; the heading that is the title may be missing there.
        settings: how Markdown is read.
        lang: the language of the text.

    Returns:
        Lines of the file from 1; None for what stands nowhere (the section of footnotes), and for
        all where elements and blocks cannot be matched, as in a body of unbalanced raw HTML.
    """
    parts = split_front_matter(
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    )
    tokens = markup_parser(settings, lang, fast=False).parse(parts.body, {})
    found = [*_blocks(tokens, parts.body_line)]
    count = _count_elements(body)
    if len(found) == count + 1:
        found = _without_title(found)
    return [line for line, _ in found] if len(found) == count else [None] * count


def _blocks(tokens: Iterable[Token], first: int) -> Iterable[tuple[int | None, str]]:
    """Yield line and type of every top-level token that opens an element, or several."""
    in_notes = False  # whose tokens do not tell their depth
    for token in tokens:
        if token.type == "footnote_block_open":
            in_notes = True
            yield None, token.type
        elif token.level == 0 and token.nesting >= 0 and not in_notes:
            line = None if token.map is None else first + token.map[0]
            times = _count_elements(token.content) if token.type == "html_block" else 1
            yield from [(line, token.type)] * times


def _without_title(found: list[tuple[int | None, str]]) -> list[tuple[int | None, str]]:
    """Leave out the heading that the page shows as its title."""
    kinds = [kind for _, kind in found]
    place = kinds.index("heading_open") if "heading_open" in kinds else len(found)
    return found[:place] + found[place + 1 :]


def _count_elements(text: str) -> int:
    if not text.strip():
        return 0
    root = markup.fragment_fromstring(text, create_parent="div")
    return sum(isinstance(child.tag, str) for child in root)
