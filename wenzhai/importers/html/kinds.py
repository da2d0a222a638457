"""Which elements are blocks, which set text apart, which are no part of any article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.markdown.model import MarkTag

_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search
section summary table tbody td tfoot th thead tr ul caption optgroup
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
MARKS: dict[str, MarkTag] = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "del",
    "strike": "del",
    "del": "del",
    "sup": "sup",
    "sub": "sub",
    "kbd": "kbd",
    "mark": "mark",
    "ins": "ins",
    "ruby": "ruby",
    "rb": "rb",
    "rt": "rt",
    "rp": "rp",
}
CODE = frozenset({"code", "tt", "samp"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SILENT = {
    "script": "script",
    "style": "style",
    "template": "template",
    "link": "style",
    "meta": "metadata",
    "base": "metadata",
    "title": "metadata",
}
"""Elements whose text nobody sees, and what they are."""
EMBEDS = {
    "iframe": "embedded page",
    "object": "embedded object",
    "embed": "embedded object",
    "applet": "embedded object",
    "video": "video",
    "audio": "audio",
    "canvas": "canvas",
    "svg": "drawing",
    "map": "image map",
    "frame": "embedded page",
    "frameset": "embedded page",
    "button": "form control",
    "input": "form control",
    "select": "form control",
    "textarea": "form control",
    "datalist": "form control",
    "option": "form control",
    "progress": "form control",
    "meter": "form control",
    "dialog": "dialog",
}
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|off-?screen|element-invisible)(?:\s|$)"
)
"""Classes of what only screen readers tell: labels of images, links that skip."""
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)


def name_of(element: HtmlElement) -> str:
    """Return an element's name; comments and instructions have none."""
    return element.tag if isinstance(element.tag, str) else ""


def classes(element: HtmlElement) -> str:
    """Return an element's classes and id as one text."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether an element says of itself that it is not shown."""
    style, named = element.get("style"), element.get("class")
    if (style or named) and _hides(style or "", named or ""):
        return True
    return element.get("hidden") is not None


@lru_cache(maxsize=8192)
def _hides(style: str, named: str) -> bool:
    return bool(_HIDDEN.search(style) or _SPOKEN.search(named))


def mark_of(element: HtmlElement) -> MarkTag | None:
    """Return how an inline element sets its text apart, by its name or its style."""
    found = MARKS.get(name_of(element))
    style = element.get("style")
    if found or not style:
        return found
    if _BOLD.search(style):
        return "strong"
    return "em" if _ITALIC.search(style) else "del" if _STRUCK.search(style) else None


def containers(root: HtmlElement) -> frozenset[HtmlElement]:
    """Return the elements that are blocks or have one inside."""
    found: set[HtmlElement] = set()
    for element in root.iter():
        if name_of(element) in BLOCKS:
            found.add(element)
            above = element.getparent()
            while above is not None and above not in found:
                found.add(above)
                above = above.getparent()
    return frozenset(found)


def parts(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Yield the texts and elements that an element directly holds, in order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail
