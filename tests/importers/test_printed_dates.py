"""Dates: every printed form, and nothing that is not printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenzhai.importers.dates import find_date
from wenzhai.importers.relative_dates import match_relative, resolve_relative

ZONE = "Asia/Shanghai"
READ = "2024-03-04T13:40:00+08:00"
ROWS = [
    [part.strip() for part in f"{row} => ".split(" =>")][:3]
    for row in (Path(__file__).parents[1] / "data" / "dates.txt").read_text("utf-8").split("\n")
    if " =>" in row
]


@pytest.mark.parametrize(("text", "stated"), [row[:2] for row in ROWS], ids=lambda text: text)
def test_dates_are_read_as_printed_and_never_invented(text: str, stated: str) -> None:
    found = find_date(text, ZONE)
    assert (found.value if found else "") == stated


@pytest.mark.parametrize(("text", "meant"), [(row[0], row[2]) for row in ROWS if row[2]])
def test_relative_times_count_from_the_moment_of_reading(text: str, meant: str) -> None:
    found = match_relative(text)
    assert found is not None
    assert resolve_relative(found, READ, ZONE) == meant


@pytest.mark.parametrize("text", ["3小时前", "刚刚", "半小时前", "3个月前", "1年前"])
def test_where_the_moment_of_reading_is_too_coarse_there_is_no_date(text: str) -> None:
    found = match_relative(text)
    assert found is not None
    assert resolve_relative(found, "2024-03-04", ZONE) == ""


def test_a_day_without_its_year_lies_before_the_page_was_read() -> None:
    found = match_relative("02-29 09:00")
    assert found is not None
    assert resolve_relative(found, "2025-03-04T13:40:00+08:00", ZONE) == "2024-02-29T09:00:00+08:00"
    assert resolve_relative(found, "2023-03-04T13:40:00+08:00", ZONE) == ""


def test_yesterday_is_that_of_the_sites_zone() -> None:
    found = match_relative("昨天 18:30")
    assert found is not None
    read = "2024-03-04T20:00:00+00:00"  # the fifth, in Shanghai
    assert resolve_relative(found, read, ZONE) == "2024-03-04T18:30:00+08:00"
