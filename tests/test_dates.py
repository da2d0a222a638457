from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.dates import date_in_name, parse_date, stem_without_date
from wenzhai.model import Moment

SHANGHAI = "Asia/Shanghai"
NOON = Moment("2024-03-04T15:05:00+08:00", 1709535900)
EARLIEST = datetime(1000, 1, 2)  # noqa: DTZ001  # the zone is an argument of its own
LATEST = datetime(9999, 12, 30)  # noqa: DTZ001  # the same
DAY = Moment("2024-03-04", 1709481600)


@pytest.mark.parametrize(
    "text",
    ["2024-03-04", "2024-3-4", "2024/3/4", "2024.3.4", "20240304", "2024年3月4日", " 2024-03-04 "],
)
def test_a_day_counts_from_midnight_in_the_zone(text: str) -> None:
    assert parse_date(text, SHANGHAI) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-04T15:05",
        "2024-03-04 15:05:00",
        "2024-03-04T15:05:00.250",
        "2024-03-04T07:05:00Z",
        "2024-03-04T07:05:00+00:00",
        "2024-03-04 08:05:00 +0100",
        "2024-03-04T15:05:00+08",
        "2024/3/4 15:05",
        "2024年3月4日 15:05",
        "2024年3月4日15时05分",
        "2024年3月4日15:05:00",
    ],
)
def test_a_time_is_given_in_the_zone(text: str) -> None:
    assert parse_date(text, SHANGHAI) == NOON


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "form"),
        ("yesterday", "form"),
        ("2024-03", "form"),
        ("2024-03-04T15", "form"),
        ("2024-13-01", "day"),
        ("2023-02-29", "day"),
        ("2024年2月30日", "day"),
        ("2024-03-04T25:00", "clock"),
        ("2024-03-04T15:60", "clock"),
        ("2024-03-04T15:05+99:00", "offset"),
        ("0999-01-01", "range"),
        ("10000-01-01", "range"),
        ("9999-12-31T23:59:59-12:00", "range"),
        ("1000-01-01T00:00:00+14:00", "range"),
    ],
)
def test_what_is_no_date_has_a_reason(text: str, fault: str) -> None:
    assert parse_date(text, SHANGHAI) == fault


def test_offsets_older_than_time_zones_have_whole_minutes() -> None:
    moment = parse_date("1900-01-01T12:00", SHANGHAI)
    assert moment == Moment("1900-01-01T12:00:00+08:05", -2208974700)


def test_an_hour_that_a_clock_change_skips_takes_the_offset_before() -> None:
    moment = parse_date("2024-03-31T02:30", "Europe/Berlin")
    assert isinstance(moment, Moment)
    assert moment.text == "2024-03-31T02:30:00+01:00"


@settings(deadline=None)
@given(st.datetimes(EARLIEST, LATEST), st.sampled_from([SHANGHAI, "UTC"]))
def test_a_moment_reads_back_as_itself(when: datetime, zone: str) -> None:
    moment = parse_date(when.isoformat(timespec="seconds"), zone)
    assert isinstance(moment, Moment)
    assert moment.stamp == int(datetime.fromisoformat(moment.text).timestamp())
    assert parse_date(moment.text, zone) == moment


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    assert parse_date(text, SHANGHAI) is not None


@pytest.mark.parametrize(
    "stem", ["2024-03-04-title", "20240304-title", "2024-03-04", "2024-03-04_x"]
)
def test_a_file_name_may_begin_with_a_date(stem: str) -> None:
    assert date_in_name(stem, SHANGHAI) == DAY


@pytest.mark.parametrize("stem", ["title", "2024-0304-x", "202403045", "20241399-x", "2024-03-045"])
def test_other_numbers_in_file_names_are_no_dates(stem: str) -> None:
    assert date_in_name(stem, SHANGHAI) is None


def test_a_stem_without_its_date() -> None:
    assert stem_without_date("2024-03-04-llama") == "llama"
    assert stem_without_date("2024-03-04") == "2024-03-04"
    assert stem_without_date("llama") == "llama"
