"""Bodies outside their page: owns how references are filled in and what feed HTML may hold."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from wenzhai.xml_text import xml_text

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

# A reader can follow these from anywhere; a prefix would break them.
_KEPT = re.compile(r"#|//|[A-Za-z][A-Za-z0-9+.\-]*:")

_TAG = re.compile(r"<[^>]*>")
_PLAIN_TAG = re.compile(
    r"""</(?!(?:html|head|body)\b)[a-z][a-z0-9]*>|<
    (?!(?:script|style|iframe|form|input|button|select|textarea|object|embed|applet|link|meta|base
         |frame|frameset|template|noscript|source|svg|math|html|head|body)\b)
    [a-z][a-z0-9]*
    (?:\ (?:class|id|title|alt|lang|dir|width|height|start|colspan|rowspan|scope|loading|decoding
           |datetime|role|rel|type|name|target|tabindex|aria-[a-z]+|data-[a-z-]+)="[^"<>]*"
      |\ style="text-align:\ ?(?:left|right|center);?"
      |\ (?:href|src|cite)="(?:https?://|mailto:|tel:)[^"<>\s]*"
      |\ href="\#[^"<>\s]*"
    )*\ ?/?>""",
    re.VERBOSE,
)
_FRAME_TAG = re.compile(r"</?(?:html|head|body)\b[^>]*>", re.IGNORECASE)

_DROPPED = re.compile(
    "script|style|object|embed|applet|frame|frameset|template|button|select|textarea|link|meta|base"
)
_UNWRAPPED = ("form", "noscript")
_ADDRESSES = ("href", "src", "cite", "poster", "longdesc", "background", "xlink:href")
_LOST = re.compile("on.*|action|formaction|ping|srcdoc|srcset|sizes|usemap|image(?:sizes|srcset)")
_SCHEMES = ("http", "https", "mailto", "tel", "ftp", "magnet")
_STYLE = re.compile(r"\s*text-align:\s*(?:left|right|center)\s*;?\s*")


def fill(html: str, targets: tuple[str, ...], root: str = "") -> str:
    """Put targets in the place of a body's placeholders (see :class:`wenzhai.model.Reference`).

    Args:
        html: a body in which reference N stands as ``NUL N NUL``.
        targets: the address of each reference, by its number.
        root: what leads to the site's root; it precedes targets relative to that root.
            Absolute URLs and fragments stay as they are.
    """
    if "\0" not in html:
        return html
    pieces = html.split("\0")
    pieces[1::2] = [_placed(targets[int(number)], root) for number in pieces[1::2]]
    return "".join(pieces)


def feed_html(html: str, targets: tuple[str, ...], url: str) -> str:
    """Return a body as a feed may carry it: it works away from its page and runs nothing.

    Fragments and other relative references are made absolute against ``url``; scripts, styles,
    frames, forms and event handlers go (an iframe leaves a link, a check box its mark); so do the
    characters that XML forbids.
    """
    filled = xml_text(fill(html, targets))
    tags = set(_TAG.findall(filled))
    if not all(map(_is_plain, tags)):
        return _cleaned(filled, url)
    page = f'href="{escape(url)}#'
    for tag in sorted(tag for tag in tags if 'href="#' in tag):
        filled = filled.replace(tag, tag.replace('href="#', page))
    return filled


@lru_cache(maxsize=4096)  # nearly all texts use the same few dozen
def _is_plain(tag: str) -> bool:
    return _PLAIN_TAG.fullmatch(tag) is not None


def _placed(target: str, root: str) -> str:
    return escape(target if _KEPT.match(target) else root + target)


def _cleaned(html: str, url: str) -> str:
    """Clean what is more than the plain tags that Markdown makes, by way of a real parser."""
    from lxml import etree  # noqa: PLC0415  # slow to import, and pages need only fill()
    from lxml import html as markup  # noqa: PLC0415  # the same

    frame = "<!doctype html><html><body>" + _FRAME_TAG.sub("", html) + "</body></html>"
    # Without huge_tree, text below 255 levels is lost silently; with it, below 2,048 and reported.
    parser = markup.HTMLParser(huge_tree=True)
    body = markup.document_fromstring(frame, parser=parser).find("body")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        return escape(_TAG.sub("", html), quote=False)
    for element in list(body.iter()):
        _clean_element(element, url)
    parts = [escape(body.text or "", quote=False)]
    parts += [markup.tostring(child, encoding="unicode") for child in body]
    return xml_text("".join(parts))


def _clean_element(element: etree._Element, url: str) -> None:
    if element.getparent() is None or element.tag == "body":
        return
    if not isinstance(element.tag, str) or _DROPPED.fullmatch(element.tag):  # comments have no name
        element.drop_tree()
    elif element.tag in _UNWRAPPED:
        element.drop_tag()
    elif element.tag == "iframe":
        _leave_link(element, url)
    elif element.tag == "input":
        _leave_mark(element)
    else:
        _clean_attributes(element, url)
        if element.tag == "source" and "src" not in element.attrib:
            element.drop_tag()  # libxml2 takes what follows for its content


def _leave_link(frame: etree._Element, url: str) -> None:
    """Turn an iframe into a link, so that a reader learns what was there."""
    source = frame.get("src", "")
    target = _absolute(source, url, "iframe") if source else None
    frame.attrib.clear()
    frame.text = target
    for child in list(frame):
        frame.remove(child)
    frame.tag = "a"
    if target is None:
        frame.drop_tree()
    else:
        frame.set("href", target)


def _leave_mark(control: etree._Element) -> None:
    """Turn a task list's check box into its mark; other controls go."""
    if control.get("type", "").lower() == "checkbox":
        control.tail = ("☑" if "checked" in control.attrib else "☐") + (control.tail or "")
    control.drop_tree()


def _clean_attributes(element: etree._Element, url: str) -> None:
    for name, value in element.attrib.items():
        lower = name.lower()
        if _LOST.fullmatch(lower):
            del element.attrib[name]
        elif lower == "style":
            if not _STYLE.fullmatch(value):
                del element.attrib[name]
        elif lower in _ADDRESSES:
            target = _absolute(value, url, element.tag)
            if target is None:
                del element.attrib[name]
            else:
                element.set(name, target)


def _absolute(value: str, url: str, tag: str) -> str | None:
    """Resolve a reference against its page; None if nothing outside the page may follow it."""
    value = re.sub(r"[\x00-\x1f\x7f]", "", value).strip()  # browsers ignore them in "java\tscript:"
    if tag == "img" and value[:11].lower() == "data:image/":
        return value
    try:
        target = urljoin(url, value)
        scheme = urlsplit(target).scheme
    except ValueError:  # such as an unclosed bracket in the host
        return None
    return target if scheme in _SCHEMES else None
