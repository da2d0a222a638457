"""HTML becomes Markdown that renders to the same text and structure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import (  # type: ignore[import-untyped]  # lxml ships no types
    HtmlElement,
    document_fromstring,
)

from wenzhai.config import MarkupSettings
from wenzhai.importers.html.convert import html_to_markdown
from wenzhai.markup import render_markdown

CHECKS = Path(__file__).parents[1] / "data" / "html" / "checks.txt"
OURS = r' (?:id|role|aria-label|tabindex|scope|loading|decoding)="[^"]*"'
BASE = "https://site.example/a/b"


def rendered(markdown: str) -> str:
    doc, _ = render_markdown(markdown, "a.md", 1, MarkupSettings(highlight=False), "zh")
    return re.sub(r"\0(\d+)\0", lambda found: doc.references[int(found[1])].target, doc.html)


def plain(html: str) -> str:
    """Return HTML without what our renderer adds and without blanks between elements."""
    bare = re.sub(OURS, "", html)
    bare = re.sub(
        r'<div class="(?:table|highlight)">\s*(.*?)\s*</div>', r"\1", bare, flags=re.DOTALL
    )
    kept = re.split(r"(<pre>.*?</pre>)", bare, flags=re.DOTALL)
    return "".join(
        part
        if part.startswith("<pre>")
        else re.sub(r"\s*\n\s*|(?<=>)\s+(?=<(?!a|kbd|mark))", "", part)
        for part in kept
    ).strip()


def checks() -> list[tuple[str, str, str]]:
    out = []
    for chunk in CHECKS.read_text("utf-8").split("========\n")[1:]:
        title, _, rest = chunk.partition("\n")
        html, _, expected = rest.partition("....\n")
        out.append((title, html, expected))
    return out


@pytest.mark.parametrize(("title", "html", "expected"), checks(), ids=[c[0] for c in checks()])
def test_rendering(title: str, html: str, expected: str) -> None:
    base = BASE if "site.example" in expected else ""
    assert plain(rendered(html_to_markdown(html, base).text)) == plain(expected), title


INLINE_TAGS = [
    "b",
    "i",
    "strong",
    "em",
    "s",
    "sup",
    "sub",
    "kbd",
    "mark",
    "span",
    "code",
    "u",
    "ruby",
]
BLOCK_TAGS = ["p", "div", "blockquote", "h2", "h4", "section", "pre", "details"]
HOSTILE = st.sampled_from(
    [
        *"#>-+*_`~|<>[]()!&;:=$^{}\\\"'/.0123456789 ab文。，“”（！\t\n\u3000\u00a0",
        *("&amp;", "<T>", "](", "http://a.b/c_d*e", "www.a.example", "[^1]", "[x]", "```", "---"),
        *(
            "1. ",
            "- ",
            "# ",
            "~~~",
            ": ",
            "~ ",
            "===",
            "**",
            "__",
            "\\\\",
            "<!--",
            "&#42;",
            "| - |",
        ),
    ]
)
WORDS = st.lists(HOSTILE, min_size=1, max_size=8).map("".join)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def element(tag: str, inner: list[str]) -> str:
    return f"<{tag}>{''.join(inner)}</{tag}>"


INLINES = st.recursive(
    WORDS.map(escaped),
    lambda inner: st.one_of(
        st.builds(element, st.sampled_from(INLINE_TAGS), st.lists(inner, max_size=3)),
        st.builds(
            lambda parts: f'<a href="http://l.example/x_y">{"".join(parts)}</a>',
            st.lists(inner, max_size=3),
        ),
        st.just("<br>"),
    ),
    max_leaves=8,
)
CELLS = st.lists(INLINES, min_size=2, max_size=2).map(
    lambda cells: element("tr", [element("td", [cell]) for cell in cells])
)
BLOCKS = st.recursive(
    st.builds(element, st.sampled_from(BLOCK_TAGS), st.lists(INLINES, min_size=1, max_size=4)),
    lambda inner: st.one_of(
        st.builds(
            element,
            st.sampled_from(["div", "blockquote", "b", "section"]),
            st.lists(inner, max_size=3),
        ),
        st.lists(
            st.lists(inner, max_size=2).map(lambda parts: element("li", parts)), max_size=3
        ).flatmap(
            lambda items: st.sampled_from(["ul", "ol", 'ol start="7"']).map(
                lambda tag: f"<{tag}>{''.join(items)}</{tag[:2]}>"
            )
        ),
        st.lists(CELLS, min_size=1, max_size=3).map(lambda rows: element("table", rows)),
        st.tuples(INLINES, inner).map(
            lambda pair: f"<dl><dt>{pair[0]}</dt><dd>{pair[1]}</dd></dl>"
        ),
    ),
    max_leaves=6,
)


def visible(html: str) -> str:
    """Return the text of HTML without white space and what pictures of the way back add."""
    root: HtmlElement = document_fromstring(f"<div>{html}</div>")
    return "".join(root.text_content().split())


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=3).map("".join))
def test_any_tree_keeps_its_text(html: str) -> None:
    assert visible(rendered(html_to_markdown(html).text)) == visible(html)


SAME = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
MARKS = {"strong", "em", "s", "sup", "sub", "kbd", "mark", "ruby", "code"}


def marked(html: str) -> list[tuple[str, frozenset[str]]]:
    """Return each visible character with the marks around it; there are none inside code."""
    out: list[tuple[str, frozenset[str]]] = []

    def walk(node: HtmlElement, around: frozenset[str]) -> None:
        tag = SAME.get(node.tag, node.tag)
        link = tag == "a" and node.get("href", "").startswith("http://l.example")
        inside = (
            around if "code" in around else around | ({tag} & MARKS) | ({"a"} if link else set())
        )
        out.extend((char, inside) for char in (node.text or "") if not char.isspace())
        for child in node:
            walk(child, inside)
            out.extend((char, inside) for char in (child.tail or "") if not char.isspace())

    walk(document_fromstring(f"<div>{html}</div>"), frozenset())
    return out


@settings(max_examples=150, deadline=None)
@given(st.lists(INLINES, min_size=1, max_size=5).map("".join))
def test_any_line_keeps_its_emphasis(html: str) -> None:
    assert marked(rendered(html_to_markdown(f"<p>{html}</p>").text)) == marked(html)


def test_what_leads_into_a_site_that_nobody_names_is_dropped_and_told() -> None:
    page = '<p>见<a href="/x.html">别页</a><img src="b.png">和<a href="//c.example/">那里</a>。</p>'
    made = html_to_markdown(page)
    assert made.text == "见别页和[那里](https://c.example/)。\n"
    told = [(one.reason, one.text) for one in made.dropped]
    assert told == [("link within its site", "/x.html"), ("missing image", "b.png")]


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>词</dt><dd><pre>-</pre></dd></dl>",
        "<dl><dt>词</dt><dd><p>义</p></dd></dl><pre>: 码</pre>",
    ],
)
def test_code_in_and_behind_terms_is_code(html: str) -> None:
    assert visible(rendered(html_to_markdown(html).text)) == visible(html)
