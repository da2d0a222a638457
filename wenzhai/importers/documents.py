"""Word documents (.docx): mammoth turns styles into HTML, and images stay with the text."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError
from typing import Any
from xml.parsers.expat import ExpatError

from wenzhai.importers.bodies import FRAGMENT
from wenzhai.importers.document_texts import document_texts
from wenzhai.importers.entries import Embedded, Entry
from wenzhai.importers.extras import missing_extra
from wenzhai.importers.leftovers import html_lines, left_over
from wenzhai.importers.plain_html import plain_text
from wenzhai.importers.record import Field
from wenzhai.problems import Problem, Span, problem
from wenzhai.xml_text import xml_text

CONVERTER = "docx/1"
STYLES = """\
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='caption'] => p.caption:fresh
"""
MOST_BYTES = 200_000_000
"""Of all parts of a document, unpacked."""
MOST_XML = 30_000_000
"""Of one part with text; its tree takes twenty times as much memory."""
_BROKEN = (
    EOFError,
    LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
TITLE = re.compile(r"<h1(?P<style>[^>]*)>(?P<title>.*?)</h1>", re.DOTALL)
FIRST = re.compile(r"\s*(?:<p>\s*</p>\s*)*")
LONE = re.compile(r"<p>(?:<strong>)?(?P<title>(?:(?!</?p>|<img|<br).){2,200}?)(?:</strong>)?</p>")
LONGEST_TITLE = 40
SENTENCE = re.compile(r"[。！？!?；;：:.]$")


def read_document(data: bytes, path: str) -> Entry | Problem:
    """Read a Word document.

    Problem codes: E730 package missing, E748 cannot be read.
    """
    if missing := missing_extra("docx", "mammoth", path=path):
        return missing
    import mammoth  # noqa: PLC0415  # an extra

    if fault := _fault(data):
        return problem("E748", Span(path), reason=fault)
    files: list[Embedded] = []

    def keep(image: Any) -> dict[str, str]:  # noqa: ANN401  # mammoth has no types
        with image.open() as opened:
            files.append(Embedded(f"embedded:{len(files) + 1}", opened.read()))
        return {"src": files[-1].url}

    try:
        made = mammoth.convert_to_html(
            BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(keep)
        )
    except (KeyError, ValueError, OSError, AttributeError, RecursionError, ExpatError) as error:
        return problem("E748", Span(path), reason=" ".join(str(error).split()) or type(error))
    title, body = _titled(made.value)
    facts = (Field("title", title, title),) if title else ()
    kept = ("".join(html_lines(xml_text(made.value))),)
    removed = tuple(left_over(document_texts(data), kept, "document part"))
    content = xml_text(body).encode()
    return Entry(path, title, FRAGMENT, content, facts, files=tuple(files), removed=removed)


def _fault(data: bytes) -> str:
    """Say why bytes are no document that may be opened, or nothing."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            rows = archive.infolist()
            if sum(row.file_size for row in rows) > MOST_BYTES:
                return f"more than {MOST_BYTES // 1_000_000} MB unpacked"
            if any(row.file_size > MOST_XML and row.filename.endswith(".xml") for row in rows):
                return f"more than {MOST_XML // 1_000_000} MB of text"
            if archive.testzip():
                return "damaged"
            parts = archive.namelist()
    except _BROKEN as error:
        return str(error) or "cut short"
    return "" if "[Content_Types].xml" in parts else "no Word document"


def _titled(html: str) -> tuple[str, str]:
    """Part the title from the text: a heading at its head, else a short first line."""
    found = next((one for one in TITLE.finditer(html) if "title" in one["style"]), None)
    start = FIRST.match(html)
    at = start.end() if start else 0
    found = found or TITLE.match(html, at)
    if found is None:
        found = LONE.match(html, at)
        title = plain_text(found["title"]) if found else ""
        if not found or len(title) > LONGEST_TITLE or SENTENCE.search(title):
            return "", html
    return plain_text(found["title"]), html[: found.start()] + html[found.end() :]
