"""Hot and related lists: glued ranks, counts, and rows that are no titles."""

from __future__ import annotations

import pytest

from wenzhai.importers.hot import hot_run, opens_hot, opens_related, read_hot, related_title
from wenzhai.importers.record import Hot

ZONE = "Asia/Shanghai"


def test_rank_is_the_running_number_not_the_digits_it_is_glued_to() -> None:
    rows = [f"- {rank}标题 {rank}00" for rank in range(1, 6)]
    rows += ["- 62023年起,银行存取款迎来 10014", "- 75G来了 900", "- 8a 800", "- 9b 700"]
    rows += ["- 1012306客服回应崩了 12 6376"]
    found = read_hot(rows)
    assert hot_run(rows) == 10
    assert found[5] == Hot(6, "2023年起,银行存取款迎来", 10014)
    assert found[6] == Hot(7, "5G来了", 900)
    assert found[9] == Hot(10, "12306客服回应崩了 12", 6376)


def test_list_without_counts_keeps_numbers_at_the_end_of_titles() -> None:
    rows = ["1城北仓库成打卡地", "25G基站夜里休眠", "3崩了 12"]
    assert [row.title for row in read_hot(rows)] == [
        "城北仓库成打卡地",
        "5G基站夜里休眠",
        "崩了 12",
    ]
    assert {row.views for row in read_hot(rows)} == {None}


def test_counts_are_made_plain_numbers() -> None:
    rows = ["1. 7 Kitchen Tools 12.3K views", "2. 灯塔 1.5万", "3. 船 １８２０３"]
    assert [row.views for row in read_hot(rows)] == [12300, 15000, 18203]
    assert read_hot(rows)[0].title == "7 Kitchen Tools"


def test_count_on_the_next_line_belongs_to_the_row_before() -> None:
    rows = ["1 灯塔的灯", "13.2万 阅读", "2 缆绳", "9800 阅读", "3 船"]
    assert hot_run(rows) == 5
    assert read_hot(rows)[0] == Hot(1, "灯塔的灯", 132_000)


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("《海上风电的下一站》", "海上风电的下一站"),
        ("[旧文] 一副手套的旅行", "一副手套的旅行"),
        ("自动驾驶的第七个冬天 2024-05-15", "自动驾驶的第七个冬天"),
        ("· 2. 灯塔·8 小时前", "灯塔"),
        ("海工周刊 2024-05-21 18:02", ""),
        ("12跟贴 12", ""),
        ("广告", ""),
        ("650亿参数大模型训练方案", "650亿参数大模型训练方案"),
    ],
)
def test_related_rows_give_titles_only(row: str, title: str) -> None:
    assert related_title(row, ZONE) == title


def test_labels_of_lists_are_told_apart() -> None:
    assert opens_related("相关推荐")
    assert opens_related("関連記事")
    assert opens_hot("推荐科技快讯")
    assert opens_hot("Most popular")
    assert not opens_related("相关推荐算法的秘密")
    assert not opens_hot("写在最后")
