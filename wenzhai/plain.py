"""Markdown's commonest forms, read by regular expressions: the speed rules of the parser.

Owns paragraphs, headings and figures of one line whose inline markup is at most simple emphasis,
code and links. Whatever is not certain to come out as the full rules would have it is left to
them; tests compare the two on random documents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import MD_TRIM_CHARS, escapeHtml
from markdown_it.token import Token

from wenzhai.cjk import CJK_CLASS
from wenzhai.link_targets import is_local

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

PLAIN_INLINE = "plain_inline"
"""A token whose ``content`` is finished HTML, ``info`` its text, ``meta["targets"]`` its links."""
PLAIN_PARAGRAPH = "plain_paragraph"
"""The same as a whole paragraph."""
PLAIN_FIGURE = "plain_figure"
"""An image with a title alone in its paragraph: attributes ``src``, ``alt`` and ``title``."""

PLAIN_LIST = "plain_list"
"""A tight bullet list without levels: ``meta["items"]`` are its pieces, one a line."""


class Piece(NamedTuple):
    """Finished inline HTML: each target that lies in this site stands as NUL in ``html``."""

    html: str
    text: str
    targets: tuple[str, ...]


# Characters that some inline rule reacts to, "!" and single "~" apart: they need company.
_SPECIAL = r"\n&*<\[\]\\^_`"
_SPECIAL_CHAR = re.compile(f"[{_SPECIAL}]")
# What may stand at the inner edge of emphasis: a run beside it opens and closes whatever stands on
# its other side (cjk._flanks), so pairs of runs match in the order they come.
_EDGE = f"[A-Za-z0-9{CJK_CLASS}]"
_INNER = f"(?={_EDGE})(?!\u3000)([^{_SPECIAL}]+)(?<={_EDGE})(?<!\u3000)"
_CONSTRUCT = re.compile(
    rf"([^{_SPECIAL}]*)(?:"
    rf"\*\*{_INNER}\*\*(?!\*)"
    rf"|\*{_INNER}\*(?!\*)"
    r"|`([^`\n ][^`\n]*)`(?!`)"
    rf"|(?<!!)\[([^{_SPECIAL}]+)\]\(([^\x00-\x20\x7f\\&<()]+)\)"
    r")"
)
# Absolute addresses that normalizing leaves as they are.
_STEADY_URL = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]+)?(?:/[A-Za-z0-9/_.~=+,@:?#-]*)?"
)
# A line that may be a block of another kind than a paragraph.
_BLOCK_START = re.compile(r"[ \t#>+<~_=|:-]|[0-9]{1,9}[.)]|```")
_LIST_MARK = re.compile(r"[-+*:~0-9]")
_HEADING = re.compile(r"(#{1,6})[ \t]+([^#\n]+)")
_FIGURE = re.compile(rf"!\[([^{_SPECIAL}]*)\]\(([^\x00-\x20\x7f\\&<()]+) \"([^\"\\&\n]+)\"\)[ \t]*")


def plain_inline(content: str) -> Piece | None:
    """Render trimmed inline text, or return None where the full rules are needed."""
    if not _SPECIAL_CHAR.search(content):
        return None if _hides_markup(content) else Piece(_escape(content), content, ())
    html: list[str] = []
    text: list[str] = []
    targets: list[str] = []
    pos = 0
    while found := _CONSTRUCT.match(content, pos):
        pos = found.end()
        gap, strong, em, code, label, href = found.groups()
        html.append(_escape(gap))
        if strong:
            html.append(f"<strong>{_escape(strong)}</strong>")
        elif em:
            html.append(f"<em>{_escape(em)}</em>")
        elif code:
            html.append(f"<code>{escapeHtml(code)}</code>")
        elif _STEADY_URL.fullmatch(href):
            html.append(f'<a href="{href}">{_escape(label)}</a>')
        elif is_local(href):
            targets.append(href)
            html.append(f'<a href="\0">{_escape(label)}</a>')
        else:
            return None
        text += gap, strong or em or code or label
    rest = content[pos:]
    whole = "".join(text) + rest
    # Markup inside a code span is none, but to refuse it here costs time only.
    if not pos or _SPECIAL_CHAR.search(rest) or _hides_markup(whole):
        return None
    html.append(_escape(rest))
    return Piece("".join(html), whole.strip(), tuple(targets))


def _hides_markup(text: str) -> bool:
    """Tell whether text without special characters may hold a bare URL or a strikethrough."""
    return "://" in text or "www." in text or "~~" in text


def _escape(text: str) -> str:
    return escapeHtml(text) if '"' in text or ">" in text else text


def plain_block(state: StateBlock, line: int) -> bool:
    """Take lines at the root of a document as a block of its own, if that is certain.

    Appends its tokens and moves ``state.line`` on, or leaves all as it was.
    """
    if state.tShift[line]:
        return False
    start, end = state.bMarks[line], state.eMarks[line]
    first = state.src[start]
    if first == "#":
        return _plain_heading(state, line, state.src[start:end])
    if first == "-":
        return _plain_list(state, line)
    if _BLOCK_START.match(state.src, start, end) or not _stands_alone(state, line):
        return False
    source = state.src[start:end]
    if first == "!" and _plain_figure(state, line, source):
        return True
    return _plain_paragraph(state, line, source.strip(MD_TRIM_CHARS))


def plain_token(kind: str, piece: Piece, line: int) -> Token:
    """Wrap finished inline HTML; ``line`` counts from 0."""
    token = _bare_token(kind, line, line + 1)
    token.content, token.info = piece.html, piece.text
    if piece.targets:
        token.meta = {"targets": piece.targets}
    return token


def _bare_token(kind: str, first: int, last: int) -> Token:
    """Make a token in a third of the time its constructor takes."""
    token = Token.__new__(Token)
    token.type, token.tag, token.nesting, token.level = kind, "", 0, 0
    token.attrs, token.meta, token.map, token.children = {}, {}, [first, last], None
    token.content = token.markup = token.info = ""
    token.block = token.hidden = False
    return token


def _stands_alone(state: StateBlock, line: int) -> bool:
    """Tell whether a blank line follows, and no definition of this line as a term after it."""
    following = line + 1
    if following >= state.lineMax:
        return True
    if not state.isEmpty(following):
        return False
    after = line + 2
    if after >= state.lineMax or state.isEmpty(after):
        return True
    return state.src[state.bMarks[after] + state.tShift[after]] not in ":~"


def _plain_paragraph(state: StateBlock, line: int, content: str) -> bool:
    piece = plain_inline(content) if content else None
    if piece is None:
        return False
    state.tokens.append(plain_token(PLAIN_PARAGRAPH, piece, line))
    state.line = line + 1
    return True


def _plain_heading(state: StateBlock, line: int, source: str) -> bool:
    found = _HEADING.fullmatch(source)
    piece = plain_inline(found[2].strip(MD_TRIM_CHARS)) if found else None
    if found is None or piece is None or not piece.text:
        return False
    tag = f"h{len(found[1])}"
    inner = plain_token(PLAIN_INLINE, piece, line)
    state.tokens += (
        Token("heading_open", tag, 1, map=[line, line + 1], block=True),
        Token("inline", "", 0, map=[line, line + 1], children=[inner]),
        Token("heading_close", tag, -1, block=True),
    )
    state.line = line + 1
    return True


def _plain_figure(state: StateBlock, line: int, source: str) -> bool:
    found = _FIGURE.fullmatch(source)
    if found is None or _hides_markup(found[1]):
        return False
    alt, src, title = found.groups()
    if not is_local(src) and not _STEADY_URL.fullmatch(src):
        return False
    attributes: dict[str, str | int | float] = {"src": src, "alt": alt, "title": title}
    state.tokens.append(Token(PLAIN_FIGURE, "", 0, attributes, map=[line, line + 1]))
    state.line = line + 1
    return True


def _plain_list(state: StateBlock, line: int) -> bool:
    pieces: list[Piece] = []
    last = line
    while last < state.lineMax and not state.isEmpty(last):
        item = _list_item(state, last)
        if item is None:
            return False
        pieces.append(item)
        last += 1
    after = state.skipEmptyLines(last)
    # An indented line would belong to the last item, a marker would make the list loose.
    if after < state.lineMax and (
        state.tShift[after] or _LIST_MARK.match(state.src, state.bMarks[after])
    ):
        return False
    token = _bare_token(PLAIN_LIST, line, last)
    token.meta = {"items": tuple(pieces)}
    state.tokens.append(token)
    state.line = last
    return True


def _list_item(state: StateBlock, line: int) -> Piece | None:
    start, end = state.bMarks[line], state.eMarks[line]
    if state.tShift[line] or not state.src.startswith("- ", start):
        return None
    if _BLOCK_START.match(state.src, start + 2, end):
        return None
    content = state.src[start + 2 : end].strip(MD_TRIM_CHARS)
    return plain_inline(content) if content else None
