"""Markdown's commonest blocks, read by regular expressions: speed rules of the parser.

Owns paragraphs, headings, figures, bullet lists and quotes whose every line stands alone and holds
plain inline text. Each takes as many lines as it can at once; what is not certain is left to the
full rules, as in :mod:`wenzhai.plain`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from wenzhai.link_targets import is_local
from wenzhai.plain import SPECIAL, STEADY_URL, Piece, hides_markup, plain_inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock

PLAIN_INLINE = "plain_inline"
"""A token whose ``meta["piece"]`` is all of an inline token's content."""
PLAIN_HEADING = "plain_heading"
"""A heading of the level that ``tag`` names, its content in ``meta["piece"]``."""
PLAIN_FIGURE = "plain_figure"
"""An image with a title alone in its paragraph: attributes ``src``, ``alt`` and ``title``."""
PLAIN_PARAGRAPHS = "plain_paragraphs"
"""Paragraphs in a row: ``meta["items"]`` are (line from 0, piece), ``markup`` starts each line."""
PLAIN_LIST = "plain_list"
"""A tight bullet list without levels; the same."""
PLAIN_QUOTE = "plain_quote"
"""A quote of nothing but paragraphs; the same."""

_Item = tuple[int, Piece]

# A line that may be a block of another kind than a paragraph.
_BLOCK_START = re.compile(r"[ \t#>+<~_=|:-]|[0-9]{1,9}[.)]|```")
_LIST_MARK = re.compile(r"[-+*:~0-9]")
_HEADING = re.compile(r"(#{1,6})[ \t]+([^#\n]+)")
_FIGURE = re.compile(rf"!\[([^{SPECIAL}]*)\]\(([^\x00-\x20\x7f\\&<()]+) \"([^\"\\&\n]+)\"\)[ \t]*")


def plain_block(state: StateBlock, line: int) -> bool:
    """Take lines at the root of a document as blocks of their own, if that is certain.

    Appends its tokens and moves ``state.line`` on, or leaves all as it was.
    """
    if state.tShift[line]:
        return False
    first = state.src[state.bMarks[line]]
    rule = _RULES.get(first)
    return (rule is not None and rule(state, line)) or _plain_paragraphs(state, line)


def inline_token(piece: Piece) -> Token:
    """Wrap a piece that is all of an inline token's content."""
    token = _bare_token(PLAIN_INLINE, 0, 1)
    token.meta = {"piece": piece}
    return token


def _bare_token(kind: str, first: int, last: int) -> Token:
    """Make a token in a third of the time its constructor takes."""
    token = Token.__new__(Token)
    token.type, token.tag, token.nesting, token.level = kind, "", 0, 0
    token.attrs, token.meta, token.map, token.children = {}, {}, [first, last], None
    token.content = token.markup = token.info = ""
    token.block = token.hidden = False
    return token


def _push_items(state: StateBlock, kind: str, items: Sequence[_Item], mark: str, end: int) -> None:
    token = _bare_token(kind, items[0][0], end)
    token.meta, token.markup = {"items": items}, mark
    state.tokens.append(token)
    state.line = end


def _plain_paragraphs(state: StateBlock, line: int) -> bool:
    src, starts, ends, shifts = state.src, state.bMarks, state.eMarks, state.tShift
    items: list[_Item] = []
    current, last = line, state.lineMax
    while current < last and not shifts[current]:
        start, end = starts[current], ends[current]
        if _BLOCK_START.match(src, start, end) or not _stands_alone(state, current):
            break
        if src[start] == "!" and current > line:
            break  # it may be a figure
        piece = plain_inline(src[start:end].strip(MD_TRIM_CHARS))
        if piece is None or not piece.html:
            break
        items.append((current, piece))
        current = state.skipEmptyLines(current + 1)
    if items:
        _push_items(state, PLAIN_PARAGRAPHS, items, "", items[-1][0] + 1)
    return bool(items)


def _stands_alone(state: StateBlock, line: int) -> bool:
    """Tell whether a blank line follows, and no definition of this line as a term after it."""
    following = line + 1
    if following >= state.lineMax:
        return True
    if not _is_empty(state, following):
        return False
    after = line + 2
    if after >= state.lineMax or _is_empty(state, after):
        return True
    return state.src[state.bMarks[after] + state.tShift[after]] not in ":~"


def _is_empty(state: StateBlock, line: int) -> bool:
    return state.bMarks[line] + state.tShift[line] >= state.eMarks[line]


def _plain_heading(state: StateBlock, line: int) -> bool:
    found = _HEADING.fullmatch(state.src, state.bMarks[line], state.eMarks[line])
    piece = plain_inline(found[2].strip(MD_TRIM_CHARS)) if found else None
    if found is None or piece is None or not piece.text:
        return False
    token = _bare_token(PLAIN_HEADING, line, line + 1)
    token.tag, token.meta = f"h{len(found[1])}", {"piece": piece}
    state.tokens.append(token)
    state.line = line + 1
    return True


def _plain_figure(state: StateBlock, line: int) -> bool:
    found = _FIGURE.fullmatch(state.src, state.bMarks[line], state.eMarks[line])
    if found is None or not _stands_alone(state, line) or hides_markup(found[1]):
        return False
    alt, src, title = found.groups()
    if not is_local(src) and not STEADY_URL.fullmatch(src):
        return False
    token = _bare_token(PLAIN_FIGURE, line, line + 1)
    token.attrs = {"src": src, "alt": alt, "title": title}
    state.tokens.append(token)
    state.line = line + 1
    return True


def _plain_list(state: StateBlock, line: int) -> bool:
    items: list[_Item] = []
    last = line
    while last < state.lineMax and not _is_empty(state, last):
        piece = _marked_piece(state, last, "- ")
        if piece is None:
            return False
        items.append((last, piece))
        last += 1
    after = state.skipEmptyLines(last)
    # An indented line would belong to the last item, a marker would make the list loose.
    if after < state.lineMax and (
        state.tShift[after] or _LIST_MARK.match(state.src, state.bMarks[after])
    ):
        return False
    _push_items(state, PLAIN_LIST, items, "- ", last)
    return True


def _plain_quote(state: StateBlock, line: int) -> bool:
    items: list[_Item] = []
    last = line
    while last < state.lineMax and not _is_empty(state, last):
        if (last - line) % 2:  # every other line parts two paragraphs
            if state.src[state.bMarks[last] : state.eMarks[last]] not in {">", "> "}:
                return False
        elif piece := _marked_piece(state, last, "> "):
            items.append((last, piece))
        else:
            return False
        last += 1
    _push_items(state, PLAIN_QUOTE, items, "> ", last)
    return True


def _marked_piece(state: StateBlock, line: int, mark: str) -> Piece | None:
    """Read one line after its mark; None unless it can only be text."""
    start, end = state.bMarks[line], state.eMarks[line]
    if state.tShift[line] or not state.src.startswith(mark, start):
        return None
    if _BLOCK_START.match(state.src, start + 2, end):
        return None
    piece = plain_inline(state.src[start + 2 : end].strip(MD_TRIM_CHARS))
    return piece if piece and piece.html else None


_RULES = {"#": _plain_heading, "-": _plain_list, ">": _plain_quote, "!": _plain_figure}
"""What a line's first character may make of it besides a paragraph."""
