"""Credit lines: forms that are read whole, and text that only begins like one."""

from __future__ import annotations

import pytest

from wenzhai.importers.credits import read_credits

ZONE = "Asia/Shanghai"


def read(text: str) -> dict[str, tuple[str, ...]] | None:
    found = read_credits(text, ZONE, "head")
    if found is None:
        return None
    values: dict[str, tuple[str, ...]] = {}
    for credit in found.credits:
        values[credit.field] = values.get(credit.field, ()) + credit.values
    return values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源:南岭日报 作者:钟未", {"source": ("南岭日报",), "author": ("钟未",)}),
        ("来源：南岭日报作者：钟未", {"source": ("南岭日报",), "author": ("钟未",)}),
        ("IP属地: 湖南长沙", {"region": ("湖南",)}),
        ("发布于:浙江", {"region": ("浙江",)}),
        ("发布于 2024-03-01", {"date": ("2024-03-01",)}),
        ("口述｜沈既白 整理｜连瑶", {"author": ("沈既白", "连瑶")}),
        ("文丨李四", {"author": ("李四",)}),
        ("By Jane Doe and Tom Reed", {"author": ("Jane Doe", "Tom Reed")}),
        ("责任编辑：施全 BJ077", {"editor": ("施全",)}),
        ("【责任编辑：施全】", {"editor": ("施全",)}),
        ("（责编：张三、李四）", {"editor": ("张三", "李四")}),
        ("责任编辑：", {}),
        ("本报记者 方砚田 陆小川", {"author": ("方砚田", "陆小川")}),
        ("記者 王小明／台南報導", {"author": ("王小明",)}),
        ("以下文章来源于慢读社，作者钟未", {"source": ("慢读社",), "author": ("钟未",)}),
        ("（原标题:海上“充电宝”来了）", {"original_title": ("海上“充电宝”来了",)}),
        ("（原题为《海上》）", {"original_title": ("海上",)}),
        ("关键词：A，B", {"tags": ("A", "B")}),
        ("Filed under: Cities, Repair", {"tags": ("Cities", "Repair")}),
        (
            "链接: https://m.x.example/a.html?from=timeline",
            {"url": ("https://m.x.example/a.html",)},
        ),
        ("【导读】今天说说灯塔。", {"summary": ("今天说说灯塔。",)}),
    ],
)
def test_credit_lines_are_read(line: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert read(line) == expected


def test_dated_line_gives_its_words_a_meaning_by_position() -> None:
    assert read("天府经济站 2024-05-13 06:16发布于四川天府经济站官方账号") == {
        "date": ("2024-05-13T06:16:00+08:00",),
        "region": ("四川",),
        "source": ("天府经济站",),
    }
    assert read("原创 林知远 慢读社 2024-05-12 08:30 上海") == {
        "date": ("2024-05-12T08:30:00+08:00",),
        "region": ("上海",),
        "author": ("林知远",),
        "source": ("慢读社",),
    }
    assert read("科技 2024-11-16 08:46 河北") == {
        "date": ("2024-11-16T08:46:00+08:00",),
        "region": ("河北",),
    }


@pytest.mark.parametrize(
    "line",
    [
        "记者：当年为什么选择来这里？",
        "来源:很多人认为这是假的。",
        "他说作者：不可以这样。",
        "数据来源：国家统计局",
        "2024年3月4日,我们出发了。",
        "时间：3月4日下午",
        "沈既白:那一年我三十岁。",
        "编者按：沈既白，四十三岁。",
    ],
)
def test_text_that_begins_like_a_credit_stays_text(line: str) -> None:
    assert read(line) is None


def test_label_of_the_body_leaves_the_text_behind_it() -> None:
    found = read_credits("正文: 早上七点,店门还没有开。", ZONE, "head")
    assert found is not None
    assert found.rest == len("正文: ")


def test_between_paragraphs_labels_of_the_head_do_not_count() -> None:
    assert read_credits("时间：2024-03-04", ZONE, "body") is None
    assert read_credits("时间：2024-03-04", ZONE, "tail") is not None
