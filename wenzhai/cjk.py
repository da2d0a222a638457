"""The markdown-it plugins that set emphasis and line breaks right beside CJK text.

Owns the flanking rules of markdown-cjk-friendly and the segment-break rules of CSS Text; knows
nothing of our documents. Each plugin changes the one parser it is given, never a shared class.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned, StateInline

from wenzhai.cjk_ranges import CJK_RANGES, HANGUL_RANGES

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

CJK_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in CJK_RANGES)
"""The CJK characters as the inside of a regular expression's character class."""

_CJK = re.compile(f"[{CJK_CLASS}]")
_HANGUL = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in HANGUL_RANGES)}]")
_IDEOGRAPHIC_SELECTOR = re.compile("[\U000e0100-\U000e01ef]")
_CURLY_QUOTES = frozenset("‘’“”")
_ZERO_WIDTH_SPACE = "\u200b"
# East Asian Width "Ambiguous" and punctuation (UAX #11), from U+2010 on.
_AMBIGUOUS_MARKS = frozenset("·‐–—―‖‘’“”†‡•․‥…‧‰′″‵※‾")
_JOINING_LANGUAGES = frozenset({"zh", "ja", "yi"})


def is_cjk(char: str) -> bool:
    """Tell whether one character is CJK: wide, full-width, half-width or Hangul."""
    return char >= "\u1100" and _CJK.match(char) is not None


def flanks(before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a run of ``*`` or ``~`` between two texts opens emphasis, and closes it."""
    direct, base = _preceding(before, len(before))
    return _flanks(direct, base, after[:1] or " ", splits=True)


def cjk_emphasis(md: MarkdownIt) -> None:
    """Let ``*``, ``_`` and ``~~`` open and close beside CJK text and punctuation.

    Follows the specification markdown-cjk-friendly; where no CJK character and no variation
    selector stands beside a run, CommonMark 0.31.2 section 6.2 holds unchanged.
    """
    # The inline parser names its state class directly, so its parse method is replaced as a whole.
    md.inline.parse = partial(_parse_inline, md)  # type: ignore[method-assign]  # see above


def cjk_breaks(md: MarkdownIt, language: str) -> None:
    """Join lines where a soft break between CJK characters would show as a space.

    Follows the segment-break rules of CSS Text (css-text-3, section 4.1.3), with full-width
    punctuation joined to anything; ``language`` is BCP 47. Korean keeps its spaces.
    """
    joins = language.partition("-")[0].lower() in _JOINING_LANGUAGES
    md.core.ruler.push("cjk_breaks", partial(_join_lines, joins))


class _CjkState(StateInline):
    """The library's inline state with the flanking rules of markdown-cjk-friendly."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803  # the library's name and signature
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        following = self.src[end] if end < self.posMax else " "
        direct, before = _preceding(self.src, start)
        opens, closes = _flanks(direct, before, following, splits=canSplitWord)
        return Scanned(opens, closes, end - start)


def _preceding(src: str, start: int) -> tuple[str, str]:
    """Return the character before a run, and the one it modifies if it is a variation selector."""
    direct = src[start - 1] if start else " "
    if "\ufe00" <= direct <= "\ufe0e" and start > 1 and not isWhiteSpace(ord(src[start - 2])):
        return direct, src[start - 2]
    return direct, direct


def _flanks(direct: str, before: str, after: str, *, splits: bool) -> tuple[bool, bool]:
    blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    if blank_before or blank_after:
        return not blank_after, not blank_before
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    if not splits:
        return mark_before, mark_after
    beside_cjk = is_cjk(after) or _ends_cjk(direct, before)
    return (
        mark_before or beside_cjk or not mark_after,
        mark_after or beside_cjk or not mark_before,
    )


def _ends_cjk(direct: str, before: str) -> bool:
    if is_cjk(before) or _IDEOGRAPHIC_SELECTOR.match(direct):
        return True
    # A curly quote with U+FE01 is the full-width form (Unicode standardised variants).
    return direct == "\ufe01" and before in _CURLY_QUOTES


@cache
def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _parse_inline(
    md: MarkdownIt, src: str, _md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
) -> list[Token]:
    state = _CjkState(src, md, env, tokens)
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


def _join_lines(joins: bool, state: StateCore) -> None:  # noqa: FBT001  # bound by partial
    for token in state.tokens:
        if token.type == "inline" and token.children and "\n" in token.content:
            token.children = [
                child
                for index, child in enumerate(token.children)
                if child.type != "softbreak"
                or not _drops_break(
                    _neighbour(token.children, index, -1),
                    _neighbour(token.children, index, 1),
                    joins=joins,
                )
            ]


def _neighbour(tokens: Sequence[Token], index: int, step: int) -> str:
    """Return the nearest visible character, looking through tags; empty where there is none."""
    index += step
    while 0 <= index < len(tokens):
        token = tokens[index]
        if token.type in {"image", "softbreak", "hardbreak", "footnote_ref"}:
            return ""
        if token.content and token.type != "html_inline":
            return token.content[0 if step > 0 else -1]
        index += step
    return ""


def _drops_break(before: str, after: str, *, joins: bool) -> bool:
    if not before or not after:
        return False
    if _ZERO_WIDTH_SPACE in (before, after):
        return True
    if _HANGUL.match(before) or _HANGUL.match(after):
        return False
    wide_before, wide_after = is_cjk(before), is_cjk(after)
    if wide_before and wide_after:
        return True
    if not wide_before and not wide_after:
        return False
    wide, other = (before, after) if wide_before else (after, before)
    return isPunctChar(wide) or (joins and other in _AMBIGUOUS_MARKS)
