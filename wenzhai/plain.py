"""Markdown's commonest inline forms, read by regular expressions: speed rules of the parser.

Owns text whose markup is at most simple emphasis, code and links. Whatever is not certain to come
out as the full rules would have it is left to them; tests compare the two on random documents.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml

from wenzhai.cjk import CJK_CLASS
from wenzhai.link_targets import is_local


class Piece(NamedTuple):
    """Finished inline HTML: each target that lies in this site stands as NUL in ``html``."""

    html: str
    text: str
    targets: tuple[str, ...]


# Characters that some inline rule reacts to, "!" and single "~" apart: they need company.
SPECIAL = r"\n&*<\[\]\\^_`"
_SPECIAL_CHAR = re.compile(f"[{SPECIAL}]")
# What may stand at the inner edge of emphasis: a run beside it opens and closes whatever stands on
# its other side (cjk._flanks), so pairs of runs match in the order they come.
_EDGE = f"[A-Za-z0-9{CJK_CLASS}]"
_INNER = f"(?={_EDGE})(?!\u3000)([^{SPECIAL}]+)(?<={_EDGE})(?<!\u3000)"
_CONSTRUCT = re.compile(
    rf"([^{SPECIAL}]*)(?:"
    rf"\*\*{_INNER}\*\*(?!\*)"
    rf"|\*{_INNER}\*(?!\*)"
    r"|`([^`\n ][^`\n]*)`(?!`)"
    rf"|(?<!!)\[([^{SPECIAL}]+)\]\(([^\x00-\x20\x7f\\&<()]+)\)"
    r")"
)
# Absolute addresses that normalizing leaves as they are.
STEADY_URL = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]+)?(?:/[A-Za-z0-9/_.~=+,@:?#-]*)?"
)


def plain_inline(content: str) -> Piece | None:
    """Render trimmed inline text, or return None where the full rules are needed."""
    if not _SPECIAL_CHAR.search(content):
        return None if hides_markup(content) else Piece(_escape(content), content, ())
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
        elif STEADY_URL.fullmatch(href):
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
    if not pos or _SPECIAL_CHAR.search(rest) or hides_markup(whole):
        return None
    html.append(_escape(rest))
    return Piece("".join(html), whole.strip(), tuple(targets))


def hides_markup(text: str) -> bool:
    """Tell whether text without special characters may hold a bare URL or a strikethrough."""
    return "://" in text or "www." in text or "~~" in text


def _escape(text: str) -> str:
    return escapeHtml(text) if '"' in text or ">" in text else text
