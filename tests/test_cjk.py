"""Emphasis and line breaks beside Chinese, Japanese and Korean text."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.utils import read_fixture_file
from mdit_py_plugins.footnote import footnote_plugin

from wenzhai.cjk import cjk_breaks, cjk_emphasis, is_cjk
from wenzhai.cjk_ranges import CJK_RANGES, HANGUL_RANGES

HERE = Path(__file__).parent
COMMONMARK = json.loads((HERE / "data/commonmark/examples.json").read_text("utf-8"))
CASES = read_fixture_file(HERE / "data/markup/cjk.txt")
SHARED = Path(os.environ.get("WENZHAI_SHARED", HERE.parents[1] / "shared"))
FRIENDLY = SHARED / "data/cjk_friendly.json"


def parser(language: str = "zh-Hans") -> MarkdownIt:
    md = MarkdownIt("commonmark", {"xhtmlOut": False}).enable("strikethrough")
    return md.use(cjk_emphasis).use(cjk_breaks, language)


@pytest.mark.parametrize(("line", "title", "source", "expected"), CASES)
def test_cjk_case(line: int, title: str, source: str, expected: str) -> None:
    assert parser().render(source) == expected, f"{title} (line {line})"


@pytest.mark.parametrize("example", COMMONMARK, ids=lambda example: str(example["example"]))
def test_commonmark_examples_stay_as_they_are(example: dict[str, str]) -> None:
    md = MarkdownIt("commonmark").use(cjk_emphasis)
    # The library writes an empty quote without the line break that the examples show in it.
    expected = example["html"].replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")
    assert md.render(example["markdown"]) == expected


def test_the_suite_of_markdown_cjk_friendly_passes() -> None:
    if not FRIENDLY.exists():
        pytest.skip("the suite is under another licence and lies outside the repository")
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(cjk_emphasis)
    cases = json.loads(FRIENDLY.read_text("utf-8"))
    wrong = [case for case in cases if md.render(case["markdown"]).strip() != case["html"].strip()]
    assert len(cases) == 123
    assert not wrong


def test_another_parser_is_left_alone() -> None:
    parser()
    assert MarkdownIt().render("**强调。**后文") == "<p>**强调。**后文</p>\n"


def test_an_ambiguous_mark_keeps_the_break_in_english() -> None:
    assert parser("en").render("第一行\n——第二行") == "<p>第一行\n——第二行</p>\n"


@pytest.mark.parametrize("opening", ["![", "^[", "["])
def test_deep_brackets_keep_their_text(opening: str) -> None:
    html = parser().use(footnote_plugin).render(opening * 300 + "底" + "](b)" * 300)
    assert "底" in html


@pytest.mark.parametrize("char", "中。，「あｱ한Ａ　￥〒𠮷ᄀ")
def test_cjk_characters(char: str) -> None:
    assert is_cjk(char)


@pytest.mark.parametrize("char", "aé“…—😀☺½\U0003fffe")
def test_other_characters(char: str) -> None:
    assert not is_cjk(char)


@pytest.mark.parametrize("ranges", [CJK_RANGES, HANGUL_RANGES])
def test_ranges_are_sorted_and_apart(ranges: tuple[tuple[int, int], ...]) -> None:
    flat = [bound for pair in ranges for bound in pair]
    assert flat == sorted(flat)
    assert all(end + 1 < start for (_, end), (start, _) in pairwise(ranges))


def test_the_table_is_that_of_unicode_17() -> None:
    assert sum(end - start + 1 for start, end in CJK_RANGES) == 182_038
