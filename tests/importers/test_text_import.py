"""Plain text becomes an article: whole fixtures, and the proof that nothing is lost.

``WENZHAI_RENEW=1`` writes the expected files anew; read their difference before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.account import account, body_text
from wenzhai.importers.record import record_json
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion, convert_text, markdown

FIXTURES = Path(__file__).parents[1] / "data" / "text"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.txt"))
TODAY, ZONE = "2026-01-02", "Asia/Shanghai"
LINES = sorted(
    {
        line
        for name in NAMES
        for line in (FIXTURES / f"{name}.txt").read_text("utf-8").split("\n")
        if line.strip()
    }
)


def convert(text: str, name: str = "a.txt") -> Conversion:
    return convert_text(text, name, TODAY, ZONE)


@pytest.mark.parametrize("name", NAMES)
def test_fixture_becomes_the_expected_article_and_record(name: str) -> None:
    made = convert((FIXTURES / f"{name}.txt").read_text("utf-8"), f"{name}.txt")
    for suffix, text in ((".md", markdown(made)), (".import.json", record_json(made.record))):
        expected = FIXTURES / f"{name}{suffix}"
        if os.environ.get("WENZHAI_RENEW"):
            expected.write_text(text, "utf-8")
        assert text == expected.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_fixture_loses_no_character(name: str) -> None:
    text = (FIXTURES / f"{name}.txt").read_text("utf-8")
    made = convert(text)
    assert account(text, made) == ""
    assert "unclassified" not in {cut.reason for cut in made.record.removed}


SCRAPS = st.sampled_from(
    ["", " ", "\u3000\u3000", "\u200b", "&nbsp;", "<br>", "\ufeff", "\x00", "# "]
)
MIXED = st.lists(st.tuples(SCRAPS, st.sampled_from(LINES), SCRAPS).map("".join), max_size=25)


@settings(max_examples=60, deadline=None)
@given(MIXED, st.sampled_from(["\n", "\r\n", "\n\n", "\u3000\u3000"]))
def test_any_mix_of_lines_loses_no_character(lines: list[str], end: str) -> None:
    text = end.join(lines)
    made = convert(text)
    assert account(text, made) == ""
    assert "unclassified" not in {cut.reason for cut in made.record.removed}


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_loses_no_character(text: str) -> None:
    made = convert(text)
    assert account(text, made) == ""


def test_account_notices_a_lost_sentence() -> None:
    text = "标题在这里\n第一句话说完了。\n第二句话也说完了。\n"
    made = convert(text)
    lost = Conversion(made.front, made.body.replace("第二句话也说完了。", ""), made.record)
    assert account(text, made) == ""
    assert account(text, lost) == "第二句话也说完了。"


def test_removed_stretches_stand_where_the_record_says() -> None:
    text = "标题在这里\n  作者：钟未\n第一句话说完了。返回蓝鹭网，查看更多\n"
    cuts = convert(text).record.removed
    lines = text.split("\n")
    assert [cut.text for cut in cuts] == ["作者：钟未", "返回蓝鹭网，查看更多"]
    assert all(lines[cut.line - 1][cut.start : cut.end] == cut.text for cut in cuts)


def test_no_date_is_invented() -> None:
    made = convert("今年的雪\n去年 7 月和 2024 年 1 月都没有下雪。\n3小时前\n")
    assert "date" not in dict(made.front)


def test_times_inside_the_text_are_never_the_date() -> None:
    made = convert("灯塔\n2023年1月1日,他来到这里。\n2023-05-06\n这一天他记得很清楚。\n")
    assert "date" not in dict(made.front)
    assert "2023-05-06" in made.body


def test_characters_of_the_text_are_not_normalised() -> None:
    line = "Ａ级、①号和㈱公司,½ 的价格!半角标点也留着?"
    assert line in body_text(convert(f"标题在这里\n{line}\n").body)


def test_existing_tags_come_first_and_are_marked_as_proposed() -> None:
    text = "灯塔的算法\n" + "灯塔里有一台仪器，仪器听算法的话。\n" * 3
    made = convert_text(text, "a.txt", TODAY, ZONE, TagStatistics(4, (("算法", 2), ("厨房", 1))))
    field = next(field for field in made.record.fields if field.name == "tags")
    assert field.proposed
    assert isinstance(field.value, tuple)
    assert field.value[0] == "算法"
    assert "厨房" not in field.value


def test_a_traditional_text_is_given_the_sites_simplified_tag() -> None:
    text = "唐樓裏的數據中心\n" + "數據中心在三樓，樓下賣布。\n" * 3
    made = convert_text(text, "a.txt", TODAY, ZONE, TagStatistics(4, (("数据中心", 2),)))
    field = next(field for field in made.record.fields if field.name == "tags")
    assert field.value == ("数据中心",)


def test_a_new_term_is_what_the_text_comes_back_to_in_other_company() -> None:
    text = "换电站排队四小时\n司机把换电站叫作食堂。每座换电站有二十块电池，换电站不打烊。\n"
    field = next(field for field in convert(text).record.fields if field.name == "tags")
    assert field.value == ("换电站",)
    assert "tags" not in dict(convert(text).front)


def test_site_name_goes_only_where_something_proves_it() -> None:
    plain = convert("实录｜他的一天\n他六点起床，七点出门。\n")
    proved = convert("他的一天 | 慢读社\n来源：慢读社\n他六点起床，七点出门。\n")
    assert dict(plain.front)["title"] == "实录｜他的一天"
    assert dict(proved.front)["title"] == "他的一天"


def test_short_lines_of_a_poem_are_no_headings() -> None:
    made = convert("夜\n灯亮着\n门开着\n没有人\n只有风\n")
    assert "#" not in made.body


@pytest.mark.parametrize(
    "text",
    [
        "图/" * 20_000,
        "a" + " " * 50_000 + "b",
        "<a " * 20_000,
        "&a" * 30_000,
        "#a " * 20_000,
        "短行\n" * 5_000,
        "。”" * 20_000,
        "By A and " * 9_000,
        "图/甲乙丙丁戊\n" * 3_000,
        "a_" * 30_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_monotonous_texts_are_converted_whole(text: str) -> None:
    assert account(text, convert(text)) == ""


def sample() -> Path:
    shared = os.environ.get("WENZHAI_SHARED") or str(Path(__file__).parents[3] / "shared")
    return Path(shared) / "samples" / "llama3-article.txt"


@pytest.mark.skipif(not sample().is_file(), reason="the sample article is no part of the project")
def test_sample_article_comes_out_as_an_editor_would_make_it() -> None:
    text = sample().read_text("utf-8")
    made = convert(text)
    front = dict(made.front)
    assert account(text, made) == ""
    assert front["region"] == "广东"
    assert str(front["source_url"]).startswith("http://")
    assert "date" not in front
    assert made.body.count("\n## ") == 3
    assert made.body.count("<figcaption>") == 6
    assert [row.rank for row in made.record.hot] == list(range(1, 11))
    assert made.record.hot[5].views == 10014
    assert made.record.hot[9].title.endswith("12")
    assert made.record.related[0].title == front["title"]
    assert len(made.record.related) == 10
