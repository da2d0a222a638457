"""All texts of a Word document, as its parts hold them.

mammoth makes HTML of what readers take for the text; headers, comments, formulas and what was
deleted while changes were tracked are found here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.importers.leftovers import Said
from wenzhai.xml_text import xml_text

PART = re.compile(
    r"word/(?P<name>document|comments|footnotes|endnotes|(?:header|footer)\d*)\.xml", re.ASCII
)
TEXTS = frozenset({"t", "delText"})
"""Of words, deleted words, and formulas (in a namespace of their own)."""


def document_texts(data: bytes) -> tuple[Said, ...]:
    """Return the paragraphs of a document that can be opened, named by their part.

    The pieces of a paragraph count one by one: marks of notes may stand between them.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        named = ((PART.fullmatch(name), name) for name in archive.namelist())
        found = [(part["name"], archive.read(name)) for part, name in named if part]
    return tuple(said for name, xml in found for said in _paragraphs(name, xml))


def _paragraphs(name: str, xml: bytes) -> Iterator[Said]:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for paragraph in root.iter("{*}p") if root is not None else ():
        pieces = tuple(_pieces(paragraph))
        if pieces:
            yield Said(name, "".join(pieces), pieces)


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """Give a paragraph's texts, but not those of paragraphs in it, as a text box has them."""
    for element in paragraph.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        local = tag.rpartition("}")[2]
        if local in TEXTS and element.text and next(element.iterancestors("{*}p")) is paragraph:
            yield xml_text(element.text)
