"""Code blocks as HTML with Pygments' classes, and the style sheet that colours them.

Owns the choice of styles: a light and a dark one whose every text colour has a contrast of at
least 4.5 to 1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from markdown_it.common.utils import escapeHtml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.styles import get_style_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

LIGHT_STYLE = "xcode"
DARK_STYLE = "monokai"
_COMMENT = re.compile(r" */\*.*?\*/")


def code_block(code: str, language: str, *, colour: bool = True) -> str:
    """Return a block of code; without colours where Pygments does not know the language.

    The block can be reached by keyboard, since long lines scroll.
    """
    lexer = _lexer(language) if colour and language else None
    shown = highlight(code, lexer, _formatter()) if lexer else escapeHtml(code)
    named = f' class="language-{escapeHtml(language)}"' if language else ""
    return f'<div class="highlight"><pre tabindex="0"><code{named}>{shown}</code></pre></div>\n'


def highlight_css() -> str:
    """Return the style sheet: light, dark where the system or the reader asks for it."""
    light = "\n".join(_rules(LIGHT_STYLE, "", ()))
    plain_in_dark = [name for name in _classes(LIGHT_STYLE) if name not in _classes(DARK_STYLE)]
    system = "\n".join(
        f"  {rule}" for rule in _rules(DARK_STYLE, ":root:not([data-theme=light]) ", plain_in_dark)
    )
    reader = "\n".join(_rules(DARK_STYLE, ":root[data-theme=dark] ", plain_in_dark))
    return f"{light}\n\n@media (prefers-color-scheme: dark) {{\n{system}\n}}\n\n{reader}\n"


def _rules(style: str, scope: str, plain: Iterable[str]) -> list[str]:
    """Return a style's rules, each under ``scope``; ``plain`` are classes to undo first."""
    background = get_style_by_name(style).background_color
    text = get_style_by_name(style).style_for_token(Token)["color"] or "000000"
    block = f"{scope}.highlight"
    undone = "color: inherit; background: none; font-weight: normal; font-style: normal"
    return [
        f"{block} {{ background: {background}; color: #{text} }}",
        *(f"{block} .{name} {{ {undone} }}" for name in plain),
        *(_COMMENT.sub("", rule) for rule in _token_rules(style, block)),
    ]


def _token_rules(style: str, block: str) -> list[str]:
    formatter: HtmlFormatter[str] = HtmlFormatter(style=style)
    return list(formatter.get_token_style_defs(block))  # type: ignore[no-untyped-call]  # stubs


def _classes(style: str) -> list[str]:
    return [rule.split("{")[0].strip().removeprefix(".h .") for rule in _token_rules(style, ".h")]


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer | None:
    """Return the lexer, which keeps the code's blank lines, or None for an unknown language."""
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
