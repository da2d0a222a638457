"""Saved pages become articles: whole fixtures, and the proof that nothing that is seen is lost.

``WENZHAI_RENEW=1`` writes the expected files anew; read their difference before committing.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.config import MarkupSettings
from wenzhai.importers.decode import Decoded
from wenzhai.importers.html.decoding import decode_html
from wenzhai.importers.html.page import convert_html
from wenzhai.importers.html.sweep import shown_lines
from wenzhai.importers.html.tree import parse_html
from wenzhai.importers.origin import Origin
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.record import record_json
from wenzhai.importers.text import Conversion, markdown
from wenzhai.markup import render_markdown
from wenzhai.problems import Problem

PAGES = Path(__file__).parents[1] / "data" / "pages"
NAMES = sorted(path.name for path in PAGES.iterdir() if path.suffix in {".html", ".mhtml"})
TODAY, ZONE = "2026-01-02", "Asia/Shanghai"


def convert(data: bytes, name: str = "a.html") -> Conversion:
    made = convert_bytes(data, name, TODAY, ZONE)
    assert isinstance(made, Conversion), made
    return made


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def shown_text(body: str) -> str:
    """Return what a reader sees of a body."""
    doc, _ = render_markdown(body, "a.md", 1, MarkupSettings(highlight=False), "zh")
    root = parse_html(doc.html)
    return "" if root is None else root.text_content()


def lost(html: str, made: Conversion) -> str:
    """Return the characters that readers see of a page and that nothing holds any more."""
    root = parse_html(html)
    seen = [] if root is None else [text for _, text in shown_lines(root.find("body"))]
    kept = [shown_text(made.body), *(cut.text for cut in made.record.removed)]
    left = Counter("".join("".join(seen).split())) - Counter("".join("".join(kept).split()))
    return "".join(sorted(left.elements()))


@pytest.mark.parametrize("name", NAMES)
def test_page_becomes_the_expected_article_and_record(name: str) -> None:
    made = convert((PAGES / name).read_bytes(), name)
    for suffix, text in ((".md", markdown(made)), (".import.json", record_json(made.record))):
        expected = (PAGES / name).with_suffix(suffix)
        if os.environ.get("WENZHAI_RENEW"):
            expected.write_text(text, "utf-8")
        assert text == expected.read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html")])
def test_nothing_that_is_seen_of_a_page_is_lost(name: str) -> None:
    data = (PAGES / name).read_bytes()
    decoded = decode_html(data)
    assert isinstance(decoded, Decoded)
    assert lost(decoded.text, convert(data, name)) == ""


PIECES = st.sampled_from(
    sorted(
        {
            line.strip()
            for name in NAMES
            if name.endswith(".html")
            for line in decode_html((PAGES / name).read_bytes()).text.split("\n")  # type: ignore[union-attr]  # fixtures decode
            if line.strip() and "<script" not in line and "<style" not in line
        }
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12).map("\n".join))
def test_any_mix_of_pieces_loses_nothing_that_is_seen(html: str) -> None:
    assert lost(html, convert_html(html, "a.html", TODAY, ZONE)) == ""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<a href='#'>",
                "<table>",
                "<td>",
                "<li>",
                "<!--",
                "-->",
                "<b",
                "<script>",
                "</script>",
                "&#x0;",
                "&amp",
                "\x00",
                "文字。",
                "<svg>",
                "</",
                "<?xml",
                "]]>",
                "<noscript>",
                "<img src=x data-src='/a.png'>",
                "<pre>",
                "<ruby>",
                "<h1>题</h1>",
                "\ud800",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_broken_html_is_read_without_an_error(html: str) -> None:
    assert convert_html(html, "a.html", TODAY, ZONE).record.converter.startswith("html/")


def test_saved_images_go_with_the_article() -> None:
    made = convert((PAGES / "archive.mhtml").read_bytes(), "archive.mhtml")
    (path, content), (image,) = made.files[0], made.record.images
    assert f"]({path})" in made.body
    assert content.startswith(b"\x89PNG")
    assert (image.path, image.size) == (path, len(content))


def test_images_in_the_folder_beside_a_page_are_used() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(30)
    text = "灯塔里有一台仪器，仪器听算法的话。我问它，算法听谁的话，它闪了三下，然后又亮了。"
    html = page(
        f'<h1>灯塔</h1><p>{text}</p><p><img src="./%E7%81%AF_files/a.png?x" data-src="https://i.example/a"></p><p>{text}</p>'
    )
    beside = {"灯_files/a.png": png}
    made = convert_bytes(html, "灯.html", TODAY, ZONE, beside=beside.get)
    assert isinstance(made, Conversion)
    assert made.files == ((made.record.images[0].path, png),)
    assert "i.example" not in made.body


def test_files_outside_of_the_folder_are_never_asked_for() -> None:
    asked: list[str] = []

    def beside(path: str) -> None:
        asked.append(path)

    convert_bytes(
        page("<p>文字很短。</p><img src='../../secret.png'><img src='/etc/x.png'>"),
        "a.html",
        TODAY,
        ZONE,
        beside=beside,
    )
    assert asked == []


def test_archive_without_a_page_is_named() -> None:
    made = convert_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", "a.mhtml", TODAY, ZONE
    )
    assert isinstance(made, Problem)
    assert made.code == "E720"


def test_page_larger_than_the_limit_is_named() -> None:
    made = convert_bytes(b" " * 20_000_001, "a.html", TODAY, ZONE)
    assert isinstance(made, Problem)
    assert made.code == "E707"


def test_nesting_far_too_deep_keeps_its_text() -> None:
    deep = (
        "<div>" * 100_000
        + "最里面的话，一句也不能少。"
        + "</div>" * 100_000
        + "外面的话，也不能少。"
    )
    made = convert(page(deep))
    assert "最里面的话，一句也不能少。" in made.body
    assert lost(page(deep).decode(), made) == ""


def test_entities_neither_grow_nor_load() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>正文在这里，只有一句。&b;&c;</p></body></html>"
    )
    made = convert(bomb.encode())
    assert "aaaa" not in made.body
    assert "root:" not in made.body


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("gb2312", "gb18030", "镕基与喆，都是 GBK 才有的字。"),
        ("big5", "big5", "燈塔裡有一臺儀器，儀器聽演算法的話。"),
        ("Shift_JIS", "cp932", "無人レジは、毎晩七時になると止まる。"),
        ("utf-8", "gb18030", "声明的编码错了，字还是这些字，一个也不少。"),
        ("gb2312", "utf-8", "浏览器另存时换了编码，声明却没有改。"),
        ("", "gb18030", "什么也没有声明，只好看字认字，幸好字都常见。"),
    ],
)
def test_pages_are_decoded_whatever_they_declare(declared: str, encoding: str, text: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    data = f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding)
    decoded = decode_html(data)
    assert isinstance(decoded, Decoded)
    assert text in decoded.text


def test_date_is_never_made_up() -> None:
    text = "2024 年 1 月的雪很大，去年 7 月没有雪。后来再没有人说起过这件事。"
    made = convert(page(f"<h1>雪</h1><div>3小时前</div><p>{text}</p><p>{text}</p>"))
    assert "date" not in dict(made.front)


def test_fetched_page_counts_relative_times_from_its_moment() -> None:
    text = "The clock ran well, except on Tuesdays, when it did not run at all. Nobody minded much."
    html = page(f"<h1>The clock</h1><p>yesterday</p><p>{text}</p><p>{text}</p>")
    origin = Origin("https://ledgerline.example/clock", fetched="2025-02-18T07:40:00+08:00")
    made = convert_bytes(html, "a.html", TODAY, ZONE, origin=origin)
    assert isinstance(made, Conversion)
    front = dict(made.front)
    assert (front["lang"], front["source_url"]) == ("en", "https://ledgerline.example/clock")
    assert front.get("date", "2025-02-17") == "2025-02-17"


def test_missing_page_waits_for_a_person() -> None:
    assert convert((PAGES / "missing.html").read_bytes()).record.held


def test_scripts_and_handlers_reach_no_article() -> None:
    text = "灯塔里有一台仪器，仪器听算法的话。我问它，算法听谁的话，它闪了三下，然后又亮了。"
    html = page(
        f'<p onclick="x()">{text}</p><script>alert(1)</script>'
        '<table><tr><td colspan=2 onmouseover="x()">'
        '<a href="javascript:x()">甲</a></td></tr><tr><td>乙</td><td>丙</td></tr></table>'
        f"<p>{text}</p>"
    )
    body = convert(html).body
    assert not any(word in body for word in ("onclick", "alert", "onmouse", "javascript"))
