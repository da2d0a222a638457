"""The loops of markdown-it's block and inline parsers, run over the rules that may match.

Owns the order of work: which rules see a line or character, by what it starts with, and the note
of lines that too deep a nesting would drop in silence. The rules themselves are the library's.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Any

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from wenzhai.plain import plain_inline
from wenzhai.plain_blocks import inline_token, plain_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

LOST_LINES = "lost_lines"
"""The key of the environment that lists lines (from 0) below which nesting was too deep."""

_BLANKS = " \t"
_BLOCK_STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""What a line must start with for a rule to match; rules not named here see every line."""

_INLINE_STARTS = {
    "bare_url": "hHw",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The characters at which a rule can match; every rule but ``text`` must be named."""


def keep_nesting_visible(md: MarkdownIt) -> None:
    """Note the lines that the limit of nesting drops, which the library does in silence."""
    loop = partial(_tokenize_blocks, md, {}, _no_plain_block)
    md.block.tokenize = loop  # type: ignore[method-assign]  # the library has no hook here


def speed_up(md: MarkdownIt) -> None:
    """Try only the rules that can match, and the plain forms first; call it after all plugins.

    The output stays the same to the byte (tests/test_plain.py).

    Raises:
        KeyError: if an inline rule's first characters are not known.
    """
    blocks = partial(_tokenize_blocks, md, _block_rules(md), plain_block)
    md.block.tokenize = blocks  # type: ignore[method-assign]  # the library has no hook here
    md.block.parse = partial(_parse_blocks, md)  # type: ignore[method-assign]  # the same
    rules = _inline_rules(md)
    stops = re.compile(f"[{re.escape(''.join(rules))}\\]]")
    inline = partial(_tokenize_inline, rules, stops, md.options.maxNesting)
    md.inline.tokenize = inline  # type: ignore[method-assign]  # the same
    skip = partial(_skip_inline, rules, stops, md.options.maxNesting)
    md.inline.skipToken = skip  # type: ignore[method-assign]  # the same
    md.core.ruler.at("inline", _inline)


def _block_rules(md: MarkdownIt) -> Mapping[str, tuple[BlockRule, ...]]:
    """Map each ASCII character to the rules that may take a line starting with it."""
    named = list(zip(md.block.ruler.get_active_rules(), md.block.ruler.getRules(""), strict=True))
    # Indented code is asked for by its indent; see _tokenize_blocks.
    named = [(name, rule) for name, rule in named if name != "code"]
    starts = {char for chars in _BLOCK_STARTS.values() for char in chars}
    anywhere = tuple(rule for name, rule in named if name not in _BLOCK_STARTS)
    return {"": anywhere} | {
        char: tuple(rule for name, rule in named if char in _BLOCK_STARTS.get(name, char))
        for char in sorted(starts)
    }


def _inline_rules(md: MarkdownIt) -> Mapping[str, tuple[InlineRule, ...]]:
    named = zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True)
    rules: dict[str, tuple[InlineRule, ...]] = {}
    for name, rule in named:
        for char in "" if name == "text" else _INLINE_STARTS[name]:
            rules[char] = (*rules.get(char, ()), rule)
    return rules


def _no_plain_block(_state: StateBlock, _line: int) -> bool:
    return False


def _parse_blocks(
    md: MarkdownIt, src: str, _md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
) -> list[Token] | None:
    if not src:
        return None
    state = StateBlock("", md, env, tokens)
    _measure_lines(state, src)
    md.block.tokenize(state, 0, state.lineMax)
    return state.tokens


def _measure_lines(state: StateBlock, src: str) -> None:
    """Fill the state's tables of line starts, ends and indents, as its constructor would."""
    lines = src.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()
    count = len(lines) + 1
    lengths = [*map(len, lines)]
    starts = [0, *accumulate(map((1).__add__, lengths))][:-1]
    ends = [*map(add, starts, lengths)]
    shifts, indents = [0] * count, [0] * count
    if src[:1] in _BLANKS or "\n " in src or "\n\t" in src:
        _measure_indents(lines, shifts, indents)
    # One entry more simplifies the checks of bounds.
    state.bMarks, state.eMarks = [*starts, len(src)], [*ends, len(src)]
    state.tShift, state.sCount, state.bsCount = shifts, indents, [0] * count
    state.src, state.lineMax = src, count - 1


def _measure_indents(lines: list[str], shifts: list[int], indents: list[int]) -> None:
    for number, text in enumerate(lines):
        if text and text[0] in _BLANKS:
            shifts[number] = len(text) - len(text.lstrip(_BLANKS))
            indents[number] = len(text[: shifts[number]].expandtabs(4))


def _tokenize_blocks(
    md: MarkdownIt,
    rules: Mapping[str, tuple[BlockRule, ...]],
    plain: Callable[[StateBlock, int], bool],
    state: StateBlock,
    startLine: int,  # noqa: N803  # the library's name
    endLine: int,  # noqa: N803  # the library's name
) -> None:
    """Do what the library's loop does, under the same names for its states."""
    line = startLine
    saw_blank = False
    at_root = state.level == 0
    while line < endLine:
        state.line = line = state.skipEmptyLines(line)
        if line >= endLine or state.sCount[line] < state.blkIndent:
            break
        if state.level >= md.options.maxNesting:
            state.env.setdefault(LOST_LINES, []).append(line)
            state.line = endLine
            break
        if not (at_root and plain(state, line)):
            _apply_block_rule(md, rules, state, line, endLine)
        state.tight = not saw_blank
        line = state.line
        if line - 1 < endLine and state.isEmpty(line - 1):
            saw_blank = True
        if line < endLine and state.isEmpty(line):
            saw_blank = True
            line += 1
            state.line = line


def _apply_block_rule(
    md: MarkdownIt,
    rules: Mapping[str, tuple[BlockRule, ...]],
    state: StateBlock,
    line: int,
    end: int,
) -> None:
    if not rules or state.sCount[line] - state.blkIndent >= 4:  # noqa: PLR2004  # indented code
        chosen = md.block.ruler.getRules("")
    else:
        first = state.src[state.bMarks[line] + state.tShift[line]]
        chosen = rules.get(first) or rules[""]  # type: ignore[assignment]  # both are sequences
    # The paragraph rule, which is last, takes every line.
    any(rule(state, line, end, False) for rule in chosen)  # noqa: FBT003  # the rules' signature


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline" or token.children:
            continue
        if piece := plain_inline(token.content):
            token.children = [inline_token(piece)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _tokenize_inline(
    rules: Mapping[str, tuple[InlineRule, ...]],
    stops: re.Pattern[str],
    limit: int,
    state: StateInline,
) -> None:
    src, end = state.src, state.posMax
    while (pos := state.pos) < end:
        found = stops.search(src, pos, end)
        stop = found.start() if found else end
        if stop > pos:
            state.append_pending(src[pos:stop])
            state.pos = stop
            continue
        if state.level < limit and any(rule(state, False) for rule in rules.get(src[pos], ())):  # noqa: FBT003  # the rules' signature
            continue
        state.append_pending(src[state.pos])
        state.pos += 1
    if state.pending:
        state.pushPending()


def _skip_inline(
    rules: Mapping[str, tuple[InlineRule, ...]],
    stops: re.Pattern[str],
    limit: int,
    state: StateInline,
) -> None:
    """Step over one token without making it, as reading a link's label needs."""
    pos = state.pos
    if pos in state.cache:
        state.pos = state.cache[pos]
        return
    if state.level >= limit:
        # The library's own way out: it takes the rest as one token, and then one character more.
        state.pos = state.posMax + 1
    else:
        found = stops.search(state.src, pos, state.posMax)
        state.pos = found.start() if found else state.posMax
        if state.pos == pos and not _try_silently(rules.get(state.src[pos], ()), state):
            state.pos += 1
    state.cache[pos] = state.pos


def _try_silently(rules: tuple[InlineRule, ...], state: StateInline) -> bool:
    state.level += 1
    matched = any(rule(state, True) for rule in rules)  # noqa: FBT003  # the rules' signature
    state.level -= 1
    return matched
