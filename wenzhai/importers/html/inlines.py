"""The inline content of a page's elements: text, links, marks, images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenzhai.cjk import is_cjk
from wenzhai.importers.html.kinds import (
    BLOCKS,
    CODE,
    EMBEDS,
    SILENT,
    is_hidden,
    mark_of,
    name_of,
    parts,
)
from wenzhai.importers.html.notes import Notes
from wenzhai.importers.html.pictures import image_source, is_pixel
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds
from wenzhai.importers.markdown.model import (
    Break,
    Code,
    Image,
    Inline,
    Link,
    Mark,
    NoteRef,
    Text,
)

BLANKS = re.compile(r"[ \t\r\n\f]+")
FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp)|https?://\S+|[\w-]{32,}", re.IGNORECASE
)
EMOJI_LENGTH = 4


def flat_text(text: str) -> Text:
    """Return text with its blanks as a browser shows them; Chinese lines join without any."""
    if "\n" not in text and "\r" not in text:
        return Text(BLANKS.sub(" ", text))
    return Text(BLANKS.sub(lambda found: _blank(found, text), text))


def _blank(found: re.Match[str], text: str) -> str:
    start, end = found.span()
    inside = start > 0 and end < len(text) and ("\n" in found[0] or "\r" in found[0])
    return "" if inside and is_cjk(text[start - 1]) and is_cjk(text[end]) else " "


def read_inlines(element: HtmlElement, finds: Finds, notes: Notes) -> tuple[Inline, ...]:
    """Return all that an element holds as inline content; blocks in it become lines."""
    return tuple(item for part in parts(element) for item in read_part(part, finds, notes))


def read_part(part: str | HtmlElement, finds: Finds, notes: Notes) -> Iterator[Inline]:
    """Yield one text or element as inline content."""
    if isinstance(part, str):
        yield flat_text(part)
        return
    name = name_of(part)
    if not name or skip(part, finds):
        return
    if name == "br":
        yield Break()
    elif name == "img":
        yield from read_image(part, finds)
    elif name == "noscript":
        yield from _without_script(part, finds)
    elif name in CODE:
        yield Code(BLANKS.sub(" ", part.text_content()))
    elif label := notes.reference(part):
        yield NoteRef(label)
    elif name == "a":
        yield from _link(part, finds, notes)
    elif name == "math" or "katex" in part.get("class", "").split():
        yield _formula(part)
    else:
        inner = read_inlines(part, finds, notes)
        mark = mark_of(part)
        lines = (Break(), *inner, Break()) if name in BLOCKS else inner
        yield from (Mark(mark, lines),) if mark else lines


def skip(element: HtmlElement, finds: Finds) -> bool:
    """Tell whether an element is no part of an article; note what goes with it."""
    name = name_of(element)
    if name == "head":
        return True
    if name in SILENT:
        finds.drop(SILENT[name])
        return True
    if name in EMBEDS:
        source = element.get("src") or element.get("data-src") or element.get("data") or ""
        shown = element.text_content() if name != "svg" else ""
        finds.drop(EMBEDS[name], f"{source} {shown}")
        return True
    if is_hidden(element):
        finds.drop("hidden", element.text_content())
        return True
    return False


def read_image(image: HtmlElement, finds: Finds) -> Iterator[Inline]:
    """Yield an image, or the character that a picture of an emoji stands for."""
    alt = BLANKS.sub(" ", image.get("alt") or "").strip()
    if "emoji" in image.get("class", "") and 0 < len(alt) <= EMOJI_LENGTH:
        yield Text(alt)
        return
    if is_pixel(image):
        finds.drop("counting pixel", image.get("src", "")[:200])
        return
    shown = "" if FILE_NAME.fullmatch(alt) else alt
    saved = image.get("src", "") if finds.local(image.get("src", "")) else ""
    source = saved or image_source(image)
    if not source:
        finds.drop("placeholder image", image.get("src", "")[:200])
    elif url := finds.image(source, shown):
        yield Image(url, shown)


def _without_script(element: HtmlElement, finds: Finds) -> Iterator[Inline]:
    """Yield the image that stands in for one that a script would have loaded."""
    parent = element.getparent()
    beside = [] if parent is None else [one for one in parent if one is not element]
    loaded = any(image_source(image) for one in beside for image in one.iter("img"))
    for image in element.iter("img"):
        if not loaded:
            yield from read_image(image, finds)
    if text := element.text_content().strip():
        finds.drop("text for readers without scripts", text)


def _link(element: HtmlElement, finds: Finds, notes: Notes) -> Iterator[Inline]:
    inner = read_inlines(element, finds, notes)
    href = element.get("href", "").strip()
    if href.startswith("#") or not href:
        yield from inner
        return
    url = finds.link(href)
    if url:
        yield Link(url, inner)
    else:
        yield from inner


def _formula(element: HtmlElement) -> Inline:
    """Return a formula as its source, where the page has that, else as its text."""
    for annotation in element.iter("annotation"):
        if "tex" in annotation.get("encoding", ""):
            return Code((annotation.text or "").strip())
    return flat_text(element.get("alttext") or element.text_content())
