"""Dates: every printed form, and nothing that is not printed."""

from __future__ import annotations

import pytest

from wenzhai.importers.dates import find_date, match_relative, resolve_relative

ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-06-03 09:15", "2024-06-03T09:15:00+08:00"),
        ("2024年3月4日", "2024-03-04"),
        ("2024 年 3 月 4 日", "2024-03-04"),
        ("2024年03月04日 15:05:22", "2024-03-04T15:05:22+08:00"),
        ("2019年06月15日08:18", "2019-06-15T08:18:00+08:00"),
        ("二〇二四年三月四日", "2024-03-04"),
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("令和6年10月28日", "2024-10-28"),
        ("2024年10月28日（月） 09時15分", "2024-10-28T09:15:00+08:00"),
        ("2024年3月4日(星期一)15时05分", "2024-03-04T15:05:00+08:00"),
        ("2024/3/4 下午3点半", "2024-03-04T15:30:00+08:00"),
        ("２０２４年３月４日", "2024-03-04"),
        ("20240304", "2024-03-04"),
        ("2024.03.04", "2024-03-04"),
        ("24-05-12 08:30", "2024-05-12T08:30:00+08:00"),
        ("March 4, 2024", "2024-03-04"),
        ("4 March 2024 3:05 pm", "2024-03-04T15:05:00+08:00"),
        ("Feb. 18, 2025 --", "2025-02-18"),
        ("2024-03-04T07:05:00Z", "2024-03-04T15:05:00+08:00"),
        ("发布于2024-05-13 06:16发布", "2024-05-13T06:16:00+08:00"),
    ],
)
def test_printed_dates_are_read(text: str, value: str) -> None:
    found = find_date(text, ZONE)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "2024年13月4日",
        "2024-02-30",
        "10-08 12:00",
        "3月4日",
        "2024 年 7 月",
        "2024 年第一季度",
        "3.5万美元",
        "9.9元",
        "1-2月",
        "192.168.2024.1",
        "昨天",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert find_date(text, ZONE) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3小时前", "2024-03-04"),
        ("昨天", "2024-03-03"),
        ("一周前", "2024-02-26"),
        ("2 days ago", "2024-03-02"),
        ("3个月前", ""),
    ],
)
def test_relative_times_count_from_the_moment_of_fetching(text: str, day: str) -> None:
    found = match_relative(text)
    assert found is not None
    assert resolve_relative(found, "2024-03-04T13:40:00+08:00") == day
