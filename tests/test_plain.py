"""The speed rules give what the full rules give: compared on random documents and the examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wenzhai.config import MarkupSettings
from wenzhai.markup import markup_parser, render_with
from wenzhai.model import Doc
from wenzhai.plain import plain_inline
from wenzhai.problems import Problem

EXAMPLES = json.loads((Path(__file__).parent / "data/commonmark/examples.json").read_text("utf-8"))
MARKS = [
    *"*_`~#>+-=|:!^&<>()[]\\\"' \t\n,.%@;1aZé",
    *"。，「」（）“”—…　？～２中文한カ𠮷😀\u00a0\ufe00\u200b",
    *(
        "**",
        "***",
        "~~",
        "```",
        "  \n",
        "\n\n",
        "![",
        "](",
        "[^a]",
        "[^a]: ",
        "^[",
        "&amp;",
        "&#12;",
    ),
    *("https://", "http://a.cn/b", "www.", "www.a.cn", "](https://a.cn/b)", "](a.md)", "](/x)"),
    *("<b>", "<!--", "-->", "<https://a.cn>", "[a]: /b", "1. ", "2) ", "- ", "- [ ] ", "> ", ": "),
    *("＃", "＊＊", "#标", "[x] ", "\t", "\f"),
    *("# ", "## ", "    ", "\n---\n", "| a | b |\n|---|---|\n", ' "图")', "javascript:", "data:"),
]
LINES = st.lists(st.sampled_from(MARKS), max_size=12).map("".join)
SPANS = st.sampled_from(
    [
        "**强调**", "**强调。**", "*斜体*", "`code`", "``a`b``", "[链接](https://a.cn/b?c=d#e)",
        "[站内](../a.md)", "[空]()", "![图](a.png)", '![图](a.png "题")', "[x](#y)", "[u](//h/x)",
        "- 项", "- 项\n- [链](a.md) 二\n- *三*", "- 项\n  续", "* 项", "-", "- ",  "1. 项",
        "~~删除~~", "[^a]", "一段文字，", "English text ", '"引"', "a > b", "3~5", "R&D", "！", "!",
    ]
)  # fmt: skip
PARAGRAPHS = st.lists(st.one_of(SPANS, SPANS, LINES), max_size=6).map("".join)
DOCUMENTS = st.lists(PARAGRAPHS, max_size=8).map("\n\n".join) | st.lists(
    st.one_of(PARAGRAPHS, LINES), max_size=8
).map("\n".join)


def render(text: str, *, fast: bool) -> tuple[Doc, tuple[Problem, ...]]:
    md = markup_parser(MarkupSettings(), "zh-Hans", fast=fast)
    return render_with(md, text, "a.md", 5, "zh-Hans")


@settings(max_examples=600, deadline=None)
@given(DOCUMENTS)
@example("术语\n\n: 定义")
@example('![图](a.png "题")\n\n*说明*')
@example("　　缩进的段落\n\n　　\n\n又一段")
@example("*a**b*c*\n\n**a*b**c*")
@example("- 一\n- 二\n\n- 三")
@example("- 一\n- 二\n\n  续")
@example("- 一\n***\n- 二\n\n* 三")
@example("- 项\n\n段落 **强** 文\n\n```\n开着\n\n中文")
def test_speed_rules_change_nothing(text: str) -> None:
    assert render(text, fast=True) == render(text, fast=False)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('*`[]()a中。 !~_:/w."htps#&'), max_size=40))
def test_speed_rules_change_nothing_in_a_line(text: str) -> None:
    assert render(text, fast=True) == render(text, fast=False)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\[a\]\(https?://[a-zA-Z0-9.:/?#@~=+,_-]{1,20}\)", fullmatch=True))
def test_speed_rules_normalize_addresses_alike(text: str) -> None:
    assert render(text, fast=True) == render(text, fast=False)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: str(case["example"]))
def test_speed_rules_change_no_commonmark_example(case: dict[str, str]) -> None:
    assert render(case["markdown"], fast=True) == render(case["markdown"], fast=False)


def test_common_forms_are_taken() -> None:
    piece = plain_inline("见**强调。**和*斜体*，`a<b`，[链接](https://a.cn/b)，[站内](b.md) > 完")
    assert piece is not None
    assert piece.text == "见强调。和斜体，a<b，链接，站内 > 完"
    assert piece.targets == ("b.md",)
    assert piece.html.endswith(
        '，<code>a&lt;b</code>，<a href="https://a.cn/b">链接</a>，<a href="\0">站内</a> &gt; 完'
    )


@pytest.mark.parametrize(
    "content", ["a\nb", "**a", "a&amp;b", "<b>", "[^1]", "![a](b)", "a~~b", "http://a"]
)
def test_whatever_is_not_certain_is_refused(content: str) -> None:
    assert plain_inline(content) is None
