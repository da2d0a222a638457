"""The report of a dry run: what would be written, what would not, and how sure that is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.conversions import pack
from wenzhai.import_preview import WORDS, clip, display_width, preview_lines
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import markdown
from wenzhai.problems import Language, Problem

SOURCE = """\
灯塔的灯_夜读网
2024-03-04
灯塔里有一盏灯，每天晚上亮一次，照着回港的渔船，也照着岸上等船的人。
看守人每晚提着油灯上去，擦玻璃，看风向，然后点灯。
相关推荐
海边的图书馆
渔船为什么提前回来
责任编辑：施全
返回顶部
举报
分享到微信
阅读 1024
"""


def shown(language: Language, columns: int = 100, source: str = SOURCE) -> list[str]:
    tags = TagStatistics(3, (("灯塔", 2),))
    made = convert_bytes(source.encode(), "a.txt", "2026-01-02", "Asia/Shanghai", tags)
    assert not isinstance(made, Problem)
    record = json.loads(pack(made)[1])
    reasons = [cut["reason"] for cut in record["removed"]]
    return list(preview_lines(markdown(made), record, reasons, language, columns))


def test_cuts_are_grouped_by_reason_with_line_and_excerpt() -> None:
    lines = shown("zh")
    at = next(place for place, line in enumerate(lines) if line.startswith("  button"))
    assert lines[at] == "  button，3 处"
    assert lines[at + 1 : at + 3] == ["     第 9 行  返回顶部", "    第 10 行  举报"]


def test_proposals_are_marked_as_such() -> None:
    assert "  tags:（自动建议）" in shown("zh")
    assert "  title: a (proposed)" in shown("en", source="灯塔里有一盏灯，每天晚上亮一次。\n" * 2)


def test_each_doubt_says_what_it_costs() -> None:
    lines = shown("en", source="登录后即可阅读全文\n")
    assert lines[0].startswith("Confidence ")
    assert lines[0].endswith("— would be held as a draft")
    assert "  −60%  the text is behind a login" in lines


def test_long_bodies_and_groups_are_cut_short_and_say_so() -> None:
    lines = shown("zh", source=SOURCE + "声明：本文仅代表作者观点。\n" * 9)
    assert "    …… 还有 5 处" in lines
    body = shown(
        "en", source="题目\n2024-03-04\n" + "".join(f"第{n}段说的是一件小事。\n" for n in range(20))
    )
    assert "  … 12 more" in body


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [1, 20, 33, 80])
def test_lines_fit_the_terminal_however_narrow(language: Language, columns: int) -> None:
    assert all(display_width(line) <= max(columns, 20) for line in shown(language, columns))


@given(st.text(), st.integers(1, 30))
def test_clipped_text_fits_and_starts_as_the_whole(text: str, columns: int) -> None:
    found = clip(text, columns)
    assert display_width(found) <= columns
    assert "\n" not in found
    if display_width(text) <= columns:
        assert len(found) == len(text)


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
