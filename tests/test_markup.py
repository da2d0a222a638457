"""Markdown becomes a Doc: HTML, references, headings, texts and problems."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest
from markdown_it.common.normalize_url import normalizeLink

from wenzhai.config import MarkupSettings
from wenzhai.markup import EMPTY, MAX_BYTES, markup_parser, render_markdown
from wenzhai.model import Doc, Heading, Reference
from wenzhai.problems import Problem

EXAMPLES = json.loads((Path(__file__).parent / "data/commonmark/examples.json").read_text("utf-8"))
FIGURES = {572, 573, 576, 577, 584, 585, 586, 588, 589, 591}
"""Examples with an image and its title alone in a paragraph: a figure here."""
RAW_TARGETS = {21, 31, 344, 630, 631, 642, 643}
"""Examples whose raw HTML has a target that lies in this site: a placeholder here."""


def render(text: str, language: str = "zh-Hans", line: int = 1) -> tuple[Doc, tuple[Problem, ...]]:
    return render_markdown(text, "a.md", line, MarkupSettings(), language)


def html(text: str, language: str = "zh-Hans") -> str:
    return render(text, language)[0].html


def as_the_specification_writes_it(doc: Doc) -> str:
    """Undo what this project adds to every document."""
    text = doc.html
    for index, reference in enumerate(doc.references):
        target = normalizeLink(reference.target).replace("&", "&amp;").replace('"', "&quot;")
        text = text.replace(f"\0{index}\0", target)
    text = text.replace(' loading="lazy" decoding="async"', "")
    text = re.sub(r'<(h[1-6]) id="[^"]*"', r"<\1", text)
    text = text.replace('<div class="highlight"><pre tabindex="0">', "<pre>")
    return text.replace("</pre></div>", "</pre>").replace(" />", ">")


@pytest.mark.parametrize(
    "example",
    [case for case in EXAMPLES if case["example"] not in FIGURES | RAW_TARGETS],
    ids=lambda example: str(example["example"]),
)
def test_commonmark_holds_for_whole_documents(example: dict[str, str]) -> None:
    settings = MarkupSettings(bare_urls=False, highlight=False)
    doc, _ = render_markdown(example["markdown"], "a.md", 1, settings, "en")
    expected = example["html"].replace(" />", ">")
    # The library writes an empty quote without the line break that the examples show in it.
    expected = expected.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")
    assert as_the_specification_writes_it(doc) == expected


def test_targets_in_this_site_become_placeholders() -> None:
    doc, _ = render("见[甲](甲.md)和[乙](/b/?q=1#c)。\n\n![图](../图%20.png)\n")
    assert '<a href="\0000\000">甲</a>和<a href="\0001\000">乙</a>' in doc.html
    assert '<img src="\0002\000" alt="图" loading="lazy" decoding="async">' in doc.html
    assert [(r.use, r.target) for r in doc.references] == [
        ("link", "甲.md"),
        ("link", "/b/?q=1#c"),
        ("image", "../图%20.png"),
    ]


@pytest.mark.parametrize("target", ["https://a.cn/", "mailto:a@b.cn", "#a", "//a.cn/b", "tel:1"])
def test_other_targets_are_no_references(target: str) -> None:
    assert render(f"[a]({target})")[0].references == ()


def test_references_know_their_line_and_column_in_the_file() -> None:
    text = "一\n\n二 [a.md](a.md) [又](a.md)\n三 [丙][c]\n\n> ![图](d.png)\n\n[c]: e.md\n"
    doc, _ = render(text, line=10)
    assert doc.references == (
        Reference("link", "a.md", 12, 10),
        Reference("link", "a.md", 12, 20),
        Reference("link", "e.md", 17, 6),
        Reference("image", "d.png", 15, 8),
    )


def test_raw_html_refers_too() -> None:
    text = (
        '<p><a href="a&amp;b.md">甲</a> <img alt="" src=\'c.png\'></p>\n\n'
        '文<a HREF="d.md">丁</a>\n\n'
        '<!-- <a href="no.md"> -->\n\n<script src="e.js">"<a href="no.md">"</script>\n'
    )
    doc, _ = render(text)
    assert [(r.use, r.target, r.line) for r in doc.references] == [
        ("link", "a&b.md", 1),
        ("image", "c.png", 1),
        ("link", "d.md", 3),
        ("image", "e.js", 7),
    ]
    assert 'src="\0001\000"' in doc.html
    assert doc.html.count("no.md") == 2


def test_headings_have_readable_unique_ids() -> None:
    doc, _ = render(
        "# 第一 章：*开始*\n\n## Cafe\u0301 & `Code`\n\n## 第一 章：开始\n\n### ！\n", line=3
    )
    assert doc.headings == (
        Heading(1, "第一-章开始", "第一 章：开始", 3),
        Heading(2, "café-code", "Cafe\u0301 & Code", 5),
        Heading(2, "第一-章开始-2", "第一 章：开始", 7),
        Heading(3, "section", "！", 9),
    )
    assert '<h2 id="第一-章开始-2">第一 章：开始</h2>' in doc.html


def test_a_heading_id_is_never_given_twice() -> None:
    doc, _ = render("# a\n\n# a 2\n\n# a\n\n# a\n")
    assert [heading.id for heading in doc.headings] == ["a", "a-2", "a-3", "a-4"]


def test_an_image_with_a_title_is_a_figure() -> None:
    assert html('![替代](https://a.cn/b.png "说明 <1>")') == (
        '<figure><img src="https://a.cn/b.png" alt="替代" loading="lazy" decoding="async">'
        "<figcaption>说明 &lt;1&gt;</figcaption></figure>\n"
    )


def test_a_wide_table_scrolls_in_a_named_region() -> None:
    table = "| 甲 | 乙 |\n|---|--:|\n| 1 | **2** |\n"
    found = html(f"{table}\n{table}")
    assert '<div class="table" role="region" aria-label="表格 2" tabindex="0">\n<table>' in found
    assert '<th scope="col">甲</th>' in found
    assert found.count("</table>\n</div>") == 2
    assert 'aria-label="Table 1"' in html(table, "en")


def test_task_lists_have_disabled_labelled_boxes() -> None:
    found = html("- [x] 做完\n- [ ] 没做\n")
    assert found.count("<label><input") == 2
    assert found.count('disabled="disabled"') == 2
    assert 'checked="checked"' in found


def test_definition_lists() -> None:
    assert html("术语\n\n: 定义\n") == "<dl>\n<dt>术语</dt>\n<dd>定义</dd>\n</dl>\n"


def test_template_braces_are_text() -> None:
    assert html("{{ 7*7 }} {% raw %}") == "<p>{{ 7*7 }} {% raw %}</p>\n"


def test_forbidden_characters_are_dropped() -> None:
    assert html("甲\x00\x08乙\ufffe丙\ud800丁&#12;") == "<p>甲乙丙丁</p>\n"
    doc, _ = render("# 一&#xC;二")
    assert (doc.headings[0].text, doc.count_text) == ("一二", "一二")


def test_line_ends_of_all_systems_are_one() -> None:
    assert render("a\r\n\r\n[b](c)\rd") == render("a\n\n[b](c)\nd")


def test_paragraph_indents_of_full_width_spaces_are_dropped() -> None:
    assert html("　　第一段\n\n　　\n\n　　第*二*段\n") == "<p>第一段</p>\n<p>第<em>二</em>段</p>\n"


def test_text_is_what_a_reader_reads_of_the_prose() -> None:
    doc, _ = render(
        "# 标题\n\n第一段**强**`码`[链](a.md)。\n换行\n\n- 项\n\n> 引\n\n```py\ncode\n```\n\n"
        '| 甲 |\n|---|\n| 乙 |\n\n![a](b.png "图题")\n\n*图片说明*\n\n*强调段*\n\n<p>原样</p>\n\n'
        "<figure><figcaption>无图</figcaption></figure>\n\n脚[^1]\n\n[^1]: 注\n"
    )
    prose = "第一段强码链。换行\n项\n引\n强调段\n原样\n脚"
    assert doc.text == prose
    assert doc.count_text.split("\n") == [
        "标题",
        *prose.split("\n")[:3],
        *("甲", "乙", "图题", "图片说明", "强调段", "原样", "无图", "脚", "注"),
    ]


def test_bare_urls_can_be_switched_off() -> None:
    settings = MarkupSettings(bare_urls=False)
    doc, _ = render_markdown("https://a.cn", "a.md", 1, settings, "zh")
    assert doc.html == "<p>https://a.cn</p>\n"


def test_an_endless_text_is_refused() -> None:
    doc, problems = render("字" * (MAX_BYTES // 3 + 1))
    assert doc == EMPTY
    assert [problem.code for problem in problems] == ["E201"]


def test_a_parser_keeps_nothing_of_a_document() -> None:
    first = render("[a]\n\n[a]: b.md\n\n# x\n\n[^1]: y")
    render("# x\n\n文[^1]\n\n[^1]: z")
    assert render("[a]\n\n[a]: b.md\n\n# x\n\n[^1]: y") == first
    assert render("[a]")[0].html == "<p>[a]</p>\n"


def test_results_can_travel_between_processes() -> None:
    result = render("# a\n\n[b](c.md)")
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  # made one line above


def test_one_parser_serves_all_documents_of_a_language() -> None:
    assert markup_parser(MarkupSettings(), "zh") is markup_parser(MarkupSettings(), "zh")


@pytest.mark.parametrize("number", [3, 40])
def test_many_headings_alike_have_ids_of_their_own(number: int) -> None:
    doc, _ = render("# a\n\n# a-2\n\n" + "# a\n\n" * number)
    assert len({heading.id for heading in doc.headings}) == number + 2


@pytest.mark.parametrize(
    "part",
    ["甲[", "甲![", "甲[^a", "甲www.", "甲http://a.cn/b.", "*甲http://a ", "甲<a ", "甲\n", "甲`"],
)
def test_openings_that_nothing_closes_lose_no_text(part: str) -> None:
    doc, _ = render(part * 2000)
    assert doc.html.count("甲") == 2000
    assert doc.count_text.count("甲") == 2000
