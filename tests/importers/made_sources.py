"""Sources made of known texts: feeds, mail, documents and pages of PDF, in the ways they come.

Each strategy gives the bytes of a source with the texts that it says, so that a test can look for
every one of them in what becomes of it.
"""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator
from email.charset import Charset
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr
from typing import NamedTuple

import pypdfium2
from hypothesis import strategies as st
from pdf_files import Put, pdf_of


class Source(NamedTuple):
    """A source's bytes and the texts in it."""

    data: bytes
    texts: tuple[str, ...]


WORDS = st.lists(
    st.sampled_from(
        [
            "灯塔里有一盏灯",
            "The lamp is lit.",
            "守灯人说：",
            "1. 一",
            "# 二",
            "- 三",
            "> 四",
            "|五|",
            "<T>",
            "&amp;",
            "$x$",
            "*六*",
            "__七__",
            "`八`",
            "[九](x)",
            "~~十~~",
            "\\",
            "---",
            "===",
            "『灯』，",
            "https://lamp.example/a_b_c?d=1",
            "2024年3月4日",
            "発光する。",
            "등대",
            "！",
            "\N{GRINNING FACE}",
            ":::",
            "{{ x }}",
            "1986. 那年",
            "+ 加",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
"""Texts that Markdown or HTML would take for something else."""
LINES = st.lists(WORDS, max_size=5)


def _wrapped(lines: list[str], tag: str) -> str:
    shown = [html.escape(line, quote=False) for line in lines]
    if tag == "br":
        return "<p>" + "<br>".join(shown) + "</p>"
    if tag == "li":
        return "<ul>" + "".join(f"<li>{line}</li>" for line in shown) + "</ul>"
    if tag == "td":
        rows = "".join(f"<tr><td>{line}</td><td>{line}</td></tr>" for line in shown)
        return f"<table>{rows}</table>"
    if tag == "a":
        return "".join(f'<p><a href="https://lamp.example/">{line}</a></p>' for line in shown)
    if tag == "":
        return "\n<br/>".join(shown)
    return "".join(f"<{tag}>{line}</{tag}>\n" for line in shown)


TAGS = ["p", "div", "h2", "blockquote", "pre", "br", "li", "td", "a", "strong", "span", ""]


@st.composite
def pieces_of_html(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Give well-formed HTML, and the lines that a reader sees of it."""
    parts, texts = [], []
    for tag in draw(st.lists(st.sampled_from(TAGS), max_size=4)):
        lines = draw(LINES)
        parts.append(_wrapped(lines, tag))
        texts += lines
    return "".join(parts), texts


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="urn:x"
     xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>灯塔周刊</title>
<item><guid>urn:1</guid>{fields}</item></channel></rss>"""
PLAIN = ["title", "dc:creator", "author", "category", "pubDate", "comments", "x:note", "link"]
RICH = ["description", "content:encoded"]


@st.composite
def rss(draw: st.DrawFn) -> Source:
    """Give an RSS feed of one item; any element may stand in it twice."""
    fields, texts = [], []
    for name in draw(st.lists(st.sampled_from([*PLAIN, *RICH, *RICH]), max_size=8)):
        inner, said = _rich(draw) if name in RICH else _plain(draw)
        fields.append(f"<{name}>{inner}</{name}>")
        texts += said
    return Source(RSS.format(fields="".join(fields)).encode(), tuple(texts))


def _plain(draw: st.DrawFn) -> tuple[str, list[str]]:
    text = draw(WORDS.filter(lambda words: "<" not in words and "&" not in words))
    return html.escape(text), [text]


def _rich(draw: st.DrawFn) -> tuple[str, list[str]]:
    content, texts = draw(pieces_of_html())
    return (f"<![CDATA[{content}]]>" if draw(st.booleans()) else html.escape(content)), texts


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>灯塔</title>
<entry><id>urn:1</id>{fields}</entry></feed>"""
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


@st.composite
def atom(draw: st.DrawFn) -> Source:
    """Give an Atom feed of one entry, its texts as plain text, HTML or XHTML."""
    fields, texts = [], []
    for name in draw(st.lists(st.sampled_from(["title", "summary", "content", "rights"]))):
        kind = draw(st.sampled_from(["text", "html", "xhtml"]))
        inner, said = _construct(draw, kind)
        fields.append(f'<{name} type="{kind}">{inner}</{name}>')
        texts += said
    for name in draw(st.lists(st.sampled_from(["author", "contributor"]))):
        inner, said = _plain(draw)
        fields.append(f"<{name}><name>{inner}</name></{name}>")
        texts += said
    return Source(ATOM.format(fields="".join(fields)).encode(), tuple(texts))


def _construct(draw: st.DrawFn, kind: str) -> tuple[str, list[str]]:
    if kind == "text":
        lines = draw(LINES)
        return html.escape("\n".join(lines)), lines
    content, texts = draw(pieces_of_html())
    if kind == "html":
        return html.escape(content), texts
    return XHTML.format(content.replace("<br>", "<br/>")), texts


@st.composite
def json_feed(draw: st.DrawFn) -> Source:
    """Give a JSON Feed of one item with extensions."""
    item: dict[str, object] = {"id": "urn:1"}
    texts = []
    for name in draw(
        st.lists(st.sampled_from(["title", "summary", "content_text", "image", "_x"]), unique=True)
    ):
        lines = draw(LINES)
        item[name] = {"note": lines} if name == "_x" else "\n".join(lines)
        texts += lines
    if draw(st.booleans()):
        item["content_html"], said = draw(pieces_of_html())
        texts += said
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    return Source(json.dumps(feed).encode(), tuple(texts))


CHARSETS = ["utf-8", "gb18030", "utf-16", "utf-8", "utf-8"]


@st.composite
def mail(draw: st.DrawFn) -> Source:
    """Give a message of one part or of several, nested as mail programs nest them."""
    subject, name = draw(WORDS), draw(WORDS.filter(lambda words: "\\" not in words))
    message, texts = _part(draw, draw(st.integers(0, 2)), "part")
    message["Subject"] = subject
    message["From"] = formataddr((name, "news@lamp.example"))
    message["Date"] = draw(st.sampled_from(["Mon, 04 Mar 2024 10:00:00 +0800", "昨天", "soon"]))
    return Source(message.as_bytes(), (subject, name, str(message["Date"]), *texts))


def _part(draw: st.DrawFn, depth: int, name: str) -> tuple[MIMEText | MIMEMultipart, list[str]]:
    if not depth or draw(st.booleans()):
        return _text_part(draw)
    several = MIMEMultipart(draw(st.sampled_from(["mixed", "alternative", "related"])), name)
    texts: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        part, said = _part(draw, depth - 1, f"{name}-{number}")
        several.attach(part)
        texts += said
    return several, texts


def _text_part(draw: st.DrawFn) -> tuple[MIMEText, list[str]]:
    charset = Charset(draw(st.sampled_from(CHARSETS)))
    charset.body_encoding = draw(st.sampled_from([1, 2]))  # quoted-printable, base64
    if draw(st.booleans()):
        content, texts = draw(pieces_of_html())
        return MIMEText(content, "html", charset), texts  # type: ignore[arg-type]  # takes one
    texts = draw(LINES)
    return MIMEText("\n".join(texts), "plain", charset), texts  # type: ignore[arg-type]  # the same


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
RUNS = {
    "": "<w:r><w:t>{}</w:t></w:r>",
    "bold": "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>",
    "deleted": "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>",
    "inserted": "<w:ins><w:r><w:t>{}</w:t></w:r></w:ins>",
    "formula": "<m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath>",
    "box": "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    "</w:pict></w:r>",
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>",
}


@st.composite
def document(draw: st.DrawFn) -> Source:
    """Give a Word document with a header, comments, formulas and changes."""
    parts = {"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'}
    parts["_rels/.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{ROOT}</Relationships>'
    texts: list[str] = []
    for name in ("document", *draw(st.sets(st.sampled_from(["header1", "footer2", "comments"])))):
        inner = "".join(_paragraph(draw, texts) for _ in range(draw(st.integers(0, 4))))
        body = f"<w:body>{inner}</w:body>" if name == "document" else inner
        parts[f"word/{name}.xml"] = f"<w:{name} {W} {M}>{body}</w:{name}>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return Source(out.getvalue(), tuple(texts))


def _paragraph(draw: st.DrawFn, texts: list[str]) -> str:
    runs = []
    for kind in draw(st.lists(st.sampled_from(sorted(RUNS)), min_size=1, max_size=3)):
        text = draw(WORDS)
        runs.append(RUNS[kind].format(html.escape(text)))
        texts.append(text)
    paragraph = f"<w:p>{''.join(runs)}</w:p>"
    if draw(st.integers(0, 3)):
        return paragraph
    return f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"


@st.composite
def pdf_file(draw: st.DrawFn) -> Source:
    """Give a PDF file of lines below one another, with a header and a page number."""
    pages = []
    header = draw(WORDS)
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines = draw(st.lists(WORDS, min_size=1, max_size=6))
        size = draw(st.sampled_from([9, 12, 20]))
        puts = [Put(72, 700 - 30 * at, size, line) for at, line in enumerate(lines)]
        pages.append([Put(72, 810, 9, header), *puts, Put(290, 20, 9, str(number))])
    data = pdf_of(*pages)
    return Source(data, tuple(_layer(data)))


def _layer(data: bytes) -> Iterator[str]:
    """Give the lines of a text layer: of a PDF file, that is the text which can be lost."""
    with pypdfium2.PdfDocument(data) as opened:
        for page in opened:
            yield from page.get_textpage().get_text_range().splitlines()
