"""Text becomes a tree of HTML elements, whatever is wrong with it.

Owns the limits of parsing: nothing is loaded, no entity grows, and deep nesting is made shallow,
for the parser drops all that lies deeper than 256 elements.
"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from lxml import html as lxml_html
from lxml.html import HtmlElement  # type: ignore[import-untyped]  # the same

__all__ = ["HtmlElement", "parse_html"]

DEEPEST = 120
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
_ENDS = re.compile(r"</(?:[Hh][Tt][Mm][Ll]|[Bb][Oo][Dd][Yy])[ \t]*>")
"""A page that was put together of parts may end in its middle; browsers show what follows."""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?P<rest>[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905  # reads better
)


def parse_html(text: str) -> HtmlElement | None:
    """Parse a page or a fragment; None where there is no element in it."""
    cleaned = _FORBIDDEN.sub("", _DECLARED.sub("", text, count=1)).replace("\f", " ")
    cleaned = _ENDS.sub("", cleaned)
    root, complete = _parse(cleaned)
    return root if complete else _parse(_shallow(cleaned))[0]


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the tree and whether all of the text is in it."""
    parser = lxml_html.HTMLParser(huge_tree=False, remove_pis=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(
            text.encode("utf-8"), parser=parser, ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, not any("depth" in entry.message for entry in parser.error_log)
    return root, not any("depth" in entry.message for entry in parser.error_log)


def _shallow(text: str) -> str:
    """Leave out elements that lie too deep, and their ends; what they hold stays."""
    out: list[str] = []
    open_names: list[str] = []
    deep: list[str] = []
    at = 0
    for found in _TAG.finditer(text):
        name = (found["name"] or "").lower()
        out.append(text[at : found.start()])
        at = found.end()
        if _stays(name, found, open_names, deep):
            out.append(found[0])
    out.append(text[at:])
    return "".join(out)


def _stays(name: str, found: re.Match[str], open_names: list[str], deep: list[str]) -> bool:
    """Tell whether a tag stays; follow which elements are open."""
    if not name or name in VOID or found["rest"].endswith("/"):
        return True
    if not found["close"]:
        keep = len(open_names) < DEEPEST
        (open_names if keep else deep).append(name)
        return keep
    if deep and deep[-1] == name:
        deep.pop()
        return False
    if deep:
        return False
    if open_names and open_names[-1] == name:
        open_names.pop()
    return True
