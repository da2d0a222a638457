"""Body, front matter and record hold all that a source says, whatever its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html import unescape
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from made_sources import Source, atom, document, json_feed, mail, pdf_file, rss

from wenzhai.config import MarkupSettings
from wenzhai.importers import bodies, documents, feeds, json_feeds, messages, pdf, pdf_text, reading
from wenzhai.importers.formats import is_container, split_source
from wenzhai.importers.html.convert import Markdown
from wenzhai.importers.html.tree import parse_html
from wenzhai.importers.leftovers import squeezed, written
from wenzhai.importers.pdf_text import PdfText
from wenzhai.importers.reading import convert_bytes, convert_entry
from wenzhai.importers.text import Conversion
from wenzhai.markup import render_markdown
from wenzhai.problems import Problem

TODAY, ZONE = "2026-01-02", "Asia/Shanghai"


def conversions(data: bytes, name: str) -> list[Conversion]:
    """Convert a source, or the entries of one; one without any word is no article."""
    if not is_container(name):
        made = convert_bytes(data, name, TODAY, ZONE)
        return [] if isinstance(made, Problem) else [made]
    found = split_source(data, name)
    assert not isinstance(found, Problem), found
    every = [convert_entry(entry, name, TODAY, ZONE) for entry in found]
    return [made for made in every if isinstance(made, Conversion)]


def held(made: Conversion) -> list[str]:
    """Return all texts of a conversion as readers see them; the record may hold HTML as it is."""
    doc, _ = render_markdown(made.body, "a.md", 1, MarkupSettings(highlight=False), "zh")
    root = parse_html(doc.html)
    shown = "" if root is None else root.text_content()
    left_out = [cut.text for cut in made.record.removed]
    return [shown, *written(made.record.fields), *left_out, *map(unescape, left_out)]


def missing(texts: tuple[str, ...], made: Conversion) -> list[str]:
    """Return the texts that a conversion holds neither whole nor in pieces."""
    pieces = held(made)
    whole = "\n".join(map(squeezed, pieces))
    rest = Counter("".join(pieces))
    return [
        text for text in texts if squeezed(text) not in whole and Counter(squeezed(text)) - rest
    ]


def loses_nothing(source: Source, name: str) -> None:
    for made in conversions(source.data, name):
        assert missing(source.texts, made) == []


FORMS: dict[str, st.SearchStrategy[Source]] = {
    "a.rss": rss(),
    "a.atom": atom(),
    "a.json": json_feed(),
    "a.eml": mail(),
    "a.docx": document(),
    "a.pdf": pdf_file(),
}


@pytest.mark.parametrize("name", FORMS)
def test_nothing_of_a_source_is_lost(name: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(FORMS[name])
    def every(source: Source) -> None:
        loses_nothing(source, name)

    every()


def nothing(*_: object) -> tuple[()]:
    return ()


def unrecorded(read: Callable[..., PdfText]) -> Callable[..., PdfText]:
    return lambda lines: PdfText(read(lines).blocks, ())


def cut_short(convert: Callable[..., Conversion]) -> Callable[..., Conversion]:
    def cut(*arguments: Any) -> Conversion:  # noqa: ANN401  # whatever a conversion takes
        made = convert(*arguments)
        return Conversion(made.front, made.body.rpartition("\n\n")[0], made.record, made.files)

    return cut


BUGS: list[tuple[str, ModuleType, str, Any]] = [
    ("a.rss", feeds, "entry_texts", nothing),
    ("a.rss", feeds, "left_over", nothing),
    ("a.rss", bodies, "html_to_markdown", lambda *_: Markdown("灯")),
    ("a.atom", feeds, "left_over", nothing),
    ("a.atom", reading, "convert_body", cut_short(bodies.convert_body)),
    ("a.json", json_feeds, "left_over", nothing),
    ("a.eml", messages, "_said", nothing),
    ("a.eml", messages, "HEADERS", ()),
    ("a.eml", bodies, "_without_notes", lambda blocks: (blocks[:1], [])),
    ("a.docx", documents, "document_texts", nothing),
    ("a.docx", documents, "_titled", lambda html: ("", html.partition("</p>")[2])),
    ("a.pdf", pdf, "read_lines", unrecorded(pdf_text.read_lines)),
    ("a.pdf", pdf_text, "_joined", lambda before, line, _: before or line.text),
]


@pytest.mark.parametrize(("name", "module", "part", "bug"), BUGS)
def test_what_loses_something_is_caught(
    name: str, module: ModuleType, part: str, bug: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, part, bug)

    @settings(
        max_examples=300, deadline=None, database=None, phases=[Phase.generate], derandomize=True
    )
    @given(FORMS[name])
    def every(source: Source) -> None:
        loses_nothing(source, name)

    with pytest.raises(AssertionError):
        every()
