"""Bodies outside their page: filling in references, and HTML that a feed may carry."""

from __future__ import annotations

import pytest
from feed_reading import relative_references
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.absolute import feed_html, fill

PAGE = "https://example.com/w/articles/a/"


def test_relative_targets_get_the_way_to_the_root() -> None:
    html = '<a href="\0000\0">a</a><img src="\0001\0">'
    targets = ("articles/b/", "assets/x.1f.png")
    assert fill(html, targets, "../../") == (
        '<a href="../../articles/b/">a</a><img src="../../assets/x.1f.png">'
    )


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//cdn.example.org/x", "#fn1", "mailto:a@example.org"]
)
def test_targets_that_work_from_anywhere_stay_as_they_are(target: str) -> None:
    assert fill('<a href="\0000\0">', (target,), "../") == f'<a href="{target}">'


def test_targets_are_escaped_for_their_attribute() -> None:
    html = fill('<a href="\0000\0">', ('https://example.org/?a=1&b="<x>"',))
    assert html == '<a href="https://example.org/?a=1&amp;b=&quot;&lt;x&gt;&quot;">'


def test_one_reference_may_stand_twice_and_out_of_order() -> None:
    assert fill("\0001\0-\0000\0-\0001\0", ("a", "b"), "/") == "/b-/a-/b"


def test_body_without_references_comes_back_itself() -> None:
    html = "<p>正文</p>"
    assert fill(html, ("unused",), "../") is html


def test_fragments_lead_to_the_article_page() -> None:
    html = '<p>文<sup><a href="#fn1" id="fnref1">1</a></sup></p>'
    made = feed_html(html, (), PAGE)
    assert made == f'<p>文<sup><a href="{PAGE}#fn1" id="fnref1">1</a></sup></p>'


def test_plain_markdown_passes_untouched() -> None:
    html = (
        '<h2 id="节">节</h2>\n<p>中文 <strong>强调</strong> &lt;script&gt; <br /></p>\n'
        '<table><tr><td style="text-align:center">格</td></tr></table>\n'
        '<pre><code class="language-js">a.onclick=&quot;#&quot;</code></pre>\n'
        '<figure><img src="https://example.com/a.png" alt="图" loading="lazy">'
        "<figcaption>说明</figcaption></figure>"
    )
    assert feed_html(html, (), PAGE) == html


def test_text_that_looks_like_a_fragment_link_is_left_alone() -> None:
    html = '<p>写作 href="#x" 即可，见<a href="#x">此</a></p>'
    made = feed_html(html, (), PAGE)
    assert made == f'<p>写作 href="#x" 即可，见<a href="{PAGE}#x">此</a></p>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>前</p><script>alert(1)</script><p>后</p>", "<p>前</p><p>后</p>"),
        ("<SCRIPT src=x></SCRIPT><p>文</p>", "<p>文</p>"),
        ("<style>p{}</style><p>文</p>", "<p>文</p>"),
        ("<p onclick='x()' OnLoad=\"y()\">文</p>", "<p>文</p>"),
        ("<!-- 评 --><p>文</p>", "<p>文</p>"),
        ("<form action='/x'>问<button>答</button></form>", "问"),
        ("<p style='position:fixed'>文</p>", "<p>文</p>"),
        ("<a href='java\tscript:alert(1)'>文</a>", "<a>文</a>"),
        ("<a href='&#106;avascript:alert(1)'>文</a>", "<a>文</a>"),
        ("<a href='http://[x'>文</a>", "<a>文</a>"),
        ("<a href='../b/'>文</a>", '<a href="https://example.com/w/articles/b/">文</a>'),
        ("<img src=b.png srcset='c.png 2x'>", f'<img src="{PAGE}b.png">'),
        ("<img src='//cdn.example.org/b.png'>", '<img src="https://cdn.example.org/b.png">'),
        ("<img src='data:image/png;base64,AA=='>", '<img src="data:image/png;base64,AA==">'),
        ("<a href='data:text/html,x'>文</a>", "<a>文</a>"),
        ("<noscript><p>文</p></noscript>", "<p>文</p>"),
        ("<picture><source srcset=a.avif><img src=/a.png></picture>",
         '<picture><img src="https://example.com/a.png"></picture>'),
        ("<p>前</body></html><p>后", "<p>前</p><p>后</p>"),
        ("1 < 2 & <b>3</b>", "1 &lt; 2 &amp; <b>3</b>"),
    ],
)  # fmt: skip
def test_what_feeds_must_not_carry_is_removed(html: str, expected: str) -> None:
    assert feed_html(html, (), PAGE) == expected


def test_embedded_frames_leave_a_link() -> None:
    made = feed_html('<iframe src="//player.example.org/v?a=1&amp;b=2">旧</iframe>后', (), PAGE)
    url = "https://player.example.org/v?a=1&amp;b=2"
    assert made == f'<a href="{url}">{url}</a>后'


def test_frame_without_a_source_leaves_nothing() -> None:
    assert feed_html("前<iframe srcdoc='x'></iframe>后", (), PAGE) == "前后"


def test_task_lists_keep_their_marks() -> None:
    html = '<ul><li><input type="checkbox" disabled checked> 甲</li><li><input type="checkbox"> 乙'
    assert feed_html(html, (), PAGE) == "<ul><li>☑ 甲</li><li>☐ 乙</li></ul>"


def test_forbidden_characters_go_even_when_written_as_references() -> None:
    assert feed_html("<p>a\x01b\ud800c\uffff</p>", (), PAGE) == "<p>abc</p>"
    assert feed_html("<p title=x>a&#1;b</p>", (), PAGE) == '<p title="x">ab</p>'


@pytest.mark.parametrize("depth", [300, 3000, 30_000])
def test_no_text_is_lost_in_very_deep_nesting(depth: int) -> None:
    made = feed_html("<div x>" * depth + "深" + "</div>" * depth + "<p>后</p>", (), PAGE)
    assert "深" in made
    assert "后" in made


def test_deep_nesting_keeps_its_markup() -> None:
    made = feed_html("<div x>" * 300 + "<em>深</em>" + "</div>" * 300, (), PAGE)
    assert "<em>深</em>" in made


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>",
        "<a href='x'>", '<a href="#y">', "<a href=javascript:z>", "</a>",
        "<img src=../p onerror=q>", "<svg><use xlink:href='#s'/></svg>", "<iframe src=v>",
        "</iframe>", "<table><tr><td>", "<form>",
        "<input>", "<html>", "<body>", "</body>", "<frameset>", "<?php ?>", "<base href='/z/'>",
        "<template>", "<noscript>", "<object data=o>", "<video poster=p src=v>", "<", ">",
        '"', "'", "&",
        "&#0;", "&#xD800;", "&lt;script&gt;", "文", "😀", "ש", "\u202e", "\x00\x30\x00", "\ud800",
        "\x0b", "\uffff", " on=1", "<b on\nclick=1>", "<q cite=c>", "<p/onload=1>",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_html_however_broken_gets_a_relative_reference_or_a_script_through(html: str) -> None:
    made = feed_html(html, ("https://example.com/t/",), PAGE)
    made.encode("utf-8")
    assert relative_references(made) == []
    lower = made.lower()
    assert "<script" not in lower
    assert "<iframe" not in lower
    assert "<form" not in lower
    assert "javascript:" not in lower
