"""Links and images as bodies hold them: which targets lie in this site, and where they stand.

Owns the placeholder of :class:`wenzhai.model.Reference` and the tags of raw HTML that refer.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
# Comments, scripts and styles are stepped over; any other tag is looked into.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(<(?:script|style)\b[^<>]*>)(?:.*?</(?:script|style)|.*)"
    r"|(<[A-Za-z][^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(\s(?:(href)|src|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)


def is_local(target: str) -> bool:
    """Tell whether a target lies in this site: no scheme (RFC 3986), host or bare fragment."""
    return bool(target) and _ELSEWHERE.match(target) is None


def placeholder(index: int) -> str:
    """Return what stands in HTML for the reference of that index."""
    return f"\0{index}\0"


def replace_in_tags(source: str, replace: Callable[[str, bool], str]) -> str:
    """Replace the targets in the tags of raw HTML.

    ``replace`` gets each quoted ``href``, ``src`` and ``poster`` that lies in this site, entities
    resolved, and whether it is an image (any ``src``), and returns what to put there.
    """

    def in_tag(found: re.Match[str]) -> str:
        tag = found[1] or found[2]
        return found[0] if tag is None else _ATTRIBUTE.sub(attribute, tag) + found[0][len(tag) :]

    def attribute(found: re.Match[str]) -> str:
        target = html.unescape(found[3] if found[3] is not None else found[4])
        if not is_local(target):
            return found[0]
        return f'{found[1]}"{replace(target, not found[2])}"'

    return _TAG.sub(in_tag, source)
