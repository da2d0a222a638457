"""Word documents: made here by hand, as the format's few necessary parts."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers import documents
from wenzhai.importers.documents import read_document
from wenzhai.importers.entries import Entry
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.text import Conversion
from wenzhai.problems import Problem

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f'<Types xmlns="{PACKAGE}/content-types"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">{{rows}}</Relationships>'
ROOT = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
INNER = (
    f'<Relationship Id="r2" Type="{OFFICE}/image" Target="media/a.png"/>'
    f'<Relationship Id="r3" Type="{OFFICE}/image" Target="file:///etc/hosts" '
    'TargetMode="External"/>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="{name}"/></w:style>'
    for n, name in enumerate(("Title", "heading 1", "Quote"))
)
TITLE, HEADING, QUOTE = "s0", "s1", "s2"
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
    'main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
    'picture"><pic:blipFill><a:blip r:{how}="{id}" xmlns:r="' + OFFICE + '"/></pic:blipFill>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r>{extra}</w:p>"


def document(*paragraphs: str, head: str = "", text: str = "") -> bytes:
    """Make a document of paragraphs, or with any text as its main part."""
    body = f"{head}<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(rows=ROOT),
        "word/_rels/document.xml.rels": RELATIONS.format(rows=INNER),
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        "word/media/a.png": PNG,
        "word/document.xml": text or body,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def convert(data: bytes) -> Conversion:
    found = convert_bytes(data, "content/sources/存稿.docx", "2024-03-10", "Asia/Shanghai")
    assert isinstance(found, Conversion), found
    return found


def title_of(data: bytes) -> object:
    found = read_document(data, "a.docx")
    assert isinstance(found, Entry), found
    return next((fact.value for fact in found.facts if fact.name == "title"), None)


LONG = "灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮，从来没有人见过它熄灭，哪怕是停电的冬天。"


def test_styles_become_title_headings_and_quotes() -> None:
    made = convert(
        document(
            paragraph("灯塔的灯", TITLE),
            paragraph(LONG),
            paragraph("第一节", HEADING),
            paragraph("它亮着。", QUOTE),
        )
    )
    assert dict(made.front)["title"] == "灯塔的灯"
    assert made.body.split("\n\n") == [LONG, "## 第一节", "> 它亮着。\n"]


def test_an_image_lies_beside_the_article() -> None:
    picture = PICTURE.format(how="embed", id="r2")
    made = convert(document(paragraph("题目", TITLE), paragraph(LONG, extra=picture)))
    assert made.files == ((made.record.images[0].path, PNG),)
    assert f"![]({made.record.images[0].path})" in made.body


def test_an_image_outside_of_the_document_is_not_read() -> None:
    picture = PICTURE.format(how="link", id="r3")
    found = convert_bytes(
        document(paragraph("题目", TITLE), paragraph(LONG, extra=picture)),
        "a.docx",
        "2024-03-10",
        "Asia/Shanghai",
    )
    assert isinstance(found, Problem) or not found.files


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        ((paragraph("短题目"), paragraph(LONG)), "短题目"),
        ((paragraph("章", HEADING), paragraph(LONG)), "章"),
        ((paragraph(LONG), paragraph("章", HEADING)), None),
        ((paragraph("一句话。"), paragraph(LONG)), None),
        ((paragraph(LONG),), None),
    ],
)
def test_title_is_what_stands_at_the_head_like_one(
    paragraphs: tuple[str, ...], title: str | None
) -> None:
    assert title_of(document(*paragraphs)) == title


def test_without_a_title_the_file_name_stands_and_is_doubted() -> None:
    made = convert(document(paragraph(LONG)))
    assert dict(made.front)["title"] == "存稿"
    assert "no title" in [doubt.reason for doubt in made.record.doubts]


def test_a_document_without_text_is_a_problem() -> None:
    found = convert_bytes(document(), "a.docx", "2024-03-10", "Asia/Shanghai")
    assert isinstance(found, Problem)
    assert found.code == "E714"


ENTITIES = '<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0 an old .doc",
        document(text="<broken"),
        document(text="not xml"),
        document().replace(b"Content_Types", b"Content_Typos"),
        document()[:-30],
    ],
)
def test_what_is_no_document_is_a_problem(data: bytes) -> None:
    found = read_document(data, "a.docx")
    assert isinstance(found, Problem)
    assert found.code == "E748"


def test_entities_do_not_grow() -> None:
    found = read_document(document(paragraph("&j;"), head=ENTITIES + "]>"), "a.docx")
    assert isinstance(found, Problem) or len(found.content) < 10_000


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_XML", 10_000)
    found = read_document(document(paragraph("x" * 20_000)), "a.docx")
    assert isinstance(found, Problem)
    assert found.code == "E748"


def test_a_missing_package_is_a_problem_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    found = read_document(document(), "a.docx")
    assert isinstance(found, Problem)
    assert (found.code, "wenzhai[docx]" in found.hint("zh")) == ("E730", True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8))
def test_damage_is_never_more_than_a_problem(places: list[tuple[int, int]]) -> None:
    data = bytearray(document(paragraph("灯塔", TITLE), paragraph(LONG)))
    for at, byte in places:
        data[at % len(data)] = byte
    assert isinstance(read_document(bytes(data), "a.docx"), Entry | Problem)


PIECES = [
    *(paragraph("灯", style) for style in (TITLE, HEADING, QUOTE)),
    "<w:p>",
    "</w:p>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:p/>",
    "<w:hyperlink w:anchor='x'/>",
    PICTURE.format(how="embed", id="none"),
    "<w:r><w:footnoteReference w:id='7'/></w:r>",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_odd_documents_are_read_or_refused(pieces: list[str]) -> None:
    assert isinstance(read_document(document(*pieces), "a.docx"), Entry | Problem)
